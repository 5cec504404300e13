"""Why a verdict is what it is: one Vietnamese sentence that says what is and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.citing import place_name
from kb.diff import Change, Piece
from kb.quotes import Form
from kb.quotes.beside import Edge
from kb.quotes.words import TURNS, foreign
from kb.text import fold, nfc, tone_placement

_WORD = re.compile(r"\w+")
_LAST, _FIRST = re.compile(r"\w+\s*$"), re.compile(r"\s*\w+")
_COPY = "Chép lại đúng như nguồn, hoặc bỏ dấu ngoặc kép và viết là lời của mình."
_COPY_UNMARKED = "Chép lại đúng như nguồn, hoặc viết hẳn bằng lời của mình."

INCOMPLETE = (
    "Kho thiếu chỉ mục đoạn văn (thư mục passages) nên chưa tìm được lời này ở mọi văn bản. "
    "Chạy kb rebuild rồi kiểm lại."
)


def copy_again(form: Form) -> str:
    """What to do with words that are not quite the source's."""
    return _COPY_UNMARKED if form is Form.UNMARKED else _COPY


def other_beside(near: Edge, where: str) -> str:
    """That the draft has something else right beside words that stand *where* is said."""
    side = "trước" if near.before else "sau"
    there = f"viết “{near.theirs}”" if near.theirs else "không có"
    said = f"Bài viết “{near.mine}” ngay {side} lời này, nguồn ({where}) {there}"
    return f"{said}. Xem lại cả câu."


def changes(diff: Sequence[Piece]) -> str:
    """What a difference (from the source to the draft) comes to: "bỏ chữ “không”; đổi số 30 thành
    60; khác dấu: “khuyết” ghi “khuyêt”; “tuyển sinh” ghi thành “tuyển dụng”"."""
    return "; ".join(dict.fromkeys(filter(None, (_change(one) for one in _places(diff)))))


def only_typed(diff: Sequence[Piece]) -> bool:
    """Do but capitals and signs differ?"""
    places = ((_WORD.findall(one.removed), _WORD.findall(one.added)) for one in _places(diff))
    return all(_lower(theirs) == _lower(mine) for theirs, mine in places)


@dataclass(frozen=True, slots=True)
class _Place:
    """A place that differs: what was removed and added, and the words kept on its two sides."""

    removed: str
    added: str
    before: str
    after: str


def _change(place: _Place) -> str:
    mine, theirs = _WORD.findall(place.added), _WORD.findall(place.removed)
    if strange := next((c for word in mine if (c := foreign(word))), ""):
        return f"có ký tự “{strange}” (U+{ord(strange):04X}) thay cho chữ trong nguồn"
    numbers = [[w for w in words if any(c.isdigit() for c in w)] for words in (theirs, mine)]
    if numbers[0] != numbers[1] and len(theirs) <= len(numbers[0]) + 1:
        return _turned("số", " ".join(numbers[0]), " ".join(numbers[1]))
    if not mine and not theirs:
        return _signs(place)
    if [fold(w) for w in mine] == [fold(w) for w in theirs]:
        what = "khác chữ hoa" if _lower(mine) == _lower(theirs) else "khác dấu"
        return f"{what}: “{place.removed.strip()}” ghi thành “{place.added.strip()}”"
    if not mine or not theirs:
        done, words = ("bỏ", place.removed) if theirs else ("thêm", place.added)
        said = " ".join(words.split()).strip(" ,;.:")
        turns = all(word in TURNS or word == "và" for word in said.lower().split())
        return f"{done} {'chữ ' if turns else ''}“{said}”"
    old, new = _whole(place, place.removed), _whole(place, place.added)
    return f"“{old}” ghi thành “{new}”"


def _whole(place: _Place, words: str) -> str:
    """One syllable put for another is shown with the one before it: "tuyển sinh", "tuyển dụng"."""
    said = " ".join(words.split()).strip(" ,;.:")
    alone = len(_WORD.findall(place.removed)) == len(_WORD.findall(place.added)) == 1
    turning = {place.removed.strip().lower(), place.added.strip().lower()} & {*TURNS, "và"}
    if not alone or turning:
        return said
    if found := _LAST.search(place.before):
        return f"{found[0].strip()} {said}"
    found = _FIRST.match(place.after)
    return f"{said} {found[0].strip()}" if found else said


def _signs(place: _Place) -> str:
    old, new = place.removed.strip(), place.added.strip()
    if old and new:
        return f"dấu “{old}” ghi thành “{new}”"
    return f"bỏ dấu “{old}”" if old else f"thêm dấu “{new}”" if new else ""


def _places(diff: Sequence[Piece]) -> Iterator[_Place]:
    at = 0
    while at < len(diff):
        start = at
        texts = {Change.REMOVED: "", Change.ADDED: ""}
        while at < len(diff) and diff[at].change is not Change.KEPT:
            texts[diff[at].change] += diff[at].text
            at += 1
        if at > start:
            yield _Place(
                texts[Change.REMOVED], texts[Change.ADDED],
                diff[start - 1].text if start else "",
                diff[at].text if at < len(diff) else "",
            )  # fmt: skip
        at += 1


def _turned(what: str, old: str, new: str) -> str:
    if not new:
        return f"bỏ {what} {old}"
    return f"đổi {what} {old} thành {new}" if old else f"thêm {what} {new}"


def _lower(words: Sequence[str]) -> list[str]:
    return [tone_placement(nfc(word).lower()) for word in words]


def place(provision: str, name: str) -> str:
    """A place in words with the document's *name*: "điểm a khoản 2 Điều 5 Luật 51/2010/QH12"."""
    return f"{place_name(provision) if provision else ''} {name}".strip()
