"""Which way imports go: web ▸ ingest ▸ kb; each dependency has one home; kb is pure."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("kb", "ingest", "web")
FORBIDDEN = {"kb": {"ingest", "web"}, "ingest": {"web"}, "web": set()}
# Who may import what: a prefix of the module's path.
HOMES = {
    "whoosh": "kb/index/whoosh_engine.py",
    "tantivy": "kb/index/tantivy_engine.py",
    "numpy": "kb/index/",
    "bs4": "ingest/extract/html",
    "urllib3": "ingest/download",
    "pdfminer": "ingest/extract/pdf",
    "pypdfium2": "ingest/extract/render.py",
    "PIL": "ingest/extract/render.py",
    "docx": ("ingest/extract/docx", "web/exports/docx"),
    "openpyxl": "web/exports/xlsx.py",
    "striprtf": "ingest/extract/rtf.py",
    "viparse": "ingest/extract/legacy.py",
    "yaml": "ingest/catalogue.py",
    "flask": "web/",
    "sqlalchemy": "kb/store/",
    "rich": "web/",
    "waitress": "web/",
    "filelock": "kb/store/",
}
# What reads files, clocks, networks or databases; kb/store and kb/index may.
IMPURE = {"os", "pathlib", "io", "socket", "time", "urllib", "sqlite3", "subprocess", "tempfile"}
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module.split(".")[0])
    return found


def modules(path: Path) -> set[str]:
    """The modules a file takes names from, whole."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return {n.module for n in nodes if isinstance(n, ast.ImportFrom) and n.module}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_module_imports_only_what_its_place_allows(path: Path) -> None:
    place = path.relative_to(ROOT).as_posix()
    names = imports(path)
    assert not names & FORBIDDEN[place.split("/")[0]]
    strays = {name for name, home in HOMES.items() if name in names and not place.startswith(home)}
    assert not strays
    if place.startswith("kb/") and not place.startswith(("kb/store/", "kb/index/", "kb/config.py")):
        assert not names & IMPURE


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_module_has_one_subject(path: Path) -> None:
    """Past about 400 lines a module has a second subject in it."""
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 420


def test_one_page_lets_files_in() -> None:
    """Pages ask the library; what goes into it by a page goes through the upload page alone."""
    pages = [path for path in MODULES if path.parts[-2] == "web" and "flask" in imports(path)]
    doors = {"ingest.inbox", "ingest.pipeline", "ingest.load", "ingest.fetch"}
    found = {path.name for path in pages if doors & modules(path)}
    assert found == {"upload.py"}
