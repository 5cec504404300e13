"""Files as received, kept for good: the truth the library is rebuilt from.

    documents/<first two of sha256>/<sha256>/<name>     the bytes, untouched
                                            origin.json  name, url, sha256, received (ISO time);
                                                         final and fetched of a download,
                                                         by and uploaded of an upload

They stand under the data folder and not in ``corpus/``: an installed program cannot write there,
and what a school receives is not part of what we publish.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest import RawFile
from kb.text import nfc

_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


@dataclass(frozen=True, slots=True)
class Original:
    """A kept file: where it is, and what is known of where it came from."""

    path: Path
    name: str
    sha256: str
    received: str
    url: str = ""

    def read(self) -> RawFile:
        return RawFile(self.path.read_bytes(), self.name, self.url)


def keep(folder: Path, raw: RawFile, received: str) -> Original:
    """Keep the bytes under *folder*; the same bytes twice are kept once, under the first name."""
    place = folder / raw.sha256[:2] / raw.sha256
    there = _read(place)
    if there is not None:
        return there
    place.mkdir(parents=True, exist_ok=True)
    path = place / _safe_name(raw.name)
    write_whole(path, raw.content)
    origin = {"name": raw.name, "url": raw.url, "sha256": raw.sha256, "received": received}
    if raw.fetched:
        origin |= {"final": raw.final, "fetched": raw.fetched}
    if raw.uploaded:
        origin |= {"by": raw.by, "uploaded": raw.uploaded}
    # Last, so that a folder with origin.json is a whole one.
    write_whole(place / "origin.json", json.dumps(origin, ensure_ascii=False, indent=1).encode())
    return Original(path, raw.name, raw.sha256, received, raw.url)


def kept(folder: Path) -> Iterator[Original]:
    """Every whole original, oldest first, so that a rebuild meets them in the order they came."""
    found = (_read(origin.parent) for origin in folder.glob("??/*/origin.json"))
    yield from sorted((o for o in found if o), key=lambda o: (o.received, o.sha256))


def find(folder: Path, sha256: str) -> Original | None:
    """The original with that hash, or None; anything but a hash finds nothing."""
    return _read(folder / sha256[:2] / sha256) if re.fullmatch(r"[0-9a-f]{64}", sha256) else None


def _read(place: Path) -> Original | None:
    try:
        row = json.loads((place / "origin.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    path = place / _safe_name(row["name"])
    return Original(path, row["name"], row["sha256"], row["received"], row["url"])


def _safe_name(name: str) -> str:
    """A file name every system takes: no separators, at most about 70 code points, never hidden."""
    base = nfc(_UNSAFE.sub("_", name)).strip(". ") or "tep"
    stem, dot, ending = base.rpartition(".")
    if not dot or len(ending) > 8:
        return base[:60]
    return f"{stem[:60]}.{ending}"


def write_whole(path: Path, content: bytes) -> None:
    """Put a file there at once: whoever reads it never sees half of it."""
    made = path.with_name(path.name + ".new")
    made.write_bytes(content)
    made.replace(path)
