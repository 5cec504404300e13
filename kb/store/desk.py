"""What people made, kept in SQLite: migrated, never rebuilt, never overwritten.

The migrations are a tuple of statements and ``PRAGMA user_version`` says how many have run: one
file, one kind of database, steps only forward. Alembic would bring its own folder, configuration
and table for the same. A step that has been released is never changed; a new one is added below it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, fields
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

from kb.confirmations import Confirmation
from kb.errors import CanCuError
from kb.links.review import Decision

_MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE confirmations (
            id INTEGER PRIMARY KEY,
            sha256 TEXT NOT NULL,      -- of the file
            what TEXT NOT NULL,        -- 'text', or a field of the letterhead
            page INTEGER NOT NULL,     -- 1-based, 0 for the whole file
            value TEXT NOT NULL,       -- stamp of the words, or what was typed
            by TEXT NOT NULL,
            at TEXT NOT NULL,          -- ISO time, UTC
            why TEXT NOT NULL,
            undoes INTEGER REFERENCES confirmations (id)
        )""",
        "CREATE INDEX confirmations_of ON confirmations (sha256)",
        """CREATE TRIGGER confirmations_stay BEFORE UPDATE ON confirmations
            BEGIN SELECT RAISE (ABORT, 'append-only'); END""",
        """CREATE TRIGGER confirmations_stay_too BEFORE DELETE ON confirmations
            BEGIN SELECT RAISE (ABORT, 'append-only'); END""",
    ),
    (
        """CREATE TABLE decisions (
            id INTEGER PRIMARY KEY,
            plan TEXT NOT NULL,           -- key of the plan
            sha256 TEXT NOT NULL,         -- file its text was from
            item TEXT NOT NULL,
            verb TEXT NOT NULL,           -- kb.links.review.Verb, '' where it only undoes
            target TEXT NOT NULL,
            provision TEXT NOT NULL,
            new_target TEXT NOT NULL,
            new_provision TEXT NOT NULL,
            item_words TEXT NOT NULL,
            target_words TEXT NOT NULL,
            stamp TEXT NOT NULL,          -- of both
            by TEXT NOT NULL,             -- as typed
            at TEXT NOT NULL,             -- ISO time, UTC
            why TEXT NOT NULL,
            undoes INTEGER REFERENCES decisions (id)
        )""",
        "CREATE INDEX decisions_of ON decisions (plan)",
        "CREATE INDEX decisions_on ON decisions (sha256)",
        """CREATE TRIGGER decisions_stay BEFORE UPDATE ON decisions
            BEGIN SELECT RAISE (ABORT, 'append-only'); END""",
        """CREATE TRIGGER decisions_stay_too BEFORE DELETE ON decisions
            BEGIN SELECT RAISE (ABORT, 'append-only'); END""",
    ),
    (
        """CREATE TABLE press_events (
            id INTEGER PRIMARY KEY,
            pack INTEGER NOT NULL,        -- number of the pack
            kind TEXT NOT NULL,           -- kb.dossiers.Kind
            value TEXT NOT NULL,          -- JSON, as the kind has it
            by TEXT NOT NULL,             -- as typed
            at TEXT NOT NULL,             -- ISO time, UTC
            why TEXT NOT NULL
        )""",
        "CREATE INDEX press_events_of ON press_events (pack)",
        """CREATE TRIGGER press_events_stay BEFORE UPDATE ON press_events
            BEGIN SELECT RAISE (ABORT, 'append-only'); END""",
        """CREATE TRIGGER press_events_stay_too BEFORE DELETE ON press_events
            BEGIN SELECT RAISE (ABORT, 'append-only'); END""",
    ),
    (
        """CREATE TABLE saved_searches (
            id INTEGER PRIMARY KEY,
            of INTEGER REFERENCES saved_searches (id),  -- NULL where it saves
            verb TEXT NOT NULL,           -- kb.saved.Verb
            name TEXT NOT NULL,
            query TEXT NOT NULL,          -- of the address of results
            keys TEXT NOT NULL,           -- JSON, documents that answered wholly
            by TEXT NOT NULL,             -- as typed, '' where nobody gave a name
            at TEXT NOT NULL              -- ISO time, UTC
        )""",
        """CREATE TRIGGER saved_searches_stay BEFORE UPDATE ON saved_searches
            BEGIN SELECT RAISE (ABORT, 'append-only'); END""",
        """CREATE TRIGGER saved_searches_stay_too BEFORE DELETE ON saved_searches
            BEGIN SELECT RAISE (ABORT, 'append-only'); END""",
    ),
)
_DECISION = ", ".join(field.name for field in fields(Decision))
_AT_ONCE = 500
_PRESENT = text(
    """SELECT id, sha256, what, page, value, by, at, why FROM confirmations AS c
    WHERE sha256 = :sha256 AND undoes IS NULL
    AND NOT EXISTS (SELECT 1 FROM confirmations AS u WHERE u.undoes = c.id)
    AND NOT EXISTS (SELECT 1 FROM confirmations AS n WHERE n.sha256 = c.sha256
        AND n.what = c.what AND n.page = c.page AND n.id > c.id AND n.undoes IS NULL
        AND NOT EXISTS (SELECT 1 FROM confirmations AS u WHERE u.undoes = n.id))
    ORDER BY what, page"""
)


