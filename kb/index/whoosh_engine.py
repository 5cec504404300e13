"""The Whoosh engine: the only place that knows Whoosh.

Rules that come from measured faults of Whoosh 3 (docs/architecture.md, "Search"): flat queries
only, no ``refresh()`` (it keeps deleted text), our own highlighting. The index files are pickles:
the folder is ours alone and never accepted from elsewhere.

Whoosh keeps the postings and finds tags, and phrases where our columns cannot; scores are its own
BM25F over whole blocks of postings as arrays, for its matchers take a step in Python for each
posting. The blocks are read by names that Whoosh keeps to itself (``_Segment``): one more reason
for the exact pin.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import fields, index, scoring
from whoosh import query as wq
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.codec.whoosh3 import LENGTHS_COLUMN
from whoosh.columns import NumericColumn
from whoosh.reading import TermNotFound
from whoosh.util.numeric import byte_to_length

from kb.index import Fields, Having, Wanted
from kb.index.schema import FIELDS, FOLDED, K1, TAGS, WORDS, B

Bits = NDArray[np.bool_]

_ROW = "number"  # the row again, where it can be read without the stored fields
_HEAP_MB = 64  # of postings before they are put on disk; more is no faster (docs/search.md)
_LENGTHS = np.array([byte_to_length(byte) for byte in range(256)], float)


def _schema() -> fields.Schema:
    split: Any = SpaceSeparatedTokenizer()
    return fields.Schema(
        row=fields.ID(unique=True),
        **{_ROW: fields.COLUMN(NumericColumn("I"))},  # type: ignore[no-untyped-call]
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
        self._writer.add_document(row=str(row), **{_ROW: row}, **terms)


class _Segment:
    """One segment as a searcher sees it: the score of each term for its documents. ``base`` is the
    number of its first document among all.

    What is kept of it refers to nothing that refers back, so that a segment that was replaced is
    gone with its last reader and not at some later collection.
    """

    def __init__(self, searcher: Any, reader: Any, base: int) -> None:
        self.base, self.size = base, int(reader.doc_count_all())
        self.deleted = np.array(sorted(reader.deleted_docs_set), np.intp)
        rows = reader.column_reader(_ROW)
        self.rows = np.array([rows[document] for document in range(self.size)], np.int64)
        norms = lru_cache(None)(partial(_norms, searcher, reader))
        self.scored = lru_cache(256)(partial(_scored, searcher, reader, norms))


def _norms(searcher: Any, reader: Any, field: str) -> NDArray[np.float64]:
    """For each document of *reader* what its length adds to a count of words."""
    column = reader._perdoc.column_reader(f"_{field}_len", LENGTHS_COLUMN)
    stored = np.frombuffer(column._dbfile.get(column._basepos, column._count), np.uint8)
    lengths = np.zeros(reader.doc_count_all())  # documents after the last stored one have none
    lengths[: len(stored)] = _LENGTHS[stored]
    mean = searcher.avg_field_length(field) or 1
    norms: NDArray[np.float64] = K1 * ((1 - B) + B * lengths / mean)
    return norms


def _scored(
    searcher: Any, reader: Any, norms: Callable[[str], NDArray[np.float64]], field: str, term: str
) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """The documents that have *term*, and what it adds to their score at weight 1."""
    ids, counts = _postings(reader, field, term)
    idf = searcher.idf(field, term)
    return ids, idf * (counts * (K1 + 1)) / (counts + norms(field)[ids])


def _postings(reader: Any, field: str, term: str) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    ids: list[int] = []
    counts: list[float] = []
    try:
        matcher = reader.postings(field, term)
    except TermNotFound:
        return np.array(ids, np.int32), np.array(counts)
    matcher = getattr(matcher, "child", matcher)  # deleted documents are left out by ``best``
    while matcher.is_active():
        matcher.id(), matcher.weight()  # reads the block
        ids += matcher._ids
        counts += matcher._weights
        if not hasattr(matcher, "_next_block"):  # a short list is one block
            break
        matcher._next_block()
    return np.array(ids, np.int32), np.array(counts, float)


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
        self._seen: tuple[Any, list[_Segment]] | None = None

    @contextmanager
    def writer(self) -> Iterator[_Writer]:
        writer = self._index.writer(limitmb=_HEAP_MB)
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

    def _fresh(self) -> tuple[Any, list[_Segment]]:
        """The searcher of the last commit; a stale one is left to those who still read from it."""
        with self._lock:
            if self._seen is None or not self._seen[0].up_to_date():
                found: Any = self._index.searcher(weighting=self._weighting)
                leaves = found.reader().leaf_readers()
                self._seen = (
                    found,
                    [_Segment(found, leaf, base) for leaf, base in leaves if leaf.doc_count_all()],
                )
            return self._seen

    def best(self, wanted: Wanted, limit: int, having: Having) -> tuple[list[int], list[float]]:
        searcher, segments = self._fresh()
        tags = [wq.Or([wq.Term(TAGS, tag) for tag in group]) for group in wanted.tags]
        only = [_documents(searcher, segments, wq.And(tags))] if tags else []

        def has(phrase: tuple[str, tuple[str, ...]]) -> list[Bits]:
            rows = having(*phrase)
            if rows is None:
                return _documents(searcher, segments, _phrase(*phrase))
            return [np.isin(segment.rows, rows) for segment in segments]

        only += map(has, wanted.phrases)
        without = [has(phrase) for phrase in wanted.without]
        rows: list[int] = []
        scores: list[float] = []
        with self._lock:  # segments share their files
            for place, segment in enumerate(segments):
                found = np.zeros(segment.size)
                for field, term, weight in wanted.terms:
                    ids, values = segment.scored(field, term)
                    found[ids] += weight * values
                found[segment.deleted] = 0
                for allowed in only:
                    found[~allowed[place]] = 0
                for refused in without:
                    found[refused[place]] = 0
                best = _highest(found, limit)
                rows += segment.rows[best].tolist()
                scores += found[best].tolist()
        if len(scores) > limit:
            kept = np.argsort(-np.array(scores), kind="stable")[:limit].tolist()
            return [rows[place] for place in kept], [scores[place] for place in kept]
        return rows, scores

    def frequency(self, field: str, term: str) -> int:
        return int(self._fresh()[0].doc_frequency(field, term))

    def count(self) -> int:
        return int(self._index.doc_count())

    def close(self) -> None:
        with self._lock:
            if self._seen is not None:
                self._seen[0].close()
                self._seen = None
            self._index.close()  # type: ignore[no-untyped-call]


def _phrase(field: str, words: Sequence[str]) -> Any:
    return wq.Phrase(field, list(words)) if len(words) > 1 else wq.Term(field, words[0])


def _documents(searcher: Any, segments: Sequence[_Segment], query: Any) -> list[Bits]:
    """For each segment, which of its documents answer *query*."""
    found = np.zeros(searcher.doc_count_all(), bool)
    found[[*searcher.docs_for_query(query)]] = True
    return [found[segment.base : segment.base + segment.size] for segment in segments]


def _highest(scores: NDArray[np.float64], limit: int) -> NDArray[np.intp]:
    """The documents of the *limit* highest scores above 0, of equal ones the first."""
    found = np.flatnonzero(scores)
    if len(found) > limit:
        least = np.partition(scores[found], -limit)[-limit]
        found = found[scores[found] >= least]
    best: NDArray[np.intp] = found[np.argsort(-scores[found], kind="stable")][:limit]
    return best
