"""From two papers to what holds of a place on a day."""

from __future__ import annotations

from datetime import date

import pytest

from kb.amendments import amendments_in, effects_in
from kb.catalogue import Relation, Source
from kb.history import (
    History,
    _claimed,
    history,
    place_status,
    place_wording_at,
    place_wordings,
)
from kb.statuses import Statuses
from kb.store.library import Library
from kb.timeline import EventKind
from kb.validity import State

OLD, NEW = "nd/2030/901/cp", "nd/2032/955/cp"
BEFORE, AFTER = date(2031, 1, 1), date(2032, 11, 1)


@pytest.fixture(scope="module")
def told(library: Library) -> History:
    return history(library, OLD)


def test_places_verbs_and_wordings(told: History) -> None:
    found = [(a.verb, a.provision, a.where, a.wording, a.since) for a in told.amendments]
    assert found == [
        ("amends", "art_2__cl_2", "art_1__cl_1",
         "2. Người trông vườn tưới chữ mỗi tối, trừ ngày mưa.", "2032-11-01"),
        ("repeals_partly", "art_3", "art_1__cl_2", "", "2032-11-01"),
        ("amends", "art_3a", "art_1__cl_3",
         "Điều 3a. Cổng vườn\nCổng vườn mở cả ngày.", "2032-11-01"),
    ]  # fmt: skip


def test_the_day_of_effect_is_read_from_the_text(library: Library, told: History) -> None:
    tree = library.tree(OLD)
    assert tree is not None
    (effect,) = effects_in(library.listed(OLD).document, library.text(OLD), tree)
    assert (effect.day, effect.where, effect.excepted) == ("2030-05-01", "art_4", False)
    assert told.since == "2030-05-01"


def test_events_stand_in_order_with_their_source(told: History) -> None:
    assert [(e.day, e.kind) for e in told.events] == [
        ("2030-03-04", EventKind.ISSUED),
        ("2030-05-01", EventKind.EFFECTIVE),
        ("2032-11-01", EventKind.AMENDED),
        ("2032-11-01", EventKind.AMENDED),
        ("2032-11-01", EventKind.PARTLY_REPEALED),
    ]
    assert {e.said_in for e in told.events[2:]} == {NEW}


@pytest.mark.parametrize(
    ("provision", "day", "words"),
    [
        ("art_2__cl_2", BEFORE, "2. Người trông vườn tưới chữ mỗi sáng."),
        ("art_2__cl_2", AFTER, "2. Người trông vườn tưới chữ mỗi tối, trừ ngày mưa."),
        ("art_2__cl_3", AFTER, "3. Người trông vườn đếm chữ mỗi chiều."),
        ("art_3a", AFTER, "Điều 3a. Cổng vườn\nCổng vườn mở cả ngày."),
    ],
)
def test_wording_on_a_day(
    library: Library, told: History, provision: str, day: date, words: str
) -> None:
    assert place_wording_at(told, provision, day).text == words


@pytest.mark.parametrize(
    ("provision", "day", "why"),
    [
        ("art_2", AFTER, "ghép"),  # a clause of it changed: nobody printed the whole
        ("art_3", AFTER, "bãi bỏ"),
        ("art_3a", BEFORE, "chưa có hiệu lực"),
        ("art_2__cl_2", date(2030, 4, 30), "chưa có hiệu lực"),
        ("art_99", AFTER, "không có chỗ này"),
    ],
)
def test_what_is_not_at_hand_says_why(
    library: Library, told: History, provision: str, day: date, why: str
) -> None:
    found = place_wording_at(told, provision, day)
    assert found.text == ""
    assert why in found.reason


def test_both_wordings_are_kept(library: Library, told: History) -> None:
    assert [w.since for w in place_wordings(told, "art_2__cl_2")] == [
        "2030-05-01", "2032-11-01",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("provision", "day", "state"),
    [
        ("art_3", AFTER, State.CEASED),
        ("art_2", BEFORE, State.UNKNOWN),  # nobody has looked at the document's own status
        ("art_3", date(2030, 1, 1), State.NOT_YET),
    ],
)
def test_status_of_a_place(
    library: Library, told: History, provision: str, day: date, state: State
) -> None:
    status = place_status(Statuses(library, (OLD,)).on(OLD, day), told, provision)
    assert status.state is state
    assert status.day == day


@pytest.mark.parametrize(
    ("provisions", "found"),
    [
        ("Điều 2", [("art_2", "2031-01-01")]),
        ("Điều 2, Điều 3", [("art_2", None), ("art_3", None)]),
        ("khoản 1 mục IV Điều 1", []),
        ("", []),
    ],
)
def test_claims_of_single_places(provisions: str, found: list[tuple[str, str | None]]) -> None:
    relation = Relation("x", "amends", OLD, "", provisions, "2031-01-01", (Source("danh mục"),))
    assert [(a.provision, a.since) for a in _claimed([relation], (), OLD)] == found


def test_a_document_does_nothing_to_itself(library: Library) -> None:
    tree = library.tree(OLD)
    assert tree is not None
    assert amendments_in(OLD, library.text(OLD), tree, library.citations(OLD)) == []
