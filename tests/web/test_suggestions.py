"""The search box as a combobox: by keyboard alone, and as a screen reader is told."""

from __future__ import annotations

import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect


def test_suggestions_as_json(client: FlaskClient) -> None:
    answer = client.get("/goi-y", query_string={"q": "qd 753"})
    assert answer.json is not None
    assert answer.json["suggestions"][0]["text"] == "Quyết định 753/QĐ-TTg"
    assert client.get("/goi-y").json == {"q": "", "suggestions": []}
    assert client.get("/goi-y", query_string={"q": "a" * 40_000}).json["suggestions"] == []


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/", "/van-ban"])
def test_a_suggestion_is_taken_by_keyboard(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    page.keyboard.press("/")
    box = page.get_by_role("combobox")
    page.keyboard.type("luat nguoi kh")
    first = page.get_by_role("option").first
    expect(first).to_contain_text("Luật Người khuyết tật")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status")).to_contain_text("gợi ý, dùng mũi tên để chọn")
    assert box.get_attribute("aria-activedescendant") is None
    assert box.get_attribute("aria-controls") == page.get_by_role("listbox").get_attribute("id")
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == first.get_attribute("id")
    expect(first).to_have_attribute("aria-selected", "true")
    for width in (1366, 320):
        page.set_viewport_size({"width": width, "height": 700})
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim?q=*")
    expect(page.locator(".results > li").first).to_contain_text("51/2010/QH12")


@pytest.mark.browser
def test_what_was_typed_is_kept(page: Page, address: str) -> None:
    page.goto(address + "/")
    box = page.get_by_role("combobox")
    box.focus()
    page.keyboard.type("753")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowUp")
    last = page.get_by_role("option").last
    assert box.get_attribute("aria-activedescendant") == last.get_attribute("id")
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_role("listbox")).to_have_count(0)
    assert box.input_value() == "753"
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim?q=753")


@pytest.mark.browser
def test_a_suggestion_is_taken_by_pointer(page: Page, address: str) -> None:
    page.goto(address + "/")
    page.get_by_role("combobox").focus()
    page.keyboard.type("chi thi 39")
    page.get_by_role("option").first.click()
    page.wait_for_url("**/tim?q=*")
    expect(page.locator(".results > li").first).to_contain_text("39-CT/TW")


def test_a_query_of_40_kb_is_refused_at_once(client: FlaskClient) -> None:
    client.get("/tim?q=753")
    begun = time.process_time()
    answer = client.get("/tim?q=" + "a+" * 20_000)
    assert time.process_time() - begun < 0.05
    assert answer.status_code == 400
    assert "Câu tìm dài quá mức 400 ký tự" in answer.text
