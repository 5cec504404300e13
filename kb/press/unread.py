"""A place beside a citation that could not be read for sure: then the citation is not right."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.citations import Citation, Kind
from kb.index.places import place_asked
from kb.press import CitationVerdict, Told
from kb.press.short_numbers import is_short
from kb.text import flat, has_marks

_BEFORE = 60  # characters before a citation in which its place stands
_TO = r"(?:(?:cua|tai|thuoc|trong|theo|ban hanh kem theo|kem theo)\s)?"
_REST = re.compile(rf"[\s\d.,()-]*{_TO}")
_STOP = re.compile(r"[.;:!?]\s(?!\d)|\n")
_POINT = re.compile(r"(?<!\w)diem\s{1,2}d(?!\w)")
_SPELT = "nhat|mot|hai|ba|bon|tu|nam|sau|bay|tam|chin|muoi"
_SPELT_PLACE = re.compile(
    rf"(?<!\w)(?:dieu|khoan|diem|muc|chuong)\s(?:thu\s)?(?:{_SPELT})(?:\s(?:{_SPELT}|mot))?"
    rf"(?=\s?,?\s{_TO}$)"
)


def unread(text: str, citation: Citation) -> Iterator[Told]:
    """What stands before *citation* in *text* (match text) as a place but was not read as one
    ("Khoán 9 Điếu 27 Luật …", "k9 đ27 Luật …", "khoản hai Điều 5 …"), and "diem d", which may be
    điểm d or điểm đ."""
    if citation.kind is Kind.INTERNAL:
        return
    if is_short(citation) and citation.number is not None:
        said = (
            f"Số “{citation.number_text}” thiếu ký hiệu; trong kho chỉ có {citation.number.text}."
        )
        yield CitationVerdict.UNVERIFIED, f"{said} Ghi đủ số, ký hiệu."
    for found in _POINT.finditer(flat(citation.text)):
        typed = citation.text[found.start() : found.end()]
        if not has_marks(typed):
            said = f"“{typed}” gõ không dấu: chưa rõ là điểm d hay điểm đ. Gõ đủ dấu."
            yield CitationVerdict.UNVERIFIED, said
    start = citation.span.start
    window = _STOP.split(text[max(0, start - _BEFORE) : start])[-1]
    if spelt := _SPELT_PLACE.search(flat(window)):
        yield _doubt(window[spelt.start() : spelt.end()])
        return
    asked = None if citation.pinpoints else place_asked(window)
    if asked and _REST.fullmatch(flat(window), max(span.end for span in asked.spans)):
        first = min(span.start for span in asked.spans)
        yield _doubt(window[first:].strip(" ,").removesuffix(" của"), f", có thể là {asked.words}")


def _doubt(words: str, maybe: str = "") -> Told:
    return CitationVerdict.UNVERIFIED, (
        f"“{words}” đứng ngay trước văn bản này{maybe}, nhưng chưa đọc được chắc nên chưa kiểm. "
        "Ghi như “điểm a khoản 2 Điều 5”."
    )
