"""Candidates by number, title and alias; nothing is picked out of two."""

from __future__ import annotations

from datetime import date

import pytest

from kb.catalogue import Catalogue, Entry, Misprint, StatusClaim, Vocabulary
from kb.documents import DocType, Document, Issuer, Successor
from kb.issuers import successors_of
from kb.lookup import lookup

CLAIM = StatusClaim("unknown", "")
VOCABULARY = Vocabulary(
    (DocType("QĐ", "Quyết định", "qd"),),
    (
        Issuer("mot", "Ủy ban nhân dân tỉnh Mẫu Một", ("UBND",), ("UBND tỉnh Mẫu Một",)),
        Issuer("hai", "Ủy ban nhân dân tỉnh Mẫu Hai", ("UBND",), ("UBND tỉnh Mẫu Hai",)),
    ),
)


def entry(key: str, kind: str, number: str, title: str, issuer: str, issued: str | None) -> Entry:
    return Entry(Document(key, kind, number, title, issuer, issued), CLAIM)


ONE = entry(
    "qd/1", "Quyết định", "7/QĐ-UBND", "Về giả định", VOCABULARY.issuers[0].name, "2031-02-03"
)
TWO = entry(
    "qd/2", "Quyết định", "07/QĐ-UBND", "Về việc khác", VOCABULARY.issuers[1].name, "2031-02-03"
)
LAW = entry("luat/1", "Luật", "9/2030/QH16", "Giả định", "Quốc hội", None)
NEWER = entry("luat/2", "Luật", "8/2035/QH17", "Giả định (sửa đổi)", "Quốc hội", "2035-06-01")
PLAN = Entry(
    Document("kh/1", "Kế hoạch", "70/KH-SGDĐT", "Giả định", "", "2031-01-11"),
    CLAIM,
    aliases=("Kế hoạch bảy mươi",),
    misprints=(Misprint("71/KH-SGDĐT", "một bản in ghi vậy"),),
)  # fmt: skip
CATALOGUE = Catalogue(VOCABULARY, (ONE, TWO, LAW, NEWER, PLAN))


def keys(exact: bool = True, **asked: str) -> list[str]:
    return [c.entry.document.key for c in lookup(CATALOGUE, **asked) if c.exact is exact]


def test_one_number_two_offices_both_answer() -> None:
    assert keys(number="7/QĐ-UBND") == ["qd/1", "qd/2"]


def test_the_issuer_decides_where_it_is_known() -> None:
    assert keys(number="07/QĐ-UBND", issuer="UBND tỉnh Mẫu Hai") == ["qd/2"]
    assert keys(number="07/QĐ-UBND", issuer="Chủ tịch Ủy ban nhân dân tỉnh Mẫu Một") == ["qd/1"]
    assert keys(number="07/QĐ-UBND", issuer="Ủy ban nhân dân tỉnh") == ["qd/1", "qd/2"]


def test_another_date_is_a_candidate_with_its_reason() -> None:
    assert keys(number="9/2030/QH16", date="2031") == []
    (found,) = lookup(CATALOGUE, number="70/KH-SGDĐT", date="2031-01-12")
    assert not found.exact
    assert "11/01/2031" in found.reason


@pytest.mark.parametrize("date", ["2031", "2031-01", "2031-01-11"])
def test_partial_dates_agree(date: str) -> None:
    assert keys(number="70/KH-SGDĐT", date=date) == ["kh/1"]


def test_a_misprint_answers_on_its_own_date_only() -> None:
    (found,) = lookup(CATALOGUE, number="71/KH-SGDĐT", date="2031-01-11")
    assert not found.exact
    assert "một bản in ghi vậy" in found.reason
    assert lookup(CATALOGUE, number="71/KH-SGDĐT", date="2032-01-11") == ()


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("70/KH-SGDDĐT", "thừa chữ D"),
        ("70/KH-SGĐT", "thiếu chữ D"),
        ("70/KH-SGBĐT", "chữ B thay cho D"),
    ],
)
def test_one_letter_off_on_the_same_date(written: str, reason: str) -> None:
    (found,) = lookup(CATALOGUE, number=written, date="2031-01-11")
    assert not found.exact
    assert reason in found.reason
    assert lookup(CATALOGUE, number=written) == ()


def test_a_digit_is_never_corrected() -> None:
    assert lookup(CATALOGUE, number="72/KH-SGDĐT", date="2031-01-11") == ()


def test_titles_with_and_without_year() -> None:
    assert keys(title="Luật Giả định", type="Luật") == ["luat/1", "luat/2"]
    assert keys(title="luật giả định", type="Luật", date="2030") == ["luat/1"]
    assert keys(title="Luật Giả định năm 2035", type="Luật") == ["luat/2"]


def test_an_alias_is_no_exact_answer() -> None:
    (found,) = lookup(CATALOGUE, title="Kế hoạch bảy mươi")
    assert not found.exact
    assert "tên gọi khác" in found.reason


def test_successors_follow_each_other_to_the_day() -> None:
    def to(*ids: str) -> tuple[Successor, ...]:
        return tuple(Successor(i, "2025-01-01", "toàn bộ", "giả định") for i in ids)

    vocabulary = Vocabulary(
        (),
        (
            Issuer("a", "A", until="2025-02-28", successors=to("b", "c")),
            Issuer("b", "B", until="2026-06-30", successors=to("d")),
            Issuer("c", "C"),
            Issuer("d", "D"),
        ),
    )

    def ids(day: date) -> list[str]:
        return [issuer.id for issuer in successors_of("a", vocabulary, day)]

    assert ids(date(2025, 2, 28)) == []
    assert ids(date(2025, 3, 1)) == ["b", "c"]
    assert ids(date(2026, 7, 1)) == ["c", "d"]
    assert successors_of("không có", vocabulary, date(2026, 7, 1)) == ()


def test_a_name_without_its_place_contradicts_no_body_of_that_name() -> None:
    vocabulary = Vocabulary(
        (),
        (Issuer("so-a", "Sở Mẫu tỉnh Mẫu A", variants=("Sở M tỉnh Mẫu A",)),),
    )
    document = Document("kh/b", "Kế hoạch", "1/KH-SM", "", "Sở Mẫu tỉnh Mẫu B", "2031-01-01")
    catalogue = Catalogue(vocabulary, (Entry(document, StatusClaim("unknown", "")),))
    (placeless,) = lookup(catalogue, number="1/KH-SM", issuer="Sở M")
    assert placeless.exact
    (other,) = lookup(catalogue, number="1/KH-SM", issuer="Sở Mẫu tỉnh Mẫu A")
    assert not other.exact
