"""Numbers of documents in running text, and the dates that follow them.

    "Quyết định số 753/QĐ-TTg"     the number, its ``số``, and the type before it
    "Kế hoạch số   /KH-SGDĐT"      a number left blank
    "ngày 03 tháng 6 năm 2020"     a date, perhaps partial

One compiled pattern per anchor; whatever stands around an anchor is read with bounded patterns, so
that time grows with the text and with nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kb.documents import DocNumber, read_number, type_code

# Letters of a number: "QĐ", "TTg", "BNN&PTNT", "UBTVQH11", "L004".
_PART = r"[A-ZĐƯÂÔ][A-Za-zĐđƯưÂâÔôÀ-ỹ&\d]{0,17}"
_CODE = r"(?:[A-ZĐƯ]{2}|TTg\b|CP\b)"  # what may follow a hyphen with a space beside it
# "Nghị định 28/2012 Điều 5": no letters of a number.
_LEVEL = r"(?:Điều|Khoản|Điểm|Mục|Chương|Phần|Phụ)(?!\w)"
_NUMBER = re.compile(
    rf"""
    (?P<serial>\d{{1,6}}[a-z]?) [ ]?
    (?: / [ ]? (?P<year>(?:19|20)\d\d) [ ]? (?:/ [ ]?)? (?!{_LEVEL}) (?={_PART})
      | (?P<sep>[/-]) [ ]?
    )
    (?P<first>{_PART})
    (?: [-/] {_PART} | [ ]?[-/]\s? (?={_CODE}) {_PART} )?
    (?: [-/] {_PART} ){{0,12}}
    """,
    re.VERBOSE,
)
# "số /KH-SGDĐT", "Số: ……/QĐ-UBND", "số ..../2021/TT-BTC"
_BLANK = re.compile(
    rf"(?<=[Ss]ố)[ ]?:?[ ]?(?P<number>[ .…_]{{0,20}}/ ?(?:(?:19|20)\d\d ?/ ?)?"
    rf"{_PART}(?:-\s?{_PART})(?:-{_PART}){{0,9}})"
)
_LEFT_OUT = frozenset(":/.,-–_=#@\\")
# Papers of courts are no documents of ours (175/2016/HC-PT, 02/2019/DS-ST, án lệ 49/2021/AL).
_COURT = re.compile(r"(?:HC|DS|HS|KDTM|HNGĐ|LĐ|KT|DSST|HSST)-(?:ST|PT|GĐT|TT)\b|AL$|GĐT|KNGĐT")
_COURT_BEFORE = re.compile(r"(?:[Bb]ản án|[Áá]n lệ|phúc thẩm|sơ thẩm|giám đốc thẩm)[^.;\n]{0,40}$")
_FORM_BEFORE = re.compile(r"(?:[Mm]ẫu|MẪU|[Bb]iểu|[Pp]hụ lục)\s(?:số\s?:?\s?)?$")
_SO = re.compile(r"(?:(?:\b[Ss][ốỐ]\s?:?\s?){1,2}|\b[Ss]ố|\bs)$")


@dataclass(frozen=True, slots=True)
class NumberMention:
    """``start`` includes a ``số`` before the number; ``text`` is the number's own words."""

    start: int
    end: int
    number_start: int
    text: str
    number: DocNumber | None
    introduced: bool  # a "số" stands before it
    letterhead: bool = False  # "Số: 82/KH-…" alone at the start of a line


def _parsed(text: str) -> DocNumber | None:
    return read_number(re.sub(r"\s", "", text))


def _trimmed(found: re.Match[str]) -> int:
    """Where the number ends: a hyphen with a space before it joins only a type to its issuer."""
    spaced = re.search(r"\w [-/]", found[0][len(found["serial"]) :])
    if spaced and found["year"] is None and type_code(found["first"]) is None:
        after = found.end("first")
        if re.match(r" [-/]", found.string[after : after + 2]):
            return after
    return found.end()


