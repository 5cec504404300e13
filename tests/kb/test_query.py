"""What was typed: numbers, places, names, phrases, conditions, mistakes."""

from __future__ import annotations

import time
from datetime import date
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.index.known import Known
from kb.index.numbers import NumberReader, Numbers, numbered
from kb.index.places import place_asked
from kb.index.query import LONGEST, QueryTooLong, cleaned, parse_query, read
from kb.store.library import Library
from kb.text import fold
from kb.understanding import Understood, understand
from tests.eval import numbers as measure

SHELF, VOCABULARY = measure.shelf(None)
KNOWN = Known(cast(Library, SHELF), VOCABULARY)
TODAY = date(2026, 11, 26)
CODES = {kind.slug: fold(kind.code) for kind in VOCABULARY.types}


def asked(typed: str) -> Understood:
    return understand(typed, KNOWN, TODAY)


# --- numbers -------------------------------------------------------------------------------------


def answers(typed: str, number: str, slug: str) -> bool:
    reader = NumberReader(VOCABULARY, [number])
    row = numbered("k", number, slug, "2020-06-03")
    assert row
    return any(Numbers([row], CODES).answering(found) for found in reader.find(cleaned(typed)))


@pytest.mark.parametrize(
    ("typed", "number", "slug"),
    [
        *((typed, "753/QĐ-TTg", "qd") for typed in (
            "QĐ 753", "qd 753", "753/QD-TTg", "753/qđ-ttg", "753 qd ttg", "753 / QĐ - TTg", "qđ753",
            "quyet dinh so 753", "Quyết định số 753/QĐ-TTg", "số 753", "so 753/qd-ttg", "753 ttg",
            "753-QĐ/TTg", "QĐ-TTg 753", "753/QĐ- TTg", "số: 753 /QĐ-TTg", "753/QĐ–TTg",
        )),
        *((typed, "39-CT/TW", "ct") for typed in ("39-CT/TW", "chi thi 39", "39-ct/tw", "CT 39")),
        *((typed, "82/KH-NDTKT", "kh") for typed in ("82 /KH-NDTKT", "ke hoach 82", "82/kh")),
        *((typed, "30/2020/NĐ-CP", "nd") for typed in (
            "nd 30/2020", "30/2020/nd-cp", "nđ 30", "nd30", "30/2020NĐ-CP", "nđ-cp 30/2020",
            "nghị định 30 năm 2020", "30/2020 nđ cp", "30-2020-ND-CP",
        )),
        ("QĐ 753 ngày 03/6/2020", "753/QĐ-TTg", "qd"),
        ("quyết định 753 ngày 03 tháng 6 năm 2020", "753/QĐ-TTg", "qd"),
        ("luat 51/2010/qh12", "51/2010/QH12", "luat"),
        ("51/2010/qh 12", "51/2010/QH12", "luat"),
        ("2/2019/TT-BTTTT", "02/2019/TT-BTTTT", "tt"),
        ("quyết định 66", "66-QĐ/TW", "quy-dinh"),
        ("70/KH-SGD&ĐT", "70/KH-SGDĐT", "kh"),
        ("70/kh-sgd-đt", "70/KH-SGDĐT", "kh"),
    ],
)  # fmt: skip
def test_number_is_understood(typed: str, number: str, slug: str) -> None:
    assert answers(typed, number, slug)


@pytest.mark.parametrize(
    ("typed", "number", "slug"),
    [
        ("753/QĐ-TTg", "753/QĐ-BYT", "qd"),
        ("QĐ 753", "753/KH-UBND", "kh"),
        ("nd 30/2020", "30/2021/NĐ-CP", "nd"),
        ("số 75", "753/QĐ-TTg", "qd"),
        ("70/KH-SGDDĐT", "70/KH-SGDĐT", "kh"),
    ],
)
def test_another_number_does_not_match(typed: str, number: str, slug: str) -> None:
    assert not answers(typed, number, slug)


@pytest.mark.parametrize(
    "typed",
    ["nguoi khuyet tat", "Điều 5", "luật trẻ em năm 2016", "2021", "luật 2010", "5 người", "",
     "kế hoạch 5 năm", "753 từ ngày mai", "ngày 03/6/2020", "2,5 triệu"],
)  # fmt: skip
def test_words_hold_no_number(typed: str) -> None:
    assert NumberReader(VOCABULARY, ()).find(cleaned(typed)) == []


