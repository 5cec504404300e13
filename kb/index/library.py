"""The whole index in one folder: an engine for the likeliest rows, cards for the rest."""

from __future__ import annotations

import importlib.util
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np

from kb.errors import SettingError
from kb.index import ENGINES, Found, Hit, Postings, PostingsWriter, Query, Record, Why, Words
from kb.index.accents import restored
from kb.index.cards import Cards, CardWriter, Known
from kb.index.columns import Rows
from kb.index.explain import met, rest
from kb.index.fields import as_fields, pairs_of, parts, terms_of, wanted
from kb.index.memory import MemoryPostings
from kb.index.ranking import DEPTH, WEIGHTS, Floats, Sought, features, sought
from kb.index.schema import PAIRS
from kb.text import has_marks, variant


class _Writer:
    def __init__(self, cards: CardWriter, postings: PostingsWriter) -> None:
        self._cards, self._postings = cards, postings

    def delete(self, key: str) -> None:
        for row in self._cards.delete(key):
            self._postings.delete(row)

    def add(self, records: Iterable[Record]) -> None:
        for record in records:
            found = parts(record)
            row, replaced = self._cards.add(record, found)
            for old in replaced:
                self._postings.delete(old)
            self._postings.add(row, as_fields(found, record.tags))


class Index:
    """Satisfies ``kb.index.SearchEngine``; safe between threads."""

    def __init__(self, postings: Postings, cards: Cards) -> None:
        self._postings, self._cards = postings, cards

    @contextmanager
    def writer(self) -> Iterator[_Writer]:
        """The engine commits before the cards: a row without a card is never shown."""
        with self._cards.writer() as cards, self._postings.writer() as postings:
            yield _Writer(cards, postings)

    @property
    def name(self) -> str:
        return self._cards.about("engine") or "memory"

    def count(self) -> int:
        return self._postings.count()

    def close(self) -> None:
        self._postings.close()
        self._cards.close()

    def explain(self, query: Query, ids: Collection[str], limit: int = 100) -> dict[str, Why]:
        known = self._cards.known()
        terms, asked = terms_of(query), self._sought(query, known)
        words = list(dict.fromkeys(term.text for term in terms if not term.part))
        spelled = {
            number: word
            for term in terms
            for word in (
                *known.vocabulary.spellings.get(term.folded, ()),
                term.text,
                variant(term.text),
            )
            if (number := known.vocabulary.ids.get(word)) is not None
        }
        rows = self._likeliest(query, known, limit)[:DEPTH]
        out = {}
        for row, (name, *_) in zip(rows.tolist(), known.columns.names(rows), strict=True):
            if name in ids:
                texts = known.columns.texts(np.array([row]))
                parts = features(texts, asked, known.vocabulary)[0] * WEIGHTS
                found = met(texts, words, asked, known.vocabulary, spelled)
                out[name] = Why(found, rest(parts.tolist()))
        return out

    def lacking(self, query: Query) -> tuple[str, ...]:
        vocabulary = self._cards.known().vocabulary
        words = [term for term in terms_of(replace(query, spelling=None)) if not term.part]
        none = [
            term.text
            for term in words
            if not any(map(vocabulary.frequency, vocabulary.spellings.get(term.folded, ())))
        ]
        return tuple(dict.fromkeys(none))

    def spelled(self, query: Query) -> Query:
        terms = terms_of(replace(query, spelling=None) if query.spelling else query)
        vocabulary = self._cards.known().vocabulary
        asked: dict[str, int] = {}

        def pair_frequency(pair: str) -> int:
            if pair not in asked:
                asked[pair] = self._postings.frequency(PAIRS, pair)
            return asked[pair]

        found = restored(
            terms,
            lambda folded: vocabulary.spellings.get(folded, ()),
            vocabulary.frequency,
            pair_frequency,
            vocabulary.total,
            [term.part or has_marks(term.text) for term in terms],
        )
        doubtful = frozenset(place for place, sure in enumerate(found.sure) if not sure)
        return replace(query, spelling=found.words, doubtful=doubtful)

    def words(self) -> Words:
        return self._cards.known().vocabulary

    def together(self, left: str, right: str) -> int:
        return self._postings.frequency(PAIRS, f"{left}_{right}")

    def search(self, query: Query, limit: int = 100, counted: bool = True) -> Found:
        known = self._cards.known()
        rows = self._likeliest(query, known, limit)
        final = self._features(query, known, rows[:DEPTH]) @ WEIGHTS
        # Beyond those ranked the order is the engine's, the scores going on from the last.
        beyond = len(rows) - len(final)
        scores = np.append(final, final.min(initial=np.inf) - np.arange(1, beyond + 1))
        more = len(rows) > limit
        if more:  # of equal ones the id decides, at the cut too
            shown = scores >= np.partition(scores, -limit)[-limit]
            rows, scores = rows[shown], scores[shown]
        hits = known.hits(rows, scores.tolist())
        hits.sort(key=lambda hit: (-hit.score, hit.id))
        found = Found(tuple(hits[:limit]), more=more)
        if not counted:
            return found
        full = known.counted.full(query)
        keys, facets = known.counted.documents(full)
        return replace(found, total=len(full), keys=keys, facets=facets)

    def within(self, query: Query, keys: Collection[str]) -> dict[str, list[Hit]]:
        known = self._cards.known()
        rows = known.counted.of(known.counted.full(query), keys)
        scores = self._features(query, known, rows) @ WEIGHTS
        found: dict[str, list[Hit]] = {key: [] for key in keys}
        for hit in sorted(known.hits(rows, scores.tolist()), key=lambda hit: (-hit.score, hit.id)):
            found[hit.key].append(hit)
        return found

    def _likeliest(self, query: Query, known: Known, limit: int) -> Rows:
        """More than *limit* rows of those there are, best first as the engine has it."""
        common = known.vocabulary.is_common
        rows, scores = self._postings.best(
            wanted(query, common), max(limit + 1, DEPTH), known.counted.having
        )
        found = np.array(rows, np.int64)
        return known.columns.alive(found[np.lexsort((found, -np.array(scores)))])

    def _features(self, query: Query, known: Known, rows: Rows) -> Floats:
        asked = self._sought(query, known)
        return features(known.columns.texts(rows), asked, known.vocabulary)

    def _sought(self, query: Query, known: Known) -> Sought:
        terms = terms_of(query)
        frequencies = {pair: self._postings.frequency(PAIRS, pair) for pair in pairs_of(terms)}
        return sought(terms, known.vocabulary, frequencies)


