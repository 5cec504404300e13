"""Unicode for Vietnamese: one normal form, one folding, spans, and maps between texts.

Rules N and K of the parsing notes: *N* makes match text (composed, one kind of dash and space,
``Ð`` read as ``Đ``) and remembers where each character came from; *K* makes search keys (no case,
no marks, ``đ`` → ``d``) and is never shown.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of code points, ``text[start:end]``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def shift(self, by: int) -> Span:
        return Span(self.start + by, self.end + by)


class OffsetMap:
    """Where each code point of a derived text stood in its source.

    ``starts[i]`` and ``ends[i]`` bound the source cluster that made derived character *i*, so a
    composed letter maps back to base and mark together. Offsets are code points; both rise.
    """

    __slots__ = ("ends", "starts")

    def __init__(self, starts: Iterable[int], ends: Iterable[int]) -> None:
        self.starts = array("q", starts)
        self.ends = array("q", ends)

    def __len__(self) -> int:
        return len(self.starts)

    def source(self, span: Span) -> Span:
        """The source range of a derived range; an empty range maps to an empty one."""
        if span.end > len(self.starts):
            raise ValueError(f"span {span} is outside a text of {len(self.starts)} characters")
        if span.start == span.end:
            at = self.starts[span.start] if span.start < len(self.starts) else self._last()
            return Span(at, at)
        return Span(self.starts[span.start], self.ends[span.end - 1])

    def _last(self) -> int:
        return self.ends[-1] if self.ends else 0

    def then(self, earlier: OffsetMap) -> OffsetMap:
        """This map followed back through *earlier* (whose derived text is this one's source)."""
        starts, ends = array("q"), array("q")
        for start, end in zip(self.starts, self.ends, strict=True):
            span = earlier.source(Span(start, end))
            starts.append(span.start)
            ends.append(span.end)
        return OffsetMap(starts, ends)


_OPENING, _CLOSING = '“"„', '”"“'


def nfc(text: str) -> str:
    """Composed form, taken at every door: text, query, file name, JSON."""
    return unicodedata.normalize("NFC", text)


# One-to-one replacements of rule N3 that need no look around; U+0002 is what pdfium writes for a
# hyphen at line end.
_ONE_TO_ONE = str.maketrans(
    {
        "Ð": "Đ",
        "Ɖ": "Đ",
        "\u00a0": " ",
        "\u202f": " ",
        "\u205f": " ",
        "\u3000": " ",
        "\t": " ",
        "\u2010": "-",
        "\u2011": "-",
        "\u2012": "-",
        "\u2013": "-",
        "\u2014": "-",
        "\u2015": "-",
        "\u2212": "-",
        "\u0002": "-",
        "“": '"',
        "”": '"',
        "„": '"',
        "‟": '"',
        "‘": "'",
        "’": "'",
        "‚": "'",
        "‛": "'",
    }
    | {chr(code): " " for code in range(0x2000, 0x200B)}
)
# Keys are never shown: there ð is đ wherever it stands.
_KEYED = _ONE_TO_ONE | str.maketrans("ð", "đ")
# Cyrillic and Greek capitals and letters that look Latin.
_ALIKE = str.maketrans(
    "АВЕКМНОРСТУХІЈЅаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEKMHOPCTYXIJSaeopcyxijsABEZHIKMNOPTYXo"
)
# Rule N4: characters that say nothing (soft hyphen, zero-width, byte-order mark, controls).
_SILENT = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u0000-\u0001\u0003-\u0008\u000e-\u001f]")


