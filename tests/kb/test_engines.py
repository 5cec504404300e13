"""One contract for every engine; ``memory`` is the oracle."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.index import Record, SearchEngine
from kb.index.memory import MemoryEngine
from kb.index.query import parse_query
from kb.index.whoosh_engine import WhooshEngine

Make = Callable[[], SearchEngine]


@pytest.fixture(params=["memory", "whoosh"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchEngine]:
    made = MemoryEngine() if request.param == "memory" else WhooshEngine(tmp_path / "index")
    yield made
    made.close()


def record(name: str, text: str, *, key: str = "", title: str = "", heading: str = "") -> Record:
    key = key or name
    return Record(f"{key}#{name}", key, name, "provision", title, heading, text)


def found(engine: SearchEngine, text: str) -> list[str]:
    return [hit.provision for hit in engine.search(parse_query(text))]


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


def test_updated_text_is_not_found_by_its_old_words(engine: SearchEngine) -> None:
    fill(engine)
    with engine.writer() as writer:
        writer.delete("b")
        writer.add([record("b", "Nội dung mới hoàn toàn.")])
    assert found(engine, '"can thiệp sớm"') == []
    assert "b" not in found(engine, "can thiệp")
    assert found(engine, "hoàn toàn")[0] == "b"
    assert engine.count() == len(CORPUS)


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


def test_whoosh_opens_what_it_wrote(tmp_path: Path) -> None:
    first = WhooshEngine(tmp_path)
    fill(first)
    first.close()
    again = WhooshEngine(tmp_path)
    assert again.count() == len(CORPUS)
    assert found(again, "khuyet tat")[0] == "a"
    again.close()


SYLLABLES = st.sampled_from(
    ["người", "nguoi", "khuyết", "tật", "tất", "hòa", "hoà", "trẻ", "5", "điều", "Đ", "70/KH-NDTKT"]
)
TEXTS = st.lists(SYLLABLES, min_size=1, max_size=8).map(" ".join)
STEPS = st.lists(st.tuples(st.integers(0, 5), st.one_of(st.none(), TEXTS)), min_size=1, max_size=8)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS, queries=st.lists(TEXTS, min_size=1, max_size=4), quoted=st.booleans())
def test_same_set_as_the_oracle(
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[tuple[int, str | None]],
    queries: list[str],
    quoted: bool,
) -> None:
    """After updates and deletes too (a step without text deletes)."""
    whoosh, memory = WhooshEngine(tmp_path_factory.mktemp("index")), MemoryEngine()
    for number, text in steps:
        for engine in (whoosh, memory):
            with engine.writer() as writer:
                writer.delete(f"k{number}")
                if text is not None:
                    writer.add([record("p", text, key=f"k{number}", title=f"Luật {number}")])
    assert whoosh.count() == memory.count()
    for typed in queries:
        query = parse_query(f'"{typed}"' if quoted else typed)
        assert {h.id for h in whoosh.search(query)} == {h.id for h in memory.search(query)}
    whoosh.close()
