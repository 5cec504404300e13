"""Pupils' pictures, names or stories made public without what protects children."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.checks import Grounds
from kb.checks.places import found
from kb.findings import Finding, Severity
from kb.plans import Plan, PlanItem

_PUPIL = r"(?:học sinh|trẻ em|trẻ khuyết tật|các em|học viên)"
_PICTURE = (
    r"(?:hình ảnh|ảnh|video|clip|tấm gương|gương|câu chuyện|thông tin cá nhân|danh sách|hồ sơ)"
)
_SHOWS = re.compile(
    rf"(?:đăng(?: tải)?|công bố|công khai|niêm yết|giới thiệu|quảng bá|chia sẻ|tuyên truyền|"
    rf"quay phim|ghi hình|chụp|phát sóng|"
    rf"phát trực tiếp)\b[^.;]{{0,120}}{_PICTURE}[^.;]{{0,100}}{_PUPIL}"
    rf"|(?:thu thập|cung cấp|lưu trữ|cập nhật)\b[^.;]{{0,80}}(?:dữ liệu|thông tin) cá nhân"
    rf"[^.;]{{0,60}}{_PUPIL}"
    rf"|(?:ảnh|video|clip)\b[^.;]{{0,60}}{_PUPIL}[^.;]{{0,60}}(?:lên|trên) "
    r"(?:website|trang tin|fanpage|facebook|zalo|mạng|youtube|báo)",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(r"trong cả nước|trên thế giới|ngoài trường", re.IGNORECASE)
_CONSENT = re.compile(
    r"(?:đồng ý|chấp thuận)[^.;]{0,40}(?:cha mẹ|phụ huynh|gia đình|giám hộ|học sinh|trẻ)"
    r"|bảo vệ dữ liệu cá nhân|bí mật (?:đời sống )?(?:riêng tư|đời tư)",
    re.IGNORECASE,
)
_BASES = frozenset(("luat/2016/102/qh13", "nd/2017/56/cp", "luat/2025/91/qh15", "nd/2025/356/cp",
                    "nd/2023/13/cp"))  # fmt: skip


def child_protection(plan: Plan, grounds: Grounds) -> Iterator[Finding]:
    """Đưa hình ảnh, dữ liệu học sinh ra công khai mà không có căn cứ bảo vệ trẻ em.

    Sai: - Giới thiệu những tấm gương điển hình của học sinh trên website.
    Đúng: … sau khi có sự đồng ý của cha mẹ và của trẻ từ đủ 07 tuổi; thêm căn cứ Luật Trẻ em, Nghị
    định 56/2017/NĐ-CP.
    Vì sao: ảnh, tên, trường lớp, sức khỏe của trẻ là bí mật đời sống riêng tư; người khuyết tật còn
    được bảo vệ khỏi bị lợi dụng hình ảnh.
    Nguồn: Luật Trẻ em 102/2016/QH13, Điều 6 khoản 11 và Điều 21; Nghị định 56/2017/NĐ-CP, Điều 33
    và 36; Luật Người khuyết tật 51/2010/QH12, Điều 14 khoản 4.
    """
    if any(c.target in _BASES for c in grounds.citations) or _CONSENT.search(plan.text):
        return
    for item in plan.items:
        if _shows(item):
            yield found(
                "child-protection", Severity.WARNING, plan, item.span,
                "Việc này đưa hình ảnh hoặc thông tin của học sinh ra công khai, mà kế hoạch "
                "không nêu "
                "căn cứ bảo vệ trẻ em và sự đồng ý.",
                "Ghi: có sự đồng ý của cha mẹ và của trẻ từ đủ 07 tuổi; thêm căn cứ Luật Trẻ em, "
                "Nghị "
                "định 56/2017/NĐ-CP.",
            )  # fmt: skip


def _shows(item: PlanItem) -> bool:
    return bool(_SHOWS.search(item.text)) and not _ELSEWHERE.search(item.text)
