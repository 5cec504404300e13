"""PDF with a text layer → lines, by pdfminer.six.

``LAParams(boxes_flow=None)``: the order of boxes is made in ``pdf_order``, and pdfminer's own
ordering takes the square of what stands on a page (a hostile page of 30,000 letters needs it off).
"""

from __future__ import annotations

import io
import logging
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise
from statistics import median

from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.layout import (
    LAParams,
    LTAnno,
    LTChar,
    LTContainer,
    LTCurve,
    LTImage,
    LTItem,
    LTPage,
    LTTextLineHorizontal,
)  # fmt: skip
from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.utils import Rect

from ingest import Extracted
from ingest.extract.lines import place
from ingest.extract.ocr import PageProgress
from ingest.extract.pdf_order import MOTTO_BEGINS, Piece, in_cells, in_order, without_footnotes
from ingest.extract.pdf_pages import (
    MAX_GLYPHS,
    Page,
    has_no_text,
    is_quotable,
    judge,
    no_text,
    page_findings,
    recognise_pages,
)
from ingest.extract.pdf_stamps import StampInterpreter
from ingest.sniff import PDF
from kb.errors import UnreadableFile
from kb.text import nfc

# It warns of every odd font in every file; what matters to a person is in our findings.
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)

_LAYOUT = LAParams(boxes_flow=None, all_texts=True)
_MAX_PAGES = 2_000
# Of the pairs of letters; of the letters' size, wider gaps are columns'; of the usual gap, wider
# ones part words.
_SPACED, _WIDE, _WIDER = 0.5, 0.4, 1.8
_UNITS = re.compile(r"(?:^|[\s\d])(?:[kcdm]?m|ha)$")


def read_pdf(content: bytes, progress: PageProgress | None = None) -> Extracted:
    """Lines with their pages (1-based) and boxes. Pages that are scans, and those whose text is no
    words, are recognised from their picture where tesseract is at hand; text that was recognised,
    by us or before, is not quotable.

    Raises ``UnreadableFile``: ``pdf-password``, ``pdf-broken``, ``pdf-empty`` (no page),
    ``pdf-long`` (over 2,000 pages), ``pdf-scan`` (no text layer, none recognised).
    """
    try:
        pages, notes = _read(content)
    except UnreadableFile:
        raise
    except PDFPasswordIncorrect as error:
        raise UnreadableFile(
            "pdf-password",
            "Tệp PDF có mật khẩu, không mở được.",
            "Mở bằng mật khẩu rồi in hoặc lưu thành PDF không mật khẩu, sau đó nạp lại.",
        ) from error
    except Exception as error:
        # A damaged file breaks pdfminer in any place (KeyError, struct.error, RecursionError …).
        raise UnreadableFile(
            "pdf-broken",
            "Tệp PDF bị hỏng hoặc chưa tải hết, không đọc được.",
            "Tải lại tệp từ nguồn; nếu vẫn mở được bằng trình xem PDF thì in lại thành PDF mới.",
        ) from error
    if not pages:
        raise UnreadableFile(
            "pdf-empty", "Tệp PDF không có trang nào.", "Tải lại tệp từ nguồn rồi nạp lại."
        )
    judge(pages)
    doubts = recognise_pages(content, pages, progress)
    if has_no_text(pages):
        raise no_text(pages)
    lines = place(draft for page in pages for draft in page.drafts)
    return Extracted(
        lines,
        PDF,
        len(pages),
        quotable=is_quotable(pages),
        findings=(*page_findings(pages, "\n".join(line.text for line in lines)), *doubts),
        footnotes=tuple(nfc(note) for note in notes),
    )


def _read(content: bytes) -> tuple[list[Page], list[str]]:
    document = PDFDocument(PDFParser(io.BytesIO(content)))
    found = list(islice(PDFPage.create_pages(document), _MAX_PAGES + 1))
    if len(found) > _MAX_PAGES:
        raise UnreadableFile(
            "pdf-long",
            f"Tệp PDF dài hơn {_MAX_PAGES} trang.",
            "Tách tệp thành nhiều phần rồi nạp từng phần.",
        )
    device = _Device()
    interpreter = StampInterpreter(device.rsrcmgr, device)
    for page in found:
        page.mediabox = _visible(page.mediabox, page.cropbox)
        interpreter.process_page(page)
    return device.pages, device.notes


