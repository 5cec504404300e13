"""Accents, keys, short words and slips: what a person sees of how their words were read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.index import Record, SearchEngine, open_engine
from kb.index.highlight import snippet
from kb.index.keyboard import decoded
from kb.index.query import parse_query
from kb.index.short import Shorts
from kb.index.spelling import mended, others
from kb.search import spelled_text
from kb.text import fold, has_marks, variant
from tests.eval.numbers import shelf

SHORTS = Shorts(shelf(None)[1])
TEXTS = {
    "a": "Người khuyết tật nặng được học nghề ở nơi gần nhà.",
    "b": "Người khuyết tật được trợ giúp.",
    "c": "Nhà trường lập kế hoạch cho từng học sinh hòa nhập.",
    "kỹ": "Dạy kỹ năng sống.",
    "kĩ": "Dạy kĩ năng sống.",
    "d": "Giáo viên dạy TKT được phụ cấp.",
}


@pytest.fixture(params=["memory", "whoosh", "tantivy"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchEngine]:
    if request.param == "tantivy":
        pytest.importorskip("tantivy", reason="tantivy chưa được cài")
    made = open_engine(tmp_path, request.param)
    with made.writer() as writer:
        writer.add(
            Record(f"k#{name}", "k", name, "provision", "", "", SHORTS.in_full(text))
            for name, text in TEXTS.items()
        )
    yield made
    made.close()


def found(engine: SearchEngine, typed: str) -> list[str]:
    query = engine.spelled(parse_query(typed))
    return [hit.provision for hit in engine.search(query).hits]


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("nguoi khuyet tat", "người khuyết tật"),
        ("nguoi khuyết tat", "người khuyết tật"),
        ("Nha truong lap ke hoach", "nhà trường lập kế hoạch"),
        ("người khuyết tật", "người khuyết tật"),
        ("hoc nghe zzz", "học nghề zzz"),
        ("luong huu", "lương hưu"),  # words nothing here has
        ("nguoi tan tat nghi thai san", "người tàn tật nghỉ thai sản"),
    ],
)
def test_accents_are_restored(engine: SearchEngine, typed: str, understood: str) -> None:
    assert spelled_text(engine.spelled(parse_query(typed))) == understood


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("nguowif khuyeets taatj", "người khuyết tật"),
        ("nguoi72 khuye6t1 ta65t", "người khuyết tật"),
        ("d9uo7c5 hojc ngheef", "được học nghề"),
        ("ngừơi khuýết tật", "người khuýết tật"),  # two tones are no slip of one
        ("ngừơi khúyêt tật", "người khuyết tật"),
        ("nguoi khuyet tat", "nguoi khuyet tat"),  # syllables here: no keys
        ("covid19 khoa2", "covid19 khoa2"),  # no word here either way
    ],
)
def test_keys_are_read_where_they_make_a_word(engine: SearchEngine, typed: str, meant: str) -> None:
    assert mended(typed, engine.words()) == meant


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("người khuyêt tật", ["người khuyết tật"]),
        ("người khuyêt tât", ["người khuyết tật"]),
        ("khuyêt tât", ["khuyết tật"]),
        ("ngừi khuyết tật", ["người khuyết tật"]),
        ("người khuyt tật", ["người khuyết tật"]),
        ("giao viem", ["giao viên"]),
        ("người khuyết tật", []),
        ("nguoi khuyet tat", []),
        ("người tàn tật", []),  # a syllable nothing here has, no slip
        ("thai san giao vien", []),
        ("nghỉ hưu", []),
        ("nghề hocb", ["nghề học"]),  # no syllable
        ("753/QĐ-TTg", []),
    ],
)
def test_other_spellings_are_offered_never_taken(
    engine: SearchEngine, typed: str, offered: list[str]
) -> None:
    assert others(typed, engine)[:1] == offered
    assert mended(typed, engine.words()) == typed


def test_a_misprint_that_is_here_is_offered_right(engine: SearchEngine) -> None:
    with engine.writer() as writer:
        texts = [*(["Bịa có giàn mướp."] * 50), "Bịa có giàn mứơp. Bịa có giàn mượp."]
        writer.add(
            Record(f"m#{n}", "m", str(n), "provision", "", "", text) for n, text in enumerate(texts)
        )
    assert others("giàn mứơp", engine)[:1] == ["giàn mướp"]
    assert others("giàn mướp", engine) == []


def test_a_word_known_to_be_right_is_no_slip(engine: SearchEngine) -> None:
    assert others("giao viem", engine, {"viem"}) == []


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("lop toi da may hoc sinh", "lớp tối đa mấy học sinh"),
        ("hoi ai", "hoi ai"),
        ("can duoc", "can được"),  # cần or can: nothing says which
    ],
)
def test_what_is_not_likely_enough_stays_as_typed(
    engine: SearchEngine, typed: str, shown: str
) -> None:
    with engine.writer() as writer:
        texts = ("Tối đa cho ai.", "Không cần gì.", "Can thiệp.", "Họ hội họp.")
        writer.add(Record(f"m#{n}", "m", str(n), "provision", "", "", t) for n, t in
                   enumerate(texts))  # fmt: skip
    query = engine.spelled(parse_query(typed))
    assert spelled_text(query) == shown


def test_a_spelling_that_is_sure_is_the_only_one_marked(engine: SearchEngine) -> None:
    query = engine.spelled(parse_query("hoc nghe"))
    text = "Học nghề, nghe giảng, hóc búa."
    assert [mark.of(text) for mark in snippet(text, query).marks] == ["Học nghề"]
    assert [mark.of("nghe") for mark in snippet("nghe", query).marks] == ["nghe"]


def test_i_and_y_are_the_same_word_and_what_was_typed_comes_first(engine: SearchEngine) -> None:
    assert found(engine, "kỹ năng")[:2] == ["kỹ", "kĩ"]
    assert found(engine, "kĩ năng")[:2] == ["kĩ", "kỹ"]
    assert [mark.of("kĩ năng") for mark in snippet("kĩ năng", parse_query("kỹ")).marks] == ["kĩ"]


def test_old_and_new_tone_placement_are_equal(engine: SearchEngine) -> None:
    assert found(engine, "hoà nhập") == found(engine, "hòa nhập") == ["c"]


def test_a_text_that_writes_in_short_is_found_by_the_full_words(engine: SearchEngine) -> None:
    assert "d" in found(engine, '"trẻ khuyết tật"')
    assert SHORTS.in_full("Dạy NKT và NKT khác") == "Dạy NKT người khuyết tật và NKT khác"
    assert SHORTS.in_full("NKT là người khuyết tật") == "NKT là người khuyết tật"
    assert SHORTS.in_full("theo BCT") == "theo BCT"
    assert SHORTS.of_meaning(["nguoi", "khuyet", "tat"]) == ("nkt",)


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        *((keys, "người") for keys in ("nguowif", "nguwowif", "nguoi72", "ngu7o7i2")),
        *((keys, "đường") for keys in ("dduowngf", "duongdwf", "d9uong72")),
        ("khuyeets", "khuyết"), ("quys", "quý"), ("hoaf", "hòa"), ("giaos", "giáo"),
        ("thuoocj", "thuộc"), ("tre", ""), ("qd753", ""), ("a1b2c3", ""), ("2020", ""),
    ],
)  # fmt: skip
def test_keys(keys: str, word: str) -> None:
    assert decoded(keys) == word


@given(st.text(max_size=20))
def test_any_word_is_decoded_or_left(word: str) -> None:
    meant = decoded(word)
    assert not meant or has_marks(meant)


@given(st.sampled_from([*"hklmstv", "qu"]), st.sampled_from("iìíỉĩịyỳýỷỹỵ"))
def test_variant_undoes_itself(head: str, vowel: str) -> None:
    word = head + vowel
    assert variant(word) != word
    assert variant(variant(word)) == word
    assert fold(variant(word))[:-1] == head
