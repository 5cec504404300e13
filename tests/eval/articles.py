"""Documents whose articles run 1..N without a gap.

    python -m tests.eval.articles --documents DIR

Prints one JSON object: ``share`` of the ``documents`` with articles that are complete; each that is
not with the first number missing and what the text has in its place; files that could not be read.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import Any

from ingest import RawFile
from ingest.catalogue import load_vocabulary
from ingest.extract import extract
from ingest.parse import parse
from kb.errors import UnreadableFile
from kb.structure import Level, Node, walk

CORPUS = Path(__file__).parents[2] / "corpus"
_NOT_OWN = {Level.ANNEX, Level.QUOTED}


def own_articles(tree: Node) -> list[str]:
    """Numbers of the document's own articles: not of annexes, not of what it quotes."""
    if tree.level in _NOT_OWN:
        return []
    found = [tree.number] if tree.level is Level.ARTICLE else []
    return found + [number for child in tree.children for number in own_articles(child)]


def first_missing(numbers: list[str]) -> int | None:
    """The first whole number that is not there; inserted articles (42a) count for nothing."""
    whole = {int(number) for number in numbers if number.isdigit()}
    return next((n for n in range(1, max(whole, default=0) + 1) if n not in whole), None)


def reason(text: str, tree: Node, missing: int) -> str:
    """Why this article is not in the tree, from what the cleaned text has of it."""
    heading = re.compile(rf"(?:Điều|ĐIỀU)\s{{1,3}}{missing}(?![\w/])")
    lost = f"không thấy Điều {missing}"
    quoted = [n.span for n in walk(tree) if n.level in _NOT_OWN]
    found = list(heading.finditer(text))
    own = [m for m in found if not any(q.start <= m.start() < q.end for q in quoted)]
    if not found:
        return f"{lost}: trong văn bản không có chữ nào như vậy"
    if not own:
        return f"{lost}: chỉ có trong đoạn trích hoặc phụ lục"
    rows = [m for m in own if not text[text.rfind("\n", 0, m.start()) + 1 : m.start()].strip()]
    where = (rows or own)[0]
    around = " ".join(text[max(where.start() - 30, 0) : where.end() + 30].split())
    if rows:
        return f"{lost}: đầu dòng có “{around}” nhưng không nhận là tên điều"
    return f"{lost}: chỉ được nhắc tới giữa dòng, “{around}”"


def measure(folder: Path) -> dict[str, Any]:
    vocabulary = load_vocabulary(CORPUS)
    documents = unreadable = 0
    incomplete: list[list[str]] = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        try:
            parsed = parse(extract(RawFile(path.read_bytes(), path.name)), vocabulary)
        except UnreadableFile:
            unreadable += 1
            continue
        numbers = own_articles(parsed.tree)
        if not numbers:
            continue
        documents += 1
        missing = first_missing(numbers)
        if missing is not None:
            incomplete.append([path.name, reason(parsed.text, parsed.tree, missing)])
    share = (documents - len(incomplete)) / documents if documents else 0.0
    return {
        "share": round(share, 4),
        "documents": documents,
        "incomplete": incomplete,
        "unreadable": unreadable,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="articles that run 1..N")
    parser.add_argument("--documents", type=Path, required=True)
    print(json.dumps(measure(parser.parse_args().documents), ensure_ascii=False))


if __name__ == "__main__":
    main()
