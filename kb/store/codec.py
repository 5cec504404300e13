"""Domain values to JSON text and back, for columns that are read whole."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from kb.catalogue import Digest, Entry, Misprint, Source, StatusClaim
from kb.citations import Pinpoint
from kb.documents import Document


def dump(value: Any) -> str:
    """JSON of a frozen dataclass, or of a list or tuple of plain values or dataclasses."""
    if isinstance(value, list | tuple):
        plain: Any = [asdict(v) if hasattr(v, "__dataclass_fields__") else v for v in value]
    else:
        plain = asdict(value)
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def document(text: str) -> Document:
    return _document(json.loads(text))


def entry(text: str) -> Entry:
    row = json.loads(text)
    row["document"] = _document(row["document"])
    row["status"] = StatusClaim(**(row["status"] | {"sources": _sources(row["status"]["sources"])}))
    row["sources"] = _sources(row["sources"])
    row["misprints"] = tuple(
        Misprint(**(misprint | {"sources": _sources(misprint["sources"])}))
        for misprint in row["misprints"]
    )
    for name in ("confidence", "doubts"):
        row[name] = tuple((key, value) for key, value in row[name])
    for name in ("tags", "official_urls", "aliases"):
        row[name] = tuple(row[name])
    return Entry(**row)


def digest(text: str) -> Digest:
    row = json.loads(text)
    return Digest(**(row | {"sources": _sources(row["sources"]), "figures": tuple(row["figures"])}))


def sources(text: str) -> tuple[Source, ...]:
    return _sources(json.loads(text))


def strings(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text or "[]"))


def pinpoints(text: str) -> tuple[Pinpoint, ...]:
    return tuple(Pinpoint(**row) for row in json.loads(text or "[]"))


def _document(row: dict[str, Any]) -> Document:
    return Document(
        **(row | {"grounds": tuple(row["grounds"]), "recipients": tuple(row["recipients"])})
    )


def _sources(rows: list[dict[str, str]]) -> tuple[Source, ...]:
    return tuple(Source(**row) for row in rows)


def plain(text: str) -> Any:
    """Lists of plain values, as ``dump`` wrote them."""
    return json.loads(text)
