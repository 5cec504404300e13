"""A document's number in what was typed, in any usual form, and the documents that answer to it.

    NumberReader(vocabulary, numbers).find("khoản 2 nđ 28/2012")   [NumberAsked("28", 2012, …)]
    Numbers(rows).answering(asked)                                 keys, every one that fits

What was not said fits anything, what was said must fit after folding; of two that fit none is
picked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kb.catalogue import Vocabulary
from kb.documents import read_number
from kb.text import Span, accented_key, flat, fold


@dataclass(frozen=True, slots=True)
class NumberAsked:
    """A number in what was typed.

    ``serial`` are its digits without leading zeros, ``year`` the four digits said with it,
    ``slugs`` the types its words can mean (none said: empty), ``letters`` the folded codes after
    it. The last ``loose`` of them stand apart by a space, so they may be words of a sentence.
    ``sure``: it can be nothing but a number; else it is one only where nothing else was typed.
    """

    text: str
    span: Span
    serial: str
    year: int | None = None
    slugs: frozenset[str] = frozenset()
    letters: tuple[str, ...] = ()
    loose: int = 0
    sure: bool = True


@dataclass(frozen=True, slots=True)
class _Token:
    text: str  # folded
    start: int
    end: int
    kind: str  # "digits", "letters", "sign"


_PIECE = re.compile(r"(?P<digits>\d+)|(?P<letters>[a-z][a-z&]*)|(?P<sign>[^\s\w])")
_YEAR = re.compile(r"(?:19|20)\d\d")
_JOINS = {"-", "/", ".", "_"}
_LONGEST_SERIAL = 7
# Behind a figure they say that it counts something, whatever stands before it ...
_MEASURES = frozenset(
    (
        *("nam", "thang", "ngay", "tuan", "gio", "phut", "tuoi", "lan", "dong", "trieu", "ty"),
        *("chuong", "dieu", "khoan", "diem", "muc", "phan", "bo", "ban", "to"),
    )
)
# ... but not these behind a type: "nđ 28 người khuyết tật" ...
_THINGS = frozenset(("nguoi", "tre", "em", "lop", "truong", "hoc", "nhom", "dang"))
# ... nor a place, which has a figure of its own: "NĐ 56 điều 36".
_PLACES = frozenset(("dieu", "khoan", "diem", "chuong", "muc", "phan"))
_DATED = re.compile(
    r",?\s*(?:ban hanh |ky )?ngay\s+\d{1,2}\s*(?:[/.-]|thang)"
    r"\s*\d{1,2}\s*(?:[/.-]|nam)\s*((?:19|20)\d\d)"
)
# The hyphen in GD-ĐT stands inside one name.
_EDUCATION = re.compile(r"\b([bsp]?gd)-dt\b")


class NumberReader:
    """Knows the types of paper and every code that numbers here are written with."""

    def __init__(self, vocabulary: Vocabulary, numbers: Iterable[str]) -> None:
        self._types: dict[tuple[str, ...], set[str]] = {}
        self._codes: dict[str, set[str]] = {}  # folded → as they are written, lower case
        for kind in vocabulary.types:
            for name in (kind.code, kind.name, *kind.variants):
                if name:
                    self._types.setdefault(tuple(fold(name).split()), set()).add(kind.slug)
            self._know(kind.code)
        for issuer in vocabulary.issuers:
            for code in issuer.codes:
                self._know(code)
        for number in numbers:
            for code in _WRITTEN.findall(number):
                self._know(code)
        self._longest = max(map(len, self._types), default=1)

    def _know(self, code: str) -> None:
        if code:
            self._codes.setdefault(fold(code).replace("&", ""), set()).add(accented_key(code))

    def find(self, typed: str) -> list[NumberAsked]:
        """Every number of *typed* (match text), in order and apart."""
        folded = flat(typed)
        tokens = self._tokens(folded)
        out: list[NumberAsked] = []
        at = 0
        while at < len(tokens):
            found = self._number(typed, folded, tokens, at)
            if found is None:
                at += 1
            else:
                asked, at = found
                out.append(asked)
        return out

    def unreadable(self, typed: str) -> list[Span]:
        """What is written like a number of a document and is none: "30/20/NĐ-CP"."""
        return [
            Span(*found.span())
            for found in _LIKE_A_NUMBER.finditer(typed)
            if any(
                fold(code).replace("&", "") in self._codes for code in _WRITTEN.findall(found[0])
            )
            and not self.find(found[0])
        ]

    def _tokens(self, text: str) -> list[_Token]:
        out: list[_Token] = []
        for found in _PIECE.finditer(_EDUCATION.sub(r"\1&dt", text)):
            token = _Token(found[0], found.start(), found.end(), found.lastgroup or "")
            last = out[-1] if out else None
            if token.kind == "digits" and last and last.kind == "letters":
                before = out[-2].text if len(out) > 1 else ""
                whole, glued = last.text + token.text, last.end == token.start
                joined = before in _JOINS and len(token.text) <= 2
                if (glued and joined) or (whole in self._codes and (glued or joined)):
                    out[-1] = _Token(whole, last.start, token.end, "letters")  # /QH12
                    continue
            out.append(token)
        return out

    def _number(
        self, typed: str, folded: str, tokens: Sequence[_Token], start: int
    ) -> tuple[NumberAsked, int] | None:
        def is_at(place: int, kind: str, words: Iterable[str] = ()) -> bool:
            wanted = set(words)
            return (
                place < len(tokens)
                and tokens[place].kind == kind
                and (not wanted or tokens[place].text in wanted)
            )

        at, slugs, letters = self._lead(typed, tokens, start)
        led = at > start
        said = is_at(at, "letters", ("so",))
        at += said
        if said and is_at(at, "letters", ("hieu",)):
            at += 1
        if (led or said) and is_at(at, "sign", (":", ".")):
            at += 1
        if not is_at(at, "digits") or len(tokens[at].text) > _LONGEST_SERIAL:
            return None
        glued = at == start > 0 and tokens[at - 1].end == tokens[at].start
        if glued and tokens[at - 1].text not in "\"'(:,;":
            return None  # the rest of a longer word or figure
        serial = tokens[at].text
        at += 1
        year = None
        if (
            is_at(at, "sign", _JOINS)
            and is_at(at + 1, "digits")
            and _YEAR.fullmatch(tokens[at + 1].text)
        ):
            year, at = int(tokens[at + 1].text), at + 2
        elif led and is_at(at, "digits") and _YEAR.fullmatch(tokens[at].text):
            year, at = int(tokens[at].text), at + 1
        elif is_at(at, "sign", _JOINS) and is_at(at + 1, "digits"):
            return None  # a date, a fraction
        joined = loose = 0
        while True:
            sign = is_at(at, "sign", _JOINS)
            if sign and is_at(at + 1, "sign", _JOINS):
                at += 1
            if sign and is_at(at + 1, "letters") and not self._is_minus(typed, tokens, at):
                letters.append(tokens[at + 1].text.replace("&", ""))
                joined, loose, at = joined + 1, 0, at + 2
            elif is_at(at, "letters") and self._is_code(typed, tokens[at]):
                letters.append(tokens[at].text.replace("&", ""))
                loose, at = loose + 1, at + 1
            else:
                break
        if (
            year is None
            and (led or letters)
            and is_at(at, "letters", ("nam",))
            and is_at(at + 1, "digits")
            and _YEAR.fullmatch(tokens[at + 1].text)
        ):
            year, at = int(tokens[at + 1].text), at + 2
        dated = _DATED.match(folded, tokens[at - 1].end)
        if dated:
            year = year or int(dated[1])
            while at < len(tokens) and tokens[at].start < dated.end():
                at += 1
        bare = not letters and year is None
        place = is_at(at, "letters", _PLACES) and is_at(at + 1, "digits")
        counts = is_at(at, "letters", _MEASURES) and not (place and (led or said))
        counts |= is_at(at, "letters", _THINGS) and not (led and slugs)
        if bare and (counts or is_at(at, "sign", ("%",))):
            return None
        if bare and not said and (not led or self._is_year_of_law(serial, slugs)):
            return None
        span = Span(tokens[start].start, tokens[at - 1].end)
        sure = bool(joined or (led and slugs) or (letters and (letters[0],) in self._types))
        asked = NumberAsked(
            span.of(typed), span, serial.lstrip("0") or "0", year, frozenset(slugs),
            tuple(letters), loose, sure,
        )  # fmt: skip
        return asked, at

    def _lead(
        self, typed: str, tokens: Sequence[_Token], start: int
    ) -> tuple[int, set[str], list[str]]:
        """The type, or codes joined in the old order ("NĐ-CP 30/2020"), before the figures."""
        at, slugs = start, set[str]()
        for length in range(min(self._longest, len(tokens) - start), 0, -1):
            words = tuple(token.text for token in tokens[start : start + length])
            if words in self._types:
                at, slugs = start + length, self._types[words]
                break
        letters: list[str] = []
        first = at
        if at == start and start < len(tokens) and self._is_code(typed, tokens[start]):
            at, letters = start + 1, [tokens[start].text]
        while (
            at > start
            and at + 1 < len(tokens)
            and tokens[at].text in _JOINS
            and tokens[at + 1].kind == "letters"
        ):
            letters.append(tokens[at + 1].text.replace("&", ""))
            at += 2
        if first == start and len(letters) == 1:
            return start, set(), []  # a lone code says nothing of a figure behind it
        if not slugs and letters:
            slugs = self._types.get((letters[0],), set())
        return at, set(slugs), letters

    def _is_code(self, typed: str, token: _Token) -> bool:
        """Is this word a code as it was typed ("từ" is not the code TU)?"""
        if token.kind != "letters":
            return False
        written = self._codes.get(token.text.replace("&", ""))
        if not written:
            return False
        word = accented_key(typed[token.start : token.end])
        return word == fold(word) or word in written

    def _is_minus(self, typed: str, tokens: Sequence[_Token], at: int) -> bool:
        """Is this dash the sign before a word that is not wanted ("nđ 30 -khen")?"""
        dash, word = tokens[at], tokens[at + 1]
        apart = typed[dash.start - 1 : dash.start].isspace() and dash.end == word.start
        return dash.text == "-" and apart and not self._is_code(typed, word)

    @staticmethod
    def _is_year_of_law(serial: str, slugs: Iterable[str]) -> bool:
        return bool(_YEAR.fullmatch(serial)) and bool(set(slugs) & {"luat", "bo-luat", "hien-phap"})


_WRITTEN = re.compile(r"[^\W\d_][\w&]*")
# Digits, then letters behind a slash.
_LIKE_A_NUMBER = re.compile(r"(?<![\w/-])\d[\w&/-]*/[^\W\d_][\w&/-]*")


@dataclass(frozen=True, slots=True)
class Numbered:
    """A document with its number taken apart; ``issued`` the year of its date."""

    key: str
    text: str
    slug: str
    serial: str
    year: int | None
    issued: int | None
    letters: tuple[str, ...]


def numbered(key: str, number: str, slug: str, issued: str | None) -> Numbered | None:
    """None where it is no number, or its digits were left blank."""
    parts = read_number(number)
    if parts is None or not parts.serial:
        return None
    codes = [*([parts.type_code] if parts.type_code else ()), *parts.issuer_codes]
    letters = _EDUCATION.sub(r"\1dt", fold("-".join(codes)).replace("&", "")).split("-")
    year = int(issued[:4]) if issued else None
    return Numbered(
        key, number, slug, parts.serial.lstrip("0") or "0", parts.year, year, tuple(letters)
    )


@dataclass(slots=True)
class Numbers:
    """Every number of a library, by its digits."""

    rows: Iterable[Numbered]
    type_codes: dict[str, str] = field(default_factory=dict)  # slug → folded code
    _by_serial: dict[str, list[Numbered]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for row in self.rows:
            self._by_serial.setdefault(row.serial, []).append(row)

    def of_serial(self, serial: str) -> Sequence[Numbered]:
        return self._by_serial.get(serial, ())

    def answering(self, asked: NumberAsked) -> list[Numbered]:
        """Every one that fits; where none does, codes that may be words are left out."""
        for left in range(asked.loose + 1):
            letters = asked.letters[: len(asked.letters) - left]
            found = [row for row in self.of_serial(asked.serial) if self._fits(row, asked, letters)]
            if found and (letters or asked.year or asked.slugs or not asked.letters):
                return found
        return []

    def near(self, asked: NumberAsked) -> list[Numbered]:
        """Those that differ in one letter: put in, left out, changed, or two exchanged."""
        written = "".join(asked.letters)
        return [
            row
            for row in self.of_serial(asked.serial)
            if asked.year in (None, row.year, row.issued) and one_off(written, "".join(row.letters))
        ]

    def closest(self, asked: NumberAsked) -> list[Numbered]:
        """Those with the very letters of a whole number and another year, else with one digit
        more, less or other, or two exchanged; none where that could be more than a few."""
        written = "".join(asked.letters)
        if not written:
            return []
        found = [row for row in self.of_serial(asked.serial) if "".join(row.letters) == written]
        if not found:
            found = [
                row
                for serial, rows in self._by_serial.items()
                if one_off(serial, asked.serial)
                for row in rows
                if row.year == asked.year and "".join(row.letters) == written
            ]
        return found if len(found) <= _FEW else []

    def _fits(self, row: Numbered, asked: NumberAsked, letters: Sequence[str]) -> bool:
        if asked.year is not None and asked.year != (row.year or row.issued):
            return False
        if letters and not (
            "".join(letters) == "".join(row.letters) or _in_order(letters, row.letters)
        ):
            return False
        return not asked.slugs or self._is_type(row, asked.slugs)

    def _is_type(self, row: Numbered, slugs: frozenset[str]) -> bool:
        """The Party writes QĐ for quy định too, and a law may be a code: the number's own letters
        speak as well as the type's name."""
        if row.slug in slugs or (row.slug in _LAWS and slugs & _LAWS):
            return True
        return any(self.type_codes.get(slug) == row.letters[0] for slug in slugs)


_LAWS = {"luat", "bo-luat"}
_FEW = 4  # numbers nearly the one asked for that are worth a look


def _in_order(some: Sequence[str], all_: Sequence[str]) -> bool:
    rest = iter(all_)
    return all(letter in rest for letter in some)


def one_off(one: str, other: str) -> bool:
    """Do two words differ by one letter put in, left out or changed, or by two exchanged?"""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    mine, theirs = one[start:], other[start:]
    if len(mine) == len(theirs):
        exchanged = mine[:2] == theirs[1::-1] and mine[2:] == theirs[2:]
        return mine[1:] == theirs[1:] or (len(mine) > 1 and exchanged)
    shorter, longer = sorted((mine, theirs), key=len)
    return longer[1:] == shorter
