"""The search log: off unless asked for, nothing of the person in it, and what it adds up to."""

from __future__ import annotations

import json
import re
import urllib.parse
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given
from hypothesis import settings as profile
from hypothesis import strategies as st

from kb.config import Settings
from kb.search_log import Clicked, Searched, masked, report
from kb.store import search_log
from kb.store.search_log import SearchLog
from kb.text import nfc
from web import create_app
from web.cli import main

SEARCH = {"what", "id", "day", "hour", "query", "masked", "kind", "found", "ms", "page", "engine"}
CLICK = {"what", "id", "day", "hour", "rank"}
TODAY = date.today().isoformat()


@pytest.fixture
def kept(settings: Settings, tmp_path: Path) -> Iterator[tuple[Flask, SearchLog]]:
    """The pages with a log of their own, which begins empty."""
    app = create_app(replace(settings, search_log=30))
    log = SearchLog(tmp_path / "log", 30)
    app.extensions["search-log"] = log
    yield app, log
    app.extensions["can-cu"].close()


def lines(log: SearchLog) -> list[dict[str, object]]:
    files = sorted(log.folder.glob("*")) if log.folder.exists() else []
    return [
        json.loads(line) for file in files for line in file.read_text("utf-8").split("\n") if line
    ]


def links(client: FlaskClient, address: str) -> list[str]:
    return re.findall(r'<h2><a href="([^"]+)"', client.get(address).text)


def test_without_the_setting_nothing_is_kept_and_links_are_plain(
    client: FlaskClient, settings: Settings
) -> None:
    assert settings.search_log == 0
    found = links(client, "/tim?q=nguoi khuyet tat")
    assert found
    assert all(link.startswith(("/vb/", "/ke-hoach/")) for link in found)
    assert not settings.searches.exists()


def test_a_result_is_opened_at_its_stable_address(kept: tuple[Flask, SearchLog]) -> None:
    app, log = kept
    client = app.test_client()
    link = links(client, "/tim?q=nguoi khuyet tat")[2].replace("&amp;", "&")
    answer = client.get(link)
    assert answer.status_code == 303
    assert re.fullmatch(r"/(vb|ke-hoach)/[a-z0-9/-]+", answer.location)
    assert client.get(answer.location).status_code == 200
    search, click = lines(log)
    assert (search["query"], search["kind"], search["page"]) == ("nguoi khuyet tat", "words", 1)
    assert click["id"] == search["id"]
    assert click["rank"] == 3
    assert links(client, "/tim?q=nguoi khuyet tat&trang=2")[0].count("hang=11")


@pytest.mark.parametrize("where", ["https://x.example/", "//x.example/", "/\\x.example", "", "/"])
def test_a_link_leads_to_our_own_documents_only(client: FlaskClient, where: str) -> None:
    address = "/mo?" + urllib.parse.urlencode({"tim": "a" * 12, "hang": 1, "den": where})
    assert client.get(address).status_code == 404


def test_a_link_copied_while_the_log_was_kept_works_without_it(client: FlaskClient) -> None:
    answer = client.get("/mo?tim=0123456789ab&hang=1&den=/vb/qd/2020/753/ttg%23d_1")
    assert answer.location == "/vb/qd/2020/753/ttg#d_1"


def test_a_log_that_cannot_be_written_fails_no_search(
    kept: tuple[Flask, SearchLog], caplog: pytest.LogCaptureFixture
) -> None:
    app, log = kept
    log.folder.write_text("a file where the folder should be", encoding="utf-8")
    assert app.test_client().get("/tim?q=QĐ 753").status_code == 200
    assert "search log not written" in caplog.text


@profile(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    typed=st.lists(
        st.sampled_from(
            ["người", "khuyết tật", "QĐ 753", "0912 345 678", "079123456789", "loai:luat", "💡",
             "Nguyễn Thị Giả", "a.b@truong.example", '"', "\\", "\u2028"]
        ),
        min_size=1, max_size=5,
    ).map(" ".join),
    name=st.text(min_size=1, max_size=8),
    agent=st.sampled_from(["Trình duyệt lạ", "x/1.0"]),
)  # fmt: skip
def test_nothing_but_the_allowed_is_written(
    kept: tuple[Flask, SearchLog], typed: str, name: str, agent: str
) -> None:
    app, log = kept
    client = app.test_client()
    client.set_cookie("nguoi-soat", urllib.parse.quote("BÍ-MẬT" + name))
    there = {"REMOTE_ADDR": "203.0.113.77"}
    headers = {"User-Agent": urllib.parse.quote(agent) + "-LA", "Referer": "http://noi-den.example"}
    address = "/tim?" + urllib.parse.urlencode({"q": typed})
    page = client.get(address, environ_base=there, headers=headers)
    for link in re.findall(r'href="(/mo\?[^"]+)"', page.text)[:1]:
        client.get(link.replace("&amp;", "&"), environ_base=there, headers=headers)
    for entry in lines(log):
        assert set(entry) == (SEARCH if entry["what"] == "search" else CLICK)
        assert entry["day"] == TODAY
        assert entry["hour"] in range(24)
    written = "".join(file.read_text("utf-8") for file in log.folder.glob("*"))
    for secret in ("203.0.113", "MẬT", "-LA", "noi-den", "345", "0791", "Giả", "truong.example"):
        assert secret not in written


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("gọi 0912.345.678 hỏi nộp hồ sơ", "gọi [số] hỏi nộp hồ sơ"),
        ("+84 912 345 678", "[số]"),
        ("cccd 001 099 012 345", "cccd [số]"),
        ("hộ chiếu C1234567", "hộ chiếu [số]"),
        ("co.lan@truong.example nghỉ phép", "[thư] nghỉ phép"),
        ("học sinh Nguyễn Giả Định nghỉ học", "học sinh [tên] nghỉ học"),
        ("học sinh nguyễn văn a nghỉ", "học sinh [tên]"),
        ("nguyen thi gia", "[tên]"),
        ("cô Lan dạy hòa nhập", "cô [tên] dạy hòa nhập"),
        ("trợ cấp cho bé Minh", "trợ cấp cho bé [tên]"),
        ("TRẦN GIẢ ĐỊNH", "[tên]"),
        ("Nguyễn Thị Giả Nguyễn Thị Định", "[tên] [tên]"),
        ("nguyen thi gia tran thi dinh", "[tên] [tên]"),
    ],
)
def test_what_looks_like_a_person_is_masked(typed: str, said: str) -> None:
    assert masked(typed) == (said, True)


