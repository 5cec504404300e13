"""What a quotation is called: right words, changed ones, where they stand, what they claim."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from kb.config import Settings
from kb.index.passages import Passages
from kb.quotes import VERDICT_WORDS, Judged, Named, Omitted, Text, Verdict
from kb.quotes.beside import claims
from kb.quotes.find import find_quotations
from kb.quotes.judge import judge
from kb.quotes.match import matches
from kb.quotes.omitted import omitted, omitted_words, turning_words
from kb.quotes.shelf import Shelf
from kb.quotes.words import of_draft, of_source
from kb.store.generations import current
from kb.store.library import Library
from kb.text import Span

KEY = "luat/2024/901/qh15"
WORDS = "Hoa được tưới trong 15 ngày làm việc kể từ ngày trồng."
HEAD = "Khoản 1 Điều 2 Luật Khu vườn giả định"
RIGHT = (Verdict.EXACT, Verdict.TYPOGRAPHY)
Judge = Callable[..., Judged]


@pytest.fixture(scope="module")
def judged(settings: Settings, library: Library) -> Judge:
    shelf = Shelf(library, Passages(current(settings.library) / "index" / "passages"))

    def made(quoted: str, provision: str = "art_2__cl_1", behind: str = "") -> Judged:
        text = f"{HEAD} quy định: “{quoted}”{behind}"
        named = [Named(Span(0, len(HEAD)), KEY, provision)]
        return judge(text, find_quotations(text), named, shelf, date(2026, 11, 26))[0]

    return made


@pytest.mark.parametrize(
    ("quoted", "verdict"),
    [
        (WORDS, Verdict.EXACT),
        (WORDS.rstrip("."), Verdict.EXACT),
        (WORDS[0].lower() + WORDS[1:], Verdict.TYPOGRAPHY),
        ("Hoa được tưới … kể từ ngày trồng.", Verdict.EXACT),
        (WORDS.replace("15", "51"), Verdict.ALTERED),
        (WORDS.replace("được", "không được"), Verdict.ALTERED),
        (WORDS.replace("tưới", "tuoi"), Verdict.ALTERED),
        (WORDS.replace("o", "\u043e", 1), Verdict.ALTERED),  # a Cyrillic letter
        ("Trâu bò thả rông ngoài đồng cỏ giả định vào mùa mưa lũ.", Verdict.NOT_FOUND),
    ],
)
def test_verdicts(judged: Judge, quoted: str, verdict: Verdict) -> None:
    found = judged(quoted)
    assert found.verdict is verdict, found.reason
    assert found.reason


def test_words_of_another_place_are_told_where_they_stand(judged: Judge) -> None:
    found = judged(WORDS, "art_2__cl_2")
    assert found.verdict is Verdict.MISATTRIBUTED
    assert found.source is not None
    assert found.source.provision == "art_2__cl_1"


@given(st.integers(0, len(WORDS) - 1), st.sampled_from("abcxyz0123456789đắừ"))
@profile(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
def test_no_changed_sign_passes(judged: Judge, at: int, sign: str) -> None:
    if not WORDS[at].isalnum() or WORDS[at].lower() == sign:
        return
    assert judged(WORDS[:at] + sign + WORDS[at + 1 :]).verdict not in RIGHT


@given(st.text(alphabet='“”"«»…. \n>aưđ1', max_size=80))
def test_no_text_is_refused(text: str) -> None:
    for quotation in find_quotations(text):
        assert 0 <= quotation.span.start < quotation.span.end <= len(text)


def test_a_full_stop_inside_the_marks_ends_the_sentence() -> None:
    text = f"Nhà trường trả lời: “{WORDS}”\nQuyết định 901/QĐ-X nói khác."
    (quotation,) = find_quotations(text)
    at = text.index("Quyết định")
    assert claims(text, quotation, [Named(Span(at, at + 19), "qd/x", "")]) == ()


@pytest.mark.parametrize(
    ("quoted", "gaps", "turns", "reason"),
    [
        ("Hoa được tưới … kể từ ngày trồng.", ("trong 15 ngày làm việc",), (),
         ", có lược bớt “trong 15 ngày làm việc”."),
        ("Hoa được tưới trong … ngày làm việc [...] ngày trồng.", ("15", "kể từ"), (),
         ", có lược bớt “15” và “kể từ”."),
        (WORDS, None, None, "Đúng nguyên văn khoản 1 Điều 2"),
    ],
)  # fmt: skip
def test_what_an_ellipsis_leaves_out_is_said(
    judged: Judge, quoted: str, gaps: tuple[str, ...] | None, turns: tuple[str, ...], reason: str
) -> None:
    found = judged(quoted)
    assert found.verdict is Verdict.EXACT
    assert reason in found.reason
    assert found.words == VERDICT_WORDS[Verdict.EXACT] + (", có lược bớt" if gaps else "")
    assert found.omitted == (Omitted(gaps, turns) if gaps else None)


SOURCE = (
    "Trường nhận hoa vào vườn; nếu vườn đã đầy thì hoa không được chờ ở hàng không khí; "
    "hoa được tưới mỗi ngày một lần cho đến khi nở hết thì thôi và được ghi vào sổ."
)


@pytest.mark.parametrize(
    ("pieces", "said", "turns"),
    [
        (("Trường nhận hoa vào vườn", "hoa được tưới mỗi ngày"),
         ", có lược bớt 13 chữ", "Phần lược có “nếu” và “không”"),
        (("Trường nhận", "vào vườn", "được ghi vào sổ"), ", có lược bớt “hoa” và 28 chữ khác",
         "Phần lược có “nếu” và “không”"),
        (("hoa được tưới", "cho đến khi nở"), ", có lược bớt “mỗi ngày một lần”", ""),
        (("Trường nhận hoa", "vào vườn"), "", ""),
    ],
)  # fmt: skip
def test_left_out_words_and_what_turns_a_sentence(
    pieces: tuple[str, ...], said: str, turns: str
) -> None:
    text = Text("t", "k", SOURCE, SOURCE, ((0, "art_1"),))
    around = of_source(SOURCE, SOURCE, 0, len(SOURCE))
    (found,) = list(matches(text, around, [of_draft(piece) for piece in pieces]))[:1]
    left_out = omitted(found)
    assert (omitted_words(left_out), turning_words(left_out)) == (said, turns)
