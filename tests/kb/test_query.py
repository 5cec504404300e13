"""What was typed: words, phrases, numbers of documents in every usual form."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.catalogue import load_vocabulary
from kb.index.query import LONGEST, QueryTooLong, matches, number_asked, parse_query

TYPES = load_vocabulary(Path(__file__).parents[2] / "corpus").types


@pytest.mark.parametrize(
    ("typed", "number", "slug"),
    [
        *((typed, "753/QĐ-TTg", "qd") for typed in (
            "QĐ 753", "qd 753", "753/QD-TTg", "753/qđ-ttg", "753 qd ttg", "753 / QĐ - TTg",
            "quyet dinh so 753", "Quyết định số 753/QĐ-TTg", "số 753", "so 753/qd-ttg",
        )),
        *((typed, "39-CT/TW", "ct") for typed in ("39-CT/TW", "chi thi 39", "39-ct/tw", "CT 39")),
        *((typed, "82/KH-NDTKT", "kh") for typed in ("82 /KH-NDTKT", "ke hoach 82", "82/kh")),
        *((typed, "30/2020/NĐ-CP", "nd") for typed in ("nd 30/2020", "30/2020/nd-cp", "nđ 30")),
        ("luat 51/2010/qh12", "51/2010/QH12", "luat"),
        ("2/2019/TT-BTTTT", "02/2019/TT-BTTTT", "tt"),
    ],
)  # fmt: skip
def test_number_is_understood(typed: str, number: str, slug: str) -> None:
    asked = number_asked(typed, TYPES)
    assert asked is not None
    assert matches(asked, number, slug)


@pytest.mark.parametrize(
    ("typed", "number", "slug"),
    [
        ("753/QĐ-TTg", "753/QĐ-BYT", "qd"),
        ("QĐ 753", "753/KH-UBND", "kh"),
        ("nd 30/2020", "30/2021/NĐ-CP", "nd"),
        ("số 75", "753/QĐ-TTg", "qd"),
        ("70/KH-SGDDĐT", "70/KH-SGDĐT", "kh"),
    ],
)
def test_another_number_does_not_match(typed: str, number: str, slug: str) -> None:
    asked = number_asked(typed, TYPES)
    assert asked is not None
    assert not matches(asked, number, slug)


@pytest.mark.parametrize(
    "typed",
    ["nguoi khuyet tat", "Điều 5", "luật trẻ em 2016", "2021", "luật 2010", "5 người", ""],
)
def test_words_are_words(typed: str) -> None:
    assert number_asked(typed, TYPES) is None


def test_words_phrases_and_marks() -> None:
    query = parse_query('Trẻ em “tự kỷ” hoà nhập "hoc nghe"')
    assert query.words == ("trẻ", "em", "tự", "kỷ", "hòa", "nhập", "hoc", "nghe")
    assert query.phrases == (("tự", "kỷ"), ("hoc", "nghe"))
    assert query.marked
    assert not parse_query("tre em tu ky").marked


def test_too_long_says_the_limit() -> None:
    with pytest.raises(QueryTooLong, match=str(LONGEST)):
        parse_query("a " * LONGEST)
