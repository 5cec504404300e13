"""Who is charged with an item of a plan and when it is due, as the plan's own words say it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kb.plans import PlanItem

_UNIT = (
    r"(?:các |toàn thể |mỗi |từng |đội ngũ )?(?:ban giám hiệu|ban giám đốc|hiệu trưởng|"
    r"phó hiệu trưởng|giám đốc|phó giám đốc|tổ trưởng|tổ (?!chức\b)[^\W\d_]+|"
    r"ban (?!hành\b)[^\W\d_]+|"
    r"bộ phận|văn phòng|phòng (?!chống\b)[^\W\d_]+|các phòng|đoàn (?:trường|thanh niên)|đoàn tncs|"
    r"liên đội|tổng phụ trách|công đoàn|chi đoàn|chi bộ|giáo viên|nhân viên|cán bộ|kế toán|văn thư|"
    r"thư viện|y tế|bảo vệ|nhà trường|trường |các trường|đơn vị|các đơn vị|cơ sở giáo dục|sở |"
    r"[uủ]ỷ? ban|ủy ban|hội |lớp |khối |chuyên viên|quản trị|(?:ông|bà|thầy|cô|đồng chí|"
    r"đ/c) [A-ZĐ])"
)
_DOES = (
    r"(?:chủ trì|phối hợp|chịu trách nhiệm|có trách nhiệm|thực hiện|phụ trách|tham mưu|đảm nhiệm)"
)
_WHO = (
    re.compile(
        r"(?:người|đơn vị|bộ phận|cá nhân)\s(?:thực hiện|phụ trách|chủ trì|chịu trách nhiệm)\s?:\s?"
        r"(?P<who>[^.;\n()]{2,120})", re.I),
    re.compile(r"(?:phân công|chủ trì|phụ trách|trách nhiệm|"
               r"thực hiện)\s?:\s?(?P<who>[^.;\n()]{2,120})", re.I),
    re.compile(rf"\((?P<who>{_UNIT}[^();]{{0,100}}?)\s{_DOES}", re.I),
    re.compile(rf"(?:giao(?: cho)?|phân công|đề nghị|yêu cầu)\s(?P<who>{_UNIT}[^.;:\n]{{0,100}}?)\s"
               r"(?:chủ trì|phối hợp|thực hiện|phụ trách|chịu|tham mưu|xây dựng|khẩn trương|"
               r"chỉ đạo|tổ chức|"
               r"theo dõi|đăng|lập|soạn|báo cáo|cử|chuẩn bị)\b", re.I),
    re.compile(rf"^(?P<who>{_UNIT}[^.;:\n]{{0,80}}?)\s?(?::|\s{_DOES}\b|\s(?:tổng hợp|lập|"
               rf"báo cáo|theo dõi|"
               r"cung cấp|soạn|chuẩn bị|cử|hướng dẫn|đăng)\b)", re.I),
)  # fmt: skip
# A heading that is a unit: "1. Phòng Giáo dục Phổ thông", "2. Đối với đội ngũ giáo viên".
_HEADING = re.compile(
    rf"(?:(?:đối với|trách nhiệm(?: của)?|nhiệm vụ của)\s)?(?P<who>{_UNIT}[^.;:\n]{{0,110}})", re.I
)
_DAY = r"(?:\d{1,2}/\d{1,2}(?:/\d{4})?|\d{1,2} tháng \d{1,2}(?: năm \d{4})?)"
_HOW = re.compile(r"\s(?:nhanh chóng|khẩn trương|kịp thời|chủ động|tích cực)$", re.I)
# The day of a document cited is no day to be done by.
_CITED = re.compile(rf"\bsố\s?\d[^;.]{{0,120}}?ngày {_DAY}", re.I)
_WHEN = re.compile(
    rf"(?:thời gian|thời hạn|hạn|tiến độ)(?: (?:thực hiện|hoàn thành))?\s?:\s?[^.;\n()]{{2,80}}"
    rf"|(?:trước|từ|vào|xong|hoàn thành|chậm nhất|đến hết|trong)\s(?:là |vào |"
    rf"trước )?(?:ngày )?{_DAY}"
    rf"(?:\s?(?:-|–|đến)\s?(?:hết )?(?:ngày )?{_DAY})?"
    r"|(?:trong |trước |đến hết |cuối |đầu )?tháng \d{1,2}(?:/\d{4}| năm \d{4})?(?!\s?/)"
    r"|(?:hằng|hàng|mỗi) (?:ngày|tuần|tháng|quý|năm|học kỳ)|(?:cuối |đầu |"
    r"trong )?học kỳ (?:I{1,2}|1|2)\b"
    r"|định kỳ|thường xuyên trong năm(?: học)?|quý (?:IV|I{1,3}|[1-4])\b|cuối năm học|đầu năm học",
    re.IGNORECASE,
)


def charged(items: Sequence[PlanItem]) -> list[PlanItem]:
    """*items*, in the order of the text, with who and when: an item's own words, else those of the
    nearest heading above it."""
    known: dict[str, PlanItem] = {}
    parents = {item.parent for item in items}
    for item in items:
        above = known.get(item.parent or "")
        heads = item.id in parents
        who = item.who or who_in(item.text, heading=heads) or (above.who if above else "")
        when = item.when or when_in(item.text) or (above.when if above else "")
        known[item.id] = replace(item, who=who, when=when)
    return [known[item.id] for item in items]


def who_in(text: str, *, heading: bool = False) -> str:
    """Who is charged in these words, "" where nobody is; a *heading* may be nothing but the unit.

    >>> who_in("Viết bài giới thiệu (Tổ Văn phòng thực hiện)")
    'Tổ Văn phòng'
    """
    for pattern in _WHO:
        if found := pattern.search(text):
            return _HOW.sub("", " ".join(found["who"].split())).strip(" ,-")
    if heading and (whole := _HEADING.match(text)):
        return " ".join(whole["who"].split()).strip(" ,-")
    return ""


def when_in(text: str) -> str:
    """The day or time in these words, as written, "" where there is none.

    >>> when_in("Nộp báo cáo trước ngày 15/11/2021 về văn phòng")
    'trước ngày 15/11/2021'
    """
    found = _WHEN.search(_CITED.sub(" ", text))
    return " ".join(found[0].split()) if found else ""
