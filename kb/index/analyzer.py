"""Text → tokens: syllables, numbers and document numbers, each with its place; and bigrams.

A Vietnamese word is often two syllables, so neighbours are indexed together: with them a plain
BM25 finds as well as with a word segmenter (docs/architecture.md, "Search").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kb.text import accented_key

# A number of a document is one token and its parts; "1.000.000" and "2,5" are one token.
_TOKEN = re.compile(
    r"(?P<number>\d{1,7}(?:/\d{4})?[/-][^\W\d_][\w&]*(?:[/-][\w&]+)*)"
    r"|(?P<word>\d+(?:[.,]\d+)*|[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*)"
)
_PART = re.compile(r"[^\W_]+")
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


def _tokens(text: str) -> Iterator[Token]:
    for found in _TOKEN.finditer(text):
        yield Token(accented_key(found[0]), found.start(), found.end())
        if found["number"]:
            for part in _PART.finditer(text, found.start(), found.end()):
                yield Token(accented_key(part[0]), part.start(), part.end(), part=True)


def terms(text: str) -> tuple[list[str], list[str]]:
    """(words, bigrams) of *text* as accented keys; folding them gives the folded terms.

    Parts of document numbers come last, so that whole tokens stand side by side for a phrase.
    """
    found = tokens(text)
    whole = [token.text for token in found if not token.part]
    parts = [token.text for token in found if token.part]
    return whole + parts, bigrams(text, found)


def bigrams(text: str, found: Sequence[Token]) -> list[str]:
    """Neighbouring whole tokens joined by ``_``; never across a sign."""
    whole = [token for token in found if not token.part]
    return [
        f"{left.text}_{right.text}"
        for left, right in pairwise(whole)
        if _GAP.fullmatch(text, left.end, right.start)
    ]
