"""What the library's texts oblige a school to, beside an invented plan: page and command."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from kb.config import Settings
from tests.plans.conftest import HEAD, School, school_plan
from web import create_app
from web.cli import main

TASK = "Tưới luống rau của lớp một mỗi buổi sáng trước giờ học."
DECREE = (
    HEAD.format(number="902/2020/NĐ-CP", day="04", month="3", year="2020", title="Về luống rau")
    + """Điều 1. Trách nhiệm của nhà trường
1. Tưới luống rau của lớp một mỗi buổi sáng.
2. Ghi sổ hạt giống.
Điều 2. Hỗ trợ
1. Ủy ban nhân dân cấp xã phải cấp hạt giống.
2. Nghị định này có hiệu lực thi hành từ ngày 01 tháng 5 năm 2020.
"""
)


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    School(tmp_path).library(DECREE, school_plan([f"- {TASK}"])).close()
    return Settings(tmp_path / "data-1")


def test_duties_stand_beside_the_items_that_speak_of_them(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KB_DATA", str(settings.data))
    answer = CliRunner().invoke(main, ["plan", "duties", "12/KH-VCGĐ", "--json"])
    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.stdout)
    found = [one for one in told["duties"] if one["number"] == "902/2020/NĐ-CP"]
    assert [one["text"] for one in found] == [
        "1. Tưới luống rau của lớp một mỗi buổi sáng.", "2. Ghi sổ hạt giống.",
    ]  # fmt: skip
    assert found[0]["items"]
    assert not found[1]["items"]
    assert found[0]["url"].endswith("#art_1__cl_1")


def test_the_page_narrows_to_what_no_item_speaks_of(settings: Settings) -> None:
    app = create_app(settings)
    client = app.test_client()
    plans = client.get("/ke-hoach").get_data(as_text=True)
    (address,) = set(re.findall(r'href="(/ke-hoach/[^"#]*vcg[^"#]*)"', plans, re.IGNORECASE))
    page = client.get(f"{address}/nghia-vu?muc=chua").get_data(as_text=True)
    assert "Ghi sổ hạt giống" in page
    assert "Tưới luống rau" not in page
    app.extensions["can-cu"].close()


def test_the_same_over_http(settings: Settings) -> None:
    client = create_app(settings).test_client()
    plan = "/api/ke-hoach/kh/2031/12/vcgd"
    told = client.get(f"{plan}/nghia-vu?ngay=2031-09-06").get_json()
    assert told["on"] == "2031-09-06"
    found = {one["text"]: one["items"] for one in told["duties"]}
    assert found["1. Tưới luống rau của lớp một mỗi buổi sáng."]
    assert found["2. Ghi sổ hạt giống."] == []
    assert client.get(f"{plan}/nghia-vu?ngay=2019-01-01").get_json()["duties"] == []
    assert client.get(plan).get_json()["number"] == "12/KH-VCGĐ"
