"""The gate of measured quality, without its data."""

from __future__ import annotations

from tests.eval.articles import first_missing
from tests.eval.gate import under


def test_the_gate_holds_what_is_under_its_floor_and_what_is_not_measured() -> None:
    floors = {"hit@1": 0.9, "hit@10": 0.97}
    assert under({"hit@1": 0.9, "hit@10": 0.98, "ms": 3}, floors) == []
    assert under({"hit@1": 0.899, "hit@10": 0.98}, floors) == ["hit@1"]
    assert under({"hit@1": 0.95}, floors) == ["hit@10"]


def test_first_missing_article() -> None:
    assert first_missing(["1", "2", "2a", "3"]) is None
    assert first_missing(["1", "3"]) == 2
    assert first_missing([]) is None
