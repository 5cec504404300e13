"""Messages between the reader and its child: a length, then JSON or the bytes of a picture."""

from __future__ import annotations

from typing import IO, Any

from ingest import Extracted, Line
from kb.findings import Finding, Severity
from kb.text import Span

_SIZE = 8  # bytes of a length before each message


def line_row(line: Line) -> list[Any]:
    """A line as JSON; ``line_of`` undoes it."""
    return [
        line.text, line.offset, line.page, line.bold, line.centred, line.cell, line.box,
        line.confidence, line.reach,
    ]  # fmt: skip


def line_of(row: list[Any]) -> Line:
    text, offset, page, bold, centred, cell, box, confidence, reach = row
    return Line(
        text, offset, page, bold, centred, tuple(cell) if cell else None,
        tuple(box) if box else None, confidence, reach,
    )  # fmt: skip


def extracted_of(found: dict[str, Any], lines: tuple[Line, ...]) -> Extracted:
    return Extracted(
        **found
        | {
            "lines": lines,
            "findings": tuple(_finding(finding) for finding in found["findings"]),
            "footnotes": tuple(found["footnotes"]),
            "margins": tuple(found["margins"]),
        }
    )


def _finding(row: dict[str, Any]) -> Finding:
    span = Span(**row["span"]) if row["span"] else None
    return Finding(**row | {"severity": Severity(row["severity"]), "span": span})


def send(stream: IO[bytes], message: bytes) -> None:
    stream.write(len(message).to_bytes(_SIZE, "big"))
    stream.write(message)
    stream.flush()


def receive(stream: IO[bytes], most: int) -> bytes:
    """One message; raises ``EOFError`` when the other side is gone, ``OverflowError`` past
    *most* bytes."""
    size = int.from_bytes(_exactly(stream, _SIZE), "big")
    if size > most:
        raise OverflowError(size)
    return _exactly(stream, size)


def _exactly(stream: IO[bytes], size: int) -> bytes:
    found = stream.read(size)
    if len(found) < size:
        raise EOFError
    return found
