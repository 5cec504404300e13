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
    """A query as numbers. ``form`` word number → which spelling of a word of the query it is, 0
    for none; of each of these ``place`` its place among the query's words and ``worth`` what
    meeting it counts; ``pair`` (left, right) → the place of the pair behind the words, or -1;
    ``idf`` of each word, then of each pair."""

    form: NDArray[np.int16]
    place: NDArray[np.int64]
    worth: Floats
    pair: NDArray[np.int64]
    idf: Floats

    @property
    def words(self) -> int:
        """How many words there are, each counted once."""
        return len(self.pair)


def sought(terms: Sequence[Term], vocabulary: Vocabulary, pair_frequency: dict[str, int]) -> Sought:
    """*terms* of a query against a vocabulary; *pair_frequency* of each ``left_right``."""
    whole = [term for term in terms if not term.part]
    places: dict[str, int] = {}
    for term in whole:
        places.setdefault(term.text, len(places))
    forms: dict[int, tuple[int, float]] = {}  # word number → place, worth
    for term in whole:
        if term.guessed:
            for spelling in vocabulary.spellings.get(term.folded, ()):
                forms.setdefault(vocabulary.ids[spelling], (places[term.text], _OTHER_SPELLING))
    for word, place in places.items():
        if word in vocabulary.ids:
            forms[vocabulary.ids[word]] = place, 1.0
    for word, place in places.items():
        twin = vocabulary.ids.get(variant(word))
        if twin is not None:
            forms.setdefault(twin, (place, _TWIN))
    form = np.zeros(len(vocabulary.rows), np.int16)
    form[[*forms]] = np.arange(1, len(forms) + 1)
    counts = [vocabulary.frequency(word) for word in places]
    pair = np.full((len(places), len(places)), -1, np.int64)
    for left, right in pairwise(whole):
        at = places[left.text], places[right.text]
        if right.joined and pair[at] < 0:
            pair[at] = len(counts)
            counts.append(pair_frequency[f"{left.text}_{right.text}"])
    return Sought(
        form,
        np.array([-1, *(place for place, _ in forms.values())], np.int64),
        np.array([0.0, *(worth for _, worth in forms.values())]),
        pair,
        idf(np.array(counts, float), vocabulary.total),
    )


def features(texts: Texts, query: Sought, vocabulary: Vocabulary) -> Floats:
    """One row for each of *texts*, one column for each of ``NAMES``."""
    n, words, columns = len(texts.years), query.words, len(query.idf)
    if not n or not words:
        return np.zeros((n, len(NAMES)))
    tokens, sizes = texts.tokens, texts.sizes
    number = tokens >> SHIFT
    form = query.form[number]
    hit = np.flatnonzero(form.astype(bool))
    form = form[hit]
    at, worth = query.place[form], query.worth[form]
    ends = np.cumsum(sizes)  # of every part of every row, one after another
    of, kind = np.divmod(np.searchsorted(ends, hit, "right"), PARTS)
    # Clauses: lines of the heading and the text. A part begins with a line, so none is of two.
    starts = np.flatnonzero((tokens & BEGINS).astype(bool))
    line = np.searchsorted(starts, hit, "right") - 1

    # What is met is a word, or two neighbours of the query side by side.
    near = np.flatnonzero((hit[1:] - hit[:-1] == 1) & (tokens[hit[1:]] & JOINED).astype(bool))
    pair = query.pair[at[near], at[near + 1]]
    asked = pair >= 0
    near, pair = near[asked], pair[asked]
    met = np.concatenate((at, pair))
    value = np.concatenate((worth, np.minimum(worth[near], worth[near + 1])))
    every = np.concatenate((np.arange(len(hit)), near))
    # What stands in the title or path counts nothing for a clause.
    inside = value * (kind >= HEADING)[every]

    mean = max(vocabulary.length / max(vocabulary.total, 1), 1.0)
    norm = (K1 * (1 - B) + K1 * B / mean * sizes.sum(1))[:, None]
    seen = _counts(of[every], met, value, n, columns)
    size = np.diff(starts, append=len(tokens))
    line_norm = (K1 * (1 - B) + K1 * B / CLAUSE * size)[:, None]
    clause = _counts(line[every], met, inside, len(starts), columns)
    best = np.zeros(n)
    of_line = np.searchsorted(ends, starts, "right") // PARTS
    np.maximum.at(best, of_line, _bm25(clause, query.idf, line_norm))

    # How much of what its heading says was asked.
    heading = sizes[:, HEADING]
    first = ends[HEADING::PARTS] - heading
    inside_heading = np.repeat(first - np.cumsum(heading) + heading, heading) + np.arange(
        heading.sum()
    )
    said = np.bincount(np.repeat(np.arange(n), heading), vocabulary.idf[number[inside_heading]], n)
    there = kind == HEADING
    asked_of = np.bincount(of[there], vocabulary.idf[number[hit[there]]] * worth[there], n)
    return np.column_stack(
        (
            _bm25(seen[:, :words], query.idf[:words], norm),
            best,
            asked_of / np.maximum(said, 1e-9),
            np.log1p(heading),
            np.minimum(seen[:, words:], 1) @ query.idf[words:],
            _decades(texts.years),
        )
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
