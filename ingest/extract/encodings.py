"""Bytes → text, and the signs of the fonts used before Unicode.

Nothing is decoded on a guess: what is neither Unicode nor plausible Vietnamese in Windows-1258 is
refused. Text typed in TCVN3 (ABC) or VNI fonts is recognised by its commonest words.
"""

from __future__ import annotations

import re

from ingest.sniff import wide_encoding
from kb.errors import UnreadableFile
from kb.text import nfc


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TCVN3_WORDS = _words(
    "vµ cña c¸c ®Þnh ®\u00adîc ngµy n¨m th¸ng viÖt lµ nghÞ quyÕt c«ng céng hßa x· héi chñ "
    "®ång nhµ n\u00adíc nh©n d©n vÒ sè ®iÒu kho¶n luËt chÝnh phñ tr\u00adëng bé ®Õn ®¬n vÞ"
)
_VNI_WORDS = _words(
    "vaø cuûa caùc ñònh ñöôïc ngaøy naêm thaùng vieät laø nghò quyeát coâng coäng hoøa xaõ "
    "hoäi chuû ñoäc laäp nhaø nöôùc nhaân daân veà soá ñieàu khoaûn luaät phuû tröôûng boä "
    "ñeán"
)
_UNICODE_WORDS = _words(
    "và của các định được ngày năm tháng việt là nghị quyết công cộng hòa xã hội chủ độc lập "
    "nhà nước nhân dân về số điều khoản luật chính phủ trưởng bộ đến"
)
_WORDS = re.compile(r"[^\s.,;:()/\"]+")
_ENOUGH = 5  # words of an old font before anything is said


def decode(content: bytes) -> str:
    """Composed text of bytes in UTF-8, UTF-16, UTF-32 or Windows-1258.

    Raises ``UnreadableFile``: ``text-legacy`` for bytes of an old font, ``text-encoding`` for
    anything else.
    """
    wide = wide_encoding(content)
    try:
        text = content.decode(wide or "utf-8-sig")
        return nfc(text.removeprefix("\ufeff"))
    except UnicodeDecodeError:
        pass  # not Unicode: the two questions below
    old = content.decode("cp1252", "replace")
    found = legacy_font(old)
    if found:
        raise legacy_error(found[0])
    try:
        text = nfc(content.decode("cp1258"))
    except UnicodeDecodeError:
        text = ""
    if plausible(text):
        return text
    raise UnreadableFile(
        "text-encoding",
        "Không nhận ra bảng mã của tệp này (không phải UTF-8, UTF-16 hay Windows-1258).",
        "Mở tệp bằng chương trình đã tạo ra nó rồi lưu lại với bảng mã UTF-8.",
    )


def plausible(text: str) -> bool:
    """Do the commonest Vietnamese words make up the share they have in any Vietnamese text?

    Measured on laws and plans: 15 to 30 %; half of the least is asked for.
    """
    words = [word.lower() for word in _WORDS.findall(text[:200_000])]
    known = sum(word in _UNICODE_WORDS for word in words)
    return known >= 2 and known >= 0.07 * len(words)


def legacy_font(text: str) -> tuple[str, bool] | None:
    """("TCVN3 (ABC)" or "VNI", is it most of the text?) where old fonts were used, else None."""
    counts = {"TCVN3 (ABC)": 0, "VNI": 0, "": 0}
    for word in _WORDS.findall(text):
        lowered = word.lower()
        if lowered in _UNICODE_WORDS:
            counts[""] += 1
        elif lowered in _TCVN3_WORDS:
            counts["TCVN3 (ABC)"] += 1
        elif lowered in _VNI_WORDS:
            counts["VNI"] += 1
    name = max(("TCVN3 (ABC)", "VNI"), key=lambda font: counts[font])
    if counts[name] < _ENOUGH:
        return None
    return name, counts[name] > counts[""]


def legacy_error(name: str) -> UnreadableFile:
    """What to tell of a paper in an old font."""
    return UnreadableFile(
        "text-legacy",
        f"Văn bản gõ bằng bảng mã cũ {name}, chương trình chưa đọc được.",
        "Chuyển sang Unicode (UniKey: Ctrl+Shift+F6, chọn bảng mã nguồn rồi chuyển) và nạp lại.",
    )
