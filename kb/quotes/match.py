"""Where words stand in the texts at hand: found as they are, or as near as can be had."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from kb.quotes import Stands, Text, Texts
from kb.quotes.words import Words, folded, is_word, of_source, places
from kb.text import Span

_CLAUSE = re.compile(r"(.*(?:^|__)cl_[^_]+(?:_\d+)*)(?:__|$)")
_ARTICLE = re.compile(r"(.*?(?:^|__)art_[^_]+(?:_\d+)*)(?:__|$)")
_SMALL = re.compile(r"(?:\.(?:g|c)\d+)+$")
_ENDS = (".", ",", ";", ":")
_BULLETS = ("-", "+", "•", "*")
_AROUND = 400  # characters read on each side of what is looked for


def unit_of(provision: str) -> str:
    """The clause a place lies in, else its article or item: what one quotation may be from.

    >>> unit_of("art_5__cl_2__point_a"), unit_of("art_5"), unit_of("II.1.g1.c2")
    ('art_5__cl_2', 'art_5', 'II.1')
    """
    for form in (_CLAUSE, _ARTICLE):
        if found := form.match(provision):
            return found[1]
    return _SMALL.sub("", provision)


@dataclass(frozen=True, slots=True)
class Match:
    """A quotation that stands in a text, piece for piece: ``pieces`` its words there, ``ranges``
    (first, past the last) of them in ``around``, the words of the stretch that was read."""

    text: Text
    around: Words
    ranges: tuple[tuple[int, int], ...]

    @property
    def pieces(self) -> tuple[Words, ...]:
        return tuple(self.around.part(low, high) for low, high in self.ranges)

    @property
    def span(self) -> Span:
        return Span(self.around.starts[self.ranges[0][0]], self.around.ends[self.ranges[-1][1] - 1])

    @property
    def provisions(self) -> tuple[str, ...]:
        """The provisions whose own words it has, in order."""
        found = (p for piece in self.pieces for p in provisions_in(self.text, piece.span))
        return tuple(dict.fromkeys(found))

    @property
    def stands(self) -> Stands:
        return stands(self.text, self.span)


def stands(text: Text, span: Span) -> Stands:
    """A stretch of a text with its words as printed; its place is the least that holds all."""
    return Stands(
        text.key, holding(provisions_in(text, span)), span, span.of(text.printed), text.id
    )


def provisions_in(text: Text, span: Span) -> list[str]:
    """The provisions whose own words *span* has."""
    at = bisect_right(text.places, span.start, key=lambda place: place[0]) - 1
    out = [text.places[at][1]] if at >= 0 else []
    while (at := at + 1) < len(text.places) and text.places[at][0] < span.end:
        out.append(text.places[at][1])
    return out


def holding(provisions: Sequence[str]) -> str:
    """The least place that holds all of these, "" where only the document does."""
    if not provisions:
        return ""
    first, *others = provisions
    while first and not all(inside(other, first) for other in others):
        above, sign, _ = first.rpartition("__")
        first = above if sign else first.rpartition(".")[0]
    return first


def inside(provision: str, place: str) -> bool:
    """Is *provision* this place, or a part of it?"""
    return not place or provision == place or provision.startswith((place + "__", place + "."))


def bare(piece: Words) -> Words:
    """A piece without the stop at its end, and without bullets and marks around it."""
    low, high = 0, len(piece)
    while low < high and (piece.keys[low] == '"' or piece.keys[low] in (*_BULLETS, *_ENDS)):
        low += 1
    while high > low and piece.keys[high - 1] in (*_ENDS, '"'):
        high -= 1
    return piece.part(low, high)


class Reader:
    """Reads stretches of texts, each once."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._read: dict[tuple[str, int, int, bool], Words] = {}

    def stretch(self, text: Text, low: int, high: int, *, notes: bool) -> Words:
        low, high = max(0, low), min(len(text.words), high)
        key = (text.id, low, high, notes)
        if key not in self._read:
            self._read[key] = of_source(text.words, text.printed, low, high, notes=notes)
        return self._read[key]

    def near(
        self, words: str, pieces: Sequence[Words], only: Sequence[str] | None = None
    ) -> Iterator[tuple[Text, Words]]:
        """The stretches where the words may stand, likeliest first, each with the clause around."""
        notes = any("[" in piece.keys for piece in pieces)
        for id, offset in self._texts.near(words, only):
            text = self._texts.text(id)
            if text is not None:
                low, high = self._around(text, offset, len(words))
                yield text, self.stretch(text, low, high, notes=notes)

    def place(self, text: Text, provision: str, pieces: Sequence[Words]) -> Words | None:
        """The words of one place, None where the text lacks it."""
        starts = [at for at, (_, id) in enumerate(text.places) if inside(id, provision)]
        if not starts:
            return None
        low, last = text.places[starts[0]][0], starts[-1] + 1
        high = text.places[last][0] if last < len(text.places) else len(text.words)
        notes = any("[" in piece.keys for piece in pieces)
        return self.stretch(text, low - _AROUND, high + _AROUND, notes=notes)

    @staticmethod
    def _around(text: Text, offset: int, size: int) -> tuple[int, int]:
        low, high = offset - size - _AROUND, offset + 2 * size + _AROUND
        at = bisect_right(text.places, offset, key=lambda place: place[0]) - 1
        if at < 0:
            return low, high
        unit = unit_of(text.places[at][1])
        first = last = at
        while first > 0 and inside(text.places[first - 1][1], unit):
            first -= 1
        while last + 1 < len(text.places) and inside(text.places[last + 1][1], unit):
            last += 1
        end = text.places[last + 1][0] if last + 1 < len(text.places) else len(text.words)
        return min(low, text.places[first][0] - _AROUND), max(high, end + _AROUND)


