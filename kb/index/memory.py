"""The plainest engine: everything in a dictionary, every row looked at. The oracle of tests."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from kb.index import Fields, Having, Wanted
from kb.index.schema import FIELDS, K1, TAGS, B


class MemoryPostings:
    """Satisfies ``kb.index.Postings``; lives as long as the object."""

    def __init__(self) -> None:
        self._rows: dict[int, Fields] = {}

    @contextmanager
    def writer(self) -> Iterator[MemoryPostings]:
        before = dict(self._rows)
        try:
            yield self
        except BaseException:
            self._rows = before
            raise

    def add(self, row: int, fields: Fields) -> None:
        self._rows[row] = fields

    def delete(self, row: int) -> None:
        self._rows.pop(row, None)

    def count(self) -> int:
        return len(self._rows)

    def frequency(self, field: str, term: str) -> int:
        return sum(term in fields[field] for fields in self._rows.values())

    def close(self) -> None:
        """Nothing is held."""

    def best(self, wanted: Wanted, limit: int, having: Having) -> tuple[list[int], list[float]]:
        total = len(self._rows)
        mean = {
            name: max(sum(len(fields[name]) for fields in self._rows.values()) / max(total, 1), 1)
            for name in FIELDS
        }
        scores: defaultdict[int, float] = defaultdict(float)
        for field, term, weight in wanted.terms:
            counts = {
                row: fields[field].count(term)
                for row, fields in self._rows.items()
                if term in fields[field]
            }
            idf = math.log(1 + (total - len(counts) + 0.5) / (len(counts) + 0.5))
            for row, count in counts.items():
                length = len(self._rows[row][field]) / mean[field]
                scores[row] += weight * idf * count * (K1 + 1) / (count + K1 * (1 - B + B * length))
        kept = [row for row in scores if _allowed(self._rows[row], wanted)]
        kept.sort(key=lambda row: (-scores[row], row))
        return kept[:limit], [scores[row] for row in kept[:limit]]


def _allowed(fields: Fields, wanted: Wanted) -> bool:
    return (
        all(_has(fields[field], phrase) for field, phrase in wanted.phrases)
        and not any(_has(fields[field], phrase) for field, phrase in wanted.without)
        and all(not set(group).isdisjoint(fields[TAGS]) for group in wanted.tags)
    )


def _has(words: Sequence[str], phrase: tuple[str, ...]) -> bool:
    """Are these words side by side?"""
    size = len(phrase)
    return any(tuple(words[i : i + size]) == phrase for i in range(len(words) - size + 1))
