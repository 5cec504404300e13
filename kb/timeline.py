"""A document's life as dated entries with typed events, built apart from being drawn.

Days stand in their order; on one day events keep the order of ``EventKind``. What has no date comes
last and says so. An event is a claim with its source; two sources that give two days are two
events, and neither is taken for the right one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kb.amendments import Amendment, Effect
from kb.catalogue import Entry, Relation, Source


class EventKind(StrEnum):
    """In the order events of one day stand in."""

    ISSUED = "issued"  # ban hành
    EFFECTIVE = "effective"  # có hiệu lực
    CORRECTED = "corrects"  # được đính chính
    AMENDED = "amends"  # được sửa đổi, bổ sung
    PARTLY_REPEALED = "repeals_partly"  # bị bãi bỏ một phần
    SUSPENDED = "suspends"  # ngưng hiệu lực
    CONSOLIDATED = "consolidates"  # được hợp nhất
    GUIDED = "guides"  # được hướng dẫn
    SUCCEEDED = "succeeds"  # được nối tiếp
    REPLACED = "replaces"  # bị thay thế
    REPEALED = "repeals"  # bị bãi bỏ
    CEASED = "ceased"  # hết hiệu lực, kết thúc
    CHECKED = "checked"  # kiểm tra hiệu lực


_ORDER = {kind: place for place, kind in enumerate(EventKind)}
_OF_RELATIONS = {
    kind.value: kind
    for kind in EventKind
    if kind not in (EventKind.ISSUED, EventKind.EFFECTIVE, EventKind.CEASED, EventKind.CHECKED)
}


@dataclass(frozen=True, slots=True)
class Event:
    """``day`` ISO, perhaps partial, None where not known; ``other`` the key (or words) of the
    document that did it; ``provisions`` which places, in words; ``reason`` what the source says;
    ``said_in`` the key of the text that says so with the place ``said_at`` (an id) in it, "" where
    the catalogue does; ``confidence`` as in the catalogue, "" where none is given."""

    day: str | None
    kind: EventKind
    other: str = ""
    provisions: str = ""
    reason: str = ""
    said_in: str = ""
    said_at: str = ""
    sources: tuple[Source, ...] = ()
    confidence: str = ""


def timeline(
    entry: Entry,
    relations: Iterable[Relation],
    effects: Sequence[Effect] = (),
    amendments: Sequence[Amendment] = (),
) -> list[Event]:
    """The events of *entry*'s document, oldest first, those without a date last.

    *relations* are the document's; those it is the object of are its events. *effects* are the days
    its own text names; *amendments* what other texts were read to do to its places.
    """
    document, claim = entry.document, entry.status
    sure = dict(entry.confidence)
    level = sure.get("metadata", "") or sure.get("number_date", "")
    out = []
    if document.issued:
        out.append(Event(document.issued, EventKind.ISSUED, sources=entry.sources,
                         confidence=sure.get("issued", level)))  # fmt: skip
    if document.effective:
        out.append(Event(document.effective, EventKind.EFFECTIVE, sources=entry.sources,
                         confidence=sure.get("effective", level)))  # fmt: skip
    out.extend(
        Event(effect.day, EventKind.EFFECTIVE, reason=effect.words, said_in=document.key,
              said_at=effect.where)
        for effect in effects
        if effect.day != document.effective or effect.excepted
    )  # fmt: skip
    told: set[str] = set()
    for amendment in amendments:
        out.append(
            Event(amendment.since, EventKind(amendment.verb), amendment.subject,
                  amendment.provision, amendment.words, amendment.subject, amendment.where)
        )  # fmt: skip
        told.add(amendment.subject)
    for relation in relations:
        kind = _OF_RELATIONS.get(relation.verb)
        if relation.object != document.key or kind is None:
            continue
        if kind is EventKind.AMENDED and relation.subject in told and not relation.sources:
            continue  # the same word, told place by place above
        said = "" if relation.sources else relation.subject
        out.append(
            Event(relation.since, kind, relation.subject, relation.provisions, relation.note,
                  said, sources=relation.sources)
        )  # fmt: skip
    if claim.until:
        out.append(Event(claim.until, EventKind.CEASED, claim.replaced_by or "",
                         reason=claim.note, sources=claim.sources,
                         confidence=claim.confidence))  # fmt: skip
    if claim.checked:
        out.append(Event(claim.checked, EventKind.CHECKED, reason=claim.note,
                         sources=claim.sources, confidence=claim.confidence))  # fmt: skip
    return sorted(dict.fromkeys(out), key=lambda e: (e.day is None, e.day or "", _ORDER[e.kind]))
