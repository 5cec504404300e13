"""From the words to the document meant, and what one document does to another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kb.catalogue import Catalogue, Entry, Misprint, StatusClaim, Vocabulary
from kb.citations import Ambiguous, Pinpoint, Resolution, Resolved, Unknown
from kb.citations.find import find_citations
from kb.citations.places import provision_id
from kb.citations.relations import relations_in
from kb.citations.resolve import resolve
from kb.documents import DocType, Document, Issuer
from kb.structure import Level, Node
from kb.text import Span

VOCABULARY = Vocabulary(
    (
        DocType("QĐ", "Quyết định", "qd"),
        DocType("KH", "Kế hoạch", "kh"),
        DocType("NĐ", "Nghị định", "nd"),
        DocType("", "Luật", "luat"),
    ),
    (
        Issuer("ttg", "Thủ tướng Chính phủ", ("TTg",)),
        Issuer("so", "Sở Giáo dục và Đào tạo tỉnh Mẫu", ("SGDĐT",)),
    ),
)
CLAIM = StatusClaim("unknown", "")
HERE = Document("nd/2036/01/cp", "Nghị định", "01/2036/NĐ-CP", "Văn bản giả định", "Chính phủ")
TITLE = "Phê duyệt chương trình giả định dành cho việc kiểm thử phần mềm"
ENTRIES = (
    Entry(
        Document("qd/a", "Quyết định", "901/QĐ-TTg", TITLE, "Thủ tướng Chính phủ", "2031-05-04"),
        CLAIM,
        misprints=(Misprint("902/QĐ-TTg", "một trang tin ghi nhầm"),),
    ),
    Entry(
        Document("kh/a", "Kế hoạch", "70/KH-SGDĐT", "Giả định", "", "2031-01-11"),
        CLAIM,
        misprints=(Misprint("70/KH-SGDDĐT", "bản in"),),
    ),
    Entry(Document("nd/a", "Nghị định", "09/2030/NĐ-CP", "", "Chính phủ", "2030-02-09"), CLAIM),
    Entry(Document("luat/a", "Luật", "1/2030/QH16", "Nhà ở", "Quốc hội", "2030-06-01"), CLAIM),
    Entry(Document("luat/b", "Luật", "2/2035/QH17", "Nhà ở", "Quốc hội", "2035-06-01"), CLAIM),
    Entry(
        Document("luat/c", "Luật", "3/2035/QH17", "Giá", "Quốc hội"), CLAIM, aliases=("Luật Ga",)
    ),
)
CATALOGUE = Catalogue(VOCABULARY, ENTRIES)


def resolved(text: str) -> list[Resolution]:
    return resolve(find_citations(text, VOCABULARY), CATALOGUE, HERE)


def one(text: str) -> Resolution:
    (answer,) = resolved(text)
    return answer


def test_a_law_that_came_later_is_not_the_one_meant() -> None:
    """Luật 42/2005 amends the Luật Hải quan of its day, not the one of 2014."""
    found = find_citations("sửa đổi một số điều của Luật Nhà ở.", VOCABULARY)
    (before,) = resolve(found, CATALOGUE, replace(HERE, issued="2029-01-01"))
    assert isinstance(before, Unknown)
    assert "ban hành sau văn bản này" in before.reason
    (between,) = resolve(found, CATALOGUE, replace(HERE, issued="2032-01-01"))
    assert isinstance(between, Resolved)
    assert between.key == "luat/a"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Quyết định số 901/QĐ-TTg ngày 04/5/2031 của Thủ tướng Chính phủ", "qd/a"),
        ("quyết định 901/QD-TTg", "qd/a"),
        ("khoản 1 Điều này", HERE.key),
        ("Nghị định này", HERE.key),
        ("Luật Nhà ở năm 2035", "luat/b"),
        ("Luật Giá", "luat/c"),
    ],
)
def test_resolved_without_a_word_of_doubt(text: str, key: str) -> None:
    answer = one(text)
    assert isinstance(answer, Resolved)
    assert (answer.key, answer.correction, answer.notes) == (key, "", ())


def test_two_laws_of_one_name_stay_two() -> None:
    answer = one("theo Luật Nhà ở.")
    assert isinstance(answer, Ambiguous)
    assert answer.candidates == ("luat/a", "luat/b")
    assert "2030, 2035" in answer.reason


@pytest.mark.parametrize(
    "text", ["kế hoạch số 70/KH-SGDDĐT ngày 11/01/2031", "Kế hoạch 70/KH-SGDDĐT"]
)
def test_a_letter_too_many_is_a_correction(text: str) -> None:
    answer = one(text)
    assert isinstance(answer, Resolved)
    assert answer.key == "kh/a"
    assert "thừa chữ D" in answer.correction


def test_a_misprinted_number_needs_its_date() -> None:
    answer = one("Quyết định 902/QĐ-TTg ngày 04/5/2031")
    assert isinstance(answer, Resolved)
    assert answer.key == "qd/a"
    assert "901/QĐ-TTg" in answer.correction
    bare = one("Quyết định 902/QĐ-TTg")
    assert isinstance(bare, Unknown)
    assert "901/QĐ-TTg" in bare.reason


def test_another_day_of_the_year_is_noted_another_year_is_another_paper() -> None:
    near = one("Quyết định số 901/QĐ-TTg ngày 05/5/2031 của Thủ tướng Chính phủ")
    assert isinstance(near, Resolved)
    assert near.notes == ("Ngày được dẫn (05/5/2031) khác ngày ban hành đã biết (04/5/2031).",)
    far = one("Quyết định số 901/QĐ-TTg ngày 04/5/2025 của Thủ tướng Chính phủ")
    assert isinstance(far, Unknown)
    assert "04/5/2031" in far.reason


def test_a_normative_number_carries_its_year() -> None:
    answer = one("Nghị định số 09/2030/NĐ-CP ngày 09/02/2031")
    assert isinstance(answer, Resolved)
    assert answer.notes


def test_another_title_is_noted() -> None:
    answer = one("Quyết định số 901/QĐ-TTg ngày 04/5/2031 về việc phân bổ ngân sách mua tàu biển;")
    assert isinstance(answer, Resolved)
    assert TITLE in answer.notes[0]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Quyết định số 5/QĐ-TTg", "Không có văn bản số 5/QĐ-TTg"),
        ("Kế hoạch số /KH-SGDĐT ngày tháng 5 năm 2031", "để trống số"),
        ("Luật Đất đai", "Không có văn bản tên"),
        ("Luật Nhà ở năm 1999", "đúng năm"),
    ],
)
def test_unknown_says_why(text: str, why: str) -> None:
    answer = one(text)
    assert isinstance(answer, Unknown)
    assert why in answer.reason


def test_an_alias_is_noted() -> None:
    answer = one("Luật Ga")
    assert isinstance(answer, Resolved)
    assert "tên gọi khác" in answer.notes[0]


@pytest.mark.parametrize(
    ("pinpoint", "place"),
    [
        (Pinpoint(article="5", clause="2", point="đ"), "art_5__cl_2__point_dd"),
        (Pinpoint(article="42a"), "art_42a"),
        (Pinpoint(article="này", clause="1"), ""),
        (Pinpoint(clause="1"), ""),
        (Pinpoint(annex="1", article="1"), "att_1__art_1"),
        (Pinpoint(), ""),
    ],
)
def test_provision_id(pinpoint: Pinpoint, place: str) -> None:
    assert provision_id(pinpoint) == place


def relations(text: str) -> list[tuple[str, str | None, str]]:
    citations = find_citations(text, VOCABULARY)
    found = relations_in(HERE, text, citations, resolve(citations, CATALOGUE, HERE))
    return [(r.verb, r.object, r.provisions) for r in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Căn cứ Luật Giá;\nCăn cứ Nghị định số 09/2030/NĐ-CP sửa đổi Luật Nhà ở;",
            [("based_on", "luat/c", ""), ("based_on", "nd/a", "")],
        ),
        ("Nghị định này thay thế Nghị định số 09/2030/NĐ-CP.", [("replaces", "nd/a", "")]),
        (
            "Bãi bỏ khoản 1 Điều 5 của Nghị định số 09/2030/NĐ-CP.",
            [("repeals_partly", "nd/a", "khoản 1 Điều 5")],
        ),
        (
            "Sửa đổi, bổ sung một số điều của Nghị định số 09/2030/NĐ-CP của Chính phủ",
            [("amends", "nd/a", "")],
        ),
        ("Quy định chi tiết và hướng dẫn thi hành Luật Giá", [("guides", "luat/c", "")]),
        ("Tổ chức thực hiện Quyết định số 901/QĐ-TTg", [("implements", "qd/a", "")]),
        ("Bãi bỏ Quyết định số 5/QĐ-TTg và Quyết định số 901/QĐ-TTg",
         [("repeals", None, ""), ("repeals", "qd/a", "")]),
        ("đã được thay thế Nghị định số 09/2030/NĐ-CP", []),
        ("Quyết định số 901/QĐ-TTg sửa đổi Nghị định số 09/2030/NĐ-CP", []),
        ("theo Nghị định số 09/2030/NĐ-CP", []),
        ("Tổ chức thực hiện Luật Giá", []),
    ],
)  # fmt: skip
def test_relations(text: str, found: list[tuple[str, str | None, str]]) -> None:
    assert relations(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Đình chỉ việc thi hành Nghị định số 09/2030/NĐ-CP.", [("suspends", "nd/a", "")]),
        ("Ngưng hiệu lực thi hành Điều 7 của Nghị định số 09/2030/NĐ-CP.",
         [("suspends", "nd/a", "Điều 7")]),
        ("Tạm đình chỉ thi hành một phần Quyết định số 901/QĐ-TTg", [("suspends", "qd/a", "")]),
        ("Đính chính một số sai sót tại Nghị định số 09/2030/NĐ-CP", [("corrects", "nd/a", "")]),
        ("Đính chính Điều 3 Nghị định số 09/2030/NĐ-CP", [("corrects", "nd/a", "Điều 3")]),
        ("Hợp nhất Nghị định số 09/2030/NĐ-CP và Quyết định số 901/QĐ-TTg",
         [("consolidates", "nd/a", ""), ("consolidates", "qd/a", "")]),
        ("Nghị định số 09/2030/NĐ-CP bị đình chỉ thi hành.", []),
        ("Về việc đình chỉ Nghị định số 09/2030/NĐ-CP", [("suspends", "nd/a", "")]),
        ("việc đình chỉ Nghị định số 09/2030/NĐ-CP", []),
        # Every place of every mention, each once.
        ("Bãi bỏ Điều 5 Nghị định số 09/2030/NĐ-CP.\nBãi bỏ khoản 2 Điều 9 của Nghị định số "
         "09/2030/NĐ-CP.\nBãi bỏ Điều 5 Nghị định số 09/2030/NĐ-CP.",
         [("repeals_partly", "nd/a", "Điều 5; khoản 2 Điều 9")]),
    ],
)  # fmt: skip
def test_relations_of_rarer_verbs(text: str, found: list[tuple[str, str | None, str]]) -> None:
    assert relations(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nghị định số 09/2030/NĐ-CP ngày 05 tháng 3 năm 2030 của Chính phủ quy định về bến đò hết "
         "hiệu lực kể từ ngày Nghị định này có hiệu lực thi hành.", [("repeals", "nd/a", None)]),
        ("Nghị định số 09/2030/NĐ-CP hết hiệu lực kể từ ngày 01/7/2031.",
         [("repeals", "nd/a", "2031-07-01")]),
        ("Nghị định số 09/2030/NĐ-CP và Quyết định số 901/QĐ-TTg hết hiệu lực thi hành từ ngày "
         "01 tháng 7 năm 2031.",
         [("repeals", "nd/a", "2031-07-01"), ("repeals", "qd/a", "2031-07-01")]),
        ("Điều 4 Nghị định số 09/2030/NĐ-CP hết hiệu lực từ ngày 01/7/2031.",
         [("repeals_partly", "nd/a", "2031-07-01")]),
        ("Nghị định số 09/2030/NĐ-CP hết hiệu lực kể từ ngày Nghị định này có hiệu lực, trừ các "
         "quy định tại Điều 8.", [("repeals_partly", "nd/a", None)]),
        ("Nghị định số 09/2030/NĐ-CP đã được sửa đổi, bổ sung một số điều theo Nghị định số "
         "5/2031/NĐ-CP và Quyết định số 901/QĐ-TTg hết hiệu lực từ ngày 01/7/2031.",
         [("repeals", "nd/a", "2031-07-01")]),
        ("Nghị định số 09/2030/NĐ-CP giải thích một số điều của Luật Giá hết hiệu lực từ ngày "
         "01/7/2031.", [("repeals", "nd/a", "2031-07-01")]),
        ("Nghị định số 09/2030/NĐ-CP đã hết hiệu lực từ ngày 01/7/2031.", []),
        ("Khi Nghị định số 09/2030/NĐ-CP hết hiệu lực thì áp dụng văn bản mới.", []),
    ],
)  # fmt: skip
def test_what_ends_stands_before_its_verb(
    text: str, found: list[tuple[str, str | None, str | None]]
) -> None:
    citations = find_citations(text, VOCABULARY)
    read = relations_in(HERE, text, citations, resolve(citations, CATALOGUE, HERE))
    assert [(r.verb, r.object, r.since) for r in read] == found


def test_a_consolidated_text_consolidates_and_does_nothing_else() -> None:
    here = replace(HERE, type="Văn bản hợp nhất")
    text = (
        "NGHỊ ĐỊNH\nQuy định về bến đò giả định\nNghị định số 09/2030/NĐ-CP ngày 05 tháng 3 năm "
        "2030 của Chính phủ quy định về bến đò, có hiệu lực kể từ ngày 01 tháng 5 năm 2030, được "
        "sửa đổi, bổ sung bởi:\n1. Quyết định số 901/QĐ-TTg ngày 04 tháng 5 năm 2031 của Thủ "
        "tướng Chính phủ sửa đổi Luật Nhà ở, có hiệu lực kể từ ngày 01 tháng 9 năm 2031.\n"
        "Căn cứ Luật Giá;\nĐiều 1. Bãi bỏ\n1. Bãi bỏ Nghị định số 77/2030/NĐ-CP."
    )
    citations = find_citations(text, VOCABULARY)
    read = relations_in(here, text, citations, resolve(citations, CATALOGUE, here))
    assert [(r.verb, r.object) for r in read] == [
        ("consolidates", "nd/a"),
        ("consolidates", "qd/a"),
        ("based_on", "luat/c"),
    ]


def test_what_a_text_quotes_is_the_quoted_papers_word() -> None:
    quoted = '"2. Bãi bỏ Quyết định số 901/QĐ-TTg."'
    text = f"Điều 1. Sửa đổi khoản 2 Điều 9 Nghị định số 09/2030/NĐ-CP như sau:\n{quoted}"
    at = text.index(quoted)
    quote = Node("art_1__q1", Level.QUOTED, "", "1", "", Span(at, len(text)), Span(at, len(text)))
    article = Node("art_1", Level.ARTICLE, "Điều 1.", "1", "", Span(0, len(text)), Span(0, at),
                   (quote,))  # fmt: skip
    root = Node("", Level.DOCUMENT, "", "", "", Span(0, len(text)), Span(0, 0), (article,))
    citations = find_citations(text, VOCABULARY)
    answers = resolve(citations, CATALOGUE, HERE)
    assert [r.verb for r in relations_in(HERE, text, citations, answers)] == ["amends", "repeals"]
    assert [r.verb for r in relations_in(HERE, text, citations, answers, root)] == ["amends"]
