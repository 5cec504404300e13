"""The Whoosh engine: the only place that knows Whoosh.

Rules that come from measured faults of Whoosh 3 (docs/architecture.md, "Search"): flat queries
only, no ``refresh()`` (it keeps deleted text), our own highlighting. The index files are pickles:
the folder is ours alone and never accepted from elsewhere.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from whoosh import fields, index, scoring
from whoosh import query as wq
from whoosh.analysis import SpaceSeparatedTokenizer

from kb.index import Fields, Wanted
from kb.index.schema import FIELDS, FOLDED, K1, TAGS, WORDS, B


def _schema() -> fields.Schema:
    split: Any = SpaceSeparatedTokenizer()
    return fields.Schema(
        row=fields.ID(stored=True, unique=True),
        **{TAGS: fields.KEYWORD},
        **{name: fields.TEXT(analyzer=split, phrase=name in (WORDS, FOLDED)) for name in FIELDS},
    )


class _Writer:
    def __init__(self, writer: Any) -> None:
        self._writer = writer
        self._added: set[int] = set()
        self.unborn: list[int] = []

    def delete(self, row: int) -> None:
        if row in self._added:  # Whoosh deletes nothing that is not yet committed
            self.unborn.append(row)
        else:
            self._writer.delete_by_term("row", str(row))

    def add(self, row: int, fields: Fields) -> None:
        self._added.add(row)
        terms = {name: " ".join(found) for name, found in fields.items()}
        self._writer.add_document(row=str(row), **terms)


class WhooshPostings:
    """Satisfies ``kb.index.Postings`` over the files in *folder*; safe between threads."""

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
        ours = _Writer(writer)
        try:
            yield ours
        except BaseException:
            writer.cancel()
            raise
        writer.commit()
        if ours.unborn:
            with self._index.writer() as again:
                for row in ours.unborn:
                    again.delete_by_term("row", str(row))

    def _fresh(self) -> Any:
        """The searcher of the last commit; a stale one is left to those who still read from it."""
        with self._lock:
            if self._searcher is None or not self._searcher.up_to_date():
                self._searcher = self._index.searcher(weighting=self._weighting)
            return self._searcher

    def best(self, wanted: Wanted, limit: int) -> tuple[list[int], list[float]]:
        terms = [wq.Term(field, term, boost=weight) for field, term, weight in wanted.terms]
        if not terms:
            return [], []
        only = [_phrase(*phrase) for phrase in wanted.phrases]
        only += [wq.Or([wq.Term(TAGS, tag) for tag in group]) for group in wanted.tags]
        without = [_phrase(*phrase) for phrase in wanted.without]
        found = self._fresh().search(
            wq.Or(terms),
            limit=limit,
            filter=wq.And(only) if only else None,
            mask=wq.Or(without) if without else None,
            scored=True,
        )
        return [int(hit["row"]) for hit in found], [float(hit.score) for hit in found]

    def frequency(self, field: str, term: str) -> int:
        return int(self._fresh().doc_frequency(field, term))

    def count(self) -> int:
        return int(self._index.doc_count())

    def close(self) -> None:
        with self._lock:
            if self._searcher is not None:
                self._searcher.close()
                self._searcher = None
            self._index.close()  # type: ignore[no-untyped-call]


def _phrase(field: str, words: Sequence[str]) -> Any:
    return wq.Phrase(field, list(words)) if len(words) > 1 else wq.Term(field, words[0])
