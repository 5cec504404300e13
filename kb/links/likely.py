"""How likely a provision is right for an item: a logistic of its features.

The coefficients were fitted by ``python -m tests.eval.suggestions --fit`` on the ``fit`` items of
tests/eval/suggestions.toml; docs/suggestions.md has what they come to on the others.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

# Feature → its coefficient; each feature is about 0 to 1 (``kb.links.suggest``).
COEFFICIENTS = {
    "own": 2.59,
    "cited": 1.21,
    "gap": 1.23,
    "clause": 3.04,
    "clause share": 2.97,
    "said": 2.1,
    "heading": 0.0,
    "heading alike": 2.97,
    "title": 3.6,
    "field": 1.76,
    "document votes": 1.41,
    "place votes": 0.0,
    "school": 0.31,
    "school's": 1.11,
    "another's": -0.46,
    "empty": -0.4,
    "elsewhere": -0.51,
    "length": -0.61,
    "rank": 0.33,
    "holds": 0.09,
    "year": 0.43,
    "digest": 1.94,
}
CONSTANT = -6.66
NAMES = tuple(COEFFICIENTS)


def confidence(features: Sequence[float]) -> float:
    """From 0 to 1; *features* in the order of ``NAMES``."""
    weighed = zip(features, COEFFICIENTS.values(), strict=True)
    return 1 / (1 + math.exp(-CONSTANT - sum(value * weight for value, weight in weighed)))
