"""kb.text: what is folded stays foldable, and every derived character knows where it came from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text import Span, fold, has_marks, match_text, nfc, slug, tone_placement

VIETNAMESE = st.text(
    st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyAĐƠ ÐðẾ-–“”\u0301\u0309\u00a0\u00ad\n0123/."),
    max_size=60,
)


@given(VIETNAMESE)
def test_match_text_maps_back(source: str) -> None:
    made = match_text(source)
    for position, character in enumerate(made.text):
        span = made.source(Span(position, position + 1))
        assert character in match_text(span.of(source)).text


@given(VIETNAMESE)
def test_match_text_is_stable(source: str) -> None:
    once = match_text(source).text
    assert match_text(once).text == once


@given(VIETNAMESE)
def test_fold_is_stable_and_form_blind(source: str) -> None:
    assert fold(fold(source)) == fold(source) == fold(nfc(source))


def test_decomposed_letter_maps_to_base_and_mark() -> None:
    made = match_text("o\u0302\u0301n")
    assert made.text == "ốn"
    assert made.source(Span(0, 1)) == Span(0, 3)


def test_look_alike_d_is_read_as_vietnamese() -> None:
    assert match_text("Ðiều 5").text == "Điều 5"


@pytest.mark.parametrize(
    ("old", "new"), [("hoà", "hòa"), ("thuỷ", "thủy"), ("quý", "quý"), ("toàn", "toàn")]
)
def test_one_tone_placement(old: str, new: str) -> None:
    assert tone_placement(old) == new


def test_marks_and_slug() -> None:
    assert has_marks("khuyết")
    assert not has_marks("Khuyet TAT")
    assert has_marks("đ")
    assert slug("Sở GDĐT tỉnh") == "so-gddt-tinh"


def test_span_refuses_nonsense() -> None:
    with pytest.raises(ValueError, match="not a span"):
        Span(3, 2)
