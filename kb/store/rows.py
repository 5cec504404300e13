"""Rows of the library's tables as the domain's own values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kb.catalogue import Relation
from kb.expressions import Difference, Expression, Kind
from kb.links import Link, Origin
from kb.sources import Source
from kb.store import CodeNote, Listed, StoredCitation, StoredFile, codec
from kb.structure import Level, Node
from kb.text import Span


def as_expression(row: Any, *, shown: bool = False) -> Expression:
    return Expression(
        id=row.id,
        key=row.key,
        sha256=row.sha256,
        kind=Kind(row.kind),
        document=codec.document(row.document),
        length=row.length,
        received=row.received,
        shown=shown,
        differs=tuple(Difference(**found) for found in codec.plain(row.differs)),
        paper=row.paper,
    )


def as_note(row: Any) -> CodeNote:
    related = tuple((code, label, heading) for code, label, heading in codec.plain(row.related))
    return CodeNote(row.provision, row.code, row.label, row.heading, row.note, row.url, related)


def as_listed(row: Any) -> Listed:
    return Listed(codec.document(row.document), row.kind, row.type_slug, codec.entry(row.entry))


def as_file(row: Any) -> StoredFile:
    return StoredFile(
        row.sha256, row.key, row.name, row.media_type, row.pages, row.size, row.received, row.url
    )


def as_citation(row: Any, key: str) -> StoredCitation:
    return StoredCitation(
        key=key,
        provision=row.provision,
        start=row.start,
        end=row.end,
        text=row.text,
        kind=row.kind,
        type=row.type,
        number=row.number,
        date=row.date,
        issuer=row.issuer,
        title=row.title,
        pinpoints=codec.pinpoints(row.pinpoints),
        target=row.target,
        target_provision=row.target_provision,
        candidates=codec.strings(row.candidates),
        correction=row.correction,
        notes=codec.strings(row.notes),
        reason=row.reason,
    )


def as_link(row: Any) -> Link:
    return Link(
        item=row.item,
        origin=Origin(row.origin),
        target=row.target,
        number=row.number,
        cited=row.cited,
        via=row.via,
        correction=row.correction,
        reason=row.reason,
        provision=row.provision,
        confidence=row.confidence,
        sentence=row.sentence,
    )


def as_relation(row: Any) -> Relation:
    return Relation(
        subject=row.subject,
        verb=row.verb,
        object=row.object,
        object_text=row.object_text,
        provisions=row.provisions,
        since=row.since,
        sources=codec.sources(row.sources),
        note=row.note,
    )


def as_source(row: Any) -> Source:
    lines, back = codec.unpack_lines(row.lines), codec.unpack_map(row.map)
    return Source(row.sha256, codec.unpack(row.source), lines, back)


def once(found: Sequence[Relation]) -> list[Relation]:
    """What texts repeat of the catalogue, and of each other, is given once: as it stands first."""
    kept = {(r.subject, r.verb, r.object or r.object_text): r for r in reversed(found)}
    return list(reversed(kept.values()))


def as_tree(rows: list[Any]) -> Node:
    """Children before parents: rows come in text order, so a pass from the end builds upward."""
    below: dict[int, list[Node]] = {}
    for row in reversed(rows):
        node = Node(
            id=row.id,
            level=Level(row.level),
            marker=row.marker,
            number=row.number,
            heading=row.heading,
            span=Span(row.start, row.end),
            own=Span(row.own_start, row.own_end),
            children=tuple(reversed(below.pop(row.position, []))),
        )
        if row.parent is None:
            return node
        below.setdefault(row.parent, []).append(node)
    raise AssertionError("a stored tree has a root")
