"""A form that could not be taken, shown again as it was filled: nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kb.errors import CanCuError, Mistyped

# Fields of ``Mistyped`` → names of the elements they are typed into.
_NAMES = {
    "by": "ten",
    "why": "vi-sao",
    "expires": "het-han",
    "starts": "luc",
    "clock": "moc",
    "text": "loi",
    "words": "chu",
    "pack": "ho-so",
    "title": "ten-ho-so",
    "outlet": "bao",
    "organisation": "co-quan",
    "letterhead": "dung-ten",
    "deadline": "han",
    "purpose": "muc-dich",
    "claim": "dieu-noi",
    "files": "tep",
}
# Names that several forms of a page have: their ids end in the form's.
_SHARED = ("ten", "vi-sao", "dung-ten")


@dataclass(frozen=True, slots=True)
class Slip:
    """``form`` is the id of the form, ``typed`` what it held by the ids of its elements, ``wrong``
    the id of the element at fault, "" where it is none of them. An empty one is no slip."""

    form: str = ""
    error: CanCuError | None = None
    wrong: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)

    def value(self, element: str, kept: str = "") -> str:
        """What an element shows: as it was typed, else what is *kept*."""
        return self.typed.get(element, kept)


def slip_of(form: str, fields: Mapping[str, str], error: CanCuError) -> Slip:
    """*fields* are the values of a request by the names of their elements."""
    typed = {_id(form, name): value for name, value in fields.items()}
    name = _NAMES.get(error.field, "") if isinstance(error, Mistyped) else ""
    wrong = _id(form, name)
    return Slip(form, error, wrong if name in fields else "", typed)


def _id(form: str, name: str) -> str:
    return f"{name}-{form}" if name in _SHARED else name
