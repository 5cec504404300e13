"""DOCX → lines: paragraphs and tables in the order of the body, with the numbers Word prints.

python-docx opens the package; the body's XML is walked here, because its paragraphs know neither
tables, nor text boxes, nor automatic numbers, nor what a tracked change has deleted.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import parse_xml

from ingest import Extracted
from ingest.extract.docx_numbering import Numbering, W
from ingest.extract.lines import Draft, place
from ingest.sniff import DOCX
from kb.errors import UnreadableFile

# A bomb unpacks to far more than it weighs; laws of 300 pages were measured at 5-40 times.
_MAX_ENTRIES, _MAX_BYTES, _MAX_RATIO, _SMALL = 5_000, 400_000_000, 150, 20_000_000
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DELETED = frozenset(
    (W + "del", W + "moveFrom", W + "instrText", W + "delText", W + "rPr", W + "pPr", _FALLBACK)
)
_BREAKS = frozenset((W + "br", W + "cr"))
# TCVN3's ư is the soft hyphen; in other papers match text leaves it out.
_SIGNS = {W + "tab": "\t", W + "noBreakHyphen": "-", W + "softHyphen": "\u00ad"}
_NOTES = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes"}
_EDGES = (RT.HEADER, RT.FOOTER)
_OFF = ("0", "false", "off", "none")


def read_docx(content: bytes) -> Extracted:
    """Lines of a DOCX. Soft breaks begin a new line, a text box stands once behind its paragraph,
    each footnote leaves ``[n]`` in the text and stands apart in ``footnotes``; what stands at the
    head and foot of pages is in ``margins``, each once.

    Raises ``UnreadableFile``: ``docx-bomb``, ``docx-password``, ``docx-broken``.
    """
    _check_package(content)
    try:
        document = docx.Document(io.BytesIO(content))
        part = document.part
        body = part.element.body
        edges = [rel.target_part.element for rel in part.rels.values() if rel.reltype in _EDGES]
        related = {
            name: _related(part, kind)
            for name, kind in (
                ("numbering", RT.NUMBERING),
                ("styles", RT.STYLES),
                ("footnotes", RT.FOOTNOTES),
                ("endnotes", RT.ENDNOTES),
            )
        }
    except Exception as error:
        # A damaged package fails in zipfile, lxml or python-docx, each with errors of its own.
        raise _broken() from error
    numbering = Numbering(related["numbering"], related["styles"])
    walk = _Walk(numbering)
    lines = place(walk.blocks(body, None))
    notes = tuple(
        _note(related[kind], number, numbering)
        for kind, number in walk.notes
        if related[kind] is not None
    )
    margins = dict.fromkeys(_words(edge, numbering) for edge in edges)
    return Extracted(lines, DOCX, footnotes=notes, margins=tuple(filter(None, margins)))


def _check_package(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise _broken() from error
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableFile(
            "docx-password",
            "Tệp Word có mật khẩu.",
            "Mở tệp bằng mật khẩu, bỏ mật khẩu, lưu rồi nạp lại.",
        )
    size = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    too_dense = size > _SMALL and size / packed > _MAX_RATIO
    if len(entries) > _MAX_ENTRIES or size > _MAX_BYTES or too_dense:
        raise UnreadableFile(
            "docx-bomb",
            "Tệp bung ra lớn bất thường, không giống văn bản Word nên không mở.",
            "Mở tệp bằng Word, lưu thành tệp mới rồi nạp tệp mới.",
        )


def _broken() -> UnreadableFile:
    return UnreadableFile(
        "docx-broken",
        "Tệp Word bị hỏng hoặc không đúng chuẩn, không mở được.",
        "Mở tệp bằng Word hoặc LibreOffice để sửa, lưu thành DOCX rồi nạp lại.",
    )


def _related(part: Any, kind: str) -> Any | None:
    try:
        found = part.part_related_by(kind)
    except KeyError:
        return None
    element = getattr(found, "element", None)
    return element if element is not None else parse_xml(found.blob)


@dataclass(slots=True)
class _Walk:
    """A pass over the body; ``notes`` are the notes referred to, in order: (kind, w:id)."""

    numbering: Numbering
    notes: list[tuple[str, str]] = field(default_factory=list)
    tables: int = 0

    def blocks(
        self, parent: Any, cell: tuple[int, int, int] | None, reach: int = 1
    ) -> Iterator[Draft]:
        """Lines of what stands in *parent*; *cell* and *reach* as in ``Line``."""
        for child in parent:
            if child.tag == W + "p":
                yield from self.paragraph(child, cell, reach)
            elif child.tag == W + "tbl":
                yield from self.table(child)
            elif child.tag == W + "sdt":
                inside = child.find(W + "sdtContent")
                if inside is not None:
                    yield from self.blocks(inside, cell, reach)
            elif child.tag in (W + "customXml", W + "ins", W + "moveTo"):
                yield from self.blocks(child, cell, reach)

    def table(self, table: Any) -> Iterator[Draft]:
        self.tables += 1
        number = self.tables
        rows = [list(_row(element)) for element in _inside(table, "tr")]
        below = [{column for column, _, goes_on in row if goes_on} for row in rows]
        for row, cells in enumerate(rows):
            for column, item, goes_on in cells:
                # A cell merged with the one above it shows nothing of its own.
                if not goes_on:
                    end = row + 1
                    while _is_merged(item) and end < len(rows) and column in below[end]:
                        end += 1
                    yield from self.blocks(item, (number, row, column), end - row)

    def paragraph(
        self, paragraph: Any, cell: tuple[int, int, int] | None, reach: int = 1
    ) -> Iterator[Draft]:
        label = self.numbering.label(paragraph)
        chain = self.numbering.style_chain(paragraph)
        bold_style = _first_toggle([style.find(W + "rPr") for style in chain], "b")
        pieces: list[tuple[str, bool]] = []
        boxes: list[Any] = []
        self._inline(paragraph, pieces, boxes, bold_style)
        text = "".join(piece for piece, _ in pieces)
        letters = sum(len(piece.strip()) for piece, _ in pieces)
        strong = sum(len(piece.strip()) for piece, bold in pieces if bold)
        yield Draft(
            label + (text.lstrip(" \t") if label else text),
            None,
            letters > 0 and strong >= 0.8 * letters,
            _alignment(paragraph, chain) == "center",
            cell,
            reach=reach,
        )
        for box in boxes:
            yield from self.blocks(box, cell, reach)

    def _inline(
        self, parent: Any, pieces: list[tuple[str, bool]], boxes: list[Any], bold: bool
    ) -> None:
        """Text of runs, wherever hyperlinks, fields, insertions or tags put them."""
        stack: list[tuple[Any, bool]] = [(child, bold) for child in reversed(list(parent))]
        while stack:
            node, strong = stack.pop()
            tag = node.tag
            if not isinstance(tag, str) or tag in _DELETED:
                continue
            if tag == W + "t":
                pieces.append((node.text or "", strong))
            elif tag in _BREAKS:
                pieces.append(("\n", strong))
            elif tag in _SIGNS:
                pieces.append((_SIGNS[tag], strong))
            elif tag in _NOTES:
                self.notes.append((_NOTES[tag], node.get(W + "id", "")))
                pieces.append((f"[{len(self.notes)}]", strong))
            elif tag == W + "txbxContent":
                boxes.append(node)
            else:
                if tag == W + "r":
                    properties = node.find(W + "rPr")
                    if _toggle(properties, "vanish"):
                        continue
                    own = _toggle(properties, "b")
                    named = properties.find(W + "rStyle") if properties is not None else None
                    if own is None and named is not None:
                        chain = self.numbering.style(named.get(W + "val"))
                        own = _first_toggle([style.find(W + "rPr") for style in chain], "b") or None
                    strong = strong if own is None else own
                stack.extend((child, strong) for child in reversed(list(node)))


def _row(row: Any) -> Iterator[tuple[int, Any, bool]]:
    """The cells of a row: (column, the cell, does the one above go on in it?)."""
    column = _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
    for cell in _inside(row, "tc"):
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        yield column, cell, merged is not None and merged.get(W + "val") != "restart"
        column += _number(cell.find(f"{W}tcPr/{W}gridSpan"), 1)


def _is_merged(cell: Any) -> bool:
    return cell.find(f"{W}tcPr/{W}vMerge") is not None


def _number(element: Any | None, default: int) -> int:
    value = element.get(W + "val", "") if element is not None else ""
    return int(value) if value.isascii() and value.isdigit() else default


def _inside(parent: Any, name: str) -> Iterator[Any]:
    """Children of that name, also inside content controls and custom XML."""
    for child in parent:
        if child.tag == W + name:
            yield child
        elif child.tag in (W + "sdt", W + "sdtContent", W + "customXml"):
            yield from _inside(child, name)


def _toggle(properties: Any | None, name: str) -> bool | None:
    element = properties.find(W + name) if properties is not None else None
    return None if element is None else element.get(W + "val", "1") not in _OFF


def _first_toggle(levels: list[Any | None], name: str) -> bool:
    found = (_toggle(properties, name) for properties in levels)
    return bool(next((value for value in found if value is not None), False))


def _alignment(paragraph: Any, chain: list[Any]) -> str:
    for element in (paragraph, *chain):
        found = element.find(f"{W}pPr/{W}jc")
        if found is not None:
            return str(found.get(W + "val", ""))
    return ""


def _note(notes: Any, number: str, numbering: Numbering) -> str:
    for note in notes:
        if note.get(W + "id") == number:
            return _words(note, numbering)
    return ""


def _words(element: Any, numbering: Numbering) -> str:
    lines = place(_Walk(numbering).blocks(element, None))
    return "\n".join(line.text.strip() for line in lines if line.text.strip())
