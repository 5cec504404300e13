"""The gate of measured quality, without its data."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from kb.catalogue import Vocabulary
from kb.documents import Issuer
from kb.text import match_text
from tests.eval.accents import judged
from tests.eval.articles import first_missing, reason
from tests.eval.gate import over, under
from tests.eval.headers import find_file, issuer_key, read_table, same, title_key
from tests.eval.structure import ours, silver
from tests.eval.structure import read as read_code


def test_the_gate_holds_what_is_under_its_floor_and_what_is_not_measured() -> None:
    floors = {"hit@1": 0.9, "hit@10": 0.97}
    assert under({"hit@1": 0.9, "hit@10": 0.98, "ms": 3}, floors) == []
    assert under({"hit@1": 0.899, "hit@10": 0.98}, floors) == ["hit@1"]
    assert under({"hit@1": 0.95}, floors) == ["hit@10"]


def test_a_word_understood_wrongly_is_told_from_one_left_as_typed() -> None:
    words = judged("hang nam do ai", "hằng/hàng năm do ai", "hàng nắm do ai")
    assert [verdict for _, verdict in words] == ["right", "wrong", "right", "right"]
    assert judged("nam", "năm", "nam") == [("nam", "kept")]


def test_first_missing_article() -> None:
    assert first_missing(["1", "2", "2a", "3"]) is None
    assert first_missing(["1", "3"]) == 2
    assert first_missing([]) is None


VOCABULARY = Vocabulary(
    types=(), issuers=(Issuer("sgd", "Sở Giáo dục và Đào tạo tỉnh Thử", variants=("Sở GDĐT Thử",)),)
)


def test_a_table_of_headers_in_three_forms(tmp_path: Path) -> None:
    row = {"path": "a.txt", "number": "1/KH-X", "title": "Tên, có phẩy"}
    (tmp_path / "t.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    (tmp_path / "t.tsv").write_text(
        "path\tnumber\ttitle\na.txt\t1/KH-X\tTên, có phẩy\n", encoding="utf-8"
    )
    (tmp_path / "t.csv").write_text(
        'path,number,title\na.txt,1/KH-X,"Tên, có phẩy"\n', encoding="utf-8"
    )
    for name in ("t.jsonl", "t.tsv", "t.csv"):
        assert read_table(tmp_path / name) == [row]


def test_a_file_is_found_in_either_form_of_unicode(tmp_path: Path) -> None:
    (tmp_path / unicodedata.normalize("NFD", "Luật.txt")).write_text("x", encoding="utf-8")
    assert find_file("Luật.txt", [tmp_path]) is not None
    assert find_file("Khác.txt", [tmp_path]) is None


@pytest.mark.parametrize(
    ("field", "expected", "found", "right"),
    [
        ("number", "02/2019/TT-X", "2/2019/tt-x", True),
        ("number", "02/2019/TT-X", "", False),
        ("number", "", "02/2019/TT-X", False),
        ("number", "/KH-X", "12/KH-X", False),
        ("date", "2026-04", "2026-04-14", False),
        ("issuer", "Sở GDĐT Thử", "SỞ GIÁO DỤC VÀ ĐÀO TẠO TỈNH THỬ", True),
        ("issuer", "UBND tỉnh Thử", "Ủy ban nhân dân tỉnh Thử", True),
        ("issuer", "Sở Nội vụ tỉnh Thử", "SỞ NỘI VỤ", False),
    ],
)
def test_equal_values_of_a_letterhead(field: str, expected: str, found: str, right: bool) -> None:
    assert same(field, expected, found, VOCABULARY, ocr=False) is right


def test_a_title_is_compared_without_what_is_no_part_of_it() -> None:
    assert title_key("Luật Hải quan", "Luật") == title_key("HẢI QUAN", "Luật")
    assert title_key("V/v làm thử", "Công văn") == title_key("Về việc làm thử.", "Công văn")
    assert title_key("Phụ lục II MẪU (Kèm theo X)", "Phụ lục") == title_key("Mẫu", "Phụ lục")
    assert title_key("Về làm thử", "Luật") != title_key("làm", "Luật")
    assert same("title", "lam viec thu nghiem cua truong", "lam viec thu nghiem cua truonq",
                VOCABULARY, ocr=True)  # fmt: skip
    assert not same("title", "lam viec thu", "lam viec thi", VOCABULARY, ocr=False)
    assert issuer_key("Bộ Thử - Bộ Giả", VOCABULARY) == "bo thu - bo gia"


def test_places_of_a_silver_tree_and_of_ours_have_one_form() -> None:
    tree = {
        "children": [
            {
                "node_type": "chương",
                "node_id": "I",
                "children": [
                    {
                        "node_type": "điều",
                        "node_id": "1",
                        "children": [
                            {"node_type": "điểm", "node_id": "đ"},
                            {
                                "node_type": "khoản",
                                "node_id": "2",
                                "children": [{"node_type": "điểm", "node_id": "a"}],
                            },
                        ],
                    }
                ],
            }
        ]
    }
    places = [("1",), ("1", "", "đ"), ("1", "2"), ("1", "2", "a")]
    assert list(silver(tree)) == places
    read = read_code("Điều 1. A\n1. x:\na) y;\nb) z.\n2. t.\nĐiều 2. B\na) u;\nb) v.")
    assert list(ours(read))[:5] == [
        ("1",), ("1", "1"), ("1", "1", "a"), ("1", "1", "b"), ("1", "2")
    ]  # fmt: skip
    assert ("2", "", "a") in list(ours(read))


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("Không có gì.", "không có chữ nào"),
        ("Như đã nêu tại Điều 2 ở trên.", "giữa dòng"),
        ("Điều 2 và Điều 4 của luật khác.", "đầu dòng"),
        ("Sửa như sau:\n“Điều 2. Tên\nLời.”.", "đoạn trích"),
    ],
)
def test_why_an_article_is_missing(row: str, why: str) -> None:
    text = f"Điều 1. A\n{row}\nĐiều 3. B\nHết."
    tree = read_code(text)
    assert why in reason(match_text(text).text, tree, 2)


def test_the_gate_holds_what_is_over_its_ceiling() -> None:
    ceilings = {"seconds": 1.6, "mb": 500.0}
    assert over({"seconds": 1.6, "mb": 20, "articles": 3}, ceilings) == []
    assert over({"seconds": 1.61}, ceilings) == ["seconds", "mb"]
