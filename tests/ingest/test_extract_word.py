"""Word 97, RTF, OpenDocument and web archives: the same paper with the same labels and cells."""

from __future__ import annotations

import base64
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from docx.document import Document
from docx.oxml import parse_xml

from ingest import Extracted, RawFile
from ingest.extract import doc, extract, office, programs
from ingest.extract.doc import what_it_holds
from ingest.extract.rtf import read_rtf
from kb.errors import UnreadableFile

needs_office = pytest.mark.skipif(
    office.libreoffice() is None, reason="máy này không có LibreOffice"
)
needs_antiword = pytest.mark.skipif(doc.antiword() is None, reason="máy này không có antiword")

PROSE = [
    "Căn cứ Luật Giả Định năm 2030;", "Điều 1. Phạm vi điều chỉnh",
    "1. Văn bản này quy định việc giả định.", "a) Một việc;", "Điều 2. Hiệu lực",
]  # fmt: skip


def prose(document: Document) -> None:
    for text in PROSE:
        document.add_paragraph(text)


def with_list(document: Document) -> None:
    prose(document)
    for text in ("Việc thứ nhất", "Việc thứ hai"):
        document.add_paragraph(text, style="List Number")


def with_table_and_list(document: Document) -> None:
    table = document.add_table(2, 2)
    table.cell(0, 0).text = "TRƯỜNG GIẢ ĐỊNH"
    table.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    table.cell(1, 0).text = "Số: 1/KH-TGĐ"
    with_list(document)


def said(extracted: Extracted) -> list[str]:
    return [line.text.strip() for line in extracted.lines if line.text.strip()]


@pytest.fixture
def make_doc(make_docx: Callable[..., bytes]) -> Callable[..., bytes]:
    def make(fill: Callable[[Document], None], ending: str = "doc") -> bytes:
        return office.convert(make_docx(fill), "docx", ending)

    return make


@needs_office
def test_doc_and_docx_of_one_paper_read_alike(
    make_doc: Callable[..., bytes], make_docx: Callable[..., bytes]
) -> None:
    old = extract(RawFile(make_doc(with_table_and_list), "van-ban.doc"))
    new = extract(RawFile(make_docx(with_table_and_list), "van-ban.docx"))
    assert said(old) == said(new)
    assert [line.cell for line in old.lines if line.text] == [
        line.cell for line in new.lines if line.text
    ]
    assert old.media_type == "application/msword"
    assert not old.findings


