"""What the paper leaves blank or the reader could not find: number, day, items."""

from __future__ import annotations

from collections.abc import Iterator

from kb.checks import Grounds
from kb.checks.places import found, title_row
from kb.documents import read_number
from kb.findings import Finding, Severity
from kb.plans import Plan


def left_blank(plan: Plan, grounds: Grounds) -> Iterator[Finding]:
    """Chưa có số, ngày ký, hoặc không đọc được mục nào.

    Sai: Số:     /KH-SGDĐT, ngày     tháng 4 năm 2026
    Đúng: Số: 09/KH-SGDĐT, ngày 06 tháng 4 năm 2026
    Vì sao: thiếu ngày ký thì không xét được hiệu lực khi ký; không đọc được mục nào thì “không thấy
    lỗi” không có nghĩa là không có lỗi. Số dưới 10 viết thêm số 0.
    Nguồn: Nghị định 30/2020/NĐ-CP, Điều 8 khoản 2 và Phụ lục I, Mục II (số, ký hiệu; thời gian ban
    hành).
    """
    document = plan.document
    where = title_row(plan)
    if not plan.items:
        yield found("left-blank", Severity.WARNING, plan, where,
                    "Không đọc được mục nào của kế hoạch, nên hầu hết các phép kiểm tra không "
                    "chạy.",
                    "Xem lại tệp: có phải kế hoạch không, các mục có đánh số hay gạch đầu dòng "
                    "không."
                    )  # fmt: skip
    if len(document.issued or "") != 10:
        yield found("left-blank", Severity.INFO, plan, where,
                    "Không thấy đủ ngày ký, nên chưa xét được hiệu lực của căn cứ khi ký.",
                    "Điền ngày, tháng, năm ký; bản dự thảo thì kiểm tra lại khi ký.")  # fmt: skip
    serial = _serial(document.number)
    if not serial:
        yield found("left-blank", Severity.INFO, plan, where, "Kế hoạch chưa có số.",
                    "Điền số khi ban hành.")  # fmt: skip
    elif len(serial) == 1:
        yield found("left-blank", Severity.INFO, plan, where,
                    f"Số {document.number} dưới 10 mà không có số 0 ở trước.",
                    f"Viết 0{document.number}.")  # fmt: skip


def _serial(number: str) -> str:
    read = read_number(number)
    return read.serial if read else ""
