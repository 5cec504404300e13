"""Recognised pages: columns, figures, what is never guessed. The words of a page stand for what
tesseract answers; one test asks tesseract itself."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from itertools import cycle

import pytest
from PIL import Image, ImageDraw, ImageFont

from ingest import Extracted, RawFile
from ingest.catalogue import load_vocabulary
from ingest.extract import extract, ocr
from ingest.extract.lines import Draft
from ingest.extract.ocr_digits import Word, mended
from ingest.extract.pdf import read_pdf
from ingest.extract.pdf_pages import with_stamps
from ingest.isolate import Readers
from ingest.parse import parse
from ingest.pipeline import CORPUS
from kb.errors import UnreadableFile

Make = Callable[..., bytes]
# Rows of a page at 250 dots an inch: (x, y, words, confidence); a row is one line of tesseract's.
Rows = Iterable[list[tuple[int, int, str, float]]]


def _table(rows: Rows) -> bytes:
    """The rows as tesseract's TSV; letters are 17 dots wide and 36 high."""
    lines = ["level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight"]
    for number, row in enumerate(rows):
        for x, y, words, confidence in row:
            at = x
            for word in words.split(" "):
                place = f"{at}\t{y}\t{17 * len(word)}\t36\t{confidence}\t{word}"
                lines.append(f"5\t1\t1\t1\t{number}\t1\t{place}")
                at += 17 * (len(word) + 1)
    return "\n".join(lines).encode()


HEAD = [
    [(250, 180, "SỞ GIẢ ĐỊNH", 96), (900, 180, "CỘNG HÒA XÃ HỌI CHỦ NGHĨA VIỆT NAM", 93)],
    [(1050, 240, "Độc lập - Tự do - Hạnh phúc", 95)],
    [(280, 320, "Số: 91/KH-SGĐ", 95), (1050, 320, "Nơi Nào, ngày 15 tháng 3 năm 2021", 95)],
    [(900, 560, "KẾ HOẠCH", 96)],
    [(300, 700, "I. MỤC ĐÍCH", 96)],
    [(300, 780, "Một câu giả định để kiểm thử việc nhận dạng chữ.", 96)],
]


@pytest.fixture
def recognised(
    monkeypatch: pytest.MonkeyPatch, make_pdf: Make, sheet: type
) -> Callable[..., Extracted]:
    """Reads a scan of which tesseract would say the rows."""

    def read(*pages: Rows) -> Extracted:
        answers = cycle(pages)
        monkeypatch.setattr(ocr, "tesseract", lambda: "tesseract")
        monkeypatch.setattr("ingest.extract.pdf_pages.tesseract", lambda: "tesseract")
        monkeypatch.setattr(ocr, "_read", lambda program, picture: _table(next(answers)))
        monkeypatch.setattr("os.cpu_count", lambda: 1)
        return read_pdf(make_pdf([sheet(picture=True) for _ in pages]))

    return read


def _texts(extracted: Extracted) -> list[str]:
    return [line.text for line in extracted.lines]


def _codes(extracted: Extracted) -> list[str]:
    return [finding.code for finding in extracted.findings]


def test_columns_boxes_and_confidence_of_a_scan(recognised: Callable[..., Extracted]) -> None:
    extracted = recognised(HEAD)
    assert _texts(extracted) == [
        "SỞ GIẢ ĐỊNH",
        "Số: 91/KH-SGĐ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Nơi Nào, ngày 15 tháng 3 năm 2021",
        "KẾ HOẠCH",
        "I. MỤC ĐÍCH",
        "Một câu giả định để kiểm thử việc nhận dạng chữ.",
    ]
    assert not extracted.quotable
    assert _codes(extracted) == ["ocr-read"]
    first = extracted.lines[0]
    assert first.confidence == 0.96
    assert first.box == pytest.approx((250 * 0.288, 180 * 0.288, 437 * 0.288, 216 * 0.288), abs=0.5)


