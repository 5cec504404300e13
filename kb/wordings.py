"""The words of a provision on a day, and what became of it; never composed by guess.

Wordings are at hand where nobody has to guess: the text as it was issued, what an amending text
quotes as the whole of the place, and what a consolidated text or the codification prints of it
(``kb.later_wordings``). A change that gives no whole wording, or one whose day is not known, leaves
the words of later days not at hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kb.amendments import Amendment
from kb.documents import display_date
from kb.validity import WORDS, State, Status


@dataclass(frozen=True, slots=True)
class Wording:
    """``text`` the words in force on the day asked for, "" where they are not at hand; ``by`` the
    amendment that gave them, None for the text as issued; ``reason`` in Vietnamese where they are
    not at hand; ``since`` the ISO day they hold from, None where not known."""

    text: str
    since: str | None = None
    by: Amendment | None = None
    reason: str = ""


def touching(amendments: Iterable[Amendment], provision: str) -> list[Amendment]:
    """Those on the place itself, on what it stands in, or on a part of it; by day, undated last."""
    found = [a for a in amendments if _meets(a.provision, provision)]
    return sorted(found, key=lambda a: (a.since is None, a.since or ""))


def _meets(one: str, other: str) -> bool:
    return one == other or one.startswith(other + "__") or other.startswith(one + "__")


def wordings(
    issued: str | None, since: str | None, amendments: Sequence[Amendment], provision: str
) -> list[Wording]:
    """Every wording of a place at hand, oldest first: *issued* (the words of the text as issued, ""
    where it lacks the place, None where they are not at hand) and what amendments gave. A change
    whose result is not at hand is a wording without text that says why."""
    out = [Wording(issued, since)] if issued else []
    if issued is None:
        out = [Wording("", since, None, "câu chữ trước lần sửa đầu tiên chưa có bản nào ghi")]
    for change in touching(amendments, provision):
        day = change.since
        if change.verb == "repeals_partly" and not change.provision.startswith(provision + "__"):
            out.append(Wording("", day, change, "đã bị bãi bỏ"))
        elif change.verb == "suspends":
            out.append(Wording("", day, change, "bị ngưng hiệu lực, không rõ đến khi nào"))
        elif change.provision == provision and change.wording:
            out.append(Wording(change.wording, day, change))
        elif change.provision == provision:
            out.append(Wording("", day, change, "đã sửa đổi, nguyên văn mới không được trích trọn"))
        else:
            part = (
                "một phần của chỗ này" if change.provision.startswith(provision) else "chỗ chứa nó"
            )
            out.append(
                Wording(
                    "", day, change, f"đã sửa đổi {part}; câu chữ sau khi ghép chưa có bản nào ghi"
                )
            )
    return _joined(out)


def _joined(known: Sequence[Wording]) -> list[Wording]:
    """Consolidated wordings beside what amendments gave on the same day: the whole text in place of
    a change without one, the amendment's where both say the same."""
    out: list[Wording] = []
    for wording in known:
        same = [w for w in known if w is not wording and w.since == wording.since and w.by]
        mine = _is_consolidated(wording)
        whole = [w.text.split() for w in same if w.text and _is_consolidated(w) != mine]
        if mine and (wording.text.split() in whole or (same and not wording.text)):
            continue
        if not mine and wording.by and wording.by.verb == "amends" and not wording.text and whole:
            continue
        out.append(wording)
    return out


def _is_consolidated(wording: Wording) -> bool:
    return wording.by is not None and wording.by.verb == "consolidates"


def wording_at(
    issued: str | None,
    since: str | None,
    amendments: Sequence[Amendment],
    provision: str,
    day: date,
) -> Wording:
    """The wording of *provision* on *day*; ``text`` is "" with a ``reason`` where not at hand."""
    iso = day.isoformat()
    known = wordings(issued, since, amendments, provision)
    undated = [w for w in known if w.by is not None and w.since is None]
    if undated:
        return replace(undated[0], text="", reason="có sửa đổi không biết hiệu lực từ ngày nào")
    held = [w for w in known if w.since is None or w.since <= iso]
    if not held:
        first = min((w.since for w in known if w.since), default="")
        said = f"chưa có hiệu lực, từ {display_date(first)}" if first else "không có chỗ này"
        return Wording("", None, None, said)
    same_day = [w for w in held if w.since == held[-1].since and w.by is not None]
    if len({w.text for w in same_day}) > 1:
        return replace(held[-1], text="", reason="hai văn bản cùng ngày cho hai nguyên văn")
    return held[-1]


# How the reason ends of a place of a changed document that no text at hand is seen to change.
UNTOUCHED = "chưa thấy văn bản nào đụng đến chỗ này"


def provision_status(document: Status, amendments: Sequence[Amendment], provision: str) -> Status:
    """The status of one place on the day of *document*'s status, which it never outlives."""
    if document.state not in (
        State.IN_FORCE, State.IN_FORCE_AMENDED, State.IN_FORCE_PARTLY, State.UNKNOWN,
    ):  # fmt: skip
        return document
    changes = touching(amendments, provision)
    iso = document.day.isoformat()
    whole = [c for c in changes if provision == c.provision or provision.startswith(c.provision)]
    done = [c for c in changes if c.since and c.since <= iso]
    undated = [c for c in changes if not c.since]
    if undated:
        change = undated[-1]
        return replace(
            document, state=State.UNKNOWN, by=change.subject, sources=(), confidence="",
            words=WORDS[State.UNKNOWN],
            reason=f"{change.words}; không biết từ ngày nào",
        )  # fmt: skip
    if not done:
        if document.state in (State.IN_FORCE_AMENDED, State.IN_FORCE_PARTLY):
            # Changed somewhere: no text at hand says it was here, none that it was not.
            partly = document.state is State.IN_FORCE_PARTLY
            return replace(
                document,
                words="Văn bản hết hiệu lực một phần" if partly else document.words,
                reason=f"Chưa rõ có phải chỗ này; {UNTOUCHED}"
                if partly
                else f"Văn bản đã thay đổi; {UNTOUCHED}",
            )
        return document
    change = done[-1]
    state = State.IN_FORCE_AMENDED
    if change.verb == "repeals_partly":
        state = State.CEASED if change in whole else State.IN_FORCE_PARTLY
    elif change.verb == "suspends":
        state = State.SUSPENDED
    if document.state is State.UNKNOWN and state is State.IN_FORCE_AMENDED:
        state = State.UNKNOWN
    words = "Bị bãi bỏ" if state is State.CEASED else WORDS[state]
    return replace(
        document, state=state, words=words, by=change.subject, sources=(), confidence="",
        reason=f"{change.words}, từ {display_date(change.since or '')}",
    )  # fmt: skip
