"""Whole libraries side by side: one serves, the next is made beside it, then they swap.

    library/current          the name of the generation that serves, one line
    library/<generation>/    library.db and index/, never changed once it serves

A run that dies leaves ``current`` as it was, so the old library and its index go on together; what
it left half made is swept by the next run.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from kb.errors import LibraryBusy, LibraryMissing


def current(folder: Path) -> Path:
    """The generation that serves; raises ``LibraryMissing``."""
    try:
        name = (folder / "current").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        name = ""
    if not name or not (folder / name / "library.db").is_file():
        raise LibraryMissing("Chưa có kho văn bản.", "Chạy lệnh: kb rebuild")
    return folder / name


@contextmanager
def next_generation(folder: Path, *, copy: bool) -> Iterator[Path]:
    """A folder to make the next generation in; on success it serves, on any error it is removed.

    *copy* starts from the present one (a small change), else from nothing (a rebuild). One writer
    at a time: a second one is told so at once (``LibraryBusy``).
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / "writer.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise LibraryBusy(
            "Một lệnh khác đang ghi vào kho.", "Chờ lệnh ấy xong rồi chạy lại."
        ) from None
    try:
        _sweep(folder)
        made = folder / f"{time.strftime('%Y%m%d-%H%M%S')}-{os.getpid()}-{time.time_ns() % 10**6}"
        try:
            if copy:
                shutil.copytree(current(folder), made)
            else:
                made.mkdir(mode=0o700)
            yield made
            _point(folder, made.name)
        except BaseException:
            shutil.rmtree(made, ignore_errors=True)
            raise
        _sweep(folder)
    finally:
        lock.release()


def _point(folder: Path, name: str) -> None:
    pointer = folder / "current.new"
    pointer.write_text(name + "\n", encoding="utf-8")
    pointer.replace(folder / "current")


def _sweep(folder: Path) -> None:
    """Remove every generation but the one that serves; one still open elsewhere waits its turn."""
    try:
        serving = current(folder).name
    except LibraryMissing:
        serving = ""
    for path in folder.iterdir():
        if path.is_dir() and path.name != serving:
            # On Windows a file still open cannot go: the next run takes it.
            shutil.rmtree(path, ignore_errors=True)
