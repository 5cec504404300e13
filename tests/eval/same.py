"""One law from several files: the same articles with the same words.

    python -m tests.eval.same --documents FILE FILE… [--codification FILE]

The first file is what the others are held against; ``--codification`` is a heading of the official
codification that has the same document (by its number). Words are runs of letters and digits of an
article with its heading, NFC, without case, tones in one place (hoà, hòa); of an article that
stands in a file more than once the nearest copy counts, and it is listed. Prints one JSON object:
``articles``, the least share of articles that a pair has in common; ``words``, the least share of
the common articles' words that do not differ; and for each other side what differs, article by
article.
"""

from __future__ import annotations

import argparse
import difflib
import json
import re
from pathlib import Path
from typing import Any

from ingest import RawFile
from ingest.catalogue import load_vocabulary
from ingest.codification import read_codification
from ingest.extract import extract
from ingest.parse import parse
from kb.documents import number_key
from kb.structure import Level, walk
from kb.text import accented_key

CORPUS = Path(__file__).parents[2] / "corpus"
_WORD = re.compile(r"\w+")
Articles = dict[str, list[list[str]]]  # number → the words of each copy


def of_file(path: Path) -> tuple[str, Articles]:
    """(document number, words of each article by its number)."""
    raw = RawFile(path.read_bytes(), path.name)
    parsed = parse(extract(raw), load_vocabulary(CORPUS))
    found: Articles = {}
    for node in walk(parsed.tree):
        if node.level is Level.ARTICLE and node.id.startswith("art_"):
            text = node.span.of(parsed.text).removeprefix(node.marker)
            found.setdefault(node.number, []).append(_words(text))
    return parsed.document.number or "", found


def of_codification(path: Path, number: str) -> Articles:
    for document in read_codification(path.read_bytes()).documents:
        if number_key(document.number) == number_key(number):
            return {
                article.number: [
                    _words("\n".join((article.heading, *(line.text for line in article.lines))))
                ]
                for article in document.articles
            }
    return {}


def compare(first: Articles, second: Articles) -> dict[str, Any]:
    common = first.keys() & second.keys()
    equal = total = 0
    differing: dict[str, list[str]] = {}
    for number in sorted(common, key=lambda n: (len(n), n)):
        matcher = max(
            (
                difflib.SequenceMatcher(None, a, b, autojunk=False)
                for a in first[number]
                for b in second[number]
            ),
            key=difflib.SequenceMatcher.ratio,
        )
        a, b = matcher.a, matcher.b
        equal += 2 * sum(block.size for block in matcher.get_matching_blocks())
        total += len(a) + len(b)
        changes = [
            f"{' '.join(a[i:j])} → {' '.join(b[k:m])}"
            for kind, i, j, k, m in matcher.get_opcodes()
            if kind != "equal"
        ]
        if changes:
            differing[f"Điều {number}"] = changes
    every = first.keys() | second.keys()
    return {
        "articles": round(len(common) / len(every), 4) if every else 0.0,
        "words": round(equal / total, 4) if total else 0.0,
        "count": len(common),
        "missing": sorted(first.keys() - second.keys()),
        "added": sorted(second.keys() - first.keys()),
        "repeated": sorted(
            n for n in every if max(len(first.get(n, ())), len(second.get(n, ()))) > 1
        ),
        "differing": differing,
    }


def measure(files: list[Path], codification: Path | None) -> dict[str, Any]:
    number, first = of_file(files[0])
    each = {path.name: compare(first, of_file(path)[1]) for path in files[1:]}
    if codification is not None:
        each[codification.name] = compare(first, of_codification(codification, number))
    return {
        "number": number,
        "articles": min((side["articles"] for side in each.values()), default=0.0),
        "words": min((side["words"] for side in each.values()), default=0.0),
        "sides": len(each),
        "each": each,
    }


def _words(text: str) -> list[str]:
    return [accented_key(word) for word in _WORD.findall(text)]


def main() -> None:
    parser = argparse.ArgumentParser(description="one law from several files")
    parser.add_argument("--documents", type=Path, nargs="+", required=True)
    parser.add_argument("--codification", type=Path)
    asked = parser.parse_args()
    print(json.dumps(measure(asked.documents, asked.codification), ensure_ascii=False))


if __name__ == "__main__":
    main()
