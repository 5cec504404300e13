"""Why a row has its score, word by word: the sums of ``ranking.features`` taken apart for one row.

Plain loops over the tokens of the few rows that are shown; what comes out adds up to the score.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from kb.index import Met
from kb.index.columns import BEGINS, HEADING, JOINED, PARTS, SHIFT, Texts
from kb.index.ranking import CLAUSE, NAMES, WEIGHTS, Sought
from kb.index.schema import K1, B
from kb.index.vocabulary import Vocabulary

_WEIGHT = dict(zip(NAMES, WEIGHTS.tolist(), strict=True))
_FIELDS = ("title", "path", "heading", "text")  # as ``fields.parts``
Thing = tuple[int, ...]  # a word of the query by its place, or two of them that are neighbours


@dataclass(slots=True)
class _Line:
    size: int = 0
    counts: dict[Thing, float] = field(default_factory=lambda: defaultdict(float))


def met(
    texts: Texts,
    words: Sequence[str],
    query: Sought,
    vocabulary: Vocabulary,
    spelled: dict[int, str],
) -> tuple[Met, ...]:
    """Each of *words* (the distinct words of the query, by their places in *query*) and each pair
    of neighbours that the one row of *texts* has, the weightiest first. *spelled* has the word of
    every number that ``query.form`` has."""
    tokens = texts.tokens.tolist()
    sizes = texts.sizes[0].tolist()
    parts = [part for part in range(PARTS) for _ in range(sizes[part])]
    counts: dict[Thing, float] = defaultdict(float)
    fields: dict[Thing, set[int]] = defaultdict(set)
    forms: dict[Thing, set[str]] = defaultdict(set)
    lines: list[_Line] = []
    heading: dict[Thing, float] = defaultdict(float)
    said = 0.0
    before: tuple[int, float, _Line] | None = None
    for token, part in zip(tokens, parts, strict=True):
        number = token >> SHIFT
        if token & BEGINS or not lines:
            lines.append(_Line())
        lines[-1].size += 1
        if part == HEADING:
            said += float(vocabulary.idf[number])
        form = int(query.form[number])
        if not form:
            before = None
            continue
        place, worth = int(query.place[form]), float(query.worth[form])
        found: list[tuple[Thing, float, _Line]] = [((place,), worth, lines[-1])]
        if before is not None and token & JOINED and query.pair[before[0], place] >= 0:
            # A pair over the end of a line is of the line it begins in.
            found.append(((before[0], place), min(before[1], worth), before[2]))
        for thing, value, line in found:
            counts[thing] += value
            fields[thing].add(part)
            if part >= HEADING:
                line.counts[thing] += value
        forms[place,].add(spelled[number])
        if part == HEADING:
            heading[place,] += float(vocabulary.idf[number]) * worth
        before = place, worth, lines[-1]

    def idf(thing: Thing) -> float:
        return float(query.idf[thing[0] if len(thing) == 1 else query.pair[thing]])

    values: dict[Thing, float] = defaultdict(float)
    mean = max(vocabulary.length / max(vocabulary.total, 1), 1.0)
    norm = K1 * (1 - B + B * len(tokens) / mean)
    for thing, count in counts.items():
        if len(thing) == 1:
            values[thing] += _WEIGHT["words"] * _bm25(count, idf(thing), norm)
        else:
            values[thing] += _WEIGHT["has pairs"] * min(count, 1.0) * idf(thing)
    # Of all clauses the best one counts.
    best: dict[Thing, float] = {}
    for line in lines:
        line_norm = K1 * (1 - B + B * line.size / CLAUSE)
        each = {thing: _bm25(n, idf(thing), line_norm) for thing, n in line.counts.items()}
        best = max(best, each, key=lambda one: sum(one.values()))
    for thing, value in best.items():
        values[thing] += _WEIGHT["clause"] * value
    for thing, value in heading.items():
        values[thing] += _WEIGHT["heading"] * value / max(said, 1e-9)
    made = (
        Met(
            " ".join(words[place] for place in thing),
            tuple(_FIELDS[part] for part in sorted(fields[thing])),
            tuple(sorted(forms[thing])),
            value,
        )
        for thing, value in values.items()
    )
    return tuple(sorted(made, key=lambda one: (-one.value, one.words)))


def _bm25(count: float, idf: float, norm: float) -> float:
    return count * (K1 + 1) / (count + norm) * idf


def rest(features: Sequence[float]) -> tuple[tuple[str, float], ...]:
    """What of the weighted *features* belongs to no word, by name."""
    named = dict(zip(NAMES, features, strict=True))
    return tuple((name, named[name]) for name in ("long heading", "year") if named[name])
