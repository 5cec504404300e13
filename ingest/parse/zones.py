"""Where a paper's parts lie: preamble, body, closing, attached papers, footnotes."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from ingest.parse import markers
from ingest.parse.markers import Row, is_upper

# "Căn cứ Luật …;", "- Căn cứ …", "Theo đề nghị của …", "Xét đề nghị …", "Xét Tờ trình số …"
GROUND = re.compile(
    r"(?:[-+*•]\s?)?(?:Căn cứ|CĂN CỨ|Theo đề nghị|Xét đề nghị|Xét Tờ trình|Xét tờ trình"
    r"|Sau khi xem xét|Được sự đồng ý|Thực hiện(?=.{0,80}\bsố\b))"
)
_BODY = re.compile(
    r"(?:Phần|PHẦN)\s(?:thứ|THỨ|[IVX\d])|(?:Chương|CHƯƠNG)\s[IVXLC\d]|(?:Điều|ĐIỀU)\s{1,3}\d{1,4}\s?[.:]"
    r"|[IVX]{1,5}\s?(?:\.\s?[^\W\d_a-z]|[-/]\s\S)"
)
RECIPIENTS = re.compile(r"(?:Nơi nhận|NƠI NHẬN|Nơi gửi)\s?:?")
_END = re.compile(r"\.\s?/\s?\.?\s*\"?$")
_CLOSING_WORDS = re.compile(
    r"Trên đây là\s|(?:Bản\s)?(?:Bộ luật|Luật|Pháp lệnh|Nghị quyết|Hiến pháp)\snày\s(?:đã\s)?được"
    r"\s.{0,200}thông qua|Chỉ thị này\s.{0,40}(?:phổ biến|quán triệt)"
)
_LAST_WORDS = re.compile(
    r"(?:Nhận được|Đề nghị .{0,60}căn cứ) (?:Kế hoạch|Công văn|Chương trình|văn bản) này"
    r"|Trong quá trình (?:triển khai |tổ chức )?thực hiện,? (?:nếu|trường hợp)"
)
_LAST_ROWS = 12
_AUTHENTICATED = re.compile(r"XÁC THỰC VĂN BẢN HỢP NHẤT")
# "TM. CHÍNH PHỦ", "KT. BỘ TRƯỞNG", "T/M BAN BÍ THƯ", "CHỦ TỊCH QUỐC HỘI Nguyễn …"
CAPACITY = re.compile(
    r"(?:TM|KT|TL|TUQ|Q|T/M|K/T|T/L)\s?[./]?\s(?=[A-ZĐỦỐỘ])|"
    r"(?:PHÓ\s|QUYỀN\s)?(?:THỦ TƯỚNG|BỘ TRƯỞNG|THỨ TRƯỞNG|CHỦ TỊCH|CHỦ NHIỆM|GIÁM ĐỐC|HIỆU TRƯỞNG"
    r"|TỔNG CỤC TRƯỞNG|CỤC TRƯỞNG|CHÁNH ÁN|CHÁNH VĂN PHÒNG|VIỆN TRƯỞNG|THỐNG ĐỐC|TỔNG BÍ THƯ"
    r"|THƯỜNG TRỰC|BÍ THƯ|TRƯỞNG BAN|TỔNG KIỂM TOÁN|TỔNG THANH TRA|TRƯỞNG PHÒNG|VỤ TRƯỞNG)\b"
)
_FOOTNOTE = re.compile(r"\[{1,2}1\]{1,2}\s?\S")

_ANNEX = re.compile(
    r"PHỤ LỤC(?:\s(?:SỐ\s)?(?P<n>[IVX]{1,6}|\d{1,3}[A-Za-z]?)\b)?|PHỤ BIỂU\b"
    r"|Phụ lục(?:\s(?:số\s)?(?P<m>[IVX]{1,6}|\d{1,3}[A-Za-z]?))?\s?[.:]?$"
)
# Papers that are issued with another: each word as it stands in their title line.
_ATTACHED = re.compile(
    r"(?:QUY CHẾ|QUY ĐỊNH|KẾ HOẠCH|CHƯƠNG TRÌNH|ĐỀ ÁN|DỰ ÁN|ĐIỀU LỆ|HƯỚNG DẪN|TÀI LIỆU|PHƯƠNG ÁN"
    r"|QUY TRÌNH|NỘI QUY|CHIẾN LƯỢC|DANH MỤC|BẢNG|BIỂU|NỘI DUNG|QUY CHUẨN|BỘ TIÊU CHÍ|TIÊU CHUẨN"
    r"|THỂ LỆ|ĐỊNH MỨC|MẪU|CHUẨN|KHUNG)\b"
)
_WITH = re.compile(r"\(\s?(?:được\s)?(?:ban hành\s|phê duyệt\s)?kèm\s(?:theo\s)?", re.IGNORECASE)
_TITLE_ROWS = 10


def body_begins(row: Row) -> bool:
    """Can this row only be the first of a body (Phần, Chương, Điều, I.)?"""
    return _BODY.match(row.text) is not None


def _begins_items(row: Row) -> bool:
    first = markers.arabic(row)
    return body_begins(row) or (first is not None and first.order == (1, 0))


def footnotes_at(all_rows: Sequence[Row]) -> int:
    """Index of the first row of the footnotes that end a consolidated text, else their number."""
    half = len(all_rows) // 4
    return next(
        (r.index for r in all_rows[half:] if _FOOTNOTE.match(r.text)),
        len(all_rows),
    )


def annexes(all_rows: Sequence[Row], skip: Collection[int], end: int) -> list[int]:
    """Rows that open an attached paper, in order; *skip* are rows in quotations."""
    found: list[int] = []
    ended = False
    for row in all_rows[:end]:
        text = row.text
        if not text or row.index in skip:
            continue
        if ended and (not found or row.index - found[-1] > _TITLE_ROWS or _own_annex(text)):
            opens = _ANNEX.match(text) or (_ATTACHED.match(text) and _comes_with(all_rows, row))
            if opens and (is_upper(text.partition("(")[0][:60]) or text.startswith("Phụ lục")):
                if not found or row.index - found[-1] > 1:
                    found.append(row.index)
                continue
        ended = ended or bool(
            _END.search(text)
            or RECIPIENTS.match(text)
            or CAPACITY.match(text)
            or ((label := markers.article(row)) and label.weight == markers.STRONG)
        )
    return found


def _own_annex(text: str) -> bool:
    found = _ANNEX.match(text)
    return bool(found and (found["n"] or found["m"]))


def _comes_with(all_rows: Sequence[Row], row: Row) -> bool:
    """Does "(Ban hành kèm theo …)" stand in this title?"""
    title = [r for r in all_rows[row.index : row.index + _TITLE_ROWS + 6] if r.text][:_TITLE_ROWS]
    for line in title:
        if _WITH.search(line.text):
            return True
        if line.index > row.index and (body_begins(line) or len(line.text) > 300):
            return False
    return False


def annex_number(text: str) -> tuple[str, str]:
    """(marker, number) of an attached paper's first row."""
    if found := _ANNEX.match(text):
        return found[0].strip(), found["n"] or found["m"] or ""
    found = _ATTACHED.match(text)
    return (found[0], "") if found else ("", "")


