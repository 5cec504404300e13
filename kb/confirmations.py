"""What a person vouches for: a recognised text read beside its paper, a number only a hand wrote.

A confirmation is of a file (its sha256), so that it outlives every rebuild, and of the very words
that were confirmed: a page recognised anew, with other words, is not confirmed any more.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from kb.documents import Document, display_date
from kb.findings import Finding, Severity
from kb.sources import Place, Source

TEXT = "text"
# What may be typed from a paper, and what it is called.
FIELDS = {"number": "Số, ký hiệu", "issued": "Ngày ban hành"}
# Doubts of a reader that a typed value settles, by field.
SETTLED = {
    "number": {"number-missing", "number-blank", "ocr-number-unread"},
    "issued": {"date-missing", "date-partial", "ocr-date-unread"},
}
WHOLE = 0  # the page of a text that has none


@dataclass(frozen=True, slots=True)
class Confirmation:
    """One statement of a person: ``what`` is ``TEXT`` (of ``page``, 1-based or ``WHOLE``; ``value``
    the stamp of its words) or a field with the typed ``value``; ``at`` ISO time."""

    id: int
    sha256: str
    what: str
    page: int
    value: str
    by: str
    at: str
    why: str = ""

    @property
    def day(self) -> str:
        """``26/11/2026``."""
        return display_date(self.at[:10])


class State(StrEnum):
    """May the words be quoted?"""

    TYPED = "typed"  # chữ gõ trong tệp
    CONFIRMED = "confirmed"  # bản nhận dạng, có người đã xác nhận
    UNCONFIRMED = "unconfirmed"  # bản nhận dạng, chưa xác nhận

    @property
    def quotable(self) -> bool:
        return self is not State.UNCONFIRMED


BADGES = {
    State.TYPED: "Trích dẫn được",
    State.CONFIRMED: "Trích dẫn được",
    State.UNCONFIRMED: "Bản nhận dạng, chưa xác nhận",
}


class Vouched:
    """Which pages of a source were recognised, and which of them somebody confirmed.

    *quotable* is what its reader said of the whole; where no line has a confidence of its own it
    holds for each.
    """

    def __init__(
        self, source: Source, quotable: bool, confirmations: Iterable[Confirmation] = ()
    ) -> None:
        lines = source.lines
        typed = [line.confidence is None for line in lines]
        self._all = not quotable and all(typed)
        # Are some lines recognised, others typed?
        self.partly = any(typed) and not all(typed)
        recognised: dict[int, list[str]] = {}
        for line in lines:
            if self._all or line.confidence is not None:
                words = source.text[line.start : line.end]
                recognised.setdefault(line.page or WHOLE, []).append(words)
        self.stamps: Mapping[int, str] = {
            page: hashlib.sha256("\n".join(words).encode()).hexdigest()
            for page, words in sorted(recognised.items())
        }
        said = [c for c in confirmations if c.what == TEXT]
        self.confirmed = {c.page: c for c in said if self.stamps.get(c.page) == c.value}
        # Confirmed once, but the words are others now.
        self.stale = [c for c in said if c.page not in self.confirmed]

    @property
    def unconfirmed(self) -> list[int]:
        """Recognised pages that nobody has confirmed."""
        return [page for page in self.stamps if page not in self.confirmed]

    def state(self, places: Sequence[Place]) -> State:
        """Of the words that stand in *places*; the least sure line decides."""
        pages = {
            place.page or WHOLE for place in places if self._all or place.confidence is not None
        }
        if not pages:
            return State.TYPED
        return State.CONFIRMED if pages <= set(self.confirmed) else State.UNCONFIRMED

    @property
    def whole(self) -> State:
        """Of the whole text."""
        if not self.stamps:
            return State.TYPED
        return State.UNCONFIRMED if self.unconfirmed else State.CONFIRMED


def with_typed(
    document: Document, findings: Iterable[Finding], confirmations: Iterable[Confirmation]
) -> tuple[Document, tuple[Finding, ...]]:
    """The letterhead with what people typed from the paper; of its *findings* those it leaves open,
    and who typed what."""
    left = list(findings)
    for said in confirmations:
        if said.what not in FIELDS:
            continue
        left = [found for found in left if found.code not in SETTLED[said.what]]
        read = getattr(document, said.what)
        typed: dict[str, Any] = {said.what: said.value}
        document = replace(document, **typed)
        shown = display_date(said.value) if said.what == "issued" else said.value
        who = f"{FIELDS[said.what]} {shown} do {said.by} nhập ngày {said.day} ({said.why})."
        other = f" Máy đọc được: {read}." if read and read != said.value else ""
        left.append(
            Finding(
                "typed-by-person",
                Severity.INFO,
                who + other,
                "Đối chiếu bản gốc nếu cần.",
            )
        )
    return document, tuple(left)