def _visible(paper: Rect, crop: Rect) -> Rect:
    """What a viewer shows: the crop box within the paper (ISO 32000-1, 14.11.2.1)."""
    left, low = max(paper[0], crop[0]), max(paper[1], crop[1])
    right, high = min(paper[2], crop[2]), min(paper[3], crop[3])
    return (left, low, right, high) if right - left > 1 and high - low > 1 else paper


class _Device(PDFLayoutAnalyzer):
    """Turns each page to lines at once, so that no page's letters outlive it."""

    def __init__(self) -> None:
        super().__init__(PDFResourceManager(), laparams=_LAYOUT)
        self.pages: list[Page] = []
        self._drawn = self._unseen = 0
        self._tables = 0
        self.notes: list[str] = []
        self._sizes: Counter[int] = Counter()  # letters of each size
        self._going_on = False  # did the page before end in a footnote?

    def begin_page(self, page, ctm) -> None:  # type: ignore[no-untyped-def]
        self._drawn = self._unseen = 0
        super().begin_page(page, ctm)

    def render_string(self, textstate, seq, ncs, graphicstate) -> None:  # type: ignore[no-untyped-def]
        before = len(self.cur_item)
        super().render_string(textstate, seq, ncs, graphicstate)
        drawn = len(self.cur_item) - before
        self._drawn += drawn
        # Text rendering mode 3 (ISO 32000-1, 9.3.6): neither filled nor stroked.
        self._unseen += drawn if textstate.render == 3 else 0

    def end_page(self, page) -> None:  # type: ignore[no-untyped-def]
        layout = self.cur_item
        if self._drawn > MAX_GLYPHS:
            self.pages.append(Page(crowded=True))
            return
        if isinstance(layout, LTPage):
            layout.analyze(_LAYOUT)
            self.pages.append(self._page(layout))

    def _page(self, layout: LTPage) -> Page:
        items = list(_walk(layout))
        across, down = _rules(items)
        lines = [item for item in items if isinstance(item, LTTextLineHorizontal)]
        pieces = [
            piece
            for piece in _once(piece for line in lines for piece in _pieces(line, down))
            if piece.x1 > 0
            and piece.x0 < layout.width
            and piece.y1 > 0
            and piece.y0 < layout.height
        ]
        pieces, self._tables = in_cells(pieces, across, down, self._tables)
        for piece in pieces:
            self._sizes[round(piece.size)] += len(piece.text)
        # Of all pages so far: on one page the footnotes may be longer than the text.
        body = max(self._sizes, key=lambda size: self._sizes[size], default=0)
        pieces, notes = without_footnotes(pieces, body, self._going_on)
        self._going_on = bool(notes)
        for text, begins in notes:
            if begins or not self.notes:
                self.notes.append(text)
            else:
                self.notes[-1] += f" {text}"
        area = max(layout.width * layout.height, 1.0)
        images = [i.width * i.height / area for i in items if isinstance(i, LTImage)]
        return Page(
            in_order(pieces, len(self.pages) + 1, layout.width, layout.height),
            image=max(images, default=0.0),
            pictures=min(sum(images), 1.0),
            hidden=self._unseen * 2 > self._drawn,
        )


def _walk(layout: LTPage) -> Iterator[LTItem]:
    """Lines of text, images and rules, also of figures."""
    stack: list[LTItem] = [layout]
    while stack:
        item = stack.pop()
        if isinstance(item, LTContainer) and not isinstance(item, LTTextLineHorizontal):
            stack.extend(item)
        else:
            yield item


