"""Copying a citation: with JavaScript one press, without it words to select."""

from __future__ import annotations

import re

from axe_playwright_python.sync_playwright import Axe
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page

PLACE = "/vb/qd/2019/9753/ttg"


def test_every_place_has_its_citation_without_javascript(client: FlaskClient) -> None:
    page = client.get(PLACE).text
    assert 'aria-label="Chép trích dẫn Điều 1 Quyết định số 9753' in page
    assert '<span class="form" data-form="gọn">Điều 1 Quyết định số 9753/QĐ-TTg</span>' in page
    names = re.findall(r'aria-label="Chép trích dẫn ([^"]*)"', page)
    assert len(names) == len(set(names))
    assert not [name for name in names if re.search(r"__|\d/|QĐ-", name)]


def test_one_press_copies(browser: Browser, address: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(address + PLACE)
    button = page.get_by_label(re.compile(r"^Chép trích dẫn Điều 1 Quyết định"))
    button.press("Enter")
    page.get_by_text(re.compile("^Đã chép: Điều 1 Quyết định số 9753/QĐ-TTg ngày")).wait_for()
    copied = page.evaluate(
        """async () => { const [item] = await navigator.clipboard.read();
        return Promise.all(["text/plain", "text/html"].map(
          async (type) => (await item.getType(type)).text())); }"""
    )
    assert copied[0].startswith("Điều 1 Quyết định số 9753/QĐ-TTg ngày")
    assert f'href="{address}{PLACE}#art_1"' in copied[1]
    page.get_by_role("button", name=re.compile("^Chép gọn: Điều 1")).press("Enter")
    page.get_by_text("Đã chép: Điều 1 Quyết định số 9753/QĐ-TTg", exact=True).wait_for()
    assert not Axe().run(page).response["violations"]
    context.close()


def test_without_a_clipboard_the_words_are_selected(page: Page, address: str) -> None:
    page.goto(address + PLACE)
    page.evaluate("() => { ClipboardItem = class { constructor() { throw new Error(); } }; }")
    page.get_by_label(re.compile(r"^Chép trích dẫn Điều 1 Quyết định")).press("Enter")
    page.get_by_text("Đã chọn chữ: bấm Ctrl+C để chép.").wait_for()
    assert page.evaluate("getSelection().toString()").startswith("Điều 1 Quyết định")
