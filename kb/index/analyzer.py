"""Text → tokens: syllables, numbers and document numbers, each with its place; and bigrams.

A Vietnamese word is often two syllables, so neighbours are indexed together: with them a plain
BM25 finds as well as with a word segmenter (docs/architecture.md, "Search").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kb.text import accented_key, fold

# A number of a document is one token and its parts; "1.000.000" and "2,5" are one token.
_TOKEN = re.compile(
    r"(?P<number>\d{1,7}(?:/\d{4})?[/-][^\W\d_][\w&]*(?:[/-][\w&]+)*)"
    r"|(?P<word>\d+(?:[.,]\d+)*|[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*)"
)
PIECE = re.compile(r"[^\W_]+")  # of a document number
# Between two syllables of one bigram stands nothing but space.
_GAP = re.compile(r"\s{1,3}")


@dataclass(frozen=True, slots=True)
class Token:
    """``text`` is the accented key (lower case, one tone placement), ``[start, end)`` code points
    of what was analysed; ``part`` is True for a piece of the token before it."""

    text: str
    start: int
    end: int
    part: bool = False


def tokens(text: str) -> list[Token]:
    """Every token in the order of the text; the parts of a document number follow it.

    >>> [token.text for token in tokens("Điều 5, số 70/KH-SGDĐT")]
    ['điều', '5', 'số', '70/kh-sgdđt', '70', 'kh', 'sgdđt']
    """
    return list(_tokens(text))


@lru_cache(maxsize=256)
def asked(text: str) -> tuple[Token, ...]:
    """``tokens`` of what was typed, which is read several times."""
    return tuple(_tokens(text))


def _tokens(text: str) -> Iterator[Token]:
    for found in _TOKEN.finditer(text):
        yield Token(accented_key(found[0]), found.start(), found.end())
        if found["number"]:
            for part in PIECE.finditer(text, found.start(), found.end()):
                yield Token(accented_key(part[0]), part.start(), part.end(), part=True)


@dataclass(frozen=True, slots=True)
class Analysed:
    """A text as parallel lists, one entry for each whole token: its key, its folded key, whether
    only space stands between it and the one before (``joined``), whether it begins a line; and
    apart from them the parts of document numbers."""

    words: list[str]
    folded: list[str]
    joined: list[bool]
    begins: list[bool]
    parts: list[str]


def analyse(text: str) -> Analysed:
    """*text* as it is indexed."""
    words, folded, joined, begins, parts = [], [], [], [], []
    end = None
    for found in _TOKEN.finditer(text):
        word = accented_key(found[0])
        gap = "\n" if end is None else text[end : found.start()]
        words.append(word)
        folded.append(fold(word))
        joined.append(gap == " " or (end is not None and _GAP.fullmatch(gap) is not None))
        begins.append("\n" in gap)
        end = found.end()
        if found["number"]:
            parts += [accented_key(part[0]) for part in PIECE.finditer(found[0])]
    return Analysed(words, folded, joined, begins, parts)


def neighbours(words: Sequence[str], joined: Sequence[bool]) -> list[str]:
    """Neighbours joined by ``_``; never across a sign."""
    return [f"{words[i - 1]}_{words[i]}" for i in range(1, len(words)) if joined[i]]
