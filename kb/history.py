"""What became of a document, gathered from the library: its events, and what others did to its
places. Values come from ``timeline``, ``amendments`` and ``wordings``; here they are only fetched.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kb.amendments import Amendment, Effect, amendments_in
from kb.catalogue import Relation
from kb.citations.places import provision_id
from kb.citations.provisions import find_chains, find_groups, pinpoints
from kb.later_wordings import Later
from kb.statuses import Statuses
from kb.store.library import Library
from kb.structure import Node, walk
from kb.timeline import Event, timeline
from kb.validity import Status
from kb.wordings import Wording, provision_status, wording_at, wordings

_PLACED = ("amends", "repeals_partly", "suspends")
_CHANGING = ("amends", "repeals_partly", "suspends", "replaces")


@dataclass(frozen=True, slots=True)
class History:
    """``effects`` are days the document's own text names, ``amendments`` what texts at hand do to
    its places, ``since`` the day it took effect where one is known and none disagrees, ``later``
    what other texts print of its places; ``text`` is the one shown with its ``nodes`` by id."""

    key: str
    events: tuple[Event, ...]
    relations: tuple[Relation, ...]
    effects: tuple[Effect, ...]
    amendments: tuple[Amendment, ...]
    since: str | None
    later: Later
    text: str
    nodes: Mapping[str, Node]


def history(library: Library, key: str) -> History:
    """Everything dated about a document; raises ``NotFound``."""
    entry = library.listed(key).entry
    known, tree = Statuses(library, (key,)), library.tree(key)
    relations = [known.dated(r) if r.object == key else r for r in library.relations(key)]
    effects = known.effects.get(key, ())
    subjects = dict.fromkeys(
        r.subject for r in relations if r.object == key and r.verb in _CHANGING
    )
    amendments = [
        replace(amendment, since=known.since(subject))
        for subject in subjects
        for amendment in _amendments(library, subject, key)
    ]
    return History(
        key,
        tuple(timeline(entry, relations, effects, amendments)),
        tuple(relations),
        tuple(effects),
        (*amendments, *_claimed(relations, amendments, key)),
        known.since(key),
        Later(library, key),
        library.text(key),
        {node.id: node for node in walk(tree)} if tree else {},
    )


def place_status(status: Status, told: History, provision: str) -> Status:
    """The status of one place on the day of *status*, the document's own."""
    return provision_status(status, told.amendments, provision)


def place_wordings(told: History, provision: str) -> list[Wording]:
    """Every wording of a place at hand, oldest first."""
    issued, changes = _changes(told, provision)
    return wordings(issued, told.since, changes, provision)


def place_wording_at(told: History, provision: str, day: date) -> Wording:
    """The wording of a place on *day*, or why it is not at hand."""
    issued, changes = _changes(told, provision)
    return wording_at(issued, told.since, changes, provision, day)


def _changes(told: History, provision: str) -> tuple[str | None, list[Amendment]]:
    """The words of a place as issued, as ``wordings`` takes them, and all that gave it later
    ones."""
    node = told.nodes.get(provision) if provision else None
    shown = node.span.of(told.text).strip() if node else ""
    issued = None if told.later.is_shown(provision) else shown
    more = told.later.of(provision, issued or "", told.amendments)
    return issued, [*told.amendments, *more]


def _claimed(relations: Sequence[Relation], read: Sequence[Amendment], key: str) -> list[Amendment]:
    """What the catalogue and the codification claim of single places, where no text at hand was
    read to say it; without a wording. A day beside several places may be that of one only."""
    told = {(amendment.subject, amendment.provision) for amendment in read}
    out = []
    for relation in relations:
        if relation.object != key or not relation.sources or relation.verb not in _PLACED:
            continue
        groups = list(find_groups(relation.provisions))
        if any(group.level not in ("article", "clause", "point") for group in groups):
            continue  # a section inside an article has ids of its own
        places = [p for members, glue in find_chains(relation.provisions, groups)
                  for p in pinpoints(members, glue)]  # fmt: skip
        since = relation.since if len(places) == 1 else None
        for place in places:
            provision = "" if place.article_end else provision_id(place)
            if provision and (relation.subject, provision) not in told:
                words = relation.note.rstrip(".") or relation.provisions
                out.append(
                    Amendment(relation.subject, "", key, provision, relation.verb, words, "", since)
                )
    return out


def _amendments(library: Library, subject: str, target: str) -> list[Amendment]:
    if not library.has(subject):
        return []
    tree = library.tree(subject)
    if tree is None:
        return []
    found = amendments_in(subject, library.text(subject), tree, library.citations(subject))
    return [amendment for amendment in found if amendment.target == target]
