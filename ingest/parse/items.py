"""Items of plans, directives and letters: A. / I. / 1. / 1.1. / a) / - / +.

Each kind of number has its place in the order above; dashes, pluses and dots are ranked by who
comes first under the same number. A paragraph without a mark counts when it stands alone under a
heading, a short heading without a number when paragraphs or dashes follow it: texts copied from
Word lose the numbers it counted.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from ingest.parse import markers
from ingest.parse.chains import best_chain, repeats
from ingest.parse.drafts import Build, Draft, is_heading
from ingest.parse.markers import Label, Row
from kb.structure import Level
from kb.text import Span

_NUMBERED: tuple[Callable[[Row], Label | None], ...] = (
    markers.capital,
    markers.roman,
    markers.arabic,
    markers.decimal,
    markers.letter,
)
# g: gạch đầu dòng, c: dấu cộng, b: dấu khác.
_BULLET_LETTERS = {"-": "g", "+": "c"}
_DEEPEST_BULLET = 4
_WRAPPED = 60  # a row this long may have been broken by the page's edge, a shorter one was ended
_UNBROKEN = 160  # no page is so wide: the text's rows are its paragraphs


def parse_items(
    rows: Sequence[Row], parent: Draft, prefix: str, skip: Collection[int], build: Build
) -> None:
    """Hang the items of *rows* on *parent*; ids begin with *prefix*."""
    _numbered(rows, parent, prefix, skip, build, 0)


def parse_paragraphs(rows: Sequence[Row], parent: Draft, prefix: str, build: Build) -> None:
    """Every paragraph of a text that has no numbers, ``p1``, ``p2`` …"""
    _paragraphs(rows, parent, prefix, build)


def child_id(prefix: str, label: str) -> str:
    """``I`` + ``1`` → ``I.1``; ``att_1__`` + ``I`` → ``att_1__I``."""
    return f"{prefix}{label}" if not prefix or prefix.endswith("__") else f"{prefix}.{label}"


def _numbered(
    rows: Sequence[Row],
    parent: Draft,
    prefix: str,
    skip: Collection[int],
    build: Build,
    depth: int,
) -> None:
    if depth == len(_NUMBERED):
        heads = _unnumbered(rows, parent, skip)
        if heads:
            _under_heads(rows, heads, parent, prefix, skip, build)
        else:
            _bullets(rows, parent, prefix, skip, build)
        return
    labels = [
        label
        for row in rows
        if row.text and row.index not in skip and (label := _NUMBERED[depth](row))
    ]
    chain = best_chain(labels)
    if not chain or (len(chain) == 1 and labels[chain[0]].order != (1, 0)):
        _numbered(rows, parent, prefix, skip, build, depth + 1)
        return
    if _NUMBERED[depth] is markers.capital and len(chain) < 2:
        _numbered(rows, parent, prefix, skip, build, depth + 1)
        return
    again = set(repeats(labels, chain))
    picked = [labels[index] for index in sorted({*chain, *again})]
    place = {row.index: at for at, row in enumerate(rows)}
    _numbered(rows[: place[picked[0].row.index]], parent, prefix, skip, build, depth + 1)
    ends = [place[label.row.index] for label in picked[1:]] + [len(rows)]
    before: Label | None = None
    for label, end in zip(picked, ends, strict=True):
        begin = place[label.row.index]
        name = _name(label, parent)
        span = Span(label.start, label.row.end)
        wanted = child_id(prefix, name)
        if before is not None or label.order[0] > 1:
            _check_gap(before, label, wanted, span, build, lettered=depth == len(_NUMBERED) - 1)
        item = parent.add(
            Draft(
                Level.ITEM,
                label.marker,
                label.number,
                label.start,
                build.new_id(wanted, wanted, span),
                rest=label.rest,
            )
        )
        below = rows[begin + 1 : end]
        _numbered(below, item, item.id, skip, build, depth + 1)
        if not item.children:
            _alone(rows[begin], below, item, build)
        if item.children and is_heading(item.rest):
            item.heading = _whole_heading(item, rows[begin + 1 : end])
        before = label


def _name(label: Label, parent: Draft) -> str:
    """Last part of the id: letters keep đ apart, 1.2 under 1 is 2."""
    if "." in label.number:
        first, _, last = label.number.partition(".")
        return last if first == parent.number else label.number.replace(".", "_")
    return label.number.replace("đ", "dd")


def _check_gap(
    before: Label | None, label: Label, where: str, span: Span, build: Build, *, lettered: bool
) -> None:
    earlier = before.order[0] if before else 0
    if lettered:
        missing = markers.letter_gap(earlier, label.order[0])
    else:
        missing = label.order[0] - earlier - 1
    if missing > 0:
        build.gap(where, f"{missing} mục", span)


def _unnumbered(rows: Sequence[Row], parent: Draft, skip: Collection[int]) -> list[int]:
    """Places of the short headings that divide what stands under a heading, [] where they do not
    all look so: at least two, the first on top, each with paragraphs or dashes below."""
    if parent.level is not Level.ITEM or not is_heading(parent.rest):
        return []
    filled = [at for at, row in enumerate(rows) if row.text]
    heads = []
    for place, at in enumerate(filled):
        row = rows[at]
        above = rows[filled[place - 1]] if place else None
        if markers.bullet(row, above) or len(row.text) > _WRAPPED or row.text[-1] in ".;:":
            continue
        below = rows[filled[place + 1]] if place + 1 < len(filled) else None
        follows = below and (markers.bullet(below, row) or len(below.text) > _WRAPPED)
        ended = above is None or above.text[-1] in ".;:"
        if not follows or not ended or not markers.starts_upper(row.text) or row.index in skip:
            return []  # a table's cells, a broken row
        heads.append(at)
    return heads if len(heads) > 1 and heads[0] == filled[0] else []


def _under_heads(
    rows: Sequence[Row],
    heads: Sequence[int],
    parent: Draft,
    prefix: str,
    skip: Collection[int],
    build: Build,
) -> None:
    for number, (at, end) in enumerate(zip(heads, (*heads[1:], len(rows)), strict=True), 1):
        row, wanted = rows[at], child_id(prefix, f"h{number}")
        name = build.new_id(wanted, wanted, Span(row.start, row.end))
        item = parent.add(Draft(Level.ITEM, "", "", row.start, name, row.text, row.text))
        below = rows[at + 1 : end]
        _bullets(below, item, item.id, skip, build)
        if not item.children:
            _paragraphs(below, item, item.id, build)


def _bullets(
    rows: Sequence[Row], parent: Draft, prefix: str, skip: Collection[int], build: Build
) -> None:
    stack: list[tuple[str, Draft]] = []
    counts: dict[tuple[str, str], int] = {}
    above: Row | None = None
    alone = _between(rows, parent, skip)
    for row in rows:
        label = markers.bullet(row, above) if row.index not in skip else None
        above = row
        if label is None:
            if row.index in alone:
                stack.clear()
                number = counts[(prefix, "p")] = counts.get((prefix, "p"), 0) + 1
                _paragraph(row, parent, child_id(prefix, f"p{number}"), build)
            continue
        sign = label.marker
        if any(sign == known for known, _ in stack):
            while stack[-1][0] != sign:
                stack.pop()
            stack.pop()
        elif len(stack) == _DEEPEST_BULLET:
            stack.pop()
        holder = stack[-1][1] if stack else parent
        base = holder.id if stack else prefix
        letter = _BULLET_LETTERS.get(sign, "b")
        number = counts[(base, letter)] = counts.get((base, letter), 0) + 1
        wanted = child_id(base, f"{letter}{number}")
        item = holder.add(
            Draft(
                Level.PLUS if sign == "+" else Level.DASH,
                sign,
                "",
                label.start,
                build.new_id(wanted, wanted, Span(label.start, row.end)),
                rest=label.rest,
            )
        )
        stack.append((sign, item))


def _between(rows: Sequence[Row], parent: Draft, skip: Collection[int]) -> set[int]:
    """Indices of the paragraphs that stand by themselves among the dashes under a heading: before
    the first one or after one that has ended."""
    if parent.level is not Level.ITEM or not is_heading(parent.rest):
        return set()
    filled = [row for row in rows if row.text]
    marked = [
        bool(markers.bullet(row, above))
        for above, row in zip([None, *filled], filled, strict=False)
    ]
    found: set[int] = set()
    for place, row in enumerate(filled):
        if marked[place] or row.index in skip or len(row.text) <= _WRAPPED or not any(marked):
            continue
        ended = place == 0 or filled[place - 1].text[-1] in ".;:"
        if ended and markers.starts_upper(row.text):
            found.add(row.index)
    return found


def _alone(first: Row, below: Sequence[Row], item: Draft, build: Build) -> None:
    """Paragraphs under a heading that has nothing else below it."""
    if not is_heading(item.rest):
        return
    start = 0
    while start < len(below) and below[start].text and not _paragraph_starts(below, start, first):
        start += 1
    _paragraphs(below[start:], item, item.id, build)


def _paragraph_starts(below: Sequence[Row], at: int, first: Row) -> bool:
    row = below[at]
    before = below[at - 1] if at else first
    if not markers.starts_upper(row.text) and row.text[0] not in '"(':
        return False
    ended = not before.text or before.text[-1] in ".;:" or len(before.text) < _WRAPPED
    return ended or len(row.text) > _UNBROKEN


def _paragraphs(rows: Sequence[Row], parent: Draft, prefix: str, build: Build) -> None:
    count = 0
    before: Row | None = None
    for row in rows:
        if row.text:
            broken = before is not None and before.text and before.text[-1] not in ".;:!?"
            if not (broken and count) and any(c.isalnum() for c in row.text):
                count += 1
                _paragraph(row, parent, child_id(prefix, f"p{count}"), build)
        before = row


def _paragraph(row: Row, parent: Draft, wanted: str, build: Build) -> None:
    name = build.new_id(wanted, wanted, Span(row.start, row.end))
    parent.add(Draft(Level.PARAGRAPH, "", "", row.start, name, rest=row.text))


def _whole_heading(item: Draft, below: Sequence[Row]) -> str:
    """The heading with the rows it runs on over, up to the first child."""
    words = [item.rest]
    for row in below:
        if not row.text or row.start >= item.children[0].start:
            break
        if markers.is_upper(item.rest) != markers.is_upper(row.text) or len(words) > 3:
            break
        if not markers.is_upper(row.text) and markers.starts_upper(row.text):
            break
        words.append(row.text)
    return " ".join(words)
