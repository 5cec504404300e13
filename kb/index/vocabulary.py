"""Every word of an index, with the number of rows it is in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from kb.index.analyzer import PIECE
from kb.text import fold

# A word that more than this share of the rows have is common, where that is more than a few: its
# postings cost most of a search and bring nothing (docs/search.md).
_COMMON = 0.1
_FEW = 500


def idf(rows: NDArray[np.float64], total: int) -> NDArray[np.float64]:
    """What a word in so many rows of *total* is worth, as BM25 has it."""
    return np.log(1 + np.maximum(total - rows + 0.5, 0.5) / (rows + 0.5))


class Vocabulary:
    """Every word of the index. ``rows[i]`` is in how many rows word *i* is and ``idf[i]`` what that
    makes it worth, ``total`` how many rows there are, ``length`` their tokens together;
    ``spellings`` folded word → its words."""

    def __init__(self, words: Sequence[tuple[int, str, int]], total: int, length: int) -> None:
        self.ids = {text: number for number, text, _ in words}
        self.rows = np.zeros(max((number for number, _, _ in words), default=0) + 1, np.int64)
        self.spellings: dict[str, list[str]] = {}
        self._any_spelling: Counter[str] = Counter()
        for number, text, rows in words:
            self.rows[number] = rows
            folded = fold(text)
            self.spellings.setdefault(folded, []).append(text)
            self._any_spelling[folded] += rows
        self.total = total
        self.length = length
        self.idf = idf(self.rows.astype(float), total)

    @cached_property
    def pieces(self) -> frozenset[str]:
        """Every folded piece of a document number."""
        numbers = (folded for folded in self.spellings if not folded.isalnum())
        return frozenset(piece for number in numbers for piece in PIECE.findall(number))

    def is_common(self, folded: str) -> bool:
        """Do so many rows have a spelling of the word that it hardly tells one from another?"""
        return self._any_spelling[folded] > max(_FEW, _COMMON * self.total)

    def frequency(self, word: str) -> int:
        """In how many rows the word is."""
        number = self.ids.get(word)
        return 0 if number is None else int(self.rows[number])