_LOOKED_AT = re.compile(f"[ð\ue000-\uf8ff{''.join(map(chr, _ALIKE))}]")
_INNER = r"(?:[^\W_]|[\u0300-\u036f])"
_TOKEN = re.compile(rf"{_INNER}+(?:[-/]{_INNER}+)*")
# A letter or roman number that begins a line: "р) Đầu mối", "ІІ. Nội dung".
_LABEL = re.compile(r"(?:^|\n)[ \"'(]*$")
_ITS_SIGN = re.compile(r"[.)]")
# Letters of Vietnamese that Icelandic, whose ð is, does without.
_OURS = re.compile("[ăâđêôơưàảãạằẳẵặắầẩẫậấèẻẽẹềểễệếìỉĩịòỏõọồổỗộốờởỡợớùủũụừửữựứỳỷỹỵ]")
_VOWEL = re.compile("[aeiouyæöø]")
# A sign of a symbol font that stands alone: the dot, box, arrow or tick of a list.
_SIGN = re.compile(r"(?<!\S)[\ue000-\uf8ff](?!\S)")
_SYMBOL_MINUS = "\uf02d"


def _looked_at(text: str) -> str:
    """The replacements that depend on what stands beside: each character makes one. What says
    nothing stands beside nothing: it is looked past, and stays in its place."""
    if not _LOOKED_AT.search(text):
        return text
    read = iter(_in_context(silenced(text)))
    return "".join(c if _SILENT.match(c) else next(read) for c in text)


def _in_context(text: str) -> str:
    text = _SIGN.sub(lambda found: "-" if found[0] == _SYMBOL_MINUS else "•", text)
    return _TOKEN.sub(_as_latin, text)


def _as_latin(found: re.Match[str]) -> str:
    token = found[0]
    if token != (latin := token.translate(_ALIKE)):
        written = nfc(latin)
        # All of it reads as Latin, and some of it is, or it can be nothing else.
        if all(_is_latin(c) for c in written if c.isalpha()) and (
            any(_is_latin(c) for c in nfc(token) if c.isalpha())
            or ("/" in token and any(c.isdigit() for c in token))
            or (
                _LABEL.search(found.string, max(0, found.start() - 8), found.start())
                and _ITS_SIGN.match(found.string, found.end())
            )
        ):
            token = latin
    return re.sub(rf"{_INNER}+", _as_vietnamese, token) if "ð" in token else token


