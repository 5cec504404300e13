"""Extracted lines → the text that is parsed: match form, without what only the layout put there.

Every character of ``Cleaned.text`` knows its place in ``Extracted.text``. What is taken out is
certain to be no text of the document: running heads, page numbers, a portal's notes, a signature's
banner. What is joined is one line that the page's width broke.
"""

from __future__ import annotations

import math
import re
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest import Cleaned, Extracted, Line
from ingest.sniff import PDF
from kb.findings import Finding, Severity
from kb.portal_notes import NOTE, RawNote
from kb.text import OffsetMap, Span, match_text


@dataclass(slots=True)
class _Piece:
    """A line under way: text, source range of each character, its first and last source line."""

    text: str
    starts: array[int]
    ends: array[int]
    line: Line
    last: Line

    @property
    def stop(self) -> int:
        return self.last.offset + len(self.last.text)


# Text that its match form leaves as it is, after one-to-one replacements; the slow and exact road
# (``match_text``) is for the rest. A test holds the two together.
_PLAIN = re.compile(r"(?:[!-~À-ÏÑ-ïñ-ÿĂăĐđĨĩŨũƠơƯưẠ-ỹ…]| (?! ))*")
_REPLACED = str.maketrans("\u00a0\t–—“”‘’", '  --""' + "''")

_PAGE_NUMBER = re.compile(r"(?:[Tt]rang\s?)?-?\s?(\d{1,4})\s?-?(?:\s?/\s?\d{1,4})?")
_CERTAIN_PAGE = re.compile(r"-\s?\d{1,4}\s?-|Trang\s?\d{1,4}\s?/\s?\d{1,4}")
_GAZETTE = re.compile(
    r"(?:\d{1,4}\s)?CÔNG BÁO\s?/\s?Số\s.{1,60}/\s?Ngày\s[\d\s/.-]{6,30}", re.IGNORECASE
)
_SIGNED = re.compile(r"(?:Người ký|Email|Cơ quan|Chức vụ|Thời gian ký|Nơi ký)\s?:")
# What begins a new line whatever the line before it.
_MARKER = re.compile(
    r"[\"'(]?(?:"
    r"(?:Điều|ĐIỀU)\s\d{1,4}[a-zđ]?\s?[.:]|(?:Điều|ĐIỀU)\s\d{1,4}[a-zđ]?$"
    r"|(?:Chương|CHƯƠNG|Mục|MỤC|Phần|PHẦN|Tiểu mục|TIỂU MỤC|PHỤ LỤC|Phụ lục)\s(?:[IVXLC\d]|thứ|THỨ)"
    r"|PHỤ LỤC$|[IVXLC]{1,7}\s?[.)/-]\s?\S|[IVXLC]{1,7}\s?[.]$"
    r"|\d{1,3}(?:\.\d{1,3}){0,4}\s?[.)/](?=\s|$)|\d{1,2}(?:\.\d{1,2}){1,4}\s(?=[^\W\d_a-z])"
    r"|[a-zđ](?:\.?\d{1,2})?\s?[.)](?=\s|$)|[a-zđ]\)"
    r"|[-+*•]|Căn cứ\s|Theo đề nghị\s|Xét đề nghị\s|Nơi nhận|Kính gửi|Số\s?:"
    r"|\[\d{1,3}\]"
    r")"
)
_SENTENCE_END = re.compile(r"[.;:!?]\s?[\"')]{0,2}(?:\[\d{1,3}\]){0,3}$|\./\.?$")
# "20/2021/NĐ-" + "CP", "2021-" + "2030", "sơ -" stays two words.
_BROKEN_NUMBER = re.compile(r"(?:^|[\s(])\S{0,40}/\S{0,40}[-/]$|(?:^|[\s(])(?:19|20)\d\d-$")
_EDGE = 2  # lines at the top and at the bottom of a page where running heads are looked for
_REPEATS = 3  # pages
_DENSE = 0.4  # of the pages from its first to its last; heads of odd pages stand on half of them
_FULL_CAPITALS = 0.55
_FULL = 0.75  # of a page's usual length: a line this long was broken by the page's width


