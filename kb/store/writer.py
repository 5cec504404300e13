"""Write a library. ``ingest.load`` and ``ingest.linking`` are the only callers."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import Column, Table, create_engine, delete, insert, select, update

from kb.amendments import Effect
from kb.catalogue import Digest, Entry, Relation
from kb.documents import Document
from kb.expressions import Difference, Expression
from kb.findings import Finding
from kb.links import Link
from kb.lookup import asked_key
from kb.portal_notes import PortalNote
from kb.sources import Source, printed
from kb.store import CodeNote, StoredCitation, StoredFile, codec, schema
from kb.store.codec import dump
from kb.store.library import Library
from kb.store.queries import LETTER
from kb.store.rows import as_expression
from kb.structure import Node


class LibraryWriter:
    """One transaction over one ``library.db``: committed when the block ends well, else undone."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._engine = create_engine(f"sqlite:///{path}")

    def __enter__(self) -> LibraryWriter:
        self._connection = self._engine.connect()
        # A generation serves only once it is whole: nothing to save a half-written one for.
        for pragma in ("journal_mode = MEMORY", "synchronous = OFF"):
            self._connection.exec_driver_sql(f"PRAGMA {pragma}")
        self._connection.commit()
        self._transaction = self._connection.begin()
        schema.metadata.create_all(self._connection)
        self.library = Library(self._path, within=self._connection)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self._transaction.commit()
            with self._path.open("r+b") as written:
                os.fsync(written.fileno())
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

    def remove_document(self, key: str) -> None:
        """Forget a document that has no text any more, and what was read of it."""
        for table, column in (
            (schema.documents, schema.documents.c.key),
            (schema.findings, schema.findings.c.key),
            (schema.relations, schema.relations.c.read_in),
            (schema.links, schema.links.c.plan),
            (schema.effects, schema.effects.c.key),
        ):
            self._connection.execute(delete(table).where(column == key))

    def put_expression(
        self, expression: Expression, *, number_block: str, title_block: str
    ) -> None:
        """A text that is new to the library, without its words (``put_text``)."""
        self._connection.execute(
            insert(schema.expressions).values(
                id=expression.id,
                key=expression.key,
                sha256=expression.sha256,
                kind=expression.kind.value,
                document=dump(expression.document),
                length=expression.length,
                received=expression.received,
                number_block=number_block,
                title_block=title_block,
                differs=dump(expression.differs),
                paper=expression.paper,
            )
        )

    def drop_expression(self, expression: str) -> None:
        """Forget a text that is about to be read anew; its work and its file stay."""
        for table, column in (
            (schema.expressions, schema.expressions.c.id),
            (schema.sources, schema.sources.c.text_of),
            (schema.provisions, schema.provisions.c.expression),
            (schema.citations, schema.citations.c.expression),
            (schema.code_notes, schema.code_notes.c.expression),
            (schema.portal_notes, schema.portal_notes.c.expression),
            (schema.findings, schema.findings.c.key),
        ):
            self._connection.execute(delete(table).where(column == expression))

    def assign(self, expression: str, key: str, differs: Iterable[Difference]) -> None:
        """The work a text is of, and where it differs from the one shown."""
        table = schema.expressions
        self._connection.execute(
            update(table)
            .where(table.c.id == expression)
            .values(key=key, differs=dump(list(differs)))
        )

    def show(self, key: str, expression: str) -> None:
        """The text a document is shown with, "" for none."""
        table = schema.documents
        self._connection.execute(update(table).where(table.c.key == key).values(shown=expression))

    def count_records(self, key: str, records: int) -> None:
        table = schema.documents
        self._connection.execute(update(table).where(table.c.key == key).values(records=records))

    def expressions_in(self, *, number: str = "", title: str = "") -> list[Expression]:
        """Texts whose number, or whose title, is of one block."""
        table = schema.expressions
        block = table.c.number_block == number if number else table.c.title_block == title
        return [
            as_expression(row) for row in self._connection.execute(select(*LETTER).where(block))
        ]

    def put_text(
        self,
        expression: str,
        text: str,
        tree: Node,
        *,
        quotable: bool,
        unparsed: float,
    ) -> None:
        """The words of an expression with their tree."""
        table = schema.expressions
        self._connection.execute(
            update(table)
            .where(table.c.id == expression)
            .values(text=text, quotable=quotable, unparsed=unparsed)
        )
        provisions = schema.provisions
        self._replace(provisions, provisions.c.expression, expression, _rows(expression, tree))

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

    def put_citations(self, expression: str, citations: Iterable[StoredCitation]) -> None:
        self._replace(
            schema.citations,
            schema.citations.c.expression,
            expression,
            (
                {
                    "expression": expression,
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
                    "asked": asked_key(c.number, c.title or c.text) if c.kind != "internal" else "",
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
        """*key* is of a work (what is doubtful of its identity) or the id of an expression."""
        self._replace(
            schema.findings,
            schema.findings.c.key,
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
        self._replace(table, table.c.read_in, key, (_relation(r, read_in=key) for r in relations))

    def put_relations_of_notes(self, key: str, found: Iterable[tuple[str, Relation]]) -> None:
        """Replace what the notes under a document's articles say was done to it, each relation
        behind the number they name."""
        table = schema.relations
        there = (table.c.object == key) & (table.c.asked != "")
        self._connection.execute(delete(table).where(there))
        self._add(table, (_relation(r, asked=asked_key(number, "")) for number, r in found))

    def add_relations(self, relations: Iterable[Relation]) -> None:
        """What the catalogue says."""
        self._add(schema.relations, map(_relation, relations))

    def add_digests(self, digests: Iterable[Digest]) -> None:
        self._add(schema.digests, ({"key": d.document, "digest": dump(d)} for d in digests))

    def put_code_notes(self, expression: str, notes: Iterable[CodeNote]) -> None:
        table = schema.code_notes
        rows = (asdict(n) | {"expression": expression, "related": dump(n.related)} for n in notes)
        self._replace(table, table.c.expression, expression, rows)

    def put_effects(self, key: str, effects: Iterable[Effect]) -> None:
        """The days the text of a document names for its effect."""
        table = schema.effects
        self._replace(table, table.c.key, key, (asdict(e) | {"key": key} for e in effects))

    def put_portal_notes(self, expression: str, notes: Iterable[PortalNote]) -> None:
        table = schema.portal_notes
        rows = (asdict(note) | {"expression": expression} for note in notes)
        self._replace(table, table.c.expression, expression, rows)

    def add_file(self, file: StoredFile) -> None:
        self._connection.execute(
            insert(schema.files).values(
                sha256=file.sha256,
                name=file.name,
                media_type=file.media_type,
                pages=file.pages,
                size=file.size,
                received=file.received,
                url=file.url,
            )
        )

    def put_links(self, plan: str, links: Iterable[Link]) -> None:
        table = schema.links
        self._replace(table, table.c.plan, plan, ({"plan": plan} | asdict(link) for link in links))

    def _replace(
        self, table: Table, column: Column[str], of: str, rows: Iterable[dict[str, Any]]
    ) -> None:
        self._connection.execute(delete(table).where(column == of))
        self._add(table, rows)

    def _add(self, table: Table, rows: Iterable[dict[str, Any]]) -> None:
        values = list(rows)
        if values:
            self._connection.execute(insert(table), values)


def _relation(relation: Relation, *, read_in: str = "", asked: str = "") -> dict[str, Any]:
    values = asdict(relation) | {"sources": dump(relation.sources)}
    return values | {"read_in": read_in, "asked": asked}


def _rows(expression: str, tree: Node) -> Iterator[dict[str, Any]]:
    """Nodes in text order; ``parent`` is the parent's position."""
    stack: list[tuple[Node, int | None]] = [(tree, None)]
    position = 0
    while stack:
        node, parent = stack.pop()
        yield {
            "expression": expression,
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
