"""Figures in recognised text: l, I, |, ] read for 1 and O for 0, in numbers and dates only.

A date must be on the calendar and not after today. What stays doubtful is told with how sure the
recogniser was; a number written by hand is never guessed: its place stays blank and a person is
asked to type it. Figures measured in PARSING: tesseract reads handwritten numbers as letters, with
little confidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from ingest.extract.pdf_order import MOTTO, Piece
from kb.findings import Finding, Severity
from kb.text import fold


@dataclass(frozen=True, slots=True)
class Word:
    """A word as recognised; lengths are points, y grows upwards, ``confidence`` 0..1."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Doubt:
    """A figure in doubt. ``kind``: "folded" (letters read as figures), "label" ("Điêu 5"), "unsure"
    (left as it is), "number", "date" (of the letterhead, left blank), "stamp" (taken out)."""

    kind: str
    text: str
    confidence: float
    now: str = ""


SURE = 0.8  # printed figures were measured above, handwritten ones below
_UNSURE = 0.6  # a figure in the running text that a person should look at
_D = r"[\dlI|\]O]"
_FIGURES = str.maketrans("lI|]O", "11110")
_DATE_PART = re.compile(
    rf"\b(?P<name>[Nn]gày|[Tt]háng|[Nn]ăm)\s(?P<figures>{_D}(?:\s?{_D}){{0,4}})(?=[\s,.;:)]|$)"
)
_FULL_DATE = re.compile(r"[Nn]gày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})(?!\d)")
_SHORT_DATE = re.compile(rf"(?<![\w/])(?P<figures>{_D}{{1,2}}/{_D}{{1,2}}/{_D}{{4}})(?![\w/])")
_NUMBER = re.compile(
    rf"(?<![\w/])(?P<figures>{_D}{{1,6}}(?:/{_D}{{4}})?)(?=/[A-ZĐ]{{1,}}[\wĐ&.-]*|-[A-ZĐ]+/)"
)
_LABELS = (
    (re.compile(r"[ĐD]i[êềểễếèé]u"), "Điều"),
    (re.compile(r"[đd]i[êềểễế]u"), "điều"),
    (re.compile(r"kho[ảáãàạ]n"), "khoản"),
    (re.compile(r"Kho[ảáãàạ]n"), "Khoản"),
)
_LABEL = re.compile(rf"\b(?:Điều|Khoản|khoản)\s(?P<figures>{_D}{{1,3}})(?=[\s.,;:]|$)")


def mended(words: list[Word]) -> tuple[list[Word], list[Doubt]]:
    """A line's words with figures where letters stood for them, and what is doubtful in it."""
    words, doubts = _labels_mended(words)
    for pattern in (_DATE_PART, _SHORT_DATE, _NUMBER, _LABEL):
        text = " ".join(word.text for word in words)
        for found in reversed(list(pattern.finditer(text))):
            start, end = found.span("figures")
            words, doubt = _folded(words, start, end, found)
            doubts += doubt
    text = " ".join(word.text for word in words)
    for found in _FULL_DATE.finditer(text):
        if not _on_calendar(found[1], found[2], found[3]):
            doubts.append(Doubt("unsure", found[0], _confidence(words, *found.span())))
    return words, doubts


def _labels_mended(words: Sequence[Word]) -> tuple[list[Word], list[Doubt]]:
    """ "Điêu 5" and "khoán 1" with the mark they must have before a number."""
    found: list[Word] = []
    doubts: list[Doubt] = []
    for at, word in enumerate(words):
        below = words[at + 1].text[:1] if at + 1 < len(words) else ""
        right = next((text for form, text in _LABELS if form.fullmatch(word.text)), None)
        if right is not None and right != word.text and below.isdigit():
            doubts.append(Doubt("label", word.text, word.confidence, right))
            word = replace(word, text=right)
        found.append(word)
    return found, doubts


def _folded(
    words: list[Word], start: int, end: int, found: re.Match[str]
) -> tuple[list[Word], list[Doubt]]:
    """The words with the figures from *start* to *end* of their joined text folded, if they may."""
    read = found["figures"]
    figures = read.translate(_FIGURES).replace(" ", "")
    part = fold(found["name"]) if "name" in found.groupdict() else ""
    sure = _confidence(words, start, end)
    if part == "nam" and len(figures) < 3:
        return words, []  # "năm 20…" of a form to fill in, "năm 5 tuổi"
    if not _possible(read, figures, part):
        # "năm học", "ngày Lễ" never come here: there are figures or their lookalikes only.
        return words, [Doubt("unsure", found[0], sure)] if any(c.isdigit() for c in read) else []
    if figures == read:
        unsure = sure < _UNSURE and found.re is not _LABEL
        return words, [Doubt("unsure", found[0], sure)] if unsure else []
    return _replaced(words, start, end, figures), [Doubt("folded", read, sure, figures)]


