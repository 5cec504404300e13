"""The marks a word typed without them most likely has, learnt from the index itself.

Every spelling of a syllable that the index has is possible; how often two stand side by side there
says which are meant (a first-order Viterbi). Nothing is kept for it: the words that two documents
have in common are asked of the engine, so a deleted text is forgotten with its words.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from kb.index.fields import Term

# Of the spellings of a syllable, those this rare among them are misprints of the corpus.
_RARE = 0.001
_MOST = 12  # spellings tried for one syllable
_PAIR = 0.9  # weight of what stands before, against the word alone
# A word among marked ones was probably meant as typed: e^1 times likelier than the counts say.
_AS_TYPED = 1.0

Frequency = Callable[[str], int]


def restored(
    words: Sequence[Term],
    spellings: Callable[[str], Sequence[str]],
    frequency: Frequency,
    pair_frequency: Frequency,
    total: int,
    fixed: Sequence[bool],
) -> tuple[str, ...]:
    """The likeliest spelling of each word; those *fixed* stay.

    *spellings* of a folded word, *frequency* of a word and *pair_frequency* of ``left_right`` in
    the *total* rows of the index. A word the index does not have stays as typed.
    """
    some = any(fixed)
    # One column for each word: spelling → (log likelihood, the spelling before it).
    columns: list[dict[str, tuple[float, str]]] = []
    for place, (word, keep) in enumerate(zip(words, fixed, strict=True)):
        column: dict[str, tuple[float, str]] = {}
        before = columns[-1] if columns else {"": (0.0, "")}
        for spelling in [word.text] if keep else _possible(word, spellings, frequency):
            alone = (frequency(spelling) + 0.5) / (total + 1)
            best = max(
                (score + _step(left, spelling, alone, frequency, pair_frequency), left)
                if place and word.joined
                else (score + math.log(alone), left)
                for left, (score, _) in before.items()
            )
            bonus = _AS_TYPED if some and spelling == word.text else 0.0
            column[spelling] = (best[0] + bonus, best[1])
        columns.append(column)
    return _path(columns)


def _possible(
    word: Term, spellings: Callable[[str], Sequence[str]], frequency: Frequency
) -> Sequence[str]:
    found = sorted(spellings(word.folded), key=frequency, reverse=True)[:_MOST]
    least = _RARE * sum(frequency(spelling) for spelling in found)
    return [spelling for spelling in found if frequency(spelling) > least] or [word.text]


def _step(
    left: str, right: str, alone: float, frequency: Frequency, pair_frequency: Frequency
) -> float:
    together = pair_frequency(f"{left}_{right}") / (frequency(left) + 1)
    return math.log(_PAIR * min(together, 1.0) + (1 - _PAIR) * alone)


def _path(columns: Sequence[dict[str, tuple[float, str]]]) -> tuple[str, ...]:
    if not columns:
        return ()
    last = max(columns[-1], key=lambda spelling: columns[-1][spelling])
    out = [last]
    for column in reversed(columns[1:]):
        out.append(column[out[-1]][1])
    return tuple(reversed(out))
