"""An item that takes on what only a body of the State may do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.checks import Grounds
from kb.checks.places import found, is_school
from kb.findings import Finding, Severity
from kb.plans import Plan

# What, whose it is, where that is written. Only at the head of an item: "phục vụ công tác quản lý
# nhà nước" serves it and does not claim it.
_LEAD = (
    r"^(?:(?:tiếp tục|chủ động|tổ chức|thực hiện|tăng cường|triển khai|làm tốt|công tác|đẩy mạnh"
    r"|và)[ ,]+){0,6}"
)
_POWERS = (
    (re.compile(_LEAD + r"(?:chức năng |nhiệm vụ )?quản lý nhà nước", re.I), "quản lý nhà nước",
     "bộ, ngành, Ủy ban nhân dân", Severity.WARNING),
    (re.compile(_LEAD + r"xử phạt (?:vi phạm )?hành chính|^xử phạt (?:vi phạm )?hành chính", re.I),
     "xử phạt hành chính", "người có thẩm quyền xử phạt của cơ quan nhà nước", Severity.WARNING),
    (re.compile(r"^(?:" + _LEAD[1:] + r")?cấp (?:giấy phép|phép) (?:hoạt động|thành lập)", re.I),
     "cấp phép", "cơ quan quản lý nhà nước", Severity.WARNING),
    (re.compile(_LEAD + r"(?:thanh tra|chỉ đạo|cấp phép|xử lý vi phạm)[^.;]{0,80}trên địa bàn "
                r"(?:tỉnh|thành phố|huyện|xã|phường)|^chỉ đạo (?:các )?(?:ủy ban|uỷ ban|ubnd|"
                r"sở )", re.I),
     "chỉ đạo, thanh tra trên địa bàn", "Ủy ban nhân dân và cơ quan quản lý", Severity.WARNING),
    (re.compile(r"tạo điều kiện.{0,40}cho việc xây dựng các cơ sở giáo dục ngoài công lập",
                re.I | re.S),
     "phát triển cơ sở giáo dục ngoài công lập ở địa phương", "ngành giáo dục và Ủy ban nhân dân",
     Severity.INFO),
)  # fmt: skip


def others_power(plan: Plan, grounds: Grounds) -> Iterator[Finding]:
    """Trường nhận việc thuộc thẩm quyền của cơ quan khác.

    Sai: 1. Thực hiện quản lý nhà nước về thông tin đối ngoại.
    Đúng: 1. Tham gia hoạt động thông tin đối ngoại theo kế hoạch của cơ quan quản lý.
    Vì sao: quản lý nhà nước là của bộ, ngành, Ủy ban nhân dân; trường là tổ chức tham gia hoạt
    động. Câu này thường chép từ kế hoạch của cấp trên.
    Nguồn: Nghị định 72/2015/NĐ-CP, Điều 1 và 2 (thông tin đối ngoại).
    """
    if not is_school(plan):
        return
    for item in plan.items:
        for pattern, what, whose, severity in _POWERS:
            if pattern.search(item.text):
                yield found(
                    "others-power", severity, plan, item.span,
                    f"Mục này nhận việc {what}, là việc của {whose}.",
                    "Viết lại theo việc của trường: tham gia, phối hợp, thực hiện theo hướng dẫn.",
                )  # fmt: skip
                break
