"""The marks a word typed without them most likely has, learnt from the index itself.

Every spelling of a syllable that the index has is possible; how often two stand side by side there
says which are meant, by what stands before and what stands after (forward and backward sums over a
chain of neighbours). What is likeliest is looked for first; only what is likely enough is said to
be understood. Nothing is kept for it: the words that two documents have in common are asked of the
engine, so a deleted text is forgotten with its words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kb.index import asking
from kb.index.fields import Term

# Of the spellings of a syllable, those this rare among them are misprints of the corpus.
_RARE = 0.001
_MOST = 12  # spellings tried for one syllable
_PAIR = 0.99  # weight of what stands before, against the word alone
# A word among marked ones was probably meant as typed: that much likelier than the counts say.
_AS_TYPED = 2.7
# A spelling is sure from this probability on: lower, more is said and more of it is wrong
# (``tests.eval.accents``).
_SURE = 0.8
# ... and in a small library, which knows few neighbours, from this one.
_SURE_OF_FEW, _FEW = 0.9, 1000


# How often a word of a question is followed by its neighbour there, at least.
_ASKED = 0.002

Frequency = Callable[[str], int]
Column = dict[str, float]  # spelling → how likely, up to a factor


@dataclass(frozen=True, slots=True)
class Restored:
    """The likeliest spelling of each word, and whether it is likely enough to be said."""

    words: tuple[str, ...]
    sure: tuple[bool, ...]


def restored(
    words: Sequence[Term],
    spellings: Callable[[str], Sequence[str]],
    frequency: Frequency,
    pair_frequency: Frequency,
    total: int,
    fixed: Sequence[bool],
) -> Restored:
    """The likeliest spelling of each word; those *fixed* stay.

    *spellings* of a folded word, *frequency* of a word and *pair_frequency* of ``left_right`` in
    the *total* rows of the index. A word the index does not have stays as typed.
    """
    some = any(fixed)
    alone: list[Column] = []  # how likely each spelling is by itself
    for word, keep in zip(words, fixed, strict=True):
        possible = [word.text] if keep else _possible(word, spellings, frequency)
        alone.append({one: (frequency(one) + 0.5) / (total + 1) for one in possible})
        if some and word.text in alone[-1]:
            alone[-1][word.text] *= _AS_TYPED
    if all(len(column) == 1 for column in alone):  # as most that is typed in full
        return Restored(tuple(one for column in alone for one in column), (True,) * len(alone))
    # For each place, how likely a spelling is after each spelling of the place before.
    steps: list[dict[str, Column]] = [{} for _ in words[:1]]
    for place in range(1, len(words)):
        before = alone[place - 1] if words[place].joined else ()
        if len(before) == len(alone[place]) == 1:  # tells nothing: not looked up
            steps.append({left: dict.fromkeys(alone[place], 1.0) for left in before})
            continue
        steps.append(
            {
                left: {
                    right: _step(left, right, chance, frequency, pair_frequency)
                    for right, chance in alone[place].items()
                }
                for left in before
            }
        )
    bar = _SURE if total >= _FEW else _SURE_OF_FEW
    found: list[str] = []
    sure: list[bool] = []
    for left, right in zip(_forward(alone, steps), _backward(alone, steps), strict=True):
        chances = {spelling: left[spelling] * right[spelling] for spelling in left}
        found.append(max(chances, key=lambda spelling: chances[spelling]))
        sure.append(chances[found[-1]] >= bar * sum(chances.values()))
    return Restored(tuple(found), tuple(sure))


def _possible(
    word: Term, spellings: Callable[[str], Sequence[str]], frequency: Frequency
) -> Sequence[str]:
    known = {*spellings(word.folded), *asking.SPELLINGS.get(word.folded, ())}
    found = sorted(known, key=lambda one: (-frequency(one), one))[:_MOST]
    least = _RARE * sum(frequency(spelling) for spelling in found)
    return [one for one in found if frequency(one) > least or one in asking.WORDS] or [word.text]


def _step(
    left: str, right: str, alone: float, frequency: Frequency, pair_frequency: Frequency
) -> float:
    term = (left, right) in asking.TERMS  # as seen once more
    together = (pair_frequency(f"{left}_{right}") + term) / (frequency(left) + term + 1)
    if (left, right) in asking.PAIRS:
        together = max(together, _ASKED)
    return _PAIR * min(together, 1.0) + (1 - _PAIR) * alone


def _forward(alone: Sequence[Column], steps: Sequence[dict[str, Column]]) -> list[Column]:
    """For each spelling of each place, how likely it is with all that stands before it."""
    out: list[Column] = []
    for chances, step in zip(alone, steps, strict=True):
        column = chances
        if step:
            column = {
                right: sum(chance * step[left][right] for left, chance in out[-1].items())
                for right in chances
            }
        out.append(_scaled(column))
    return out


def _backward(alone: Sequence[Column], steps: Sequence[dict[str, Column]]) -> list[Column]:
    """For each spelling of each place, how likely all that stands after it is."""
    out: list[Column] = [dict.fromkeys(column, 1.0) for column in alone]
    for place in range(len(alone) - 1, 0, -1):
        if steps[place]:
            out[place - 1] = _scaled(
                {
                    left: sum(chance * out[place][right] for right, chance in step.items())
                    for left, step in steps[place].items()
                }
            )
    return out


def _scaled(column: Column) -> Column:
    """The same in proportion, 1 together, so that a long query does not vanish."""
    whole = sum(column.values())
    return {spelling: chance / whole for spelling, chance in column.items()}
