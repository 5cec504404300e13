"""Web pages: the block of the document, its lines, cells and marks; other pages refused."""

from __future__ import annotations

import pytest

from ingest import Line
from ingest.extract.html import read_html
from kb.errors import UnreadableFile


def _lines(html: str) -> tuple[Line, ...]:
    return read_html(html.encode()).lines


def _texts(html: str) -> list[str]:
    return [line.text for line in _lines(html)]


ARTICLES = "".join(
    f"<p>Điều {n}. Quy định giả định thứ {n} của trang thử.</p>" for n in range(1, 9)
)
MENU = "".join(f"<li><a href=#{n}>Mục menu số {n} của cổng thông tin</a></li>" for n in range(8))


def test_only_the_block_of_the_text_is_read() -> None:
    page = f"<body><ul>{MENU}</ul><form><div><div class=x>{ARTICLES}</div></div></form></body>"
    assert _texts(page)[0] == "Điều 1. Quy định giả định thứ 1 của trang thử."
    assert len(_texts(page)) == 8


def test_the_portal_s_own_block_wins() -> None:
    long = "<p>Bài viết bình luận dài hơn cả văn bản.</p>" * 60
    page = f"<div>{long}</div><div id=toanvancontent><div>{ARTICLES}</div></div>"
    assert len(_texts(page)) == 8


def test_a_letterhead_table_comes_cell_by_cell() -> None:
    page = (
        "<table><tr><td><b>TRƯỜNG<br>GIẢ ĐỊNH</b></td><td align=center>CỘNG HÒA XÃ HỘI CHỦ NGHĨA"
        " VIỆT NAM<br>Độc lập</td></tr><tr><td>Số: 1/KH-TGĐ</td><td>Nơi Nào, ngày 1 tháng 2</td>"
        f"</tr></table>{ARTICLES}"
    )
    found = [(line.text, line.cell) for line in _lines(page)[:6]]
    assert found == [
        ("TRƯỜNG", (1, 0, 0)), ("GIẢ ĐỊNH", (1, 0, 0)),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", (1, 0, 1)), ("Độc lập", (1, 0, 1)),
        ("Số: 1/KH-TGĐ", (1, 1, 0)), ("Nơi Nào, ngày 1 tháng 2", (1, 1, 1)),
    ]  # fmt: skip
    assert _lines(page)[0].bold is True
    assert _lines(page)[2].centred is True
    assert _lines(page)[7].cell is None


def test_spaces_of_markup_entities_and_breaks() -> None:
    page = (
        "<p>Điều 1.\n\t Tr&aacute;ch   nhi&#7879;m<br/>1. Bổ&nbsp;sung</p><p>&nbsp;</p>"
        "<p style='display:none'>ẩn</p><script>x()</script><!-- ẩn --><pre>a)  một\nb) hai</pre>"
    )
    assert _texts(page) == ["Điều 1. Trách nhiệm", "1. Bổ\u00a0sung", "", "a)  một", "b) hai"]


def test_a_raised_number_does_not_run_into_the_word_before_it() -> None:
    page = "<p>Điều 5<sup>1</sup>. Rộng 30 m<sup>2</sup>, xem khoản 3<sup>[2]</sup></p>"
    assert _texts(page) == ["Điều 5[1]. Rộng 30 m2, xem khoản 3[2]"]


def test_bold_and_centred_by_tag_style_and_markdown() -> None:
    page = (
        "<center><strong>Chương I</strong></center><p style='text-align: center'>QUY ĐỊNH</p>"
        "<p>**Điều 1. Giả định**</p><p>Điều 2. <b>Một</b> phần của dòng này đậm</p>"
    )
    found = [(line.text, line.bold, line.centred) for line in _lines(page)]
    assert found == [
        ("Chương I", True, True), ("QUY ĐỊNH", False, True), ("Điều 1. Giả định", True, False),
        ("Điều 2. Một phần của dòng này đậm", False, False),
    ]  # fmt: skip


PROPERTIES = (
    "<table><tr><td>Số ký hiệu</td><td>1/2030/NĐ-CP</td></tr><tr><td>Ngày ban hành</td><td>1/2/2030"
    "</td></tr><tr><td>Lĩnh vực</td><td>Giả định</td></tr></table><p>Căn cứ ban hành: giả định</p>"
)
RESULTS = "<ul>" + MENU * 3 + "</ul><p>Tìm thấy 3 văn bản: Số: 1/2030/NĐ-CP</p>"


