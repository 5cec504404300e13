"""Pages a second of our whole PDF reader, child process included, beside plain pdfminer.

    python -m tests.bench.extraction --documents DIR [--rounds N]

Takes the PDFs under DIR that have a text layer and ten pages or more. Each round reads each file
once with ``pdfminer.high_level.extract_text`` in this process and once with ours, whose child is
new; of each the best round counts. Prints one JSON object: for each file and for all of them pages
a second of both, and ``ratio``, ours to theirs (1 or more: not slower).
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pdfminer.high_level import extract_text

from ingest import RawFile
from ingest.extract.render import opened
from ingest.isolate import Readers
from kb.errors import UnreadableFile

LEAST_PAGES = 10


def theirs(path: Path) -> int:
    return len(extract_text(str(path)))


def ours(path: Path) -> int:
    with Readers() as readers:
        return len(readers.extract(RawFile(path.read_bytes(), path.name)).text)


def pages_with_text(path: Path) -> int:
    """Its pages, 0 where it is short, a scan or broken."""
    try:
        with opened(path.read_bytes()) as pages:
            count = len(pages)
    except UnreadableFile:
        return 0
    enough = count >= LEAST_PAGES and len(extract_text(str(path), maxpages=3).split()) > 200
    return count if enough else 0


def _seconds(read: Callable[[Path], int], path: Path) -> float:
    began = time.perf_counter()
    read(path)
    return time.perf_counter() - began


def measure(folder: Path, rounds: int) -> dict[str, Any]:
    counted = {path: pages_with_text(path) for path in sorted(folder.rglob("*.pdf"))}
    files = {path: pages for path, pages in counted.items() if pages}
    best = {path: [float("inf"), float("inf")] for path in files}
    for _ in range(rounds):
        for path in files:
            for at, read in enumerate((theirs, ours)):
                best[path][at] = min(best[path][at], _seconds(read, path))
    return {path.name: _row(pages, *best[path]) for path, pages in files.items()} | {
        "all": _row(sum(files.values()), *(sum(b[at] for b in best.values()) for at in (0, 1)))
    }


def _row(pages: int, their_seconds: float, our_seconds: float) -> dict[str, float]:
    return {
        "pages": pages,
        "pdfminer_pages_per_second": round(pages / their_seconds, 1),
        "our_pages_per_second": round(pages / our_seconds, 1),
        "ratio": round(their_seconds / our_seconds, 3),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="text extraction beside plain pdfminer")
    parser.add_argument("--documents", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    print(json.dumps(measure(options.documents, options.rounds), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
