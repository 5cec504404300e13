"""Numbers as papers write them: parse and format undo each other, keys fold what people vary."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.documents import (
    TYPE_CODES,
    display_date,
    document_key,
    format_number,
    number_key,
    parse_number,
    type_code,
)

FORMS = [
    # written, canonical, serial, year, type, issuers, party
    ("753/QĐ-TTg", "753/QĐ-TTg", "753", None, "QĐ", ("TTg",), False),
    ("82 /KH-NDTKT", "82/KH-NDTKT", "82", None, "KH", ("NDTKT",), False),
    ("Số: 82 /KH-NDTKT", "82/KH-NDTKT", "82", None, "KH", ("NDTKT",), False),
    ("02/2019/TT-BTTTT", "02/2019/TT-BTTTT", "02", 2019, "TT", ("BTTTT",), False),
    (
        "42/2013/TTLT-BGDĐT-BLĐTBXH-BTC",
        "42/2013/TTLT-BGDĐT-BLĐTBXH-BTC",
        "42",
        2013,
        "TTLT",
        ("BGDĐT", "BLĐTBXH", "BTC"),
        False,
    ),
    ("51/2010/QH12", "51/2010/QH12", "51", 2010, None, ("QH12",), False),
    ("39-CT/TW", "39-CT/TW", "39", None, "CT", ("TW",), True),
    ("444-TB/VPTW", "444-TB/VPTW", "444", None, "TB", ("VPTW",), True),
    ("39 – CT/TW", "39-CT/TW", "39", None, "CT", ("TW",), True),
    ("3326/SGDĐT-GDPT", "3326/SGDĐT-GDPT", "3326", None, None, ("SGDĐT", "GDPT"), False),
    ("11/VBHN-BYT", "11/VBHN-BYT", "11", None, "VBHN", ("BYT",), False),
    ("61/CP", "61/CP", "61", None, None, ("CP",), False),
    ("64-CP", "64/CP", "64", None, None, ("CP",), False),
    ("66/2026NĐ-CP", "66/2026/NĐ-CP", "66", 2026, "NĐ", ("CP",), False),
    ("753/QĐ- TTg", "753/QĐ-TTg", "753", None, "QĐ", ("TTg",), False),
    ("753/QD-TTg", "753/QĐ-TTg", "753", None, "QĐ", ("TTg",), False),
    ("30/2020/ND-CP", "30/2020/NĐ-CP", "30", 2020, "NĐ", ("CP",), False),
    ("753/QÐ-TTg", "753/QĐ-TTg", "753", None, "QĐ", ("TTg",), False),  # U+00D0
    ("753/QĐ–TTg", "753/QĐ-TTg", "753", None, "QĐ", ("TTg",), False),  # en dash
    ("/KH-SGDĐT", "/KH-SGDĐT", "", None, "KH", ("SGDĐT",), False),
    ("…/KH-SGDĐT", "/KH-SGDĐT", "", None, "KH", ("SGDĐT",), False),
    ("70/KH-SGDDĐT", "70/KH-SGDDĐT", "70", None, "KH", ("SGDDĐT",), False),
    ("35/KH-THCS&THPTĐBK", "35/KH-THCS&THPTĐBK", "35", None, "KH", ("THCS&THPTĐBK",), False),
    ("54/2006/TT/BTC", "54/2006/TT-BTC", "54", 2006, "TT", ("BTC",), False),
    ("05/QyĐ-UBND", "05/QyĐ-UBND", "05", None, "QyĐ", ("UBND",), False),
    ("55-KH/SGDĐT", "55-KH/SGDĐT", "55", None, "KH", ("SGDĐT",), True),
]


@pytest.mark.parametrize(
    ("written", "text", "serial", "year", "kind", "issuers", "party"), FORMS, ids=lambda v: str(v)
)
def test_every_form_met(
    written: str,
    text: str,
    serial: str,
    year: int | None,
    kind: str | None,
    issuers: tuple[str, ...],
    party: bool,
) -> None:
    number = parse_number(written)
    assert number.text == text == str(number)
    assert (number.serial, number.year, number.type_code) == (serial, year, kind)
    assert (number.issuer_codes, number.party) == (issuers, party)


@pytest.mark.parametrize(
    "text", ["", "753", "Điều 5", "12/2020", "a/b", "03/6/2020", "18/4", "/", "--"]
)
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(ValueError, match="not a document number"):
        parse_number(text)


def test_types_lose_their_d_only_where_one_type_is_meant() -> None:
    assert type_code("HD") == "HD"
    assert type_code("HĐ") == "HĐ"
    assert type_code("DA") == "DA"
    assert type_code("ĐA") == "ĐA"
    assert type_code("ctr") == "CTr"
    assert type_code("SGDĐT") is None


issuer = st.text("ABCDĐGHKLNTUVX&", min_size=1, max_size=8).filter(
    lambda code: code[0] != "&" and type_code(code) is None
)
serial = st.from_regex(r"[0-9]{0,5}", fullmatch=True)
numbers = st.one_of(
    st.tuples(
        serial,
        st.none() | st.integers(1945, 2099),
        st.none() | st.sampled_from(TYPE_CODES),
        st.lists(issuer, min_size=1, max_size=4).map(tuple),
        st.just(False),
    ),
    st.tuples(
        serial,
        st.none(),
        st.sampled_from(TYPE_CODES),
        st.lists(issuer, min_size=1, max_size=2).map(tuple),
        st.just(True),
    ),
)


@given(numbers)
def test_parse_undoes_format(
    parts: tuple[str, int | None, str | None, tuple[str, ...], bool],
) -> None:
    number = parse_number(format_number(*parts))
    assert (
        number.serial,
        number.year,
        number.type_code,
        number.issuer_codes,
        number.party,
    ) == parts
    assert parse_number(number.text) == number
    assert number_key(number) == number_key(number.text)


@given(st.text(max_size=60))
def test_any_text_has_a_key_and_parsing_settles_at_once(text: str) -> None:
    assert isinstance(number_key(text), str)
    try:
        number = parse_number(text)
    except ValueError:
        return
    assert parse_number(number.text) == number


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("02/2019/TT-BTTTT", "2/2019/tt-btttt"),
        ("753/QĐ-TTg", "753/QD-TTG"),
        ("70/KH-SGDĐT", "70/KH-SGD&ĐT"),
        ("70/KH-SGDĐT", "70/KH-SGD-ĐT"),
        ("01/2019/TT-BLĐTBXH", "1/2019/TT-BLDTBXH"),
        ("39-CT/TW", "39 - CT / TW"),
    ],
)
def test_one_key_for_spellings_of_one_number(one: str, other: str) -> None:
    assert number_key(one) == number_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("70/KH-SGDĐT", "70/KH-SGDDĐT"),
        ("753/QĐ-TTg", "753/QĐ-BYT"),
        ("10/TT-BYT", "10/2019/TT-BYT"),
        ("39-CT/TW", "39/CT-TW"),
        ("100/QĐ-TTg", "1/QĐ-TTg"),
    ],
)
def test_other_numbers_have_other_keys(one: str, other: str) -> None:
    assert number_key(one) != number_key(other)


@pytest.mark.parametrize(
    ("slug", "year", "number", "fallback", "key"),
    [
        ("qd", 2020, "753/QĐ-TTg", "", "qd/2020/753/ttg"),
        ("kh", 2021, "82 /KH-NDTKT", "", "kh/2021/82/ndtkt"),
        ("ct", 2019, "39-CT/TW", "", "ct/2019/39/tw"),
        ("luat", None, "51/2010/QH12", "", "luat/2010/51/qh12"),
        ("nd", 2020, "9/2017/NĐ-CP", "", "nd/2017/09/cp"),
        (
            "ttlt",
            2013,
            "42/2013/TTLT-BGDĐT-BLĐTBXH-BTC",
            "",
            "ttlt/2013/42/bgddt-bldtbxh-btc",
        ),
        ("qd", None, "2096/QĐ-TTg", "", "qd/0/2096/ttg"),
        ("kh", 2021, "70/KH-SGD&ĐT", "", "kh/2021/70/sgddt"),
        (
            "luat",
            2026,
            None,
            "Tiếp cận thông tin (sửa đổi)",
            "luat/2026/0/tiep-can-thong-tin-sua-doi",
        ),
        ("kh", 2022, "/KH-SGDĐT", "Kế hoạch giả định", "kh/2022/0/ke-hoach-gia-dinh"),
        ("kh", None, None, "", "kh/0/0/0"),
    ],
)
def test_document_key(
    slug: str, year: int | None, number: str | None, fallback: str, key: str
) -> None:
    parsed = parse_number(number) if number else None
    assert document_key(slug, year, parsed, fallback) == key


def test_a_long_title_gives_a_short_address() -> None:
    key = document_key("qd", 2022, None, "hướng dẫn giả định " * 20)
    assert key.startswith("qd/2022/0/huong-dan-gia-dinh-huong")
    assert len(key) <= 92
    assert not key.endswith("-")


@pytest.mark.parametrize(
    ("iso", "shown"),
    [
        ("2020-06-03", "03/6/2020"),
        ("2021-01-11", "11/01/2021"),
        ("2020-11-25", "25/11/2020"),
        ("2026-05", "5/2026"),
        ("2030", "2030"),
        ("chưa rõ", "chưa rõ"),
    ],
)
def test_dates_as_papers_write_them(iso: str, shown: str) -> None:
    assert display_date(iso) == shown
