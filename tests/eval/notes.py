"""Citations in official wording: the source note of every article of the official codification.

    python -m tests.eval.notes --articles FILE [--show N]

*articles* as in ``tests.eval.retrieval``, with ``note``, ``document`` and ``article``: the note
cites, first, the article and the document the row says it comes from. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from ingest.catalogue import load_vocabulary
from kb.citations import Citation
from kb.citations.find import find_citations
from kb.documents import DocNumber, number_key
from kb.text import fold, match_text
from tests.eval.retrieval import rows

CORPUS = Path(__file__).parents[2] / "corpus"


def right(found: list[Citation], document: str, article: str) -> tuple[bool, bool]:
    """(number, article): does the first citation with a number name them?"""
    first = next((c for c in found if c.number is not None or not document), None)
    if first is None:
        return False, False
    same = same_number(first.number, document)
    return same, any(fold(p.article or "") == fold(article) for p in first.pinpoints)


def same_number(number: DocNumber | str | None, document: str) -> bool:
    """Is it the row's? Its column is cut at "&", at "Ð" and at a space, or empty where the document
    has no number: what is left of it must be what the number begins with. Slash or hyphen is one.
    """
    had = _plain(fold(document)).strip("-").lstrip("0")
    return _plain(number_key(number)).startswith(had) if number else not document


def _plain(number: str) -> str:
    return number.replace("/", "-").replace("&", "")


def main() -> None:
    parser = argparse.ArgumentParser(description="citations in the source notes")
    parser.add_argument("--articles", type=Path, required=True)
    parser.add_argument("--show", type=int, default=0, help="print so many that came out wrong")
    options = parser.parse_args()
    vocabulary = load_vocabulary(CORPUS)
    total = numbers = articles = both = shown = 0
    for row in rows(options.articles):
        if not row.get("note"):
            continue
        found = find_citations(match_text(row["note"]).text, vocabulary)
        number, article = right(found, row["document"], str(row["article"]))
        total, numbers, articles = total + 1, numbers + number, articles + article
        both += number and article
        if not (number and article) and shown < options.show:
            shown += 1
            print(row["document"], row["article"], "|", row["note"][:200], [c.text for c in found])
    shares = {"number": numbers, "article": articles, "both": both}
    print(
        json.dumps({"notes": total} | {k: round(v / max(total, 1), 5) for k, v in shares.items()})
    )


if __name__ == "__main__":
    main()
