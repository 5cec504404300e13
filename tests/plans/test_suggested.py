"""What is suggested for the items of a plan: found, shown, accepted, turned down."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page

from kb.config import Settings
from kb.documents import Document
from kb.links import DIGEST, Link, Origin
from kb.links.likely import NAMES, confidence
from kb.links.suggest import ITEMS, MOST, About, Near, Passage, Suggester, overlap, unnamed
from kb.plans import Plan, PlanItem
from kb.report import report
from kb.store.desk import Desk
from kb.store.generations import current
from kb.store.library import Library
from kb.text import Span
from tests.plans.conftest import HEAD, School, school_plan, the_plan, told
from web import create_app
from web.api import plan_json
from web.cli import main
from web.opened import Opened

PLAN = "/ke-hoach/kh/2031/12/vcgd"
DECREE = "nd/2020/902/cp"
TASKS = (
    "Nhà trường tưới luống rau của lớp một mỗi buổi sáng trước giờ học.",
    "Nhà trường ghi sổ hạt giống của từng luống rau vào thứ sáu.",
    "Nhà trường nhổ cỏ luống rau cùng cha mẹ vào thứ bảy.",
    "Mua hai cái ghế cho phòng khách.",
)
LAW = (
    HEAD.format(number="902/2020/NĐ-CP", day="04", month="3", year="2020",
                title="Về luống rau của trường học giả định")
    + """Điều 1. Phạm vi điều chỉnh
