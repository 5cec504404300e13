"""Where in a plan something stands, and a finding made there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.findings import Finding, Severity
from kb.plans import Ground, Plan, PlanItem
from kb.store import StoredCitation
from kb.text import Span

HEAD, GROUNDS, RECIPIENTS, SIGNATURE = "phần đầu văn bản", "phần căn cứ", "nơi nhận", "chữ ký"
_RECIPIENTS = re.compile(r"^(?:Nơi nhận|NƠI NHẬN)\s?:?[^\n]*\n?", re.MULTILINE)
_ROW = re.compile(r"[^\n]+")
_SIGNS = re.compile(
    r"(?:TM|KT|TL|TUQ|Q)\.|(?:PHÓ )?(?:HIỆU TRƯỞNG|GIÁM ĐỐC|CHỦ TỊCH)|(?:Phụ lục|PHỤ LỤC)"
)


def at(plan: Plan, span: Span) -> str:
    """The id of the item that holds the beginning of *span*, else the part of the paper."""
    if item := item_at(plan, span.start):
        return item.id
    if ground_at(plan, span.start):
        return GROUNDS
    return HEAD if not plan.items or span.start < plan.items[0].span.start else RECIPIENTS


def item_at(plan: Plan, position: int) -> PlanItem | None:
    found = (item for item in plan.items if item.span.start <= position < item.span.end)
    return next(found, None)


def ground_at(plan: Plan, position: int) -> Ground | None:
    found = (ground for ground in plan.grounds if ground.span.start <= position < ground.span.end)
    return next(found, None)


def found(
    code: str, severity: Severity, plan: Plan, span: Span, message: str, hint: str
) -> Finding:
    """A finding at a stretch of the plan's text."""
    return Finding(code, severity, message, hint, at(plan, span), span)


def cited(citation: StoredCitation) -> Span:
    return Span(citation.start, citation.end)


def name(citation: StoredCitation) -> str:
    """What a citation calls its document: "Quyết định 753/QĐ-TTg", "Luật Trẻ em"."""
    if not citation.number:
        return citation.text
    return " ".join(part for part in (citation.type, citation.number) if part)


def sentence(words: str, said: str = "") -> str:
    """A source's words as a sentence; "" where they are only what was *said* before."""
    if not words or words.rstrip(".").lower() == said.lower():
        return ""
    return f"{words[:1].upper()}{words[1:]}".rstrip(".") + "."


def once(citations: tuple[StoredCitation, ...]) -> Iterator[StoredCitation]:
    """The first citation of each document that has a number or a name, internal ones left out."""
    seen: set[str] = set()
    for citation in citations:
        what = citation.target or citation.number or citation.text
        if citation.kind != "internal" and what not in seen:
            seen.add(what)
            yield citation


def recipients(plan: Plan) -> Iterator[tuple[str, Span]]:
    """The rows under "Nơi nhận", each with its place, up to the signature or an annex."""
    opens = next(_RECIPIENTS.finditer(plan.text, _end_of_items(plan)), None)
    if opens is None:
        return
    for row in _ROW.finditer(plan.text, opens.end()):
        words = row[0].strip()
        if _SIGNS.match(words):
            return
        if words:
            yield words, Span(row.start(), row.end())
        if re.match(r"[-–+•]?\s?Lưu\b", words):
            return


def row_of(plan: Plan, words: str, after: int = 0) -> Span | None:
    """The first row that is exactly these words."""
    for row in _ROW.finditer(plan.text, after):
        if row[0].strip() == words:
            return Span(row.start(), row.end())
    return None


def title_row(plan: Plan) -> Span:
    """The row the type of the paper stands on, else its first row."""
    for row in _ROW.finditer(plan.text):
        if row[0].strip().upper() == plan.document.type.upper():
            return Span(row.start(), row.end())
    first = _ROW.search(plan.text)
    return Span(first.start(), first.end()) if first else Span(0, 0)


def grounds_span(plan: Plan) -> Span:
    """The whole of the stated grounds; the title's row where there are none."""
    if not plan.grounds:
        return title_row(plan)
    return Span(plan.grounds[0].span.start, plan.grounds[-1].span.end)


def is_school(plan: Plan) -> bool:
    return plan.document.issuer.lower().startswith("trường ")


def _end_of_items(plan: Plan) -> int:
    return plan.items[-1].span.start if plan.items else 0
