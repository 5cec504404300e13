"""A verdict for each citation of a draft, with the reason and the right form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kb.press import Checked
from kb.text import nfc

Check = Callable[[str], Checked]
PLAN = Path(__file__).parents[2] / "corpus" / "plans" / "82-KH-NDTKT.txt"


def verdicts(checked: Checked) -> list[tuple[str, str]]:
    return [(one.text, one.verdict.value) for one in checked.citations]


@pytest.mark.parametrize(
    ("words", "verdict", "reason"),
    [
        ("khoản 1 Điều 2 Luật Khu vườn giả định", "unverified", "hiệu lực"),
        ("khoản 4 Điều 2 Luật Khu vườn giả định", "clause_missing",
         "Điều 2 có 2 khoản; gần nhất: khoản 2."),
        ("Điều 12 Luật Khu vườn giả định", "clause_missing",
         "văn bản có 3 điều; gần nhất: Điều 3."),
        ("khoản 1 Điều 1 Luật Khu vườn giả định", "clause_missing", "Điều 1 không chia khoản."),
        # The points go a, b, đ: one was lost, so nobody can say that d is not there.
        ("điểm d khoản 2 Điều 2 Luật Khu vườn giả định", "unverified", "đối chiếu bản gốc"),
        ("Điều 18 Nghị định 237/2026/NĐ-CP", "unverified", "Kho chưa có toàn văn"),
        ("Nghị định 09/2017/NĐ-CP", "not_in_force", "Nay xem 244/2026/NĐ-CP (còn hiệu lực)."),
        ("Luật Báo chí 2016", "not_in_force", "126/2025/QH15"),
        ("Quyết định 4321/QĐ-XYZ", "not_in_corpus", "Không có văn bản số 4321/QĐ-XYZ trong kho."),
        ("Nghị định số    /2026/NĐ-CP", "malformed", "để trống số"),
        ("Nghị định 753/QĐ-TTg", "issuer_differs", "là Quyết định, không phải Nghị định"),
        # The right number under another body's name is that paper; no file is lacking.
        ("Quyết định số 753/QĐ-TTg ngày 03/6/2020 của Bộ Y tế", "issuer_differs",
         "do Thủ tướng Chính phủ ban hành, không phải Bộ Y tế. Sửa tên cơ quan"),
        ("Quyết định số 753/QĐ-TTg ngày 06/3/2020 của Bộ Y tế", "issuer_differs",
         "ban hành ngày 03/6/2020, không phải 06/3/2020"),
        ("Quyết định 1607/QĐ-BYT của Thủ tướng Chính phủ", "issuer_differs", "do Bộ Y tế"),
        ("Chỉ thị 39-CT/TW ngày 01/11/2019 của Bộ Chính trị", "issuer_differs", "do Ban Bí thư"),
        # Another year and another day: very likely another paper of that number.
        ("Quyết định 753/QĐ-TTg ngày 05/01/2015", "not_in_corpus", "đề ngày 03/6/2020"),
        ("theo khoản 2 Điều 7 thì", "unverified", "không nêu là của văn bản nào"),
        ("Quyết định 1190/QĐ-TTg", "found", ""),
        # Typed without accents, or with some of them left out.
        ("khoan 4 dieu 2 luat khu vuon gia dinh so 901/2024/QH15", "clause_missing",
         "Điều 2 có 2 khoản"),
        ("khoan 4 dieu 2 luat khu vuon gia dinh", "clause_missing", "Điều 2 có 2 khoản"),
        ("KHOAN 4 DIEU 2 LUAT KHU VUON GIA DINH", "clause_missing", "Điều 2 có 2 khoản"),
        ("Khoản 4, điêu 2 cua Luật Khu vườn giả định", "clause_missing", "Điều 2 có 2 khoản"),
        ("dieu 12 của Luật 901/2024/qh15", "clause_missing", "văn bản có 3 điều"),
        ("diem d khoan 2 dieu 2 luat khu vuon gia dinh", "unverified", "điểm d hay điểm đ"),
        ("Khoán 4 Điếu 2 Luật Khu vườn giả định", "unverified", "“Khoán 4 Điếu 2” đứng ngay trước"),
        ("k4 d2 Luật Khu vườn giả định", "unverified", "có thể là khoản 4 Điều 2"),
        ("khoản hai Điều 2 Luật Khu vườn giả định", "unverified", "“khoản hai” đứng ngay trước"),
        ("điều 2.4 Luật Khu vườn giả định", "unverified", "“điều 2.4” đứng ngay trước"),
        # Places behind their document, and numbers without their letters.
        ("Luật Khu vườn giả định, Khoản 4 Điều 2 cho phép", "clause_missing", "Điều 2 có 2 khoản"),
        ("Luật 901/2024/QH15 quy định tại dieu 12", "clause_missing", "văn bản có 3 điều"),
        ("Luật số 901 năm 2024", "unverified", "“901 năm 2024” thiếu ký hiệu; trong kho chỉ có"),
        ("Luật 901/2024 Điều 12", "clause_missing", "văn bản có 3 điều"),
        ("Nghị định 987/2031", "malformed", "viết sai dạng"),
        ("Chỉ thị 39/CT-TW ngày 01/11/2019", "misprint", "văn bản ấy là 39-CT/TW"),
        ("chi thi 39-ct/tw", "found", ""),
        # A number that is nearly that of a document with this name.
        ("Luật Người khuyết tật số 51/2010/QH13", "misprint", "cùng số, cùng năm 2010"),
        ("Luật Người khuyết tật số 51/2009/QH12", "misprint", "văn bản ấy là 51/2010/QH12"),
        ("Luật 51/2010/QH13", "not_in_corpus", "Có thể là: Luật Người khuyết tật số 51/2010/QH12"),
        # One law's name with another's number.
        ("Luật Trẻ em số 51/2010/QH12", "title_differs", "Luật Trẻ em trong kho là"),
        # A decision is called by what it approves, and by nothing else.
        ("Chương trình 1929/QĐ-TTg", "found", "Quyết định phê duyệt hoặc ban hành Chương trình"),
        ("Kế hoạch 753/QĐ-TTg", "found", "ban hành Kế hoạch"),
        ("Đề án 1929/QĐ-TTg", "issuer_differs", "là Quyết định, không phải Đề án"),
        # Who issued it and when, in a sentence.
        ("Luật Người khuyết tật số 51/2010/QH12 do Chính phủ ban hành ngày 17/6/2010",
         "issuer_differs", "do Quốc hội ban hành, không phải Chính phủ. Sửa tên cơ quan"),
        ("Luật Người khuyết tật do Chính phủ ban hành", "issuer_differs", "không phải Chính phủ"),
        ("luat nguoi khuyet tat so 51/2010/qh12 do chinh phu ban hanh ngay 17/6/2010",
         "issuer_differs", "không phải Chính phủ"),
        ("Luật Người khuyết tật số 51/2010/QH12 do Chính phủ ban hành ngày 18/6/2010",
         "date_differs", "không phải Chính phủ"),
        ("Luật số 51/2010/QH12 được Quốc hội thông qua ngày 16/6/2010", "date_differs",
         "ban hành ngày 17/6/2010, không phải 16/6/2010"),
        ("Luật số 51/2010/QH12 (Quốc hội khóa XII thông qua ngày 17/6/2010)", "found", ""),
        ("Luật Khu vườn giả định do Quốc hội ban hành, khoản 4 Điều 2", "clause_missing",
         "Điều 2 có 2 khoản"),
        ("Quyết định 1190/QĐ-TTg do Bộ Y tế ban hành", "issuer_differs", "không phải Bộ Y tế"),
        ("Quyết định 1190/QĐ-TTg do Thủ tướng Chính phủ ban hành", "found", ""),
        # Ceased in part.
        ("Luật Người khuyết tật số 51/2010/QH12", "found", "kho chưa biết là phần nào"),
        ("Điều 20 Nghị định 28/2012/NĐ-CP", "unverified", "đối chiếu xem Điều 20 còn hiệu lực"),
        ("khoản 1 mục IV Điều 1 Quyết định 1929/QĐ-TTg", "unverified",
         "Khoản 1 mục IV Điều 1 đã được sửa đổi bởi Quyết định số 2096/QĐ-TTg"),
    ],
)  # fmt: skip
def test_verdict(checked: Check, words: str, verdict: str, reason: str) -> None:
    (one,) = checked(f"Nhà trường nói: {words}.").citations
    assert one.verdict.value == verdict
    assert reason in one.reason


def test_wrong_title_is_met_with_the_right_one(checked: Check) -> None:
    """The plan's own words; the right title is in the catalogue, with its doubt."""
    found = {c.text: c for c in checked(PLAN.read_text(encoding="utf-8")).citations}
    (wrong,) = [c for text, c in found.items() if "1607/QĐ-BYT" in text]
    assert wrong.verdict == "title_differs"
    assert "bài ghi “mắc”; bản chính thức là “có”" in wrong.reason
    assert "chẩn đoán và can thiệp trẻ có rối loạn phổ tự kỷ”" in wrong.normalized
    for number in ("753/QĐ-TTg", "1929/QĐ-TTg", "39-CT/TW"):
        assert all(c.verdict == "found" for text, c in found.items() if number in text)


