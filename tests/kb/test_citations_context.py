"""Where a mention stands decides what it means: "này", quotations, names given, day and place."""

from __future__ import annotations

from ingest import Extracted, Line
from ingest.clean import clean
from ingest.parse.structure import parse_structure
from kb.catalogue import Catalogue, Entry, StatusClaim, Vocabulary
from kb.citations import Ambiguous, Resolution, Resolved, Unknown
from kb.citations.find import find_citations
from kb.citations.resolve import resolve
from kb.documents import DocType, Document, Issuer

VOCABULARY = Vocabulary(
    (
        DocType("QĐ", "Quyết định", "qd"),
        DocType("NĐ", "Nghị định", "nd"),
        DocType("", "Luật", "luat"),
        DocType("CTr", "Chương trình", "ctr"),
        DocType("QC", "Quy chế", "qc"),
    ),
    (
        Issuer("cp", "Chính phủ", ("CP",)),
        Issuer("ubnd-a", "Ủy ban nhân dân tỉnh Mẫu A", ("UBND",)),
        Issuer("ubnd-b", "Ủy ban nhân dân tỉnh Mẫu B", ("UBND",)),
    ),
)


def entry(
    key: str, type: str, number: str, title: str, issuer: str, issued: str, **claim: str
) -> Entry:
    document = Document(key, type, number, title, issuer, issued, claim.pop("effective", issued))
    return Entry(document, StatusClaim(claim.pop("state", "unknown"), "2040-01-01", **claim))


CATALOGUE = Catalogue(
    VOCABULARY,
    (
        entry("nd/a", "Nghị định", "11/2031/NĐ-CP", "Việc giả định", "Chính phủ", "2031-01-01"),
        entry("nd/b", "Nghị định", "12/2031/NĐ-CP", "Việc khác", "Chính phủ", "2031-02-01"),
        entry("luat/cu", "Luật", "1/2030/QH16", "Thư viện", "Quốc hội", "2030-06-01",
              state="ceased", until="2036-01-01"),
        entry("luat/moi", "Luật", "2/2035/QH17", "Thư viện", "Quốc hội", "2035-06-01",
              state="in_force", effective="2036-01-01"),
        entry("qd/a", "Quyết định", "7/QĐ-UBND", "", "Ủy ban nhân dân tỉnh Mẫu A", "2033-01-05"),
        entry("qd/b", "Quyết định", "7/QĐ-UBND", "", "Ủy ban nhân dân tỉnh Mẫu B", "2033-03-05"),
    ),
)  # fmt: skip
HERE = Document("nd/day", "Nghị định", "50/2038/NĐ-CP", "Giả định", "Chính phủ", "2038-01-01")


def answers(text: str, here: Document = HERE) -> dict[str, Resolution]:
    """Words of each mention → what it means; the text is parsed as a paper's."""
    lines, at = [], 0
    for line in text.split("\n"):
        lines.append(Line(line, at))
        at += len(line) + 1
    cleaned = clean(Extracted(tuple(lines), "text/plain"))
    tree = parse_structure(cleaned, here.type).tree
    found = find_citations(cleaned.text, VOCABULARY)
    resolutions = resolve(found, CATALOGUE, here, cleaned.text, tree)
    return {citation.text: answer for citation, answer in zip(found, resolutions, strict=True)}


def place(answer: Resolution) -> tuple[str, str]:
    assert isinstance(answer, Resolved), answer
    return answer.key, answer.provision


PAPER = """Điều 1. Văn bản giả định
1. Khoản một giả định.
2. Khoản hai theo khoản 1 Điều này và theo điểm b khoản này:
a) Điểm a;
b) Điểm b theo Điều 2 Nghị định này.
Điều 2. Hết
1. Một."""


def test_this_is_the_place_around_the_mention() -> None:
    found = answers(PAPER)
    assert place(found["khoản 1 Điều này"]) == ("nd/day", "art_1__cl_1")
    assert place(found["điểm b khoản này"]) == ("nd/day", "art_1__cl_2__point_b")
    assert place(found["Điều 2 Nghị định này"]) == ("nd/day", "art_2")


AMENDING = """Điều 1. Sửa đổi Nghị định số 11/2031/NĐ-CP giả định
1. Sửa đổi khoản 2 Điều 5 như sau:
“2. Lời mới theo khoản 1 Điều này và Điều 9 Nghị định này.”.
2. Bổ sung Điều 5a như sau:
“Điều 5a. Điều mới
1. Một.
2. Hai theo điểm a khoản 1 Điều này.”.
3. Nghị định này không kể đoạn trích.
Điều 2. Sửa đổi Điều 3 Nghị định số 11/2031/NĐ-CP và Điều 4 Nghị định số 12/2031/NĐ-CP như sau:
“Điều 3. Lời mới theo Điều 7 Nghị định này.”.
Điều 3. Hiệu lực
Hết."""


