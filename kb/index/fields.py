"""A record as the terms of its fields, and a query as weighted terms: the same for every engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from kb.index import Fields, Query, Record, Wanted, typed
from kb.index.analyzer import Analysed, analyse, asked, neighbours
from kb.index.schema import (
    BREAK,
    FOLDED,
    FOLDED_PAIRS,
    FOLDED_SECOND,
    GUESSED,
    PAIRS,
    TAGS,
    WORDS,
)
from kb.text import fold, has_marks, variant


def parts(record: Record) -> tuple[Analysed, ...]:
    """What a record is found by: title, path, heading, text. The text has the heading too, so a
    word of the heading counts twice."""
    return tuple(analyse(text) for text in (record.title, record.path, record.heading, record.text))


def as_fields(found: Sequence[Analysed], tags: Sequence[str]) -> Fields:
    """Field → its terms in order."""
    out: Fields = {WORDS: [], PAIRS: [], FOLDED: [], FOLDED_PAIRS: [], TAGS: list(tags)}
    for part in found:
        if part.words:
            out[WORDS] += [*part.words, BREAK]
            out[FOLDED] += [*part.folded, BREAK]
            out[PAIRS] += neighbours(part.words, part.joined)
            out[FOLDED_PAIRS] += neighbours(part.folded, part.joined)
    for part in found:
        # Parts of document numbers come last, so that whole tokens stand side by side.
        out[WORDS] += part.parts
        out[FOLDED] += [fold(word) for word in part.parts]
    return out


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a query as it is looked for. ``guessed``: typed without marks, so any spelling may
    be meant. ``joined``: only space stands before it. ``part``: a piece of the number before.
    ``doubtful``: another spelling is nearly as likely."""

    text: str
    guessed: bool
    joined: bool
    part: bool
    doubtful: bool = False

    @property
    def folded(self) -> str:
        return fold(self.text)


@lru_cache(maxsize=256)  # asked again for every snippet of a page
def terms_of(query: Query) -> tuple[Term, ...]:
    """The words of a query in order.

    Where marks were typed, a word without is a guess only if ``spelling`` changed one of them:
    else the query was typed in full.
    """
    out: list[Term] = []
    end = 0
    half_typed = not query.marked or tuple(typed(query)) != query.words
    for place, (token, word) in enumerate(zip(asked(query.text), typed(query), strict=True)):
        guessed = half_typed and not has_marks(token.text)
        joined = bool(out) and not token.part and query.text[end : token.start].isspace()
        out.append(Term(word, guessed, joined, token.part, place in query.doubtful))
        end = end if token.part else token.end
    return tuple(out)


def pairs_of(terms: Sequence[Term]) -> dict[str, bool]:
    """``left_right`` of every two words with only space between → is it a guess?"""
    whole = [term for term in terms if not term.part]
    return {
        f"{left.text}_{right.text}": left.guessed or right.guessed
        for left, right in pairwise(whole)
        if right.joined
    }


def wanted(query: Query, common: Callable[[str], bool] = lambda word: False) -> Wanted:
    """What the engines look for; each pair of field and term once.

    A word with marks: its own spelling, every other a weak second. One without: every spelling,
    and the likeliest again where it was looked for. Words that are *common* (said of a folded
    word) are left to their pairs and to ``ranking``, unless there is nothing else.
    """
    weights: dict[tuple[str, str], float] = {}

    def want(exact: str, folded: str, text: str, guessed: bool) -> None:
        if not guessed or query.spelling is not None:
            weights[exact, text] = GUESSED if guessed else 1.0
        weight = GUESSED if guessed else FOLDED_SECOND
        second = (folded, fold(text))
        weights[second] = max(weight, weights.get(second, 0.0))
        twin = "_".join(map(variant, text.split("_")))
        if twin != text:
            weights.setdefault((exact, twin), GUESSED if guessed else 1.0)

    found = terms_of(query)
    pairs = pairs_of(found)
    rare = [term for term in found if not common(term.folded)]
    for term in rare if rare or pairs else found:
        want(WORDS, FOLDED, term.text, term.guessed)
    for pair, guessed in pairs.items():
        want(PAIRS, FOLDED_PAIRS, pair, guessed)
    return Wanted(
        tuple((field, text, weight) for (field, text), weight in weights.items()),
        tuple(phrase_of(phrase, query) for phrase in query.phrases),
        tuple(phrase_of(phrase, query) for phrase in query.without),
        query.tags,
    )


def phrase_of(phrase: Sequence[str], query: Query) -> tuple[str, tuple[str, ...]]:
    """The field a phrase is looked for in, and its terms there: as typed where it was typed in
    full, else in every spelling."""
    spelled = zip(query.words, typed(query), strict=True)
    changed = {word for word, spelling in spelled if word != spelling}
    if query.marked and changed.isdisjoint(phrase):
        return WORDS, tuple(phrase)
    return FOLDED, tuple(fold(word) for word in phrase)
