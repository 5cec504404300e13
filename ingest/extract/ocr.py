"""Pictures of pages → pieces of text, by tesseract with its Vietnamese data.

Tesseract is a program of its own beside Python (README.md says how to install it); without it a
scan is refused as before. One process works on one page with one thread (OMP_THREAD_LIMIT=1: its
own threads spin against each other and take three times as long), one process for each core.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ingest import Extracted
from ingest.extract.lines import Draft, place
from ingest.extract.ocr_digits import Doubt, Word, findings, letterhead_mended, mended, sureness
from ingest.extract.pdf_order import MOTTO_BEGINS, Piece, in_order
from ingest.extract.render import Pages, Picture, opened
from ingest.extract.verdict import is_syllable
from ingest.sniff import sniff
from kb.errors import UnreadableFile
from kb.findings import Finding, Severity

PageProgress = Callable[[int, int], None]

INSTALL = (
    "Cài tesseract và dữ liệu tiếng Việt rồi nạp lại (Debian, Ubuntu: apt install tesseract-ocr "
    "tesseract-ocr-vie; Windows, macOS: xem README), hoặc tìm bản có chữ trên Công báo, vbpl.vn, "
    "hoặc xin tệp gốc của nơi ban hành."
)
_DPI = 250  # of the picture given to tesseract; 300 is slower and reads the same
_SECONDS = 120  # for one page; a full one takes about 1.5
_GAP = 2.0  # of the line's height: wider parts two columns, narrower is a justified space
_LAST_HEAD = 3  # a letterhead stands on the first page, or behind a cover
_INK = 0.4  # confidence of strokes (seal, signature, dirt) that make no word
_WINDOWS = r"C:\Program Files\Tesseract-OCR\tesseract.exe"


@dataclass(frozen=True, slots=True)
class Recognised:
    """A page read from its picture; ``doubts`` are numbers and dates a person should look at."""

    drafts: list[Draft]
    doubts: tuple[Doubt, ...]

    @property
    def text(self) -> str:
        return "\n".join(draft.text for draft in self.drafts)


@cache
def tesseract() -> str | None:
    """Path of a tesseract that has the Vietnamese data, or None."""
    program = shutil.which("tesseract") or (_WINDOWS if Path(_WINDOWS).exists() else None)
    if program is None:
        return None
    listed = subprocess.run(
        [program, "--list-langs"], check=False, capture_output=True, text=True, timeout=30
    )
    return program if "vie" in (listed.stdout + listed.stderr).split() else None


def recognise(
    content: bytes, wanted: Sequence[int], progress: PageProgress | None
) -> dict[int, Recognised]:
    """The *wanted* pages (1-based) of a PDF or an image file; one that cannot be drawn or takes too
    long is missing from the answer. *progress* is told (0, of how many), then each page."""
    program = tesseract()
    if program is None:
        return {}
    _allow_more_time(len(wanted))
    found: dict[int, Recognised] = {}
    headed = False  # has the document's own letterhead been met? Forms in annexes have theirs blank
    workers = os.cpu_count() or 1
    report = progress or (lambda done, total: None)
    report(0, len(wanted))
    with opened(content) as pages, ThreadPoolExecutor(workers) as pool:
        under_way: deque[tuple[int, Picture, Future[bytes]]] = deque()
        left = deque(wanted)
        done = 0
        while left or under_way:
            # Pictures are large: no more of them wait than are being read.
            while left and len(under_way) <= (workers):
                page = left.popleft()
                picture = _picture(pages, page)
                if picture is not None:
                    under_way.append((page, picture, pool.submit(_read, program, picture)))
                else:
                    done += 1
            if not under_way:
                break
            page, picture, answer = under_way.popleft()
            table = answer.result()
            if table:
                found[page], bears = _recognised(table, page, picture, heads=not headed)
                headed = headed or bears or page >= _LAST_HEAD
            done += 1
            report(done, len(wanted))
    return found


def read_image(content: bytes, progress: PageProgress | None = None) -> Extracted:
    """Lines of a PNG, JPEG or TIFF (each of its pages), recognised and so not quotable.

    Raises ``UnreadableFile``: ``format-image`` (no tesseract), ``image-…``.
    """
    with opened(content) as pages:
        count = len(pages)
    if tesseract() is None:
        raise UnreadableFile(
            "format-image", "Tệp ảnh; máy này chưa có chương trình nhận dạng chữ (OCR).", INSTALL
        )
    if count > 500:
        raise UnreadableFile(
            "image-large", f"Tệp ảnh có {count} trang, quá mức 500.", "Tách tệp rồi nạp từng phần."
        )
    found = recognise(content, range(1, count + 1), progress)
    lines = place(draft for page in sorted(found) for draft in found[page].drafts)
    doubts = [(page, found[page].doubts) for page in sorted(found)]
    notes = [recognised_finding(sorted(found)), *findings(doubts)]
    return Extracted(lines, sniff(content), count, quotable=False, findings=tuple(notes))


def recognised_finding(pages: Sequence[int]) -> Finding:
    """That these pages were read by a machine."""
    return Finding(
        "ocr-read", Severity.WARNING,
        f"{len(pages)} trang là ảnh quét, chữ do máy nhận dạng: tra cứu được nhưng chưa trích dẫn "
        "được.",
        "Đối chiếu ảnh trang giấy rồi xác nhận; nạp bản có chữ nếu tìm được.",
        where=f"trang {listed(pages)}",
    )  # fmt: skip


def listed(numbers: Iterable[int]) -> str:
    """1, 2, 3, 7 → "1-3, 7"."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return ", ".join(f"{p[0]}-{p[-1]}" if len(p) > 1 else str(p[0]) for p in parts)


