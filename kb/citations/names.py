"""Names that numbers do not carry: laws called by their title, and issuers.

Where a name ends is the hard part, because Vietnamese capitalises only its first syllable ("Bộ Kế
hoạch và Đầu tư có ý kiến"). So names are first looked up in tables (``LAWS``, the vocabulary's
issuers, ``BODIES``); what no table knows is read syllable by syllable up to a word that cannot be
part of a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from kb.catalogue import Vocabulary
from kb.citations.lawnames import BODIES, LAWS
from kb.text import fold, nfc, tone_placement

# One capital letter; in Unicode's order they stand among the small ones ("À-Ỹ" has "đ").
CAPITAL = (
    "["
    + "".join(c for c in map(chr, range(0x41, 0x1EFA)) if c.isupper() and fold(c).isascii())
    + "]"
)


def _plain(text: str) -> str:
    """Lower case with one tone placement; the length does not change on composed text."""
    return tone_placement(text.lower())


class NameTable:
    """Longest known name at a place, whatever its case and tone placement."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_start: dict[str, list[str]] = {}
        for name in {_plain(nfc(name)) for name in names if name}:
            self._by_start.setdefault(_first(name), []).append(name)
        for listed in self._by_start.values():
            listed.sort(key=len, reverse=True)

    def match(self, text: str, at: int) -> int | None:
        """Where the longest known name that begins at *at* ends."""
        window = _plain(text[at : at + 140].replace("\n", " "))
        for name in self._by_start.get(_first(window), ()):
            if window.startswith(name) and not window[len(name) : len(name) + 1].isalnum():
                return at + len(name)
        return None


_WORD = re.compile(r"\w+")


def _first(text: str) -> str:
    found = _WORD.match(text)
    return found[0] if found else ""


_LAW_TABLE = NameTable(LAWS)

# --- laws -----------------------------------------------------------------------------------

_ANCHOR = re.compile(r"(?:Luật|LUẬT|Bộ luật|Bộ Luật|BỘ LUẬT|Pháp lệnh|PHÁP LỆNH|Hiến pháp)(?!\w)")
_NO_NAME = re.compile(
    r"(?:sư|gia|pháp|học|định|tục|chơi|hiện|quốc tế|này|số|trên|nêu|Việt Nam|Hà Nội)\b"
)
_NOT_BEFORE = re.compile(
    r"(?:[Pp]háp |PHÁP |[Đđ]ại học |[Tt]rường |[Kk]hoa |[Nn]gành |ty |phòng |\w)$"
)
_AMENDING = re.compile(
    r"[Ss]ửa đổi(?:, bổ sung)?(?: và bổ sung)?"
    r"(?: một số (?:[Đđ]iều|nội dung|quy định)| [Đđ]iều \d{1,3})?(?: của| tại)?(?: các)?"
)
_AND = re.compile(r"(?:\s?,\s|\s?;\s|,?\svà\s)(?=(?:Luật|Bộ luật|Bộ Luật|Pháp lệnh)\s)")
_PLURAL = re.compile(r" \d{1,3} [Ll]uật(?: có liên quan đến quy hoạch)?")
_MENDED = re.compile(
    r"\s?\((?:đã )?(?:được )?sửa đổi(?:, bổ sung)?\)|\ssửa đổi(?=\s(?:năm\s)?(?:19|20)\d\d\b)"
)


@dataclass(frozen=True, slots=True)
class LawMention:
    """``start:end`` is the name with its type; ``type`` "Luật", "Bộ luật", "Pháp lệnh", …"""

    start: int
    end: int
    type: str


def _kind(word: str) -> str:
    return word[:1].upper() + word[1:].lower()


def find_laws(text: str) -> Iterator[LawMention]:
    """Laws, codes and ordinances called by their name, and the Constitution."""
    position = 0
    while (found := _ANCHOR.search(text, position)) is not None:
        position = found.end()
        start = found.start()
        if start and _NOT_BEFORE.search(text[max(0, start - 10) : start]):
            continue
        kind = _kind(found[0])
        if kind == "Hiến pháp":
            nation = re.compile(r" nước Cộng h(?:òa|oà) xã hội chủ nghĩa Việt Nam").match
            full = nation(text, position)
            yield LawMention(start, full.end() if full else position, kind)
            continue
        end = _law_end(text, position)
        if end is not None:
            if (mended := _MENDED.match(text, end)) is not None:
                end = mended.end()
            yield LawMention(start, end, kind)
            position = end


