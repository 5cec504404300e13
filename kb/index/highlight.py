"""Where a text answers a query, and the stretch of it worth showing.

Marks are code points and never cut a syllable; neighbouring marks are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise

import numpy as np

from kb.index import Query
from kb.index.fields import phrase_of, terms_of
from kb.index.schema import WORDS
from kb.results import Snippet
from kb.text import Span, accented_key, flat, fold, variant

WIDTH = 240  # characters of a snippet, about three lines on a phone
_LONGEST = 200_000  # characters of one text that are looked through

Answer = tuple[int, int, str]  # start and end in a text, and the key of the word there


def marks(text: str, query: Query) -> list[Span]:
    """Places in *text* of the query's words, in order and apart.

    A word typed with accents marks its own spelling only; so does one typed without that surely
    has one spelling, where the text has it; else every word it may stand for.
    """
    return _merged(text, answering(text, query))


def snippet(
    text: str, query: Query, width: int = WIDTH, *, answers: Sequence[Answer] | None = None
) -> Snippet:
    """The stretch of about *width* characters with most of the query's words and pairs of words,
    begun at a line or sentence where one is near; line breaks become spaces. *answers* where they
    are known already."""
    answers = answering(text, query) if answers is None else answers
    start = _line_start(text, _best(answers, query, width)) if answers else 0
    while start < len(text) and text[start].isspace():
        start += 1
    end = min(len(text), start + width)
    if end < len(text):
        gap = max(text.rfind(" ", start, end + 1), text.rfind("\n", start, end + 1))
        end = gap if gap > start else end
    end = start + len(text[start:end].rstrip())
    shown = text[start:end].replace("\n", " ")
    inside = [(a - start, b - start, word) for a, b, word in answers if start <= a and b <= end]
    return Snippet(shown, tuple(_merged(shown, inside)), start > 0, end < len(text.rstrip()))


@dataclass(frozen=True, slots=True)
class _Sought:
    """What of a text answers a query: words ``exact`` as spelled and ``loose`` in any spelling,
    all of them ``folded``; of the loose ones those ``sure`` to be meant in some spellings, which
    alone count where a text has them; ``pairs`` of folded neighbours as typed."""

    exact: frozenset[str]
    loose: frozenset[str]
    folded: frozenset[str]
    sure: tuple[tuple[str, frozenset[str]], ...]
    pairs: frozenset[tuple[str, str]]


@lru_cache(maxsize=64)  # asked again for every snippet of a page
def _sought(query: Query) -> _Sought:
    terms = terms_of(query)
    phrased = {word for phrase in query.phrases for word in phrase}
    if phrased >= set(query.words):
        terms = ()
    exact = {term.text for term in terms if not term.guessed}
    exact |= {variant(word) for word in exact} | set(query.also)
    loose = frozenset(term.folded for term in terms if term.guessed)
    return _Sought(
        frozenset(exact),
        loose,
        loose.union(map(fold, exact)),
        tuple(
            (term.folded, frozenset((term.text, variant(term.text))))
            for term in terms
            if term.guessed and not term.doubtful
        ),
        frozenset(pairwise(map(fold, query.words))),
    )


def answering(text: str, query: Query) -> list[Answer]:
    """The words of the text that answer, looked for in its folded letters and then compared."""
    sought = _sought(query)
    folded = _flat(text[:_LONGEST])
    there = _words(text, folded, sought.folded)
    exact, loose = sought.exact, sought.loose
    if sought.sure:
        said = {word for _, _, word in there}
        for word, spellings in sought.sure:
            if meant := spellings & said:
                exact, loose = exact | meant, loose - {word}
    found = [place for place in there if place[2] in exact or (loose and fold(place[2]) in loose)]
    if not query.phrases:
        return found
    phrased = (_phrased(text, folded, phrase, query) for phrase in query.phrases)
    return sorted({*found, *chain.from_iterable(phrased)})


def _words(text: str, folded: str, words: Iterable[str]) -> list[Answer]:
    """Any of the folded *words* as a whole token, in order: not the 1 of "1.000". Of two that
    begin at one place the longer."""
    places = []
    for word in words:
        size = len(word)
        at = folded.find(word)
        while at >= 0:
            before, after = folded[at - 1 : at], folded[at + size : at + size + 1]
            if not (before.isalnum() or after.isalnum()) and not (
                (before in _INSIDE or after in _INSIDE) and _in_number(folded, at, at + size)
            ):
                places.append((at, -at - size))
            at = folded.find(word, at + 1)
    places.sort()
    found = []
    last = 0
    for start, end in places:
        if start >= last:
            last = -end
            found.append((start, last, accented_key(text[start:last])))
    return found


_INSIDE = {".", ","}  # signs that belong to the number they stand in


def _in_number(folded: str, start: int, end: int) -> bool:
    """Is it a piece of a number with a sign inside?"""
    before, after = folded[max(start - 2, 0) : start], folded[end : end + 2]
    return (before[-1:] in _INSIDE and before[:-1].isdecimal()) or (
        after[:1] in _INSIDE and after[1:].isdecimal() and folded[end - 1].isdecimal()
    )


# ``kb.text.flat`` of the scripts that have case or marks; letters beyond them stay as they are.
_FLAT = np.arange(0x10000, dtype="<u2")
_FLAT[:0x3000] = [ord(flat(chr(code))) for code in range(0x3000)]


def _flat(text: str) -> str:
    """``kb.text.flat`` of a long text at once."""
    letters = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2")
    return bytes(_FLAT[letters]).decode("utf-16-le", "surrogatepass")


def _phrased(text: str, folded: str, phrase: Sequence[str], query: Query) -> Iterator[Answer]:
    """The words of every place where the whole phrase stands, whatever signs are between."""
    field, wanted = phrase_of(phrase, query)
    whole = _all_of(tuple(fold(word) for word in wanted))
    for found in whole.finditer(folded):
        spans = [found.span(i + 1) for i in range(len(wanted))]
        words = [accented_key(text[start:end]) for start, end in spans]
        if field != WORDS or tuple(words) == wanted:
            yield from ((*span, word) for word, span in zip(words, spans, strict=True))


@lru_cache(maxsize=256)
def _all_of(words: tuple[str, ...]) -> re.Pattern[str]:
    between = r"[\W_]+"
    return re.compile(
        rf"(?<![^\W_]){between.join(f'({re.escape(word)})' for word in words)}(?![^\W_])"
    )


def _best(answering: Sequence[Answer], query: Query, width: int) -> int:
    """Where the window with most distinct words, then most neighbours of the query, begins."""
    first = answering[0][0]
    if answering[-1][1] <= first + width:
        return first
    pairs = _sought(query).pairs
    words = [fold(word) for _, _, word in answering]
    # How many neighbours of the query stand side by side up to each word.
    together = [0]
    for (one, other), pair in zip(pairwise(answering), pairwise(words), strict=True):
        together.append(together[-1] + (other[0] - one[1] == 1 and pair in pairs))
    best, best_score = first, (-1, -1)
    right = 0
    for left, (start, _, _) in enumerate(answering):
        right = max(right, left)
        while right < len(answering) and answering[right][1] <= start + width:
            right += 1
        distinct = len(set(words[left:right]))
        score = (distinct, together[max(right - 1, left)] - together[left])
        if score > best_score:
            best, best_score = start, score
    return best


_LEAD = 60  # characters shown before the first mark at most


def _line_start(text: str, at: int) -> int:
    """The start of the line or sentence *at* is in, where it is near; else of a word near it."""
    floor = max(0, at - _LEAD)
    line = text.rfind("\n", floor, at)
    if line >= 0 or floor == 0:
        return line + 1 if line >= 0 else 0
    for sign in (". ", "; "):
        sentence = text.rfind(sign, floor, at)
        if sentence >= 0:
            return sentence + len(sign)
    space = text.find(" ", floor, at)
    return space + 1 if space >= 0 else at


def _merged(text: str, places: Iterable[Answer]) -> list[Span]:
    """*places* in order; overlapping ones, and those with only a space between, as one."""
    out: list[tuple[int, int]] = []
    for start, end, _ in places:
        if out and (start <= out[-1][1] or text[out[-1][1] : start] == " "):
            out[-1] = out[-1][0], max(out[-1][1], end)
        else:
            out.append((start, end))
    return [Span(start, end) for start, end in out]
