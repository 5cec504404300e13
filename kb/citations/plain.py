"""What a draft cites in words typed without accents, or with some of them left out.

    "khoan 9 dieu 27 luat nguoi khuyet tat so 51/2010/qh12"
    "khoản 9 điều 27 Luật Người khuyết tật số 51/2010/QH12"

The grammars read accented words. Here the words of places and documents are written out as long as
they were, so that every place found holds in the text as typed; nothing else is touched. A word
counts where it lacks accents and has no others: "mức 2", "khoán 10" and "điệu 5" stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from kb.catalogue import Vocabulary
from kb.citations.lawnames import BODIES, LAWS
from kb.citations.names import NameTable
from kb.text import flat, fold, nfc

LEVELS = {
    "dieu": "điều", "khoan": "khoản", "diem": "điểm", "muc": "mục", "chuong": "chương",
    "phu luc": "phụ lục",
}  # fmt: skip
# Words that join labels and places, and a place to its document.
_JOINS = {
    "va": "và", "hoac": "hoặc", "den": "đến", "cua": "của", "tai": "tại", "thuoc": "thuộc",
    "ban hanh kem theo": "ban hành kèm theo", "kem theo": "kèm theo", "nay": "này", "cac": "các",
}  # fmt: skip
_LAWS = {"luat": "Luật", "bo luat": "Bộ luật", "phap lenh": "Pháp lệnh"}
_LABEL = r"(?:\d{1,3}(?:\.\d{1,2})*[a-z]?|[ivxlc]{1,6}|[a-z])(?!\w|[/%])"
_PLACE = re.compile(rf"(?<![\w-])(?P<level>{'|'.join(LEVELS)})\s{{1,2}}(?={_LABEL})")
_ON = re.compile(
    rf"{_LABEL}(?:\s?,\s?{_LABEL})*(?:\s?,)?\s{{1,2}}(?P<join>{'|'.join(_JOINS)})(?!\w)\s{{0,2}}"
)
_ONE = re.compile(_LABEL)
_ROW = re.compile(rf"{_LABEL}(?:\s?,\s?{_LABEL})*,?\s{{0,2}}")
_CODE = re.compile(r"[a-z&]+(\d{0,2})")
_NUMBER = re.compile(
    r"(?<![\w/])\d{1,6}[a-z]?(?:/(?:(?:19|20)\d\d/)?|-(?=[a-z]{2,4}/))(?P<codes>[a-z][a-z&]*\d{0,2}(?:[-/][a-z&]+\d{0,2}){0,4})"
    r"(?![\w/])"
)
_DATE = re.compile(
    r"(?<!\w)(?P<a>ngay)(?=\s\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:19|20)\d\d)"
    r"|(?<!\w)(?P<b>ngay)\s\d{1,2}\s(?P<c>thang)\s\d{1,2}\s(?P<d>nam)(?=\s(?:19|20)\d\d)"
)
_AHEAD = r"(?=\s{1,2}(?:so\s?:?\s?)?\d{1,6}[a-z]?\s?[/-]\s?\w)"
_PLACED = re.compile(rf"{_AHEAD}|\s?[,(]\s?(?:{'|'.join(LEVELS)})\s{_LABEL}")
_SO = re.compile(r"\s{1,2}(?P<so>so)(?=\s?:?\s?\d)")


def accented(text: str, vocabulary: Vocabulary, laws: Iterable[str] = ()) -> str:
    """*text* (match text) with the words of its places and documents in full, as long as it was.
    *laws* are names of laws beside those that everybody knows, without "Luật".

    >>> accented("theo khoan 2, diem a va b dieu 5 cua luat tre em", Vocabulary((), ()))
    'theo khoản 2, điểm a và b điều 5 của Luật Trẻ em'
    """
    out = _Written(text)
    tables = _tables(vocabulary, tuple(sorted(set(laws))))
    for found in _NUMBER.finditer(out.folded):
        out.codes(found, tables.codes)
    for found in _DATE.finditer(out.folded):
        for name, word in (("a", "ngày"), ("b", "ngày"), ("c", "tháng"), ("d", "năm")):
            if found[name]:
                out.put(found.start(name), word)
    behind = set()
    for found in _PLACE.finditer(out.folded):
        if out.put(found.start(), LEVELS[found["level"]]):
            behind.add(_joined(out, found.end()))
    for found in tables.typed.finditer(out.folded):
        out.put(found.start(), tables.types[found[0]])
        out.number_word(found.end())
    for found in _LAW.finditer(out.folded):
        out.law(found, tables, behind)
    for found in _ISSUER.finditer(out.folded):
        out.issuer(found, tables)
    return out.text


_ISSUER = re.compile(
    r"(?<!\w)(?:(?P<da>da)\s)?(?:(?P<how>(?:(?:duoc )?(?:ban hanh|thong qua) )?boi|cua|do|duoc)"
    r"\s{1,2}|(?<=\())(?=[a-z])"
)
_SESSION = r"(?:,?\s(?:tai\s)?ky hop (?:bat thuong )?(?:lan )?(?:thu )?\w+,?)?"
_ISSUED = re.compile(
    rf"(?:\skhoa\s[ivx\d]+)?{_SESSION}\s{{1,2}}(?:da\s)?(?:(?:ky )?ban hanh|thong qua|ky)(?!\w)"
    rf"{_SESSION}(?:\svao)?"
)
# Words of ``_ISSUED``.
_ISSUING = {
    "da": "đã", "khoa": "khóa", "tai": "tại", "ky hop": "kỳ họp", "bat thuong": "bất thường",
    "lan": "lần", "thu": "thứ", "ky": "ký", "ban hanh": "ban hành", "thong qua": "thông qua",
    "vao": "vào",
}  # fmt: skip
_HOW = {
    "cua": "của", "do": "do", "duoc": "được", "boi": "bởi", "ban hanh": "ban hành",
    "thong qua": "thông qua",
}  # fmt: skip
_HOW_WORD = re.compile("|".join(_HOW))
_ISSUING_WORD = re.compile(rf"\b(?:{'|'.join(_ISSUING)})\b")
_LAW = re.compile(rf"(?<!\w)(?<!phap )(?P<law>{'|'.join(_LAWS)})\s{{1,2}}(?=[a-z])")


def _joined(out: _Written, at: int) -> int:
    """Writes out the words behind the labels that begin at *at*; returns where they end."""
    while (found := _ON.match(out.folded, at)) is not None:
        out.put(found.start("join"), _JOINS[found["join"]])
        at = found.end()
        if not _ONE.match(out.folded, at):
            return at
    labels = _ROW.match(out.folded, at)
    return labels.end() if labels else at


@dataclass(frozen=True, slots=True)
class _Tables:
    codes: dict[str, str]  # "bgddt" → "BGDĐT"
    types: dict[str, str]  # "thong tu" → "thông tư"
    typed: re.Pattern[str]  # a type before a number
    laws: NameTable
    names: dict[str, str]  # "nguoi khuyet tat" → "Người khuyết tật"
    bodies: NameTable
    issuers: dict[str, str]  # "chinh phu" → "Chính phủ"


@lru_cache(maxsize=8)
def _tables(vocabulary: Vocabulary, laws: tuple[str, ...]) -> _Tables:
    written = [code for issuer in vocabulary.issuers for code in issuer.codes]
    written += [kind.code for kind in vocabulary.types if kind.code]
    codes = {fold(code): code for code in reversed(written) if len(fold(code)) == len(code)}
    names = [name for kind in vocabulary.types for name in (kind.name, *kind.variants)]
    types = {fold(name): nfc(name).lower() for name in [*names, *_LAWS.values()] if len(name) > 3}
    first = sorted(types, key=lambda name: (-len(name), name))
    bodies = [name for issuer in vocabulary.issuers for name in (issuer.name, *issuer.variants)]
    issuers = {fold(name): nfc(name) for name in (*bodies, *BODIES)}
    of_laws = {fold(name): nfc(name) for name in (*laws, *LAWS)}
    return _Tables(
        codes,
        types,
        re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, first))}){_AHEAD}"),
        NameTable(of_laws),
        of_laws,
        NameTable(issuers),
        issuers,
    )


class _Written:
    """A text with words written out in it, and the text folded, letter for letter."""

    def __init__(self, text: str) -> None:
        self.folded = flat(text)
        self._typed = text
        self._letters = list(text)

    @property
    def text(self) -> str:
        return "".join(self._letters)

    def put(self, at: int, right: str) -> bool:
        """Writes *right* where it stands with accents left out, in the case it was typed in; is it
        that word?"""
        typed = self._typed[at : at + len(right)]
        if not _lacks(typed, right):
            return False
        if typed.isupper():
            right = right.upper()
        elif typed[:1].isupper():
            right = right[:1].upper() + right[1:]
        self._letters[at : at + len(right)] = right
        return True

    def codes(self, found: re.Match[str], codes: dict[str, str]) -> None:
        """The letters of a number typed in small letters."""
        start, end = found.span("codes")
        if not self._typed[start:end].islower():
            return
        for code in _CODE.finditer(self.folded, start, end):
            bare = code[0].rstrip("0123456789")
            right = codes.get(code[0]) or codes.get(bare, bare.upper()) + code[1]
            if len(right) == len(code[0]):
                self._letters[code.start() : code.end()] = right

    def number_word(self, at: int) -> None:
        if found := _SO.match(self.folded, at):
            self.put(found.start("so"), "số")

    def law(self, found: re.Match[str], tables: _Tables, behind: set[int]) -> None:
        """A law's name, where its first word lacks its accents or it belongs to a place or number:
        "luật lao động" alone speaks of no law by name."""
        end = tables.laws.match(self.folded, found.end())
        if end is None:
            return
        kind = _LAWS[found["law"]]
        typed = self._typed[found.start("law") : found.end("law")]
        numbered = _PLACED.match(self.folded, end) is not None
        if not (fold(typed) == typed.lower() or found.start() in behind or numbered):
            return
        name = tables.names[" ".join(self.folded[found.end() : end].split())]
        if _lacks(self._typed[found.end() : end], name) and _lacks(typed, kind):
            self._letters[found.start("law") : found.end("law")] = kind
            self._letters[found.end() : end] = name
            self.number_word(end)

    def issuer(self, found: re.Match[str], tables: _Tables) -> None:
        """Who issued a document, with the words around: "do chinh phu ban hanh"."""
        end = tables.bodies.match(self.folded, found.end())
        if end is None:
            return
        name = tables.issuers[" ".join(self.folded[found.end() : end].split())]
        how = _HOW_WORD.sub(lambda word: _HOW[word[0]], found["how"] or "")
        if not _lacks(self._typed[found.end() : end], name):
            return
        if how and not self.put(found.start("how"), how):
            return
        if not self._typed[found.end() : end].isupper():
            self._letters[found.end() : end] = name
        if found["da"]:
            self.put(found.start("da"), "đã")
        if issued := _ISSUED.match(self.folded, end):
            for word in _ISSUING_WORD.finditer(self.folded, *issued.span()):
                self.put(word.start(), _ISSUING[word[0]])


def _lacks(typed: str, right: str) -> bool:
    """Is *typed* the word *right* with none, some or all of its accents, and no other?"""
    if len(typed) != len(right) or fold(typed) != fold(right):
        return False
    words = zip(typed.lower().split(), right.lower().split(), strict=False)
    return all(_marks(one) <= _marks(other) for one, other in words)


def _marks(word: str) -> set[str]:
    """The accents of a word, wherever on it they stand."""
    return {c for c in unicodedata.normalize("NFD", word) if unicodedata.combining(c) or c == "đ"}
