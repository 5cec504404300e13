"""What became of a document and of its places: sentences with their source, wordings, changes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from kb.citing import place_name
from kb.diff import Piece, words_diff
from kb.documents import display_date
from kb.errors import CanCuError, NotFound
from kb.history import (
    History,
    history,
    place_status,
    place_wording_at,
    place_wordings,
)
from kb.portal_notes import UNCHECKED, PortalNote
from kb.statuses import Statuses
from kb.store.library import Library
from kb.timeline import Event, EventKind
from kb.validity import Status
from kb.wordings import Wording, touching
from web import opened, words
from web.api import url_of

pages = Blueprint("history", __name__)

_SAID = {
    EventKind.ISSUED: "Ban hành",
    EventKind.EFFECTIVE: "Có hiệu lực",
    EventKind.CORRECTED: "Được đính chính",
    EventKind.AMENDED: "Được sửa đổi, bổ sung",
    EventKind.PARTLY_REPEALED: "Bị bãi bỏ một phần",
    EventKind.SUSPENDED: "Bị ngưng hiệu lực",
    EventKind.CONSOLIDATED: "Được hợp nhất",
    EventKind.GUIDED: "Được hướng dẫn",
    EventKind.SUCCEEDED: "Được nối tiếp",
    EventKind.REPLACED: "Bị thay thế",
    EventKind.REPEALED: "Bị bãi bỏ",
    EventKind.CEASED: "Hết hiệu lực",
    EventKind.CHECKED: "Kiểm tra hiệu lực gần nhất",
}
_VERBS = {"repeals_partly": "Bị bãi bỏ", "suspends": "Bị ngưng hiệu lực"}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WRITTEN = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


@dataclass(frozen=True, slots=True)
class Told:
    """An event as a page says it: ``when`` in words, ``said`` the sentence up to the other
    document's ``name`` (with its ``url``, "" where it is not here), ``place`` which of its places,
    ``source`` where a text says so, as (name, address)."""

    event: Event
    when: str
    said: str
    name: str
    url: str
    place: str
    source: tuple[str, str] | None


def read_day(written: str) -> date:
    """A day as typed, 2021-05-06 or 06/5/2021; raises ``CanCuError`` when it is none."""
    text = written.strip()
    try:
        if found := _ISO.fullmatch(text):
            return date(*(int(part) for part in found.groups()))
        if found := _WRITTEN.fullmatch(text):
            day, month, year = (int(part) for part in found.groups())
            return date(year, month, day)
    except ValueError:
        pass
    raise CanCuError(
        f"“{written}” không phải là một ngày.", "Ngày viết như 2021-05-06 hoặc 06/5/2021."
    )


def asked_day() -> date | None:
    """The day of ``?ngay=``, None where none is asked for."""
    written = request.args.get("ngay", "").strip()
    return read_day(written) if written else None


def sentences(library: Library, told: History) -> list[Told]:
    """The events in words, oldest first."""
    return [_sentence(library, event) for event in told.events]


def _sentence(library: Library, event: Event) -> Told:
    name, url = _named(library, event.other)
    place = event.provisions
    if event.said_in and event.said_at and place:
        place = place_name(place)
    source = None
    if event.said_in:
        said_in, address = _named(library, event.said_in)
        at = place_name(event.said_at) if event.said_at.startswith("art_") else ""
        anchor = f"#{event.said_at}" if event.said_at else ""
        source = (", ".join(p for p in (said_in, at) if p), address + anchor if address else "")
    elif not event.sources:
        source = ("văn bản", "")
    whole = event.kind is EventKind.PARTLY_REPEALED and event.said_at and place
    said = "Bị bãi bỏ" if whole else _SAID[event.kind]
    when = display_date(event.day) if event.day else "Không rõ ngày"
    return Told(event, when, said, name, url, place, source)


def _named(library: Library, key: str) -> tuple[str, str]:
    if not key or not library.has(key):
        return key, ""
    listed = library.listed(key)
    return words.name(listed.document), url_of(listed)


@dataclass(frozen=True, slots=True)
class Note:
    """What stands beside a provision that others touched: one line each with its address, and on
    the day asked for its ``status`` and ``wording``."""

    lines: tuple[tuple[str, str], ...]
    status: Status
    wording: Wording


def notes(
    library: Library, told: History, status: Status, provisions: list[str], day: date
) -> dict[str, Note]:
    """Notes of the *provisions* (ids) that an amendment names or a consolidated text marks."""
    named = {a.provision for a in told.amendments} | told.later.places
    out = {}
    for provision in provisions:
        if provision not in named:
            continue
        lines = []
        for change in touching(told.amendments, provision):
            if change.provision != provision:
                continue
            name, url = _named(library, change.subject)
            said = _VERBS.get(change.verb, "Được sửa đổi, bổ sung")
            since = f"từ {display_date(change.since)}" if change.since else "không rõ từ ngày nào"
            by = f"{name}, {place_name(change.where)}" if change.where else name
            address = f"{url}#{change.where}" if change.where else url
            lines.append((f"{said} bởi {by}, {since}", address))
        wording = place_wording_at(told, provision, day)
        by_other = wording.by if wording.by and wording.by.verb == "consolidates" else None
        if by_other and wording.text:
            name, address = _given(library, wording)
            lines.append((f"Câu chữ từ {display_date(wording.since or '')} theo {name}", address))
        elif not lines:
            continue
        out[provision] = Note(
            tuple(lines),
            place_status(status, told, provision),
            wording,
        )
    return out


@dataclass(frozen=True, slots=True)
class Claimed:
    """A portal's claim as a page says it: ``where`` it stands in words, ``name`` and ``url`` of the
    document that it says did it where that is here, else ""."""

    note: PortalNote
    when: str
    where: str
    name: str
    url: str


def claims(library: Library, key: str) -> list[Claimed]:
    """What portals noted inside a document's text, oldest first, undated last: candidates that
    count for no status and no wording."""
    found = library.portal_notes(key)
    keys = library.keys_of({note.number for note in found if note.number})
    return [
        Claimed(
            note,
            display_date(note.since) if note.since else "Không rõ ngày",
            place_name(note.provision),
            *_named(library, keys.get(note.number, "")),
        )
        for note in sorted(
            dict.fromkeys(found), key=lambda note: (note.since is None, note.since or "")
        )
    ]


@pages.get("/lich-su/<path:address>")
def place(address: str) -> str | Response:
    """One place of a document: its status on a day and every wording at hand, with what changed.
    The address of a whole document goes to the history on its own page."""
    library = opened().library
    if library.has(address):
        return redirect(f"{url_of(library.listed(address))}#quan-he")
    key, _, provision = address.rpartition("/")
    if not key or not library.has(key):
        raise NotFound(f"Không có văn bản ở địa chỉ {address}.", "Tìm theo số hiệu ở ô tìm kiếm.")
    asked = asked_day()
    day = asked or date.today()
    told = history(library, key)
    known = place_wordings(told, provision)
    listed = library.listed(key)
    if not known:
        raise NotFound(
            f"{words.name(listed.document)} không có chỗ nào mang mã {provision}.",
            "Xem mục lục văn bản.",
        )
    return render_template(
        "reader/place.html",
        document=listed.document,
        url=url_of(listed),
        provision=provision,
        place=place_name(provision),
        day=day,
        day_asked=asked,
        status=place_status(Statuses(library, (key,)).on(key, day), told, provision),
        wording=place_wording_at(told, provision, day),
        wordings=[(w, _given(library, w)) for w in known],
        changes=_changes(known),
    )


def _given(library: Library, wording: Wording) -> tuple[str, str]:
    """Who gave a wording, as (name, address)."""
    if wording.by is None:
        return "văn bản khi ban hành", ""
    name, url = _named(library, wording.by.subject)
    if wording.by.verb == "consolidates" and wording.by.subject == wording.by.target:
        return "Bộ pháp điển điện tử", ""
    if not wording.by.where:
        return name, url
    return (
        f"{name}, {place_name(wording.by.where)}",
        f"{url}#{wording.by.where}" if url else "",
    )


def _changes(known: list[Wording]) -> list[tuple[Wording, Wording, list[Piece]]]:
    """Neighbours that both have words, with what differs."""
    return [
        (one, two, words_diff(one.text, two.text))
        for one, two in pairwise(known)
        if one.text and two.text
    ]


def history_json(library: Library, key: str) -> dict[str, Any]:
    """The timeline as plain values, for programs and the command."""
    listed = library.listed(key)
    return {
        "document": words.name(listed.document),
        "url": url_of(listed),
        "events": [
            {
                "day": told.event.day,
                "kind": told.event.kind.value,
                "words": line(told),
                "by": told.event.other,
                "provisions": told.event.provisions,
                "reason": told.event.reason,
                "said_in": told.source[0] if told.source else "",
                "sources": [source.text for source in told.event.sources],
                "confidence": told.event.confidence,
            }
            for told in sentences(library, history(library, key))
        ],
        "candidates": [
            {
                "day": claim.note.since,
                "when": claim.when,
                "place": claim.where,
                "kind": claim.note.verb,
                "provision": claim.note.provision,
                "about": claim.note.about,
                "by": claim.note.object,
                "url": claim.url,
                "words": claim.note.words,
                "confidence": UNCHECKED,
            }
            for claim in claims(library, key)
        ],
    }


def line(told: Told) -> str:
    """An event as one line without its source."""
    by = f" bởi {told.name}" if told.name else ""
    if told.event.kind is EventKind.CEASED and told.name:
        by = f", thay bằng {told.name}"
    place = f": {told.place}" if told.place else ""
    return f"{told.when}: {told.said}{by}{place}"
