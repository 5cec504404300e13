"""Finding provisions by words: what is stored, what is asked, what comes back.

An engine knows nothing of law: it keeps ``Record`` values and answers a ``Query`` with ids and
scores. Whatever stands on a page comes from the library; highlighting is ours (``highlight``).
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that can be found.

    ``id`` is ``key#provision`` (``key`` alone for the facts of a document); ``kind`` is ``facts``,
    ``provision``, ``item`` or ``digest``; ``title`` the document's type, number and title;
    ``heading`` the headings above and of the provision; ``text`` all its words.
    """

    id: str
    key: str
    provision: str
    kind: str
    title: str
    heading: str
    text: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, read: ``words`` are lower-case syllables as typed (marks kept), ``phrases``
    those between quotation marks, ``marked`` whether any letter carries a mark."""

    text: str
    words: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...] = ()
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A record found; a higher ``score`` is better, and only comparable inside one answer."""

    id: str
    key: str
    provision: str
    kind: str
    score: float


class IndexWriter(Protocol):
    def delete(self, key: str) -> None:
        """Forget every record of a document."""

    def add(self, records: Iterable[Record]) -> None: ...


class SearchEngine(Protocol):
    def writer(self) -> AbstractContextManager[IndexWriter]:
        """One writer at a time; what it wrote is seen once the block ends without an exception."""

    def search(self, query: Query, limit: int = 100) -> list[Hit]:
        """Best first; equal scores by id."""

    def count(self) -> int:
        """How many records there are."""

    def close(self) -> None: ...


def open_engine(folder: Path) -> SearchEngine:
    """The engine whose files are in *folder*, made there when it is empty."""
    from kb.index.whoosh_engine import WhooshEngine

    return WhooshEngine(folder)
