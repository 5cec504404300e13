"""Odd papers end with the right structure, or with a finding that says what is doubtful.

All papers are invented.
"""

from __future__ import annotations

import unicodedata

import pytest

from ingest import Parsed, RawFile
from ingest.catalogue import load_vocabulary
from ingest.extract import extract
from ingest.parse import parse
from ingest.pipeline import CORPUS
from kb.errors import UnreadableFile
from kb.findings import Severity
from kb.structure import walk

VOCABULARY = load_vocabulary(CORPUS)
MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n"
BODY = (
    "Điều 1. Lập tổ đọc sách giả định.\n\nĐiều 2. Tổ có nhiệm vụ sau:\n1. Đọc sách.\n"
    "2. Giữ sách:\na) Bọc bìa;\nb) Dán nhãn.\n\nĐiều 3. Quyết định này có hiệu lực kể từ ngày ký.\n"
)
IDS = [
    *("art_1", "art_2", "art_2__cl_1", "art_2__cl_2", "art_2__cl_2__point_a"),
    *("art_2__cl_2__point_b", "art_3", "closing"),
]


def decision(number: str = "101/QĐ-UBND", body: str = BODY, day: str = "03 tháng 6") -> str:
    """A decision in the true form, of a district that exists nowhere."""
    return (
        f"ỦY BAN NHÂN DÂN HUYỆN GIẢ ĐỊNH\n\nSố: {number}\n\n{MOTTO}"
        f"Giả Định, ngày {day} năm 2031\n\nQUYẾT ĐỊNH\nVề việc lập tổ đọc sách giả định\n\n"
        "Căn cứ Luật Người khuyết tật số 51/2010/QH12;\n\nQUYẾT ĐỊNH:\n\n"
        f"{body}\nCHỦ TỊCH\n\n\nNguyễn Văn Giả\n"
    )


def read(content: str | bytes, name: str = "giả.txt") -> Parsed:
    raw = RawFile(content if isinstance(content, bytes) else content.encode(), name)
    return parse(extract(raw), VOCABULARY)


def doubts(paper: Parsed) -> set[str]:
    return {f.code for f in paper.findings if f.severity is not Severity.INFO}


def in_1258(text: str) -> bytes:
    """As Windows-1258 has it: letters with their own mark, tones behind them."""
    out = []
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tone = "".join(c for c in parts if c in "\u0300\u0301\u0303\u0309\u0323")
        out.append(unicodedata.normalize("NFC", "".join(c for c in parts if c not in tone)) + tone)
    return "".join(out).encode("cp1258")


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe" + decision().encode("utf-16-le"),
        decision().encode("utf-16-be"),
        b"\xef\xbb\xbf" + decision().replace("\n", "\r\n").encode(),
        decision().replace("\n", "\r").encode(),
        unicodedata.normalize("NFD", decision()).encode(),
        decision()[:200].encode() + unicodedata.normalize("NFD", decision()[200:]).encode(),
        in_1258(decision()),
        decision().replace(" ", " \u200b").replace("Điều", "Đi\u00adều").encode(),
    ],
    ids=["utf16", "utf16 without mark", "bom", "cr", "nfd", "both", "1258", "invisible"],
)
def test_however_it_is_written_it_is_one_paper(content: bytes) -> None:
    paper = read(content)
    document = paper.document
    assert (document.number, document.issued) == ("101/QĐ-UBND", "2031-06-03")
    assert [node.id for node in walk(paper.tree) if node.id] == IDS
    assert doubts(paper) == set()


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        (decision() + "\n\n" + decision("102/QĐ-UBND"), "paper-second"),
        (decision("101/QĐ-UBND\nSố: 102/QĐ-UBND"), "number-second"),
        (decision(day="31 tháng 02"), "date-partial"),
        (decision().replace("\n", " "), "no-structure"),
        (decision(body="Điều thứ nhất: Lập tổ.\n\nĐiều thứ hai: Giao việc.\n"), "no-structure"),
        (decision(body="I. VIỆC MỘT\n1. Làm.\nII. VIỆC HAI\n" + BODY), "items-before-articles"),
        (decision().encode().decode("latin-1"), "text-not-vietnamese"),
        (decision().encode("ascii", "replace").decode(), "text-not-vietnamese"),
        (decision(body=BODY + "\nĐiều 3. Lại một điều ba.\n"), "duplicate-number"),
        (decision(body=BODY.replace("Điều 2.", "Điều 12.")), "number-gap"),
    ],
)
def test_what_is_doubtful_is_told(text: str, doubt: str) -> None:
    assert doubt in doubts(read(text))


def test_a_form_in_a_paper_is_no_second_paper() -> None:
    form = f"Mẫu số 1\n\nTRƯỜNG …\n\nSố: …/BC-…\n\n{MOTTO}BÁO CÁO\n1. Việc đã làm.\n"
    assert "paper-second" not in doubts(read(decision() + "\n" + form))


def test_a_date_the_calendar_lacks_is_not_kept() -> None:
    assert read(decision(day="31 tháng 02")).document.issued == "2031-02"


def test_an_annex_numbers_for_itself() -> None:
    annex = "PHỤ LỤC\nQUY CHẾ GIẢ ĐỊNH\n(Kèm theo Quyết định số 101/QĐ-UBND)\n\n" + BODY
    paper = read(decision() + "\n" + annex)
    assert [node.id for node in walk(paper.tree) if "art_" in node.id] == [
        *IDS[:-1], *(f"att_1__{id}" for id in IDS[:-1])
    ]  # fmt: skip
    assert doubts(paper) == set()


def test_a_consolidated_text_has_the_issuer_of_its_head() -> None:
    text = (
        f"VĂN PHÒNG QUỐC HỘI\n\n{MOTTO}LUẬT\nTRỒNG CÂY TƯỞNG TƯỢNG\n\n"
        "Luật Trồng cây tưởng tượng số 91/2031/QH19 ngày 02 tháng 6 năm 2031 của Quốc hội, có hiệu "
        "lực kể từ ngày 01 tháng 01 năm 2032, được sửa đổi, bổ sung bởi:\n\nLuật số 95/2034/QH19 "
        "ngày 01 tháng 02 năm 2034 của Quốc hội.\n\nĐiều 1. Phạm vi\nLuật này nói về cây.\n\n"
        "Điều 2. Chọn cây\n1. Cây thấp.\n2.[1] Cây xanh.\n\nXÁC THỰC VĂN BẢN HỢP NHẤT\n\n"
        "Số: 17/VBHN-VPQH\n\nHà Nội, ngày 10 tháng 7 năm 2034\n\nCHỦ NHIỆM\n\n\nPhạm Văn Giả\n\n"
        "[1] Khoản này được sửa đổi theo khoản 1 Điều 1 của Luật số 95/2034/QH19.\n"
    )
    document = read(text).document
    assert (document.number, document.issuer) == ("17/VBHN-VPQH", "VĂN PHÒNG QUỐC HỘI")


@pytest.mark.parametrize("text", ["\u200b \ufeff\n\u00a0", "____\n*** — …\n"])
def test_signs_alone_are_no_text(text: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read(text)
    assert refused.value.code == "no-text"
