"""A heading of the codification, composed in its form with invented content."""

from __future__ import annotations

import re
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.catalogue import load_vocabulary
from ingest.codification import is_codification, merge, read_codification
from ingest.codified_notes import read_note
from ingest.parse.codified import holds, parse_codified, ranges
from kb.errors import UnreadableFile
from kb.structure import Level, walk

CORPUS = Path(__file__).parents[2] / "corpus"
VOCABULARY = load_vocabulary(CORPUS)
VBPL = "http://vbpl.vn/TW/Pages/vbpq-toanvan.aspx?ItemID="


def chapter(label: str, heading: str) -> str:
    return (
        f"<p class='pChuong'><a name='9900100000'></a>{label}</p><p class='pChuong'>{heading}</p>"
    )


def article(label: str, heading: str, place: str, note: str, text: str, more: str = "") -> str:
    mark = f"99001{crc32(label.encode()):012}"
    return (
        f"<p class='pDieu'><a name='{mark}'></a>Điều {label}. {heading}</p>"
        f"<p class='pGhiChu'><a href='{VBPL}{place}' target='_blank'>({note})</a></p>"
        f"<p class='pNoiDung'>{text}</p>{more}"
    )


def page(title: str, body: str) -> bytes:
    return (
        "\ufeff<link href='../lib/css/style.css' rel='stylesheet' type='text/css' />\n"
        f"<h3 style='text-align: center'>\n    Đề mục 99.1\n    <br />\n    {title}\n</h3>\n"
        f"<p style='display: none'>(Xem)</p><div class='_content'>{body}</div>"
    ).encode()


LAW = "Luật số 91/2031/QH19"
DECREE = "Nghị định số 92/2032/NĐ-CP"
FORCE = "có hiệu lực thi hành kể từ ngày"
HEADING = page(
    "Trồng cây tưởng tượng",
    chapter("Chương I", "NHỮNG QUY ĐỊNH TƯỞNG TƯỢNG")
    + article("99.1.LQ.1", "Phạm vi", "1#Chuong_I_Dieu_1",
              f"Điều 1 {LAW} Trồng cây tưởng tượng ngày 02/03/2031 của Quốc hội, {FORCE} "
              "01/01/2032",
              "<p>Luật giả định này nói về cây không có thật.</p>",
              "<p class='pChiDan'>(Điều này có nội dung liên quan đến <a href='#' onclick="
              "\"ViewNoiDungPhapDien('990010000000123'); return false;\">Điều 99.1.NĐ.1.1. Phạm vi"
              "</a>)</p>")
    + article("99.1.NĐ.1.1", "Phạm vi", "2#Chuong_I_Dieu_1",
              f"Điều 1 {DECREE} Hướng dẫn trồng cây ngày 5 tháng 6, gọn lại ngày 05/06/2032 của "
              f"Chính phủ, {FORCE} 01/08/2032",
              "<p>1. Nghị định giả định này hướng dẫn:</p><p>a) Chọn hạt;</p><p>b) Tưới nước.</p>")
    + article("99.1.LQ.2", "Chọn cây", "1#Chuong_I_Dieu_2",
              f"Điều 2 {LAW}, {FORCE} 01/01/2032, có nội dung được sửa đổi, có nội dung được bổ "
              f"sung bởi Điều 4 Luật số 95/2034/QH19 {FORCE} 01/07/2034; Điều 1 Luật số "
              f"96/2035/QH19 {FORCE} 01/02/2036",
              "<p>1. Cây chọn phải không có thật.</p><p>2. Mọi người đều được chọn.</p>")
    + chapter("Chương II", "ĐIỀU KHOẢN TƯỞNG TƯỢNG")
    + article("99.1.LQ.3", "Hiệu lực", "1#Chuong_II_Dieu_3", f"Điều 3 {LAW}, {FORCE} 01/01/2032",
              "<p>Luật này không có hiệu lực ở đâu cả.</p>")
    + article("99.1.NĐ.1.4", "Hiệu lực", "2#Chuong_III_Dieu_4",
              f"Điều 4 {DECREE}, {FORCE} 01/08/2032", "<p>Nghị định này cũng vậy.</p>"),
)  # fmt: skip


