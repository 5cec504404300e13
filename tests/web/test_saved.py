"""Saved searches: kept for good, told what is new, by keyboard alone."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page

from ingest import pipeline
from kb.config import Settings
from kb.errors import CanCuError, NotFound
from kb.saved import Said, Verb, saved_of
from kb.search import View
from kb.store import saved as store
from kb.store.desk import Desk
from tests.libraries import corpus_library
from web import create_app
from web.cli import main
from web.opened import Opened

OURS = {"Sec-Fetch-Site": "same-origin"}
AT = "2026-11-26T02:00:00+00:00"
ASKED = "q=tre+tu+ky&trang=2&giai-thich=1&xep=ngay"
SAVE = {"viec": "luu", "dia-chi": ASKED, "ten-tim": " Trẻ  tự kỷ "}


@pytest.fixture(scope="module")
def app(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The pages with a desk of their own."""
    made = create_app(settings)
    made.extensions["can-cu"].opened().desk = Desk(tmp_path_factory.mktemp("ban") / "desk.db")
    yield made
    made.extensions["can-cu"].close()


@pytest.fixture
def desk(app: Flask, tmp_path: Path) -> Desk:
    opened: Opened = app.extensions["can-cu"].opened()
    opened.desk = Desk(tmp_path / "desk.db")
    return opened.desk


def test_a_search_is_saved_listed_and_let_go(app: Flask, desk: Desk) -> None:
    client = app.test_client()
    client.set_cookie("nguoi-soat", "Nguy%E1%BB%85n%20Gi%E1%BA%A3")
    assert "Tìm kiếm đã lưu" not in client.get("/").text
    assert client.post("/tim-da-luu", data=SAVE).status_code == 403
    assert client.post("/tim-da-luu", data=SAVE, headers=OURS).location == "/tim-da-luu"
    (one,) = store.saved(desk)
    assert (one.name, one.query, one.by) == ("Trẻ tự kỷ", "q=tre+tu+ky&xep=ngay", "Nguyễn Giả")
    assert 'href="/tim?q=tre+tu+ky&amp;xep=ngay">Trẻ tự kỷ</a>' in client.get("/").text
    assert "Không có văn bản nào mới" in client.get("/tim-da-luu").text
    again = client.post("/tim-da-luu", data=SAVE | {"ten-tim": "khác"}, headers=OURS)
    assert again.status_code == 400
    assert "đã được lưu với tên “Trẻ tự kỷ”" in again.text
    client.post("/tim-da-luu", data={"viec": f"bo:{one.id}"}, headers=OURS)
    assert "Chưa lưu tìm kiếm nào" in client.get("/tim-da-luu").text
    gone = client.post("/tim-da-luu", data={"viec": f"xem:{one.id}"}, headers=OURS)
    assert gone.status_code == 404


@pytest.mark.parametrize(
    "form",
    [{}, {"viec": "xoá"}, {"viec": "luu"}, {"viec": "luu", "dia-chi": "trang=2"},
     {"viec": "luu", "dia-chi": "q=a", "ten-tim": "x" * 101},
     {"viec": "luu", "dia-chi": "q=" + "a" * 500}],
)  # fmt: skip
def test_what_cannot_be_saved_is_told(app: Flask, desk: Desk, form: dict[str, str]) -> None:
    answer = app.test_client().post("/tim-da-luu", data=form, headers=OURS)
    assert answer.status_code == 400
    assert store.saved(desk) == []


