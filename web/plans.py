"""Plans: the list, one plan with its bases, the matrix, a draft for another year, files."""

from __future__ import annotations

import re
from datetime import date

from flask import Blueprint, Response, render_template, request

from kb.citing import cite
from kb.errors import CanCuError, NotFound
from kb.links.review import State
from kb.report import ItemReport, PlanReport, column
from kb.rollover import rollover
from kb.store import Listed
from web import opened
from web.checks import everything, found
from web.duties import duties_json, kept
from web.exports.files import FORMATS, draft_file, report_file
from web.history import asked_day
from web.plan_ends import ends, led
from web.plan_reports import told
from web.suggested import unnamed_json

pages = Blueprint("plans", __name__)

_NOTICED = "thay-doi"
# What a checker looks for first, by the word in the address: states, but for that one.
FILTERS = {
    "thieu": ("Thiếu hoặc hết căn cứ", (State.UNCOVERED, State.NOT_IN_FORCE)),
    "nghi": ("Cần xem lại", (State.SUSPECT,)),
    _NOTICED: ("Văn bản có thay đổi", ()),
    "chua-duyet": ("Chưa duyệt", (State.UNVERIFIED,)),
    "da-duyet": ("Đã duyệt", (State.COVERED, State.PARTIAL, State.JUSTIFIED)),
}


@pages.get("/ke-hoach")
def index() -> str:
    shown = opened()
    plans = [told(shown, listed.document.key, date.today())
             for listed in shown.library.documents("plan")]  # fmt: skip
    return render_template("plans/list.html", plans=plans)


@pages.get("/ke-hoach/<path:key>")
def plan(key: str) -> str:
    shown = opened()
    library = shown.library
    listed, made = _asked(key)
    chosen, rows = _filtered(made)
    checked = found(shown, listed.document.key, made.day)
    text = library.printed(listed.document.key) if made.items else ""
    above, below = ends(text, [row.item for row in made.items])
    return render_template(
        "plans/plan.html",
        plan=made,
        citing=cite(listed.document, namesake=listed.document.key in shown.namesakes),
        above=above,
        below=below,
        rows=rows,
        chosen=chosen,
        filters=FILTERS,
        told=checked | {"findings": led(checked["findings"], (*above, *below))},
        unnamed=unnamed_json(shown, made),
        files=library.files(listed.document.key),
        expressions=library.expressions(listed.document.key),
        key=listed.document.key,
        day=made.day,
        day_asked=asked_day(),
    )


@pages.get("/ke-hoach/<path:key>/ma-tran")
def matrix(key: str) -> str:
    """Items by bases. A cell says how the item stands on the basis, "" where it does not."""
    _, made = _asked(key)
    chosen, rows = _filtered(made)
    bases = list({column(r.basis): r.basis for row in rows for r in row.live}.values())
    at = {column(basis): n for n, basis in enumerate(bases)}
    lines = []
    for row in rows:
        cells: list[object] = [None] * len(bases)
        for link in row.live:
            # Named by the item itself before handed on to it: links come in that order.
            n = at[column(link.basis)]
            cells[n] = cells[n] or link
        lines.append((row, cells))
    return render_template(
        "plans/matrix.html",
        plan=made,
        bases=bases,
        lines=lines,
        chosen=chosen,
        filters=FILTERS,
        day=made.day,
        day_asked=asked_day(),
    )


@pages.get("/ke-hoach/<path:key>/nghia-vu")
def duties(key: str) -> str:
    listed, made = _asked(key)
    every = duties_json(opened(), listed.document.key, made.day)
    chosen = request.args.get("muc", "")
    rows = kept(every, {"co": True, "chua": False}.get(chosen))
    return render_template("plans/duties.html", plan=made, told=every, rows=rows, chosen=chosen)


@pages.get("/ke-hoach/<path:key>/sang-nam")
def next_year(key: str) -> str:
    _, made = _asked(key)
    return render_template("plans/rollover.html", plan=made, draft=rollover(made, _year(made)))


@pages.get("/ke-hoach/<path:key>/sang-nam.<kind>")
def next_year_file(key: str, kind: str) -> Response:
    _, made = _asked(key)
    return _file(*draft_file(rollover(made, _year(made)), kind))


@pages.get("/ke-hoach/<path:key>/bao-cao.<kind>")
def file(key: str, kind: str) -> Response:
    if kind not in FORMATS:
        raise NotFound(f"Không có tệp dạng {kind}.", "Có: " + ", ".join(FORMATS) + ".")
    _, made = _asked(key, checked=True)
    return _file(*report_file(made, kind))


def _file(name: str, media: str, content: bytes) -> Response:
    answer = Response(content, mimetype=media)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


def _asked(key: str, *, checked: bool = False) -> tuple[Listed, PlanReport]:
    """The plan on the day asked for; *checked* with everything that is to be looked at."""
    shown = opened()
    listed = shown.one(key, kind="plan")
    day = asked_day() or date.today()
    every = everything(shown, listed.document.key, day) if checked else ()
    return listed, told(shown, listed.document.key, day, every)


def _filtered(made: PlanReport) -> tuple[str, list[ItemReport]]:
    chosen = request.args.get("loc", "")
    if chosen not in FILTERS:
        return "", list(made.items)
    if chosen == _NOTICED:
        return chosen, [row for row in made.items if row.noticed]
    return chosen, [row for row in made.items if row.state in FILTERS[chosen][1]]


def _year(made: PlanReport) -> int:
    written = request.args.get("nam", "").strip() or str(made.day.year + 1)
    if not re.fullmatch(r"(?:19|20|21)\d\d", written, re.ASCII):
        raise CanCuError(f"“{written}” không phải là một năm.", "Năm viết bốn chữ số: 2027.")
    return int(written)
