"""What is checked of a place where quoted words stand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter

from kb.quotes import Named, Text
from kb.quotes.match import Match, inside, provisions_in, unit_of
from kb.quotes.standing import Standing, Time
from kb.quotes.words import Words
from kb.text import Span


@dataclass(frozen=True, slots=True)
class Checked:
    """A match with all that was checked of it."""

    match: Match
    claimed: Named | None
    attributed: bool
    same: bool
    typed_alike: bool
    left_out: str
    apart: tuple[str, str] | None
    standing: Standing
    labelled: bool
    barred: str

    @property
    def rank(self) -> tuple[bool, ...]:
        """The best first: quotable words of the place claimed, all of them, that hold."""
        return (
            not self.attributed,
            not self.same,
            bool(self.barred),
            self.standing.time is not Time.CURRENT and not self.labelled,
            self.apart is not None,
            bool(self.left_out),
            not self.typed_alike,
        )


def joined(pieces: Sequence[Words]) -> Words:
    return Words(
        [key for piece in pieces for key in piece.keys],
        [start for piece in pieces for start in piece.starts],
        [end for piece in pieces for end in piece.ends],
        [key for piece in pieces for key in piece.strict],
    )


def parts_of(match: Match) -> list[tuple[str, Words]]:
    """The quoted words by the provision whose own they are."""
    out = []
    places = match.text.places
    for piece in match.pieces:
        at = max(0, bisect_right(places, piece.span.start, key=itemgetter(0)) - 1)
        for i in range(at, max(len(places), 1)):
            start, provision = places[i] if places else (0, "")
            if start >= piece.span.end:
                break
            end = places[i + 1][0] if i + 1 < len(places) else piece.span.end
            low = max(start, piece.span.start)
            words = piece.within(Span(low, max(low, min(end, piece.span.end))))
            if len(words):
                out.append((provision, words))
    return out


def apart(match: Match) -> tuple[str, str] | None:
    """The two clauses that an ellipsis joins, None where all pieces are from one."""
    found = [provisions_in(match.text, piece.span) for piece in match.pieces]
    for one, two in pairwise(found):
        if one and two and unit_of(one[-1]) != unit_of(two[0]):
            return unit_of(one[-1]), unit_of(two[0])
    return None


def place_in(text: Text, provision: str) -> str:
    """A place as this text has it: what is named without its annex may stand in the only one."""
    if not provision or provision.startswith(("chp_", "part_")):
        return ""
    ids = [id for _, id in text.places]
    if any(inside(id, provision) for id in ids):
        return provision
    annexes = {id.partition("__")[0] for id in ids if id.startswith("att_")}
    held = [f"{annex}__{provision}" for annex in sorted(annexes)
            if any(inside(id, f"{annex}__{provision}") for id in ids)]  # fmt: skip
    return held[0] if len(held) == 1 else ""


def is_of(match: Match, owners: Sequence[tuple[str, str]], claimed: Named) -> bool:
    """Do the words stand where the draft says, down to the place it names?"""
    wanted = "" if claimed.provision.startswith(("chp_", "part_")) else claimed.provision
    if claimed.key == match.text.key:
        here = place_in(match.text, wanted) or wanted
        if all(inside(p, here) for p in match.provisions):
            return True
    return any(key == claimed.key and inside(provision, wanted) for key, provision in owners)


def same_words(
    drafted: Sequence[Words], printed: Sequence[Words], text: str, source: Text
) -> tuple[bool, bool]:
    """(same words letter by letter, typed alike too): a look-alike counts only where the source has
    it; of the first word the case of the first letter is free."""
    same = alike = True
    for number, (mine, theirs) in enumerate(zip(drafted, printed, strict=True)):
        for at, word in enumerate(mine.strict):
            allowed = {theirs.strict[at], theirs.keys[at]}
            if word in allowed:
                continue
            alike = False
            if number or at or word[:1].swapcase() + word[1:] not in allowed:
                same = False
        own = " ".join(text[mine.span.start : mine.span.end].split())
        other = " ".join(source.printed[theirs.span.start : theirs.span.end].split())
        alike = alike and own == other
    return same, alike