def test_nothing_said_is_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    desk = Desk(path)
    number = store.save(desk, "a", "q=a", ["x"], by="", at=AT)
    store.remove(desk, number, by="", at=AT)
    with pytest.raises(NotFound):
        store.remove(desk, number, by="", at=AT)
    store.save(desk, "a", "q=a", [], by="", at=AT)
    with pytest.raises(CanCuError, match="đã được lưu"):
        store.save(desk, "b", "q=a", [], by="", at=AT)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM saved_searches").fetchone() == (3,)
        for statement in ("DELETE FROM saved_searches", "UPDATE saved_searches SET by = 'C'"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                connection.execute(statement)


@given(st.lists(st.tuples(st.sampled_from(Verb), st.integers(1, 6)), max_size=12))
def test_what_is_kept_was_saved_and_not_let_go(said: list[tuple[Verb, int]]) -> None:
    rows = [
        Said(id_, id_ if verb is Verb.SAVE else of, verb, "", str(id_), (str(id_),), "", AT)
        for id_, (verb, of) in enumerate(said, 1)
    ]
    kept = saved_of(rows)
    assert len({one.id for one in kept}) == len(kept)
    for one in kept:
        assert rows[one.id - 1].verb is Verb.SAVE
        after = [row for row in rows if row.of == one.id and row.id > one.id]
        assert all(row.verb is not Verb.REMOVE for row in after)
        looks = [row for row in after if row.verb is Verb.LOOK]
        assert one.keys == (looks[-1].keys if looks else (str(one.id),))


def test_what_answers_wholly_is_the_same_for_every_page(settings: Settings) -> None:
    with Opened(settings) as kb:
        found = [kb.search("người khuyết tật", View(page=page)) for page in (1, 2)]
        assert found[0].keys == found[1].keys
        assert len(found[0].keys) == found[0].full
        (named,) = kb.search("QĐ 753").keys
        assert named == "qd/2020/753/ttg"
        assert kb.search("xyzt người").keys == ()
        only = kb.search("người khuyết tật", View(filters={"loai": ("luat",)})).keys
        assert set(only) < set(found[0].keys)


LAW = "QUỐC HỘI\nLUẬT\nGIẢ ĐỊNH {0}\nĐiều 1. Vườn chữ\nVườn chữ giả định {0} có giàn thử.\n"


def test_a_document_that_came_later_is_told_until_it_was_seen(tmp_path: Path) -> None:
    made = Settings(tmp_path / "data")
    papers = [tmp_path / f"{name}.txt" for name in ("mot", "hai")]
    for path in papers:
        path.write_text(LAW.format(path.stem.upper()), encoding="utf-8")
    corpus_library(made)
    pipeline.ingest(made, papers[:1], lambda *_: None)
    env = {"KB_DATA": str(made.data)}
    app = create_app(made)
    client = app.test_client()
    form = {"viec": "luu", "dia-chi": "q=giàn+thử", "ten-tim": "Giàn"}
    client.post("/tim-da-luu", data=form, headers=OURS)
    pipeline.ingest(made, papers[1:], lambda *_: None)
    page = client.get("/tim-da-luu").text
    assert "1 văn bản lần trước chưa có trong kết quả" in page
    assert "GIẢ ĐỊNH HAI" in page.upper()
    (row,) = json.loads(CliRunner().invoke(main, ["saved", "--json"], env=env).stdout)
    assert (row["name"], len(row["new"]), row["trouble"]) == ("Giàn", 1, "")
    assert "1 văn bản lần trước chưa có" in CliRunner().invoke(main, ["saved"], env=env).output
    client.post("/tim-da-luu", data={"viec": f"xem:{row['id']}"}, headers=OURS)
    assert "Không có văn bản nào mới" in client.get("/tim-da-luu").text
    app.extensions["can-cu"].close()


@pytest.mark.browser
def test_saved_and_let_go_by_keyboard(app: Flask, desk: Desk, page: Page, address: str) -> None:
    page.goto(address + "/tim?q=tre+tu+ky")
    page.locator(".keep summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "ten-tim"
    page.keyboard.press("Control+A")
    page.keyboard.type("Của lớp ba")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim-da-luu")
    assert page.locator(".saved h2").all_inner_texts() == ["Của lớp ba"]
    page.keyboard.press("Tab")
    page.locator(".saved button.quiet").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Chưa lưu tìm kiếm nào")
