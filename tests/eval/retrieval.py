"""Retrieval quality on judged queries.

    python -m tests.eval.retrieval --articles FILE --queries FILE --engine NAME
                                   [--strip-marks | --half-accented]

*articles*: ``id, document, article, title, text`` (``heading``, what stands above it, where there
is one); *queries*: ``id, text, relevant``; ``.jsonl`` or ``.jsonl.xz``. Prints one JSON object;
``ms_per_query`` is CPU time. ``--strip-marks`` takes the marks off the queries only, as people type
them; ``--half-accented`` takes them off every other word or so (each with even odds, by its place
and letters, so that every run strips the same).
"""

from __future__ import annotations

import argparse
import json
import lzma
import math
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zlib import crc32

from kb.index import ENGINES, Record, SearchEngine, open_engine
from kb.index.query import LONGEST, parse_query
from kb.text import fold

_YEAR = re.compile(r"/((?:19|20)\d\d)/")  # of a number such as 32/2004/QH11
DEPTHS = (1, 5, 10, 20)


def rows(path: Path) -> Iterator[dict[str, Any]]:
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def record(row: dict[str, Any]) -> Record:
    return Record(
        id=row["id"],
        key=row["id"],
        provision="",
        kind="provision",
        title=str(row.get("document", "")),
        heading=str(row.get("title") or ""),
        path=str(row.get("heading") or ""),
        year=int(year[1]) if (year := _YEAR.search(str(row.get("document", "")))) else 0,
        text="\n".join(part for part in (row.get("title"), row["text"]) if part),
    )


def half_accented(text: str) -> str:
    words = text.split(" ")
    return " ".join(
        fold(word) if crc32(f"{place} {word}".encode()) % 2 else word
        for place, word in enumerate(words)
    )


def measure(engine: SearchEngine, queries: Path, typed: Callable[[str], str]) -> dict[str, float]:
    ranks: list[list[int]] = []
    wanted: list[int] = []
    spent = 0.0
    for row in rows(queries):
        query = parse_query(typed(row["text"])[:LONGEST])
        started = time.process_time()
        hits = engine.search(engine.spelled(query), limit=100).hits
        spent += time.process_time() - started
        relevant = set(row["relevant"])
        ranks.append([at for at, hit in enumerate(hits, 1) if hit.id in relevant])
        wanted.append(len(relevant))
    total = len(ranks)
    out = {f"hit@{k}": sum(any(r <= k for r in found) for found in ranks) / total for k in DEPTHS}
    out["MRR@10"] = sum(1 / found[0] for found in ranks if found and found[0] <= 10) / total
    out["nDCG@10"] = (
        sum(_ndcg(found, count) for found, count in zip(ranks, wanted, strict=True)) / total
    )
    out["ms_per_query"] = 1000 * spent / total
    return {name: round(value, 4) for name, value in out.items()}


def _ndcg(found: list[int], count: int) -> float:
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(count, 10) + 1))
    return sum(1 / math.log2(rank + 1) for rank in found if rank <= 10) / ideal if ideal else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--queries", type=Path, required=True)
    parser.add_argument("--engine", choices=("auto", *ENGINES), default="auto")
    parser.add_argument("--strip-marks", action="store_true")
    parser.add_argument("--half-accented", action="store_true")
    options = parser.parse_args()
    typed: Callable[[str], str] = str
    if options.strip_marks:
        typed = fold
    elif options.half_accented:
        typed = half_accented
    with TemporaryDirectory() as folder:
        engine = open_engine(Path(folder), options.engine)
        with engine.writer() as writer:
            writer.add(record(row) for row in rows(options.articles))
        print(json.dumps(measure(engine, options.queries, typed)))
        engine.close()


if __name__ == "__main__":
    main()
