"""What is told of whole drafts: words copied without marks, and places typed without accents.

Cases are operations on provisions, as in ``quotations``. A ``run_`` operation gives the words a
draft has between its own: ``run_true`` those of the source, the others with a figure, "không" or
"chưa" changed behind at least nine right words and in front of three at most, where a run ends. A
place is named without accents, as it is (``plain_place``) or with a number its document does not
have (``plain_missing``). ``measure`` gives ``runs_altered``, ``runs_false_exact``,
``runs_recognised``, ``plain_read`` (places read as the provision they name) and
``plain_false_found``.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from ingest.catalogue import load_press_rules, load_vocabulary
from ingest.pipeline import CORPUS
from kb.citing import place_name
from kb.press import CheckedCitation, CitationVerdict
from kb.press.check import check
from kb.press.fetch import catalogue_of, fetch
from kb.quotes import Verdict
from kb.quotes.judge import judge
from kb.quotes.unmarked import find_unmarked
from kb.text import Span
from tests.eval.quotations import DAY, Case, Measured, order_of, plain_key

_RIGHT = (Verdict.EXACT, Verdict.TYPOGRAPHY)
_LEAD, _TAIL = 9, 3  # right words in front of what is changed, and behind it
_EACH, _PLACES_EACH = 40, 60
_UNITS = "ngày|giờ|tuổi|người|lần|phút|suất|%|phần trăm|triệu|mét|km"


def _cut(text: str, found: re.Match[str], new: str) -> str | None:
    """The words of one sentence up to *found*, then *new*, then the few that follow."""
    lead = re.split(r"[.;:]\s", text[: found.start()])[-1].split()
    tail = re.split(r"[.;:,](?!\d)", text[found.end() :])[0].split()
    if len(lead) < _LEAD or not tail:
        return None
    return " ".join([*lead[-16:], *new.split(), *tail[:_TAIL]])


def _changed(pattern: str, new: Callable[[str, random.Random], str]) -> Callable[..., str | None]:
    def operation(text: str, rng: random.Random) -> str | None:
        for found in re.finditer(pattern, text):
            if (made := _cut(text, found, new(found[0], rng))) is not None:
                return made
        return None

    return operation


def _other_figure(figure: str, rng: random.Random) -> str:
    return str(int(figure) + rng.randrange(1, 9)).zfill(len(figure))


def _true(text: str, rng: random.Random) -> str | None:
    words = re.split(r"[.;:]\s", text)[0].split()
    return " ".join(words[:20]) if len(words) >= _LEAD + _TAIL else None


RUNS: dict[str, Callable[..., str | None]] = {
    "run_figure": _changed(rf"(?<=\w )(?<!ngày )\d{{1,3}}(?= (?:{_UNITS})(?!\w))", _other_figure),
    "run_drop_not": _changed(r"(?<=\w )(?:không|chưa) (?=\w)", lambda word, rng: ""),
    "run_add_not": _changed(
        r"(?<=\w )(?<!không )(?<!chưa )(?:được|phải) (?=\w)", lambda word, rng: f"không {word}"
    ),
    "run_true": _true,
}
PLACES = ("plain_place", "plain_missing")


def compose(measured: Measured, places: list[tuple[str, str]]) -> Iterator[Case]:
    """Of *places* in their order those an operation can be done on, until it has its number."""
    whole = cache(lambda key: plain_key(measured.library.text(key)))
    for name, operation in RUNS.items():
        made = (
            Case(name, key, id)
            for key, id in places
            if (words := operation(measured.words(key, id), random.Random(order_of(f"{key}#{id}"))))
            # Another place of the same text may have just the words that one was changed into.
            and (name == "run_true" or plain_key(words) not in whole(key))
        )
        yield from (case for case, _ in zip(made, range(_EACH), strict=False))
    named = [(key, id) for key, id in places if _sayable(measured, key, id)]
    for name in PLACES:
        yield from (Case(name, key, id) for key, id in named[:_PLACES_EACH])


def _sayable(measured: Measured, key: str, id: str) -> bool:
    """Is it a place of a numbered text that plain letters name, and no other?"""
    document = measured.library.listed(key).document
    plain = re.fullmatch(r"art_\d+(?:__cl_\d+(?:__point_[a-ce-z])?)?", id)
    return bool(plain and document.type and document.number and "(" not in document.title)


def measure(measured: Measured, cases: list[Case]) -> dict[str, Any]:
    runs = [(case, _runs(measured, case)) for case in cases if case.operation in RUNS]
    tampered = [found for case, found in runs if case.operation != "run_true"]
    true = [found for case, found in runs if case.operation == "run_true"]
    checked = _Places(measured)
    places = [(case, checked.of(case)) for case in cases if case.operation in PLACES]
    read = [one.provision == case.provision for case, one in places if case.operation == PLACES[0]]
    missing = [one.verdict for case, one in places if case.operation == PLACES[1]]
    return {
        "runs": len(runs),
        "runs_altered": _share([Verdict.ALTERED in found for found in tampered]),
        "runs_false_exact": sum(_is_right(found) for found in tampered),
        "runs_recognised": _share([_is_right(found) for found in true]),
        "plain_places": len(places),
        "plain_read": _share(read),
        "plain_false_found": sum(verdict is CitationVerdict.FOUND for verdict in missing),
        "draft_misses": [
            *(f"{c.line}: {', '.join(f)}" for c, f in runs
              if (c.operation == "run_true") != _is_right(f)),
            *(f"{c.line}: {one.verdict} {one.text}" for c, one in places
              if c.operation == PLACES[0] and one.provision != c.provision),
        ],
    }  # fmt: skip


def _is_right(found: list[Verdict]) -> bool:
    return bool(found) and all(verdict in _RIGHT for verdict in found)


def _share(right: list[bool]) -> float:
    return round(sum(right) / len(right), 4) if right else 0.0


def _runs(measured: Measured, case: Case) -> list[Verdict]:
    rng = random.Random(order_of(f"{case.key}#{case.provision}"))
    words = RUNS[case.operation](measured.words(case.key, case.provision), rng)
    text = f"Nhà trường cho biết rằng {words} như đã hứa."
    found = find_unmarked(text, [], [], measured.shelf)
    return [one.verdict for one in judge(text, found, [], measured.shelf, DAY)]


class _Places:
    """Checks places named without accents, in the library of a measure."""

    def __init__(self, measured: Measured) -> None:
        self._library = measured.library
        self._catalogue = catalogue_of(self._library, load_vocabulary(CORPUS))
        self._rules = load_press_rules(CORPUS)

    def of(self, case: Case) -> CheckedCitation:
        document = self._library.listed(case.key).document
        place = place_name(case.provision)
        if case.operation == "plain_missing":
            place = re.sub(r"(?<=Điều )\d+", lambda m: str(int(m[0]) % 400 + 500), place)
        plain = _plain(f"{place} {document.type} so {document.number}").lower()
        found = check(
            f"Theo {plain}, nha truong phai lam.", self._catalogue, self._rules, DAY,
            lambda wanted: fetch(self._library, self._catalogue, wanted, DAY), lambda *_: [],
        ).citations  # fmt: skip
        # Not seen, or torn in two: told of as right where nobody says otherwise.
        return found[0] if len(found) == 1 else CheckedCitation(
            Span(0, 0), "không đọc được một viện dẫn", "", CitationVerdict.FOUND
        )  # fmt: skip


def _plain(words: str) -> str:
    marks = unicodedata.normalize("NFD", words.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in marks if not unicodedata.combining(c))
