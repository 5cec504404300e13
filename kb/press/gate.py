"""What must not go out: confidentiality marks, a pupil named beside health data, private numbers.

A mark is one where it stands as on paper: alone on a line, after "Độ mật:", or in capitals at the
end of a line of the letterhead; "bí mật nhà nước" in a sentence is none. Initials ("em N.V.A.")
beside a disability are known to whoever knows the child.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kb.press import GateFinding, GateKind
from kb.press.rules import Rules
from kb.text import Span, match_text

_MARKED = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
_LOWER, _UPPER = f"a-z{_MARKED}", f"A-Z{_MARKED.upper()}"
_LEVELS = r"TUYỆT\sMẬT|TỐI\sMẬT|MẬT"
_MARK = re.compile(
    rf"""
    ^[ \t(*\[-]*(?:(?:dấu|đóng\sdấu)\s)?(?P<alone>{_LEVELS})[ \t)*\].!-]*$     # alone on its line
  | \bđộ\smật\s?:\s?(?P<said>{_LEVELS})\b
  | ^(?:[ \t(*\[-]*)(?:tài\sliệu\s)?(?P<inside>lưu\shành\snội\sbộ)[ \t)*\].!-]*$
    """,
    re.VERBOSE | re.IGNORECASE | re.MULTILINE,
)
# In capitals beside other words: "Số: 12/BC-NDTKT   MẬT", "TÀI LIỆU LƯU HÀNH NỘI BỘ - CẤM SAO".
_CAPITALS = re.compile(
    rf"^(?:Số|SỐ)\s?:[^\n]*?\s(?P<level>{_LEVELS})[ \t]*$"
    rf"|^[^\n{_LOWER}\"]{{0,40}}\b(?P<inside>LƯU HÀNH NỘI BỘ)\b[^\n{_LOWER}\"]{{0,40}}$",
    re.MULTILINE,
)

_SURNAMES = (
    "Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đào|Đoàn|Vương|Trịnh|"
    "Trương|Đinh|Lâm|Phùng|Mai|Tô|Hà|Cao|Châu|Chu|Tạ|Thái|Thạch|Danh|La|Quách|Tăng|Triệu|Lương|Lưu|"
    "Nông|Hứa|Giàng|Sùng|Vàng|Kiều|Bạch|Tống|Lục|Diệp|Mạc|Lò|Quàng|Điểu|Đàm|Ông|Từ|Văn|Viên"
)
_SYLLABLE = rf"[{_UPPER}][{_LOWER}]*"
# A word that begins a name of something else: "học sinh Trường …", "em Việt Nam".
_NOT_A_NAME = (
    "Việt|Trường|Lớp|Khối|Tổ|Đội|Ban|Bộ|Sở|Hội|Đoàn|Nhà|Trung|Tiểu|Mầm|Khuyết|Dân|Kinh|Thành|Tỉnh|"
    "Hà|Sài|Quốc|Miền|Đồng|Tây|Bắc|Nam|Đông|Theo|Khi|Nếu|Căn|Các|Điều|Luật|Nghị|Thông|Quyết|Phòng"
)
_PUPIL = re.compile(
    r"(?<![Tt]rẻ )(?<!TRẺ )(?<!chị )(?<!\w)"
    r"(?:(?:[Ee]m|[Cc]háu|[Bb]é|[Hh]ọc sinh|[Hh]ọc trò|HS) (?:(?:nam|nữ|tên|là) )?)"
    rf"(?P<name>(?:{_SURNAMES})(?: {_SYLLABLE}){{1,4}}(?!\w)"
    rf"|(?!(?:{_NOT_A_NAME})\b)(?<=(?:[Ee]m |áu |[Bb]é ))[{_UPPER}][{_LOWER}]+"
    rf"(?: (?!(?:{_NOT_A_NAME})\b)[{_UPPER}][{_LOWER}]+){{0,2}}(?!\w| {_SYLLABLE}))"
)
# "em N.V.A.", "cháu T.", "bé M", "trẻ L. T. H": capitals with full stops, or one alone.
_INITIALS = re.compile(
    r"(?<!\w)(?<![Tt]rẻ )(?<!các )(?<!chị )"
    r"(?:[Ee]m|[Cc]háu|[Bb]é|[Bb]ạn|[Tt]rẻ|[Hh]ọc sinh|[Hh]ọc trò|HS) (?:(?:nam|nữ|tên|là) )?"
    rf"(?P<name>[{_UPPER}]{{1,2}}\.(?: ?[{_UPPER}]{{1,2}}\.){{0,3}}(?: ?[{_UPPER}](?![\w.]))?"
    rf"|[{_UPPER}](?![\w.&/]|[-–]\w))"
)
_CAPTION = re.compile(
    r"^[ \t(*\[-]*(?:Ảnh|Hình|Trong ảnh|Ảnh chụp|Video|Clip)(?:\s\d+)?\s?[:.,]?[^\n]{0,80}?"
    r"(?P<name>(?<!\w)(?:em|cháu|bé|học sinh|trẻ)(?!\w))",
    re.MULTILINE | re.IGNORECASE,
)
_HEALTH = re.compile(
    r"tự kỷ|khuyết tật|dạng tật|bại não|hội chứng|động kinh|tăng động|chậm phát triển|"
    r"thiểu năng|câm điếc|điếc|khiếm thính|khiếm thị|mù lòa|mù loà|bị mù|rối loạn|chẩn đoán|bệnh|"
    r"mức độ (?:nhẹ|nặng|đặc biệt nặng)|điều trị|uống thuốc|trầm cảm|khám|nhiễm HIV|suy dinh dưỡng",
    re.IGNORECASE,
)
_AROUND = 240  # characters: about a sentence and a half on either side

_PHONE = re.compile(
    r"(?<![\w.,/+-])(?:\+?84[ .-]?|0)(?:[35789]\d|2\d{1,2})(?:[ .-]?\d){7}(?![\w/]|[.,-]?\d)"
)
_TWELVE = re.compile(r"(?<![\w.,/-])0\d{2}(?:[ .]?\d){9}(?![\w/]|[.,-]?\d)")
_ID_SAID = re.compile(
    r"(?:CCCD|CMND|CMT|căn cước|chứng minh(?: thư| nhân dân)?|định danh)[^\n\d]{0,40}"
    r"(?P<number>\d(?:[ .]?\d){8}(?:(?:[ .]?\d){3})?)(?!\d)",
    re.IGNORECASE,
)

_LETTERHEAD = 1_500  # characters of a source in which its own mark stands

_SAID = {
    GateKind.MARK: "Có dấu “{}”: không đưa ra ngoài khi người có thẩm quyền chưa cho phép bằng văn "
    "bản.",
    GateKind.PUPIL: "Nêu “{}” cùng thông tin sức khỏe, khuyết tật: bỏ tên, ảnh, hoặc có văn bản "
    "đồng ý của cha mẹ, người giám hộ và của trẻ từ đủ 7 tuổi.",
    GateKind.PHONE: "Có số điện thoại “{}”: bỏ đi, trừ số công khai của cơ quan.",
    GateKind.ID_NUMBER: "Có số giấy tờ tùy thân “{}”: bỏ đi.",
}

_INITIALS_SAID = (
    "Nêu “{}” cùng thông tin sức khỏe, khuyết tật: tên viết tắt thì người quen vẫn nhận ra. Bỏ chữ "
    "viết tắt, hoặc có văn bản đồng ý của cha mẹ, người giám hộ và của trẻ từ đủ 7 tuổi."
)


def check_gate(text: str, rules: Rules) -> list[GateFinding]:
    """What keeps *text* from going out, in its order; each with its place and the legal reason."""
    read = match_text(text)
    found: dict[tuple[int, int], GateFinding] = {}
    for kind, span in _seen(read.text):
        place = read.source(span)
        if all(place.end <= a or b <= place.start for a, b in found):
            found[place.start, place.end] = _finding(kind, place, place.of(text), rules)
    return [found[place] for place in sorted(found)]


def check_source(key: str, text: str, rules: Rules) -> GateFinding | None:
    """The mark that a source document bears itself, in its letterhead; no word of such a document
    may go out. The forms of marks that a text prints further down are no mark of its own."""
    span = next(_marks(text[:_LETTERHEAD]), None)
    if span is None:
        return None
    return replace(_finding(GateKind.MARK, span, span.of(text), rules), key=key)


def _finding(kind: GateKind, span: Span, words: str, rules: Rules) -> GateFinding:
    words = " ".join(words.split())
    said = _INITIALS_SAID if kind is GateKind.PUPIL and _INITIALS.fullmatch(words) else _SAID[kind]
    return GateFinding(span, words, kind, said.format(words), tuple(rules.why(kind)))


def _seen(text: str) -> Iterator[tuple[GateKind, Span]]:
    for span in _marks(text):
        yield GateKind.MARK, span
    for pattern in (_PUPIL, _INITIALS, _CAPTION):
        for found in pattern.finditer(text):
            around = text[max(0, found.start() - _AROUND) : found.end() + _AROUND]
            if _HEALTH.search(around):
                yield GateKind.PUPIL, Span(found.start(), found.end())
    for found in _ID_SAID.finditer(text):
        yield GateKind.ID_NUMBER, Span(*found.span("number"))
    for kind, pattern in ((GateKind.PHONE, _PHONE), (GateKind.ID_NUMBER, _TWELVE)):
        for found in pattern.finditer(text):
            yield kind, Span(found.start(), found.end())


def _marks(text: str) -> Iterator[Span]:
    for pattern in (_MARK, _CAPITALS):
        for found in pattern.finditer(text):
            group = found.lastgroup or ""
            yield Span(*found.span(group))
