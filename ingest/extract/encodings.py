"""Bytes → text. Nothing is decoded on a guess: what is neither Unicode, nor of an old font, nor
plausible Vietnamese in Windows-1258 is refused."""

from __future__ import annotations

import re

from ingest.extract.legacy import Legacy, to_unicode, verdict
from ingest.sniff import wide_encoding
from kb.errors import UnreadableFile
from kb.text import nfc

_COMMON = (
    "và của các định được ngày năm tháng việt là nghị quyết công cộng hòa xã hội chủ độc lập "
    "nhà nước nhân dân về số điều khoản luật chính phủ trưởng bộ đến"
)
_UNICODE_WORDS = frozenset(_COMMON.split())
_WORDS = re.compile(r"[^\s.,;:()/\"]+")


def decode(content: bytes) -> tuple[str, Legacy | None]:
    """Composed text of bytes in UTF-8, UTF-16, UTF-32 or Windows-1258, or of an old font; and
    which that was.

    Raises ``UnreadableFile`` (``text-encoding``) for anything else.
    """
    wide = wide_encoding(content)
    try:
        text = content.decode(wide or "utf-8-sig")
        return nfc(text.removeprefix("\ufeff")), None
    except UnicodeDecodeError:
        pass  # not Unicode: the questions below
    # Each byte a character: VISCII has letters where Windows-1252 has signs or nothing.
    old = content.decode("latin-1")
    legacy = verdict(old)
    if legacy is not None:
        read = old if legacy is Legacy.VISCII else content.decode("cp1252", "replace")
        lines = read.split("\n")
        return nfc("\n".join(to_unicode(line, legacy).text for line in lines)), legacy
    try:
        text = nfc(content.decode("cp1258"))
    except UnicodeDecodeError:
        text = ""
    if plausible(text):
        return text, None
    raise UnreadableFile(
        "text-encoding",
        "Không nhận ra bảng mã của tệp này (không phải UTF-8, UTF-16, Windows-1258, TCVN3, VNI hay "
        "VISCII).",
        "Mở tệp bằng chương trình đã tạo ra nó rồi lưu lại với bảng mã UTF-8.",
    )


def plausible(text: str) -> bool:
    """Do the commonest Vietnamese words make up the share they have in any Vietnamese text?

    Measured on laws and plans: 15 to 30 %; half of the least is asked for.
    """
    words = [word.lower() for word in _WORDS.findall(text[:200_000])]
    known = sum(word in _UNICODE_WORDS for word in words)
    return known >= 2 and known >= 0.07 * len(words)
