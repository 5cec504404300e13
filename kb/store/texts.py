"""Every text of a library by its own id, whether it is the one shown of its work or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import select

from kb.expressions import Kind
from kb.sources import Source
from kb.store import codec, schema
from kb.store.library import Library
from kb.store.queries import among
from kb.store.rows import as_source


@dataclass(frozen=True, slots=True)
class StoredText:
    """A text without what it says: ``key`` of its work, ``quotable`` as its reader said."""

    id: str
    key: str
    kind: Kind
    sha256: str
    quotable: bool


def stored(library: Library, keys: Collection[str] | None = None) -> dict[str, StoredText]:
    """The texts of the documents *keys*, None for all, by id."""
    table = schema.expressions
    query = select(table.c.id, table.c.key, table.c.kind, table.c.sha256, table.c.quotable)
    rows = library._rows(among(query, table.c.key, keys))
    return {row.id: StoredText(row.id, row.key, Kind(row.kind), row.sha256, bool(row.quotable))
            for row in rows}  # fmt: skip


def places(library: Library, id: str) -> tuple[tuple[int, str], ...]:
    """(start of own words, id) of every provision of a text that has own words, in its order: the
    words from one start to the next are that provision's own."""
    table = schema.provisions
    query = (
        select(table.c.own_start, table.c.id)
        .where(table.c.expression == id, table.c.own_end > table.c.own_start)
        .order_by(table.c.own_start, table.c.position)
    )
    return tuple((row.own_start, row.id) for row in library._rows(query))


def source_of(library: Library, id: str) -> Source | None:
    """A text as its file has it; None where there is none."""
    table = schema.sources
    rows = library._rows(select(table).where(table.c.text_of == id))
    return as_source(rows[0]) if rows else None


def digested(library: Library) -> Iterator[tuple[str, int, str]]:
    """(document, position from 1, words) of every digest statement."""
    table = schema.digests
    counts: Counter[str] = Counter()
    for row in library._rows(select(table.c.key, table.c.digest).order_by(table.c.row)):
        counts[row.key] += 1
        yield row.key, counts[row.key], codec.digest(row.digest).text
