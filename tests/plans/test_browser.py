"""The pages of a plan in a real Chromium: axe, narrow screens, keys alone, no JavaScript."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from kb.config import Settings
from tests.looks import clean
from tests.plans.conftest import AMENDING, REPLACING, School, decree, school_plan
from web import create_app

pytestmark = pytest.mark.browser
PLAN = "/ke-hoach/kh/2031/12/vcgd"
SCHOOL = "/ke-hoach/kh/2021/82/ndtkt"
PAGES = (
    PLAN,
    f"{PLAN}/ma-tran?ngay=2034-01-01",
    f"{PLAN}/muc/I.7",
    f"{PLAN}/muc/I.7?ngay=2034-01-01",
    f"{PLAN}/quyet-dinh",
    f"{PLAN}/nghia-vu",
    f"{PLAN}/sang-nam",
    SCHOOL,
    f"{SCHOOL}/ma-tran",
    f"{SCHOOL}/nghia-vu?muc=chua",
    f"{SCHOOL}/muc/II.1.g1.c4",
    f"{SCHOOL}/sang-nam?nam=2027",
)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("browser")
    School(folder).library(decree(), school_plan(), AMENDING, REPLACING).close()
    made = create_app(Settings(folder / "data-1"))
    yield made
    made.extensions["can-cu"].close()


@pytest.mark.parametrize("path", PAGES)
def test_page_is_accessible_and_nothing_scrolls_sideways(
    page: Page, address: str, path: str
) -> None:
    page.goto(address + path)
    clean(page)


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.closest('th, td').textContent.trim()"))


def test_the_matrix_is_walked_with_the_arrow_keys(page: Page, address: str) -> None:
    page.goto(f"{address}{PLAN}/ma-tran")
    page.locator(".wide").focus()
    page.keyboard.press("Tab")
    assert focused(page) == "Mục"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert focused(page).startswith("Mục I.1 ")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.closest('td').cellIndex") == 3
    page.keyboard.press("End")
    page.keyboard.press("Control+End")
    at = page.evaluate(
        "(c => [c.parentNode.rowIndex, c.cellIndex])(document.activeElement.closest('th, td'))"
    )
    assert at == [53, 52]
    page.keyboard.press("Control+Home")
    assert focused(page) == "Mục"
    # One stop for Tab: the next one is past the table.
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('table')") is None
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/muc/I")


def test_what_is_focused_is_not_under_the_heads(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1366, "height": 500})
    page.goto(f"{address}{PLAN}/ma-tran")
    page.locator("[data-grid] th a").first.focus()
    page.keyboard.press("Control+End")
    for _ in range(52):
        page.keyboard.press("ArrowUp")
    box = page.evaluate("document.activeElement.getBoundingClientRect().top")
    head = page.evaluate(
        "document.querySelector('.matrix thead th').getBoundingClientRect().bottom"
    )
    assert box >= head - 1


def tabbed_to(page: Page, name: str) -> None:
    """Tab until the field of that *name* has the focus, however many stand before it."""
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == name:
            return
    pytest.fail(f"không đến được ô {name}")


def test_a_decision_by_keyboard_alone(page: Page, address: str) -> None:
    page.goto(f"{address}{PLAN}/muc/I.9")
    page.locator("article summary", has_text="Quyết định về căn cứ này").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    tabbed_to(page, "vi-sao")
    page.keyboard.type("đã đọc")
    tabbed_to(page, "ten")
    page.keyboard.type("Cô Thử")
    page.keyboard.press("Enter")
    page.wait_for_url("**/muc/I.9#*")
    assert page.locator("article").first.inner_text().count("Đúng là căn cứ, Cô Thử") == 1
    page.goto(f"{address}{PLAN}/muc/I.10")
    assert page.locator("#ten-ca-muc").input_value() == "Cô Thử"


def test_all_of_it_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{PLAN}/ma-tran")
    page.click("a[href='muc/I.8#nd-2030-901-cp-art_8__cl_2']")
    page.click("#nd-2030-901-cp-art_8__cl_2 summary:has-text('Quyết định về')")
    page.check("#nd-2030-901-cp-art_8__cl_2-partly")
    page.fill("#ten-nd-2030-901-cp-art_8__cl_2", "Thầy Thử")
    page.click("#nd-2030-901-cp-art_8__cl_2 form button:has-text('Ghi quyết định')")
    assert "Là căn cứ cho một phần, Thầy Thử" in page.inner_text("main")
    context.close()
