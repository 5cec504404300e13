"""What is installed is all there is: a file that no pattern of setup.cfg takes is left at home."""

from __future__ import annotations

from configparser import ConfigParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("package", ["corpus", "web", "kb", "ingest"])
def test_every_file_of_a_package_is_installed(package: str) -> None:
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    patterns = setup["options.package_data"][package].split()
    folder = ROOT / package
    taken = {path for pattern in patterns for path in folder.glob(pattern)}
    there = {
        path for path in folder.rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc")
    }
    assert there <= taken