def _is_latin(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith("LATIN")


def _as_vietnamese(found: re.Match[str]) -> str:
    """ð is đ at the head of a word, beside a Vietnamese letter, or in an abbreviation (nð-cp)."""
    word = nfc(found[0]).lower()
    if word.startswith("ð") or _OURS.search(word) or not _VOWEL.search(fold(word)):
        return found[0].replace("ð", "đ")
    return found[0]


def capital(words: str) -> str:
    """*words* with a capital first; the rest as it is."""
    return words[:1].upper() + words[1:]


def quoted(words: str, longest: int = 0) -> str:
    """Words on one line between marks, those that stand between marks already as they are; cut
    behind a word where they are more than *longest* characters, 0 for any number.

    >>> quoted("ban đêm"), quoted("“ban đêm”"), quoted("đêm có trăng giả định", 9)
    ('“ban đêm”', '“ban đêm”', '“đêm có …”')
    """
    inner = " ".join(words.split())
    if len(inner) > 1 and inner[0] in _OPENING and inner[-1] in _CLOSING:
        inner = inner[1:-1].strip()
    if longest and len(inner) > longest:
        inner = inner[:longest].rpartition(" ")[0] + " …"
    return f"“{inner}”"


def silenced(text: str) -> str:
    """*text* without the characters that say nothing."""
    return _SILENT.sub("", text)


@dataclass(frozen=True, slots=True)
class MatchText:
    """Match text (rules N1-N5) and the way back to the text it was made from."""

    text: str
    map: OffsetMap

    def source(self, span: Span) -> Span:
        return self.map.source(span)


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each base character with the marks, and silent characters, behind it."""
    start = 0
    for position in range(1, len(text) + 1):
        if position == len(text) or not (
            unicodedata.combining(text[position]) or _SILENT.match(text, position)
        ):
            yield start, position
            start = position


def match_text(source: str) -> MatchText:
    """Text for patterns: NFC, one dash, one quote, one space; line breaks stay.

    >>> match_text("Ðiều  21").text
    'Điều 21'
    """
    out: list[str] = []
    starts, ends = array("q"), array("q")
    read = _looked_at(source.translate(_ONE_TO_ONE))
    for start, end in _clusters(read) if read else ():
        piece = nfc(silenced(read[start:end]))
        if piece == " " and out and out[-1] in " \n":
            continue
        for character in piece:
            out.append(character)
            starts.append(start)
            ends.append(end)
    return MatchText("".join(out), OffsetMap(starts, ends))


def match_words(source: str) -> str:
    """The words of ``match_text(source)`` in single spaces; quick for what is typed."""
    read = _looked_at(source.translate(_ONE_TO_ONE))
    if _SILENT.search(read) or not unicodedata.is_normalized("NFC", read):
        read = match_text(source).text
    return " ".join(read.split())


# Old tone placement → new, on open syllables in oa, oe, uy (hoà → hòa; quý never changes).
_TONE_PAIRS = {
    f"{a}{b_marked}": f"{a_marked}{b}"
    for a, b, a_forms, b_forms in (
        ("o", "a", "òóỏõọ", "àáảãạ"),
        ("o", "e", "òóỏõọ", "èéẻẽẹ"),
        ("u", "y", "ùúủũụ", "ỳýỷỹỵ"),
    )
    for a_marked, b_marked in zip(a_forms, b_forms, strict=True)
}
_TONE = re.compile(r"(?<!q)(" + "|".join(_TONE_PAIRS) + r")(?!\w)")


def tone_placement(text: str) -> str:
    """One place for the tone mark (new style), on lower-case text; lengths do not change."""
    return _TONE.sub(lambda found: _TONE_PAIRS[found[1]], text)


@lru_cache(maxsize=65_536)
def accented_key(word: str) -> str:
    """Search key that keeps the marks: case folded, one tone placement (rule K7)."""
    return tone_placement(nfc(word).translate(_KEYED).lower())


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """Search key without case and marks; ``đ`` is handled by name, it has no decomposition.

    >>> fold("Người Khuyết tật")
    'nguoi khuyet tat'
    """
    lowered = nfc(word).translate(_KEYED).lower().replace("đ", "d")
    return "".join(c for c in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(c))


class _Flat(dict[int, str]):
    """For ``str.translate``: every letter without case and marks."""

    def __missing__(self, code: int) -> str:
        letter = fold(chr(code))
        self[code] = letter if len(letter) == 1 else chr(code)
        return self[code]


_FLAT = _Flat()


def flat(text: str) -> str:
    """*text* folded letter by letter: as long as it was, so places stay; marks that stand apart
    from their letter stay too."""
    return text.translate(_FLAT)


def has_marks(text: str) -> bool:
    """Does any letter carry a Vietnamese mark (or is ``đ``)?"""
    return fold(text) != nfc(text).translate(_KEYED).lower()


_I_OR_Y = re.compile(r"^(h|k|l|m|s|t|v|qu)([iìíỉĩịyỳýỷỹỵ])$")
_ITS_TWIN = str.maketrans("iìíỉĩịyỳýỷỹỵ", "yỳýỷỹỵiìíỉĩị")


@lru_cache(maxsize=65_536)
def variant(word: str) -> str:
    """The other way to write a syllable that ends in i or y alone, else the word itself; of a
    lower-case word.

    >>> variant("kỹ"), variant("lí"), variant("tui")
    ('kĩ', 'lý', 'tui')
    """
    found = _I_OR_Y.match(word)
    return found[1] + found[2].translate(_ITS_TWIN) if found else word


_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def slug(text: str) -> str:
    """Folded words joined by hyphens, for addresses: ``"Sở GDĐT"`` → ``so-gddt``."""
    return _NOT_SLUG.sub("-", fold(text)).strip("-")
