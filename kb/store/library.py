"""Read a library. Rows come out as the domain's own values; a generation never changes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, ScalarSelect, Select, create_engine, func, select

from kb.amendments import Effect
from kb.catalogue import Digest, Entry, Relation
from kb.documents import number_key
from kb.errors import LibraryMissing, NotFound
from kb.expressions import Expression, in_order
from kb.findings import Finding, Severity
from kb.links import Link, Origin
from kb.portal_notes import PortalNote
from kb.sources import Place, Source
from kb.store import CodeNote, Listed, StoredCitation, StoredFile, codec, schema
from kb.store.queries import LETTER, among
from kb.store.readings import Lately, Reading, digests_of, read
from kb.store.rows import (
    as_citation,
    as_expression,
    as_file,
    as_link,
    as_listed,
    as_note,
    as_relation,
    as_tree,
    once,
)
from kb.structure import Node
from kb.text import Span

_TREES = 64  # of documents asked for lately; a law's is some hundred kilobytes


class Library:
    """One generation's ``library.db``, open for reading; safe to share between threads.

    Raises ``LibraryMissing`` when the file was made by another version of the program.
    """

    def __init__(self, path: Path, within: Connection | None = None) -> None:
        """*within* reads in a writer's transaction, which sees what it has not yet committed."""
        self.path = path
        self._within = within
        self._engine = create_engine(f"sqlite:///file:{path}?mode=ro&uri=true")
        # A generation never changes, so what was read of it holds; a transaction is read anew.
        kept = within is None
        self._kept_trees = Lately(_TREES if kept else 0, self._read_trees)
        self._kept_readings = Lately(_TREES if kept else 0, self._read_readings)
        self._kept_checked = lru_cache(1 if kept else 0)(self._read_checked)
        self._kept_counts = lru_cache(1 if kept else 0)(self._read_counts)
        if within is None and self.meta("schema") != schema.SCHEMA:
            self.close()
            raise LibraryMissing(
                "Kho văn bản do một phiên bản khác của chương trình dựng.", "Chạy lệnh: kb rebuild"
            )

    def close(self) -> None:
        self._engine.dispose()

    def _rows(self, query: Select[Any]) -> list[Any]:
        if self._within is not None:
            return list(self._within.execute(query))
        with self._engine.connect() as connection:
            return list(connection.execute(query))

    def meta(self, name: str) -> str:
        """A fact about the library ("schema", "built", "corpus", "checked"), "" when not there."""
        rows = self._rows(select(schema.meta.c.value).where(schema.meta.c.name == name))
        return rows[0].value if rows else ""

    # documents

    def documents(self, kind: str | None = None) -> list[Listed]:
        """Every document, by type then number; *kind* keeps one kind."""
        table = schema.documents
        query = select(table.c.kind, table.c.type_slug, table.c.document, table.c.entry).order_by(
            table.c.type_slug, table.c.key
        )
        if kind:
            query = query.where(table.c.kind == kind)
        return [as_listed(row) for row in self._rows(query)]

    def last_checked(self) -> str:
        """The latest ISO day on which any document's status was looked at, "" where none was."""
        return self._kept_checked()

    def _read_checked(self) -> str:
        return max((item.entry.status.checked for item in self.documents()), default="")

    def listed(self, key: str) -> Listed:
        """One document's letterhead and entry; raises ``NotFound``."""
        table = schema.documents
        rows = self._rows(
            select(table.c.kind, table.c.type_slug, table.c.document, table.c.entry).where(
                table.c.key == key
            )
        )
        if not rows:
            raise NotFound(f"Không có văn bản ở địa chỉ {key}.", "Tìm theo số hiệu ở ô tìm kiếm.")
        return as_listed(rows[0])

    def has(self, key: str) -> bool:
        return bool(self._rows(select(schema.documents.c.key).where(schema.documents.c.key == key)))

    def numbers(self) -> list[tuple[str, str, str]]:
        """(key, type slug, number) of every document that has a number."""
        return [
            (listed.document.key, listed.type_slug, listed.document.number)
            for listed in self.documents()
            if listed.document.number
        ]

    def entries(self, keys: Collection[str] | None) -> dict[str, Entry]:
        """Key → what is known of that document, of those that are here; None for all."""
        table = schema.documents
        query = among(select(table.c.key, table.c.entry), table.c.key, keys)
        return {row.key: codec.entry(row.entry) for row in self._rows(query)}

    def keys_of(self, numbers: Iterable[str]) -> dict[str, str]:
        """Number as written → the key of the only document that bears it; others are left out."""
        table = schema.documents
        keys = {number: number_key(number) for number in numbers}
        query = select(table.c.number_key, table.c.key)
        bearing: dict[str, list[str]] = {}
        for row in self._rows(query.where(table.c.number_key.in_(set(keys.values())))):
            bearing.setdefault(row.number_key, []).append(row.key)
        only = {key: found[0] for key, found in bearing.items() if len(found) == 1}
        return {number: only[key] for number, key in keys.items() if key in only}

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
        if not rows:
            return None
        row = rows[0]
        return Source(
            row.sha256,
            codec.unpack(row.source),
            codec.unpack_lines(row.lines),
            codec.unpack_map(row.map),
        )

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

    def asking(self, keys: Iterable[str]) -> set[str]:
        """Documents whose text has a mention that is looked up by one of these keys."""
        table, documents = schema.citations, schema.documents
        query = select(documents.c.key).join(table, documents.c.shown == table.c.expression)
        wanted, found = sorted(keys), set()
        for start in range(0, len(wanted), _AT_ONCE):
            some = table.c.asked.in_(wanted[start : start + _AT_ONCE])
            found |= {row.key for row in self._rows(query.where(some).distinct())}
        return found

    def records(self) -> int:
        """How many records the index has, by what was counted when they were made."""
        return int(self._rows(select(func.coalesce(func.sum(schema.documents.c.records), 0)))[0][0])

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

    def parts(self) -> list[tuple[str, str]]:
        """(file, part) of every text that is one of several in its file."""
        rows = self._rows(
            select(_TEXTS.c.sha256, _TEXTS.c.id).where(_TEXTS.c.id != _TEXTS.c.sha256)
        )
        return [(row.sha256, row.id.removeprefix(row.sha256 + "-")) for row in rows]

    def relations(self, key: str | None = None) -> list[Relation]:
        """Relations a document has, as subject or object; all of them without *key*. What its text
        repeats of the catalogue is given once."""
        table = schema.relations
        query = select(table).order_by(table.c.row)
        if key is not None:
            query = query.where((table.c.subject == key) | (table.c.object == key))
        return self._once(query)

    def relations_on(self, keys: Collection[str] | None) -> list[Relation]:
        """Those that have one of *keys* as their object, None for all."""
        table = schema.relations
        query = select(table).order_by(table.c.row).where(table.c.object.is_not(None))
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

    def files(self, key: str) -> list[StoredFile]:
        table = schema.files
        query = _FILES.where(_TEXTS.c.key == key).order_by(
            table.c.received, table.c.name, table.c.sha256
        )
        return [as_file(row) for row in self._rows(query)]

    def file(self, sha256: str) -> StoredFile | None:
        """The file with these bytes, if the library has it."""
        rows = self._rows(_FILES.where(schema.files.c.sha256 == sha256))
        return as_file(rows[0]) if rows else None

    def file_names(self) -> dict[str, str]:
        """The name of every file by its sha256."""
        table = schema.files
        return {row.sha256: row.name for row in self._rows(select(table.c.sha256, table.c.name))}

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

    def counts(self) -> Mapping[str, int]:
        """How much there is: documents, full (with text), provisions, files."""
        return self._kept_counts()

    def _read_counts(self) -> Mapping[str, int]:
        documents, provisions = schema.documents, schema.provisions
        of_shown = provisions.c.expression.in_(select(documents.c.shown))
        counted = {
            "documents": select(func.count()).select_from(documents),
            "full": select(func.count()).where(documents.c.shown != ""),
            "provisions": select(func.count()).where(of_shown),
            "files": select(func.count()).select_from(schema.files),
        }
        return {name: int(self._rows(query)[0][0]) for name, query in counted.items()}


_TEXTS = schema.expressions
_AT_ONCE = 500  # values in one query; SQLite takes 999 in its oldest builds
_FILES = (
    select(schema.files, _TEXTS.c.key)
    .join(_TEXTS, _TEXTS.c.sha256 == schema.files.c.sha256)
    .distinct()
)


def _shown(key: str) -> ScalarSelect[str]:
    """The id of the shown text, inside a query."""
    table = schema.documents
    return select(table.c.shown).where(table.c.key == key, table.c.shown != "").scalar_subquery()
