"""What cleaning takes out and joins, and that every character still knows its place."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ingest import Cleaned, Extracted, Line
from ingest.clean import clean
from ingest.extract.lines import Draft, place
from ingest.sniff import PDF, TEXT
from kb.text import Span, match_text, silenced


def _extracted(*texts: str, media: str = TEXT, page: int | None = None) -> Extracted:
    return Extracted(place(Draft(text, page) for text in texts), media)


def _pages(*pages: list[str]) -> Extracted:
    drafts = [Draft(text, n) for n, page in enumerate(pages, 1) for text in page]
    return Extracted(place(drafts), PDF, len(pages))


def _texts(cleaned: Cleaned) -> list[str]:
    return [line.text for line in cleaned.lines]


def unreached(extracted: Extracted, cleaned: Cleaned) -> str:
    """What of the source neither the map reaches nor ``dropped`` tells."""
    told = bytearray(len(extracted.text))
    for start, end in zip(cleaned.source.starts, cleaned.source.ends, strict=True):
        told[start:end] = b"\1" * (end - start)
    for span in cleaned.dropped:
        told[span.start : span.end] = b"\1" * len(span)
    return "".join(c for c, seen in zip(extracted.text, told, strict=True) if not seen)


FULL = "Câu giả định này đủ dài để chạm lề phải của trang giấy nên bị ngắt dòng ở"


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        (FULL, "đây và còn nữa.", f"{FULL} đây và còn nữa."),
        (FULL, "Ủy ban nhân dân tỉnh Giả Định.", f"{FULL} Ủy ban nhân dân tỉnh Giả Định."),
        (FULL, "2030 của nhà trường", f"{FULL} 2030 của nhà trường"),
        (FULL, "Điều 5 Nghị định này", f"{FULL} Điều 5 Nghị định này"),
        (FULL, "11/01/2030 về việc giả định", f"{FULL} 11/01/2030 về việc giả định"),
        (f"{FULL};", "xử lý theo quy định", f"{FULL}; xử lý theo quy định"),
        (
            "Theo Nghị định 20/2030/NĐ-",
            "CP của Chính phủ",
            "Theo Nghị định 20/2030/NĐ-CP của Chính phủ",
        ),
        ("Giai đoạn 2030-", "2035", "Giai đoạn 2030-2035"),
        (FULL, "Điều 5. Giả định", None),
        (FULL, "ĐIỀU 5: GIẢ ĐỊNH", None),
        (FULL, "Điều 6", None),
        (FULL, "Chương II", None),
        (FULL, "II. NỘI DUNG", None),
        (FULL, "1. Nội dung", None),
        (FULL, "1.2. Nội dung", None),
        (FULL, "a) nội dung", None),
        (FULL, "đ) nội dung", None),
        (FULL, "- nội dung", None),
        (FULL, "+ nội dung", None),
        (FULL, "Căn cứ Luật giả định;", None),
        (FULL, "Nơi nhận:", None),
        (FULL, "[2] Khoản này", None),
        (FULL, '"Điều 5. Trích dẫn', None),
        (f"{FULL}.", "Câu sau viết hoa", None),
        ("Dòng ngắn", "Dòng sau viết hoa", None),
        ("Dòng ngắn.", "dòng sau", None),
        ("QUỐC HỘI", "Nước giả định", None),
        ("Số: 20/2030/NĐ-", "1. Nội dung", None),
    ],
)
def test_lines_broken_by_the_page_s_width(above: str, below: str, joined: str | None) -> None:
    cleaned = clean(_extracted(above, below, media=PDF, page=1))
    assert _texts(cleaned) == ([joined] if joined else [above, below])


def test_only_pdf_breaks_lines_but_a_number_is_never_two() -> None:
    assert _texts(clean(_extracted(FULL, "đây và còn nữa."))) == [FULL, "đây và còn nữa."]
    assert _texts(clean(_extracted("Số 20/2030/NĐ-", "CP"))) == ["Số 20/2030/NĐ-CP"]


def test_a_joined_line_maps_to_both_of_its_sources() -> None:
    extracted = _extracted(f"  {FULL}", "", "đây  và", media=PDF, page=1)
    cleaned = clean(Extracted(tuple(x for x in extracted.lines if x.text), PDF))
    (line,) = cleaned.lines
    assert line.text == f"{FULL} đây và"
    at = cleaned.text.index("đây")
    assert cleaned.source.source(Span(at, at + 3)).of(extracted.text) == "đây"
    space = cleaned.source.source(Span(at - 1, at))
    assert space.of(extracted.text) == "\n"


def test_a_heading_of_capitals_goes_on_below() -> None:
    head = "IV. PHÂN CÔNG CHUẨN BỊ VÀ TỔ CHỨC CÔNG VIỆC GIẢ ĐỊNH"
    cleaned = clean(_pages([FULL, head, "CỦA NHÀ TRƯỜNG", "1. Nội dung"]))
    assert _texts(cleaned)[1] == f"{head} CỦA NHÀ TRƯỜNG"


def test_running_heads_and_page_numbers_go() -> None:
    pages = [
        [
            str(n),
            "TRƯỜNG GIẢ ĐỊNH - NỘI BỘ",
            f"{n}. Nội dung giả định số {n}.",
            "2030",
            "Cuối trang.",
        ]
        for n in range(1, 5)
    ]
    cleaned = clean(_pages(*pages))
    assert [text for text in _texts(cleaned) if text != "2030"] == [
        text for n in range(1, 5) for text in (f"{n}. Nội dung giả định số {n}.",)
    ]
    assert "layout-removed" in [finding.code for finding in cleaned.findings]


@pytest.mark.parametrize(
    "text",
    [
        "- 2 -",
        "Trang 2/10",
        "CÔNG BÁO/Số 471 + 472/Ngày 26-3-2030",
        "30 CÔNG BÁO/Số 1/Ngày 2-3-2030",
    ],
)
def test_what_is_certainly_no_text_goes_anywhere(text: str) -> None:
    assert _texts(clean(_extracted("Một.", text, "Hai."))) == ["Một.", "Hai."]


def test_numbers_that_are_not_the_page_s_stay() -> None:
    assert _texts(clean(_extracted("TT", "1", "2"))) == ["TT", "1", "2"]
    cleaned = clean(_pages(["Bảng giả định", "7"], ["9", "Hết bảng."]))
    assert _texts(cleaned) == ["Bảng giả định", "7", "9", "Hết bảng."]


def test_an_issuer_s_name_stays_though_stamps_repeat_it() -> None:
    """A digital signature prints the issuer's name at the foot of the last pages."""
    name = "SỞ GIẢ ĐỊNH VÀ KIỂM THỬ"
    first = ["UBND TỈNH GIẢ ĐỊNH", name, "Nội dung một.", "Nội dung hai.", "Nội dung ba."]
    others = [[f"Câu {n}.", f"Ý {n}.", f"Phần {n}.", f"Cuối {n}.", name] for n in (2, 3)]
    assert name in _texts(clean(_pages(first, *others)))


