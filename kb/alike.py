"""How alike two numbers, titles or texts are: keys that fold what people vary, one-letter slips."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

from kb.documents import number_key, read_number
from kb.text import fold


@lru_cache(maxsize=65_536)
def key_of(number: str) -> str:
    """``number_key``, remembered: it is asked for each entry of a library again and again."""
    return number_key(number)


@lru_cache(maxsize=65_536)
def frame(number: str) -> str | None:
    """Serial, year and type of a number: what two numbers share that differ in the issuer."""
    parts = read_number(number)
    if parts is None:
        return None
    serial = parts.serial.lstrip("0")
    return f"{serial}/{parts.year}/{parts.type_code}/{parts.party}" if serial else None


def title_key(title: str) -> str:
    """A title's words without case, marks and signs."""
    return " ".join(_WORDS.findall(fold(title)))


_WORDS = re.compile(r"[a-z0-9]+")
_MENDED = re.compile(r" sua doi$")


@lru_cache(maxsize=65_536)
def title_keys(type: str, title: str) -> tuple[str, ...]:
    """The keys under which a title is looked for: with its type and without, and without
    "(sửa đổi)"."""
    if not title:
        return ()
    alone, whole = title_key(title), title_key(f"{type} {title}")
    return tuple(dict.fromkeys((alone, whole, _MENDED.sub("", alone), _MENDED.sub("", whole))))


_STRETCH = 3
_FEWEST = 40  # stretches; a shorter text says too little to be known by
_WORD = re.compile(r"\w+")


def stretches(text: str) -> set[tuple[str, ...]]:
    """Every three neighbouring words of a text, folded."""
    words = _WORD.findall(fold(text))
    return set(zip(*(words[n:] for n in range(_STRETCH)), strict=False))


def likeness(one: str, other: str) -> float | None:
    """0..1: the share of the shorter text's stretches of three words that the other has too;
    None where one of them is too short to tell."""
    mine, theirs = stretches(one), stretches(other)
    shorter = min(len(mine), len(theirs))
    return len(mine & theirs) / shorter if shorter >= _FEWEST else None


def same_type(one: str, other: str) -> bool:
    """Same type of paper; the Party's "QĐ" is written for quy định and quyết định alike."""
    a, b = fold(one), fold(other)
    return a == b or {a, b} == {"quyet dinh", "quy dinh"} or {a, b} == {"luat", "bo luat"}


def one_letter(key: str, number: str) -> bool:
    """Do two numbers, as keys, differ by one letter (never a digit) put in, left out or changed?"""
    other = key_of(number)
    if key == other or abs(len(key) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(key), len(other)) and key[start] == other[start]:
        start += 1
    mine, theirs = key[start:], other[start:]
    changed = (mine[:1] + theirs[:1]).isalpha()
    longer, shorter = (mine, theirs) if len(mine) > len(theirs) else (theirs, mine)
    if len(mine) == len(theirs):
        return changed and mine[1:] == theirs[1:]
    return longer[:1].isalpha() and longer[1:] == shorter


def spelling(written: str, right: str) -> str:
    """In Vietnamese, how a written number differs from the right one.

    >>> spelling("70/KH-SGDDĐT", "70/KH-SGDĐT")
    '“70/KH-SGDDĐT” thừa chữ D so với 70/KH-SGDĐT'
    """
    steps = [s for s in SequenceMatcher(None, written, right).get_opcodes() if s[0] != "equal"]
    if len(steps) == 1:
        kind, a, b, c, d = steps[0]
        mine, theirs = written[a:b], right[c:d]
        letter = "chữ" if (mine + theirs).isalpha() else "số"
        if kind == "delete" and len(mine) == 1:
            return f"“{written}” thừa {letter} {mine} so với {right}"
        if kind == "insert" and len(theirs) == 1:
            return f"“{written}” thiếu {letter} {theirs} so với {right}"
        if len(mine) == len(theirs) == 1:
            return f"“{written}” ghi {letter} {mine} thay cho {theirs} của {right}"
    return f"“{written}” là cách ghi nhầm của {right}"
