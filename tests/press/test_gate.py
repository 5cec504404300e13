"""What must not go out, and what looks like it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.catalogue import load_press_rules
from kb.press import Checked
from kb.press.gate import check_gate, check_source
from kb.store.library import Library

RULES = load_press_rules(Path(__file__).parents[2] / "corpus")


@pytest.mark.parametrize(
    ("text", "seen", "kind"),
    [
        ("SỞ GIẢ ĐỊNH\nMẬT\nBÁO CÁO", "MẬT", "mark"),
        ("SỞ GIẢ ĐỊNH\n(TỐI MẬT)\n", "TỐI MẬT", "mark"),
        ("Tuyệt mật\nNội dung", "Tuyệt mật", "mark"),
        ("Độ mật: Tối mật", "Tối mật", "mark"),
        ("Số: 12/BC-NDTKT   MẬT", "MẬT", "mark"),
        ("Lưu hành nội bộ", "Lưu hành nội bộ", "mark"),
        ("TÀI LIỆU LƯU HÀNH NỘI BỘ - CẤM SAO CHỤP", "LƯU HÀNH NỘI BỘ", "mark"),
        ("Em Nguyễn Thị Giả Định được chẩn đoán tự kỷ.", "Em Nguyễn Thị Giả Định", "pupil"),
        ("Trường có học sinh Trần Văn Ví Dụ, khuyết tật nặng.", "học sinh Trần Văn Ví Dụ", "pupil"),
        ("Nhờ can thiệp, em Dụ hết động kinh.", "em Dụ", "pupil"),
        ("Em N.V.A. mắc tự kỷ.", "Em N.V.A.", "pupil"),
        ("Cháu T. (8 tuổi) bị bại não.", "Cháu T.", "pupil"),
        ("Theo mẹ bé M, con khuyết tật nặng.", "bé M", "pupil"),
        ("Trường nhận học sinh nữ L. T. H lớp 3, khiếm thính.", "học sinh nữ L. T. H", "pupil"),
        ("HS Đ.A chậm phát triển.", "HS Đ.A", "pupil"),
        ("Phụ huynh em Minh An nói con bị bại não.", "em Minh An", "pupil"),
        ("Ảnh: các em học sinh khiếm thính lớp 2", "Ảnh: các em", "pupil"),
        ("Liên hệ 0912.345.678 để hỏi.", "0912.345.678", "phone"),
        ("Gọi +84 91 234 5678", "+84 91 234 5678", "phone"),
        ("số 079123456789 cấp năm 2021", "079123456789", "id-number"),
        ("CMND số 123 456 789", "123 456 789", "id-number"),
    ],
)
def test_found(text: str, seen: str, kind: str) -> None:
    (one,) = check_gate(text, RULES)
    assert (one.span.of(text), one.kind.value) == (seen, kind)
    assert one.grounds
    assert all(ground.where or ground.doubt for ground in one.grounds)


@pytest.mark.parametrize(
    "text",
    [
        "Bảo vệ bí mật nhà nước; độ mật gồm mật, tối mật và tuyệt mật.",
        "Văn bản mật phải đóng dấu theo quy định; tài liệu lưu hành nội bộ thì không công bố.",
        "Trẻ em Việt Nam khuyết tật được đi học.",
        "Học sinh Trường Nuôi dạy trẻ khuyết tật tham gia hội thi.",
        "Em Nguyễn Thị Giả Định đạt giải nhất cờ vua.",  # no health data
        "Em N.V.A. đạt giải nhất cờ vua.",
        "Trẻ em A Lưới khuyết tật được đi học.",  # a place
        "Học sinh A1 và các em B khám sức khỏe.",  # classes
        "Trẻ I-ôt khám mắt; em TT-BGDĐT điều trị.",
        "Quyết định số 0912/QĐ-UBND, tài khoản 3713.0.1234567.00000",
        "Cấm lợi dụng hình ảnh người khuyết tật, trẻ em.",
        "Tổng đài 111, 1900 9254 trực cả ngày.",
    ],
)
def test_not_found(text: str) -> None:
    assert check_gate(text, RULES) == []


def test_a_marked_source_is_a_finding_of_the_draft_that_cites_it(
    checked: Callable[[str], Checked], library: Library
) -> None:
    (key,) = [i.document.key for i in library.documents() if "902/BC" in i.document.number]
    assert check_source(key, library.text(key), RULES) is not None
    (one,) = checked("Theo Báo cáo số 902/BC-UBVGĐ, hoa đã đếm xong.").gate
    assert (one.key, one.kind.value) == (key, "mark")


def test_texts_of_the_corpus_have_nothing_to_hide(library: Library) -> None:
    for listed in library.documents():
        if listed.document.number != "902/BC-UBVGĐ":
            assert check_gate(library.printed(listed.document.key), RULES) == []
