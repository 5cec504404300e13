"""Word 97 files (.doc) → lines, by antiword or LibreOffice, whichever keeps all there is.

antiword takes a fiftieth of LibreOffice's time, but drops automatic numbers and text boxes and cuts
cells of tables. What the file has of these stands in the table at its head ([MS-DOC] 2.5, the FIB)
and in antiword's own print. Only a paper that has none is antiword's; it reads the others where
there is no LibreOffice, and then says what may be missing.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ingest import Extracted
from ingest.extract.docx import read_docx
from ingest.extract.lines import Draft, place
from ingest.extract.office import convert, libreoffice
from ingest.extract.programs import ConversionFailed, found, run, workplace
from ingest.sniff import DOC
from kb.errors import UnreadableFile
from kb.findings import Finding, Severity

_SECTOR = 512
_MAGIC, _WORD97 = 0xA5EC, 0x00C1
_ENCRYPTED = 0x0100
# What antiword loses or moves, and where the FIB says how much of it there is.
_PARTS = (
    ("số thứ tự tự động", 750), ("chữ trong khung", 100), ("cước chú", 80), ("chú thích cuối", 96)
)  # fmt: skip
_FIB_SIZE = 898


@dataclass(frozen=True, slots=True)
class Holds:
    """What a .doc says it has: ``parts`` are those antiword cannot keep in their place."""

    encrypted: bool = False
    parts: tuple[str, ...] = tuple(name for name, _ in _PARTS)


def read_doc(content: bytes) -> Extracted:
    """Raises ``UnreadableFile``: ``doc-password``; ``format-doc`` where no program is installed
    that reads it; ``doc-broken`` where none of those installed can."""
    holds = what_it_holds(content)
    if holds.encrypted:
        raise UnreadableFile(
            "doc-password",
            "Tệp Word có mật khẩu.",
            "Mở tệp bằng mật khẩu, bỏ mật khẩu, lưu rồi nạp lại.",
        )
    paper = _printed(content)
    if paper is not None and not holds.parts and not any("|" in line for line in paper):
        return Extracted(place(map(Draft, paper)), DOC)
    try:
        return replace(read_docx(convert(content, "doc")), media_type=DOC)
    except (ConversionFailed, UnreadableFile) as error:
        if paper is not None:
            return Extracted(place(_with_cells(paper)), DOC, findings=_lost(holds))
        if antiword() is None and libreoffice() is None:
            raise UnreadableFile(
                "format-doc",
                "Tệp Word đời cũ (.doc); máy này chưa có chương trình để đọc.",
                "Cài LibreOffice (libreoffice.org; trên Debian: apt install "
                "libreoffice-writer-nogui antiword) rồi nạp lại, hoặc mở tệp bằng Word và lưu "
                "thành DOCX.",
            ) from error
        raise UnreadableFile(
            "doc-broken",
            "Tệp Word đời cũ (.doc) bị hỏng hoặc không đúng chuẩn, không đọc được.",
            "Mở tệp bằng Word hoặc LibreOffice để sửa, lưu thành DOCX rồi nạp lại.",
        ) from error


def antiword() -> str | None:
    """Path of antiword, None where it is not installed."""
    return found("antiword", r"C:\antiword\antiword.exe")


def what_it_holds(content: bytes) -> Holds:
    """Read from the FIB; where there is none of Word 97, all is possible."""
    for at in range(_SECTOR, len(content) - _FIB_SIZE, _SECTOR):
        magic, version = struct.unpack_from("<HH", content, at)
        if magic == _MAGIC:
            break
    else:
        return Holds()
    (flags,) = struct.unpack_from("<H", content, at + 10)
    encrypted = bool(flags & _ENCRYPTED)
    if version < _WORD97:
        return Holds(encrypted)
    sizes = ((name, struct.unpack_from("<I", content, at + offset)[0]) for name, offset in _PARTS)
    return Holds(encrypted, tuple(name for name, size in sizes if size))


def _printed(content: bytes) -> list[str] | None:
    """antiword's lines, as the paper breaks them; None where it is not installed, refuses the file
    or finds no text."""
    program = antiword()
    if program is None:
        return None
    with workplace() as folder:
        (folder / "paper.doc").write_bytes(content)
        try:
            code, printed = run([program, "-m", "UTF-8.txt", "-w", "0", "paper.doc"], folder)
        except ConversionFailed:
            return None
        text = printed.read_bytes().decode("utf-8", "replace")
    lines = [line.strip(" ") for line in text.split("\n")]
    return lines if code == 0 and any(lines) else None


def _with_cells(lines: Iterable[str]) -> Iterator[Draft]:
    """Rows as printed: a cell of several lines is several rows."""
    table, row = 0, -1
    for line in lines:
        if "|" not in line:
            row = -1
            yield Draft(line)
            continue
        row += 1
        table += row == 0
        for column, text in enumerate(line.strip("|").split("|")):
            yield Draft(text.strip(), cell=(table, row, column))


def _lost(holds: Holds) -> tuple[Finding, ...]:
    parts = "".join(f", {part}" for part in holds.parts)
    return (
        Finding(
            "doc-part-lost", Severity.WARNING,
            f"Đọc bằng antiword nên có thể thiếu hoặc sai chỗ: ô của bảng{parts}.",
            "Cài LibreOffice rồi nạp lại, hoặc mở tệp bằng Word và lưu thành DOCX.",
        ),
    )  # fmt: skip
