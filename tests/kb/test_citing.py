"""How a place is cited, and that what is written so is found again as that place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ingest import Extracted, Line
from ingest.catalogue import load_catalogue
from ingest.parse import parse
from kb.catalogue import Catalogue, Entry, StatusClaim
from kb.citations import Ambiguous, Pinpoint, Resolved
from kb.citations.find import find_citations
from kb.citations.resolve import resolve
from kb.citing import cite, namesakes, pinpoint_words, place_words
from kb.documents import Document
from kb.structure import Level, is_quoted, walk_with_path
from kb.text import match_text

ROOT = Path(__file__).parents[2]
CATALOGUE, _ = load_catalogue(ROOT / "corpus")
ENTRIES = {entry.document.key: entry for entry in CATALOGUE.entries}
NOBODY = Document("", "", "", "", "")
# Letters of numbers, ids, and two parts of a number joined.
CODE = re.compile(r"__|\b(?:art|cl|att)_|\d/\d|/[A-ZĐ]|\b(?:QĐ|NĐ|TT|TTLT|CT|KH)-[A-ZĐ]")


def papers() -> list[tuple[Document, str]]:
    found = []
    for path in sorted((ROOT / "tests").glob("*/**/*.txt")):
        text = path.read_text(encoding="utf-8")
        lines, at = [], 0
        for line in text.split("\n"):
            lines.append(Line(line, at))
            at += len(line) + 1
        parsed = parse(Extracted(tuple(lines), "text/plain"), CATALOGUE.vocabulary)
        if parsed.document.number and parsed.document.type and len(parsed.tree.children) > 1:
            found.append((parsed, path.name))
    return found


PAPERS = papers()


def back(words: str, catalogue: Catalogue) -> object:
    """What a citation written so is resolved to."""
    text = match_text(f"Theo {words}, nhà trường đã làm.").text
    found = find_citations(text, catalogue.vocabulary)
    return resolve(found, catalogue, NOBODY, text)[0]


@pytest.mark.parametrize(
    ("key", "full", "short", "spoken"),
    [
        ("qd/2020/1190/ttg",
         "Quyết định số 1190/QĐ-TTg ngày 05 tháng 8 năm 2020 của Thủ tướng Chính phủ phê duyệt "
         "Chương trình trợ giúp người khuyết tật giai đoạn 2021 - 2030",
         "Quyết định số 1190/QĐ-TTg", "Quyết định số 1190 ngày 5 tháng 8 năm 2020 của Thủ tướng "
         "Chính phủ"),
        ("luat/2010/51/qh12", "Luật Người khuyết tật số 51/2010/QH12 ngày 17 tháng 6 năm 2010",
         "Luật Người khuyết tật", "Luật Người khuyết tật năm 2010"),
        ("nd/2020/30/cp", "Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về "
         "công tác văn thư", "Nghị định số 30/2020/NĐ-CP",
         "Nghị định số 30 năm 2020 của Chính phủ"),
        ("ct/2019/39/tw", None, "Chỉ thị số 39-CT/TW",
         "Chỉ thị số 39 ngày 1 tháng 11 năm 2019 của Ban Bí thư Trung ương Đảng khóa XII"),
    ],
)  # fmt: skip
def test_forms(key: str, full: str | None, short: str, spoken: str) -> None:
    made = cite(ENTRIES[key].document)
    assert (made.full if full else None, made.short, made.spoken) == (full, short, spoken)


def test_a_place_goes_from_the_smallest_out() -> None:
    place = pinpoint_words(Pinpoint(article="5", clause="2", point="a"))
    made = cite(ENTRIES["nd/2020/30/cp"].document, place)
    assert made.spoken == "điểm a khoản 2 Điều 5 Nghị định số 30 năm 2020 của Chính phủ"


def test_laws_of_one_name_are_told_apart_by_number() -> None:
    shared = namesakes(CATALOGUE.entries)
    assert {"luat/2016/103/qh13", "luat/2025/126/qh15"} <= shared
    assert "luat/2010/51/qh12" not in shared
    law = ENTRIES["luat/2025/126/qh15"].document
    assert cite(law, namesake=True).short == "Luật Báo chí số 126/2025/QH15"


@pytest.mark.parametrize(
    ("type", "number", "title", "issuer", "full"),
    [
        ("Bộ luật", "901/2030/QH99", "BỘ LUẬT VƯỜN GIẢ ĐỊNH", "Quốc hội",
         "Bộ luật Vườn giả định số 901/2030/QH99 ngày 05 tháng 6 năm 2030"),
        ("Pháp lệnh", "902/2030/UBTVQH99", "Hoa giả định", "Ủy ban Thường vụ Quốc hội",
         "Pháp lệnh Hoa giả định số 902/2030/UBTVQH99 ngày 05 tháng 6 năm 2030"),
        ("Nghị quyết", "903/2030/QH99", "Về hoa giả định", "Quốc hội",
         "Nghị quyết số 903/2030/QH99 ngày 05 tháng 6 năm 2030 của Quốc hội về hoa giả định"),
        ("Thông tư", "904/2030/TT-BGDĐT", "Quy định về hoa giả định", "Bộ Giáo dục và Đào tạo",
         "Thông tư số 904/2030/TT-BGDĐT ngày 05 tháng 6 năm 2030 của Bộ Giáo dục và Đào tạo quy "
         "định về hoa giả định"),
        ("Chỉ thị", "905-CT/TW", "Về hoa giả định", "Ban Bí thư",
         "Chỉ thị số 905-CT/TW ngày 05 tháng 6 năm 2030 của Ban Bí thư về hoa giả định"),
    ],
)  # fmt: skip
def test_a_first_mention_is_whole(
    type: str, number: str, title: str, issuer: str, full: str
) -> None:
    assert cite(Document("", type, number, title, issuer, "2030-06-05")).full == full


@pytest.mark.parametrize("entry", CATALOGUE.entries, ids=lambda entry: entry.document.key)
def test_documents_of_the_catalogue_are_found_again(entry: Entry) -> None:
    key = entry.document.key
    if not entry.document.number:
        return  # only a number or the name of a law is found in a text
    made = cite(entry.document, namesake=key in namesakes(CATALOGUE.entries))
    for words in (made.full, made.short):
        answer = back(words, CATALOGUE)
        if isinstance(answer, Ambiguous):
            assert key in answer.candidates
        else:
            assert isinstance(answer, Resolved)
            assert (answer.key, answer.correction) == (key, "")


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper[1])
def test_every_place_has_a_spoken_name_without_codes_and_is_found_again(paper) -> None:  # type: ignore[no-untyped-def]
    parsed, _ = paper
    document = parsed.document
    if document.type == "Luật":
        document = ENTRIES["nd/2020/30/cp"].document  # places are what is asked here
    entry = Entry(document, StatusClaim("unknown", ""))
    catalogue = Catalogue(CATALOGUE.vocabulary, (entry,))
    for node, path in walk_with_path(parsed.tree):
        made = cite(document, place_words((*path, node)))
        assert not CODE.search(made.spoken.replace(document.issuer, "")), made.spoken
        articles = [n for n in (*path, node) if n.level is Level.ARTICLE]
        if len(articles) != 1 or is_quoted(node.id) or not node.id.startswith("art_"):
            continue  # a place quoted, or of an annex, has no name of its own in the law's terms
        if node.level not in (Level.ARTICLE, Level.CLAUSE, Level.POINT) or "__sec_" in node.id:
            continue  # a section inside an article is named, and read back as the clause alone
        answer = back(made.short, catalogue)
        assert isinstance(answer, Resolved)
        assert answer.provision == node.id
