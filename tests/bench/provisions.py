"""Provisions to be found and queries for them, drawn by a seed: the same for every side."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kb.text import fold
from tests.eval.retrieval import rows

TYPES = ("luat", "nghi-dinh", "thong-tu", "quyet-dinh")
FACETS = ("kind", "issuer", "year")
QUERIES = 200
WORD = re.compile(r"\w+")


def clauses(articles: Path | None) -> list[str]:
    if articles:
        lines = (line for row in rows(articles) for line in row["text"].splitlines())
        return [line for line in lines if len(line) > 60][:60_000]
    random_ = random.Random(1)
    syllables = [f"{a}{b}{c}" for a in "bcdghlmnptvx" for b in "aáàăâeéêiíoóôơuưự"
                 for c in ("", "n", "ng", "nh", "t", "c", "m", "i")]  # fmt: skip
    random_.shuffle(syllables)
    weights = [1 / (rank + 3) for rank in range(len(syllables))]
    return [" ".join(random_.choices(syllables, weights, k=random_.randint(25, 80))) + "."
            for _ in range(20_000)]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Provision:
    number: int
    title: str
    text: str
    kind: str
    issuer: str
    year: str

    @property
    def facets(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in FACETS}


def provisions(size: int, pool: list[str]) -> Iterator[Provision]:
    """Halves of two clauses each, so that no two are the same; twenty make a document."""
    random_ = random.Random(2)
    for number in range(size):
        one, other = random_.choice(pool).split(), random_.choice(pool).split()
        text = " ".join((*one[: len(one) // 2 + 8], *other[len(other) // 2 :]))
        yield provision(number, " ".join(one[:6]), text)


def provision(number: int, title: str, text: str) -> Provision:
    of = random.Random(number // 20)
    kind, issuer, year = of.choice(TYPES), f"co-quan-{of.randrange(40)}", of.randint(1990, 2025)
    return Provision(number, title, text, kind, issuer, str(year))


def queries(pool: list[str], seed: int = 3) -> list[str]:
    """Two to six neighbouring words; a quarter without marks, a tenth a phrase."""
    random_ = random.Random(seed)
    out: list[str] = []
    while len(out) < QUERIES:
        words = WORD.findall(random_.choice(pool))
        length = random_.randint(2, 6)
        if len(words) < length:
            continue
        at = random_.randrange(len(words) - length + 1)
        typed = " ".join(words[at : at + length]).lower()
        kind = random_.random()
        out.append(fold(typed) if kind < 0.25 else f'"{typed}"' if kind < 0.35 else typed)
    return out