def clean(extracted: Extracted) -> Cleaned:
    """The lines in match form with their map. Never raises."""
    dropped = _layout_lines(extracted.lines)
    wrapped = extracted.media_type == PDF
    usual = _usual_lengths(extracted.lines) if wrapped else {}
    pieces: list[_Piece] = []
    notes: list[tuple[Span, str]] = []
    for number, line in enumerate(extracted.lines):
        if number in dropped:
            continue
        piece, masked = _unnoted(_piece(line))
        notes += masked
        before = pieces[-1] if pieces else None
        if not piece.text:
            if before is not None and before.text and not masked:
                pieces.append(piece)
            continue
        glue = _glue(before, piece, usual, wrapped) if before is not None else None
        if before is not None and glue is not None:
            _join(before, piece, glue)
        else:
            pieces.append(piece)
    if pieces and not pieces[-1].text:
        pieces.pop()
    lines = (extracted.lines[number] for number in dropped)
    gone = [
        *(span for span, _ in notes),
        *(Span(line.offset, line.offset + len(line.text)) for line in lines),
    ]
    cleaned = _assembled(pieces, _findings(len(dropped), len(notes)))
    starts = cleaned.source.starts
    raw = tuple(RawNote(_behind(cleaned.text, bisect_left(starts, span.start)), note)
                for span, note in notes)  # fmt: skip
    return replace(cleaned, dropped=tuple(sorted(gone)), notes=raw)


def _behind(text: str, at: int) -> int:
    """A note alone in its line stood behind the line before."""
    return at - 1 if at and text[at - 1] == "\n" else at


def _assembled(pieces: Sequence[_Piece], findings: tuple[Finding, ...]) -> Cleaned:
    starts, ends = array("q"), array("q")
    lines: list[Line] = []
    at = 0
    for number, piece in enumerate(pieces):
        if number:
            # The line break stands where its source line's did.
            stop = pieces[number - 1].stop
            starts.append(stop)
            ends.append(stop + 1)
            at += 1
        lines.append(replace(piece.line, text=piece.text, offset=at))
        starts.extend(piece.starts)
        ends.extend(piece.ends)
        at += len(piece.text)
    text = "\n".join(piece.text for piece in pieces)
    return Cleaned(text, tuple(lines), OffsetMap(starts, ends), findings)


def _piece(line: Line) -> _Piece:
    """A line in match form, without spaces around it."""
    text = line.text.translate(_REPLACED)
    if _PLAIN.fullmatch(text):
        first = len(text) - len(text.lstrip(" "))
        text = text.strip(" ")
        starts = array("q", range(line.offset + first, line.offset + first + len(text)))
        ends = array("q", range(line.offset + first + 1, line.offset + first + 1 + len(text)))
        return _Piece(text, starts, ends, line, line)
    matched = match_text(line.text)
    # A break inside a line (from a reader that made none of it) would shift all lines after it.
    whole = re.sub(r"[\n\r\x0b\x0c\x85\u2028\u2029]", " ", matched.text)
    text = whole.strip()
    first = len(whole) - len(whole.lstrip())
    starts, ends = array("q"), array("q")
    for at in range(first, first + len(text)):
        span = matched.source(Span(at, at + 1))
        starts.append(line.offset + span.start)
        ends.append(line.offset + span.end)
    return _Piece(text, starts, ends, line, line)


def _unnoted(piece: _Piece) -> tuple[_Piece, list[tuple[Span, str]]]:
    """The piece without a portal's notes, and these with where in the source they stood."""
    if "[" not in piece.text:
        return piece, []
    found = list(NOTE.finditer(piece.text))
    places = [(Span(piece.starts[n.start()], piece.ends[n.end() - 1]), n[0]) for n in found]
    for note in reversed(found):
        del piece.starts[note.start() : note.end()]
        del piece.ends[note.start() : note.end()]
        piece.text = piece.text[: note.start()] + piece.text[note.end() :]
    trailing = len(piece.text) - len(piece.text.rstrip())
    if found and trailing:
        piece.text = piece.text.rstrip()
        del piece.starts[len(piece.text) :]
        del piece.ends[len(piece.text) :]
    return piece, places


def _glue(
    before: _Piece, piece: _Piece, usual: dict[int | None, float], wrapped: bool
) -> str | None:
    """What joins two lines that were one: "" inside a number, a space, None where they stay two."""
    above, below = before.text, piece.text
    if not above or before.line.cell != piece.line.cell:
        return None
    if _BROKEN_NUMBER.search(above) and below[0].isalnum() and not _MARKER.match(below):
        return ""
    if not wrapped or _MARKER.match(below):
        return None
    if before.line.centred and piece.line.centred:
        return None
    capitals = not any(c.islower() for c in above)
    if capitals and not any(c.islower() for c in below):
        # A heading of capitals, which are wider: "IV. PHÂN CÔNG …" goes on below.
        goes_on = _MARKER.match(above) and _is_full(before, usual, _FULL_CAPITALS)
        return " " if goes_on and not piece.line.centred else None
    if below[0].islower():
        ended = _SENTENCE_END.search(above) is not None
        full = _is_full(before, usual)
        return None if capitals or (ended and not full) else " "
    if _SENTENCE_END.search(above) or capitals or not _is_full(before, usual):
        return None
    if before.line.bold != piece.line.bold and before.line.bold:
        return None
    return " "


