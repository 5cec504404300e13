"""Checks on a plan: what is wrong in it, at its place, with what to do.

A check is a pure function ``(plan, grounds) -> Iterable[Finding]`` in a file of its own; the
function's docstring is the page ``kb check --help-check`` shows, in Vietnamese, and its name with
hyphens is the code of every finding it gives. ``gather`` fetches the grounds, ``run`` has the
tuple of checks.

Error: the plan is wrong and must be mended. Warning: a person must look. Info: worth knowing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from kb.catalogue import Entry, Source, Vocabulary
from kb.findings import Finding
from kb.links import Link
from kb.plans import Plan
from kb.store import StoredCitation
from kb.validity import Status


@dataclass(frozen=True, slots=True)
class Basis:
    """A document a plan cites or should cite, judged on the day of signing (None where that day is
    not known) and today; ``heir`` is the one that replaced it, where the catalogue knows it."""

    entry: Entry
    signed: Status | None
    now: Status
    heir: Entry | None = None


@dataclass(frozen=True, slots=True)
class Required:
    """One basis a topic calls for: ``keys`` are successive documents on one matter, oldest first;
    any of them answers. ``why`` says what it rules that the topic needs."""

    keys: tuple[str, ...]
    why: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """What a plan may be about: it is when its title has one of ``words`` or ``items`` of its items
    do."""

    id: str
    name: str
    words: tuple[str, ...]
    items: int
    bases: tuple[Required, ...]


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a caller fetched for the checks of one plan.

    ``bases`` by key: the documents cited and the required ones. ``alike`` by number as written:
    documents of the same number that a citation was not resolved to.
    """

    today: date
    vocabulary: Vocabulary
    citations: tuple[StoredCitation, ...] = ()
    bases: Mapping[str, Basis] = field(default_factory=dict)
    alike: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    topics: tuple[Topic, ...] = ()


Check = Callable[[Plan, Grounds], Iterable[Finding]]
