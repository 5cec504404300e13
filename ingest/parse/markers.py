"""Rows of a text and the labels they may begin with.

A label is only a candidate: ``Điều 5.`` at the start of a row may be a heading or a citation that a
line break put there. ``ingest.parse.chains`` decides. Samples stand above each pattern; all run in
linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from kb.text import Span

# Nghị định 30/2020/NĐ-CP, Điều 8: điểm go a b c d đ e g …; Word counts with f, j, w, z.
_LETTERS = "abcdđefghijklmnopqrstuvwxyz"
_NOT_VIETNAMESE = "fjwz"

# Weights of candidates, in hundredths: as printed by rule, without its stop, only perhaps.
STRONG, MEDIUM, WEAK = 100, 70, 30


@dataclass(frozen=True, slots=True)
class Row:
    """A line without its outer spaces; ``start``..``end`` bound what is left in the text."""

    index: int
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Label:
    """A candidate: ``order`` sorts it in its row of numbers (main number, then what was inserted),
    ``rest`` is the text of the row after the marker, ``start`` the marker's place in the text."""

    row: Row
    start: int
    marker: str
    number: str
    order: tuple[int, int]
    rest: str
    weight: int = STRONG


def rows(text: str) -> list[Row]:
    """The rows of a text, blank ones included, so that ``rows(text)[i].index == i``.

    A line that a web copy made of two is two rows.
    """
    found: list[Row] = []
    at = 0
    for line in text.split("\n"):
        for start, end in _parts(line):
            piece = line[start:end]
            stripped = piece.strip()
            begin = at + start + (len(piece) - len(piece.lstrip()) if stripped else 0)
            found.append(Row(len(found), stripped, begin, begin + len(stripped)))
        at += len(line) + 1
    return found


# "… ban hành. Chương I NHỮNG QUY ĐỊNH CHUNG"; "… theo quy định."Điều 2. Sửa đổi …" where the mark
# closes a quotation; "… Nghị định này. 5."; and, behind a signer's name,
# "… Nguyễn Văn A PHỤ LỤC (Kèm theo …)", "… [1] …", "… QUY CHẾ … (Ban hành kèm theo …)"
_GLUED = (
    re.compile(r"(?<=[.;:\]] )Chương [IVXLC]{1,8} (?=[^\W\d_a-z]{2})"),
    re.compile(r"(?<=[^\s\"]\")Điều \d{1,4}[a-zđ]?\. (?=[^\W\d_a-z])"),
    re.compile(r"(?<=[.;:\"] )[1-9]\d?\.$"),
)
_SIGNED = re.compile(
    r"(?:TM|KT|TL|TUQ|T/M|K/T|T/L)\b|XÁC THỰC VĂN BẢN|-?\s?Lưu\s?:?\s"
    r"|(?:PHÓ |THỨ )?(?:BỘ |THỦ )?(?:TRƯỞNG|TƯỚNG|CHỦ TỊCH)"
)
_GLUED_ANNEX = re.compile(
    r"(?<=[^\W\d_] )(?:PHỤ LỤC|Phụ lục|QUY CHẾ|QUY ĐỊNH|KẾ HOẠCH|CHƯƠNG TRÌNH|ĐỀ ÁN|ĐIỀU LỆ"
    r"|HƯỚNG DẪN|QUY TRÌNH|DANH MỤC|PHƯƠNG ÁN)\b(?=.{0,600}\(\s?(?:[Bb]an hành )?[Kk]èm (?:theo )?)"
    r"|(?<=[^\W\d_] )(?:PHỤ LỤC|Phụ lục)(?: [IVX\d]{1,4})?\s{0,9}$"
    r"|(?<=[^\W\d_] )\[{1,2}1\]"
)


def _parts(line: str) -> list[tuple[int, int]]:
    cuts = [found.start() for pattern in _GLUED if (found := pattern.search(line))]
    if _SIGNED.match(line) and (found := _GLUED_ANNEX.search(line)):
        cuts.append(found.start())
    edges = [0, *sorted(cuts), len(line)]
    return list(pairwise(edges))


def is_upper(text: str) -> bool:
    """Are its letters capitals, but for a small word or two?"""
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) >= 0.85 * len(letters)


def starts_upper(text: str) -> bool:
    first = next((c for c in text if c.isalnum()), "")
    return first.isupper() or first.isdigit()


