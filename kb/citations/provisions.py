"""Places inside a document: "điểm a, b khoản 2 Điều 5", "Mục 4 Chương X", "Khoản này".

A *group* is one word of level with its labels ("khoản 1, 2 và 3"); a *chain* is groups that belong
together ("khoản 1 Điều 16, các điều 18, 20 và 68"); :func:`pinpoints` reads a chain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from kb.citations import Pinpoint

# Order of the levels, innermost first; Nghị định 78/2025/NĐ-CP and the papers name them so.
FIELDS = ("point", "clause", "article", "section", "chapter", "part", "form", "annex")
_RANK = {name: rank for rank, name in enumerate(FIELDS)}
_WORDS = {
    "điều": "article",
    "khoản": "clause",
    "điểm": "point",
    "mục": "section",
    "chương": "chapter",
    "phần": "part",
    "phụ lục": "annex",
    "mẫu": "form",
    "mẫu số": "form",
}
_LETTERS = "abcdđeghiklmnopqrstuvxy"  # the order of points

_STOP = r"(?!\w|[.,/-]\d|%)"
_ARABIC = rf"\d{{1,3}}[a-zđ]?{_STOP}"
_ROMAN = rf"(?:[IVX]{{1,6}}|\d{{1,3}}(?:\.\d{{1,2}}){{0,3}}|[A-H]){_STOP}"
_LETTER = r"(?:[a-zđ]\d?(?:\.\d{1,2})?|\d{1,2}(?:\.\d{1,2}){0,3})(?!\w|\.\d)"
# After a listed label: the end of a phrase or a word that can follow a place; "Điều 5, 10 ngày"
# must not list an article 10.
_AFTER = (
    r"(?=\s?(?:$|[,.;:()\]\"'\n]|và\b|hoặc\b|đến\b|của\b|các\b|này\b|[ĐđKk]i?[ềh]|mục|Mục|[CP]h|"
    r"thì\b|được\b|tại\b|Luật|Bộ|Nghị|Thông|Quyết|Quy|Hiến|Pháp|như\b|trên\b|nêu\b|là\b|"
    r"nói\b|không\b|phải\b|có\b|kèm\b|ban\b|bị\b|vào\b|thuộc\b|trong\b|theo\b))"
)
_JOIN = r"(?:\s?,\s?(?:và\s)?|\s(?:và|hoặc|đến|-)\s)"
_LIST = rf"(?:{_JOIN}(?:%s){_AFTER}){{0,40}}"


def _labels(label: str) -> str:
    return rf"(?:này\b|{label}{_LIST % label})"


_GROUP = re.compile(
    rf"""
    (?: (?P<article>Điều|điều|ĐIỀU)\s{{1,2}}(?:từ\s)?(?P<a>{_labels(_ARABIC)})
      | (?P<clause>Khoản|khoản|KHOẢN)\s{{1,2}}(?:từ\s)?(?P<c>{_labels(_ARABIC)})
      | (?P<point>Điểm|điểm|ĐIỂM)\s{{1,2}}(?:từ\s)?(?P<p>{_labels(_LETTER)})
      | (?P<chapter>Chương|chương|CHƯƠNG)\s{{1,2}}(?P<ch>{_labels(_ROMAN)})
      | (?P<section>Mục|mục|MỤC)\s{{1,2}}(?P<s>{_labels(_ROMAN)})
      | (?P<part>Phần|phần|PHẦN)\s{{1,2}}
            (?P<pt>này\b|thứ\s(?:nhất|hai|ba|tư|năm|sáu|bảy)\b|{_labels(_ROMAN)})
      | (?P<annex>Phụ\slục|phụ\slục|PHỤ\sLỤC)(?:\s(?:số\s)?(?P<an>{_labels(_ROMAN)}))?
      | (?P<form>Mẫu|mẫu|MẪU)\s(?:số\s:?\s?)?
            (?P<f>\d{{1,3}}[a-zđ]?(?:[/-][\w-]{{1,14}}){{0,3}}(?!\w|%))
    )
    """,
    re.VERBOSE,
)
# Words that end in a level's word and mean something else (tài khoản, quan điểm, điều khoản 3).
_FALSE = re.compile(
    r"(?:tài|điều|ngân|bưu|thời|địa|quan|đặc|ưu|nhược|trọng|cao|thí|giao|luận|tâm|chuẩn|danh|"
    r"hạng|chuyên|thư|thành|cổ|học|một|từng|bất|tiêu)\s$",
    re.IGNORECASE,
)
_MONEY = re.compile(r"\s?(?:tiền|triệu|tỷ|tỉ|đồng|nghìn|ngàn|USD|người|%|phần trăm)")
_CAC = re.compile(r"\b[Cc]ác\s{1,2}$")


@dataclass(frozen=True, slots=True)
class Group:
    """One level's word with its labels; ``start`` includes a "các" before it."""

    start: int
    end: int
    level: str
    labels: tuple[str, ...]
    through: bool = False  # the two labels of an article's range
    capital: bool = False


def find_groups(text: str) -> Iterator[Group]:
    for found in _GROUP.finditer(text):
        start = found.start()
        before = text[max(0, start - 8) : start]
        if before[-1:].isalnum() or before[-1:] == "_":
            continue
        level = str(found.lastgroup)
        level = next(name for name in _RANK if found[name])
        if level != "form" and _FALSE.search(before):
            continue
        capital = text[start].isupper()
        if (sub := re.search(r"\b[Tt]iểu $", before)) and level == "section":
            start -= len(sub[0])
        if cac := _CAC.search(before):
            start -= len(cac[0])
        raw = next((found[g] for g in ("a", "c", "p", "ch", "s", "pt", "an", "f") if found[g]), "")
        labels, through = _expand(level, raw)
        if level == "clause" and _MONEY.match(text, found.end()):
            continue
        yield Group(start, found.end(), level, labels, through, capital)


