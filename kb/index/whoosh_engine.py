"""The Whoosh engine: the only place that knows Whoosh.

Rules that come from measured faults of Whoosh 3 (docs/architecture.md, "Search"): flat queries
only, no ``refresh()`` (it keeps deleted text), our own highlighting. The index files are pickles:
the folder is ours alone and never accepted from elsewhere.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from whoosh import fields, index, scoring
from whoosh import query as wq
from whoosh.analysis import SpaceSeparatedTokenizer

from kb.index import Hit, Query, Record
from kb.index.fields import FIELDS, PAIRS, analysed, asked, phrase_terms
from kb.index.schema import K1, B


def _schema() -> fields.Schema:
    split: Any = SpaceSeparatedTokenizer()
    return fields.Schema(
        id=fields.ID(unique=True, stored=True),
        key=fields.ID(stored=True),
        provision=fields.STORED,
        kind=fields.STORED,
        **{name: fields.TEXT(analyzer=split, phrase=not name.endswith(PAIRS)) for name in FIELDS},
    )


class _Writer:
    def __init__(self, writer: Any) -> None:
        self._writer = writer

    def delete(self, key: str) -> None:
        self._writer.delete_by_term("key", key)

    def add(self, records: Iterable[Record]) -> None:
        for record in records:
            self._writer.update_document(
                id=record.id,
                key=record.key,
                provision=record.provision,
                kind=record.kind,
                **{name: " ".join(found) for name, found in analysed(record).items()},
            )


class WhooshEngine:
    """Satisfies ``kb.index.SearchEngine`` over the files in *folder*; safe between threads."""

    def __init__(self, folder: Path) -> None:
        if index.exists_in(str(folder)):
            self._index = index.open_dir(str(folder))
        else:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._index = index.create_in(str(folder), _schema())
        self._weighting = scoring.BM25F(B=B, K1=K1)
        self._lock = threading.Lock()
        self._searcher: Any = None

    @contextmanager
    def writer(self) -> Iterator[_Writer]:
        writer = self._index.writer(limitmb=256)
        try:
            yield _Writer(writer)
        except BaseException:
            writer.cancel()
            raise
        writer.commit()

    def _fresh(self) -> Any:
        """The searcher of the last commit; a stale one is left to those who still read from it."""
        with self._lock:
            if self._searcher is None or not self._searcher.up_to_date():
                self._searcher = self._index.searcher(weighting=self._weighting)
            return self._searcher

    def search(self, query: Query, limit: int = 100) -> list[Hit]:
        terms = [wq.Term(field, term, boost=weight) for field, term, weight in asked(query)]
        if not terms:
            return []
        phrases = [wq.Phrase(*phrase_terms(phrase, query)) for phrase in query.phrases]
        only = (phrases[0] if len(phrases) == 1 else wq.And(phrases)) if phrases else None
        found = self._fresh().search(wq.Or(terms), limit=limit, filter=only, scored=True)
        hits = [
            Hit(hit["id"], hit["key"], hit["provision"], hit["kind"], float(hit.score))
            for hit in found
        ]
        return sorted(hits, key=lambda hit: (-hit.score, hit.id))

    def count(self) -> int:
        return int(self._index.doc_count())

    def close(self) -> None:
        with self._lock:
            if self._searcher is not None:
                self._searcher.close()
                self._searcher = None
            self._index.close()  # type: ignore[no-untyped-call]
