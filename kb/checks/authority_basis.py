"""No ground says that the issuer may issue."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.checks import Grounds
from kb.checks.places import found, grounds_span
from kb.findings import Finding, Severity
from kb.plans import Plan

_AUTHORITY = re.compile(
    r"(?<!phục hồi )chức năng|"
    r"nhiệm vụ,? (?:và )?quyền hạn|cơ cấu tổ chức|tổ chức và hoạt động|điều lệ|thành lập|"
    r"luật (?:giáo dục(?! nghề)|tổ chức)|phân công|ủy quyền|uỷ quyền|quy chế (?:tổ chức|làm việc)",
    re.IGNORECASE,
)


def authority_basis(plan: Plan, grounds: Grounds) -> Iterator[Finding]:
    """Phần căn cứ thiếu văn bản quy định thẩm quyền, chức năng, nhiệm vụ của nơi ban hành.

    Sai: chỉ có Căn cứ Kế hoạch số … của Sở Giáo dục và Đào tạo;
    Đúng: thêm dòng đầu, thí dụ: Căn cứ Quy chế tổ chức và hoạt động của trường …;
    Vì sao: căn cứ gồm hai nhóm, văn bản về thẩm quyền và văn bản về nội dung.
    Nguồn: Nghị định 30/2020/NĐ-CP, Phụ lục I, Mục II (căn cứ ban hành văn bản).
    """
    if not any(ground.text.lower().startswith("căn cứ") for ground in plan.grounds):
        return
    if any(_AUTHORITY.search(ground.text) for ground in plan.grounds):
        return
    yield found(
        "authority-basis", Severity.INFO, plan, grounds_span(plan),
        "Phần căn cứ không có văn bản quy định chức năng, nhiệm vụ, quyền hạn của nơi ban hành.",
        "Thêm lên đầu văn bản quy định tổ chức và hoạt động của đơn vị (điều lệ, quy chế, quyết "
        "định).",
    )  # fmt: skip
