"""A web page → the lines of the document on it.

Portals put a page's own furniture around the text; what is kept is the block that holds the text.
A page with properties, relations or search results of a document is no document and is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, Tag
from bs4.dammit import EncodingDetector
from bs4.element import NavigableString, PageElement, PreformattedString

from ingest import Extracted, Line
from ingest.extract.encodings import decode
from ingest.extract.legacy import in_unicode
from ingest.extract.lines import Draft, place
from ingest.extract.text import unmarked
from ingest.sniff import HTML, wide_encoding
from kb.errors import UnreadableFile
from kb.text import match_text

# Where known portals put the full text: vbpl.vn, Pháp điển, thuvienphapluat.vn.
_KNOWN = (
    "#toanvancontent", ".toanvancontent", "div._content", "#divContentDoc", ".content1",
    ".cldivContentDocVn",
)  # fmt: skip
_DROPPED = frozenset(
    ("script", "style", "noscript", "iframe", "nav", "title", "button", "select", "template",
     "svg", "object")
)  # fmt: skip
_BLOCKS = frozenset(
    ("p", "div", "table", "tbody", "thead", "tfoot", "tr", "td", "th", "ul", "ol", "li", "dl", "dt",
     "dd", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "header", "footer", "main",
     "center", "blockquote", "pre", "hr", "body", "html", "caption", "figure", "address")
)  # fmt: skip
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_TEXT_BLOCKS = _HEADINGS | {"p", "table", "ul", "ol", "blockquote", "pre", "center"}
_PROSE = _TEXT_BLOCKS - {"ul", "table"} | {"b", "strong", "i", "em", "span", "font", "u"}
_CENTRED = re.compile(r"text-align\s{0,3}:\s{0,3}center", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s{0,3}:\s{0,3}(?:bold|[6-9]00)", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden", re.IGNORECASE)
_PROLOG = re.compile(r"\s{0,200}<\?xml[^>]{0,200}\?>", re.IGNORECASE)
_UNITS = re.compile(r"(?:^|[\s\d])(?:[kcdm]?m|ha)$")
# What any document of ours has somewhere; a page without it is none.
_SIGNS = re.compile(
    r"Điều\s\d|Số\s?:|CỘNG HÒA XÃ HỘI|CỘNG HOÀ XÃ HỘI|ĐẢNG CỘNG SẢN|Căn cứ|KẾ HOẠCH|Chương\s[IVX\d]"
    r"|(?:^|\n)\s?I\.\s"
)
# What portals call a document's properties, each a row of its own.
_PROPERTIES = re.compile(
    r"^(?:Số hiệu|Số ký hiệu|Số án lệ|Ngày ban hành|Ngày thông qua|Ngày công bố|Ngày áp dụng"
    r"|Ngày có hiệu lực|Ngày hiệu lực|Ngày hết hiệu lực|Trạng thái|Tình trạng hiệu lực|Tình trạng"
    r"|Lĩnh vực|Nguồn thu thập|Ngày đăng công báo|Cơ quan ban hành|Phạm vi|Loại văn bản)\s?:?$",
    re.MULTILINE,
)
_BY_WORD = re.compile(r"^Word\.Document")
_PROVISION = re.compile(r"^(?:Điều\s\d|Chương\s[IVX\d]|[IVX]{1,4}\.\s\S)", re.MULTILINE)
_BLOCKED = re.compile(
    r"attention required|just a moment|access denied|not found|captcha"
    r"|^\s{0,9}(?:(?:error|lỗi|http)\s{0,3})?(?:40[0-9]|50[0-9])\b",
    re.IGNORECASE,
)
_LEAST_SHARE = 0.3  # of a page's text; measured 0-0.1 on pages that are no document
_PROVISIONS = 3  # at line starts make a document of a small part of a page, too
_KEPT_SHARE = 0.95  # what a parent may add to its child's text and still be the same block


_DEEPEST = 5_000  # blocks inside blocks; pages of portals were measured at up to 40
_NESTING = re.compile(rb"<(/?)(?:div|table|ul|ol|blockquote|section|article|font|span)\b", re.I)


def _depth(content: bytes) -> int:
    """How deep blocks stand in blocks: each one costs every walk over the page."""
    deepest = depth = 0
    for found in _NESTING.finditer(content):
        depth = max(depth - 1, 0) if found[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def read_html(content: bytes) -> Extracted:
    """Lines of the main text. Raises ``UnreadableFile``: ``html-blocked`` for a page that a site
    shows in place of the text, ``html-no-document`` for one without a document's text,
    ``html-deep`` for one of blocks in blocks without end."""
    if _depth(content) > _DEEPEST:
        raise UnreadableFile(
            "html-deep",
            f"Trang web có các khối lồng nhau quá {_DEEPEST} lớp, không giống trang văn bản.",
            "Chép phần văn bản trên trang sang tệp Word hoặc tệp chữ rồi nạp tệp ấy.",
        )
    soup = _soup(content)
    title = soup.title.get_text(" ", strip=True) if soup.title else ""
    for tag in soup(list(_DROPPED)):
        tag.decompose()
    by_word = soup.find("meta", attrs={"content": _BY_WORD}) is not None
    root = _known(soup) or _main(soup) or (soup.body if by_word else None)
    lines = place(_Walk().drafts(root)) if root is not None else ()
    # Before the page is judged by its words, which an old font hides.
    extracted = in_unicode(Extracted(lines, HTML))
    text = match_text(extracted.text).text
    if not _is_document(text, by_word=by_word):
        if _BLOCKED.search(title):
            raise UnreadableFile(
                "html-blocked",
                "Trang web này là thông báo chặn hoặc báo lỗi của máy chủ, không phải văn bản.",
                "Mở lại địa chỉ trong trình duyệt, chờ toàn văn hiện ra rồi lưu trang.",
            )
        raise UnreadableFile(
            "html-no-document",
            "Trang web này không có toàn văn của văn bản nào (trang thuộc tính, lược đồ, tìm kiếm "
            "hoặc trang khác).",
            "Mở thẻ “Toàn văn” của văn bản rồi lưu trang đó, hoặc tải bản DOCX, PDF.",
        )
    return extracted


def read_fragment(markup: str) -> tuple[Line, ...]:
    """The lines of a piece of a page, whatever it holds; for readers that know their pages."""
    soup = BeautifulSoup(markup, "lxml")
    for tag in soup(list(_DROPPED)):
        tag.decompose()
    return place(_Walk().drafts(soup))


def _is_document(text: str, *, by_word: bool) -> bool:
    """Has it a sign of a document, or was it written in Word; and is it no list of properties?"""
    if len(_PROPERTIES.findall(text)) >= 3 and not _PROVISION.search(text):
        return False
    return by_word or _SIGNS.search(text) is not None


def _soup(content: bytes) -> BeautifulSoup:
    wide = wide_encoding(content)
    try:
        text = content.decode(wide or "utf-8-sig")
    except UnicodeDecodeError:
        # Not Unicode: the page says its own charset in a meta tag, or its words do.
        declared = EncodingDetector.find_declared_encoding(content, is_html=True)
        if declared is not None:
            return BeautifulSoup(content, "lxml", from_encoding=declared)
        text, _ = decode(content)
    return BeautifulSoup(_PROLOG.sub("", text.removeprefix("\ufeff"), count=1), "lxml")


def _known(soup: BeautifulSoup) -> Tag | None:
    for selector in _KNOWN:
        found = soup.select_one(selector)
        if found is not None and len(found.get_text(strip=True)) > 200:
            return found
    return None


def _main(soup: BeautifulSoup) -> Tag | None:
    """The element with most text in paragraphs of its own, then its parents while they add next to
    nothing; None where that is a small part of the page and has few provisions: lists of other
    documents may outweigh a short one."""
    body = soup.body or soup
    whole = _weight(body)
    best, most = None, 0
    for tag in (body, *body.find_all(True)):
        if tag.name in _TEXT_BLOCKS - {"table"}:
            continue
        own = _own(tag)
        if own > most:
            best, most = tag, own
    if best is None:
        return None
    if most < _LEAST_SHARE * whole and len(_PROVISION.findall(best.get_text("\n"))) < _PROVISIONS:
        return None
    weight = _weight(best)
    while best is not body and isinstance(best.parent, Tag):
        above = _weight(best.parent)
        if weight < _KEPT_SHARE * above:
            break
        best, weight = best.parent, above
    return best


def _weight(tag: Tag) -> int:
    return sum(len(text.strip()) for text in tag.strings)


def _own(tag: Tag) -> int:
    """Characters in direct text, inline elements and paragraph-like children; menus are lists of
    links and do not count."""
    total = 0
    for child in tag.children:
        if isinstance(child, Tag):
            total += _weight(child) if child.name in _PROSE else 0
        elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
            total += len(child.strip())
    return total


_Cell = tuple[tuple[int, int, int], int]  # ``cell`` and ``reach`` of ``Line``


@dataclass(slots=True)
class _Grid:
    """Where the next cell of a table stands; ``taken`` are columns that cells of rows above reach
    down into, with how many rows they still do."""

    table: int
    row: int = -1
    column: int = 0
    taken: dict[int, int] = field(default_factory=dict)

    def next_row(self) -> None:
        self.row, self.column = self.row + 1, 0
        self.taken = {column: left - 1 for column, left in self.taken.items() if left > 1}

    def next_cell(self, rows: int, columns: int) -> _Cell:
        self.row = max(self.row, 0)
        while self.column in self.taken:
            self.column += 1
        at = self.column
        self.column += columns
        if rows > 1:
            self.taken |= dict.fromkeys(range(at, self.column), rows)
        return (self.table, self.row, at), rows


def _span(tag: Tag, name: str) -> int:
    """How many rows or columns a cell takes; 1 where the page says nothing sensible."""
    written = str(tag.get(name, ""))
    return min(max(int(written), 1), 1000) if re.fullmatch(r"\d{1,4}", written, re.ASCII) else 1


@dataclass(slots=True)
class _Walk:
    """One pass over the tree, with the line under way. Not recursive: pages nest without limit."""

    pieces: list[tuple[str, bool]] = field(default_factory=list)
    bold: int = 0
    centred: int = 0
    pre: int = 0
    cells: list[_Cell] = field(default_factory=list)
    tables: list[_Grid] = field(default_factory=list)  # under way
    count: int = 0
    broken: bool = False  # was the line under way opened by <br>?

    def drafts(self, root: Tag) -> Iterator[Draft]:
        stack: list[tuple[PageElement, bool]] = [(root, False)]
        while stack:
            node, leaving = stack.pop()
            if not isinstance(node, Tag):
                if not isinstance(node, PreformattedString):
                    self._text(str(node))
                continue
            if leaving:
                yield from self._leave(node)
                continue
            if _is_hidden(node):
                continue
            if node.name == "sup" and (mark := node.get_text(strip=True)).isdigit():
                self._raised(mark)
                continue
            yield from self._enter(node)
            stack.append((node, True))
            stack.extend((child, False) for child in reversed(node.contents))
        yield from self._flush()

    def _enter(self, tag: Tag) -> Iterator[Draft]:
        if tag.name == "br":
            yield from self._flush(always=True)
            return
        if tag.name in _BLOCKS:
            yield from self._flush()
        self.bold += _is_bold(tag)
        self.centred += _is_centred(tag)
        self.pre += tag.name == "pre"
        if tag.name == "table":
            self.count += 1
            self.tables.append(_Grid(self.count))
        elif tag.name == "tr" and self.tables:
            self.tables[-1].next_row()
        elif tag.name in ("td", "th") and self.tables:
            self.cells.append(
                self.tables[-1].next_cell(_span(tag, "rowspan"), _span(tag, "colspan"))
            )

    def _leave(self, tag: Tag) -> Iterator[Draft]:
        if tag.name in _BLOCKS:
            # An empty paragraph is a blank line; an empty row or cell is nothing.
            yield from self._flush(always=tag.name == "p" and not tag.find(_BLOCKS))
        self.bold -= _is_bold(tag)
        self.centred -= _is_centred(tag)
        self.pre -= tag.name == "pre"
        if tag.name == "table":
            self.tables.pop()
        elif tag.name in ("td", "th") and self.cells:
            self.cells.pop()

    def _text(self, text: str) -> None:
        if not self.pre:
            text = re.sub(r"[ \t\r\n\f]+", " ", text)
        self.pieces.append((text, self.bold > 0))

    def _raised(self, mark: str) -> None:
        """The number of a footnote must not run into the word before it: ``Điều 5[1]``; m² may."""
        before = "".join(text for text, _ in self.pieces[-2:])
        self._text(mark if _UNITS.search(before) else f"[{mark}]")

    def _flush(self, *, always: bool = False) -> Iterator[Draft]:
        text = "".join(piece for piece, _ in self.pieces)
        letters = sum(len(piece.strip()) for piece, _ in self.pieces)
        strong = sum(len(piece.strip()) for piece, bold in self.pieces if bold)
        self.pieces.clear()
        if not self.pre:
            # A space between single spaces is markup's; a no-break space is the page's.
            text = re.sub(" {2,}", " ", text).strip(" ")
        cell, reach = self.cells[-1] if self.cells else (None, 1)
        if not text.strip():
            if always:
                yield Draft("", cell=cell, reach=reach)
            return
        plain, marked = unmarked(text)
        bold = bool(marked) or strong >= 0.8 * letters
        yield Draft(plain, None, bold, self.centred > 0, cell, reach=reach)


def _style(tag: Tag) -> str:
    return str(tag.get("style") or "")


def _classes(tag: Tag) -> list[str]:
    found = tag.get("class")
    return found if isinstance(found, list) else [str(found)] if found else []


def _is_hidden(tag: Tag) -> bool:
    return tag.has_attr("hidden") or bool(_HIDDEN.search(_style(tag)))


def _is_bold(tag: Tag) -> bool:
    return (
        tag.name in ("b", "strong", "th")
        or tag.name in _HEADINGS
        or bool(_BOLD.search(_style(tag)))
        or any("bold" in name for name in _classes(tag))
    )


def _is_centred(tag: Tag) -> bool:
    return (
        tag.name == "center"
        or str(tag.get("align") or "").lower() == "center"
        or bool(_CENTRED.search(_style(tag)))
        or "text-center" in _classes(tag)
    )