class Desk:
    """The desk database at *path*, made or brought up to date; safe to share between threads.

    Raises ``CanCuError`` where a newer version of the program has written it.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        # No connection outlives its use, so that the file can be copied and, on Windows, moved.
        self._engine = create_engine(
            f"sqlite:///{path}",
            poolclass=NullPool,
            connect_args={"timeout": 30},
            isolation_level="AUTOCOMMIT",
        )
        self._migrate()

    def confirmations(self, sha256: str) -> list[Confirmation]:
        """What holds of a file: of each page and field the last thing said that was not undone."""
        with self._engine.connect() as connection:
            return [Confirmation(*row) for row in connection.execute(_PRESENT, {"sha256": sha256})]

    def add(
        self, sha256: str, what: str, value: str, *, by: str, at: str, why: str = "", page: int = 0
    ) -> None:
        """Somebody vouches for a page of a file, or for a field of its letterhead."""
        with self.writing() as connection:
            _insert(connection, sha256, what, page, value, by, at, why, None)

    def undo(self, said: Confirmation, *, by: str, at: str, why: str = "") -> None:
        """*said* holds no more; what was said before it does again. Both stay on record."""
        with self.writing() as connection:
            _insert(connection, said.sha256, said.what, said.page, "", by, at, why, said.id)

    def decisions(self, plan: str, files: Collection[str] = ()) -> list[Decision]:
        """All that was ever decided of a plan, oldest first: under its key, or of one of its
        *files* (hashes) while it had another key."""
        some = sorted(files)[:_AT_ONCE]
        marks = ", ".join("?" * len(some))
        query = (
            f"SELECT {_DECISION} FROM decisions WHERE plan = ? OR sha256 IN ({marks}) ORDER BY id"
        )
        with self._engine.connect() as connection:
            found = connection.exec_driver_sql(query, (plan, *some))
            return [Decision(*row) for row in found]

    def decide(self, decisions: Sequence[Decision]) -> None:
        """Add statements, all or none; their ``id`` is given here."""
        with self.writing() as connection:
            for decision in decisions:
                values = astuple(decision)[1:]
                marks = ", ".join("?" * len(values))
                connection.exec_driver_sql(
                    f"INSERT INTO decisions ({_DECISION.partition(', ')[2]}) VALUES ({marks})",
                    values,
                )

    def _migrate(self) -> None:
        with self.writing() as connection:
            done = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
            if done > len(_MIGRATIONS):
                raise CanCuError(
                    "Dữ liệu bàn làm việc (desk.db) do phiên bản mới hơn của chương trình ghi.",
                    "Cài phiên bản mới của Căn Cứ rồi chạy lại.",
                )
            for step in _MIGRATIONS[done:]:
                for statement in step:
                    connection.exec_driver_sql(statement)
            connection.exec_driver_sql(f"PRAGMA user_version = {len(_MIGRATIONS)}")

    def reading(self) -> Connection:
        """A connection to read from; close it, or use it as a context manager."""
        return self._engine.connect()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction, alone from its start: tables change in it, too, or not at all."""
        with self._engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.exec_driver_sql("ROLLBACK")
                raise
            connection.exec_driver_sql("COMMIT")


def _insert(connection: Connection, *values: Any) -> None:
    connection.exec_driver_sql(
        "INSERT INTO confirmations (sha256, what, page, value, by, at, why, undoes)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        values,
    )
