"""A file of any supported format → ``Extracted``; what cannot be read says what to do.

Each reader is one module and knows one format; here is only the choice, made by content.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath

from ingest import Extracted, RawFile
from ingest.extract.doc import read_doc
from ingest.extract.docx import read_docx
from ingest.extract.html import read_html
from ingest.extract.legacy import in_unicode
from ingest.extract.mhtml import read_mhtml
from ingest.extract.ocr import read_image
from ingest.extract.odt import read_odt
from ingest.extract.pdf import read_pdf
from ingest.extract.render import IMAGES
from ingest.extract.rtf import read_rtf
from ingest.extract.text import read_text
from ingest.extract.verdict import shares
from ingest.sniff import (
    DOC,
    DOCX,
    ENCRYPTED_OFFICE,
    HTML,
    MHTML,
    ODT,
    OLE,
    PDF,
    PPTX,
    RTF,
    TEXT,
    XLS,
    XLSX,
    XML,
    ZIP,
    sniff,
)  # fmt: skip
from kb.errors import UnreadableFile
from kb.findings import Finding, Severity

__all__ = ["extract"]

_READERS: dict[str, Callable[[bytes], Extracted]] = {
    TEXT: read_text,
    HTML: read_html,
    DOCX: read_docx,
    DOC: read_doc,
    RTF: read_rtf,
    ODT: read_odt,
    MHTML: read_mhtml,
}
# These may recognise text from pictures, which takes seconds a page and is told as it goes on.
_PAGED = {PDF: read_pdf} | dict.fromkeys(IMAGES, read_image)
_NAMES = {
    TEXT: "văn bản thuần (chữ không định dạng)",
    HTML: "trang web (HTML)",
    PDF: "PDF",
    DOCX: "Word (DOCX)",
    DOC: "Word đời cũ (DOC)",
    RTF: "RTF",
    ODT: "OpenDocument (ODT)",
    MHTML: "trang web lưu trong một tệp (MHTML)",
    **dict.fromkeys(IMAGES, "tệp ảnh"),
}
# What a name's ending promises.
_ENDINGS = {
    ".pdf": {PDF}, ".docx": {DOCX}, ".html": {HTML}, ".htm": {HTML}, ".txt": {TEXT}, ".md": {TEXT},
    ".doc": {DOC}, ".rtf": {RTF}, ".odt": {ODT}, ".mht": {MHTML}, ".mhtml": {MHTML},
    ".xlsx": {XLSX}, ".xls": {XLS},
}  # fmt: skip
# Vietnamese with words of other languages between; whole pages of it: ``extract.verdict``.
_SYLLABLES, _MARKED = 0.6, 0.08
_WORDS = 30  # from so many on, shares say something
_SAMPLE = 20_000  # characters of a text that are judged
_AS_DOCX = "Mở tệp bằng Word hoặc LibreOffice, lưu thành DOCX (hoặc PDF) rồi nạp lại."
_AS_PDF = "Lưu phần cần tra cứu thành PDF hoặc DOCX rồi nạp lại."
# media type: code, what it is, what to do
_REFUSED = {
    OLE: ("format-doc", "Tệp Office đời cũ, chương trình chưa đọc được.", _AS_DOCX),
    XLSX: ("format-sheet", "Tệp bảng tính Excel, chương trình chưa đọc được.", _AS_PDF),
    XLS: ("format-sheet", "Tệp bảng tính Excel đời cũ, chương trình chưa đọc được.", _AS_PDF),
    PPTX: ("format-slides", "Tệp trình chiếu PowerPoint, chương trình chưa đọc được.", _AS_PDF),
    XML: ("format-xml", "Tệp XML, không phải văn bản mà chương trình đọc được.", _AS_DOCX),
    ZIP: ("format-zip", "Tệp nén ZIP.", "Giải nén rồi nạp từng tệp bên trong."),
    ENCRYPTED_OFFICE: ("docx-password", "Tệp Word hoặc Excel có mật khẩu.",
                       "Mở tệp bằng mật khẩu, bỏ mật khẩu (Tệp ▸ Thông tin ▸ Bảo vệ), lưu rồi nạp "
                       "lại."),
}  # fmt: skip


def extract(raw: RawFile, progress: Callable[[int, int], None] | None = None) -> Extracted:
    """The lines of a file, read by what its content is; *progress* is told of each page that is
    recognised from its picture: (done, of how many), first of all (0, of how many).

    Raises ``UnreadableFile`` (codes: ``empty``, ``no-text``, ``text-…``, ``html-…``, ``pdf-…``,
    ``docx-…``, ``format-…``) with a message and a hint in Vietnamese.
    """
    if not raw.content.strip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n\f\v"):
        raise UnreadableFile(
            "empty", "Tệp rỗng, không có chữ nào.", "Tải lại tệp từ nguồn rồi nạp lại."
        )
    media = sniff(raw.content)
    paged, reader = _PAGED.get(media), _READERS.get(media)
    if paged is not None:
        extracted = paged(raw.content, progress)
    elif reader is not None:
        extracted = reader(raw.content)
    else:
        raise _refusal(media, _ending(raw))
    if not any(character.isalnum() for character in extracted.text):
        raise UnreadableFile(
            "no-text",
            "Tệp mở được nhưng bên trong không có chữ nào.",
            "Kiểm tra lại tệp; nếu nội dung là ảnh chụp thì cần bản có chữ (DOCX, PDF xuất từ "
            "Word).",
        )
    extracted = in_unicode(extracted)
    found = (*extracted.findings, *_misleading(raw, media), *_foreign(extracted.text))
    return replace(extracted, findings=found)


def _ending(raw: RawFile) -> str:
    return PurePath(raw.name).suffix.lower()


def _misleading(raw: RawFile, media: str) -> list[Finding]:
    ending = _ending(raw)
    if media in _ENDINGS.get(ending, {media}):
        return []
    return [
        Finding(
            "name-misleads", Severity.WARNING,
            f"Tên tệp có đuôi {ending} nhưng nội dung là {_NAMES[media]}; đã đọc theo nội dung.",
            "Đổi lại đuôi tệp cho đúng.",
            where=raw.name,
        )
    ]  # fmt: skip


def _foreign(text: str) -> list[Finding]:
    """Text whose marks were lost, or that was decoded twice, is no Vietnamese any more."""
    syllables, marked, words = shares(text[:_SAMPLE])
    if words < _WORDS or (syllables >= _SYLLABLES and marked >= _MARKED):
        return []
    return [
        Finding(
            "text-not-vietnamese", Severity.WARNING,
            "Phần lớn chữ trong tệp không phải tiếng Việt có dấu: có thể tệp bị sai bảng mã, mất "
            "dấu, hoặc viết bằng tiếng khác.",
            "Mở tệp xem chữ có đọc được không; nếu hỏng thì tải lại, hoặc lưu lại bằng UTF-8.",
        )
    ]  # fmt: skip


def _refusal(media: str, ending: str) -> UnreadableFile:
    if media == ZIP and ending == ".docx":
        return UnreadableFile(
            "docx-not-word",
            "Tệp có đuôi .docx nhưng bên trong là tệp nén ZIP thường hoặc đã hỏng, không phải văn "
            "bản Word.",
            "Nếu là tệp nén thì giải nén rồi nạp từng tệp; nếu không, tải lại bản gốc.",
        )
    if media.startswith("image/"):
        return UnreadableFile(
            "format-image",
            "Tệp ảnh thuộc loại chương trình không đọc.",
            "Lưu ảnh thành PNG, JPEG, TIFF hoặc PDF rồi nạp lại; tốt hơn nữa là tìm bản có chữ.",
        )
    if media in _REFUSED:
        return UnreadableFile(*_REFUSED[media])
    return UnreadableFile(
        "format-unknown",
        "Không nhận ra định dạng của tệp này.",
        "Chương trình đọc được DOCX, DOC, RTF, ODT, PDF, HTML và văn bản thuần; lưu sang một trong "
        "các dạng đó.",
    )
