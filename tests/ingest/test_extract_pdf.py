"""PDF: order of columns, cells, footnotes, pages; PDFs are written by hand in conftest.py."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image

from ingest import Extracted
from ingest.clean import clean
from ingest.extract.pdf import read_pdf
from ingest.extract.pdf_order import unspaced
from ingest.render import page_image

Make = Callable[..., bytes]

LETTERHEAD = [
    (95, 780, "UBND TỈNH GIẢ ĐỊNH"),
    (300, 781, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    (90, 764, "TRƯỜNG TIỂU HỌC GIẢ"),
    (345, 764, "Độc lập - Tự do - Hạnh phúc"),
    (110, 735, "Số: 01/KH-TGĐ"),
    (330, 730, "Nơi Nào, ngày 02 tháng 3 năm 2030"),
    (280, 700, "KẾ HOẠCH"),
    (85, 670, "Căn cứ văn bản giả định thứ nhất của trường về kế hoạch năm học;"),
    (85, 650, "I. MỤC ĐÍCH"),
]
CLOSING = [
    (340, 300, "KT. HIỆU TRƯỞNG"),
    (85, 296, "Nơi nhận:"),
    (345, 284, "PHÓ HIỆU TRƯỞNG", 12),
    (85, 282, "- Sở Giả định;", 11),
    (85, 268, "- Lưu: VT.", 11),
    (345, 220, "Nguyễn Thị Giả Định"),
]


def _texts(extracted: Extracted) -> list[str]:
    return [line.text for line in extracted.lines]


def test_the_left_column_of_letterhead_and_signature_comes_first(
    make_pdf: Make, sheet: type
) -> None:
    assert _texts(read_pdf(make_pdf([sheet(LETTERHEAD + CLOSING)]))) == [
        "UBND TỈNH GIẢ ĐỊNH",
        "TRƯỜNG TIỂU HỌC GIẢ",
        "Số: 01/KH-TGĐ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Nơi Nào, ngày 02 tháng 3 năm 2030",
        "KẾ HOẠCH",
        "Căn cứ văn bản giả định thứ nhất của trường về kế hoạch năm học;",
        "I. MỤC ĐÍCH",
        "Nơi nhận:",
        "- Sở Giả định;",
        "- Lưu: VT.",
        "KT. HIỆU TRƯỞNG",
        "PHÓ HIỆU TRƯỞNG",
        "Nguyễn Thị Giả Định",
    ]


def test_number_and_day_stamped_by_a_signing_program_fill_the_gaps_left_for_them(
    make_pdf: Make, sheet: type
) -> None:
    rows = [
        (85, 735, "Số:        /KH-TGĐ"),
        (300, 730, "Nơi Nào, ngày       tháng 3 năm 2030"),
        (85, 670, "Nội dung giả định của một kế hoạch để kiểm thử."),
    ]
    stamped = sheet(rows, stamps=[(120, 733, "362"), (400, 728, "14")])
    found = _texts(read_pdf(make_pdf([stamped])))
    assert [" ".join(text.split()) for text in found] == [
        "Số: 362 /KH-TGĐ",
        "Nơi Nào, ngày 14 tháng 3 năm 2030",
        "Nội dung giả định của một kế hoạch để kiểm thử.",
    ]


def test_a_stamp_beside_the_text_is_a_row_of_its_own(make_pdf: Make, sheet: type) -> None:
    rows = [(85, 670, "Nội dung giả định của một kế hoạch để kiểm thử.")]
    found = _texts(read_pdf(make_pdf([sheet(rows, stamps=[(300, 500, "Đã ký")])])))
    assert found == ["Nội dung giả định của một kế hoạch để kiểm thử.", "Đã ký"]


def test_a_motto_glued_to_the_issuer_is_parted(make_pdf: Make, sheet: type) -> None:
    glued = [
        (80, 780, "TRƯỜNG TIỂU HỌC GIẢ ĐỊNH A  CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (110, 760, "Số: 01/KH-TGĐ"),
        (340, 760, "Độc lập - Tự do - Hạnh phúc"),
    ]
    assert _texts(read_pdf(make_pdf([sheet(glued)]))) == [
        "TRƯỜNG TIỂU HỌC GIẢ ĐỊNH A",
        "Số: 01/KH-TGĐ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]


def test_a_motto_alone_in_the_middle_makes_no_columns(make_pdf: Make, sheet: type) -> None:
    texts = [
        (185, 780, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (85, 740, "Luật giả định này được sửa đổi, bổ sung một số điều"),
        (85, 720, "bổ sung bởi:"),
    ]
    assert _texts(read_pdf(make_pdf([sheet(texts)]))) == [text for _, _, text in texts]


def test_cells_of_a_ruled_table_come_row_by_row(make_pdf: Make, sheet: type) -> None:
    rules = [(80, y, 500, y) for y in (700, 650, 600)] + [
        (x, 600, x, 700) for x in (80, 120, 300, 500)
    ]
    texts = [
        (85, 740, "Bảng phân công công việc giả định của trường:"),
        (90, 685, "TT"), (125, 685, "Nội dung"), (305, 685, "Chủ trì"),
        (90, 635, "1"), (125, 635, "Tổ chức họp"), (305, 635, "Tổ chuyên môn"),
        (125, 618, "phụ huynh"), (305, 618, "Văn phòng"),
        (85, 570, "Hết bảng."),
    ]  # fmt: skip
    extracted = read_pdf(make_pdf([sheet(texts, rules)]))
    assert [(line.text, line.cell) for line in extracted.lines] == [
        ("Bảng phân công công việc giả định của trường:", None),
        ("TT", (1, 0, 0)), ("Nội dung", (1, 0, 1)), ("Chủ trì", (1, 0, 2)),
        ("1", (1, 1, 0)), ("Tổ chức họp", (1, 1, 1)), ("phụ huynh", (1, 1, 1)),
        ("Tổ chuyên môn", (1, 1, 2)), ("Văn phòng", (1, 1, 2)),
        ("Hết bảng.", None),
    ]  # fmt: skip


def test_footnotes_stand_apart_and_go_on_over_pages(make_pdf: Make, sheet: type) -> None:
    body = [(85, 700 - 18 * n, f"Câu giả định số {n} của điều này dài vừa đủ.") for n in range(6)]
    first = sheet(
        [*body, (85, 500, "5."), (98, 505, "1", 7), (104, 500, "Người vi phạm giả định"),
         (85, 80, "1", 6), (89, 76, "Khoản này được sửa đổi theo", 10)]
    )  # fmt: skip
    second = sheet([*body, (85, 76, "Luật giả định.", 10), (290, 40, "2")])
    extracted = read_pdf(make_pdf([first, second]))
    assert extracted.footnotes == ("Khoản này được sửa đổi theo Luật giả định.",)
    assert "5.[1] Người vi phạm giả định" in _texts(extracted)
    assert not any("sửa đổi" in text for text in _texts(extracted))


def test_pages_are_counted_from_one_and_pictures_are_told(
    make_pdf: Make, sheet: type, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = [(85, 700, "Văn bản giả định có lớp chữ để kiểm thử.")]
    monkeypatch.setattr("ingest.extract.ocr.tesseract", lambda: None)
    extracted = read_pdf(make_pdf([sheet(text), sheet(picture=True), sheet(text)]))
    assert extracted.pages == 3
    assert [line.page for line in extracted.lines] == [1, 3]
    assert extracted.quotable
    (finding,) = extracted.findings
    assert (finding.code, finding.where) == ("pages-not-read", "trang 2")


def test_text_over_a_picture_of_the_page_is_not_quotable(make_pdf: Make, sheet: type) -> None:
    text = [(85, 700, "Van ban gia dinh do may nhan dang tu anh quet.")]
    extracted = read_pdf(make_pdf([sheet(text, picture=True)]))
    assert not extracted.quotable
    (finding,) = extracted.findings
    assert finding.code == "ocr-layer"
    assert "sai dấu" in finding.message


def test_a_crowded_page_is_skipped_and_told(make_pdf: Make, sheet: type) -> None:
    crowd = sheet([(5 + n % 9, 5 + n * 0.03, "chữ" * 40) for n in range(200)])
    extracted = read_pdf(make_pdf([sheet(LETTERHEAD), crowd]))
    assert [finding.code for finding in extracted.findings] == ["pages-crowded"]
    assert extracted.lines[-1].page == 1


@pytest.mark.parametrize(
    ("page", "matrix"),
    [
        ("/MediaBox [0 0 595 842]", "1 0 0 1 0 0"),
        ("/MediaBox [100 200 695 1042]", "1 0 0 1 0 0"),
        ("/MediaBox [0 0 900 1000] /CropBox [50 100 645 942]", "1 0 0 1 0 0"),
        # The paper is turned, and what is printed on it the other way.
        ("/MediaBox [0 0 595 842] /Rotate 90", "0 1 -1 0 595 0"),
        ("/MediaBox [0 0 595 842] /Rotate 180", "-1 0 0 -1 595 842"),
        ("/MediaBox [0 0 595 842] /Rotate 270", "0 -1 1 0 0 842"),
        ("/MediaBox [0 0 900 1000] /CropBox [50 100 645 942] /Rotate 90", "0 1 -1 0 900 0"),
    ],
)
def test_a_lines_box_is_where_a_viewer_shows_the_line(
    page: str, matrix: str, make_pdf: Make, sheet: type
) -> None:
    pdf = make_pdf([sheet([(300, 400, "Một dòng giả định")], page=page, matrix=matrix)])
    (line,) = read_pdf(pdf).lines
    assert line.box is not None
    drawn = Image.open(io.BytesIO(page_image(pdf, 1, 72))).convert("L").point(lambda v: 255 - v)
    left, top, right, bottom = drawn.getbbox() or (0, 0, 0, 0)
    box = line.box
    assert box[0] - 2 <= left < right <= box[2] + 2
    assert box[1] - 2 <= top < bottom <= box[3] + 2


def test_text_outside_of_what_a_viewer_shows_is_no_text(make_pdf: Make, sheet: type) -> None:
    page = "/MediaBox [0 0 900 1000] /CropBox [50 100 645 942]"
    texts = [(300, 600, "Trong trang giả định."), (300, 20, "Dấu cắt của nhà in.")]
    assert _texts(read_pdf(make_pdf([sheet(texts, page=page)]))) == ["Trong trang giả định."]


def test_a_blank_last_page_makes_no_scan(make_pdf: Make, sheet: type) -> None:
    text = [(85, 700, "Văn bản giả định có lớp chữ để kiểm thử.")]
    extracted = read_pdf(make_pdf([sheet(text), sheet(text), sheet()]))
    assert (extracted.pages, extracted.quotable, extracted.findings) == (3, True, ())


def test_a_hyphen_at_the_end_of_a_row_belongs_to_the_number(make_pdf: Make, sheet: type) -> None:
    texts = [
        (85, 700, "Thực hiện theo Thông tư liên tịch giả định số 91/2030/TTLT-BGĐ-"),
        (85, 680, "BGĐ ngày 01 tháng 3 năm 2030 của hai bộ giả định nói ở trên đây."),
    ]
    assert "91/2030/TTLT-BGĐ-BGĐ ngày" in clean(read_pdf(make_pdf([sheet(texts)]))).text


@pytest.mark.parametrize(
    ("spaced", "words"),
    [
        ("K Ế   H O Ạ C H", "KẾ HOẠCH"),
        ("L U Ậ T", "LUẬT"),
        ("A B", "A B"),
        ("a b c d", "a b c d"),
        ("KẾ HOẠCH", "KẾ HOẠCH"),
        ("1 2 3", "1 2 3"),
    ],
)
def test_letter_spaced_titles(spaced: str, words: str) -> None:
    assert unspaced(spaced) == words


@pytest.mark.parametrize("gap", [1.5, 2.5, 4])
def test_a_letter_spaced_line_is_read_as_words(make_pdf: Make, sheet: type, gap: float) -> None:
    lines = ["Bộ trưởng giao các đơn vị thực", "hiện văn bản giả định của trường"]
    letters = [
        (80 + at * (6.5 + gap), 700 - 18 * row, letter)
        for row, line in enumerate(lines)
        for at, letter in enumerate(line)
    ]
    assert clean(read_pdf(make_pdf([sheet(letters)]))).text.split() == " ".join(lines).split()


def test_columns_of_single_figures_stay_apart(make_pdf: Make, sheet: type) -> None:
    figures = [(80 + 16 * at, 700, figure) for at, figure in enumerate("123456")]
    prose = (80, 650, "Văn bản giả định của trường")
    assert _texts(read_pdf(make_pdf([sheet([*figures, prose])])))[0].split() == list("123456")
