"""How many have what was asked: exact, over the whole index, the same whichever engine ranks.

An engine finds whatever has *any* of the words, which is nearly everything; what a reader calls
found has *all* of them. Those rows are cut from the rows of each word, narrowed by phrases and
tags, and counted by document. Words that most rows have are kept as a bit for each row.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from kb.index import Query
from kb.index.columns import PARTS, SHIFT, Columns, Rows
from kb.index.fields import phrase_of, terms_of
from kb.index.schema import WORDS
from kb.index.vocabulary import Vocabulary
from kb.text import fold, variant

Bits = NDArray[np.uint8]
_Postings = Callable[[Iterable[int]], list[NDArray[np.uint32]]]
# A list of rows takes 32 bits for each of them, bits one for every row of the index.
_DENSE = 32


class Counted:
    """*postings* gives the rows that have any of some words, in pieces; *documents* are (number,
    key, tagset), *tagsets* (number, tags with spaces between)."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        columns: Columns,
        documents: Sequence[tuple[int, str, int]],
        tagsets: Sequence[tuple[int, str]],
        postings: _Postings,
    ) -> None:
        self._vocabulary, self._columns = vocabulary, columns
        self._size = len(columns.documents)
        # At most a bit for every row each, as a list is shorter. Neither refers back to this, so
        # that it is gone with its last reader and not at some later collection.
        self._listed = lru_cache(256)(partial(_listed, postings))
        self._bits = lru_cache(512)(partial(_bits, postings, self._size))
        self._keys = np.full(max((n for n, _, _ in documents), default=0) + 1, "", object)
        self._names: dict[str, int] = {}
        self._sets = max((number for number, _ in tagsets), default=0) + 1
        tags_of: dict[int, list[int]] = {
            number: [self._names.setdefault(tag, len(self._names)) for tag in tags.split()]
            for number, tags in tagsets
        }
        # Each tag of each tagset, and of each document.
        self._in_set = _pairs(tags_of.items())
        self._in_document = _pairs((number, tags_of[tagset]) for number, _, tagset in documents)
        for number, key, _ in documents:
            self._keys[number] = key

    def full(self, query: Query) -> Rows:
        """The rows that have every word of *query* and meet its phrases, tags and what it leaves
        out. A word counts in the spelling it is believed to have; typed without marks, in any
        where none was looked for or it is doubtful."""
        asked = self._asked(query)
        if not asked:
            return np.zeros(0, np.int64)
        rows = self._columns.alive(self._all_of(asked))
        for group in query.tags:
            numbers, tags = self._in_set
            wanted = [self._names[tag] for tag in group if tag in self._names]
            fits = np.zeros(self._sets, bool)
            fits[numbers[np.isin(tags, wanted)]] = True
            rows = rows[fits[self._columns.tagsets[rows]]]
        for phrase in query.phrases:
            rows = rows[self._has(rows, *phrase_of(phrase, query))]
        for phrase in query.without:
            rows = rows[~self._has(rows, *phrase_of(phrase, query))]
        return rows

    def having(self, field: str, phrase: tuple[str, ...]) -> Rows | None:
        """The rows that have the words of *phrase* side by side; None where these may be pieces of
        document numbers, which an engine has and the columns have not."""
        if all(fold(word) in self._vocabulary.pieces for word in phrase):
            return None
        words = {self._numbers(word, field != WORDS) for word in phrase}
        rows = self._columns.alive(self._all_of(words))
        return rows[self._has(rows, field, phrase)]

    def documents(self, rows: Rows) -> tuple[tuple[str, ...], dict[str, int]]:
        """The keys of the documents of *rows*, and tag → how many of them have it, most first."""
        there = np.zeros(len(self._keys), bool)
        there[self._columns.documents[rows]] = True
        numbers, tags = self._in_document
        counts = np.bincount(tags[there[numbers]], minlength=len(self._names)).tolist()
        found = [(-count, name) for name, count in zip(self._names, counts, strict=True) if count]
        return tuple(self._keys[there].tolist()), {name: -count for count, name in sorted(found)}

    def of(self, rows: Rows, keys: Collection[str]) -> Rows:
        """Those of *rows* that belong to the documents *keys*."""
        wanted = set(keys)
        theirs = np.fromiter((key in wanted for key in self._keys), bool, len(self._keys))
        kept: Rows = rows[theirs[self._columns.documents[rows]]]
        return kept

    def _asked(self, query: Query) -> list[frozenset[int]]:
        """The numbers of the words that answer, for each word asked."""
        loose = {
            word
            for phrase in query.phrases
            for field, words in [phrase_of(phrase, query)]
            if field != WORDS
            for word in words
        }
        asked: dict[frozenset[int], None] = {}
        for term in terms_of(query):
            if not term.part:
                unsure = term.guessed and (query.spelling is None or term.doubtful)
                any_of = unsure or term.folded in loose
                asked[self._numbers(term.text, any_of)] = None
        return list(asked)

    def _numbers(self, word: str, folded: bool) -> frozenset[int]:
        known = self._vocabulary
        words = known.spellings.get(fold(word), ()) if folded else (word, variant(word))
        return frozenset(known.ids[word] for word in words if word in known.ids)

    def _all_of(self, asked: Iterable[frozenset[int]]) -> Rows:
        rare: list[Rows] = []
        dense: list[Bits] = []
        for words in asked:
            if int(self._vocabulary.rows[[*words]].sum()) * _DENSE > self._size:
                dense.append(self._bits(words))
            else:
                rare.append(self._listed(words))
        if not rare:
            together = np.bitwise_and.reduce(dense)
            each = np.unpackbits(together, bitorder="little", count=self._size)
            return np.flatnonzero(each.view(bool))
        rare.sort(key=len)
        rows = rare[0]
        for other in rare[1:]:
            there = np.zeros(self._size, bool)
            there[other] = True
            rows = rows[there[rows]]
        for bits in dense:
            rows = rows[bits[rows >> 3] >> (rows & 7) & 1 == 1]
        return rows

    def _has(self, rows: Rows, field: str, phrase: Sequence[str]) -> NDArray[np.bool_]:
        """Which of *rows* have the words side by side, whatever signs are between."""
        texts = self._columns.texts(rows)
        words = texts.tokens >> SHIFT
        if len(words) < len(phrase):
            return np.zeros(len(rows), bool)
        at = np.flatnonzero(self._is(phrase[0], field)[words[: len(words) - len(phrase) + 1]])
        for step, word in enumerate(phrase[1:], 1):
            at = at[self._is(word, field)[words[at + step]]]
        ends = np.cumsum(texts.sizes)  # of every part of every row, one after another
        part = np.searchsorted(ends, at, "right")
        part = part[at + len(phrase) <= ends[part]]
        found = np.zeros(len(rows), bool)
        found[part // PARTS] = True
        return found

    def _is(self, word: str, field: str) -> NDArray[np.bool_]:
        """Word number → is it this word, in any spelling where the field is folded?"""
        known = self._vocabulary
        spellings = known.spellings.get(word, ()) if field != WORDS else (word,)
        fits = np.zeros(len(known.rows), bool)
        fits[[known.ids[one] for one in spellings if one in known.ids]] = True
        return fits


def _listed(postings: _Postings, words: frozenset[int]) -> Rows:
    pieces = postings(words)
    found = np.concatenate(pieces).astype(np.int64) if pieces else np.zeros(0, np.int64)
    return np.unique(found) if len(words) > 1 else found


def _bits(postings: _Postings, size: int, words: frozenset[int]) -> Bits:
    there = np.zeros(size, bool)
    for piece in postings(words):
        there[piece] = True
    return np.packbits(there, bitorder="little")


def _pairs(many: Iterable[tuple[int, list[int]]]) -> tuple[Rows, Rows]:
    """(of, tag) for each tag, as two columns."""
    found = [(number, tag) for number, tags in many for tag in tags]
    both = np.array(found, np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]