# "Điều 5. Tên", "Điều 42a.", "Điều 1: …", "ĐIỀU 3", "**Điều 4.** …" never; "Điều 6" alone
_ARTICLE = re.compile(
    r"(?P<marker>(?:Điều|ĐIỀU)\s{1,3}(?P<n>\d{1,4})(?P<s>[a-zđ]?)\s?(?P<stop>[.:]?))"
)
# Words after which "Điều 24 Nghị định …" is a citation that a line break put at the row's start.
_CITED = re.compile(
    r"(?:Luật|Bộ luật|Nghị|Thông tư|Quyết định|Hiến pháp|Pháp lệnh|Quy |Điều|Chương|Mục|Phần|Công"
    r"|Hiệp|Lệnh|Chỉ thị|Hướng dẫn|Phụ lục|Khoản)"
)
# "Điều 2 1- Người sử dụng đất …", "Điều 1 [Điều này được sửa đổi bởi …] …"
_OLD_FIRST_CLAUSE = re.compile(r"1\s?[-.]|\[")


def article(row: Row) -> Label | None:
    """A row that may open an article."""
    found = _ARTICLE.match(row.text)
    if found is None:
        return None
    rest = row.text[found.end() :].strip()
    if found["stop"]:
        # "Điều 5.1" is a number of the codified law, not an article of this text.
        if row.text[found.end() : found.end() + 1].isdigit():
            return None
        # "Điều 5. của" is a broken citation; a heading begins with a capital or is empty.
        weight = STRONG if not rest or starts_upper(rest) or rest[0] in '"([' else WEAK
    elif not rest or _OLD_FIRST_CLAUSE.match(rest):
        weight = MEDIUM
    elif starts_upper(rest) and not rest[0].isdigit() and not _CITED.match(rest):
        weight = WEAK
    else:
        return None
    marker = found["marker"].strip()
    order = (int(found["n"]), _suffix(found["s"]))
    return Label(row, row.start, marker, found["n"] + found["s"], order, rest, weight)


# "1. …", "2a. …", "10. …"; never "1.1.", "1.000 đồng", "01."
_CLAUSE = re.compile(r"(?P<n>[1-9]\d{0,2})(?P<s>[a-zđ]?)\s?\.(?![\d])")
# plans and the Party's papers also "1- …", "1/ …", "1) …"
_ARABIC = re.compile(r"(?P<n>[1-9]\d{0,2})(?P<s>[a-zđ]?)\s?(?:\.(?!\d)|[-/)](?=\s?\D))")
# "a) …", "đ) …", "a1) …"; in plans also "a. …", "a/ …"
_POINT = re.compile(r"(?P<n>[a-zđ])(?P<s>\d?)\s?\)")
_LETTER = re.compile(r"(?P<n>[a-zđ])(?P<s>\d?)\s?(?:\)|[./](?=\s\S))")
# "I. …", "II- …", "IV/ …"
_ROMAN = re.compile(r"(?P<n>[IVX]{1,6})\s?(?:\.(?![a-z])|[-/:)](?=\s|$))")
# "A. PHẦN CHUNG"
_CAPITAL = re.compile(r"(?P<n>[A-E])\s?[.\-/](?=\s\S)")
# "1.1. …", "2.4. Kinh phí", "1.1 Nội dung"
_DECIMAL = re.compile(r"(?P<a>\d{1,2})\.(?P<n>\d{1,2})(?:\.(?!\d)|(?=\s\D))")
# "- …", "+ …", "* …", "• …", symbol bullets
_BULLET = re.compile("(?P<n>[-+*•●○▪\uf0b7])\\s?(?=[^-+*\\s_])")


def clause(row: Row) -> Label | None:
    return _numbered(row, _CLAUSE)


def arabic(row: Row) -> Label | None:
    return _numbered(row, _ARABIC)


def point(row: Row) -> Label | None:
    return _lettered(row, _POINT)


def letter(row: Row) -> Label | None:
    return _lettered(row, _LETTER)


def roman(row: Row) -> Label | None:
    found = _ROMAN.match(row.text)
    value = roman_value(found["n"]) if found else None
    if found is None or value is None:
        return None
    return _label(row, found, found["n"], (value, 0))


def capital(row: Row) -> Label | None:
    found = _CAPITAL.match(row.text)
    if found is None or not is_upper(row.text[found.end() :]):
        return None
    return _label(row, found, found["n"], (ord(found["n"]) - 64, 0))


def decimal(row: Row) -> Label | None:
    found = _DECIMAL.match(row.text)
    if found is None or not starts_upper(row.text[found.end() :]):
        return None
    return _label(row, found, f"{found['a']}.{found['n']}", (int(found["n"]), 0))


def bullet(row: Row, before: Row | None) -> Label | None:
    """A dash, plus or dot that opens an item; *before* is the row above it.

    ``văn hóa⏎- văn nghệ`` is a line break inside a sentence.
    """
    found = _BULLET.match(row.text)
    if found is None:
        return None
    rest = row.text[found.end() :].strip()
    sentence_ended = before is None or not before.text or before.text[-1] in ".;:,!?)"
    if not starts_upper(rest) and not sentence_ended:
        return None
    return _label(row, found, "", (0, 0))


