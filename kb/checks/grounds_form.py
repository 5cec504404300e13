"""How the grounds are written: one to a row, a semicolon, a full stop, higher ones first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.checks import Grounds
from kb.checks.places import found, ground_at
from kb.findings import Finding, Severity
from kb.plans import Ground, Plan

# Luật 64/2025/QH15, Điều 4; papers that are not normative have no rank among themselves.
_RANKS = {
    "Hiến pháp": 1, "Bộ luật": 2, "Luật": 2, "Pháp lệnh": 3, "Nghị định": 5, "Thông tư": 8,
    "Thông tư liên tịch": 9,
}  # fmt: skip
_LEADS_ON = re.compile(r"(?:xây dựng|ban hành|lập|triển khai|đề ra)\s.{0,200}kế hoạch", re.I | re.S)
_SOURCE = "Nghị định 30/2020/NĐ-CP, Phụ lục I"


def grounds_form(plan: Plan, grounds: Grounds) -> Iterator[Finding]:
    """Dấu câu và thứ tự của các căn cứ.

    Sai: dòng căn cứ không có dấu chấm phẩy; dòng cuối không có dấu chấm; nghị định đứng trước luật;
    căn cứ viết liền với câu “xây dựng kế hoạch như sau:”.
    Đúng: mỗi căn cứ một dòng, cuối dòng dấu chấm phẩy, dòng cuối dấu chấm, rồi xuống dòng viết câu
    dẫn.
    Vì sao: người đọc phân biệt từng căn cứ; văn bản cao hơn đứng trước theo thứ bậc.
    Nguồn: Nghị định 30/2020/NĐ-CP, Phụ lục I, Mục II; thứ bậc theo Luật 64/2025/QH15, Điều 4 (thứ
    tự trước sau là thông lệ, Nghị định không ghi).
    """
    for place, ground in enumerate(plan.grounds, 1):
        last = place == len(plan.grounds)
        words = ground.span.of(plan.text).rstrip()
        if words.endswith(":") or (not words.endswith(";") and _LEADS_ON.search(words)):
            yield _said(plan, ground, "Căn cứ viết liền với câu dẫn vào kế hoạch.",
                        "Kết thúc căn cứ bằng dấu chấm, xuống dòng rồi viết câu dẫn.")  # fmt: skip
        elif last and not words.endswith("."):
            yield _said(plan, ground, "Căn cứ cuối cùng không kết thúc bằng dấu chấm.",
                        "Đặt dấu chấm ở cuối căn cứ cuối cùng.")  # fmt: skip
        elif not last and not words.endswith(";"):
            yield _said(plan, ground, "Căn cứ không kết thúc bằng dấu chấm phẩy.",
                        "Đặt dấu chấm phẩy ở cuối mỗi căn cứ, trừ căn cứ cuối cùng.")  # fmt: skip
    highest: tuple[int, str] | None = None
    for ground in plan.grounds:
        first = next((c for c in grounds.citations if ground_at(plan, c.start) is ground), None)
        rank = _RANKS.get(first.type) if first else None
        if first is None or rank is None:
            continue
        if highest and rank < highest[0]:
            yield _said(plan, ground, f"{first.type} đứng sau {highest[1].lower()}.",
                        "Xếp văn bản có thứ bậc cao hơn lên trước.")  # fmt: skip
        else:
            highest = (rank, first.type)


def _said(plan: Plan, ground: Ground, message: str, hint: str) -> Finding:
    return found("grounds-form", Severity.INFO, plan, ground.span, message, f"{hint} ({_SOURCE})")
