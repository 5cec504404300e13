"""A tree in the making: drafts know where they start; spans follow when all are known."""

from __future__ import annotations

from dataclasses import dataclass, field

from kb.findings import Finding, Severity
from kb.structure import Level, Node
from kb.text import Span

# A heading names what follows; a longer row, or one that ends like a sentence, says it.
_LONGEST_HEADING = 300
_SENTENCE_END = tuple(".;:,")


@dataclass(slots=True)
class Draft:
    """A node without its end. ``rest`` is what its first row says after the marker."""

    level: Level
    marker: str
    number: str
    start: int
    id: str
    heading: str = ""
    rest: str = ""
    children: list[Draft] = field(default_factory=list)

    def add(self, child: Draft) -> Draft:
        self.children.append(child)
        return child


@dataclass(slots=True)
class Build:
    """What one run of the parser gathers: ids in use, how often each was wanted, and findings."""

    ids: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def new_id(self, wanted: str, where: str, span: Span) -> str:
        """*wanted*, or ``wanted-2`` with a finding where a number is printed twice."""
        if wanted not in self.ids:
            self.ids[wanted] = 1
            return wanted
        count = self.ids[wanted] + 1
        while f"{wanted}-{count}" in self.ids:
            count += 1
        self.ids[wanted] = count
        self.ids[f"{wanted}-{count}"] = 1
        self.findings.append(
            Finding(
                "duplicate-number",
                Severity.WARNING,
                f"Số {where} có hai lần trong cùng một phần.",
                "Xem bản gốc: có thể đánh số nhầm, hoặc dấu ngoặc kép của đoạn trích bị thiếu.",
                where,
                span,
            )
        )
        return f"{wanted}-{count}"

    def gap(self, where: str, missing: str, span: Span) -> None:
        self.findings.append(
            Finding(
                "number-gap",
                Severity.WARNING,
                f"Thiếu {missing} ngay trước {where}.",
                "Xem bản gốc: số bị bỏ qua, hoặc dòng ấy không đọc được.",
                where,
                span,
            )
        )


def preorder(draft: Draft) -> list[Draft]:
    found, stack = [], [draft]
    while stack:
        here = stack.pop()
        found.append(here)
        stack.extend(reversed(here.children))
    return found


def is_heading(text: str) -> bool:
    return bool(text) and len(text) <= _LONGEST_HEADING and not text.endswith(_SENTENCE_END)


def finish(root: Draft, length: int) -> Node:
    """Nodes with spans: each one's own words reach to the next node's start."""
    order = preorder(root)
    ends = [draft.start for draft in order[1:]] + [length]
    own = {id(d): Span(d.start, e) for d, e in zip(order, ends, strict=True)}
    made: dict[int, Node] = {}
    for draft in reversed(order):
        children = tuple(made[id(child)] for child in draft.children)
        here = own[id(draft)]
        made[id(draft)] = Node(
            draft.id,
            draft.level,
            draft.marker,
            draft.number,
            draft.heading,
            Span(here.start, children[-1].span.end if children else here.end),
            here,
            children,
        )
    return made[id(root)]
