"""The library: what was read, kept in SQLite, made from the corpus and disposable.

``schema`` holds the tables, ``library`` reads, ``writer`` writes, ``generations`` swaps.
"""

from __future__ import annotations

from dataclasses import dataclass

from kb.catalogue import Entry
from kb.citations import Pinpoint
from kb.documents import Document


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A received original; ``received`` is ISO time, ``size`` bytes."""

    sha256: str
    key: str
    name: str
    media_type: str
    pages: int | None
    size: int
    received: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class StoredCitation:
    """A citation as resolved when it was loaded.

    ``provision`` is the id of the citing node; ``type`` … ``title`` as written; ``target`` the key
    meant or "", ``target_provision`` the place in it; ``candidates`` the keys it may mean where
    ``target`` is ""; ``correction`` and ``notes`` as in ``kb.citations.Resolved``; ``reason`` why
    it is not resolved.
    """

    key: str
    provision: str
    start: int
    end: int
    text: str
    kind: str
    type: str = ""
    number: str = ""
    date: str = ""
    issuer: str = ""
    title: str = ""
    pinpoints: tuple[Pinpoint, ...] = ()
    target: str = ""
    target_provision: str = ""
    candidates: tuple[str, ...] = ()
    correction: str = ""
    notes: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CodeNote:
    """What the official codification (Bộ pháp điển điện tử) notes under an article.

    ``provision`` is the id of the article in the text, ``code`` and ``label`` ("6.3.LQ.1") its own
    there, ``heading`` the đề mục it stands in, ``note`` the source note as printed with its
    ``url``; ``related`` articles by (code, label, heading).
    """

    provision: str
    code: str
    label: str
    heading: str
    note: str
    url: str = ""
    related: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """A document in a list: its letterhead and what the library holds of it.

    ``kind`` is ``full`` (text at hand), ``facts`` (catalogue only) or ``plan``.
    """

    document: Document
    kind: str
    type_slug: str
    entry: Entry
