"""A place beside a citation that could not be read for sure: then the citation is not right."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.citations import Citation, Kind
from kb.index.places import place_asked
from kb.press import CitationVerdict, Told
from kb.text import flat, has_marks

_BEFORE = 60  # characters before a citation in which its place stands
_TO = re.compile(r"\s?,?\s?(?:(?:cua|tai|thuoc|trong|theo|ban hanh kem theo|kem theo)\s)?")
_STOP = re.compile(r"[.;:!?(]\s?(?!\d)|\n")
_POINT = re.compile(r"(?<!\w)diem\s{1,2}d(?!\w)")


def unread(text: str, citation: Citation) -> Iterator[Told]:
    """What stands before *citation* in *text* (match text) as a place but was not read as one
    ("Khoán 9 Điếu 27 Luật …", "k9 đ27 Luật …"), and "diem d", which may be điểm d or điểm đ."""
    if citation.kind is Kind.INTERNAL:
        return
    for found in _POINT.finditer(flat(citation.text)):
        typed = citation.text[found.start() : found.end()]
        if not has_marks(typed):
            said = f"“{typed}” gõ không dấu: chưa rõ là điểm d hay điểm đ. Gõ đủ dấu."
            yield CitationVerdict.UNVERIFIED, said
    if citation.pinpoints:
        return
    start = citation.span.start
    window = _STOP.split(text[max(0, start - _BEFORE) : start])[-1]
    asked = place_asked(window)
    if asked and _TO.fullmatch(flat(window), max(span.end for span in asked.spans)):
        words = window[min(span.start for span in asked.spans) :].strip(" ,")
        yield (
            CitationVerdict.UNVERIFIED,
            f"“{words}” đứng ngay trước văn bản này, có thể là {asked.words}, nhưng chưa đọc được "
            "chắc nên chưa kiểm. Gõ đủ dấu: điểm, khoản, Điều.",
        )