@needs_office
@needs_antiword
def test_antiword_reads_what_it_can_and_libreoffice_the_rest(
    make_doc: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def long(fill: Callable[[Document], None]) -> bytes:
        # antiword refuses a file of a few lines only.
        return make_doc(lambda document: [fill(document) for _ in range(9)])

    plain, numbered = long(prose), long(with_table_and_list)
    assert what_it_holds(numbered).parts == ("số thứ tự tự động",)
    asked: list[str] = []

    def refuse(content: bytes, given: str) -> bytes:
        asked.append(given)
        raise programs.ConversionFailed("not in this test")

    monkeypatch.setattr(doc, "convert", refuse)
    monkeypatch.setattr(doc, "what_it_holds", lambda _: doc.Holds(False, ()))
    assert said(extract(RawFile(plain, "a.doc"))) == PROSE * 9
    assert not asked
    table = extract(RawFile(numbered, "a.doc"))
    assert asked == ["doc"]
    # Without LibreOffice the cells are what antiword prints, and that is told.
    assert next(line.text for line in table.lines if line.cell and line.cell[2] == 1) == (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    )
    assert [finding.code for finding in table.findings] == ["doc-part-lost"]
    monkeypatch.undo()
    monkeypatch.setattr(doc, "convert", refuse)
    (finding,) = extract(RawFile(numbered, "a.doc")).findings
    assert "số thứ tự tự động" in finding.message


NUMBERED = (
    # level, list: the second list of one abstract goes on, the third starts anew
    (0, 1), (1, 1), (2, 1), (3, 1), (3, 1), (2, 1), (1, 1), (2, 1), (0, 1), (1, 1), (4, 1), (5, 1),
    (1, 2), (2, 2), (3, 2), (1, 3), (2, 3), (3, 3), (3, 3), (1, 1), (2, 1),
)  # fmt: skip


def numbered_like_a_law(document: Document) -> None:
    """Chapters, articles, clauses, points, a list that starts anew by an override, and paragraphs
    that have their number from a style. No ``lvlRestart`` and no ``isLgl``: LibreOffice does not
    know them, Word does, and so do we (``test_extract_docx``)."""

    def level(at: int, form: str, text: str) -> str:
        return (
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
        )

    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    levels = (
        level(0, "upperRoman", "Chương %1"),
        level(1, "decimal", "Điều %2."),
        level(2, "decimal", "%3."), level(3, "lowerLetter", "%4)"),
        level(4, "decimal", "%2.%3.%5"), level(5, "lowerRoman", "(%6)"),
    )  # fmt: skip
    numbering = document.part.numbering_part.element
    abstract = f'<w:abstractNum {space} w:abstractNumId="90">{"".join(levels)}</w:abstractNum>'
    numbering.insert(0, parse_xml(abstract))
    over = '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="7"/></w:lvlOverride>'
    for number, inside in ((1, ""), (2, ""), (3, over)):
        numbering.append(
            parse_xml(
                f'<w:num {space} w:numId="{90 + number}"><w:abstractNumId w:val="90"/>{inside}'
                "</w:num>"
            )
        )
    for at, number in NUMBERED:
        paragraph = document.add_paragraph("giả định")
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = at
        properties.get_or_add_numId().val = 90 + number
    for _ in range(2):
        document.add_paragraph("giả định", style="List Number")


@needs_office
def test_numbers_are_those_libreoffice_prints(make_docx: Callable[..., bytes]) -> None:
    content = make_docx(numbered_like_a_law)
    printed = office.convert(content, "docx", "txt").decode("utf-8-sig")
    theirs = [" ".join(line.split()) for line in printed.splitlines() if line.strip()]
    ours = [" ".join(line.split()) for line in said(extract(RawFile(content, "a.docx")))]
    assert ours == theirs
    assert ours[:3] == ["Chương I giả định", "Điều 1. giả định", "1. giả định"]


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NO_DOC = OLE + "WordDocument".encode("utf-16-le").ljust(3000, b"\0")


def test_without_a_converter_the_reader_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(programs.shutil, "which", lambda _: None)
    monkeypatch.setattr(programs.Path, "is_file", lambda _: False)
    with pytest.raises(UnreadableFile) as caught:
        extract(RawFile(NO_DOC, "a.doc"))
    assert caught.value.code == "format-doc"
    assert "LibreOffice" in caught.value.hint
    assert "DOCX" in caught.value.hint


@needs_office
def test_a_broken_doc_is_told() -> None:
    with pytest.raises(UnreadableFile) as caught:
        extract(RawFile(NO_DOC, "a.doc"))
    assert caught.value.code == "doc-broken"


@needs_office
def test_opendocument_is_read(make_doc: Callable[..., bytes]) -> None:
    extracted = extract(RawFile(make_doc(with_list, "odt"), "van-ban.odt"))
    assert said(extracted) == [*PROSE, "1. Việc thứ nhất", "2. Việc thứ hai"]
    assert extracted.media_type == "application/vnd.oasis.opendocument.text"


def test_a_program_that_does_not_end_is_ended(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(programs, "_SECONDS", 0.5)
    began = time.monotonic()
    with pytest.raises(programs.ConversionFailed):
        programs.run([sys.executable, "-c", "import time; time.sleep(60)"], tmp_path)
    assert time.monotonic() - began < 10


@pytest.mark.skipif(sys.platform == "win32", reason="Windows không giới hạn cỡ tệp theo tiến trình")
def test_a_program_that_writes_without_end_is_ended(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(programs, "_MOST", 100_000)
    code, printed = programs.run(
        [sys.executable, "-c", "while True: print('x' * 10_000, flush=True)"], tmp_path
    )
    assert code != 0
    assert printed.stat().st_size <= 100_000


def rtf(body: str, head: str = "") -> bytes:
    escaped = "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in body)
    return (
        r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Times;}}" + head + escaped + "}"
    ).encode()


