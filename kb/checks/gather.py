"""What the checks of a plan need to know, fetched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

from kb.alike import key_of
from kb.catalogue import Catalogue, Entry, Vocabulary
from kb.checks import Basis, Grounds, Topic
from kb.links import Link
from kb.lookup import entry_of, lookup
from kb.outside import outside, words_of
from kb.plans import Plan
from kb.store import StoredCitation
from kb.validity import WORDS, State, Status, as_day, status_at


class Known(Protocol):
    """Where documents are known: a library, or the published catalogue."""

    def entry(self, key: str) -> Entry | None: ...

    def status(self, key: str, day: date) -> Status:
        """Of a document that ``entry`` knows."""

    def numbered(self, number: str) -> Sequence[Entry]: ...


class OfCatalogue:
    """``Known`` from a catalogue alone: no text is at hand that could say otherwise."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def entry(self, key: str) -> Entry | None:
        return entry_of(self._catalogue, key)

    def status(self, key: str, day: date) -> Status:
        entry = entry_of(self._catalogue, key)
        if entry is None:
            raise KeyError(key)
        relations = [r for r in self._catalogue.relations if key in (r.subject, r.object)]
        return status_at(entry, relations, day)

    def numbered(self, number: str) -> Sequence[Entry]:
        return [c.entry for c in lookup(self._catalogue, number=number)]


def gather(
    plan: Plan,
    citations: Sequence[StoredCitation],
    links: Iterable[Link],
    known: Known,
    vocabulary: Vocabulary,
    topics: tuple[Topic, ...],
    today: date,
) -> Grounds:
    """The grounds of *plan*'s checks; each document is judged on the day of signing and *today*."""
    own = key_of(plan.document.number)
    citations = [c for c in citations if not own or key_of(c.number) != own]  # an annex names it
    required = {key for topic in topics for one in topic.bases for key in one.keys}
    keys = {citation.target for citation in citations} - {""} | required
    slugs = {kind.name: kind.slug for kind in vocabulary.types}
    bases = {
        key: basis for key in sorted(keys) if (basis := _basis(key, plan, known, today, slugs))
    }
    open_ = [c for c in citations if not c.target and not c.candidates and c.kind == "explicit"]
    return Grounds(
        today=today,
        vocabulary=vocabulary,
        citations=tuple(citations),
        bases=bases,
        alike={c.number: tuple(known.numbered(c.number)) for c in open_ if c.number},
        links=tuple(links),
        topics=topics,
    )


def _basis(
    key: str, plan: Plan, known: Known, today: date, slugs: Mapping[str, str]
) -> Basis | None:
    entry = known.entry(key)
    if entry is None:
        return None
    kind = outside(entry, slugs.get(entry.document.type, ""))
    day = as_day(plan.document.issued)
    signed = known.status(key, day) if day else None
    now = known.status(key, today)
    # A text at hand may say what took its place before anybody has looked.
    replaced = now.state is State.CEASED and now.words == WORDS[State.CEASED]
    by = entry.status.replaced_by or (now.by if replaced else "")
    return Basis(
        entry,
        replace(signed, words=words_of(signed, kind)) if signed else None,
        replace(now, words=words_of(now, kind)),
        known.entry(by) if by else None,
    )
