"""Numbers without their letters in a draft: "Nghị định 28/2012", "Thông tư số 3 năm 2018".

Only the type, the digits and the year are said, so a document of the library is thought of where
one alone fits, and never taken for sure (``kb.press.unread`` says so).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kb.alike import same_type
from kb.catalogue import Catalogue, Entry
from kb.citations import Citation, Kind
from kb.documents import DocNumber, read_number
from kb.text import Span

_NUMBER = r"(?:số\s)?(?P<text>(?P<serial>\d{1,5})\s?(?:/|\snăm\s)\s?(?P<year>(?:19|20)\d\d))"
_SHORT = re.compile(r"\d{1,5}\s?(?:/|\snăm\s)\s?\d{4}")
_OF_MONTHS = ("Quyết định", "Nghị quyết")
_TYPES = {
    "luật": "Luật", "bộ luật": "Bộ luật", "pháp lệnh": "Pháp lệnh", "nghị định": "Nghị định",
    "thông tư": "Thông tư", "thông tư liên tịch": "Thông tư liên tịch", "nđ": "Nghị định",
    "tt": "Thông tư", "ttlt": "Thông tư liên tịch", "quyết định": "Quyết định", "qđ": "Quyết định",
    "nghị quyết": "Nghị quyết", "nq": "Nghị quyết",
}  # fmt: skip
_FORM = re.compile(
    rf"(?<![\w/-])(?P<type>{'|'.join(sorted(_TYPES, key=len, reverse=True))})\s?{_NUMBER}"
    r"(?![\w/]|-\w|\s?/)",
    re.IGNORECASE,
)


def short_numbers(text: str, catalogue: Catalogue, taken: Sequence[Citation]) -> Iterator[Citation]:
    """The mentions in *text* (match text) outside *taken*, with the number of the one document that
    fits; where none or several do the number is left open. A decision or resolution of which none
    fits may be one of a month ("quyết định 5/2019") and is left out."""
    for found in _FORM.finditer(text):
        span = Span(found.start(), found.end())
        if any(one.span.start < span.end and span.start < one.span.end for one in taken):
            continue
        kind = _TYPES[found["type"].lower()]
        number = _number(catalogue, kind, found["serial"], int(found["year"]))
        if number or kind not in _OF_MONTHS:
            yield Citation(span, span.of(text), Kind.EXPLICIT, kind, number, found["text"])


def is_short(citation: Citation) -> bool:
    """Is its number written without letters?"""
    return citation.kind is Kind.EXPLICIT and _SHORT.fullmatch(citation.number_text) is not None


def _number(catalogue: Catalogue, kind: str, serial: str, year: int) -> DocNumber | None:
    fitting = [
        number for entry in catalogue.entries if (number := _fits(entry, kind, serial, year))
    ]
    return fitting[0] if len(fitting) == 1 else None


def _fits(entry: Entry, kind: str, serial: str, year: int) -> DocNumber | None:
    document = entry.document
    if not document.number or not same_type(kind, document.type):
        return None
    number = read_number(document.number)
    if number is None:
        return None
    same = number.serial.lstrip("0") == serial.lstrip("0") and number.year == year
    return number if same else None
