"""Tables of tasks: what, who, when, what comes of it. Each row is an item of the plan.

A table is one of tasks when its first rows name a column for the work and one for who or when. A
list of schools or a table of figures has neither and gives no item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from kb.plans import PlanItem
from kb.sources import Source
from kb.text import Span

_HEADS = 2  # rows that may hold the names of the columns
_WORK = re.compile(
    r"^(?:tên |các )?(?:nội dung|công việc|nhiệm vụ|hoạt động|việc|đầu việc|biện pháp|"
    r"giải pháp)",
    re.I,
)
_WHO = re.compile(
    r"phụ trách|chủ trì|người|bộ phận|đơn vị (?:thực hiện|chủ trì|phối hợp)|phân công|trách nhiệm|"
    r"^(?:ai làm|thực hiện|phối hợp)", re.I
)  # fmt: skip
_WHEN = re.compile(r"^(?:thời gian|thời hạn|thời điểm|tiến độ|hạn|ngày|tháng|tuần|buổi|lịch)", re.I)


@dataclass(frozen=True, slots=True)
class Columns:
    """How many rows are heads, and which columns hold the work, who and when."""

    heads: int
    work: int
    who: tuple[int, ...]
    when: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """The words of one cell and where they stand in the text."""

    column: int
    text: str
    span: Span


def with_tables(text: str, source: Source, items: Sequence[PlanItem]) -> list[PlanItem]:
    """*items*, those of the tree, with the rows of the tables of tasks, in the order of the text.

    A row hangs on the item its table stands in and is ``t1r3``: third row of the text's first such
    table. That item's own words end where the table begins, and a number in a cell is no item.
    """
    kept, made, number = list(items), list[PlanItem](), 0
    for rows in _tables(text, source):
        columns = _columns(rows)
        if columns is None:
            continue
        number += 1
        whole = Span(rows[0][0].span.start, rows[-1][-1].span.end)
        within = [item for item in kept if whole.start <= item.span.start < whole.end]
        kept = [item for item in kept if item not in within]
        holder = next((i for i in kept if i.span.start <= whole.start < i.span.end), None)
        if holder is not None:
            kept[kept.index(holder)] = _cut(holder, whole.start, text)
        elif within:  # the tree took its cells for paragraphs under a heading
            holder = next((item for item in kept if item.id == within[0].parent), None)
        made.extend(_items(rows, columns, number, holder))
    return sorted((*kept, *made), key=lambda item: item.span.start)


def _items(
    rows: Sequence[Sequence[Cell]], columns: Columns, number: int, holder: PlanItem | None
) -> Iterator[PlanItem]:
    made = 0
    for row in rows[columns.heads :]:
        words = _of(row, (columns.work,))
        if any(c.isalpha() for c in words):
            made += 1
            name = f"t{number}r{made}"
            yield PlanItem(
                f"{holder.id}.{name}" if holder else name,
                holder.id if holder else None,
                _marker(row, columns.work),
                words,
                Span(row[0].span.start, row[-1].span.end),
                who=_of(row, columns.who),
                when=_of(row, columns.when),
            )


def _cut(item: PlanItem, end: int, text: str) -> PlanItem:
    """The item without the table that follows its own words."""
    own = text[item.span.start : end].rstrip()
    words = " ".join(own.split())
    same = words.startswith(item.marker) and not item.text.startswith(item.marker)
    return replace(
        item,
        text=words[len(item.marker) :].strip() if same else words,
        span=Span(item.span.start, item.span.start + len(own)),
    )


def _tables(text: str, source: Source) -> Iterator[list[list[Cell]]]:
    """Tables as rows of cells, in the order of the text."""
    cells = source.cells(text)
    for _, table in groupby(cells, key=lambda found: found[0][0]):
        rows = []
        for _, row in groupby(table, key=lambda found: found[0][1]):
            several = groupby(row, key=lambda found: found[0][2])
            rows.append([_cell(column, [s for _, s in spans], text) for column, spans in several])
        yield rows


def _cell(column: int, spans: Sequence[Span], text: str) -> Cell:
    words = " ".join(" ".join(span.of(text).split()) for span in spans)
    return Cell(column, words, Span(spans[0].start, spans[-1].end))


def _columns(rows: Sequence[Sequence[Cell]]) -> Columns | None:
    """The columns of a table of tasks, None for another table."""
    for heads, row in enumerate(rows[:_HEADS], 1):
        works = (c.column for c in row if _WORK.search(c.text) and not _WHO.search(c.text))
        work = next(works, None)
        who = [c.column for c in row if c.column != work and _WHO.search(c.text)]
        when = [c.column for c in row if c.column not in (work, *who) and _WHEN.search(c.text)]
        if work is not None and (who or when) and len(rows) > heads:
            return Columns(heads, work, tuple(who), tuple(when))
    return None


def _of(row: Sequence[Cell], columns: Sequence[int]) -> str:
    return "; ".join(cell.text for cell in row if cell.column in columns and cell.text)


def _marker(row: Sequence[Cell], work: int) -> str:
    first = row[0]
    return first.text if first.column < work and re.fullmatch(r"[\dIVX.]{1,6}", first.text) else ""
