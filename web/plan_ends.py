"""What stands above a plan's first item and below its last one, row by row: letterhead, grounds,
recipients, signature. What is found there is led to there, as findings of items are to items."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kb.checks.places import GROUNDS, HEAD, RECIPIENTS, SIGNATURE
from kb.plans import PlanItem

_PARTS = {HEAD: "phan-dau", GROUNDS: "phan-dau", RECIPIENTS: "phan-cuoi", SIGNATURE: "phan-cuoi"}
_ROW = re.compile(r"\S[^\n]*")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the paper's text; ``start`` and ``end`` in it."""

    start: int
    end: int
    words: str

    @property
    def anchor(self) -> str:
        return f"dong-{self.start}"


def ends(text: str, items: Sequence[PlanItem]) -> tuple[list[Row], list[Row]]:
    """The rows above and below the *items*; all are above where there are none."""
    first = min((item.span.start for item in items), default=len(text))
    last = max((item.span.end for item in items), default=len(text))
    rows = [Row(row.start(), row.end(), row[0].strip()) for row in _ROW.finditer(text)]
    return [row for row in rows if row.start < first], [row for row in rows if row.start >= last]


def led(found: Sequence[dict[str, Any]], rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Findings as ``web.checks`` tells them, each with the ``anchor`` of its place on the page: its
    item, else the row it begins on, else the part of the paper; "" where it has none."""
    out = []
    for one in found:
        start = one["span"][0] if one["span"] else -1
        row = next((r for r in rows if r.start <= start < r.end), None)
        out.append(
            one | {"anchor": one["item"] or (row.anchor if row else _PARTS.get(one["where"], ""))}
        )
    return out
