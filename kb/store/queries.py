"""Parts of queries that several readers of a library share."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select

from kb.store import schema

# What is known of a text without reading it.
LETTER = [column for column in schema.expressions.c if column.name not in ("text", "unparsed")]
# Relations as they came, what the codification's notes say behind what texts and the catalogue do.
TEXTS_FIRST = (schema.relations.c.asked != "", schema.relations.c.row)
_MOST_KEYS = 10_000


def among(
    query: Select[Any], column: ColumnElement[Any], keys: Collection[str] | None
) -> Select[Any]:
    """*query* where *column* is one of *keys*; SQLite takes so many in one question, and of more
    all rows are given."""
    if keys is None or len(keys) > _MOST_KEYS:
        return query
    return query.where(column.in_(keys))
