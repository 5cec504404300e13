"""The matrix of a large plan: bytes, queries, time to answer and to the first paint.

    python -m tests.bench.matrix [--items 300] [--links 2000] [--runs 5]

The plan and the decrees it stands on are composed; links are spread evenly over places of forty
decrees. ``answer_ms`` is the median of the server's answer in this process, ``paint_ms`` the median
of first contentful paint in a fresh page of Chromium (null where there is none). Prints one JSON
object.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from flask import Flask
from sqlalchemy import event

from ingest import pipeline
from kb.config import Settings
from kb.links import Link, Origin
from kb.store.generations import current
from kb.store.library import Library
from kb.store.writer import LibraryWriter
from tests.bench.chromium import chromium, served
from tests.libraries import corpus_library
from web import create_app

DECREES = 40
KEY = "kh/2031/300/vcgd"
ADDRESS = f"/ke-hoach/{KEY}/ma-tran"


def decree(number: int) -> str:
    rows = "".join(f"Điều {n}. Luống thứ {n}\nLuống {n} có một người trông.\n" for n in range(1, 6))
    return (
        "CHÍNH PHỦ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        f"Số: {900 + number}/2030/NĐ-CP\nHà Nội, ngày 04 tháng 3 năm 2030\nNGHỊ ĐỊNH\n"
        f"Quy định về vườn chữ giả định số {number}\nTheo đề nghị của Hội đồng giả định;\n"
        f"Chính phủ ban hành Nghị định giả định dùng để kiểm thử phần mềm.\n{rows}"
    )


def plan(items: int) -> str:
    rows = "\n".join(
        f"{n}. Tổ số {n} tưới, nhổ cỏ và ghi sổ luống chữ thứ {n} vào mỗi buổi sáng trong tuần."
        for n in range(1, items)
    )
    return (
        "SỞ GIÁO DỤC GIẢ ĐỊNH\nTRƯỜNG VƯỜN CHỮ GIẢ ĐỊNH\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Độc lập - Tự do - Hạnh phúc\nSố: 300/KH-VCGĐ\nHà Nội, ngày 06 tháng 9 năm 2031\n"
        f"KẾ HOẠCH\nTrông vườn chữ giả định\nI. NHIỆM VỤ\n{rows}\n"
        "Trên đây là Kế hoạch giả định dùng để kiểm thử./.\n"
    )


def large(folder: Path, items: int, links: int) -> Settings:
    """A library with that plan and that many links, spread over places of the decrees."""
    papers = folder / "papers"
    papers.mkdir()
    (papers / "plan.txt").write_text(plan(items), encoding="utf-8")
    for n in range(DECREES):
        (papers / f"{n}.txt").write_text(decree(n), encoding="utf-8")
    settings = Settings(folder / "data")
    corpus_library(settings)
    pipeline.ingest(settings, sorted(papers.iterdir()), lambda *_: None)
    ids = ["I", *(f"I.{n}" for n in range(1, items))]
    made = [
        Link(
            ids[n % items], Origin.EXPLICIT, f"nd/2030/{900 + k}/cp", f"{900 + k}/2030/NĐ-CP", "",
            provision=f"art_{1 + k % 2}",
        )
        for n in range(links)
        for k in ((n % items * 7 + n // items) % DECREES,)
    ]  # fmt: skip
    with LibraryWriter(current(settings.library) / "library.db") as writer:
        writer.put_links(KEY, made)
    return settings


@contextmanager
def statements(library: Library) -> Iterator[list[str]]:
    """What is asked of the library's database meanwhile."""
    said: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    event.listen(library._engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(library._engine, "before_cursor_execute", note)


def run(items: int, links: int, runs: int) -> dict[str, Any]:
    with TemporaryDirectory() as folder:
        app = create_app(large(Path(folder), items, links))
        client = app.test_client()
        page = client.get(ADDRESS)
        times = []
        for _ in range(runs):
            start = time.perf_counter()
            client.get(ADDRESS)
            times.append((time.perf_counter() - start) * 1000)
        with statements(app.extensions["can-cu"].opened().library) as said:
            client.get(ADDRESS)
        painted = paints(app, runs)
        app.extensions["can-cu"].close()
        return {
            "items": items,
            "links": links,
            "bytes": len(page.data),
            "queries": len(said),
            "answer_ms": round(median(times)),
            "paint_ms": round(median(painted)) if painted else None,
        }


def paints(app: Flask, runs: int) -> list[float]:
    """Milliseconds from the start of each visit to its first contentful paint."""
    out = []
    with served(app) as address, chromium() as browser:
        for _ in range(runs if browser else 0):
            assert browser is not None
            page = browser.new_page()
            page.goto(address + ADDRESS)
            out.append(
                page.evaluate(
                    "new Promise(done => new PerformanceObserver(list => done("
                    "list.getEntriesByName('first-contentful-paint')[0].startTime))"
                    ".observe({type: 'paint', buffered: true}))"
                )
            )
            page.close()
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--items", type=int, default=300)
    parser.add_argument("--links", type=int, default=2000)
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    print(json.dumps(run(asked.items, asked.links, asked.runs)))


if __name__ == "__main__":
    main()
