"""A document or a place in it as papers cite it, and as one says it aloud.

House form: Nghị định 30/2020/NĐ-CP, Phụ lục I: the first mention has type, number, date, issuer and
title; of a law or ordinance type and name, which would do there, and then number and date, so that
nobody takes another year's for it. Later ones have type and number, laws type and name. Places go
from the smallest out: điểm, khoản, Điều.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kb.alike import title_key
from kb.catalogue import Entry
from kb.citations import Pinpoint
from kb.documents import Document, read_number
from kb.structure import Level, Node, spoken

# Of these the name is enough.
_BY_NAME = ("luật", "bộ luật", "pháp lệnh", "hiến pháp")
# Articles are numbered through chapters and parts, so above one only these are named.
_HOLDING = (Level.ARTICLE, Level.CLAUSE, Level.POINT, Level.QUOTED, Level.ANNEX)
_LEVELS = {
    "art": "Điều", "cl": "khoản", "point": "điểm", "chp": "Chương", "sec": "mục",
    "subsec": "tiểu mục", "part": "Phần", "att": "Phụ lục",
}  # fmt: skip
# In ids of papers without articles: "II.1.g1.c3", "t1r3".
_CODED = {"g": "gạch đầu dòng", "c": "dấu cộng", "p": "đoạn", "h": "tiêu đề"}
_MARKED = re.compile(r"([gcph])(\d+(?:-\d+)?)")
_ROW = re.compile(r"t(\d+)r(\d+)")
_QUOTED = re.compile(r"q\d+(?:-\d+)?")
_UNNUMBERED = {"closing": "đoạn kết", "footnotes": "phần chú thích"}
_ABOUT = ("về ", "ban hành ", "quy định ", "phê duyệt ", "hướng dẫn ", "sửa đổi")


@dataclass(frozen=True, slots=True)
class Citing:
    """The forms of one citation: ``full`` for a first mention, ``short`` for later ones, ``spoken``
    without codes, for a voice that reads it aloud."""

    full: str
    short: str
    spoken: str


def cite(document: Document, place: str = "", *, namesake: bool = False) -> Citing:
    """The citation of a document, or of a *place* in it (``place_words``, ``pinpoint_words``).

    *namesake*: another law bears the same name, so the name alone would be that of either; the
    number then stands beside it in the short form, too.
    """
    return Citing(
        _joined(place, _full(document)),
        _joined(place, _short(document, namesake)),
        _joined(place, _spoken(document)),
    )


def namesakes(entries: Iterable[Entry]) -> frozenset[str]:
    """Keys of laws that share their name with another one of *entries*: Luật Báo chí of 2016 and of
    2025."""
    of: dict[str, list[str]] = {}
    for entry in entries:
        if _by_name(entry.document):
            of.setdefault(title_key(_named(entry.document)), []).append(entry.document.key)
    return frozenset(key for keys in of.values() if len(keys) > 1 for key in keys)


def law_names(entries: Iterable[Entry]) -> frozenset[str]:
    """What the laws of *entries* are called, without the word "Luật"."""
    laws = [entry.document for entry in entries if _by_name(entry.document)]
    return frozenset(_named(law)[len(law.type) :].strip() for law in laws)


def pinpoint_words(pinpoint: Pinpoint) -> str:
    """The same of a place as it was written in a text.

    >>> pinpoint_words(Pinpoint(article="5", clause="2", point="a"))
    'điểm a khoản 2 Điều 5'
    """
    parts = [
        f"{word} {value}"
        for word, value in (
            ("điểm", pinpoint.point),
            ("khoản", pinpoint.clause),
            ("mục" if pinpoint.article else "Mục", pinpoint.section),
            ("Điều", pinpoint.article),
            ("Chương", pinpoint.chapter),
            ("Phần", pinpoint.part),
            ("Mẫu số", pinpoint.form),
            ("Phụ lục", pinpoint.annex),
        )
        if value
    ]
    words = " ".join(parts)
    return f"{words} đến Điều {pinpoint.article_end}" if pinpoint.article_end else words


def place_name(provision: str) -> str:
    """The same of a place's id.

    >>> place_name("art_2__cl_1__point_dd")
    'điểm đ khoản 1 Điều 2'
    >>> place_name("att_1__II.1.g3"), place_name("art_1__q1__cl_2")
    ('gạch đầu dòng thứ 3 của mục II.1 Phụ lục 1', 'khoản 2 đoạn trong ngoặc kép của Điều 1')
    """
    return " ".join(_part_name(part) for part in reversed(provision.split("__")))


def _part_name(part: str) -> str:
    level, _, label = part.partition("_")
    if level in _LEVELS and label:
        label = label.replace("_", ".")
        return f"{_LEVELS[level]} {label.replace('dd', 'đ') if level == 'point' else label}"
    if part in _UNNUMBERED:
        return _UNNUMBERED[part]
    if _QUOTED.fullmatch(part):
        return "đoạn trong ngoặc kép của"
    steps = reversed(item_steps(part))
    said = (f"{word} {'' if word == 'mục' else 'thứ '}{n}" if n else word for word, n in steps)
    return " của ".join(said)


def item_steps(id: str) -> list[tuple[str, str]]:
    """The way to an item of a paper without articles, outermost first, each (word, label).

    >>> item_steps("II.1.g1.c3")
    [('mục', 'II.1'), ('gạch đầu dòng', '1'), ('dấu cộng', '3')]
    """
    numbered: list[str] = []
    inside: list[tuple[str, str]] = []
    for part in id.split("."):
        if marked := _MARKED.fullmatch(part):
            inside.append((_CODED[marked[1]], marked[2]))
        elif row := _ROW.fullmatch(part):
            inside += [("bảng", row[1]), ("dòng", row[2])]
        elif part in _UNNUMBERED:
            inside.append((_UNNUMBERED[part], ""))
        else:
            numbered.append("đ" if part == "dd" else part)
    return [("mục", ".".join(numbered)), *inside] if numbered else inside


def place_words(path: Iterable[Node]) -> str:
    """A place as cited, from its nodes, outermost first: "điểm a khoản 2 Điều 5", "Điều 3 Phụ lục
    I", "gạch đầu dòng 2 mục 1 mục II"; "" for a whole document."""
    nodes = [node for node in path if node.level is not Level.DOCUMENT]
    article = next((at for at, node in enumerate(nodes) if node.level is Level.ARTICLE), 0)
    above = [node for node in nodes[:article] if node.level in _HOLDING]
    nodes = [*above, *nodes[article:]]
    return " ".join(filter(None, (_called(node) for node in reversed(nodes))))


