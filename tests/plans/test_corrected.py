"""A corrected file received later is the one shown, and decisions go on holding where they may."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kb.links.review import State
from kb.report import PlanReport
from tests.plans.conftest import Kept, decree, school_plan, task, told
from tests.plans.test_notices import accept

DAY = date(2033, 6, 1)
DECIDED = "2033-02-01T02:00:00+00:00"
FIRST = [
    task(1),
    task(2),
    "Mua bình tưới, gầu, dây dài và kệ theo khoản 2 Điều 3 Nghị định số 901/2030/NĐ-CP.",
]


def decided(now: PlanReport) -> dict[str, tuple[str, State, list[str]]]:
    """Item → the item it was decided on as, the state of that link, the words that changed."""
    return {
        row.item.id: (
            link.decision.item,
            link.state,
            [p.text for c in link.changed for p in c.pieces if p.change.value != "kept"],
        )
        for row in now.items
        for link in row.links
        if link.decision
    }


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kept:
    made = Kept(tmp_path, monkeypatch)
    first = made.add("2033-01-05T02:00:00+00:00", decree(), school_plan(FIRST))
    accept(told(first, made.desk, DAY), made.desk, DECIDED)
    return made


def test_a_corrected_plan_is_shown_and_decisions_follow_its_items(kept: Kept) -> None:
    # One more task on top, so that all are numbered anew, and one word of the last one changed.
    again = [task(9), task(1), task(2), FIRST[2].replace("dây dài", "dây ngắn")]
    library = kept.add("2033-03-05T02:00:00+00:00", school_plan(again))
    assert len(library.documents("plan")) == 2  # this one and the one that is published
    now = told(library, kept.desk, DAY)
    assert [i.item.text for i in now.items if i.item.parent == "I"] == again
    assert decided(now) == {
        "I.2": ("I.1", State.UNVERIFIED, []),
        "I.3": ("I.2", State.UNVERIFIED, []),
        "I.4": ("I.3", State.SUSPECT, ["dài", "ngắn"]),
    }
    assert now.lost == ()


def test_what_was_received_first_comes_back_as_no_correction(kept: Kept) -> None:
    corrected = school_plan([task(9), *FIRST])
    kept.add("2033-03-05T02:00:00+00:00", corrected)
    # The very file of the beginning is known and skipped.
    library = kept.add("2033-04-05T02:00:00+00:00", school_plan(FIRST))
    now = told(library, kept.desk, DAY)
    assert len([i for i in now.items if i.item.parent == "I"]) == 4


def test_one_clause_of_a_corrected_decree_makes_its_link_suspect_and_no_other(kept: Kept) -> None:
    corrected = decree().replace("luống 2 đếm chữ mỗi chiều", "luống 2 cân chữ mỗi chiều")
    library = kept.add("2033-03-05T02:00:00+00:00", corrected)
    assert decided(told(library, kept.desk, DAY)) == {
        "I.1": ("I.1", State.UNVERIFIED, []),
        "I.2": ("I.2", State.SUSPECT, ["đếm", "cân"]),
        "I.3": ("I.3", State.UNVERIFIED, []),
    }
