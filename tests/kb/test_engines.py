"""One contract for every engine; ``memory`` is the oracle."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.index import ENGINES, Hit, Query, Record, SearchEngine, open_engine
from kb.index.library import installed
from kb.index.query import parse_query

HERE = [
    pytest.param(
        name,
        marks=pytest.mark.skipif(
            name == "tantivy" and not installed("tantivy"), reason="chưa cài tantivy (can-cu[fast])"
        ),
    )
    for name in ENGINES
]
ON_DISK = [name for name in HERE if name.values != ("memory",)]


@pytest.fixture(params=HERE)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchEngine]:
    made = open_engine(tmp_path / "index", request.param)
    yield made
    made.close()


def record(name: str, text: str, *, key: str = "", title: str = "", heading: str = "") -> Record:
    key = key or name
    return Record(f"{key}#{name}", key, name, "provision", title, heading, text)


def found(engine: SearchEngine, text: str) -> list[str]:
    return [hit.provision for hit in hits(engine, parse_query(text))]


def hits(engine: SearchEngine, query: Query, limit: int = 100) -> tuple[Hit, ...]:
    return engine.search(engine.spelled(query), limit).hits


CORPUS = (
    record("a", "Người khuyết tật được hỗ trợ học nghề.", title="Luật Người khuyết tật"),
    record("b", "Trẻ em tự kỷ được can thiệp sớm tại cộng đồng."),
    record("c", "Kế hoạch số 70/KH-SGDĐT ngày 11/01/2021 của Sở."),
    record("d", "Hòa giải ở cơ sở; tật và người; khuyết điểm phải sửa."),
)


def fill(engine: SearchEngine) -> None:
    with engine.writer() as writer:
        writer.add(CORPUS)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("nguoi khuyet tat", "a"),
        ("người khuyết tật", "a"),
        ("NGƯỜI KHUYẾT TẬT", "a"),
        ("tre tu ky", "b"),
        ("70/kh-sgddt", "c"),
        ("70/KH-SGDĐT", "c"),
        ("sgdđt", "c"),
        ("hoà giải", "d"),
        ('"học nghề"', "a"),
    ],
)
def test_first(engine: SearchEngine, typed: str, first: str) -> None:
    fill(engine)
    assert found(engine, typed)[0] == first


def test_phrase_keeps_only_neighbours(engine: SearchEngine) -> None:
    fill(engine)
    assert found(engine, '"nguoi khuyet tat"') == ["a"]
    assert found(engine, '"tật người"') == []


def test_what_has_all_words_is_found_within_its_documents(engine: SearchEngine) -> None:
    fill(engine)
    with engine.writer() as writer:
        writer.add(
            [record("a2", "Người không khuyết tật.", key="a"), record("a3", "Người.", key="a")]
        )
    query = engine.spelled(parse_query("người khuyết tật"))
    within = engine.within(query, ["a", "d", "b"])
    assert [hit.provision for hit in within["a"]] == ["a", "a2"]
    assert ([hit.provision for hit in within["d"]], within["b"]) == (["d"], [])
    ranked = {hit.id: hit for hit in engine.search(query).hits}
    for hit in [hit for found in within.values() for hit in found]:
        assert hit.score == pytest.approx(ranked[hit.id].score)
    assert engine.within(parse_query('"khuyết điểm"'), ["a", "d"])["a"] == []


def test_updated_text_is_not_found_by_its_old_words(engine: SearchEngine) -> None:
    fill(engine)
    with engine.writer() as writer:
        writer.delete("b")
        writer.add([record("b", "Nội dung mới hoàn toàn.")])
    assert found(engine, '"can thiệp sớm"') == []
    assert "b" not in found(engine, "can thiệp")
    assert found(engine, "hoàn toàn")[0] == "b"
    assert engine.count() == len(CORPUS)


def test_what_was_replaced_holds_no_memory(engine: SearchEngine) -> None:
    """Arrays as large as the index, kept in cycles, would wait for a collection."""
    fill(engine)
    found(engine, "người khuyết tật")
    gc.collect()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        fill(engine)
        found(engine, "người khuyết tật")
        gc.collect()
        left = [type(thing) for thing in gc.garbage]
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
    assert not [kind for kind in left if kind.__module__.startswith(("kb.", "numpy"))]


def test_the_last_of_one_id_is_kept(engine: SearchEngine) -> None:
    with engine.writer() as writer:
        writer.add([record("a", "Cũ mèm."), record("a", "Mới tinh.")])
        writer.add([record("a", "Sau cùng.")])
    assert engine.count() == 1
    assert found(engine, "cũ mới sau") == ["a"]
    assert found(engine, "cũ mèm") == found(engine, "mới tinh") == []


def test_failed_writer_changes_nothing(engine: SearchEngine) -> None:
    fill(engine)

    def fails() -> None:
        with engine.writer() as writer:
            writer.delete("a")
            writer.add([record("z", "rác")])
            raise RuntimeError("hỏng")

    with pytest.raises(RuntimeError, match="hỏng"):
        fails()
    assert found(engine, "học nghề")[0] == "a"
    assert found(engine, "rác") == []


def test_nothing_asked_finds_nothing(engine: SearchEngine) -> None:
    fill(engine)
    assert found(engine, "…") == []


@pytest.mark.parametrize("name", ON_DISK)
def test_opens_what_it_wrote(tmp_path: Path, name: str) -> None:
    first = open_engine(tmp_path, name)
    fill(first)
    first.close()
    again = open_engine(tmp_path)
    assert again.count() == len(CORPUS)
    assert found(again, "khuyet tat")[0] == "a"
    again.close()


def test_facets_count_documents_and_tags_filter(engine: SearchEngine) -> None:
    with engine.writer() as writer:
        for key, year in (("x", 2010), ("y", 2020), ("z", 2020)):
            tags = ("loai=luat", f"nam={year}")
            writer.add(
                replace(record(name, f"Học nghề {name}.", key=key), tags=tags)
                for name in ("một", "hai")
            )
    asked = engine.spelled(parse_query("học nghề"))
    assert engine.search(asked).facets == {"loai=luat": 3, "nam=2020": 2, "nam=2010": 1}
    only = engine.search(replace(asked, tags=(("loai=luat",), ("nam=2010", "nam=1999"))))
    assert {hit.key for hit in only.hits} == {"x"}
    without = engine.search(replace(asked, without=(("một",), ("hai",))))
    assert without.hits == ()
    some = engine.search(asked, limit=5)
    assert (len(some.hits), some.more, only.more) == (5, True, False)
    assert sorted(some.hits, key=lambda hit: -hit.score) == list(some.hits)


def test_counts_what_has_all_the_words(engine: SearchEngine) -> None:
    """Hits have any of the words, the counts are of those that have all; a deleted one is not
    counted, and what no record has counts nothing."""
    fill(engine)
    asked = engine.spelled(parse_query("tật người"))
    found = engine.search(asked, limit=1)
    assert (len(found.hits), found.total, found.keys) == (1, 2, ("a", "d"))
    assert engine.search(parse_query('"người khuyết tật"')).keys == ("a",)
    assert engine.search(parse_query("nguoi tat")).total == 2  # any spelling, none being looked for
    assert engine.search(parse_query("người vắng")).total == 0
    with engine.writer() as writer:
        writer.delete("a")
    assert engine.search(asked).keys == ("d",)


def test_half_typed_word_by_word(engine: SearchEngine) -> None:
    fill(engine)
    assert found(engine, "người khuyet tật")[0] == "a"
    assert found(engine, '"học nghe"') == ["a"]
    spelled = engine.spelled(parse_query("tre em tự ky"))
    assert spelled.spelling == ("trẻ", "em", "tự", "kỷ")
    assert engine.spelled(parse_query("can thiệp sớm")).spelling == ("can", "thiệp", "sớm")


def test_later_of_two_alike_comes_first(engine: SearchEngine) -> None:
    alike = record("a", "Trợ giúp xã hội.")
    with engine.writer() as writer:
        writer.add([replace(alike, id="old", year=2000), replace(alike, id="new", year=2020)])
    assert [hit.id for hit in engine.search(parse_query("trợ giúp")).hits] == ["new", "old"]


SYLLABLES = st.sampled_from(
    ["người", "nguoi", "khuyết", "tật", "tất", "hòa", "hoà", "trẻ", "5", "điều", "Đ", "70/KH-NDTKT"]
)
TEXTS = st.lists(SYLLABLES, min_size=1, max_size=8).map(" ".join)
STEPS = st.lists(st.tuples(st.integers(0, 5), st.one_of(st.none(), TEXTS)), min_size=1, max_size=8)


@pytest.mark.parametrize("name", ON_DISK)
@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS, queries=st.lists(TEXTS, min_size=1, max_size=4), quoted=st.booleans())
def test_same_set_as_the_oracle(
    tmp_path_factory: pytest.TempPathFactory,
    name: str,
    steps: list[tuple[int, str | None]],
    queries: list[str],
    quoted: bool,
) -> None:
    """After updates and deletes too (a step without text deletes)."""
    folder = tmp_path_factory.mktemp("index")
    memory = open_engine(folder, "memory")
    real = open_engine(folder, name)
    for number, text in steps:
        for engine in (real, memory):
            with engine.writer() as writer:
                writer.delete(f"k{number}")
                if text is not None:
                    writer.add([record("p", text, key=f"k{number}", title=f"Luật {number}")])
    assert real.count() == memory.count()
    for typed in queries:
        query = parse_query(f'"{typed}"' if quoted else typed)
        assert {h.id for h in hits(real, query)} == {h.id for h in hits(memory, query)}
    real.close()
