"""The picture of a page, for a reader who wants to see the paper itself."""

from __future__ import annotations

from ingest.isolate import Limits, Readers

# A page is drawn while somebody waits for it, on a machine that serves others at the same time.
LIMITS = Limits(memory=2 * 1024**3, cpu=20, wall=30, output=64 * 1024**2)


def page_image(content: bytes, page: int, dpi: int = 110) -> bytes:
    """Page *page* (1-based) of a PDF or an image file as PNG, turned and cropped as a viewer shows
    it: a point (x, y) of ``Line.box`` is at pixel (x, y) * *dpi* / 72.

    Drawn in a child process with limits. Raises ``UnreadableFile``: ``page-missing``,
    ``page-format``, ``page-image``, ``pdf-broken``, ``image-…``, ``reader-…``.
    """
    with Readers(LIMITS) as readers:
        return readers.page_image(content, page, dpi)
