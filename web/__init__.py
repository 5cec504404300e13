"""The pages: Flask, server-rendered, usable without JavaScript.

One blueprint for each family of pages; each view parses the request, asks one question of the
library and renders.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import date
from hashlib import sha256
from pathlib import Path

from flask import Flask, current_app, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from kb.config import Settings
from kb.documents import display_date
from kb.errors import CanCuError, NotFound
from kb.plans import item_name
from kb.source_names import called
from kb.store.generations import current
from kb.store.search_log import SearchLog
from kb.text import capital
from kb.validity import age_words
from web import words
from web.opened import Opened
from web.same_origin import guard

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; "
    "script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
_SAID = {
    403: (
        "Yêu cầu này không đến từ trang của Căn Cứ",
        "Mở lại trang trong Căn Cứ rồi làm lại từ đó.",
    ),
    404: ("Không có trang này", "Xem lại địa chỉ, hoặc tìm ở ô tìm kiếm."),
    405: ("Địa chỉ này không nhận yêu cầu ấy", "Về trang chủ và làm lại từ đầu."),
    413: (
        "Bài hoặc tệp quá lớn",
        "Chia bài ra rồi làm từng phần, hoặc nhờ người quản trị nâng cỡ tệp lớn nhất "
        "(KB_MAX_FILE_MB).",
    ),
    500: ("Chương trình gặp lỗi", "Thử lại; nếu vẫn lỗi, báo người quản trị kèm địa chỉ trang."),
}


class Serving:
    """The library that serves, shared between threads; opened anew when another takes over."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._lock = threading.Lock()
        self._opened: Opened | None = None

    def opened(self) -> Opened:
        """Raises ``LibraryMissing`` when there is none."""
        with self._lock:
            folder = current(self.settings.library)
            if self._opened is None or self._opened.folder != folder:
                # The one before is not closed: another thread may still be reading from it.
                self._opened = Opened(self.settings)
            return self._opened

    def close(self) -> None:
        with self._lock:
            if self._opened is not None:
                self._opened.close()
                self._opened = None


def opened() -> Opened:
    """The open library of the running application."""
    serving: Serving = current_app.extensions["can-cu"]
    return serving.opened()


def create_app(settings: Settings) -> Flask:
    """The web application over the library under ``settings.data``."""
    from web import (
        api_routes,
        history,
        packs,
        paper,
        plans,
        press,
        reader,
        review,
        saved,
        search,
        search_log,
        upload,
    )

    app = Flask(__name__)
    app.extensions["can-cu"] = Serving(settings)
    app.extensions["search-log"] = SearchLog(settings.searches, settings.search_log)
    app.extensions["inbox"] = upload.Inbox(settings)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    blueprints = (
        *(search.pages, reader.pages, history.pages, paper.pages, plans.pages, review.pages),
        *(api_routes.pages, press.pages, packs.pages, saved.pages, search_log.pages),
        upload.pages,
    )
    for blueprint in blueprints:
        app.register_blueprint(blueprint)
    app.jinja_env.filters["day"] = lambda iso: display_date(iso or "")
    app.jinja_env.filters["capital"] = capital
    app.jinja_env.filters["item"] = item_name
    app.jinja_env.filters["Item"] = words.item
    app.jinja_env.filters["age"] = lambda checked, day=date.min: age_words(
        checked, max(day, date.today())
    )
    app.jinja_env.globals["words"] = words
    app.jinja_env.globals["called"] = called
    app.jinja_env.globals["today"] = date.today
    app.register_error_handler(CanCuError, _foreseen)
    app.register_error_handler(HTTPException, _http)
    app.context_processor(_footer)
    app.after_request(_secure)
    _stamped(app)
    guard(app, settings.host)
    return app


def _footer() -> dict[str, object]:
    try:
        library = opened().library
    except CanCuError:
        return {"counts": None}
    return {
        "counts": library.counts(),
        "checked": library.meta("checked"),
        "evidence": library.meta("evidence"),
    }


def _secure(response: Response) -> Response:
    response.headers.extend(_HEADERS)
    return response


def _stamped(app: Flask) -> None:
    """Style and script are asked for once: their address changes when they do, so a browser keeps
    them for good."""
    stamps = {
        file.name: sha256(file.read_bytes()).hexdigest()[:12]
        for file in Path(app.static_folder or "").iterdir()
    }

    @app.url_defaults
    def stamp(endpoint: str, values: dict[str, object]) -> None:
        if endpoint == "static":
            values.setdefault("v", stamps.get(str(values.get("filename"))))

    @app.after_request
    def keep(response: Response) -> Response:
        name = str((request.view_args or {}).get("filename"))
        if name in stamps and request.args.get("v") == stamps[name]:
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def _foreseen(error: CanCuError) -> Response | tuple[str, int]:
    if isinstance(error, NotFound):
        return _elsewhere(error)
    return render_template("errors/error.html", title=str(error), hint=error.hint), 400


def _elsewhere(error: NotFound) -> Response | tuple[str, int]:
    """The page an address may mean that is not one."""
    from web.addresses import by_number

    return by_number(opened(), request, error)


def _http(error: HTTPException) -> Response | tuple[str, int]:
    code = error.code or 500
    title, hint = _SAID.get(code, ("Không làm được yêu cầu này", "Về trang chủ và thử lại."))
    if code == 404 and request.endpoint is None:
        with suppress(CanCuError):  # without a library every address is only unknown
            return _elsewhere(NotFound(title, hint))
    return render_template("errors/error.html", title=title, hint=hint), code
