"""Bad files: each has its own reason and says what to do."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import RawFile
from ingest.extract import extract
from kb.errors import UnreadableFile

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)

# The head of a Word 97 file ([MS-DOC] 2.5): magic, version, and among the flags "encrypted".
LOCKED_DOC = OLE[:8] + "WordDocument".encode("utf-16-le").ljust(504, b"\0")
LOCKED_DOC += struct.pack("<HH6xH", 0xA5EC, 0x00C1, 0x0100).ljust(2000, b"\0")


def _zip(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


CASES: dict[str, tuple[bytes, str, str]] = {
    "empty": (b"", "a.txt", "empty"),
    "only spaces": ("\ufeff \r\n\t\n".encode(), "a.docx", "empty"),
    "only no-break spaces": ("\u00a0\u3000\n".encode(), "a.txt", "no-text"),
    "no html text": (b"<html><body><p></p></body></html>", "a.html", "html-no-document"),
    "cut pdf": (b"%PDF-1.4\n1 0 obj << /Type", "a.pdf", "pdf-broken"),
    "zip as docx": (_zip({"ghi-chu.txt": b"x"}), "a.docx", "docx-not-word"),
    "zip": (_zip({"ghi-chu.txt": b"x"}), "a.zip", "format-zip"),
    "docx without parts": (_zip({"word/document.xml": b"<x/>"}), "a.docx", "docx-broken"),
    "bomb": (_zip({"word/document.xml": bytes(60_000_000)}), "a.docx", "docx-bomb"),
    "many entries": (
        _zip({"word/document.xml": b"x"} | {f"word/{n}": b"" for n in range(5_001)}),
        "a.docx",
        "docx-bomb",
    ),
    "old office": (OLE, "a.doc", "format-doc"),
    "doc with password": (LOCKED_DOC, "a.doc", "doc-password"),
    "docx with password": (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", "docx-password"),
    "empty rtf": (b"{\\rtf1 {\\info abc}}", "a.rtf", "no-text"),
    "rtf with an odd number": (b"{\\rtf1 \\u9999999999 abc}", "a.rtf", "rtf-broken"),
    "archive without a page": (
        b"MIME-Version: 1.0\nContent-Type: text/css\n\np {}",
        "a.mht",
        "mhtml-empty",
    ),
    "sheet": (_zip({"xl/workbook.xml": b"<x/>"}), "a.xlsx", "format-sheet"),
    "image": (b"GIF89a" + bytes(50), "a.gif", "format-image"),
    "broken image": (b"\x89PNG\r\n\x1a\n" + bytes(50), "a.png", "image-broken"),
    "unknown": (bytes(range(256)) * 3, "a.bin", "format-unknown"),
    "blocked page": (
        b"<html><title>Attention Required! | Cloudflare</title><p>Sorry, you have been blocked",
        "a.html",
        "html-blocked",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_refused_with_reason_and_hint(case: str) -> None:
    content, name, code = CASES[case]
    with pytest.raises(UnreadableFile) as caught:
        extract(RawFile(content, name))
    assert caught.value.code == code
    assert len(str(caught.value)) > 10
    assert caught.value.hint.endswith(".")


def test_pdf_without_pages_with_password_or_only_pictures(
    make_pdf: Callable[..., bytes], sheet: type
) -> None:
    text = sheet([(80, 700, "Văn bản giả định có lớp chữ để kiểm thử")])
    for content, code in (
        (make_pdf([]), "pdf-empty"),
        (make_pdf([text], locked=True), "pdf-password"),
        (make_pdf([sheet(picture=True), sheet(picture=True)]), "pdf-scan"),
        (make_pdf([sheet()]), "pdf-scan"),
    ):
        with pytest.raises(UnreadableFile) as caught:
            extract(RawFile(content, "a.pdf"))
        assert caught.value.code == code
        assert caught.value.hint


def test_a_zip_entry_with_a_password_is_told(make_docx: Callable[..., bytes]) -> None:
    content = bytearray(make_docx(lambda document: document.add_paragraph("Văn bản giả định")))
    # Bit 0 of the general purpose flags, in every central directory entry (APPNOTE 4.4.4).
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 4)
    with pytest.raises(UnreadableFile) as caught:
        extract(RawFile(bytes(content), "a.docx"))
    assert caught.value.code == "docx-password"


def test_a_wrong_ending_is_read_by_content_and_told() -> None:
    paper = "<p>Căn cứ văn bản giả định;</p><p>Điều 1. Giả định</p>".encode()
    extracted = extract(RawFile(paper, "van-ban.DOC"))
    assert extracted.media_type == "text/html"
    (finding,) = extracted.findings
    assert finding.code == "name-misleads"
    assert ".doc" in finding.message
    assert "HTML" in finding.message
    assert not extract(RawFile(paper, "van-ban.html")).findings
    assert not extract(RawFile(paper, "van-ban-khong-duoi")).findings


HEADS = [
    b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<p>", OLE, b"{\\rtf1 ",
    b"{\\rtf1{\\fonttbl{\\f0 A;}}{\\footnote",
    b"MIME-Version: 1.0\nContent-Type: text/html; charset=x\n\n",
]  # fmt: skip


@given(st.binary(max_size=200), st.sampled_from(HEADS))
def test_nothing_but_unreadable_file_is_raised(content: bytes, head: bytes) -> None:
    try:
        text = extract(RawFile(head + content, "a.pdf")).text
    except UnreadableFile as error:
        text = error.hint
    assert text.strip()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<html><body>" + b"<div>" * 20_000 + "Điều 1. Giả định".encode(), "html-deep"),
        ("Điều 1. Giả định\n".encode() * 1_500_000, "text-long"),
    ],
    ids=["khối lồng nhau", "chữ quá dài"],
)
def test_what_no_paper_is_like_is_refused_at_once(content: bytes, code: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        extract(RawFile(content, "a"))
    assert caught.value.code == code
