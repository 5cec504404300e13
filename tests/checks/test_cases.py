"""Every check on named cases: an edited clean plan, and the lines that must have its finding."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from ingest import RawFile
from ingest.catalogue import load_catalogue, load_topics
from ingest.pipeline import CORPUS
from ingest.plan_file import read_plan
from kb.checks import Check
from kb.checks.gather import OfCatalogue, gather
from kb.checks.run import CHECKS, code_of
from tests.eval.checks import line_of, mutated

HERE = Path(__file__).parent
PLAN = (HERE.parent / "eval" / "plans" / "hoa-nhap.txt").read_text(encoding="utf-8")
CATALOGUE, _ = load_catalogue(CORPUS)
CASES = [
    pytest.param(check, case, id=f"{code_of(check)}: {case['name']}")
    for check in CHECKS
    for case in yaml.safe_load((HERE / "cases" / f"{code_of(check)}.yaml").read_text("utf-8"))
]


@pytest.mark.parametrize(("check", "case"), CASES)
def test_case(check: Check, case: dict[str, Any]) -> None:
    text = mutated(PLAN, case)
    read = read_plan(RawFile(text.encode(), "ke-hoach.txt"), CATALOGUE)
    grounds = gather(read.plan, read.citations, read.links, OfCatalogue(CATALOGUE),
                     CATALOGUE.vocabulary, load_topics(CORPUS), date(2026, 11, 23))  # fmt: skip
    found = list(check(read.plan, grounds))
    lines = {read.source.places(f.span)[0].line for f in found if f.span}
    assert lines == {line_of(text, words) for words in case["found"]}
    assert {f.code for f in found} <= {code_of(check)}
    assert all(f.message and f.hint and f.where for f in found)


@pytest.mark.parametrize("check", CHECKS, ids=code_of)
def test_every_check_has_cases_that_pass_and_fail_and_a_whole_help_page(check: Check) -> None:
    cases = yaml.safe_load((HERE / "cases" / f"{code_of(check)}.yaml").read_text("utf-8"))
    assert {bool(case["found"]) for case in cases} == {True, False}
    page = check.__doc__ or ""
    assert all(f"\n    {word}:" in page for word in ("Sai", "Đúng", "Vì sao", "Nguồn")), page
    assert page.partition("\n")[0].endswith(".")


def test_no_case_is_of_no_check() -> None:
    assert {path.stem for path in (HERE / "cases").iterdir()} == {code_of(c) for c in CHECKS}
