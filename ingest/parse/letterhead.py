"""What stands above the grounds: who issues, number, place and date, type and title.

Copies from the web run these lines together ("Số: 54/2014/QH13 … LUẬT HẢI QUAN" in one row), so
each is looked for in the whole stretch, in the order Nghị định 30/2020/NĐ-CP, Phụ lục I gives them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.parse.markers import is_upper
from kb.catalogue import Vocabulary
from kb.documents import DocNumber, DocType, Issuer, parse_number
from kb.text import accented_key, fold

_CODE = r"[^\W\d_][\w&.]{0,20}"
_LETTERS = rf"{_CODE}(?:\s?-\s?{_CODE}){{0,6}}"
# "82 /KH-NDTKT", "39-CT/TW", "51/2010/QH12", "…/2016/QH14", "/KH-SGDĐT", "3326/SGDĐT-GDPT"
_FORM = (
    rf"(?:\d{{1,6}}|[.…_]{{1,12}})?\s?(?:/\s?(?:19|20)\d\d\s?/?\s?{_LETTERS}"
    rf"|/\s?{_LETTERS}|-\s?{_CODE}\s?/\s?{_LETTERS})"
)
# "Số: …", "Luật số: …", "Số hiệu: …", "Số 39-CT/TW"
_NUMBER = re.compile(rf"\b[Ss]ố(?:\s?hiệu)?\s?:?\s{{0,2}}(?P<form>{_FORM})")
_BARE = re.compile(rf"(?<![\w/-])(?P<form>\d{_FORM})")
_BLANK = re.compile(r"(?:^|\n)\s?Số\s?:\s?[.…_]{0,20}\s?(?=\n|$)")

_WORD = r"[^\W\d_][^\W\d_]{0,12}"
_DATE = re.compile(
    rf"(?:(?<![\w/.-])(?P<place>(?:TP\.?\s)?{_WORD}(?:[ -]{{1,3}}{_WORD}){{0,5}})\s?,\s{{0,2}})?"
    r"[Nn]gày\s{0,2}(?P<d>\d{1,2}|[.…_]{0,8})\s{0,2}tháng\s{0,2}(?P<m>\d{1,2}|[.…_]{0,8})"
    r"\s{0,2}năm\s{0,2}(?P<y>(?:19|20)\d\d)"
)
# "HIẾN PHÁP NƯỚC CỘNG HÒA …" is a title.
_COUNTRY = re.compile(
    r"(?<!NƯỚC )(?:CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM|ĐẢNG CỘNG SẢN VIỆT NAM)"
)
_MOTTO = re.compile(
    rf"{_COUNTRY.pattern}"
    r"|Độc\s?lập\s?-\s?Tự\s?do\s?-\s?Hạnh\s?phúc|-{2,}|_{2,}|\*{1,}|={2,}",
    re.IGNORECASE,
)
# Bodies under another body: what follows a ministry's name on the same row is the issuer.
_UNDER = re.compile(
    r"(?:TỔNG CỤC|CỤC|SỞ|TRƯỜNG|PHÒNG|VỤ|CHI CỤC|VIỆN|TRUNG TÂM|KHO BẠC|THANH TRA)\b"
)
_UNDER_COMMITTEE = re.compile(r"(?:SỞ|BAN|CHI CỤC|TRUNG TÂM|PHÒNG|THANH TRA|TRƯỜNG|VĂN PHÒNG)\s")
_COMMITTEE = re.compile(r"(?:(?:ỦY|UỶ) BAN|HỘI ĐỒNG) NHÂN DÂN|UBND|HĐND")
_PLACE = r"(?:TỈNH|THÀNH PHỐ|TP\.?|HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG|ĐẶC KHU)\s.{2,30}"
# "Chính phủ ban hành Nghị định …", "Trường … xây dựng Kế hoạch …": who acts, in so many words.
_ENACTS = re.compile(
    r"^(?P<name>[^\W\d_a-zđà-ỹ][^,.;:\n()]{3,100}?)\s(?:ban hành|xây dựng)"
    r"\s(?P<what>[^\W\d_].{2,20})",
    re.MULTILINE,
)
_BODY_WORD = re.compile(
    r"(?:Sở|Trường|Phòng|Ủy ban|Uỷ ban|UBND|Bộ|Ban|Trung tâm|Tổng cục|Cục|Chi cục|Hội|Viện"
    r"|Học viện)\s"
)
# What a copy says of itself instead of a letterhead: "Số hiệu: …", "Ngày ban hành: 05/03/2020".
_STATED_DATE = re.compile(
    r"^Ngày (?:ban hành|ký)\s?:\s?(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>(?:19|20)\d\d)\s?$",
    re.MULTILINE,
)
_NO_TITLE = re.compile(r"LỜI NÓI ĐẦU|MỞ ĐẦU$|MỤC LỤC$")
# The line that names who decides, between title and grounds.
_AUTHORITY = re.compile(
    r"(?:^|(?<![,;])(?<!CỦA)(?<!DO)(?<!VÀ)(?<!BỞI)\s)"
    r"(?:(?:PHÓ\s)?(?:THỦ TƯỚNG|BỘ TRƯỞNG|TỔNG CỤC TRƯỞNG|CỤC TRƯỞNG|CHỦ TỊCH|GIÁM ĐỐC"
    r"|HIỆU TRƯỞNG|CHÁNH ÁN|CHÁNH VĂN PHÒNG|VIỆN TRƯỞNG|THỐNG ĐỐC|TỔNG KIỂM TOÁN"
    r"|TỔNG THANH TRA|TRƯỞNG BAN)\s|(?:ỦY|UỶ) BAN (?:NHÂN DÂN|THƯỜNG VỤ)|HỘI ĐỒNG (?:NHÂN DÂN|THẨM)"
    r"|CHÍNH PHỦ$|QUỐC HỘI$)"
)
_ABOUT = re.compile(r"\bV/v:?\s", re.IGNORECASE)
_EDITORIAL = re.compile(r"\[[^\]\n]{0,1500}\]")
# What an older law's title repeats of its letterhead.
_REPEATED = re.compile(r"\s(?:CỦA QUỐC HỘI\b|SỐ \d[\w/-]{1,10}(?:L/CTN|QH\d{1,2}) NGÀY\b).*$")
_TITLE_ROWS, _TITLE_LENGTH = 8, 600


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
            try:
                number = parse_number(found["form"].strip())
            except ValueError:
                continue
            return number, Found(found["form"].strip(), found.start(), found.end())
    return None


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
    """ISO, cut before the first part that is blank or not of the calendar."""
    if not month.isdigit() or not 1 <= int(month) <= 12:
        return year
    if not day.isdigit() or not 1 <= int(day) <= 31:
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
        small = re.search(rf"(?m)^\s?{re.escape(name)}\s?$", head)
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
        text = " ".join(_MOTTO.sub(" ", _EDITORIAL.sub(" ", line)).split()).strip()
        text = text.lstrip(":.,- ") if at == 0 else text
        if not text:
            # A rule or a blank row ends the title once it has begun.
            blank = blank or (at > 0 and bool(words))
            continue
        authority = _AUTHORITY.search(text) if is_upper(text) or at == 0 else None
        if words and words[-1].endswith(","):
            authority = None
        if authority is not None and (words or at or authority.start()):
            head_part = text[: authority.start()].strip()
            if head_part and (not words or is_upper(head_part)):
                words.append(head_part)
            break
        if re.match(r"CỦA\s", text) and is_upper(text) and not words:
            continue
        if _NUMBER.match(text) or text.startswith(("Kính gửi", "(")) or len(words) >= _TITLE_ROWS:
            break
        if _NO_TITLE.match(text):
            break
        if words:
            follows = text[0].islower() or (is_upper(text) and is_upper(words[-1]))
            if blank and not follows:
                break
            if text[0].isupper() and text.endswith((".", ":", ";")):
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
        if not text or text.startswith("Kính gửi") or _MOTTO.search(text):
            break
        words.append(text[: date.start()].strip() if date else text)
        if date:
            break
    return " ".join(" ".join(words).split())


def issuer_lines(head: str, types: Sequence[DocType]) -> list[str]:
    """The letterhead: rows of capitals without the motto; *head* ends where the number begins."""
    found = []
    names = tuple(kind.name + " " for kind in types)
    for line in head.split("\n"):
        if line.startswith(names) and not is_upper(line):
            continue  # a portal's title: "Nghị định 19/2019/NĐ-CP"
        for part in re.split(r"\s{2,}|\n", _MOTTO.sub("\n", line)):
            text = part.strip(" -*_.:")
            if len(text) > 3 and is_upper(text) and not any(c.isdigit() for c in text):
                found.append(text)
    return found


def find_issuer(lines: Sequence[str], vocabulary: Vocabulary, *, joint: int) -> str:
    """The name in the letterhead: of the vocabulary where a row is one, else as printed.

    *joint* is how many bodies issue it together, 0 for one body alone.
    """
    if not lines:
        return ""
    known = {
        fold(name): issuer
        for issuer in reversed(vocabulary.issuers)
        for name in (*issuer.variants, issuer.name)
    }
    if joint:
        joined = fold(" ".join(lines))
        hits: dict[str, int] = {}
        taken: list[tuple[int, int]] = []
        for name in sorted(known, key=len, reverse=True):
            at = joined.find(name)
            if at < 0 or any(s < at + len(name) and at < e for s, e in taken):
                continue
            taken.append((at, at + len(name)))
            hits.setdefault(known[name].name, at)
        if len(hits) == joint:
            return " - ".join(sorted(hits, key=lambda name: hits[name]))
        return " - ".join(line.strip(" -") for line in lines)
    if len(lines) > 1 and _COMMITTEE.fullmatch(lines[-2]) and re.fullmatch(_PLACE, lines[-1]):
        lines = [*lines[:-2], f"{lines[-2]} {lines[-1]}"]
    # The last rows name the issuer, those above what it belongs to; a name may take two rows.
    for count in range(1, min(3, len(lines)) + 1):
        name = fold(" ".join(lines[-count:]))
        if name in known:
            return known[name].name
    last = lines[-1]
    for owner in lines[:-1]:
        if place := re.search(rf"{_PLACE}$", owner):
            for joined in (f"{last} {place[0]}", f"{last} {place[0].split(' ', 1)[1]}"):
                if fold(joined) in known:
                    return known[fold(joined)].name
            # Every province has a "SỞ GIÁO DỤC VÀ ĐÀO TẠO": the row above says which.
            bare = place[0].split(" ", 1)[1]
            if _COMMITTEE.match(owner) and _UNDER_COMMITTEE.match(last) and bare not in last:
                return f"{last} {place[0]}"
    return _without_owner(last, known)


def is_motto(row: str) -> bool:
    """Does the country's name stand in this row, as letterheads have it?"""
    return _COUNTRY.search(row) is not None


