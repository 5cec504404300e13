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
from kb.quotes.words import Words, is_word
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
    """The two places that an ellipsis joins into words nobody wrote, None where it joins none.

    Inside one clause it may leave out whole points: what stands before it ends a place, what
    follows begins one. It never goes on from one clause into another."""
    around, text = match.around, match.text
    for (_, end), (start, _) in pairwise(match.ranges):
        one = provisions_in(text, Span(around.starts[end - 1], around.ends[end - 1]))
        two = provisions_in(text, Span(around.starts[start], around.ends[start]))
        if not one or not two or one[-1] == two[0]:
            continue
        if unit_of(one[-1]) != unit_of(two[0]):
            return unit_of(one[-1]), unit_of(two[0])
        if not (_ends(match, end) and _begins(match, start)):
            return one[-1], two[0]
    return None


def _ends(match: Match, end: int) -> bool:
    """Does no word of the same place stand behind the words that end there?"""
    place = _place_at(match, end - 1)
    following = next(
        (i for i in range(end, len(match.around)) if is_word(match.around.keys[i])), None
    )
    return following is None or _place_at(match, following) != place


def _begins(match: Match, start: int) -> bool:
    """Does nothing but its label ("c)") stand in front of the words in their place?"""
    place, low = _place_at(match, start), start
    while low > 0 and _place_at(match, low - 1) == place:
        low -= 1
    return sum(map(is_word, match.around.keys[low:start])) <= 1 and start - low <= 2


def _place_at(match: Match, word: int) -> int:
    return bisect_right(match.text.places, match.around.starts[word], key=itemgetter(0))


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
