"""The same paper as .doc and as .docx: the same labels and the same words.

    python -m tests.eval.labels --documents DIR

Pairs by stem. A label is what a line begins with where that numbers it (Chương I, Mục 2, Điều 3,
IV., 1., 2.1., a), 3)). Prints one JSON object: ``labels``, the share of labels that stand in both
at the same place of the sequence; ``words``, the least share of words a pair has in common; over
all ``pairs``, and for each what differs.
"""

from __future__ import annotations

import argparse
import difflib
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

from ingest import Extracted, RawFile
from ingest.extract import extract
from tests.eval.legacy import words

_LABEL = re.compile(
    r"(?:(?:Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC|Điều|ĐIỀU|Phụ lục|PHỤ LỤC)\s+[\dIVXLC]{1,7}\b"
    r"|[IVXLC]{1,7}\s?[.)/-](?=\s|$)|\d{1,3}(?:\.\d{1,3}){0,4}\s?[.)/](?=\s|$)"
    r"|[a-zđ]\s?[.)](?=\s|$))"
)


def labels(extracted: Extracted) -> list[str]:
    found = (_LABEL.match(line.text.strip()) for line in extracted.lines)
    return [" ".join(label[0].split()) for label in found if label]


def compare(old: Extracted, new: Extracted) -> dict[str, Any]:
    """Shares (0..1, twice what is common of the sum of both) and what one has and the other not."""
    first, second = labels(old), labels(new)
    matcher = difflib.SequenceMatcher(None, first, second, autojunk=False)
    equal = sum(block.size for block in matcher.get_matching_blocks())
    differing = [
        {"doc": first[a:b], "docx": second[c:d], "after": first[max(a - 1, 0) : a]}
        for kind, a, b, c, d in matcher.get_opcodes()
        if kind != "equal"
    ]
    doc, docx = _words(old), _words(new)
    return {
        "equal": equal,
        "count": len(first) + len(second),
        "labels": _share(equal, len(first) + len(second)),
        "words": _share((doc & docx).total(), doc.total() + docx.total()),
        "differing": differing,
        "words_doc": (doc - docx).most_common(20),
        "words_docx": (docx - doc).most_common(20),
    }


def measure(folder: Path) -> dict[str, Any]:
    pairs: dict[str, Any] = {}
    for path in sorted(folder.rglob("*")):
        other = path.with_suffix(".docx")
        if path.suffix.lower() == ".doc" and other.is_file():
            old, new = (extract(RawFile(p.read_bytes(), p.name)) for p in (path, other))
            pairs[path.stem] = compare(old, new)
    equal = sum(pair["equal"] for pair in pairs.values())
    count = sum(pair["count"] for pair in pairs.values())
    return {
        "labels": _share(equal, count),
        "words": min((pair["words"] for pair in pairs.values()), default=0.0),
        "pairs": len(pairs),
        "each": pairs,
    }


def _words(extracted: Extracted) -> Counter[str]:
    return words("\n".join((extracted.text, *extracted.footnotes)))


def _share(common: int, both: int) -> float:
    return round(2 * common / both, 4) if both else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=".doc against .docx")
    parser.add_argument("--documents", type=Path, required=True)
    print(json.dumps(measure(parser.parse_args().documents), ensure_ascii=False))


if __name__ == "__main__":
    main()
