"""Numbers that are not written as numbers are, and issuers' letters that are nobody's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.checks import Grounds
from kb.checks.places import cited, found, name, once
from kb.documents import parse_number
from kb.findings import Finding, Severity
from kb.plans import Plan
from kb.store import StoredCitation
from kb.text import fold, match_text

_HINT = "Đối chiếu bản gốc rồi ghi lại; văn bản đã phát hành thì đính chính bằng công văn."
_YEARLY = ("Nghị định", "Thông tư", "Thông tư liên tịch")
# The number as the paper has it: digits, then letters up to the next word.
_WRITTEN = re.compile(
    r"(?<!\w)\d{1,5}\s?[-/]?\s?(?:(?:19|20)\d\d\s?/?\s?)?[A-ZĐ][\w&.]*(?:\s?[-/]\s?[A-ZĐ][\w&.]*)*"
)


def number_form(plan: Plan, grounds: Grounds) -> Iterator[Finding]:
    """Số, ký hiệu viết sai dạng hoặc có chữ viết tắt cơ quan lạ.

    Sai: Kế hoạch số 70/KH-SGDDĐT; Nghị định số 28/NĐ-CP; Quyết định số 753/QD-TTg.
    Đúng: Kế hoạch số 70/KH-SGDĐT; Nghị định số 28/2012/NĐ-CP; Quyết định số 753/QĐ-TTg.
    Vì sao: sai một chữ là tìm ra văn bản khác, hoặc không tìm ra văn bản nào.
    Nguồn: Nghị định 30/2020/NĐ-CP, Phụ lục I (số, ký hiệu) và Phụ lục III (chữ viết tắt).
    """
    letters = {code for issuer in grounds.vocabulary.issuers for code in issuer.codes}
    for citation in once(grounds.citations):
        if citation.kind != "explicit":
            continue
        if trouble := _trouble(citation, letters):
            severity, words = trouble
            yield found("number-form", severity, plan, cited(citation),
                        f"{name(citation)}: {words}", _HINT)  # fmt: skip


def _trouble(citation: StoredCitation, letters: set[str]) -> tuple[Severity, str] | None:
    if citation.correction:
        return Severity.WARNING, citation.correction
    try:
        number = parse_number(citation.number)
    except ValueError:
        return Severity.ERROR, "không phải dạng một số, ký hiệu."
    if citation.type in _YEARLY and number.year is None:
        return Severity.ERROR, f"số của {citation.type.lower()} phải có năm, như 28/2012/NĐ-CP."
    written = _WRITTEN.search(citation.text)
    if written and (raw := _plain(written[0])) != _plain(number.text):
        return Severity.WARNING, f"viết “{raw}”, dạng đúng là {number.text}."
    if any(fold(code) == "qdttg" for code in number.issuer_codes):
        return Severity.WARNING, "thiếu dấu gạch nối giữa loại và cơ quan, như 753/QĐ-TTg."
    for code in number.issuer_codes:
        near = sorted({c for c in letters if len(c) >= 4 and _one_letter(code, c)})
        if code not in letters and near and not _known_slip(code, letters):
            return (
                Severity.WARNING,
                f"không có cơ quan nào viết tắt là {code}; gần nhất là {near[0]}.",
            )
    return None


def _plain(number: str) -> str:
    """A number without what is no slip: spaces, kinds of dash, a leading zero."""
    return "".join(match_text(number).text.split()).lstrip("0")


def _known_slip(code: str, letters: set[str]) -> bool:
    """Are these the letters of somebody when "&" and hyphens are left out?"""
    bare = {re.sub(r"[&-]", "", one) for one in letters}
    return re.sub(r"[&-]", "", code) in bare


def _one_letter(one: str, other: str) -> bool:
    """Do two groups of letters differ by one letter put in or left out?

    A changed letter is no sign: SYT and SNV are two bodies.
    """
    longer, shorter = sorted((one, other), key=len, reverse=True)
    return len(longer) == len(shorter) + 1 and any(
        longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer))
    )
