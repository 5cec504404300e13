"""The difference of two texts holds both of them, and no more than what differs."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb import diff
from kb.diff import Change, Piece, differing, words_diff

LETTERS = st.text(alphabet="abcđĐ12ÁA .,;:-–\n\u00a0", max_size=60)
WORDS = st.lists(
    st.sampled_from(["cơ", "quan", "có", "Điều", "5", "hòa", "hoà", ".", ","]), max_size=30
)


def said(pieces: list[Piece], *changes: Change) -> str:
    return "".join(piece.text for piece in pieces if piece.change in changes)


def plain(text: str) -> str:
    return " ".join(text.split())


@given(LETTERS | WORDS.map(" ".join), LETTERS | WORDS.map(" ".join))
def test_both_texts_are_in_their_difference(a: str, b: str) -> None:
    pieces = words_diff(a, b)
    assert said(pieces, Change.KEPT, Change.ADDED) == plain(b)
    # Kept words are as b writes them: the same words, perhaps another tone mark or dash.
    mine = said(pieces, Change.KEPT, Change.REMOVED)
    assert [diff._key(t) for t in diff._tokens(mine)] == [diff._key(t) for t in diff._tokens(a)]
    neighbours = itertools.pairwise(pieces)
    assert all(one.change is not other.change for one, other in neighbours)


@given(LETTERS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert all(piece.change is Change.KEPT for piece in words_diff(text, text))
    assert differing(words_diff(text, text)) == 0


def test_only_the_words_that_differ_are_told() -> None:
    pieces = words_diff("Thời hạn là 05 ngày làm việc.", "Thời hạn là 10 ngày.")
    assert pieces == [
        (Change.KEPT, "Thời hạn là "),
        (Change.REMOVED, "05"),
        (Change.ADDED, "10"),
        (Change.KEPT, " ngày"),
        (Change.REMOVED, " làm việc"),
        (Change.KEPT, "."),
    ]
    assert differing(pieces) == 2


def test_words_replaced_in_a_row_are_one_change() -> None:
    assert words_diff("do Sở A lập", "do Phòng B lập")[1:3] == [
        (Change.REMOVED, "Sở A"),
        (Change.ADDED, "Phòng B"),
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Văn bản hoà giải – “mẫu”", 'Văn bản hòa giải - "mẫu"'),
        ("Ðiều\u00a01.\nHAI", "Điều 1. HAI"),
        ("HOÀ", "HÒA"),
    ],
)
def test_another_way_to_write_it_is_no_difference(one: str, other: str) -> None:
    assert differing(words_diff(one, other)) == 0


def test_capitals_are_a_difference() -> None:
    assert differing(words_diff("nhà nước", "Nhà nước")) == 1


def test_large_texts_are_compared_by_sentences_first(monkeypatch: pytest.MonkeyPatch) -> None:
    sentences = [f"Việc thứ {n} giao cho đơn vị số {n * 7}" for n in range(60)]
    changed = [s.replace("giao", "chuyển") if n % 20 == 5 else s for n, s in enumerate(sentences)]
    one, other = (". ".join(["Đầu", *x, "Cuối khác"]) for x in (sentences, changed))
    whole = words_diff(one, other)
    monkeypatch.setattr(diff, "_LARGEST", 400)
    assert words_diff(one, other) == whole
    assert differing(whole) == 3
    monkeypatch.setattr(diff, "_LARGEST", 0)  # nothing may be compared by words: still both texts
    assert said(words_diff(one, other), Change.KEPT, Change.ADDED) == other


def test_a_law_of_a_hundred_thousand_words_takes_seconds() -> None:
    law = [f"Điều {n}. Cơ quan số {n % 97} có trách nhiệm lập hồ sơ thứ {n}." for n in range(7000)]
    other = [s.replace("lập", "gửi") if n % 50 == 0 else s for n, s in enumerate(law)]
    start = time.process_time()
    assert differing(words_diff(" ".join(law), " ".join(other))) == 140
    assert time.process_time() - start < 20
