"""Pictures of pages, drawn once and kept for a while on disk."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from pathlib import Path

from ingest.originals import find
from ingest.render import page_image
from kb.config import Settings
from kb.errors import NotFound

DPI = 110  # a page as wide as the column
LARGE = 200  # the small print of a scan
_KEPT = 300  # pictures, about 60 MB of typed pages or 400 MB of scans
# A page in the drawing child takes up to 2 GB: one at a time.
_DRAWING = threading.Lock()


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG file and its size in points, the unit of ``Place.box``."""

    path: Path
    width: float
    height: float


def picture(settings: Settings, sha256: str, page: int, dpi: int) -> Picture:
    """Page *page* (1-based) of a kept original, drawn if it is not at hand.

    Raises ``NotFound`` without such a file, ``UnreadableFile`` where the page cannot be drawn.
    """
    original = find(settings.originals, sha256)
    if original is None:
        raise NotFound("Không có bản gốc này.", "Xem mục Bản gốc ở trang văn bản.")
    path = settings.pictures / f"{sha256}-{page}-{dpi}.png"
    if not path.is_file():
        with _DRAWING:
            if not path.is_file():
                _keep(path, page_image(original.read().content, page, dpi))
    with path.open("rb") as file:
        head = file.read(24)
    # A PNG begins with its signature and the header chunk: width and height at 16 and 20.
    width, height = (int.from_bytes(head[at : at + 4], "big") for at in (16, 20))
    return Picture(path, width * 72 / dpi, height * 72 / dpi)


def _keep(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_name(f"{path.name}.{os.getpid()}")
    made.write_bytes(content)
    made.replace(path)
    kept = sorted(path.parent.glob("*.png"), key=lambda one: one.stat().st_mtime)
    for old in kept[:-_KEPT]:
        old.unlink(missing_ok=True)