def grounds(all_rows: Sequence[Row], end: int, lo: int = 0) -> list[tuple[int, int]]:
    """(first, last) row of each ground of the preamble, which lies in rows *lo* to *end*.

    A ground that is broken over rows ends with ``;``, a full stop or a colon.
    """
    found: list[tuple[int, int]] = []
    index = lo
    while index < end:
        if not GROUND.match(all_rows[index].text):
            index += 1
            continue
        last = index
        while (
            last + 1 < end
            and last - index < 12
            and all_rows[last].text[-1:] not in tuple(";.:")
            and all_rows[last + 1].text
            and not GROUND.match(all_rows[last + 1].text)
            and not is_upper(all_rows[last + 1].text)
        ):
            last += 1
        found.append((index, last))
        index = last + 1
    return found


def body_start(all_rows: Sequence[Row], lo: int, hi: int) -> int:
    """First row that can hold an item: below the grounds and whom a letter is addressed to."""
    limit = min(hi, lo + 120)
    # "Căn cứ …" under item 1 is a sentence of the body.
    stop = next((i for i in range(lo, limit) if _begins_items(all_rows[i])), limit)
    start = lo
    for first, last in grounds(all_rows, stop, lo):
        # Grounds stand together; "Thực hiện …" far below is a sentence of the body.
        if start == lo or first - start <= 6:
            start = last + 1
    for index in range(lo, stop):
        if all_rows[index].text.startswith("Kính gửi"):
            start = max(start, index + 1)
            while start < stop and (not all_rows[start].text or all_rows[start].text[0] in "-+•"):
                start += 1
            break
    return start


def closing(all_rows: Sequence[Row], lo: int, hi: int) -> int:
    """The row in ``lo..hi`` where the body is over: closing sentence, signature, Nơi nhận; else
    *hi*. *lo* is a row of the body's last numbered provision, or of its beginning."""
    recipients = next((i for i in range(lo, hi) if RECIPIENTS.match(all_rows[i].text)), hi)
    stamp = next((i for i in range(lo, hi) if _AUTHENTICATED.match(all_rows[i].text)), hi)
    at = min(recipients, stamp)
    for index in range(lo, at):
        text = all_rows[index].text
        if _CLOSING_WORDS.match(text):
            return index
        if _END.search(text) and at - index <= 40:
            return _skip_blank(all_rows, index + 1, hi)
        if CAPACITY.match(text) and is_upper(text[:14]) and (at - index <= 25):
            return index
    return at


def last_words(all_rows: Sequence[Row], lo: int, close: int) -> int:
    """Where the closing words of a plan or letter begin in ``lo..close``: "Nhận được Kế hoạch này
    …",
    "Trong quá trình thực hiện, nếu có vướng mắc …" as paragraphs of their own; else *close*."""
    at = close
    for index in range(close - 1, max(lo, close - _LAST_ROWS) - 1, -1):
        if _LAST_WORDS.match(all_rows[index].text):
            at = index
    return at


def _skip_blank(all_rows: Sequence[Row], index: int, hi: int) -> int:
    while index < hi and not all_rows[index].text:
        index += 1
    return index
