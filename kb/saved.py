"""Searches people kept: what was said of each, and what that comes to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Verb(StrEnum):
    """What can be said of a saved search; the value is kept."""

    SAVE = "save"  # lưu
    LOOK = "look"  # đã xem
    REMOVE = "remove"  # bỏ


@dataclass(frozen=True, slots=True)
class Said:
    """One row of the desk: ``of`` the id of the search it is about (its own for a ``SAVE``);
    ``query`` the part of the results' address after "?"; ``keys`` the documents that answered
    wholly then (``kb.results.SearchResult.keys``); ``by`` as typed, "" where nobody gave a name;
    ``at`` ISO time, UTC."""

    id: int
    of: int
    verb: Verb
    name: str
    query: str
    keys: tuple[str, ...]
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Saved:
    """A search that is kept: ``looked`` is when it was saved or last marked as seen, ``keys`` what
    answered then."""

    id: int
    name: str
    query: str
    by: str
    at: str
    looked: str
    keys: tuple[str, ...]

    def new(self, keys: Iterable[str]) -> list[str]:
        """Those of *keys* that did not answer when it was last looked at, in their order."""
        known = set(self.keys)
        return [key for key in keys if key not in known]


def saved_of(rows: Iterable[Said]) -> list[Saved]:
    """What is kept after all of *rows* (oldest first), the latest saved first."""
    kept: dict[int, Saved] = {}
    for row in rows:
        if row.verb is Verb.SAVE:
            kept[row.id] = Saved(row.id, row.name, row.query, row.by, row.at, row.at, row.keys)
        elif row.verb is Verb.REMOVE:
            kept.pop(row.of, None)
        elif row.of in kept:
            was = kept[row.of]
            kept[row.of] = Saved(
                was.id, was.name, was.query, was.by, was.at, row.at, row.keys
            )  # fmt: skip
    return list(reversed(kept.values()))
