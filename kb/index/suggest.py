"""What may be meant by the beginning of a query: documents by number, title or another name, and
the headings articles have. In memory, in sorted arrays; a prefix is one stretch of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nlargest

from kb.documents import display_date
from kb.index.short import Shorts
from kb.store import Listed
from kb.text import accented_key, flat, has_marks, match_text

MOST = 8  # suggestions shown
SHORTEST = 2  # letters that must be typed
_LONGEST = 100  # characters; past them nothing is suggested
_HEADINGS = 30_000  # most frequent headings kept
_WORDS = 14  # words of the longest heading kept
_LOOKED_AT = 60
_SIGNS = re.compile(r"\s*([/-])\s*")
_SPACE = re.compile(r"[^a-z0-9/&-]+")
_WORD = re.compile(r"[a-z0-9&]+")
_NUMBERED = re.compile(r"\b(so|sohieu) (?=\d)")
_LAWS = {"luat", "bo-luat", "hien-phap", "phap-lenh"}
# A document before a heading, the beginning of a name before its middle.
_DOCUMENT, _BEGINNING = 1 << 40, 1 << 41


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``text`` is what would be looked for, ``kind`` "văn bản" or "cụm từ", ``detail`` what it is,
    in words."""

    text: str
    kind: str
    detail: str = ""


class Suggestions:
    def __init__(
        self, documents: Iterable[Listed], headings: Iterable[tuple[str, int]], shorts: Shorts
    ) -> None:
        """*headings* of articles, each with the number of documents that have it."""
        self._shorts = shorts
        self._entries: list[Suggestion] = []
        rows: dict[tuple[str, int], int] = {}
        for listed in documents:
            self._document(listed, rows)
        frequent = nlargest(_HEADINGS, headings, key=lambda pair: pair[1])
        for heading, count in frequent:
            if 0 < len(heading.split()) <= _WORDS:
                detail = f"tên điều trong {count} văn bản" if count > 1 else "tên một điều"
                self._add(Suggestion(heading, "cụm từ", detail), [heading], count, rows)
        ordered = sorted(rows)
        self._keys = [key for key, _ in ordered]
        self._of = [entry for _, entry in ordered]
        self._weights = [rows[row] for row in ordered]

    @property
    def keys(self) -> int:
        """How many beginnings are known."""
        return len(self._keys)

    def of(self, typed: str) -> list[Suggestion]:
        """The likeliest of what begins so, at most ``MOST``; those with the accents typed first."""
        line = " ".join(match_text(typed[: _LONGEST + 1]).text.split())
        if not SHORTEST <= len(line) <= _LONGEST:
            return []
        key = _key(line)
        # In keys "số" is left out before figures: these are still to come.
        found = self._beginning(key) or self._beginning(key.removesuffix(" so"))
        if not found and (short := list(self._shorts.find(line))):
            last = short[-1]
            if len(last.meanings) == 1:
                full = line[: last.span.start] + last.meanings[0] + line[last.span.end :]
                found = self._beginning(_key(full))
        if has_marks(line):
            start = f" {accented_key(line)}"
            found.sort(key=lambda entry: start not in f" {accented_key(entry.text)}")
        return found[:MOST]

    def _beginning(self, key: str) -> list[Suggestion]:
        first = bisect_left(self._keys, key)
        last = bisect_left(self._keys, key + "\uffff", first)
        best = nlargest(_LOOKED_AT, range(first, last), key=self._weights.__getitem__)
        return list(dict.fromkeys(self._entries[self._of[row]] for row in best))

    def _document(self, listed: Listed, rows: dict[tuple[str, int], int]) -> None:
        document = listed.document
        issued = f"ngày {display_date(document.issued)}" if document.issued else ""
        named = f"{document.type} {document.title}".strip()
        numbered = f"{document.type} {document.number}".strip()
        if not document.number or (listed.type_slug in _LAWS and document.title):
            text, parts = named, (document.number, issued)
        else:
            text, parts = numbered, (document.title, issued)
        if not text:
            return
        suggestion = Suggestion(text, "văn bản", ", ".join(part for part in parts if part))
        names = [name for name in (named, document.title, *listed.entry.aliases) if name]
        year = int(document.issued[:4]) if document.issued else 0
        place = self._add(suggestion, names, _DOCUMENT + year, rows)
        if document.number:
            number = _key(document.number)
            plain = number.lstrip("0")
            code = "" if "/" not in number else _code(number)
            for key in {number, plain, f"{_key(document.type)} {plain}", f"{code} {plain}",
                        f"{_key(document.type)} {number}", f"{code} {number}"}:  # fmt: skip
                rows[key.strip(), place] = _DOCUMENT + _BEGINNING + year

    def _add(
        self,
        suggestion: Suggestion,
        names: Iterable[str],
        weight: int,
        rows: dict[tuple[str, int], int],
    ) -> int:
        place = len(self._entries)
        self._entries.append(suggestion)
        for name in names:
            whole = _key(name)
            for word in _WORD.finditer(whole):
                key = whole[word.start() :]
                mine = weight + (0 if word.start() else _BEGINNING)
                rows[key, place] = max(mine, rows.get((key, place), 0))
        return place


def _key(text: str) -> str:
    folded = _SIGNS.sub(r"\1", _SPACE.sub(" ", flat(text)).strip())
    return _NUMBERED.sub("", folded)


def _code(number: str) -> str:
    """The letters of the type in a folded number ("753/qd-ttg" → "qd")."""
    found = re.search(r"[/-]([a-z]+)[-/]", number)
    return found[1] if found else ""
