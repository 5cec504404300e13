"""Home and results in Chromium: when the first result is seen, and what the server does for it.

    python -m tests.bench.pages [--provisions 10000] [--articles FILE] [--engine auto] [--runs 20]

A library of that many articles, twenty to a document, from *articles* (as ``tests.eval.retrieval``
reads them), or composed where no file is named; with a file that is not there nothing is measured,
and the reason said. The first run of each page warms the server and is not counted. For each page:

    seen_ms         from the start of the visit to the frame after the first result (on the home
                    page, the search box) stood in it: median; ``p95_ms``, ``longest_ms``
    times_static    the median over that of the same bytes served as a file
    requests        what a first visit asks of the server, and ``again`` the next page
    cpu_ms          of the server for the page alone, median; ``statements`` of SQL it asks

Prints one JSON object for each page; what needs Chromium is null where there is none.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import islice
from math import ceil
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from flask import Flask, Response, request
from playwright.sync_api import Browser
from sqlalchemy import event
from sqlalchemy.engine import Engine

from ingest import pipeline
from kb.config import ENGINES, Settings
from tests.bench.chromium import chromium, served
from tests.bench.pipeline import WORDS, quiet
from tests.eval.retrieval import rows
from web import create_app

EACH = 20  # articles of a document
PAGES = {
    "home": ("/", "#q, input[name=q]"),
    "words": ("/tim?q=điều kiện đăng ký kinh doanh", "ol.results li"),
    "without marks": ("/tim?q=dieu kien dang ky kinh doanh", "ol.results li"),
    "long question": ("/tim?q=hoc sinh khuyet tat duoc mien giam hoc phi the nao", "ol.results li"),
    "phrase": ('/tim?q="cơ quan nhà nước"', "ol.results li"),
    "number": ("/tim?q=QĐ 753", "ol.results li"),
}
# What only a browser can say.
SEEN = ("seen_ms", "p95_ms", "longest_ms", "times_static", "requests", "again")
# When the frame that has the element is drawn.
_SEEN = """selector => {
  const look = () => document.querySelector(selector)
    ? requestAnimationFrame(() => setTimeout(() => { window.seen = performance.now() }))
    : requestAnimationFrame(look);
  look();
}"""


def articles(file: Path | None) -> Iterator[tuple[str, str]]:
    """(heading, text) of each."""
    if file is not None:
        for row in rows(file):
            yield str(row["title"] or "").partition(". ")[2] or "Quy định chung", str(row["text"])
    rng = random.Random(5)
    while True:
        words = [" ".join(rng.choices(WORDS, k=k)).capitalize() for k in (5, 40, 30)]
        yield words[0], f"1. {words[1]}.\n2. {words[2]}."


def paper(number: int, found: list[tuple[str, str]]) -> str:
    """A decree that was never issued, with these for its articles."""
    body = "\n".join(f"Điều {n}. {heading}\n{text}" for n, (heading, text) in enumerate(found, 1))
    return (
        "CHÍNH PHỦ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        f"Số: {number % 900 + 100}/{2000 + number // 900}/NĐ-CP\n"
        f"Hà Nội, ngày 04 tháng 3 năm {2000 + number // 900}\nNGHỊ ĐỊNH\n"
        f"Giả định thứ {number} về {found[0][0]}\nTheo đề nghị của Hội đồng giả định;\n"
        f"Chính phủ ban hành Nghị định giả định dùng để đo.\n{body}\n"
    )


def library(folder: Path, provisions: int, file: Path | None, engine: str) -> Settings:
    papers = folder / "papers"
    papers.mkdir()
    each = articles(file)
    for number in range(provisions // EACH):
        text = paper(number, list(islice(each, EACH)))
        (papers / f"{number}.txt").write_text(text, encoding="utf-8")
    settings = Settings(folder / "data", engine=engine)
    pipeline.rebuild(settings, quiet)
    pipeline.ingest(settings, sorted(papers.iterdir()), quiet)
    return settings


def seen(browser: Browser, address: str, selector: str, runs: int) -> list[float]:
    """Milliseconds of each visit but the first."""
    out = []
    for _ in range(runs + 1):
        page = browser.new_page()
        page.add_init_script(f"({_SEEN})({json.dumps(selector)})")
        page.goto(address)
        page.wait_for_function("window.seen !== undefined")
        out.append(float(page.evaluate("window.seen")))
        page.close()
    return out[1:]


def requests(browser: Browser, asked: list[str], address: str) -> dict[str, int]:
    """How many requests reach the server (*asked* has them) on a first visit and on the next."""
    context, counts = browser.new_context(), []
    page = context.new_page()
    for _ in range(2):
        before = len(asked)
        page.goto(address, wait_until="networkidle")
        counts.append(len(asked) - before)
    context.close()
    return {"requests": counts[0], "again": counts[1]}


@contextmanager
def statements() -> Iterator[list[str]]:
    """The statements of SQL that are asked meanwhile."""
    asked: list[str] = []

    def note(*of: Any) -> None:
        asked.append(of[2])

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def served_cost(get: Callable[[], object], runs: int) -> dict[str, Any]:
    """What the page costs the server when all that can be kept is."""
    took = []
    for _ in range(runs):
        begun = time.process_time()
        get()
        took.append(1000 * (time.process_time() - begun))
    with statements() as asked:
        get()
    return {"cpu_ms": round(median(took), 1), "statements": len(asked)}


def run(
    provisions: int, file: Path | None = None, runs: int = 20, engine: str = "auto"
) -> list[dict[str, Any]]:
    out = []
    with TemporaryDirectory() as folder, chromium() as browser:
        app = create_app(library(Path(folder), provisions, file, engine))
        asked = _counting(app)
        client = app.test_client()
        engine = app.extensions["can-cu"].opened().engine.name
        for name, (path, selector) in PAGES.items():
            body = client.get(path).data
            measured: dict[str, Any] = {"page": name, "engine": engine, "provisions": provisions,
                                        "bytes": len(body)}  # fmt: skip
            measured |= dict.fromkeys(SEEN)
            if browser is not None:
                with served(app) as address, served(_static(app, body)) as file_address:
                    times = seen(browser, address + path, selector, runs)
                    static = seen(browser, file_address, selector, runs)
                    measured |= requests(browser, asked, address + path)
                measured |= {
                    "seen_ms": round(median(times)),
                    "p95_ms": round(sorted(times)[ceil(0.95 * len(times)) - 1]),
                    "longest_ms": round(max(times)),
                    "times_static": round(median(times) / median(static), 2),
                }
            out.append(measured | served_cost(partial(client.get, path), runs))
        app.extensions["can-cu"].close()
    return out


def _counting(app: Flask) -> list[str]:
    """The paths that *app* is asked for from now on."""
    asked: list[str] = []

    @app.before_request
    def note() -> None:
        asked.append(request.path)

    return asked


def _static(app: Flask, body: bytes) -> Flask:
    """The same page and style as they came out, with no work behind them."""
    plain = Flask("static", static_folder=app.static_folder)
    plain.add_url_rule("/", "page", lambda: Response(body, mimetype="text/html"))
    return plain


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--provisions", type=int, default=10_000)
    parser.add_argument("--articles", type=Path)
    parser.add_argument("--engine", choices=ENGINES, default="auto")
    parser.add_argument("--runs", type=int, default=20)
    asked = parser.parse_args()
    if asked.articles is not None and not asked.articles.exists():
        print(f"bỏ qua: không có tệp {asked.articles}", file=sys.stderr)
        return
    for measured in run(asked.provisions, asked.articles, asked.runs, asked.engine):
        print(json.dumps(measured, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
