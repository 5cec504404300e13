"""Where a text answers a query, and the stretch of it worth showing.

Marks are code points and never cut a syllable; neighbouring marks are one.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kb.index import Query
from kb.index.analyzer import Token, tokens
from kb.index.fields import phrase_of, terms_of
from kb.index.schema import WORDS
from kb.results import Snippet
from kb.text import Span, fold

WIDTH = 240  # characters of a snippet, about three lines on a phone
_LONGEST = 200_000  # characters of one text that are looked through


def marks(text: str, query: Query) -> list[Span]:
    """Places in *text* of the query's words, in order and apart.

    A word typed with accents marks its own spelling only; without, every word it may stand for.
    """
    return _merged(text, [Span(token.start, token.end) for token in _answering(text, query)])


def snippet(text: str, query: Query, width: int = WIDTH) -> Snippet:
    """The stretch of about *width* characters with most of the query's words and pairs of words,
    begun at a line or sentence where one is near; line breaks become spaces."""
    answering = _answering(text, query)
    found = tokens(text[:_LONGEST])
    start = _line_start(text, _best(answering, query, width)) if answering else 0
    if start and not text[start - 1].isspace():
        start = next((token.start for token in found if token.start >= start), start)
    while start < len(text) and text[start].isspace():
        start += 1
    end = min(len(text), start + width)
    if end < len(text):
        end = max((token.end for token in found if start < token.end <= end), default=end)
    end = start + len(text[start:end].rstrip())
    shown = text[start:end].replace("\n", " ")
    inside = [
        Span(token.start - start, token.end - start)
        for token in answering
        if start <= token.start and token.end <= end
    ]
    return Snippet(shown, tuple(_merged(shown, inside)), start > 0, end < len(text.rstrip()))


def _answering(text: str, query: Query) -> list[Token]:
    terms = terms_of(query)
    phrased = {word for phrase in query.phrases for word in phrase}
    only_phrases = phrased >= set(query.words)
    exact = {term.text for term in terms if not term.guessed and not only_phrases}
    loose = {term.folded for term in terms if term.guessed and not only_phrases}
    found = tokens(text[:_LONGEST])
    in_phrase = _phrased(found, query)
    return [
        token
        for position, token in enumerate(found)
        if position in in_phrase or token.text in exact or (loose and fold(token.text) in loose)
    ]


def _phrased(found: Sequence[Token], query: Query) -> set[int]:
    """Positions of the tokens that stand in a whole phrase."""
    whole = [i for i, token in enumerate(found) if not token.part]
    inside: set[int] = set()
    for phrase in query.phrases:
        field, wanted = phrase_of(phrase, query)
        words = [found[i].text if field == WORDS else fold(found[i].text) for i in whole]
        for at in range(len(words) - len(wanted) + 1):
            if tuple(words[at : at + len(wanted)]) == wanted:
                inside |= set(whole[at : at + len(wanted)])
    return inside


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
