"""What was looked for and how it went, without who did: entries, masks, and what they add up to.

A search is kept as typed, except what looks like a person: digits of a telephone or an identity
card, an address of mail, a name. A mask takes too much rather than too little.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from statistics import quantiles

from kb.text import has_marks, nfc

LOW = 5  # a click beyond this rank says that the order was wrong
KINDS = {"named": "số hiệu, tên", "words": "từ", "conditions": "điều kiện", "empty": "không có gì"}


@dataclass(frozen=True, slots=True)
class Searched:
    """A page of results that was shown: ``id`` ties clicks to it and says nothing else; ``day`` ISO
    and ``hour`` 0-23 local; ``masked`` whether something was taken out of ``query``; ``kind`` one
    of ``KINDS``; ``found`` documents in all; ``ms`` to make the page."""

    id: str
    day: str
    hour: int
    query: str
    masked: bool
    kind: str
    found: int
    ms: int
    page: int
    engine: str


@dataclass(frozen=True, slots=True)
class Clicked:
    """A document was opened from the results of search ``id``; ``rank`` counts from 1 over all
    pages."""

    id: str
    day: str
    hour: int
    rank: int


Entry = Searched | Clicked

# --- masks ---------------------------------------------------------------------------------------

_MAIL = re.compile(r"[^\s@]+@[^\s@]+")
# A telephone has ten digits or eleven, an identity card nine or twelve; a passport a letter first.
_DIGITS = re.compile(r"\+?\d(?:[ .\-()]{0,2}\d){8,}|\b[A-Za-z]\d{7,8}\b")
_WORD = re.compile(r"[^\W\d_]+")
_MARKERS = {"ông", "bà", "anh", "chị", "em", "cô", "thầy", "cháu", "bé"}
_NOT_CALLED = {"trẻ", "tiếng", "nước"}  # trẻ em, tiếng Anh
_FAMILIES = frozenset(
    (
        *("nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "đặng", "bùi", "ngô", "đinh"),
        *("trịnh", "trương"),
    )
)
# Families that begin other words, too (hồ sơ, lý lịch, vũ trang).
_OTHERS = frozenset(("vũ", "võ", "đỗ", "hồ", "dương", "lý", "mai"))
# Families that without marks are hardly another word.
_PLAIN = frozenset(("nguyen", "pham", "huynh", "trinh", "ngo", "bui", "vo", "le", "tran"))
_MIDDLE = frozenset(("văn", "thị", "van", "thi"))
_PLACES = {"rịa", "trưng", "đen", "chí"}  # Bà Rịa, Hai Bà Trưng, Bà Đen, Hồ Chí Minh
_LONGEST = 4  # syllables of a name


def masked(query: str) -> tuple[str, bool]:
    """*query* without what looks like a person, and whether anything was taken out."""
    line = nfc(query)
    out = _without_names(_DIGITS.sub("[số]", _MAIL.sub("[thư]", line)))
    return out, out != line


def _without_names(line: str) -> str:
    found = list(_WORD.finditer(line))
    out, at, place = [], 0, 0
    while place < len(found):
        size = _name(line, found, place)
        if size:
            out += [line[at : found[place].start()], "[tên]"]
            at = found[place + size - 1].end()
        place += size or 1
    return "".join([*out, line[at:]])


def _name(line: str, found: Sequence[re.Match[str]], place: int) -> int:
    """How many words from *place* on are somebody's name; 0 when none."""
    run = _run(line, found, place)
    words = [match[0] for match in run]
    first, second = words[0].lower(), words[1].lower() if len(words) > 1 else ""
    if first in _PLACES or second in _PLACES:
        return 0
    called = _called(line, found, place)
    capitals = sum(1 for _ in takewhile(lambda word: word[0].isupper(), words))
    plain = first in _PLAIN and not has_marks(line)
    if called and (words[0].istitle() or (len(words) > 1 and (first in _FAMILIES or plain))):
        return capitals or len(words)
    if second in _MIDDLE and len(words) > 2 and (first in _FAMILIES | _OTHERS or plain):
        return len(words)
    if first in _FAMILIES or (first in _OTHERS and not line.isupper() and capitals > 2):
        return capitals if capitals > 1 else 0
    return 0


