"""RTF → lines, through striprtf; tables cell by cell, footnotes apart.

striprtf leaves out footnotes and the printed numbers of old lists and has no cells. So before it
reads, footnotes are taken out, the numbers are given a name it keeps, and ends of cells and rows
become characters nobody uses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from striprtf.striprtf import rtf_to_text

from ingest import Extracted
from ingest.extract.lines import Draft, place
from ingest.sniff import RTF
from kb.errors import UnreadableFile

_CELL, _ROW, _BEGIN = "\ue000", "\ue001", "\ue002"
_SIGNS = (
    (re.compile(r"\\(?:nest)?cell(?![a-z0-9]) ?"), _CELL),
    (re.compile(r"\\(?:nest)?row(?![a-z0-9]) ?"), _ROW),
    (re.compile(r"\\trowd(?![a-z0-9]) ?"), _BEGIN),
    (re.compile(r"\\pntext(?![a-z0-9])"), r"\\listtext"),
)
_NOTE = re.compile(r"\{(?:\\\*)?\\footnote(?![a-z])")
_NOTE_MARK = re.compile(r"\\chftn(?![a-z])")
_BRACES = re.compile(r"\\[\\{}]|[{}]")
_SPLIT = re.compile(f"([\n{_CELL}{_ROW}{_BEGIN}])")


def read_rtf(content: bytes) -> Extracted:
    """Lines of an RTF file. Raises ``UnreadableFile`` (``rtf-broken``)."""
    # Bytes above ASCII are letters of the file's code page only where it escapes them.
    source = content.decode("latin-1")
    try:
        source, notes = _without_notes(source)
        lines = place(_drafts(_text(source)))
        footnotes = tuple(" ".join(_text(note).split()) for note in notes)
    except (ValueError, LookupError, TypeError, OverflowError) as error:
        raise UnreadableFile(
            "rtf-broken",
            "Tệp RTF bị hỏng hoặc không đúng chuẩn, không đọc được.",
            "Mở tệp bằng Word hoặc LibreOffice để sửa, lưu thành DOCX rồi nạp lại.",
        ) from error
    return Extracted(lines, RTF, footnotes=footnotes)


def _text(source: str) -> str:
    for pattern, sign in _SIGNS:
        source = pattern.sub(sign, source)
    return str(rtf_to_text(source, errors="replace"))


def _without_notes(source: str) -> tuple[str, list[str]]:
    """The source with ``[n]`` in place of each footnote, and their groups as RTF of their own."""
    kept: list[str] = []
    notes: list[str] = []
    # What a note needs to be read by itself: code page and fonts.
    fonts = re.search(r"\{\\fonttbl.{0,20000}?\}\}", source, re.DOTALL)
    head = source[: fonts.end()] if fonts else r"{\rtf1"
    at = 0
    for found in _NOTE.finditer(source):
        if found.start() < at:
            continue
        depth = 0
        for brace in _BRACES.finditer(source, found.start()):
            depth += {"{": 1, "}": -1}.get(brace[0], 0)
            if depth == 0:
                break
        else:
            break
        kept.append(_NOTE_MARK.sub("", source[at : found.start()]))
        body = _NOTE_MARK.sub("", source[found.end() : brace.end()])
        notes.append(f"{head}{{{body}}}}}")
        kept.append(f"[{len(notes)}]")
        at = brace.end()
    kept.append(source[at:])
    return "".join(kept), notes


def _drafts(text: str) -> Iterator[Draft]:
    """Lines outside tables as they are; in a row, those up to each cell's end are the cell's."""
    table, row, column = 0, -1, 0
    inside = False  # a row
    pending: list[str] = []  # lines under way: of no table, or of the cell that is not yet closed
    line = ""
    for piece in _SPLIT.split(text):
        if piece == "\n":
            pending.append(line)
            line = ""
        elif piece == _BEGIN and column == 0 and not inside:
            if line.strip():
                pending.append(line)
                line = ""
            yield from map(Draft, pending)
            if row < 0 or any(one.strip() for one in pending):
                table, row = table + 1, -1
            pending, inside = [], True
            row += 1
        elif piece == _CELL:
            if not inside:  # a row like the one before it needs no definition of its own
                table, row, inside = table + (row < 0), row + 1, True
            pending.append(line)
            cell = (table, row, column)
            yield from (Draft(one.strip(), cell=cell) for one in pending if one.strip())
            pending, line, column = [], "", column + 1
        elif piece == _ROW:
            pending, line, column, inside = [], "", 0, False
        elif piece not in (_BEGIN, ""):
            line += piece
    yield from map(Draft, [*pending, line])
