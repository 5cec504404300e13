"""The only writer of the library and of the index: parsed documents in, a new generation out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from pathlib import Path

from ingest import Extracted, Parsed
from ingest.identify import identify
from ingest.linking import Progress, index_changed, link_plans, resolve_all
from ingest.originals import Original
from kb.catalogue import Catalogue, Entry
from kb.citations import Citation
from kb.documents import Document, number_key
from kb.findings import Finding
from kb.sources import Source, SourceLine
from kb.store import StoredCitation, StoredFile
from kb.store.library import Library
from kb.store.schema import SCHEMA
from kb.store.writer import LibraryWriter
from kb.structure import Node, walk

PLAN_SLUG = "kh"


@dataclass(frozen=True, slots=True)
class Received:
    """A readable file with all that is to be stored of it."""

    original: Original
    size: int
    extracted: Extracted
    parsed: Parsed


@dataclass(frozen=True, slots=True)
class Loaded:
    """Where a file went: the document's key, whether it already had a text, what is doubtful."""

    key: str
    again: bool
    findings: tuple[Finding, ...] = ()


class Loader:
    """Fills one generation's folder. Documents first, then what they say of each other, then the
    index; ``finish`` proves that store and index hold the same."""

    def __init__(self, folder: Path, catalogue: Catalogue, engine: str = "auto") -> None:
        self.folder = folder
        self._engine = engine
        self.catalogue = catalogue
        self._path = folder / "library.db"
        self._types = {kind.name: kind for kind in catalogue.vocabulary.types}
        self._changed: set[str] = set()  # documents whose records are to be made anew
        self._with_text: set[str] = set()

    def load_catalogue(self, *, built: str, corpus: str) -> None:
        """The catalogue's facts, relations and digests, into an empty library."""
        with LibraryWriter(self._path) as writer:
            for name, value in (("schema", SCHEMA), ("built", built), ("corpus", corpus)):
                writer.set_meta(name, value)
            for entry in self.catalogue.entries:
                self._put_entry(writer, entry.document, entry, kind="facts")
            writer.add_relations(self.catalogue.relations)
            writer.add_digests(self.catalogue.digests)
        self._changed |= {entry.document.key for entry in self.catalogue.entries}

    def resume(self) -> None:
        """Take up a library that holds documents already."""
        library = Library(self._path)
        try:
            listed = library.documents()
        finally:
            library.close()
        self.extend_catalogue([item.entry for item in listed])
        self._with_text |= {item.document.key for item in listed if item.kind != "facts"}

    def twin(self, sha256: str) -> StoredFile | None:
        """The file with the same bytes, if the library has it."""
        library = Library(self._path)
        try:
            return library.file(sha256)
        finally:
            library.close()

    def extend_catalogue(self, entries: Iterable[Entry]) -> None:
        """Documents the library has beyond the catalogue, so that citations find them too."""
        known = {entry.document.key for entry in self.catalogue.entries}
        more = [entry for entry in entries if entry.document.key not in known]
        self.catalogue = replace(self.catalogue, entries=(*self.catalogue.entries, *more))

    def load(self, received: Received) -> Loaded:
        """One document with its text; a second file of a work that has one is only recorded."""
        parsed = received.parsed
        entry, findings = identify(self.catalogue, parsed.document, received.original.sha256)
        key = entry.document.key
        file = StoredFile(
            sha256=received.original.sha256,
            key=key,
            name=received.original.name,
            media_type=received.extracted.media_type,
            pages=received.extracted.pages,
            size=received.size,
            received=received.original.received,
            url=received.original.url,
        )
        all_findings = (*parsed.findings, *findings)
        with LibraryWriter(self._path) as writer:
            writer.add_file(file)
            if key in self._with_text:
                return Loaded(key, again=True)
            kind = "plan" if self._slug(entry.document) == PLAN_SLUG else "full"
            self._put_entry(writer, entry.document, entry, kind=kind)
            writer.put_text(
                key,
                parsed.text,
                [(line.offset, line.page) for line in parsed.lines],
                parsed.tree,
                quotable=parsed.quotable,
                unparsed=parsed.unparsed,
            )
            writer.put_source(key, parsed.text, _source(received))
            writer.put_findings(key, all_findings)
            places = _places(parsed.tree)
            writer.put_citations(key, [_written(key, c, places) for c in parsed.citations])
        self.extend_catalogue([entry])
        self._changed.add(key)
        self._with_text.add(key)
        return Loaded(key, again=False, findings=all_findings)

    def finish(self, progress: Progress) -> None:
        """Resolve, link and index; raises ``IndexMismatch`` when store and index disagree."""
        library = Library(self._path)
        try:
            resolve_all(library, self.catalogue, progress)
            link_plans(library)
            index_changed(library, self._changed, progress, self._engine)
        finally:
            library.close()

    def _put_entry(
        self, writer: LibraryWriter, document: Document, entry: Entry, *, kind: str
    ) -> None:
        writer.put_document(
            document,
            entry,
            kind=kind,
            type_slug=self._slug(document),
            number_key=number_key(document.number) if document.number else "",
        )

    def _slug(self, document: Document) -> str:
        kind = self._types.get(document.type)
        return kind.slug if kind else document.key.split("/")[0]


def _source(received: Received) -> Source:
    lines = tuple(
        SourceLine(
            line.offset, line.offset + len(line.text), line.page, line.box, line.cell,
            line.confidence,
        )
        for line in received.extracted.lines
    )  # fmt: skip
    text, back = received.extracted.text, received.parsed.source
    return Source(received.original.sha256, text, lines, back)


def _places(tree: Node) -> list[tuple[int, str]]:
    """(start of own words, id) of every node, in text order: own words cover the text once."""
    return sorted((node.own.start, node.id) for node in walk(tree) if node.own)


def _written(key: str, citation: Citation, places: Sequence[tuple[int, str]]) -> StoredCitation:
    at = bisect_right(places, citation.span.start, key=itemgetter(0)) - 1
    return StoredCitation(
        key=key,
        provision=places[at][1] if at >= 0 else "",
        start=citation.span.start,
        end=citation.span.end,
        text=citation.text,
        kind=citation.kind.value,
        type=citation.type or "",
        number=citation.number.text if citation.number else citation.number_text,
        date=citation.date or "",
        issuer=citation.issuer or "",
        title=citation.title or "",
        pinpoints=citation.pinpoints,
        reason="Chưa đối chiếu.",
    )
