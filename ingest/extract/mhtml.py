"""A web archive (MHTML, RFC 2557), as browsers and Word save a page in one file → lines."""

from __future__ import annotations

import email
from dataclasses import replace

from ingest import Extracted
from ingest.extract.html import read_html
from ingest.sniff import HTML, MHTML
from kb.errors import UnreadableFile


def read_mhtml(content: bytes) -> Extracted:
    """The archive's first page. Raises as ``read_html``, and ``mhtml-empty`` where it has none."""
    for part in email.message_from_bytes(content).walk():
        page = part.get_payload(decode=True)
        if part.get_content_type() == HTML and isinstance(page, bytes):
            return replace(read_html(_in_utf8(page, part.get_content_charset())), media_type=MHTML)
    raise UnreadableFile(
        "mhtml-empty",
        "Tệp lưu trang web (MHTML) không có trang nào bên trong.",
        "Lưu lại trang dưới dạng HTML (“Trang web, chỉ HTML”) hoặc PDF rồi nạp lại.",
    )


def _in_utf8(page: bytes, charset: str | None) -> bytes:
    """The archive says a page's charset where the page itself may not."""
    try:
        return page.decode(charset).encode() if charset else page
    except (LookupError, UnicodeDecodeError):
        return page
