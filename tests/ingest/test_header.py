"""Letterhead and signature. Bodies, numbers and people are invented unless the corpus has them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import Extracted, Line
from ingest.clean import clean
from ingest.parse.header import HeaderResult, parse_header
from kb.catalogue import Vocabulary
from kb.documents import DocType, Issuer

ROOT = Path(__file__).parents[2]
VOCABULARY = Vocabulary(
    types=(
        DocType("KH", "Kế hoạch", "kh"),
        DocType("QĐ", "Quyết định", "qd"),
        DocType("CT", "Chỉ thị", "ct"),
        DocType("NĐ", "Nghị định", "nd"),
        DocType("TT", "Thông tư", "tt"),
        DocType("TTLT", "Thông tư liên tịch", "ttlt"),
        DocType("VBHN", "Văn bản hợp nhất", "vbhn"),
        DocType("", "Bộ luật", "bo-luat"),
        DocType("", "Luật", "luat"),
        DocType("", "Hiến pháp", "hien-phap"),
        DocType("", "Công văn", "cong-van", variants=("CV",)),
    ),
    issuers=(
        Issuer("quoc-hoi", "Quốc hội", ("QH", "QH12")),
        Issuer("chinh-phu", "Chính phủ", ("CP",)),
        Issuer("ttg", "Thủ tướng Chính phủ", ("TTg",)),
        Issuer("byt", "Bộ Y tế", ("BYT",)),
        Issuer("btc", "Bộ Tài chính", ("BTC",)),
        Issuer("bbt", "Ban Bí thư Trung ương Đảng", ("BBT", "TW"), ("Ban Bí thư",)),
        Issuer("tw", "Ban Chấp hành Trung ương Đảng", ("TW",)),
        Issuer("ubnd-a", "Ủy ban nhân dân tỉnh An Thử", ("UBND",)),
        Issuer("ubnd-b", "Ủy ban nhân dân tỉnh Bình Thử", ("UBND",)),
        Issuer("sgd", "Sở Giáo dục và Đào tạo tỉnh An Thử", ("SGDĐT",)),
        Issuer("ndtkt", "Trường Nuôi dạy trẻ khuyết tật tỉnh Long An", ("NDTKT",)),
    ),
)


def header(text: str) -> HeaderResult:
    lines, at = [], 0
    for line in text.split("\n"):
        lines.append(Line(line, at))
        at += len(line) + 1
    return parse_header(clean(Extracted(tuple(lines), "text/plain")), VOCABULARY)


def codes(result: HeaderResult) -> set[str]:
    return {finding.code for finding in result.findings}


def test_the_school_plan() -> None:
    result = header((ROOT / "corpus" / "plans" / "82-KH-NDTKT.txt").read_text(encoding="utf-8"))
    document = result.document
    assert document.key == ""
    assert (document.type, document.number) == ("Kế hoạch", "82/KH-NDTKT")
    assert (document.place, document.issued) == ("Long An", "2021-05-06")
    assert document.title.startswith("Hoạt động thông tin đối ngoại của trường")
    assert document.title.endswith("năm 2021")
    assert document.issuer == "Trường Nuôi dạy trẻ khuyết tật tỉnh Long An"
    assert document.signer == "Huỳnh Đăng Quang"
    assert document.recipients[:2] == ("CC, VC", "Đăng Website trường")
    assert len(document.grounds) == 2
    assert codes(result) == {"issuer-from-number", "capacity-missing"}


LETTERHEADS = [
    pytest.param(
        "QUỐC HỘI -------- CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc ------\n"
        "Luật số: 951/2010/QH12\nHà Nội, ngày 17 tháng 6 năm 2010 LUẬT VIỆC THỬ\n"
        "Căn cứ Hiến pháp;\nĐiều 1. Phạm vi\nA.",
        ("Luật", "951/2010/QH12", "Quốc hội", "2010-06-17", "VIỆC THỬ"),
        id="law, run together",
    ),
    pytest.param(
        "LUẬT NGƯỜI THỬ NGHIỆM\nSố hiệu: 951/2010/QH12\nCăn cứ Hiến pháp;\nĐiều 1. A\nB.\n"
        "Luật này đã được Quốc hội khóa XII thông qua ngày 17 tháng 6 năm 2010.",
        ("Luật", "951/2010/QH12", "Quốc hội", "2010-06-17", "NGƯỜI THỬ NGHIỆM"),
        id="law, title first",
    ),
    pytest.param(
        "BAN CHẤP HÀNH TRUNG ƯƠNG\nBAN BÍ THƯ\n*\nSố 939-CT/TW\nĐẢNG CỘNG SẢN VIỆT NAM\n"
        "Hà Nội, ngày 01 tháng 11 năm 2019\nCHỈ THỊ\nCỦA BAN BÍ THƯ\nvề việc thử\n\n1. A.\n2. B.",
        ("Chỉ thị", "939-CT/TW", "Ban Bí thư Trung ương Đảng", "2019-11-01", "về việc thử"),
        id="the Party's form",
    ),
    pytest.param(
        "UBND TỈNH AN THỬ\nSỞ GIÁO DỤC VÀ ĐÀO TẠO\nSố:     /KH-SGDĐT\n"
        "An Thử, ngày     tháng 5 năm 2026\nKẾ HOẠCH\nThử nghiệm\nCăn cứ việc thử;\nI. A",
        ("Kế hoạch", "/KH-SGDĐT", "Sở Giáo dục và Đào tạo tỉnh An Thử", "2026-05", "Thử nghiệm"),
        id="number and day left blank",
    ),
    pytest.param(
        "BỘ TÀI CHÍNH TỔNG CỤC THỬ NGHIỆM -------\nSố: 8/TCTN-VP\nHà Nội, ngày 3 tháng 4 năm 2020\n"
        "V/v thử công văn\nKính gửi: Các cục thử.\nNội dung.",
        ("Công văn", "8/TCTN-VP", "TỔNG CỤC THỬ NGHIỆM", "2020-04-03", "thử công văn"),
        id="official letter of a body under a ministry",
    ),
    pytest.param(
        "BỘ Y TẾ\nSố: 8/BYT-VP\nV/v thử công văn\nhai dòng\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Độc lập - Tự do - Hạnh phúc\nHà Nội, ngày 3 tháng 4 năm 2020\nKính gửi: A.\nB.",
        ("Công văn", "8/BYT-VP", "Bộ Y tế", "2020-04-03", "thử công văn hai dòng"),
        id="official letter, the right column below the left",
    ),
    pytest.param(
        "BỘ Y TẾ - BỘ TÀI CHÍNH\nSố: 942/2013/TTLT-BYT-BTC\nHà Nội, ngày 31 tháng 12 năm 2013\n"
        "THÔNG TƯ LIÊN TỊCH\nQuy định việc thử\nCăn cứ luật;\nĐiều 1. A\nB.",
        ("Thông tư liên tịch", "942/2013/TTLT-BYT-BTC", "Bộ Y tế - Bộ Tài chính", "2013-12-31",
         "Quy định việc thử"),
        id="joint circular",
    ),
    pytest.param(
        "Nghị định 928/2012/NĐ-CP\nHà Nội, ngày 10 tháng 4 năm 2012\nNGHỊ ĐỊNH\nQUY ĐỊNH VIỆC THỬ\n"
        "Căn cứ luật;\nĐiều 1. A",
        ("Nghị định", "928/2012/NĐ-CP", "Chính phủ", "2012-04-10", "QUY ĐỊNH VIỆC THỬ"),
        id="no letterhead, the code names one body",
    ),
    pytest.param(
        "VĂN PHÒNG THỬ\nSố: 11/VBHN-BYT\nHà Nội, ngày 5 tháng 6 năm 2024 LUẬT\nVIỆC THỬ\n"
        "Căn cứ Hiến pháp;\nĐiều 1. A",
        ("Văn bản hợp nhất", "11/VBHN-BYT", "VĂN PHÒNG THỬ", "2024-06-05", "Luật VIỆC THỬ"),
        id="consolidated text",
    ),
]  # fmt: skip


ELSEWHERE = [
    pytest.param(
        "HIẾN PHÁP\nNƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nLỜI NÓI ĐẦU\nVăn bản giả định.\n"
        "Điều 1\nA.\nĐiều 2\nB.\n"
        "Bản Hiến pháp này đã được Quốc hội khóa thử nhất trí thông qua trong phiên họp ngày 31 "
        "tháng 12 năm 1959.\n",
        ("Hiến pháp", "", "Quốc hội", "1959-12-31", "NƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        id="a constitution names the country in its title",
    ),
    pytest.param(
        "NGHỊ ĐỊNH\nVề việc thử\nCăn cứ luật;\nChính phủ ban hành Nghị định về việc thử.\n"
        "Điều 1. A\nB.\nĐiều 2. C\nD./.\n\nCHÍNH PHỦ ____ Số: 930/2020/NĐ-CP\n"
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Hà Nội, ngày 05 tháng 3 năm 2020\nNơi nhận:\n- x.",
        ("Nghị định", "930/2020/NĐ-CP", "Chính phủ", "2020-03-05", "Về việc thử"),
        id="the letterhead's table below the text",
    ),
    pytest.param(
        "KẾ HOẠCH\nLàm việc thử\nCăn cứ việc thử;\n"
        "Trường THPT Giả Định xây dựng Kế hoạch làm việc thử như sau:\nI. A\n1. B.\nII. C\nD./.\n\n"
        "Nơi Thử, ngày 28 tháng 4 năm 2026\nNơi nhận:\n- Lưu: VT.",
        ("Kế hoạch", "", "Trường THPT Giả Định", "2026-04-28", "Làm việc thử"),
        id="clipboard text of a plan",
    ),
    pytest.param(
        "Nghị định 930/2020/NĐ-CP — Về việc thử\nSố hiệu: 930/2020/NĐ-CP\n"
        "Ngày ban hành: 05/03/2020\nCăn cứ luật;\nĐiều 1. A\nB.\nĐiều 2. C\nD.",
        ("Nghị định", "930/2020/NĐ-CP", "Chính phủ", "2020-03-05", "Về việc thử"),
        id="a copy that states its facts in rows",
    ),
    pytest.param(
        "LUẬT\nVIỆC THỬ\nLuật Việc thử số 95/2012/QH13 của Quốc hội, được sửa đổi, bổ sung bởi:\n"
        "1. Luật số 97/2020/QH14.\nCăn cứ Hiến pháp;\nĐiều 1. A\nB.\nĐiều 2. Luật số 9/2001/QH10.\n"
        "VĂN PHÒNG THỬ\nSố: 31/VBHN-VPT\nXÁC THỰC VĂN BẢN HỢP NHẤT\n"
        "Hà Nội, ngày 07 tháng 12 năm 2020\nCHỦ NHIỆM\nLê Thử",
        ("Văn bản hợp nhất", "31/VBHN-VPT", "VĂN PHÒNG THỬ", "2020-12-07", "Luật VIỆC THỬ"),
        id="a consolidation authenticated at its end",
    ),
    pytest.param(
        "UBND TỈNH GIẢ ĐỊNH\nSỞ THỬ NGHIỆM\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Độc lập - Tự do - Hạnh phúc\n\nBẢNG TỔNG HỢP THỬ\nVề việc thử năm 2030\n\nSTT\nTên",
        ("", "", "SỞ THỬ NGHIỆM TỈNH GIẢ ĐỊNH", None, "BẢNG TỔNG HỢP THỬ Về việc thử năm 2030"),
        id="a table of a department, of no type",
    ),
    pytest.param(
        "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ THỬ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nKẾ HOẠCH\nLàm thử\n"
        "(Ban hành kèm theo Quyết định số 9/2010/QĐ-UBND ngày 21 tháng 01 năm 2010)\nI. A\n1. B.",
        ("Kế hoạch", "", "ỦY BAN NHÂN DÂN THÀNH PHỐ THỬ", None, "Làm thử"),
        id="a plan issued with a decision has not the decision's number",
    ),
    pytest.param(
        "Bộ y tế Cộng hoà xã hội chủ nghĩa Việt nam\n- * - Độc lập - Tự do - Hạnh phúc\n"
        "SỐ: 91 /2002/TT/BYT ------\nHà nội, ngày 30 tháng 12 năm 2002\nthông tư\n"
        "Hướng dẫn việc thử số: 9/2002/NĐ-CP\nbộ trưởng bộ y tế\nCăn cứ luật;\nI. A\n1. B.",
        ("Thông tư", "91/2002/TT-BYT", "Bộ Y tế", "2002-12-30",
         "Hướng dẫn việc thử số: 9/2002/NĐ-CP"),
        id="a font that draws capitals",
    ),
    pytest.param(
        "Nghị định của Chính phủ số 930/2003/NĐ-CP ngày 10/10/2003\nvề việc thử.\nChính phủ\n"
        "Căn cứ luật;\nĐiều 1. A\nB.",
        ("Nghị định", "930/2003/NĐ-CP", "Chính phủ", "2003-10-10", "về việc thử"),
        id="number and date in the title's row",
    ),
    pytest.param(
        "M-1\nLý lịch thử\n(Kèm theo Quyết định số 9/2003/QĐ-BYT ngày 18/7/2003)\nA. X\n1. Tên:",
        ("", "", "", None, ""),
        id="a form has not the number of the decision it came with",
    ),
    pytest.param(
        "Phụ lục\nHướng dẫn ghi phiếu\ngiả định\nGhi tên như trên giấy.",
        ("Phụ lục", "", "", None, "Phụ lục Hướng dẫn ghi phiếu giả định"),
        id="an annex that does not say what it came with",
    ),
    pytest.param(
        "Phụ lục II — VIỆC THỬ GIẢ ĐỊNH\nNguồn: Nghị định 930/2020/NĐ-CP, ngày 05/03/2020\nI. A",
        ("Phụ lục", "", "", None, "Phụ lục II - VIỆC THỬ GIẢ ĐỊNH"),
        id="an annex with its title on the row of its number",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ELSEWHERE)
def test_what_stands_in_other_places(text: str, expected: tuple[str | None, ...]) -> None:
    d = header(text).document
    assert (d.type, d.number, d.issuer, d.issued, d.title) == expected


@pytest.mark.parametrize(("text", "expected"), LETTERHEADS)
def test_letterheads(text: str, expected: tuple[str, ...]) -> None:
    d = header(text).document
    assert (d.type, d.number, d.issuer, d.issued, d.title) == expected


def test_what_is_filled_from_elsewhere_is_said() -> None:
    found = codes(header("Số: 928/2012/NĐ-CP\nNGHỊ ĐỊNH\nVề việc thử\nĐiều 1. A\nĐiều 2. B"))
    assert {"issuer-from-number", "date-missing"} <= found


def test_code_of_two_bodies_gives_no_issuer() -> None:
    result = header("Số: 5/QĐ-UBND\nQUYẾT ĐỊNH\nVề việc thử\nCăn cứ luật;\nĐiều 1. A\nĐiều 2. B")
    assert result.document.issuer == ""
    assert "issuer-missing" in codes(result)


def test_nothing_found_is_empty_and_said() -> None:
    result = header("Một câu thử.")
    document = result.document
    assert (document.type, document.number, document.issuer, document.title) == ("", "", "", "")
    assert document.issued is None
    assert result.number is None
    assert {"number-missing", "date-missing", "type-missing", "issuer-missing"} <= codes(result)


SIGNATURES = [
    (
        "Nơi nhận:\n- Như Điều 2;\n- Lưu: VT.\nKT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\n(Đã ký)\nTS. Lê Thị Thử",
        ("Lê Thị Thử", "KT. BỘ TRƯỞNG / THỨ TRƯỞNG", ("Như Điều 2", "Lưu: VT")),
    ),
    (
        "T/M BAN BÍ THƯ\nNguyễn Văn Thử",
        ("Nguyễn Văn Thử", "T/M BAN BÍ THƯ", ()),
    ),
    (
        "Nơi nhận: - Ban Thử; - Lưu: VT. TM. CHÍNH PHỦ THỦ TƯỚNG Lê Văn Thử",
        ("Lê Văn Thử", "TM. CHÍNH PHỦ THỦ TƯỚNG", ("Ban Thử", "Lưu: VT")),
    ),
    (
        "Nơi nhận:\n- Như trên;\n- Lưu: VT. Thử BỘ TRƯỞNG, CHỦ NHIỆM Lê Văn Thử",
        ("Lê Văn Thử", "BỘ TRƯỞNG, CHỦ NHIỆM", ("Như trên", "Lưu: VT. Thử")),
    ),
    (
        "Nơi nhận:\n- Lưu: VT.\nTL.\nBỘ TRƯỞNG CHÁNH VĂN PHÒNG Lê Văn Thử",
        ("Lê Văn Thử", "TL. BỘ TRƯỞNG CHÁNH VĂN PHÒNG", ("Lưu: VT",)),
    ),
    (
        "Nơi nhận:\n- Lưu: VT, X (3b) KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC Lê Văn Thử QUY TRÌNH GIẢ ĐỊNH (Ban "
        "hành kèm theo Quyết định số 9/QĐ-X) Phần I\nĐiều 1. A\nB.\nĐiều 2. C\nNơi nhận:\n- Mẫu.",
        ("Lê Văn Thử", "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC", ("Lưu: VT, X (3b)",)),
    ),
    ("CHỦ TỊCH QUỐC HỘI Nguyễn Thị Thử", ("Nguyễn Thị Thử", "CHỦ TỊCH QUỐC HỘI", ())),
    (
        "KT. BỘ TRƯỞNG BỘ Y TẾ THỨ TRƯỞNG Trần Thử\nKT. BỘ TRƯỞNG BỘ TÀI CHÍNH THỨ TRƯỞNG Lê Thử",
        (
            "Trần Thử; Lê Thử",
            "KT. BỘ TRƯỞNG BỘ Y TẾ THỨ TRƯỞNG / KT. BỘ TRƯỞNG BỘ TÀI CHÍNH THỨ TRƯỞNG",
            (),
        ),
    ),
]


@pytest.mark.parametrize(("closing", "expected"), SIGNATURES)
def test_signatures(closing: str, expected: tuple[str, str, tuple[str, ...]]) -> None:
    d = header(f"QUYẾT ĐỊNH\nVề việc thử\nĐiều 1. A.\nĐiều 2. Thi hành./.\n{closing}").document
    assert (d.signer, d.capacity, d.recipients) == expected


_PIECES = st.sampled_from(
    [
        *("Số: 82 /KH-NDTKT", "Số:", "ngày 99 tháng 13 năm 2021", "KẾ HOẠCH", "LUẬT", "BỘ Y TẾ"),
        *("Căn cứ Luật;", "Điều 1. A", "Nơi nhận:", "- x;", "KT. BỘ TRƯỞNG", "Trần Thị B", "./."),
        *("", "*", "-----", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "V/v a", "Kính gửi: c", "I. D"),
    ]
)


@given(st.lists(st.one_of(_PIECES, st.text(max_size=15)), max_size=20).map("\n".join))
@settings(max_examples=200, deadline=None)
def test_no_text_is_refused(text: str) -> None:
    result = header(text)
    assert result.document.key == ""
    assert (result.number.text if result.number else "") == result.document.number


def test_an_annex_alone_is_not_the_act_it_came_with() -> None:
    text = (
        "Phụ lục I\nBIỂU MẪU GIẢ ĐỊNH\n(Kèm theo Nghị định số 91/2020/NĐ-CP\n"
        "ngày 05 tháng 3 năm 2020 của Chính phủ)\n\n1. Khổ giấy."
    )
    found = header(text)
    assert found.document.number == ""
    assert found.document.type == "Phụ lục"
    assert found.document.title.startswith("Phụ lục I BIỂU MẪU")
    assert [finding.code for finding in found.findings] == ["annex-alone"]


def test_a_number_in_the_title_is_not_the_plans_own() -> None:
    found = header("KẾ HOẠCH\nTriển khai Chỉ thị số 93/CT-TTg (giả định)\n\nI. VIỆC")
    assert found.document.number == ""
    assert found.document.type == "Kế hoạch"


def test_a_consolidated_text_does_not_pass_for_the_act_it_was_made_from() -> None:
    found = header(
        "LUẬT\nGIẢ ĐỊNH\nLuật Giả định số 95/2012/QH13 ngày 20 tháng 6 năm 2012 của Quốc hội, "
        "được sửa đổi, bổ sung bởi:\n1. Luật số 97/2020/QH14 ngày 13 tháng 11 năm 2020.\n\n"
        "Điều 1. Phạm vi\nLời."
    )
    assert (found.document.type, found.document.number) == ("Văn bản hợp nhất", "")
    assert codes(found) == {"consolidated"}


def test_a_draft_does_not_pass_for_law() -> None:
    found = header("QUỐC HỘI\nLuật số: … /2016/QH14\nDỰ THẢO 24.10.2016\nLUẬT\nGIẢ ĐỊNH\n\nCăn cứ;")
    assert found.document.title.startswith("(Dự thảo)")
    assert "draft" in codes(found)
