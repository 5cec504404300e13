"""Documents called by name in what was typed: a title with its type ("luật người khuyết tật"), or
another name in use ("Luật NKT", "Chương trình 1929")."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kb.alike import title_key, title_keys
from kb.index.short import Shorts
from kb.store import Listed
from kb.text import Span, flat

_WORD = re.compile(r"[a-z0-9]+")
_LONGEST = 30  # words of a name
_YEAR = re.compile(r" ?(?:nam )?((?:19|20)\d\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class NameAsked:
    """A name that was typed, its place, and the key of every document that has it."""

    text: str
    span: Span
    keys: tuple[str, ...]


class Names:
    def __init__(self, documents: Iterable[Listed], shorts: Shorts) -> None:
        self._shorts = shorts
        self._keys: dict[tuple[str, ...], dict[str, int]] = {}
        self._longest = 1
        for listed in documents:
            document = listed.document
            year = int(document.issued[:4]) if document.issued else 0
            named = title_key(document.type)
            titles = title_keys(document.type, document.title) if document.type else ()
            for name in {
                *(title for title in titles if named and title.startswith(named + " ")),
                *(title_key(alias) for alias in listed.entry.aliases),
            }:
                words = tuple(name.split())
                if 1 < len(words) <= _LONGEST or (words and not words[0].isdigit()):
                    self._keys.setdefault(words, {})[document.key] = year
                    self._longest = max(self._longest, min(len(words), _LONGEST))

    def find(self, typed: str) -> list[NameAsked]:
        """Every name in *typed* (match text), the longest at each place, in order and apart."""
        words: list[tuple[str, int, int]] = []
        folded = flat(typed)
        for found in _WORD.finditer(folded):
            full = self._shorts.one(typed[found.start() : found.end()])
            for word in title_key(full).split() if full else [found[0]]:
                words.append((word, found.start(), found.end()))
        out: list[NameAsked] = []
        at = 0
        while at < len(words):
            most = min(self._longest, len(words) - at)
            for length in range(most, 0, -1):
                name = tuple(word for word, _, _ in words[at : at + length])
                if name in self._keys:
                    span = Span(words[at][1], words[at + length - 1][2])
                    out.append(self._asked(typed, folded, name, span))
                    at += length
                    break
            else:
                at += 1
        return out

    def _asked(self, typed: str, folded: str, name: tuple[str, ...], span: Span) -> NameAsked:
        keys = self._keys[name]
        year = _YEAR.match(folded, span.end)
        if year and int(year[1]) in keys.values():
            keys = {key: issued for key, issued in keys.items() if issued == int(year[1])}
            span = Span(span.start, year.end())
        newest = sorted(keys, key=lambda key: (-keys[key], key))
        return NameAsked(span.of(typed), span, tuple(newest))
