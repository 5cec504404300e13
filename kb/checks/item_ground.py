"""Items that stand on nothing."""

from __future__ import annotations

from collections.abc import Iterator

from kb.checks import Grounds
from kb.checks.places import found, title_row
from kb.findings import Finding, Severity
from kb.plans import Plan, tasks


def item_ground(plan: Plan, grounds: Grounds) -> Iterator[Finding]:
    """Việc chưa có căn cứ nào, kể cả kế thừa.

    Sai: kế hoạch không có dòng Căn cứ nào và việc không nêu văn bản.
    Đúng: nêu văn bản ở phần căn cứ (mọi việc được kế thừa), ở đầu mục, hoặc ngay tại việc.
    Vì sao: người soát không biết việc ấy do đâu mà có. Việc tự trường đặt ra thì không cần căn cứ,
    nhưng nên biết là như vậy.
    Nguồn: Nghị định 30/2020/NĐ-CP, Phụ lục I, Mục II (văn bản quy định nội dung, cơ sở để ban
    hành).
    """
    grounded = {link.item for link in grounds.links}
    work = list(tasks(plan))
    if work and not plan.grounds and not grounded:
        yield found(
            "item-ground", Severity.WARNING, plan, title_row(plan),
            f"Kế hoạch không nêu căn cứ nào: cả {len(work)} việc đều không rõ do đâu mà có.",
            "Thêm phần căn cứ trước nội dung kế hoạch.",
        )  # fmt: skip
        return
    for item in work:
        if item.id not in grounded:
            yield found("item-ground", Severity.INFO, plan, item.span,
                        "Việc này không nêu và không kế thừa căn cứ nào.",
                        "Nêu văn bản giao việc, hoặc ghi nhận là việc tự đặt ra.")  # fmt: skip
