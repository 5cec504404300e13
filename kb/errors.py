"""The exceptions of the program.

    CanCuError
    ├── UnreadableFile      a file that cannot be read as a document
    ├── LibraryMissing      no library has been built under the data folder yet
    ├── LibraryBusy         another run is writing to the library: to be tried again later
    ├── IndexMismatch       the index does not hold what the library holds
    ├── NotFound            an address or key that names nothing
    ├── Mistyped            one field of a form that cannot be taken as it was filled
    ├── Outdated            somebody else changed it in the meantime: nothing was kept
    └── SettingError        a setting whose value makes no sense

Each carries a message in Vietnamese that is safe to show, and a hint that says what to do.
Trouble in the *content* of a document is a ``kb.findings.Finding``, never one of these.
"""

from __future__ import annotations


class CanCuError(Exception):
    """Base of all; ``str(error)`` is the message for a person, ``hint`` the next step."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class UnreadableFile(CanCuError):
    """A file no document can be read from; ``code`` names the reason (``pdf-broken``, …)."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.code = code


class LibraryMissing(CanCuError):
    """The library has not been built; the hint gives the command."""


class LibraryBusy(CanCuError):
    """Another run is writing to the library; there is one writer at a time."""


class IndexMismatch(CanCuError):
    """Store and index disagree after a run: the run has failed and nothing was swapped."""


class NotFound(CanCuError):
    """An address, key or number that names nothing here."""


class Mistyped(CanCuError):
    """What was typed in one field cannot be taken; ``field`` names it ("by", "why", "expires")."""

    def __init__(self, field: str, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.field = field


class Outdated(CanCuError):
    """What a decision was about is no longer as its maker saw it."""


class SettingError(CanCuError):
    """A setting with an impossible value."""
