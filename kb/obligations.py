"""Sentences of provisions that oblige a school: the law asked what nobody may leave undone.

A sentence obliges a school where the school (nhà trường, cơ sở giáo dục, its head …) is told that
it must, is responsible or may not; where it stands under a heading or a line that says so ("Trách
nhiệm của nhà trường", "Nhà trường có trách nhiệm sau đây:"); or where it says what a school does
("Nhà trường bố trí …"), which in a law is no description. What it may do, what others must, and
schools of other kinds (đại học, nghề nghiệp, trường giáo dưỡng) are left out. How well this is told
apart is measured, with what is missed, in docs/obligations.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from kb.text import Span


class Said(StrEnum):
    """Where the duty is said."""

    MUST = "must"  # nhà trường phải, có trách nhiệm, không được …
    ABOVE = "above"  # đề mục hay câu dẫn ở trên giao cho nhà trường
    DOES = "does"  # "Nhà trường bố trí …"


@dataclass(frozen=True, slots=True)
class Duty:
    """``span`` of the sentence in the text it was looked for in; ``above`` the heading or line that
    gives it to the school, "" where its own words do."""

    span: Span
    said: Said
    above: str = ""


# Samples: "cơ sở giáo dục mầm non", "các nhà trường", "hiệu trưởng trường tiểu học",
# "thủ trưởng cơ sở giáo dục", "trường chuyên biệt"; not "trường trung cấp", "trường đại học",
# "cơ sở giáo dục bắt buộc".
_OTHER = (
    r"(?:nghề nghiệp|đại học|cao đẳng|trung cấp|bắt buộc|giáo dưỡng|nước ngoài|trung cấp sư phạm)"
)
_SCHOOL = (
    r"(?:nhà trường|trường học|cơ sở giáo dục|các trường|"
    r"trường (?:chuyên biệt|mầm non|mẫu giáo|tiểu học|trung học|phổ thông|dành cho)|"
    r"hiệu trưởng|(?:người đứng đầu|thủ trưởng) (?:các )?(?:cơ sở giáo dục|nhà trường))"
    rf"(?! {_OTHER})(?! trường {_OTHER})"
)
_MUST = (
    r"(?:(?<!không )phải (?!là )|có trách nhiệm|chịu trách nhiệm|có nghĩa vụ|không được|"
    r"nghiêm cấm|cần có|được trang bị tối thiểu)"
)
_MARKER = r"(?:\d+[a-z]?\.|[a-zđ]\)|[-+–])?\s*"
_WHEN = (
    r"(?:(?:khi|trong|trường hợp|hằng năm|hàng năm|định kỳ|đối với|căn cứ|trên cơ sở)"
    r"\b[^.;:]*?,\s*)?"
)
# Of or in a school is not the school: "Đoàn thể trong nhà trường có trách nhiệm".
_NOT_OF = (
    r"(?<!trong )(?<!của )(?<!tại )(?<!cho )(?<!với )(?<!ở )(?<!tới )(?<!đến )(?<!do )(?<!từ )"
    r"(?<!trong các )(?<!của các )(?<!tại các )(?<!cho các )(?<!với các )(?<!quản lý )"
)
# Things that are a school's: "Việc quản lý trong cơ sở giáo dục phải", "Cơ sở vật chất của …".
_ITS = r"(?:việc|cơ sở vật chất|thiết bị|địa điểm|phòng|bếp ăn|công trình|kế hoạch)\b[^.;:,]*?"
_MUSTS = re.compile(
    rf"(?:{_NOT_OF}{_SCHOOL}|^{_MARKER}{_ITS}(?:của |trong |đặt )?{_SCHOOL})"
    rf"(?P<between>[^.;:]{{0,200}}?){_MUST}",
    re.IGNORECASE,
)
# Whoever is named between the school and the duty has it: "nhà trường, giáo viên phải" is both's,
# "nhà trường cho học sinh mà học sinh phải" is the pupil's.
_ELSE = re.compile(
    r"(?:người học|học sinh|trẻ em|giáo viên|nhân viên|ủy ban|uỷ ban|(?<!cơ )sở |bộ |cha mẹ|"
    r"quyết định|hội đồng)[^,]*$",
    re.IGNORECASE,
)
_DOES = re.compile(
    rf"^{_MARKER}{_WHEN}(?:các )?{_SCHOOL}[^,.;:]{{0,60}}?\s(?:tự |chủ động |thường xuyên )?"
    r"(?:bố trí|bảo đảm|đảm bảo|tổ chức|xây dựng|thực hiện|công khai|lập|căn cứ|thông báo|gửi|"
    r"báo cáo|phối hợp|cung cấp|tạo điều kiện|ký hợp đồng|niêm yết|tiếp nhận|thành lập|"
    r"bồi dưỡng)\b",
    re.IGNORECASE,
)
_GIVEN = re.compile(  # a heading or a line that gives what stands below it
    rf"(?:trách nhiệm|nhiệm vụ)(?:[^.:;]*?) của (?:các )?{_SCHOOL}|"
    rf"^{_MARKER}(?:các )?{_SCHOOL}$|"
    rf"^{_MARKER}đối với (?:các )?{_SCHOOL}\s*:?$|"
    rf"^{_MARKER}trường học (?:có|không có) [^.:;]*$",
    re.IGNORECASE,
)
_REQUIRES = re.compile(r"bảo đảm (?:các )?(?:yêu cầu|điều kiện)|yêu cầu sau", re.IGNORECASE)
_ITS_OWN = re.compile(rf"^{_MARKER}{_ITS}(?:của |trong ){_SCHOOL}", re.IGNORECASE)
# Who else a sentence under such a heading speaks of, and what is no duty.
_ANOTHER = re.compile(
    rf"^{_MARKER}(?:cơ quan|ủy ban|uỷ ban|sở |bộ |phòng giáo dục|cha mẹ|giáo viên|nhân viên|"
    r"người học|học sinh|nhà nước|trung tâm|trạm|quyết định|chính phủ)|"
    rf"^{_MARKER}(?:các )?{_SCHOOL}[^.:;]{{0,20}}(?<!không) được",
    re.IGNORECASE,
)
_AND = re.compile(rf"(?:,| và) (?:các )?{_SCHOOL}", re.IGNORECASE)
_LETS = re.compile(r" (?:được|có thể|là|bị|không phải)\b", re.IGNORECASE)
_MAY = re.compile(r"khuyến khích|có thể|được quyền|có quyền|được (?:chủ động|quyết định)", re.I)
# An order to carry the document out is no work of a plan.
_ENACTS = re.compile(r"thi hành (?:thông tư|nghị định|quyết định|luật|chỉ thị)", re.IGNORECASE)
# Titles of documents about schools of other kinds.
_ELSEWHERE = re.compile(
    r"đại học|nghề nghiệp|cao đẳng|trung cấp|giáo dưỡng|bắt buộc", re.IGNORECASE
)

_BREAK = re.compile(r"(?<=[.;])\s+(?=[A-ZĐÀ-Ỹ])(?<!\d\.\s)(?<!\d\. )")
_CLAUSE, _POINT = re.compile(r"\d+[a-z]?\.\s"), re.compile(r"[a-zđ]\)\s")


def sentences(text: str) -> list[Span]:
    """The sentences of an article, in its order: of each line, split after "." and ";" where a
    capital follows; a clause's number is no sentence."""
    out, start = [], 0
    for line in text.split("\n"):
        at = 0
        for cut in [*(found.span() for found in _BREAK.finditer(line)), (len(line), len(line))]:
            words = line[at : cut[0]]
            if words.strip():
                left = start + at + len(words) - len(words.lstrip())
                out.append(Span(left, left + len(words.strip())))
            at = cut[1]
        start += len(line) + 1
    return out


