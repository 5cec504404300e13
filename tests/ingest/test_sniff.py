"""Content decides what a file is."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import sniff
from ingest.sniff import sniff as media_of


def _zip(**parts: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), text)
    return target.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


@pytest.mark.parametrize(
    ("content", "media"),
    [
        (b"%PDF-1.7\n", sniff.PDF),
        (b"\n junk of a mail gateway\n%PDF-1.4\n", sniff.PDF),
        (_zip(word__document_xml="<w/>"), sniff.DOCX),
        (_zip(xl__workbook_xml="<w/>"), sniff.XLSX),
        (_zip(ghi_chu="văn bản giả định"), sniff.ZIP),
        (b"PK\x03\x04 cut off", sniff.ZIP),
        (OLE + "WordDocument".encode("utf-16-le"), sniff.DOC),
        (OLE + "EncryptedPackage".encode("utf-16-le"), sniff.ENCRYPTED_OFFICE),
        (OLE, sniff.OLE),
        (b"{\\rtf1\\ansi", sniff.RTF),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("<!DOCTYPE html><p>Điều 1".encode(), sniff.HTML),
        ("\ufeff\n<link rel=x><h3>Đề mục</h3>".encode(), sniff.HTML),
        ("<!-- lưu từ trang --><HTML><body>".encode(), sniff.HTML),
        ("<html><p>Điều 1".encode("utf-16"), sniff.HTML),
        (b"<?xml version='1.0'?><html><p>", sniff.HTML),
        (b"<?xml version='1.0'?><record/>", sniff.XML),
        ("Điều 1. Văn bản giả định".encode(), sniff.TEXT),
        ("Điều 1. Văn bản giả định".encode("utf-16"), sniff.TEXT),
        ("Điều 1. Phạm vi: <p> là thẻ.".encode(), sniff.TEXT),
        ("BM-01 là mẫu biểu".encode(), sniff.TEXT),
        (("QUYẾT ĐỊNH giả định " * 20 + "\x03").encode(), sniff.TEXT),
        (b"", sniff.TEXT),
        (bytes(range(256)) * 4, sniff.BINARY),
        (b"MZ\x90\x00\x03\x00\x00\x00" * 20, sniff.BINARY),
    ],
)
def test_content_decides(content: bytes, media: str) -> None:
    assert media_of(content) == media


@given(st.binary(max_size=300))
def test_any_bytes_are_something(content: bytes) -> None:
    assert "/" in media_of(content)
    assert "/" in media_of(b"PK\x03\x04" + content)
