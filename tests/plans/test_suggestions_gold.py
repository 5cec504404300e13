"""The labels of suggested bases speak of items and provisions that exist."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from ingest import pipeline
from ingest.parse.plan import parse_plan
from kb.config import Settings
from kb.store.generations import current
from kb.store.library import Library
from kb.structure import walk
from kb.validity import as_day, before

ROOT = Path(__file__).parents[2]
DOCUMENTS = ROOT.parent / "shared" / "data" / "documents"
GOLD: list[dict[str, Any]] = tomllib.loads(
    (ROOT / "tests" / "eval" / "suggestions.toml").read_text("utf-8")
)["item"]
# The files that hold what the labels name.
LAWS = (
    "phapdien_html/*",
    "nguoi_khuyet_tat/*.doc",
    "nd30_2020/*.docx",
    "text/*viên_chức*",
    "text/*06_VBHN-VPQH_năm_2020*",
    "text/*11_VBHN-VPQH_năm_2020*",
)


def test_the_labels_are_of_the_size_and_shape_that_is_said() -> None:
    places = [(one["plan"], one["item"]) for one in GOLD]
    assert len(set(places)) == len(places)
    assert sum(bool(one["right"]) for one in GOLD) >= 60
    assert sum(not one["right"] for one in GOLD) >= 10
    held = sum(one["split"] == "held" for one in GOLD)
    assert 0.4 < held / len(GOLD) < 0.6
    for one in GOLD:
        assert set(one) - {"also", "later"} == {"plan", "item", "line", "right", "split", "why"}
        assert one["split"] in ("fit", "held")
        named = [*one["right"], *one.get("also", ()), *one.get("later", ())]
        assert len(set(named)) == len(named)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    settings = Settings(tmp_path_factory.mktemp("gold"))
    plans = [
        path for one in GOLD for top in (DOCUMENTS, ROOT) if (path := top / one["plan"]).is_file()
    ]
    laws = [path for pattern in LAWS for path in sorted(DOCUMENTS.glob(pattern))]
    pipeline.rebuild(settings, lambda *_: None)
    pipeline.ingest(settings, [*dict.fromkeys(plans), *laws], lambda *_: None)
    return Library(current(settings.library) / "library.db")


@pytest.mark.skipif(not DOCUMENTS.is_dir(), reason=f"không có tài liệu thử ở {DOCUMENTS}")
def test_every_item_and_every_provision_named_exists(library: Library) -> None:
    keys = {
        file.name: listed.document.key
        for listed in library.documents("plan")
        for file in library.files(listed.document.key)
    }
    wrong: list[str] = []
    trees: dict[str, set[str]] = {}
    for one in GOLD:
        key = keys.get(Path(one["plan"]).name, one["plan"])
        tree = library.tree(key)
        assert tree is not None, one["plan"]
        plan = parse_plan(
            library.listed(key).document, library.text(key), tree, library.source(key)
        )
        item = next((item for item in plan.items if item.id == one["item"]), None)
        if item is None or library.place_of(key, item.span)[0].line != one["line"]:
            wrong.append(f"{one['plan']} {one['item']}")
        elif any(other.parent == item.id for other in plan.items):
            wrong.append(f"{one['plan']} {one['item']} has items below it")
        signed = as_day(library.listed(key).document.issued)
        for place in (*one["right"], *one.get("also", ()), *one.get("later", ())):
            law, _, provision = place.partition("#")
            if place in one.get("later", ()):
                issued = library.listed(law).document.issued or ""
                if signed is None or not before(signed, issued):
                    wrong.append(f"{one['plan']} {one['item']}: {place} is not later")
            if not library.has(law):
                wrong.append(place)
            elif provision:
                if law not in trees:
                    found = library.tree(law)
                    trees[law] = {node.id for node in walk(found)} if found else set()
                if provision not in trees[law]:
                    wrong.append(place)
    library.close()
    assert not wrong
