"""Are two typed names one person? There are no accounts: a name is all there is.

Four eyes ask it loosely, so that nobody becomes another by leaving out accents; the list of those
who may let something out asks it strictly, so that nobody comes onto it by a likeness.
"""

from __future__ import annotations

from collections.abc import Iterable

from kb.text import match_text, nfc, slug

# Folded words before a name that are none of it: "ThS. Nguyễn Thị Lan", "Bà Lan", "Th.S Lan".
_TITLES = frozenset(
    ("anh", "ba", "chi", "co", "dong", "gs", "ong", "pgs", "s", "th", "thay", "ths", "ts")
)


def among(name: str, names: Iterable[str]) -> bool:
    """May *name* be one of them, whatever its case, spaces, accents and titles?

    >>> among("nguyen thi lan", ["ThS. Nguyễn Thị Lan"]), among("Nguyễn Thị Lan", ["Trần Thị Lan"])
    (True, False)
    """
    return _folded(name) in {_folded(other) for other in names}


def listed(name: str, names: Iterable[str]) -> bool:
    """Is *name* one of them but for case and spaces?

    >>> listed("nguyễn thị  Lan", ["Nguyễn Thị Lan"]), listed("Nguyen Thi Lan", ["Nguyễn Thị Lan"])
    (True, False)
    """
    return _exact(name) in {_exact(other) for other in names}


def _folded(name: str) -> str:
    words = slug(match_text(name).text).split("-")
    while len(words) > 1 and words[0] in _TITLES:
        del words[0]
    # "Thúy", "Thuý" and "Thúi" are one here: of two spellings none is another person.
    return "".join(words).replace("y", "i") or _exact(name)


def _exact(name: str) -> str:
    return " ".join(nfc(name).casefold().split())
