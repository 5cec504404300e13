"""What is measured side by side: this project's search, and its peers.

``ours`` counts the documents that have every word. ``plain_whoosh`` and ``raw_tantivy`` are those
libraries used as their tutorials have it (one analysed field, their own highlighter and facets,
which count provisions with any of the words: less work than ours), ``same_tantivy`` raw Tantivy
doing the same work as ours (see there), ``fts5`` SQLite's.

Each builds *size* provisions in *folder* and gives how to ask, which answers with what a page
needs: the best ten with their stored text, each with a highlighted snippet, and counts by type,
issuer and year; and how to replace the text of one, which returns when it is found.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import astuple
from functools import partial
from pathlib import Path
from typing import Any

from kb.index import Record, open_engine
from kb.index.fields import as_fields, parts, wanted
from kb.index.highlight import snippet
from kb.index.query import parse_query
from kb.index.schema import FIELDS, FOLDED, WORDS
from kb.text import fold
from tests.bench.provisions import FACETS, WORD, Provision, provision, provisions

Answer = Callable[[str], object]
Made = tuple[Answer, Callable[[int, str], None]]


def ours(name: str, folder: Path, size: int, pool: list[str]) -> Made:
    texts = sqlite3.connect(folder / "texts.db")
    texts.execute("CREATE TABLE text (id TEXT PRIMARY KEY, text TEXT)")
    engine = open_engine(folder / "index", name)

    def record(row: Provision) -> Record:
        key = f"d{row.number // 20}"
        tags = tuple(f"{name}={value}" for name, value in row.facets.items())
        return Record(f"{key}#{row.number}", key, str(row.number), "provision", row.title,
                      row.title, row.text, tags=tags, year=int(row.year))  # fmt: skip

    with engine.writer() as writer:
        for row in provisions(size, pool):
            made = record(row)
            writer.add([made])
            texts.execute("INSERT INTO text VALUES (?, ?)", (made.id, made.text))
    texts.commit()
    engine.close()
    opened = [open_engine(folder / "index", name)]

    def answer(typed: str) -> object:
        query = opened[0].spelled(parse_query(typed))
        found = opened[0].search(query, limit=10)
        ids = [hit.id for hit in found.hits]
        asked = f"SELECT text FROM text WHERE id IN ({', '.join('?' * len(ids))})"
        return [snippet(text, query) for (text,) in texts.execute(asked, ids)], found.facets

    def update(number: int, text: str) -> None:
        with opened[0].writer() as writer:
            writer.add([record(provision(number, "tên", text))])
        assert opened[0].search(parse_query(text), limit=1).hits

    return answer, update


def plain_whoosh(folder: Path, size: int, pool: list[str]) -> Made:
    from whoosh import index
    from whoosh.fields import ID, TEXT, Schema
    from whoosh.qparser import OrGroup, QueryParser

    columns = {name: ID(stored=True) for name in FACETS}
    schema = Schema(id=ID(stored=True, unique=True), title=TEXT(stored=True),
                    text=TEXT(stored=True), **columns)  # fmt: skip
    made = index.create_in(str(folder), schema)
    writer = made.writer()
    for row in provisions(size, pool):
        writer.add_document(id=str(row.number), title=row.title, text=row.text, **row.facets)
    writer.commit()
    parser = QueryParser("text", schema, group=OrGroup)

    def answer(typed: str) -> object:
        with made.searcher() as searcher:
            found = searcher.search(parser.parse(typed), limit=10, groupedby=list(FACETS))
            return [hit.highlights("text") for hit in found], [
                {value: len(docs) for value, docs in found.groups(name).items()} for name in FACETS
            ]

    def update(number: int, text: str) -> None:
        again = made.writer()
        row = provision(number, "tên", text)
        again.update_document(id=str(number), title="tên", text=text, **row.facets)
        again.commit()
        with made.searcher() as searcher:
            assert searcher.search(parser.parse(text), limit=1)

    return answer, update


def raw_tantivy(folder: Path, size: int, pool: list[str]) -> Made:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("title", stored=True)
    builder.add_text_field("text", stored=True)
    for name in FACETS:
        builder.add_text_field(name, stored=True, fast=True, tokenizer_name="raw")
    schema = builder.build()
    made = tantivy.Index(schema, path=str(folder))
    writer = made.writer(128_000_000, 1)

    def document(row: Provision) -> tantivy.Document:
        return tantivy.Document(id=str(row.number), title=row.title, text=row.text, **row.facets)

    for row in provisions(size, pool):
        writer.add_document(document(row))
    writer.commit()
    writer.wait_merging_threads()
    made.reload()
    facets = {name: {"terms": {"field": name, "size": 100}} for name in FACETS}

    def answer(typed: str) -> object:
        searcher = made.searcher()
        query = made.parse_query(typed, ["title", "text"])
        cut = tantivy.SnippetGenerator.create(searcher, query, schema, "text")
        hits = searcher.search(query, limit=10).hits
        shown = [cut.snippet_from_doc(searcher.doc(address)).to_html() for _, address in hits]
        return shown, searcher.aggregate(query, facets)

    def update(number: int, text: str) -> None:
        again = made.writer(128_000_000, 1)
        again.delete_documents_by_term("id", str(number))
        again.add_document(document(provision(number, "tên", text)))
        again.commit()
        made.reload()
        assert made.searcher().search(made.parse_query(text, ["text"]), limit=1).hits

    return answer, update


def same_tantivy(folder: Path, size: int, pool: list[str]) -> Made:
    """The work of our layer done by Tantivy alone: the same fields and weighted terms, its own
    snippets, how many provisions have every word, and the documents of these by facet. Less than
    ours in this: its order is final, no marks are restored, and it counts documents about."""
    import tantivy
    from tantivy import Occur, Query

    builder = tantivy.SchemaBuilder()
    for name in FIELDS:
        option = "position" if name in (WORDS, FOLDED) else "freq"
        builder.add_text_field(
            name, stored=name == WORDS, tokenizer_name="whitespace", index_option=option
        )
    for name in (*FACETS, "key"):
        builder.add_text_field(name, stored=True, fast=True, tokenizer_name="raw")
    schema = builder.build()
    made = tantivy.Index(schema, path=str(folder))
    writer = made.writer(128_000_000, 1)

    def document(row: Provision) -> tantivy.Document:
        record = Record(str(row.number), "", "", "provision", row.title, row.title, row.text)
        fields = as_fields(parts(record), ())
        terms = {name: " ".join(fields[name]) for name in FIELDS}
        return tantivy.Document(**terms, **row.facets, key=f"d{row.number // 20}")

    for row in provisions(size, pool):
        writer.add_document(document(row))
    writer.commit()
    writer.wait_merging_threads()
    made.reload()
    documents = {"documents": {"cardinality": {"field": "key"}}}
    facets = {name: {"terms": {"field": name, "size": 100}, "aggs": documents} for name in FACETS}

    def answer(typed: str) -> object:
        searcher = made.searcher()
        often = max(500, searcher.num_docs / 10)  # as kb.index.vocabulary
        read = parse_query(typed)
        asked = wanted(read, lambda word: searcher.doc_freq(FOLDED, word) > often)
        terms = [
            (Occur.Should, Query.boost_query(Query.term_query(schema, field, term), weight))
            for field, term, weight in asked.terms
        ]
        only = [
            (Occur.Must, Query.phrase_query(schema, field, list(words)) if len(words) > 1
             else Query.term_query(schema, field, words[0]))
            for field, words in asked.phrases
        ]  # fmt: skip
        query = Query.boolean_query(terms + only)
        field = WORDS if read.marked else FOLDED
        forms = read.words if read.marked else map(fold, read.words)
        every = Query.boolean_query(
            only + [(Occur.Must, Query.term_query(schema, field, word)) for word in forms]
        )
        cut = tantivy.SnippetGenerator.create(searcher, query, schema, WORDS)
        hits = searcher.search(query, limit=10).hits
        shown = [cut.snippet_from_doc(searcher.doc(address)).to_html() for _, address in hits]
        counted: Any = searcher.search(every, limit=1, count=True)
        return shown, counted.count, searcher.aggregate(every, facets)

    def update(number: int, text: str) -> None:
        again = made.writer(128_000_000, 1)
        again.add_document(document(provision(number, "tên", text)))
        again.commit()
        made.reload()
        assert made.searcher().search(made.parse_query(text, [WORDS]), limit=1).hits

    return answer, update


def fts5(folder: Path, size: int, pool: list[str]) -> Made:
    made = sqlite3.connect(folder / "fts.db", isolation_level=None)
    made.execute("CREATE VIRTUAL TABLE p USING fts5(title, text, "
                 "kind UNINDEXED, issuer UNINDEXED, year UNINDEXED)")  # fmt: skip
    made.execute("BEGIN")
    made.executemany("INSERT INTO p (rowid, title, text, kind, issuer, year) "
                     "VALUES (?, ?, ?, ?, ?, ?)",
                     map(astuple, provisions(size, pool)))  # fmt: skip
    made.execute("COMMIT")

    def match(typed: str) -> str:
        words = [f'"{word}"' for word in WORD.findall(typed)]
        return f'"{" ".join(WORD.findall(typed))}"' if typed[0] == '"' else " OR ".join(words)

    def answer(typed: str) -> object:
        shown = made.execute(
            "SELECT rowid, snippet(p, 1, '[', ']', '…', 40) FROM p WHERE p MATCH ? "
            "ORDER BY bm25(p) LIMIT 10", (match(typed),),
        ).fetchall()  # fmt: skip
        return shown, [
            made.execute(
                f"SELECT {name}, count(*) FROM p WHERE p MATCH ? GROUP BY {name}", (match(typed),)
            ).fetchall()
            for name in FACETS
        ]

    def update(number: int, text: str) -> None:
        made.execute("UPDATE p SET text = ? WHERE rowid = ?", (text, number))
        assert made.execute("SELECT rowid FROM p WHERE p MATCH ?", (match(text),)).fetchall()

    return answer, update


SIDES: dict[str, Callable[[Path, int, list[str]], Made]] = {
    "whoosh": partial(ours, "whoosh"),
    "plain-whoosh": plain_whoosh,
    "tantivy": partial(ours, "tantivy"),
    "same-tantivy": same_tantivy,
    "raw-tantivy": raw_tantivy,
    "fts5": fts5,
}
