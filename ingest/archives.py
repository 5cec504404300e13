"""A packed folder of web pages, as the codification is given out: its headings, one after another.

Only this kind of archive is opened. What is too many or too large to be it is left alone.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ingest import RawFile
from ingest.codification import is_codification
from kb.text import nfc

_MOST_ENTRIES = 20_000  # the whole code has about 300 headings and some hundred small files
_HEAD = 20_000
_DAMAGED = (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError)


@dataclass(frozen=True, slots=True)
class Member:
    """A page inside an archive."""

    archive: Path
    entry: str

    @property
    def name(self) -> str:
        return nfc(PurePosixPath(self.entry).name)


def headings_in(path: Path) -> list[Member]:
    """The headings in an archive, in the order of their names; [] when it is nothing of the kind,
    or damaged. Only the beginnings of its pages are unpacked."""
    if not zipfile.is_zipfile(path):
        return []
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.namelist()
            if len(entries) > _MOST_ENTRIES:
                return []
            pages = sorted(name for name in entries if name.lower().endswith((".html", ".htm")))
            return [Member(path, name) for name in pages if _is_heading(archive, name)]
    except _DAMAGED:
        return []


def _is_heading(archive: zipfile.ZipFile, name: str) -> bool:
    with archive.open(name) as page:
        return is_codification(page.read(_HEAD))


def read_member(member: Member, most: int) -> RawFile | None:
    """The page, None when it is larger than *most* bytes or damaged."""
    try:
        with zipfile.ZipFile(member.archive) as archive, archive.open(member.entry) as page:
            content = page.read(most + 1)
    except _DAMAGED:
        return None
    return RawFile(content, member.name) if len(content) <= most else None
