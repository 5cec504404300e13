"""Papers that are not the act they speak of: an annex in a file of its own, a consolidated text, a
second paper behind the first."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import takewhile

from ingest.parse import issuers, letterhead
from ingest.parse.markers import Row
from kb.catalogue import Vocabulary
from kb.documents import DocNumber, Document
from kb.findings import Finding, Severity

WHERE = "phần đầu văn bản"

_ANNEX = re.compile(r"phụ lục(?: (?:số )?[ivxlc\d]{1,6})?\W{0,3}", re.IGNORECASE)
# "Phụ lục II - VIẾT HOA …": an annex whose title stands on the row of its number.
_ANNEX_NAMED = re.compile(r"phụ lục (?:số )?[ivxlc\d]{1,6}\s?[-:.]\s?(?=\w)", re.IGNORECASE)
_CAME_WITH = re.compile(r"\((?:ban hành )?kèm theo [^()]{1,200}\)", re.IGNORECASE)
_ANNEX_TITLE_ROWS = 8  # rows a title of an annex has at most, with what it came with
_ANNEX_TITLE_SHORT, _ANNEX_TITLE_LENGTH = 3, 150  # without that: rows, and letters of each

# What opens a consolidated text (Pháp lệnh 01/2012/UBTVQH13): the act it is made from and what has
# amended it since. Its own number stands on the cover, which copies leave out, or at its end.
_CONSOLIDATED = re.compile(
    r"được sửa đổi, bổ sung(?: một số điều)? (?:bởi|theo):?\s*\n\s*(?:1\.|Bộ luật|Luật|Nghị|Thông)"
)
_AUTHENTICATED = re.compile(r"XÁC THỰC VĂN BẢN HỢP NHẤT")
_SEAL_ROWS = 8  # rows above and below that line, where number and date of the consolidation stand


def annex_title(all_rows: Sequence[Row]) -> str:
    """The title of a file that begins with an annex, with what it came with, else ""."""
    words = [" ".join(row.text.split()).strip("_*# ") for row in all_rows]
    title = [word for word in words if word][:_ANNEX_TITLE_ROWS]
    if title and _ANNEX_NAMED.match(title[0]):
        return title[0]
    if not title or not _ANNEX.fullmatch(title[0]) or any(map(letterhead.is_motto, title)):
        return ""
    came_with = _CAME_WITH.search(" ".join(title))
    if came_with:
        return " ".join(title)[: came_with.end()]
    rows = takewhile(lambda row: len(row) < _ANNEX_TITLE_LENGTH, title[:_ANNEX_TITLE_SHORT])
    return " ".join(row for row in rows if row[-1] not in ".;:") if len(title) > 1 else ""


def annex_alone(title: str) -> tuple[Document, Finding]:
    """A file that holds only an annex is a paper of its own: the number it quotes is that of the
    act it came with."""
    note = Finding(
        "annex-alone",
        Severity.INFO,
        f"Tệp này chỉ là một phụ lục: {title}.",
        "Xem cùng văn bản mà nó kèm theo.",
        where=WHERE,
    )
    return Document("", "Phụ lục", "", title, ""), note


def opens_consolidated(head: str) -> bool:
    return _CONSOLIDATED.search(head) is not None


def consolidated(
    title: str, main: Sequence[Row], head: str, vocabulary: Vocabulary
) -> tuple[Document, Finding]:
    """Wording put together from several acts is none of them, and must not pass for one. Number,
    date and who authenticated it are read at its end, where they are, the last of these else in
    its *head*."""
    number, issuer = "", ""
    issued: str | None = None
    at = next((r.index for r in reversed(main) if _AUTHENTICATED.search(r.text)), None)
    if at is not None:
        rows = main[max(at - _SEAL_ROWS, 0) : at + _SEAL_ROWS]
        texts = [_AUTHENTICATED.sub("", row.text).strip() for row in rows]
        for place, text in enumerate(texts):
            numbered = letterhead.find_number(text)
            if numbered and numbered[0].type_code == "VBHN":
                number = numbered[0].text
                above = "\n".join([*texts[:place], text[: numbered[1].start]])
                lines = issuers.issuer_lines(above, vocabulary.types)
                issuer = issuers.find_issuer(lines[-1:], vocabulary, joint=0)
            elif number and issued is None and (dated := letterhead.find_date(text)):
                issued = dated[0]
    if number and not issuer:
        lines = issuers.issuer_lines(issuers.above_motto(head), vocabulary.types)
        issuer = issuers.find_issuer(lines, vocabulary, joint=0)
    note = Finding(
        "consolidated",
        Severity.WARNING,
        "Đây là văn bản hợp nhất: lời văn đã gộp các lần sửa đổi, không phải bản ban hành đầu.",
        "Viện dẫn văn bản gốc và văn bản sửa đổi; dùng bản này để đọc cho tiện."
        if number
        else "Tìm số của văn bản hợp nhất (…/VBHN-…) ở trang bìa hoặc nơi tải tệp.",
        where=WHERE,
    )
    return Document("", "Văn bản hợp nhất", number, title, issuer, issued), note


_NUMBERED = re.compile(r"(?:[^\W\d_]{1,9}\s)?Số\s?:", re.IGNORECASE)
_LETTERHEAD_ROWS = 12  # rows in which the country's name and the number of one letterhead stand


def others_inside(
    main: Sequence[Row], skip: Collection[int], preamble_end: int, own: DocNumber | None
) -> list[Finding]:
    """What says that a file holds more than one paper, or a paper two numbers: rows "Số: …" with
    another number than its *own*, in the head or in a letterhead below it. Forms in a paper have
    letterheads, too, but their numbers are blank; *skip* are rows in quotations."""
    found: list[Finding] = []
    for row in main:
        if row.index in skip or not _NUMBERED.match(row.text):
            continue
        read = letterhead.find_number(row.text)
        if read is None or own is None or not read[0].serial or read[0].text == own.text:
            continue
        near = main[max(row.index - _LETTERHEAD_ROWS, 0) : row.index + _LETTERHEAD_ROWS]
        if row.index < preamble_end:
            message = f"Phần đầu văn bản có thêm một số nữa: {read[0].text}; đã lấy {own.text}."
            found.append(
                Finding(
                    "number-second",
                    Severity.WARNING,
                    message,
                    "Đối chiếu bản gốc xem số nào là của văn bản.",
                    where=WHERE,
                )
            )
        elif any(letterhead.is_motto(other.text) for other in near):
            message = f"Trong tệp còn một văn bản nữa, số {read[0].text}: nó chưa được đọc riêng."
            found.append(
                Finding(
                    "paper-second",
                    Severity.WARNING,
                    message,
                    "Tách tệp thành từng văn bản rồi nạp từng tệp.",
                )
            )
    return found