@pytest.mark.parametrize(
    "typed",
    [
        "51/2010/QH12", "khoản 2 điều 14 luật nkt", "QĐ 753 ngày 03.6.2020",
        "70/KH-SGDĐT 11/01/2021",
        "trẻ em Việt Nam", "nguyên văn điều 5", "Bà Rịa Vũng Tàu", "Thành phố Hồ Chí Minh",
        "HỒ SƠ NGƯỜI KHUYẾT TẬT", "giáo viên tiếng Anh THCS", "lực lượng vũ trang", "lý lịch",
        "nguoi khuyet tat", "Bộ Giáo Dục Và Đào Tạo", "ông bà nuôi cháu", "nam:2020 tu:2021",
    ],
)  # fmt: skip
def test_what_the_law_calls_so_is_kept(typed: str) -> None:
    assert masked(typed) == (typed, False)


@given(st.text(max_size=60))
def test_a_mask_hides_every_long_row_of_digits(text: str) -> None:
    typed = text + "0123456789" * (len(text) % 3)
    once, hidden = masked(typed)
    assert not re.search(r"\d{9}", once)
    assert hidden or once == nfc(typed)


def search(id_: str, query: str, found: int = 1, ms: int = 10, day: str = TODAY) -> Searched:
    return Searched(id_, day, 9, query, False, "words", found, ms, 1, "whoosh")


def test_a_report_counts_what_was_asked(tmp_path: Path) -> None:
    told = report(
        [search("a", "trẻ tự kỷ"), search("b", "Trẻ  tự kỷ", ms=900), search("c", "xyzt", found=0),
         Clicked("a", TODAY, 9, 2), Clicked("b", TODAY, 9, 7), Clicked("lạ", TODAY, 9, 9)]
    )  # fmt: skip
    assert (told.searches, told.clicks) == (3, 2)
    assert [(one.query, one.times) for one in told.nothing] == [("xyzt", 1)]
    assert [(one.query, one.times, one.value) for one in told.low] == [("Trẻ  tự kỷ", 1, 7)]
    assert (told.frequent[0].query, told.frequent[0].times) == ("trẻ tự kỷ", 2)
    assert (told.slow[0].value, told.p50_ms) == (900, 10)
    assert report([]).searches == 0


def test_old_days_go_and_a_full_day_takes_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = SearchLog(tmp_path / "log", 2)
    days = [(date.today() - timedelta(days=back)).isoformat() for back in (3, 2, 1, 0)]
    for day in days:
        log.add(search("a", "x", day=day))
    assert [path.stem for path in sorted(log.folder.iterdir())] == days[2:]
    monkeypatch.setattr(search_log, "FULL", 10)
    log.add(search("b", "y"))
    assert [entry["query"] for entry in lines(log)] == ["x", "x"]


def test_the_command_says_how_to_begin_and_what_it_counted(tmp_path: Path) -> None:
    told = CliRunner().invoke(main, ["search-report"], env={"KB_DATA": str(tmp_path)})
    assert "Sổ tra cứu đang tắt" in told.output
    assert "KB_SEARCH_LOG=90" in told.output
    made = Settings(tmp_path, search_log=9)
    log = SearchLog(made.searches, 9)
    log.add(search("a", "trẻ tự kỷ"))
    log.add(Clicked("a", TODAY, 9, 8))
    with (made.searches / f"{TODAY}.jsonl").open("a", encoding="utf-8") as file:
        file.write("hỏng\n")
    on = {"KB_DATA": str(tmp_path), "KB_SEARCH_LOG": "9"}
    told = CliRunner().invoke(main, ["search-report"], env=on)
    assert "1 lần tìm, 1 lần mở kết quả." in told.output
    assert "trẻ tự kỷ (hạng 8)" in told.output
    value = json.loads(CliRunner().invoke(main, ["search-report", "--json"], env=on).stdout)
    assert (value["on"], value["low"][0]["value"]) == (True, 8)
