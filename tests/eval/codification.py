"""The official codification as served, read into its source documents.

    python -m tests.eval.codification --documents DIR [--articles FILE] [--show N]

Every HTML file of *DIR*, one heading each. ``notes_read``: share of the source notes understood,
``notes_right``: those whose number and article are also the ones of the article's own address at
the portal (``#…_Dieu_5``) and name its heading's document; ``with_tree``: documents whose tree
holds exactly their articles and chapters; ``words``: share of the words of the page's articles that
the documents' texts hold. With *FILE* (rows as in ``tests.eval.notes``) also ``silver_number`` and
``silver_article`` over its notes. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

from ingest.catalogue import load_vocabulary
from ingest.codification import Codification, SourceDocument, is_codification, read_codification
from ingest.codified_notes import read_note
from ingest.parse.codified import holds, parse_codified
from kb.catalogue import Vocabulary
from kb.errors import UnreadableFile
from kb.structure import Level, Node, walk
from kb.text import fold, match_text
from tests.eval.notes import same_number
from tests.eval.retrieval import rows

CORPUS = Path(__file__).parents[2] / "corpus"
_ADDRESS = re.compile(r"[#_]Dieu_(\w+)$")
_GROUPS = (Level.PART, Level.CHAPTER, Level.SECTION, Level.SUBSECTION)


def measure(folder: Path, show: int) -> dict[str, Any]:
    vocabulary = load_vocabulary(CORPUS)
    count: Counter[str] = Counter()
    for path in sorted(folder.glob("*.html")):
        content = path.read_bytes()
        if not is_codification(content):
            continue
        count["files"] += 1
        try:
            heading = read_codification(content)
        except UnreadableFile as error:
            count["empty"] += error.code == "phapdien-empty"
            continue
        _count(heading, content, vocabulary, count, show)
    notes, documents, words = count["notes"], count["documents"], count["words"]
    return {
        "files": count["files"],
        "empty": count["empty"],
        "documents": documents,
        "articles": count["articles"],
        "notes_read": round(count["articles"] / max(notes, 1), 5),
        "notes_right": round(count["right"] / max(notes, 1), 5),
        "with_tree": round(count["trees"] / max(documents, 1), 5),
        "words": round(count["kept"] / max(words, 1), 5),
    }


def _count(
    heading: Codification,
    content: bytes,
    vocabulary: Vocabulary,
    count: Counter[str],
    show: int,
) -> None:
    page = content.decode("utf-8-sig", "replace")
    count["notes"] += len(re.findall(r"class=['\"]pGhiChu['\"]", page))
    for document in heading.documents:
        count["documents"] += 1
        count["articles"] += len(document.articles)
        items = {article.url.partition("#")[0] for article in document.articles}
        for article in document.articles:
            own = _ADDRESS.search(article.url)
            right = len(items) == 1 and (own is None or own[1] == article.number)
            count["right"] += right
            if not right and show > 0:
                print(article.label, article.number, article.url)
        _, parsed = parse_codified(document, vocabulary)
        fits = holds(parsed.tree, document.articles) and _chapters_fit(document, parsed.tree)
        count["trees"] += fits
        if not fits and show > 0:
            print(document.type, document.number, "tree")
        words = "\n".join(line.text for a in document.articles for line in a.lines)
        want = Counter(match_text(words).text.split())
        count["words"] += want.total()
        count["kept"] += (Counter(parsed.text.split()) & want).total()


def _chapters_fit(document: SourceDocument, tree: Node) -> bool:
    want: list[str] = []
    before: tuple[tuple[str, str], ...] = ()
    for article in document.articles:
        want += [
            " ".join(article.groups[depth])
            for depth in range(len(article.groups))
            if article.groups[: depth + 1] != before[: depth + 1]
        ]
        before = article.groups
    found = [node.marker.rstrip(".: ") for node in walk(tree) if node.level in _GROUPS]
    return [fold(one) for one in found] == [fold(one) for one in want]


def silver(path: Path, show: int) -> dict[str, float]:
    total = numbers = articles = 0
    for row in rows(path):
        if not row.get("note"):
            continue
        total += 1
        note = read_note(row["note"])
        number = note is not None and same_number(note.number, row["document"])
        article = note is not None and fold(note.article) == fold(str(row["article"]))
        numbers, articles = numbers + number, articles + article
        if not (number and article) and show > 0:
            show -= 1
            print(row["document"], row["article"], "|", row["note"][:200], note)
    return {
        "silver_number": round(numbers / max(total, 1), 5),
        "silver_article": round(articles / max(total, 1), 5),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="headings of the codification, read")
    parser.add_argument("--documents", type=Path, required=True)
    parser.add_argument("--articles", type=Path)
    parser.add_argument("--show", type=int, default=0, help="print so many that came out wrong")
    options = parser.parse_args()
    found = measure(options.documents, options.show)
    if options.articles:
        found |= silver(options.articles, options.show)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
