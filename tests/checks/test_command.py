"""``kb check`` on the school's plan: what it must find, how it prints, how it ends."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kb.checks.run import pages
from kb.config import Settings
from tests.libraries import corpus_library
from web import create_app, words
from web.checks import found
from web.cli import main
from web.opened import Opened

PLANS = Path(__file__).parents[1] / "eval" / "plans"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kho")
    corpus_library(Settings(folder))
    return folder


def run(data: Path, *arguments: str) -> Any:
    return CliRunner().invoke(main, ["check", *arguments], env={"KB_DATA": str(data)})


@pytest.fixture(scope="module")
def report(data: Path) -> Any:
    return json.loads(run(data, "82/KH-NDTKT", "--json").stdout)


@pytest.mark.parametrize(
    ("code", "severity", "line", "words"),
    [
        ("number-form", "warning", 11, "thừa chữ D"),
        ("issuer-named", "warning", 11, "không ghi cơ quan ban hành"),
        ("practice-ground", "warning", 13, "không phải căn cứ pháp lý"),
        ("grounds-form", "info", 13, "viết liền"),
        (
            "title-differs",
            "warning",
            43,
            "kế hoạch ghi “quy trình”; trích yếu mà kho biết là “chẩn đoán và”",
        ),
        ("others-power", "warning", 63, "quản lý nhà nước"),
        ("period-lapsed", "info", 75, "2019-2022"),
        ("recipient-person", "warning", 85, "(Thầy Trọng)"),
        ("normative-basis", "warning", 11, "không dẫn văn bản quy phạm pháp luật nào"),
        ("normative-basis", "info", 11, "Luật Người khuyết tật 51/2010/QH12"),
        ("normative-basis", "info", 11, "Nghị định 72/2015/NĐ-CP (khi ký: còn hiệu lực"),
        ("normative-basis", "info", 11, "nay là Luật Bảo vệ bí mật nhà nước 117/2025/QH15"),
        ("normative-basis", "info", 11, "nay là Luật Báo chí 126/2025/QH15"),
        ("normative-basis", "info", 11, "nay là Nghị định 244/2026/NĐ-CP"),
        ("assignment", "warning", 7, "không phân công"),
        ("child-protection", "warning", 69, "sự đồng ý"),
        ("authority-basis", "info", 11, "chức năng, nhiệm vụ, quyền hạn"),
        ("signer-title", "info", 90, "không có chức vụ"),
    ],
)
def test_plan_82(report: Any, code: str, severity: str, line: int, words: str) -> None:
    found = [f for f in report["findings"] if f["code"] == code and words in f["message"]]
    assert [(f["severity"], f["line"]) for f in found] == [(severity, line)]


def test_nothing_else_is_more_than_a_note(report: Any) -> None:
    """Read one by one: a careful officer agrees with each of these nine, and there is no tenth."""
    assert report["counts"]["error"] == 0
    serious = sorted(f["code"] for f in report["findings"] if f["severity"] != "info")
    assert serious == [
        *("assignment", "child-protection", "issuer-named", "normative-basis", "number-form"),
        *("others-power", "practice-ground", "recipient-person", "title-differs"),
    ]


def test_both_verdicts_of_what_it_cites(report: Any) -> None:
    cited = {one["key"]: one for one in report["cited"]}
    verdicts = {key: (one["signed"]["words"], one["today"]["words"]) for key, one in cited.items()}
    none_found = ("Chưa thấy văn bản thay thế",) * 2
    assert verdicts == {
        "kh/2021/70/sgddt": ("Còn giá trị thực hiện", "Đã kết thúc"),
        "ct/2019/39/tw": none_found,
        "qd/2020/753/ttg": none_found,
        "qd/2020/1929/ttg": (
            "Còn giá trị thực hiện; khi ấy đã sửa đổi hay chưa thì chưa rõ",
            "Còn giá trị thực hiện, đã sửa đổi",
        ),
        "qd/2021/1607/byt": ("Còn giá trị thực hiện", "Đã kết thúc"),
    }
    assert all(one["sources"] and "23/11/2026" in one["age"] for one in cited.values())


def test_page_command_and_api_have_the_same_findings(data: Path, report: Any) -> None:
    client = create_app(Settings(data)).test_client()
    over_http = client.get("/api/ke-hoach/kh/2021/82/ndtkt").get_json()
    shown = CliRunner().invoke(
        main, ["plan", "show", "82/KH-NDTKT", "--json"], env={"KB_DATA": str(data)}
    )
    for told in (over_http, json.loads(shown.stdout)):
        assert [f["code"] for f in told["findings"]] == [f["code"] for f in report["findings"]]
    counts = report["counts"]
    page = client.get("/ke-hoach/kh/2021/82/ndtkt").get_data(as_text=True)
    assert f"{counts['warning']} chỗ cần xem, {counts['info']} ghi chú" in page


def test_the_api_answers_for_the_day_asked(data: Path) -> None:
    client = create_app(Settings(data)).test_client()
    for day, said in (("2021-05-06", "Chưa ban hành"), ("2024-01-01", "Còn hiệu lực")):
        told = client.get(f"/api/vb/nd/2023/13/cp?ngay={day}").get_json()
        assert told["status"].startswith(said)
    plan = client.get("/api/ke-hoach/kh/2021/82/ndtkt?ngay=2021-05-06").get_json()
    assert not [
        basis["number"]
        for item in plan["items"]
        for basis in item["bases"]
        if basis["status_today"] == "Đã kết thúc"
    ]


def test_what_came_later_says_so_among_what_is_near(data: Path) -> None:
    client = create_app(Settings(data)).test_client()
    page = client.get("/ke-hoach/kh/2021/82/ndtkt").get_data(as_text=True)
    near = page.partition('id="chua-vien-dan"')[2].partition("</section>")[0]
    (row,) = [row for row in near.split("<li>") if "/vb/nd/2026/148/cp" in row]
    assert "Ban hành ngày 12/5/2026, sau ngày ký kế hoạch (06/5/2021)" in row


def test_exit_codes(data: Path, tmp_path: Path) -> None:
    assert run(data, "82/KH-NDTKT").exit_code == 0
    assert run(data, "82/KH-NDTKT", "--strict").exit_code == 1
    assert run(data, str(PLANS / "bi-mat.txt"), "--strict").exit_code == 0
    wrong = (PLANS / "bi-mat.txt").read_text("utf-8").replace("ngày 26/6/2026", "ngày 16/6/2026")
    (tmp_path / "sai.txt").write_text(wrong, encoding="utf-8")
    assert run(data, str(tmp_path / "sai.txt")).exit_code == 2


def test_a_file_is_checked_as_in_the_library_and_not_kept(data: Path, report: Any) -> None:
    path = Path(__file__).parents[2] / "corpus" / "plans" / "82-KH-NDTKT.txt"
    before = sorted(p.name for p in data.rglob("*"))
    told = json.loads(run(data, str(path), "--json").stdout)
    checks = [f["code"] for f in report["findings"] if f["code"] in pages()]
    assert [f["code"] for f in told["findings"]] == checks
    assert sorted(p.name for p in data.rglob("*")) == before


def test_sarif_has_a_rule_and_a_line_for_each_result(data: Path) -> None:
    told = json.loads(run(data, "82/KH-NDTKT", "--sarif").stdout)
    assert told["version"] == "2.1.0"
    (one,) = told["runs"]
    rules = one["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(pages())
    for result in one["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        (place,) = result["locations"]
        assert place["physicalLocation"]["region"]["startLine"] > 0
        assert place["physicalLocation"]["artifactLocation"]["uri"] == "82-KH-NDTKT.txt"


def test_help_of_one_check_and_of_none(data: Path) -> None:
    assert "Nghị định 30/2020/NĐ-CP" in run(data, "--help-check", "practice-ground").output
    wrong = run(data, "--help-check", "khong-co")
    assert wrong.exit_code == 1
    assert "practice-ground" in wrong.output


def test_plan_page_shows_findings_at_their_place(data: Path) -> None:
    app = create_app(Settings(data))
    page = app.test_client().get("/ke-hoach/kh/2021/82/ndtkt").get_data(as_text=True)
    app.extensions["can-cu"].close()
    assert "0 lỗi, 9 chỗ cần xem" in page
    assert '<a href="#III.1">mục III.1</a>' in page
    assert 'aria-label="Kiểm tra mục III.1"' in page
    assert "thừa chữ D" in page
    assert page.count("Trích yếu của Quyết định 1607/QĐ-BYT khác trích yếu mà kho biết") == 2


def test_a_fresh_folder_is_filled_before_the_question(tmp_path: Path) -> None:
    told = run(tmp_path, "82/KH-NDTKT", "--json")
    assert told.exit_code == 0
    assert json.loads(told.stdout)["plan"]["number"] == "82/KH-NDTKT"


def test_one_plan_has_one_number_wherever_it_is_counted(data: Path) -> None:
    client = create_app(Settings(data)).test_client()
    page = client.get("/ke-hoach/kh/2021/82/ndtkt").get_data(as_text=True)
    (said,) = re.findall(r"<p>(\d+ lỗi, \d+ chỗ cần xem, \d+ ghi chú\.)</p>", page)
    assert said in client.get("/").get_data(as_text=True)
    listed = [int(n) for n in re.findall(r"<summary>[^<(]+ \((\d+)\)</summary>", page)]
    assert sum(listed) == sum(map(int, re.findall(r"\d+", said)))
    assert page.count("<h2") == len(set(re.findall(r"<h2[^>]*>([^<]*)", page)))


def test_items_are_counted_as_items(data: Path) -> None:
    """Of the bases an item stands on one may be over and another hold."""
    page = create_app(Settings(data)).test_client().get("/ke-hoach/kh/2021/82/ndtkt")
    told = re.search(r'class="counts">(.*?)</p>', page.get_data(as_text=True), re.DOTALL)
    assert told
    words = re.sub(r"<[^>]*>", "", told[1])
    assert re.match(r"\s*32 mục:", words)
    assert re.search(r"\d+ có căn cứ hết hoặc chưa có giá trị", words)


def test_the_command_counts_what_the_page_counts(data: Path) -> None:
    with Opened(Settings(data)) as shown:
        counts = found(shown, shown.one("82/KH-NDTKT").document.key, date.today())["counts"]
    assert (
        run(data, "82/KH-NDTKT").output.rstrip().splitlines()[-1].startswith(words.counted(counts))
    )
