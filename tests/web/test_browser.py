"""Every page in a real Chromium: axe finds nothing, nothing scrolls sideways, keys work."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.looks import clean

pytestmark = pytest.mark.browser
PAGES = (
    "/",
    "/tim?q=nguoi+khuyet+tat",
    "/tim?q=QĐ+753",
    "/tim?q=1956/QĐ-TTg",
    "/tim?q=Kế+hoạch+70+nói+gì",
    "/tim?q=tre+tu+ky&loai=nd&hieuluc=da-ket-thuc&giai-thich=1",
    "/tim-da-luu",
    "/van-ban",
    "/vb/qd/2020/1929/ttg",
    "/vb/ct/2019/39/tw",
    "/vb/nd/2015/72/cp?ngay=2021-05-06",
    "/ke-hoach",
    "/vb/luat/0/0/gia-dinh-co-trang",
    "/vb/luat/0/0/gia-dinh-co-trang/anh/art_1",
    "/vb/luat/0/0/gia-dinh-co-trang/anh/art_2?co=lon",
    "/vb/qd/2020/9607/bvhttdl/anh/dau",
    "/khong-co",
)


@pytest.mark.parametrize("path", PAGES)
def test_page_is_accessible_and_nothing_scrolls_sideways(
    page: Page, address: str, path: str
) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(address + path)
    clean(page)
    assert [line for line in said if "404" not in line] == []


@pytest.mark.parametrize("width", [375, 320])
@pytest.mark.parametrize(
    "path", ["/van-ban", "/ke-hoach/kh/2021/82/ndtkt/muc/II.1", "/bao-chi", "/bao-chi/ho-so"]
)
def test_no_hint_in_a_field_is_cut(page: Page, address: str, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(address + path)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    cut = page.evaluate(
        """() => [...document.querySelectorAll('input[placeholder]')].filter((field) => {
            const style = getComputedStyle(field);
            const pen = document.createElement('canvas').getContext('2d');
            pen.font = style.font;
            const sides = parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
            const room = field.clientWidth - sides;
            return pen.measureText(field.placeholder).width > room;
        }).map((field) => field.placeholder)"""
    )
    assert cut == []


def test_a_number_that_fits_a_line_is_not_broken(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 375, "height": 640})
    page.goto(address + "/vb/nd/2017/09/cp")
    lines = page.locator("h1 .number").evaluate(
        "n => n.getBoundingClientRect().height / parseFloat(getComputedStyle(n).lineHeight)"
    )
    assert lines < 1.5


def test_keyboard_alone(page: Page, address: str) -> None:
    page.goto(address + "/van-ban")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.type") == "search"
    page.keyboard.type("tre tu ky")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim?q=tre+tu+ky")
    assert page.locator(".results > li").count() > 1


def test_a_provision_is_seen_on_its_page_by_keyboard(page: Page, address: str) -> None:
    page.goto(address + "/vb/luat/0/0/gia-dinh-co-trang")
    link = page.locator("#art_1 .onpaper").first
    link.focus()
    assert link.evaluate("link => getComputedStyle(link).opacity") == "1"
    page.keyboard.press("Enter")
    page.wait_for_url("**/anh/art_1")
    assert page.locator(".sheet img").evaluate("img => img.complete && img.naturalWidth > 400")
    picture = page.locator(".sheet img").bounding_box()
    mark = page.locator(".sheet rect").first.bounding_box()
    assert picture
    assert mark
    # "Điều 1. Phạm vi" stands 54 points under the first line, whose foot is 102 below the top.
    assert abs((mark["y"] - picture["y"]) / picture["height"] - 137 / 842) < 0.02
    page.click("text=Phóng to")
    page.wait_for_url("**co=lon")
    assert page.locator(".view").evaluate("view => view.scrollWidth > view.clientWidth")


def test_search_works_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.fill("main input[type=search]", "QĐ 753")
    page.keyboard.press("Enter")
    page.click(".results h2 a")
    assert page.url.endswith("/vb/qd/2020/753/ttg")
    context.close()
