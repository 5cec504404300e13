"""The search log and the pages: what was shown, and which result was opened.

While the log is kept, links of results go over ``/mo``, which notes the rank and sends on to the
stable address; so nothing of it stays in the address bar, and a copied link works wherever it is
opened. While it is off, links are plain.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from urllib.parse import urlencode

from flask import Blueprint, abort, current_app, redirect, request
from werkzeug.wrappers import Response

from kb.results import PAGE, SearchResult
from kb.search_log import Clicked, Searched, masked
from kb.store.search_log import SearchLog

pages = Blueprint("search_log", __name__)

_OURS = ("/vb/", "/ke-hoach/")
_FURTHEST = 10_000


class Noting:
    """One page of results on its way into the log."""

    def __init__(self) -> None:
        self._log = _kept()
        self.id = secrets.token_hex(6) if self._log.days else ""

    def to(self, url: str, rank: int) -> str:
        """The link to *url*, which stands at *rank* of the page, from 1."""
        if not self.id:
            return url
        return f"/mo?{urlencode({'tim': self.id, 'hang': rank, 'den': url})}"

    def shown(self, typed: str, result: SearchResult, seconds: float, engine: str) -> None:
        """The page is made."""
        if not self.id:
            return
        now = datetime.now().astimezone()
        query, hidden = masked(typed)
        # What is nearly the number that was typed is offered, not found.
        found = 0 if result.why_not else result.count
        self._log.add(
            Searched(
                self.id, now.date().isoformat(), now.hour, query, hidden, result.kind, found,
                round(1000 * seconds), result.page, engine,
            )
        )  # fmt: skip

    def rank(self, place: int, page: int) -> int:
        """Rank over all pages of the *place*-th (from 1) of *page*."""
        return (page - 1) * PAGE + place


@pages.get("/mo")
def follow() -> Response:
    """A result is opened: note its rank, go to it."""
    url, rank = request.args.get("den", ""), request.args.get("hang", 0, type=int)
    if not url.startswith(_OURS):
        abort(404)
    search = request.args.get("tim", "")
    if len(search) == 12 and search.isascii() and search.isalnum() and 0 < rank <= _FURTHEST:
        now = datetime.now().astimezone()
        _kept().add(Clicked(search, now.date().isoformat(), now.hour, rank))
    answer = redirect(url, 303)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _kept() -> SearchLog:
    log: SearchLog = current_app.extensions["search-log"]
    return log
