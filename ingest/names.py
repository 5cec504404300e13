"""What a file is called, held against what it is.

A name is never evidence of what a document is, and so nothing is taken from it; but who named a
file ``luat_nguoi_khuyet_tat_51_2010.pdf`` meant another paper than the decree that is in it, and a
person must know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePath

from kb.documents import DocType, Document, read_number
from kb.findings import Finding, Severity
from kb.text import slug

# "51-2010", "so-20-2021", "82-kh-2026": a serial and a year, not the tail of a day ("18-4-2026").
_PAIR = re.compile(
    r"(?<!\d)(?<!\d-)(?P<serial>\d{1,4})(?P<code>(?:-[a-z]{1,6}){0,2})-(?P<year>(?:19|20)\d\d)(?!\d)"
)
# A count or a day, not the number of a document: "tuan-12-2026".
_COUNTED = re.compile(r"(?:tuan|thang|ngay|quy|nam|ky|lan|dot|lop|khoa|phien|trang)-$")
# Texts that bear the name of another by their nature.
_OF_OTHERS = frozenset(("van-ban-hop-nhat", "phu-luc"))
_SIGNED = re.compile(r"(?:-signed)+(?:-\d)?$")


def name_findings(name: str, document: Document, types: Iterable[DocType]) -> list[Finding]:
    """A finding where the number or the type in a file's name is not that of the *document* in it;
    none where either says nothing."""
    words = _SIGNED.sub("", slug(PurePath(name).stem))
    pairs = [
        (int(found["serial"]), int(found["year"]))
        for found in _PAIR.finditer(words)
        if not _COUNTED.search(words[: found.start()])
    ]
    own = _own_pairs(document)
    if own & set(pairs):
        return []
    said = f"số {pairs[0][0]} năm {pairs[0][1]}" if pairs and own else ""
    said = said or _other_type(words, document, types)
    if not said:
        return []
    shown = " ".join(part for part in (document.type, document.number) if part)
    return [
        Finding(
            "name-contradicts", Severity.WARNING,
            f"Tên tệp nói là {said}, nhưng văn bản bên trong là {shown or document.title}; đã lấy "
            "theo văn bản.",
            "Mở tệp xem có đúng văn bản cần nạp không, rồi đổi lại tên tệp.",
            where=name,
        )
    ]  # fmt: skip


def _own_pairs(document: Document) -> set[tuple[int, int]]:
    """The document's serial with the year of its number and that of its day."""
    number = read_number(document.number)
    if number is None or not number.serial:
        return set()
    years = {number.year, int(document.issued[:4]) if document.issued else None}
    return {(int(number.serial), year) for year in years if year}


def _other_type(words: str, document: Document, types: Iterable[DocType]) -> str:
    """The type a name begins with, where the document is of another."""
    known = sorted(types, key=lambda kind: len(slug(kind.name)), reverse=True)
    named = next((k for k in known if f"{words}-".startswith(slug(k.name) + "-")), None)
    own = slug(document.type)
    if named is None or not own or own in _OF_OTHERS or slug(named.name) == own:
        return ""
    return named.name