def _called(line: str, found: Sequence[re.Match[str]], place: int) -> bool:
    """Does a word for a person ("ông", "chị") stand right before?"""
    if not place or found[place - 1][0].lower() not in _MARKERS:
        return False
    earlier = found[place - 2][0].lower() if place > 1 else ""
    between = line[found[place - 1].end() : found[place].start()]
    return earlier not in _NOT_CALLED and not between.strip(" :")


def _run(line: str, found: Sequence[re.Match[str]], place: int) -> list[re.Match[str]]:
    """The words from *place* on with only spaces between them, as many as a name may have; capitals
    go on, and another family name begins another."""
    run = [found[place]]
    for match in found[place + 1 :]:
        if len(run) >= _LONGEST and not (match[0][0].isupper() and run[-1][0][0].isupper()):
            break
        if line[run[-1].end() : match.start()].strip(" "):
            break
        if len(run) > 2 and match[0].lower() in _FAMILIES | _OTHERS | _PLAIN:
            break
        run.append(match)
    return run


# --- what they add up to -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Counted:
    """``query`` as first typed, ``times`` it was asked; ``value`` what the list is about: ms of the
    slowest, or the rank that was clicked; 0 where it is about nothing else."""

    query: str
    times: int
    value: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """Milliseconds over all searches kept; lists with the most first."""

    searches: int
    clicks: int
    masked: int
    first_day: str
    last_day: str
    p50_ms: int
    p95_ms: int
    nothing: tuple[Counted, ...]
    slow: tuple[Counted, ...]
    low: tuple[Counted, ...]
    frequent: tuple[Counted, ...]


def report(entries: Iterable[Entry], most: int = 10) -> Report:
    """What *entries* say, at most *most* lines in each list. A query asked in other letters (case,
    spaces) is the same; a click without its search counts for nothing."""
    kept = list(entries)
    searches = [one for one in kept if isinstance(one, Searched)]
    by_id = {one.id: one for one in searches}
    clicks = [one for one in kept if isinstance(one, Clicked) and one.id in by_id]
    first = [one for one in searches if one.page == 1]
    times = [one.ms for one in searches]
    cuts = quantiles(times, n=100, method="inclusive") if len(times) > 1 else times * 99
    slowest: dict[str, Searched] = {}
    for one in sorted(searches, key=lambda one: -one.ms):
        slowest.setdefault(_same(one.query), one)
    asked = Counter(_same(one.query) for one in first)
    return Report(
        len(searches),
        len(clicks),
        sum(one.masked for one in searches),
        min((one.day for one in searches), default=""),
        max((one.day for one in searches), default=""),
        round(cuts[49]) if cuts else 0,
        round(cuts[94]) if cuts else 0,
        tuple(_counted(((one.query, 0) for one in first if not one.found), most)),
        tuple(Counted(one.query, max(1, asked[_same(one.query)]), one.ms)
              for one in list(slowest.values())[:most]),
        tuple(_counted(((by_id[one.id].query, one.rank) for one in clicks if one.rank > LOW),
                       most)),
        tuple(_counted(((one.query, 0) for one in first), most)),
    )  # fmt: skip


def _counted(pairs: Iterable[tuple[str, int]], most: int) -> Iterable[Counted]:
    named: dict[tuple[str, int], str] = {}
    times: Counter[tuple[str, int]] = Counter()
    for query, value in pairs:
        same = (_same(query), value)
        named.setdefault(same, query)
        times[same] += 1
    return [Counted(named[same], count, same[1]) for same, count in times.most_common(most)]


def _same(query: str) -> str:
    return " ".join(query.lower().split())
