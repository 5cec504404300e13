"""OpenDocument text (.odt) → lines, by way of DOCX."""

from __future__ import annotations

from dataclasses import replace

from ingest import Extracted
from ingest.extract.docx import read_docx
from ingest.extract.office import convert, libreoffice
from ingest.extract.programs import ConversionFailed
from ingest.sniff import ODT
from kb.errors import UnreadableFile


def read_odt(content: bytes) -> Extracted:
    """Raises ``UnreadableFile``: ``format-odt`` without LibreOffice, ``odt-broken``."""
    try:
        return replace(read_docx(convert(content, "odt")), media_type=ODT)
    except ConversionFailed as error:
        if libreoffice() is None:
            raise UnreadableFile(
                "format-odt",
                "Tệp OpenDocument (.odt); máy này chưa có LibreOffice để đọc.",
                "Cài LibreOffice (libreoffice.org) rồi nạp lại, hoặc lưu tệp thành DOCX.",
            ) from error
        raise UnreadableFile(
            "odt-broken",
            "Tệp OpenDocument (.odt) bị hỏng, không mở được.",
            "Mở tệp bằng LibreOffice để sửa, lưu thành DOCX rồi nạp lại.",
        ) from error
