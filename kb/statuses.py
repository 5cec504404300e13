"""The status of documents on a day, the same wherever it is told: page, plan, results, command.

What the catalogue claims is joined with what texts at hand say: the day a text names for itself,
and the texts that end others. Where the two disagree the state is unknown and both are told. A
fixed number of queries is asked for any number of documents.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from kb.amendments import Effect
from kb.catalogue import Relation
from kb.documents import display_date
from kb.errors import NotFound
from kb.store.library import Library
from kb.validity import HOLDING, WORDS, State, Status, status_at

_ENDING = ("replaces", "repeals")
_TOLD = 10_000  # of the latest asked for
_UNDATED = ("based_on", "cites")


class Statuses:
    """What is known of some documents, to be asked for any day."""

    def __init__(self, library: Library, keys: Collection[str] | None = None) -> None:
        """*keys* of the documents that will be asked for, None for all of the library."""
        relations = library.relations_on(keys)
        subjects = {relation.subject for relation in relations}
        known = None if keys is None else {*keys, *subjects}
        self._entries = library.entries(known)
        self.effects = library.effects(known)
        self._relations: dict[str, list[Relation]] = defaultdict(list)
        for relation in relations:
            self._relations[relation.object or ""].append(self.dated(relation))
        # Results ask the same of hundreds of documents, several times on every page.
        self._told = lru_cache(_TOLD)(self._tell)

    def since(self, key: str) -> str | None:
        """The day a document took effect where one is known and none disagrees."""
        entry = self._entries.get(key)
        known = entry.document.effective if entry else None
        return _since(known, self.effects.get(key, ()))

    def dated(self, relation: Relation) -> Relation:
        """A relation read in a text holds from the day that text takes effect."""
        if relation.since or relation.verb in _UNDATED:
            return relation
        return replace(relation, since=self.since(relation.subject))

    def relations(self, key: str) -> Sequence[Relation]:
        """Those a document is the object of, dated."""
        return self._relations.get(key, ())

    def on(self, key: str, day: date) -> Status:
        """The document's status on *day*; raises ``NotFound`` for a key that was not named."""
        return self._told(key, day)

    def _tell(self, key: str, day: date) -> Status:
        entry = self._entries.get(key)
        if entry is None:
            raise NotFound(f"Không có văn bản ở địa chỉ {key}.", "Tìm theo số hiệu ở ô tìm kiếm.")
        since = self.since(key)
        if entry.document.effective is None and since:
            entry = replace(entry, document=replace(entry.document, effective=since))
        relations = self.relations(key)
        status = status_at(entry, relations, day)
        ending = next((r for r in relations if _ends(r, day)), None)
        if ending is None or status.state not in HOLDING | {State.UNKNOWN}:
            return _with_parts(status, relations)
        return self._ended(status, ending)

    def _ended(self, status: Status, ending: Relation) -> Status:
        """As a text at hand says, where nobody claims anything else; else the two are at odds."""
        by = self._entries.get(ending.subject)
        name = by.document.number if by else ending.subject
        verb = "thay thế" if ending.verb == "replaces" else "bãi bỏ"
        if status.state is State.UNKNOWN:
            return replace(
                status,
                state=State.CEASED,
                words=WORDS[State.CEASED] if ending.verb == "replaces" else "Bị bãi bỏ",
                reason=f"{name} ghi {verb} văn bản này từ {display_date(ending.since or '')}",
                by=ending.subject,
            )
        return replace(
            status,
            state=State.UNKNOWN,
            words=WORDS[State.UNKNOWN],
            reason=f"Có nơi ghi “{status.words}”, nhưng {name} ghi {verb} văn bản này từ "
            f"{display_date(ending.since or '')}; hai nguồn khác nhau, cần người đối chiếu",
            by=ending.subject,
        )


def _with_parts(status: Status, relations: Sequence[Relation]) -> Status:
    """Which part of a document has ceased where only some has, or that it is not known which."""
    if status.state is not State.IN_FORCE_PARTLY:
        return status
    day = status.day.isoformat()
    places = [
        relation.provisions
        for relation in relations
        if relation.verb == "repeals_partly"
        and relation.provisions
        and (relation.since or "") <= day
        and relation.provisions not in status.reason
    ]
    said = f"Phần hết hiệu lực: {'; '.join(dict.fromkeys(places))}" if places else ""
    reason = "; ".join(part for part in (status.reason.rstrip("."), said) if part)
    return replace(status, reason=reason or "Chưa rõ phần nào")


def _ends(relation: Relation, day: date) -> bool:
    """Does a text at hand say that it has ended the document by *day*?"""
    if relation.verb not in _ENDING or relation.sources or not relation.since:
        return False
    return relation.since <= day.isoformat()


def _since(known: str | None, effects: Sequence[Effect]) -> str | None:
    """The one day from which a document holds; None where two are named, or some of it is left
    out: which day is whose would be a guess."""
    days = {effect.day for effect in effects} | ({known} if known else set())
    if len(days) != 1 or any(effect.excepted for effect in effects):
        return None
    (day,) = days
    return day if len(day) == len("2026-07-01") else None