_MOST = 40  # places of a first piece that are followed up


def matches(text: Text, around: Words, pieces: Sequence[Words]) -> Iterator[Match]:
    """Every place where the pieces stand in their order, word for word: each time the nearest next
    one."""
    found = [places(around.keys, piece.keys, any_case=not i) for i, piece in enumerate(pieces)]
    for first in found[0][:_MOST]:
        ranges = [(first, first + len(pieces[0]))]
        for piece, at in zip(pieces[1:], found[1:], strict=True):
            after = next((start for start in at if start >= ranges[-1][1]), None)
            if after is None:
                break
            ranges.append((after, after + len(piece)))
        else:
            yield Match(text, around, tuple(ranges))


@dataclass(frozen=True, slots=True)
class Near:
    """The stretch of a source that is most like a quotation: ``share`` (0..1) of the quotation's
    words that stand in it in order, ``left`` the longest run of its words that do not (first, past
    the last)."""

    text: Text
    words: Words
    share: float
    left: tuple[int, int]


_LONGEST = 1500  # words compared with one another; of a longer quotation the beginning decides


def nearest(text: Text, around: Words, quoted: Words) -> Near | None:
    """The stretch of *around* that is most like *quoted*, without regard to marks and case."""
    mine = [folded(key) for key in quoted.keys[:_LONGEST]]
    theirs = [folded(key) for key in around.keys[: 4 * _LONGEST]]
    matcher = SequenceMatcher(lambda key: not is_word(key), mine, theirs, autojunk=False)
    blocks = [b for b in matcher.get_matching_blocks() if b.size]
    if not blocks:
        return None
    # What matches far from the longest block is chance: the stretch is about as long as the words.
    core = max(blocks, key=lambda block: block.size)
    low, high = (
        core.b - core.a - len(mine) // 2 - 5,
        core.b + len(mine) - core.a + len(mine) // 2 + 5,
    )
    kept = [b for b in blocks if low <= b.b < high]
    same = sum(is_word(mine[b.a + i]) for b in kept for i in range(b.size))
    total = sum(map(is_word, mine)) or 1
    gaps, at = [], 0
    for block in kept:
        gaps.append((at, block.a))
        at = block.a + block.size
    gaps.append((at, len(mine)))
    left = max(gaps, key=lambda gap: gap[1] - gap[0])
    start, stop = kept[0].b, kept[-1].b + kept[-1].size
    # As many words more at an end as the quotation has there that do not match.
    start = max(0, start - min(kept[0].a, 3))
    stop = min(len(theirs), stop + min(len(mine) - at, 3))
    return Near(text, around.part(start, stop), same / total, left)
