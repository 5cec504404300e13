"""The plainest engine: everything in a dictionary, every record looked at. The oracle of tests."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from kb.index import Hit, Query, Record
from kb.index.fields import analysed, asked, has_phrase
from kb.index.schema import K1, B


class MemoryEngine:
    """Satisfies ``kb.index.SearchEngine``; lives as long as the object."""

    def __init__(self) -> None:
        self._records: dict[str, Record] = {}

    @contextmanager
    def writer(self) -> Iterator[MemoryEngine]:
        before = dict(self._records)
        try:
            yield self
        except BaseException:
            self._records = before
            raise

    def delete(self, key: str) -> None:
        self._records = {i: record for i, record in self._records.items() if record.key != key}

    def add(self, records: Iterable[Record]) -> None:
        self._records |= {record.id: record for record in records}

    def count(self) -> int:
        return len(self._records)

    def close(self) -> None:
        """Nothing is held."""

    def search(self, query: Query, limit: int = 100) -> list[Hit]:
        fields = {i: analysed(record) for i, record in self._records.items()}
        total = len(fields)
        if not total:
            return []
        scores: defaultdict[str, float] = defaultdict(float)
        for field, term, weight in asked(query):
            counts = {i: f[field].count(term) for i, f in fields.items() if term in f[field]}
            mean = sum(len(f[field]) for f in fields.values()) / total
            idf = math.log(total / (len(counts) + 1)) + 1
            for i, count in counts.items():
                length = len(fields[i][field]) / mean
                scores[i] += weight * idf * count * (K1 + 1) / (count + K1 * (1 - B + B * length))
        kept = [i for i in scores if all(has_phrase(fields[i], p, query) for p in query.phrases)]
        ranked = sorted(kept, key=lambda i: (-scores[i], i))[:limit]
        return [_hit(self._records[i], scores[i]) for i in ranked]


def _hit(record: Record, score: float) -> Hit:
    return Hit(record.id, record.key, record.provision, record.kind, score)
