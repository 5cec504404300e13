"""How likely a provision is right for an item: a logistic of its features.

The coefficients were fitted by ``python -m tests.eval.suggestions --fit`` on the ``fit`` items of
tests/eval/suggestions.toml; docs/suggestions.md has what they come to on the others, and why they
are held small.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

# Feature → its coefficient; each feature is about 0 to 1 (``kb.links.suggest``).
COEFFICIENTS = {
    "own": 0.76,
    "cited": 0.96,
    "clause": 3.57,
    "clause share": 0.8,
    "clause lead": 0.56,
    "said lead": 0.26,
    "title": 1.42,
    "field": 1.67,
    "document votes": 2.12,
    "place votes": 6.09,
    "school": 0.27,
    "school's": 0.51,
    "another's": -0.3,
    "empty": -0.33,
    "elsewhere": -0.19,
    "length": -0.52,
    "rank": 0.48,
    "holds": 0.65,
    "digest": 2.59,
}
CONSTANT = -5.22
NAMES = tuple(COEFFICIENTS)


def confidence(features: Sequence[float]) -> float:
    """From 0 to 1; *features* in the order of ``NAMES``."""
    weighed = zip(features, COEFFICIENTS.values(), strict=True)
    return 1 / (1 + math.exp(-CONSTANT - sum(value * weight for value, weight in weighed)))
