"""Abbreviations both ways: NKT is looked for as người khuyết tật, and a text that writes NKT is
found by its full words. One with two meanings is never read as one of them: it is asked back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.alike import title_key
from kb.catalogue import Vocabulary
from kb.text import Span, fold, nfc

_VOWEL = re.compile("[aeiouy]")
_WORD = re.compile(r"(?<![\w&/-])[^\W\d_][\w&]*(?:-[^\W\d_]+)?(?![\w&/])")


@dataclass(frozen=True, slots=True)
class ShortAsked:
    """An abbreviation that was typed, its place, and what it can mean."""

    text: str
    span: Span
    meanings: tuple[str, ...]


class Shorts:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self._meanings: dict[str, tuple[str, ...]] = {}
        self._written: dict[str, str] = {}
        for short, meanings in vocabulary.abbreviations:
            if [short] != list(meanings):
                self._meanings[fold(short)] = meanings
                self._written[short] = fold(short)
        codes: dict[str, list[str]] = {}
        for issuer in vocabulary.issuers:
            for code in issuer.codes:
                codes.setdefault(fold(code), []).append(issuer.name)
        for code, names in codes.items():
            if code not in self._meanings and len(set(names)) == 1:
                self._meanings[code] = (names[0],)

    def find(self, typed: str) -> list[ShortAsked]:
        """Every abbreviation of *typed* in order."""
        out = []
        for found in _WORD.finditer(typed):
            for end in (found.end(), found.start() + len(found[0].partition("-")[0])):
                word = typed[found.start() : end]
                if meanings := self._of(word):
                    out.append(ShortAsked(word, Span(found.start(), end), meanings))
                    break
        return out

    def one(self, word: str) -> str:
        """The only meaning of *word*, "" where there is none or several."""
        meanings = self._of(word)
        return meanings[0] if len(meanings) == 1 else ""

    def of_meaning(self, words: Sequence[str]) -> tuple[str, ...]:
        """Abbreviations, lower case, whose full words stand side by side in *words* (folded)."""
        text = f" {' '.join(words)} "
        return tuple(
            nfc(short).lower()
            for short, key in self._written.items()
            if len(self._meanings[key]) == 1 and f" {title_key(self._meanings[key][0])} " in text
        )

    def in_full(self, text: str) -> str:
        """*text* with the full words behind the first of each abbreviation it writes, where it
        does not have them anyway; for an index, never for a page."""
        found = dict.fromkeys(_WORD.findall(text))
        short = [
            word for word in found if len(self._meanings.get(self._written.get(word, ""), ())) == 1
        ]
        if not short:
            return text
        there = f" {title_key(text)} "
        for word in short:
            meaning = self._meanings[self._written[word]][0]
            if f" {title_key(meaning)} " not in there:
                at = re.search(rf"(?<![\w&/-]){re.escape(word)}(?![\w&/])", text)
                if at:
                    text = f"{text[: at.end()]} {meaning}{text[at.end() :]}"
        return text

    def _of(self, word: str) -> tuple[str, ...]:
        """Small letters count where they can be no syllable ("nkt", "ubnd", but not "tu")."""
        key = fold(word)
        if len(key) < 3 and _VOWEL.search(key) and not word.isupper():
            return ()
        return self._meanings.get(key, ())
