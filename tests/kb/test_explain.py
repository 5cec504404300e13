"""Why a row has its score: every word with its field and form, and all of it adds up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.index import Hit, Met, Record, SearchEngine, Why, open_engine
from kb.index.query import parse_query

WORDS = ("vườn", "vươn", "trường", "kỹ", "kĩ", "năng", "nang", "hòa", "hoa", "nhập", "chiếu")


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchEngine]:
    made = open_engine(tmp_path_factory.mktemp("index"), "memory")
    lines = (
        "Vườn trường có hoa.\nNgười vươn vai trong vườn.",
        "Kĩ năng hòa nhập; kỹ năng sống.",
        "Trải chiếu ngoài vườn trường.\n1. Hoa nở.\n2. Vườn trường hòa nhập, nang lông.",
    )
    with made.writer() as writer:
        writer.add(
            Record(f"k#{n}", "k", str(n), "provision", "Nghị định Vườn trường", heading,
                   f"{heading}\n{text}", path="Chương Hoa", year=2000 + 9 * n)
            for n, text in enumerate(lines)
            for heading in ["Hoa trong vườn trường" if n else ""]
        )  # fmt: skip
    yield made
    made.close()


def why(engine: SearchEngine, typed: str, spelled: bool = True) -> list[tuple[Hit, Why]]:
    query = parse_query(typed)
    query = engine.spelled(query) if spelled else query
    hits = engine.search(query).hits
    told = engine.explain(query, {hit.id for hit in hits})
    assert told.keys() == {hit.id for hit in hits}
    return [(hit, told[hit.id]) for hit in hits]


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6), st.booleans())
def test_the_parts_add_up(engine: SearchEngine, words: list[str], spelled: bool) -> None:
    for hit, told in why(engine, " ".join(words), spelled):
        parts = [met.value for met in told.met] + [value for _, value in told.rest]
        assert sum(parts) == pytest.approx(hit.score)


def test_each_word_has_its_fields_and_forms(engine: SearchEngine) -> None:
    told = {hit.provision: why for hit, why in why(engine, "vuon truong ky nang")}
    met = {one.words: one for one in told["2"].met}
    assert met["vườn trường"].fields == ("title", "heading", "text")
    assert met["vườn trường"].forms == ()
    assert met["vườn"].forms == ("vườn",)
    assert met["năng"].forms == ("nang",)  # found without its marks
    assert "kỹ" not in met
    first = {one.words: one for one in told["0"].met}
    assert first["vườn"].forms == ("vươn", "vườn")
    assert first["vườn"].fields == ("title", "text")
    second = {one.words: one for one in told["1"].met}
    assert second["kỹ năng"].fields == ("text",)
    assert second["kỹ"].forms == ("kĩ", "kỹ")


def test_only_what_is_asked_is_explained(engine: SearchEngine) -> None:
    query = engine.spelled(parse_query("hoa"))
    assert engine.explain(query, {"k#1"}).keys() == {"k#1"}
    assert all(isinstance(one, Met) for one in engine.explain(query, {"k#1"})["k#1"].met)
