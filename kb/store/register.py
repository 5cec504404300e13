"""The register of a library: which documents and files it has, known without reading a text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Select, create_engine, func, select

from kb.catalogue import Entry
from kb.documents import number_key
from kb.errors import LibraryMissing, NotFound
from kb.store import Listed, StoredFile, codec, schema
from kb.store.queries import among
from kb.store.rows import as_file, as_listed

_TEXTS = schema.expressions
_FILES = (
    select(schema.files, _TEXTS.c.key)
    .join(_TEXTS, _TEXTS.c.sha256 == schema.files.c.sha256)
    .distinct()
)


class Register:
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
        self._kept_meta = lru_cache(8 if kept else 0)(self._read_meta)
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
        """A fact about the library ("schema", "built", "corpus"; "checked", the ISO day on which
        statuses were last looked at, and "evidence", ``Catalogue.evidence``), "" when not there."""
        return self._kept_meta(name)

    def _read_meta(self, name: str) -> str:
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

    def records(self) -> int:
        """How many records the index has, by what was counted when they were made."""
        return int(self._rows(select(func.coalesce(func.sum(schema.documents.c.records), 0)))[0][0])

    def parts(self) -> list[tuple[str, str]]:
        """(file, part) of every text that is one of several in its file."""
        rows = self._rows(
            select(_TEXTS.c.sha256, _TEXTS.c.id).where(_TEXTS.c.id != _TEXTS.c.sha256)
        )
        return [(row.sha256, row.id.removeprefix(row.sha256 + "-")) for row in rows]

    # files

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
