"""What differs between two texts, word by word.

    words_diff("Điều 5 có hiệu lực.", "Điều 6 có hiệu lực.")
    [kept "Điều ", removed "5", added "6", kept " có hiệu lực."]

Two ways to write the same word (tone mark, kind of dash, quote or space, line breaks) are no
difference; capitals are one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from kb.text import match_text, nfc, tone_placement


class Change(StrEnum):
    KEPT = "kept"  # giữ nguyên
    REMOVED = "removed"  # bỏ
    ADDED = "added"  # thêm


class Piece(NamedTuple):
    """A stretch of words of one fate; every run of spaces in it is one space."""

    change: Change
    text: str


_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")
# A figure with its signs changes as a whole: "360.000" for "350.000", not "360" for "350".
_WITH_FIGURES = re.compile(r"\s+|\d+(?:[.,/]\d+)+(?!\w)|\w+|[^\w\s]")
_WORDS = re.compile(r"\w")
# Pairs of words compared at once: two articles of 2,000 words. Past it lines are compared first,
# and a pair of blocks that is still larger is told as removed and added whole.
_LARGEST = 4_000_000


def words_diff(a: str, b: str) -> list[Piece]:
    """The way from *a* to *b*: kept and removed pieces together say *a*, kept and added say *b*.

    Kept words are given as *b* writes them. No two neighbours are of one kind; where words were
    put in others' place the removed ones stand first. Equal texts give at most one piece.
    """
    return _joined(_steps(_tokens(a, _WITH_FIGURES), _tokens(b, _WITH_FIGURES)))


def fingerprint(text: str) -> str:
    """Equal for two texts exactly where ``words_diff`` finds no difference; SHA-256 in hex."""
    words = "\0".join(_key(token) for token in _tokens(text))
    return hashlib.sha256(words.encode()).hexdigest()


def differing(pieces: Sequence[Piece]) -> int:
    """How many places differ: stretches between kept pieces."""
    return sum(
        piece.change is not Change.KEPT and (i == 0 or pieces[i - 1].change is Change.KEPT)
        for i, piece in enumerate(pieces)
    )


def _tokens(text: str, tokens: re.Pattern[str] = _TOKENS) -> list[str]:
    found = tokens.findall(" ".join(nfc(text).split()))
    return [token if token.strip() else " " for token in found]


@lru_cache(maxsize=65_536)
def _key(token: str) -> str:
    """One spelling of a word, capitals kept."""
    written = match_text(token).text
    lower = tone_placement(written.lower())
    if len(lower) != len(written):
        return written
    return "".join(k.upper() if w.isupper() else k for k, w in zip(lower, written, strict=True))


_Step = tuple[Change, Sequence[str]]


def _steps(a: Sequence[str], b: Sequence[str]) -> Iterator[_Step]:
    """Tokens with their fate, in order."""
    mine, theirs = [_key(token) for token in a], [_key(token) for token in b]
    start, shorter = 0, min(len(a), len(b))
    while start < shorter and mine[start] == theirs[start]:
        start += 1
    end = 0
    while end < shorter - start and mine[-1 - end] == theirs[-1 - end]:
        end += 1
    yield Change.KEPT, b[:start]
    inner_a, inner_b = a[start : len(a) - end], b[start : len(b) - end]
    if len(inner_a) * len(inner_b) <= _LARGEST:
        yield from _compared(inner_a, inner_b)
    else:
        yield from _by_sentences(inner_a, inner_b)
    yield Change.KEPT, b[len(b) - end :]


def _compared(a: Sequence[str], b: Sequence[str]) -> Iterator[_Step]:
    # A space alone is no place to begin a match at: it is everywhere.
    matcher = SequenceMatcher(
        lambda token: token == " ", [_key(t) for t in a], [_key(t) for t in b], autojunk=False
    )
    for kind, a0, a1, b0, b1 in matcher.get_opcodes():
        if kind == "equal":
            yield Change.KEPT, b[b0:b1]
        else:
            yield Change.REMOVED, a[a0:a1]
            yield Change.ADDED, b[b0:b1]


def _by_sentences(a: Sequence[str], b: Sequence[str]) -> Iterator[_Step]:
    mine, theirs = _sentences(a), _sentences(b)
    keys = [tuple(_key(t) for t in s) for s in mine], [tuple(_key(t) for t in s) for s in theirs]
    for kind, a0, a1, b0, b1 in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        removed = [token for sentence in mine[a0:a1] for token in sentence]
        added = [token for sentence in theirs[b0:b1] for token in sentence]
        if kind == "equal":
            yield Change.KEPT, added
        elif len(removed) * len(added) <= _LARGEST:
            yield from _compared(removed, added)
        else:
            yield Change.REMOVED, removed
            yield Change.ADDED, added


def _sentences(tokens: Sequence[str]) -> list[Sequence[str]]:
    out, start = [], 0
    for position, token in enumerate(tokens, 1):
        if token in ".;:" or position == len(tokens):
            out.append(tokens[start:position])
            start = position
    return out


def _joined(steps: Iterator[_Step]) -> list[Piece]:
    """Pieces from steps: a sign or space kept alone between two changes belongs to them both."""
    out: list[Piece] = []
    removed, added, kept = "", "", ""

    def close() -> None:
        if removed:
            out.append(Piece(Change.REMOVED, removed))
        if added:
            out.append(Piece(Change.ADDED, added))

    for change, tokens in steps:
        words = "".join(tokens)
        if not words:
            continue
        if change is Change.KEPT:
            kept += words
            continue
        if kept and (_WORDS.search(kept) or not (removed or added)):
            close()
            out.append(Piece(Change.KEPT, kept))
            removed = added = ""
        elif kept:
            removed, added = removed + kept, added + kept
        kept = ""
        if change is Change.REMOVED:
            removed += words
        else:
            added += words
    close()
    if kept:
        out.append(Piece(Change.KEPT, kept))
    return out
