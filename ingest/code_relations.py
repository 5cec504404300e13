"""What the notes of the codification say one document did to another, as claims."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.codified_notes import Change, read_note
from kb.catalogue import Catalogue, Relation, Source
from kb.lookup import lookup
from kb.store import CodeNote
from kb.store.writer import LibraryWriter

_READ_IN = "phapdien"  # in place of the key of a text
_SOURCE = "Bộ pháp điển điện tử, đề mục "


def relate_by_notes(writer: LibraryWriter, catalogue: Catalogue) -> None:
    """The relations of all notes anew: a document that came today may be the one that amended."""
    notes = writer.library.code_notes()
    writer.put_relations_of_text(_READ_IN, relations_of(notes, catalogue))


def relations_of(notes: list[tuple[str, CodeNote]], catalogue: Catalogue) -> Iterator[Relation]:
    """Each (subject, verb, object) once: the articles it touches, from the first day named."""
    found: dict[tuple[str, str, str], Relation] = {}
    names: dict[tuple[str, str], str] = {}
    for key, note in notes:
        read = read_note(note.note)
        for change in read.changes if read else ():
            written = (change.type, change.number)
            if written not in names:
                names[written] = _subject(change, catalogue)
            place = f"Điều {read.article}" if read and read.article else ""
            at = (names[written], change.verb, key)
            before = found.get(at)
            places = before.provisions.split(", ") if before and before.provisions else []
            if place and place not in places:
                places.append(place)
            days = [d for d in (before.since if before else None, change.since) if d]
            found[at] = Relation(
                subject=names[written],
                verb=change.verb,
                object=key,
                object_text="",
                provisions=", ".join(places),
                since=min(days, default=None),
                sources=(Source(_SOURCE + note.heading),),
                note="Theo ghi chú nguồn của Bộ pháp điển điện tử.",
            )
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