def roman_value(text: str) -> int | None:
    """The number, or None where the letters make none ("IIX")."""
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    if not text or any(c not in values for c in text):
        return None
    total = 0
    for here, after in zip(text, (*text[1:], ""), strict=True):
        value = values[here]
        total += -value if after and values[after] > value else value
    return total if _as_roman(total) == text else None


def letter_gap(before: int, after: int) -> int:
    """How many letters of the Vietnamese alphabet stand between two places in the row; đ may be
    missing where Word did the counting."""
    between = _LETTERS[before : after - 1]
    return sum(c not in _NOT_VIETNAMESE and c != "đ" for c in between)


def _as_roman(number: int) -> str:
    out = ""
    for value, letters in (
        *((100, "C"), (90, "XC"), (50, "L"), (40, "XL")),
        *((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
    ):
        times, number = divmod(number, value)
        out += letters * times
    return out


def _numbered(row: Row, pattern: re.Pattern[str]) -> Label | None:
    found = pattern.match(row.text)
    if found is None:
        return None
    return _label(row, found, found["n"] + found["s"], (int(found["n"]), _suffix(found["s"])))


def _lettered(row: Row, pattern: re.Pattern[str]) -> Label | None:
    found = pattern.match(row.text)
    if found is None:
        return None
    order = (_LETTERS.index(found["n"]) + 1, int(found["s"] or 0))
    return _label(row, found, found["n"] + found["s"], order)


def _label(row: Row, found: re.Match[str], number: str, order: tuple[int, int]) -> Label:
    rest = row.text[found.end() :].strip()
    return Label(row, row.start, found[0].strip(), number, order, rest)


def _suffix(letter_or_none: str) -> int:
    return _LETTERS.index(letter_or_none) + 1 if letter_or_none else 0


# A quoted provision opens a row ("Điều 100. …, "2. …, "- …) or ends the sentence that brings it in.
_OPENS = re.compile(
    r'"\s?(?:Điều\s|Chương\s|Mục\s|Phần\s|\d{1,3}[a-zđ]?\.|[a-zđ]\d?\)|-\s|[IVX]{1,5}\.)'
)
_BROUGHT_IN = re.compile(r'(?:như sau|sau đây|sau)\s?:\s?(?=")')
_LONGEST_QUOTE = 400  # rows; a longer one is a quotation mark that was never closed


@dataclass(frozen=True, slots=True)
class Quote:
    """A quoted block, first row to last row included; ``inline`` where it begins inside its first
    row, behind the words that bring it in."""

    span: Span
    first: int
    last: int
    closed: bool
    inline: bool = False


def quotes(all_rows: list[Row]) -> list[Quote]:
    """Blocks of provisions between quotation marks. Match text has one kind of mark, so a block
    ends on the first row by which its marks have come in pairs."""
    found: list[Quote] = []
    index = 0
    before = ""
    while index < len(all_rows):
        row = all_rows[index]
        start = _quote_start(row, before)
        if row.text:
            before = row.text
        if start is None:
            index += 1
            continue
        last, closed = _quote_end(all_rows, index, start)
        span = Span(row.start + start, all_rows[last].end)
        found.append(Quote(span, index, last, closed, inline=start > 0))
        before = all_rows[last].text
        index = last + 1
    return found


def quoted_rows(found: list[Quote]) -> Iterator[int]:
    """Rows that lie in a quotation. The row that brings it in with its own label does not."""
    for quote in found:
        yield from range(quote.first + quote.inline, quote.last + 1)


def _quote_start(row: Row, before: str) -> int | None:
    if '"' not in row.text:
        return None
    if row.text[0] == '"' and (_OPENS.match(row.text) or before.endswith(":")):
        return 0
    ends = [found.end() for found in _BROUGHT_IN.finditer(row.text)]
    if ends and (row.text.count('"', ends[-1]) % 2 or _OPENS.match(row.text, ends[-1])):
        return ends[-1]
    return None


def _quote_end(all_rows: list[Row], first: int, start: int) -> tuple[int, bool]:
    marks = 0
    for index in range(first, min(first + _LONGEST_QUOTE, len(all_rows))):
        text = all_rows[index].text[start if index == first else 0 :]
        if index > first and marks % 2 and _OPENS.match(text) and text.count('"') % 2:
            # Another quoted provision begins: the one before it was not closed.
            return index - 1, True
        marks += text.count('"')
        if marks and marks % 2 == 0:
            return index, True
    return first, False
