"""Speed and size of search, side by side.

    python -m tests.bench.search [--sizes 10000,30000,100000,1000000] [--articles FILE] [--sides …]

With *articles* (as ``tests.eval.retrieval`` reads them) the index of all of them is built first,
on Tantivy, and its time and size printed. Then each side (``sides``) builds the same provisions in
a process of its own, clauses of *articles* mixed by a seed or syllables drawn by Zipf's law, and
answers the same queries after two hundred others. Each ratio says how much of our work its peer
does. Times of queries are CPU time of the thread in ms, the rest is wall time; a side is asked for
a minute at most, ``asked`` says how many queries that were. Prints one JSON object for each side
and size, then the ratios.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Any

from kb.index import open_engine
from tests.bench.provisions import clauses, queries
from tests.bench.sides import SIDES, Answer
from tests.eval.retrieval import record, rows

PAIRED = (  # ours, a peer, and how much of our work it does
    ("whoosh", "plain-whoosh", "plain"),
    ("tantivy", "same-tantivy", "same work"),
    ("tantivy", "raw-tantivy", "plain"),
    ("tantivy", "fts5", "plain"),
    ("whoosh", "fts5", "plain"),
)
SIZES = (10_000, 30_000, 100_000, 1_000_000)
MOST = {"whoosh": 100_000, "plain-whoosh": 30_000}  # Whoosh at a million is hours
LONGEST = 60.0  # CPU seconds one side is asked, and as long before to warm it


def timed(answer: Answer, asked: list[str]) -> list[float]:
    """CPU milliseconds of each of *asked*, of as many as there is time for but two at least."""
    times: list[float] = []
    for typed in asked:
        if len(times) > 1 and sum(times) > 1000 * LONGEST:
            break
        before = time.thread_time()
        answer(typed)
        times.append(1000 * (time.thread_time() - before))
    return times


def memory() -> int:
    """The most this process has had, in MB."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def disk(folder: Path) -> float:
    """MB of all files in *folder*."""
    sizes = (path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return round(sum(sizes) / 1e6, 1)


def whole(articles: Path) -> dict[str, Any]:
    """What the index of all *articles* takes to build on Tantivy."""
    with TemporaryDirectory() as name:
        begun = time.perf_counter()
        engine = open_engine(Path(name), "tantivy")
        with engine.writer() as writer:
            writer.add(map(record, rows(articles)))
        built = time.perf_counter() - begun
        found = {"articles": engine.count(), "build_seconds": round(built, 1)}
        engine.close()
        return found | {"memory_mb": memory(), "disk_mb": disk(Path(name))}


def one(side: str, size: int, articles: Path | None) -> dict[str, Any]:
    """Everything measured of one side; in a process of its own."""
    pool = clauses(articles)
    asked = queries(pool)
    with TemporaryDirectory() as name:
        folder = Path(name)
        started, cpu = time.perf_counter(), time.process_time()
        answer, update = SIDES[side](folder, size, pool)
        wall, cpu = time.perf_counter() - started, time.process_time() - cpu
        size_on_disk = disk(folder)
        first = time.perf_counter()
        answer(asked[0])
        first = time.perf_counter() - first
        timed(answer, queries(pool, seed=4))  # a server that has answered others before
        times = timed(answer, asked)
        updates = []
        for number in range(5):
            before = time.perf_counter()
            update(number, f"riêng{number}")
            updates.append(time.perf_counter() - before)
        cuts = quantiles(times, n=20)
        return {
            "side": side,
            "provisions": size,
            "asked": len(times),
            "p50_ms": round(cuts[9], 2),
            "p95_ms": round(cuts[18], 2),
            "build_docs_per_cpu_second": round(size / cpu),
            "build_seconds": round(wall, 1),
            "disk_mb": size_on_disk,
            "memory_mb": memory(),
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


def said(command: list[str]) -> dict[str, Any]:
    """What *command* prints, printed."""
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    print(answer.strip(), flush=True)
    found: dict[str, Any] = json.loads(answer)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description="speed and size of search, side by side")
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--sides", default=",".join(SIDES))
    parser.add_argument("--articles", type=Path)
    parser.add_argument("--one", action="store_true", help="one side and size, in this process")
    options = parser.parse_args()
    sides, sizes = options.sides.split(","), [int(size) for size in options.sizes.split(",")]
    if options.one:
        found = (
            whole(options.articles) if sides == ["whole"]
            else one(sides[0], sizes[0], options.articles)
        )  # fmt: skip
        print(json.dumps(found))
        return
    results = []
    apart = [sys.executable, "-m", "tests.bench.search", "--one"]
    if options.articles:
        apart += ["--articles", str(options.articles)]
        if "tantivy" in sides:
            said([*apart, "--sides", "whole"])
    for size in sizes:
        for side in sides:
            if size <= MOST.get(side, size):
                results.append(said([*apart, "--sides", side, "--sizes", str(size)]))
    for ratio in ratios(results):
        print(json.dumps(ratio))


if __name__ == "__main__":
    main()
