"""What an ellipsis inside a quotation leaves out of its source, and whether that may matter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from kb.quotes import Omitted
from kb.quotes.match import Match, bare
from kb.quotes.words import Words, is_word

_LONGEST = 12  # words that are still repeated; of more their number is said
_TURNING = (
    ("không",), ("chưa",), ("chẳng",), ("cấm",), ("trừ",), ("nếu",), ("với", "điều", "kiện"),
    ("chỉ", "khi"), ("chỉ", "được"),
)  # fmt: skip
# "hàng không", "không gian", "khấu trừ" turn nothing.
_BEFORE = frozenset(("hàng", "trên", "khấu", "giảm", "loại", "bù", "phòng", "diệt"))
_AFTER = frozenset(("gian", "khí", "quân", "phận"))


def omitted(match: Match) -> Omitted | None:
    """What the ellipses of a quotation leave out; None where they leave out no word."""
    between = pairwise(match.ranges)
    gaps = [bare(match.around.part(end, start)) for (_, end), (start, _) in between]
    gaps = [gap for gap in gaps if any(map(is_word, gap.keys))]
    if not gaps:
        return None
    turns = dict.fromkeys(word for gap in gaps for word in _turning(gap))
    words = (" ".join(gap.span.of(match.text.printed).split()) for gap in gaps)
    return Omitted(tuple(words), tuple(turns))


def _turning(gap: Words) -> Iterator[str]:
    """The negations, exceptions and conditions in a gap."""
    keys = [key.lower() for key in gap.keys if is_word(key)]
    for at in range(len(keys)):
        for words in _TURNING:
            behind = keys[at + len(words) : at + len(words) + 1]
            if (
                tuple(keys[at : at + len(words)]) == words
                and not (at and keys[at - 1] in _BEFORE)
                and not (behind and behind[0] in _AFTER)
            ):
                yield " ".join(words)


def omitted_words(left_out: Omitted | None) -> str:
    """ ", có lược bớt “hai chữ” và 30 chữ khác", "" where nothing is left out."""
    if left_out is None:
        return ""
    short = [gap for gap in left_out.gaps if _count(gap) <= _LONGEST]
    rest = sum(_count(gap) for gap in left_out.gaps if gap not in short)
    said = [f"“{gap}”" for gap in short]
    said += [f"{rest} chữ{' khác' if short else ''}"] if rest else []
    return f", có lược bớt {_listed(said)}"


def turning_words(left_out: Omitted | None) -> str:
    """ "Phần lược có “nếu”", "" where nothing in it turns the sentence."""
    if left_out is None or not left_out.turns:
        return ""
    return f"Phần lược có {_listed([f'“{word}”' for word in left_out.turns])}"


def _count(gap: str) -> int:
    return len([word for word in gap.split() if any(map(str.isalnum, word))])


def _listed(said: Sequence[str]) -> str:
    return " và ".join(filter(None, (", ".join(said[:-1]), said[-1])))
