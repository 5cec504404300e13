"""Reports and drafts as Word documents in the form of Nghị định 30/2020/NĐ-CP, Phụ lục I.

A4; margins 20 mm above and below, 30 left, 20 right; Times New Roman, black; number of the page on
top in the middle, not on the first; wide tables on pages laid across (mục I.2 and I.3 there).
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from docx import Document
from docx.document import Document as Word
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Emu, Length, Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from kb.documents import Document as Paper
from kb.rollover import Draft, bases_of, said_of
from web.exports import Sheet, plain
from web.words import item as called

_FONT = "Times New Roman"
_CENTRE = WD_ALIGN_PARAGRAPH.CENTER
_SHORT, _LONG = Mm(210), Mm(297)
# Characters; longer words, addresses, are broken.
_LEAST, _LONGEST_WORD, _MOST_MEAN = 7, 14, 200


def write_report(tables: Sequence[Sheet], paper: Paper) -> bytes:
    """Every table under its heading, with all of its rows."""
    word = _new(paper, "BC")
    _line(word, "BÁO CÁO", bold=True, centred=True)
    _line(word, f"Căn cứ của Kế hoạch {paper.number}", bold=True, centred=True)
    _line(word, paper.title, centred=True)
    for n, table in enumerate(tables):
        if n == 1:
            _across(word)
        word.add_heading(f"{n + 1}. {table.title}", 2)
        if table.rows:
            _table(word, table)
        else:
            _line(word, "Không có.")
    return to_bytes(word)


def write_draft(draft: Draft) -> bytes:
    """The items as they were, and first of all what a person must decide."""
    word = _new(draft.document, "KH")
    _line(word, "KẾ HOẠCH (BẢN NHÁP, CHƯA DUYỆT)", bold=True, centred=True)
    _line(word, draft.document.title, bold=True, centred=True)
    _line(word, f"Chép từ Kế hoạch {draft.document.number} cho năm {draft.year}; câu chữ giữ "
          "nguyên, chưa sửa gì.", italic=True, centred=True)  # fmt: skip
    word.add_heading(f"Việc phải quyết định ({draft.open})", 2)
    for ask in draft.asks:
        _bullet(word, ask.what)
    for basis, asks in draft.bases:
        for ask in asks:
            where = f"{basis.name} {basis.place}".strip()
            _bullet(word, f"{where}: {ask.what}")
    for item in draft.items:
        for ask in item.asks:
            _bullet(word, f"{called(item.item.id)}: {ask.what}")
    word.add_heading("Căn cứ, xét lại từng văn bản", 2)
    for basis, _ in draft.bases:
        _bullet(word, said_of(basis))
    word.add_heading("Nội dung", 2)
    for item in draft.items:
        words = f"{item.item.marker} {item.item.text}".strip()
        _line(word, words, bold=item.item.parent is None)
        if item.item.beside:
            _line(word, item.item.beside).paragraph_format.left_indent = Mm(10)
        for basis in bases_of(item):
            line = _line(word, f"Căn cứ: {said_of(basis)}", italic=True)
            line.paragraph_format.left_indent = Mm(10)
    return to_bytes(word)


def _new(paper: Paper, code: str) -> Word:
    word = blank()
    _letterhead(word, paper, code)
    return word


def blank() -> Word:
    """An empty paper of that form."""
    word = Document()
    style = word.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(13)
    for name in ("Normal", "Heading 2", "List Bullet"):
        fonts = word.styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        for key in list(fonts.attrib):
            del fonts.attrib[key]
        for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(kind), _FONT)
    heading = word.styles["Heading 2"]
    heading.font.size, heading.font.bold = Pt(13), True
    heading.font.color.rgb = None
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    style.element.get_or_add_rPr().append(language)
    page = word.sections[0]
    page.page_width, page.page_height = _SHORT, _LONG
    page.top_margin = page.bottom_margin = Mm(20)
    page.left_margin, page.right_margin = Mm(30), Mm(20)
    page.different_first_page_header_footer = True
    _page_number(page.header.paragraphs[0])
    return word


def _letterhead(word: Word, paper: Paper, code: str) -> None:
    """Issuer and number on the left, the State's name, motto, place and date on the right."""
    table = two_columns(word, 2, (Mm(65), Mm(95)))
    left, right = table.rows[0].cells
    _put(left, (paper.issuer or "(TÊN CƠ QUAN)").upper(), 12, bold=True)
    _put(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, bold=True)
    motto = _put(right, "Độc lập - Tự do - Hạnh phúc", 13, bold=True, more=True)
    motto.runs[0].underline = True  # stands for the line as long as the words (mục II.1)
    number, day = table.rows[1].cells
    _put(number, f"Số: …/{code}-…", 13)
    _put(day, f"{paper.place or '…'}, ngày … tháng … năm …", 13, italic=True)
    word.add_paragraph()


