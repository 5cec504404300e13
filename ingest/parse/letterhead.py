"""What stands above the grounds: who issues, number, place and date, type and title.

Copies from the web run these lines together ("Số: 54/2014/QH13 … LUẬT HẢI QUAN" in one row), so
each is looked for in the whole stretch, in the order Nghị định 30/2020/NĐ-CP, Phụ lục I gives them.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass

from ingest.parse.markers import is_upper
from kb.catalogue import Vocabulary
from kb.documents import DocNumber, DocType, parse_number
from kb.text import accented_key

_CODE = r"[^\W\d_][\w&.]{0,20}"
_LETTERS = rf"{_CODE}(?:\s?[-/]\s?{_CODE}){{0,6}}"
# "82 /KH-NDTKT", "39-CT/TW", "51/2010/QH12", "…/2016/QH14", "/KH-SGDĐT", "3326/SGDĐT-GDPT"
_FORM = (
    rf"(?:\d{{1,6}}|[.…_]{{1,12}})?\s?(?:/\s?(?:19|20)\d\d\s?/?\s?{_LETTERS}"
    rf"|/\s?{_LETTERS}|-\s?{_CODE}\s?/\s?{_LETTERS})"
)
# "Số: …", "Luật số: …", "Số hiệu: …", "Số 39-CT/TW"
_NUMBER = re.compile(rf"\b(?:[Ss]ố|SỐ)(?:\s?hiệu)?\s?:?\s{{0,2}}(?P<form>{_FORM})")
_BARE = re.compile(rf"(?<![\w/-])(?P<form>\d{_FORM})")
_BLANK = re.compile(r"(?:^|\n)\s?Số\s?:\s?[.…_]{0,20}\s?(?=\n|$)")

_WITH = re.compile(r"[Kk]èm theo\s[^()\n]{0,50}$")
_SHORT_DATE = re.compile(r"\s{1,3}ngày\s{1,3}(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d)")
_WORD = r"[^\W\d_][^\W\d_]{0,12}"
_DATE = re.compile(
    rf"(?:(?<![\w/.-])(?P<place>(?:TP\.?\s)?{_WORD}(?:[ -]{{1,3}}{_WORD}){{0,5}})\s?,\s{{0,2}})?"
    r"[Nn]gày\s{0,2}(?P<d>\d{1,2}|[.…_]{0,8})\s{0,2}tháng\s{0,2}(?P<m>\d{1,2}|[.…_]{0,8})"
    r"\s{0,2}năm\s{0,2}(?P<y>(?:19|20)\d\d)"
)
# "HIẾN PHÁP NƯỚC CỘNG HÒA …" is a title.
COUNTRY = re.compile(
    r"(?<!NƯỚC )(?:CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGH(?:ĨA|IÃ) VIỆT NAM|ĐẢNG CỘNG SẢN VIỆT NAM)"
)
MOTTO = re.compile(
    rf"{COUNTRY.pattern}"
    r"|Độc\s?lập\s?-\s?Tự\s?do\s?-\s?Hạnh\s?phúc|-{2,}|_{2,}|\*{1,}|={2,}",
    re.IGNORECASE,
)
# What a copy says of itself instead of a letterhead: "Số hiệu: …", "Ngày ban hành: 05/03/2020".
_STATED_DATE = re.compile(
    r"^Ngày (?:ban hành|ký)\s?:\s?(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>(?:19|20)\d\d)\s?$",
    re.MULTILINE,
)
_PURPOSE = re.compile(r"(?:Để|Nhằm|Thực hiện|Thi hành|Trong thời gian)\s.{60}")
_NO_TITLE = re.compile(r"LỜI NÓI ĐẦU|MỞ ĐẦU$|MỤC LỤC$")
# The line that names who decides, between title and grounds.
_AUTHORITY = re.compile(
    r"(?:^|(?<![,;])(?<!CỦA)(?<!DO)(?<!VÀ)(?<!BỞI)\s)"
    r"(?:(?:PHÓ\s)?(?:THỦ TƯỚNG|BỘ TRƯỞNG|TỔNG CỤC TRƯỞNG|CỤC TRƯỞNG|CHỦ TỊCH|GIÁM ĐỐC"
    r"|HIỆU TRƯỞNG|CHÁNH ÁN|CHÁNH VĂN PHÒNG|VIỆN TRƯỞNG|THỐNG ĐỐC|TỔNG KIỂM TOÁN"
    r"|TỔNG THANH TRA|TRƯỞNG BAN)\s|(?:ỦY|UỶ) BAN (?:NHÂN DÂN|THƯỜNG VỤ)|HỘI ĐỒNG (?:NHÂN DÂN|THẨM)"
    r"|CHÍNH PHỦ$|QUỐC HỘI$)"
)
# The same in small letters, a row of its own.
_DECIDES = re.compile(
    r"(?:bộ trưởng|thủ tướng|chủ tịch|(?:ủy|uỷ) ban nhân dân|tổng cục trưởng|giám đốc|chính phủ$"
    r"|hiệu trưởng|thống đốc)[^,.;:\d]{0,60}$",
    re.IGNORECASE,
)
_GOES_ON = (",", " của", " do", " và", " bởi", " cho", " CỦA", " DO", " VÀ", " BỞI", " CHO")
_ABOUT = re.compile(r"\bV/v:?\s", re.IGNORECASE)
_EDITORIAL = re.compile(r"\[[^\]\n]{0,1500}\]")
# What an older law's title repeats of its letterhead.
_REPEATED = re.compile(r"\s(?:CỦA QUỐC HỘI\b|SỐ \d[\w/-]{1,10}(?:L/CTN|QH\d{1,2}) NGÀY\b).*$")
# "QUYẾT ĐỊNH của Bộ trưởng … số … ngày … Về việc …": whose it is, in its number's row or alone.
_OF_WHOM = re.compile(
    r"^(?:của\s[^\d,;]{3,80}?\s)?số\s?:?\s?\d\S{2,30}\s+ngày\s+"
    r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4})[\s,:]*"
    r"|^của\s[^\d,;]{3,80}$",
    re.IGNORECASE,
)
_TITLE_ROWS, _TITLE_LENGTH, _TITLE_ROW = 8, 600, 250


@dataclass(frozen=True, slots=True)
class Found:
    """A value and where it stood in the stretch."""

    text: str
    start: int
    end: int


def find_number(head: str) -> tuple[DocNumber, Found] | None:
    """The paper's own number. "Số: /KH-X" with a blank serial is one; a bare "Số:" is none."""
    for pattern in (_NUMBER, _BARE):
        for found in pattern.finditer(head):
            if _WITH.search(head, max(found.start() - 60, 0), found.start()):
                continue  # "(Kèm theo Quyết định số …)": another paper's
            try:
                number = parse_number(found["form"].strip())
            except ValueError:
                continue
            row = head[head.rfind("\n", 0, found.start()) + 1 :].partition("\n")[0]
            if pattern is _BARE and len(row) > _TITLE_ROW:
                continue  # prose
            if pattern is _BARE and not (number.type_code or number.issuer_codes[0][0].isupper()):
                continue  # "từ 1/1921/đến …"
            return number, Found(found["form"].strip(), found.start(), found.end())
    return None


