"""A plan's report as files: one set of tables (``tables``), one writer for each format."""

from __future__ import annotations

import re
from dataclasses import dataclass

# What XML 1.0 (and so XLSX and DOCX) cannot hold.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of a report. Every cell is text as it is to be read, no control characters."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def plain(words: str) -> str:
    """Words as every format can hold them: on one line, no control characters."""
    return _CONTROL.sub("", " ".join(words.split()))
