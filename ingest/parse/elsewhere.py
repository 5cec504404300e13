"""What the letterhead lacks, from other places of the same paper; each value says where from.

A law's date is the day it was passed; clipboard texts have place and date at their end; copies
from Word put the letterhead's table below the text; who enacts says so in a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.parse import issuers, letterhead
from ingest.parse.apart import WHERE
from ingest.parse.markers import Row
from kb.catalogue import Vocabulary
from kb.documents import DocNumber, Document
from kb.findings import Finding, Severity

_PASSED = re.compile(r"thông qua\s.{0,60}?ngày\s(\d{1,2})\stháng\s(\d{1,2})\snăm\s((?:19|20)\d\d)")
_PASSED_BY = re.compile(r"này\s(?:đã\s)?được\s(?P<name>Quốc hội|Ủy ban [Tt]hường vụ Quốc hội)\b")
_CLOSING_ROWS = 12
_TABLE_ROWS = 4  # rows the letterhead's table has at most where it stands below the text


def fill(
    document: Document,
    number: DocNumber | None,
    main: Sequence[Row],
    close: int,
    head: str,
    vocabulary: Vocabulary,
    found: list[Finding],
) -> tuple[Document, DocNumber | None]:
    """*document* with what the rest of the paper says; *close* is the closing's first row, *found*
    takes a finding for each value. Nothing that the letterhead says is changed."""
    if number is None and document.type and (below := _letterhead_below(main, close, vocabulary)):
        number, issued, issuer = below
        _note(
            found, "letterhead-below", "Phần đầu nằm ở cuối tệp (bảng bị chuyển chỗ khi sao chép)."
        )
        document = replace(
            document,
            number=number.text,
            issued=document.issued or issued,
            issuer=document.issuer or issuer,
        )
    if not document.issued or not document.title:
        stated, title = letterhead.find_stated(head, number)
        if stated and not document.issued:
            _note(found, "date-stated", "Lấy ngày ở dòng “Ngày ban hành” của bản chép.")
            document = replace(document, issued=stated)
        document = replace(document, title=document.title or title)
    ending = [row.text for row in main[max(close - 3, 0) : close + _CLOSING_ROWS]]
    if not document.issued:
        document = _dated(document, ending, found)
    if not document.issuer:
        document = _enacted(document, main[:close], ending, vocabulary, found)
    return document, number


def _letterhead_below(
    main: Sequence[Row], close: int, vocabulary: Vocabulary
) -> tuple[DocNumber, str | None, str] | None:
    """(number, date, issuer) of a letterhead below the body: a number with its digits beside the
    motto, nothing a form left blank."""
    for row in main[max(close - 3, 0) :]:
        if not letterhead.is_motto(row.text):
            continue
        rows = main[max(row.index - _TABLE_ROWS, 0) : row.index + _TABLE_ROWS]
        table = "\n".join(r.text for r in rows)
        numbered, dated = letterhead.find_number(table), letterhead.find_date(table)
        if numbered is None or dated is None or not numbered[0].serial:
            continue
        lines = issuers.issuer_lines(table[: numbered[1].start], vocabulary.types)
        issuer = issuers.find_issuer(lines[-1:], vocabulary, joint=0)
        return numbered[0], dated[0], issuer
    return None


def _dated(document: Document, ending: Sequence[str], found: list[Finding]) -> Document:
    day = _PASSED.search(" ".join(ending))
    if day is not None:
        _note(found, "date-from-closing",
              "Phần đầu không ghi ngày; lấy ngày thông qua ở cuối văn bản.")  # fmt: skip
        return replace(document, issued=letterhead.iso_date(day[3], day[2], day[1]))
    for text in ending:
        dated = letterhead.find_date(text)
        if dated is not None and dated[1] and dated[2].text == text.strip(" ."):
            _note(
                found, "date-from-closing", "Phần đầu không ghi ngày; lấy địa danh và ngày ở cuối."
            )
            return replace(document, issued=dated[0], place=document.place or dated[1])
    return document


def _enacted(
    document: Document,
    body: Sequence[Row],
    ending: Sequence[str],
    vocabulary: Vocabulary,
    found: list[Finding],
) -> Document:
    name = issuers.find_enacting("\n".join(row.text for row in body), vocabulary)
    if not name and (passed := _PASSED_BY.search(" ".join(ending))):
        name = issuers.known_name(passed["name"], vocabulary) or passed["name"]
    if name:
        _note(found, "issuer-from-text",
              f"Không thấy tên cơ quan ở phần đầu; lời văn cho biết là {name}.")  # fmt: skip
    return replace(document, issuer=name)


def _note(found: list[Finding], code: str, message: str) -> None:
    found.append(Finding(code, Severity.INFO, message, "Đối chiếu bản gốc.", where=WHERE))