Nghị định này quy định về luống rau giả định.
Điều 2. Tưới luống rau
1. Nhà trường tưới luống rau của lớp một mỗi buổi sáng trước giờ học.
2. Ngày mưa thì không tưới.
Điều 3. Ghi sổ hạt giống
1. Nhà trường ghi sổ hạt giống của từng luống rau vào thứ sáu.
Điều 4. Nhổ cỏ luống rau
1. Nhà trường nhổ cỏ luống rau cùng cha mẹ vào thứ bảy.
Điều 5. Hiệu lực thi hành
Nghị định này có hiệu lực thi hành từ ngày 01 tháng 5 năm 2020.
"""
)  # fmt: skip


def plan_of(texts: Sequence[str], order: Sequence[int] | None = None) -> Plan:
    every = [PlanItem(f"I.{n}", None, f"{n}.", text, Span(0, 0)) for n, text in enumerate(texts, 1)]
    document = Document("kh/1", "Kế hoạch", "", "Chăm luống rau", "")
    return Plan(document, "", (), tuple(every[n] for n in order or range(len(every))))


class Garden:
    """Sources of a few clauses: each is near to a text by the words they share."""

    def __init__(self, clauses: Mapping[str, str], digest: bool = False) -> None:
        self.clauses, self.digest = clauses, digest

    def similar(self, text: str) -> list[Near]:
        words = set(text.lower().split())
        shared = {place: len(words & set(said.lower().split()))
                  for place, said in self.clauses.items()}  # fmt: skip
        top = max([*shared.values(), 1])
        found = [Near("nd/1", place, count / top, self.digest)
                 for place, count in shared.items() if count]  # fmt: skip
        return sorted(found, key=lambda near: (-near.score, near.provision))

    def passage(self, near: Near) -> Passage:
        said = self.clauses[near.provision]
        return Passage("Điều 1", said, "", (said,))

    def about(self, key: str) -> About:
        return About("1/2020/NĐ-CP", "Về chăm luống rau", 0.5, 1.0)

    def worth(self, term: str) -> float:
        return float(len(term))


CLAUSES = {f"art_{n}": text for n, text in enumerate(TASKS[:3], 1)}


def test_the_clause_that_says_the_task_is_suggested_first() -> None:
    found = Suggester(Garden(CLAUSES)).of(plan_of(TASKS[:3]))
    first = {link.item: link for link in reversed(found)}
    assert [first[f"I.{n}"].provision for n in (1, 2, 3)] == ["art_1", "art_2", "art_3"]
    for link in found:
        assert link.origin is Origin.SUGGESTED
        assert link.confidence is not None
        assert 0 < link.confidence <= 1
        assert link.sentence == CLAUSES[link.provision]


def test_what_is_younger_than_the_plan_has_no_confidence() -> None:
    class Young(Garden):
        def about(self, key: str) -> About:
            return replace(super().about(key), issued="2032-01-01")

    plan = plan_of(TASKS[:3])
    for signed, late in (("2031-09-06", True), ("2032-01-01", False), ("", False)):
        dated = replace(plan, document=replace(plan.document, issued=signed))
        found = Suggester(Young(CLAUSES)).of(dated)
        assert found
        assert all((link.confidence == 0) is late for link in found)


def test_a_digest_is_marked_and_is_of_the_whole_document() -> None:
    found = Suggester(Garden(CLAUSES, digest=True)).of(plan_of(TASKS[:3]))
    assert {(link.via, link.provision) for link in found} == {(DIGEST, "")}
    assert len({link.item for link in found}) == len(found)


def test_what_the_item_names_itself_is_not_suggested() -> None:
    named = Link("I.1", Origin.EXPLICIT, "nd/1", "", "", provision="art_1__cl_1")
    found = Suggester(Garden(CLAUSES)).of(plan_of(TASKS[:3]), [named])
    assert ("I.1", "art_1") not in {(link.item, link.provision) for link in found}
    assert ("I.2", "art_2") in {(link.item, link.provision) for link in found}


@given(st.permutations(range(len(TASKS))))
def test_the_order_of_the_items_changes_nothing(order: list[int]) -> None:
    plain = Suggester(Garden(CLAUSES)).of(plan_of(TASKS))
    moved = Suggester(Garden(CLAUSES)).of(plan_of(TASKS, order))
    by_place = lambda link: (link.item, link.target, link.provision)  # noqa: E731
    assert sorted(moved, key=by_place) == sorted(plain, key=by_place)


@given(st.lists(st.floats(-2, 2), min_size=len(NAMES), max_size=len(NAMES)))
def test_a_confidence_is_a_share(features: list[float]) -> None:
    assert 0 <= confidence(features) <= 1


@given(st.lists(st.text("tưới luống rau lớp một ", min_size=20, max_size=60), max_size=6))
def test_an_item_has_few_suggestions_each_once(texts: list[str]) -> None:
    found = Suggester(Garden(CLAUSES)).of(plan_of(texts))
    places = [(link.item, link.target, link.provision) for link in found]
    assert len(places) == len(set(places))
    assert all(sum(link.item == item for link in found) <= MOST for item, _, _ in places)


def test_places_overlap_by_whole_parts() -> None:
    assert overlap("art_5", "art_5__cl_2")
    assert not overlap("art_5", "art_50")


def test_a_document_many_items_are_near_to_is_told_unless_it_is_named() -> None:
    near = [Link(f"I.{n}", Origin.SUGGESTED, "nd/1", "", "") for n in range(ITEMS)]
    assert unnamed(near) == {"nd/1": [link.item for link in near]}
    assert unnamed(near[1:]) == {}
    assert unnamed([*near, Link("II", Origin.INHERITED, "nd/1", "", "")]) == {}


# -- in a library ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("suggested")
    School(folder).library(LAW, school_plan(list(TASKS))).close()
    return Settings(folder / "data-1")


@pytest.fixture(scope="module")
def app(settings: Settings) -> Iterator[Flask]:
    made = create_app(settings)
    yield made
    made.extensions["can-cu"].close()
    settings.desk.unlink(missing_ok=True)


def plain(app: Flask, address: str) -> str:
    page = app.test_client().get(address).get_data(as_text=True)
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_suggestions_are_no_links_and_change_no_state(settings: Settings) -> None:
    library = Library(current(settings.library) / "library.db")
    found = library.suggestions("kh/2031/12/vcgd")
    assert {(link.item, link.target, link.provision) for link in found} >= {
        ("I.1", DECREE, "art_2"), ("I.2", DECREE, "art_3"), ("I.3", DECREE, "art_4"),
    }  # fmt: skip
    assert all(link.origin is not Origin.SUGGESTED for link in library.links("kh/2031/12/vcgd"))
    library.close()


def test_no_state_is_changed_by_a_suggestion(settings: Settings, tmp_path: Path) -> None:
    library = Library(current(settings.library) / "library.db")
    without = told(library, Desk(tmp_path / "desk.db"), date(2031, 10, 1))
    key = without.document.key
    judged = {(b.target, b.provision): b for b in without.bases}
    every = [*library.links(key), *library.suggestions(key)]
    made = report(the_plan(library), every, [], judged, without.day)
    assert [row.state for row in made.items] == [row.state for row in without.items]
    assert made.bases == without.bases
    assert any(row.suggested for row in made.items)
    library.close()


def test_the_command_tells_sentence_confidence_and_status(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KB_DATA", str(settings.data))
    answer = CliRunner().invoke(main, ["plan", "suggest", "12/KH-VCGĐ", "--item", "I.1"])
    assert answer.exit_code == 0, answer.output
    assert "902/2020/NĐ-CP, Điều 2" in answer.output
    assert "độ tin" in answer.output
    assert TASKS[0] in answer.output
    answer = CliRunner().invoke(main, ["plan", "suggest", "12/KH-VCGĐ", "--json"])
    made = json.loads(answer.stdout)
    first = next(item for item in made["items"] if item["id"] == "I.1")["suggestions"][0]
    assert (first["document"], first["provision"], first["digest"]) == (DECREE, "art_2", False)
    assert DECREE in {one["key"] for one in made["unnamed"]}
    assert CliRunner().invoke(main, ["plan", "suggest", "12/KH-VCGĐ", "--item", "IX"]).exit_code


def test_the_plan_tells_what_it_does_not_name(app: Flask) -> None:
    page = plain(app, PLAN)
    assert "Văn bản nhiều mục cùng gần mà kế hoạch không viện dẫn" in page
    assert "902/2020/NĐ-CP" in page
    assert "đề xuất (chưa duyệt)" in page


def fields(page: str, anchor: str) -> dict[str, str]:
    """The hidden fields of the form of the ground with that anchor."""
    ground = page[page.index(f'<article id="{anchor}"') :]
    form = re.search(r'<form method="post" class="decide"[^>]*>.*?</form>', ground, re.DOTALL)
    assert form
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form[0]))


def test_a_suggestion_turned_down_is_not_shown_again(app: Flask) -> None:
    client = app.test_client()
    address = f"{PLAN}/muc/I.2"
    page = client.get(address).get_data(as_text=True)
    part = page[page.index('id="de-xuat"') :]
    assert "nd-2020-902-cp-art_3" in part
    sent = fields(page, "nd-2020-902-cp-art_3") | {
        "quyet-dinh": "reject", "ten": "Cô Thử", "vi-sao": "nói việc khác",
    }  # fmt: skip
    assert (
        client.post(address, data=sent, headers={"Origin": "http://localhost"}).status_code == 303
    )
    page = client.get(address).get_data(as_text=True)
    assert "nd-2020-902-cp-art_3" not in page.partition('id="de-xuat"')[2]
    assert "nói việc khác" in page


@pytest.mark.browser
def test_accepting_makes_it_a_ground(settings: Settings, page: Page, address: str) -> None:
    page.goto(f"{address}{PLAN}/muc/I.1")
    ground = page.locator("#nd-2020-902-cp-art_2")
    assert "Đề xuất (chưa duyệt)" in ground.inner_text()
    assert TASKS[0] in ground.inner_text()
    ground.locator("summary", has_text="Quyết định về căn cứ này").click()
    ground.get_by_label("Đúng là căn cứ của mục").check()
    ground.get_by_label("Tên người soát").first.fill("Cô Thử")
    ground.get_by_role("button", name="Ghi quyết định").click()
    page.wait_for_url("**/muc/I.1#*")
    assert "Đề xuất (chưa duyệt)" not in page.locator("#nd-2020-902-cp-art_2").inner_text()
    assert "Đúng là căn cứ, Cô Thử" in page.locator("#nd-2020-902-cp-art_2").inner_text()
    with Opened(settings) as kb:
        made = plan_json(kb, "kh/2031/12/vcgd", date.today(), ())
    row = next(item for item in made["items"] if item["id"] == "I.1")
    assert ("902/2020/NĐ-CP", "art_2", "added") in {
        (basis["number"], basis["provision"], basis["origin"]) for basis in row["bases"]
    }