def test_a_heading_is_told_by_its_content() -> None:
    assert is_codification(HEADING)
    assert not is_codification(b"<html><body><p>\xc4\x90i\xe1\xbb\x81u 1.</p></body></html>")


def test_documents_come_back_whole() -> None:
    heading = read_codification(HEADING)
    assert (heading.number, heading.title) == ("99.1", "Trồng cây tưởng tượng")
    law, decree = heading.documents
    assert (law.type, law.number, law.issuer) == ("Luật", "91/2031/QH19", "Quốc hội")
    assert (law.issued, law.effective) == ("2031-03-02", "2032-01-01")
    assert [a.number for a in law.articles] == ["1", "2", "3"]
    assert [a.number for a in decree.articles] == ["1", "4"]
    assert (decree.issued, decree.title) == (
        "2032-06-05",
        "Hướng dẫn trồng cây ngày 5 tháng 6, gọn lại",
    )
    assert law.articles[0].related[0].label == "99.1.NĐ.1.1"
    assert law.articles[0].under == (("Chương I", "NHỮNG QUY ĐỊNH TƯỞNG TƯỢNG"),)
    assert heading.findings == ()


def test_amendments_are_claims_with_their_day() -> None:
    law = read_codification(HEADING).documents[0]
    first, second = law.articles[1].source.changes
    assert (first.verb, first.provisions, first.number) == ("amends", "Điều 4", "95/2034/QH19")
    assert (first.since, second.since) == ("2034-07-01", "2036-02-01")
    assert second.number == "96/2035/QH19"


def test_the_tree_has_own_chapters_and_names_only_those_known() -> None:
    law, decree = read_codification(HEADING).documents
    _, parsed = parse_codified(law, VOCABULARY)
    chapters = [(n.marker, n.heading) for n in walk(parsed.tree) if n.level is Level.CHAPTER]
    assert chapters == [
        ("Chương I", "NHỮNG QUY ĐỊNH TƯỞNG TƯỢNG"),
        ("Chương II", "ĐIỀU KHOẢN TƯỞNG TƯỢNG"),
    ]
    _, parsed = parse_codified(decree, VOCABULARY)
    # The codification's Chương II holds the decree's Chương III; what that is called is not known.
    found = [(n.level.value, n.number, n.heading) for n in walk(parsed.tree)][1:]
    assert found == [
        ("chapter", "I", ""),
        ("article", "1", "Phạm vi"),
        ("clause", "1", ""),
        ("point", "a", ""),
        ("point", "b", ""),
        ("chapter", "III", ""),
        ("article", "4", "Hiệu lực"),
    ]
    assert "chỉ có các điều: 1, 4" in parsed.findings[-1].message


def test_a_document_of_several_headings_is_one() -> None:
    decree = read_codification(HEADING).documents[1]
    rest = page(
        "Tưới cây tưởng tượng",
        article("99.2.NĐ.1.2", "Tưới", "2#Chuong_II_Dieu_2", f"Điều 2 {DECREE}, {FORCE} 01/08/2032",
                "<p>Tưới bằng nước không có thật.</p>")
        + article("99.2.NĐ.1.4", "Hiệu lực", "2#Chuong_III_Dieu_4",
                  f"Điều 4 {DECREE}, {FORCE} 01/08/2032", "<p>Nghị định này cũng vậy.</p>"),
    )  # fmt: skip
    other = read_codification(rest).documents[0]
    assert other.identity == decree.identity
    (whole,) = merge([*other.articles, *decree.articles])
    assert [a.number for a in whole.articles] == ["1", "2", "4"]
    assert whole.issued == "2032-06-05"


def test_a_heading_without_articles_says_so() -> None:
    with pytest.raises(UnreadableFile, match="không có điều nào") as raised:
        read_codification(page("Chưa pháp điển", ""))
    assert raised.value.code == "phapdien-empty"


def test_a_note_of_another_form_is_a_finding() -> None:
    odd = article("99.1.LQ.9", "Lạ", "1#Dieu_9", "không theo mẫu nào", "<p>Chữ.</p>")
    content = HEADING.replace(b"</div>", odd.encode() + b"</div>")
    (finding,) = read_codification(content).findings
    assert finding.code == "phapdien-note"
    assert "99.1.LQ.9" in finding.where


