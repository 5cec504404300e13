"""How fast suggestions come while someone types.

    python -m tests.bench.suggest [--provisions 100000] [--articles FILE]

FILE (``.jsonl`` or ``.jsonl.xz``, as ``tests.eval.retrieval`` takes) gives real titles and
headings, repeated with numbers up to the size; else they are composed. Each of 200 is typed letter
by letter; every letter is one question. JSON: milliseconds p50, p95, the longest, seconds to
build, and how many keys were made.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from pathlib import Path

from ingest.catalogue import load_vocabulary
from ingest.pipeline import CORPUS
from kb.catalogue import Entry, StatusClaim
from kb.documents import Document
from kb.index.short import Shorts
from kb.index.suggest import Suggestions
from kb.store import Listed
from tests.bench.pipeline import WORDS
from tests.eval.retrieval import rows

TYPED = 200


def composed(provisions: int, chance: random.Random) -> tuple[list[str], list[str]]:
    """Titles, one for twenty provisions, and headings; a third of the headings are common ones."""
    usual = [" ".join(chance.choices(WORDS, k=4)).capitalize() for _ in range(300)]
    headings = [
        chance.choice(usual)
        if chance.random() < 0.33
        else " ".join(chance.choices(WORDS, k=chance.randint(3, 12))).capitalize()
        for _ in range(provisions)
    ]
    titles = [" ".join(chance.choices(WORDS, k=9)) for _ in range(provisions // 20)]
    return titles, headings


def run(provisions: int, articles: Path | None = None) -> dict[str, float]:
    chance = random.Random(7)
    if articles is None:
        titles, headings = composed(provisions, chance)
    else:
        read = list(rows(articles))
        titles = list(dict.fromkeys(str(row["document"]) for row in read))
        headings = [str(row["title"] or "") for row in read]
        while len(headings) < provisions:
            headings += [f"{row['title']} {len(headings)}" for row in read]
        headings = headings[:provisions]
    documents = []
    for place, title in enumerate(titles):
        number = f"{place % 999 + 1}/{2000 + place % 26}/NĐ-CP"
        document = Document(f"nd/{place}", "Nghị định", number, title, "Chính phủ", "2020-01-01")
        documents.append(
            Listed(document, "full", "nd", Entry(document, StatusClaim("unknown", "")))
        )
    begun = time.perf_counter()
    counted = Counter(headings).items()
    suggestions = Suggestions(documents, counted, Shorts(load_vocabulary(CORPUS)))
    built = time.perf_counter() - begun
    texts = chance.choices(headings, k=TYPED // 2) + chance.choices(titles, k=TYPED // 2)
    took = []
    for text in texts:
        for end in range(2, min(len(text), 40) + 1):
            begun = time.perf_counter()
            suggestions.of(text[:end])
            took.append(1000 * (time.perf_counter() - begun))
    took.sort()
    return {
        "provisions": provisions,
        "documents": len(documents),
        "keys": suggestions.keys,
        "build_seconds": round(built, 2),
        "p50_ms": round(took[len(took) // 2], 3),
        "p95_ms": round(took[int(len(took) * 0.95)], 3),
        "max_ms": round(took[-1], 3),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="how fast suggestions come")
    parser.add_argument("--provisions", type=int, default=100_000)
    parser.add_argument("--articles", type=Path)
    asked = parser.parse_args()
    print(json.dumps(run(asked.provisions, asked.articles)))


if __name__ == "__main__":
    main()
