"""Choose words of a provision, and find them again.

Words are the same whatever the spaces and line breaks between them; every other sign counts.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from kb.dossiers import Selector
from kb.errors import Mistyped
from kb.text import Span, nfc

CONTEXT = 64  # characters kept on either side, as in Selector
_MOST = 20_000  # characters of one quotation: two long articles


def stamp(words: str) -> str:
    """SHA-256 in hex of words, one space between any two, composed letters."""
    return hashlib.sha256(plain(words).encode()).hexdigest()


def plain(words: str) -> str:
    """Words with one space between any two, composed letters."""
    return " ".join(nfc(words).split())


def select(text: str, within: Span, chosen: str = "") -> Selector:
    """The selector of *chosen* words that stand in a stretch of a text, of all of it without them.

    Raises ``Mistyped`` where they do not stand there word for word.
    """
    words = chosen if chosen.strip() else within.of(text)
    if len(words) > _MOST:
        raise Mistyped("words", "Câu trích dài quá.", "Chọn một điều, một khoản, hoặc ít câu hơn.")
    place = next(occurrences(text, words, within), None)
    if place is None:
        raise Mistyped(
            "words",
            "Những chữ đã chọn không đứng liền nhau nguyên văn ở chỗ này của văn bản.",
            "Chép lại đúng từng chữ, hoặc để trống để lấy cả đoạn.",
        )
    return Selector(
        place.of(text),
        text[max(0, place.start - CONTEXT) : place.start],
        text[place.end : place.end + CONTEXT],
        place.start,
    )


def occurrences(text: str, words: str, within: Span | None = None) -> Iterator[Span]:
    """Where *words* stand in a text, or in a stretch of it, in order; never half a word."""
    parts = nfc(words).split()
    if not parts:
        return
    pattern = re.compile(r"\s+".join(map(re.escape, parts)))
    start, end = (within.start, within.end) if within else (0, len(text))
    while found := pattern.search(text, start, end):
        start = found.start() + 1
        if _whole(text, found.start(), found.end()):
            yield Span(found.start(), found.end())


def _whole(text: str, start: int, end: int) -> bool:
    """Does no word go on over either end?"""
    before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    after = end < len(text) and text[end].isalnum() and text[end - 1].isalnum()
    return not (before or after)


def again(text: str, selector: Selector, within: Span | None = None) -> Span | None:
    """The words of a selector in a text, or in a stretch of it: of several places the one whose
    surroundings are most like those kept, then the nearest to where they stood."""
    found = list(occurrences(text, selector.exact, within))
    if not found:
        return None
    before, after = plain(selector.prefix)[::-1], plain(selector.suffix)

    def likeness(place: Span) -> tuple[int, int]:
        mine = plain(text[max(0, place.start - CONTEXT) : place.start])[::-1]
        theirs = plain(text[place.end : place.end + CONTEXT])
        return (_common(before, mine) + _common(after, theirs),
                -abs(place.start - selector.position))  # fmt: skip

    return max(found, key=likeness)


def _common(one: str, other: str) -> int:
    return next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
