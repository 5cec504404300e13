"""One status of a document wherever it is told, from the same few queries."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from flask import Flask

from kb.statuses import Statuses
from kb.store.library import Library
from kb.validity import State

KEY = "nd/2020/980/cp"
SAID = "Chưa có hiệu lực"


def text(app: Flask, address: str) -> str:
    answer = app.test_client().get(address)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)).split())


def test_a_day_read_from_the_text_counts_on_every_page(app: Flask, library: Library) -> None:
    assert Statuses(library, (KEY,)).on(KEY, date.today()).state is State.NOT_YET
    client = app.test_client()
    for address in (
        f"/vb/{KEY}",
        "/tim?q=980/2020/NĐ-CP",
        "/van-ban",
        f"/ke-hoach/{library_plan(library)}",
    ):
        assert SAID in text(app, address), address
    found = client.get("/api/search?q=980/2020/NĐ-CP").get_json()["results"]
    assert {result["status"] for result in found} == {SAID}


def library_plan(library: Library) -> str:
    (key,) = (item.document.key for item in library.documents("plan")
              if item.document.number == "77/KH-THGĐ")  # fmt: skip
    return key


def test_the_plan_judges_its_basis_on_both_days(app: Flask, library: Library) -> None:
    plan = app.test_client().get(f"/api/ke-hoach/{library_plan(library)}").get_json()
    bases = [basis for item in plan["items"] for basis in item["bases"]]
    assert bases
    assert {basis["status_when_signed"] for basis in bases} == {SAID}
    assert {basis["status_today"] for basis in bases} == {SAID}


def test_queries_do_not_grow_with_the_documents(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Any] = []
    rows = library._rows
    monkeypatch.setattr(library, "_rows", lambda query: (asked.append(query), rows(query))[1])
    keys = [item.document.key for item in library.documents()]
    asked.clear()
    counts = []
    for some in (keys[:1], keys, None):
        known = Statuses(library, some)
        for key in some or keys:
            known.on(key, date(2031, 1, 1))
        counts.append(len(asked))
        asked.clear()
    assert len(keys) > 10
    assert counts == [3, 3, 3]
