"""Is a document in force on a day, who says so, and how old is that word?

Five states come from the law on normative documents (Luật 64/2025/QH15, Điều 53 to 57): not yet,
in force, suspended, partly ceased, ceased. The rest are ours, for papers outside that system and
for what nobody has been able to tell; ``UNKNOWN`` is a state, never "in force" by default.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from kb.catalogue import Entry, Relation, Source
from kb.documents import display_date, issue_words, issued_by_number


class State(StrEnum):
    IN_FORCE = "in_force"
    IN_FORCE_AMENDED = "in_force_amended"
    IN_FORCE_PARTLY = "in_force_partly"
    CEASED = "ceased"
    NOT_YET = "not_yet"
    SUSPENDED = "suspended"
    ENDED = "ended"  # a plan or a trial whose time has run out
    NO_REPLACEMENT_FOUND = "no_replacement_found"
    UNKNOWN = "unknown"


# The words of the pages; a state is always a word.
WORDS = {
    State.IN_FORCE: "Còn hiệu lực",
    State.IN_FORCE_AMENDED: "Còn hiệu lực, đã sửa đổi",
    State.IN_FORCE_PARTLY: "Hết hiệu lực một phần",
    State.CEASED: "Hết hiệu lực",
    State.NOT_YET: "Chưa có hiệu lực",
    State.SUSPENDED: "Ngưng hiệu lực",
    State.ENDED: "Đã kết thúc",
    State.NO_REPLACEMENT_FOUND: "Chưa thấy văn bản thay thế",
    State.UNKNOWN: "Chưa rõ",
}
# The law still, in whole or in part; no longer so. What is not yet, or not known, is neither.
HOLDING = frozenset((State.IN_FORCE, State.IN_FORCE_AMENDED, State.IN_FORCE_PARTLY))
OVER = frozenset((State.CEASED, State.ENDED, State.SUSPENDED))
# How long a look at the sources stays good, in days; then the page says it has grown old.
SHELF_LIFE = 180
# Verbs that change their object without ending it.
_CHANGES = {"amends", "repeals_partly"}


@dataclass(frozen=True, slots=True)
class Status:
    """What is known of a document's force on ``day``.

    ``words`` for a reader; ``reason`` what the source says or why it is not known; ``checked`` the
    ISO day of the last look; ``by`` the key or number of the paper that replaced it, "" where none
    is known; ``sources`` who says so; ``confidence`` as in the claim, "" for a day the claim was
    not made for.
    """

    state: State
    day: date
    words: str
    reason: str = ""
    checked: str = ""
    by: str = ""
    sources: tuple[Source, ...] = ()
    confidence: str = ""


def status_at(entry: Entry, relations: Iterable[Relation], day: date) -> Status:
    """The status on *day*, reasoned from dates the catalogue holds; unknown where it cannot be.

    The claim speaks of the day it was checked. For a day before that, only what has a date can be
    taken back: a document not yet effective was not in force; one that ceased later still held
    where its first day is known to have come. A change without a date leaves such a day unknown in
    that part, which is said. Past a term that was set, nobody knows whether it was made longer.
    """
    claim, document = entry.status, entry.document
    claimed = Status(
        State(claim.state),
        day,
        WORDS[State(claim.state)],
        reason=_beyond(claim.note, State(claim.state)),
        checked=claim.checked,
        by=claim.replaced_by or "",
        sources=claim.sources or entry.sources,
        confidence=claim.confidence,
    )

    def instead(state: State, reason: str, words: str = "") -> Status:
        return replace(
            claimed, state=state, words=words or WORDS[state], reason=reason, confidence=""
        )

    issued = issued_by_number(document)
    if before(day, issued):
        return instead(State.NOT_YET, f"{issue_words(document)}.", "Chưa ban hành")
    start = document.effective or ""
    if before(day, start):
        return instead(State.NOT_YET, f"Có hiệu lực từ {display_date(start)}.")
    if not start and entry.normative is False:
        start = document.issued or ""  # what is no law holds from its day, unless it says another
    checked, until = as_day(claim.checked), as_day(claim.until)
    past = checked is not None and day < checked
    over = claimed.state in (State.CEASED, State.ENDED)
    if over and until is not None and day >= until:
        return claimed
    if past and claimed.state not in (State.UNKNOWN, State.NOT_YET) and not _reached(day, start):
        why = "Không biết văn bản có hiệu lực từ ngày nào."
        return instead(State.UNKNOWN, f"{issue_words(document)}. {why}" if issued else why)
    if over:
        what = "Hết hiệu lực" if claimed.state is State.CEASED else "Kết thúc"
        if until is not None:
            return instead(State.IN_FORCE, f"{what} từ {display_date(until.isoformat())}.")
        if claim.held and day.isoformat() <= claim.held:
            return instead(State.IN_FORCE, f"Còn thực hiện ít nhất đến {display_date(claim.held)}.")
        if past:
            return instead(State.UNKNOWN, f"{what}, không biết từ ngày nào.")
    elif until is not None and day >= until:
        last = display_date((until - timedelta(1)).isoformat())
        return instead(State.UNKNOWN, f"Thời hạn đến {last}; sau đó có kéo dài không thì chưa rõ.")
    elif past and claimed.state in (State.IN_FORCE_AMENDED, State.IN_FORCE_PARTLY):
        changes = [r.since for r in relations if r.object == document.key and r.verb in _CHANGES]
        dated = sorted(since for since in changes if since)
        if dated and not before(day, dated[0]):
            return claimed
        if None in changes or not dated:
            return instead(
                State.UNKNOWN,
                "Không biết việc sửa đổi hoặc bãi bỏ một phần có hiệu lực từ ngày nào.",
                "Còn hiệu lực; khi ấy đã sửa đổi hay chưa thì chưa rõ",
            )
        return instead(State.IN_FORCE, f"Sau đó bị sửa đổi, từ {display_date(dated[0])}.")
    elif claimed.state is State.UNKNOWN:
        if _reached(day, start):
            since = f"Có hiệu lực từ {display_date(start)}."
            return replace(claimed, reason=f"{since} {claimed.reason}".strip())
    elif past:
        # The source's words speak of the day of the look; they are no news of this earlier day.
        return instead(claimed.state, f"Xét theo lần kiểm tra {display_date(claim.checked)}.")
    return claimed


def _reached(day: date, iso: str) -> bool:
    """Is *day* surely on or after an ISO date that may be partial?"""
    return (
        bool(iso)
        and not before(day, iso)
        and (as_day(iso) is not None or not day.isoformat().startswith(iso))
    )


# Both ways in which portals say that a part has ceased: "còn hiệu lực (hết hiệu lực một phần)".
_PARTLY = re.compile(r"(?:(?:còn|hết) hiệu lực(?: một phần)?\s*(?:[;,.()]+\s*|$))+", re.IGNORECASE)


def _beyond(note: str, state: State) -> str:
    """What a source says beyond the status itself: "Còn hiệu lực; từ …" → "từ …"."""
    if state is State.IN_FORCE_PARTLY and (again := _PARTLY.match(note)):
        return note[again.end() :]
    words = WORDS[state]
    if not note.lower().startswith(words.lower()):
        return note
    rest = note[len(words) :]
    return rest.lstrip(" ;,.") if rest[:1] in ("", ";", ".") else note


def age_words(checked: str, today: date) -> str:
    """How fresh a look is: ``kiểm tra ngày 23/11/2026``, or that nobody has looked again."""
    day = as_day(checked)
    if day is None:
        return "chưa ai kiểm tra"
    if (today - day).days > SHELF_LIFE:
        return f"chưa kiểm tra lại từ {display_date(checked)}"
    return f"kiểm tra ngày {display_date(checked)}"


def as_day(iso: str | None) -> date | None:
    """An ISO date as a day, None where it is not known to the day."""
    try:
        return date.fromisoformat(iso or "")
    except ValueError:
        return None


def before(day: date, iso: str) -> bool:
    """Is *day* surely before an ISO date that may be partial ("2026-05")?"""
    return bool(iso) and day.isoformat()[: len(iso)] < iso
