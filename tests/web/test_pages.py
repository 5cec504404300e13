"""What each page says, without a browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from ingest import pipeline
from kb.config import Settings
from tests.libraries import corpus_library
from web import create_app

GOLDEN = Path(__file__).parents[1] / "golden"
PLAN = "/ke-hoach/kh/2021/82/ndtkt"


def text(client: FlaskClient, address: str, code: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == code
    words = re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True))
    return " ".join(words.split())


def test_home_names_the_plan_and_what_changed(client: FlaskClient) -> None:
    page = text(client, "/")
    assert "82/KH-NDTKT" in page
    assert "32 mục" in page
    assert "1607/QĐ-BYT" in page


@pytest.mark.parametrize("typed", ["QĐ 753", "753/QD-TTg", "quyet dinh so 753"])
def test_a_number_lands_on_its_document(client: FlaskClient, typed: str) -> None:
    page = text(client, f"/tim?q={typed}")
    assert "753/QĐ-TTg" in page
    assert "Tìm nguyên văn" in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1956/QĐ-TTg", "Có thể bạn cần 1929/QĐ-TTg ngày 25/11/2020"),
        ("70/KH-SGDDĐT", "Có thể bạn cần 70/KH-SGDĐT"),
        ("9999/QĐ-TTg", "nhờ người quản trị nạp tệp (lệnh: kb ingest TỆP)"),
        ("zzzz", "Không có văn bản nào trong kho có: zzzz"),
        ("a" * 401, "quá mức 400"),
    ],
)
def test_what_is_not_found_says_why(client: FlaskClient, typed: str, said: str) -> None:
    assert said in text(client, f"/tim?q={typed}", 400 if len(typed) > 400 else 200)


def test_document_without_text_says_so_and_where_to_get_it(client: FlaskClient) -> None:
    page = text(client, "/vb/qd/2020/753/ttg")
    assert "Chưa có toàn văn" in page
    assert "Tóm lược, không trích dẫn được" in page
    assert "kiểm tra ngày 23/11/2026" in page
    assert "Chưa chắc: chưa có nguồn" in page


def test_an_issuer_that_is_gone_names_its_heirs(client: FlaskClient) -> None:
    page = text(client, "/vb/kh/2021/70/sgddt")
    assert "Sở Giáo dục và Đào tạo tỉnh Long An" in page
    assert "Cơ quan kế nhiệm Sở Giáo dục và Đào tạo tỉnh Tây Ninh" in page


def test_document_with_text_has_anchors_and_links(client: FlaskClient) -> None:
    found = client.get("/api/search?q=9753/QĐ-TTg").get_json()["results"][0]
    page = client.get(found["document"]["url"]).get_data(as_text=True)
    assert 'id="art_1"' in page
    assert "Trích dẫn được" in page


def test_plan_shows_each_item_with_its_basis(client: FlaskClient) -> None:
    page = text(client, PLAN)
    # Four documents; the item of Quyết định 753 names Chỉ thị 39 in its title too.
    assert page.count("Nêu đích danh") == 5
    assert "Kế thừa từ mục II.1" in page
    assert "thừa chữ D" in page


def test_plan_as_json(client: FlaskClient) -> None:
    plan = client.get("/api" + PLAN).get_json()
    assert plan["number"] == "82/KH-NDTKT"
    assert plan["issued"] == "2021-05-06"
    assert len(plan["items"]) == 32
    named = {
        basis["number"]
        for item in plan["items"]
        for basis in item["bases"]
        if basis["origin"] == "explicit"
    }
    assert named == {"39-CT/TW", "753/QĐ-TTg", "1929/QĐ-TTg", "1607/QĐ-BYT"}
    assert all(item["id"].startswith("II.1") for item in plan["items"]
               if any(basis["origin"] == "explicit" for basis in item["bases"]))  # fmt: skip
    assert "number-form" in {finding["code"] for finding in plan["findings"]}


def test_wrong_addresses_say_what_to_do(client: FlaskClient) -> None:
    assert "Không có văn bản ở địa chỉ" in text(client, "/vb/qd/1999/1/ttg", 404)
    assert "không có chỗ nào mang mã art_999" in text(client, "/vb/qd/2020/753/ttg/art_999", 404)
    assert "Không có trang này" in text(client, "/nowhere", 404)
    assert "Không có trang này" in text(client, "/tep/../../etc/passwd", 404)


def test_no_page_may_run_a_foreign_script(client: FlaskClient) -> None:
    answer = client.get("/")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "<script>" not in answer.get_data(as_text=True)


def test_style_and_script_are_kept_under_an_address_of_their_own(client: FlaskClient) -> None:
    linked = re.findall(r'"(/static/[^"]+)"', client.get("/").get_data(as_text=True))
    assert {address.partition("?")[0] for address in linked} == {
        "/static/site.css", "/static/site.js", "/static/icon.svg"
    }  # fmt: skip
    for address in linked:
        assert "immutable" in kept(client, address)
        for other in (address.partition("?")[0], f"{address}x"):  # what is there now is not theirs
            assert "immutable" not in kept(client, other)


def kept(client: FlaskClient, address: str) -> str:
    with client.get(address) as answer:
        return answer.headers["Cache-Control"]


def test_what_was_typed_is_escaped(client: FlaskClient) -> None:
    page = client.get("/tim?q=<script>alert(1)</script> người").get_data(as_text=True)
    assert "<script>alert" not in page


def test_a_page_shows_the_paper_s_own_quotes_and_dashes(client: FlaskClient) -> None:
    page = text(client, "/vb/qd/2020/9607/bvhttdl")
    assert "“Hướng dẫn quy trình đọc sách cho trẻ em khuyết tật tại xe sách lưu động”" in page
    found = client.get("/api/vb/qd/2020/9607/bvhttdl").get_json()
    assert any("“" in provision["text"] for provision in found["provisions"])


def test_two_texts_of_a_work_are_listed_and_compared(tmp_path: Path) -> None:
    paper = GOLDEN / "quyet-dinh-9929-qd-ttg.txt"
    other = tmp_path / "bản khác.txt"
    words = paper.read_text(encoding="utf-8")
    other.write_text(words.replace("tại 7 vùng", "tại 8 vùng"), encoding="utf-8")
    made = Settings(tmp_path / "data")
    corpus_library(made)
    outcomes = pipeline.ingest(made, [paper, other], lambda *_: None)
    said = {outcome.reason for outcome in outcomes}
    assert any(r.startswith("Bản thứ hai của 9929/QĐ-TTg, khác 1 chỗ: Điều 1") for r in said)
    app = create_app(made)
    client = app.test_client()
    page = client.get("/vb/qd/2019/9929/ttg").get_data(as_text=True)
    assert 'href="/so-sanh/qd/2019/9929/ttg"' in page
    assert "bản khác.txt" in page
    compared = client.get("/so-sanh/qd/2019/9929/ttg").get_data(as_text=True)
    assert "<del>" in compared
    assert "<ins>" in compared
    assert client.get("/so-sanh/luat/2010/51/qh12").status_code == 404
    app.extensions["can-cu"].close()
