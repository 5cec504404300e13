"""No law is cited, and which the subject of the plan calls for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kb.checks import Basis, Grounds, Required, Topic
from kb.checks.places import found, grounds_span
from kb.documents import read_number
from kb.findings import Finding, Severity
from kb.lookup import year_of
from kb.plans import Plan
from kb.validity import OVER, State, age_words


def normative_basis(plan: Plan, grounds: Grounds) -> Iterator[Finding]:
    """Kế hoạch không dẫn văn bản quy phạm nào, hoặc thiếu văn bản mà việc của nó cần.

    Sai: kế hoạch thông tin đối ngoại chỉ căn cứ một kế hoạch của Sở.
    Đúng: thêm Nghị định số 72/2015/NĐ-CP ngày 07/9/2015 của Chính phủ …
    Vì sao: kế hoạch của cấp trên giao việc, còn quyền và giới hạn của việc ấy ở văn bản quy phạm.
    Mỗi văn bản còn thiếu được nêu kèm lý do và hiệu lực ở cả hai ngày.
    Nguồn: Nghị định 30/2020/NĐ-CP, Phụ lục I, Mục II; từng lý do:
    corpus/catalogue/requirements.yaml.
    """
    cited = {c.target for c in grounds.citations} - {""}
    missing = [
        (topic, required)
        for topic in grounds.topics
        if is_about(plan, topic)
        for required in topic.bases
        if not cited & set(required.keys)
    ]
    if missing and not _cites_law(grounds):
        names = list(dict.fromkeys(topic.name for topic, _ in missing))
        yield found(
            "normative-basis", Severity.WARNING, plan, grounds_span(plan),
            f"Kế hoạch không dẫn văn bản quy phạm pháp luật nào, dù nói về {', '.join(names)}.",
            "Thêm vào phần căn cứ các văn bản nêu dưới đây.",
        )  # fmt: skip
    for topic, required in missing:
        if said := _advice(plan, grounds, required):
            yield found("normative-basis", Severity.INFO, plan, grounds_span(plan),
                        f"Nói về {topic.name} mà thiếu: {said}. Vì sao cần: {required.why}",
                        f"Thêm vào phần căn cứ. Nguồn: "
                        f"{'; '.join(s.text for s in required.sources)}."
                        )  # fmt: skip


def is_about(plan: Plan, topic: Topic) -> bool:
    """Does the title, or enough of the items, speak of the topic?"""
    words = re.compile("|".join(topic.words), re.IGNORECASE)
    if words.search(plan.document.title):
        return True
    return sum(bool(words.search(item.text)) for item in plan.items) >= topic.items


def _cites_law(grounds: Grounds) -> bool:
    """Is anything normative cited, known here or told by its number's form?"""
    for citation in grounds.citations:
        basis = grounds.bases.get(citation.target)
        if basis is not None and basis.entry.normative:
            return True
        if citation.kind == "internal":
            continue
        if citation.type in ("Luật", "Bộ luật", "Pháp lệnh", "Nghị định", "Thông tư"):
            return True
        number = read_number(citation.number)
        if number is not None and number.year is not None:
            return True
    return False


def _advice(plan: Plan, grounds: Grounds, required: Required) -> str:
    """Which document on the day of signing and which today; "" where none is known here."""
    chain = [grounds.bases[key] for key in required.keys if key in grounds.bases]
    then = [b for b in chain if _held_then(b, plan.document.issued or "")]
    now = [b for b in chain if b.now.state not in OVER | {State.NOT_YET}]
    parts = []
    if then:
        parts.append(f"{_called(then[-1])} (khi ký: {_lower(then[-1], signed=True)})")
    if now and now[-1:] != then[-1:]:
        parts.append(f"nay là {_called(now[-1])} ({_today(now[-1], grounds.today)})")
    elif now and parts:
        parts[-1] = parts[-1].removesuffix(")") + f"; hôm nay: {_today(now[-1], grounds.today)})"
    return ", ".join(parts)


def _held_then(basis: Basis, issued: str) -> bool:
    year = year_of(basis.entry)
    if not issued or basis.signed is None or (year is not None and year > int(issued[:4])):
        return False
    return basis.signed.state not in OVER | {State.NOT_YET}


def _called(basis: Basis) -> str:
    document = basis.entry.document
    if document.type == "Luật":
        return f"Luật {document.title} {document.number}".rstrip()
    return f"{document.type} {document.number}"


def _lower(basis: Basis, *, signed: bool) -> str:
    status = basis.signed if signed and basis.signed else basis.now
    return status.words[:1].lower() + status.words[1:]


def _today(basis: Basis, today: date) -> str:
    return f"{_lower(basis, signed=False)}, {age_words(basis.now.checked, today)}"
