"""The duties of press law as they run for one pack: when each ends, and how long is left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from kb.dossiers.made import time_words
from kb.press.rules import NO_HOLIDAYS, Clock, Rules, Unit, due


@dataclass(frozen=True, slots=True)
class Running:
    """A clock; ``starts`` an ISO local time, "" where nobody has set it; ``words`` when it ends and
    how long is left; ``late`` where its time is up."""

    clock: Clock
    starts: str
    words: str
    late: bool = False


def running(rules: Rules, starts: Mapping[str, str], now: datetime) -> list[Running]:
    """Every clock of the rules, *starts* by its id, as it stands *now* (with its offset)."""
    return [_one(clock, starts.get(clock.id, ""), now) for clock in rules.clocks]


def _one(clock: Clock, starts: str, now: datetime) -> Running:
    if not starts:
        return Running(clock, "", f"Chưa ghi mốc bắt đầu ({clock.starts}).")
    end = due(clock, datetime.fromisoformat(starts).replace(tzinfo=now.tzinfo))
    left = end - now
    late = left < timedelta()
    last = "Chậm nhất là" if clock.before else "Hạn cuối:"
    word = "đã quá" if late else "còn"
    doubt = f" {NO_HOLIDAYS}" if clock.unit is Unit.WORKING_DAYS else ""
    said = f"{last} {time_words(end)}, {word} {duration(abs(left))}.{doubt}"
    return Running(clock, starts, said, late)


def duration(span: timedelta) -> str:
    """
    >>> duration(timedelta(days=2, hours=5)), duration(timedelta(minutes=80))
    ('2 ngày 5 giờ', '1 giờ 20 phút')
    """
    hours, minutes = divmod(int(span.total_seconds()) // 60, 60)
    days, hours = divmod(hours, 24)
    parts = [(days, "ngày"), (hours, "giờ"), (minutes if not days else 0, "phút")]
    return " ".join(f"{n} {word}" for n, word in parts if n) or "chưa đầy một phút"
