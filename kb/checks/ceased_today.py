"""A document that held when the plan was signed and does not hold today."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.checks import Grounds
from kb.checks.places import cited, found, name, once, sentence
from kb.findings import Finding, Severity
from kb.plans import Plan
from kb.validity import OVER, age_words

_YEARS = re.compile(r"(?<![\d/])(20\d\d)(?![\d/])")


def ceased_today(plan: Plan, grounds: Grounds) -> Iterator[Finding]:
    """Văn bản được dẫn có hiệu lực khi ký, nay không còn.

    Sai: năm 2026 vẫn thực hiện theo Nghị định số 09/2017/NĐ-CP trong một kế hoạch còn chạy.
    Đúng: rà lại kế hoạch theo Nghị định số 244/2026/NĐ-CP, văn bản đã thay thế.
    Vì sao: khi ký thì không sai, nhưng việc còn làm phải theo văn bản mới. Kế hoạch của năm đã qua
    chỉ được nhắc, để khi chép sang năm sau thì thay.
    Nguồn: Luật 64/2025/QH15, Điều 57 (văn bản hết hiệu lực).
    """
    severity = Severity.INFO if is_over(plan, grounds) else Severity.WARNING
    for citation in once(grounds.citations):
        basis = grounds.bases.get(citation.target)
        if basis is None or basis.now.state not in OVER:
            continue
        if basis.signed is not None and basis.signed.state in OVER:
            continue  # ceased-when-signed says so
        heir = basis.heir.document if basis.heir else None
        aged = age_words(basis.now.checked, grounds.today)
        yield found(
            "ceased-today", severity, plan, cited(citation),
            f"{name(citation)} nay {basis.now.words.lower()} ({aged}). "
            f"{sentence(basis.now.reason, basis.now.words)}".rstrip(),
            f"Thay bằng {heir.type} {heir.number} khi lập kế hoạch mới." if heir
            else "Khi lập kế hoạch mới, tìm văn bản đang thực hiện.",
        )  # fmt: skip


def is_over(plan: Plan, grounds: Grounds) -> bool:
    """Has the time the plan's title gives run out?"""
    years = [int(year) for year in _YEARS.findall(plan.document.title)]
    if not years:
        years = [int((plan.document.issued or "9999")[:4])]
    return max(years) < grounds.today.year
