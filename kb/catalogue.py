"""What is known of documents without their text: values with sources, relations, doubts.

``kb.lookup`` finds in it, ``kb.issuers`` tells its issuers apart.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kb.documents import DocType, Document, Issuer


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value was read: a web address, or words for what has none."""

    text: str

    @property
    def is_url(self) -> bool:
        return self.text.startswith(("http://", "https://"))


@dataclass(frozen=True, slots=True)
class Relation:
    """*subject* does *verb* to *object*, always in the active voice (``amends``, not amended-by).

    ``subject`` is a document key, or words ("32/2013/QH13") where it is outside the catalogue;
    ``object`` is a document key, or None where the catalogue knows only ``object_text``.
    ``provisions`` says in words which places of the object it touches ("khoản 1 mục IV Điều 1");
    ``since`` is the ISO day from which it holds, where known.
    """

    subject: str
    verb: str
    object: str | None
    object_text: str
    provisions: str = ""
    since: str | None = None
    sources: tuple[Source, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Misprint:
    """Another document's number, or none's, under which this one has been cited in print.

    ``number`` is as printed ("70/KH-SGDDĐT"), ``note`` who wrote it so and why it is this one.
    """

    number: str
    note: str
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class StatusClaim:
    """Who says a document is in force, and when that was checked.

    ``state`` is a ``kb.validity.State`` value; ``until`` the first ISO day on which it no longer
    holds; ``held`` a day on which it surely still did; ``note`` the words of the source;
    ``confidence`` one of ``high``, ``medium-high``, ``medium``, ``low-medium``, ``low``, "".
    """

    state: str
    checked: str
    note: str = ""
    until: str | None = None
    held: str | None = None
    replaced_by: str | None = None
    confidence: str = ""
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of the catalogue with everything said of it.

    ``doubts`` are (field, why) pairs: a field there without a value is not known, one with a value
    is shown with the doubt; ``confidence`` (field group, level) pairs; ``official_urls`` where the
    text can be had; ``aliases`` other names in use ("Luật NKT").
    """

    document: Document
    status: StatusClaim
    level: str = ""
    normative: bool | None = None
    tags: tuple[str, ...] = ()
    notes: str = ""
    doubts: tuple[tuple[str, str], ...] = ()
    confidence: tuple[tuple[str, str], ...] = ()
    official_urls: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    aliases: tuple[str, ...] = ()
    misprints: tuple[Misprint, ...] = ()


@dataclass(frozen=True, slots=True)
class Digest:
    """A short statement in our own words of what a document asks; never quotable.

    Of ``kind`` ``unknown`` it says what of the document is not known, ``note`` what to do about it,
    and ``asked`` the phrases a question about it has.
    """

    document: str
    where: str
    kind: str
    text: str
    responsible: str = ""
    figures: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    confidence: str = ""
    note: str = ""
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The tables the grammars are made from: types of paper, issuers, abbreviations; and what the
    subjects among the tags are called."""

    types: tuple[DocType, ...]
    issuers: tuple[Issuer, ...]
    abbreviations: tuple[tuple[str, tuple[str, ...]], ...] = ()
    subjects: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Entries, relations and digests, with the vocabulary they are written in; ``evidence`` the ISO
    month of the latest source the last look at the statuses found, "" where not told."""

    vocabulary: Vocabulary
    entries: tuple[Entry, ...] = ()
    relations: tuple[Relation, ...] = ()
    digests: tuple[Digest, ...] = field(default=())
    evidence: str = ""
