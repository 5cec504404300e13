"""A plan's items and grounds."""

from __future__ import annotations

from pathlib import Path

from ingest import Extracted, Line
from ingest.clean import clean
from ingest.parse.plan import parse_plan
from ingest.parse.structure import parse_structure
from kb.documents import Document
from kb.plans import Plan

ROOT = Path(__file__).parents[2]


def plan(text: str) -> Plan:
    lines, at = [], 0
    for line in text.split("\n"):
        lines.append(Line(line, at))
        at += len(line) + 1
    cleaned = clean(Extracted(tuple(lines), "text/plain"))
    document = Document("", "Kế hoạch", "", "", "")
    return parse_plan(document, cleaned.text, parse_structure(cleaned, "Kế hoạch").tree)


SCHOOL = (ROOT / "corpus" / "plans" / "82-KH-NDTKT.txt").read_text(encoding="utf-8")


def test_every_item_of_the_school_plan_and_nothing_else() -> None:
    items = plan(SCHOOL).items
    assert len(items) == 32
    assert sum(item.marker == "-" for item in items) == 16
    assert sum(item.marker == "+" for item in items) == 6
    assert not any("Trên đây là" in item.text or "CC, VC" in item.text for item in items)


def test_items_have_parents_words_without_marker_and_spans() -> None:
    whole = plan(SCHOOL)
    known = {item.id: item for item in whole.items}
    assert known["II.1.g1.c1"].parent == "II.1.g1"
    assert known["I"].parent is None
    assert known["I"].text == "MỤC ĐÍCH YÊU CẦU"
    assert known["II.1.g1.c4"].text.startswith("Quyết định số 1607/QĐ-BYT ngày 17/3/2021")
    assert known["III.1.p1"].marker == ""
    for item in whole.items:
        words = " ".join(item.span.of(whole.text).split())
        assert words == f"{item.marker} {item.text}".strip()


def test_grounds_are_the_lines_of_the_preamble() -> None:
    whole = plan(SCHOOL)
    first, second = whole.grounds
    assert first.text.startswith("Căn cứ kế hoạch số 70/KH-SGDDĐT ngày 11/01/2021")
    assert first.text.endswith("năm 2021")
    assert second.text.startswith("Căn cứ tình hình thực tế")
    assert first.span.of(whole.text).endswith("năm 2021;")


def test_wrapped_rows_are_joined() -> None:
    found = plan(
        "Căn cứ Kế hoạch giả định số 1/KH-X\nngày 01/02/2020;\nI. A\n1. Làm việc thử\nnghiệm."
    )
    assert found.grounds[0].text == "Căn cứ Kế hoạch giả định số 1/KH-X ngày 01/02/2020"
    assert [item.text for item in found.items] == ["A", "Làm việc thử nghiệm."]
