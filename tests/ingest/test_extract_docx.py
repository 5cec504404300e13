"""DOCX: order of the body, cells, breaks, footnotes, and the numbers Word prints."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from ingest.extract.docx import read_docx
from ingest.extract.docx_numbering import Numbering, in_form

Make = Callable[[Callable[[Document], None]], bytes]
NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def _level(at: int, form: str, text: str, extra: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


LAW = (
    '<w:abstractNum w:abstractNumId="7">'
    + _level(0, "upperRoman", "Chương %1")
    + _level(1, "decimal", "Điều %2.", '<w:lvlRestart w:val="0"/>')
    + _level(2, "decimal", "%3.")
    + _level(3, "lowerLetter", "%4)")
    + _level(4, "decimal", "%2.%3.%5", "<w:isLgl/>")
    + _level(5, "bullet", "\uf0b7")
    + "</w:abstractNum>"
)


def _numbering(nums: str = "", levels: str = LAW, styles: str | None = None) -> Numbering:
    nums = nums or '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    root = parse_xml(f"<w:numbering {NS}>{levels}{nums}</w:numbering>")
    return Numbering(root, parse_xml(f"<w:styles {NS}>{styles}</w:styles>") if styles else None)


def _item(level: int, num: int = 1) -> Any:
    return parse_xml(
        f'<w:p {NS}><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'
        "</w:pPr></w:p>"
    )


def _styled(style: str, own: str = "") -> Any:
    return parse_xml(f'<w:p {NS}><w:pPr><w:pStyle w:val="{style}"/>{own}</w:pPr></w:p>')


def test_a_law_s_levels_restart_but_for_articles() -> None:
    numbering = _numbering()
    labels = [numbering.label(_item(level)) for level in (0, 1, 2, 2, 3, 3, 2, 3, 0, 1, 2, 5)]
    assert labels == [
        "Chương I ", "Điều 1. ", "1. ", "2. ", "a) ", "b) ", "3. ", "a) ",
        "Chương II ", "Điều 2. ", "1. ", "• ",
    ]  # fmt: skip


def test_lists_of_one_abstract_go_on_and_an_override_starts_anew() -> None:
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="2">'
        '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    numbering = _numbering(nums)
    asked = [(2, 1), (2, 2), (2, 3), (2, 3), (2, 1)]
    labels = [numbering.label(_item(level, num)).strip() for level, num in asked]
    assert labels == ["1.", "2.", "5.", "6.", "7."]


def test_legal_levels_show_digits() -> None:
    numbering = _numbering(levels=LAW.replace('"%2.%3.%5"', '"%1.%5"'))
    assert [numbering.label(_item(level)) for level in (0, 4, 4)] == ["Chương I ", "1.1 ", "1.2 "]


def test_numbers_come_by_style_and_are_taken_away_by_zero() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Dieu"><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Con"><w:basedOn w:val="Dieu"/>'
        '</w:style><w:style w:type="paragraph" w:styleId="Vong"><w:basedOn w:val="Vong"/></w:style>'
    )
    levels = LAW.replace('<w:lvl w:ilvl="1">', '<w:lvl w:ilvl="1"><w:pStyle w:val="Dieu"/>')
    numbering = _numbering(levels=levels, styles=styles)
    assert numbering.label(_styled("Dieu")) == "Điều 1. "
    assert numbering.label(_styled("Con", '<w:numPr><w:ilvl w:val="1"/></w:numPr>')) == "Điều 2. "
    assert numbering.label(_styled("Dieu", '<w:numPr><w:numId w:val="0"/></w:numPr>')) == ""
    assert numbering.label(_styled("Vong")) == ""
    assert numbering.label(_item(0, 99)) == ""


def test_a_list_style_s_levels_are_found_through_its_link() -> None:
    levels = LAW + '<w:abstractNum w:abstractNumId="8"><w:numStyleLink w:val="DS"/></w:abstractNum>'
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
    )
    styles = (
        '<w:style w:type="numbering" w:styleId="DS"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>'
        "</w:pPr></w:style>"
    )
    assert _numbering(nums, levels, styles).label(_item(2, 2)) == "1. "


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (4, "lowerLetter", "d"), (5, "lowerLetter", "e"), (27, "lowerLetter", "aa"),
        (9, "upperRoman", "IX"), (44, "lowerRoman", "xliv"), (3, "decimalZero", "03"),
        (12, "decimal", "12"), (3, "none", ""), (2, "vietnameseCounting", "2"),
    ],
)  # fmt: skip
def test_forms_of_numbers(value: int, form: str, shown: str) -> None:
    assert in_form(value, form) == shown


def _texts(content: bytes) -> list[str]:
    return [line.text for line in read_docx(content).lines]


def test_paragraphs_and_tables_come_in_the_order_of_the_body(make_docx: Make) -> None:
    def fill(document: Document) -> None:
        table = document.add_table(1, 2)
        table.cell(0, 0).text = "TRƯỜNG GIẢ ĐỊNH\nSố: 01/KH-TGĐ"
        table.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
        table.cell(0, 1).add_paragraph("Nơi Nào, ngày 02 tháng 3 năm 2030")
        title = document.add_paragraph()
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        title.add_run("KẾ HOẠCH").bold = True
        document.add_paragraph("Hoạt động giả định")
        wide = document.add_table(2, 3)
        wide.cell(0, 0).merge(wide.cell(0, 1)).text = "gộp ngang"
        wide.cell(0, 2).merge(wide.cell(1, 2)).text = "gộp dọc"
        wide.cell(1, 0).text = "trái"

    lines = [line for line in read_docx(make_docx(fill)).lines if line.text]
    assert [(line.text, line.cell) for line in lines] == [
        ("TRƯỜNG GIẢ ĐỊNH", (1, 0, 0)), ("Số: 01/KH-TGĐ", (1, 0, 0)),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", (1, 0, 1)),
        ("Nơi Nào, ngày 02 tháng 3 năm 2030", (1, 0, 1)),
        ("KẾ HOẠCH", None), ("Hoạt động giả định", None),
        ("gộp ngang", (2, 0, 0)), ("gộp dọc", (2, 0, 2)), ("trái", (2, 1, 0)),
    ]  # fmt: skip
    assert (lines[4].bold, lines[4].centred) == (True, True)
    assert (lines[5].bold, lines[5].centred) == (False, False)


RUNS = (
    "<w:r><w:t>20/2030/NĐ</w:t><w:noBreakHyphen/><w:t>CP</w:t><w:br/><w:t>dòng hai</w:t></w:r>"
    "<w:del><w:r><w:delText>đã xóa</w:delText></w:r></w:del>"
    "<w:ins><w:r><w:t> đã thêm</w:t></w:r></w:ins>"
    '<w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r>'
    "<w:hyperlink><w:r><w:t> liên kết</w:t></w:r>"
    "</w:hyperlink><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r>"
    "<mc:AlternateContent><mc:Choice><w:r><w:txbxContent><w:p><w:r><w:t>khung chữ</w:t></w:r></w:p>"
    "</w:txbxContent></w:r></mc:Choice><mc:Fallback><w:r><w:txbxContent><w:p>"
    "<w:r>"
    "<w:t>khung chữ</w:t></w:r></w:p></w:txbxContent></w:r></mc:Fallback></mc:AlternateContent>"
)


def test_runs_breaks_deletions_and_text_boxes(make_docx: Make) -> None:
    def fill(document: Document) -> None:
        body = document.element.body
        body.insert(0, parse_xml(f"<w:p {NS}>{RUNS}</w:p>"))

    assert _texts(make_docx(fill))[:3] == [
        "20/2030/NĐ-CP", "dòng hai đã thêm liên kết", "khung chữ",
    ]  # fmt: skip


def test_bold_by_character_style_and_numbers_of_lists(make_docx: Make) -> None:
    def fill(document: Document) -> None:
        document.add_paragraph().add_run("NGHỊ QUYẾT", style="Strong")
        document.add_paragraph("Việc thứ nhất", style="List Number")
        document.add_paragraph("Việc thứ hai", style="List Number")
        document.add_paragraph("Ghi chú", style="List Bullet")

    lines = read_docx(make_docx(fill)).lines
    assert lines[0].bold is True
    assert [line.text for line in lines[1:]] == ["1. Việc thứ nhất", "2. Việc thứ hai", "• Ghi chú"]


def test_footnotes_stand_apart_in_the_order_of_their_marks(make_docx: Make) -> None:
    notes = (
        f'<w:footnotes {NS}><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
        '<w:footnote w:id="2"><w:p><w:r><w:t>Chú thích hai</w:t></w:r></w:p></w:footnote>'
        '<w:footnote w:id="1"><w:p><w:r><w:t>Chú thích một</w:t></w:r></w:p></w:footnote>'
        "</w:footnotes>"
    )

    def fill(document: Document) -> None:
        part = document.part
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        added = Part(PackURI("/word/footnotes.xml"), kind, notes.encode(), part.package)
        part.relate_to(added, RT.FOOTNOTES)
        paragraph = (
            f'<w:p {NS}><w:r><w:t>Điều 1</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r><w:r>'
            '<w:t>. Giả định</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
        )
        document.element.body.insert(0, parse_xml(paragraph))

    extracted = read_docx(make_docx(fill))
    assert extracted.lines[0].text == "Điều 1[1]. Giả định[2]"
    assert extracted.footnotes == ("Chú thích một", "Chú thích hai")
