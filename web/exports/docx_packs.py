"""A pack or a card as a Word document in the page form of Nghị định 30/2020/NĐ-CP, Phụ lục I, and
its seal in the document's own properties.

Properties are kept by Word and by LibreOffice when they save; Word cuts a property at 255 signs, so
the seal is cut before, into ``can-cu-dau-001``, ``-002`` and on.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from ingest.extract.docx import read_docx
from kb.dossiers.report import Form, Line, Report, Style
from kb.dossiers.seal import BrokenSeal, Seal, pack, seal_of, sealed_lines, unpack
from kb.errors import UnreadableFile
from web.exports import plain
from web.exports.docx import blank, to_bytes, two_columns

_NAME = "can-cu-dau"
_LONGEST = 240
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
# The one id there is for properties people make (ISO/IEC 29500-1, 22.3).
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_CENTRE = WD_ALIGN_PARAGRAPH.CENTER
_JUSTIFIED = WD_ALIGN_PARAGRAPH.JUSTIFY
_SIZES = {Form.PACK: 13, Form.CARD: 10}


def write_pack(report: Report) -> bytes:
    """The lines of a report, sealed. The same report gives the same words and the same seal."""
    word, size = blank(), _SIZES[report.form]
    if report.form is Form.CARD:
        page = word.sections[0]
        page.top_margin = page.bottom_margin = page.left_margin = page.right_margin = Mm(15)
    made = sealed_lines(report)
    head = [line for line in made if line.name == "head"]
    _head(word, head)
    rest = [line for line in made if line.name != "head"]
    for across, group in groupby(rest, key=lambda line: not line.column):
        some = list(group)
        if across:
            for line in some:
                _set(word.add_paragraph(), line, size)
        else:
            _columns(word, some, size)
    word.core_properties.title = plain(report.title)
    word.core_properties.author = plain(report.organisation)
    _carry(word, seal_of(report))
    return to_bytes(word)


def read_pack(content: bytes) -> tuple[Seal, str]:
    """The seal of a file and all the words it shows; raises ``BrokenSeal``.

    Words in running heads and feet are read too; what a file hides by its colour or size is not
    known for hidden.
    """
    try:
        shown = read_docx(content)
    except UnreadableFile as error:
        raise BrokenSeal(str(error), error.hint) from error
    word = docx.Document(io.BytesIO(content))
    parts = dict(_properties(word))
    if not parts:
        raise BrokenSeal("Tệp này không có dấu kiểm.",
                         "Chỉ kiểm được tệp do hồ sơ báo chí của Căn Cứ xuất ra.")  # fmt: skip
    seal = unpack("".join(parts[name] for name in sorted(parts)))
    said = [line.text for line in shown.lines]
    return seal, "\n".join([*said, *_around(word)])


def _head(word: Word, lines: Sequence[Line]) -> None:
    """Issuer on the left, the State's name and motto on the right."""
    cells = two_columns(word, 1, (Mm(65), Mm(95))).rows[0].cells
    used = [False, False]
    for line in lines:
        side = 0 if line.style is Style.ORGANISATION else 1
        cell = cells[side]
        _set(cell.add_paragraph() if used[side] else cell.paragraphs[0], line, 12)
        used[side] = True
    word.add_paragraph()


def _columns(word: Word, lines: Sequence[Line], size: int) -> None:
    cells = two_columns(word, 1, (Mm(60), Mm(120))).rows[0].cells
    for cell, side in zip(cells, ("left", "right"), strict=True):
        for at, line in enumerate(line for line in lines if line.column == side):
            _set(cell.paragraphs[0] if at == 0 else cell.add_paragraph(), line, size)


def _set(paragraph: Paragraph, line: Line, size: int) -> None:
    run = paragraph.add_run(plain(line.text))
    form, style = paragraph.paragraph_format, line.style
    form.space_before, form.space_after = Pt(0), Pt(4 if size > 10 else 2)
    run.font.size = Pt(size)
    run.bold = style in (
        Style.ORGANISATION, Style.NATION, Style.MOTTO, Style.TITLE, Style.HEADING, Style.CITATION
    )  # fmt: skip
    if style in (Style.ORGANISATION, Style.NATION, Style.MOTTO, Style.TITLE):
        paragraph.alignment = _CENTRE
        form.space_after = Pt(0)
    if style is Style.MOTTO:
        run.underline = True  # stands for the line as long as the words (Phụ lục I, mục II.1)
    elif style is Style.TITLE:
        run.font.size = Pt(14)
        form.space_after = Pt(2)
    elif style in (Style.HEADING, Style.CITATION):
        form.space_before, form.keep_with_next = Pt(8 if size > 10 else 5), True
    elif style is Style.QUOTE:
        paragraph.alignment = _JUSTIFIED
        form.left_indent = Mm(8 if size > 12 else 4)
    elif style is Style.SMALL:
        run.font.size, run.italic = Pt(size - 1), True
        form.left_indent = Mm(0) if not line.name.partition(" ")[2] else Mm(4)
    elif style is Style.PLAIN and not line.column:
        paragraph.alignment, form.first_line_indent = _JUSTIFIED, Mm(10)


def _carry(word: Word, seal: Seal) -> None:
    """The seal in the document's own properties."""
    text = pack(seal)
    parts = [text[at : at + _LONGEST] for at in range(0, len(text), _LONGEST)]
    rows = "".join(
        f'<property fmtid="{_FORMAT_ID}" pid="{n + 1}" name="{_NAME}-{n:03}">'
        f"<vt:lpwstr>{escape(part)}</vt:lpwstr></property>"
        for n, part in enumerate(parts, 1)
    )
    blob = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        f'<Properties xmlns="{_PROPERTIES}" xmlns:vt="{_VALUES}">{rows}</Properties>'
    ).encode()
    package = word.part.package
    kind = CONTENT_TYPE.OFC_CUSTOM_PROPERTIES
    part = Part(PackURI("/docProps/custom.xml"), kind, blob, package)
    package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)


def _properties(word: Word) -> Iterator[tuple[str, str]]:
    for relation in word.part.package.rels.values():
        if relation.reltype != RELATIONSHIP_TYPE.CUSTOM_PROPERTIES or relation.is_external:
            continue
        try:
            tree: Any = parse_xml(relation.target_part.blob)
        except SyntaxError as error:  # what lxml raises for broken XML is one
            raise BrokenSeal("Dấu kiểm trong tệp hỏng, không đọc được.",
                             "Xin lại tệp gốc từ nơi xuất.") from error  # fmt: skip
        for row in tree:
            name = row.get("name", "")
            if re.fullmatch(rf"{_NAME}-\d{{3,5}}", name):
                yield name, "".join(row.itertext())


def _around(word: Word) -> Iterator[str]:
    """Words of running heads and feet; a page number is none."""
    for section in word.sections:
        for edge in (section.header, section.footer, section.first_page_header,
                     section.first_page_footer):  # fmt: skip
            if edge.is_linked_to_previous:
                continue
            for paragraph in edge.paragraphs:
                words = " ".join(paragraph.text.split())
                if words and not words.isdigit():
                    yield words
