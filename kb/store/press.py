"""Packs of the press desk in the desk database: their events, kept and never changed.

What a pack is now is computed from them (``kb.dossiers.log``), so the history cannot disagree with
it. Numbers of packs are given here, one after another.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row

from kb.dossiers import Event, Kind, Pack
from kb.dossiers.log import pack_of
from kb.errors import NotFound, Outdated
from kb.store.desk import Desk

_ROW = "id, pack, kind, value, by, at, why"


def packs(desk: Desk) -> list[Pack]:
    """Every pack, the one last touched first; without what went out of it, which is long."""
    by_pack: dict[int, list[Event]] = {}
    query = f"SELECT {_ROW} FROM press_events WHERE kind <> 'export' ORDER BY id"
    with desk.reading() as connection:
        for row in connection.exec_driver_sql(query):
            event = _event(row)
            by_pack.setdefault(event.pack, []).append(event)
    made = [pack_of(events) for events in by_pack.values()]
    return sorted(made, key=lambda pack: pack.events[-1].id, reverse=True)


def pack(desk: Desk, number: int) -> Pack:
    """One pack; raises ``NotFound``."""
    query = f"SELECT {_ROW} FROM press_events WHERE pack = ? ORDER BY id"
    with desk.reading() as connection:
        events = [_event(row) for row in connection.exec_driver_sql(query, (number,))]
    if not events:
        raise NotFound(f"Không có hồ sơ số {number}.", "Xem lại số ở danh sách hồ sơ báo chí.")
    return pack_of(events)


def open_pack(desk: Desk, facts: Mapping[str, Any], *, by: str, at: str) -> int:
    """A new pack; its number."""
    with desk.writing() as connection:
        last = connection.exec_driver_sql("SELECT max(pack) FROM press_events").scalar_one()
        number = (last or 0) + 1
        connection.exec_driver_sql(_ADD, _values(number, Kind.FACTS, facts, by, at, ""))
    return number


def add(
    desk: Desk,
    number: int,
    kind: Kind,
    value: Mapping[str, Any],
    *,
    by: str,
    at: str,
    why: str = "",
    seen: int | None = None,
) -> int:
    """An event of a pack; its id. With *seen*, the ``Pack.version`` its writer had before them:
    raises ``Outdated`` where somebody has changed what is said since, and nothing is kept."""
    with desk.writing() as connection:
        if seen is not None:
            rows = connection.exec_driver_sql(
                f"SELECT {_ROW} FROM press_events WHERE pack = ? ORDER BY id", (number,)
            )
            if pack_of([_event(row) for row in rows]).version != seen:
                raise Outdated(
                    "Có người đã sửa hồ sơ này sau lúc trang được mở; chưa ghi gì.",
                    "Điều vừa gõ còn ở dưới. Đọc bản đang lưu rồi ghi lại.",
                )
        done = connection.exec_driver_sql(_ADD, _values(number, kind, value, by, at, why))
        return int(done.lastrowid or 0)


def sealed(desk: Desk, digest: str) -> Event | None:
    """The export that gave a seal of this digest, if it was given here."""
    query = f"SELECT {_ROW} FROM press_events WHERE kind = 'export' AND value LIKE ? ORDER BY id"
    with desk.reading() as connection:
        found: Sequence[Row[Any]] = connection.exec_driver_sql(query, (f"%{digest}%",)).fetchall()
    events = [event for row in found if (event := _event(row)).value["digest"] == digest]
    return events[0] if events else None


_ADD = "INSERT INTO press_events (pack, kind, value, by, at, why) VALUES (?, ?, ?, ?, ?, ?)"


def _values(
    number: int, kind: Kind, value: Mapping[str, Any], by: str, at: str, why: str
) -> tuple[Any, ...]:
    return (number, kind.value, json.dumps(value, ensure_ascii=False), by, at, why)


def _event(row: Row[Any]) -> Event:
    return Event(row.id, row.pack, Kind(row.kind), json.loads(row.value), row.by, row.at, row.why)
