"""Decisions: what holds, what is suspect, and what outlives rebuilds and new numbers."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kb.documents import Document
from kb.grounds import Basis, Verdict
from kb.links import Link, Origin
from kb.links.review import (
    Decision,
    State,
    Verb,
    item_state,
    link_state,
    placed,
    stamp,
    standing,
    undone,
)
from kb.plans import Plan, PlanItem
from kb.report import ItemReport, PlanReport, report
from kb.store.desk import Desk
from kb.text import Span
from kb.validity import State as Force
from tests.plans.conftest import AMENDING, School, decree, school_plan, task, told

# As many as the changed clause, and some beside it.
TASKS = [task(n) for n in range(1, 13)]
DAY = date(2033, 1, 1)
BEFORE = date(2032, 1, 1)


def decision(id: int, item: str, verb: Verb | str, words: str = "", **more: Any) -> Decision:
    made = Decision(id, "kh/1", "a" * 64, item, verb, "", "", "", "", words, "", "", "Thầy Thử",
                    "2026-11-26T02:00:00+00:00", "", None)  # fmt: skip
    made = replace(made, **more)
    return replace(made, stamp=stamp(made.item_words, made.target_words))


def accept_all(now: PlanReport, desk: Desk, sha256: str = "") -> int:
    """A person accepts every link the items themselves name."""
    made = [
        decision(0, row.item.id, Verb.ACCEPT, row.item.text, plan=now.document.key,
                 sha256=sha256, target=link.link.target, provision=link.link.provision,
                 target_words=link.basis.words)
        for row in now.items
        for link in row.links
        if link.link.origin is Origin.EXPLICIT
    ]  # fmt: skip
    desk.decide(made)
    return len(made)


def states(now: PlanReport, state: State) -> list[str]:
    return [item.item.id for item in now.items if item.state is state]


def test_a_changed_clause_makes_exactly_the_links_to_it_suspect(school: School) -> None:
    plan = school_plan(TASKS)
    library = school.library(decree(), plan)
    assert accept_all(told(library, school.desk, DAY), school.desk) == len(TASKS)
    assert states(told(library, school.desk, DAY), State.SUSPECT) == []
    # The file is corrected and the library made anew.
    corrected = school.library(decree("Người trông luống 7 cân chữ mỗi chiều."), plan)
    now = told(corrected, school.desk, DAY)
    assert states(now, State.SUSPECT) == ["I.7"]
    (changed,) = [c for item in now.items for link in item.links for c in link.changed]
    pieces = [(p.change.value, p.text) for p in changed.pieces if p.change.value != "kept"]
    assert (changed.of, pieces) == ("target", [("removed", "đếm"), ("added", "cân")])


def test_an_amendment_makes_a_link_suspect_from_the_day_it_holds(school: School) -> None:
    plan = school_plan(TASKS)
    accept_all(told(school.library(decree(), plan), school.desk, BEFORE), school.desk)
    amended = school.library(decree(), plan, AMENDING)
    assert states(told(amended, school.desk, BEFORE), State.SUSPECT) == []
    assert states(told(amended, school.desk, DAY), State.SUSPECT) == ["I.7"]


def test_decisions_follow_their_items(school: School) -> None:
    first = [task(1), task(2), "Mua bình tưới, gầu, dây dài và kệ để sổ ghi chữ cho cả trường."]
    now = told(school.library(decree(), school_plan(first)), school.desk, DAY)
    accept_all(now, school.desk)
    third = now.items[3].item
    school.desk.decide([
        decision(0, third.id, Verb.JUSTIFY, third.text, plan=now.document.key, why="việc nhà")
    ])  # fmt: skip
    # One more task on top, one word of the last task changed, the second one another task.
    second = [task(9), task(1), "Dựng hàng rào quanh vườn trước mùa mưa bão năm nay và năm sau.",
              "Mua bình tưới, gầu, dây ngắn và kệ để sổ ghi chữ cho cả trường."]  # fmt: skip
    now = told(school.library(decree(), school_plan(second)), school.desk, DAY)
    by_id = {item.item.id: item for item in now.items}
    accepted = [link.decision for link in by_id["I.2"].links if link.decision]
    assert [(d.item, d.verb) for d in accepted] == [("I.1", Verb.ACCEPT)]
    assert by_id["I.1"].history == ()
    assert by_id["I.4"].state is State.SUSPECT
    assert by_id["I.4"].justified
    assert [c.of for c in by_id["I.4"].changed] == ["item"]
    assert [(d.item, d.item_words) for d in now.lost] == [("I.2", task(2))]


def items(*texts: str) -> list[PlanItem]:
    return [PlanItem(f"I.{n}", None, "", text, Span(0, 0)) for n, text in enumerate(texts, 1)]


def test_the_same_words_twice_go_by_number_or_are_lost() -> None:
    twice = items("Kinh phí", "Kinh phí")
    made = [
        decision(1, "I.2", Verb.JUSTIFY, "Kinh phí"),
        decision(2, "I.9", Verb.JUSTIFY, "Kinh phí"),
    ]
    found = placed(made, twice)
    assert {item: [d.id for d in of] for item, of in found.of.items()} == {"I.2": [1]}
    assert [d.id for d in found.lost] == [2]


def test_two_items_equally_alike_are_not_guessed_between() -> None:
    said = "Tổ một tưới luống chữ số một vào mỗi buổi sáng trong tuần"
    likes = items(said.replace("sáng", "trưa"), said.replace("sáng", "chiều"))
    assert [d.id for d in placed([decision(1, "I.1", Verb.JUSTIFY, said)], likes).lost] == [1]


def test_another_way_to_write_the_same_words_changes_nothing() -> None:
    assert stamp("Hoà nhập – “tốt”", "x") == stamp('Hòa nhập - "tốt"', "x")
    assert stamp("Hòa nhập", "x") != stamp("hòa nhập", "x")


def test_taking_back_can_be_taken_back() -> None:
    said = [
        decision(1, "I.1", Verb.ACCEPT, target="a"),
        decision(2, "I.1", Verb.REJECT, target="a"),
        decision(3, "I.1", "", undoes=2),
        decision(4, "I.1", "", undoes=3),
    ]
    for upto, holds in ((2, 2), (3, 1), (4, 2)):
        now = said[:upto]
        left = standing([d for d in now if d.undoes is None], undone(now))
        assert [d.id for d in left] == [holds]


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    desk = Desk(path)
    desk.decide([decision(0, "I.1", Verb.ACCEPT, target="a")])
    with closing(sqlite3.connect(path)) as connection:
        for statement in ("DELETE FROM decisions", "UPDATE decisions SET by = 'C'"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                connection.execute(statement)


def test_a_plan_under_another_key_is_known_by_its_file(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "desk.db")
    desk.decide([decision(0, "I.1", Verb.ACCEPT, target="a")])
    assert desk.decisions("kh/2") == []
    assert [d.verb for d in desk.decisions("kh/2", ["a" * 64])] == [Verb.ACCEPT]


LINK = Link("I.1", Origin.EXPLICIT, "a", "1/QĐ", "")


@pytest.mark.parametrize(
    ("verb", "force", "state"),
    [
        (None, Force.IN_FORCE, State.UNVERIFIED),
        (None, Force.CEASED, State.NOT_IN_FORCE),
        (Verb.ACCEPT, Force.IN_FORCE, State.COVERED),
        (Verb.PARTLY, Force.IN_FORCE_AMENDED, State.PARTIAL),
        (Verb.ACCEPT, Force.ENDED, State.NOT_IN_FORCE),
        (Verb.ACCEPT, Force.UNKNOWN, State.UNVERIFIED),
        (Verb.REJECT, Force.CEASED, State.REJECTED),
    ],
)
def test_state_of_a_link(verb: Verb | None, force: Force, state: State) -> None:
    said = decision(1, "I.1", verb, target="a") if verb else None
    assert link_state(LINK, said, (), force) is state


def test_state_of_an_item_is_that_of_its_weakest_vouched_link() -> None:
    said = decision(1, "I.1", Verb.ACCEPT, target="a")
    covered, ended = (LINK, said, State.COVERED), (LINK, said, State.NOT_IN_FORCE)
    machine, rejected = (LINK, None, State.UNVERIFIED), (LINK, said, State.REJECTED)
    suggested = (replace(LINK, origin=Origin.SUGGESTED), None, State.UNVERIFIED)
    handed = (replace(LINK, origin=Origin.INHERITED), None, State.UNVERIFIED)
    over = (replace(LINK, origin=Origin.INHERITED), None, State.NOT_IN_FORCE)
    partly = (LINK, said, State.PARTIAL)
    for rows, justified, state in (
        ([], False, State.UNCOVERED),
        ([], True, State.JUSTIFIED),
        ([suggested], False, State.UNCOVERED),
        ([rejected], False, State.UNCOVERED),
        ([machine], False, State.UNVERIFIED),
        ([(LINK, None, State.NOT_IN_FORCE)], False, State.NOT_IN_FORCE),
        ([(LINK, None, State.NOT_IN_FORCE), handed], False, State.NOT_IN_FORCE),
        ([covered, machine], False, State.COVERED),
        ([covered, ended], False, State.NOT_IN_FORCE),
        ([covered, (LINK, said, State.SUSPECT)], False, State.SUSPECT),
        # One ground accepted does not clear another that is over and undecided.
        ([covered, over], False, State.PARTIAL),
        ([partly, over], False, State.PARTIAL),
        ([covered, over, handed], False, State.PARTIAL),
        ([covered, (LINK, None, State.NOT_IN_FORCE)], False, State.NOT_IN_FORCE),
        ([covered, (over[0], said, State.REJECTED)], False, State.COVERED),
        ([over], True, State.JUSTIFIED),
        ([covered, (suggested[0], None, State.NOT_IN_FORCE)], False, State.COVERED),
    ):
        assert item_state(rows, justified) is state


def test_a_suggestion_is_no_ground_until_somebody_takes_it() -> None:
    link = Link("I.1", Origin.SUGGESTED, "a", "1/QĐ", "", confidence=0.9, sentence="Tưới chữ.")
    basis = Basis("a", "", "1/QĐ", today=Verdict(Force.IN_FORCE, "Còn hiệu lực"), words="1/QĐ")
    plan = Plan(Document("kh/1", "Kế hoạch", "", "", ""), "", (), tuple(items("Tưới chữ")))
    said = decision(1, "I.1", Verb.ACCEPT, "Tưới chữ", target="a", target_words="1/QĐ")
    for decisions, state in (([], State.UNCOVERED), ([said], State.COVERED)):
        made = report(plan, [link], decisions, {("a", ""): basis}, DAY)
        assert made.items[0].state is state


def test_a_replaced_link_gives_way_to_the_new_one() -> None:

    holds = Verdict(Force.IN_FORCE, "Còn hiệu lực")
    old, new = Basis("a", "", "1/QĐ", today=holds), Basis("b", "", "2/QĐ", today=holds)
    said = decision(1, "I.1", Verb.REPLACE, "Tưới chữ", target="a", new_target="b", why="đã thay")
    plan = Plan(Document("kh/1", "Kế hoạch", "", "", ""), "", (), tuple(items("Tưới chữ")))
    made = report(plan, [LINK], [said], {("a", ""): old, ("b", ""): new}, DAY)
    rows: ItemReport = made.items[0]
    assert [(r.basis.target, r.state) for r in rows.links] == [
        ("a", State.REJECTED), ("b", State.COVERED),
    ]  # fmt: skip
    assert (rows.state, [b.target for b in made.bases]) == (State.COVERED, ["b"])