def test_the_end_of_a_sentence_that_comes_again_is_no_running_head() -> None:
    """Points of a law end alike, and pages break where they will: nothing of the text may go."""
    end = "khoản 1 Điều 28 của Luật giả định."
    named = "Nghiệp vụ giả định có quyền:"
    pages = [[f"Câu {n}.", f"Ý {n}.", f"Phần {n}.", f"Đoạn {n}.", f"Cuối {n}."] for n in range(30)]
    for at in (3, 11, 12, 25):
        pages[at][0], pages[at][1] = end, named
    texts = _texts(clean(_pages(*pages)))
    assert (texts.count(end), texts.count(named)) == (4, 4)


def test_a_head_of_odd_pages_goes() -> None:
    pages = [[f"Câu {n}.", f"Ý {n}.", f"Phần {n}.", f"Đoạn {n}.", f"Cuối {n}."] for n in range(9)]
    for at in (0, 2, 4, 6, 8):
        pages[at][0] = f"Tạp chí Giả định {at + 1}"
    assert not any("Tạp chí" in text for text in _texts(clean(_pages(*pages))))


def test_a_marker_is_no_running_head() -> None:
    page = ["Điều 1. Giả định", "Một câu.", "Hai câu.", "Ba câu.", "Bốn câu."]
    cleaned = clean(_pages(*([page[0], f"Câu {n}.", f"Ý {n}.", f"Cuối {n}."] for n in range(4))))
    assert _texts(cleaned).count(page[0]) == 4


