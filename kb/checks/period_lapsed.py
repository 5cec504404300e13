"""An agreement or a period that is over."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.checks import Grounds
from kb.checks.ceased_today import is_over
from kb.checks.places import found
from kb.findings import Finding, Severity
from kb.plans import Plan
from kb.text import Span

_PERIOD = re.compile(
    r"(?:giai đoạn|thời kỳ|nhiệm kỳ|từ năm)\s(?P<from>20\d\d)\s?(?:-|–|"
    r"đến(?: năm)?)\s?(?P<to>20\d\d)",
    re.IGNORECASE,
)
# What runs out with its period; a look back ("kết quả giai đoạn 2016-2020") is no trouble.
_BINDING = re.compile(
    r"ký kết|thỏa thuận|thoả thuận|hợp tác|cam kết|biên bản ghi nhớ|tài trợ|dự án|chương trình|"
    r"đề án|"
    r"tiếp tục thực hiện", re.IGNORECASE,
)  # fmt: skip
_BACK = re.compile(
    r"tổng kết|sơ kết|kết quả|đánh giá|kế thừa|rút kinh nghiệm|đã (?:hoàn thành|đạt|được|"
    r"thực hiện|xây "
    r"dựng)|những năm qua",
    re.IGNORECASE,
)


def period_lapsed(plan: Plan, grounds: Grounds) -> Iterator[Finding]:
    """Thỏa thuận, chương trình hay giai đoạn đã hết hạn.

    Sai: năm 2026 vẫn “tiếp tục thực hiện nội dung đã ký kết giai đoạn 2019-2022”.
    Đúng: nêu thỏa thuận đang có hiệu lực, hoặc ghi là đã tổng kết.
    Vì sao: hết giai đoạn thì không còn cam kết; còn hạn khi ký thì chỉ là việc phải rà lại.
    Nguồn: chính giai đoạn ghi trong kế hoạch.
    """
    signed = int((plan.document.issued or "0")[:4])
    for item in plan.items:
        for period in _PERIOD.finditer(item.span.of(plan.text)):
            start, end = item.span.start + period.start(), item.span.start + period.end()
            until = int(period["to"])
            if until >= grounds.today.year or any(
                c.start <= start < c.end or c.start <= start < _title_end(c.end, c.title)
                for c in grounds.citations
            ):
                continue
            sentence = _sentence(plan.text, start, item.span)
            if not _BINDING.search(sentence) or _BACK.search(sentence):
                continue
            before = bool(signed) and until < signed
            severity = Severity.ERROR if before else Severity.WARNING
            if not before and is_over(plan, grounds):
                severity = Severity.INFO
            when = f"đã hết trước khi ký (năm {signed})" if before else "nay đã hết"
            yield found(
                "period-lapsed", severity, plan, Span(start, end),
                f"“{period[0]}” {when}.",
                "Nêu thỏa thuận hay giai đoạn đang thực hiện, có số và ngày; không còn thì bỏ."
                if before or severity is Severity.WARNING
                else "Khi ký thì còn hạn; lập kế hoạch mới thì hỏi lại thỏa thuận hiện nay.",
            )  # fmt: skip


def _title_end(end: int, title: str) -> int:
    return end + len(title)


def _sentence(text: str, position: int, within: Span) -> str:
    start = max(text.rfind(mark, within.start, position) for mark in (". ", "; ", "\n"))
    stops = [found for mark in (".", ";") if (found := text.find(mark, position, within.end)) >= 0]
    return text[max(start + 1, within.start) : min(stops, default=within.end)]
