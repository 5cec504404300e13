"""Partly ceased: which part, or that it is not known which; a place is not said to have."""

from __future__ import annotations

from datetime import date

import pytest

from kb.catalogue import Relation
from kb.statuses import _with_parts
from kb.validity import WORDS, State, Status, _beyond
from kb.wordings import provision_status

DAY = date(2031, 5, 6)
PARTLY = Status(State.IN_FORCE_PARTLY, DAY, WORDS[State.IN_FORCE_PARTLY])


def repeal(provisions: str, since: str | None) -> Relation:
    return Relation("nd/2031/902/cp", "repeals_partly", "nd/2030/901/cp", "", provisions, since)


@pytest.mark.parametrize(
    ("relations", "said"),
    [
        ([], "Chưa rõ phần nào"),
        ([repeal("", "2031-01-01")], "Chưa rõ phần nào"),
        ([repeal("khoản 2 Điều 5", "2031-01-01")], "Phần hết hiệu lực: khoản 2 Điều 5"),
        ([repeal("khoản 2 Điều 5", None)], "Phần hết hiệu lực: khoản 2 Điều 5"),
        ([repeal("khoản 2 Điều 5", "2032-01-01")], "Chưa rõ phần nào"),
    ],
)
def test_which_part_is_said(relations: list[Relation], said: str) -> None:
    assert _with_parts(PARTLY, relations).reason == said


@pytest.mark.parametrize(
    ("note", "beyond"),
    [
        ("còn hiệu lực (hết hiệu lực một phần)", ""),
        ("còn hiệu lực một phần", ""),
        ("Hết hiệu lực một phần; từ năm 2031", "từ năm 2031"),
        ("còn hiệu lực trừ Điều 3", "còn hiệu lực trừ Điều 3"),
    ],
)
def test_the_state_is_not_said_twice(note: str, beyond: str) -> None:
    assert _beyond(note, State.IN_FORCE_PARTLY) == beyond


def test_a_place_does_not_read_as_ceased() -> None:
    status = provision_status(PARTLY, [], "art_1")
    assert status.words == "Văn bản hết hiệu lực một phần"
    assert status.reason.startswith("Chưa rõ có phải chỗ này")
