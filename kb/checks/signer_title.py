"""A signer without the office he signs in."""

from __future__ import annotations

from collections.abc import Iterator

from kb.checks import Grounds
from kb.checks.places import SIGNATURE, row_of
from kb.findings import Finding, Severity
from kb.plans import Plan


def signer_title(plan: Plan, grounds: Grounds) -> Iterator[Finding]:
    """Người ký không có chức vụ.

    Sai: dưới nơi nhận chỉ có họ tên người ký.
    Đúng: HIỆU TRƯỞNG (hoặc KT. HIỆU TRƯỞNG / PHÓ HIỆU TRƯỞNG), chữ ký, họ tên.
    Vì sao: chức vụ cho biết người ký có thẩm quyền. Bản trích hay bản chép thường mất phần này, nên
    văn bản không có Quốc hiệu thì chỉ ghi chú.
    Nguồn: Nghị định 30/2020/NĐ-CP, Điều 8 khoản 2 và Phụ lục I (chức vụ, họ tên, chữ ký).
    """
    document = plan.document
    if not document.signer or document.capacity:
        return
    whole = "CỘNG HÒA" in plan.text.upper()[:2000]
    yield Finding(
        "signer-title", Severity.WARNING if whole else Severity.INFO,
        f"{document.signer} ký mà không có chức vụ ở trên tên.",
        "Ghi chức vụ của người ký." if whole
        else "Bản này không có Quốc hiệu, có thể là bản trích: xem chức vụ trên bản gốc.",
        SIGNATURE, row_of(plan, document.signer),
    )  # fmt: skip
