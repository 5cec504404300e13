"""Which part of a document has ceased, and whether the place cited is in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kb.catalogue import Catalogue, Relation, Vocabulary
from kb.citations import Pinpoint
from kb.grounds import Basis, Verdict
from kb.press.force import force
from kb.structure import Level, Node
from kb.text import Span
from kb.validity import State, Status
from kb.wordings import provision_status

NOBODY = Catalogue(Vocabulary((), ()))
PARTLY = Basis(
    "nd/1/1/x", "", "1/2001/NĐ-X", today=Verdict(State.IN_FORCE_PARTLY, "Hết hiệu lực một phần")
)
RANGE = Relation("2/2002/NĐ-X", "repeals_partly", "nd/1/1/x", "", "Điều 15 đến Điều 23")
CHAPTER = Relation("3/2003/NĐ-X", "repeals_partly", "nd/1/1/x", "", "Chương V")
OPEN = Relation("4/2004/NĐ-X", "repeals_partly", "nd/1/1/x", "")


def node(id: str, level: Level, number: str, *children: Node) -> Node:
    return Node(id, level, "", number, "", Span(0, 1), Span(0, 1), children)


TREE = node(
    "", Level.DOCUMENT, "",
    node("chp_V", Level.CHAPTER, "V", node("art_40", Level.ARTICLE, "40")),
    node("art_3", Level.ARTICLE, "3"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("place", "changed", "verdict", "said"),
    [
        (Pinpoint("20", clause="1"), [RANGE], "unverified",
         "Khoản 1 Điều 20 thuộc phần đã hết hiệu lực (Điều 15 đến Điều 23, bởi 2/2002/NĐ-X)"),
        (Pinpoint("40"), [RANGE, CHAPTER], "unverified", "thuộc phần đã hết hiệu lực (Chương V"),
        (Pinpoint("3"), [RANGE, CHAPTER], "found", "Điều 3 không thuộc phần ấy."),
        (Pinpoint("3"), [RANGE, OPEN], "unverified",
         "(bởi 4/2004/NĐ-X) mà kho chưa biết là phần nào; đối chiếu xem Điều 3 còn hiệu lực"),
        (Pinpoint("3"), [], "unverified", "chưa biết là phần nào"),
        (None, [RANGE], "found", "Văn bản còn hiệu lực, trừ phần đã hết."),
    ],
)  # fmt: skip
def test_a_part_has_ceased(
    place: Pinpoint | None, changed: list[Relation], verdict: str, said: str
) -> None:
    ((told, reason),) = force(PARTLY, place, TREE, changed, NOBODY)
    assert told == verdict
    assert said in reason


def test_a_place_nobody_is_seen_to_change_is_not_right() -> None:
    """As ``kb.wordings`` tells the status of a place, whatever its words."""
    whole = Status(State.IN_FORCE_PARTLY, date(2026, 11, 26), "Hết hiệu lực một phần")
    place = provision_status(whole, [], "art_3")
    basis = replace(PARTLY, place="Điều 3", today=Verdict(place.state, place.words, place.reason))
    ((told, reason),) = force(basis, Pinpoint("3"), TREE, [OPEN], NOBODY)
    assert told == "unverified"
    assert "đối chiếu xem Điều 3 còn hiệu lực không" in reason
