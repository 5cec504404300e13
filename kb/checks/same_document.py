"""One document cited under two names."""

from __future__ import annotations

from collections.abc import Iterator

from kb.alike import key_of
from kb.checks import Grounds
from kb.checks.places import cited, found, name
from kb.documents import display_date
from kb.findings import Finding, Severity
from kb.plans import Plan
from kb.store import StoredCitation


def same_document(plan: Plan, grounds: Grounds) -> Iterator[Finding]:
    """Một văn bản được gọi bằng hai số, hai ngày hoặc hai loại khác nhau.

    Sai: trên ghi Kế hoạch số 70/KH-SGDĐT, dưới ghi Kế hoạch số 70/KH-SGDDĐT.
    Đúng: lần sau ghi đúng tên loại và số, ký hiệu như lần đầu.
    Vì sao: người đọc tưởng là hai văn bản.
    Nguồn: Nghị định 30/2020/NĐ-CP, Phụ lục I (viện dẫn lần tiếp theo).
    """
    first: dict[str, StoredCitation] = {}
    told: set[tuple[str, str]] = set()
    for citation in grounds.citations:
        if citation.kind != "explicit" or not citation.number:
            continue
        what = citation.target or key_of(citation.number)
        before = first.setdefault(what, citation)
        mine, theirs = _said(before, citation), _said(citation, before)
        if mine != theirs and (what, theirs) not in told:
            told.add((what, theirs))
            yield found("same-document", Severity.WARNING, plan, cited(citation),
                        f"Cùng một văn bản mà trên ghi “{mine}”, ở đây ghi “{theirs}”.",
                        "Ghi thống nhất theo bản gốc.")  # fmt: skip


def _said(citation: StoredCitation, other: StoredCitation) -> str:
    """The parts both citations have, as this one says them."""
    if key_of(citation.number) != key_of(other.number):
        return name(citation)
    if citation.type and other.type and citation.type != other.type:
        return name(citation)
    # Without the document known, two years may be two papers of that number.
    known = bool(citation.target) or citation.date[:4] == other.date[:4]
    if citation.date and other.date and known:
        return f"{name(citation)} ngày {display_date(citation.date)}"
    return ""
