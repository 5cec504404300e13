"""What the notes of the codification say one document did to another, as claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.codified_notes import Change, read_note
from ingest.works import Settled
from kb.catalogue import Catalogue, Relation, Source
from kb.lookup import answers_to, lookup
from kb.store import CodeNote
from kb.store.writer import LibraryWriter

_SOURCE = "Bộ pháp điển điện tử, đề mục "


def relate_by_notes(writer: LibraryWriter, catalogue: Catalogue, settled: Settled) -> None:
    """The relations of notes anew: of documents that changed, and of those whose notes name a
    number that what changed may answer. A document that came today may be the one that amended."""
    library = writer.library
    asked = {key for entry in settled.entries for key in answers_to(entry)}
    for key in sorted(settled.changed | settled.removed | library.noted(asked)):
        notes = [note for _, note in library.code_notes(key)]
        writer.put_relations_of_notes(key, relations_of(key, notes, catalogue))


def relations_of(
    key: str, notes: Sequence[CodeNote], catalogue: Catalogue
) -> Iterator[tuple[str, Relation]]:
    """What *notes* say was done to the document *key*, each (subject, verb) once: the articles it
    touches, from the first day named; behind the subject's number as the notes write it."""
    found: dict[tuple[str, str], tuple[str, Relation]] = {}
    names: dict[tuple[str, str], str] = {}
    for note in notes:
        read = read_note(note.note)
        for change in read.changes if read else ():
            written = (change.type, change.number)
            if written not in names:
                names[written] = _subject(change, catalogue)
            place = f"Điều {read.article}" if read and read.article else ""
            at = (names[written], change.verb)
            before = found[at][1] if at in found else None
            places = before.provisions.split(", ") if before and before.provisions else []
            if place and place not in places:
                places.append(place)
            days = [d for d in (before.since if before else None, change.since) if d]
            relation = Relation(
                subject=names[written],
                verb=change.verb,
                object=key,
                object_text="",
                provisions=", ".join(places),
                since=min(days, default=None),
                sources=(Source(_SOURCE + note.heading),),
                note="Theo ghi chú nguồn của Bộ pháp điển điện tử.",
            )
            found[at] = change.number, relation
    yield from found.values()


def _subject(change: Change, catalogue: Catalogue) -> str:
    """The key of the one document of this number and type, else its number as the catalogue has it
    where a document is outside (``kb.catalogue.Relation``)."""
    exact = [
        candidate.entry.document.key
        for candidate in lookup(catalogue, number=change.number, type=change.type)
        if candidate.exact
    ]
    return exact[0] if len(exact) == 1 else change.number
