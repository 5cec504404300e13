"""Citations: what is written (``find``), then what is meant (``resolve``).

``find_citations(text, vocabulary)`` gives the mentions with their places and parts;
``resolve(citations, catalogue, here)`` says which document each one means, or that it cannot tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kb.documents import DocNumber
from kb.text import Span


class Kind(StrEnum):
    EXPLICIT = "explicit"  # có số hiệu
    NAMED = "named"  # luật gọi bằng tên
    INTERNAL = "internal"  # Điều này, khoản 1 Điều này


@dataclass(frozen=True, slots=True)
class Pinpoint:
    """A place inside a document; each field as written, lower case ("5", "42a", "này"), or None.

    ``article_end`` closes a range (Điều 5 đến Điều 7).
    """

    article: str | None = None
    clause: str | None = None
    point: str | None = None
    article_end: str | None = None
    part: str | None = None
    chapter: str | None = None
    section: str | None = None
    annex: str | None = None
    form: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A mention: ``span`` in the document's text, ``text`` the words there, and its parts.

    ``type`` is the type's name as in the types table ("Quyết định"), ``number`` parsed where the
    letters allow, ``number_text`` as written, ``date`` ISO and perhaps partial, ``issuer`` and
    ``title`` as written.
    """

    span: Span
    text: str
    kind: Kind
    type: str | None = None
    number: DocNumber | None = None
    number_text: str = ""
    date: str | None = None
    issuer: str | None = None
    title: str | None = None
    pinpoints: tuple[Pinpoint, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolved:
    """``key`` is the document meant, ``provision`` the id of the first place in it, "" where none
    is named or it stays open. ``correction`` says in Vietnamese why another spelling than the
    written one is meant, "" where it was written right; ``notes`` hold what disagrees (a date, a
    title) or how it was understood, in Vietnamese."""

    citation: Citation
    key: str
    correction: str = ""
    notes: tuple[str, ...] = ()
    provision: str = ""


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several documents answer; none is picked."""

    citation: Citation
    candidates: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing here answers; ``reason`` says why, in Vietnamese."""

    citation: Citation
    reason: str


Resolution = Resolved | Ambiguous | Unknown
