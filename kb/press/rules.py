"""What press law asks of a press desk: duties with their clocks, and why something is not let out.

Both are data (``corpus/catalogue/press.yaml``), in our own words, each with its source and doubt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kb.catalogue import Source


class Unit(StrEnum):
    HOURS = "hours"  # giờ
    DAYS = "days"  # ngày
    WORKING_DAYS = "working_days"  # ngày làm việc


_UNITS = {Unit.HOURS: "giờ", Unit.DAYS: "ngày", Unit.WORKING_DAYS: "ngày làm việc"}
_SATURDAY = 5  # as ``date.weekday`` counts
NO_HOLIDAYS = "Chưa trừ ngày nghỉ lễ, tết: tự trừ nếu có."


@dataclass(frozen=True, slots=True)
class Ground:
    """Where the law says so: ``document`` a key of the catalogue, ``where`` the place in words, ""
    where nobody has read it; ``text`` what it says in our words, never quotable; ``confidence`` as
    in ``kb.catalogue.StatusClaim``; ``doubt`` a sentence, "" where there is none."""

    document: str
    where: str
    text: str
    confidence: str = ""
    doubt: str = ""
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Clock:
    """A duty and its time. ``before``: at least so long ahead of ``starts``, else within it;
    ``who`` is obliged, in words."""

    id: str
    name: str
    length: int
    unit: Unit
    before: bool
    starts: str
    who: str
    ground: Ground

    @property
    def words(self) -> str:
        """ "trong 30 ngày kể từ khi nhận văn bản", "ít nhất 24 giờ trước giờ họp báo"."""
        term = f"{self.length} {_UNITS[self.unit]}"
        if self.before:
            return f"ít nhất {term} trước {self.starts}"
        return f"trong {term} kể từ {self.starts}"


@dataclass(frozen=True, slots=True)
class GateGround:
    """A ``ground`` and the kinds of ``kb.press.GateKind`` it is the reason of."""

    kinds: tuple[str, ...]
    ground: Ground


@dataclass(frozen=True, slots=True)
class Rules:
    """All of it."""

    clocks: tuple[Clock, ...] = ()
    grounds: tuple[GateGround, ...] = ()

    def why(self, kind: str) -> Sequence[Ground]:
        """The legal reasons of one kind."""
        return [one.ground for one in self.grounds if kind in one.kinds]


def due(clock: Clock, start: datetime) -> datetime:
    """When the time of a clock is up that starts at *start*, or the latest time to act before it.

    Hours to the minute; days to the same time of the last day (the day of the event is not
    counted: Bộ luật Dân sự 91/2015/QH13, Điều 147). Saturdays and Sundays are no working days;
    public holidays are not known here (``NO_HOLIDAYS`` says so).
    """
    sign = -1 if clock.before else 1
    if clock.unit is Unit.HOURS:
        return start + timedelta(hours=sign * clock.length)
    if clock.unit is Unit.DAYS:
        return start + timedelta(days=sign * clock.length)
    day, left = start, clock.length
    while left:
        day += timedelta(days=sign)
        left -= day.weekday() < _SATURDAY
    return day
