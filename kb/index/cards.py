"""What is known of each row: its id and tags, and its tokens for the final order.

One SQLite file beside the engine's own, and the vocabulary: every word with the number of rows it
is in. A token is four bytes, the number of its word and two flags, so a hundred candidates are
read and compared in about a millisecond.
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
from kb.text import fold

PARTS = 4  # title, path, heading, text (``fields.parts``)
HEADING = 2  # the place of the heading among them; the text comes after
JOINED, BEGINS = 1, 2  # flags of a token; the word's number stands above them
SHIFT = 2

# A word that more than this share of the rows have is common, where that is more than a few: its
# postings cost most of a search and bring nothing (docs/search.md).
_COMMON = 0.1
_FEW = 500

_SCHEMA = """
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS word (
    id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE, rows INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS card (
    row INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, key TEXT NOT NULL,
    provision TEXT NOT NULL, kind TEXT NOT NULL, tags TEXT NOT NULL, year INTEGER NOT NULL,
    tokens BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS card_key ON card (key);
"""


@dataclass(frozen=True, slots=True)
class Card:
    """A row: what a hit says of it, and ``tokens``, ``PARTS`` lengths and then the tokens."""

    row: int
    id: str
    key: str
    provision: str
    kind: str
    tags: tuple[str, ...]
    year: int
    tokens: NDArray[np.uint32]

    def hit(self, score: float) -> Hit:
        return Hit(self.id, self.key, self.provision, self.kind, score, self.tags)


def idf(rows: NDArray[np.float64], total: int) -> NDArray[np.float64]:
    """What a word in so many rows of *total* is worth, as BM25 has it."""
    return np.log(1 + np.maximum(total - rows + 0.5, 0.5) / (rows + 0.5))


class Vocabulary:
    """Every word of the index. ``rows[i]`` is in how many rows word *i* is and ``idf[i]`` what that
    makes it worth, ``total`` how many rows there are, ``length`` their tokens together;
    ``spellings`` folded word → its words."""

    def __init__(self, words: Sequence[tuple[int, str, int]], total: int, length: int) -> None:
        self.ids = {text: number for number, text, _ in words}
        self.rows = np.zeros(max((number for number, _, _ in words), default=0) + 1, np.int64)
        self.spellings: dict[str, list[str]] = {}
        for number, text, rows in words:
            self.rows[number] = rows
            self.spellings.setdefault(fold(text), []).append(text)
        self.total = total
        self.length = length
        self.idf = idf(self.rows.astype(float), total)

    def is_common(self, folded: str) -> bool:
        """Do so many rows have a spelling of the word that it hardly tells one from another?"""
        rows = sum(self.frequency(word) for word in self.spellings.get(folded, ()))
        return rows > max(_FEW, _COMMON * self.total)

    def frequency(self, word: str) -> int:
        """In how many rows the word is."""
        number = self.ids.get(word)
        return 0 if number is None else int(self.rows[number])


class Cards:
    """The cards in *path*, or in memory without one; safe between threads."""

    def __init__(self, path: Path | None) -> None:
        self._connection = sqlite3.connect(
            path or ":memory:", check_same_thread=False, isolation_level=None
        )
        self._lock = threading.RLock()
        self._connection.executescript(_SCHEMA)
        self._vocabulary: Vocabulary | None = None
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

    def count(self) -> int:
        with self._lock:
            return int(self._connection.execute("SELECT count(*) FROM card").fetchone()[0])

    def of(self, rows: Iterable[int]) -> dict[int, Card]:
        """Row → its card; rows deleted since are not among them."""
        listed = ",".join(str(int(row)) for row in rows)
        with self._lock:
            found = self._connection.execute(
                "SELECT row, id, key, provision, kind, tags, year, tokens FROM card "
                f"WHERE row IN ({listed})"
            ).fetchall()
        return {
            row: Card(row, name, key, provision, kind, tuple(tags.split()), year,
                      np.frombuffer(blob, np.uint32))
            for row, name, key, provision, kind, tags, year, blob in found
        }  # fmt: skip

    def vocabulary(self) -> Vocabulary:
        """The words as of the last commit, of this process or another."""
        with self._lock:
            seen = self._connection.execute("PRAGMA data_version").fetchone()[0]
            if self._vocabulary is None or seen != self._seen:
                words = self._connection.execute("SELECT id, text, rows FROM word").fetchall()
                length = int(self.about("length") or 0)
                self._vocabulary = Vocabulary(words, self.count(), length)
                self._seen = seen
            return self._vocabulary

    @contextmanager
    def writer(self) -> Iterator[CardWriter]:
        """Committed at the end of the block, undone after an exception."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                writer = CardWriter(self._connection, int(self.about("length") or 0))
                yield writer
                writer.finish()
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")
            self._vocabulary = None

    def close(self) -> None:
        with self._lock:
            self._connection.close()


class CardWriter:
    def __init__(self, connection: sqlite3.Connection, length: int) -> None:
        self._connection = connection
        self._length = length
        self._ids: dict[str, int] = dict(connection.execute("SELECT text, id FROM word"))
        self._old = len(self._ids)
        self._rows: Counter[int] = Counter()

    def delete(self, key: str) -> list[int]:
        """The rows a document had."""
        return self._forget("key", key)

    def add(self, record: Record, parts: Sequence[Analysed]) -> tuple[int, list[int]]:
        """The new row of *record*, and those it replaces."""
        replaced = self._forget("id", record.id)
        tokens = self._tokens(parts)
        self._count(tokens, 1)
        row = self._connection.execute(
            "INSERT INTO card (id, key, provision, kind, tags, year, tokens) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (record.id, record.key, record.provision, record.kind, " ".join(record.tags),
             record.year, tokens.tobytes()),
        ).lastrowid  # fmt: skip
        assert row is not None
        return row, replaced

    def finish(self) -> None:
        """Write the vocabulary."""
        new = list(self._ids.items())[self._old :]
        run = self._connection.executemany
        run("INSERT INTO word (id, text, rows) VALUES (?, ?, 0)", [(i, word) for word, i in new])
        run("UPDATE word SET rows = rows + ? WHERE id = ?", [(n, i) for i, n in self._rows.items()])
        self._connection.execute(
            "REPLACE INTO about VALUES ('length', ?)", (str(self._length),)
        )  # fmt: skip

    def _forget(self, column: str, value: str) -> list[int]:
        found = self._connection.execute(
            f"SELECT row, tokens FROM card WHERE {column} = ?", (value,)
        ).fetchall()  # fmt: skip
        for row, blob in found:
            self._count(np.frombuffer(blob, np.uint32), -1)
            self._connection.execute("DELETE FROM card WHERE row = ?", (row,))
        return [row for row, _ in found]

    def _count(self, tokens: NDArray[np.uint32], by: int) -> None:
        words = tokens[PARTS:] >> SHIFT
        self._length += by * len(words)
        for number in np.unique(words).tolist():
            self._rows[number] += by

    def _tokens(self, parts: Sequence[Analysed]) -> NDArray[np.uint32]:
        ids = self._ids
        found = [len(part.words) for part in parts]
        for part in parts:
            for word, joined, begins in zip(part.words, part.joined, part.begins, strict=True):
                number = ids.get(word)
                if number is None:
                    number = ids[word] = len(ids) + 1
                found.append(number << SHIFT | begins * BEGINS | joined * JOINED)
        return np.array(found, np.uint32)
