"""A document without force on the day the plan was signed."""

from __future__ import annotations

from collections.abc import Iterator

from kb.checks import Grounds
from kb.checks.places import cited, found, name, once, sentence
from kb.documents import display_date
from kb.findings import Finding, Severity
from kb.plans import Plan
from kb.validity import OVER, State


def ceased_when_signed(plan: Plan, grounds: Grounds) -> Iterator[Finding]:
    """Văn bản được dẫn không có hiệu lực vào ngày ký kế hoạch.

    Sai: kế hoạch ký ngày 01/9/2026 căn cứ Nghị định số 09/2017/NĐ-CP (hết hiệu lực 01/7/2026).
    Đúng: căn cứ Nghị định số 244/2026/NĐ-CP, văn bản đã thay thế.
    Vì sao: việc dựa trên văn bản đã hết hiệu lực là không có căn cứ.
    Nguồn: Luật 64/2025/QH15, Điều 53 đến 57 (hiệu lực của văn bản).
    """
    signed = plan.document.issued or ""
    for citation in once(grounds.citations):
        basis = grounds.bases.get(citation.target)
        if basis is None or basis.signed is None:
            continue
        document, status = basis.entry.document, basis.signed
        not_yet = status.state is State.NOT_YET and (document.issued or "") <= signed
        if not_yet:
            yield found(
                "ceased-when-signed", Severity.WARNING, plan, cited(citation),
                f"{name(citation)} chưa có hiệu lực vào ngày ký. {status.reason}",
                "Nêu văn bản còn hiệu lực vào ngày ký; chỉ giữ nếu kế hoạch chuẩn bị cho văn bản "
                "này.",
            )  # fmt: skip
        elif status.state in OVER:
            heir = basis.heir.document if basis.heir else None
            yield found(
                "ceased-when-signed", Severity.ERROR, plan, cited(citation),
                f"{name(citation)} đã {status.words.lower()} khi ký ({display_date(signed)}). "
                f"{sentence(status.reason, status.words)}".rstrip(),
                f"Thay bằng {heir.type} {heir.number}." if heir else "Tìm văn bản thay thế.",
            )  # fmt: skip