@pytest.mark.parametrize(
    ("note", "want"),
    [
        (f"(Điều 42a {LAW}, {FORCE} 01/01/2032)", ("42a", "Luật", "91/2031/QH19", "2032-01-01")),
        (f"(Điều 1 Quyết định số Số: 12/2031/QĐ-TTg, {FORCE} 01/01/2032)",
         ("1", "Quyết định", "12/2031/QĐ-TTg", "2032-01-01")),
        (f"(Điều 3 Thông tư số liên tịch 14/2031/TTLT-BTC-BNG, {FORCE} 01/01/2032)",
         ("3", "Thông tư liên tịch", "14/2031/TTLT-BTC-BNG", "2032-01-01")),
        ("((Điều 7 Thông tư số 05/2031/TT- BGTVT, có hiệu lực kể từ ngày 1/2/2032))",
         ("7", "Thông tư", "05/2031/TT-BGTVT", "2032-02-01")),
    ],
)  # fmt: skip
def test_notes(note: str, want: tuple[str, ...]) -> None:
    found = read_note(note)
    assert found is not None
    assert (found.article, found.type, found.number, found.effective) == want


def test_a_document_without_a_number_goes_by_its_title() -> None:
    full = read_note(
        f"(Điều 1 Pháp lệnh số Không số Về hàm tưởng tượng ngày 31/05/2031 của Ủy ban, {FORCE} "
        "31/05/2031)"
    )
    short = read_note(f"(Điều 2 Pháp lệnh Về hàm tưởng tượng, {FORCE} 31/05/2031)")
    assert full is not None
    assert short is not None
    assert full.title == short.title == "Về hàm tưởng tượng"
    assert (full.number, full.issued) == ("", "2031-05-31")


@settings(deadline=None)
@given(st.text(max_size=300))
def test_no_note_is_refused_with_an_error(text: str) -> None:
    read_note(text)
    read_note(f"(Điều 1 {LAW} {text}, {FORCE} 01/01/2032, {text} bởi Điều 2 {text})")


@settings(deadline=None, max_examples=60)
@given(st.integers(0, len(HEADING)), st.binary(max_size=40))
def test_a_damaged_heading_is_read_or_told(at: int, put: bytes) -> None:
    try:
        heading = read_codification(HEADING[:at] + put + HEADING[at + len(put) :])
    except UnreadableFile:
        return
    for document in heading.documents:
        assert holds(parse_codified(document, VOCABULARY)[1].tree, document.articles)


def test_ranges() -> None:
    assert ranges(["1", "2", "3", "5", "5a", "7"]) == "1–3, 5, 5a, 7"


HEADINGS = CORPUS.parents[1] / "shared/data/documents/phapdien_html"


@pytest.mark.skipif(not HEADINGS.is_dir(), reason=f"không có tài liệu thử ở {HEADINGS}")
def test_a_real_heading() -> None:
    """Luật 51/2010/QH12 has 53 articles; of the page's articles none is left out."""
    content = next(HEADINGS.glob("06.03*.html")).read_bytes()
    heading = read_codification(content)
    law = next(d for d in heading.documents if d.number == "51/2010/QH12")
    assert [a.number for a in law.articles] == [str(n) for n in range(1, 54)]
    assert sum(len(d.articles) for d in heading.documents) == len(
        re.findall(r"class='pDieu'", content.decode())
    )


def test_a_file_that_goes_with_an_article_is_no_word_of_it() -> None:
    file = (
        "<a href='http://phapdien.moj.gov.vn/TraCuuPhapDien/Files/AppFile/data/hobj/774c.pdf'>"
        "<p>Quy chuan gia dinh.pdf</p></a>"
    )
    note = f"Điều 1 {LAW} Trồng cây tưởng tượng ngày 02/03/2031 của Quốc hội, {FORCE} 01/01/2032"
    written = article("99.1.LQ.1", "Phạm vi", "1#Dieu_1", note, "<p>Lời giả định.</p>", file)
    heading = read_codification(page("Giả định", written))
    (found,) = heading.documents[0].articles
    assert [line.text for line in found.lines] == ["Lời giả định."]
    (finding,) = heading.findings
    assert "Quy chuan gia dinh.pdf" in finding.message
