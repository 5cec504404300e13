"""Where a text answers a query, and the stretch of it worth showing.

Marks are code points and never cut a syllable; neighbouring marks are one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from kb.index import Query
from kb.index.analyzer import Token
from kb.index.fields import phrase_of, terms_of
from kb.index.schema import WORDS
from kb.results import Snippet
from kb.text import Span, accented_key, flat, fold, variant

WIDTH = 240  # characters of a snippet, about three lines on a phone
_LONGEST = 200_000  # characters of one text that are looked through


def marks(text: str, query: Query) -> list[Span]:
    """Places in *text* of the query's words, in order and apart.

    A word typed with accents marks its own spelling only; so does one typed without that surely
    has one spelling, where the text has it; else every word it may stand for.
    """
    return _merged(text, [Span(token.start, token.end) for token in _answering(text, query)])


def snippet(text: str, query: Query, width: int = WIDTH) -> Snippet:
    """The stretch of about *width* characters with most of the query's words and pairs of words,
    begun at a line or sentence where one is near; line breaks become spaces."""
    answering = _answering(text, query)
    start = _line_start(text, _best(answering, query, width)) if answering else 0
    while start < len(text) and text[start].isspace():
        start += 1
    end = min(len(text), start + width)
    if end < len(text):
        gap = max(text.rfind(space, start, end + 1) for space in " \n")
        end = gap if gap > start else end
    end = start + len(text[start:end].rstrip())
    shown = text[start:end].replace("\n", " ")
    inside = [
        Span(token.start - start, token.end - start)
        for token in answering
        if start <= token.start and token.end <= end
    ]
    return Snippet(shown, tuple(_merged(shown, inside)), start > 0, end < len(text.rstrip()))


def _answering(text: str, query: Query) -> list[Token]:
    """The words of the text that answer, looked for in its folded letters and then compared."""
    terms = terms_of(query)
    phrased = {word for phrase in query.phrases for word in phrase}
    if phrased >= set(query.words):
        terms = ()
    exact = {term.text for term in terms if not term.guessed}
    exact |= {variant(word) for word in exact} | set(query.also)
    loose = {term.folded for term in terms if term.guessed}
    folded = flat(text[:_LONGEST])
    there = [*_words(text, folded, loose | {fold(word) for word in exact})]
    said = {token.text for token in there}
    for term in terms:
        meant = {term.text, variant(term.text)} & said
        if term.guessed and not term.doubtful and meant:
            loose.discard(term.folded)
            exact |= meant
    found = {
        (token.start, token.end): token
        for token in there
        if token.text in exact or fold(token.text) in loose
    }
    for phrase in query.phrases:
        for token in _phrased(text, folded, phrase, query):
            found[token.start, token.end] = token
    return [found[place] for place in sorted(found)]


@lru_cache(maxsize=256)
def _any_of(words: frozenset[str]) -> re.Pattern[str]:
    """Any of the folded *words* as a whole token: not the 1 of "1.000"."""
    listed = "|".join(
        re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))
    )
    return re.compile(rf"(?<![^\W_])(?<!\d[.,])(?:{listed})(?![^\W_]|(?<=\d)[.,]\d)")


def _words(text: str, folded: str, words: Collection[str]) -> Iterator[Token]:
    if words:
        for found in _any_of(frozenset(words)).finditer(folded):
            start, end = found.span()
            yield Token(accented_key(text[start:end]), start, end)


def _phrased(text: str, folded: str, phrase: Sequence[str], query: Query) -> Iterator[Token]:
    """The words of every place where the whole phrase stands, whatever signs are between."""
    field, wanted = phrase_of(phrase, query)
    whole = _all_of(tuple(fold(word) for word in wanted))
    for found in whole.finditer(folded):
        spans = [found.span(i + 1) for i in range(len(wanted))]
        words = [accented_key(text[start:end]) for start, end in spans]
        if field != WORDS or tuple(words) == wanted:
            yield from (Token(word, *span) for word, span in zip(words, spans, strict=True))


@lru_cache(maxsize=256)
def _all_of(words: tuple[str, ...]) -> re.Pattern[str]:
    between = r"[\W_]+"
    return re.compile(
        rf"(?<![^\W_]){between.join(f'({re.escape(word)})' for word in words)}(?![^\W_])"
    )


def _best(answering: Sequence[Token], query: Query, width: int) -> int:
    """Where the window with most distinct words, then most neighbours of the query, begins."""
    typed = [fold(word) for word in query.words]
    pairs = set(pairwise(typed))
    words = [fold(token.text) for token in answering]
    best, best_score = answering[0].start, (-1, -1)
    right = 0
    for left, token in enumerate(answering):
        right = max(right, left)
        while right < len(answering) and answering[right].end <= token.start + width:
            right += 1
        inside = words[left:right]
        together = sum(
            (a, b) in pairs and answering[left + i + 1].start - answering[left + i].end == 1
            for i, (a, b) in enumerate(pairwise(inside))
        )
        score = (len(set(inside)), together)
        if score > best_score:
            best, best_score = token.start, score
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


def _merged(text: str, spans: Sequence[Span]) -> list[Span]:
    """Overlapping spans, and those with only a space between, as one."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and (span.start <= out[-1].end or text[out[-1].end : span.start] == " "):
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return out
