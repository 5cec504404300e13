"""A date or a number that disagrees with what is known of the document cited."""

from __future__ import annotations

from collections.abc import Iterator

from kb.catalogue import Entry
from kb.checks import Grounds
from kb.checks.places import cited, found, name
from kb.documents import display_date
from kb.findings import Finding, Severity
from kb.lookup import dates_agree
from kb.plans import Plan

_HINT = "Đối chiếu với văn bản ấy; sửa ngày, hoặc sửa số nếu định nêu văn bản khác."


def citation_facts(plan: Plan, grounds: Grounds) -> Iterator[Finding]:
    """Ngày và số được dẫn không khớp với danh mục.

    Sai: Quyết định số 753/QĐ-TTg ngày 03/7/2020.
    Đúng: Quyết định số 753/QĐ-TTg ngày 03/6/2020.
    Vì sao: số được đánh lại mỗi năm, nên sai ngày là chỉ sang một văn bản khác.
    Nguồn: Nghị định 30/2020/NĐ-CP, Điều 15 và Phụ lục I (viện dẫn đủ số và ngày).
    """
    for citation in grounds.citations:
        if citation.kind != "explicit" or not citation.date:
            continue
        if citation.target in grounds.bases:
            entries: tuple[Entry, ...] = (grounds.bases[citation.target].entry,)
        elif not citation.target and not citation.candidates:
            entries = grounds.alike.get(citation.number, ())
        else:
            continue
        against = [entry for entry in entries if not dates_agree(citation.date, entry)]
        if not against or len(against) < len(entries):
            continue
        known = "; ".join(
            f"{e.document.type} {e.document.number} mà kho biết ban hành "
            + (f"ngày {display_date(e.document.issued)}" if e.document.issued else "năm khác")
            for e in against
        )
        # Of another year and not recognised, it may well be another paper of that number.
        sure = bool(citation.target)
        yield found(
            "citation-facts", Severity.ERROR if sure else Severity.WARNING, plan, cited(citation),
            f"{name(citation)} được dẫn với ngày {display_date(citation.date)}, còn {known}.",
            _HINT,
        )  # fmt: skip