def installed(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def open_index(folder: Path, name: str) -> Index:
    """See ``kb.index.open_engine``."""
    if name == "memory":
        return Index(MemoryPostings(), Cards(None))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    cards = Cards(folder)
    made = cards.about("engine")
    if name == "auto":
        name = made or ("tantivy" if installed("tantivy") else "whoosh")
    if name not in ENGINES:
        raise SettingError(
            f"Không có bộ tìm kiếm tên {name!r}.", f"Chọn một trong: auto, {', '.join(ENGINES)}."
        )
    if made and made != name:
        raise SettingError(
            f"Chỉ mục được dựng bằng {made}, không đọc được bằng {name}.",
            "Chạy kb rebuild để dựng lại, hoặc đặt KB_ENGINE=auto.",
        )
    postings = _postings(name, folder / name)
    if not made:
        cards.say("engine", name)
    return Index(postings, cards)


def _postings(name: str, folder: Path) -> Postings:
    if name == "whoosh":
        from kb.index.whoosh_engine import WhooshPostings

        return WhooshPostings(folder)
    if not installed("tantivy"):
        raise SettingError(
            "Bộ tìm kiếm tantivy chưa được cài.",
            "Cài bằng: pip install can-cu[fast], hoặc đặt KB_ENGINE=whoosh.",
        )
    from kb.index.tantivy_engine import TantivyPostings

    return TantivyPostings(folder)
