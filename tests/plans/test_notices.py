"""What became of a whole document since a decision is told in words and changes no state."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from kb.links.review import State, Verb
from kb.report import PlanReport
from kb.store.desk import Desk
from tests.plans.conftest import AMENDING, REPLACING, Kept, School, decree, school_plan, task, told
from tests.plans.test_review import BEFORE, DAY, decision
from web import create_app
from web.cli import main

WHOLE = "Cả trường trông vườn chữ, theo Nghị định số 901/2030/NĐ-CP ngày 04/3/2030 của Chính phủ."
PLAN = school_plan([WHOLE, task(7), task(8)])
DECIDED = "2032-01-15T02:00:00+00:00"
CLAUSE = "khoản 2 Điều 7 được sửa đổi, bổ sung bởi Nghị định 955/2032/NĐ-CP, từ 01/11/2032"


def accept(now: PlanReport, desk: Desk, at: str = DECIDED) -> None:
    """A person accepts what each item names itself."""
    desk.decide([
        decision(0, row.item.id, Verb.ACCEPT, row.item.text, plan=now.document.key, at=at,
                 target=link.link.target, provision=link.link.provision,
                 target_words=link.basis.words)
        for row in now.items for link in row.links if link.link.origin == "explicit"
    ])  # fmt: skip


def said(now: PlanReport) -> dict[str, tuple[State, list[str]]]:
    return {
        row.item.id: (row.state, [n.words for link in row.live for n in link.noticed])
        for row in now.items
        if row.item.id in ("I.1", "I.2", "I.3")
    }


@pytest.fixture
def decided(school: School) -> School:
    accept(told(school.library(decree(), PLAN), school.desk, BEFORE), school.desk)
    return school


def test_an_amended_clause_is_a_notice_on_the_whole_and_suspect_on_the_clause(
    decided: School,
) -> None:
    amended = decided.library(decree(), PLAN, AMENDING)
    assert said(told(amended, decided.desk, DAY)) == {
        "I.1": (State.UNVERIFIED, [CLAUSE]),
        "I.2": (State.SUSPECT, []),
        "I.3": (State.UNVERIFIED, []),
    }
    # Before the amendment holds, and on a day before the decision, there is nothing to tell.
    for day in (date(2032, 6, 1), date(2031, 1, 1)):
        assert all(not notices for _, notices in said(told(amended, decided.desk, day)).values())


def test_who_decides_anew_has_heard_of_it(decided: School) -> None:
    amended = decided.library(decree(), PLAN, AMENDING)
    accept(told(amended, decided.desk, DAY), decided.desk, "2032-12-01T02:00:00+00:00")
    now = told(amended, decided.desk, DAY)
    assert said(now)["I.1"] == (State.UNVERIFIED, [])
    assert now.noticed == 0


def test_what_ends_the_document_is_told_and_its_ground_is_no_longer_in_force(
    decided: School,
) -> None:
    library = decided.library(decree(), PLAN, REPLACING)
    state, notices = said(told(library, decided.desk, date(2034, 1, 1)))["I.1"]
    assert state is State.NOT_IN_FORCE
    assert notices == ["bị thay thế bởi Nghị định 988/2033/NĐ-CP, từ 01/11/2033"]


def test_what_the_library_got_later_is_told_whatever_its_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Kept(tmp_path, monkeypatch)
    first = kept.add("2033-01-05T02:00:00+00:00", decree(), PLAN)
    accept(told(first, kept.desk, DAY), kept.desk, "2033-02-01T02:00:00+00:00")
    asked = date(2033, 6, 1)
    assert said(told(first, kept.desk, asked))["I.1"] == (State.UNVERIFIED, [])
    amended = kept.add("2033-03-01T02:00:00+00:00", AMENDING)
    late = f"{CLAUSE} (kho có văn bản này từ 01/3/2033)"
    assert said(told(amended, kept.desk, asked))["I.1"] == (State.UNVERIFIED, [late])


def test_another_text_of_the_document_is_told_with_its_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Kept(tmp_path, monkeypatch)
    named = kept.add("2033-01-05T02:00:00+00:00", decree(), PLAN)
    accept(told(named, kept.desk, DAY), kept.desk, "2033-02-01T02:00:00+00:00")
    longer = decree() + "PHỤ LỤC\n" + "".join(
        f"{n}. Mẫu sổ giả định thứ {n} ghi tên người trông, số luống và số chữ đã đếm được.\n"
        for n in range(1, 60)
    )  # fmt: skip
    again = kept.add("2033-03-01T02:00:00+00:00", longer)
    (notice,) = said(told(again, kept.desk, date(2033, 6, 1)))["I.1"][1]
    assert notice.startswith("bản đang hiện được nạp ngày 01/3/2033; bản khi ấy khác")


def test_pages_commands_and_files_say_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Kept(tmp_path, monkeypatch)
    monkeypatch.setenv("KB_DATA", str(kept.settings.data))
    desk = Desk(kept.settings.desk)
    library = kept.add("2026-01-01T02:00:00+00:00", decree(), PLAN)
    accept(told(library, desk, date(2026, 1, 2)), desk, "2026-01-02T02:00:00+00:00")
    kept.add("2026-01-03T02:00:00+00:00", AMENDING)
    sentence = f"Từ ngày Thầy Thử quyết định (02/01/2026): {CLAUSE}."
    run = CliRunner()
    listed = run.invoke(main, ["review", "list", "12/KH-VCGĐ"]).output
    assert sentence in listed
    assert sentence in run.invoke(main, ["plan", "show", "12/KH-VCGĐ"]).output
    shown = json.loads(run.invoke(main, ["plan", "show", "12/KH-VCGĐ", "--json"]).output)
    (item,) = [item for item in shown["items"] if item["id"] == "I.1"]
    (basis,) = [basis for basis in item["bases"] if basis["origin"] == "explicit"]
    assert [(n["by"], n["at"]) for n in basis["notices"]] == [("nd/2032/955/cp", "art_1__cl_1")]
    out = tmp_path / "bao-cao.csv"
    assert run.invoke(main, ["plan", "export", "12/KH-VCGĐ", "--csv", str(out)]).exit_code == 0
    told_in = out.read_text("utf-8-sig")
    assert sentence in told_in
    assert '"Đúng là căn cứ – Thầy Thử, 02/01/2026"' in told_in
    app = create_app(kept.settings)
    client = app.test_client()
    plan = "/ke-hoach/kh/2031/12/vcgd"
    item_page = client.get(f"{plan}/muc/I.1").get_data(as_text=True)
    assert f'<a href="/vb/nd/2032/955/cp#art_1__cl_1">{CLAUSE}' in item_page
    assert "Văn bản có thay đổi từ khi duyệt." in item_page
    filtered = client.get(f"{plan}?loc=thay-doi").get_data(as_text=True)
    assert re.findall(r'<li id="([^"]+)" class="item', filtered) == ["I.1"]
    assert "1 mục có văn bản có thay đổi" in filtered
    assert "Chưa có giá trị, có thay đổi" in client.get(f"{plan}/ma-tran").get_data(as_text=True)
    app.extensions["can-cu"].close()
    # Without a place the whole document is meant; deciding anew lays the notice to rest.
    again = ["review", "accept", "12/KH-VCGĐ", "I.1", "901/2030/NĐ-CP", "--by", "Cô Bịa"]
    assert run.invoke(main, again).exit_code == 0
    assert "quyết định (" not in run.invoke(main, ["review", "list", "12/KH-VCGĐ"]).output