@pytest.mark.parametrize(
    ("written", "sure", "left"),
    [
        ("Số: Á3/KH-SGĐ", 52, "Số: …/KH-SGĐ"),
        ("Số: 942/KH-SGĐ", 61, "Số: …/KH-SGĐ"),
        ("Số: {242/KH-SGĐ", 92, "Số: …/KH-SGĐ"),
        ("Số18§4ØSGĐ-GD", 52, "Số: …"),
        ("Số: /KH-SGĐ", 95, "Số: …/KH-SGĐ"),
        ("Số; 91/KH-SGĐ", 95, "Số: 91/KH-SGĐ"),
        ("Số: 9l/KH-SGĐ", 90, "Số: 91/KH-SGĐ"),
    ],
)
def test_a_handwritten_number_is_asked_for_never_guessed(
    recognised: Callable[..., Extracted], written: str, sure: float, left: str
) -> None:
    head = [*HEAD[:2], [(280, 320, written, sure), HEAD[2][1]], *HEAD[3:]]
    extracted = recognised(head)
    assert left in _texts(extracted)
    blank = "…" in left
    assert ("ocr-number-unread" in _codes(extracted)) is blank
    number = parse(extracted, load_vocabulary(CORPUS)).document.number
    assert not number[:1].isdigit() if blank else number == "91/KH-SGĐ"


@pytest.mark.parametrize(
    ("written", "sure"),
    [
        ("ngày khỗ tháng 3 năm 2021", 90),
        ("ngày 15 tháng 3 năm 2021", 55),
        ("ngày 31 tháng 2 năm 2021", 95),
        ("ngày 15 tháng 3 năm 2999", 95),
    ],
)
def test_a_doubtful_day_in_the_letterhead_is_left_blank(
    recognised: Callable[..., Extracted], written: str, sure: int
) -> None:
    head = [*HEAD[:2], [HEAD[2][0], (1050, 320, f"Nơi Nào, {written}", sure)], *HEAD[3:]]
    extracted = recognised(head)
    assert any(text.startswith("Nơi Nào, ngày … tháng …") for text in _texts(extracted))
    (finding,) = [f for f in extracted.findings if f.code == "ocr-date-unread"]
    assert f"({sure}%)" in finding.where


def test_a_stamp_of_receipt_is_taken_out(recognised: Callable[..., Extracted]) -> None:
    stamp = [
        [(80, 400, "SỞ GIẢ ĐỊNH BÊN KIA", 80)],
        [(80, 440, "ĐẾN Giờ:..S......", 50)],
        [(120, 500, "Ngày: 4‡:5.(2021", 30), (900, 560, "KẾ HOẠCH", 96)],
    ]
    extracted = recognised([*HEAD[:3], *stamp, *HEAD[4:]])
    assert not any("ĐẾN" in text or "BÊN KIA" in text or "‡" in text for text in _texts(extracted))
    assert "Số: 91/KH-SGĐ" in _texts(extracted)
    assert _codes(extracted) == ["ocr-read", "ocr-stamp-removed"]


def test_a_form_in_an_annex_has_no_number_to_type(recognised: Callable[..., Extracted]) -> None:
    form = [*HEAD[:2], [(280, 320, "Số:..../HĐ-....", 40)], *HEAD[4:]]
    assert _codes(recognised(HEAD, form)) == ["ocr-read"]


def _said(line: str, sure: float = 0.9) -> tuple[str, list[str]]:
    words, doubts = mended([Word(w, 0, 0, 1, 1, sure) for w in line.split(" ")])
    return " ".join(word.text for word in words), [doubt.kind for doubt in doubts]


@pytest.mark.parametrize(
    ("read", "right", "kinds"),
    [
        ("ngày l9 tháng 6 năm 201 5; Luật", "ngày 19 tháng 6 năm 2015; Luật", ["folded", "folded"]),
        ("ngày 23 tháng l] năm 2O09;", "ngày 23 tháng 11 năm 2009;", ["folded", "folded"]),
        ("số 2l/2O21/NĐ-CP ngày", "số 21/2021/NĐ-CP ngày", ["folded"]),
        ("ngày l5/O3/2021.", "ngày 15/03/2021.", ["folded"]),
        ("Điều l. Phạm vi", "Điều 1. Phạm vi", ["folded"]),
        ("Điêu 17. Hỗ trợ", "Điều 17. Hỗ trợ", ["label"]),
        # Left as they are: no year, no day, a Roman numeral, words.
        ("năm 20109,", "năm 20109,", ["unsure"]),
        ("ngày 31 tháng 2 năm 2021", "ngày 31 tháng 2 năm 2021", ["unsure"]),
        ("Chương I và Điều I", "Chương I và Điều I", []),
        ("năm học 2021 lIO", "năm học 2021 lIO", []),
        ("năm 20... của", "năm 20... của", []),
        ("Luật Olympic, I. Mục, l. nhỏ", "Luật Olympic, I. Mục, l. nhỏ", []),
    ],
)
def test_letters_are_figures_in_numbers_and_dates_only(
    read: str, right: str, kinds: list[str]
) -> None:
    assert _said(read) == (right, kinds)