def find_numbers(text: str, typed: re.Pattern[str]) -> Iterator[NumberMention]:
    """Every number of a document, in text order.

    *typed* recognises a type's name at the end of what precedes; a bare number is taken only where
    its own form leaves no doubt (a type's letters with an issuer's, or a year and letters).
    """
    position = 0
    while (found := _NUMBER.search(text, position)) is not None:
        position = found.end()
        start, end = found.start(), _trimmed(found)
        before = text[max(0, start - 60) : start]
        so = _SO.search(before)
        previous = before[-1:]
        if not so and (previous.isalnum() or previous in _LEFT_OUT):
            position = start + len(found["serial"]) + 1
            continue
        written = text[start:end]
        number = _parsed(written)
        begin = start - len(so[0]) if so else start
        is_typed = typed.search(text[max(0, begin - 60) : begin]) is not None
        if number is not None and not (so or is_typed) and not _sure(number, written):
            continue
        if number is None and not (so or is_typed):
            continue
        if _COURT.search(written) or _COURT_BEFORE.search(before):
            continue
        if _FORM_BEFORE.search(before):
            continue
        if so and so[0] == "s" and not is_typed:
            continue
        head = so is not None and ":" in so[0] and not before[: so.start()].split("\n")[-1].strip()
        yield NumberMention(begin, end, start, written, number, so is not None, head)


def _sure(number: DocNumber, written: str) -> bool:
    if number.party:
        return number.type_code is not None and type_code(number.type_code) is not None
    if "/" not in written:
        return False
    letters = "".join(number.issuer_codes)
    if number.year:
        return len(letters) >= 2 and letters[:2].isupper()
    return number.type_code is not None and len(letters) >= 2 and "-" in written


def find_blank(text: str) -> Iterator[NumberMention]:
    """Numbers whose serial was left open, ``số /KH-SGDĐT``."""
    for found in _BLANK.finditer(text):
        start = found.start() - 2
        if start and text[start - 1].isalnum():
            continue
        number_start = text.index("/", found.start("number"))
        written = text[number_start : found.end()]
        line = text[max(0, start - 60) : start].split("\n")[-1]
        head = ":" in text[found.start() : number_start] and not line.strip()
        yield NumberMention(start, found.end(), number_start, written, _parsed(written), True, head)


_GAP = r"[.…_ ]{0,12}"
_DATE = re.compile(
    rf"""
    (?P<lead> ,?\s{{1,2}}\(? (?:(?:được\s)? (?:ban\shành|ký|công\sbố|thông\squa)\s)? )
    (?: ngày\s{{0,2}} (?:(?P<d>\d{{1,2}})|{_GAP}) \s{{0,2}} tháng\s{{0,2}}
            (?:(?P<m>\d{{1,2}})|{_GAP}) \s{{0,2}} năm\s{{0,2}} (?P<y>(?:19|20)\d\d)
      | (?:ngày\s{{0,2}})? (?P<d2>\d{{1,2}}) \s?[/.-]\s? (?P<m2>\d{{1,2}}) \s?[/.-]\s?
            (?P<y2>(?:19|20)\d\d)
      | tháng\s(?P<m3>\d{{1,2}}) (?:\snăm\s|\s?/\s?|\s?-\s?) (?P<y3>(?:19|20)\d\d)
      | năm\s(?P<y4>(?:19|20)\d\d)
      | (?P<bare>(?:19|20)\d\d)
    ) (?![\d/])
    """,
    re.VERBOSE | re.IGNORECASE,
)


def read_date(text: str, at: int, *, bare_year: bool = False) -> tuple[int, str | None] | None:
    """(end, ISO date perhaps partial) of a date that begins at *at*, or None.

    A date the calendar does not have keeps its place and gives None for its value.
    *bare_year* lets a year stand alone ("Luật Doanh nghiệp 2014").
    """
    found = _DATE.match(text, at)
    if found is None or (found["bare"] and not bare_year):
        return None
    year = found["y"] or found["y2"] or found["y3"] or found["y4"] or found["bare"]
    month, day = found["m"] or found["m2"] or found["m3"], found["d"] or found["d2"]
    end = found.end()
    if "(" in found["lead"]:
        if text[end : end + 1] != ")":
            return None
        end += 1
    try:
        checked = date(int(year), int(month or 1), int(day or 1)).isoformat()
    except ValueError:
        return end, None
    return end, checked if month and day else checked[:7] if month else checked[:4]