_SEPARATOR = re.compile(r"\s?,\s?(?:và\s)?|\s(?:và|hoặc)\s")
_RANGE = re.compile(r"\s(?:đến|-)\s")


def _expand(level: str, raw: str) -> tuple[tuple[str, ...], bool]:
    """Labels in lower case, except Roman numerals and forms; a range of articles stays two."""
    keep = level in ("section", "chapter", "part", "annex", "form")
    out: list[str] = []
    through = False
    for piece in _SEPARATOR.split(raw):
        ends = [end if keep else end.lower() for end in _RANGE.split(piece)]
        if len(ends) == 1:
            out.append(ends[0])
        elif level == "article":
            out.extend((ends[0], ends[-1]))
            through = len(out) == 2
        else:
            out.extend(_between(ends[0], ends[-1]))
    return tuple(out), through


_MOST = 40  # places a range of clauses or points is spelt out to


def _between(first: str, last: str) -> list[str]:
    if first.isdigit() and last.isdigit() and 0 <= int(last) - int(first) <= _MOST:
        return [str(n) for n in range(int(first), int(last) + 1)]
    if first in _LETTERS and last in _LETTERS and len(first) == len(last) == 1:
        low, high = _LETTERS.index(first), _LETTERS.index(last)
        if low <= high:
            return list(_LETTERS[low : high + 1])
    return [first, last]


_GLUE = re.compile(
    r"(?:\s{0,2}[,;]?\s{1,2}(?:(?:và|hoặc|của|tại|thuộc|trong|đến|kèm\stheo)\s{1,2})?|\s?,\s?)\Z"
)


def find_chains(text: str, groups: Sequence[Group]) -> list[tuple[list[Group], list[str]]]:
    """Groups that stand side by side, with the words between them."""
    chains: list[tuple[list[Group], list[str]]] = []
    for group in groups:
        if chains:
            members, glue = chains[-1]
            gap = group.start - members[-1].end
            between = text[members[-1].end : group.start] if 0 <= gap <= 16 else ""
            if (
                between
                and "\n\n" not in between
                and _GLUE.match(between)
                and _links(members, group)
            ):
                glue.append(between.strip())
                members.append(group)
                continue
        chains.append(([group], []))
    return chains


def _links(members: Sequence[Group], group: Group) -> bool:
    """After "Điều này" nothing follows on, and a chain has a bound."""
    return len(members) < 60 and not (
        members[-1].labels == ("này",) and _RANK[group.level] <= _RANK[members[-1].level]
    )


Unit = dict[str, tuple[str, ...]]


def pinpoints(members: Sequence[Group], glue: Sequence[str]) -> tuple[Pinpoint, ...]:
    """The places a chain names, in its order.

    Inner levels come first ("điểm b khoản 2 Điều 5") and share what stands after them; the order
    from outside in ("Điều 5 khoản 2") is read too. Ranges of articles stay a range.
    """
    units: list[Unit] = []
    joined: list[str] = []  # the words before each unit
    ends: list[str | None] = []  # the last article of a unit's range
    highest = -1
    for index, group in enumerate(members):
        words = glue[index - 1] if index else ""
        rank = _RANK[group.level]
        if words == "đến" and units and group.level == "article" and "article" in units[-1]:
            ends[-1] = group.labels[-1]
            continue
        if words == "đến" and units and set(units[-1]) == {group.level}:
            first = units[-1][group.level]
            units[-1][group.level] = (*first[:-1], *_between(first[-1], group.labels[0]))
            units[-1][group.level] += group.labels[1:]
            continue
        if not units or rank <= highest:
            units.append({})
            joined.append(words)
            ends.append(None)
            highest = -1
        units[-1][group.level] = group.labels[:1] if group.through else group.labels
        if group.through:
            ends[-1] = group.labels[1]
        highest = max(highest, rank)
    _inherit(units, joined, ends)
    out: list[Pinpoint] = []
    for unit, end in zip(units, ends, strict=True):
        names = list(unit)
        for labels in product(*(unit[name] for name in names)):
            out.append(Pinpoint(**dict(zip(names, labels, strict=True)), article_end=end))
            if len(out) >= _MOST * 2:
                return tuple(out)
    return tuple(out)


def _inherit(units: list[Unit], joined: list[str], ends: list[str | None]) -> None:
    """Outer levels pass back to what stands before them, or down to what follows without "và"."""
    for index in range(len(units) - 2, -1, -1):
        unit, after = units[index], units[index + 1]
        outermost = max(_RANK[name] for name in unit)
        if outermost < _RANK["article"]:
            for name, labels in after.items():
                if _RANK[name] > outermost:
                    unit[name] = labels[:1]
    index = 1
    while index < len(units):
        unit, before = units[index], units[index - 1]
        inside = max(_RANK[name] for name in unit) < min(_RANK[name] for name in before)
        if inside and joined[index] in ("", ",") and all(len(v) == 1 for v in before.values()):
            units[index - 1] = {**unit, **before}
            del units[index], joined[index], ends[index]
        else:
            index += 1
