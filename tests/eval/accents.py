"""Queries typed without marks: how many of their words are understood, and how many wrongly.

    python -m tests.eval.accents [--documents FILE ...] [--queries FILE] [--show]

Builds the library of what is published, with the texts of FILE ... where given, in a temporary
folder and reads each query of ``accents.toml`` (beside this) as the page does. Prints one JSON
object: of all ``words`` of the ``queries`` the share shown ``right``, the share shown with marks
that were not meant (``wrong``, the one that deceives), and the share left as typed that has marks
(``kept``: still found in every spelling).
"""

from __future__ import annotations

import argparse
import json
import tempfile
import tomllib
from collections import Counter
from pathlib import Path

from ingest import pipeline
from kb.config import Settings
from kb.index.query import parse_query
from kb.search import spelled_text
from web.opened import Opened


def judged(typed: str, right: str, shown: str) -> list[tuple[str, str]]:
    """Each word as shown with "right", "wrong" or "kept"; ``right`` may have two forms of a word,
    "hằng/hàng"."""
    out = []
    for was, meant, word in zip(typed.split(), right.split(), shown.split(), strict=True):
        if word in meant.split("/"):
            out.append((word, "right"))
        else:
            out.append((word, "kept" if word == was else "wrong"))
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description="queries typed without marks")
    parser.add_argument("--documents", type=Path, nargs="*", default=[])
    parser.add_argument("--queries", type=Path, default=Path(__file__).with_suffix(".toml"))
    parser.add_argument("--show", action="store_true", help="print what was not understood")
    arguments = parser.parse_args()
    queries = tomllib.loads(arguments.queries.read_text(encoding="utf-8"))
    counted: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder))
        pipeline.rebuild(settings, lambda *_: None)
        if arguments.documents:
            pipeline.ingest(settings, arguments.documents, lambda *_: None)
        with Opened(settings) as kb:
            for typed, right in queries.items():
                words = judged(typed, right, spelled_text(kb.engine.spelled(parse_query(typed))))
                counted.update(verdict for _, verdict in words)
                if arguments.show and any(verdict != "right" for _, verdict in words):
                    print(right, "→", *(w if v == "right" else f"[{w} {v}]" for w, v in words))
    total = counted.total()
    shares = {name: round(counted[name] / total, 4) for name in ("right", "wrong", "kept")}
    print(json.dumps(shares | {"words": total, "queries": len(queries)}))


if __name__ == "__main__":
    main()