def _called(node: Node) -> str:
    if node.level is Level.ANNEX:
        # A regulation issued with a decision bears a name and no number of its own.
        return node.marker.strip(" .:").capitalize() if node.marker else node.heading
    return spoken(node)


def _joined(place: str, name: str) -> str:
    return f"{place} {name}" if place else name


def _by_name(document: Document) -> bool:
    return document.type.lower() in _BY_NAME and bool(document.title)


def _named(document: Document) -> str:
    """ "Luật Trẻ em", whether the title repeats the type or not."""
    title = document.title
    if title.lower().startswith(document.type.lower()):
        title = title[len(document.type) :].strip()
    if title.isupper():  # as on the paper's own head
        title = title.capitalize().replace("việt nam", "Việt Nam")
    return f"{document.type} {title}".strip()


def _short(document: Document, namesake: bool) -> str:
    number = f"số {document.number}" if document.number else ""
    if _by_name(document):
        return _joined(_named(document), number if namesake else "").strip()
    if not number:
        return _named(document)
    return f"{document.type} {number}".strip()


def _full(document: Document) -> str:
    number = f"số {document.number}" if document.number else ""
    dated = _dated(document.issued or "")
    if _by_name(document):
        return " ".join(part for part in (_named(document), number, dated) if part)
    said = [document.type, number, dated]
    said += [f"của {document.issuer}" if document.issuer else "", _goes_on(document)]
    return " ".join(part for part in said if part)


def _goes_on(document: Document) -> str:
    """The title behind the rest: a verb or "về" goes on in small letters, a name keeps its own."""
    title = document.title
    if title.lower().startswith(document.type.lower() + " "):
        title = title[len(document.type) + 1 :]
    first, _, rest = title.partition(" ")
    if not title.lower().startswith(_ABOUT) or first.isupper():
        return title
    return f"{first.lower()} {rest}".strip()


def _dated(issued: str) -> str:
    """ "ngày 03 tháng 6 năm 2020": two digits below ten, of months only in 1 and 2 (Phụ lục I)."""
    if not issued:
        return ""
    year, month, day = (*issued.split("-"), "", "")[:3]
    if month:
        month = month if int(month) < 3 else str(int(month))
        month = f"tháng {month} "
    return f"{f'ngày {day} ' if day else ''}{month}năm {year}"


def _spoken(document: Document) -> str:
    """The name of a document with its letters left out and its numbers as numbers."""
    number = read_number(document.number)
    year = number.year if number else None
    if _by_name(document):
        return f"{_named(document)} năm {year}" if year else _named(document)
    if number is None or not number.serial:
        return _named(document)
    said = f"{document.type} số {int(number.serial)}".strip()
    if year:
        said += f" năm {year}"
    elif document.issued:
        said += " " + _dated(document.issued).replace(" 0", " ")
    return f"{said} của {document.issuer}" if document.issuer else said
