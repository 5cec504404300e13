"""The press desk's pages: its home, and a draft pasted or uploaded."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page

from kb.config import Settings
from web import create_app

OURS = {"Sec-Fetch-Site": "same-origin"}
BAI = (
    "Khoản 1 Điều 2 Luật Khu vườn giả định: “Hoa được tưới trong 18 ngày làm việc kể từ ngày "
    "trồng”.\n\nTheo Nghị định 09/2017/NĐ-CP và <b>Quyết định 1956/QĐ-TTg</b>.\n"
    "Em Nguyễn Văn Giả mắc tự kỷ."
)


@pytest.fixture(scope="module")
def app(settings: Settings) -> Iterator[Flask]:
    made = create_app(settings)
    yield made
    made.extensions["can-cu"].close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def test_home_has_the_clocks_with_source_and_doubt(client: FlaskClient) -> None:
    page = client.get("/bao-chi").text
    assert "Trong 30 ngày kể từ khi nhận văn bản của cơ quan báo chí" in page
    assert "Chưa chắc: Điều 2 không nêu trường học" in page
    assert 'href="/bao-chi/kiem-tra"' in page


def test_a_pasted_draft(client: FlaskClient) -> None:
    page = client.post("/bao-chi/kiem-tra", data={"bai": BAI}, headers=OURS).text
    assert "1 trích dẫn: 1 khác nguyên văn." in page
    assert "<del>" in page
    assert "Không còn hiệu lực hôm nay" in page
    assert "Sai số, ký hiệu" in page
    assert "Học sinh và thông tin sức khỏe" in page
    assert "&lt;b&gt;" in page, "what was pasted is text, never markup"


def test_an_uploaded_draft(client: FlaskClient) -> None:
    data = {"tep": (io.BytesIO(BAI.encode()), "bai.txt")}
    page = client.post("/bao-chi/kiem-tra", data=data, headers=OURS).text
    assert "Kết quả: bai.txt" in page
    assert "Sai số, ký hiệu" in page


@pytest.mark.parametrize(
    ("data", "said"),
    [({"bai": "  "}, "Chưa có chữ nào để kiểm tra."), ({"bai": "a" * 500_001}, "quá 500000")],
)
def test_what_is_no_draft(client: FlaskClient, data: dict[str, str], said: str) -> None:
    answer = client.post("/bao-chi/kiem-tra", data=data, headers=OURS)
    assert answer.status_code == 400
    assert 'aria-invalid="true" aria-describedby="khong-ghi"' in answer.text
    assert said in answer.text


def test_a_broken_file_says_what_to_do(client: FlaskClient) -> None:
    data = {"tep": (io.BytesIO(b"PK\x03\x04 hong"), "bai.docx")}
    answer = client.post("/bao-chi/kiem-tra", data=data, headers=OURS)
    assert answer.status_code == 400
    assert 'aria-invalid="true" aria-describedby="khong-ghi"' in answer.text
    assert 'role="alert"' in answer.text


def test_another_site_may_not_post(client: FlaskClient) -> None:
    assert client.post("/bao-chi/kiem-tra", data={"bai": BAI}).status_code == 403


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found]


def test_in_a_browser_by_keyboard(page: Page, address: str) -> None:
    page.goto(f"{address}/bao-chi")
    assert violations(page) == []
    page.get_by_role("link", name="Kiểm tra bài trước khi đưa ra ngoài").press("Enter")
    page.get_by_label("Dán bài vào đây").fill(BAI)
    page.get_by_role("button", name="Kiểm tra").press("Enter")
    page.get_by_role("heading", name="Kết quả").wait_for()
    assert violations(page) == []
    page.get_by_role("link", name="Kết quả 2: Khác nguyên văn").press("Enter")
    assert page.evaluate("location.hash") == "#y-2"
    page.set_viewport_size({"width": 375, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    page.emulate_media(color_scheme="dark")
    assert violations(page) == []