def _picture(pages: Pages, page: int) -> Picture | None:
    try:
        return pages.picture(page, _DPI, grey=True)
    except UnreadableFile:  # the caller says which pages are missing
        return None


def _read(program: str, picture: Picture) -> bytes:
    """Tesseract's table of words (TSV), empty when it failed on this page."""
    target = io.BytesIO()
    picture.image.save(target, "PPM")
    dpi = max(70, round(picture.image.width * 72 / picture.width))
    try:
        return subprocess.run(
            [program, "stdin", "stdout", "-l", "vie", "--dpi", str(dpi), "tsv"],
            input=target.getvalue(), capture_output=True, check=True, timeout=_SECONDS,
            env=os.environ | {"OMP_THREAD_LIMIT": "1"},
        ).stdout  # fmt: skip
    except (subprocess.SubprocessError, OSError):  # as above
        return b""


def _recognised(
    table: bytes, page: int, picture: Picture, *, heads: bool
) -> tuple[Recognised, bool]:
    """The page, and whether it bears a letterhead (looked at only where it *heads* the paper)."""
    scale = picture.width / picture.image.width
    lines = list(_lines(table.decode("utf-8", "replace"), scale, picture.height))
    doubts: list[Doubt] = []
    read: list[tuple[Piece, float]] = []
    for words in lines:
        words, found = mended(words)
        doubts += found
        read += [(_piece(run), sureness(run)) for run in _runs(words)]
    read = [(piece, sure) for piece, sure in read if not _is_ink(piece)]
    pieces, bears = [piece for piece, _ in read], False
    if heads:
        pieces, found, bears = letterhead_mended(read, picture.width, picture.height)
        doubts += found
    drafts = in_order(pieces, page, picture.width, picture.height)
    return Recognised(drafts, tuple(doubts)), bears


def _lines(table: str, scale: float, height: float) -> Iterator[list[Word]]:
    """Words of each line tesseract saw, in points, y growing upwards."""
    line: list[Word] = []
    last = None
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) < 12 or cells[0] != "5" or not cells[11].strip():
            continue
        left, top, width, high = (int(cell) * scale for cell in cells[6:10])
        confidence = max(0.0, min(1.0, float(cells[10]) / 100))
        text = cells[11].strip()
        if confidence < _INK and not any(c.isalnum() for c in text):
            continue
        if cells[2:5] != last:
            if line:
                yield line
            line, last = [], cells[2:5]
        line.append(Word(text, left, height - top - high, left + width, height - top, confidence))
    if line:
        yield line


def _runs(words: Sequence[Word]) -> Iterator[list[Word]]:
    """A line parted where a column's gap or the national motto says so."""
    size = sorted(word.y1 - word.y0 for word in words)[len(words) // 2]
    text = " ".join(word.text for word in words)
    motto = MOTTO_BEGINS.search(text)
    run: list[Word] = []
    at = 0
    for word in words:
        if run and (word.x0 - run[-1].x1 > _GAP * size or (motto and at == motto.end())):
            yield run
            run = []
        run.append(word)
        at += len(word.text) + 1
    yield run


def _piece(words: Sequence[Word]) -> Piece:
    weight = sum(len(word.text) for word in words)
    return Piece(
        " ".join(word.text for word in words),
        words[0].x0, min(w.y0 for w in words), max(w.x1 for w in words), max(w.y1 for w in words),
        bold=None, size=max(w.y1 - w.y0 for w in words),
        confidence=round(sum(w.confidence * len(w.text) for w in words) / weight, 3),
    )  # fmt: skip


_LETTERS = re.compile(r"[^\W\d_]{2,}")


def _is_ink(piece: Piece) -> bool:
    """Strokes of a seal, a signature or dirt: nothing in it is a word or a figure."""
    if (piece.confidence or 0) >= _INK or any(c.isdigit() for c in piece.text):
        return False
    return not any(is_syllable(word.lower()) for word in _LETTERS.findall(piece.text))


def _allow_more_time(pages: int) -> None:
    """Two seconds of this process's own time for each page (drawing it, ordering its words)."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if soft != resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_CPU, (soft + 2 * pages, hard))
