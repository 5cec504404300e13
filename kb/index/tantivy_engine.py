"""The Tantivy engine: the only place that knows Tantivy, which is an extra (``pip install
can-cu[fast]``).

Its whitespace tokenizer splits the terms we have made; everything else of its analysis is unused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur

from kb.index import Fields, Having, Wanted
from kb.index.schema import FIELDS, FOLDED, TAGS, WORDS

_HEAP = 128_000_000  # bytes of postings before a segment is written; more is no faster


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("row", indexed=True, fast=True)
    for name in (*FIELDS, TAGS):
        option = "position" if name in (WORDS, FOLDED) else "freq"
        builder.add_text_field(name, tokenizer_name="whitespace", index_option=option)
    return builder.build()


class _Writer:
    def __init__(self, writer: tantivy.IndexWriter, schema: tantivy.Schema) -> None:
        self._writer, self._schema = writer, schema

    def delete(self, row: int) -> None:
        # Not delete_documents_by_term: given a number it deletes nothing and does not say so.
        self._writer.delete_documents_by_query(tantivy.Query.term_query(self._schema, "row", row))

    def add(self, row: int, fields: Fields) -> None:
        document = tantivy.Document()
        document.add_unsigned("row", row)
        for name, terms in fields.items():
            document.add_text(name, " ".join(terms))
        self._writer.add_document(document)


class TantivyPostings:
    """Satisfies ``kb.index.Postings`` over the files in *folder*; safe between threads."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._schema = _schema()
        self._index = tantivy.Index(self._schema, path=str(folder), reuse=True)
        self._index.config_reader("manual")

    @contextmanager
    def writer(self) -> Iterator[_Writer]:
        writer = self._index.writer(_HEAP, 1)
        try:
            yield _Writer(writer, self._schema)
        except BaseException:
            writer.rollback()
            del writer
            raise
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def best(self, wanted: Wanted, limit: int, having: Having) -> tuple[list[int], list[float]]:
        if not wanted.terms:
            return [], []
        scored = tantivy.Query.boolean_query(
            [(Occur.Should, self._term(*term)) for term in wanted.terms]
        )
        only = [self._phrase(*phrase) for phrase in wanted.phrases]
        only += [self._any_tag(group) for group in wanted.tags]
        without = [self._phrase(*phrase) for phrase in wanted.without]
        query = scored
        if only or without:
            query = tantivy.Query.boolean_query(
                [(Occur.Must, scored)]
                + [(Occur.Must, tantivy.Query.const_score_query(part, 0.0)) for part in only]
                + [(Occur.MustNot, part) for part in without]
            )
        searcher = self._index.searcher()
        hits = searcher.search(query, limit=limit, count=False).hits
        rows: list[Any] = searcher.fast_field_values("row", [address for _, address in hits])
        return rows, [score for score, _ in hits]

    def _term(self, field: str, term: str, weight: float) -> tantivy.Query:
        query = tantivy.Query.term_query(self._schema, field, term, index_option="freq")
        return query if weight == 1.0 else tantivy.Query.boost_query(query, weight)

    def _phrase(self, field: str, words: Sequence[str]) -> tantivy.Query:
        if len(words) == 1:
            return tantivy.Query.term_query(self._schema, field, words[0], index_option="basic")
        return tantivy.Query.phrase_query(self._schema, field, list(words))

    def _any_tag(self, group: Sequence[str]) -> tantivy.Query:
        return tantivy.Query.term_set_query(self._schema, TAGS, list(group))

    def frequency(self, field: str, term: str) -> int:
        return self._index.searcher().doc_freq(field, term)

    def count(self) -> int:
        return self._index.searcher().num_docs

    def close(self) -> None:
        """Nothing is held that would have to be given back."""