@pytest.mark.parametrize("page", [PROPERTIES, RESULTS, "<p>Bài báo không có văn bản nào.</p>"])
def test_a_page_without_a_document_is_refused(page: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_html(f"<html><body>{page}</body></html>".encode())
    assert caught.value.code == "html-no-document"
    assert "Toàn văn" in caught.value.hint


def test_deep_nesting_does_not_break() -> None:
    deep = "<div>" * 3000 + ARTICLES + "</div>" * 3000
    assert any("Điều 1." in text for text in _texts(deep))


def test_declared_charset_is_obeyed() -> None:
    page = "<html><head><meta charset=windows-1258></head><p>Căn cứ ".encode()
    page = page.replace("ă".encode(), b"\xe3").replace("ứ".encode(), b"\xfd\xec")
    assert read_html(page).lines[0].text == "Căn cứ"


BODY = (
    "<p>Căn cứ Luật Giả Định ngày 1 tháng 2 năm 2030;</p><p>Chính phủ ban hành Nghị định giả "
    f"định.</p>{ARTICLES}"
)
RELATED = "".join(
    f"<li><a href='/van-ban/{n}'>Nghị định số {n}/2029/NĐ-CP quy định chi tiết một số điều của luật"
    " giả định và biện pháp thi hành trong phạm vi cả nước</a></li>"
    for n in range(30)
)
FACTS = (
    "<table><tr><td>Số ký hiệu</td><td>1/2030/NĐ-CP</td></tr><tr><td>Ngày ban hành</td><td>"
    "01-02-2030</td></tr><tr><td>Loại văn bản</td><td>Nghị định</td></tr></table>"
)
PORTALS = {
    "vbpl.vn": "<div class=vbInfo><ul><li>Hiệu lực: còn</li></ul></div><div class=fulltext>"
    f"<div class=toanvancontent id=toanvancontent><div class=Section1>{BODY}</div></div></div>"
    f"<div class=vbLienQuan><ul>{RELATED}</ul></div>",
    "thuvienphapluat.vn": f"<div class=left><ul>{RELATED * 3}</ul></div><div id=divContentDoc>"
    f"<div class=content1><div><div>{BODY}</div></div></div></div><div class=tooltip>Lưu trữ</div>",
    "thuvienphapluat.vn, printed": f"<div class=cldivContentDocVn>{BODY}</div><p>Ghi chú</p>",
    "congbao.chinhphu.vn": f"<h1>Nghị định số 1/2030/NĐ-CP</h1><div class=info>{FACTS}</div>"
    f"<div class=tab-content><div class=noi-dung>{BODY}</div></div><aside>"
    f"<h3>Văn bản cùng cơ quan</h3><ul>{RELATED}</ul></aside>",
    "vanban.chinhphu.vn": f"<form><div class=Around-News><div>{FACTS}</div><div><div>{BODY}</div>"
    f"</div></div><ul>{RELATED}</ul></form>",
    "an official page without paragraphs": "<div class=x><div>"
    + BODY.replace("<p>", "").replace("</p>", "<br>")
    + f"</div></div><ul>{RELATED}</ul>",
}


@pytest.mark.parametrize("portal", PORTALS)
def test_the_text_is_found_on_the_pages_of_portals(portal: str) -> None:
    page = f"<html><head><title>Văn bản</title></head><body>{PORTALS[portal]}</body></html>"
    found = [text for text in _texts(page) if text]
    assert found[0] == "Căn cứ Luật Giả Định ngày 1 tháng 2 năm 2030;"
    assert found[-1] == "Điều 8. Quy định giả định thứ 8 của trang thử."
    assert len(found) == 10


MAP = (
    "<div class=luocdo><div class=title>Văn bản căn cứ [2]</div><ul>" + RELATED[:400] + "</ul>"
    "<div class=title>Căn cứ ban hành</div><div>Luật Giả Định số 1/2029/QH15</div>"
    "<div class=title>Văn bản được hướng dẫn</div><ul>" + RELATED[:400] + "</ul></div>"
)
FILES_ONLY = f"<h1>Nghị định số 1/2030/NĐ-CP</h1>{FACTS}<a href='/1.pdf'>Tệp đính kèm: 1.pdf</a>"


@pytest.mark.parametrize("page", [MAP, FILES_ONLY, f"<ul>{RELATED}</ul>"])
def test_maps_of_relations_lists_and_pages_of_files_are_no_documents(page: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_html(f"<html><title>Nghị định 404/2030/NĐ-CP</title><body>{page}".encode())
    assert caught.value.code == "html-no-document"


@pytest.mark.parametrize(
    "title", ["Just a moment...", "Attention Required! | Cloudflare", "404 Not Found", "Error 503"]
)
def test_a_page_a_server_shows_in_place_of_the_text_is_told(title: str) -> None:
    page = f"<html><title>{title}</title><body><h1>vbpl.vn</h1><p>Checking your browser</p></body>"
    with pytest.raises(UnreadableFile) as caught:
        read_html(page.encode())
    assert caught.value.code == "html-blocked"


def test_a_page_in_an_old_font_is_read_before_it_is_judged() -> None:
    typed = "C\u00a8n c\u00f8 LuËt Gi¶ §Þnh n¨m 1999; §iÒu 1. Ph¹m vi ®iÒu chØnh cña v¨n b¶n nµy"
    page = f"<html><p>{typed}</p></html>"
    expected = "Căn cứ Luật Giả Định năm 1999; Điều 1. Phạm vi điều chỉnh của văn bản này"
    assert _texts(page) == [expected]
    assert read_html(page.encode("cp1252")).lines[0].text == expected