def law_name_end(text: str, at: int) -> int | None:
    """Where a law's known name ends that begins at *at* (without the word "Luật")."""
    return _LAW_TABLE.match(text, at)


def _law_end(text: str, at: int) -> int | None:
    """End of the name after the word "Luật" that ends at *at*; None where no name follows."""
    if text[at : at + 1] not in (" ", "\n") or at + 1 >= len(text):
        return None
    begin = at + 1
    if (amending := _AMENDING.match(text, begin)) is not None:
        return _amended(text, amending.end())
    if (end := _LAW_TABLE.match(text, begin)) is not None:
        return end
    if text[begin : begin + 1] == "(" or _NO_NAME.match(text, begin):
        return None
    if not (text[begin].isupper() or re.match(r"(?:về|quy định) \w", text[begin : begin + 12])):
        return None
    return _walk(text, begin, most=12, commas=False)


def _amended(text: str, at: int) -> int | None:
    """A law known by what it amends: its title runs through the names it holds."""
    end: int | None = None
    if (plural := _PLURAL.match(text, at)) is not None:
        return plural.end()
    position = at
    for _ in range(12):
        found = re.compile(r"\s?(?:Luật|Bộ luật|Bộ Luật|Pháp lệnh)\s").match(text, position)
        if found is None:
            break
        named = _LAW_TABLE.match(text, found.end()) or _walk(
            text, found.end(), most=12, commas=False
        )
        if named is None:
            break
        end = named
        joined = _AND.match(text, end)
        if joined is None:
            break
        position = joined.end()
    return end


# --- syllables up to a word that ends a name ---------------------------------------------------

_SYLLABLE = re.compile(r"(?P<gap>\s?,\s|\s?-\s?|\s)?(?P<word>[\w&.]{1,24})")
_ENDING = (
    "thì có được làm quy về để trong theo của ngày năm số là này đã đang sẽ cho khi nếu phải không "
    "hoặc bị do tại từ đến như với mà nhằm nên cũng còn vào bằng hiện chưa trước sau các những mới "
    "nói trên ra lại giữa nay nêu trình gửi ký luật điều khoản điểm đối việc qua"
)
_ENDS = frozenset(re.findall(r"\w+", _ENDING))
_ENDS_OF_TWO = re.compile(
    r"(?:ban hành|công (?:văn|bố)|thông (?:tư|báo|qua)|kế hoạch|báo cáo|chỉ (?:thị|đạo)|hướng dẫn|"
    r"nghị (?:quyết|định)|quyết định|triển khai|thực hiện|phê duyệt|sửa đổi|thay thế|bãi bỏ|giao|"
    r"đề (?:nghị|án)|yêu cầu|kèm theo|bộ luật|tiếp tục|tổ chức thực|hết hiệu)\b"
)
_STARTING = (
    "Ban hành|Phê duyệt|Về|Quy định|Hướng dẫn|Sửa đổi|Triển khai|Thực hiện|Căn cứ|Theo|V/v|Điều|"
    "Thông tư|Nghị định|Quyết định|Nghị quyết|Chỉ thị|Kế hoạch số|Công văn|Luật|Khóa|Khoá|Đối với"
)
_TITLE_STARTS = re.compile(rf"(?:{_STARTING}|{_STARTING.upper()})\b")


def _walk(text: str, at: int, *, most: int, commas: bool) -> int | None:
    """End of an unknown name that begins at *at*."""
    end: int | None = None
    position = at
    for count in range(most):
        found = _SYLLABLE.match(text, position)
        if found is None:
            break
        word, gap = found["word"], found["gap"] or ""
        begin = found.start("word")
        if count and not gap:
            break
        if "," in gap and not (commas and word[:1].isupper()):
            break
        if "\n" in gap and word[:1].isupper():
            break
        if count and (
            word in _ENDS or _ENDS_OF_TWO.match(text, begin) or _TITLE_STARTS.match(text, begin)
        ):
            break
        if word == "và":
            after = _SYLLABLE.match(text, found.end())
            if after is None or not after["word"][:1].isupper():
                break
            if _TITLE_STARTS.match(text, after.start("word")):
                break
        stop = found.end()
        while stop > begin and text[stop - 1] == ".":
            stop -= 1
        end = stop
        if stop != found.end():
            break
        position = found.end()
    return end


# --- issuers -----------------------------------------------------------------------------------