def test_this_inside_a_quotation_is_the_amended_document() -> None:
    found = answers(AMENDING)
    assert place(found["khoản 1 Điều này"]) == ("nd/a", "art_5__cl_1")
    assert place(found["Điều 9 Nghị định này"]) == ("nd/a", "art_9")
    assert place(found["điểm a khoản 1 Điều này"]) == ("nd/a", "art_5a__cl_1__point_a")
    assert place(found["Nghị định này"]) == ("nd/day", "")


def test_of_two_amended_documents_none_is_picked() -> None:
    answer = answers(AMENDING)["Điều 7 Nghị định này"]
    assert isinstance(answer, Ambiguous)
    assert answer.candidates == ("nd/a", "nd/b")


def test_a_quotation_that_amends_nothing_known_stays_unknown() -> None:
    text = "Điều 1. Sửa đổi\n1. Sửa đổi như sau:\n“1. Theo Điều 2 Nghị định này.”.\nĐiều 2. Hết"
    assert isinstance(answers(text)["Điều 2 Nghị định này"], Unknown)


def test_type_that_contradicts_the_amended_document_is_not_followed() -> None:
    answer = answers(AMENDING.replace("Điều 9 Nghị định này", "Điều 9 Luật này"))
    assert isinstance(answer["Điều 9 Luật này"], Unknown)


def test_attached_regulation_and_the_decision_that_issues_it() -> None:
    here = Document("qd/day", "Quyết định", "1/QĐ-TTg", "", "Thủ tướng Chính phủ", "2038-01-01")
    found = answers(
        "Điều 1. Ban hành Quy chế giả định.\nĐiều 2. Có hiệu lực ngay./.\nNơi nhận:\n- Như trên;\n"
        "QUY CHẾ\nGIẢ ĐỊNH\n(Ban hành kèm theo Quyết định này)\nĐiều 1. Phạm vi\n"
        "Theo Điều 2 Quyết định này và Điều 2 Quy chế này.\nĐiều 2. Đối tượng\nHết.",
        here,
    )
    assert place(found["Điều 2 Quyết định này"]) == ("qd/day", "art_2")
    assert place(found["Điều 2 Quy chế này"]) == ("qd/day", "att_1__art_2")


def test_a_name_that_the_text_has_given_is_followed() -> None:
    found = answers(
        "Điều 1. Giả định\nTheo Nghị định số 11/2031/NĐ-CP ngày 01 tháng 01 năm 2031 của Chính phủ "
        "về việc giả định (sau đây gọi tắt là Chương trình 11 mẫu).\n"
        "Điều 2. Tiếp\nMục tiêu của khoản 2 Điều 5 Chương trình 11 mẫu là giả định."
    )
    answer = found["khoản 2 Điều 5 Chương trình 11 mẫu"]
    assert place(answer) == ("nd/a", "art_5__cl_2")
    assert isinstance(answer, Resolved)
    assert "Chương trình 11 mẫu" in answer.notes[0]


def test_a_name_is_not_followed_before_it_is_given_or_when_given_twice() -> None:
    twice = (
        "Nghị định số 11/2031/NĐ-CP (sau đây gọi là Chương trình mẫu).\n"
        "Nghị định số 12/2031/NĐ-CP (sau đây gọi là Chương trình mẫu).\nTheo Chương trình mẫu."
    )
    assert "Chương trình mẫu" not in answers(twice)
    kind_only = (
        "Nghị định số 11/2031/NĐ-CP (sau đây gọi là Chương trình).\nCác Chương trình và Luật."
    )
    assert list(answers(kind_only)) == ["Nghị định số 11/2031/NĐ-CP"]


def test_a_law_called_by_name_is_the_one_in_force_on_the_citing_day() -> None:
    law = "Theo Luật Thư viện thì giả định."
    before = Document("nd/x", "Nghị định", "1/2034/NĐ-CP", "", "Chính phủ", "2034-05-05")
    assert place(answers(law, before)["Luật Thư viện"])[0] == "luat/cu"
    answer = answers(law)["Luật Thư viện"]
    assert place(answer)[0] == "luat/moi"
    assert isinstance(answer, Resolved)
    assert "2/2035/QH17" in answer.notes[0]
    undated = Document("nd/x", "Nghị định", "", "", "Chính phủ")
    assert isinstance(answers(law, undated)["Luật Thư viện"], Ambiguous)


def test_a_local_number_without_its_place_is_that_of_the_citing_office() -> None:
    text = "Căn cứ Quyết định số 7/QĐ-UBND giả định;"
    here = Document("kh/x", "Kế hoạch", "1/KH-X", "", "Sở Mẫu tỉnh Mẫu B", "2034-05-05")
    answer = answers(text, here)["Quyết định số 7/QĐ-UBND"]
    assert place(answer)[0] == "qd/b"
    assert isinstance(answers(text)["Quyết định số 7/QĐ-UBND"], Ambiguous)
