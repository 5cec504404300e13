"""Bases judged on two days."""

from __future__ import annotations

from datetime import date

import pytest

from kb.catalogue import Entry, StatusClaim, Vocabulary
from kb.checks.gather import gather
from kb.documents import DocType, Document
from kb.grounds import judge
from kb.outside import outside
from kb.statuses import Statuses
from kb.validity import State
from tests.bench.matrix import statements
from tests.plans.conftest import AMENDING, REPLACING, School, decree, school_plan, the_plan, told
from web.checks import OfLibrary


def test_two_days_two_verdicts_two_wordings(school: School) -> None:
    library = school.library(decree(), school_plan(), AMENDING, REPLACING)
    for day, words, ended in ((date(2033, 1, 1), "mỗi tối", False), (date(2034, 1, 1), "", True)):
        report = told(library, school.desk, day)
        (seven,) = [b for b in report.bases if b.provision == "art_7__cl_2"]
        (six,) = [b for b in report.bases if b.provision == "art_6__cl_2"]
        assert seven.place == "Điều 7 › khoản 2"
        assert words in seven.words
        assert seven.words_signed == "2. Người trông luống 7 đếm chữ mỗi chiều."
        assert (six.today.state is State.CEASED) == ended
        assert six.signed.state is State.UNKNOWN
    assert six.today.words == "Hết hiệu lực (thay bằng 988/2033/NĐ-CP)"
    assert [(h.key, h.name) for h in six.heirs] == [("nd/2033/988/cp", "988/2033/NĐ-CP")]


def test_checks_tell_the_status_the_pages_tell(school: School) -> None:
    library = school.library(decree(), school_plan(), REPLACING)
    plan, day = the_plan(library), date(2034, 1, 1)
    key = plan.document.key
    grounds = gather(plan, library.citations(key), library.links(key), OfLibrary(library),
                     Vocabulary((DocType("NĐ", "Nghị định", "nd"),), ()), (), day)  # fmt: skip
    basis = grounds.bases["nd/2030/901/cp"]
    assert basis.now == Statuses(library).on("nd/2030/901/cp", day)
    assert basis.now.state is State.CEASED
    assert basis.heir
    assert basis.heir.document.number == "988/2033/NĐ-CP"


def test_queries_do_not_grow_with_bases(school: School) -> None:
    library = school.library(decree(), school_plan(), AMENDING, REPLACING)
    every = [(d.document.key, "") for d in library.documents()]
    places = [("nd/2030/901/cp", f"art_{n}__cl_2") for n in range(1, 50)]
    counts = []
    for wanted in (places[:1], places, [*every, *places]):
        with statements(library) as said:
            assert len(judge(library, wanted, None, date(2034, 1, 1))) == len(wanted)
        counts.append(len(said))
    assert counts[0] == counts[1]
    assert counts[2] <= 3 * counts[1]
    assert len(every) > 40


@pytest.mark.parametrize(
    ("type", "slug", "number", "said"),
    [
        ("Chỉ thị", "ct", "39-CT/TW", "Văn kiện của Đảng"),
        ("Kế hoạch", "kh", "55-KH/SGDĐT", "Kế hoạch"),
        ("Kế hoạch", "kh", "70/KH-SGDĐT", "Kế hoạch"),
        ("Công văn", "cong-van", "3326/SGDĐT-GDPT", "Công văn"),
        ("Quyết định", "qd", "753/QĐ-TTg", "Quyết định cá biệt"),
        ("Quyết định", "qd", "06/2020/QĐ-TTg", ""),
        ("Nghị định", "nd", "72/2015/NĐ-CP", ""),
        ("Luật", "luat", "51/2010/QH12", ""),
        ("", "", "", ""),
    ],
)
def test_papers_outside_the_normative_system(type: str, slug: str, number: str, said: str) -> None:
    entry = Entry(Document("x", type, number, "", ""), StatusClaim("unknown", ""))
    assert outside(entry, slug) == said


def test_a_party_paper_has_its_own_word(school: School) -> None:
    library = school.library()
    keys = [("ct/2019/39/tw", ""), ("qd/2020/753/ttg", "")]
    found = judge(library, keys, date(2021, 5, 6), date(2026, 11, 26))
    assert [b.outside for b in found.values()] == ["Văn kiện của Đảng", "Quyết định cá biệt"]
    for basis in found.values():
        assert "hiệu lực" not in basis.today.words
        assert basis.today.age.startswith(("kiểm tra ngày", "chưa kiểm tra lại"))


def test_a_document_the_library_no_longer_has_is_unknown(school: School) -> None:
    (gone,) = judge(school.library(), [("qd/1/1/x", "art_1")], None, date(2026, 1, 1)).values()
    assert (gone.today.state, gone.today.why) == (State.UNKNOWN, "Kho không còn văn bản này.")
