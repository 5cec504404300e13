"""The likeliest rows in their final order: the same whichever engine found them.

An engine counts words; which provision answers shows in more than that: a clause that has the
words together, a heading that says little else, how much of the query is there at all. Each is a
number (``NAMES``), and the score is their weighted sum. The weights were fitted on judged queries
(docs/search.md has the ablations); all is computed from the columns, so engines agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from kb.index.columns import BEGINS, HEADING, JOINED, PARTS, SHIFT, Texts
from kb.index.fields import Term
from kb.index.schema import K1, B
from kb.index.vocabulary import Vocabulary, idf
from kb.text import variant

Floats = NDArray[np.float64]

# Candidates looked at: the right one is among them for 95 of 100 queries (docs/search.md).
DEPTH = 100
# Words of a clause of middle length.
CLAUSE = 40
# What another spelling of a word counts, when its marks were guessed.
_OTHER_SPELLING = 0.5
# Its i written for y ("kĩ" for "kỹ"): the same word, and what was typed comes first.
_TWIN = 0.95

NAMES = ("words", "clause", "heading", "long heading", "has pairs", "year")
WEIGHTS = np.array([0.16, 0.07, 2.6, -0.8, 0.13, 0.8])


@dataclass(frozen=True, slots=True)
class Sought:
    """A query as numbers. ``lut`` word number → its place among the query's words or -1, ``worth``
    word number → what meeting it counts; ``idf`` of each word; ``pair`` (left, right) → the place
    of the pair or -1; ``pair_idf`` of each pair."""

    lut: NDArray[np.int64]
    worth: Floats
    idf: Floats
    pair: NDArray[np.int64]
    pair_idf: Floats


def sought(terms: Sequence[Term], vocabulary: Vocabulary, pair_frequency: dict[str, int]) -> Sought:
    """*terms* of a query against a vocabulary; *pair_frequency* of each ``left_right``."""
    whole = [term for term in terms if not term.part]
    places: dict[str, int] = {}
    for term in whole:
        places.setdefault(term.text, len(places))
    size = len(vocabulary.rows)
    lut = np.full(size, -1, np.int64)
    worth = np.zeros(size)
    for term in whole:
        if term.guessed:
            for spelling in vocabulary.spellings.get(term.folded, ()):
                number = vocabulary.ids[spelling]
                if lut[number] < 0:
                    lut[number], worth[number] = places[term.text], _OTHER_SPELLING
    for word, place in places.items():
        if word in vocabulary.ids:
            number = vocabulary.ids[word]
            lut[number], worth[number] = place, 1.0
    for word, place in places.items():
        twin = vocabulary.ids.get(variant(word))
        if twin is not None and lut[twin] < 0:
            lut[twin], worth[twin] = place, _TWIN
    rows = np.array([vocabulary.frequency(word) for word in places], float)
    pair = np.full((len(places), len(places)), -1, np.int64)
    counts: list[int] = []
    for left, right in pairwise(whole):
        at = places[left.text], places[right.text]
        if right.joined and pair[at] < 0:
            pair[at] = len(counts)
            counts.append(pair_frequency[f"{left.text}_{right.text}"])
    total = vocabulary.total
    return Sought(lut, worth, idf(rows, total), pair, idf(np.array(counts, float), total))


def features(texts: Texts, query: Sought, vocabulary: Vocabulary) -> Floats:
    """One row for each of *texts*, one column for each of ``NAMES``."""
    n, words, pairs = len(texts.years), len(query.idf), len(query.pair_idf)
    if not n or not words:
        return np.zeros((n, len(NAMES)))
    tokens, sizes = texts.tokens, texts.sizes
    lengths = sizes.sum(1)
    ends = np.cumsum(sizes)  # of every part of every row, one after another
    number = (tokens >> SHIFT).astype(np.intp)
    place = query.lut[number]
    hit = np.flatnonzero(place >= 0)
    at = place[hit]
    part = np.searchsorted(ends, hit, "right")
    of, kind = part // PARTS, part % PARTS
    worth = query.worth[number[hit]]

    follows = np.flatnonzero((np.diff(hit) == 1) & (tokens[hit[1:]] & JOINED > 0))
    pair = query.pair[at[follows], at[follows + 1]]
    follows, pair = follows[pair >= 0], pair[pair >= 0]
    pair_worth = np.minimum(worth[follows], worth[follows + 1])

    mean = max(vocabulary.length / max(vocabulary.total, 1), 1.0)
    norm = (K1 * (1 - B + B * lengths / mean))[:, None]
    seen = _counts(of, at, worth, n, words)
    seen_pairs = _counts(of[follows], pair, pair_worth, n, pairs)

    # Clauses: lines of the heading and the text. A part begins with a line, so none is of two.
    starts = np.flatnonzero(tokens & BEGINS)
    size = np.append(starts[1:], len(tokens)) - starts
    line_norm = (K1 * (1 - B + B * size / CLAUSE))[:, None]
    line = np.searchsorted(starts, hit, "right") - 1
    inside = worth * (kind >= HEADING)  # what stands in the title or path counts nothing here
    clause = _counts(line, at, inside, len(starts), words)
    pair_inside = pair_worth * (kind[follows] >= HEADING)
    clause_pairs = _counts(line[follows], pair, pair_inside, len(starts), pairs)
    each = _bm25(clause, query.idf, line_norm) + _bm25(clause_pairs, query.pair_idf, line_norm)
    best = np.zeros(n)
    np.maximum.at(best, np.searchsorted(ends, starts, "right") // PARTS, each)

    # How much of what its heading says was asked.
    heading = sizes[:, HEADING]
    first = ends[HEADING::PARTS] - heading
    inside_heading = np.repeat(first - np.cumsum(heading) + heading, heading) + np.arange(
        heading.sum()
    )
    said = np.bincount(np.repeat(np.arange(n), heading), vocabulary.idf[number[inside_heading]], n)
    there = kind == HEADING
    asked_of = np.bincount(of[there], vocabulary.idf[number[hit[there]]] * worth[there], n)
    return np.stack(
        [
            _bm25(seen, query.idf, norm),
            best,
            asked_of / np.maximum(said, 1e-9),
            np.log1p(heading),
            np.minimum(seen_pairs, 1) @ query.pair_idf,
            _decades(texts.years),
        ],
        axis=1,
    )


def _decades(years: NDArray[np.int64]) -> Floats:
    """Decades after 2010, at most one and a half either way; 0 where the year is not known."""
    return np.where(years, np.clip((years - 2010) / 10, -1.5, 1.5), 0.0)


def _counts(
    row: NDArray[np.int64], column: NDArray[np.int64], worth: Floats, rows: int, columns: int
) -> Floats:
    counts: Floats = np.bincount(row * columns + column, worth, rows * columns).astype(float)
    return counts.reshape(rows, columns)


def _bm25(counts: Floats, idf: Floats, norm: Floats) -> Floats:
    score: Floats = (counts * (K1 + 1) / (counts + norm)) @ idf
    return score
