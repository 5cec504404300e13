"""Several documents with what hangs on them, fetched at once.

A page of many bases asks the same few questions of each; asked one by one they are hundreds of
queries. A shelf answers them from memory: it fetches in a number of queries that does not grow
with the documents.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from kb.amendments import Effect
from kb.catalogue import Entry, Relation
from kb.expressions import Expression, in_order
from kb.store import CodeNote, Listed, StoredCitation, schema
from kb.store.library import Library
from kb.store.queries import LETTER, among
from kb.store.rows import as_citation, as_expression, as_listed, as_relation, as_tree, once
from kb.structure import Node

_STANDING = ("based_on", "cites")
# A replacement may itself have been replaced: how far such a chain is followed.
_HEIRS = 6


class Shelf(Library):
    """*keys* of *library* with the documents that changed them or took their place; of those in
    *placed*, and of what changed them, the texts too. What is not here is asked of the library as
    ever, but for those that only stand on a document: of a law they may be thousands."""

    def __init__(self, library: Library, keys: Collection[str], placed: Collection[str]) -> None:
        self.path, self._within, self._engine = library.path, library._within, library._engine
        self._kept_trees, self._kept_readings = library._kept_trees, library._kept_readings
        self._kept_meta, self._kept_counts = library._kept_meta, library._kept_counts
        self.keys: set[str] = set()  # those asked for, and their heirs, that are in the library
        self._relations: dict[str, list[Relation]] = {}
        self._asked: set[str] = set()
        self._listed: dict[str, Listed] = {}
        self._shown: dict[str, str] = {}  # document → its text
        self._effects: dict[str, list[Effect]] = {}
        self._texts: dict[str, str] = {}
        self._rows_of: dict[str, list[Any]] = {}
        self._trees: dict[str, Node | None] = {}
        self._citations: dict[str, list[StoredCitation]] = {}
        self._expressions: dict[str, list[Expression]] = {}
        self._notes: dict[str, list[tuple[str, CodeNote]]] = {}
        self._others: dict[str, Node | None] = {}  # trees of texts that are not the shown ones
        wanted = set(keys)
        for _ in range(_HEIRS):
            self._hold(wanted)
            here = wanted & self._listed.keys()
            self.keys |= here
            heirs = {r.subject for key in here for r in self._relations[key]
                     if r.object == key and r.verb in ("replaces", "succeeds")}  # fmt: skip
            heirs |= {self._listed[key].entry.status.replaced_by or "" for key in here}
            wanted = heirs - self._relations.keys() - {""}
            if not wanted:
                break
        changing = {r.subject for key in placed for r in self._relations[key]
                    if r.object == key and r.verb not in _STANDING}  # fmt: skip
        self._hold_texts({*placed, *changing} & self._shown.keys())

    def relations(self, key: str | None = None) -> list[Relation]:
        if key is None:
            return super().relations()
        if key not in self._relations:
            self._relations[key] = super().relations(key)
        return self._relations[key]

    def relations_on(self, keys: Collection[str] | None) -> list[Relation]:
        if keys is None or not self._relations.keys() >= set(keys):
            return super().relations_on(keys)
        return [r for key in keys for r in self._relations[key] if r.object == key]

    def entries(self, keys: Collection[str] | None) -> dict[str, Entry]:
        if keys is None:
            return super().entries(keys)
        return {key: self._listed[key].entry for key in keys if key in self._listed}

    def effects(self, keys: Collection[str] | None) -> dict[str, list[Effect]]:
        if keys is None:
            return super().effects(keys)
        return {key: self._effects[key] for key in keys if key in self._effects}

    def listed(self, key: str) -> Listed:
        return self._listed[key] if key in self._listed else super().listed(key)

    def has(self, key: str) -> bool:
        return key in self._listed or (key not in self._asked and super().has(key))

    def text(self, key: str) -> str:
        return self._texts[key] if key in self._texts else super().text(key)

    def tree(self, key: str) -> Node | None:
        if key not in self._rows_of:
            return super().tree(key)
        if key not in self._trees:
            rows = self._rows_of[key]
            self._trees[key] = as_tree(rows) if rows else None
        return self._trees[key]

    def tree_of(self, expression: str) -> Node | None:
        if expression not in self._others:
            self._others[expression] = super().tree_of(expression)
        return self._others[expression]

    def expressions(self, key: str) -> list[Expression]:
        return self._expressions[key] if key in self._expressions else super().expressions(key)

    def shown_kind(self, key: str) -> str:
        if key not in self._expressions:
            return super().shown_kind(key)
        return next((text.kind.value for text in self._expressions[key] if text.shown), "")

    def code_notes(self, key: str | None = None) -> list[tuple[str, CodeNote]]:
        if key is None:
            return super().code_notes()
        if key not in self._notes:
            self._notes[key] = super().code_notes(key)
        return self._notes[key]

    def citations(self, key: str) -> list[StoredCitation]:
        return self._citations[key] if key in self._citations else super().citations(key)

    def _hold(self, keys: set[str]) -> None:
        table = schema.relations
        rows = {}
        for column in (table.c.subject, table.c.object):
            found = self._rows(among(select(table), column, keys))
            rows.update({row.row: row for row in found})
        of: dict[str, list[Relation]] = {key: [] for key in keys}
        for row in sorted(rows.values(), key=lambda row: (row.asked != "", row.row)):
            relation = as_relation(row)
            for key in {relation.subject, relation.object or ""} & keys:
                of[key].append(relation)
        self._relations |= {key: once(some) for key, some in of.items()}
        near = {r.subject for some in of.values() for r in some if r.verb not in _STANDING}
        fresh = (near | keys) - self._asked
        self._asked |= fresh
        documents = schema.documents
        query = select(documents.c.key, documents.c.kind, documents.c.type_slug,
                       documents.c.document, documents.c.entry, documents.c.shown)  # fmt: skip
        for row in self._rows(among(query, documents.c.key, fresh)):
            self._listed[row.key] = as_listed(row)
            if row.shown:
                self._shown[row.key] = row.shown
        self._effects |= super().effects(fresh)

    def _hold_texts(self, keys: set[str]) -> None:
        of = {self._shown[key]: key for key in keys}
        found: dict[str, list[Expression]] = {key: [] for key in keys}
        for row in self._rows(among(select(*LETTER), schema.expressions.c.key, keys)):
            found[row.key].append(as_expression(row, shown=row.id in of))
        self._expressions = {key: in_order(some) for key, some in found.items()}
        self._rows_of = {key: [] for key in keys}
        self._citations = {key: [] for key in keys}
        texts, provisions, citations = schema.expressions, schema.provisions, schema.citations
        for row in self._rows(among(select(texts.c.id, texts.c.text), texts.c.id, of)):
            self._texts[of[row.id]] = row.text
        nodes = select(provisions).order_by(provisions.c.position)
        for row in self._rows(among(nodes, provisions.c.expression, of)):
            self._rows_of[of[row.expression]].append(row)
        cited = select(citations).order_by(citations.c.start)
        for row in self._rows(among(cited, citations.c.expression, of)):
            key = of[row.expression]
            self._citations[key].append(as_citation(row, key))
