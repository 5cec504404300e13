"""Words of a draft and of a source, so that they can be compared.

A word is a run of letters and digits (a number with its signs is one: ``1.000``, ``30/2020``) or a
single sign. Its key is the word with one place for the tone mark, capitals kept; spaces, line
breaks and kinds of quotes and dashes make no difference. What makes letters look alike (``Ð``,
Cyrillic ``а``) is undone to find a place, and then held against the source letter by letter.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kb.text import Span, fold, match_text, nfc, silenced, tone_placement

_TOKEN = re.compile(r"\w+(?:(?<=\d)[.,/:-](?=\d)\w+)*|[^\w\s]")
# A mark of a footnote in a consolidated text, "[12]": no word of the law.
_NOTE = re.compile(r"\[{1,2}\d{1,3}\]{1,2}")
_MARGIN = re.compile(r"(?m)^[ \t]*(?:>[ \t]?)+")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_QUOTES = re.compile("[“”„‟«»‘’‚‛']")


# They turn a sentence: put in, left out or put for another they make another sentence.
TURNS = frozenset(
    (
        *("không", "chưa", "chẳng", "cấm", "trừ", "chỉ", "phải", "được", "có", "thể", "nên", "cần"),
        *("đều", "hoặc", "nếu", "khi", "trước", "sau", "trên", "dưới", "hơn", "mọi", "mỗi"),
        *("tất", "cả", "đã", "đang", "sẽ", "bắt", "buộc"),
    )
)


# Behind them a figure is a label or part of a date and counts nothing.
LABELLED = frozenset(
    ("điều", "khoản", "điểm", "mục", "chương", "phần", "lục", "số", "ngày", "tháng", "năm", "mẫu")
)


@lru_cache(maxsize=262_144)
def key_of(word: str) -> str:
    """One spelling of a word, capitals kept.

    >>> key_of("Hoà"), key_of("«")
    ('Hòa', '"')
    """
    word = _QUOTES.sub('"', _DASHES.sub("-", nfc(word)))
    lower = tone_placement(word.lower())
    if len(lower) != len(word):
        return word
    return "".join(k.upper() if w.isupper() else k for k, w in zip(lower, word, strict=True))


@dataclass(frozen=True, slots=True)
class Words:
    """Words in order, as parallel lists: ``keys``, and where each stands in the text they are of
    (``starts``, ``ends``); ``strict`` the key of each as it was really typed."""

    keys: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    strict: Sequence[str]

    def __len__(self) -> int:
        return len(self.keys)

    def part(self, low: int, high: int) -> Words:
        cut = slice(low, high)
        return Words(self.keys[cut], self.starts[cut], self.ends[cut], self.strict[cut])

    def within(self, span: Span) -> Words:
        """Those that stand in *span* whole."""
        low = bisect_left(self.starts, span.start)
        high = low
        while high < len(self.ends) and self.ends[high] <= span.end:
            high += 1
        return self.part(low, high)

    @property
    def span(self) -> Span:
        return Span(self.starts[0], self.ends[-1]) if self.keys else Span(0, 0)


@lru_cache(maxsize=2)  # it is asked for its runs and for its quotations
def of_draft(text: str) -> Words:
    """The words of a text as it was typed, with places in it; what cites line by line (``>``) is
    no word."""
    match = match_text(_MARGIN.sub(lambda found: " " * len(found[0]), text))
    starts, ends = match.map.starts, match.map.ends
    keys, begin, end, strict = [], [], [], []
    for found in _TOKEN.finditer(match.text):
        low, high = starts[found.start()], ends[found.end() - 1]
        raw = silenced(text[low:high])
        keys.append(key_of(found[0]))
        begin.append(low)
        end.append(high)
        strict.append(key_of(raw))
    return Words(keys, begin, end, strict)


def of_source(words: str, printed: str, low: int, high: int, *, notes: bool = False) -> Words:
    """The words of a stretch of a source; marks of footnotes are left out but where *notes*.

    ``strict`` has the words as printed: a look-alike that stands in the source may be quoted."""
    while low > 0 and not words[low - 1].isspace():
        low -= 1
    while high < len(words) and not words[high].isspace():
        high += 1
    skip = [] if notes else [m.span() for m in _NOTE.finditer(words, low, high)]
    keys, begin, end, strict = [], [], [], []
    at = 0
    for found in _TOKEN.finditer(words, low, high):
        start, stop = found.span()
        while at < len(skip) and skip[at][1] <= start:
            at += 1
        if at < len(skip) and skip[at][0] <= start:
            continue
        shown = printed[start:stop]
        keys.append(key_of(found[0]))
        begin.append(start)
        end.append(stop)
        strict.append(key_of(shown))
    return Words(keys, begin, end, strict)


@lru_cache(maxsize=262_144)
def folded(key: str) -> str:
    return fold(key)


def is_word(key: str) -> bool:
    return key[:1].isalnum()


def places(within: Sequence[str], wanted: Sequence[str], *, any_case: bool) -> list[int]:
    """Where *wanted* stands as a run in *within*; of its first word the first letter may be in
    another case where *any_case*."""
    if not wanted:
        return []
    first = wanted[0]
    firsts = {first, first[:1].upper() + first[1:], first[:1].lower() + first[1:]}
    if not any_case:
        firsts = {first}
    rest, size = list(wanted[1:]), len(wanted)
    return [
        i
        for i in range(len(within) - size + 1)
        if within[i] in firsts and list(within[i + 1 : i + size]) == rest
    ]


def foreign(word: str) -> str:
    """The first letter of *word* that Vietnamese and Latin script do not have, "" where all are:
    a look-alike put in its place, or ``Ð`` for ``Đ``."""
    for letter in nfc(word):
        if letter in "ÐðƉ":
            return letter
        if letter.isalpha() and not unicodedata.name(letter, "").startswith("LATIN"):
            return letter
    return ""
