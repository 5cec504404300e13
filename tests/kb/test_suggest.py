"""Suggestions while someone types: numbers, names, headings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.index.short import Shorts
from kb.index.suggest import MOST, Suggestions
from kb.text import flat
from tests.bench.suggest import run
from tests.eval.numbers import shelf

SHELF, VOCABULARY = shelf(None)
HEADINGS = [("Phạm vi điều chỉnh", 40), ("Phạm vi áp dụng", 3), ("Phẩm chất của nhà giáo", 1)]
SUGGESTIONS = Suggestions(SHELF.documents(), HEADINGS, Shorts(VOCABULARY))


def texts(typed: str) -> list[str]:
    return [suggestion.text for suggestion in SUGGESTIONS.of(typed)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        *((typed, "Quyết định 753/QĐ-TTg") for typed in (
            "753", "qd 75", "QĐ 753", "quyet dinh so 753", "753/q", "753 / QĐ", "kế hoạch 753",
        )),
        ("luat nguoi kh", "Luật Người khuyết tật"),
        ("Luật NKT", "Luật Người khuyết tật"),
        ("51/2010", "Luật Người khuyết tật"),
        ("chuong trinh 1929", "Quyết định 1929/QĐ-TTg"),
        ("chỉ thị 3", "Chỉ thị 39-CT/TW"),
        ("pham vi", "Phạm vi điều chỉnh"),
        ("phẩ", "Phẩm chất của nhà giáo"),
        ("chỉ thị số", "Chỉ thị 39-CT/TW"),
    ],
)  # fmt: skip
def test_first_suggestion(typed: str, first: str) -> None:
    assert texts(typed)[0] == first


@pytest.mark.parametrize("typed", ["phat ngon", "phát ngôn", "cung cap thong tin cho bao"])
def test_words_within_a_title(typed: str) -> None:
    assert "Nghị định 09/2017/NĐ-CP" in texts(typed)


def test_every_title_is_found_by_each_three_of_its_words() -> None:
    """Typed without marks; where more than eight have the words, any of them will do."""
    for listed in SHELF.documents():
        title = flat(listed.document.title).split()
        for start in range(len(title) - 2):
            typed = " ".join(title[start : start + 3])
            if typed[0].isalnum() and typed.replace(" ", "").isalnum():
                assert SUGGESTIONS.of(typed), (listed.document.key, typed)


def test_all_that_begin_so_and_nothing_else() -> None:
    assert texts("pham vi") == ["Phạm vi điều chỉnh", "Phạm vi áp dụng"]
    assert texts("vi ap") == ["Phạm vi áp dụng"]
    assert texts("zz") == texts("p") == texts("") == texts("a" * 400) == []


@given(st.text(max_size=120))
def test_anything_typed_gives_at_most_eight(typed: str) -> None:
    found = texts(typed)
    assert len(found) == len(set(SUGGESTIONS.of(typed))) <= MOST


def test_the_bench_runs() -> None:
    measured = run(2_000)
    assert measured["keys"] > 2_000
    assert measured["p95_ms"] < 20
