"""Plans: the list, and one plan item by item with its bases."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, render_template

from web import opened
from web.api import plan_json
from web.checks import report, report_json

pages = Blueprint("plans", __name__)


@pages.get("/ke-hoach")
def index() -> str:
    library = opened().library
    plans = [plan_json(library, item.document.key, date.today())
             for item in library.documents("plan")]  # fmt: skip
    return render_template("plans/list.html", plans=plans)


@pages.get("/ke-hoach/<path:key>")
def plan(key: str) -> str:
    shown = opened()
    listed = shown.one(key, kind="plan")
    return render_template(
        "plans/plan.html",
        plan=plan_json(shown.library, listed.document.key, date.today()),
        told=report_json(report(shown, listed.document.key, date.today())),
        listed=listed,
        files=shown.library.files(listed.document.key),
        expressions=shown.library.expressions(listed.document.key),
        key=listed.document.key,
    )
