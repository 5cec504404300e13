"""What became of a document, gathered from the library: its events, and what others did to its
places. Values come from ``timeline``, ``amendments`` and ``wordings``; here they are only fetched.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kb.amendments import Amendment, Effect, amendments_in, effects_in
from kb.catalogue import Relation
from kb.citations.places import provision_id
from kb.citations.provisions import find_chains, find_groups, pinpoints
from kb.documents import display_date
from kb.store.library import Library
from kb.structure import find
from kb.timeline import Event, timeline
from kb.validity import WORDS, State, Status, status_at
from kb.wordings import Wording, provision_status, wording_at, wordings

_ENDING = ("replaces", "repeals")
_HOLDING = (State.IN_FORCE, State.IN_FORCE_AMENDED, State.IN_FORCE_PARTLY)
_PLACED = ("amends", "repeals_partly", "suspends")
_CHANGING = ("amends", "repeals_partly", "suspends", "replaces")


@dataclass(frozen=True, slots=True)
class History:
    """``effects`` are days the document's own text names, ``amendments`` what texts at hand do to
    its places, ``since`` the day it took effect where one is known and none disagrees."""

    key: str
    events: tuple[Event, ...]
    relations: tuple[Relation, ...]
    effects: tuple[Effect, ...]
    amendments: tuple[Amendment, ...]
    since: str | None


def history(library: Library, key: str) -> History:
    """Everything dated about a document; raises ``NotFound``."""
    entry = library.listed(key).entry
    relations = [_dated(library, relation, key) for relation in library.relations(key)]
    effects = _effects(library, key)
    subjects = dict.fromkeys(
        r.subject for r in relations if r.object == key and r.verb in _CHANGING
    )
    amendments = [a for subject in subjects for a in _amendments(library, subject, key)]
    return History(
        key,
        tuple(timeline(entry, relations, effects, amendments)),
        tuple(relations),
        tuple(effects),
        (*amendments, *_claimed(relations, amendments, key)),
        _since(entry.document.effective, effects),
    )


def status_on(library: Library, told: History, day: date) -> Status:
    """The document's status on *day*. Where the catalogue holds it in force and a text says that it
    has ended it, the two are told and the state is unknown."""
    entry = library.listed(told.key).entry
    if entry.document.effective is None and told.since:
        entry = replace(entry, document=replace(entry.document, effective=told.since))
    status = status_at(entry, told.relations, day)
    ending = [
        r
        for r in told.relations
        if r.object == told.key and r.verb in _ENDING and not r.sources
        and r.since and r.since <= day.isoformat()
    ]  # fmt: skip
    if not ending or status.state not in _HOLDING:
        return status
    by = ending[0]
    name = library.listed(by.subject).document.number if library.has(by.subject) else by.subject
    verb = "thay thế" if by.verb == "replaces" else "bãi bỏ"
    return replace(
        status,
        state=State.UNKNOWN,
        words=WORDS[State.UNKNOWN],
        reason=f"Có nơi ghi “{status.words}”, nhưng {name} ghi {verb} văn bản này từ "
        f"{display_date(by.since or '')}; hai nguồn khác nhau, cần người đối chiếu",
        by=by.subject,
    )


def place_status(status: Status, told: History, provision: str) -> Status:
    """The status of one place on the day of *status*, the document's own."""
    return provision_status(status, told.amendments, provision)


def place_wordings(library: Library, told: History, provision: str) -> list[Wording]:
    """Every wording of a place at hand, oldest first."""
    return wordings(_issued(library, told.key, provision), told.since, told.amendments, provision)


def place_wording_at(library: Library, told: History, provision: str, day: date) -> Wording:
    """The wording of a place on *day*, or why it is not at hand."""
    issued = _issued(library, told.key, provision)
    return wording_at(issued, told.since, told.amendments, provision, day)


def _issued(library: Library, key: str, provision: str) -> str:
    tree = library.tree(key)
    node = find(tree, provision) if tree else None
    return node.span.of(library.text(key)).strip() if node else ""


def _effects(library: Library, key: str) -> list[Effect]:
    tree = library.tree(key)
    return effects_in(library.listed(key).document, library.text(key), tree) if tree else []


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


def _since(known: str | None, effects: Sequence[Effect]) -> str | None:
    """The one day from which a document holds; None where two are named, or some of it is left
    out: which day is whose would be a guess."""
    days = {effect.day for effect in effects} | ({known} if known else set())
    if len(days) != 1 or any(effect.excepted for effect in effects):
        return None
    (day,) = days
    return day if len(day) == len("2026-07-01") else None


def _dated(library: Library, relation: Relation, key: str) -> Relation:
    """A relation read in a text holds from the day that text takes effect."""
    if relation.since or relation.object != key or relation.verb in ("based_on", "cites"):
        return relation
    if not library.has(relation.subject):
        return relation
    return replace(relation, since=_start(library, relation.subject))


def _start(library: Library, key: str) -> str | None:
    return _since(library.listed(key).document.effective, _effects(library, key))


def _amendments(library: Library, subject: str, target: str) -> list[Amendment]:
    if not library.has(subject):
        return []
    tree = library.tree(subject)
    if tree is None:
        return []
    since = _start(library, subject)
    found = amendments_in(subject, library.text(subject), tree, library.citations(subject))
    return [replace(a, since=since) for a in found if a.target == target]
