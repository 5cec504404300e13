"""Pieces of text on a page → lines in the order a person reads them.

Vietnamese papers have two columns side by side twice: the letterhead (issuer | national motto) and
the signature (Nơi nhận | who signs). There the left column is read first; all else goes down the
page, and cells of a ruled table go row by row. Lengths are points, y grows upwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.extract.lines import Draft
from kb.text import fold


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that stands together on one line of a page; ``cell`` as in ``Line``."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    bold: bool | None = False
    size: float = 0.0  # of its font
    cell: tuple[int, int, int] | None = None
    confidence: float | None = None  # of a recogniser, 0..1

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2


# The first row of the right column of a letterhead, folded: the State's or the Party's.
MOTTO = re.compile(r"cong hoa xa hoi chu nghia viet nam|dang cong san viet nam")
# Where it begins in a row that stands too near to the issuer's name to be a line of its own.
MOTTO_BEGINS = re.compile(
    r"(?<=\S)\s{1,40}(?=CỘNG HO[ÀA]|CỘNG HÒA XÃ|CỘNG HOÀ XÃ|ĐẢNG CỘNG SẢN VIỆT|Độc lập\s?[-–—])"
)
_RECIPIENTS = re.compile(r"noi nhan\s{0,3}:?|noi gui\s{0,3}:")
_NEAR = 60.0  # wider gaps inside a row part two lines, narrower ones are tabs
_RIGHT = 0.38  # of the page's width: where a right column may begin
_TOP = 0.55  # of the page's height: the letterhead is above


def in_order(pieces: Iterable[Piece], page: int, width: float, height: float) -> list[Draft]:
    """The lines of one page of that size, 1-based *page*."""
    rows = _rows([piece for piece in pieces if piece.text.strip()])
    margins = _margins(rows, width)
    found: list[Draft] = []
    at = 0
    while at < len(rows):
        end, columns = _columns(rows, at, width, height)
        if columns:
            for column in columns:
                found.extend(_draft([piece], page, margins, height) for piece in column)
            at = end
            continue
        if any(piece.cell for piece in rows[at]):
            end = at
            cells: list[Piece] = []
            while end < len(rows) and any(piece.cell for piece in rows[end]):
                cells.extend(rows[end])
                end += 1
            found.extend(_draft([piece], page, margins, height) for piece in _by_cell(cells))
            at = end
            continue
        found.extend(_draft(group, page, margins, height) for group in _groups(rows[at]))
        at += 1
    return found


def _rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Pieces that share at least half of their height, top row first, each from left to right."""
    rows: list[list[Piece]] = []
    low = high = 0.0
    for piece in sorted(pieces, key=lambda p: (-(p.y0 + p.y1), p.x0)):
        shared = min(high, piece.y1) - max(low, piece.y0)
        least = min(high - low, piece.y1 - piece.y0)
        if rows and least > 0 and shared >= 0.5 * least:
            rows[-1].append(piece)
        else:
            rows.append([piece])
            low, high = piece.y0, piece.y1
    return [sorted(row, key=lambda piece: piece.x0) for row in rows]