def _is_full(piece: _Piece, usual: dict[int | None, float], share: float = _FULL) -> bool:
    """Is the last source line of this piece as long as lines of its page are?"""
    return _length(piece.last) >= share * usual.get(piece.last.page, math.inf)


def _usual_lengths(lines: Sequence[Line]) -> dict[int | None, float]:
    """Length of the long lines of each page (its 80th percentile, outside tables)."""
    by_page: dict[int | None, list[int]] = defaultdict(list)
    for line in lines:
        if line.cell is None and line.text:
            by_page[line.page].append(_length(line))
    found = {}
    for page, lengths in by_page.items():
        lengths.sort()
        # Below this a page has no full line: letterhead, signature, a table's title.
        found[page] = max(float(lengths[len(lengths) * 4 // 5]), 50.0)
    return found


def _length(line: Line) -> int:
    """Characters of a line without the spaces that justify it."""
    return len(" ".join(line.text.split()))


def _join(before: _Piece, piece: _Piece, glue: str) -> None:
    if glue:
        before.starts.append(before.stop)
        before.ends.append(before.stop + 1)
    before.starts.extend(piece.starts)
    before.ends.extend(piece.ends)
    before.text += glue + piece.text
    before.last = piece.last


def _layout_lines(lines: Sequence[Line]) -> set[int]:
    """Indices of running heads, page numbers and banners."""
    dropped = {
        number
        for number, line in enumerate(lines)
        if _CERTAIN_PAGE.fullmatch(line.text.strip()) or _GAZETTE.fullmatch(line.text.strip())
    }
    dropped |= _banner(lines)
    edges = _edges(lines)
    # Per side: a signature's stamp at the foot of some pages repeats the issuer's name of the top.
    heads: dict[tuple[int, str], set[int]] = defaultdict(set)
    shifts: Counter[int] = Counter()
    numbers: dict[int, int] = {}
    for number, side in edges.items():
        line = lines[number]
        text = line.text.strip()
        found = _PAGE_NUMBER.fullmatch(text)
        if line.page is None or line.cell is not None:
            continue
        if found:
            numbers[number] = int(found[1]) - line.page
        elif sum(c.isalpha() for c in text) >= 4:
            heads[side, _head(text)].add(line.page)
    # A page's number goes up with the pages: the same distance from it on each.
    shifts.update(numbers.values())
    dropped |= {n for n, shift in numbers.items() if shift == 0 or shifts[shift] >= _REPEATS}
    running = {key for key, found in heads.items() if _runs(key[1], found)}
    dropped |= {n for n, side in edges.items() if (side, _head(lines[n].text.strip())) in running}
    return dropped


def _runs(head: str, pages: set[int]) -> bool:
    """Is this a running head? Ends of sentences ("khoản 1 Điều 28 của Luật này.") come again at the
    top of pages, too; but they do not stand on every page or every other."""
    if len(pages) < _REPEATS or head[0].islower() or _MARKER.match(head):
        return False
    return len(pages) >= _DENSE * (max(pages) - min(pages) + 1)


def _head(text: str) -> str:
    """A running head without the page's number before or behind it."""
    return " ".join(re.sub(r"^\d{1,4}\s|\s\d{1,4}$", "", text).split())


def _edges(lines: Sequence[Line]) -> dict[int, int]:
    """First and last lines with text of every page: index → side, 0 the top, 1 the foot."""
    by_page: dict[int, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        if line.page is not None and line.text.strip():
            by_page[line.page].append(number)
    feet = {n: 1 for found in by_page.values() for n in found[-_EDGE:]}
    return feet | {n: 0 for found in by_page.values() for n in found[:_EDGE]}


def _banner(lines: Sequence[Line]) -> set[int]:
    """The lines a digital signature prints on the first page."""
    first = [n for n, line in enumerate(lines[:15]) if _SIGNED.match(line.text.strip())]
    texts = [lines[n].text.strip() for n in first]
    whole = any(t.startswith("Người ký") for t in texts) and any(
        t.startswith("Thời gian ký") for t in texts
    )
    return set(first) if whole else set()


def _findings(dropped: int, notes: int) -> tuple[Finding, ...]:
    found = []
    if dropped:
        found.append(
            Finding(
                "layout-removed", Severity.INFO,
                f"Đã bỏ {dropped} dòng đầu trang, chân trang, số trang.",
                "Bản gốc vẫn giữ nguyên.",
            )
        )  # fmt: skip
    if notes:
        found.append(
            Finding(
                "portal-notes-removed", Severity.INFO,
                f"Đã tách {notes} chú thích trong ngoặc vuông của trang đăng khỏi lời văn.",
                "Chúng ở phần Lịch sử và quan hệ, chưa ai kiểm; đối chiếu trước khi dùng.",
            )
        )  # fmt: skip
    return tuple(found)
