"""The only writer of the library and of the index: parsed documents in, a new generation out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import itemgetter
from pathlib import Path
from types import TracebackType

from ingest import Extracted, Parsed
from ingest.code_relations import relate_by_notes
from ingest.identify import blocks
from ingest.linking import (
    Progress,
    index_changed,
    index_passages,
    link_plans,
    resolve_changed,
    suggest_links,
)
from ingest.originals import Original
from ingest.sniff import PDF
from ingest.works import put_work, settle
from kb.catalogue import Catalogue
from kb.citations import Citation
from kb.confirmations import Confirmation, with_typed
from kb.expressions import Expression, Kind, differences_said, kind_of, length, ordinal
from kb.findings import Finding
from kb.sources import Source, SourceLine
from kb.store import CodeNote, StoredCitation, StoredFile
from kb.store.schema import SCHEMA
from kb.store.writer import LibraryWriter
from kb.structure import Node, walk


@dataclass(frozen=True, slots=True)
class Received:
    """A text with all that is to be stored of it. A file that holds several documents gives
    several, each with its ``part``; ``kind`` where the letterhead and the file do not tell it,
    ``notes`` where it stood in the codification."""

    original: Original
    size: int
    extracted: Extracted
    parsed: Parsed
    part: str = ""
    kind: Kind | None = None
    notes: tuple[CodeNote, ...] = ()


class Loader:
    """Fills one generation's folder, in a with-block that commits when it ends well.

    Texts first (``load``), each from one file; ``finish`` puts them to works, reads what they say
    of each other, makes the index, and proves that store and index hold the same.
    """

    def __init__(
        self,
        folder: Path,
        catalogue: Catalogue,
        engine: str = "auto",
        vouched: Callable[[str], Iterable[Confirmation]] = lambda sha256: (),
    ) -> None:
        """*vouched* gives what people typed from the file with that hash."""
        self._vouched = vouched
        self.folder = folder
        self._engine = engine
        self.catalogue = catalogue
        self._writer = LibraryWriter(folder / "library.db")
        self._changed: set[str] = set()  # documents whose records are to be made anew
        self._fresh: list[Expression] = []
        self._files: dict[str, str] = {}  # sha256 → name
        self._parts: dict[str, list[str]] = {}  # part → sha256 of the files that have it

    def __enter__(self) -> Loader:
        self._writer.__enter__()
        self._files = self._writer.library.file_names()
        for sha256, part in self._writer.library.parts():
            self._parts.setdefault(part, []).append(sha256)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._writer.__exit__(kind, error, trace)

    def load_catalogue(self, *, built: str, corpus: str) -> None:
        """The catalogue's facts, relations and digests, into an empty library."""
        looks = (entry.status.checked for entry in self.catalogue.entries)
        facts = {
            "schema": SCHEMA,
            "built": built,
            "corpus": corpus,
            "checked": max(looks, default=""),
            "evidence": self.catalogue.evidence,
        }
        for name, value in facts.items():
            self._writer.set_meta(name, value)
        for entry in self.catalogue.entries:
            put_work(self._writer, self.catalogue, entry, kind="facts")
        self._writer.add_relations(self.catalogue.relations)
        self._writer.add_digests(self.catalogue.digests)
        self._changed |= {entry.document.key for entry in self.catalogue.entries}

    def twin(self, sha256: str) -> str | None:
        """The name of the file with the same bytes, if the library has it."""
        return self._files.get(sha256)

    def files_with(self, part: str) -> tuple[str, ...]:
        """The hashes of the files that hold a document under this name."""
        return tuple(self._parts.get(part, ()))

    def load(self, received: Received) -> str:
        """One text with all that stands in it; gives its id, which is the file's hash and part. A
        part that is there already is put in place of what it was."""
        parsed, original = received.parsed, received.original
        if not received.part:
            said = self._vouched(original.sha256)
            document, findings = with_typed(parsed.document, parsed.findings, said)
            parsed = replace(parsed, document=document, findings=findings)
        expression = Expression(
            id=f"{original.sha256}{received.part and '-'}{received.part}",
            key="",
            sha256=original.sha256,
            kind=received.kind
            or kind_of(parsed.document, received.extracted.media_type, quotable=parsed.quotable),
            document=parsed.document,
            length=length(parsed.text, parsed.tree),
            received=original.received,
            paper=received.extracted.media_type == PDF,
        )
        if original.sha256 not in self._files:
            self._files[original.sha256] = original.name
            self._writer.add_file(
                StoredFile(
                    sha256=original.sha256,
                    key="",
                    name=original.name,
                    media_type=received.extracted.media_type,
                    pages=received.extracted.pages,
                    size=received.size,
                    received=original.received,
                    url=original.url,
                )
            )
        known = original.sha256 in self._parts.get(received.part, ())
        if known:
            self._writer.drop_expression(expression.id)
        number, title = blocks(parsed.document)
        self._writer.put_expression(expression, number_block=number, title_block=title)
        self._writer.put_text(
            expression.id,
            parsed.text,
            parsed.tree,
            quotable=parsed.quotable,
            unparsed=parsed.unparsed,
        )
        source = source_of(original.sha256, received.extracted, parsed)
        self._writer.put_source(expression.id, parsed.text, source)
        self._writer.put_findings(expression.id, parsed.findings)
        self._writer.put_portal_notes(expression.id, parsed.notes)
        if received.part:
            if not known:
                self._parts.setdefault(received.part, []).append(original.sha256)
            self._writer.put_code_notes(expression.id, received.notes)
        places = places_of(parsed.tree)
        self._writer.put_citations(expression.id, [written(c, places) for c in parsed.citations])
        self._fresh.append(expression)
        return expression.id

    def finish(self, progress: Progress) -> dict[str, Expression]:
        """Works, citations, links, index; gives each text by its id with the work it is of. Raises
        ``IndexMismatch`` when store and index disagree."""
        settled = settle(self._writer, self.catalogue, self._fresh)
        self._changed |= settled.changed
        library = self._writer.library
        known = {entry.document.key for entry in self.catalogue.entries}
        more = [i.entry for i in library.documents() if i.document.key not in known]
        everything = replace(self.catalogue, entries=(*self.catalogue.entries, *more))
        read = resolve_changed(self._writer, everything, settled, progress)
        relate_by_notes(self._writer, everything, settled)
        link_plans(self._writer, read)
        index_changed(
            self._writer,
            self._changed,
            settled.removed,
            progress,
            self._engine,
            self.catalogue.vocabulary,
        )
        index_passages(library, self._changed)
        if self._changed or settled.removed or read:
            suggest_links(self._writer, self._engine, date.today(), progress)
        return dict(settled.texts)

    def key_of(self, sha256: str) -> str:
        """The document a file is of."""
        file = self._writer.library.file(sha256)
        return file.key if file else ""

    def rank(self, text: Expression) -> str:
        """ "Bản thứ hai của 51/2010/QH12, khác 3 chỗ: …"; "" for the only text of a work."""
        texts = self._writer.library.expressions(text.key)
        if len(texts) == 1:
            return ""
        document = self._writer.library.listed(text.key).document
        place = [other.id for other in texts].index(text.id)
        name = f"{ordinal(place + 1)} của {document.number or document.title}"
        if place == 0:
            return f"{name}, nay là bản được hiện."
        return f"{name}, {differences_said(text.differs)}."

    def findings(self, expression: str, key: str) -> tuple[Finding, ...]:
        """What is doubtful of a text and of the work it is of."""
        library = self._writer.library
        return (*library.findings_of(expression), *library.findings_of(key))


def source_of(sha256: str, extracted: Extracted, parsed: Parsed) -> Source:
    """The text as its file has it, with its lines and the way there."""
    lines = tuple(
        SourceLine(
            line.offset, line.offset + len(line.text), line.page, line.box, line.cell,
            line.confidence, line.reach,
        )
        for line in extracted.lines
    )  # fmt: skip
    return Source(sha256, extracted.text, lines, parsed.source)


def places_of(tree: Node) -> list[tuple[int, str]]:
    """(start of own words, id) of every node, in text order: own words cover the text once."""
    return sorted((node.own.start, node.id) for node in walk(tree) if node.own)


def written(citation: Citation, places: Sequence[tuple[int, str]]) -> StoredCitation:
    """A citation as it is stored before it is resolved."""
    at = bisect_right(places, citation.span.start, key=itemgetter(0)) - 1
    return StoredCitation(
        key="",
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
