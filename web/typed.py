"""What people type of themselves and why: names as typed, there are no accounts."""

from __future__ import annotations

from datetime import UTC, datetime

from kb.errors import Mistyped

# A name is words of a person, not an account; a reason is a sentence or a few.
LONGEST_NAME, LONGEST_REASON = 100, 2000


def person(by: str, who: str = "người làm") -> str:
    """A name with single spaces, *who* it is of; raises ``Mistyped`` for none and for what is
    none."""
    by = " ".join(by.split())
    if not by or len(by) > LONGEST_NAME:
        raise Mistyped("by", f"Chưa ghi tên {who}." if not by else f"Tên {who} dài quá.",
                       f"Ghi họ và tên, không quá {LONGEST_NAME} chữ.")  # fmt: skip
    return by


def reason(why: str, *, needed: bool = False, what: str = "Việc này") -> str:
    """A reason with single spaces; raises ``Mistyped``."""
    why = " ".join(why.split())
    if needed and not why:
        raise Mistyped("why", f"{what} cần lý do.", "Ghi một câu vì sao.")
    if len(why) > LONGEST_REASON:
        raise Mistyped("why", "Lý do dài quá.", f"Ghi không quá {LONGEST_REASON} chữ.")
    return why


def now() -> str:
    """ISO time, UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")