def date_behind(head: str, number: Found) -> str | None:
    """The ISO date right behind the paper's number: "số 1/2003/NĐ-X ngày 10/10/2003"."""
    if short := _SHORT_DATE.match(head, number.end):
        return iso_date(short[3], short[2], short[1])
    full = _DATE.match(head[number.end : number.end + 60].lstrip())
    return iso_date(full["y"], full["m"], full["d"]) if full else None


def has_blank_number(head: str) -> bool:
    return _BLANK.search(head) is not None


def find_date(head: str) -> tuple[str, str, Found] | None:
    """(ISO date, perhaps partial; place; where). Days and months left blank are left out."""
    found = _DATE.search(head)
    if found is None:
        return None
    place = " ".join((found["place"] or "").split())
    # Only the capitalised words next to the comma: the row before may run into it.
    words: list[str] = []
    for word in reversed(place.split(" ")):
        if not word or not word[0].isupper() or (len(word) > 2 and word.isupper()):
            break
        words.insert(0, word)
    iso = iso_date(found["y"], found["m"], found["d"])
    return iso, " ".join(words), Found(found[0], found.start(), found.end())


def iso_date(year: str, month: str, day: str) -> str:
    """ISO, cut before the first part that is blank or not of the calendar.

    >>> iso_date("2031", "2", "28"), iso_date("2031", "02", "31"), iso_date("2031", "13", "1")
    ('2031-02-28', '2031-02', '2031')
    """
    if not month.isdigit() or not 1 <= int(month) <= 12:
        return year
    if not day.isdigit() or not 1 <= int(day) <= monthrange(int(year), int(month))[1]:
        return f"{year}-{int(month):02d}"
    return f"{year}-{int(month):02d}-{int(day):02d}"


def find_type(head: str, after: int, vocabulary: Vocabulary) -> tuple[DocType, Found] | None:
    """The line of capitals that names the type: first at the start of a row, else run together
    with the row before (only behind *after*, the end of number and date), else in small letters
    alone on its row (fonts whose capitals are drawn, not written)."""
    names = [
        (name, kind)
        for kind in vocabulary.types
        for name in (kind.name, *(v for v in kind.variants if len(v) > 2))
    ]
    names.sort(key=lambda pair: -len(pair[0]))
    written = {_old_tone(name.upper()): kind for name, kind in reversed(names)}
    alternatives = "|".join(re.escape(name.upper()) for name, _ in names)
    capitals = re.compile(rf"(?<![\w-])(?:{alternatives})(?!\w)")
    starts, runs = None, None
    for found in capitals.finditer(head):
        line_start = head.rfind("\n", 0, found.start()) + 1
        if not head[line_start : found.start()].strip():
            starts = starts or found
        elif found.start() >= after:
            runs = runs or found
    # A row before number and date is a letterhead ("BAN CHƯƠNG TRÌNH"), unless nothing follows.
    hit = next((f for f in (starts, runs) if f is not None and f.start() >= after), None)
    hit = hit or starts
    if hit is not None:
        return written[_old_tone(hit[0])], Found(hit[0], hit.start(), hit.end())
    for name, kind in names:
        small = re.search(rf"(?mi)^\s?(?:Bản\s)?{re.escape(name)}(?=\s?$|\scủa\s)", head)
        if small:
            return kind, Found(name, small.start(), small.end())
    return None


