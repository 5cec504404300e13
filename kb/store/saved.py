"""Saved searches in the desk database: only added to; what is kept now is computed
(``kb.saved.saved_of``)."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection

from kb.errors import CanCuError, NotFound
from kb.saved import Said, Saved, Verb, saved_of
from kb.store.desk import Desk

_ADD = (
    "INSERT INTO saved_searches (of, verb, name, query, keys, by, at) VALUES (?, ?, ?, ?, ?, ?, ?)"
)


def saved(desk: Desk) -> list[Saved]:
    """Every search that is kept, the latest saved first."""
    with desk.reading() as connection:
        return _saved(connection)


def save(desk: Desk, name: str, query: str, keys: Sequence[str], *, by: str, at: str) -> int:
    """Keep a search; its id. Raises ``CanCuError`` where the same one is kept already."""
    with desk.writing() as connection:
        same = next((one for one in _saved(connection) if one.query == query), None)
        if same:
            raise CanCuError(f"Tìm kiếm này đã được lưu với tên “{same.name}”.",
                             "Xem ở trang Tìm kiếm đã lưu (/tim-da-luu).")  # fmt: skip
        values = (None, Verb.SAVE.value, name, query, json.dumps(list(keys)), by, at)
        return int(connection.exec_driver_sql(_ADD, values).lastrowid or 0)


def look(desk: Desk, number: int, keys: Sequence[str], *, by: str, at: str) -> None:
    """Somebody has seen that *keys* answer now; raises ``NotFound``."""
    _say(desk, number, Verb.LOOK, keys, by, at)


def remove(desk: Desk, number: int, *, by: str, at: str) -> None:
    """Keep it no more; all that was said of it stays. Raises ``NotFound``."""
    _say(desk, number, Verb.REMOVE, (), by, at)


def _say(desk: Desk, number: int, verb: Verb, keys: Sequence[str], by: str, at: str) -> None:
    with desk.writing() as connection:
        if all(one.id != number for one in _saved(connection)):
            raise NotFound("Tìm kiếm này không còn trong danh sách đã lưu.",
                           "Mở lại trang Tìm kiếm đã lưu (/tim-da-luu).")  # fmt: skip
        values = (number, verb.value, "", "", json.dumps(list(keys)), by, at)
        connection.exec_driver_sql(_ADD, values)


def _saved(connection: Connection) -> list[Saved]:
    rows = connection.exec_driver_sql(
        "SELECT id, of, verb, name, query, keys, by, at FROM saved_searches ORDER BY id"
    )
    return saved_of(
        Said(row.id, row.of or row.id, Verb(row.verb), row.name, row.query,
             tuple(json.loads(row.keys)), row.by, row.at)
        for row in rows
    )  # fmt: skip
