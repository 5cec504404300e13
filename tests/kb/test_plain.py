"""Words of places and documents typed without accents, written out as long as they were."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.catalogue import load_vocabulary
from kb.citations.plain import accented
from kb.text import flat, match_text

VOCABULARY = load_vocabulary(Path(__file__).parents[2] / "corpus")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("khoan 9 dieu 27 luat nguoi khuyet tat so 51/2010/qh12",
         "khoản 9 điều 27 Luật Người khuyết tật số 51/2010/QH12"),
        ("diem a, b va c khoan 1 dieu 5 cua thong tu 03/2018/tt-bgddt ngay 29/01/2018",
         "điểm a, b và c khoản 1 điều 5 của thông tư 03/2018/TT-BGDĐT ngày 29/01/2018"),
        ("muc 2 chuong III quyet dinh so 753/qd-ttg ngay 3 thang 6 nam 2020",
         "mục 2 chương III quyết định số 753/QĐ-TTg ngày 3 tháng 6 năm 2020"),
        ("Khoản 9, điêu 27 luật người khuyết tật", "Khoản 9, điều 27 Luật Người khuyết tật"),
        ("DIEU 5 DEN DIEU 7 luat hoa gia dinh", "ĐIỀU 5 ĐẾN ĐIỀU 7 Luật Hoa giả định"),
        ("luật người khuyết tật (khoản 2 điều 27)", "Luật Người khuyết tật (khoản 2 điều 27)"),
        # Other words that are spelt alike stay.
        ("khoán 10, mức 2, điệu 5, luật lao động nói chung", None),
        ("mũi khoan bê tông, mục tiêu, luật sư, học luật trẻ em", None),
    ],
)  # fmt: skip
def test_words_are_written_out(typed: str, read: str | None) -> None:
    assert accented(typed, VOCABULARY, ["Hoa giả định"]) == (read or typed)


@given(
    st.lists(
        st.sampled_from(
            ["khoan", "Dieu", "điều", "5", "a", "va", "cua", "luat", "tre em", "nghi dinh",
             "so 28/2012/nd-cp", "\n", ",", "hoa", "diem đ", "ngay 1/2/2020", "chuong IV"]
        ),
        max_size=20,
    )
)  # fmt: skip
def test_nothing_moves_and_no_letter_changes(words: list[str]) -> None:
    """As long as it was, the same letters but for accents and case, and no further change."""
    text = match_text(" ".join(words)).text
    made = accented(text, VOCABULARY)
    assert flat(made) == flat(text)
    assert accented(made, VOCABULARY) == made
