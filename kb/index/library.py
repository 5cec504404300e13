"""The whole index in one folder: an engine for the likeliest rows, cards for the rest."""

from __future__ import annotations

import importlib.util
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from kb.errors import SettingError
from kb.index import ENGINES, Found, Postings, PostingsWriter, Query, Record, Words
from kb.index.accents import restored
from kb.index.cards import Card, Cards, CardWriter
from kb.index.fields import as_fields, pairs_of, parts, terms_of, wanted
from kb.index.memory import MemoryPostings
from kb.index.ranking import DEPTH, NAMES, WEIGHTS, features, scores, sought
from kb.index.schema import PAIRS
from kb.text import has_marks


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

    def count(self) -> int:
        return self._postings.count()

    def close(self) -> None:
        self._postings.close()
        self._cards.close()

    def explain(self, query: Query, limit: int = 100) -> dict[str, tuple[tuple[str, float], ...]]:
        vocabulary, terms = self._cards.vocabulary(), terms_of(query)
        best = self._postings.best(wanted(query, vocabulary.is_common), max(limit + 1, DEPTH))
        best.sort(key=lambda item: (-item[1], item[0]))
        found = self._cards.of(row for row, _ in best)
        cards = [found[row] for row, _ in best if row in found][:DEPTH]
        frequencies = {pair: self._postings.frequency(PAIRS, pair) for pair in pairs_of(terms)}
        parts = features(cards, sought(terms, vocabulary, frequencies), vocabulary) * WEIGHTS
        return {
            card.id: tuple(zip(NAMES, row, strict=True))
            for card, row in zip(cards, parts.tolist(), strict=True)
        }

    def lacking(self, query: Query) -> tuple[str, ...]:
        vocabulary = self._cards.vocabulary()
        words = [term for term in terms_of(replace(query, spelling=None)) if not term.part]
        none = [
            term.text
            for term in words
            if not any(map(vocabulary.frequency, vocabulary.spellings.get(term.folded, ())))
        ]
        return tuple(dict.fromkeys(none))

    def spelled(self, query: Query) -> Query:
        terms = terms_of(replace(query, spelling=None))
        vocabulary = self._cards.vocabulary()
        asked: dict[str, int] = {}

        def pair_frequency(pair: str) -> int:
            if pair not in asked:
                asked[pair] = self._postings.frequency(PAIRS, pair)
            return asked[pair]

        spelling = restored(
            terms,
            lambda folded: vocabulary.spellings.get(folded, ()),
            vocabulary.frequency,
            pair_frequency,
            vocabulary.total,
            [term.part or has_marks(term.text) for term in terms],
        )
        return replace(query, spelling=spelling)

    def words(self) -> Words:
        return self._cards.vocabulary()

    def together(self, left: str, right: str) -> int:
        return self._postings.frequency(PAIRS, f"{left}_{right}")

    def search(self, query: Query, limit: int = 100) -> Found:
        common = self._cards.vocabulary().is_common
        best = self._postings.best(wanted(query, common), max(limit + 1, DEPTH))
        best.sort(key=lambda item: (-item[1], item[0]))
        cards = self._cards.of(row for row, _ in best)
        known = [cards[row] for row, _ in best if row in cards]
        ranked = self._ranked(query, known[:DEPTH], known[DEPTH:])
        shown = tuple(card.hit(score) for score, card in ranked[:limit])
        return Found(shown, len(known) > limit, _facets(known))

    def _ranked(
        self, query: Query, first: Sequence[Card], rest: Sequence[Card]
    ) -> list[tuple[float, Card]]:
        """*first* in our order; *rest* in the engine's, their scores going on from the last."""
        terms, vocabulary = terms_of(query), self._cards.vocabulary()
        frequencies = {pair: self._postings.frequency(PAIRS, pair) for pair in pairs_of(terms)}
        final = scores(first, sought(terms, vocabulary, frequencies), vocabulary).tolist()
        ranked = sorted(zip(final, first, strict=True), key=lambda item: (-item[0], item[1].id))
        least = min(final, default=0.0)
        ranked += [(least - place, card) for place, card in enumerate(rest, 1)]
        return ranked


def _facets(cards: Iterable[Card]) -> dict[str, int]:
    """Tag → documents, most first."""
    once = {(card.key, tag) for card in cards for tag in card.tags}
    return dict(Counter(tag for _, tag in sorted(once)).most_common())


def installed(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def open_index(folder: Path, name: str) -> Index:
    """See ``kb.index.open_engine``."""
    if name == "memory":
        return Index(MemoryPostings(), Cards(None))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    cards = Cards(folder / "cards.db")
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
