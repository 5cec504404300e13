"""The bench runs, and its papers are the same each time."""

from __future__ import annotations

import random
import shutil

import pytest

from tests.bench import pages, press, search
from tests.bench.pipeline import compose, run
from tests.bench.provisions import QUERIES
from tests.bench.sides import SIDES


def test_a_seed_composes_the_same_papers_each_time() -> None:
    papers = [[compose(n, random.Random(n)) for n in range(40)] for _ in range(2)]
    assert papers[0] == papers[1]
    assert len(set(papers[0])) == 40


def test_a_small_run_measures_the_whole_road() -> None:
    measured = run(3)
    assert measured["documents"] == 3
    assert measured["cpu_ms_per_document"] > 0
    assert measured["one_more_file_seconds"] > 0


def test_a_small_run_checks_a_draft() -> None:
    measured = press.run(documents=4, citations=6, pages=1, runs=1)
    assert measured["citations"] >= 6
    assert measured["quotations"] >= 3
    assert measured["times_scan"] > 0


@pytest.mark.parametrize("side", SIDES)
def test_a_small_run_asks_each_side(side: str) -> None:
    if side.endswith("tantivy"):
        pytest.importorskip("tantivy")
    measured = search.one(side, 40, None)
    assert measured["asked"] == QUERIES
    assert measured["p95_ms"] >= measured["p50_ms"] > 0
    assert measured["update_visible_ms"] > 0


@pytest.mark.browser
def test_a_small_run_looks_at_pages() -> None:
    if shutil.which("chromium") is None and shutil.which("chromium-browser") is None:
        pytest.skip("không có chromium trên máy này")
    measured = {one["page"]: one for one in pages.run(40, runs=1)}
    assert measured.keys() == pages.PAGES.keys()
    for one in measured.values():
        assert one["longest_ms"] >= one["seen_ms"] > 0
        assert one["times_static"] > 0
        assert one["requests"] > one["again"] == 1  # the second page brings only itself
        assert one["statements"] <= 6, one
