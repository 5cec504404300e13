"""A plan: its stated grounds and its items.

An item is whatever the paper marks off for itself: I. / 1. / a) / - / +, and a paragraph without
a mark that stands alone under a heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kb.citing import item_steps, place_name
from kb.documents import Document
from kb.text import Span


@dataclass(frozen=True, slots=True)
class Ground:
    """One "Căn cứ …" or "Thực hiện …" line of the preamble; ``span`` in the plan's cleaned text."""

    text: str
    span: Span


CHARGES = ("Ai làm", "Khi nào", "Kết quả")


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One item: ``id`` as in ``kb.structure`` ("II.1.g1.c2"), ``parent`` the id above or None,
    ``marker`` as printed ("II.", "1.", "-", "+", "" for a bare paragraph), ``text`` its own words
    without the marker, ``span`` its own words in the plan's cleaned text. ``who`` is charged with
    it and ``when`` it is due, as written there, in its table's columns or in the heading above;
    ``result`` what its table says is to come of it; "" where nothing says so."""

    id: str
    parent: str | None
    marker: str
    text: str
    span: Span
    who: str = ""
    when: str = ""
    result: str = ""

    @property
    def charge(self) -> list[tuple[str, str]]:
        """What the plan says of who, when and what for, as (name, words)."""
        told = zip(CHARGES, (self.who, self.when, self.result), strict=True)
        return [(name, words) for name, words in told if words]

    @property
    def beside(self) -> str:
        """The same where the item's own words do not say it: "Ai làm: Tổ Thử; Kết quả: một bài"."""
        return "; ".join(f"{name}: {told}" for name, told in self.charge if told not in self.text)


@dataclass(frozen=True, slots=True)
class Plan:
    document: Document
    text: str
    grounds: tuple[Ground, ...]
    items: tuple[PlanItem, ...]


def item_name(id: str) -> str:
    """What an item is called where people read; its id stays in addresses and JSON.

    >>> item_name("II.1.g1.c4")
    'mục II.1, gạch đầu dòng 1, dấu cộng 4'
    >>> item_name("II.2.dd"), item_name("art_2__cl_1"), item_name("t1r3")
    ('mục II.2.đ', 'khoản 1 Điều 2', 'bảng 1, dòng 3')
    """
    if id.startswith(("art_", "att_")):
        return place_name(id)
    return ", ".join(f"{word} {label}".rstrip() for word, label in item_steps(id))


# Sections that say why, whom and where: nothing in them is a task. What names a document only
# lists it.
_SETTING = re.compile(
    r"mục đích|yêu cầu|mục tiêu|quan điểm|căn cứ|tình hình|đặc điểm|đối tượng|thành phần|phạm vi|"
    r"thời gian|địa điểm|kinh phí|nội dung kiểm tra|danh sách",
    re.IGNORECASE,
)
_LISTS = re.compile(r"(?:[^\W\d_]+\s){1,4}số\s?:?\s?\d|(?:Bộ luật|Luật|Pháp lệnh)\s")
_CHARGES = re.compile(r"tổ chức thực hiện|phân công", re.IGNORECASE)


def tasks(plan: Plan) -> Iterator[PlanItem]:
    """The items that are work to do: those without items below, outside the sections that only set
    the scene (mục đích, yêu cầu, đối tượng, thời gian …)."""
    parents = {item.parent for item in plan.items}
    above = {item.id: item.parent for item in plan.items}
    tops = {item.id: item for item in plan.items if item.parent is None}
    for item in plan.items:
        top = tops.get(_top(item.id, above))
        if item.id in parents or item.parent is None or _LISTS.match(item.text):
            continue
        if top is None or not _SETTING.search(top.text):
            yield item


def charges(plan: Plan) -> bool:
    """Has the plan a part of its own that says who does what?"""
    above = {item.id: item.parent for item in plan.items}
    parts = {item.id for item in plan.items if item.parent is None and _CHARGES.search(item.text)}
    return any(item.who for item in plan.items if _top(item.id, above) in parts)


def _top(item: str, above: Mapping[str, str | None]) -> str:
    while (parent := above.get(item)) is not None:
        item = parent
    return item
