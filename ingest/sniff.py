"""What a file is, told by its content; a name is only a name.

sniff(b"%PDF-1.7 …")            "application/pdf"
sniff("Điều 1. …".encode())     "text/plain"
"""

from __future__ import annotations

import io
import re
import zipfile

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ODT = "application/vnd.oasis.opendocument.text"
DOC = "application/msword"
XLS = "application/vnd.ms-excel"
OLE = "application/x-ole-storage"
ENCRYPTED_OFFICE = "application/x-encrypted-office"  # a DOCX or XLSX with a password
RTF = "application/rtf"
ZIP = "application/zip"
HTML = "text/html"
CODIFIED = "text/html;profile=phapdien"  # a heading of the codification: many documents in one file
MHTML = "multipart/related"
XML = "application/xml"
TEXT = "text/plain"
BINARY = "application/octet-stream"

_IMAGES = (
    (b"\x89PNG\r\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"BM", "image/bmp"),
)
# What a zip must hold to be more than a zip.
_PARTS = (
    ("word/document.xml", DOCX),
    ("xl/workbook.xml", XLSX),
    ("xl/workbook.bin", XLSX),
    ("ppt/presentation.xml", PPTX),
)
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Stream names in an OLE directory are UTF-16.
_STREAMS = (
    ("EncryptedPackage", ENCRYPTED_OFFICE),
    ("WordDocument", DOC),
    ("Workbook", XLS),
)
_HEAD = 4096  # bytes looked at for markup
_TAGS = re.compile(
    r"\s{0,200}(?:<!--.{0,2000}?-->\s{0,200}|<\?xml[^>]{0,200}\?>\s{0,200}){0,5}"
    r"<(?:!doctype\s{1,9}html|html|head|body|title|meta|link|style|script|base|div|p|br|span|table"
    r"|tr|td|h[1-6]|center|b|strong|i|em|font|a|ul|ol|li|section|article|main|header|form|img|pre"
    r"|blockquote)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_LATER = re.compile(r"<!doctype\s{1,9}html|<html[\s>]", re.IGNORECASE)
# Bytes below the space that no text has; tab, line ends and form feed are text.
_CONTROLS = bytes(set(range(0x20)) - {0x09, 0x0A, 0x0C, 0x0D, 0x1B, 0x02})


def sniff(content: bytes) -> str:
    """The media type; text of any encoding is ``text/plain``, what is nothing known
    ``application/octet-stream``. An empty file counts as text."""
    # The PDF standard allows 1,024 bytes of anything before the header.
    if b"%PDF-" in content[:1024]:
        return PDF
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(content)
    if content.startswith(_OLE_MAGIC):
        return _ole(content)
    if content.lstrip()[:5] == b"{\\rtf":
        return RTF
    for magic, media in _IMAGES:
        if content.startswith(magic) and (magic != b"BM" or b"\x00" in content[:64]):
            return media
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content[4:8] == b"ftyp" and content[8:12] in (b"heic", b"heix", b"mif1", b"avif"):
        return "image/heic"
    return _textual(content)


def _zipped(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            is_odt = "mimetype" in names and archive.getinfo("mimetype").file_size < 100
            odt = is_odt and archive.read("mimetype").strip() == ODT.encode()
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError, EOFError):
        # Cut off or damaged: what the reader of its name would make of it is not known.
        return ZIP
    if odt:
        return ODT
    return next((media for part, media in _PARTS if part in names), ZIP)


def _ole(content: bytes) -> str:
    for name, media in _STREAMS:
        if name.encode("utf-16-le") in content:
            return media
    return OLE


def _textual(content: bytes) -> str:
    head = content[:_HEAD]
    wide = wide_encoding(head)
    if wide:
        text = head[: len(head) // 4 * 4].decode(wide, "replace")
    elif b"\x00" in head or sum(byte in _CONTROLS for byte in head) > len(head) // 100:
        return BINARY
    else:
        text = head.decode("latin-1").removeprefix("ï»¿")
    if _TAGS.match(text) or _HTML_LATER.search(text[:1024]):
        return HTML
    if re.match(r"\s{0,99}<\?xml", text):
        return XML
    if re.match(r"(?:[\w-]{1,40}:[^\n]{0,400}\n){0,20}MIME-Version:", text, re.IGNORECASE):
        return MHTML
    return TEXT


def wide_encoding(content: bytes) -> str | None:
    """The codec of UTF-16 or UTF-32 text, by its mark or by where the zero bytes are."""
    for mark, codec in (
        (b"\xff\xfe\x00\x00", "utf-32"),
        (b"\x00\x00\xfe\xff", "utf-32"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if content.startswith(mark):
            return codec
    sample = content[:2000]
    if len(sample) < 8:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    # Vietnamese in UTF-16 has a zero high byte for ASCII letters, spaces and line ends.
    if odd > 0.4 * (len(sample) // 2) and even == 0:
        return "utf-16-le"
    if even > 0.4 * (len(sample) // 2) and odd == 0:
        return "utf-16-be"
    return None