def test_every_number_of_the_corpus_lands_however_it_is_typed() -> None:
    found = measure.measure(None)
    assert found["exact"] == 1.0, found["misses"]
    assert cast(float, found["slip"]) >= 0.99, found["misses"]


def test_of_two_with_one_number_both_are_shown() -> None:
    rows = [numbered(key, "753/QĐ-UBND", "qd", day) for key, day in (("a", "2020"), ("b", "2021"))]
    numbers = Numbers([row for row in rows if row], CODES)
    (one,) = NumberReader(VOCABULARY, ["753/QĐ-UBND"]).find("qđ 753 ubnd")
    assert [row.key for row in numbers.answering(one)] == ["a", "b"]
    (year,) = NumberReader(VOCABULARY, ["753/QĐ-UBND"]).find("qđ 753 năm 2021")
    assert [row.key for row in numbers.answering(year)] == ["b"]


# --- places and names ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("khoản 2 điều 14 luật nkt", "khoản 2 Điều 14"),
        ("d5 k2 nd30", "khoản 2 Điều 5"),
        ("k2 đ5", "khoản 2 Điều 5"),
        ("Đ.5 k.2 NĐ 30", "khoản 2 Điều 5"),
        ("điểm a khoản 1 điều 3 nđ 28/2012", "điểm a khoản 1 Điều 3"),
        ("dieu 14 luat nguoi khuyet tat", "Điều 14"),
        ("chương II luật trẻ em", "Chương II"),
        ("Điều 5, khoản 2 của Luật", "khoản 2 Điều 5"),
        ("mục II.1 kế hoạch 82", "mục II.1"),
    ],
)
def test_place_is_understood(typed: str, words: str) -> None:
    found = place_asked(typed)
    assert found
    assert found.words == words


def test_a_point_typed_d_without_marks_may_be_either() -> None:
    def points(typed: str) -> list[str | None]:
        found = place_asked(typed)
        assert found
        return [pinpoint.point for pinpoint in found.pinpoints]

    assert points("diem d khoan 1 dieu 3") == ["d", "đ"]
    assert points("điểm d khoản 1 điều 3") == ["d"]
    assert points("điểm đ khoản 1 điều 3") == ["đ"]


@pytest.mark.parametrize(
    ("typed", "keys", "whole"),
    [
        ("khoản 2 điều 14 luật nkt", ["luat/2010/51/qh12"], True),
        ("dieu 14 luat nguoi khuyet tat", ["luat/2010/51/qh12"], True),
        ("Luật trẻ em 2016", ["luat/2016/102/qh13"], True),
        ("chương trình 1929", ["qd/2020/1929/ttg"], True),
        ("d5 k2 nd30", ["nd/2020/30/cp"], True),
        ("NĐ 30 dieu 8", ["nd/2020/30/cp"], True),
        ("chỉ thị 39 mục 2", ["ct/2019/39/tw"], False),
        ("điểm d khoản 2 điều 39 nd 30/2020/nđ-cp", ["nd/2020/30/cp"], True),
        ("dieu 39 ct 30/2020/nd-cp", [], True),
        ("nđ 28 người khuyết tật", ["nd/2012/28/cp"], False),
        ("nghị định 28 ngày", [], False),
        ("Chỉ thị 39 nói gì về người khuyết tật?", ["ct/2019/39/tw"], False),
        ("QĐ 1607 BYT hướng dẫn can thiệp trẻ tự kỷ dùng đc nữa ko?", ["qd/2021/1607/byt"], False),
        ("nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ", ["nd/2020/30/cp"], True),
        ("quyết định 753 của Thủ tướng Chính phủ", ["qd/2020/753/ttg"], True),
        ("quyết định 753 của Bộ Y tế", [], True),
        ("mục II.1 kế hoạch 82", ["kh/2021/82/ndtkt"], True),
        ("điều 5", [], False),
        ("trẻ 6 tuổi", [], False),
    ],
)
def test_documents_are_called_by_number_and_name(typed: str, keys: list[str], whole: bool) -> None:
    found = asked(typed)
    assert list(found.keys) == keys
    assert found.whole is whole


