"""What of a document is shown: the clause beside its digest, the nearest place, like articles once.

The papers are invented; one bears the number of a real one whose digest names its Điều 5 khoản 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from ingest import pipeline
from kb.config import Settings
from kb.results import Group
from tests.libraries import corpus_library
from web import create_app
from web.opened import Opened

CIRCULAR = """BỘ GIÁO DỤC VÀ ĐÀO TẠO
Số: 03/2018/TT-BGDĐT
Hà Nội, ngày 29 tháng 01 năm 2018

THÔNG TƯ
Quy định về giáo dục hòa nhập đối với người khuyết tật

Điều 4. Vườn trường
1. Văn bản bịa để thử, không có giá trị.
2. Vườn trường có cây cho mọi người.

Điều 5. Nơi ngồi bịa
1. Bàn ghế bịa kê gần cửa.
2. Mỗi phòng bịa có không quá hai chiếc xe lăn của người khuyết tật.
"""
DECREE = """CHÍNH PHỦ
Số: {serial}/2031/NĐ-CP
Hà Nội, ngày {day} tháng 3 năm 2031

NGHỊ ĐỊNH
Quy định bịa {serial} về đồ vật

Điều 1. Phạm vi của số {serial}
Văn bản bịa để thử, nói về {thing}.

Điều 2. Trách nhiệm bịa
Ông Bịa chịu trách nhiệm phơi {count} chiếc chiếu lác trước ngõ.
"""
DECREES = (("9101", "05", "cái thúng", "ba"), ("9102", "06", "cái mẹt", "ba"),
           ("9103", "07", "cái sàng", "bốn"))  # fmt: skip


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    folder = tmp_path_factory.mktemp("giay")
    (folder / "thong-tu.txt").write_text(CIRCULAR, encoding="utf-8")
    for serial, day, thing, count in DECREES:
        text = DECREE.format(serial=serial, day=day, thing=thing, count=count)
        (folder / f"{serial}.txt").write_text(text, encoding="utf-8")
    settings = Settings(tmp_path_factory.mktemp("data"))
    corpus_library(settings)
    pipeline.ingest(settings, sorted(Path(folder).glob("*.txt")), lambda *_: None)
    with Opened(settings) as made:
        yield made


def of(kb: Opened, typed: str, key: str) -> Group:
    (group,) = (g for g in kb.search(typed).groups if g.listed.document.key == key)
    return group


@pytest.mark.parametrize(
    "typed", ["lop hoa nhap toi da may hoc sinh khuyet tat", "lớp hòa nhập tối đa mấy học sinh"]
)
def test_a_clause_named_by_a_digest_is_shown_before_it(kb: Opened, typed: str) -> None:
    hits = of(kb, typed, "tt/2018/03/bgddt").hits
    clause, digest = next((one, two) for one, two in pairwise(hits) if two.kind == "digest")
    assert clause.provision == "art_5__cl_2"
    assert clause.kind == "provision"
    assert "hai chiếc xe lăn" in clause.snippet.text
    assert digest.path == "Điều 5, khoản 2"
    assert len({hit.provision for hit in hits}) == len(hits) <= 3


def test_a_digest_of_an_article_that_is_not_in_the_text_stands_alone(kb: Opened) -> None:
    hits = of(kb, "hồ sơ giáo dục hòa nhập", "tt/2018/03/bgddt").hits
    assert any(hit.kind == "digest" and hit.path == "Điều 8" for hit in hits)
    assert not any(hit.provision.startswith("art_8") for hit in hits)


@pytest.mark.parametrize(
    ("typed", "nearest", "there"),
    [
        (
            "điểm a khoản 1 Điều 4 thông tư 03/2018/TT-BGDĐT",
            "art_4__cl_1",
            "khoản 1 không chia điểm",
        ),
        ("khoản 9 Điều 4 thông tư 03/2018/TT-BGDĐT", "art_4", "Điều 4 có 2 khoản, đến khoản 2"),
        (
            "điểm c khoản 9 Điều 4 thông tư 03/2018/TT-BGDĐT",
            "art_4",
            "Điều 4 có 2 khoản, đến khoản 2",
        ),
    ],
)
def test_a_place_that_is_not_there_leads_to_the_nearest(
    kb: Opened, typed: str, nearest: str, there: str
) -> None:
    (group,) = kb.search(typed).groups
    (hit,) = group.hits
    assert hit.url.endswith(f"/tt/2018/03/bgddt#{nearest}")
    assert group.why.startswith("trong toàn văn ở kho không thấy ")
    assert group.why.endswith(f"; {there}; nơi gần nhất có là {hit.path}")


def test_an_article_that_is_not_there_leads_nowhere(kb: Opened) -> None:
    (group,) = kb.search("Điều 44 thông tư 03/2018/TT-BGDĐT").groups
    assert not group.hits
    assert group.why == "trong toàn văn ở kho không thấy Điều 44; ở đó có 2 điều, đến Điều 5"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        # The same article word for word: the first shown holds the other; one figure apart is not.
        ("chịu trách nhiệm phơi chiếu lác", {"9101": ["9102"], "9103": []}),
        # Other articles of the same decrees differ.
        ("phạm vi đồ vật số", {"9101": [], "9102": [], "9103": []}),
        # The one called by its number is a card and is never folded away.
        ("nghị định 9102 phơi chiếu lác", {"9102": [], "9101": [], "9103": []}),
    ],
)
def test_articles_that_read_the_same_are_shown_once(
    kb: Opened, typed: str, shown: dict[str, list[str]]
) -> None:
    found = {
        group.listed.document.number[:4]: [one.document.number[:4] for one in group.alike]
        for group in kb.search(typed).groups
        if "/2031/NĐ-CP" in group.listed.document.number
    }
    assert found == shown


def test_documents_are_read_at_once_as_each_by_itself(kb: Opened) -> None:
    library, keys = kb.library, [listed.document.key for listed in kb.library.documents()]
    read = library.readings([*keys, "khong-co"])
    for key in keys:
        one = read[key]
        assert (one.text, one.tree) == (library.printed(key), library.tree(key))
        assert [*one.digests] == library.digests(key)
    assert (read["khong-co"].text, read["khong-co"].tree) == ("", None)


def test_the_page_names_the_documents_folded_away(kb: Opened) -> None:
    client = create_app(kb.settings).test_client()
    page = client.get("/tim?q=chịu trách nhiệm phơi chiếu lác").text
    words = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "Và 1 văn bản có điều giống hệt" in words
    assert 'href="/vb/nd/2031/9102/cp"' in page
    assert words.count("Ông Bịa") == 2


@pytest.mark.parametrize("typed", ["KHCN", "khcn", "bct", "khcn người khuyết tật"])
def test_an_abbreviation_is_asked_back_and_never_corrected(kb: Opened, typed: str) -> None:
    result = kb.search(typed)
    assert len(result.questions) == 1
    assert result.corrections == ()
