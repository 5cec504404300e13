"""Does every number land on its document, however it is typed?

    python -m tests.eval.numbers [--data DIR] [--articles FILE] [--every N]

With FILE (as ``tests.eval.retrieval`` takes) over the numbers its articles name as their document,
every N-th of them typed. Else over a library of the corpus and, where DIR (``../shared``) is there,
of the numbers of ``tests/eval/headers.tsv``;
a number whose digits were left blank cannot be typed and is not among
them. Each is typed in twelve exact spellings and in six with one letter put in, left out or
changed. One lands when its document is shown, first or among those that answer to the very same
letters, and each document shown has the digits that were typed. JSON: the shares and the misses.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

from ingest.catalogue import load_catalogue
from ingest.pipeline import CORPUS
from kb.amendments import Effect
from kb.catalogue import Digest, Entry, Relation, StatusClaim, Vocabulary
from kb.documents import Document, document_key, parse_number
from kb.index.cards import Cards
from kb.index.library import Index
from kb.index.memory import MemoryPostings
from kb.results import SearchResult
from kb.search import search
from kb.store import Listed
from kb.store.library import Library
from kb.text import fold
from tests.eval.retrieval import rows as rows_of

HERE = Path(__file__).parent
_LETTERS = re.compile(r"[^\W\d_]+")


def exact(number: str, type_name: str, code: str) -> list[str]:
    """Twelve ways to type a number; none says less than its digits, year and type or issuer."""
    parts = parse_number(number)
    serial, letters = parts.serial, [*([parts.type_code] if parts.type_code else ())]
    letters += parts.issuer_codes
    year = f"/{parts.year}" if parts.year else ""
    spaced = re.sub(r"([/-])", r" \1 ", number)
    issuer = "-".join(parts.issuer_codes)
    return [
        number.lower(),
        fold(number),
        fold(number).upper(),
        spaced,
        re.sub(r"([/-])", r"\1 ", number).lower(),
        number.replace("-", "–"),
        fold(number).replace("-", " ").replace("/", " ", 1 - bool(parts.year)),
        f"{code or type_name} {serial}{year}",
        f"{serial}{year} {fold(issuer) or fold(code)}",
        f"{type_name.lower()} số {number}",
        f"{fold(type_name)} so {serial}{year}",
        f"{serial}{year}{'-'.join(letters)}" if parts.year else f"{'-'.join(letters)} {serial}",
    ]


def slips(number: str) -> Iterator[str]:
    """The number with one letter changed, doubled or left out; its first and its last letter, for
    a slip in the middle is no other matter."""
    runs = list(_LETTERS.finditer(number))
    places = [runs[0].start(), runs[-1].end() - 1]
    for at in places:
        letter = number[at]
        other = "X" if letter.upper() != "X" else "Y"
        yield number[:at] + other + number[at + 1 :]
        yield number[:at] + letter + number[at:]
        yield number[:at] + number[at + 1 :]


class Shelf:
    """Documents without texts: all that a number needs of a library."""

    def __init__(self, listed: list[Listed]) -> None:
        self._listed = listed

    def documents(self) -> list[Listed]:
        return self._listed

    def entries(self, keys: object) -> dict[str, Entry]:
        return {listed.document.key: listed.entry for listed in self._listed}

    def relations_on(self, keys: object) -> list[Relation]:
        return []

    def effects(self, keys: object) -> dict[str, list[Effect]]:
        return {}

    def digests_of(self, keys: Iterable[str]) -> dict[str, list[Digest]]:
        return {key: [] for key in keys}


def shelf(data: Path | None) -> tuple[Shelf, Vocabulary]:
    """The catalogue of the corpus, and the letterheads of the papers in *data* where given."""
    catalogue, _ = load_catalogue(CORPUS)
    vocabulary = catalogue.vocabulary
    slugs = {kind.name: kind.slug for kind in vocabulary.types}
    entries = {entry.document.key: entry for entry in catalogue.entries}
    rows = []
    if data is not None:
        with (HERE / "headers.tsv").open(encoding="utf-8") as table:
            rows = list(csv.DictReader(table, delimiter="\t"))
    for row in rows:
        try:
            number = parse_number(row["number"])
        except ValueError:
            continue
        year = int(row["date"][:4]) if row["date"] else None
        key = document_key(slugs.get(row["type"], "0"), year, number, row["title"])
        document = Document(
            key, row["type"], row["number"], row["title"], row["issuer"], row["date"] or None
        )
        entries.setdefault(key, Entry(document, StatusClaim("unknown", "")))
    listed = [
        Listed(entry.document, "facts", slugs.get(entry.document.type, "0"), entry)
        for entry in entries.values()
    ]
    return Shelf(listed), vocabulary


def named_in(articles: Path, vocabulary: Vocabulary) -> Shelf:
    """A document for every number that articles name as theirs, its type by its letters."""
    kinds = {kind.code: kind for kind in vocabulary.types if kind.code}
    law = next(kind for kind in vocabulary.types if kind.slug == "luat")
    listed: dict[str, Listed] = {}
    for row in rows_of(articles):
        try:
            number = parse_number(str(row.get("document", "")))
        except ValueError:
            continue
        if number.serial:
            kind = kinds.get(number.type_code or "", law)
            key = document_key(kind.slug, number.year, number, "")
            document = Document(key, kind.name, number.text, "", "")
            entry = Entry(document, StatusClaim("unknown", ""))
            listed.setdefault(key, Listed(document, "facts", kind.slug, entry))
    return Shelf(list(listed.values()))


def lands(result: SearchResult, key: str, number: str) -> bool:
    """First, or beside others that answer to the same digits, letters and year as typed, or that
    have the very same number."""
    keys = [group.listed.document.key for group in result.groups]
    if key not in keys:
        return False
    serial = parse_number(number).serial.lstrip("0")
    before = result.groups[: keys.index(key)]
    return all(
        (group.exact or group.listed.document.number == number)
        and parse_number(group.listed.document.number).serial.lstrip("0") == serial
        for group in before
    )


def measure(data: Path | None, articles: Path | None = None, every: int = 1) -> dict[str, object]:
    library, vocabulary = shelf(data)
    if articles is not None:
        library = named_in(articles, vocabulary)
    engine = Index(MemoryPostings(), Cards(None))
    codes = {kind.slug: kind.code for kind in vocabulary.types}
    tried = {"exact": 0, "slip": 0}
    misses: dict[str, list[str]] = {"exact": [], "slip": []}
    numbers = 0
    for listed in library.documents()[::every]:
        document = listed.document
        try:
            serial = parse_number(document.number).serial
        except ValueError:
            continue
        if not serial:
            continue
        numbers += 1
        typed = {
            "exact": exact(document.number, document.type, codes.get(listed.type_slug, "")),
            "slip": list(slips(document.number)),
        }
        for kind, spellings in typed.items():
            for spelling in spellings:
                tried[kind] += 1
                found = search(cast(Library, library), engine, vocabulary, spelling)
                if not lands(found, document.key, document.number):
                    misses[kind].append(f"{spelling} ({document.number})")
    return {
        **{kind: round(1 - len(misses[kind]) / max(1, tried[kind]), 4) for kind in tried},
        "numbers": numbers,
        "misses": misses["exact"] + misses["slip"],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="how surely a number lands on its document")
    parser.add_argument("--data", type=Path, default=HERE.parents[1] / ".." / "shared")
    parser.add_argument("--articles", type=Path)
    parser.add_argument("--every", type=int, default=1)
    asked = parser.parse_args()
    data = asked.data.resolve() if asked.data.is_dir() else None
    print(json.dumps(measure(data, asked.articles, asked.every), ensure_ascii=False))


if __name__ == "__main__":
    main()
