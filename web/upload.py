"""The upload page: files come in here and go the same road as by ``kb ingest``.

The one page through which anything gets into the library (``tests/test_layers.py``). What is sent
is kept before the answer goes out and read apart from the request (``ingest.inbox``).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from flask import Blueprint, current_app, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from ingest.inbox import Batch, Inbox
from ingest.pipeline import Outcome, Result
from kb.config import Settings
from kb.documents import Document
from kb.errors import CanCuError, Mistyped
from kb.expressions import Expression, Kind
from kb.findings import Finding, Severity
from kb.store.library import Library
from kb.structure import walk
from web import opened, typed, words
from web.api import url_of
from web.forms import Slip, slip_of
from web.review import remember, remembered
from web.same_origin import loopback

__all__ = ["Inbox", "pages"]

pages = Blueprint("upload", __name__, url_prefix="/nap-van-ban")

# What the chooser of a browser offers; what a file is, its content says.
ACCEPTED = ".pdf,.docx,.doc,.rtf,.odt,.html,.htm,.mht,.mhtml,.txt,.png,.jpg,.jpeg,.tif,.tiff"
_FILES_MB = 8  # of the largest file may be sent together
_MOST_MB = 1000  # the server takes no more of one request
_LISTED = 10  # batches named under the form
_PATIENCE = 2.0  # seconds: a small file is read before its page is asked for
RESULTS = {
    Result.DONE: "Đã nạp",
    Result.SKIPPED: "Đã có sẵn",
    Result.EMPTY: "Không có văn bản nào",
    Result.NOTED: "Ghi chú",
    Result.FAILED: "Không nạp được",
}


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one file. ``document`` is its letterhead as this file has it, None where it
    became none; ``count`` how many provisions were told apart; ``doubts`` what is not sure of it,
    sentences; ``look`` findings for a person, ``notes`` the others."""

    outcome: Outcome
    result: str
    document: Document | None = None
    url: str = ""
    plan: bool = False
    kind: str = ""
    count: int = 0
    doubts: tuple[str, ...] = ()

    @property
    def look(self) -> list[Finding]:
        return [f for f in self.outcome.findings if f.severity is not Severity.INFO]

    @property
    def notes(self) -> list[Finding]:
        return [f for f in self.outcome.findings if f.severity is Severity.INFO]


@pages.get("")
def form() -> str:
    return _form(Slip())


@pages.post("")
def send() -> Response:
    """Every file that was chosen, kept; one that is too big or unreadable keeps no other out."""
    settings = opened().settings
    if not takes(settings):
        return make_response(_form(Slip()), 403)
    request.max_content_length = most_mb(settings) * 1024**2
    by = ""
    try:
        by = request.form.get("ten", "")
        chosen = [(f.filename, f.stream) for f in request.files.getlist("tep") if f.filename]
        if not chosen:
            raise Mistyped(
                "files", "Chưa chọn tệp nào.", "Bấm nút chọn tệp, rồi chọn một hay nhiều tệp."
            )
        batch = _inbox().receive(chosen, typed.person(by), typed.now())
    except RequestEntityTooLarge:
        hint = f"Gửi làm nhiều lần, mỗi lần không quá {most_mb(settings)} MB và 900 tệp."
        error = Mistyped("files", "Gộp lại quá lớn hoặc quá nhiều tệp, chưa nhận tệp nào.", hint)
        return make_response(_form(slip_of("nap", {"tep": ""}, error)), 413)
    except CanCuError as error:
        return make_response(_form(slip_of("nap", {"ten": by, "tep": ""}, error)), 400)
    _inbox().wait(_PATIENCE)
    answer = make_response(redirect(url_for("upload.batch", id=batch), 303))
    remember(answer, by)
    return answer


@pages.get("/<id>")
def batch(id: str) -> str:
    inbox = _inbox()
    inbox.wake()  # a server that was stopped in between goes on where it was
    found = inbox.batch(id)
    if found.outcomes is None:
        return render_template(
            "upload/waiting.html", batch=found, before=inbox.waiting(id), stage=inbox.stage(id)
        )
    kb = opened()
    return render_template(
        "upload/result.html",
        batch=found,
        rows=[_row(kb.library, outcome) for outcome in found.outcomes],
        summary=summary(found),
        again=found.kept and takes(kb.settings),
    )


@pages.post("/<id>")
def again(id: str) -> Response:
    if takes(opened().settings):
        _inbox().again(id)
        _inbox().wait(_PATIENCE)
    return make_response(redirect(url_for("upload.batch", id=id), 303))


def takes(settings: Settings) -> bool:
    """May files be sent? There are no accounts: on a network, only where somebody said so."""
    return settings.upload == "on" or (settings.upload == "auto" and loopback(settings.host))


def most_mb(settings: Settings) -> int:
    """How much may be sent together."""
    return min(_FILES_MB * settings.max_file_mb, _MOST_MB)


def summary(batch: Batch) -> str:
    """ "2 đã nạp, 1 không nạp được" of a batch that is read, else that it is not."""
    if batch.outcomes is None:
        return "đang đọc"
    counts = Counter(outcome.result for outcome in batch.outcomes)
    said = [f"{counts[result]} {name[0].lower()}{name[1:]}" for result, name in RESULTS.items()
            if counts[result]]  # fmt: skip
    return ", ".join(said)


def _form(slip: Slip) -> str:
    settings = opened().settings
    return render_template(
        "upload/form.html",
        slip=slip,
        name_typed=remembered(),
        open=takes(settings),
        settings=settings,
        most=most_mb(settings),
        accepted=ACCEPTED,
        batches=[(one, summary(one)) for one in _inbox().latest(_LISTED)],
    )


def _inbox() -> Inbox:
    inbox: Inbox = current_app.extensions["inbox"]
    return inbox


def _row(library: Library, outcome: Outcome) -> Row:
    result = RESULTS[outcome.result]
    if not outcome.key or not library.has(outcome.key):
        return Row(outcome, result)
    listed = library.listed(outcome.key)
    texts = library.expressions(outcome.key)
    text = next((text for text in texts if text.id == outcome.text), None)
    if text is None:
        return Row(outcome, result, listed.document, url_of(listed), listed.kind == "plan")
    tree = library.tree_of(text.id)
    count = sum(bool(node.id) for node in walk(tree)) if tree else 0
    return Row(
        outcome, result, text.document, url_of(listed), listed.kind == "plan", words.kind(text),
        count, tuple(_doubts(text, count)),
    )  # fmt: skip


def _doubts(text: Expression, count: int) -> list[str]:
    out = []
    if text.kind is Kind.RECOGNISED:
        out.append(
            "Chữ do máy nhận dạng từ ảnh: tìm được, chưa trích dẫn được. Đối chiếu với bản gốc ở "
            "trang văn bản rồi xác nhận."
        )
    if not count:
        out.append("Không nhận ra điều, khoản hay mục nào trong tệp.")
    return out
