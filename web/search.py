"""Home and results."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from time import perf_counter

from flask import Blueprint, Response, jsonify, render_template, request

from kb.index.known import known_of
from kb.index.query import LONGEST
from kb.results import Snippet
from kb.statuses import Statuses
from kb.store import Listed
from kb.store import saved as store
from kb.store.library import Library
from kb.validity import OVER, State, Status
from web import opened
from web.api import url_of
from web.asked import read
from web.checks import found
from web.plan_reports import told
from web.search_log import Noting

pages = Blueprint("search", __name__)

EXAMPLES = ("753/QĐ-TTg", "nguoi khuyet tat", "“phát ngôn và cung cấp thông tin”")
# States that make whoever stands on a document look again.
_LOOK = OVER | {State.IN_FORCE_AMENDED, State.IN_FORCE_PARTLY}


@dataclass(frozen=True, slots=True)
class Changed:
    """A document some plan stands on, that has changed or ended."""

    listed: Listed
    url: str
    status: Status


@pages.get("/")
def home() -> str:
    shown, today = opened(), date.today()
    plans = [
        (listed, told(shown, key, today), found(shown, key, today)["counts"])
        for listed in shown.library.documents("plan")
        for key in [listed.document.key]
    ]
    return render_template(
        "search/home.html",
        plans=plans,
        changed=shown.kept((_changed, today), lambda: _changed(shown.library, today)),
        examples=EXAMPLES,
        saved=store.saved(shown.desk),
    )


@pages.get("/tim")
def results() -> str:
    asked = read(request.args)
    if not asked.text:
        return home()
    begun, noting = perf_counter(), Noting()
    kb = opened()
    result = kb.search(asked.text, asked.view)
    known = known_of(kb.library, kb.vocabulary).statuses
    groups = [(g, known.on(g.listed.document.key, date.today())) for g in result.groups]
    page = render_template(
        "search/results.html", result=result, groups=groups, address=asked, noting=noting
    )
    noting.shown(asked.text, result, perf_counter() - begun, kb.engine.name)
    return page


@pages.get("/goi-y")
def suggestions() -> Response:
    """What may be meant while someone types: ``{"q", "suggestions": [{"text", "kind",
    "detail"}]}``, at most eight. The search box works without."""
    typed = request.args.get("q", "")[: LONGEST + 1]
    found = [asdict(suggestion) for suggestion in opened().suggestions(typed)]
    answer = jsonify(q=typed, suggestions=found)
    answer.headers["Cache-Control"] = "private, max-age=60"
    return answer


def segments(snippet: Snippet) -> list[tuple[str, bool]]:
    """The snippet in pieces, each marked or not."""
    out, at = [], 0
    for mark in snippet.marks:
        out += [(snippet.text[at : mark.start], False), (mark.of(snippet.text), True)]
        at = mark.end
    out.append((snippet.text[at:], False))
    return [piece for piece in out if piece[0]]


pages.add_app_template_global(segments)


def _changed(library: Library, day: date) -> list[Changed]:
    named = {
        link.target
        for plan in library.documents("plan")
        for link in library.links(plan.document.key)
        if link.target
    }
    known = Statuses(library, named)
    judged = [
        Changed(listed, url_of(listed), known.on(listed.document.key, day))
        for listed in map(library.listed, sorted(named))
    ]
    return [changed for changed in judged if changed.status.state in _LOOK]
