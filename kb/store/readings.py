"""What a result shows of its documents, fetched for all of them at once and kept for a while."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from sqlalchemy import Select, select

from kb.catalogue import Digest
from kb.store import codec, schema
from kb.store.queries import among
from kb.structure import Node, walk_with_path

V = TypeVar("V")


@dataclass(frozen=True)
class Reading:
    """A document to read from: its text as printed, "" where none is at hand, its provisions and
    its digest statements."""

    text: str
    tree: Node | None
    digests: Sequence[Digest]

    @cached_property
    def places(self) -> Mapping[str, tuple[Node, tuple[Node, ...]]]:
        """Each provision by id, with what stands above it."""
        walked = walk_with_path(self.tree) if self.tree else ()
        return {node.id: (node, above) for node, above in walked}


class Lately(Generic[V]):
    """The values of the *most* keys asked for last; safe between threads. *read* is asked once for
    all that are not there and has a value for each."""

    def __init__(self, most: int, read: Callable[[Collection[str]], Mapping[str, V]]) -> None:
        self._most, self._read = most, read
        self._kept: dict[str, V] = {}
        self._lock = threading.Lock()

    def of(self, keys: Collection[str]) -> dict[str, V]:
        with self._lock:
            found = {key: self._kept[key] for key in keys if key in self._kept}
        if missing := [key for key in keys if key not in found]:
            found.update(self._read(missing))
        with self._lock:
            for key, value in found.items():
                self._kept.pop(key, None)  # it becomes the latest
                self._kept[key] = value
            for key in list(self._kept)[: max(0, len(self._kept) - self._most)]:
                del self._kept[key]
        return found


def read(
    rows: Callable[[Select[Any]], Sequence[Any]],
    trees: Callable[[Collection[str]], Mapping[str, Node | None]],
    keys: Collection[str],
) -> dict[str, Reading]:
    """Of each of *keys*; *rows* answers a query, *trees* has the provisions of texts by id."""
    documents, texts, sources = schema.documents, schema.expressions, schema.sources
    query = (
        select(documents.c.key, documents.c.shown, sources.c.printed, texts.c.text)
        .outerjoin(sources, sources.c.text_of == documents.c.shown)
        # The match text is the one to show only where no file stands behind it.
        .outerjoin(texts, (texts.c.id == documents.c.shown) & sources.c.printed.is_(None))
    )
    digests = digests_of(rows, keys)
    found = {row.key: row for row in rows(among(query, documents.c.key, keys))}
    tree = trees([row.shown for row in found.values() if row.shown])
    return {
        key: Reading(_text(found[key]), tree.get(found[key].shown), digests[key])
        if key in found
        else Reading("", None, digests[key])
        for key in keys
    }


def digests_of(
    rows: Callable[[Select[Any]], Sequence[Any]], keys: Collection[str]
) -> dict[str, list[Digest]]:
    """The digest statements of each of *keys* in their order."""
    found: dict[str, list[Digest]] = {key: [] for key in keys}
    table = schema.digests
    said = select(table.c.key, table.c.digest).order_by(table.c.row)
    for row in rows(among(said, table.c.key, keys)) if keys else ():
        found[row.key].append(codec.digest(row.digest))
    return found


def _text(row: Any) -> str:
    return codec.unpack(row.printed) if row.printed is not None else row.text or ""
