"""What is known of each row: its id, key and tags; and of each word: the rows it is in.

One SQLite file beside the engine's own; what is read of many rows at once is in ``columns``.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kb.index import Hit, Record
from kb.index.analyzer import Analysed
from kb.index.columns import BEGINS, JOINED, SHIFT, Columns, ColumnWriter, Rows
from kb.index.counted import Counted
from kb.index.vocabulary import Vocabulary

_SCHEMA = """
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS word (
    id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE, rows INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS card (
    row INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, key TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS card_key ON card (key);
CREATE TABLE IF NOT EXISTS tagset (id INTEGER PRIMARY KEY, tags TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS document (
    number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, tagset INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS posting (word INTEGER NOT NULL, rows BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS posting_word ON posting (word);
"""


@dataclass(frozen=True, slots=True)
class Known:
    """The index as of one commit."""

    vocabulary: Vocabulary
    columns: Columns
    counted: Counted

    def hits(self, rows: Rows, scores: Sequence[float]) -> list[Hit]:
        """*rows* as hits, in the same order."""
        return [
            Hit(name, key, provision, kind, score, tuple(tags.split()))
            for (name, key, provision, kind, tags), score in zip(
                self.columns.names(rows), scores, strict=True
            )
        ]


class Cards:
    """The cards in *folder*, or in memory without one; safe between threads."""

    def __init__(self, folder: Path | None) -> None:
        self._connection = sqlite3.connect(
            folder / "cards.db" if folder else ":memory:",
            check_same_thread=False, isolation_level=None,
        )  # fmt: skip
        self._lock = threading.RLock()
        self._connection.executescript(_SCHEMA)
        self._columns = Columns(folder)
        self._known: Known | None = None
        self._seen = -1

    def about(self, name: str) -> str:
        """A fact of the index by its name, "" when it was never said."""
        with self._lock:
            found = self._connection.execute(
                "SELECT value FROM about WHERE name = ?", (name,)
            ).fetchone()
        return found[0] if found else ""

    def say(self, name: str, value: str) -> None:
        with self._lock:
            self._connection.execute("REPLACE INTO about VALUES (?, ?)", (name, value))

    def known(self) -> Known:
        """Everything as of the last commit, of this process or another."""
        with self._lock:
            seen = self._connection.execute("PRAGMA data_version").fetchone()[0]
            if self._known is None or seen != self._seen:
                self._columns.refresh()
                run = self._connection.execute
                words = run("SELECT id, text, rows FROM word").fetchall()
                total = int(run("SELECT count(*) FROM card").fetchone()[0])
                vocabulary = Vocabulary(words, total, int(self.about("length") or 0))
                documents = run("SELECT number, key, tagset FROM document").fetchall()
                tagsets = run("SELECT id, tags FROM tagset").fetchall()
                counted = Counted(vocabulary, self._columns, documents, tagsets, self._postings)
                self._known = Known(vocabulary, self._columns, counted)
                self._seen = seen
            return self._known

    def _postings(self, words: Iterable[int]) -> list[NDArray[np.uint32]]:
        """The rows that have any of *words*, in pieces; those that are gone may be among them."""
        sql = "SELECT rows FROM posting WHERE word = ?"
        with self._lock:
            found = [row for word in words for row in self._connection.execute(sql, (word,))]
        return [np.frombuffer(blob, np.uint32) for (blob,) in found]

    @contextmanager
    def writer(self) -> Iterator[CardWriter]:
        """Committed at the end of the block, undone after an exception."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                length = int(self.about("length") or 0)
                with self._columns.writer() as columns:
                    writer = CardWriter(self._connection, columns, length)
                    yield writer
                    writer.finish()
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")
            self._known = None

    def close(self) -> None:
        with self._lock:
            self._connection.close()


_PAIRS_KEPT = 2_000_000  # (row, word) pairs held before they are written


class CardWriter:
    def __init__(self, connection: sqlite3.Connection, columns: ColumnWriter, length: int) -> None:
        self._connection, self._columns = connection, columns
        self._length = length
        self._ids: dict[str, int] = dict(connection.execute("SELECT text, id FROM word"))
        self._old = len(self._ids)
        self._rows: Counter[int] = Counter()
        self._documents: dict[str, int] = {}
        self._tagsets: dict[str, int] = {}
        self._pairs: list[tuple[int, NDArray[np.uint32]]] = []
        self._held = 0
        self._gone: list[int] = []

    def delete(self, key: str) -> list[int]:
        """The rows a document had."""
        self._documents.pop(key, None)
        self._connection.execute("DELETE FROM document WHERE key = ?", (key,))
        return self._forget("key", key)

    def add(self, record: Record, parts: Sequence[Analysed]) -> tuple[int, list[int]]:
        """The new row of *record*, and those it replaces."""
        replaced = self._forget("id", record.id)
        tokens = self._tokens(parts)
        tags = " ".join(record.tags)
        row = self._connection.execute(
            "INSERT INTO card (id, key) VALUES (?, ?)", (record.id, record.key)
        ).lastrowid
        assert row is not None
        tagset = self._tagset(tags)
        sizes = [len(part.words) for part in parts]
        self._columns.add(
            row, tokens, sizes, record.year, self._document(record.key, tagset), tagset,
            (record.id, record.key, record.provision, record.kind, tags),
        )  # fmt: skip
        words = self._count(tokens, 1)
        self._pairs.append((row, words))
        self._held += len(words)
        if self._held > _PAIRS_KEPT:
            self._write_pairs()
        return row, replaced

    def finish(self) -> None:
        """Write the vocabulary."""
        new = list(self._ids.items())[self._old :]
        run = self._connection.executemany
        run("INSERT INTO word (id, text, rows) VALUES (?, ?, 0)", [(i, word) for word, i in new])
        run("UPDATE word SET rows = rows + ? WHERE id = ?", [(n, i) for i, n in self._rows.items()])
        self._connection.execute("REPLACE INTO about VALUES ('length', ?)", (str(self._length),))
        self._write_pairs()
        self._columns.forget(self._gone)

    def _write_pairs(self) -> None:
        """A piece of rows for each word."""
        if not self._pairs:
            return
        words = np.concatenate([found for _, found in self._pairs])
        sizes = [len(found) for _, found in self._pairs]
        rows = np.repeat(np.array([row for row, _ in self._pairs], np.uint32), sizes)
        order = np.argsort(words, kind="stable")
        words, rows = words[order], rows[order]
        starts = np.flatnonzero(np.diff(words, prepend=0))  # words count from 1
        pieces = np.split(rows, starts)[1:]
        self._connection.executemany(
            "INSERT INTO posting (word, rows) VALUES (?, ?)",
            zip(words[starts].tolist(), [piece.tobytes() for piece in pieces], strict=True),
        )
        self._pairs, self._held = [], 0

    def _document(self, key: str, tagset: int) -> int:
        """Its number; its tags are those of the first record written now."""
        if key not in self._documents:
            self._connection.execute(
                "INSERT INTO document (key, tagset) VALUES (?, ?) "
                "ON CONFLICT (key) DO UPDATE SET tagset = excluded.tagset", (key, tagset),
            )  # fmt: skip
            self._documents[key] = self._one("SELECT number FROM document WHERE key = ?", key)
        return self._documents[key]

    def _tagset(self, tags: str) -> int:
        if tags not in self._tagsets:
            self._connection.execute("INSERT OR IGNORE INTO tagset (tags) VALUES (?)", (tags,))
            self._tagsets[tags] = self._one("SELECT id FROM tagset WHERE tags = ?", tags)
        return self._tagsets[tags]

    def _one(self, sql: str, value: str) -> int:
        return int(self._connection.execute(sql, (value,)).fetchone()[0])

    def _forget(self, column: str, value: str) -> list[int]:
        found = self._connection.execute(f"SELECT row FROM card WHERE {column} = ?", (value,))
        rows = [row for (row,) in found]
        for row in rows:
            self._count(self._columns.tokens(row), -1)
            self._connection.execute("DELETE FROM card WHERE row = ?", (row,))
        self._gone += rows
        return rows

    def _count(self, tokens: NDArray[np.uint32], by: int) -> NDArray[np.uint32]:
        """The words of the tokens, each once."""
        words = np.unique(tokens >> SHIFT)
        self._length += by * len(tokens)
        for number in words.tolist():
            self._rows[number] += by
        return words

    def _tokens(self, parts: Sequence[Analysed]) -> NDArray[np.uint32]:
        ids = self._ids
        found = []
        for part in parts:
            for word, joined, begins in zip(part.words, part.joined, part.begins, strict=True):
                number = ids.get(word)
                if number is None:
                    number = ids[word] = len(ids) + 1
                found.append(number << SHIFT | begins * BEGINS | joined * JOINED)
        return np.array(found, np.uint32)
