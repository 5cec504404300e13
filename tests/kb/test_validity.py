"""Status on a day: what has a date is reasoned back, what has none is unknown."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.catalogue import Entry, Relation, StatusClaim
from kb.documents import Document
from kb.validity import SHELF_LIFE, State, age_words, status_at

CHECKED = "2026-11-23"


def entry(state: State, **claim: str) -> Entry:
    document = Document(
        "nd/2020/99/cp", "Nghị định", "99/2020/NĐ-CP", "Giả định", "Chính phủ",
        issued="2020-06-03", effective="2020-07-20",
    )  # fmt: skip
    return Entry(document, StatusClaim(state.value, CHECKED, "lời của nguồn", **claim))


def amended(since: str | None) -> Relation:
    return Relation("nd/2023/1/cp", "amends", "nd/2020/99/cp", "99/2020/NĐ-CP", since=since)


@pytest.mark.parametrize(
    ("given_entry", "relations", "day", "state"),
    [
        (entry(State.IN_FORCE), [], "2020-06-02", State.NOT_YET),
        (entry(State.IN_FORCE), [], "2020-07-19", State.NOT_YET),
        (entry(State.IN_FORCE), [], "2020-07-20", State.IN_FORCE),
        (entry(State.IN_FORCE), [], "2026-11-24", State.IN_FORCE),
        (entry(State.CEASED, until="2026-07-01"), [], "2026-06-30", State.IN_FORCE),
        (entry(State.CEASED, until="2026-07-01"), [], "2026-07-01", State.CEASED),
        (entry(State.CEASED), [], "2021-05-06", State.UNKNOWN),
        (entry(State.CEASED), [], "2026-11-23", State.CEASED),
        (entry(State.ENDED, held="2021-12-30"), [], "2021-05-06", State.IN_FORCE),
        (entry(State.ENDED, held="2021-12-30"), [], "2022-05-06", State.UNKNOWN),
        (entry(State.IN_FORCE_AMENDED), [amended("2023-01-01")], "2022-01-01", State.IN_FORCE),
        (entry(State.IN_FORCE_AMENDED), [amended("2023-01-01")], "2023-01-01",
         State.IN_FORCE_AMENDED),
        (entry(State.IN_FORCE_AMENDED), [amended(None)], "2022-01-01", State.UNKNOWN),
        (entry(State.IN_FORCE_AMENDED), [], "2022-01-01", State.UNKNOWN),
        (entry(State.UNKNOWN), [], "2026-11-24", State.UNKNOWN),
    ],
)  # fmt: skip
def test_state(given_entry: Entry, relations: list[Relation], day: str, state: State) -> None:
    assert status_at(given_entry, relations, date.fromisoformat(day)).state is state


def dated(state: State, until: str | None = None, **known: str | bool | None) -> Entry:
    """Of a decree of 2020 of which only *known* is known."""
    normative = known.pop("normative", True)
    document = Document("nd/2020/99/cp", "Nghị định", "99/2020/NĐ-CP", "Giả định", "Chính phủ",
                        **known)  # type: ignore[arg-type]  # fmt: skip
    claim = StatusClaim(state.value, CHECKED, until=until)
    return Entry(document, claim, normative=bool(normative))


@pytest.mark.parametrize(
    ("given_entry", "day", "words"),
    [
        (dated(State.CEASED, "2026-01-01"), "2019-12-31", "Chưa ban hành"),  # by its number
        (dated(State.CEASED, "2026-01-01"), "2021-05-06", "Chưa rõ"),
        (dated(State.CEASED, "2026-01-01"), "2026-01-01", "Hết hiệu lực"),
        (dated(State.CEASED, "2026-01-01", effective="2020-07"), "2020-07-15", "Chưa rõ"),
        (dated(State.CEASED, "2026-01-01", effective="2020-07"), "2020-08-01", "Còn hiệu lực"),
        (dated(State.IN_FORCE, issued="2020-06-03"), "2020-06-10", "Chưa rõ"),
        (dated(State.IN_FORCE, issued="2020-06-03"), CHECKED, "Còn hiệu lực"),
        (dated(State.IN_FORCE, issued="2020-06-03", normative=False), "2020-06-10",
         "Còn hiệu lực"),
        (dated(State.NOT_YET, issued="2020-06-03"), "2020-06-10", "Chưa có hiệu lực"),
        (dated(State.IN_FORCE, "2031-01-01", effective="2020-07-20"), "2030-12-31",
         "Còn hiệu lực"),
        (dated(State.IN_FORCE, "2031-01-01", effective="2020-07-20"), "2031-01-01", "Chưa rõ"),
    ],
)  # fmt: skip
def test_what_has_no_date_is_not_taken_for_law(given_entry: Entry, day: str, words: str) -> None:
    status = status_at(given_entry, [], date.fromisoformat(day))
    assert status.words == words, status


def test_a_term_that_was_set_is_told_when_it_is_over() -> None:
    status = status_at(dated(State.IN_FORCE, "2031-01-01", effective="2020-07-20"), [],
                       date(2031, 6, 1))  # fmt: skip
    assert status.reason == "Thời hạn đến 31/12/2030; sau đó có kéo dài không thì chưa rõ."


def test_of_an_unknown_status_the_known_day_is_told() -> None:
    status = status_at(entry(State.UNKNOWN), [], date(2026, 11, 24))
    assert (status.state, status.reason) == (
        State.UNKNOWN, "Có hiệu lực từ 20/7/2020. lời của nguồn"
    )  # fmt: skip


@given(st.sampled_from(list(State)), st.dates(date(2000, 1, 1), date(2040, 1, 1)))
def test_never_in_force_before_it_took_effect(state: State, day: date) -> None:
    status = status_at(entry(state), [], day)
    assert status.words
    assert status.checked == CHECKED
    if day < date(2020, 7, 20):
        assert status.state is State.NOT_YET


def test_age() -> None:
    day = date(2026, 1, 1)
    assert age_words("2026-01-01", day + timedelta(SHELF_LIFE)) == "kiểm tra ngày 01/01/2026"
    assert age_words("2026-01-01", day + timedelta(SHELF_LIFE + 1)) == (
        "chưa kiểm tra lại từ 01/01/2026"
    )
    assert age_words("", day) == "chưa ai kiểm tra"
