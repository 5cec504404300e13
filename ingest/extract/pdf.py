"""PDF with a text layer → lines, by pdfminer.six.

``LAParams(boxes_flow=None)``: the order of boxes is made in ``pdf_order``, and pdfminer's own
ordering takes the square of what stands on a page (a hostile page of 30,000 letters needs it off).
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
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

from ingest import Extracted
from ingest.extract.lines import Draft, place
from ingest.extract.pdf_order import Piece, in_cells, in_order, without_footnotes
from ingest.extract.pdf_stamps import StampInterpreter
from ingest.sniff import PDF
from kb.errors import UnreadableFile
from kb.findings import Finding, Severity
from kb.text import fold, nfc

# It warns of every odd font in every file; what matters to a person is in our findings.
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)

_LAYOUT = LAParams(boxes_flow=None)
_MAX_PAGES = 2_000
_MAX_GLYPHS = 20_000  # on one page; full pages of small print have about 8,000
_FEW = 30  # letters; a page with fewer has no text worth the name
_SCANNED = 0.5  # of the page's area under one image
_BACKED = 0.8  # an image under the text: the text was recognised from it
_UNITS = re.compile(r"(?:^|[\s\d])(?:[kcdm]?m|ha)$")
_CID = re.compile(r"\(cid:\d{1,6}\)")
# A national motto that stands too near to the issuer's name to be a line of its own.
_MOTTO = re.compile(
    r"(?<=\S)\s{1,40}(?=CỘNG HO[ÀA]|CỘNG HÒA XÃ|CỘNG HOÀ XÃ|ĐẢNG CỘNG SẢN VIỆT|Độc lập\s?[-–—])"
)


@dataclass(slots=True)
class _Page:
    """What was found on a page; ``rules`` are (across, down) as ``in_cells`` takes them."""

    drafts: list[Draft] = field(default_factory=list)
    letters: int = 0
    image: float = 0.0  # largest image's share of the page
    hidden: bool = False  # most letters are drawn invisible, over a picture
    crowded: bool = False


def read_pdf(content: bytes) -> Extracted:
    """Lines with their pages (1-based). Text under a page's picture is not quotable.

    Raises ``UnreadableFile``: ``pdf-password``, ``pdf-broken``, ``pdf-empty`` (no page),
    ``pdf-long`` (over 2,000 pages), ``pdf-scan`` (no text layer).
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
    if sum(page.letters for page in pages) < _FEW and not any(page.crowded for page in pages):
        raise _no_text(pages)
    lines = place(draft for page in pages for draft in page.drafts)
    recognised = [n for n, page in enumerate(pages, 1) if _is_recognised(page)]
    return Extracted(
        lines,
        PDF,
        len(pages),
        quotable=len(recognised) * 2 < len(pages),
        findings=tuple(_findings(pages, recognised, "\n".join(line.text for line in lines))),
        footnotes=tuple(nfc(note) for note in notes),
    )


def _read(content: bytes) -> tuple[list[_Page], list[str]]:
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
        interpreter.process_page(page)
    return device.pages, device.notes


class _Device(PDFLayoutAnalyzer):
    """Turns each page to lines at once, so that no page's letters outlive it."""

    def __init__(self) -> None:
        super().__init__(PDFResourceManager(), laparams=_LAYOUT)
        self.pages: list[_Page] = []
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
        if self._drawn > _MAX_GLYPHS:
            self.pages.append(_Page(crowded=True))
            return
        if isinstance(layout, LTPage):
            layout.analyze(_LAYOUT)
            self.pages.append(self._page(layout))

    def _page(self, layout: LTPage) -> _Page:
        items = list(_walk(layout))
        across, down = _rules(items)
        lines = [item for item in items if isinstance(item, LTTextLineHorizontal)]
        pieces = _once(piece for line in lines for piece in _pieces(line, down))
        letters = sum(not c.isspace() for piece in pieces for c in piece.text)
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
        images = (i.width * i.height / area for i in items if isinstance(i, LTImage))
        return _Page(
            in_order(pieces, len(self.pages) + 1, layout.width, layout.height),
            letters=letters,
            image=max(images, default=0.0),
            hidden=self._unseen * 2 > self._drawn,
        )


def _walk(layout: LTPage) -> Iterator[LTItem]:
    """Lines of text, images and rules, also of figures (letters in these are not laid out)."""
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
    motto = _MOTTO.search(line.get_text())
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
    for item in [*run, LTAnno("\n")]:
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


def _is_recognised(page: _Page) -> bool:
    return page.letters >= _FEW and (page.hidden or page.image > _BACKED)


def _no_text(pages: list[_Page]) -> UnreadableFile:
    if any(page.image > _SCANNED for page in pages):
        return UnreadableFile(
            "pdf-scan",
            "PDF là bản quét (ảnh chụp trang giấy), không có lớp chữ; chương trình chưa nhận dạng "
            "chữ trong ảnh (OCR).",
            "Tìm bản PDF, DOCX có chữ trên Công báo (congbao.chinhphu.vn), vbpl.vn hoặc xin tệp "
            "gốc của nơi ban hành.",
        )
    return UnreadableFile(
        "pdf-scan",
        "PDF không có lớp chữ nào đọc được.",
        "Tìm bản PDF, DOCX có chữ hoặc xin tệp gốc của nơi ban hành.",
    )


def _findings(pages: list[_Page], recognised: list[int], text: str) -> Iterator[Finding]:
    unread = [n for n, p in enumerate(pages, 1) if p.letters < _FEW and p.image > _SCANNED]
    if unread:
        yield Finding(
            "pages-not-read", Severity.WARNING,
            f"{len(unread)} trang là ảnh quét, chưa đọc được chữ.",
            "Đối chiếu bản gốc; nạp bản có chữ nếu tìm được.", where=f"trang {_listed(unread)}",
        )  # fmt: skip
    crowded = [n for n, page in enumerate(pages, 1) if page.crowded]
    if crowded:
        yield Finding(
            "pages-crowded", Severity.WARNING,
            f"{len(crowded)} trang có hơn {_MAX_GLYPHS} ký tự nên bị bỏ qua.",
            "Đối chiếu bản gốc.", where=f"trang {_listed(crowded)}",
        )  # fmt: skip
    if recognised:
        marked = sum(fold(c) != c for c in text.lower() if c.isalpha())
        garbled = marked < 0.15 * sum(c.isalpha() for c in text)
        yield Finding(
            "ocr-layer", Severity.WARNING,
            "Chữ trong tệp do máy nhận dạng từ ảnh quét"
            + (", phần lớn sai dấu" if garbled else "")
            + ": tra cứu được nhưng không trích dẫn được.",
            "Đối chiếu ảnh trang giấy; nạp bản có chữ nếu tìm được.",
            where=f"trang {_listed(recognised)}",
        )  # fmt: skip
    unmapped = len(_CID.findall(text))
    if unmapped > 5:
        yield Finding(
            "font-unmapped", Severity.WARNING,
            f"{unmapped} ký tự không rõ là chữ gì (phông chữ trong tệp thiếu bảng mã).",
            "Đối chiếu bản gốc; nạp bản DOCX nếu có.",
        )  # fmt: skip


def _listed(numbers: list[int]) -> str:
    """1, 2, 3, 7 → "1-3, 7"."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return ", ".join(f"{p[0]}-{p[-1]}" if len(p) > 1 else str(p[0]) for p in parts)
