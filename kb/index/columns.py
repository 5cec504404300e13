"""What the final order and the counts need of every row, as columns of numbers.

Three files beside the cards, mapped and not read: ``tokens.bin`` has the tokens of one row after
another, ``names.bin`` what is said of a hit in the same way (``Columns.names``), ``rows.bin`` one
fixed entry for each row number. A token is four bytes, the number of its word and two flags. All
are only added to; of a row that is gone the document is 0.
"""

from __future__ import annotations

import mmap
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

PARTS = 4  # title, path, heading, text (``fields.parts``)
HEADING = 2  # the place of the heading among them; the text comes after
JOINED, BEGINS = 1, 2  # flags of a token; the word's number stands above them
SHIFT = 2

_TOKEN = np.dtype("<u4")
_LETTER = np.dtype("u1")
# ``start`` of its tokens among all, ``named`` of its names and ``long`` in bytes; ``sizes`` of its
# parts in tokens.
ROW = np.dtype(
    [("start", "<i8"), ("named", "<i8"), ("long", "<i4"), ("sizes", "<i4", (PARTS,)),
     ("year", "<i4"), ("document", "<u4"), ("tagset", "<u4")]
)  # fmt: skip
_DOCUMENT_AT = 40  # bytes into an entry

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Texts:
    """Some rows: ``tokens`` of one after another, ``sizes`` (rows × PARTS), ``years``."""

    tokens: NDArray[np.uint32]
    sizes: NDArray[np.int64]
    years: NDArray[np.int64]


_Source = Path | BytesIO


class Columns:
    """The columns in *folder*, or in memory; ``refresh`` shows what was written."""

    def __init__(self, folder: Path | None) -> None:
        self._rows_at: _Source = folder / "rows.bin" if folder else BytesIO()
        self._tokens_at: _Source = folder / "tokens.bin" if folder else BytesIO()
        self._names_at: _Source = folder / "names.bin" if folder else BytesIO()
        self.refresh()

    def refresh(self) -> None:
        self._rows = _mapped(self._rows_at, ROW)
        self._tokens = _mapped(self._tokens_at, _TOKEN)
        self._names = _mapped(self._names_at, _LETTER)
        self.documents = self._rows["document"].copy()
        self.tagsets = self._rows["tagset"].copy()

    def alive(self, rows: Rows) -> Rows:
        """*rows* without those that are gone."""
        rows = rows[rows < len(self.documents)]  # an engine may know later ones
        kept: Rows = rows[self.documents[rows] > 0]
        return kept

    def texts(self, rows: Rows) -> Texts:
        entries = self._rows[rows]
        sizes = entries["sizes"].astype(np.int64)
        lengths = sizes.sum(1)
        ends = lengths.cumsum()
        # One gather: a slice for each row takes twice the time.
        places = np.repeat(entries["start"] - ends + lengths, lengths)
        places += np.arange(len(places))
        return Texts(self._tokens[places], sizes, entries["year"].astype(np.int64))

    def names(self, rows: Rows) -> list[list[str]]:
        """What ``ColumnWriter.add`` was given for each of *rows*."""
        entries = self._rows[rows]
        places = zip(entries["named"].tolist(), entries["long"].tolist(), strict=True)
        return [self._names[at : at + size].tobytes().decode().split("\n") for at, size in places]

    @contextmanager
    def writer(self) -> Iterator[ColumnWriter]:
        """What is written when an exception ends the block is never looked at."""
        with (
            _opened(self._rows_at) as rows,
            _opened(self._tokens_at) as tokens,
            _opened(self._names_at) as names,
        ):
            yield ColumnWriter(rows, tokens, names)
            for file in (tokens, names, rows):
                file.flush()
                if not isinstance(file, BytesIO):
                    os.fsync(file.fileno())


class ColumnWriter:
    def __init__(self, rows: IO[bytes], tokens: IO[bytes], names: IO[bytes]) -> None:
        self._rows, self._tokens, self._names = rows, tokens, names

    def add(
        self, row: int, tokens: NDArray[np.uint32], sizes: Sequence[int], year: int,
        document: int, tagset: int, names: Sequence[str],
    ) -> None:  # fmt: skip
        """*names* have no line break."""
        start = self._tokens.seek(0, os.SEEK_END) // _TOKEN.itemsize
        self._tokens.write(tokens.astype(_TOKEN).tobytes())
        named = self._names.seek(0, os.SEEK_END)
        long = self._names.write("\n".join(names).encode())
        self._rows.seek(row * ROW.itemsize)
        entry = np.array((start, named, long, tuple(sizes), year, document, tagset), ROW)
        self._rows.write(entry.tobytes())

    def tokens(self, row: int) -> NDArray[np.uint32]:
        """The tokens of a row."""
        self._rows.seek(row * ROW.itemsize)
        entry = np.frombuffer(self._rows.read(ROW.itemsize), ROW)[0]
        self._tokens.seek(int(entry["start"]) * _TOKEN.itemsize)
        size = int(entry["sizes"].sum()) * _TOKEN.itemsize
        return np.frombuffer(self._tokens.read(size), _TOKEN)

    def forget(self, rows: Iterable[int]) -> None:
        for row in rows:
            self._rows.seek(row * ROW.itemsize + _DOCUMENT_AT)
            self._rows.write(bytes(4))


@contextmanager
def _opened(source: _Source) -> Iterator[IO[bytes]]:
    if isinstance(source, BytesIO):
        yield source
        return
    source.touch(mode=0o600)
    with source.open("r+b") as file:
        yield file


def _mapped(source: _Source, kind: np.dtype) -> NDArray:  # type: ignore[type-arg]
    if isinstance(source, BytesIO):
        found: bytes | mmap.mmap = source.getvalue()
    elif source.exists() and source.stat().st_size:
        with source.open("rb") as file:
            found = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    else:
        found = b""
    size = len(found) // kind.itemsize
    return np.frombuffer(found, kind, size) if size else np.zeros(1, kind)
