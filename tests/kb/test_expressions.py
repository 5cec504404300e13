"""Kinds of texts, the one that is shown, and where the others differ. All texts are invented."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest import RawFile
from ingest.catalogue import load_vocabulary
from ingest.extract import extract
from ingest.parse import parse
from ingest.pipeline import CORPUS
from kb.documents import Document
from kb.expressions import (
    Difference,
    Expression,
    Kind,
    compare,
    differences_said,
    in_order,
    is_blank,
    kind_of,
)
from kb.structure import Level, Node, spoken
from kb.text import Span

VOCABULARY = load_vocabulary(CORPUS)
NAMED = Document("", "Kế hoạch", "12/KH-THGD", "Việc giả định", "Trường Giả định", "2031-04-14")
BLANK = replace(NAMED, number="/KH-THGD", issued="2031-04")


def text(name: str, kind: Kind, length: int = 100, received: str = "2031") -> Expression:
    return Expression(name, "", name, kind, NAMED, length, received)


def read(words: str) -> tuple[Document, str, Node]:
    parsed = parse(extract(RawFile(words.encode(), "t.txt")), VOCABULARY)
    return parsed.document, parsed.text, parsed.tree


ACT = """QUỐC HỘI

Luật số: 99/2031/QH19

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

LUẬT
GIẢ ĐỊNH

Điều 1. Phạm vi điều chỉnh
Luật giả định này quy định việc mượn sách.

Điều 2. Thời hạn
1. Thời hạn mượn là mười ngày.
2. Quá hạn thì trả lời bằng văn bản.

Điều 3. Hiệu lực
Luật này có hiệu lực từ ngày 01 tháng 01 năm 2032.
"""


@pytest.mark.parametrize(
    ("document", "media", "quotable", "kind"),
    [
        (NAMED, "application/pdf", True, Kind.ORIGINAL),
        (NAMED, "text/html", True, Kind.COPY),
        (NAMED, "application/pdf", False, Kind.RECOGNISED),
        (BLANK, "application/msword", True, Kind.DRAFT),
        (replace(NAMED, type="Văn bản hợp nhất"), "application/pdf", True, Kind.CONSOLIDATED),
    ],
)
def test_kind_comes_from_the_letterhead_and_the_file(
    document: Document, media: str, quotable: bool, kind: Kind
) -> None:
    assert kind_of(document, media, quotable=quotable) is kind


def test_a_number_with_letters_only_is_blank() -> None:
    assert [is_blank(document) for document in (BLANK, NAMED, replace(NAMED, number=""))] == [
        True,
        False,
        False,
    ]


def test_whole_before_part_then_kind_then_the_paper_then_the_later() -> None:
    texts = [
        text("draft", Kind.DRAFT),
        text("part", Kind.ORIGINAL, length=60),
        text("scan", Kind.RECOGNISED),
        text("later", Kind.ORIGINAL, received="2033"),
        text("copy", Kind.COPY),
        text("published", Kind.ORIGINAL, received=""),
        replace(text("paper", Kind.ORIGINAL), paper=True),
        replace(text("corrected", Kind.ORIGINAL, received="2031-02"), paper=True),
        text("earlier", Kind.ORIGINAL, length=90, received="2032"),
    ]
    shown = [
        *("corrected", "paper", "later", "earlier", "published"),
        *("copy", "scan", "draft", "part"),
    ]
    assert [found.id for found in in_order(texts)] == shown
    assert [found.id for found in in_order(reversed(texts))] == shown


def test_articles_are_compared_under_their_own_number() -> None:
    other = ACT.replace("mười ngày", "mười lăm ngày").replace("\n\nĐiều 3", "\n\nĐiều 4")
    found = [(place.provision, place.place, place.difference.count) for place in
             compare(read(ACT), read(other))]  # fmt: skip
    assert found == [("art_2", "Điều 2", 1), ("art_3", "Điều 3", 1), ("", "Điều 4", 1)]


def test_layout_is_no_difference() -> None:
    other = ACT.replace("LUẬT\nGIẢ ĐỊNH", "LUẬT\n\nGiả định").replace("sách.\n", "sách.\n\n\n")
    assert compare(read(ACT), read(other)) == []


def test_a_chapter_in_capitals_is_the_same_chapter() -> None:
    chapters = ACT.replace("\n\nĐiều 1", "\n\nChương I\nQUY ĐỊNH GIẢ ĐỊNH\n\nĐiều 1")
    assert "Chương I" in chapters
    assert compare(read(chapters), read(chapters.replace("Chương I", "CHƯƠNG I"))) == []


def test_a_missing_number_is_told() -> None:
    bare = ACT.replace("Luật số: 99/2031/QH19\n", "")
    assert [place.place for place in compare(read(ACT), read(bare))] == ["Số, ký hiệu"]


def test_differences_are_said_in_words() -> None:
    places = [Difference(f"art_{n}", f"Điều {n}", 1) for n in range(1, 8)]
    assert differences_said(places[:2]) == "khác 2 chỗ: Điều 1, Điều 2"
    assert differences_said(places) == (
        "khác 7 chỗ: Điều 1, Điều 2, Điều 3, Điều 4, Điều 5 và 2 mục khác"
    )
    assert differences_said(()) == "không khác lời văn"


def test_the_closing_has_a_name() -> None:
    span = Span(0, 4)
    assert spoken(Node("closing", Level.PARAGRAPH, "", "", "", span, span)) == "đoạn kết"
