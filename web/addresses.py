"""A page asked for by a document's number, ``/vb/51/2010/QH12``: sent on where one document is
meant, a list where several are, and a page that says what to do where none is.

Addresses begin with a document's key; who types one from memory, or follows a link made by hand,
has the number as it is printed. It is read as the search box reads it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import unquote

from flask import Request, redirect, render_template, url_for
from werkzeug.wrappers import Response

from kb.errors import NotFound
from kb.index.known import known_of
from kb.index.query import QueryTooLong
from kb.statuses import Statuses
from kb.store import Listed
from kb.understanding import understand
from web.api import url_of
from web.opened import Opened

_PLACES = ("key", "address")  # what views call the part of an address that names a document


@dataclass(frozen=True, slots=True)
class Called:
    """``text`` is the number an address calls a document by, ``documents`` all that have it,
    ``near`` those that differ in one letter, each with why; ``provision`` what stands behind."""

    text: str
    documents: tuple[Listed, ...] = ()
    near: tuple[tuple[Listed, str], ...] = ()
    provision: str = ""


def called(kb: Opened, address: str) -> Called | None:
    """What *address* calls by number or name; None where it is neither."""
    known = known_of(kb.library, kb.vocabulary)
    above, _, last = address.rpartition("/")
    first: Called | None = None
    for text, provision in ((address, ""), (above, last)):
        try:
            asked = understand(text, known, date.today())
        except QueryTooLong:
            return None
        if not asked.whole or asked.conditions or asked.place:
            continue
        near = tuple((known.documents[one.key], one.why) for one in asked.near)
        found = Called(text, tuple(known.documents[key] for key in asked.keys), near, provision)
        if found.documents:
            return found
        first = first or found
    return first


def by_number(kb: Opened, request: Request, error: NotFound) -> Response | tuple[str, int]:
    """What answers a request for a page that is not there."""
    given = request.view_args or {}
    name = next((name for name in _PLACES if name in given), "")
    # Where no page has the path at all, it may be a number as it stands.
    asked = str(given[name]) if name else unquote(request.path).strip("/")
    found = None
    here = kb.library.has(asked) or kb.library.has(asked.rpartition("/")[0])
    if request.method == "GET" and not here:
        found = called(kb, asked)
    if found is None:
        return _missing(error)
    if len(found.documents) == 1:
        return redirect(_page(request, found.documents[0], name, found.provision))
    if found.documents:
        urls = [(_page(request, one, name, found.provision), one) for one in found.documents]
        return _several(kb, found.text, urls), 300
    error = NotFound(
        f"Kho không có văn bản {found.text}.",
        "Xem lại số, ký hiệu. Văn bản có thật mà kho chưa có thì nạp tệp ở /nap-van-ban.",
    )
    return _missing(error, found)


def _page(request: Request, listed: Listed, name: str, provision: str) -> str:
    """The page that was asked for, of that document; its own page where it has no such page."""
    behind = f"/{provision}" if provision else ""
    endpoint, of_plan = request.endpoint or "", listed.kind == "plan"
    if not name or (endpoint.partition(".")[0] in ("plans", "review")) != of_plan:
        return url_of(listed) + (behind if not of_plan else "")
    given: dict[str, Any] = {**request.args, **(request.view_args or {})}
    return url_for(endpoint, **{**given, name: listed.document.key + behind})


def _several(kb: Opened, text: str, urls: list[tuple[str, Listed]]) -> str:
    keys = [listed.document.key for _, listed in urls]
    known, today = Statuses(kb.library, keys), date.today()
    rows = [(url, listed, known.on(listed.document.key, today)) for url, listed in urls]
    return render_template("errors/several.html", text=text, rows=rows)


def _missing(error: NotFound, found: Called | None = None) -> tuple[str, int]:
    near = [(url_of(listed), listed, why) for listed, why in found.near] if found else []
    page = render_template(
        "errors/error.html", title=str(error), hint=error.hint, near=near,
        asked=found.text if found else "",
    )  # fmt: skip
    return page, 404
