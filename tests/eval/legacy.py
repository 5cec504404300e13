"""Papers typed in TCVN3, VNI and VISCII against their Unicode transcripts.

    python -m tests.eval.legacy --documents DIR --truth DIR [--others DIR]

Pairs by stem. Word recall is the share of the transcript's words (runs of letters and digits after
NFC, with case, each as often as it stands there) that are read. Prints one JSON object: ``median``
and ``minimum`` over the ``files``, those under 0.99 by name, those that could not be read; with
``--others`` also how many ``others`` there were, the ``false_positives`` among them (documents in
Unicode of which a line was taken for an old font) and ``untouched``, the share of the rest.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
from collections import Counter
from pathlib import Path
from typing import Any

from ingest import Extracted, RawFile
from ingest.extract import extract
from kb.errors import UnreadableFile
from kb.text import nfc

_WORD = re.compile(r"\w+")
_LOW = 0.99


def words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(nfc(text)))


def recall(extracted: Extracted, truth: str) -> float:
    wanted = words(truth)
    read = words("\n".join((extracted.text, *extracted.footnotes)))
    return (wanted & read).total() / wanted.total()


def measure(documents: Path, truth: Path) -> dict[str, Any]:
    transcripts = {path.stem: path for path in sorted(truth.glob("*.txt"))}
    found: dict[str, float] = {}
    unreadable: list[str] = []
    for path in _files(documents):
        transcript = transcripts.get(path.stem)
        if transcript is None or truth.resolve() in path.resolve().parents:
            continue
        try:
            read = extract(RawFile(path.read_bytes(), path.name))
        except UnreadableFile as error:
            unreadable.append(f"{path.name}: {error.code}")
            found[path.name] = 0.0
            continue
        found[path.name] = round(recall(read, transcript.read_text(encoding="utf-8")), 4)
    return {
        "median": round(statistics.median(found.values()), 4) if found else 0.0,
        "minimum": min(found.values(), default=0.0),
        "files": len(found),
        "low": {name: share for name, share in found.items() if share < _LOW},
        "unreadable": unreadable,
    }


def false_positives(others: Path, legacy: Path) -> dict[str, Any]:
    """Over all readable files under *others* that are not under *legacy*."""
    count = 0
    wrong = []
    for path in _files(others):
        if legacy.resolve() in path.resolve().parents:
            continue
        try:
            read = extract(RawFile(path.read_bytes(), path.name))
        except UnreadableFile:
            continue
        count += 1
        if any(finding.code == "legacy-converted" for finding in read.findings):
            wrong.append(path.name)
    return {
        "others": count,
        "false_positives": len(wrong),
        "untouched": (count - len(wrong)) / count if count else 0.0,
        "wrong": wrong,
    }


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def main() -> None:
    parser = argparse.ArgumentParser(description="old fonts against transcripts")
    parser.add_argument("--documents", type=Path, required=True)
    parser.add_argument("--truth", type=Path, required=True)
    parser.add_argument("--others", type=Path)
    asked = parser.parse_args()
    answer = measure(asked.documents, asked.truth)
    if asked.others is not None:
        answer |= false_positives(asked.others, asked.documents)
    print(json.dumps(answer, ensure_ascii=False))


if __name__ == "__main__":
    main()
