"""A document that did not exist when the plan was signed."""

from __future__ import annotations

from collections.abc import Iterator

from kb.checks import Grounds
from kb.checks.places import cited, found, name, once
from kb.documents import display_date
from kb.findings import Finding, Severity
from kb.plans import Plan


def issued_after(plan: Plan, grounds: Grounds) -> Iterator[Finding]:
    """Văn bản được dẫn ban hành sau ngày ký kế hoạch.

    Sai: kế hoạch ký ngày 06/5/2021 dẫn Quyết định số 2254/QĐ-BYT ngày 07/5/2021.
    Đúng: chỉ dẫn văn bản đã ban hành vào ngày ký.
    Vì sao: căn cứ phải có trước; nếu ngày đúng như vậy thì ngày của kế hoạch sai.
    Nguồn: Nghị định 30/2020/NĐ-CP, Phụ lục I (căn cứ ban hành văn bản).
    """
    signed = plan.document.issued or ""
    if len(signed) != 10:
        return
    for citation in once(grounds.citations):
        basis = grounds.bases.get(citation.target)
        issued = (basis.entry.document.issued if basis else None) or citation.date
        if issued and signed[: len(issued)] < issued:
            yield found(
                "issued-after", Severity.ERROR, plan, cited(citation),
                f"{name(citation)} ban hành ngày {display_date(issued)}, sau ngày ký kế hoạch "
                f"({display_date(signed)}).",
                "Xem lại ngày của văn bản được dẫn và ngày ký kế hoạch.",
            )  # fmt: skip
