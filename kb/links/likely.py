"""How likely a provision is right for an item: a logistic of its features.

The coefficients were fitted by ``python -m tests.eval.suggestions --fit`` on the ``fit`` items of
tests/eval/suggestions.toml; docs/suggestions.md has what they come to on the others.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

# Feature → its coefficient; each feature is about 0 to 1 (``kb.links.suggest``).
COEFFICIENTS = {
    "own": 0.95,
    "cited": 0.81,
    "clause": 4.31,
    "clause share": 0.68,
    "clause lead": 0.6,
    "said lead": 0.36,
    "title": 1.84,
    "field": 1.31,
    "document votes": 2.97,
    "place votes": 6.18,
    "school": 0.36,
    "school's": 0.64,
    "another's": -0.44,
    "empty": -0.48,
    "elsewhere": -0.35,
    "length": -0.62,
    "rank": 0.64,
    "holds": 0.71,
    "digest": 3.0,
}
CONSTANT = -5.74
NAMES = tuple(COEFFICIENTS)


def confidence(features: Sequence[float]) -> float:
    """From 0 to 1; *features* in the order of ``NAMES``."""
    weighed = zip(features, COEFFICIENTS.values(), strict=True)
    return 1 / (1 + math.exp(-CONSTANT - sum(value * weight for value, weight in weighed)))
