"""Packs of the press desk: passages somebody chose, what the spokesperson says of them, and how far
that has come.

A pack is what its events come to (``log.pack_of``); events are kept, never changed, so the history
is whole. ``passages`` makes and finds a quotation again, ``changes`` tells what became of it,
``report`` is the one value that exports are made from, ``seal`` what a file carries to prove its
words. Names of people are as typed: there are no accounts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What an event of a pack says; ``Event.value`` holds what is beside each."""

    FACTS = "facts"  # Facts: mở hồ sơ, hoặc sửa điều ghi về nó
    PASSAGE = "passage"  # Passage: thêm câu trích
    REPLACE = "replace"  # passage, Passage: lấy lại câu chữ của một câu trích
    REMOVE = "remove"  # passage: bỏ câu trích
    ORDER = "order"  # passages: thứ tự mới
    TEXT = "text"  # text: lời người phát ngôn
    STATE = "state"  # state, expires: chuyển bước
    OVERRIDE = "override"  # reasons: cho xuất dù còn những điều này
    CLOCK = "clock"  # clock, starts: mốc bắt đầu của một thời hạn
    EXPORT = "export"  # form, digest, report: đã xuất


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history: of *pack*, by *by* (as typed), at *at* (ISO time, UTC)."""

    id: int
    pack: int
    kind: Kind
    value: Mapping[str, Any]
    by: str
    at: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a pack is for. ``deadline`` an ISO local time or ""; ``outlet`` who asks; ``claim`` what
    is being said and is to be answered, word for word, and where it was said; ``organisation`` in
    whose name it goes out. ``purpose`` and ``deadline`` stay on the desk."""

    title: str
    purpose: str = ""
    outlet: str = ""
    deadline: str = ""
    claim: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Selector:
    """A text-quote selector (W3C Web Annotation): the words, up to 64 characters on either side,
    and the code point of the printed text they began at."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    position: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """Words chosen from a provision. ``expression`` is the text they were taken from, ``sha256`` of
    the words of the whole provision that day (``passages.stamp``); ``status`` and ``checked`` what
    was known of the document's force then."""

    key: str
    provision: str
    expression: str
    selector: Selector
    sha256: str
    status: str = ""
    checked: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """A passage in a pack, under the id of the event that added it."""

    id: int
    passage: Passage
    by: str
    at: str


class State(StrEnum):
    """How far a statement has come."""

    DRAFT = "draft"  # nháp
    PENDING = "pending"  # chờ duyệt
    APPROVED = "approved"  # đã duyệt
    ISSUED = "issued"  # đã phát
    EXPIRED = "expired"  # hết hạn


STATE_WORDS = {
    State.DRAFT: "Nháp",
    State.PENDING: "Chờ duyệt",
    State.APPROVED: "Đã duyệt",
    State.ISSUED: "Đã phát",
    State.EXPIRED: "Hết hạn",
}
# From each state the ones a person may move it to. Changing what was approved leads back to DRAFT
# by itself, and the day after the last one to EXPIRED.
TRANSITIONS: Mapping[State, tuple[State, ...]] = {
    State.DRAFT: (State.PENDING,),
    State.PENDING: (State.APPROVED, State.DRAFT),
    State.APPROVED: (State.ISSUED, State.DRAFT),
    State.ISSUED: (State.EXPIRED,),
    State.EXPIRED: (State.DRAFT,),
}


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack as its events leave it. ``writers`` are the people whose words the present text and
    passages are; ``approved`` the event that approved them, None where nobody has; ``expires`` the
    last ISO day the statement may be used; ``overrides`` what was let through; ``clocks`` id → ISO
    local time it starts at; ``version`` the id of the last event that changed what is said."""

    id: int
    facts: Facts
    author: str
    opened: str
    passages: tuple[Held, ...] = ()
    text: str = ""
    state: State = State.DRAFT
    writers: tuple[str, ...] = ()
    approved: Event | None = None
    expires: str = ""
    overrides: tuple[Event, ...] = ()
    clocks: Mapping[str, str] = field(default_factory=dict)
    version: int = 0
    events: tuple[Event, ...] = ()
