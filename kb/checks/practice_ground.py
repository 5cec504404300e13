"""The state of things given as a legal ground."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.checks import Grounds
from kb.checks.places import found
from kb.findings import Finding, Severity
from kb.plans import Plan
from kb.text import Span

_PRACTICE = re.compile(
    r"căn cứ (?:vào )?(?P<what>(?:tình hình|đặc điểm|điều kiện|nhu cầu|thực tế|thực trạng|khả năng)"
    r"\b[^,;.:]{0,60})",
    re.IGNORECASE,
)


def practice_ground(plan: Plan, grounds: Grounds) -> Iterator[Finding]:
    """“Tình hình thực tế” được ghi như một căn cứ pháp lý.

    Sai: Căn cứ tình hình thực tế, trường … xây dựng kế hoạch …
    Đúng: bỏ dòng ấy; nêu văn bản quy định nội dung, rồi viết câu dẫn riêng.
    Vì sao: căn cứ là văn bản quy định thẩm quyền và văn bản quy định nội dung, cơ sở để ban hành.
    Tình hình thực tế là lý do, viết được ở phần mục đích hay đặc điểm tình hình.
    Nguồn: Nghị định 30/2020/NĐ-CP, Phụ lục I, Mục II (căn cứ ban hành văn bản).
    """
    for ground in plan.grounds:
        words = _PRACTICE.match(ground.span.of(plan.text).lstrip("-+*• "))
        if words is None or any(
            ground.span.start <= c.start < ground.span.end and c.kind != "internal"
            for c in grounds.citations
        ):
            continue
        shift = ground.span.of(plan.text).find(words[0])
        start = ground.span.start + max(shift, 0)
        yield found(
            "practice-ground", Severity.WARNING, plan, Span(start, start + len(words[0])),
            f"“{words['what'].strip()}” không phải căn cứ pháp lý.",
            "Bỏ khỏi phần căn cứ; nêu văn bản giao việc này. Lý do thực tế viết ở phần mục đích.",
        )  # fmt: skip
