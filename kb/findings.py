"""Trouble in data, as a value.

A fault in a document, a plan or a catalogue row never raises: it is shown to a person, at its
place, with what to do about it. Exceptions (``kb.errors``) are for the program.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kb.text import Span


class Severity(StrEnum):
    ERROR = "error"  # lỗi: sai, phải sửa
    WARNING = "warning"  # cần xem lại
    INFO = "info"  # ghi chú


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a person should know about a piece of data.

    ``code`` is a stable kebab-case name (``number-misspelt``); ``where`` is the place in words
    for a reader ("II.1", "dòng 12", a file name); ``span`` the same place as code points of the
    text the finding speaks of, where there is one. ``message`` says what is, ``hint`` what to do;
    both are plain Vietnamese.
    """

    code: str
    severity: Severity
    message: str
    hint: str = ""
    where: str = ""
    span: Span | None = None
