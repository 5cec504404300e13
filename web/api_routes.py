"""The same answers as ``--json``, over HTTP."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, Response, jsonify, request

from kb.index.query import LONGEST
from web import opened
from web.api import plan_json, search_json, show_json

pages = Blueprint("api", __name__, url_prefix="/api")


@pages.get("/search")
def search() -> Response:
    text = request.args.get("q", "")[: LONGEST + 1]
    result = opened().search(text, request.args.get("trang", 1, type=int))
    return jsonify(search_json(opened().library, result, date.today()))


@pages.get("/vb/<path:key>")
def document(key: str) -> Response:
    shown = opened()
    return jsonify(show_json(shown, shown.one(key).document.key, date.today()))


@pages.get("/ke-hoach/<path:key>")
def plan(key: str) -> Response:
    shown = opened()
    return jsonify(plan_json(shown, shown.one(key, "plan").document.key, date.today()))
