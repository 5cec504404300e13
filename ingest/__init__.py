"""From a file to a loaded document: the value at each stage's border.

RawFile ─extract▶ Extracted ─clean▶ Cleaned ─parse▶ Parsed ─load▶ library and index
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from kb.citations import Citation
from kb.documents import Document
from kb.findings import Finding
from kb.portal_notes import PortalNote, RawNote
from kb.structure import Node
from kb.text import OffsetMap, Span


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file as received. ``name`` is only a name, never evidence; ``url`` where it was asked for,
    ``final`` where it then was, ``fetched`` the ISO time; both "" where it was not downloaded.
    ``by`` who uploaded it, as typed, ``uploaded`` the ISO time; both "" where nobody did."""

    content: bytes
    name: str
    url: str = ""
    final: str = ""
    fetched: str = ""
    by: str = ""
    uploaded: str = ""

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text and where it stands.

    ``offset`` is the place of its first character in the text the lines make, joined by ``\\n``;
    ``page`` is 1-based, None where the format has no pages. ``cell`` is (table, row, column) for
    text of a table, ``reach`` how many rows of it the cell takes, where the format tells of more
    than its own. ``centred`` and ``bold`` are None where the format cannot tell. ``box`` is
    (left, top, right, bottom) in points from the page's top left corner, None where there are no
    pages. ``confidence`` (0..1) is set where a machine recognised the line from an image, None for
    text that was typed.
    """

    text: str
    offset: int
    page: int | None = None
    bold: bool | None = None
    centred: bool | None = None
    cell: tuple[int, int, int] | None = None
    box: tuple[float, float, float, float] | None = None
    confidence: float | None = None
    reach: int = 1


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a format reader found, unchanged but for decoding.

    ``media_type`` is what the content is ("application/pdf"); ``pages`` their number or None;
    ``quotable`` is False for text a machine recognised from an image; ``footnotes`` stand apart,
    and so do ``margins``, what Word prints at the head and foot of pages.
    """

    lines: tuple[Line, ...]
    media_type: str
    pages: int | None = None
    quotable: bool = True
    findings: tuple[Finding, ...] = ()
    footnotes: tuple[str, ...] = ()
    margins: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Lines without running heads and page numbers, in match form (``kb.text.match_text``).

    ``text`` is the lines joined by ``\\n``; ``source`` maps any span of it into ``Extracted.text``.
    ``dropped`` are the spans of ``Extracted.text`` that were taken out, in order: with what
    ``source`` reaches, all of it but blanks and characters that say nothing. ``notes`` are the
    portal's notes among them.
    """

    text: str
    lines: tuple[Line, ...]
    source: OffsetMap
    findings: tuple[Finding, ...] = ()
    dropped: tuple[Span, ...] = ()
    notes: tuple[RawNote, ...] = ()


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document understood: letterhead, tree, citations, and what was doubtful.

    All spans are code points of ``text``, the cleaned text. ``unparsed`` is the share (0..1) of
    the body that no provision holds; ``source`` maps spans into ``Extracted.text``.
    """

    document: Document
    text: str
    lines: tuple[Line, ...]
    tree: Node
    source: OffsetMap
    citations: tuple[Citation, ...] = ()
    notes: tuple[PortalNote, ...] = ()
    findings: tuple[Finding, ...] = field(default=())
    unparsed: float = 0.0
    quotable: bool = True