def test_a_number_of_another_body_is_only_near() -> None:
    (near,) = asked("quyết định 753 của Bộ Y tế").near
    assert near.key == "qd/2020/753/ttg"
    assert near.why == "cùng số nhưng do Thủ tướng Chính phủ ban hành"


@pytest.mark.parametrize(
    ("typed", "key", "why"),
    [
        ("51/2011/QH12", "luat/2010/51/qh12", "chỉ khác năm"),
        ("754/QĐ-TTg", "qd/2020/753/ttg", "số gần giống, cùng ký hiệu"),
        ("7533/QĐ-TTg", "qd/2020/753/ttg", "số gần giống, cùng ký hiệu"),
    ],
)
def test_a_number_that_is_not_here_leads_to_the_closest(typed: str, key: str, why: str) -> None:
    found = asked(typed)
    assert not found.keys
    assert (key, why) in {(near.key, near.why) for near in found.near}


def test_a_number_of_another_kind_leads_nowhere() -> None:
    assert asked("999/QĐ-TTg").near == ()
    assert asked("nghị định 754").near == ()


def test_two_laws_of_one_name_are_both_shown() -> None:
    assert len(asked("luật tctt").keys) == 2


# --- the language --------------------------------------------------------------------------------


def test_words_phrases_and_marks() -> None:
    query = parse_query('Trẻ em “tự kỷ” hoà nhập "hoc nghe"')
    assert query.words == ("trẻ", "em", "tự", "kỷ", "hòa", "nhập", "hoc", "nghe")
    assert query.phrases == (("tự", "kỷ"), ("hoc", "nghe"))
    assert query.marked
    assert not parse_query("tre em tu ky").marked


def test_what_is_not_wanted() -> None:
    query = parse_query('trẻ em -"học nghề" -thi đua')
    assert query.words == ("trẻ", "em", "đua")
    assert query.without == (("học", "nghề"), ("thi",))
    assert asked("nđ 30 -khen").query.without == (("khen",),)
    assert asked("82 -KH/NDTKT").keys == ("kh/2021/82/ndtkt",)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("loai:qd", "loại: Quyết định"),
        ("loại:QĐ", "loại: Quyết định"),
        ('loai:"nghị định"', "loại: Nghị định"),
        ("loai:hd", "loại: Hướng dẫn hoặc Hợp đồng"),
        ("coquan:byt", "cơ quan: Bộ Y tế"),
        ("coquan:bct", "cơ quan: Bộ Chính trị hoặc Bộ Công Thương"),
        ("nam:2019-2021", "năm: 2019 đến 2021"),
        ("tu:06/5/2020", "ban hành từ 06/5/2020"),
        ("den:2020", "ban hành đến 2020"),
        ("hieuluc:con", "hiệu lực hôm nay: còn hiệu lực"),
        ("hiệulực:chua-ro", "hiệu lực hôm nay: chưa rõ"),
        ("dieu:5", "Điều 5"),
        ("-loai:qd", "không phải loại: Quyết định"),
    ],
)
def test_conditions_in_words(typed: str, words: str) -> None:
    ((_, made),) = asked(f"{typed} người khuyết tật").conditions
    assert made.words == words


def test_conditions_fit_documents() -> None:
    def keys(typed: str) -> set[str]:
        made = [made for _, made in asked(typed).conditions]
        assert made
        return {key for key, listed in KNOWN.documents.items() if all(m.fits(listed) for m in made)}

    assert "qd/2020/753/ttg" in keys("loai:qd nam:2020 coquan:ttg")
    assert keys("tu:2020-06-03 den:03/6/2020") >= {"qd/2020/753/ttg"}
    assert "qd/2020/753/ttg" not in keys("tu:04/6/2020")
    assert keys("hieuluc:con") & keys("hieuluc:het") == set()
    assert "kh/2021/70/sgddt" in keys('coquan:"tây ninh"')


def test_who_took_over_is_said() -> None:
    (note,) = asked("coquan:bldtbxh").notes
    assert "Bộ Y tế (bảo trợ xã hội" in note
    assert "Nghị định 42/2025/NĐ-CP" in note
    assert any("Tây Ninh" in note for note in asked("Sở GDĐT tỉnh Long An ở đâu").notes)


