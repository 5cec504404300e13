"""Who issued a document and when, read from the words behind it, and only from plain ones."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.catalogue import load_vocabulary
from kb.citations import Citation
from kb.citations.find import find_citations
from kb.citations.issued import with_issuing
from kb.citations.plain import accented
from kb.text import match_text

VOCABULARY = load_vocabulary(Path(__file__).parents[2] / "corpus")
LAW = "Luật Trẻ em số 901/2024/QH15"


def read(text: str) -> list[Citation]:
    words = accented(match_text(text).text, VOCABULARY)
    return list(with_issuing(find_citations(words, VOCABULARY), words, VOCABULARY))


@pytest.mark.parametrize(
    ("behind", "issuer", "day"),
    [
        (" do Quốc hội ban hành ngày 17/6/2024", "Quốc hội", "2024-06-17"),
        (" do Chính phủ ban hành", "Chính phủ", None),
        (", do Chính phủ ban hành năm 2024", "Chính phủ", "2024"),
        (" (do Quốc hội ban hành ngày 17/6/2024)", "Quốc hội", "2024-06-17"),
        (" được Quốc hội khóa XV, kỳ họp thứ 7 thông qua ngày 17 tháng 6 năm 2024",
         "Quốc hội", "2024-06-17"),
        (" đã được Quốc hội thông qua tại kỳ họp thứ 7, ngày 17/6/2024", "Quốc hội", "2024-06-17"),
        (" (Quốc hội thông qua ngày 17/6/2024)", "Quốc hội", "2024-06-17"),
        (" ngày 17/6/2024 do Quốc hội ban hành", "Quốc hội", "2024-06-17"),
        (" của Quốc hội thông qua ngày 17/6/2024", "Quốc hội", "2024-06-17"),
        (" được ban hành bởi Quốc hội ngày 17/6/2024", "Quốc hội", "2024-06-17"),
        (" thông qua bởi Quốc hội khóa XV", "Quốc hội", None),
        (" duoc ban hanh boi chinh phu ngay 17/6/2024", "Chính phủ", "2024-06-17"),
        (" do quoc hoi ban hanh ngay 17/6/2024", "Quốc hội", "2024-06-17"),
        (" duoc quoc hoi khoa XV thong qua tai ky hop thu 7, ngay 17/6/2024",
         "Quốc hội", "2024-06-17"),
        (" cua chinh phu", "Chính phủ", None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("after", [".", ", các trường", " có hiệu lực", "\n"])
def test_claims_are_read(behind: str, issuer: str, day: str | None, after: str) -> None:
    (one,) = read(f"Theo {LAW}{behind}{after}")
    assert (one.text, one.issuer, one.date) == (
        match_text(accented(f"{LAW}{behind}", VOCABULARY)).text, issuer, day,
    )  # fmt: skip


def test_without_a_word_that_joins_them_the_sentence_must_end() -> None:
    said = f"{LAW} Quốc hội thông qua ngày 17/6/2024"
    assert [one.issuer for one in read(f"{said}.")] == ["Quốc hội"]
    assert [one.issuer for one in read(f"{said} một nghị định.")] == [None]


@pytest.mark.parametrize(
    "text",
    [
        f"Theo {LAW}, Chính phủ ban hành ngày 17/6/2024 một nghị định.",
        f"{LAW} được Chính phủ ban hành nghị định hướng dẫn.",
        f"Nghị định hướng dẫn {LAW} do Chính phủ ban hành ngày 17/6/2024.",
        f"Cẩm nang {LAW} do Bộ Y tế ban hành.",
        f"Tài liệu về Luật Hình sự, {LAW} do Bộ Y tế ban hành.",
        f"hướng dẫn thi hành {LAW} của Bộ Y tế",
        f"{LAW} do Chính phủ trình, Quốc hội thảo luận.",
        f"{LAW} do Chủ tịch nước ký ban hành ngày 28/6/2024.",
        f"{LAW} do Quốc hội ban hành Nghị quyết thi hành.",
        "Kế hoạch số 12/KH-UBND được Sở Y tế thông qua.",
    ],
)
def test_nothing_is_read_of_what_may_speak_of_another(text: str) -> None:
    assert [(one.issuer, one.date) for one in read(text)][-1:] == [(None, None)]


def test_who_signs_may_sign_for_another() -> None:
    (one,) = read("Quyết định số 12/QĐ-BYT do Thứ trưởng Bộ Y tế ký ban hành ngày 01/02/2024.")
    assert (one.issuer, one.date) == (None, "2024-02-01")


@given(
    st.lists(
        st.sampled_from(
            [LAW, "Nghị định số 1/2020/NĐ-CP", "do", "được", "Quốc hội", "(", ")", ",", "ban hành",
             "thông qua", "ký", "ngày 1/2/2020", "khóa XV", "kỳ họp thứ 7", "hướng dẫn", "\n"]
        ),
        max_size=16,
    )
)  # fmt: skip
def test_citations_stay_apart_and_in_order(words: list[str]) -> None:
    text = match_text(" ".join(words)).text
    before = find_citations(text, VOCABULARY)
    after = list(with_issuing(before, text, VOCABULARY))
    assert [one.span.start for one in after] == [one.span.start for one in before]
    assert all(a.span.end <= b.span.start for a, b in pairwise(after))
    assert all(one.text == one.span.of(text) for one in after)
