"""What every test may use."""

from __future__ import annotations

import pytest
from hypothesis import settings

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
