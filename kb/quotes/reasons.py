"""Why a verdict is what it is: one Vietnamese sentence that says what is and what to do."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.diff import Change, Piece
from kb.quotes.words import foreign
from kb.text import fold, nfc, tone_placement

_COUNTING = ("không", "chưa", "chẳng", "cấm", "trừ", "phải", "được", "có thể", "nếu", "hoặc", "và")
_WORD = re.compile(r"\w+")
COPY = "Chép lại đúng như nguồn, hoặc bỏ dấu ngoặc kép và viết là lời của mình."


def changes(diff: Sequence[Piece]) -> str:
    """What a difference (from the source to the draft) comes to: "bỏ chữ “không”; đổi số 30 thành
    60; khác dấu: “khuyết” ghi “khuyêt”"."""
    said: list[str] = []
    for removed, added in _pairs(diff):
        mine, theirs = _WORD.findall(added), _WORD.findall(removed)
        if strange := next((c for word in mine if (c := foreign(word))), ""):
            said.append(f"có ký tự “{strange}” (U+{ord(strange):04X}) thay cho chữ trong nguồn")
            continue
        for word in _COUNTING:
            if _count(theirs, word) > _count(mine, word):
                said.append(f"bỏ chữ “{word}”")
            elif _count(mine, word) > _count(theirs, word):
                said.append(f"thêm chữ “{word}”")
        numbers = [[w for w in words if any(c.isdigit() for c in w)] for words in (theirs, mine)]
        if numbers[0] != numbers[1]:
            said.append(_turned("số", " ".join(numbers[0]), " ".join(numbers[1])))
        elif [fold(w) for w in mine] == [fold(w) for w in theirs] and mine != theirs:
            what = "khác chữ hoa" if _lower(mine) == _lower(theirs) else "khác dấu"
            said.append(f"{what}: “{removed.strip()}” ghi thành “{added.strip()}”")
    return "; ".join(dict.fromkeys(said))


def _pairs(diff: Sequence[Piece]) -> list[tuple[str, str]]:
    """(removed, added) of every place that differs."""
    out: list[tuple[str, str]] = []
    removed = ""
    for piece in diff:
        if piece.change is Change.REMOVED:
            removed = piece.text
        elif piece.change is Change.ADDED:
            out.append((removed, piece.text))
            removed = ""
        elif removed:
            out.append((removed, ""))
            removed = ""
    return [*out, (removed, "")] if removed else out


def _count(words: Sequence[str], wanted: str) -> int:
    return f" {' '.join(words).lower()} ".count(f" {wanted} ")


def _turned(what: str, old: str, new: str) -> str:
    if not new:
        return f"bỏ {what} {old}"
    return f"đổi {what} {old} thành {new}" if old else f"thêm {what} {new}"


def _lower(words: Sequence[str]) -> list[str]:
    return [tone_placement(nfc(word).lower()) for word in words]


_LABELS = {
    "art": "Điều",
    "cl": "khoản",
    "point": "điểm",
    "chp": "Chương",
    "att": "Phụ lục",
    "sec": "Mục",
}


def place(provision: str, name: str) -> str:
    """A place in words, inner levels first: "điểm a khoản 2 Điều 5 Luật 51/2010/QH12"."""
    said = []
    for part in provision.split("__"):
        level, _, number = part.partition("_")
        word = _LABELS.get(level)
        if word and number:
            said.append(f"{word} {_number(level, number)}")
        elif part.startswith("q") and part[1:2].isdigit():
            said.append("đoạn trong ngoặc kép của")
        elif part:
            said.append(f"mục {part}" if part[0].isalnum() and level == part else part)
    return " ".join([*reversed(said), name]).strip()


def _number(level: str, number: str) -> str:
    return {"dd": "đ"}.get(number, number) if level == "point" else number.replace("_", ".")
