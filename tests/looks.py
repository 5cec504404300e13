"""A page as people look at it, wide, narrow, dark: axe finds nothing, nothing scrolls sideways."""

from __future__ import annotations

from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_VIOLATIONS = {"resultTypes": ["violations"]}
_CONTRAST: dict[str, Any] = _VIOLATIONS | {"runOnly": ["color-contrast"]}
# The slowest rule by far; colours of narrow screens are those of wide ones.
_ALL_ELSE: dict[str, Any] = _VIOLATIONS | {"rules": {"color-contrast": {"enabled": False}}}
_LOOKS: tuple[tuple[int, Literal["light", "dark"], dict[str, Any]], ...] = (
    (1366, "light", _VIOLATIONS), (375, "light", _ALL_ELSE), (1366, "dark", _CONTRAST),
)  # fmt: skip
NARROWEST = 320


def clean(page: Page) -> None:
    """The page that is open, all its folded parts unfolded, looks clean in each way; it is left in
    the first."""
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    for width, scheme, options in _LOOKS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page, options=options)
        assert found.violations_count == 0, found.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.set_viewport_size({"width": NARROWEST, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST
    page.set_viewport_size({"width": 1366, "height": 800})
    page.emulate_media(color_scheme="light")
