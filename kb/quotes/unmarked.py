"""Runs of words that repeat a source without quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kb.quotes import Form, Named, Quotation, Texts
from kb.quotes.match import Reader
from kb.quotes.sentences import introduced, sentence_of
from kb.quotes.words import LABELLED, TURNS, Words, is_word, of_draft
from kb.text import Span, match_text

FEWEST, LONG = 8, 16  # words
_SENTENCE = 11  # words of a whole sentence that may have one word changed
# After so many words that are the same again a run goes on past a word or two that differ: it is
# the same sentence, changed.
_AGAIN, _SKIPPED = 4, 2
_LONGEST = 4_000  # characters read at once on each side
_SIDE = 100  # characters; two places of a text that lie so far apart are looked at each


def find_unmarked(
    text: str, quotations: Sequence[Quotation], named: Sequence[Named], texts: Texts
) -> list[Quotation]:
    """Runs of at least ``FEWEST`` words outside *quotations* and *named* places that stand in a
    source too, but for a word or two; of those that overlap the one with most words in a row that
    are the source's."""
    match = match_text(text)
    words = of_draft(text)
    mottos = [Span(found.start(), found.end()) for found in _MOTTO.finditer(text)]
    taken = _Taken([q.span for q in quotations] + [n.span for n in named] + mottos)
    paragraphs = [0, *_paragraphs(text, words), len(words)]
    reader = Reader(texts)
    runs: list[_Run] = []
    done: dict[tuple[str, int], int] = {}
    for at, id, offset in sorted(texts.runs(match.text)):
        here = bisect_left(words.starts, match.map.starts[at])
        side = (id, (offset - at) // _SIDE)
        if here < done.get(side, 0) or here >= len(words):
            continue
        source = texts.text(id)
        if source is None or source.digest or taken.has(words.starts[here], words.ends[here]):
            continue
        around = reader.stretch(source, offset - _LONGEST, offset + _LONGEST, notes=False)
        there = bisect_left(around.starts, offset)
        seed = _Seed(words, around, taken, _bounds(paragraphs, here), here, there)
        run = _run(seed, id)
        done[side] = run.high
        if run.count >= FEWEST:
            runs.append(run)
    found = [_quotation(words, run) for run in _as_one(_apart(runs), words, paragraphs)]
    whole = [_whole(one, text, quotations, named, texts) for one in found]
    return list({one.span: one for one in whole}.values())


# The head of every paper is nobody's words (Nghị định 30/2020/NĐ-CP, Điều 8).
_MOTTO = re.compile(
    r"cộng h(?:òa|oà) xã hội chủ nghĩa việt nam(?:\s+độc lập\s*[-–]\s*tự do\s*[-–]\s*hạnh phúc)?",
    re.IGNORECASE,
)


def _apart(runs: Sequence[_Run]) -> list[_Run]:
    """The best ones that do not overlap, in the order of the text."""
    kept: list[_Run] = []
    for run in sorted(runs, key=lambda one: (-one.exact, one.low - one.high, one.low)):
        if all(run.high <= other.low or other.high <= run.low for other in kept):
            kept.append(run)
    return sorted(kept, key=lambda one: one.low)


def _as_one(runs: Sequence[_Run], words: Words, paragraphs: Sequence[int]) -> list[_Run]:
    """Runs of one sentence of a source with a few other words between them are that sentence,
    changed."""
    out: list[_Run] = []
    for run in runs:
        last = out[-1] if out else None
        if (
            last is not None
            and last.text == run.text
            and _bounds(paragraphs, last.low) == _bounds(paragraphs, run.low)
            and 0 < run.low - last.high <= _BETWEEN
            and 0 < run.source.start - last.source.end <= _BETWEEN_SOURCE
            and not any(key in _ENDS for key in words.keys[last.high : run.low])
        ):
            out[-1] = _Run(
                last.low, run.high, last.count + run.count, max(last.exact, run.exact), run.text,
                Span(last.source.start, run.source.end),
            )  # fmt: skip
        else:
            out.append(run)
    return out


_BETWEEN, _BETWEEN_SOURCE = 6, 60  # words of the draft, characters of the source
_ENDS = frozenset(".;!?")


@dataclass(frozen=True, slots=True)
class _Run:
    """Words of the draft, first and past the last, ``count`` of them, ``exact`` in a row the
    source's; ``source`` is where they stand in the ``text`` with that id; ``whole``: a sentence
    begins and ends there in both, and one word is another."""

    low: int
    high: int
    count: int
    exact: int
    text: str
    source: Span
    whole: bool = False


# A line that ends no sentence may go on in the next; one with a mark of a list begins anew.
_BREAK = re.compile(r"\n[ \t]*\n|(?<=[.;:!?])[ \t]*\n|\n(?=[ \t]*(?:[-+*•–]|\w{1,4}[.)])\s)")


def _paragraphs(text: str, words: Words) -> list[int]:
    """The first word of each paragraph but the first."""
    return [bisect_left(words.starts, found.end()) for found in _BREAK.finditer(text)]


def _bounds(paragraphs: Sequence[int], here: int) -> tuple[int, int]:
    at = bisect_right(paragraphs, here)
    return paragraphs[at - 1], paragraphs[min(at, len(paragraphs) - 1)]


def _quotation(words: Words, run: _Run) -> Quotation:
    span = Span(words.starts[run.low], words.ends[run.high - 1])
    return Quotation(span, Form.UNMARKED, (span,), (run.text, run.source))


def _whole(
    run: Quotation,
    text: str,
    quotations: Sequence[Quotation],
    named: Sequence[Named],
    texts: Texts,
) -> Quotation:
    """The whole sentence where the draft gives it as a place's ("Điều 5 quy định: …") and the run
    is most of it: what was changed at its ends is a part of the quotation."""
    id, there = run.found or ("", Span(0, 0))
    source = texts.text(id)
    span = sentence_of(text, run.span)
    others = [*(one.span for one in quotations), *(one.span for one in named)]
    most = 2 * len(run.span.of(text).split()) >= len(span.of(text).split())
    if (
        source is None
        or not most
        or not introduced(text, span.start, named)
        or any(one.start < span.end and span.start < one.end for one in others)
    ):
        return run
    return Quotation(span, Form.UNMARKED, (span,), (id, sentence_of(source.words, there)))


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


@dataclass(frozen=True, slots=True)
class _Seed:
    """A place of the draft and one of a source that begin with the same words; ``bounds`` are those
    of the draft's paragraph, first and past the last word."""

    words: Words
    around: Words
    taken: _Taken
    bounds: tuple[int, int]
    here: int
    there: int


def _run(seed: _Seed, id: str) -> _Run:
    """How far the same words reach on both sides. A run goes on past a figure, a negation or a
    condition that is another in the source, or in one of the two only; a long one past any word or
    two, a whole sentence past one word: that is the sentence, changed."""
    run = _extended(seed, id, reworded=True)
    long = run.count >= (_SENTENCE if run.whole else LONG)
    if run.exact < run.count and (run.exact < FEWEST or not long):
        return _extended(seed, id, reworded=False)
    return run


def _extended(seed: _Seed, id: str, *, reworded: bool) -> _Run:
    words, around = seed.words, seed.around
    after = _reach(_Way(seed, 1, reworded), seed.here, seed.there)
    before = _reach(_Way(seed, -1, reworded), seed.here - 1, seed.there - 1)
    low, high = seed.here - before.mine, seed.here + after.mine
    first, last = seed.there - before.theirs, seed.there + after.theirs
    whole = (
        _one_word(words.keys[low:high], around.keys[first:last])
        and _begins(seed, low, first)
        and _ends(seed, high, last)
    )
    while high > low and not is_word(words.keys[high - 1]):
        high -= 1
    while low < high and not is_word(words.keys[low]):
        low += 1
    same = words.keys[seed.here - before.exact : seed.here + after.exact]
    return _Run(
        low, high,
        sum(map(is_word, words.keys[low:high])), sum(map(is_word, same)),
        id, Span(around.starts[first], around.ends[max(first, last - 1)]), whole,
    )  # fmt: skip


def _one_word(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Are they the same but for one ordinary word? Numbers and names of places differ from one
    paper to the next where all else is set phrases."""
    if len(mine) != len(theirs):
        return False
    pairs = zip(mine, theirs, strict=True)
    other = [pair for pair in pairs if pair[0].lower() != pair[1].lower()]
    return len(other) == 1 and all(
        word.isalpha() and word.lower() not in LABELLED and not word.isupper() for word in other[0]
    )


def _begins(seed: _Seed, low: int, first: int) -> bool:
    """Does a sentence begin there in both?"""
    return seed.words.keys[low] in _WHOLE or _Way(seed, -1, True).ends(low - 1, first - 1)


def _ends(seed: _Seed, high: int, last: int) -> bool:
    """Does a sentence end there in both?"""
    return seed.words.keys[high - 1] in _WHOLE or _Way(seed, 1, True).ends(high, last)


_STOPS = frozenset(".;:!?,")
_WHOLE = frozenset(".;:!?)")  # "a)" stands before a point's words
_SIGNS = frozenset(',;-"()')
_AGREE = 2  # words that are the same again behind such a word, or one that ends both sentences


@dataclass(frozen=True, slots=True)
class _Way:
    """The draft's words and the source's, read in one direction; ``reworded``: past any words."""

    seed: _Seed
    step: int
    reworded: bool

    def mine(self, at: int) -> str:
        """The draft's word at a place, "" past its paragraph and where it is something else."""
        words, (low, high) = self.seed.words, self.seed.bounds
        if not low <= at < high or self.seed.taken.has(words.starts[at], words.ends[at]):
            return ""
        return words.keys[at].lower()

    def theirs(self, at: int) -> str:
        keys = self.seed.around.keys
        return keys[at].lower() if 0 <= at < len(keys) else ""

    def same(self, mine: int, theirs: int) -> bool:
        return bool(word := self.mine(mine)) and word == self.theirs(theirs)

    def agree(self, mine: int, theirs: int, count: int) -> bool:
        return all(self.same(mine + self.step * n, theirs + self.step * n) for n in range(count))

    def over(self, mine: int, theirs: int) -> bool:
        """Does a sentence, or a part of one, end there in both?"""
        return all(not w or w in _STOPS for w in (self.mine(mine), self.theirs(theirs)))

    def ends(self, mine: int, theirs: int) -> bool:
        """Does a whole sentence end, or begin, there in both?"""
        return all(not w or w in _WHOLE for w in (self.mine(mine), self.theirs(theirs)))

    def is_count(self, mine: int, theirs: int) -> bool:
        """Is there a figure for a figure that counts something: no day, number or label?"""
        if not (self.mine(mine)[:1].isdigit() and self.theirs(theirs)[:1].isdigit()):
            return False
        before = self.mine(mine - 1)
        return bool(before) and before not in LABELLED and before not in _STOPS


@dataclass(frozen=True, slots=True)
class _Reached:
    """How many words of the draft, going one way, stand in the source too, and of the source; how
    many before the first that does not."""

    mine: int
    theirs: int
    exact: int


def _reach(way: _Way, here: int, there: int) -> _Reached:
    mine, theirs = here, there
    good, exact = (here, there), -1
    while way.mine(mine) and way.theirs(theirs):
        if way.same(mine, theirs):
            mine, theirs = mine + way.step, theirs + way.step
            good = mine, theirs
            continue
        exact = abs(mine - here) if exact < 0 else exact
        skip = _turned(way, mine, theirs)
        turned = skip is not None
        skip = skip or (_again(way, mine, theirs) if way.reworded else None)
        if skip is None:
            break
        mine, theirs = mine + way.step * skip[0], theirs + way.step * skip[1]
        good = (mine, theirs) if turned else good
    reached = abs(good[0] - here)
    return _Reached(reached, abs(good[1] - there), reached if exact < 0 else exact)


_SKIPS = sorted(
    ((a, b) for a in range(_SKIPPED + 1) for b in range(_SKIPPED + 1) if a or b), key=sum
)


def _again(way: _Way, mine: int, theirs: int) -> tuple[int, int] | None:
    """How many words of each to leave for being the same again, whatever they are: for a few words,
    or after one word to the end of the sentence."""
    for put_in, left_out in _SKIPS:
        after = mine + way.step * put_in, theirs + way.step * left_out
        if way.agree(*after, _AGAIN) or (put_in == left_out == 1 and _to_the_end(way, *after)):
            return put_in, left_out
    return None


def _to_the_end(way: _Way, mine: int, theirs: int) -> bool:
    for n in range(1, _AGAIN):
        if not way.agree(mine, theirs, n):
            return False
        if way.ends(mine + way.step * n, theirs + way.step * n):
            return True
    return False


def _turn(words: Sequence[str]) -> bool:
    """Do all of them turn a sentence, or are signs inside one? "có" alone does not."""
    return all(word in TURNS or word in _SIGNS for word in words) and list(words) != ["có"]


_SPELT = 6  # words and brackets at most: "(hai mươi lăm)"


def _spelt_out(way: _Way, mine: int, theirs: int) -> tuple[int, int] | None:
    """How many words of each spell a figure out ("02 (hai) người"); None where none do, or the same
    words or a figure do not follow."""
    skip = _bracket(way.mine, mine, way.step), _bracket(way.theirs, theirs, way.step)
    after = mine + way.step * skip[0], theirs + way.step * skip[1]
    return skip if any(skip) and (way.agree(*after, 1) or way.is_count(*after)) else None


def _bracket(word: Callable[[int], str], at: int, step: int) -> int:
    """How many words a bracket that begins there has, with its signs."""
    opens, closes = ("(", ")")[::step]
    if word(at) != opens:
        return 0
    return next((n + 1 for n in range(1, _SPELT + 2) if word(at + step * n) == closes), 0)


def _turned(way: _Way, mine: int, theirs: int) -> tuple[int, int] | None:
    """The same where only a figure stands for a figure, or words that turn a sentence are put in or
    left out."""
    if (spelt := _spelt_out(way, mine, theirs)) is not None:
        return spelt
    for put_in, left_out in _SKIPS:
        after = mine + way.step * put_in, theirs + way.step * left_out
        added = [way.mine(mine + way.step * n) for n in range(put_in)]
        gone = [way.theirs(theirs + way.step * n) for n in range(left_out)]
        if not all([*added, *gone]):
            continue
        if put_in == left_out == 1 and way.is_count(mine, theirs):
            if way.agree(*after, 1) or way.over(*after):
                return put_in, left_out
            if (spelt := _spelt_out(way, *after)) is not None:
                return put_in + spelt[0], left_out + spelt[1]
        elif _turn(added) and _turn(gone):
            ended = way.agree(*after, 1) and way.over(after[0] + way.step, after[1] + way.step)
            if ended or way.agree(*after, _AGREE):
                return put_in, left_out
    return None
