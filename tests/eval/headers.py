"""Letterheads read, against a table checked by hand.

    python -m tests.eval.headers --table FILE [--documents DIR] [--show]

FILE is ``.tsv``, ``.csv`` or ``.jsonl`` with ``path`` (below DIR, else beside FILE) and any of
``number``, ``date`` (ISO, perhaps partial), ``type``, ``issuer``, ``title``. An empty value means
that the paper shows none and nothing may be invented; ``?`` is not judged. ``headers.tsv`` is the
table of the shared documents, which are the default DIR.

Prints one JSON object: the share right of each column, how many ``documents`` the table has, how
many of them were ``unreadable`` (each counts as wrong in every column).
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from difflib import SequenceMatcher
from functools import partial
from pathlib import Path

from ingest import RawFile
from ingest.catalogue import load_vocabulary
from ingest.extract import extract
from ingest.parse import parse
from kb.catalogue import Vocabulary
from kb.documents import Document, number_key
from kb.errors import UnreadableFile
from kb.text import fold

CORPUS = Path(__file__).parents[2] / "corpus"
SHARED = Path(__file__).parents[2] / ".." / "shared" / "data" / "documents"
_FIELDS = {"number": "number", "date": "issued", "type": "type", "issuer": "issuer",
           "title": "title"}  # fmt: skip
_OCR_ALIKE = 0.95  # of the letters of a title a machine recognised from an image
_NOT_JUDGED = "?"

Row = Mapping[str, str]


def read_table(path: Path) -> list[dict[str, str]]:
    """The rows; a column may be missing, a missing value is ""."""
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix == ".jsonl":
        rows: Iterable[Mapping[str, object]] = map(json.loads, filter(str.strip, text.splitlines()))
    else:
        delimiter = "," if path.suffix == ".csv" else "\t"
        rows = csv.DictReader(text.splitlines(keepends=True), delimiter=delimiter)
    return [{k: "" if v is None else str(v).strip() for k, v in row.items() if k} for row in rows]


def find_file(name: str, folders: Iterable[Path]) -> Path | None:
    """The file of that name, in whichever normal form of Unicode it was saved."""
    for folder in folders:
        for form in ("NFC", "NFD"):
            path = folder / unicodedata.normalize(form, name)
            if path.is_file():
                return path
    return None


def same(field: str, expected: str, found: str, vocabulary: Vocabulary, *, ocr: bool) -> bool:
    """Do two values say the same? Case, marks' placement, spaces and punctuation say nothing."""
    if field == "number":
        return (
            number_key(expected) == number_key(found) if expected and found else expected == found
        )
    if field == "date":
        return expected == found
    if field == "type":
        return words(expected) == words(found)
    if field == "issuer":
        return issuer_key(expected, vocabulary) == issuer_key(found, vocabulary)
    return expected == found or (
        ocr and SequenceMatcher(None, expected, found).ratio() > _OCR_ALIKE
    )


def words(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text).replace("&", " va ")))


_PLACE = re.compile(r" (?:tinh|thanh pho|tp) (?=\w)")


def issuer_key(name: str, vocabulary: Vocabulary) -> str:
    """One word for all names of a body; several bodies joined by " - " are several."""
    known = {words(v): words(i.name) for i in vocabulary.issuers for v in (*i.variants, i.name)}
    bodies = [words(body) for body in re.split(r"\s[-–;]\s|\n", name)]
    bodies = [re.sub(r"^ubnd\b", "uy ban nhan dan", body) for body in bodies]
    return " - ".join(_PLACE.sub(" ", known.get(body, body)) for body in bodies)


def title_key(title: str, type: str) -> str:
    """The words of a title without what is no part of it: the type in front, "V/v", an annex's
    number, "(Dự thảo)", "(Kèm theo …)"."""
    text = re.sub(r"\((?:Ban hành |ban hành )?[Kk]èm theo.*", "", title)
    text = words(re.sub(r"^\(Dự thảo\)", "", text))
    kinds = [words(type)] if type else []
    if type == "Văn bản hợp nhất":
        kinds += ["hop nhat", "bo luat", "luat", "phap lenh", "nghi dinh", "thong tu"]
    for kind in kinds:
        text = text.removeprefix(f"{kind} ")
    if type == "Phụ lục":
        text = re.sub(r"^[ivxlc\d]{1,6} ", "", text)
    return re.sub(r"^(?:v v|ve viec) ", "", text)


def measure(table: Path, documents: Path, tell: Callable[[str], None]) -> dict[str, object]:
    vocabulary = load_vocabulary(CORPUS)
    rows = read_table(table)
    right = dict.fromkeys(_FIELDS, 0)
    judged = dict.fromkeys(_FIELDS, 0)
    unreadable = 0
    for row in rows:
        document, ocr = _read(row["path"], (documents, table.parent), vocabulary, tell)
        unreadable += document is None
        for field, attribute in _FIELDS.items():
            expected = row.get(field, _NOT_JUDGED)
            if expected == _NOT_JUDGED:
                continue
            judged[field] += 1
            if document is None:
                continue
            found = str(getattr(document, attribute) or "")
            pair = expected, found
            if field == "title":
                pair = title_key(expected, row.get("type", "")), title_key(found, document.type)
            if same(field, *pair, vocabulary, ocr=ocr):
                right[field] += 1
            else:
                tell(f"{row['path']}\n  {field}: {expected!r}\n  {' ' * len(field)}  {found!r}")
    shares: dict[str, object] = {
        field: round(right[field] / judged[field], 4) for field in _FIELDS if judged[field]
    }
    return shares | {"documents": len(rows), "unreadable": unreadable}


def _read(
    name: str, folders: Iterable[Path], vocabulary: Vocabulary, tell: Callable[[str], None]
) -> tuple[Document | None, bool]:
    """(what the file says of itself, was it recognised from an image?)"""
    path = find_file(name, folders)
    if path is None:
        tell(f"{name}\n  không có tệp này")
        return None, False
    try:
        extracted = extract(RawFile(path.read_bytes(), path.name))
    except UnreadableFile as error:
        tell(f"{name}\n  {error}")
        return None, False
    return parse(extracted, vocabulary).document, not extracted.quotable


def main() -> None:
    parser = argparse.ArgumentParser(description="letterheads against a table checked by hand")
    parser.add_argument("--table", type=Path, required=True)
    parser.add_argument("--documents", type=Path, default=SHARED)
    parser.add_argument("--show", action="store_true", help="print each difference")
    given = parser.parse_args()
    tell: Callable[[str], None] = partial(print, flush=True) if given.show else _silent
    print(json.dumps(measure(given.table, given.documents, tell), ensure_ascii=False))


def _silent(_: str) -> None:
    """Differences are not wanted."""


if __name__ == "__main__":
    main()
