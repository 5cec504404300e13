"""How fast a draft is checked before it goes out.

    python -m tests.bench.press [--documents 1000] [--citations 200] [--pages 30] [--runs 5]

The library is ``tests.bench.pipeline``'s composed documents. The draft has so many citations of its
provisions, half of them with a quotation, between sentences of its own, to so many pages of 2,500
characters. ``seconds`` is the best of the runs of everything ``kb press check`` judges, with the
library open and its tables read (``first_seconds`` is the run before that). ``scan_seconds`` is a
plain scan of the same: a number's pattern over the draft, ``str.find`` of each quotation in each
text; ``times_scan`` is ours over it, for all that it does not do. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from ingest import pipeline
from kb.citing import place_name
from kb.config import Settings
from kb.documents import display_date
from kb.structure import Level, walk
from tests.bench.pipeline import WORDS, compose, quiet
from web.opened import Opened
from web.press_check import checked

PAGE = 2_500  # characters
_NUMBER = re.compile(r"\d+(?:/\d{4})?/[A-ZĐ]+(?:-[A-ZĐ]+)+")


def draft(shown: Opened, citations: int, pages: int, rng: random.Random) -> tuple[str, list[str]]:
    """A draft and the quotations in it, the same for one seed."""
    library = shown.library
    keys = [item.document.key for item in library.documents() if item.kind == "full"]
    rows, quoted = [], []
    for n in range(citations):
        document = library.listed(rng.choice(keys)).document
        tree, text = library.tree(document.key), library.printed(document.key)
        assert tree is not None
        clauses = [node for node in walk(tree) if node.level is Level.CLAUSE]
        clause = rng.choice(clauses)
        issued = display_date(document.issued or "")
        named = f"{place_name(clause.id)} Quyết định số {document.number} ngày {issued}"
        words = clause.own.of(text).strip().removeprefix(clause.marker).strip(" .:\n")
        said = f": “{words}”" if n % 2 else ""
        quoted += [words] if n % 2 else []
        own = " ".join(rng.choices(WORDS, k=12))
        rows.append(f"{own.capitalize()}. Theo {named} của {document.issuer}{said}.")
    length = sum(map(len, rows))
    filler = max(0, pages * PAGE - length) // citations
    full = [f"{row} {_own(filler, rng)}" for row in rows]
    return "\n\n".join(full), quoted


def _own(length: int, rng: random.Random) -> str:
    words = ""
    while len(words) < length:
        words += " ".join(rng.choices(WORDS, k=11)).capitalize() + ". "
    return words.strip()


def run(documents: int, citations: int, pages: int, runs: int) -> dict[str, Any]:
    rng = random.Random(6)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder) / "data")
        papers = Path(folder) / "papers"
        papers.mkdir()
        for n in range(documents):
            (papers / f"{n}.txt").write_text(compose(n, random.Random(n)), encoding="utf-8")
        pipeline.rebuild(settings, quiet)
        pipeline.ingest(settings, [papers], quiet)
        with Opened(settings) as shown:
            text, quoted = draft(shown, citations, pages, rng)
            started = time.perf_counter()
            found = checked(shown, text, date.today())
            first = time.perf_counter() - started
            times = [_timed(lambda: checked(shown, text, date.today())) for _ in range(runs)]
            keys = [item.document.key for item in shown.library.documents()]
            texts = [shown.library.text(key) for key in keys]
            scan = min(_timed(lambda: _scan(text, quoted, texts)) for _ in range(runs))
        assert len(found.citations) >= citations, "a citation of the draft was not found"
        return {
            "documents": documents,
            "pages": round(len(text) / PAGE, 1),
            "citations": len(found.citations),
            "quotations": len(found.quotations),
            "first_seconds": round(first, 2),
            "seconds": round(min(times), 2),
            "scan_seconds": round(scan, 3),
            "times_scan": round(min(times) / scan, 1),
        }


def _timed(work: Any) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _scan(text: str, quoted: list[str], texts: list[str]) -> int:
    found = len(_NUMBER.findall(text))
    return found + sum(one.find(words) >= 0 for words in quoted for one in texts)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name, default in (("documents", 1000), ("citations", 200), ("pages", 30), ("runs", 5)):
        asked.add_argument(f"--{name}", type=int, default=default)
    print(json.dumps(run(**vars(asked.parse_args())), ensure_ascii=False, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
