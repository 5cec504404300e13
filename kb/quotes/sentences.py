"""The sentence that words without marks stand in, in the draft and in the source.

A run that is only a part of both sentences says nothing of what stands beside it: a false subject
in front of true words makes a false sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.quotes import Named, Text
from kb.quotes.beside import Edge, sentence_start
from kb.quotes.match import Match
from kb.text import Span

_WORD = re.compile(r"\w+(?:[.,/]\d+)*")
_END = re.compile(r"[.;:!?](?=\s|$)|\n(?=\W*[A-ZĐÀ-Ỹ])|\n\s*\n")
# Up to these words the sentence is of the one who speaks, and what follows is the other's.
_LEAD = re.compile(
    r":|(?<!\w)(?:rằng|quy định|nêu|nói|ghi|viết|cho biết|khẳng định)(?!\w)", re.IGNORECASE
)
_LABEL = re.compile(r"\s*(?:\w{1,4}\)|\d{1,3}\.|[-+*•–])\s")
_SHOWN = 6  # words repeated of what stands beside
_FAR = 600  # characters


def sentence_of(text: str, span: Span) -> Span:
    """The sentence around *span* in a text, without its label ("a)") and the sign at its end."""
    low = max(0, span.start - _FAR)
    start = max([low, *(found.end() for found in _END.finditer(text, low, span.start))])
    if label := _LABEL.match(text, start, span.start):
        start = label.end()
    stop = _END.search(text, span.end, span.end + _FAR)
    end = stop.start() if stop else min(len(text), span.end + _FAR)
    while start < span.start and text[start].isspace():
        start += 1
    return Span(start, max(span.end, start + len(text[start:end].rstrip())))


def introduced(text: str, start: int, named: Sequence[Named]) -> bool:
    """Does a sentence begin at *start* behind a colon and a place: "Điều 5 Luật A quy định:"?"""
    lead = text[:start].rstrip(' \t\n>-–“"')
    if not lead.endswith(":"):
        return False
    line = lead.rfind("\n") + 1
    return any(line <= one.span.start and one.span.end <= len(lead) for one in named)


def clipped(match: Match, text: str, span: Span, named: Sequence[Named]) -> Edge | None:
    """What stands in front of the words at *span* of the draft *text* where they are but the rest
    of a sentence in it and in the source, None where one begins there in either."""
    source: Text = match.text
    there = sentence_of(source.words, match.span)
    low = _own(text, span, named)
    before = _words(text[low : span.start]), _words(source.words[there.start : match.span.start])
    if all(before):
        mine, theirs = (" ".join(words[-_SHOWN:]) for words in before)
        return Edge(mine, theirs, before=True)
    return None


def _own(text: str, span: Span, named: Sequence[Named]) -> int:
    """Where the draft's sentence begins behind the places it names and who says it."""
    low = max(sentence_start(text, span.start), span.start - _FAR)
    low = max([low, *(one.span.end for one in named if low < one.span.end <= span.start)])
    return max([low, *(found.end() for found in _LEAD.finditer(text, low, span.start))])


def _words(part: str) -> list[str]:
    return _WORD.findall(part)
