"""What the events of a pack come to, and which may be added to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from kb.dossiers import (
    STATE_WORDS,
    TRANSITIONS,
    Event,
    Facts,
    Held,
    Kind,
    Pack,
    Passage,
    Selector,
    State,
)
from kb.dossiers.people import among, listed
from kb.errors import CanCuError, Mistyped


def pack_of(events: Sequence[Event]) -> Pack:
    """The pack its *events*, oldest first and the first one its facts, come to."""
    first = events[0]
    facts = Facts(**first.value)
    pack = Pack(first.pack, facts, first.by, first.at, writers=(first.by,), version=first.id)
    for event in events:
        pack = _after(pack, event)
    return replace(pack, events=tuple(events))


def _after(pack: Pack, event: Event) -> Pack:
    value = event.value
    match event.kind:
        case Kind.FACTS:
            facts = Facts(**value)
            # The claim stands on the card; the rest is for the desk alone.
            changed = facts.claim != pack.facts.claim or facts.title != pack.facts.title
            pack = replace(pack, facts=facts)
            return _rewritten(pack, event) if changed else pack
        case Kind.PASSAGE:
            held = Held(event.id, passage_from(value), event.by, event.at)
            pack = replace(pack, passages=(*pack.passages, held))
        case Kind.REPLACE:
            held = Held(event.id, passage_from(value["passage"]), event.by, event.at)
            gone = value["id"]
            pack = replace(pack, passages=tuple(held if h.id == gone else h for h in pack.passages))
        case Kind.REMOVE:
            gone = value["id"]
            pack = replace(pack, passages=tuple(h for h in pack.passages if h.id != gone))
        case Kind.ORDER:
            at = {number: place for place, number in enumerate(value["ids"])}
            pack = replace(
                pack, passages=tuple(sorted(pack.passages, key=lambda h: at.get(h.id, len(at))))
            )
        case Kind.TEXT:
            pack = replace(pack, text=value["text"])
        case Kind.STATE:
            return _moved(pack, event)
        case Kind.OVERRIDE:
            return replace(pack, overrides=(*pack.overrides, event))
        case Kind.CLOCK:
            clocks = {**pack.clocks, value["clock"]: value["starts"]}
            return replace(pack, clocks={name: at for name, at in clocks.items() if at})
        case Kind.EXPORT:
            return pack
    return _rewritten(pack, event)


def _rewritten(pack: Pack, event: Event) -> Pack:
    """Back to a draft whose words are, from now on, also this person's: an approval does not
    outlive a change of what goes out."""
    writers = pack.writers if among(event.by, pack.writers) else (*pack.writers, event.by)
    return replace(
        pack, state=State.DRAFT, approved=None, expires="", writers=writers, version=event.id
    )


def _moved(pack: Pack, event: Event) -> Pack:
    state = State(event.value["state"])
    if state is State.APPROVED:
        return replace(pack, state=state, approved=event, expires=event.value["expires"])
    if state in (State.DRAFT, State.PENDING):
        return replace(pack, state=state, approved=None, expires="")
    return replace(pack, state=state)


def state_on(pack: Pack, day: str) -> State:
    """The state on an ISO *day*: a statement expires by itself after its last one."""
    if pack.state in (State.APPROVED, State.ISSUED) and pack.expires and day > pack.expires:
        return State.EXPIRED
    return pack.state


def moving(pack: Pack, state: State, by: str, expires: str, day: str) -> Mapping[str, Any]:
    """The value of the event by which *by* moves the pack to *state* on an ISO *day*; raises
    ``CanCuError`` where the table, the four eyes or the last day forbid it."""
    present = state_on(pack, day)
    allowed = TRANSITIONS[present]
    if state not in allowed:
        steps = ", ".join(STATE_WORDS[s].lower() for s in allowed)
        raise CanCuError(
            f"Lời phát biểu đang ở bước “{STATE_WORDS[present]}”, không chuyển thẳng sang "
            f"“{STATE_WORDS[state]}” được.",
            f"Từ bước này chỉ chuyển được sang: {steps}.",
        )
    if state is State.PENDING and not (pack.text.strip() or pack.passages):
        raise CanCuError("Hồ sơ chưa có lời phát biểu hay câu trích nào để duyệt.",
                         "Soạn lời phát biểu hoặc thêm câu trích rồi gửi duyệt.")  # fmt: skip
    if state is not State.APPROVED:
        return {"state": state.value, "expires": ""}
    if among(by, pack.writers):
        raise Mistyped(
            "by",
            f"{by} trùng tên người đã soạn hoặc sửa nội dung này nên không tự duyệt được.",
            "Nhờ một người khác đọc lại rồi duyệt. Viết tên không dấu hay thêm chức danh thì vẫn "
            "là người ấy.",
        )
    if not expires or expires < day:
        raise Mistyped(
            "expires",
            "Chưa ghi lời phát biểu dùng được đến ngày nào." if not expires
            else "Ngày hết hạn đã qua.",
            "Ghi ngày cuối cùng còn được dùng lời này, từ hôm nay trở đi.",
        )  # fmt: skip
    return {"state": state.value, "expires": expires}


def letting(pack: Pack, by: str, allowed: Sequence[str]) -> None:
    """May *by* let a pack out in spite of what stands in its way? Raises ``Mistyped`` for those
    whose words it has and, where *allowed* names people, for all but these."""
    if among(by, pack.writers):
        raise Mistyped(
            "by",
            f"{by} trùng tên người đã soạn hoặc sửa nội dung này nên không tự cho xuất được.",
            "Nhờ người có trách nhiệm đọc những điều còn lại rồi ghi lý do.",
        )
    if allowed and not listed(by, allowed):
        raise Mistyped(
            "by",
            f"{by} không có trong danh sách người được cho xuất.",
            f"Người được cho xuất: {', '.join(allowed)}. Ghi đúng họ tên, đủ dấu.",
        )


def covered(pack: Pack, reasons: Iterable[str]) -> list[Event]:
    """The overrides under which all of *reasons* (their stamps) were let through, none where one
    of them was not."""
    wanted = set(reasons)
    used = [event for event in pack.overrides if wanted & set(event.value["reasons"])]
    let = {stamp for event in used for stamp in event.value["reasons"]}
    return used if wanted <= let else []


def passage_value(passage: Passage) -> dict[str, Any]:
    """As an event holds it."""
    return asdict(passage)


def passage_from(value: Mapping[str, Any]) -> Passage:
    """The inverse of ``passage_value``."""
    return Passage(**{**value, "selector": Selector(**value["selector"])})
