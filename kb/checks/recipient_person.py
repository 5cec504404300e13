"""A recipient that is a person called by name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.checks import Grounds
from kb.checks.places import RECIPIENTS, recipients
from kb.findings import Finding, Severity
from kb.plans import Plan

_PERSON = re.compile(
    r"(?<!\w)(?:[Tt]hầy|[Cc]ô|[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Đđ]/c|[Đđ]ồng chí)\s(?!giáo\b)"
    r"[A-ZĐÀ-Ỹ][^\W\d_]+(?:\s[A-ZĐÀ-Ỹ][^\W\d_]+){0,4}"
)
_NAME = re.compile(
    r"[-–+•*\s(]*(?:Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Ngô|Dương|Lý|Đinh|Trương|Lâm)"
    r"(?:\s[A-ZĐÀ-Ỹ][a-zà-ỹ]+){1,4}\s?(?:\([^)]*\))?[\s);.,]*"
)
_OFFICE = re.compile(
    r"hiệu trưởng|giám đốc|trưởng|phó|chủ tịch|bí thư|kế toán|văn thư|giáo viên|nhân viên|thư ký",
    re.IGNORECASE,
)


def recipient_person(plan: Plan, grounds: Grounds) -> Iterator[Finding]:
    """Nơi nhận ghi tên riêng mà không ghi chức danh.

    Sai: - Đăng Website trường; (Thầy Trọng)
    Đúng: - Bộ phận quản trị website (để đăng);
    Vì sao: nơi nhận là cơ quan, đơn vị hoặc cá nhân nhận văn bản theo chức danh, kèm việc nhận để
    làm gì; tên gọi thường ngày không cho biết ai chịu trách nhiệm khi người ấy đổi việc.
    Nguồn: Nghị định 30/2020/NĐ-CP, Phụ lục I, Mục II khoản 9 (nơi nhận).
    """
    for words, span in recipients(plan):
        person = _PERSON.search(words) or _NAME.fullmatch(words)
        kept = words.lstrip("-–+•* ").startswith("Lưu")  # who drafted it stands there
        if person and not kept and not _OFFICE.search(words):
            yield Finding(
                "recipient-person", Severity.WARNING,
                f"Nơi nhận ghi “{words.strip(' -;.')}”: tên riêng, không có chức danh.",
                "Ghi chức danh hoặc bộ phận, kèm nhận để làm gì; giao việc cho người thì ghi ở "
                "phần "
                "tổ chức thực hiện.",
                RECIPIENTS, span,
            )  # fmt: skip
