"""What was typed → words and phrases, or the number of a document in any usual form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.documents import DocNumber, DocType, parse_number, type_code
from kb.errors import CanCuError
from kb.index import Query
from kb.index.analyzer import tokens
from kb.text import fold, has_marks, match_text

LONGEST = 400  # characters; the longest title in the catalogue has 190


class QueryTooLong(CanCuError):
    """A query past the limit; nothing was looked for."""


def parse_query(text: str) -> Query:
    """Words and quoted phrases of *text*; raises ``QueryTooLong`` past 400 characters."""
    if len(text) > LONGEST:
        raise QueryTooLong(
            f"Câu tìm dài {len(text)} ký tự, quá mức {LONGEST}.", "Rút ngắn còn vài từ chính."
        )
    typed = " ".join(match_text(text).text.split())
    words = tuple(token.text for token in tokens(typed))
    phrases = (_whole(phrase) for phrase in re.findall(r'"([^"]+)"', typed))
    return Query(typed, words, tuple(phrase for phrase in phrases if phrase), has_marks(typed))


def _whole(text: str) -> tuple[str, ...]:
    return tuple(token.text for token in tokens(text) if not token.part)


@dataclass(frozen=True, slots=True)
class NumberAsked:
    """A number that was typed: ``serial`` its digits; the rest None or () where not given.

    ``letters`` are the folded letters after the serial ("qd-ttg"), ``type_slug`` the type said in
    words or read from the letters, ``number`` the whole number where it is one.
    """

    text: str
    serial: str
    year: int | None = None
    type_slug: str | None = None
    letters: tuple[str, ...] = ()
    number: DocNumber | None = None


_SERIAL = re.compile(r"(?P<serial>\d{1,5})(?:\s*/\s*(?P<year>(?:19|20)\d\d))?(?P<rest>.*)")
_LETTERS = re.compile(r"[^\W\d_][\w&]*")
_REST = re.compile(r"(?:\s*[-/ ]\s*[^\W\d_][\w&]{0,14}){0,8}\s*")


def number_asked(text: str, types: Sequence[DocType]) -> NumberAsked | None:
    """The number *text* asks for, or None when it is words.

    Understood: ``753/QĐ-TTg``, ``753 qd ttg``, ``QĐ 753``, ``quyet dinh so 753``, ``39-CT/TW``,
    ``nd 30/2020``, ``luat 51/2010/qh12``, ``so 1929``. A bare figure, or a type with a bare year
    ("luat 2010"), is words.
    """
    typed = " ".join(match_text(text).text.split()).strip(" .,;:?")
    key = fold(typed)
    slug, rest = _leading_type(key, types)
    said_number = rest.startswith("so ") or rest.startswith("so:")
    rest = rest[3:].strip() if said_number else rest
    found = _SERIAL.fullmatch(rest)
    if found is None or not _REST.fullmatch(found["rest"]):
        return None
    letters = tuple(_LETTERS.findall(found["rest"]))
    year = int(found["year"]) if found["year"] else None
    bare = not letters and year is None and not said_number
    if bare and (slug is None or (slug == "luat" and len(found["serial"]) == 4)):
        return None
    joined = re.search(r"[-/]", found["rest"]) is not None
    if letters and not joined and slug is None and not _is_type(letters[0], types):
        return None  # "5 người khuyết tật": a figure with words behind it
    return NumberAsked(
        text=typed,
        serial=found["serial"],
        year=year,
        type_slug=slug or _slug_of(letters, types),
        letters=letters,
        number=_number(typed, rest),
    )


def matches(asked: NumberAsked, number: str, type_slug: str) -> bool:
    """Is *number*, of a document of that type, one that was asked for? What was not said matches
    anything; what was said must agree after folding."""
    try:
        has = parse_number(number)
    except ValueError:
        return False
    if has.serial.lstrip("0") != asked.serial.lstrip("0"):
        return False
    if asked.year is not None and has.year != asked.year:
        return False
    letters = _LETTERS.findall(fold(number[number.find(has.serial) + len(has.serial) :]))
    given = [_plain(letter) for letter in asked.letters]
    mine = [_plain(letter) for letter in letters]
    if given and given != mine[: len(given)]:
        return False
    return bool(given) or asked.type_slug is None or asked.type_slug == type_slug


def _leading_type(key: str, types: Sequence[DocType]) -> tuple[str | None, str]:
    """The slug of the type *key* begins with, by name or letters, and what follows."""
    names = [
        (fold(name), kind.slug)
        for kind in types
        for name in (kind.name, kind.code, *kind.variants)
        if name
    ]
    for name, slug in sorted(names, key=lambda pair: -len(pair[0])):
        if key.startswith(name) and key[len(name) : len(name) + 1] in (" ", ":"):
            rest = key[len(name) :].strip(" :")
            if rest[:1].isdigit() or rest.startswith("so"):
                return slug, rest
    return None, key


def _slug_of(letters: tuple[str, ...], types: Sequence[DocType]) -> str | None:
    slugs = {kind.slug for kind in types if letters and fold(kind.code) == letters[0]}
    return slugs.pop() if len(slugs) == 1 else None


def _is_type(letter: str, types: Sequence[DocType]) -> bool:
    return type_code(letter) is not None or any(fold(kind.code) == letter for kind in types)


def _number(typed: str, rest: str) -> DocNumber | None:
    tail = typed[len(typed) - len(rest) :]
    try:
        return parse_number(tail)
    except ValueError:
        return None


def _plain(letters: str) -> str:
    return letters.replace("&", "")
