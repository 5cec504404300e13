"""Speed and size of search, side by side.

    python -m tests.bench.search [--sizes 10000,30000,100000,1000000] [--articles FILE] [--sides …]

Each side builds the same provisions in a process of its own and answers the same queries, after
two hundred others. An answer is what a page needs: the best ten with their stored text, each with
a highlighted snippet, and counts by type, issuer and year. ``whoosh`` and ``tantivy`` are this
project's search, which counts the documents that have every word; ``plain-whoosh`` and
``raw-tantivy`` those libraries used as their tutorials have it (one analysed field, their own
highlighter and facets, which count provisions with any of the words: less work than ours),
``same-tantivy`` raw Tantivy doing the same work as ours (see there), ``fts5`` SQLite's. Each ratio
says which of the two its peer does. Provisions are the clauses of
*articles* (as ``tests.eval.retrieval`` reads them) taken and mixed by a seed, or, without it,
syllables drawn by Zipf's law. Times of queries are CPU time of the thread in ms, the rest is wall
time; prints one JSON object for each side and size, then the ratios.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Any

from kb.index import Record, open_engine
from kb.index.fields import as_fields, parts, wanted
from kb.index.highlight import snippet
from kb.index.query import parse_query
from kb.index.schema import FIELDS, FOLDED, WORDS
from kb.text import fold
from tests.eval.retrieval import rows

SIDES = ("whoosh", "plain-whoosh", "tantivy", "same-tantivy", "raw-tantivy", "fts5")
PAIRED = (  # ours, a peer, and how much of our work it does
    ("whoosh", "plain-whoosh", "plain"),
    ("tantivy", "same-tantivy", "same work"),
    ("tantivy", "raw-tantivy", "plain"),
    ("tantivy", "fts5", "plain"),
    ("whoosh", "fts5", "plain"),
)
SIZES = (10_000, 30_000, 100_000, 1_000_000)
MOST = {"whoosh": 100_000, "plain-whoosh": 30_000}  # Whoosh at a million is hours
TYPES = ("luat", "nghi-dinh", "thong-tu", "quyet-dinh")
FACETS = ("kind", "issuer", "year")
QUERIES = 200
_WORD = re.compile(r"\w+")


def clauses(articles: Path | None) -> list[str]:
    if articles:
        lines = (line for row in rows(articles) for line in row["text"].splitlines())
        return [line for line in lines if len(line) > 60][:60_000]
    random_ = random.Random(1)
    syllables = [f"{a}{b}{c}" for a in "bcdghlmnptvx" for b in "aáàăâeéêiíoóôơuưự"
                 for c in ("", "n", "ng", "nh", "t", "c", "m", "i")]  # fmt: skip
    random_.shuffle(syllables)
    weights = [1 / (rank + 3) for rank in range(len(syllables))]
    return [" ".join(random_.choices(syllables, weights, k=random_.randint(25, 80))) + "."
            for _ in range(20_000)]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Provision:
    number: int
    title: str
    text: str
    kind: str
    issuer: str
    year: str

    @property
    def facets(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in FACETS}


def provisions(size: int, pool: list[str]) -> Iterator[Provision]:
    """Halves of two clauses each, so that no two are the same; twenty make a document."""
    random_ = random.Random(2)
    for number in range(size):
        one, other = random_.choice(pool).split(), random_.choice(pool).split()
        text = " ".join((*one[: len(one) // 2 + 8], *other[len(other) // 2 :]))
        yield provision(number, " ".join(one[:6]), text)


def provision(number: int, title: str, text: str) -> Provision:
    of = random.Random(number // 20)
    kind, issuer, year = of.choice(TYPES), f"co-quan-{of.randrange(40)}", of.randint(1990, 2025)
    return Provision(number, title, text, kind, issuer, str(year))


def queries(pool: list[str], seed: int = 3) -> list[str]:
    """Two to six neighbouring words; a quarter without marks, a tenth a phrase."""
    random_ = random.Random(seed)
    out: list[str] = []
    while len(out) < QUERIES:
        words = _WORD.findall(random_.choice(pool))
        length = random_.randint(2, 6)
        if len(words) < length:
            continue
        at = random_.randrange(len(words) - length + 1)
        typed = " ".join(words[at : at + length]).lower()
        kind = random_.random()
        out.append(fold(typed) if kind < 0.25 else f'"{typed}"' if kind < 0.35 else typed)
    return out


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
        words = [f'"{word}"' for word in _WORD.findall(typed)]
        return f'"{" ".join(_WORD.findall(typed))}"' if typed[0] == '"' else " OR ".join(words)

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


def one(side: str, size: int, articles: Path | None) -> dict[str, Any]:
    """Everything measured of one side; in a process of its own."""
    pool = clauses(articles)
    asked = queries(pool)
    with TemporaryDirectory() as name:
        folder = Path(name)
        started, cpu = time.perf_counter(), time.process_time()
        if side in ("whoosh", "tantivy"):
            answer, update = ours(side, folder, size, pool)
        else:
            answer, update = {
                "plain-whoosh": plain_whoosh, "same-tantivy": same_tantivy,
                "raw-tantivy": raw_tantivy, "fts5": fts5,
            }[side](folder, size, pool)  # fmt: skip
        wall, cpu = time.perf_counter() - started, time.process_time() - cpu
        disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        first = time.perf_counter()
        answer(asked[0])
        first = time.perf_counter() - first
        for typed in queries(pool, seed=4):  # a server that has answered others before
            answer(typed)
        times = []
        for typed in asked:
            before = time.thread_time()
            answer(typed)
            times.append(1000 * (time.thread_time() - before))
        updates = []
        for number in range(5):
            before = time.perf_counter()
            update(number, f"riêng{number}")
            updates.append(time.perf_counter() - before)
        cuts = quantiles(times, n=20)
        return {
            "side": side,
            "provisions": size,
            "p50_ms": round(cuts[9], 2),
            "p95_ms": round(cuts[18], 2),
            "build_docs_per_cpu_second": round(size / cpu),
            "build_seconds": round(wall, 1),
            "disk_mb": round(disk / 1e6, 1),
            "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
            "update_visible_ms": round(1000 * sorted(updates)[2], 1),
            "first_query_ms": round(1000 * first, 1),
        }


def ratios(results: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    by = {(result["side"], result["provisions"]): result for result in results}
    for mine, other, work in PAIRED:
        for size in sorted(Counter(size for _, size in by)):
            if (mine, size) in by and (other, size) in by:
                a, b = by[mine, size], by[other, size]
                yield {"ratio": f"{mine} / {other}", "peer": work, "provisions": size} | {
                    name: round(a[name] / max(b[name], 0.001), 2) for name in ("p50_ms", "p95_ms")
                }


def main() -> None:
    parser = argparse.ArgumentParser(description="speed and size of search, side by side")
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--sides", default=",".join(SIDES))
    parser.add_argument("--articles", type=Path)
    parser.add_argument("--one", action="store_true", help="one side and size, in this process")
    options = parser.parse_args()
    sides, sizes = options.sides.split(","), [int(size) for size in options.sizes.split(",")]
    if options.one:
        print(json.dumps(one(sides[0], sizes[0], options.articles)))
        return
    results = []
    for size in sizes:
        for side in sides:
            if size > MOST.get(side, size):
                continue
            command = [sys.executable, "-m", "tests.bench.search", "--one", "--sides", side,
                       "--sizes", str(size)]  # fmt: skip
            command += ["--articles", str(options.articles)] if options.articles else []
            answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
            print(answer.strip(), flush=True)
            results.append(json.loads(answer))
    for ratio in ratios(results):
        print(json.dumps(ratio))


if __name__ == "__main__":
    main()
