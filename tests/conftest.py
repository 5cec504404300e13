"""What every test may use."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from hypothesis import settings
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

# A deadline for each example measures the machine, not the code: growth has tests of its own.
settings.register_profile("here", deadline=None)
settings.load_profile("here")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--regen",
        action="store_true",
        help="rewrite the expected half of golden pairs; look at the difference before committing",
    )


@pytest.fixture
def regen(request: pytest.FixtureRequest) -> bool:
    """Was the run asked to rewrite expected files?"""
    return bool(request.config.getoption("--regen"))


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    """The module's ``app``, served."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("không có chromium trên máy này")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu", "--disable-quic"]
        )
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    yield context.new_page()
    context.close()
