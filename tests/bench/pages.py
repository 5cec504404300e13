"""Home and results in Chromium: when the first result is seen.

    python -m tests.bench.pages [--provisions 10000] [--articles FILE] [--runs 5]

A library of that many articles, twenty to a document, from *articles* (as ``tests.eval.retrieval``
reads them) or composed; the first run of each page warms the server and is not counted. For each
page: bytes, milliseconds from the start of the visit to the frame after the first result (on the
home page, the search box) stood in it, median and longest of the runs, and ``times_static``, the
median over that of the same bytes served as a file. Prints one JSON object for each page; null
where there is no Chromium.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from flask import Flask, Response
from playwright.sync_api import Browser

from ingest import pipeline
from kb.config import Settings
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


def library(folder: Path, provisions: int, file: Path | None) -> Settings:
    papers = folder / "papers"
    papers.mkdir()
    each = articles(file)
    for number in range(provisions // EACH):
        text = paper(number, list(islice(each, EACH)))
        (papers / f"{number}.txt").write_text(text, encoding="utf-8")
    settings = Settings(folder / "data")
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


def run(provisions: int, file: Path | None = None, runs: int = 5) -> list[dict[str, Any]]:
    out = []
    with TemporaryDirectory() as folder, chromium() as browser:
        app = create_app(library(Path(folder), provisions, file))
        client = app.test_client()
        for name, (path, selector) in PAGES.items():
            body = client.get(path).data
            measured: dict[str, Any] = {"page": name, "provisions": provisions, "bytes": len(body)}
            times = static = None
            if browser is not None:
                with served(app) as address, served(_static(app, body)) as file_address:
                    times = seen(browser, address + path, selector, runs)
                    static = seen(browser, file_address, selector, runs)
            out.append(
                measured
                | {
                    "seen_ms": round(median(times)) if times else None,
                    "longest_ms": round(max(times)) if times else None,
                    "times_static": round(median(times) / median(static), 2)
                    if times and static
                    else None,
                }
            )
        app.extensions["can-cu"].close()
    return out


def _static(app: Flask, body: bytes) -> Flask:
    """The same page and style as they came out, with no work behind them."""
    plain = Flask("static", static_folder=app.static_folder)
    plain.add_url_rule("/", "page", lambda: Response(body, mimetype="text/html"))
    return plain


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--provisions", type=int, default=10_000)
    parser.add_argument("--articles", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    for measured in run(asked.provisions, asked.articles, asked.runs):
        print(json.dumps(measured, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
