"""After all is loaded: what each text cites and does to others, what plans stand on, the index."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

from ingest.identify import read_number
from ingest.parse.plan import parse_plan
from kb.catalogue import Catalogue
from kb.citations import Ambiguous, Citation, Kind, Resolution, Resolved
from kb.citations.relations import relations_in
from kb.citations.resolve import resolve
from kb.errors import IndexMismatch
from kb.index import open_engine
from kb.index.records import records
from kb.links.derive import derive
from kb.store import StoredCitation
from kb.store.library import Library
from kb.store.writer import LibraryWriter
from kb.text import Span

# What is being done, how many are done, of how many.
Progress = Callable[[str, int, int], None]


def resolve_all(writer: LibraryWriter, catalogue: Catalogue, progress: Progress) -> None:
    """What every text cites, and does to others, against all the library knows by now: a text
    loaded today may be what one of last year cites."""
    library = writer.library
    listed = [item for item in library.documents() if item.kind != "facts"]
    for done, item in enumerate(listed, 1):
        progress("Đối chiếu viện dẫn", done, len(listed))
        document = item.document
        stored = library.citations(document.key)
        written = [_read(c) for c in stored]
        text = library.text(document.key)
        answers = resolve(written, catalogue, document, text, library.tree(document.key))
        citations = [_resolved(c, a) for c, a in zip(stored, answers, strict=True)]
        if citations != stored:
            relations = relations_in(document, text, written, answers)
            writer.put_citations(library.shown(document.key), citations)
            writer.put_relations_of_text(document.key, relations)


def link_plans(writer: LibraryWriter) -> None:
    """What the items of every plan stand on."""
    library = writer.library
    for item in library.documents("plan"):
        key = item.document.key
        tree = library.tree(key)
        if tree is not None:
            plan = parse_plan(item.document, library.text(key), tree)
            writer.put_links(key, derive(plan, library.citations(key)))


def index_changed(
    library: Library,
    changed: Collection[str],
    removed: Collection[str],
    progress: Progress,
    engine_name: str,
) -> None:
    """Records of *changed* documents made anew, those of *removed* ones forgotten; raises
    ``IndexMismatch`` when store and index disagree."""
    engine = open_engine(library.path.parent / "index", engine_name)
    try:
        with engine.writer() as writer:
            for key in sorted(removed):
                writer.delete(key)
            for done, key in enumerate(sorted(changed), 1):
                progress("Lập chỉ mục", done, len(changed))
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


def _read(stored: StoredCitation) -> Citation:
    return Citation(
        span=Span(stored.start, stored.end),
        text=stored.text,
        kind=Kind(stored.kind),
        type=stored.type or None,
        number=read_number(stored.number),
        number_text=stored.number,
        date=stored.date or None,
        issuer=stored.issuer or None,
        title=stored.title or None,
        pinpoints=stored.pinpoints,
    )


def _resolved(stored: StoredCitation, answer: Resolution) -> StoredCitation:
    if isinstance(answer, Resolved):
        return replace(
            stored,
            target=answer.key,
            target_provision=answer.provision,
            correction=answer.correction,
            notes=answer.notes,
            candidates=(),
            reason="",
        )
    unresolved = replace(stored, target="", target_provision="", correction="", notes=())
    candidates = answer.candidates if isinstance(answer, Ambiguous) else ()
    return replace(unresolved, candidates=candidates, reason=answer.reason)
