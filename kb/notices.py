"""What became of a whole document since somebody decided that an item stands on it.

A decision on a place holds the place's words and turns suspect when they change. One on a whole
document holds its names only: an amendment somewhere in it says nothing of the item, but whoever
decided should hear of it. So it is a notice, in words, and no state: what ends the document changes
the state by itself (``kb.links.review.ENDED``).

Told is what dates from after the decision, and what the library was given only after it, whatever
its date. Deciding anew, with the later day, is what lays a notice to rest.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from kb.citing import place_name
from kb.documents import display_date
from kb.expressions import differences_said, in_order
from kb.history import History, history
from kb.links.review import Decision, Verb
from kb.statuses import Statuses
from kb.store.library import Library
from kb.store.shelf import Shelf
from kb.timeline import Event, EventKind
from kb.validity import State

_SAID = {
    EventKind.EFFECTIVE: "bắt đầu có hiệu lực",
    EventKind.CORRECTED: "được đính chính",
    EventKind.AMENDED: "được sửa đổi, bổ sung",
    EventKind.PARTLY_REPEALED: "bị bãi bỏ một phần",
    EventKind.SUSPENDED: "bị ngưng hiệu lực",
    EventKind.SUCCEEDED: "được nối tiếp",
    EventKind.REPLACED: "bị thay thế",
    EventKind.REPEALED: "bị bãi bỏ",
    EventKind.CEASED: "hết hiệu lực",
}
_STANDS = (Verb.ACCEPT, Verb.PARTLY, Verb.REPLACE, Verb.ADD)
_DAY = len("2026-11-26")


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing in ``words``: "khoản 2 Điều 7 được sửa đổi, bổ sung bởi Nghị định 955/2032/NĐ-CP,
    từ 01/11/2032". ``by`` the key of the document that did it and ``at`` the id of its place that
    says so, "" where the library has none."""

    words: str
    by: str = ""
    at: str = ""


def watched(decisions: Iterable[Decision]) -> set[str]:
    """The whole documents that decisions say an item stands on."""
    return {d.stands_on[0] for d in decisions if d.verb in _STANDS and not d.stands_on[1]} - {""}


def shelf_for(
    library: Library, pairs: Collection[tuple[str, str]], decisions: Iterable[Decision]
) -> Shelf:
    """What a report of these (document, place) pairs and decisions asks for, fetched at once."""
    placed = {target for target, place in pairs if place}
    return Shelf(library, {target for target, _ in pairs}, placed | watched(decisions))


def notices(
    shelf: Shelf, decisions: Iterable[Decision], day: date
) -> dict[int, tuple[Notice, ...]]:
    """Of each decision on a whole document, by its id, what is to be told on *day*; *shelf* holds
    the texts of those ``watched``. Decisions with nothing to tell are left out."""
    asked = [d for d in decisions if d.undoes is None and d.at[:_DAY] <= day.isoformat()]
    keys = {key for key in watched(asked) if shelf.has(key)}
    known = Statuses(shelf, shelf.keys)
    histories = {key: history(shelf, key) for key in sorted(keys)}
    out = {}
    for decision in asked:
        key = decision.stands_on[0]
        if decision.verb in _STANDS and not decision.stands_on[1] and key in keys:
            since = date.fromisoformat(decision.at[:_DAY])
            told = list(_since(shelf, histories[key], decision.at, day))
            told += _text(shelf, key, decision.at)
            then, now = known.on(key, since), known.on(key, day)
            if not told and then.state not in (now.state, State.UNKNOWN):
                told = [Notice(f"tình trạng nay là “{now.words}”, khi ấy là “{then.words}”")]
            if told:
                out[decision.id] = tuple(dict.fromkeys(told))
    return out


def _since(shelf: Shelf, told: History, at: str, day: date) -> Iterator[Notice]:
    """The events of a document after the moment *at* (ISO, UTC), or learned after it."""
    decided, asked = at[:_DAY], day.isoformat()
    ended = {e.day for e in told.events if e.kind in (EventKind.REPLACED, EventKind.REPEALED)}
    for event in told.events:
        if event.kind not in _SAID or (event.kind is EventKind.CEASED and event.day in ended):
            continue
        when = event.day or ""
        learned = _learned(shelf, event)
        late = learned > at
        # A month or a year that holds the day itself: before or after it nobody can tell.
        unsure = 0 < len(when) < _DAY and decided.startswith(when)
        if late or unsure or (decided < when <= asked):
            yield _notice(shelf, event, learned if late and when <= decided else "", unsure)


def _learned(shelf: Shelf, event: Event) -> str:
    """The moment the library first had the text that tells of the event, "" where it is none of
    ours to tell: the catalogue's, or the document's own."""
    if not event.said_in or not shelf.has(event.said_in):
        return ""
    return min((text.received for text in shelf.expressions(event.said_in)), default="")


def _notice(shelf: Shelf, event: Event, learned: str, unsure: bool) -> Notice:
    place = event.provisions
    if place and event.said_at:
        place = place_name(place)
    said = _SAID[event.kind]
    if event.kind is EventKind.PARTLY_REPEALED and place:
        said = "bị bãi bỏ"
    name = event.other
    here = bool(name) and shelf.has(name)
    if here:
        document = shelf.listed(name).document
        name = f"{document.type} {document.number or document.title}".strip()
    by = f" bởi {name}" if name else ""
    if event.kind is EventKind.CEASED and name:
        by = f", thay bằng {name}"
    when = f", từ {display_date(event.day)}" if event.day else ", không rõ từ ngày nào"
    more = ""
    if learned:
        more = f" (kho có văn bản này từ {display_date(learned[:_DAY])})"
    elif unsure:
        more = " (không rõ trước hay sau ngày quyết định)"
    words = " ".join(filter(None, (place, said))) + by + when + more
    return Notice(words, event.other if here else "", event.said_at if here else "")


def _text(shelf: Shelf, key: str, at: str) -> Iterator[Notice]:
    """Another text of the document is shown than at the moment *at*."""
    texts = shelf.expressions(key)
    shown = next((text for text in texts if text.shown), None)
    if shown is None or not shown.received or shown.received <= at:
        return
    day = display_date(shown.received[:_DAY])
    before = in_order(text for text in texts if text.received <= at)
    if not before:
        yield Notice(f"khi ấy kho chưa có toàn văn; toàn văn được nạp ngày {day}")
    elif before[0].differs:
        yield Notice(
            f"bản đang hiện được nạp ngày {day}; bản khi ấy {differences_said(before[0].differs)}"
        )