def _possible(read: str, figures: str, part: str) -> bool:
    if part == "nam":
        return len(figures) == 4 and 1900 <= int(figures) <= _today().year + 30
    if part:
        most = 31 if part == "ngay" else 12
        return len(figures) <= 2 and 1 <= int(figures) <= most
    if figures.count("/") == 2:
        return _on_calendar(*figures.split("/"))
    if "/" in figures:
        year = int(figures.split("/")[1])
        return 1945 <= year <= _today().year and any(c.isdigit() for c in read)
    # A lone I may be a Roman one; l, | and ] are no numerals.
    return read != "I" and not (read.isalpha() and "O" in read)


def _on_calendar(day: str, month: str, year: str) -> bool:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return False
    # A paper speaks of days to come (deadlines); its own day is looked at in the letterhead.
    return 1900 <= found.year <= _today().year + 30


def _today() -> date:
    return datetime.now(UTC).date()


def _spans(words: Sequence[Word]) -> Iterator[tuple[int, int, Word]]:
    at = 0
    for word in words:
        yield at, at + len(word.text), word
        at += len(word.text) + 1


def _confidence(words: Sequence[Word], start: int, end: int) -> float:
    return min((w.confidence for a, b, w in _spans(words) if a < end and b > start), default=0.0)


def _replaced(words: list[Word], start: int, end: int, figures: str) -> list[Word]:
    """The words that hold this span as one word with *figures* in its place."""
    kept: list[Word] = []
    held: list[tuple[int, Word]] = []
    after: list[Word] = []
    for a, b, word in _spans(words):
        (kept if b <= start else after if a >= end else []).append(word)
        if a < end and b > start:
            held.append((a, word))
    first, last = held[0], held[-1]
    text = first[1].text[: start - first[0]] + figures + last[1].text[end - last[0] :]
    whole = [word for _, word in held]
    merged = Word(
        text, whole[0].x0, min(w.y0 for w in whole), whole[-1].x1, max(w.y1 for w in whole),
        min(w.confidence for w in whole),
    )  # fmt: skip
    return [*kept, merged, *after]


# --- the letterhead ---------------------------------------------------------------------------

_NUMBER_ROW = re.compile(
    r"(?P<name>(?:Luật |Pháp lệnh )?S[ốóôồ](?: hiệu)?)\s?[:;.]?\s*(?P<rest>.*)"
)
_GOOD = re.compile(r"(?P<serial>\d{1,6})\s?(?P<code>(?:/(?:19|20)\d\d)?/\S+|-\w+/\S+)")
_CODE = re.compile(r"(?:/(?:19|20)\d\d)?/[A-ZĐ][\wĐ&.-]+$")
_DATE_ROW = re.compile(r"(?P<place>.{0,40}?[,.]?\s?)ngày\b(?P<rest>.*)")
_GOOD_DATE = re.compile(r"\s?(\d{1,2}) tháng (\d{1,2}) năm (\d{4})\W{0,3}")
# "ĐẾN Giờ: … Ngày: … Chuyển: …": the stamp an office puts on what it receives.
_STAMP = re.compile(r"(?:CÔNG VĂN )?Đ[ẾỀÉÊ]N\b|Giờ\s?:|Ngày\s?:|Chuyển\s?:|Lưu hồ sơ")
# Words of the form, the same on every paper: a wrong mark in them would hide the letterhead.
_FIXED = {
    fold(words): words
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    )
}
_TOP = 0.5  # of the page: the letterhead is above
_LEFT = 0.42  # of the width: its left column ends here


def sureness(words: Sequence[Word]) -> float:
    """Of the least sure word that holds a figure; of all, where none does."""
    figures = [word.confidence for word in words if any(c.isdigit() for c in word.text)]
    return min(figures or [word.confidence for word in words])


def letterhead_mended(
    read: Sequence[tuple[Piece, float]], width: float, height: float
) -> tuple[list[Piece], list[Doubt], bool]:
    """The pieces of a page, read with that ``sureness``, with a doubtful number or day of its
    letterhead left blank and the stamp of receipt taken out; and whether it bears a letterhead."""
    pieces = [piece for piece, _ in read]
    sure = {id(piece): surely for piece, surely in read}
    top = [piece for piece in pieces if piece.y0 > _TOP * height]
    motto = next((p for p in top if MOTTO.search(fold(p.text)) and p.centre > width / 2), None)
    if motto is None:
        return pieces, [], False
    doubts: list[Doubt] = []
    number = next(
        (p for p in top if p.y1 < motto.y1 and p.x0 < _LEFT * width
         and _NUMBER_ROW.match(p.text) and "ĐẾN" not in p.text), None,
    )  # fmt: skip
    dated = next((p for p in top if p.y1 < motto.y1 and _DATE_ROW.fullmatch(p.text)
                  and p.x0 > 0.35 * width), None)  # fmt: skip
    stamp = _stamp(top, motto, width, number)
    doubts += [Doubt("stamp", piece.text, piece.confidence or 0) for piece in stamp]
    mended: list[Piece] = []
    for piece in pieces:
        if piece in stamp:
            continue
        if (words := _FIXED.get(fold(piece.text).strip(" :.*_-"))) and piece.y0 > _TOP * height:
            piece = replace(piece, text=words)
        if piece is number:
            piece = _number_row(piece, sure[id(piece)], doubts)
        elif piece is dated:
            piece = _date_row(piece, sure[id(piece)], doubts)
        mended.append(piece)
    return mended, doubts, True


