"""When the time of a duty is up."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.catalogue import load_press_rules
from kb.press.rules import due

CLOCKS = {
    clock.id: clock for clock in load_press_rules(Path(__file__).parents[2] / "corpus").clocks
}


def at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 16, tzinfo=UTC)


FRIDAY = at(2026, 11, 27)


@pytest.mark.parametrize(
    ("clock", "day", "words"),
    [
        ("tra-loi-bao", at(2026, 12, 27), "trong 30 ngày kể từ khi nhận"),
        ("sau-ket-luan-khieu-nai", at(2026, 12, 4), "trong 5 ngày làm việc"),
        ("tra-loi-phan-anh", at(2026, 12, 18), "trong 15 ngày làm việc"),
        ("vu-viec-dot-xuat", at(2026, 11, 28), "trong 24 giờ"),
        ("hop-bao", at(2026, 11, 26), "ít nhất 24 giờ trước giờ họp báo"),
    ],
)
def test_due(clock: str, day: datetime, words: str) -> None:
    assert due(CLOCKS[clock], FRIDAY) == day
    assert CLOCKS[clock].words.startswith(words)
