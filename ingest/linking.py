"""After all is loaded: what each text cites and does to others, what plans stand on, the index."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date

from ingest.parse.plan import parse_plan
from ingest.works import Settled
from kb.amendments import effects_in
from kb.catalogue import Catalogue, Vocabulary
from kb.citations import Ambiguous, Citation, Kind, Resolution, Resolved
from kb.citations.relations import relations_in
from kb.citations.resolve import resolve
from kb.documents import read_number
from kb.errors import IndexMismatch
from kb.index import open_engine
from kb.index.passages import update
from kb.index.records import digest_id, records
from kb.index.short import Shorts
from kb.links.derive import derive
from kb.links.suggest import Suggester
from kb.lookup import answers_to
from kb.similar import OfLibrary
from kb.store import StoredCitation
from kb.store.library import Library
from kb.store.texts import digested, stored
from kb.store.writer import LibraryWriter
from kb.text import Span, match_text

# What is being done, how many are done, of how many.
Progress = Callable[[str, int, int], None]


def resolve_changed(
    writer: LibraryWriter, catalogue: Catalogue, settled: Settled, progress: Progress
) -> set[str]:
    """What texts cite, and do to others: of documents that changed, and of those with a mention
    that what changed may answer. Gives their keys; all others mean what they meant."""
    library = writer.library
    asked = {key for entry in settled.entries for key in answers_to(entry)}
    keys = sorted(settled.changed | library.asking(asked))
    for done, key in enumerate(keys, 1):
        progress("Đối chiếu viện dẫn", done, len(keys))
        shown = library.shown(key)
        if not shown:
            writer.put_relations_of_text(key, [])
            writer.put_effects(key, [])
            continue
        document = library.listed(key).document
        stored = library.citations(key)
        written = [_read(c) for c in stored]
        text = library.text(key)
        tree = library.tree(key)
        answers = resolve(written, catalogue, document, text, tree)
        citations = [resolved(c, a) for c, a in zip(stored, answers, strict=True)]
        if citations != stored or key in settled.changed:
            relations = relations_in(document, text, written, answers, tree)
            writer.put_citations(shown, citations)
            writer.put_relations_of_text(key, relations)
        writer.put_effects(key, effects_in(document, text, tree) if tree else [])
    return set(keys)


def link_plans(writer: LibraryWriter, changed: Collection[str]) -> None:
    """What the items of plans stand on, of those whose text or citations may have changed."""
    library = writer.library
    for key in sorted(changed):
        item = library.listed(key)
        tree = library.tree(key) if item.kind == "plan" else None
        if tree is not None:
            plan = parse_plan(item.document, library.text(key), tree, library.source(key))
            writer.put_links(key, derive(plan, library.citations(key)))


def index_changed(
    writer: LibraryWriter,
    changed: Collection[str],
    removed: Collection[str],
    progress: Progress,
    engine_name: str,
    vocabulary: Vocabulary,
) -> None:
    """Records of *changed* documents made anew, those of *removed* ones forgotten; raises
    ``IndexMismatch`` when store and index disagree."""
    library = writer.library
    in_full = Shorts(vocabulary).in_full
    engine = open_engine(library.path.parent / "index", engine_name)
    try:
        with engine.writer() as index:
            for key in sorted(removed):
                index.delete(key)
            for done, key in enumerate(sorted(changed), 1):
                progress("Lập chỉ mục", done, len(changed))
                made = records(library, key, in_full)
                index.delete(key)
                index.add(made)
                writer.count_records(key, len(made))
        expected = library.records()
        if engine.count() != expected:
            raise IndexMismatch(
                f"Chỉ mục có {engine.count()} mục, kho có {expected}: lần dựng này bị bỏ.",
                "Chạy lại kb rebuild; kho cũ vẫn dùng được.",
            )
    finally:
        engine.close()


def index_passages(library: Library, changed: Collection[str]) -> None:
    """Where runs of words stand: anew of every text and digest of *changed* documents, without
    those that are no longer here."""
    texts = {text.id: text.key for text in stored(library).values()}
    digests = {f"{key}#{digest_id(at)}": words for key, at, words in digested(library)}
    fresh = {id: library.text_of(id) for id, key in sorted(texts.items()) if key in changed}
    for id, words in digests.items():
        if id.partition("#")[0] in changed:
            fresh[id] = match_text(words).text
    update(library.path.parent / "index" / "passages", fresh, texts.keys() | digests.keys())


def suggest_links(writer: LibraryWriter, engine_name: str, day: date, progress: Progress) -> None:
    """What else the items of plans may stand on, of all plans: what is likeliest changes with the
    library. The index has to hold the library already."""
    library = writer.library
    plans = [listed for listed in library.documents("plan") if library.shown(listed.document.key)]
    if not plans:
        return
    engine = open_engine(library.path.parent / "index", engine_name)
    try:
        suggester = Suggester(OfLibrary(library, engine, day))
        for done, listed in enumerate(plans, 1):
            progress("Tìm căn cứ để đề xuất", done, len(plans))
            key = listed.document.key
            tree = library.tree(key)
            if tree is not None:
                plan = parse_plan(listed.document, library.text(key), tree, library.source(key))
                links = library.links(key)
                writer.put_links(key, [*links, *suggester.of(plan, links)])
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


def resolved(stored: StoredCitation, answer: Resolution) -> StoredCitation:
    """A stored citation with what it was found to mean."""
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
