"""Forty questions of a school: the right document among the first three, or an honest "chưa biết".

    python -m tests.eval.questions [--questions FILE] [--show]

Builds the library of what is published (catalogue, digests, the plan; no full texts) in a temporary
folder and asks each question of FILE (``questions.yaml`` beside this) as the page does. Prints one
JSON object: of ``questions``, the share ``answered`` of those that name documents, the share
``refused`` of those that name words of a refusal (an empty list: nothing may be refused), and
``misses`` by their ids.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any

import yaml

from ingest import pipeline
from kb.config import Settings
from kb.results import SearchResult
from web.opened import Opened

FIRST = 3


def is_answered(result: SearchResult, documents: list[str]) -> bool:
    """Is one of *documents* among the first three?"""
    return any(group.listed.document.key in documents for group in result.groups[:FIRST])


def is_refused(result: SearchResult, words: list[str]) -> bool:
    """Does what is said not to be known have all *words*; without words, is nothing refused?"""
    said = " ".join(unknown.words for unknown in result.unknowns)
    return all(word in said for word in words) if words else not said


def main() -> None:
    parser = argparse.ArgumentParser(description="the questions of a school")
    parser.add_argument("--questions", type=Path, default=Path(__file__).with_suffix(".yaml"))
    parser.add_argument("--show", action="store_true", help="print what missed")
    arguments = parser.parse_args()
    rows = yaml.safe_load(arguments.questions.read_text(encoding="utf-8"))["questions"]
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder))
        pipeline.rebuild(settings, lambda *_: None)
        with Opened(settings) as kb:
            asked = [(row, kb.search(row["typed"])) for row in rows]
    answered, refused, misses = [], [], []
    for row, result in asked:
        right = []
        if "documents" in row:
            right.append(is_answered(result, row["documents"]))
            answered.append(right[-1])
        if "unknown" in row:
            right.append(is_refused(result, row["unknown"]))
            refused.append(right[-1])
        if not all(right):
            misses.append(row["id"])
            if arguments.show:
                _show(row, result)
    print(
        json.dumps(
            {
                "answered": sum(answered) / len(answered),
                "refused": sum(refused) / len(refused),
                "questions": len(rows),
                "misses": misses,
            }
        )
    )


def _show(row: dict[str, Any], result: SearchResult) -> None:
    found = [group.listed.document.key for group in result.groups[: FIRST + 2]]
    print(row["id"], row["typed"], "→", found, [unknown.words for unknown in result.unknowns])


if __name__ == "__main__":
    main()
