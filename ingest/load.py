"""The only writer of the library and of the index: parsed documents in, a new generation out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from pathlib import Path

from ingest import Extracted, Parsed
from ingest.originals import Original
from ingest.parse.plan import parse_plan
from kb.catalogue import Catalogue, Entry, Relation, StatusClaim, lookup
from kb.citations import Ambiguous, Citation, Kind, Resolution, Resolved
from kb.citations.relations import relations_in
from kb.citations.resolve import provision_id, resolve
from kb.documents import DocNumber, DocType, Document, document_key, number_key, parse_number
from kb.errors import IndexMismatch
from kb.findings import Finding, Severity
from kb.index import open_engine
from kb.index.records import records
from kb.links.derive import derive
from kb.store import StoredCitation, StoredFile
from kb.store.library import Library
from kb.store.schema import SCHEMA
from kb.store.writer import LibraryWriter
from kb.structure import Node, walk
from kb.text import Span, slug
from kb.validity import State

Progress = Callable[[str, int, int], None]
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

    def __init__(self, folder: Path, catalogue: Catalogue) -> None:
        self.folder = folder
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
        entry, findings = self._identify(parsed, received.original)
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
            self._resolve(library, progress)
            self._link(library)
            self._index(library, progress)
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

    def _identify(self, parsed: Parsed, original: Original) -> tuple[Entry, list[Finding]]:
        """Which work a text is: one the catalogue knows, or a new one."""
        seen = parsed.document
        known = [
            c.entry
            for c in lookup(
                self.catalogue,
                number=seen.number or None,
                type=seen.type or None,
                issuer=seen.issuer or None,
                date=seen.issued,
            )
            if c.exact
        ] if seen.number else []  # fmt: skip
        if len(known) == 1:
            return self._merge(known[0], seen)
        if not seen.number and (alike := self._by_title(seen)):
            entry, findings = self._merge(alike, seen)
            said = Finding(
                "identified-by-title",
                Severity.INFO,
                f"Tệp không ghi số; loại, tên và ngày đúng với {alike.document.number}.",
                "Đối chiếu số trên bản gốc.",
            )
            return entry, [*findings, said]
        document = replace(seen, key=self._new_key(seen, original))
        claim = StatusClaim(
            State.UNKNOWN.value,
            checked="",
            note="Văn bản nạp từ tệp, chưa có trong danh mục: hiệu lực chưa ai kiểm tra.",
        )
        return Entry(document, claim), []

    def _by_title(self, seen: Document) -> Entry | None:
        """The one document with this type, title and full date; a title alone names several."""
        if not (seen.title and seen.issued and len(seen.issued) == len("2010-06-17")):
            return None
        alike = [
            entry
            for entry in self.catalogue.entries
            if entry.document.number
            and entry.document.type == seen.type
            and entry.document.issued == seen.issued
            and slug(entry.document.title) == slug(seen.title)
        ]
        return alike[0] if len(alike) == 1 else None

    def _merge(self, entry: Entry, seen: Document) -> tuple[Entry, list[Finding]]:
        """The catalogue's facts with what only the paper has; where they disagree, a finding."""
        known = entry.document
        filled = {
            name: getattr(known, name) or getattr(seen, name)
            for name in ("title", "issued", "place", "signer", "capacity", "grounds", "recipients")
        }
        findings = []
        if known.issued and seen.issued and not known.issued.startswith(seen.issued):
            findings.append(
                Finding(
                    "date-differs",
                    Severity.WARNING,
                    f"Ngày trong tệp ({seen.issued}) khác ngày trong danh mục ({known.issued}).",
                    "Đối chiếu bản gốc rồi sửa danh mục hoặc thay tệp.",
                )
            )
        return replace(entry, document=replace(known, **filled)), findings

    def _new_key(self, seen: Document, original: Original) -> str:
        number = _number(seen.number)
        year = int(seen.issued[:4]) if seen.issued else None
        kind: DocType | None = self._types.get(seen.type)
        if number is None and not seen.title:
            return f"tep/{original.sha256[:12]}"
        key = document_key(kind.slug if kind else "van-ban", year, number, seen.title)
        rivals = {e.document.key: e.document for e in self.catalogue.entries}
        if key not in rivals or _same_work(rivals[key], seen):
            return key
        return f"{key}--{slug(seen.issuer) or original.sha256[:8]}"

    def _resolve(self, library: Library, progress: Progress) -> None:
        """What every text cites, and does to others, against all the library knows by now: a text
        loaded today may be what one of last year cites."""
        listed = [item for item in library.documents() if item.kind != "facts"]
        renewed: list[tuple[str, list[StoredCitation], list[Relation]]] = []
        for done, item in enumerate(listed, 1):
            progress("Đối chiếu viện dẫn", done, len(listed))
            document = item.document
            stored = library.citations(document.key)
            written = [_read(c) for c in stored]
            answers = resolve(written, self.catalogue, document)
            citations = [_resolved(c, a) for c, a in zip(stored, answers, strict=True)]
            if citations != stored:
                text = library.text(document.key)
                relations = relations_in(document, text, written, answers)
                renewed.append((document.key, citations, relations))
        # Written once all is read: SQLite lets nobody read beside a large transaction.
        with LibraryWriter(self._path) as writer:
            for key, citations, relations in renewed:
                writer.put_citations(key, citations)
                writer.put_relations_of_text(key, relations)

    def _link(self, library: Library) -> None:
        links = {}
        for item in library.documents("plan"):
            key = item.document.key
            tree = library.tree(key)
            if tree is not None:
                plan = parse_plan(item.document, library.text(key), tree)
                links[key] = derive(plan, library.citations(key))
        with LibraryWriter(self._path) as writer:
            for key, found in links.items():
                writer.put_links(key, found)

    def _index(self, library: Library, progress: Progress) -> None:
        engine = open_engine(self.folder / "index")
        try:
            with engine.writer() as writer:
                for done, key in enumerate(sorted(self._changed), 1):
                    progress("Lập chỉ mục", done, len(self._changed))
                    writer.delete(key)
                    writer.add(records(library, key))
            expected = sum(len(list(records(library, i.document.key))) for i in library.documents())
            if engine.count() != expected:
                raise IndexMismatch(
                    f"Chỉ mục có {engine.count()} mục, kho có {expected}: lần dựng này bị bỏ.",
                    "Chạy lại kb rebuild; kho cũ vẫn dùng được.",
                )
        finally:
            engine.close()


