"""What the documents found are: values to narrow an answer by, each with its number of documents.

A facet counts the documents that pass every filter but its own, so that its other values can be
chosen beside one; two values of one facet are "or", two facets "and".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain
from typing import Protocol

from kb.index.known import Known
from kb.results import Facet, FacetValue
from kb.text import capital, slug
from kb.validity import WORDS

# Name in an address → what the page calls it, in the order shown.
NAMES = {
    "hieuluc": "Hiệu lực",
    "loai": "Loại văn bản",
    "coquan": "Cơ quan ban hành",
    "cap": "Cấp",
    "nam": "Năm ban hành",
    "linhvuc": "Lĩnh vực",
}
Filters = Mapping[str, Sequence[str]]  # name → the values chosen
Values = dict[str, list[tuple[str, str]]]  # name → (value, words) of one document


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The documents that pass, in their order, and the facets of all that were found."""

    keys: Sequence[str]
    facets: tuple[Facet, ...]


class Looking(Protocol):
    """What of ``kb.search.View`` counts here."""

    @property
    def filters(self) -> Filters: ...
    @property
    def by_date(self) -> bool: ...
    @property
    def day(self) -> date: ...


def narrowed(known: Known, keys: Sequence[str], view: Looking) -> Narrowed:
    """*keys* that pass the filters of *view*, the latest first where it says so."""
    found = [values(known, key, view.day) for key in keys]
    passing = [key for key, one in zip(keys, found, strict=True) if passes(one, view.filters)]
    if view.by_date:
        passing.sort(key=lambda key: known.documents[key].document.issued or "", reverse=True)
    return Narrowed(passing, facets(found, view.filters))


def values(known: Known, key: str, day: date) -> Values:
    """What a document is, of each facet; a facet where that is not known is empty."""
    listed = known.documents[key]
    document, entry = listed.document, listed.entry
    state = WORDS[known.statuses.on(key, day).state]
    level = capital(entry.level)
    named = {
        "hieuluc": [state],
        "coquan": [part.strip() for part in document.issuer.split(";")],
        "cap": [level],
        "nam": [(document.issued or "")[:4]],
        "linhvuc": [words for tag, words in known.vocabulary.subjects if tag in entry.tags],
    }
    out = {name: _valued(tuple(said)) for name, said in named.items()}
    return out | {"loai": [(listed.type_slug, document.type or "Chưa rõ loại")]}


@lru_cache(4096)  # issuers, years, fields: few beside the documents that have them
def _valued(said: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(slug(words), words) for words in dict.fromkeys(said) if words]


def passes(found: Values, filters: Filters, but: str = "") -> bool:
    """Does a document pass every filter, the one of *but* aside?"""
    return not filters or all(
        name == but or any(value in chosen for value, _ in found.get(name, ()))
        for name, chosen in filters.items()
        if chosen
    )


def facets(found: Sequence[Values], filters: Filters) -> tuple[Facet, ...]:
    """Each facet that tells documents apart or is chosen, its values by number of documents (years
    by year); a chosen value that no document has stands there with 0."""
    out = []
    some = any(passes(one, filters) for one in found)
    for name, title in NAMES.items():
        passing = [one for one in found if passes(one, filters, but=name)]
        counted = Counter(chain.from_iterable(one.get(name, ()) for one in passing))
        chosen = filters.get(name, ())
        present = {value for value, _ in counted}
        missing = [value for value in chosen if value not in present]
        rows = [*counted.items(), *((row, 0) for row in _called(name, missing, found))]
        order: Callable[[tuple[tuple[str, str], int]], tuple[int, str]] = (
            (lambda row: (-int(row[0][0]) if row[0][0].isdigit() else 0, row[0][1]))
            if name == "nam"
            else (lambda row: (-row[1], row[0][1]))
        )
        shown = tuple(
            FacetValue(value, words, count, value in chosen)
            for (value, words), count in sorted(rows, key=order)
        )
        if len(shown) > 1 or chosen:
            without = 0 if some or not chosen else len(passing)
            out.append(Facet(name, title, shown, without))
    return tuple(out)


def _called(name: str, chosen: Sequence[str], found: Sequence[Values]) -> Iterator[tuple[str, str]]:
    """Each of the values *chosen* with its words, as some document or a state has it."""
    if chosen:
        called = {slug(words): words for words in WORDS.values()}
        called |= {value: words for one in found for value, words in one.get(name, ())}
        yield from ((value, called.get(value, value)) for value in chosen)
