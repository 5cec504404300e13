"""A record as the terms of its fields, and a query as weighted terms: the same for every engine.

Each of title, heading and text is kept four times: words and bigrams, accented and folded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kb.index import Query, Record
from kb.index.analyzer import terms
from kb.index.schema import BIGRAM, FOLDED_SECOND, HEADING, TEXT, TITLE
from kb.text import fold

WEIGHTS = {"title": TITLE, "heading": HEADING, "text": TEXT}
PAIRS, FOLDED = "_2", "_f"
FIELDS = tuple(
    f"{name}{fold_}{pairs}" for name in WEIGHTS for fold_ in ("", FOLDED) for pairs in ("", PAIRS)
)


def analysed(record: Record) -> dict[str, list[str]]:
    """Field → its terms in order."""
    out: dict[str, list[str]] = {}
    for name in WEIGHTS:
        words, pairs = terms(getattr(record, name))
        out[name], out[name + PAIRS] = words, pairs
        out[name + FOLDED] = [fold(word) for word in words]
        out[name + FOLDED + PAIRS] = [fold(pair) for pair in pairs]
    return out


def asked(query: Query) -> Iterator[tuple[str, str, float]]:
    """(field, term, weight) of everything a query looks for, each pair of field and term once.

    Typed with accents: the accented fields, the folded ones a weak second. Without: folded only.
    """
    words, pairs = (tuple(dict.fromkeys(found)) for found in terms(query.text))
    for name, weight in WEIGHTS.items():
        for found, suffix, factor in ((words, "", 1.0), (pairs, PAIRS, BIGRAM)):
            if query.marked:
                yield from ((name + suffix, term, weight * factor) for term in found)
            second = weight * factor * (FOLDED_SECOND if query.marked else 1.0)
            for term in dict.fromkeys(fold(term) for term in found):
                yield name + FOLDED + suffix, term, second


def phrase_terms(phrase: Sequence[str], query: Query) -> tuple[str, list[str]]:
    """The field a phrase is looked for in, and its terms there."""
    if query.marked:
        return "text", list(phrase)
    return "text" + FOLDED, [fold(word) for word in phrase]


def has_phrase(fields: dict[str, list[str]], phrase: Sequence[str], query: Query) -> bool:
    """Does the text have these words side by side?"""
    field, wanted = phrase_terms(phrase, query)
    words = fields[field]
    return any(words[i : i + len(wanted)] == wanted for i in range(len(words) - len(wanted) + 1))