def test_the_banner_of_a_digital_signature_goes() -> None:
    banner = ["Người ký: Trường Giả Định", "Email: x@y.vn", "Thời gian ký: 01.02.2030 10:00:00"]
    assert _texts(clean(_extracted(*banner, "KẾ HOẠCH"))) == ["KẾ HOẠCH"]
    assert _texts(clean(_extracted("Email: x@y.vn", "KẾ HOẠCH"))) == ["Email: x@y.vn", "KẾ HOẠCH"]


NOTE = (
    "[Điểm này được hướng dẫn bởi Điều 46 Nghị định 17/2030/NĐ-CP có hiệu lực từ ngày 26/04/2030]"
)


def test_a_portal_s_note_goes_and_the_map_holds() -> None:
    extracted = _extracted(f"quy định tại {NOTE} khoản 3 Điều 44a của Luật này;")
    cleaned = clean(extracted)
    assert cleaned.text == "quy định tại khoản 3 Điều 44a của Luật này;"
    at = cleaned.text.index("khoản 3")
    assert cleaned.source.source(Span(at, at + 7)).of(extracted.text) == "khoản 3"
    assert [finding.code for finding in cleaned.findings] == ["portal-notes-removed"]


@pytest.mark.parametrize(
    "text",
    ["8.[8] (được bãi bỏ)", "[7] Khoản này được sửa đổi theo Luật giả định.", "[Điền tên trường]"],
)
def test_brackets_of_the_paper_itself_stay(text: str) -> None:
    assert clean(_extracted(text)).text == text


def test_at_most_one_blank_line_between_blocks() -> None:
    assert _texts(clean(_extracted("", "A", "", " ", "\u00a0", "B", "", ""))) == ["A", "", "B"]


LETTERS = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="Điềuđa1 .-)/;:[]“–\u00a0\t\u00adÐ̀\u0301ắ\u0002", max_size=60),
    st.sampled_from([FULL, "1.", "2", "Điều 5.", NOTE, "20/2030/NĐ-", "CP", ""]),
)
LINES = st.lists(
    st.builds(
        Draft,
        LETTERS,
        st.sampled_from([None, 1, 1, 2, 3]),
        st.sampled_from([None, True, False]),
        st.sampled_from([None, True, False]),
        st.sampled_from([None, None, (1, 0, 0), (1, 0, 1)]),
    ),
    max_size=12,
)


@given(LINES, st.sampled_from([PDF, TEXT]))
def test_every_character_knows_its_place(drafts: list[Draft], media: str) -> None:
    extracted = Extracted(place(drafts), media)
    cleaned = clean(extracted)
    assert cleaned.text == "\n".join(_texts(cleaned))
    assert len(cleaned.source) == len(cleaned.text)
    for line in cleaned.lines:
        assert cleaned.text[line.offset : line.offset + len(line.text)] == line.text
        assert line.text == line.text.strip()
    spans = [cleaned.source.source(Span(n, n + 1)) for n in range(len(cleaned.text))]
    assert all(0 <= span.start < span.end <= len(extracted.text) for span in spans)
    assert all(one.start <= other.start and one.end <= other.end for one, other in pairwise(spans))
    assert not any(not a and not b for a, b in pairwise(_texts(cleaned)))


@given(LINES, st.sampled_from([PDF, TEXT]))
def test_nothing_is_lost_that_is_not_told(drafts: list[Draft], media: str) -> None:
    extracted = Extracted(place(drafts), media)
    cleaned = clean(extracted)
    left = unreached(extracted, cleaned)
    assert not silenced(left).strip(), repr(left)
    assert bool(cleaned.dropped) == bool(cleaned.findings)


@given(LETTERS)
def test_a_line_is_its_match_text(text: str) -> None:
    (line,) = place([Draft(text)])[:1]
    assume("[" not in text)
    cleaned = clean(Extracted((Line(line.text, 0),), TEXT))
    assume(not cleaned.findings)
    expected = match_text(line.text)
    assert cleaned.text == expected.text.strip()
    first = len(expected.text) - len(expected.text.lstrip())
    for at in range(len(cleaned.text)):
        span = expected.source(Span(first + at, first + at + 1))
        assert cleaned.source.source(Span(at, at + 1)) == span


def test_a_paper_cleaned_again_is_the_same() -> None:
    once = clean(_extracted("  Ðiều  21.  Bảo  đảm", "", "", "“Giả định” – 2030", media=TEXT))
    again = clean(_extracted(*_texts(once)))
    assert again.text == once.text == 'Điều 21. Bảo đảm\n\n"Giả định" - 2030'