def _old_tone(name: str) -> str:
    return accented_key(name)


def find_title(head: str, kind: Found) -> str:
    """Trích yếu: the rows after the type, up to who decides, the body, or the end of *head*."""
    words: list[str] = []
    blank = False
    for at, line in enumerate(head[kind.end :].split("\n")):
        text = " ".join(MOTTO.sub(" ", _EDITORIAL.sub(" ", line)).split()).strip()
        text = text.lstrip(":.,- ") if at == 0 else text
        text = _OF_WHOM.sub("", text) if not words else text
        if not text:
            # A rule or a blank row ends the title once it has begun.
            blank = blank or (at > 0 and bool(words))
            continue
        authority = _AUTHORITY.search(text) if is_upper(text) or at == 0 else None
        if words and words[-1].endswith(","):
            authority = None
        if words and _DECIDES.match(text) and not words[-1].endswith(_GOES_ON):
            break
        if authority is not None and (words or at or authority.start()):
            head_part = text[: authority.start()].strip()
            if head_part and (not words or is_upper(head_part)):
                words.append(head_part)
            break
        if _NUMBER.match(text) or text.startswith(("Kính gửi", "(")) or len(words) >= _TITLE_ROWS:
            break
        if _NO_TITLE.match(text):
            break
        if words:
            follows = text[0].islower() or (is_upper(text) and is_upper(words[-1]))
            if blank and not follows:
                break
            if text[0].isupper() and (text.endswith((".", ":", ";")) or _PURPOSE.match(text)):
                break  # a sentence of the body
            if words[-1].endswith((".", ";")) or len(" ".join(words)) > _TITLE_LENGTH:
                break
        if len(text) > 250 and words:
            break
        blank = False
        capitals = _leading_capitals(text) if at == 0 else text
        words.append(capitals)
        if capitals != text:
            break  # the rest of this row is run-on text
    title = _REPEATED.sub("", " ".join(words)).strip(" .;")
    return title if len(title) <= _TITLE_LENGTH else ""


def _leading_capitals(text: str) -> str:
    """The capitals a run-on row begins with; the whole row where it does not begin so."""
    words = text.split(" ")
    count = next(
        (at for at, word in enumerate(words) if any(c.islower() for c in word)), len(words)
    )
    letters = sum(c.isalpha() for word in words[:count] for c in word)
    return " ".join(words[:count]) if letters > 3 else text


def find_about(head: str) -> str:
    """The "V/v …" of an official letter, to the end of its paragraph."""
    found = _ABOUT.search(head)
    if found is None:
        return ""
    words = []
    for line in head[found.end() :].split("\n")[:5]:
        text = line.strip()
        date = _DATE.search(text)
        if not text or text.startswith("Kính gửi") or MOTTO.search(text):
            break
        words.append(text[: date.start()].strip() if date else text)
        if date:
            break
    return " ".join(" ".join(words).split())


def is_motto(row: str) -> bool:
    """Does the country's name stand in this row, as letterheads have it?"""
    return COUNTRY.search(row) is not None


def find_stated(head: str, number: DocNumber | None) -> tuple[str | None, str]:
    """(date, title) of a copy that names them in rows of its own: "Ngày ban hành: 05/03/2020" and,
    in its first row, "Nghị định 30/2020/NĐ-CP - Về công tác văn thư"."""
    date = _STATED_DATE.search(head)
    iso = iso_date(date["y"], date["m"], date["d"]) if date else None
    title = ""
    if number is not None:
        first = head.strip().partition("\n")[0]
        _, written, rest = first.partition(number.text)
        if written and (named := re.match(r"\s?[-:]\s?(?=\w)", rest)):
            title = rest[named.end() :].strip(" .")
    return iso, title


def find_heading(head: str) -> str:
    """The heading of a paper that names no type: its first row of capitals below the motto, with
    the row under it."""
    ends = [motto.end() for motto in MOTTO.finditer(head)]
    if not ends:
        return ""
    below = [text for line in head[ends[-1] :].split("\n") if (text := line.strip(" -_*"))]
    if not below or not is_upper(below[0]) or len(below[0]) < 8 or len(below[0]) > 200:
        return ""
    under = below[1] if len(below) > 1 else ""
    runs_on = under and under[-1].isalnum() and len(under) < 120 and not under[0].isdigit()
    return f"{below[0]} {under}" if runs_on else below[0]