@pytest.mark.parametrize("day", ["", " ngày 25/11/2020"])
def test_misprint_is_met_with_the_probable_document(checked: Check, day: str) -> None:
    (one,) = checked(f"Theo Quyết định 1956/QĐ-TTg{day}, nhà trường …").citations
    assert one.verdict == "misprint"
    assert one.candidates == ("qd/2020/1929/ttg",)
    assert "thukyluat.vn ghi nhầm số" in one.reason
    assert "https://thukyluat.vn" in one.reason


def test_slip_of_the_year(checked: Check) -> None:
    (one,) = checked("Chỉ thị 39-CT/TW ngày 01/11/2014 nêu rõ.").citations
    assert one.verdict == "date_differs"
    assert "ban hành ngày 01/11/2019, không phải 01/11/2014. Nguồn: http" in one.reason


def test_months_are_no_numbers(checked: Check) -> None:
    words = "Kế hoạch 3/2020, quyết định 5/2019 và báo cáo tháng 3/2018 đều có."
    assert checked(words).citations == ()


def test_a_sentence_that_goes_on_is_no_title(checked: Check) -> None:
    words = "Thông tư 03/2018/TT-BGDĐT ngày 29/01/2018 quy định mỗi lớp không quá hai người học."
    assert verdicts(checked(words)) == [("Thông tư 03/2018/TT-BGDĐT ngày 29/01/2018", "found")]


