"""``kb search``: the same answers as the page, with its conditions as options."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from kb.config import Settings
from kb.errors import NotFound
from kb.search import View
from web.opened import Opened
from web.search_commands import search


def run(settings: Settings, *arguments: str) -> Result:
    return CliRunner().invoke(search, arguments, obj=settings, catch_exceptions=False)


def answered(settings: Settings, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(settings, *arguments, "--json").stdout)
    return found


@pytest.mark.parametrize(
    ("options", "typed"),
    [
        (["--type", "qd"], "loai:qd"),
        (["--type", "nghị định"], 'loai:"nghị định"'),
        (["--issuer", "thủ tướng"], 'coquan:"thủ tướng"'),
        (["--from", "2020", "--to", "6/2021"], "tu:2020 den:6/2021"),
        (["--in-force"], "hieuluc:con"),
    ],
)
def test_an_option_is_the_condition_that_could_be_typed(
    settings: Settings, options: list[str], typed: str
) -> None:
    found = answered(settings, "người khuyết tật", *options)
    with Opened(settings) as kb:
        page = kb.search(f"người khuyết tật {typed}")
    assert found["conditions"] == [choice.words for choice in page.conditions] != []
    assert found["count"] == page.count > 0
    keys = list(dict.fromkeys(row["document"]["url"] for row in found["results"]))
    assert keys == [group.url for group in page.groups]


def test_order_and_limit(settings: Settings) -> None:
    found = answered(settings, "người khuyết tật", "--order", "date", "--limit", "14")
    with Opened(settings) as kb:
        page = kb.search("người khuyết tật", View(by_date=True, size=14))
    urls = list(dict.fromkeys(row["document"]["url"] for row in found["results"]))
    assert urls == [group.url for group in page.groups]
    assert len(urls) == 14


def test_what_is_not_known_is_said_before_the_results(settings: Settings) -> None:
    said = run(settings, "Kế hoạch 70 nói gì?").stdout
    assert said.index("Chưa biết.") < said.index("Xin bản gốc ở Sở") < said.index("70/KH-SGDĐT –")


def test_a_document_is_shown_as_a_search_calls_it(settings: Settings) -> None:
    with Opened(settings) as kb:
        assert kb.one("QĐ 753", loose=True).document.key == "qd/2020/753/ttg"
        assert kb.one("luật NKT", loose=True).document.key == "luat/2010/51/qh12"
        with pytest.raises(NotFound, match="Có 2 văn bản được gọi là TT 03"):
            kb.one("TT 03", loose=True)
        for absent in ("qd/2021/753/ttg", "QĐ 753", "điều 5 QĐ 753"):
            with pytest.raises(NotFound):
                kb.one(absent, "plan", loose=True)


@pytest.mark.parametrize("typed", ["KHCN", "bct"])
def test_an_abbreviation_of_two_meanings_is_asked_back(settings: Settings, typed: str) -> None:
    said = run(settings, typed).stdout
    assert "Bạn muốn tìm nghĩa nào?" in said
    assert said.count("\n  kb search '\"") == 2
    assert "Có thể bạn muốn tìm" not in said


def test_a_condition_that_cannot_be_read_is_said_on_stderr(settings: Settings) -> None:
    told = run(settings, "trẻ em", "--type", "xyz")
    assert "“loai:xyz”: Không có loại văn bản “xyz”." in told.stderr
    assert "Đang tìm: trẻ em" in told.stdout


def test_a_condition_alone_lists_and_nothing_is_a_usage_error(settings: Settings) -> None:
    assert run(settings, "--type", "luat").stdout.startswith("Mọi văn bản có loại: Luật")
    nothing = run(settings)
    assert nothing.exit_code == 2
    assert "Gõ vài từ để tìm" in nothing.stderr


def test_scores_are_told_only_when_asked(settings: Settings) -> None:
    plain, told = run(settings, "trẻ tự kỷ"), run(settings, "trẻ tự kỷ", "--explain")
    assert "    điểm" not in plain.stdout
    assert "  văn bản +" not in plain.stdout
    assert "    điểm +" in told.stdout
    assert "  văn bản +" in told.stdout


def test_conditions_that_leave_nothing_are_named(settings: Settings) -> None:
    said = run(settings, "người khuyết tật", "--from", "2090").stdout
    assert said.startswith("Không có văn bản nào vừa hợp các điều kiện vừa có: người khuyết tật.")
    assert "Bỏ bớt một điều kiện" in said
