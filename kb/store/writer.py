"""Write a library. ``ingest.load`` and ``ingest.linking`` are the only callers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import create_engine, delete, insert, select, update

from kb.catalogue import Digest, Entry, Relation
from kb.documents import Document
from kb.findings import Finding
from kb.links import Link
from kb.sources import Source, printed
from kb.store import StoredCitation, StoredFile, codec, schema
from kb.store.codec import dump
from kb.structure import Node


class LibraryWriter:
    """One transaction over one ``library.db``: committed when the block ends well, else undone."""

    def __init__(self, path: Path) -> None:
        self._engine = create_engine(f"sqlite:///{path}")
        schema.metadata.create_all(self._engine)

    def __enter__(self) -> LibraryWriter:
        self._connection = self._engine.connect()
        self._transaction = self._connection.begin()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self._transaction.commit()
        else:
            self._transaction.rollback()
        self._connection.close()
        self._engine.dispose()

    def set_meta(self, name: str, value: str) -> None:
        self._connection.execute(delete(schema.meta).where(schema.meta.c.name == name))
        self._connection.execute(insert(schema.meta).values(name=name, value=value))

    def put_document(
        self, document: Document, entry: Entry, *, kind: str, type_slug: str, number_key: str
    ) -> None:
        """Insert a document, or renew the letterhead and entry of one that is there."""
        table = schema.documents
        values = {
            "kind": kind,
            "type_slug": type_slug,
            "number_key": number_key,
            "document": dump(document),
            "entry": dump(entry),
        }
        there = self._connection.execute(select(table.c.key).where(table.c.key == document.key))
        if there.first() is None:
            self._connection.execute(insert(table).values(key=document.key, **values))
        else:
            self._connection.execute(
                update(table).where(table.c.key == document.key).values(**values)
            )

    def put_text(
        self,
        key: str,
        text: str,
        lines: Iterable[tuple[int, int | None]],
        tree: Node,
        *,
        quotable: bool,
        unparsed: float,
    ) -> None:
        """The full text with its tree, in place of any text the document had."""
        table = schema.documents
        self._connection.execute(
            update(table)
            .where(table.c.key == key)
            .values(text=text, lines=dump(list(lines)), quotable=quotable, unparsed=unparsed)
        )
        self._replace(schema.provisions, key, _rows(key, tree))

    def put_source(self, text_of: str, text: str, source: Source) -> None:
        """What a text was made from; *text* is the one that was parsed."""
        table = schema.sources
        row = {
            "text_of": text_of,
            "sha256": source.sha256,
            "printed": codec.pack(printed(text, source.text, source.map)),
            "source": codec.pack(source.text),
            "lines": codec.pack_lines(source.lines),
            "map": codec.pack_map(source.map),
        }
        self._connection.execute(delete(table).where(table.c.text_of == text_of))
        self._connection.execute(insert(table).values(row))

    def put_citations(self, key: str, citations: Iterable[StoredCitation]) -> None:
        self._replace(
            schema.citations,
            key,
            (
                {
                    "key": key,
                    "provision": c.provision,
                    "start": c.start,
                    "end": c.end,
                    "text": c.text,
                    "kind": c.kind,
                    "type": c.type,
                    "number": c.number,
                    "date": c.date,
                    "issuer": c.issuer,
                    "title": c.title,
                    "pinpoints": dump(c.pinpoints),
                    "target": c.target,
                    "target_provision": c.target_provision,
                    "candidates": dump(c.candidates),
                    "correction": c.correction,
                    "notes": dump(c.notes),
                    "reason": c.reason,
                }
                for c in citations
            ),
        )

    def put_findings(self, key: str, findings: Iterable[Finding]) -> None:
        self._replace(
            schema.findings,
            key,
            (
                {
                    "key": key,
                    "code": f.code,
                    "severity": f.severity.value,
                    "message": f.message,
                    "hint": f.hint,
                    "where": f.where,
                    "start": f.span.start if f.span else None,
                    "end": f.span.end if f.span else None,
                }
                for f in findings
            ),
        )

    def put_relations_of_text(self, key: str, relations: Iterable[Relation]) -> None:
        """Replace what the text of a document was read to do to others."""
        table = schema.relations
        self._connection.execute(delete(table).where(table.c.read_in == key))
        self.add_relations(relations, read_in=key)

    def add_relations(self, relations: Iterable[Relation], read_in: str = "") -> None:
        rows = [
            {
                "subject": r.subject,
                "verb": r.verb,
                "object": r.object,
                "object_text": r.object_text,
                "provisions": r.provisions,
                "since": r.since,
                "sources": dump(r.sources),
                "note": r.note,
                "read_in": read_in,
            }
            for r in relations
        ]
        if rows:
            self._connection.execute(insert(schema.relations), rows)

    def add_digests(self, digests: Iterable[Digest]) -> None:
        rows = [{"key": d.document, "digest": dump(d)} for d in digests]
        if rows:
            self._connection.execute(insert(schema.digests), rows)

    def add_file(self, file: StoredFile) -> None:
        self._connection.execute(
            insert(schema.files).values(
                sha256=file.sha256,
                key=file.key,
                name=file.name,
                media_type=file.media_type,
                pages=file.pages,
                size=file.size,
                received=file.received,
                url=file.url,
            )
        )

    def put_links(self, plan: str, links: Iterable[Link]) -> None:
        self._connection.execute(delete(schema.links).where(schema.links.c.plan == plan))
        values = [{"plan": plan} | asdict(link) for link in links]
        if values:
            self._connection.execute(insert(schema.links), values)

    def _replace(self, table: Any, key: str, rows: Iterable[dict[str, Any]]) -> None:
        self._connection.execute(delete(table).where(table.c.key == key))
        values = list(rows)
        if values:
            self._connection.execute(insert(table), values)


def _rows(key: str, tree: Node) -> Iterator[dict[str, Any]]:
    """Nodes in text order; ``parent`` is the parent's position."""
    stack: list[tuple[Node, int | None]] = [(tree, None)]
    position = 0
    while stack:
        node, parent = stack.pop()
        yield {
            "key": key,
            "position": position,
            "parent": parent,
            "id": node.id,
            "level": node.level.value,
            "marker": node.marker,
            "number": node.number,
            "heading": node.heading,
            "start": node.span.start,
            "end": node.span.end,
            "own_start": node.own.start,
            "own_end": node.own.end,
        }
        stack.extend((child, position) for child in reversed(node.children))
        position += 1
