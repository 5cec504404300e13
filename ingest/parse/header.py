"""Letterhead and closing → document: issuer, number, place and date, type, title, grounds, signer.

Form: Nghị định 30/2020/NĐ-CP, Điều 8 and Phụ lục I; the Party's: Quyết định 66-QĐ/TW. What is not
found stays empty and a finding says so; nothing is filled from elsewhere without saying so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest import Cleaned
from ingest.parse import apart, elsewhere, issuers, letterhead, zones
from ingest.parse.markers import Row, article, quoted_rows, quotes, rows
from ingest.parse.signature import read_signature
from kb.catalogue import Vocabulary
from kb.documents import DocNumber, DocType, Document, parse_number
from kb.findings import Finding, Severity

# Rows in which a letterhead is looked for, and in which grounds may still stand.
_HEAD_ROWS, _HEAD_LENGTH, _PREAMBLE_ROWS = 60, 20_000, 150
_LAWS = re.compile(r"QH\d{0,2}")


@dataclass(frozen=True, slots=True)
class HeaderResult:
    """``document.key`` is "": which work this is, only the library knows. ``number`` is None when
    the paper shows none or what it shows is no number."""

    document: Document
    number: DocNumber | None
    findings: tuple[Finding, ...]


def parse_header(cleaned: Cleaned, vocabulary: Vocabulary) -> HeaderResult:
    """What the paper says of itself. Never raises."""
    found: list[Finding] = []
    all_rows = rows(cleaned.text)
    skip = frozenset(quoted_rows(quotes(all_rows)))
    footnotes = zones.footnotes_at(all_rows)
    annexes = zones.annexes(all_rows, skip, footnotes)
    main = all_rows[: annexes[0] if annexes else footnotes]
    if annexed := apart.annex_title(all_rows):
        return _alone(*apart.annex_alone(annexed))

    preamble_end = _preamble_end(main)
    grounds = zones.grounds(main, preamble_end)
    first_ground = grounds[0][0] if grounds else preamble_end
    head = "\n".join(row.text for row in main[: min(first_ground, _HEAD_ROWS)])[:_HEAD_LENGTH]

    numbered = letterhead.find_number(head)
    number = numbered[0] if numbered else None
    dated = letterhead.find_date(head)
    # A title may quote a date: only one above the type is the paper's own.
    after = max(numbered[1].end if numbered else 0, dated[2].end if dated else 0)
    typed = letterhead.find_type(head, after, vocabulary)
    if typed is None and numbered and dated and dated[2].start > numbered[1].end:
        typed = letterhead.find_type(head, numbered[1].end, vocabulary)
    if typed and dated and typed[1].end < dated[2].start and _in_title(head, typed[1], dated[2]):
        dated = None
    if numbered and typed and _of_another(numbered, typed):
        numbered, number = None, None
    behind = letterhead.date_behind(head, numbered[1]) if numbered and dated is None else None
    kind, title = _type_and_title(head, number, typed, vocabulary, found)
    if apart.opens_consolidated(head) and (number is None or number.type_code != "VBHN"):
        return _alone(*apart.consolidated(f"{kind} {title}".strip(), main, head, vocabulary))
    if _DRAFT.search(head):
        title = f"(Dự thảo) {title}"
        found.append(
            _note(
                "draft",
                Severity.WARNING,
                "Đây là bản dự thảo, chưa phải văn bản được ban hành.",
                "Không viện dẫn; tìm bản đã ký.",
            )
        )
    issuer = _issuer(head, numbered, dated, typed, number, kind, vocabulary, found)

    close = zones.closing(main, _last_provision(main, preamble_end), len(main))
    signature = read_signature(main[close:])
    issued, place = (dated[0], dated[1]) if dated else (behind, "")
    document = Document(
        key="",
        type=kind,
        number=number.text if number else "",
        title=title,
        issuer=issuer,
        issued=issued,
        place=place,
        signer=signature.signer,
        capacity=signature.capacity,
        grounds=tuple(_ground(main, first, last) for first, last in grounds),
        recipients=signature.recipients,
    )
    found += apart.others_inside(main, skip, preamble_end, number)
    document, number = elsewhere.fill(document, number, main, close, head, vocabulary, found)
    found.extend(_missing(document, number, letterhead.has_blank_number(head)))
    return HeaderResult(document, number, tuple(found))


def _of_another(
    numbered: tuple[DocNumber, letterhead.Found], typed: tuple[DocType, letterhead.Found]
) -> bool:
    """Does a number stand below the type, in the title, and belong to a paper of another type?"""
    number, place = numbered
    kind, heading = typed
    return place.start > heading.start and number.type_code not in (None, kind.code)


_DRAFT = re.compile(r"\bDỰ THẢO\b(?! (?:LUẬT|NGHỊ|THÔNG|VĂN BẢN))")


def _alone(document: Document, note: Finding) -> HeaderResult:
    number = parse_number(document.number) if document.number else None
    return HeaderResult(document, number, (note,))


def _preamble_end(main: list[Row]) -> int:
    """The first row that can only be body; "I." in a letterhead row is none."""
    for row in main[:_PREAMBLE_ROWS]:
        label = article(row)
        if (label and label.weight >= 70) or (row.index > 2 and zones.body_begins(row)):
            return row.index
    return min(len(main), _PREAMBLE_ROWS)


def _in_title(head: str, kind: letterhead.Found, date: letterhead.Found) -> bool:
    """Is this date inside the title below the type, not in the row of place and date?"""
    line_start = head.rfind("\n", 0, date.start) + 1
    return (
        bool(head[line_start : date.start].strip()) or head[kind.end : date.start].count("\n") > 4
    )


def _type_and_title(
    head: str,
    number: DocNumber | None,
    typed: tuple[DocType, letterhead.Found] | None,
    vocabulary: Vocabulary,
    found: list[Finding],
) -> tuple[str, str]:
    by_code = _type_of_number(number, vocabulary)
    if typed:
        kind, place = typed
        title = letterhead.find_title(head, place)
        if by_code and by_code.code == "VBHN" and kind.code != "VBHN":
            # A consolidated text bears the name of what it consolidates.
            words = f"{kind.name} {title}".strip()
            return by_code.name, words
        if by_code and by_code.code != kind.code and kind.code:
            found.append(
                _note("type-differs", Severity.INFO,
                      f"Tên loại là “{kind.name}” nhưng chữ trong số là “{by_code.code}”.",
                      "Lấy theo tên loại; xem lại số ký hiệu.")
            )  # fmt: skip
        return kind.name, title
    about = letterhead.find_about(head)
    if by_code:
        found.append(
            _note("type-from-number", Severity.INFO,
                  f"Không thấy dòng tên loại; lấy “{by_code.name}” theo số ký hiệu.",
                  "Xem lại phần đầu văn bản.")
        )  # fmt: skip
        return by_code.name, about
    letter = next((kind for kind in vocabulary.types if kind.slug == "cong-van"), None)
    official = about or "Kính gửi" in head
    if letter and official and (number is None or number.type_code in (None, "CV")):
        return letter.name, about
    return "", about or letterhead.find_heading(head)


def _type_of_number(number: DocNumber | None, vocabulary: Vocabulary) -> DocType | None:
    if number is None or not number.type_code:
        return None
    return next((kind for kind in vocabulary.types if kind.code == number.type_code), None)


def _issuer(
    head: str,
    numbered: tuple[DocNumber, letterhead.Found] | None,
    dated: tuple[str, str, letterhead.Found] | None,
    typed: tuple[DocType, letterhead.Found] | None,
    number: DocNumber | None,
    kind: str,
    vocabulary: Vocabulary,
    found: list[Finding],
) -> str:
    ends = [
        p.start for p in (numbered and numbered[1], dated and dated[2], typed and typed[1]) if p
    ]
    above = head[: min(ends)] if ends else issuers.above_motto(head)
    lines = issuers.issuer_lines(above, vocabulary.types)
    codes = number.issuer_codes if number else ()
    joint = len(codes) if kind.endswith("liên tịch") else 0
    if name := issuers.find_issuer(lines, vocabulary, joint=joint):
        return name
    if len(codes) == 1 or (number is not None and not joint and codes):
        named = issuers.issuers_of_code(codes[0], vocabulary)
        if len(named) == 1:
            found.append(
                _note("issuer-from-number", Severity.INFO,
                      f"Không thấy tên cơ quan ban hành; “{codes[0]}” trong số ký hiệu là "
                      f"{named[0].name}.", "Xem lại phần đầu văn bản.")
            )  # fmt: skip
            return named[0].name
    return ""


def _last_provision(main: list[Row], preamble_end: int) -> int:
    """The closing is below this row: the last article's heading, else the body's first row."""
    headings = [row.index for row in main if (label := article(row)) and label.weight >= 70]
    if len(headings) >= 2 or (headings and headings[0] == preamble_end):
        return headings[-1] + 1
    return zones.body_start(main, 0, len(main))


def _ground(main: list[Row], first: int, last: int) -> str:
    words = " ".join(row.text for row in main[first : last + 1])
    return " ".join(words.split()).lstrip("-+*• ").rstrip(";.:, ")


def _missing(document: Document, number: DocNumber | None, blank: bool) -> list[Finding]:
    found = []
    if number is None:
        message = "Số văn bản để trống." if blank else "Không thấy số, ký hiệu của văn bản."
        found.append(_note("number-missing", Severity.WARNING, message, "Điền số theo bản gốc."))
    elif not number.serial:
        found.append(
            _note("number-blank", Severity.WARNING, "Số văn bản để trống, chỉ có ký hiệu.",
                  "Điền số theo bản đã phát hành.")
        )  # fmt: skip
    if not document.issued:
        found.append(
            _note("date-missing", Severity.WARNING, "Không thấy ngày ban hành.",
                  "Điền ngày theo bản gốc.")
        )  # fmt: skip
    elif len(document.issued) < len("2021-05-06"):
        found.append(
            _note("date-partial", Severity.WARNING, f"Ngày ban hành chưa đủ: {document.issued}.",
                  "Điền ngày theo bản đã phát hành.")
        )  # fmt: skip
    for code, value, what, severity in (
        ("type-missing", document.type, "tên loại văn bản", Severity.WARNING),
        ("issuer-missing", document.issuer, "cơ quan ban hành", Severity.WARNING),
        ("title-missing", document.title, "trích yếu", Severity.WARNING),
        ("signer-missing", document.signer, "tên người ký", Severity.INFO),
        ("capacity-missing", document.capacity, "chức vụ người ký", Severity.INFO),
        ("recipients-missing", document.recipients, "nơi nhận", Severity.INFO),
        ("place-missing", document.place, "địa danh", Severity.INFO),
    ):
        if not value:
            found.append(_note(code, severity, f"Không thấy {what}.", "Xem lại bản gốc."))
    return found


def _note(code: str, severity: Severity, message: str, hint: str) -> Finding:
    return Finding(code, severity, message, hint, where=apart.WHERE)
