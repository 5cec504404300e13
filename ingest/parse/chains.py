"""The best increasing chain among candidate labels.

"The next one must be n + 1" stops for good at the first typing mistake. Here every candidate is
weighed and the chain with the best sum over the whole stretch wins; a chain that can start over
(a table of contents before the body) is taken where it stands last.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ingest.parse.markers import STRONG, Label

# In hundredths, beside a candidate's own weight. A step to the very next number is worth a
# candidate; a jump costs, and costs more the farther it goes, so that one stray "Điều 253." after
# Điều 10 is left out while a run that continues after a lost page is kept.
_NEXT, _JUMP, _PER_MISSING = 100, -50, -5
_LATE_START, _LATEST = -50, -200

_Best = tuple[int, int]  # (sum, index of the candidate that ends the chain)
_NONE: _Best = (-(10**9), -1)


def best_chain(labels: Sequence[Label], *, late: bool = False) -> list[int]:
    """Indices of the labels that make the best chain, in order; empty when none is worth it.

    *late*: a quotation may begin with any number. O(n log n) in the number of labels.
    """
    if not labels:
        return []
    ranks = {order: rank for rank, order in enumerate(sorted({x.order for x in labels}), 1)}
    below = _PrefixMax(len(ranks))
    ending: dict[tuple[int, int], _Best] = {}
    sums: list[int] = []
    previous: list[int] = []
    for index, label in enumerate(labels):
        number, inserted = label.order
        start = (
            0 if late or label.order == (1, 0) else max(_LATEST, _LATE_START * max(number - 1, 1))
        )
        best: _Best = (start, -1)
        jump, at = below.best(ranks[label.order] - 1)
        if at >= 0:
            missing = max(number - 1, 0)
            best = max(best, (jump + _JUMP + _PER_MISSING * missing, at))
        for step in _steps(number, inserted, ending):
            if step[1] >= 0:
                best = max(best, (step[0] + _NEXT, step[1]))
        total = best[0] + label.weight
        sums.append(total)
        previous.append(best[1])
        ending[label.order] = max(ending.get(label.order, _NONE), (total, index))
        if inserted == 0:
            last = ending.get((number, -1), _NONE)
            ending[(number, -1)] = max(last, (total, index))
        else:
            ending[(number, -1)] = max(ending.get((number, -1), _NONE), (total, index))
        below.put(ranks[label.order], (total - _PER_MISSING * number, index))
    total, index = max((total, index) for index, total in enumerate(sums))
    if total <= 0:
        return []
    chain = []
    while index >= 0:
        chain.append(index)
        index = previous[index]
    return chain[::-1]


def _steps(number: int, inserted: int, ending: dict[tuple[int, int], _Best]) -> tuple[_Best, ...]:
    """Chains that this label continues without a gap: 5 → 6, 5b → 6, 5 → 5a, 5a → 5b.

    ``(number, -1)`` holds the best chain that ends in *number*, with or without a letter.
    """
    if inserted == 0:
        return (ending.get((number - 1, -1), _NONE),)
    return tuple(
        ending.get((number, earlier), _NONE) for earlier in range(max(inserted - 2, 0), inserted)
    )


class _PrefixMax:
    """Fenwick tree of maxima; of equal sums the later candidate wins."""

    def __init__(self, size: int) -> None:
        self._best: list[_Best] = [_NONE] * (size + 1)

    def put(self, rank: int, value: _Best) -> None:
        while rank < len(self._best):
            self._best[rank] = max(self._best[rank], value)
            rank += rank & -rank

    def best(self, rank: int) -> _Best:
        found = _NONE
        while rank > 0:
            found = max(found, self._best[rank])
            rank -= rank & -rank
        return found


def repeats(labels: Sequence[Label], chain: Sequence[int]) -> list[int]:
    """Labels outside the chain that print the number standing next to them once more.

    Only inside the chain: before it may stand a table of contents.
    """
    found: list[int] = []
    for here, after in pairwise((*chain, len(labels))):
        orders = {labels[at].order for at in (here, after) if at < len(labels)}
        found.extend(
            index
            for index in range(here + 1, after)
            if labels[index].order in orders and labels[index].weight >= STRONG
        )
    return found