def _number_row(piece: Piece, sure: float, doubts: list[Doubt]) -> Piece:
    found = _NUMBER_ROW.match(piece.text)
    assert found is not None
    rest = found["rest"]
    good = _GOOD.fullmatch(rest)
    if good and sure >= SURE:
        return replace(piece, text=f"{found['name']}: {rest}")
    code = _CODE.search(rest)
    blank = f"{found['name']}: …{code[0] if code else ''}"
    doubts.append(Doubt("number", piece.text, sure, blank))
    return replace(piece, text=blank)


def _date_row(piece: Piece, sure: float, doubts: list[Doubt]) -> Piece:
    found = _DATE_ROW.fullmatch(piece.text)
    assert found is not None
    good = _GOOD_DATE.fullmatch(found["rest"])
    if good and sure >= SURE:
        past = _on_calendar(*good.groups()) and date(*map(int, good.groups()[::-1])) <= _today()
        if past:
            return piece
    if re.fullmatch(r"[.…_\s]{0,12}tháng[.…_\s\d]{0,12}năm.*", found["rest"]):
        return piece
    year = re.search(r"năm\s((?:19|20)\d\d)\b", found["rest"])
    known = year[1] if year and int(year[1]) <= _today().year else "…"
    blank = f"{found['place']}ngày … tháng … năm {known}"
    doubts.append(Doubt("date", piece.text, sure, blank))
    return replace(piece, text=blank)


def _stamp(top: Sequence[Piece], motto: Piece, width: float, number: Piece | None) -> list[Piece]:
    """The pieces of a stamp of receipt: its marked rows, the office's name above them, and what was
    written by hand between."""
    marked = [
        p for p in top if _STAMP.match(p.text) and p.x0 < _LEFT * width and p.y1 < motto.y0
    ]  # fmt: skip
    if not marked:
        return []
    left, right = min(p.x0 for p in marked), max(p.x1 for p in marked)
    low, high = min(p.y0 for p in marked), max(p.y1 for p in marked)
    size = max(p.y1 - p.y0 for p in marked)
    inside = [
        p for p in top
        if p is not number and p not in marked
        and p.x0 > left - 3 * size and p.x1 < max(right + 3 * size, _LEFT * width)
        and p.y0 > low - size and p.y1 < high + 3 * size
        and ((p.confidence or 0) < _UNSURE or (p.text.isupper() and p.y0 > low))
        and (number is None or p.y1 < number.y1)
    ]  # fmt: skip
    return [*marked, *inside]


# --- what a person is told ---------------------------------------------------------------------

_SHOWN = 10


def findings(doubts: Iterable[tuple[int, Sequence[Doubt]]]) -> list[Finding]:
    """One finding of each kind, with its places and how sure the recogniser was."""
    kinds: dict[str, list[str]] = {}
    for page, found in doubts:
        for doubt in found:
            now = f" → “{doubt.now}”" if doubt.now else ""
            said = f"trang {page}: “{doubt.text}”{now} ({doubt.confidence:.0%})"
            kinds.setdefault(doubt.kind, []).append(said)
    return [_finding(kind, kinds[kind]) for kind in _WORDS if kind in kinds]


# kind: code, severity, message, hint
_WORDS = {
    "number": (
        "ocr-number-unread", Severity.WARNING,
        "Số văn bản viết tay hoặc mờ, máy không đọc chắc được nên để trống.",
        "Xem ảnh trang giấy rồi gõ số văn bản.",
    ),
    "date": (
        "ocr-date-unread", Severity.WARNING,
        "Ngày ban hành viết tay hoặc mờ, máy không đọc chắc được nên để trống.",
        "Xem ảnh trang giấy rồi gõ ngày ban hành.",
    ),
    "unsure": (
        "ocr-digits-unsure", Severity.WARNING,
        "{count} số hoặc ngày máy đọc chưa chắc, giữ nguyên như máy đọc.",
        "Đối chiếu ảnh trang giấy trước khi dùng.",
    ),
    "folded": (
        "ocr-digits-folded", Severity.INFO,
        "{count} chỗ trong số, ngày có chữ giống chữ số (l, I, |, ], O) được hiểu là chữ số.",
        "Đối chiếu ảnh trang giấy khi cần.",
    ),
    "label": (
        "ocr-label-mended", Severity.INFO,
        "{count} chữ “Điều”, “khoản” đứng trước số bị máy đọc sai dấu, đã sửa.",
        "Đối chiếu ảnh trang giấy khi cần.",
    ),
    "stamp": (
        "ocr-stamp-removed", Severity.INFO,
        "Đã bỏ {count} dòng của dấu công văn đến.",
        "Bản gốc vẫn giữ nguyên.",
    ),
}  # fmt: skip


def _finding(kind: str, places: list[str]) -> Finding:
    code, severity, message, hint = _WORDS[kind]
    more = f" … và {len(places) - _SHOWN} chỗ nữa" if len(places) > _SHOWN else ""
    where = "; ".join(places[:_SHOWN]) + more
    return Finding(code, severity, message.format(count=len(places)), hint, where)
