"""Read a library. Rows come out as the domain's own values; a generation never changes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, ScalarSelect, Select, func, select

from kb.amendments import Effect
from kb.catalogue import Digest, Relation
from kb.expressions import Expression, in_order
from kb.findings import Finding, Severity
from kb.links import Link, Origin
from kb.portal_notes import PortalNote
from kb.sources import Place, Source
from kb.store import CodeNote, StoredCitation, codec, schema
from kb.store.queries import LETTER, TEXTS_FIRST, among
from kb.store.readings import Lately, Reading, digests_of, read
from kb.store.register import Register
from kb.store.rows import (
    as_citation,
    as_expression,
    as_link,
    as_note,
    as_relation,
    as_source,
    as_tree,
    once,
)
from kb.structure import Node
from kb.text import Span

_TREES = 64  # of documents asked for lately; a law's is some hundred kilobytes


class Library(Register):
    """A register with the texts of its documents and what hangs on them; opened in the same way."""

    def __init__(self, path: Path, within: Connection | None = None) -> None:
        super().__init__(path, within)
        # A generation never changes, so what was read of it holds; a transaction is read anew.
        most = _TREES if within is None else 0
        self._kept_trees = Lately(most, self._read_trees)
        self._kept_readings = Lately(most, self._read_readings)

    # texts: by key of the work the one that is shown, or any by its own id

    def text(self, key: str) -> str:
        """The cleaned full text, "" where it is not at hand."""
        return self.text_of(self.shown(key))

    def text_of(self, expression: str) -> str:
        rows = self._rows(select(_TEXTS.c.text).where(_TEXTS.c.id == expression))
        return rows[0].text if rows else ""

    def printed(self, key: str) -> str:
        """The words to show or quote: ``text`` with the characters its file has, equally long."""
        return self.printed_of(self.shown(key))

    def printed_of(self, expression: str) -> str:
        table = schema.sources
        rows = self._rows(select(table.c.printed).where(table.c.text_of == expression))
        return codec.unpack(rows[0].printed) if rows else self.text_of(expression)

    def source(self, key: str) -> Source | None:
        """The text as its file has it, with its lines; None where there is no full text."""
        table = schema.sources
        rows = self._rows(select(table).where(table.c.text_of == _shown(key)))
        return as_source(rows[0]) if rows else None

    def place_of(self, key: str, span: Span) -> list[Place]:
        """The lines of the file, with page and box, that a span of ``text`` stands on."""
        source = self.source(key)
        return source.places(span) if source else []

    def shown(self, key: str) -> str:
        """The id of the text a document is shown with, "" where none is at hand."""
        table = schema.documents
        rows = self._rows(select(table.c.shown).where(table.c.key == key))
        return rows[0].shown if rows else ""

    def shown_kind(self, key: str) -> str:
        """The kind of the shown text (``kb.expressions.Kind``), "" where none is at hand."""
        rows = self._rows(select(_TEXTS.c.kind).where(_TEXTS.c.id == _shown(key)))
        return rows[0].kind if rows else ""

    def expressions(self, key: str) -> list[Expression]:
        """Every text of a work, the one shown first, then in the order of the rule."""
        shown = self.shown(key)
        found = [
            as_expression(row, shown=row.id == shown)
            for row in self._rows(select(*LETTER).where(_TEXTS.c.key == key))
        ]
        return in_order(found)

    def quotable(self, key: str) -> bool:
        rows = self._rows(select(_TEXTS.c.quotable).where(_TEXTS.c.id == _shown(key)))
        return bool(rows and rows[0].quotable)

    def tree(self, key: str) -> Node | None:
        """The provisions, None where there is no full text."""
        return self.tree_of(self.shown(key))

    def tree_of(self, expression: str) -> Node | None:
        return self._kept_trees.of([expression])[expression]

    def _read_trees(self, expressions: Collection[str]) -> dict[str, Node | None]:
        table = schema.provisions
        query = among(select(table), table.c.expression, expressions).order_by(table.c.position)
        found: dict[str, list[Any]] = {expression: [] for expression in expressions}
        for row in self._rows(query):
            found[row.expression].append(row)
        return {expression: as_tree(rows) if rows else None for expression, rows in found.items()}

    def readings(self, keys: Collection[str]) -> dict[str, Reading]:
        """What results show of each of these documents."""
        return self._kept_readings.of(keys)

    def _read_readings(self, keys: Collection[str]) -> dict[str, Reading]:
        return read(self._rows, self._kept_trees.of, keys)

    # what hangs together

    def citations(self, key: str) -> list[StoredCitation]:
        """What a document cites, in the order of its text."""
        table = schema.citations
        query = select(table).where(table.c.expression == _shown(key)).order_by(table.c.start)
        return [as_citation(row, key) for row in self._rows(query)]

    def asking(self, keys: Collection[str]) -> set[str]:
        """Documents whose text has a mention that is looked up by one of these keys."""
        table, documents = schema.citations, schema.documents
        query = select(documents.c.key).join(table, documents.c.shown == table.c.expression)
        return {row.key for row in self._rows(among(query.distinct(), table.c.asked, keys))}

    def noted(self, keys: Collection[str]) -> set[str]:
        """Documents under whose articles the codification notes one that is looked up so."""
        table = schema.relations
        query = select(table.c.object).where(table.c.asked != "").distinct()
        return {row.object for row in self._rows(among(query, table.c.asked, keys))}

    def cited_by(self, key: str) -> list[StoredCitation]:
        """Citations of a document in others."""
        table, documents = schema.citations, schema.documents
        query = (
            select(table, documents.c.key)
            .join(documents, documents.c.shown == table.c.expression)
            .where(table.c.target == key, documents.c.key != key)
            .order_by(documents.c.key, table.c.start)
        )
        return [as_citation(row, row.key) for row in self._rows(query)]

    def code_notes(self, key: str | None = None) -> list[tuple[str, CodeNote]]:
        """(document, note) of what the codification notes under the articles of a document, or of
        all of them."""
        table = schema.code_notes
        query = (
            select(table, _TEXTS.c.key)
            .join(_TEXTS, _TEXTS.c.id == table.c.expression)
            .where(_TEXTS.c.key == key if key else _TEXTS.c.key != "")
            .order_by(table.c.row)
        )
        return [(row.key, as_note(row)) for row in self._rows(query)]

    def portal_notes(self, key: str) -> list[PortalNote]:
        """What a portal noted inside the text that is shown of a document; nobody checked it."""
        table = schema.portal_notes
        columns = [table.c[field.name] for field in fields(PortalNote)]
        query = select(*columns).where(table.c.expression == _shown(key)).order_by(table.c.row)
        return [PortalNote(*row) for row in self._rows(query)]

    def code_places(self, codes: Collection[str]) -> dict[str, tuple[str, str]]:
        """(document, provision) of the articles here, by their id in the codification."""
        table = schema.code_notes
        query = (
            select(table.c.code, table.c.provision, _TEXTS.c.key)
            .join(_TEXTS, _TEXTS.c.id == table.c.expression)
            .where(table.c.code.in_(codes))
        )
        return {row.code: (row.key, row.provision) for row in self._rows(query)}

    def relations(self, key: str | None = None) -> list[Relation]:
        """Relations a document has, as subject or object; all of them without *key*. What its text
        repeats of the catalogue is given once."""
        table = schema.relations
        query = select(table).order_by(*TEXTS_FIRST)
        if key is not None:
            query = query.where((table.c.subject == key) | (table.c.object == key))
        return self._once(query)

    def relations_on(self, keys: Collection[str] | None) -> list[Relation]:
        """Those that have one of *keys* as their object, None for all."""
        table = schema.relations
        query = select(table).order_by(*TEXTS_FIRST).where(table.c.object.is_not(None))
        return self._once(among(query, table.c.object, keys))

    def _once(self, query: Select[Any]) -> list[Relation]:
        return once([as_relation(row) for row in self._rows(query)])

    def effects(self, keys: Collection[str] | None) -> dict[str, list[Effect]]:
        """Key → the days that document's own text names for its effect; None for all."""
        table = schema.effects
        query = select(table).order_by(table.c.row)
        found: dict[str, list[Effect]] = {}
        for row in self._rows(among(query, table.c.key, keys)):
            effect = Effect(row.day, row.where, row.words, row.excepted)
            found.setdefault(row.key, []).append(effect)
        return found

    def headings(self) -> list[tuple[str, int]]:
        """Every heading of an article, with the number of texts that have it."""
        table = schema.provisions
        texts = func.count(table.c.expression.distinct())
        query = select(table.c.heading, texts.label("texts")).where(
            table.c.level == "article", table.c.heading != ""
        )
        return [(row.heading, row.texts) for row in self._rows(query.group_by(table.c.heading))]

    def digests(self, key: str) -> list[Digest]:
        return self.digests_of([key])[key]

    def digests_of(self, keys: Collection[str]) -> dict[str, list[Digest]]:
        """What the digests of these documents state, in order."""
        return digests_of(self._rows, keys)

    def findings(self, key: str) -> list[Finding]:
        """What is doubtful of a document: of which work its texts are, then of the text shown."""
        shown = self.shown(key)
        return [*self.findings_of(key), *(self.findings_of(shown) if shown else ())]

    def findings_of(self, of: str) -> list[Finding]:
        table = schema.findings
        return [
            Finding(
                code=row.code,
                severity=Severity(row.severity),
                message=row.message,
                hint=row.hint,
                where=row.where,
                span=Span(row.start, row.end) if row.start is not None else None,
            )
            for row in self._rows(select(table).where(table.c.key == of).order_by(table.c.row))
        ]

    def links(self, plan: str) -> list[Link]:
        """What the items of a plan stand on, in the order of the items."""
        return self._links(plan, schema.links.c.origin != Origin.SUGGESTED.value)

    def suggestions(self, plan: str) -> list[Link]:
        """What was found for the items of a plan and is no ground: in the order of the items, of
        each the likeliest first."""
        return self._links(plan, schema.links.c.origin == Origin.SUGGESTED.value)

    def _links(self, plan: str, which: ColumnElement[bool]) -> list[Link]:
        table = schema.links
        query = select(table).where(table.c.plan == plan, which).order_by(table.c.row)
        return [as_link(row) for row in self._rows(query)]

    def plans_on(self, key: str) -> list[tuple[str, str]]:
        """(plan key, item id) of every item that names a document explicitly."""
        table = schema.links
        query = select(table.c.plan, table.c.item).where(
            table.c.target == key, table.c.origin == Origin.EXPLICIT.value
        )
        return [(row.plan, row.item) for row in self._rows(query.order_by(table.c.row))]


_TEXTS = schema.expressions


def _shown(key: str) -> ScalarSelect[str]:
    """The id of the shown text, inside a query."""
    table = schema.documents
    return select(table.c.shown).where(table.c.key == key, table.c.shown != "").scalar_subquery()