def _number(text: str) -> DocNumber | None:
    try:
        return parse_number(text)
    except ValueError:
        return None


def _same_work(one: Document, other: Document) -> bool:
    """Same key: the same work unless issuer or date, known on both sides, disagree."""
    issuer = not one.issuer or not other.issuer or slug(one.issuer) == slug(other.issuer)
    date = not one.issued or not other.issued or one.issued == other.issued
    return issuer and date


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


def _read(stored: StoredCitation) -> Citation:
    return Citation(
        span=Span(stored.start, stored.end),
        text=stored.text,
        kind=Kind(stored.kind),
        type=stored.type or None,
        number=_number(stored.number),
        number_text=stored.number,
        date=stored.date or None,
        issuer=stored.issuer or None,
        title=stored.title or None,
        pinpoints=stored.pinpoints,
    )


def _resolved(stored: StoredCitation, answer: Resolution) -> StoredCitation:
    if isinstance(answer, Resolved):
        pinpoint = stored.pinpoints[0] if stored.pinpoints else None
        return replace(
            stored,
            target=answer.key,
            target_provision=provision_id(pinpoint) if pinpoint else "",
            correction=answer.correction,
            notes=answer.notes,
            candidates=(),
            reason="",
        )
    unresolved = replace(stored, target="", target_provision="", correction="", notes=())
    candidates = answer.candidates if isinstance(answer, Ambiguous) else ()
    return replace(unresolved, candidates=candidates, reason=answer.reason)
