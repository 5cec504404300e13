"""The fields of the index, what each weighs, and the version that makes an old index stale."""

from __future__ import annotations

# Raised with any change in fields, analysis, cards or passages: ``kb serve`` then rebuilds.
SCHEMA = "6"

# BM25, as measured best on statutes (docs/search.md). Tantivy has these two fixed.
K1, B = 1.2, 0.75

# Title, path, heading and text are one bag of words: ``ranking`` tells them apart again, and one
# bag is a third of the postings. Kept four times: words and pairs, accented and folded.
WORDS, PAIRS, FOLDED, FOLDED_PAIRS = "words", "pairs", "folded", "folded_pairs"
FIELDS = (WORDS, PAIRS, FOLDED, FOLDED_PAIRS)
# What a query may ask to be so.
TAGS = "tags"
# Stands between the parts, so that no phrase reaches from one into the next.
BREAK = "¶"

# A word typed with its marks: its folded form is a weak second, for what was written without.
FOLDED_SECOND = 0.1
# A word whose marks were guessed: half for the guess, half for any spelling.
GUESSED = 0.5