_HEAD = re.compile(
    r"(?:(?:Phó )?(?:Bộ trưởng|Thứ trưởng|Chủ tịch|Chủ nhiệm|Chánh án|Viện trưởng|Thống đốc|"
    r"Tổng Thanh tra|Tổng Kiểm toán|Giám đốc|Tổng Giám đốc|Tổng cục trưởng|Cục trưởng|Hiệu trưởng|"
    r"Chánh Văn phòng|Trưởng ban|Trưởng Ban|Tổng Bí thư|Bí thư) )"
)
_PLACE = re.compile(
    r" (?:(?:cấp )?(?:tỉnh|Tỉnh|TỈNH|thành phố|Thành phố|huyện|Huyện|quận|Quận|thị xã|xã|Xã|phường|"
    r"Phường|thị trấn|đặc khu)\b|TP\b\.?)"
)
_PROPER = re.compile(rf"(?: |\s-\s|-)(?P<word>{CAPITAL}[\w']{{0,10}}|\d{{1,2}}(?![\d/.]))")
TERM = re.compile(r"\s\(?(?:[Kk]h[oó][áa]|[Nn]hiệm kỳ)\s(?:[IVX]{1,6}|\d{1,4}(?:-\d{4})?)\)?")
_NICK = re.compile(r"\s?\([A-ZĐ][A-ZĐ &]{1,14}\)")
_OF = re.compile(r"\s{1,2}(?:của|thuộc)\s")
_NO_BODY = re.compile(r"(?:Việt\sNam|Nhà nước ta)\b", re.IGNORECASE)  # "Luật … của Việt Nam"
_ALSO = re.compile(
    r"(?:\s?,\s{1,2}|\s-\s|,?\svà\s)"
    r"(?=(?:Bộ|Ủy ban|Uỷ ban|Tòa án|Toà án|Viện|Ban|Ngân hàng|Thanh tra|"
    r"Văn phòng|Chính phủ|Đoàn|Hội|Tổng|Chánh án|Mặt trận)\s)"
)


class Issuers:
    """Reads an issuer's name out of running text, with the vocabulary's names known."""

    def __init__(self, names: Iterable[str]) -> None:
        self._table = NameTable((*names, *BODIES))

    def end(self, text: str, at: int, *, joint: bool = False) -> int | None:
        """Where the issuer that begins at *at* ends; None where no body's name stands there.

        *joint* reads on through a list of bodies (a thông tư liên tịch).
        """
        end = self._one(text, at)
        for _ in range(12):
            if end is None or not joint:
                break
            more = _ALSO.match(text, end)
            following = self._one(text, more.end()) if more else None
            if following is None:
                break
            end = following
        return end

    def _one(self, text: str, at: int) -> int | None:
        if not text[at : at + 1].isupper() or _TITLE_STARTS.match(text, at):
            return None
        if _NO_BODY.match(text, at):
            return None
        begin = at
        head = _HEAD.match(text, at)
        end = self._table.match(text, at)
        if head is not None and text[head.end() : head.end() + 1].isupper():
            begin = head.end()
            under = self._table.match(text, begin)
            end = max(end or 0, under or 0) or _walk(text, begin, most=14, commas=True)
        elif end is None:
            end = _walk(text, begin, most=14, commas=True)
        if end is None:
            return None
        for _ in range(3):  # tỉnh X, khóa Y, (tên tắt)
            end = _place(text, end)
            if (term := TERM.match(text, end)) is not None:
                end = term.end()
        if (nick := _NICK.match(text, end)) is not None:
            end = nick.end()
        if (of := _OF.match(text, end)) is not None:
            after = self._table.match(text, of.end())
            if after is not None and text[of.end()].isupper():
                end = _place(text, after)
        return end


@lru_cache(maxsize=8)
def issuers_of(vocabulary: Vocabulary) -> Issuers:
    """The issuers that a vocabulary names."""
    return Issuers(
        name for issuer in vocabulary.issuers for name in (issuer.name, *issuer.variants)
    )


def _place(text: str, at: int) -> int:
    """Past " tỉnh Đồng Tháp" or " Đồng Tháp" where one stands at *at*."""
    found = _PLACE.match(text, at)
    end = found.end() if found else at
    for _ in range(5):
        name = _PROPER.match(text, end)
        if name is None or _TITLE_STARTS.match(text, name.start("word")):
            break
        if name["word"].isdigit() and found is None:
            break
        if not found and (name["word"] in ("Ban", "Bộ", "Sở", "Đảng") or name["word"].isupper()):
            break
        if not found and text[at - 1 : at].isupper():
            break  # in capitals the text goes on behind the name: "CỦA QUỐC HỘI Đất đai là …"
        end = name.end()
    return end
