"""Text of the fonts used before Unicode → Unicode, with the way back.

TCVN3 (ABC, ``.Vn…`` fonts), VNI and VISCII show Vietnamese by other characters: ``cña`` and
``cuûa`` are *của*. The tables are viparse's. Which table is a verdict on a block of text, never on
a single field: ``Mã số: ® © ™ µg`` is no TCVN3, and ``Sè`` alone may be either.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from viparse.normalize.encodings import CHARMAPS

from ingest import Extracted
from ingest.extract.lines import Draft, place
from ingest.extract.verdict import is_syllable
from kb.findings import Finding, Severity
from kb.text import MatchText, OffsetMap


class Legacy(StrEnum):
    TCVN3 = "TCVN3 (ABC)"
    VNI = "VNI"
    VISCII = "VISCII"


# What the tables lack: VNI has ẳ at the place its other letters leave free; a PDF names the glyphs
# of TCVN3's ư, ã and à "minus", "bullet operator" and "mu".
_ADDED = {
    Legacy.TCVN3: (("\u2212", "ư"), ("\u2219", "ã"), ("\u03bc", "à")),
    Legacy.VNI: (("aú", "ẳ"), ("AÚ", "Ẳ")),
    Legacy.VISCII: (),
}
_NAMES = {Legacy.TCVN3: "tcvn3", Legacy.VNI: "vni", Legacy.VISCII: "viscii"}
# Letters no old font shows anything by: a word with one of them is Unicode already.
_UNICODE = re.compile("[ĂăĐđĨĩŨũƠơƯưẠ-ỹ\u0300\u0301\u0303\u0309\u0323]")
# Characters that are letters in an old font and in no Vietnamese text, or hardly ever.
_ODD = re.compile(
    "[\u0080-\u009f¡-©«-\u00af±-´µ-º»-¿ÄÅÆÇËÎÏÐÑÖ×ØÛÜÞßäåæçëîïðñö÷øûüþÿ\u03bc\u2212\u2219]"
)
_TOKEN = re.compile(r"[^\s.,;:()/\"“”?!\[\]{}|<>=…–—-]+")
# No small letter among a word's plain ones; two capitals, or one behind a marked letter (``ñY``).
_CAPITALS = re.compile(r"[^a-zA-Z]*[A-Z][^a-zA-Z]*[A-Z][^a-z]*|[^\x00-\x7f]+[A-Z][^a-z]*")
_BLOCK = 24  # characters from which a line is judged by itself; measured by viparse on mixed papers
_LEAST = 3  # words that the table must make Vietnamese
_VALID, _GAIN, _AHEAD = 0.8, 0.4, 0.05  # shares of a block's marked words
_FOREIGN = 0.5  # of the marked words; measured 0-0.2 on Spanish, German and French
_SAMPLE = 20_000  # characters of a block that are judged


@dataclass(frozen=True, slots=True)
class _Table:
    """``pattern`` finds every legacy sequence, longest first; ``letters`` says what each shows."""

    pattern: re.Pattern[str]
    letters: dict[str, str]


@cache
def _table(legacy: Legacy) -> _Table:
    letters = dict(CHARMAPS[_NAMES[legacy]].pairs + _ADDED[legacy])
    longest_first = sorted(letters, key=len, reverse=True)
    return _Table(re.compile("|".join(map(re.escape, longest_first))), letters)


def to_unicode(text: str, legacy: Legacy) -> MatchText:
    """What the old font shows, each character mapped to those that show it in *text*.

    A word that has a Unicode letter already stays, and so do the two glyph names of PDF where they
    stand beside no letter. TCVN3 has no marked capitals: in a line or a word whose other letters
    are capitals the marked ones are meant as such (``CéNG HßA X· HéI``).

    >>> to_unicode("cña", Legacy.TCVN3).text
    'của'
    """
    table = _table(legacy)
    out: list[str] = []
    starts, ends = array("q"), array("q")

    def keep(start: int, end: int) -> None:
        out.append(text[start:end])
        starts.extend(range(start, end))
        ends.extend(range(start + 1, end + 1))

    whole = _in_capitals(text)
    at = 0
    for word in re.finditer(r"\S+", text):
        if _UNICODE.search(word[0]):
            continue
        capitals = legacy is Legacy.TCVN3 and (whole or bool(_CAPITALS.fullmatch(word[0])))
        for found in table.pattern.finditer(text, word.start(), word.end()):
            if found[0] in "\u2212\u2219" and not _by_letter(text, found.start()):
                continue
            keep(at, found.start())
            at = found.end()
            letter = table.letters[found[0]]
            if capitals:
                letter = letter.upper()
            out.append(letter)
            starts.extend([found.start()] * len(letter))
            ends.extend([at] * len(letter))
    keep(at, len(text))
    return MatchText("".join(out), OffsetMap(starts, ends))


def _in_capitals(line: str) -> bool:
    """Two words of capitals and no small letter; "Sè: 40/2000/TT-BTC" is no line of capitals."""
    if re.search("[a-z]", line):
        return False
    words = (word for word in line.split() if not re.search(r"[\d/]", word))
    return sum(_CAPITALS.fullmatch(word) is not None for word in words) >= 2


def _by_letter(text: str, at: int) -> bool:
    return text[max(at - 1, 0) : at].isalpha() or text[at + 1 : at + 2].isalpha()


def verdict(text: str) -> Legacy | None:
    """The old font a block of text was typed in, None where it is Unicode, of another language or
    too little to say.

    Nearly all marked words must become Vietnamese syllables by one table, and clearly more of them
    than are so already and than another table makes. ``año``, ``für`` and ``été`` do not.
    """
    if not _ODD.search(text):
        return None
    words = _marked(text)
    plain = sum(_is_vietnamese(word) for word in words)
    ranked = sorted((sum(_becomes(word, legacy) for word in words), legacy) for legacy in Legacy)
    made, best = ranked[-1]
    enough = made - plain >= _LEAST and made >= _VALID * len(words)
    clear = made - plain >= _GAIN * len(words) and made - ranked[-2][0] >= _AHEAD * len(words)
    return best if enough and clear else None


def verdicts(texts: Sequence[str]) -> list[Legacy | None]:
    """One verdict for each line of a paper: a long line's own, a short one's that of the line
    before it that has one; where no line is long, that of all together."""
    own = [_own(text) for text in texts]
    decided = [said.legacy for said in own if said is not None]
    before = decided[0] if decided else verdict("\n".join(texts))
    found: list[Legacy | None] = []
    for text, said in zip(texts, own, strict=True):
        before = said.legacy if said is not None else before
        found.append(None if text.isascii() else before)
    return found


@dataclass(frozen=True, slots=True)
class _Said:
    legacy: Legacy | None


def _own(text: str) -> _Said | None:
    """What a line says by itself; None for one that is short or has few marks."""
    if len(text) < _BLOCK or text.isascii():
        return None
    found = verdict(text)
    if found is not None or _UNICODE.search(text):
        return _Said(found)
    words = _marked(text)
    # Clearly another language: its words are no Vietnamese by any table.
    best = max(sum(_becomes(word, legacy) for word in words) for legacy in Legacy)
    return _Said(None) if len(words) >= _LEAST and best < _FOREIGN * len(words) else None


def _marked(text: str) -> list[str]:
    return [word for word in _TOKEN.findall(text[:_SAMPLE]) if not word.isascii()]


def _is_vietnamese(word: str) -> bool:
    """A syllable in one of the cases people write, or the label of a point (điểm đ)."""
    if word not in (lowered := word.lower(), word.upper(), word.capitalize()):
        return False
    return lowered == "đ" or (word.isalpha() and is_syllable(lowered))


def _becomes(word: str, legacy: Legacy) -> bool:
    shown = to_unicode(word, legacy).text
    return shown != word and _is_vietnamese(shown)


def in_unicode(extracted: Extracted) -> Extracted:
    """The lines and footnotes in Unicode, each in its place; a finding says what was converted."""
    texts = [*(line.text for line in extracted.lines), *extracted.footnotes]
    found = verdicts(texts)
    if not any(found):
        return extracted
    read = [to_unicode(t, old).text if old else t for t, old in zip(texts, found, strict=True)]
    count = len(extracted.lines)
    lines = place(
        Draft(
            text,
            line.page,
            line.bold,
            line.centred,
            line.cell,
            line.box,
            line.confidence,
            line.reach,
        )
        for text, line in zip(read[:count], extracted.lines, strict=True)
    )
    finding = converted(old for old in found if old)
    return replace(
        extracted,
        lines=lines,
        footnotes=tuple(read[count:]),
        findings=(*extracted.findings, finding),
    )


def converted(read: Iterable[Legacy]) -> Finding:
    """What is told of lines read by these tables, one for each line."""
    lines = Counter(read)
    return Finding(
        "legacy-converted", Severity.INFO,
        f"Chữ gõ bằng bảng mã cũ {' và '.join(sorted(lines))} đã được chuyển sang Unicode "
        f"({lines.total()} dòng).",
        "Phông chữ hoa đời cũ (.VnTimeH …) có thể hiện thành chữ thường; tệp gốc vẫn giữ nguyên.",
    )  # fmt: skip