def test_figures_read_with_little_confidence_are_told() -> None:
    assert _said("ngày 17 tháng 6 năm 2020", 0.5)[1] == ["unsure"] * 3


def test_garbled_text_gives_way_only_to_better_vietnamese(
    recognised: Callable[..., Extracted], make_pdf: Make, sheet: type
) -> None:
    garbled = "QUYET DNH cir Quyt djnh st theo dc ngh cua phong xa hi " * 2
    page = sheet([(40, 800 - 20 * n, garbled, 5) for n in range(5)])
    good = [[(200, 200 + 60 * n, "Căn cứ quyết định giả định của phòng", 95)] for n in range(9)]
    recognised(good)
    extracted = read_pdf(make_pdf([page]))
    assert (extracted.lines[0].text, extracted.quotable) == (good[0][0][2], False)
    recognised([[(200, 200, "QU YT DJN H", 95)]])
    extracted = read_pdf(make_pdf([page]))
    assert extracted.lines[0].text.startswith("QUYET")
    assert _codes(extracted) == ["page-not-vietnamese"]


def test_without_tesseract_it_is_said_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, make_pdf: Make, sheet: type
) -> None:
    for place in ("ingest.extract.ocr.tesseract", "ingest.extract.pdf_pages.tesseract"):
        monkeypatch.setattr(place, lambda: None)
    target = io.BytesIO()
    Image.new("L", (600, 800), "white").save(target, "PNG")
    for content in (make_pdf([sheet(picture=True)]), target.getvalue()):
        with pytest.raises(UnreadableFile) as told:
            extract(RawFile(content, "quét"))
        assert told.value.code in ("pdf-scan", "format-image")
        assert "tesseract-ocr-vie" in told.value.hint


def test_tesseract_reads_a_photograph_page_by_page() -> None:
    if ocr.tesseract() is None:
        pytest.skip("máy này chưa có tesseract với dữ liệu tiếng Việt")
    try:
        font = ImageFont.truetype("DejaVuSans.ttf", 44)
    except OSError:
        pytest.skip("máy này không có phông chữ DejaVu để vẽ trang thử")
    pages = []
    for number in (1, 2):
        page = Image.new("L", (1654, 2339), "white")
        words = f"Điều {number}. Phạm vi áp dụng của văn bản giả định"
        ImageDraw.Draw(page).text((200, 400), words, font=font, fill=0)
        pages.append(page)
    target = io.BytesIO()
    pages[0].save(target, "TIFF", save_all=True, append_images=pages[1:], dpi=(200, 200))
    told: list[tuple[int, int]] = []
    with Readers() as readers:
        extracted = readers.extract(
            RawFile(target.getvalue(), "quét.tif"), lambda done, total: told.append((done, total))
        )
    assert told == [(0, 2), (1, 2), (2, 2)]
    assert [(line.page, line.text[:8]) for line in extracted.lines] == [
        (1, "Điều 1. "),
        (2, "Điều 2. "),
    ]
    left, top, right, bottom = extracted.lines[0].box or (0, 0, 0, 0)
    assert (left, top) == pytest.approx((200 * 0.36, 405 * 0.36), abs=8)
    assert right > left + 300
    assert bottom > top + 8
    assert not extracted.quotable


def test_a_number_typed_over_a_scan_fills_the_blank_left_for_it() -> None:
    rows = [
        Draft("SỞ GIẢ ĐỊNH", box=(80, 50, 260, 70), confidence=0.9),
        Draft("Số: …/SGĐ-VP", box=(100, 80, 240, 98), confidence=0.4),
        Draft("Số tờ: …", box=(100, 180, 240, 198), confidence=0.4),
    ]
    typed = [Draft("1849", box=(120, 84, 150, 97)), Draft("Ký", box=(120, 184, 150, 197))]
    found, filled = with_stamps(rows, typed)
    assert [row.text for row in found] == ["SỞ GIẢ ĐỊNH", "Số: 1849/SGĐ-VP", "Số tờ: …"]
    assert filled == {"Số: …/SGĐ-VP"}