@pytest.mark.parametrize(
    ("title", "verdict"),
    [
        ("về giáo dục hòa nhập đối với người khuyết tật, các trường phải lập kế hoạch", "found"),
        ("quy định về giáo dục hòa nhập, các trường phải lập kế hoạch cho từng em", "found"),
        ("về giáo dục hội nhập đối với người khuyết tật, các trường phải lập kế hoạch",
         "title_differs"),
        ("quy định mỗi lớp học hòa nhập có không quá 3 người khuyết tật", "found"),
        ("quy định về học phí, các trường phải thu đúng", "found"),
        ("về giáo dục hòa nhập, Luật Trẻ em số 102/2016/QH13 và Luật Người khuyết tật", "found"),
    ],
)  # fmt: skip
def test_only_what_claims_to_be_the_title_is_compared(
    checked: Check, title: str, verdict: str
) -> None:
    number = "Thông tư số 03/2018/TT-BGDĐT ngày 29/01/2018 của Bộ Giáo dục và Đào tạo"
    one = checked(f"Theo {number} {title}.").citations[0]
    assert one.verdict == verdict
    assert "các trường" not in one.reason


def test_another_period_is_another_title(checked: Check) -> None:
    number, title = "Quyết định 1190/QĐ-TTg", "Chương trình trợ giúp người khuyết tật giai đoạn"
    for years, verdict in (("2021-2030", "found"), ("2021-2025", "title_differs")):
        (one,) = checked(f"{number} ngày 05/8/2020 phê duyệt {title} {years}.").citations
        assert one.verdict == verdict


def test_a_title_with_its_day_written_otherwise_is_the_same(checked: Check) -> None:
    title = "về Kế hoạch thực hiện Chỉ thị 39-CT/TW ngày 01/11/2019"
    found = checked(f"Quyết định 753/QĐ-TTg ngày 3/6/2020 của Thủ tướng {title}.").citations
    assert [one.verdict for one in found] == ["found", "found"]


def test_later_mentions_are_short(checked: Check) -> None:
    words = "Quyết định 753/QĐ-TTg. Rồi QĐ 753/QĐ-TTg."
    first, later = checked(words).citations
    assert first.normalized.startswith("Quyết định số 753/QĐ-TTg ngày 03 tháng 6 năm 2020 của Thủ")
    assert later.normalized == "Quyết định số 753/QĐ-TTg"


def test_spans_are_of_the_text_as_given(checked: Check) -> None:
    """Decomposed letters, two spaces and a hard space do not move them."""
    text = "Theo  Luật\u00a0Khu vườn giả định, và   Nghị định  09/2017/NĐ-CP.".replace("ị", "ị")
    for one in checked(text).citations:
        assert " ".join(nfc(one.span.of(text)).split()) == one.text
