"""Lines as readers find them, put in their places in one text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ingest import Line
from kb.text import nfc

# All that breaks a line in some format; the text of ``Extracted`` knows only ``\n``.
_BREAKS = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
# Half of a pair, left by broken fonts: no text and no database takes it.
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Draft:
    """A line before it has its place; ``text`` may hold line breaks. Fields as in ``Line``."""

    text: str
    page: int | None = None
    bold: bool | None = None
    centred: bool | None = None
    cell: tuple[int, int, int] | None = None
    box: tuple[float, float, float, float] | None = None
    confidence: float | None = None
    reach: int = 1


def place(drafts: Iterable[Draft]) -> tuple[Line, ...]:
    """Composed (NFC) lines without trailing spaces, each with its offset in their joined text."""
    lines: list[Line] = []
    at = 0
    for draft in drafts:
        for part in _BREAKS.split(nfc(_SURROGATES.sub("\ufffd", draft.text))):
            text = part.rstrip()
            lines.append(
                Line(
                    text, at, draft.page, draft.bold, draft.centred, draft.cell, draft.box,
                    draft.confidence, draft.reach,
                )
            )  # fmt: skip
            at += len(text) + 1
    return tuple(lines)