def _pieces(line: LTTextLineHorizontal, down: list[tuple[float, float, float]]) -> Iterator[Piece]:
    """A line as one piece, or more where a table's rule runs through it or where the national
    motto is glued to the issuer's name."""
    items = [item for item in line if isinstance(item, LTChar | LTAnno)]
    middle = (line.y0 + line.y1) / 2
    cuts = [x for x, low, high in down if low < middle < high and line.x0 + 3 < x < line.x1 - 3]
    motto = MOTTO_BEGINS.search(line.get_text())
    runs: list[list[LTChar | LTAnno]] = [[]]
    at, right = 0, line.x0
    for item in items:
        glued = motto is not None and at == motto.end()
        if isinstance(item, LTChar) and item.get_text().strip():
            if glued or any(right - 2 < x < item.x0 + 2 for x in cuts):
                runs.append([])
            right = item.x1
        runs[-1].append(item)
        at += len(item.get_text())
    for run in runs:
        seen = [item for item in run if isinstance(item, LTChar) and item.get_text().strip()]
        if not seen:
            continue
        bold = sum("bold" in item.fontname.lower() for item in seen) >= 0.8 * len(seen)
        size = median(item.size for item in seen)
        yield Piece(
            _text(run, size).strip("\n"),
            seen[0].x0, min(i.y0 for i in seen), seen[-1].x1, max(i.y1 for i in seen), bold, size,
        )  # fmt: skip


def _text(run: list[LTChar | LTAnno], size: float) -> str:
    """The text of letters of that size; a raised number is a footnote's mark, ``Điều 5[1]``."""
    parts: list[str] = []
    raised = ""
    for item in [*_tight(run, size), LTAnno("\n")]:
        text = item.get_text()
        if isinstance(item, LTChar) and item.size < 0.8 * size and text.isdigit():
            raised += text
            continue
        if raised:
            unit = _UNITS.search("".join(parts[-3:]))
            parts.append(raised if unit else f"[{raised}]")
            raised = ""
        parts.append(text)
    return "".join(parts)


def _tight(run: list[LTChar | LTAnno], size: float) -> list[LTChar | LTAnno]:
    """A letter-spaced line without the spaces pdfminer sees between its letters: most pairs of
    letters have one, and none is far wider than the others."""
    gaps = {}  # place of such a space → its width
    pairs = 0
    for at, (before, item) in enumerate(pairwise(run)):
        if not isinstance(before, LTChar) or before.get_text().isspace():
            continue
        after = run[at + 2] if isinstance(item, LTAnno) and at + 2 < len(run) else item
        if isinstance(after, LTChar) and not after.get_text().isspace():
            pairs += 1
            if after is not item:
                gaps[at + 1] = after.x0 - before.x1
    if len(gaps) < 3 or len(gaps) < _SPACED * pairs or median(gaps.values()) > _WIDE * size:
        return run
    widest = _WIDER * median(gaps.values())
    return [item for at, item in enumerate(run) if gaps.get(at, math.inf) > widest]


def _once(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces without a second copy of the same text at the same place (fake bold)."""
    seen: set[tuple[str, int, int]] = set()
    kept = []
    for piece in pieces:
        key = (piece.text, round(piece.x0 / 2), round(piece.y0 / 2))
        if key not in seen:
            seen.add(key)
            kept.append(piece)
    return kept


def _rules(
    items: list[LTItem],
) -> tuple[list[tuple[float, float, float]], list[tuple[float, float, float]]]:
    """Thin lines and the edges of boxes, (across, down)."""
    across: list[tuple[float, float, float]] = []
    down: list[tuple[float, float, float]] = []
    for item in items:
        if not isinstance(item, LTCurve):
            continue
        if item.height < 3 and item.width > 8:
            across.append((item.y0, item.x0, item.x1))
        elif item.width < 3 and item.height > 8:
            down.append((item.x0, item.y0, item.y1))
        elif item.stroke and item.width > 8 and item.height > 8:
            across += [(item.y0, item.x0, item.x1), (item.y1, item.x0, item.x1)]
            down += [(item.x0, item.y0, item.y1), (item.x1, item.y0, item.y1)]
    return across, down