def test_rtf_paragraphs_numbers_and_soft_breaks() -> None:
    body = (
        r"Điều 1. Giả định\par {\pntext\f0 1.\tab}Khoản một\par {\listtext a)\tab}Điểm a"
        r"\line dòng mềm\par\pard Hết"
    )
    assert said(read_rtf(rtf(body))) == [
        "Điều 1. Giả định", "1.\tKhoản một", "a)\tĐiểm a", "dòng mềm", "Hết",
    ]  # fmt: skip


def test_rtf_tables_come_cell_by_cell() -> None:
    body = (
        r"Trước\par\trowd\cellx1\pard\intbl TRƯỜNG\par GIẢ ĐỊNH\cell CỘNG HÒA\cell "
        r"{\trowd\cellx1\row}\trowd\pard\intbl Số: 1\cell\cell\row\pard\intbl Ba\cell\row"
        r"\pard Sau\par"
    )
    found = [(line.text, line.cell) for line in read_rtf(rtf(body)).lines if line.text]
    assert found == [
        ("Trước", None), ("TRƯỜNG", (1, 0, 0)), ("GIẢ ĐỊNH", (1, 0, 0)), ("CỘNG HÒA", (1, 0, 1)),
        ("Số: 1", (1, 1, 0)), ("Ba", (1, 2, 0)), ("Sau", None),
    ]  # fmt: skip


def test_rtf_footnotes_stand_apart() -> None:
    body = (
        r"Điều 1{\super\chftn}{\footnote\pard{\super\chftn} Cước chú {\b giả định} \{1\}}. Phạm vi"
        r"\par Điều 2{\*\footnote hai}\par"
    )
    extracted = read_rtf(rtf(body))
    assert said(extracted) == ["Điều 1[1]. Phạm vi", "Điều 2[2]"]
    assert extracted.footnotes == ("Cước chú giả định {1}", "hai")


def test_rtf_of_an_old_font_is_read() -> None:
    typed = "C«ng v¨n gi¶ ®Þnh cña ñy ban nh©n d©n huyÖn vÒ kho¶n thu cña tr\u00adêng"
    escaped = "".join(c if ord(c) < 128 else f"\\'{ord(c):02x}" for c in typed)
    extracted = extract(RawFile(rtf(escaped), "cu.doc"))
    assert extracted.text == "Công văn giả định của ủy ban nhân dân huyện về khoản thu của trường"
    assert [finding.code for finding in extracted.findings] == ["legacy-converted", "name-misleads"]


def test_a_web_archive_is_read() -> None:
    page = "<html><p>Căn cứ Luật Giả Định;</p><p>Điều 1. Giả định</p></html>"
    archive = (
        b"From: <Saved by a browser>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n"
        b'\tboundary="----x"\n\n------x\nContent-Type: text/html; charset=utf-16le\n'
        b"Content-Transfer-Encoding: base64\n\n"
    )
    archive += base64.encodebytes(page.encode("utf-16-le")) + b"\n------x--\n"
    extracted = extract(RawFile(archive, "trang.mht"))
    assert said(extracted) == ["Căn cứ Luật Giả Định;", "Điều 1. Giả định"]
    assert extracted.media_type == "multipart/related"


@needs_office
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="cần /proc để đếm tiến trình")
def test_a_converter_ends_with_its_reader(make_doc: Callable[..., bytes], tmp_path: Path) -> None:
    """The reading child's group is killed as a whole, LibreOffice with it."""
    (tmp_path / "a.doc").write_bytes(make_doc(with_list))
    code = (
        "from pathlib import Path; from ingest.extract import office\n"
        "office.convert(Path('a.doc').read_bytes(), 'doc')"
    )
    root = str(Path(__file__).parents[2])
    reader = subprocess.Popen(
        [sys.executable, "-c", code], cwd=tmp_path,
        env={"PYTHONPATH": root, "PATH": "/usr/bin", "TMPDIR": str(tmp_path)},
        start_new_session=True,
    )  # fmt: skip

    def members() -> list[int]:
        found = []
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[2]) == reader.pid and fields[0] != "Z":
                found.append(int(stat.parent.name))
        return found

    deadline = time.monotonic() + 30
    while len(members()) < 2 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(members()) >= 2
    os.killpg(reader.pid, signal.SIGKILL)
    reader.wait()
    while members() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert members() == []
