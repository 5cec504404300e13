"""kb.text: what is folded stays foldable, and every derived character knows where it came from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text import Span, fold, has_marks, match_text, nfc, slug, tone_placement

VIETNAMESE = st.text(
    st.sampled_from(
        "aăâbcdđeêghiklmnoôơpqrstuưvxyAĐƠ ÐðẾ-–“”\u0301\u0309\u0302\u00a0\u00ad\n0123/.)"
        "\u0002\u2003\u200b\uf0b7\uf02dраоСТІΟ"
    ),
    max_size=60,
)


@given(VIETNAMESE)
def test_words_map_back_to_what_reads_the_same(source: str) -> None:
    """A line's end is a border no rule looks over; inside a line some look beside."""
    made = match_text(source)
    assert len(made.map) == len(made.text)
    at = 0
    for line in made.text.split("\n"):
        span = made.source(Span(at, at + len(line)))
        assert match_text(span.of(source)).text.strip() == line.strip()
        at += len(line) + 1


@given(st.one_of(VIETNAMESE, st.text(max_size=60)))
def test_match_text_is_stable(source: str) -> None:
    once = match_text(source).text
    assert match_text(once).text == once


@given(st.one_of(VIETNAMESE, st.text(max_size=60)))
def test_maps_compose(source: str) -> None:
    """What stays on a second reading is mapped through both as through the first."""
    first = match_text(source)
    second = match_text(first.text)
    both = second.map.then(first.map)
    assert (both.starts, both.ends) == (first.map.starts, first.map.ends)


@given(VIETNAMESE)
def test_fold_is_stable_and_form_blind(source: str) -> None:
    assert fold(fold(source)) == fold(source) == fold(nfc(source))


def test_decomposed_letter_maps_to_base_and_mark() -> None:
    made = match_text("o\u0302\u0301n")
    assert made.text == "ốn"
    assert made.source(Span(0, 1)) == Span(0, 3)


@pytest.mark.parametrize(
    ("source", "read"),
    [
        # ð is Icelandic and phonetic, too: đ only where the word can be ours
        ("ðiều 5, Nghị ðịnh", "điều 5, Nghị định"),
        ("102/2017/nð-cp và hðnd", "102/2017/nđ-cp và hđnd"),
        ("Guðmundur, friður", "Guðmundur, friður"),
        ("quyết\u00a0định\u2003số\u202f5\t7", "quyết định số 5 7"),
        ("TTLT-VKSNDTC\u0002BTP", "TTLT-VKSNDTC-BTP"),
        ("5‐6‑7‒8–9—10−11―12", "5-6-7-8-9-10-11-12"),
        ("“a” „b‟ ‘c’ ‚d‛", "\"a\" \"b\" 'c' 'd'"),
        ("Ðiều, Ɖiều", "Điều, Điều"),
        ("so\u00adft \u200bzero\ufeff", "soft zero"),
        ("o\u0302\u0301, a\u0306", "ố, ă"),
        ("một  hai \n  ba", "một hai \nba"),
        # a symbol font's bullet and dash; its letters stay
        ("\uf0b7 Mục\n\uf0a7 Hai\n\uf02d Ba", "• Mục\n• Hai\n- Ba"),
        ("5 \uf06dm", "5 \uf06dm"),
        # Cyrillic and Greek letters in a Latin word, a label, a number; true Russian stays
        ("р) Đầu mối", "p) Đầu mối"),
        ("a;\nо) Khác", "a;\no) Khác"),
        ("ІІ. NỘI DUNG", "II. NỘI DUNG"),
        ("СHÍNH phủ, Βộ Y tế", "CHÍNH phủ, Bộ Y tế"),
        ("70/КН và 82/КН-UBND", "70/KH và 82/KH-UBND"),
        ("о\u0302ng", "ông"),
        ("РОССИЯ, Москва, а это", "РОССИЯ, Москва, а это"),
        ("xem mục а) của", "xem mục а) của"),
    ],
)
def test_rules_of_match_text(source: str, read: str) -> None:
    assert match_text(source).text == read


def test_keys_read_every_look_alike_d() -> None:
    assert fold("ðiều") == fold("điều") == "dieu"


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


@pytest.mark.parametrize("source", ["\xad\uf02d", "AО/\x0e/Д", "\u200bр) Đầu mối"])
def test_what_says_nothing_changes_no_reading(source: str) -> None:
    """Found by the property above; kept by name."""
    once = match_text(source).text
    assert match_text(once).text == once
