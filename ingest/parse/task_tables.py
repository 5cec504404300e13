"""Tables of tasks: what, who, when, what comes of it. Each row is an item of the plan.

A table is one of tasks when its first rows name a column for the work and one for who or when. A
list of schools or a table of figures has neither and gives no item.

A cell that takes several rows speaks of each of them: one name beside three tasks is charged with
all three. An empty cell that is merged with none says nothing and is filled from nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
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
_RESULT = re.compile(
    r"^(?:dự kiến |yêu cầu (?:về )?)?(?:kết quả|sản phẩm|đầu ra|minh chứng)|^yêu cầu cần đạt", re.I
)
_WHEN = re.compile(r"^(?:thời gian|thời hạn|thời điểm|tiến độ|hạn|ngày|tháng|tuần|buổi|lịch)", re.I)


@dataclass(frozen=True, slots=True)
class Columns:
    """How many rows are heads, and which columns hold the work, who, when and the result."""

    heads: int
    work: int
    who: tuple[int, ...]
    when: tuple[int, ...]
    result: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """The words of one cell, in how many rows from *row* on it stands, and where in the text."""

    row: int
    column: int
    reach: int
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
    tasks = rows[columns.heads :]
    for at, row in enumerate(tasks):
        words = _of(row, (columns.work,))
        if any(c.isalpha() for c in words):
            made += 1
            name = f"t{number}r{made}"
            # Rows that the cell of the work takes are all of this one task.
            last = max(c.row + c.reach for c in row if c.column == columns.work)
            own = [other for other in tasks[at:] if other[0].row < last]
            cells = [*_reaching(tasks[:at], row[0].row), *(c for other in own for c in other)]
            yield PlanItem(
                f"{holder.id}.{name}" if holder else name,
                holder.id if holder else None,
                _marker(row, columns.work),
                words,
                Span(row[0].span.start, own[-1][-1].span.end),
                who=_of(cells, columns.who),
                when=_of(cells, columns.when),
                result=_of(cells, columns.result),
            )


def _reaching(above: Sequence[Sequence[Cell]], row: int) -> Iterator[Cell]:
    """Cells of rows *above* that take the row *row*, too."""
    for cells in above:
        yield from (cell for cell in cells if cell.row + cell.reach > row)


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
    """Tables as rows of cells, in the order of the text; rows without a word are none."""
    for _, table in groupby(source.cells(text), key=lambda found: found[0][0]):
        rows = []
        for _, row in groupby(table, key=lambda found: found[0][1]):
            several = groupby(row, key=lambda found: found[:2])
            rows.append([_cell(at, reach, [s for *_, s in spans], text)
                         for (at, reach), spans in several])  # fmt: skip
        yield rows


def _cell(at: tuple[int, int, int], reach: int, spans: Sequence[Span], text: str) -> Cell:
    words = " ".join(" ".join(span.of(text).split()) for span in spans)
    return Cell(at[1], at[2], reach, words, Span(spans[0].start, spans[-1].end))


def _columns(rows: Sequence[Sequence[Cell]]) -> Columns | None:
    """The columns of a table of tasks, None for another table."""
    for heads, row in enumerate(rows[:_HEADS], 1):
        result = tuple(c.column for c in row if _RESULT.search(c.text))
        rest = [c for c in row if c.column not in result]
        works = [c for c in rest if _WORK.search(c.text) and not _WHO.search(c.text)]
        if not works:
            continue
        # "Nội dung" beside three rows of "Công việc" is their heading.
        group = works[0].column
        grouped = any(c.column == group and c.reach > 1 for cells in rows[heads:] for c in cells)
        work = works[-1 if grouped else 0]
        who = [c.column for c in rest if c not in works and _WHO.search(c.text)]
        when = [c.column for c in rest
                if c not in works and c.column not in who and _WHEN.search(c.text)]  # fmt: skip
        # A head that takes two rows has the names of parts of its neighbours beside it.
        heads = max(heads, sum(other[0].row < work.row + work.reach for other in rows))
        if (who or when) and len(rows) > heads:
            return Columns(heads, work.column, tuple(who), tuple(when), result)
    return None


def _of(cells: Iterable[Cell], columns: Sequence[int]) -> str:
    """The words in these columns, each once."""
    return "; ".join(dict.fromkeys(c.text for c in cells if c.column in columns and c.text))


def _marker(row: Sequence[Cell], work: int) -> str:
    first = row[0]
    return first.text if first.column < work and re.fullmatch(r"[\dIVX.]{1,6}", first.text) else ""
