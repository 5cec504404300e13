"""The whole story in a real Chromium, by keyboard alone: search, add, write, check, mend, approve,
export, verify; axe on the way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from playwright.sync_api import Browser, Dialog, Page

from kb.config import Settings
from tests.looks import clean
from tests.press.packs import AMENDING, IN_FORCE, KEY, decree, library
from web import create_app
from web.cli import main

pytestmark = pytest.mark.browser
DESK = "/bao-chi/ho-so"
# One altered quotation, one wrong citation, one right.
WRONG = (
    "Khoản 2 Điều 1 Nghị định số 901/2021/NĐ-CP viết: “Người trông luống số 1 được đếm chữ vào ban "
    "đêm, trừ đêm có trăng giả định.” Điều 99 Nghị định số 901/2021/NĐ-CP có nói thêm. Khoản 1 "
    "Điều 3 Nghị định số 901/2021/NĐ-CP nói về luống số 3."
)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return library(tmp_path_factory.mktemp("ke-chuyen"), decree(), AMENDING, row=IN_FORCE)


@pytest.fixture(scope="module")
def app(settings: Settings) -> Iterator[Flask]:
    made = create_app(settings)
    yield made
    made.extensions["can-cu"].close()


def reach(page: Page, selector: str) -> None:
    """Tab to the first such place, and no other way."""
    for _ in range(400):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"no Tab comes to {selector}")


def write(page: Page, selector: str, text: str) -> None:
    reach(page, selector)
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)


def follow(page: Page, selector: str) -> None:
    reach(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def follow_in_page(page: Page, selector: str) -> None:
    reach(page, selector)
    page.keyboard.press("Enter")


def test_the_whole_story_by_keyboard(
    page: Page, address: str, settings: Settings, tmp_path: Path
) -> None:
    page.goto(address)
    page.keyboard.press("/")
    page.keyboard.insert_text("901/2021/NĐ-CP")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    follow(page, f"a[href='/vb/{KEY}']")
    follow(page, "#art_1__cl_2 .topack")
    clean(page)
    write(page, "#ten-ho-so", "Có được đếm chữ ban đêm không")
    write(page, "#ten-them", "Cô An")
    follow(page, "form button")
    assert page.locator(".passages > li").count() == 1
    assert page.input_value("#ten-loi") == "Cô An"

    write(page, "#loi", WRONG)
    follow(page, "button[value='loi']")
    assert "Chưa xuất được" in page.inner_text("main")
    assert page.locator(".checked del, .checked ins").count() > 0
    assert page.locator("section:has(> #xuat) li.error").count() >= 2
    clean(page)
    write(page, "#loi", WRONG.replace("1 được", "1 không được"))
    follow(page, "button[value='loi']")
    assert "Không có chỗ này" in page.inner_text("main")

    follow(page, "button[value='buoc:pending']")
    write(page, "#ten-buoc", "co an")
    write(page, "#vi-sao-buoc", "Đã đọc.")
    follow(page, "button[value='buoc:approved']")
    assert "không tự duyệt" in page.inner_text("[role=alert]")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    clean(page)
    follow_in_page(page, "[role=alert] a")
    assert page.evaluate("location.hash") == "#ten-buoc"
    write(page, "#ten-buoc", "Thầy Bình")
    follow(page, "button[value='buoc:approved']")
    assert page.get_attribute("#het-han", "aria-invalid") == "true"
    assert page.input_value("#vi-sao-buoc") == "Đã đọc."
    reach(page, "#het-han")
    page.keyboard.type("12122099")
    follow(page, "button[value='buoc:approved']")
    assert "còn 1 điều phải xem" in page.inner_text("[role=alert]")
    assert page.input_value("#het-han") == "2099-12-12"
    clean(page)
    write(page, "#loi", WRONG.replace("1 được", "1 không được").replace("Điều 99", "Điều 4"))
    write(page, "#ten-loi", "Cô An")
    follow(page, "button[value='loi']")
    assert page.locator("form[action*='/xuat'] button[value='docx']").count() == 1
    follow(page, "button[value='buoc:pending']")
    reach(page, "#het-han")
    page.keyboard.type("12122099")
    write(page, "#ten-buoc", "Thầy Bình")
    follow(page, "button[value='buoc:approved']")
    assert "Đã duyệt: Thầy Bình duyệt" in page.inner_text("main")
    clean(page)

    write(page, "form[action*='/xuat'] input[name='dung-ten']", "Trường Vườn chữ giả định")
    reach(page, "form[action*='/xuat'] button[value='docx']")
    with page.expect_download() as got:
        page.keyboard.press("Enter")
    file = tmp_path / "gui-bao.docx"
    got.value.save_as(file)
    page.goto(f"{address}{DESK}/kiem-dau")
    page.set_input_files("#tep", file)
    follow(page, "form.decide button")
    assert "Nguyên vẹn" in page.inner_text("main")
    clean(page)
    runner = CliRunner(env={"KB_DATA": str(settings.data)})
    said = runner.invoke(main, ["press", "verify", str(file)])
    assert (said.exit_code, "Nguyên vẹn" in said.output) == (0, True)
    assert "do bàn báo chí ở đây xuất" in said.output


def test_the_card_is_one_sheet(page: Page, address: str, tmp_path: Path) -> None:
    """Two quotations of a usual length; claim, answer and confirmation beside them."""
    page.goto(f"{address}{DESK}")
    page.fill("#ten-ho-so", "Thẻ giả định")
    page.fill("#dieu-noi", "Có người nói trường cấm.")
    page.fill("#co-quan", "Trường Vườn chữ giả định")
    page.fill("#ten-mo", "Cô An")
    page.click("text=Mở hồ sơ >> nth=-1")
    pack = page.url.rpartition("/")[2]
    for place in ("art_1", "art_3"):
        page.goto(f"{address}{DESK}/them?vb={KEY}&cho={place}&vao={pack}")
        page.click("text=Thêm câu trích")
    page.fill("#loi", "Trường chỉ làm theo nghị định giả định.")
    page.click("button[value='loi']")
    page.click("button[value='buoc:pending']")
    page.fill("#het-han", "2099-01-01")
    page.fill("#ten-buoc", "Thầy Bình")
    page.click("button[value='buoc:approved']")
    page.click("text=Trang in thẻ")
    clean(page)
    assert page.locator(".columns .left").count() == 1
    pdf = page.pdf(prefer_css_page_size=True)
    assert pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") == 1
    page.goto(f"{address}{DESK}")
    clean(page)


def test_a_statement_that_is_not_saved_is_asked_about(page: Page, address: str) -> None:
    page.goto(f"{address}{DESK}")
    page.fill("#ten-ho-so", "Chưa lưu")
    page.fill("#ten-mo", "Cô An")
    page.click("text=Mở hồ sơ >> nth=-1")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.click("#loi")
    page.keyboard.type("Lời mới gõ.")
    page.click("nav a[href='/van-ban']", no_wait_after=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    assert page.input_value("#loi") == "Lời mới gõ."
    page.click("button[value='loi']")
    page.click("nav a[href='/van-ban']")
    assert page.url.endswith("/van-ban")
    assert asked == ["beforeunload"]


def test_what_is_selected_is_added_and_it_works_without_javascript(
    page: Page, browser: Browser, address: str
) -> None:
    page.goto(f"{address}/vb/{KEY}")
    page.evaluate(
        """() => { const p = document.querySelector('#art_3__cl_1 p'), r = document.createRange();
        r.setStart(p.firstChild, 3); r.setEnd(p.firstChild, 13);
        document.getSelection().removeAllRanges(); document.getSelection().addRange(r); }"""
    )
    page.locator("#art_3__cl_1 .topack").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/them?**")
    assert page.input_value("#chu") == "Luống số 3"
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{address}/vb/{KEY}")
    plain.click("#art_4 > .topack", force=True)
    plain.fill("#ten-ho-so", "Không có JavaScript")
    plain.select_option("#ho-so", "0")
    plain.fill("#ten-them", "Cô An")
    plain.click("text=Thêm câu trích")
    assert "Luống giả định thứ 4" in plain.inner_text(".passages")
    context.close()
