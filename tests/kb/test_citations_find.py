"""What is found in running text; the sentences are invented, in the form such papers have."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.catalogue import Vocabulary
from kb.citations import Citation, Kind, Pinpoint
from kb.citations.find import find_citations
from kb.documents import DocType, Issuer
from kb.text import match_text

TYPES = (
    ("NĐ", "Nghị định", "nd"),
    ("QĐ", "Quyết định", "qd"),
    ("NQ", "Nghị quyết", "nq"),
    ("CT", "Chỉ thị", "ct"),
    ("KH", "Kế hoạch", "kh"),
    ("TT", "Thông tư", "tt"),
    ("TTLT", "Thông tư liên tịch", "ttlt"),
    ("HĐ", "Hợp đồng", "hop-dong"),
    ("", "Công văn", "cong-van"),
    ("", "Luật", "luat"),
)
VOCABULARY = Vocabulary(
    types=tuple(DocType(code, name, slug) for code, name, slug in TYPES),
    issuers=(Issuer("truong-gia-dinh", "Trường Giả định tỉnh Mẫu"),),
)


def find(text: str) -> list[Citation]:
    return find_citations(match_text(text).text, VOCABULARY)


def one(text: str) -> Citation:
    (citation,) = find(text)
    return citation


BORDERS = [
    # sentence, mentions as they stand
    (
        "Căn cứ Quyết định số 901/QĐ-TTg ngày 04/5/2031 của Thủ tướng Chính phủ về việc giả định;",
        ["Quyết định số 901/QĐ-TTg ngày 04/5/2031 của Thủ tướng Chính phủ"],
    ),
    (
        "kế hoạch số 12/KH-SGDĐT ngày 02 tháng 01 năm 2031 của Sở Giáo dục và Đào tạo tỉnh Mẫu Một "
        "Ban hành chương trình giả định",
        [
            "kế hoạch số 12/KH-SGDĐT ngày 02 tháng 01 năm 2031 của Sở Giáo dục và Đào tạo tỉnh "
            "Mẫu Một"
        ],
    ),
    (
        "Chỉ thị số 99-CT/TW ngày 01/11/2031 của Ban Bí thư Trung ương Đảng khóa XV về giả định.",
        ["Chỉ thị số 99-CT/TW ngày 01/11/2031 của Ban Bí thư Trung ương Đảng khóa XV"],
    ),
    (
        "theo Thông tư liên tịch số 07/2031/TTLT-BYT-BTC của Bộ Y tế, Bộ Tài chính quy định",
        ["Thông tư liên tịch số 07/2031/TTLT-BYT-BTC của Bộ Y tế, Bộ Tài chính"],
    ),
    (
        "Kế hoạch số /KH-SGDĐT ngày tháng 5 năm 2031;",
        ["Kế hoạch số /KH-SGDĐT ngày tháng 5 năm 2031"],
    ),
    ("Kế hoạch số ....../KH-UBND của huyện", ["Kế hoạch số ....../KH-UBND"]),
    ("Thông tư 12/2031/TT- BGTVT nay bị bãi bỏ", ["Thông tư 12/2031/TT- BGTVT"]),
    (
        "Nghị quyết số 38/2031/NQ - UBTVQH16 ngày 17/3/2031 của Ủy ban Thường vụ Quốc hội",
        ["Nghị quyết số 38/2031/NQ - UBTVQH16 ngày 17/3/2031 của Ủy ban Thường vụ Quốc hội"],
    ),
    ("Công văn số 26/UBND-KGVX để thực hiện", ["Công văn số 26/UBND-KGVX"]),
    ("Nghị định s81/CP và Thông tư số3/2031/TT-BYT;",
     ["Nghị định s81/CP", "Thông tư số3/2031/TT-BYT"]),
    (
        "Nghị định của Chính phủ số 28/2031/NĐ-CP ngày 10/4/2031",
        ["Nghị định của Chính phủ số 28/2031/NĐ-CP ngày 10/4/2031"],
    ),
    (
        "các Nghị định số 12/2031/NĐ-CP, số 13/2031/NĐ-CP và 14/2031/NĐ-CP",
        ["Nghị định số 12/2031/NĐ-CP", "số 13/2031/NĐ-CP", "14/2031/NĐ-CP"],
    ),
    (
        "điểm a, b khoản 2 Điều 5 Luật Người khuyết tật năm 2010 và Bộ luật Dân sự.",
        ["điểm a, b khoản 2 Điều 5 Luật Người khuyết tật năm 2010", "Bộ luật Dân sự"],
    ),
    (
        "Luật trẻ em làm đơn theo Mẫu số 08 tại Phụ lục ban hành kèm theo Nghị định này gửi",
        ["Luật trẻ em", "Mẫu số 08 tại Phụ lục ban hành kèm theo Nghị định này"],
    ),
    (
        "Luật sửa đổi, bổ sung một số điều của Luật Nhà ở và Luật Giá ngày 02 tháng 3 năm 2031",
        ["Luật sửa đổi, bổ sung một số điều của Luật Nhà ở và Luật Giá ngày 02 tháng 3 năm 2031"],
    ),
    (
        "Điều 58 của Luật Quy hoạch số 21/2031/QH16 ngày 24 tháng 11 năm 2031, có hiệu lực",
        ["Điều 58 của Luật Quy hoạch số 21/2031/QH16 ngày 24 tháng 11 năm 2031"],
    ),
    (
        "Luật 51/2031/QH16 Người khuyết tật ban hành ngày 17/06/2031",
        ["Luật 51/2031/QH16 Người khuyết tật ban hành ngày 17/06/2031"],
    ),
    ("Luật Khám phá sao hỏa có hiệu lực", ["Luật Khám phá sao hỏa"]),
    (
        "tại khoản 1 Điều 16, các điều 18, 20 của Luật này.",
        ["khoản 1 Điều 16, các điều 18, 20 của Luật này"],
    ),
    ("điểm a và c khoản này; Khoản này", ["điểm a và c khoản này", "Khoản này"]),
    ("Nghị định số 9/2031/NĐ-CP (Điều 15)", ["Nghị định số 9/2031/NĐ-CP (Điều 15)"]),
    ("Khoản 2, Điều 5, Quyết định số 9/QĐ-ABC", ["Khoản 2, Điều 5, Quyết định số 9/QĐ-ABC"]),
    ("QUYẾT ĐỊNH SỐ 9/QĐ-TTG NGÀY 04/5/2031 CỦA THỦ TƯỚNG CHÍNH PHỦ VỀ VIỆC GIẢ ĐỊNH",
     ["QUYẾT ĐỊNH SỐ 9/QĐ-TTG NGÀY 04/5/2031 CỦA THỦ TƯỚNG CHÍNH PHỦ"]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "mentions"), BORDERS)
def test_borders(sentence: str, mentions: list[str]) -> None:
    assert [citation.text for citation in find(sentence)] == mentions


NOTHING = [
    "Điều 25. Quyền của người giả định\nNội dung.",
    "Chương II\nQUY ĐỊNH GIẢ ĐỊNH",
    "Số: 82 /KH-NDTKT",
    "Bản án hành chính phúc thẩm số 175/2031/HC-PT",
    "theo tài khoản 12 và điều khoản 3, quan điểm a",
    "khoản 30 triệu đồng; ngày 03/6/2031; giai đoạn 2031-2035; tỷ lệ 24/24",
    "Luật sư và Luật gia; Trường Đại học Luật Hà Nội; pháp luật",
    "hợp đồng này; Hợp đồng này; dự án này",
    "Điều 6.3.LQ.16 của bộ pháp điển",
    "theo mẫu số 01/PĐX",
    "tốc độ 30 km/h, 12/A, https://vi.example/12/QĐ-AB",
]


@pytest.mark.parametrize("sentence", NOTHING)
def test_what_is_no_mention(sentence: str) -> None:
    assert find(sentence) == []


def test_parts_of_a_full_mention() -> None:
    found = one("Quyết định số 901/QĐ-TTg ngày 04/5/2031 của Thủ tướng Chính phủ về việc giả định;")
    assert (found.kind, found.type, found.number_text) == (
        Kind.EXPLICIT,
        "Quyết định",
        "901/QĐ-TTg",
    )
    assert (found.date, found.issuer, found.title) == (
        "2031-05-04",
        "Thủ tướng Chính phủ",
        "về việc giả định",
    )
    assert found.number is not None
    assert found.number.type_code == "QĐ"


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("ngày 03 tháng 6 năm 2031", "2031-06-03"),
        ("ngày 3-6-2031", "2031-06-03"),
        ("ngày 27 /5/2031", "2031-05-27"),
        ("ngày tháng 5 năm 2031", "2031-05"),
        ("tháng 5 năm 2031", "2031-05"),
        ("năm 2031", "2031"),
        ("ngày 31 tháng 02 năm 2031", None),
    ],
)
def test_dates(words: str, date: str | None) -> None:
    found = one(f"Quyết định số 901/QĐ-TTg {words};")
    assert found.date == date
    assert found.text.endswith(words)


def pins(text: str) -> list[tuple[str | None, str | None, str | None]]:
    return [(p.point, p.clause, p.article) for p in one(text).pinpoints]


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("khoản 1, 2 và 3 Điều 5", [(None, c, "5") for c in "123"]),
        ("điểm a, b khoản 2 Điều 5", [("a", "2", "5"), ("b", "2", "5")]),
        ("điểm b khoản 1, khoản 3 Điều 5", [("b", "1", "5"), (None, "3", "5")]),
        ("khoản 1 Điều 8 và điểm b, khoản 2 Điều 8", [(None, "1", "8"), ("b", "2", "8")]),
        ("Điều 5 khoản 2 điểm đ", [("đ", "2", "5")]),
        ("khoản 2 đến khoản 4 Điều 5", [(None, c, "5") for c in "234"]),
        ("các điểm từ a đến đ khoản 2 Điều 5", [(p, "2", "5") for p in "abcdđ"]),
        ("khoản 1 Điều này", [(None, "1", "này")]),
        ("Điều 42a", [(None, None, "42a")]),
    ],
)
def test_places(words: str, places: list[tuple[str | None, str | None, str | None]]) -> None:
    assert pins(f"theo {words}.") == places


def test_a_range_of_articles_stays_a_range() -> None:
    found = one("quy định từ Điều 5 đến Điều 7 của Luật này")
    assert found.text == "Điều 5 đến Điều 7 của Luật này"
    assert found.pinpoints == (Pinpoint(article="5", article_end="7"),)


def test_a_year_or_days_after_a_list_are_no_article() -> None:
    assert pins("theo Điều 5, 10 ngày sau") == [(None, None, "5")]


def test_a_wrapped_citation_at_a_line_start_is_no_heading() -> None:
    found = find("quy định tại\nĐiều 24 Nghị định số 8/2031/NĐ-CP\nĐiều 25. Tiêu đề")
    assert [c.text for c in found] == ["Điều 24 Nghị định số 8/2031/NĐ-CP"]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *("Điều", "khoản", "điểm", "5", "a", "này", "Luật", "Nghị định", "số", "và", ","),
                *("12/2031/NĐ-CP", "của", "Chính phủ", "ngày", "3/4/2031", ";", "(", ")", "\n"),
                *("Phụ lục", "Mẫu", "các", "từ", "đến", "/KH-A", "-", "sửa đổi,", "bổ sung", "Giá"),
            ]
        ),
        max_size=40,
    )
)
def test_mentions_stand_in_order_inside_the_text(words: list[str]) -> None:
    text = match_text(" ".join(words)).text
    end = 0
    for citation in find_citations(text, VOCABULARY):
        assert end <= citation.span.start < citation.span.end
        assert citation.text == citation.span.of(text)
        end = citation.span.end
