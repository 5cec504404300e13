"""What came of a PDF's pages: the verdict on each, those to recognise, what a person is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ingest.extract.legacy import verdict as old_font
from ingest.extract.lines import Draft
from ingest.extract.ocr import (
    INSTALL,
    PageProgress,
    listed,
    recognise,
    recognised_finding,
    tesseract,
)
from ingest.extract.ocr_digits import findings as digit_findings
from ingest.extract.verdict import FEW, Verdict, is_vietnamese, shares, verdict
from kb.errors import UnreadableFile
from kb.findings import Finding, Severity

MAX_GLYPHS = 20_000  # on one page; full pages of small print have about 8,000
_BLANK = "…"  # what the recogniser leaves for a figure it is not sure of
_LONGEST_STAMP = 6  # figures
_BACKED = 0.8  # of the page under one image: the text over it was recognised from it
_CID = re.compile(r"\(cid:\d{1,6}\)")
# What a digital signature prints on a page is no text of the page.
_SIGNED = re.compile(
    r"\s*(?:Người ký|Ký bởi|Email|Cơ quan|Chức vụ|Thời gian ký|Ngày ký|Nơi ký)\s?:"
)


@dataclass(slots=True)
class Page:
    """What was found on a page. ``image`` and ``pictures`` are shares (0..1) of its area: of the
    largest image, of all of them."""

    drafts: list[Draft] = field(default_factory=list)
    image: float = 0.0
    pictures: float = 0.0
    hidden: bool = False  # most letters are drawn invisible, over a picture
    crowded: bool = False
    verdict: Verdict = Verdict.TEXT
    recognised: bool = False  # by us, from its picture

    @property
    def letters(self) -> int:
        return sum(
            not c.isspace()
            for draft in self.drafts
            if not _SIGNED.match(draft.text)
            for c in draft.text
        )

    @property
    def text(self) -> str:
        return "\n".join(draft.text for draft in self.drafts)

    @property
    def layered(self) -> bool:
        """Is its text a layer that some recogniser left over the picture?"""
        return not self.recognised and self.letters >= FEW and (self.hidden or self.image > _BACKED)


def judge(pages: Sequence[Page]) -> None:
    """Sets each page's verdict. A text of a font from before Unicode is no garbled one: it has its
    own cure, which is for the whole document."""
    for page in pages:
        page.verdict = verdict(page.text, page.letters, page.pictures)
    garbled = [page for page in pages if page.verdict is Verdict.GARBLED]
    if garbled and old_font("\n".join(page.text for page in garbled)):
        for page in garbled:
            page.verdict = Verdict.TEXT


def recognise_pages(
    content: bytes, pages: Sequence[Page], progress: PageProgress | None
) -> list[Finding]:
    """Puts what is recognised in the place of scans and, where it is better Vietnamese, of garbled
    text; returns what is doubtful in its figures."""
    wanted = [
        number
        for number, page in enumerate(pages, 1)
        if page.verdict in (Verdict.SCAN, Verdict.GARBLED) and not page.crowded
    ]
    found = recognise(content, wanted, progress) if wanted else {}
    doubts = []
    for number, read in found.items():
        page = pages[number - 1]
        if page.verdict is Verdict.GARBLED and not is_vietnamese(read.text):
            continue  # a page in another language is read as it is printed
        drafts, filled = with_stamps(read.drafts, page.drafts)
        page.drafts, page.recognised = drafts, True
        doubts.append((number, [doubt for doubt in read.doubts if doubt.now not in filled]))
    for page in pages:
        if page.layered:
            # How sure that recogniser was is not known, so not at all.
            page.drafts = [replace(draft, confidence=0.0) for draft in page.drafts]
    return digit_findings(doubts)


def with_stamps(read: Sequence[Draft], typed: Sequence[Draft]) -> tuple[list[Draft], set[str]]:
    """(rows, those that were filled as they were before). A number or a day that a signing program
    typed over the scan is known: it fills the blank left where the recogniser was not sure."""
    rows, filled = list(read), set()
    for stamp in typed:
        digits = stamp.text.strip()
        if stamp.box is None or not (digits.isdecimal() and len(digits) <= _LONGEST_STAMP):
            continue
        left, top, right, bottom = stamp.box
        for at, row in enumerate(rows):
            if row.box is None or row.text.count(_BLANK) != 1:
                continue
            beside = row.box[0] < right and left < row.box[2]
            if beside and row.box[1] < (top + bottom) / 2 < row.box[3]:
                filled.add(row.text)
                rows[at] = replace(row, text=row.text.replace(_BLANK, digits))
                break
    return rows, filled


def is_quotable(pages: Sequence[Page]) -> bool:
    layered = sum(page.layered for page in pages)
    return layered * 2 < len(pages) and not any(page.recognised for page in pages)


def has_no_text(pages: Sequence[Page]) -> bool:
    """Nothing at all, or no more than a stamp beside scans that nobody could read."""
    letters = sum(page.letters for page in pages)
    unread = any(page.verdict is Verdict.SCAN and not page.recognised for page in pages)
    return letters < (FEW if unread else 1) and not any(page.crowded for page in pages)


def no_text(pages: Sequence[Page]) -> UnreadableFile:
    if not any(page.verdict is Verdict.SCAN for page in pages):
        return UnreadableFile(
            "pdf-scan",
            "PDF không có lớp chữ nào đọc được.",
            "Tìm bản PDF, DOCX có chữ hoặc xin tệp gốc của nơi ban hành.",
        )
    if tesseract() is None:
        return UnreadableFile(
            "pdf-scan",
            "PDF là bản quét (ảnh chụp trang giấy), không có lớp chữ; máy này chưa có chương trình "
            "nhận dạng chữ (OCR).",
            INSTALL,
        )
    return UnreadableFile(
        "pdf-scan",
        "PDF là bản quét, máy không nhận dạng được chữ nào.",
        "Quét lại rõ hơn (300 dpi), hoặc tìm bản có chữ trên Công báo, vbpl.vn.",
    )


def page_findings(pages: Sequence[Page], text: str) -> Iterator[Finding]:
    """What a person should know of the pages; *text* is that of all of them."""
    numbered = list(enumerate(pages, 1))
    unread = [n for n, p in numbered if p.verdict is Verdict.SCAN and not p.recognised]
    if unread:
        yield Finding(
            "pages-not-read", Severity.WARNING,
            f"{len(unread)} trang là ảnh quét, chưa đọc được chữ.",
            INSTALL if tesseract() is None
            else "Đối chiếu bản gốc; nạp bản có chữ nếu tìm được.",
            where=f"trang {listed(unread)}",
        )  # fmt: skip
    crowded = [n for n, page in numbered if page.crowded]
    if crowded:
        yield Finding(
            "pages-crowded", Severity.WARNING,
            f"{len(crowded)} trang có hơn {MAX_GLYPHS} ký tự nên bị bỏ qua.",
            "Đối chiếu bản gốc.", where=f"trang {listed(crowded)}",
        )  # fmt: skip
    recognised = [n for n, page in numbered if page.recognised]
    if recognised:
        yield recognised_finding(recognised)
    layered = [n for n, page in numbered if page.layered]
    if layered:
        words = "\n".join(pages[n - 1].text for n in layered)
        garbled = shares(words)[1] < 0.15
        yield Finding(
            "ocr-layer", Severity.WARNING,
            "Chữ trong tệp do máy nhận dạng từ ảnh quét"
            + (", phần lớn sai dấu" if garbled else "")
            + ": tra cứu được nhưng không trích dẫn được.",
            "Đối chiếu ảnh trang giấy; nạp bản có chữ nếu tìm được.",
            where=f"trang {listed(layered)}",
        )  # fmt: skip
    garbled_pages = [
        n for n, p in numbered
        if p.verdict is Verdict.GARBLED and not p.recognised and not p.layered
    ]  # fmt: skip
    if garbled_pages:
        yield Finding(
            "page-not-vietnamese", Severity.WARNING,
            f"{len(garbled_pages)} trang có lớp chữ hỏng, hoặc không phải tiếng Việt có dấu.",
            "Đối chiếu bản gốc trước khi dùng.", where=f"trang {listed(garbled_pages)}",
        )  # fmt: skip
    unmapped = len(_CID.findall(text))
    if unmapped > 5:
        yield Finding(
            "font-unmapped", Severity.WARNING,
            f"{unmapped} ký tự không rõ là chữ gì (phông chữ trong tệp thiếu bảng mã).",
            "Đối chiếu bản gốc; nạp bản DOCX nếu có.",
        )  # fmt: skip
