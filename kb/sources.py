"""The text as its file has it, and the way back to it from the text that is parsed.

S is the extracted text, unchanged; N the cleaned text, in match form, that trees and citations
point into. What is shown or quoted are S's characters in the flow of N (``printed``), so that every
span of N holds for them, too.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from kb.text import OffsetMap, Span, nfc, silenced

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line of S: ``start`` and ``end`` in it; the others as in ``ingest.Line``."""

    start: int
    end: int
    page: int | None = None
    box: Box | None = None
    cell: tuple[int, int, int] | None = None
    confidence: float | None = None
    reach: int = 1


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: ``line`` of the file's text (1-based, blank ones counted), ``spans`` the
    words in S, more than one where cleaning took something out between. Of that line: page
    (1-based), box (left, top, right, bottom, points from the page's top left corner) and how surely
    it was recognised (None: typed text)."""

    line: int
    spans: tuple[Span, ...]
    page: int | None
    box: Box | None
    confidence: float | None

    def words(self, source: str) -> str:
        """The words, out of S."""
        return "".join(span.of(source) for span in self.spans)


@dataclass(frozen=True, slots=True)
class Source:
    """S of one text, from the file *sha256*, with its lines and the map from N."""

    sha256: str
    text: str
    lines: tuple[SourceLine, ...]
    map: OffsetMap

    def places(self, span: Span) -> list[Place]:
        """The lines a span of N stands on, in order. What cleaning took out between two of them (a
        running head) is no part of it."""
        if not span:
            return []
        whole = self.map.source(span)
        first = bisect_right(self.lines, whole.start, key=attrgetter("start")) - 1
        found = []
        for number in range(max(first, 0), len(self.lines)):
            line = self.lines[number]
            if line.start >= whole.end:
                break
            inside = self._on(line, span)
            if inside:
                found.append(Place(number + 1, inside, line.page, line.box, line.confidence))
        return found

    def _on(self, line: SourceLine, span: Span) -> tuple[Span, ...]:
        """The parts of a line that a span of N was made from."""
        starts, ends = self.map.starts, self.map.ends
        low = bisect_left(starts, line.start, span.start, span.end)
        high = bisect_left(starts, line.end, low, span.end)
        if low == high:
            return ()
        if ends[high - 1] - starts[low] == high - low:
            return (Span(starts[low], ends[high - 1]),)
        found, begun = [], low
        for at in range(low + 1, high):
            between = self.text[ends[at - 1] : starts[at]]
            if between and silenced(between).strip():
                found.append(Span(starts[begun], ends[at - 1]))
                begun = at
        return (*found, Span(starts[begun], ends[high - 1]))

    def cells(self, text: str) -> list[tuple[tuple[int, int, int], int, Span]]:
        """((table, row, column), how many rows the cell takes, span of N) of each line of N
        (*text*) that stands in a cell, in order; N keeps a line to one cell."""
        found, at = [], 0
        starts = [line.start for line in self.lines]
        for words in text.split("\n"):
            begin = at + len(words) - len(words.lstrip())
            end = at + len(words.rstrip())
            at += len(words) + 1
            if begin >= end:
                continue
            line = self.lines[bisect_right(starts, self.map.starts[begin]) - 1]
            if line.cell is not None:
                found.append((line.cell, line.reach, Span(begin, end)))
        return found

    @property
    def pages(self) -> list[int]:
        """The pages that hold a line, in order."""
        return sorted({line.page for line in self.lines if line.page is not None})


def printed(text: str, source: str, back: OffsetMap) -> str:
    """N (*text*) with S's own characters: as long as N, its line breaks and single spaces kept.

    Curly quotes, dashes and look-alikes (“ – Ð) are the paper's again. Three things stay as in N,
    for S has nothing better to show: a letter composed of several code points (one letter on
    paper), a space (how wide it is, is layout), and a character only its font could draw (private
    use, control).

    >>> printed('Điều 5 "a"', "Ðiều 5 “a”", OffsetMap(range(10), range(1, 11)))
    'Ðiều 5 “a”'
    """
    out = list(text)
    for at, (mine, start) in enumerate(zip(text, back.starts, strict=True)):
        if source[start] != mine and not mine.isspace():
            own = nfc(silenced(source[start : back.ends[at]]))
            # A cluster that composes to several characters made each of them in turn.
            first = bisect_left(back.starts, start)
            if len(own) == bisect_right(back.starts, start) - first and _drawn(own[at - first]):
                out[at] = own[at - first]
    return "".join(out)


def _drawn(character: str) -> bool:
    """Does the character say the same in any font?"""
    return unicodedata.category(character) not in ("Cc", "Co", "Cn", "Zs")


def own_words(words: str, text: str, shown: str, within: Span) -> str:
    """*words* read from N, as they are printed: looked for in their stretch of N; themselves where
    they do not stand there as one."""
    at = text.find(words, within.start, within.end) if words else -1
    return shown[at : at + len(words)] if at >= 0 else words


def pages_of(places: Sequence[Place]) -> Iterator[int]:
    """Each page once, in order."""
    yield from dict.fromkeys(place.page for place in places if place.page is not None)