def above_motto(head: str) -> str:
    """The letterhead of a paper without number, date and type."""
    found = _COUNTRY.search(head)
    return head[: found.start()] if found else ""


def known_name(name: str, vocabulary: Vocabulary) -> str:
    """The name of the body that is called so, "" where none is known."""
    return next(
        (i.name for i in vocabulary.issuers if fold(name) in map(fold, (i.name, *i.variants))), ""
    )


def find_enacting(rows: str, vocabulary: Vocabulary) -> str:
    """Who issues by the sentence that brings the act in: a body of the vocabulary, or a name that
    begins with what a body is called; "" where no such sentence stands at the start of a row."""
    known = {fold(n): i.name for i in reversed(vocabulary.issuers) for n in (*i.variants, i.name)}
    types = tuple(fold(kind.name) for kind in vocabulary.types)
    for found in _ENACTS.finditer(rows):
        name = " ".join(found["name"].split())
        if not fold(found["what"]).startswith(types):
            continue
        if fold(name) in known:
            return known[fold(name)]
        if _BODY_WORD.match(name) and len(name.split()) > 2:
            return name
    return ""


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
    ends = [motto.end() for motto in _MOTTO.finditer(head)]
    if not ends:
        return ""
    below = [text for line in head[ends[-1] :].split("\n") if (text := line.strip(" -_*"))]
    if not below or not is_upper(below[0]) or len(below[0]) < 8 or len(below[0]) > 200:
        return ""
    under = below[1] if len(below) > 1 else ""
    runs_on = under and under[-1].isalnum() and len(under) < 120 and not under[0].isdigit()
    return f"{below[0]} {under}" if runs_on else below[0]


def _without_owner(line: str, known: dict[str, Issuer]) -> str:
    """ "BỘ TÀI CHÍNH TỔNG CỤC HẢI QUAN" → "TỔNG CỤC HẢI QUAN"."""
    for under in _UNDER.finditer(line):
        owner = line[: under.start()].strip()
        if owner and fold(owner) in known:
            rest = line[under.start() :]
            return known[fold(rest)].name if fold(rest) in known else rest
    return line


def issuers_of_code(code: str, vocabulary: Vocabulary) -> list[Issuer]:
    return [
        issuer
        for issuer in vocabulary.issuers
        if any(fold(code) == fold(known) for known in issuer.codes)
    ]
