"""Retrieval quality on judged queries.

    python -m tests.eval.retrieval --articles FILE --queries FILE --engine NAME [--strip-marks]

*articles*: ``id, document, article, title, text`` (``heading`` where there is one); *queries*:
``id, text, relevant``; ``.jsonl`` or ``.jsonl.xz``. Prints one JSON object; ``ms_per_query`` is
CPU time. ``--strip-marks`` takes the marks off the queries only, as people type them.
"""

from __future__ import annotations

import argparse
import json
import lzma
import math
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kb.index import Record, SearchEngine
from kb.index.memory import MemoryEngine
from kb.index.query import LONGEST, parse_query
from kb.index.whoosh_engine import WhooshEngine
from kb.text import fold

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
        heading=str(row.get("title") or row.get("heading") or ""),
        text="\n".join(part for part in (row.get("title"), row["text"]) if part),
    )


def measure(engine: SearchEngine, queries: Path, strip: bool) -> dict[str, float]:
    ranks: list[list[int]] = []
    wanted: list[int] = []
    spent = 0.0
    for row in rows(queries):
        text = fold(row["text"]) if strip else row["text"]
        query = parse_query(text[:LONGEST])
        started = time.process_time()
        hits = engine.search(query, limit=100)
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
    parser.add_argument("--engine", choices=("whoosh", "memory"), default="whoosh")
    parser.add_argument("--strip-marks", action="store_true")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        engine: SearchEngine = (
            MemoryEngine() if options.engine == "memory" else WhooshEngine(Path(folder))
        )
        with engine.writer() as writer:
            writer.add(record(row) for row in rows(options.articles))
        print(json.dumps(measure(engine, options.queries, options.strip_marks)))
        engine.close()


if __name__ == "__main__":
    main()