def _margins(rows: Sequence[Sequence[Piece]], width: float) -> tuple[float, float]:
    """Left and right edge of the text of a page."""
    starts = sorted(row[0].x0 for row in rows)
    ends = sorted(row[-1].x1 for row in rows)
    if len(rows) < 5:
        return 0.14 * width, 0.91 * width  # margins of Nghị định 30/2020/NĐ-CP, Phụ lục I
    return starts[len(starts) // 20], ends[-1 - len(ends) // 20]


def _columns(
    rows: Sequence[Sequence[Piece]], at: int, width: float, height: float
) -> tuple[int, list[list[Piece]]]:
    """(row below, [left, right column]) where two columns begin at row *at*, else (at, [])."""
    row = rows[at]
    if any(piece.cell for piece in row):
        return at, []
    motto = next((p for p in row if _is_motto(p, width)), None) or _motto_below(
        rows, at, width, height
    )
    if motto is not None and motto.y0 > _TOP * height:
        return _gather(rows, at, motto.x0, width, motto.centre)
    names = [p for p in row if _RECIPIENTS.match(fold(p.text.strip(" *_")))]
    if not names and at + 1 < len(rows) and row[0].x0 > _RIGHT * width:
        # Who signs often stands a little above "Nơi nhận".
        for below in rows[at + 1 : at + 4]:
            names = [p for p in below if _RECIPIENTS.match(fold(p.text.strip(" *_")))]
            if names or below[0].x0 <= _RIGHT * width:
                break
    if not names or names[0].x0 > _RIGHT * width:
        return at, []
    rights = [
        p.x0 for r in rows[at : at + 12] for p in r if p.x0 > max(_RIGHT * width, names[0].x1)
    ]
    if not rights:
        return at, []
    return _gather(rows, at, min(rights), width, None)


def _is_motto(piece: Piece, width: float) -> bool:
    """Is it the head of a right column (in the middle of the page it stands alone)?"""
    return piece.centre > 0.55 * width and MOTTO.search(fold(piece.text)) is not None


def _motto_below(
    rows: Sequence[Sequence[Piece]], at: int, width: float, height: float
) -> Piece | None:
    """The motto in one of the next two rows, when the issuer's first row stands above it."""
    first = rows[at][0]
    if len(rows[at]) != 1 or first.x1 > 0.55 * width or first.centre > 0.4 * width:
        return None
    for row in rows[at + 1 : at + 3]:
        for piece in row:
            if _is_motto(piece, width):
                return piece if first.y0 - piece.y1 < 0.03 * height else None
    return None


def _gather(
    rows: Sequence[Sequence[Piece]], at: int, split: float, width: float, motto: float | None
) -> tuple[int, list[list[Piece]]]:
    """Rows from *at* on as two columns parted at *split*, down to the first that crosses it."""
    left: list[Piece] = []
    right: list[Piece] = []
    end = at
    for row in rows[at:]:
        if any(p.cell for p in row):
            break
        lefts = [p for p in row if p.centre < split]
        rights = [p for p in row if p.centre >= split]
        if any(p.x0 < split - 30 and p.x1 > split + 12 for p in row) or (
            end > at and _is_title(row, left, width, motto)
        ):
            break
        left.extend(lefts)
        right.extend(rights)
        end += 1
    return (end, [left, right]) if left and right else (at, [])


def _is_title(
    row: Sequence[Piece], left: Sequence[Piece], width: float, motto: float | None
) -> bool:
    """Below a letterhead: is this one row in the middle of the page, in neither column?"""
    if motto is None or len(row) != 1 or not left:
        return False
    issuer = sorted(piece.centre for piece in left)[len(left) // 2]
    middle = 0.525 * width  # between margins of 30 mm and 20 mm
    centre = row[0].centre
    return abs(centre - middle) < min(abs(centre - motto), abs(centre - issuer))


def _by_cell(pieces: Sequence[Piece]) -> list[Piece]:
    """Row by row of the table, cell by cell; what is in no cell keeps its height."""
    last: tuple[int, int, int] = (0, -1, -1)
    keyed: list[tuple[tuple[int, int, int], int, Piece]] = []
    for number, piece in enumerate(pieces):
        if piece.cell is not None:
            keyed.append((piece.cell, number, piece))
            last = max(last, piece.cell)
        else:
            keyed.append((last, number, piece))
    return [piece for _, _, piece in sorted(keyed, key=lambda item: item[:2])]


def _groups(row: Sequence[Piece]) -> list[list[Piece]]:
    """A row's pieces joined where only a tab parts them ("1." and what follows it)."""
    groups: list[list[Piece]] = []
    for piece in row:
        if groups and piece.x0 - groups[-1][-1].x1 < _NEAR:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups


def _draft(group: Sequence[Piece], page: int, margins: tuple[float, float], height: float) -> Draft:
    text = " ".join(unspaced(piece.text.strip()) for piece in group)
    left, right = margins
    centre = (group[0].x0 + group[-1].x1) / 2
    centred = abs(centre - (left + right) / 2) < 15 and group[0].x0 > left + 40
    bold = None if group[0].bold is None else all(piece.bold for piece in group)
    box = (
        round(group[0].x0, 1), round(height - max(p.y1 for p in group), 1),
        round(max(p.x1 for p in group), 1), round(height - min(p.y0 for p in group), 1),
    )  # fmt: skip
    sure = [piece.confidence for piece in group if piece.confidence is not None]
    return Draft(
        text, page, bold, centred, group[0].cell, box, min(sure, default=None)
    )  # fmt: skip


def unspaced(text: str) -> str:
    """A letter-spaced title as words.

    >>> unspaced("K Ế   H O Ạ C H")
    'KẾ HOẠCH'
    """
    words = re.split(r"\s{2,}", text)
    letters = [word.split(" ") for word in words]
    if sum(map(len, letters)) < 3 or any(len(letter) != 1 for word in letters for letter in word):
        return text
    if not text.replace(" ", "").isalpha() or not text.isupper():
        return text
    return " ".join("".join(word) for word in letters)


_FOOTNOTE = re.compile(r"\[(\d{1,3})\]\s?")


def without_footnotes(
    pieces: Sequence[Piece], body: float, going_on: bool
) -> tuple[list[Piece], list[tuple[str, bool]]]:
    """A page's pieces without the footnotes below them, and these: (text, begins with its mark).

    Footnotes are the rows at the foot of the page in letters smaller than those of the *body*, from
    the first marked ``[n]`` on; with *going_on* (the page before ended in one) also those without.
    """
    foot: list[list[Piece]] = []
    for row in reversed(_rows([piece for piece in pieces if piece.text.strip()])):
        text = row[0].text.strip()
        if len(row) == 1 and text.isdigit():
            continue
        if any(piece.size > 0.93 * body or piece.cell for piece in row):
            break
        foot.insert(0, row)
    marked = [number for number, row in enumerate(foot) if _FOOTNOTE.match(row[0].text.strip())]
    if not marked and not (going_on and foot):
        return list(pieces), []
    rows = foot if going_on else foot[marked[0] :]
    taken = {id(piece) for row in rows for piece in row}
    notes: list[tuple[str, bool]] = []
    for row in rows:
        text = " ".join(" ".join(piece.text.split()) for piece in row)
        mark = _FOOTNOTE.match(text)
        if mark or not notes:
            notes.append((text[mark.end() :] if mark else text, mark is not None))
        else:
            notes[-1] = (f"{notes[-1][0]} {text}", notes[-1][1])
    return [piece for piece in pieces if id(piece) not in taken], notes


def in_cells(
    pieces: Iterable[Piece],
    across: Sequence[tuple[float, float, float]],
    down: Sequence[tuple[float, float, float]],
    tables: int,
) -> tuple[list[Piece], int]:
    """Pieces with their cells, and how many tables are counted by now.

    *across* are rules (y, from x, to x), *down* (x, from y, to y). A grid needs three of each,
    so that a frame or an underline makes none.
    """
    placed = list(pieces)
    for top, bottom in _spans(down):
        xs = _distinct(x for x, low, high in down if low >= bottom - 3 and high <= top + 3)
        ys = _distinct(y for y, _, _ in across if bottom - 3 <= y <= top + 3)
        if len(xs) < 3 or len(ys) < 3:
            continue
        tables += 1
        for number, piece in enumerate(placed):
            middle = (piece.y0 + piece.y1) / 2
            if not ys[0] < middle < ys[-1] or not xs[0] - 3 <= piece.centre <= xs[-1] + 3:
                continue
            row = sum(y > middle for y in ys) - 1
            column = sum(x < piece.x0 + 3 for x in xs) - 1
            placed[number] = replace(piece, cell=(tables, row, max(column, 0)))
    return placed, tables


def _spans(down: Sequence[tuple[float, float, float]]) -> list[tuple[float, float]]:
    """(top, bottom) of each stretch of the page that vertical rules cover without a gap."""
    spans: list[list[float]] = []
    for low, high in sorted(
        ((low, high) for _, low, high in down), reverse=True, key=lambda s: s[1]
    ):
        if spans and high >= spans[-1][1] - 3:
            spans[-1][1] = min(spans[-1][1], low)
        else:
            spans.append([high, low])
    return [(top, bottom) for top, bottom in spans]


def _distinct(values: Iterable[float]) -> list[float]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > 3:
            found.append(value)
    return found
