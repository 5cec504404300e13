"""Packs: what their history comes to, who may approve, passages found again."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.dossiers import TRANSITIONS, Event, Facts, Kind, Pack, Passage, State
from kb.dossiers.log import covered, moving, pack_of, passage_value, state_on
from kb.dossiers.passages import again, plain, select
from kb.errors import CanCuError, NotFound
from kb.store import press
from kb.store.desk import Desk
from kb.text import Span

AT = "2026-11-26T02:00:00+00:00"
TEXT = "Điều 1. Giả định\n1. Người trông luống đếm chữ mỗi chiều.\n2. Người trông đếm chữ mỗi tối."


def passage(words: str = "đếm chữ mỗi chiều") -> Passage:
    chosen = select(TEXT, Span(0, len(TEXT)), words)
    return Passage("nd/2030/901/cp", "art_1", "x", chosen, "0")


def told(*events: tuple[Kind, dict[str, object], str]) -> Pack:
    opened = Event(1, 1, Kind.FACTS, asdict(Facts("Giả định")), "Cô An", AT)
    rest = [Event(n, 1, kind, value, by, AT) for n, (kind, value, by) in enumerate(events, 2)]
    return pack_of([opened, *rest])


def test_a_pack_is_what_its_events_come_to(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "desk.db")
    number = press.open_pack(desk, asdict(Facts("Trông vườn chữ")), by="Cô An", at=AT)
    assert number == 1
    first = press.add(desk, 1, Kind.PASSAGE, passage_value(passage()), by="Cô An", at=AT)
    second = press.add(desk, 1, Kind.PASSAGE, passage_value(passage("mỗi tối")), by="B", at=AT)
    press.add(desk, 1, Kind.ORDER, {"ids": [second, first]}, by="B", at=AT)
    press.add(desk, 1, Kind.REMOVE, {"id": first}, by="B", at=AT, why="thừa")
    assert press.open_pack(desk, asdict(Facts("Việc khác")), by="C", at=AT) == 2
    pack = press.pack(desk, 1)
    assert [held.passage.selector.exact for held in pack.passages] == ["mỗi tối"]
    assert (pack.writers, len(pack.events)) == (("Cô An", "B"), 5)
    assert [made.id for made in press.packs(desk)] == [2, 1]
    with pytest.raises(NotFound):
        press.pack(desk, 3)


def test_the_history_is_never_changed(tmp_path: Path) -> None:
    press.open_pack(Desk(tmp_path / "desk.db"), asdict(Facts("A")), by="B", at=AT)
    with closing(sqlite3.connect(tmp_path / "desk.db")) as connection:
        for statement in ("DELETE FROM press_events", "UPDATE press_events SET by = 'C'"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                connection.execute(statement)


def test_who_writes_over_anothers_words_is_told(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "desk.db")
    press.open_pack(desk, asdict(Facts("A")), by="B", at=AT)
    press.add(desk, 1, Kind.TEXT, {"text": "một"}, by="B", at=AT, seen=1)
    with pytest.raises(CanCuError, match="sau lúc trang được mở"):
        press.add(desk, 1, Kind.TEXT, {"text": "hai"}, by="C", at=AT, seen=1)
    assert press.pack(desk, 1).text == "một"


WROTE = (Kind.TEXT, {"text": "Trường nói."}, "Cô An")
ASKED = (Kind.STATE, {"state": "pending", "expires": ""}, "Cô An")
APPROVED = (Kind.STATE, {"state": "approved", "expires": "2026-12-01"}, "Thầy Bình")


def test_four_eyes() -> None:
    pack = told(WROTE, ASKED)
    for writer in ("Cô An", " cô  an ", "Co An", "CÔ AN", "ThS. An", "Bà An", "Cô Аn", "An."):
        with pytest.raises(CanCuError, match="không tự duyệt"):
            moving(pack, State.APPROVED, writer, "2026-12-01", "2026-11-26")
    value = moving(pack, State.APPROVED, "Thầy Bình", "2026-12-01", "2026-11-26")
    assert value == {"state": "approved", "expires": "2026-12-01"}
    for day in ("", "2026-11-25"):
        with pytest.raises(CanCuError):
            moving(pack, State.APPROVED, "Thầy Bình", day, "2026-11-26")


def test_an_approval_does_not_outlive_the_words_it_was_of() -> None:
    pack = told(WROTE, ASKED, APPROVED)
    assert (pack.state, pack.expires) == (State.APPROVED, "2026-12-01")
    assert pack.approved is not None
    for change in (
        (Kind.TEXT, {"text": "Trường nói khác."}, "Thầy Bình"),
        (Kind.PASSAGE, passage_value(passage()), "Thầy Bình"),
        (Kind.FACTS, asdict(Facts("Giả định", claim="Có người nói.")), "Thầy Bình"),
    ):
        after = told(WROTE, ASKED, APPROVED, change)
        assert (after.state, after.approved, after.expires) == (State.DRAFT, None, "")
        assert after.writers == ("Cô An", "Thầy Bình")
    kept = told(WROTE, ASKED, APPROVED, (Kind.CLOCK, {"clock": "a", "starts": AT}, "Cô An"))
    assert kept.state is State.APPROVED


def test_a_statement_expires_by_itself() -> None:
    pack = told(WROTE, ASKED, APPROVED)
    assert state_on(pack, "2026-12-01") is State.APPROVED
    assert state_on(pack, "2026-12-02") is State.EXPIRED
    with pytest.raises(CanCuError, match="Hết hạn"):
        moving(pack, State.ISSUED, "Cô An", "", "2026-12-02")


@pytest.mark.parametrize("state", State)
def test_only_the_steps_of_the_table(state: State) -> None:
    steps = {"draft": [], "pending": [ASKED], "approved": [ASKED, APPROVED]}
    after = [("issued", ""), ("expired", "")]
    for name, _ in after:
        steps[name] = [*steps[list(steps)[-1]], (Kind.STATE, {"state": name, "expires": ""}, "C")]
    pack = told(WROTE, *steps[state.value])
    assert pack.state is state
    for other in State:
        if other in TRANSITIONS[state]:
            assert moving(pack, other, "Thầy Bình", "2026-12-01", "2026-11-26")
        else:
            with pytest.raises(CanCuError, match="không chuyển thẳng"):
                moving(pack, other, "Thầy Bình", "2026-12-01", "2026-11-26")


def test_an_override_covers_what_it_was_given_for_and_no_more() -> None:
    pack = told((Kind.OVERRIDE, {"reasons": ["a", "b"]}, "Thầy Bình"))
    assert covered(pack, ["a"])
    assert covered(pack, ["a", "b"])
    assert covered(pack, ["a", "c"]) == []


def test_a_passage_is_found_again_however_the_lines_fall() -> None:
    chosen = passage("Người trông luống đếm chữ mỗi chiều.").selector
    moved = "Lời mở đầu mới.\n" + TEXT.replace("luống đếm", "luống\n  đếm")
    place = again(moved, chosen)
    assert place is not None
    assert plain(place.of(moved)) == chosen.exact
    assert again(moved.replace("chiều", "chiêu"), chosen) is None


def test_of_two_places_the_one_with_the_same_neighbours() -> None:
    chosen = select(TEXT, Span(TEXT.index("2."), len(TEXT)), "đếm chữ mỗi")
    place = again("đếm chữ mỗi sáng.\n" + TEXT, chosen)
    assert place is not None
    assert ("đếm chữ mỗi sáng.\n" + TEXT)[place.end :] == " tối."


def test_half_a_word_is_not_a_quotation() -> None:
    for words in ("gười trông", "Người trôn", "đếm chữ mỗi sáng"):
        with pytest.raises(CanCuError, match="nguyên văn"):
            select(TEXT, Span(0, len(TEXT)), words)


@given(st.data())
def test_what_was_selected_is_found_where_it_was(data: st.DataObject) -> None:
    words = data.draw(st.lists(st.sampled_from(["chữ", "ao", "a", "ã", "1.", "b,"]), min_size=1))
    text = " ".join(words)
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    at = len(" ".join(words[:start])) + bool(start)
    chosen = select(text, Span(at, len(text)), " ".join(words[start:end]))
    place = again(text, chosen)
    assert place == Span(at, at + len(chosen.exact))