def two_columns(word: Word, rows: int, widths: tuple[Length, Length]) -> Table:
    """A table of two columns of these *widths*, without rules."""
    table: Table = word.add_table(rows, 2)
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width
    return table


def _put(
    cell: _Cell, words: str, size: int, *, bold: bool = False, italic: bool = False,
    more: bool = False,
) -> Paragraph:  # fmt: skip
    line: Paragraph = cell.add_paragraph() if more else cell.paragraphs[0]
    line.alignment = _CENTRE
    run = line.add_run(plain(words))
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    return line


def _line(
    word: Word, words: str, *, bold: bool = False, italic: bool = False, centred: bool = False
) -> Paragraph:
    line = word.add_paragraph()
    run = line.add_run(plain(words))
    run.bold, run.italic = bold, italic
    if centred:
        line.alignment = _CENTRE
    return line


def _bullet(word: Word, words: str) -> None:
    word.add_paragraph(plain(words), style="List Bullet")


def _across(word: Word) -> None:
    page = word.add_section(WD_SECTION.NEW_PAGE)
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = _LONG, _SHORT
    page.different_first_page_header_footer = False


def _page_number(line: Paragraph) -> None:
    line.alignment = _CENTRE
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = line.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = words
        run._r.append(mark)


def _table(word: Word, table: Sheet) -> None:
    """Rows made as XML: python-docx looks through the whole table for each cell it is asked for."""
    made = word.add_table(0, len(table.header))
    made.style = "Table Grid"
    made.autofit = False
    page = word.sections[-1]
    room = (page.page_width or 0) - (page.left_margin or 0) - (page.right_margin or 0)
    widths = [round(room * share) for share in _shares(table)]
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Emu(width)
    for number, row in enumerate((table.header, *table.rows)):
        line, rules = OxmlElement("w:tr"), OxmlElement("w:trPr")
        rules.append(OxmlElement("w:cantSplit"))
        if number == 0:
            rules.append(OxmlElement("w:tblHeader"))
        line.append(rules)
        for words, width in zip(row, widths, strict=True):
            line.append(_cell(words, width, bold=number == 0))
        made._tbl.append(line)
    word.add_paragraph()


def _shares(table: Sheet) -> list[float]:
    """What part of the page each column takes: by the longest word that may not break and by how
    much its cells hold."""
    needs = []
    for x in range(len(table.header)):
        cells = [row[x] for row in (table.header, *table.rows)]
        word = max((len(word) for cell in cells for word in cell.split()), default=1)
        mean = sum(map(len, cells)) / len(cells)
        needs.append(max(min(word, _LONGEST_WORD), _LEAST, min(mean, _MOST_MEAN) ** 0.75))
    return [need / sum(needs) for need in needs]


def _cell(words: str, width: int, *, bold: bool) -> BaseOxmlElement:
    """*width* in EMU; Word counts in twentieths of a point."""
    cell, line, run = OxmlElement("w:tc"), OxmlElement("w:p"), OxmlElement("w:r")
    shape, wide = OxmlElement("w:tcPr"), OxmlElement("w:tcW")
    wide.set(qn("w:w"), str(round(Emu(width).pt * 20)))
    wide.set(qn("w:type"), "dxa")
    shape.append(wide)
    cell.append(shape)
    rules, size = OxmlElement("w:rPr"), OxmlElement("w:sz")
    size.set(qn("w:val"), "22")  # half points
    if bold:
        rules.append(OxmlElement("w:b"))
    rules.append(size)
    text = OxmlElement("w:t")
    text.text = words
    text.set(qn("xml:space"), "preserve")
    run.append(rules)
    run.append(text)
    line.append(run)
    cell.append(line)
    return cell


def to_bytes(word: Word) -> bytes:
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()
