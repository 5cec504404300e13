"""Items nobody is charged with, and no day for them."""

from __future__ import annotations

from collections.abc import Iterator

from kb.checks import Grounds
from kb.checks.places import found, title_row
from kb.findings import Finding, Severity
from kb.plans import Plan, charges, tasks


def assignment(plan: Plan, grounds: Grounds) -> Iterator[Finding]:
    """Việc không ghi ai làm và bao giờ xong.

    Sai: - Giới thiệu những tấm gương điển hình tiên tiến của nhà trường.
    Đúng: - Giới thiệu … (Tổ Văn phòng thực hiện; xong trước ngày 30/11/2021).
    Vì sao: không rõ người, rõ thời gian thì không kiểm tra được. Phân công ở đầu mục, ở bảng hay ở
    phần Tổ chức thực hiện đều được tính.
    Nguồn: thông lệ của kế hoạch hành chính (rõ người, rõ việc, rõ thời gian); không có điều luật
    bắt buộc, nên đây không phải lỗi.
    """
    if charges(plan):
        return
    found_tasks = list(tasks(plan))
    bare = [item for item in found_tasks if not item.who and not item.when]
    if len(found_tasks) >= 3 and len(bare) == len(found_tasks):
        yield found(
            "assignment", Severity.WARNING, plan, title_row(plan),
            f"Kế hoạch không phân công: cả {len(bare)} việc đều không ghi ai làm, bao giờ xong.",
            "Thêm phần Tổ chức thực hiện, hoặc ghi người và hạn ở từng việc.",
        )  # fmt: skip
    for item in bare:
        yield found("assignment", Severity.INFO, plan, item.span,
                    "Việc này không ghi ai làm, bao giờ xong.",
                    "Ghi bộ phận phụ trách và thời hạn.")  # fmt: skip
