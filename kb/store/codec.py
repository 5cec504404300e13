"""Domain values to JSON text and back, for columns that are read whole."""

from __future__ import annotations

import json
import sys
import zlib
from array import array
from collections.abc import Iterable
from dataclasses import asdict
from itertools import accumulate, chain
from operator import add, sub
from typing import Any

from kb.catalogue import Digest, Entry, Misprint, Source, StatusClaim
from kb.citations import Pinpoint
from kb.documents import Document
from kb.sources import SourceLine
from kb.text import OffsetMap


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
    lists = {name: tuple(row[name]) for name in ("figures", "asked")}
    return Digest(**(row | lists | {"sources": _sources(row["sources"])}))


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


def pack(text: str) -> bytes:
    """Long text, compressed; the fast level gives all but a tenth of what the slow ones do."""
    return zlib.compress(text.encode(), 3)


def unpack(blob: bytes) -> str:
    return zlib.decompress(blob).decode()


def pack_map(back: OffsetMap) -> bytes:
    """Steps from start to start, then widths: nearly all 1, so a page takes some dozen bytes."""
    steps = array("i", map(sub, back.starts, chain((0,), back.starts)))
    widths = array("i", map(sub, back.ends, back.starts))
    for values in (steps, widths) if sys.byteorder == "big" else ():
        values.byteswap()
    return zlib.compress(steps.tobytes() + widths.tobytes(), 1)


def unpack_map(blob: bytes) -> OffsetMap:
    values = array("i", zlib.decompress(blob))
    if sys.byteorder == "big":
        values.byteswap()
    half = len(values) // 2
    starts = array("q", accumulate(values[:half]))
    return OffsetMap(starts, map(add, starts, values[half:]))


def pack_lines(lines: Iterable[SourceLine]) -> bytes:
    rows = [
        [at.start, at.end, at.page, [round(side, 1) for side in at.box] if at.box else None,
         at.cell, at.confidence, at.reach]
        for at in lines
    ]  # fmt: skip
    return pack(json.dumps(rows, separators=(",", ":")))


def unpack_lines(blob: bytes) -> tuple[SourceLine, ...]:
    return tuple(
        SourceLine(start, end, page, tuple(box) if box else None, tuple(cell) if cell else None,
                   confidence, reach)
        for start, end, page, box, cell, confidence, reach in json.loads(unpack(blob))
    )  # fmt: skip
