"""The fields of the index, what each weighs, and the version that makes an old index stale."""

from __future__ import annotations

# Raised with any change in fields or analysis: ``kb serve`` then rebuilds.
SCHEMA = "1"

# BM25, as measured best on statutes (docs/architecture.md, "Search").
K1, B = 1.2, 0.75

# A title says what a whole document is about: it helps, and drowns the provisions beyond 0.3.
TITLE, HEADING, TEXT = 0.3, 0.3, 1.0
# Two syllables together say more than each alone, and are rarer: they need no more weight.
BIGRAM = 1.0
# Typed with accents: the folded fields are a weak second, for what was written without.
FOLDED_SECOND = 0.1
