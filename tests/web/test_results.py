"""Results: what they are narrowed by, what is said where something is not known, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from kb.config import Settings
from kb.facets import facets, passes
from kb.index.analyzer import tokens
from kb.index.records import records
from kb.index.short import Shorts
from kb.search import View
from tests.eval.questions import is_answered, is_refused
from web.asked import read
from web.opened import Opened


@pytest.fixture(scope="module")
def kb(settings: Settings) -> Iterator[Opened]:
    with Opened(settings) as made:
        yield made


def text(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def test_an_address_keeps_all_that_was_asked() -> None:
    asked = read(MultiDict([("q", " trẻ em "), ("loai", "luat"), ("loai", "nd"), ("xep", "ngay"),
                            ("lạ", "x"), ("trang", "3")]))  # fmt: skip
    assert asked.text == "trẻ em"
    assert asked.view.filters == {"loai": ("luat", "nd")}
    assert asked.url(page=2).endswith("&loai=luat&loai=nd&xep=ngay&trang=2")
    assert asked.url(toggle=("loai", "nd")).endswith("em&loai=luat&xep=ngay")
    assert asked.url(toggle=("nam", "2026")).endswith("&loai=luat&loai=nd&nam=2026&xep=ngay")
    assert asked.url(without="*", by_date=False).endswith("?q=tr%E1%BA%BB+em")


def test_conditions_alone_put_first_what_can_be_read(kb: Opened) -> None:
    groups = kb.search("loai:qd", View(size=100)).groups
    readable = [group.listed.kind == "full" for group in groups]
    assert True in readable
    assert False in readable
    assert readable == sorted(readable, reverse=True)
    dated = kb.search("loai:qd", View(size=100, by_date=True)).groups
    days = [group.listed.document.issued or "" for group in dated]
    assert days == sorted(days, reverse=True)


def test_a_plan_gives_its_citation(client: FlaskClient) -> None:
    assert "Chép trích dẫn" in client.get("/ke-hoach/kh/2021/82/ndtkt").text


def test_the_order_of_conditions_alone_is_said(client: FlaskClient) -> None:
    assert "có toàn văn, còn hiệu lực trước" in text(client, "/tim?q=loai:qd")
    assert "sát câu hỏi" in text(client, "/tim?q=trẻ em")


def test_results_lead_to_saved_searches(client: FlaskClient) -> None:
    assert 'href="/tim-da-luu"' in client.get("/tim?q=loai:luat").text


def test_a_facet_counts_what_the_other_filters_leave() -> None:
    found = [
        {"loai": [("luat", "Luật")], "nam": [("2020", "2020")]},
        {"loai": [("nd", "Nghị định")], "nam": [("2020", "2020")]},
        {"loai": [("nd", "Nghị định")], "nam": [("2021", "2021")]},
    ]
    chosen = {"loai": ("luat",)}
    (kinds,) = facets(found, chosen)  # all that pass are of one year: nothing to choose
    assert [(v.words, v.count, v.chosen) for v in kinds.values] == [
        ("Nghị định", 2, False), ("Luật", 1, True)
    ]  # fmt: skip
    assert [passes(one, chosen) for one in found] == [True, False, False]


def test_filters_that_leave_nothing_are_named(client: FlaskClient) -> None:
    page = text(client, "/tim?q=người khuyết tật&loai=luat&hieuluc=da-ket-thuc")
    assert "Không có văn bản nào qua được các điều kiện này." in page
    assert re.search(r"Bỏ điều kiện hiệu lực : có \d+ văn bản", page)
    assert "Hiệu lực: Đã kết thúc" in page, page[:600]


def test_every_facet_link_has_as_many_documents_as_it_says(kb: Opened) -> None:
    result = kb.search("người khuyết tật")
    assert {"hieuluc", "loai", "coquan", "nam", "linhvuc", "cap"} == {f.name for f in result.facets}
    assert all(value.words for facet in result.facets for value in facet.values)
    for facet in result.facets:
        for value in facet.values:
            only = kb.search("người khuyết tật", View(filters={facet.name: (value.value,)}))
            assert only.count == value.count, (facet.name, value)


def test_all_that_has_every_word_is_listed(kb: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    every = kb.search("người khuyết tật", View(size=100))
    monkeypatch.setattr("kb.search._DEPTH", 2)
    few = kb.search("người khuyết tật", View(size=100))
    assert few.count == few.full == every.full < every.count
    assert (
        set(few.keys)
        == set(every.keys)
        == {listed.document.key for group in few.groups for listed in (group.listed, *group.alike)}
    )
    shown = {group.listed.document.key for group in every.groups if group.hits}
    missing = [g for g in few.groups if g.listed.document.key in shown and not g.hits]
    assert len(missing) <= 2  # of those the engine found by their facts
    kinds = next(facet for facet in few.facets if facet.name == "loai").values
    assert sum(value.count for value in kinds) == few.full
    only = kb.search("người khuyết tật", View(filters={"loai": (kinds[-1].value,)}))
    assert only.count == kinds[-1].count
    latest = kb.search("người khuyết tật", View(size=100, by_date=True)).groups
    days = [group.listed.document.issued or "" for group in latest]
    assert days == sorted(days, reverse=True)
    assert len(days) > 2


def test_by_date_the_latest_comes_first(kb: Opened) -> None:
    dates = [
        group.listed.document.issued or ""
        for page in (1, 2)
        for group in kb.search("người khuyết tật", View(page=page, by_date=True)).groups
    ]
    assert dates == sorted(dates, reverse=True)
    assert len(set(dates)) > 5


def test_what_is_not_known_is_said_first_and_not_otherwise(kb: Opened, client: FlaskClient) -> None:
    page = text(client, "/tim?q=Kế hoạch 70 nói gì?")
    assert page.index("Chưa biết.") < page.index("70/KH-SGDĐT ngày 11/01/2021")
    assert "Xin bản gốc ở Sở Giáo dục và Đào tạo tỉnh Tây Ninh" in page
    assert kb.search("luat tiep can thong tin 2026 so may").unknowns
    assert kb.search("so luat tiep can thong tin 2026").unknowns
    assert not kb.search("số luật người khuyết tật").unknowns
    assert not kb.search("Luật Báo chí 2025 số mấy").unknowns
    assert not kb.search("luat tiep can thong tin 2026").unknowns


def test_words_nobody_here_has_are_named(kb: Opened) -> None:
    result = kb.search("xyzt qwrt")
    assert result.count == 0
    assert "Không văn bản nào có chữ: xyzt, qwrt." in result.why_not
    notes = kb.search("xyzt người").notes
    assert notes[0].startswith("Không văn bản nào trong kho có: xyzt. Kết quả dưới đây chỉ có")


@pytest.mark.parametrize(
    "typed",
    [
        "nđ 09 2017 còn hiệu lực ko",
        "1607/QĐ-BYT còn hiệu lực không",
        "nđ 244 còn hiệu lực k",
        "nđ 182 phụ cấp giáo viên",
        "tt 27/2024 tuyển sinh",
        "điều 36 nđ 56 trẻ em",
    ],
)
def test_a_document_that_is_here_is_not_said_to_be_missing(kb: Opened, typed: str) -> None:
    assert kb.search(typed).notes == ()


def test_the_end_of_a_paper_comes_after_what_it_says(kb: Opened) -> None:
    groups = kb.search("nơi nhận lưu văn thư bộ trưởng nhà trường").groups
    ends = [[hit.record.endswith("closing") for hit in group.hits] for group in groups]
    assert sum(map(len, ends)) > 5
    assert all(at == sorted(at) for at in ends)


def test_what_nothing_has_is_said_as_it_is_spelled(kb: Opened) -> None:
    result = kb.search("luong huu giao vien")
    assert result.understood.startswith("Đang tìm: lương hưu giáo viên")
    assert result.corrections == ()
    assert any("trong kho có: hưu." in note for note in result.notes)


def test_a_number_that_is_not_here_is_said_beside_what_has_the_words(kb: Opened) -> None:
    result = kb.search("thông tư 22 đánh giá học sinh")
    assert "Không tìm thấy số thông tư 22 trong kho." in result.notes
    assert not any("có: thông" in note for note in result.notes)
    near = kb.search("735/QĐ-TTg trợ giúp người khuyết tật").notes
    assert any("753/QĐ-TTg" in note for note in near)


def test_a_phrase_that_is_nowhere_is_looked_for_as_words(kb: Opened) -> None:
    result = kb.search("“tật khuyết người”")
    assert result.understood.startswith("Không có đoạn nào có nguyên văn “tật khuyết người”")
    assert result.count > 1


def test_what_has_ended_comes_after_what_replaced_it_unless_named(kb: Opened) -> None:
    first = kb.search("phát ngôn và cung cấp thông tin cho báo chí").groups
    keys = [group.listed.document.key for group in first]
    assert keys.index("nd/2026/244/cp") < keys.index("nd/2017/09/cp")
    named = kb.search("NĐ 09/2017 về phát ngôn còn áp dụng không?").groups
    assert named[0].listed.document.key == "nd/2017/09/cp"


def test_the_parts_of_a_score_are_all_of_it(kb: Opened) -> None:
    for group in kb.search("trẻ tự kỷ", View(explained=True)).groups:
        for hit in (hit for hit in group.hits if hit.parts):
            assert sum(part.value for part in hit.parts) == pytest.approx(hit.score)
    assert "Vì sao?" in text(kb_client(kb), "/tim?q=trẻ tự kỷ&giai-thich=1")


def kb_client(kb: Opened) -> FlaskClient:
    from web import create_app

    return create_app(kb.settings).test_client()


def test_questions_are_judged_by_the_first_three_and_by_the_words(kb: Opened) -> None:
    result = kb.search("Kế hoạch 70 nói gì?")
    assert is_answered(result, ["kh/2021/70/sgddt"])
    assert not is_answered(result, ["luat/2010/51/qh12"])
    assert is_refused(result, ["70/KH-SGDĐT"])
    assert not is_refused(result, ["75/KH-SGDĐT"])
    assert not is_refused(result, [])


def test_what_has_every_word_is_counted_in_all_of_the_library(
    kb: Opened, client: FlaskClient
) -> None:
    asked = {"người", "khuyết", "tật"}
    in_full = Shorts(kb.vocabulary).in_full
    having = {
        listed.document.key: listed
        for listed in kb.library.documents()
        for record in records(kb.library, listed.document.key, in_full)
        if asked <= {token.text for part in (record.title, record.path, record.text)
                     for token in tokens(part)}
    }  # fmt: skip
    assert kb.search("người khuyết tật").full == len(having) > 1
    said = f"Cả kho có {len(having)} văn bản có đủ từ đã tìm"
    assert said in text(client, "/tim?q=người khuyết tật")
    laws = sum(listed.type_slug == "luat" for listed in having.values())
    assert kb.search("người khuyết tật", View(filters={"loai": ("luat",)})).full == laws
    among_laws = kb.search("người khuyết tật loai:luat")
    assert among_laws.full == laws
    assert among_laws.full_words.endswith("một điều hoặc mục và hợp các điều kiện.")
    assert kb.search("xyzt người").full is None