@pytest.mark.parametrize(
    ("typed", "place", "said"),
    [
        ('trẻ em "học nghề', '"', "không có dấu đóng"),
        ("màu:xanh trẻ em", "màu", "Không có điều kiện"),
        ("tu:31/02/2020 trẻ em", "tu:31/02/2020", "Không có ngày"),
        ("nam:hai trẻ em", "nam:hai", "không phải là năm"),
        ("loai:thơ trẻ em", "loai:thơ", "Không có loại"),
        ("hieuluc:mai trẻ em", "hieuluc:mai", "Không có tình trạng"),
        ("coquan:xyzt trẻ em", "coquan:xyzt", "Không có cơ quan"),
        ("trẻ em loai:", "loai:", "chưa có gì"),
        ("trẻ em 30/20/NĐ-CP", "30/20/NĐ-CP", "Giống một số hiệu"),
        ("2020/30/NĐ-CP trẻ em", "2020/30/NĐ-CP", "Giống một số hiệu"),
        ("trẻ em 99999999/QĐ-TTg", "99999999/QĐ-TTg", "Giống một số hiệu"),
    ],
)
def test_a_mistake_has_its_place_and_the_rest_runs(typed: str, place: str, said: str) -> None:
    found = asked(typed)
    (mistake,) = found.mistakes
    assert mistake.span.of(cleaned(typed)) == place
    assert said in mistake.message
    assert found.typed.text == cleaned(typed)
    assert mistake.hint
    assert {"trẻ", "em"} <= set(found.query.words)


@pytest.mark.parametrize(
    "typed", ["30/2020/NĐ-CP", "qđ 753/QĐ-TTg", "3/4 trẻ em", "ngày 3/6/2020", "24/7", "km/h 60/h"]
)
def test_what_is_a_number_or_none_is_no_mistake(typed: str) -> None:
    assert asked(typed).mistakes == ()


def test_short_words_are_read_in_full_and_asked_back() -> None:
    assert asked("NKT có mấy dạng").query.text == "người khuyết tật có mấy dạng"
    assert asked("toi da may hskt").query.text == "toi da may học sinh khuyết tật"
    assert asked("từ ngày").query.text == "từ ngày"
    assert asked('"NKT" học').query.phrases == (("nkt",),)
    (question,) = asked("BCT giao việc gì").questions
    assert [choice.words for choice in question.choices] == ["Bộ Chính trị", "Bộ Công Thương"]
    assert question.choices[1].query == '"Bộ Công Thương" giao việc gì'
    assert asked("BCT giao việc gì").query.text == "BCT giao việc gì"


def test_too_long_says_the_limit() -> None:
    begun = time.process_time()
    with pytest.raises(QueryTooLong, match=str(LONGEST)):
        asked("a " * 20_000)
    assert time.process_time() - begun < 0.05


TYPED = st.text(
    st.sampled_from('aàđdk15/-:"“ .,\u0300%&(') | st.characters(exclude_categories=["Cs"]),
    max_size=LONGEST,
) | st.lists(
    st.sampled_from(['"', "-", "loai:qd", "tu:99/99/2020", "điều 5", "k2", "nđ 30/2020", "NKT"]),
    max_size=30,
).map(" ".join)


@given(TYPED)
@settings(max_examples=300, deadline=None)
def test_anything_typed_is_read(text: str) -> None:
    found = asked(text)
    for mistake in found.mistakes:
        assert mistake.span.end <= len(found.typed.text)
    assert found.words == " ".join(found.words.split())


@pytest.mark.parametrize("piece", ["a", '" ', "-a ", "loai:qd ", "753/QĐ-", "điều 5 ", "NKT ", "-"])
def test_reading_grows_with_the_length_only(piece: str) -> None:
    """Past the limit, where a square would show: ten times the text takes about ten times."""

    def seconds(length: int) -> float:
        text = " ".join((piece * length)[:length].split())
        best = 9.0
        for _ in range(3):
            begun = time.process_time()
            numbers = KNOWN.reader.find(text)
            read(text, [number.span for number in numbers])
            place_asked(text)
            KNOWN.names.find(text)
            KNOWN.shorts.find(text)
            best = min(best, time.process_time() - begun)
        return best

    assert seconds(20_000) < 40 * seconds(2_000) + 0.05
