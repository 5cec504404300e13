"""The search log on disk: one file of JSON lines for each day, only ever added to.

    KB_DATA/search-log/2026-11-26.jsonl

It is a truth of its own, no library is made from it, and it may be deleted. A day's file that has
grown to ``FULL`` bytes takes no more that day. Nothing here may fail a search: what cannot be
written is logged and gone.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from kb.search_log import Clicked, Entry, Searched

FULL = 8_000_000  # bytes; some forty thousand searches
_KINDS: dict[str, type[Searched] | type[Clicked]] = {"search": Searched, "click": Clicked}

log = logging.getLogger(__name__)


class SearchLog:
    """The log in *folder*, entries of the last *days* days; 0 keeps nothing. Threads and processes
    may share it."""

    def __init__(self, folder: Path, days: int) -> None:
        self.folder = folder
        self.days = days
        self._swept = ""

    def add(self, entry: Entry) -> None:
        """Keep *entry*; raises nothing."""
        if not self.days:
            return
        try:
            self._add(entry)
        except OSError as error:
            log.warning("search log not written: %s", error)

    def entries(self, since: date) -> Iterator[Entry]:
        """What is kept from *since* on, oldest day first; a line that cannot be read is logged."""
        for path in sorted(self.folder.glob("????-??-??.jsonl")):
            if path.stem < since.isoformat():
                continue
            with path.open(encoding="utf-8", errors="replace") as lines:
                for number, line in enumerate(lines, 1):
                    try:
                        said: dict[str, Any] = json.loads(line)
                        yield _KINDS[said.pop("what")](**said)
                    except (ValueError, KeyError, TypeError, AttributeError):
                        log.warning("search log %s: line %s cannot be read", path.name, number)

    def _add(self, entry: Entry) -> None:
        if self._swept != entry.day:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._sweep(date.fromisoformat(entry.day))
            self._swept = entry.day
        what = next(name for name, kind in _KINDS.items() if isinstance(entry, kind))
        line = json.dumps({"what": what} | asdict(entry), ensure_ascii=False) + "\n"
        # One write of one line at the end of the file: lines of two writers do not mix.
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
        file = os.open(self.folder / f"{entry.day}.jsonl", flags, 0o600)
        try:
            if os.fstat(file).st_size < FULL:
                os.write(file, line.encode("utf-8", "replace"))
        finally:
            os.close(file)

    def _sweep(self, today: date) -> None:
        oldest = (today - timedelta(days=self.days - 1)).isoformat()
        for path in self.folder.glob("????-??-??.jsonl"):
            if path.stem < oldest:
                path.unlink(missing_ok=True)
