"""Portals' notes inside sentences: how many are read whole.

    python -m tests.eval.portal_notes --documents DIR [--show]

A note is read when each of its claims gave a verb, a document and, where one is written, a day
(``kb.portal_notes.is_read``). Texts the reader cannot open are skipped and counted.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from ingest import RawFile
from ingest.catalogue import load_vocabulary
from ingest.clean import clean
from ingest.extract import extract
from ingest.parse.header import parse_header
from ingest.parse.structure import parse_structure
from kb.errors import CanCuError
from kb.portal_notes import is_read, read_notes

ROOT = Path(__file__).parents[2]


def evaluate(documents: Path, show: bool = False) -> dict[str, float]:
    vocabulary = load_vocabulary(ROOT / "corpus")
    notes = read = placed = unreadable = 0
    for path in sorted(p for p in documents.rglob("*") if p.is_file()):
        try:
            cleaned = clean(extract(RawFile(path.read_bytes(), path.name)))
        except CanCuError:
            unreadable += 1
            continue
        if not cleaned.notes:
            continue
        kind = parse_header(cleaned, vocabulary).document.type
        tree = parse_structure(cleaned, kind).tree
        for note in cleaned.notes:
            claims = read_notes([note], cleaned.text, tree, vocabulary)
            whole = is_read(note.text, claims)
            notes += 1
            read += whole
            placed += bool(claims) and all(claim.provision for claim in claims)
            if show and not whole:
                print(note.text, *(f"\n    {claim}" for claim in claims), sep="")
    return {
        "notes": notes,
        "read": round(read / max(1, notes), 4),
        "placed": round(placed / max(1, notes), 4),
        "unreadable": unreadable,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="How many of the portals' notes are read")
    parser.add_argument("--documents", type=Path, required=True)
    parser.add_argument("--show", action="store_true", help="print notes that are not read whole")
    options = parser.parse_args()
    print(json.dumps(evaluate(options.documents, options.show)))


if __name__ == "__main__":
    main()