def duties(text: str, heading: str = "", above: str = "") -> Iterator[Duty]:
    """What *text*, an article without its marker and heading, obliges a school to.

    *heading* is the article's, *above* what stands above it, the document's title among it.
    """
    if _ELSEWHERE.search(f"{heading} {above}") and not re.search("phổ thông|mầm non", above):
        return
    given = heading if _gives(heading) else ""
    first = clause = point = ""  # what leads the lines below it: in the article, a clause, a point
    for span in sentences(text):
        words = span.of(text)
        if _CLAUSE.match(words):
            clause = point = ""
        elif _POINT.match(words):
            point = ""
        if words.endswith(":") or (words[-1] not in ".;" and _gives(words)):
            lead = words if _leads(words) else ""
            if _POINT.match(words):
                point = lead
            elif clause or _CLAUSE.match(words):
                clause = lead
            else:
                first = lead
        elif duty := _duty(words, span, point or clause or first or given):
            yield duty


def _gives(words: str) -> bool:
    return _GIVEN.search(words) is not None and not _ELSEWHERE.search(words)


def _leads(words: str) -> bool:
    """Does this line give the lines below it to a school?"""
    if _MAY.search(words):
        return False
    its = _ITS_OWN.search(words) is not None and _REQUIRES.search(words) is not None
    return its or _gives(words) or _musts(words)


def _musts(words: str) -> bool:
    if _ANOTHER.search(words) and not _AND.search(words):
        return False
    return any(not _ELSE.search(found["between"]) for found in _MUSTS.finditer(words))


def _duty(words: str, span: Span, above: str) -> Duty | None:
    if _ENACTS.search(words):
        return None
    if _musts(words):
        return Duty(span, Said.MUST)
    does = _DOES.search(words)
    if does and not _LETS.search(does[0]):
        return Duty(span, Said.DOES)
    if above and not _MAY.search(words) and not _ANOTHER.search(words) and not does:
        return Duty(span, Said.ABOVE, above)
    return None
