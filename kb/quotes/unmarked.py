"""Runs of words that repeat a source without quotation marks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from kb.quotes import Form, Named, Quotation, Texts
from kb.quotes.match import Reader
from kb.quotes.words import Words, is_word, of_draft
from kb.text import Span, match_text

FEWEST = 8  # words
# After so many words that are the same again a run goes on past a word or two that differ: it is
# the same sentence, changed.
_AGAIN, _SKIPPED = 4, 2
_LONGEST = 4_000  # characters read at once on each side


def find_unmarked(
    text: str, quotations: Sequence[Quotation], named: Sequence[Named], texts: Texts
) -> list[Quotation]:
    """Runs of at least ``FEWEST`` words outside *quotations* and *named* places that stand in a
    source too, but for a word or two; the longest at each place."""
    match = match_text(text)
    words = of_draft(text)
    taken = _Taken([q.span for q in quotations] + [n.span for n in named])
    reader = Reader(texts)
    runs: list[tuple[int, int]] = []
    done = 0
    for at, id, offset in sorted(texts.runs(match.text)):
        place = match.map.starts[at]
        here = bisect_left(words.starts, place)
        if here < done or here >= len(words) or taken.has(words.starts[here], words.ends[here]):
            continue
        source = texts.text(id)
        if source is None:
            continue
        around = reader.stretch(source, offset - _LONGEST, offset + _LONGEST, notes=False)
        there = bisect_left(around.starts, offset)
        low, high = _extended(words, here, around, there, taken)
        if sum(map(is_word, words.keys[low:high])) >= FEWEST:
            runs.append((low, high))
            done = high
    return [_quotation(words, low, high) for low, high in runs]


def _quotation(words: Words, low: int, high: int) -> Quotation:
    span = Span(words.starts[low], words.ends[high - 1])
    return Quotation(span, Form.UNMARKED, (span,))


class _Taken:
    """Stretches of the draft that are something else already."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans: list[Span] = []
        for span in sorted(spans):
            if not self._spans or span.end > self._spans[-1].end:
                self._spans.append(span)

    def has(self, start: int, end: int) -> bool:
        at = bisect_left(self._spans, end, key=lambda span: span.start) - 1
        return at >= 0 and self._spans[at].end > start


def _extended(
    words: Words, here: int, around: Words, there: int, taken: _Taken
) -> tuple[int, int]:  # fmt: skip
    """How far the same words reach on both sides: (first, past the last) of the draft's."""
    high = here + _reach(words, here, around, there, taken, 1)
    low = here - _reach(words, here - 1, around, there - 1, taken, -1)
    while high > low and not is_word(words.keys[high - 1]):
        high -= 1
    while low < high and not is_word(words.keys[low]):
        low += 1
    return low, high


def _reach(words: Words, here: int, around: Words, there: int, taken: _Taken, step: int) -> int:
    """How many words of the draft, going one way, stand in the source too."""
    mine, theirs = here, there
    good = here
    while 0 <= mine < len(words) and 0 <= theirs < len(around):
        if taken.has(words.starts[mine], words.ends[mine]):
            break
        if words.keys[mine].lower() == around.keys[theirs].lower():
            mine, theirs = mine + step, theirs + step
            good = mine
            continue
        skip = next(
            (
                (a, b)
                for a in range(_SKIPPED + 1)
                for b in range(_SKIPPED + 1)
                if (a or b) and _same(words, mine + step * a, around, theirs + step * b, step)
            ),
            None,
        )
        if skip is None:
            break
        mine, theirs = mine + step * skip[0], theirs + step * skip[1]
    return abs(good - here)


def _same(words: Words, here: int, around: Words, there: int, step: int) -> bool:
    for n in range(_AGAIN):
        mine, theirs = here + step * n, there + step * n
        if not (0 <= mine < len(words) and 0 <= theirs < len(around)):
            return False
        if words.keys[mine].lower() != around.keys[theirs].lower():
            return False
    return True
