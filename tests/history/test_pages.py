"""What the pages and the command say of a document's life."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

from kb.citing import place_name
from kb.config import Settings
from web.cli import main
from web.history import read_day

PAGE = "/vb/nd/2030/901/cp"
PLACE = "/lich-su/nd/2030/901/cp/art_2__cl_2"


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def text(client: FlaskClient, address: str, code: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == code
    return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)).split())


def test_timeline_in_sentences_with_who_says_so(client: FlaskClient) -> None:
    page = text(client, PAGE)
    assert "01/5/2030 Có hiệu lực." in page
    assert "01/5/2030, theo lời văn bản" in page
    assert "01/11/2032 Được sửa đổi, bổ sung bởi Nghị định số 955/2032/NĐ-CP" in page
    assert "Bị bãi bỏ bởi Nghị định số 955/2032/NĐ-CP : Điều 3" in page
    assert "lời của Nghị định số 955/2032/NĐ-CP, khoản 2 Điều 1" in page


def test_the_day_asked_for_stays_out_of_the_search_box(client: FlaskClient) -> None:
    html = client.get(PAGE + "?ngay=2033-01-01").get_data(as_text=True)
    assert 'value=""' in html
    assert 'value="2033-01-01"' in html


def test_a_place_that_was_changed_says_by_whom(client: FlaskClient) -> None:
    page = text(client, PAGE)
    assert "Được sửa đổi, bổ sung bởi Nghị định số 955/2032/NĐ-CP, khoản 1 Điều 1, từ" in page
    assert "tưới chữ mỗi tối" not in page


def test_a_day_is_asked_for(client: FlaskClient) -> None:
    assert "Chưa ban hành" in text(client, PAGE + "?ngay=2029-01-01")
    assert "tưới chữ mỗi tối" in text(client, PAGE + "?ngay=2033-01-01")
    assert "không phải là một ngày" in text(client, PAGE + "?ngay=31/02/2030", 400)


def test_two_wordings_beside_each_other(client: FlaskClient) -> None:
    html = client.get(PLACE).get_data(as_text=True)
    assert re.search(r"<del>.*?\[bỏ: .*?sáng.*?</del>", html)
    assert re.search(r"<ins>.*?\[thêm: .*?tối.*?</ins>", html)
    assert "chưa có hiệu lực" in text(client, PLACE + "?ngay=2030-04-30")
    assert "không có chỗ nào" in text(client, "/lich-su/nd/2030/901/cp/art_77", 404)
    assert "Không có văn bản" in text(client, "/lich-su/x/art_1", 404)


def test_command(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_DATA", str(settings.data))
    told = CliRunner().invoke(main, ["history", "901/2030/NĐ-CP"])
    assert told.exit_code == 0
    assert "01/5/2030: Có hiệu lực" in told.output
    assert "Nguồn: Nghị định số 955/2032/NĐ-CP, khoản 1 Điều 1" in told.output
    shown = CliRunner().invoke(main, ["show", "901/2030/NĐ-CP", "--on", "2029-01-01"])
    assert "Chưa ban hành" in shown.output
    wrong = CliRunner().invoke(main, ["show", "901/2030/NĐ-CP", "--on", "hôm qua"])
    assert wrong.exit_code == 1


@pytest.mark.parametrize(
    ("provision", "said"),
    [
        ("art_2__cl_1__point_dd", "điểm đ khoản 1 Điều 2"),
        ("art_42a", "Điều 42a"),
        ("att_1__art_1", "Điều 1 Phụ lục 1"),
    ],
)
def test_a_place_in_words(provision: str, said: str) -> None:
    assert place_name(provision) == said


def test_days_as_typed() -> None:
    assert read_day("06/5/2021") == read_day(" 2021-05-06 ")


def test_a_portals_notes_are_candidates_and_count_for_nothing(client: FlaskClient) -> None:
    page = text(client, "/vb/nd/2033/970/cp")
    assert "2 chú thích của trang đăng, chưa kiểm" in page
    claim = "Khoản này bị bãi bỏ bởi Điều 9 Nghị định 999/2034/NĐ-CP"
    assert page.count(claim) == 2  # at the place and in the history
    assert "theo chú thích của trang đăng, chưa kiểm" in page
    assert "( Nghị định số 955/2032/NĐ-CP )" in page
    later = text(client, "/vb/nd/2033/970/cp?ngay=2036-01-01")
    assert "Bị bãi bỏ" not in later
    assert "Bị bãi bỏ" not in text(client, "/lich-su/nd/2033/970/cp/art_2__cl_2?ngay=2036-01-01")


def test_the_command_tells_candidates_apart(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KB_DATA", str(settings.data))
    told = CliRunner().invoke(main, ["history", "970/2033/NĐ-CP"])
    assert told.exit_code == 0
    assert "01/01/2035: khoản 2 Điều 2: Khoản này bị bãi bỏ bởi Điều 9" in told.output
    assert "Nguồn: theo chú thích của trang đăng, chưa kiểm" in told.output
