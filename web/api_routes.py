"""The same answers as ``--json``, over HTTP."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, jsonify, request

from web import opened
from web.api import plan_json, search_json, show_json
from web.asked import read
from web.checks import everything
from web.duties import duties_json
from web.history import asked_day

pages = Blueprint("api", __name__, url_prefix="/api")


@pages.get("/search")
def search() -> Response:
    asked = read(request.args)
    result = opened().search(asked.text, asked.view)
    return jsonify(search_json(opened().library, result, date.today()))


@pages.get("/vb/<path:key>")
def document(key: str) -> Response:
    shown = opened()
    return jsonify(show_json(shown, shown.one(key).document.key, asked_day() or date.today()))


@pages.get("/ke-hoach/<path:key>")
def plan(key: str) -> Response:
    shown, day = opened(), asked_day() or date.today()
    plan_key = shown.one(key, "plan").document.key
    return jsonify(plan_json(shown, plan_key, day, everything(shown, plan_key, day)))


@pages.get("/ke-hoach/<path:key>/nghia-vu")
def duties(key: str) -> Response:
    shown = opened()
    plan_key = shown.one(key, "plan").document.key
    return jsonify(duties_json(shown, plan_key, asked_day() or date.today()))
