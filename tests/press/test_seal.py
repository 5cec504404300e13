"""What is exported proves its words: one altered sign is named, untouched files pass."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import zipfile
from dataclasses import asdict, replace
from pathlib import Path

import docx
import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.diff import Change
from kb.dossiers.closed import too_long
from kb.dossiers.made import report_from
from kb.dossiers.report import Corpus, Form, Line, Quote, Report, Style, lines
from kb.dossiers.seal import BrokenSeal, Fate, Tampered, compared, seal_of
from web.exports.packs import FORMATS, pack_file, read_file

CORPUS = Corpus("20261126-090000-1-1", "26/11/2026 09:00", "ab" * 32)
FIRST = (
    "1. Luống 7 có một người trông.\n2. Người trông luống 7 không được đếm chữ, trừ “ngày nắng”."
)
SECOND = "Hội đồng giả định thi hành Nghị định này từ ngày 01/5/2030 – 2031."


def quote(n: int, exact: str, citation: str) -> Quote:
    return Quote(n, exact, citation, "Còn hiệu lực; kiểm tra ngày 23/11/2026; nguồn: Công báo giả",
                 "http://127.0.0.1:8000/vb/nd/2030/901/cp/art_7", "nd/2030/901/cp", "art_7", "e",
                 "0" * 64)  # fmt: skip


def made(form: Form = Form.PACK) -> Report:
    quotes = (quote(1, FIRST, "Điều 7 Nghị định số 901/2030/NĐ-CP ngày 04 tháng 3 năm 2030"),
              quote(2, SECOND, "khoản 2 Điều 50 Nghị định số 901/2030/NĐ-CP"))  # fmt: skip
    if form is Form.CARD:
        quotes = tuple(replace(q, since=("Có hiệu lực từ 01/5/2030.",)) for q in quotes)
    return Report(form, 3, "Vườn chữ có được đếm không", "Trường Vườn chữ giả định", "Báo Giả Định",
                  "Có người nói vườn chữ bị cấm.", "Trường không cấm.\nMời đọc nguyên văn.",
                  "Đã duyệt: Thầy Bình, lúc 09:30 ngày 26/11/2026; dùng đến hết ngày 01/12/2026.",
                  ("Thầy Bình, lúc 09:30 ngày 26/11/2026.",), quotes, (),
                  "2026-11-26T16:04:00+07:00", "16:04 ngày 26/11/2026", CORPUS)  # fmt: skip


def tampered(content: bytes) -> list[Tampered]:
    return compared(*read_file(content))


def in_docx(content: bytes, old: str, new: str) -> bytes:
    """The file with words of its body changed, nothing else."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(out, "w") as given_back:
        for name in given.namelist():
            blob = given.read(name)
            if name == "word/document.xml":
                assert old.encode() in blob
                blob = blob.replace(old.encode(), new.encode(), 1)
            given_back.writestr(name, blob)
    return out.getvalue()


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("form", Form)
def test_an_untouched_file_passes(form: Form, kind: str) -> None:
    report = made(form)
    name, _, content = pack_file(report, kind)
    seal, read = read_file(content)
    assert compared(seal, read) == []
    assert (seal.digest, seal.checked) == (seal_of(report).digest, report.checked)
    assert name.endswith(f"3-vuon-chu-co-duoc-dem-khong.{kind}")


def test_one_altered_letter_is_named_with_its_diff() -> None:
    content = pack_file(made(), "docx")[2]
    (found,) = tampered(in_docx(content, "không được đếm", "khong được đếm"))
    assert found.called == (
        "câu trích 1 (Điều 7 Nghị định số 901/2030/NĐ-CP ngày 04 tháng 3 năm 2030)"
    )
    changed = [piece for piece in found.diff if piece.change is not Change.KEPT]
    assert [(p.change, p.text) for p in changed] == [
        (Change.REMOVED, "không"), (Change.ADDED, "khong"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "called"),
    [
        ("Còn hiệu lực", "Hết hiệu lực", "dòng hiệu lực của câu trích 1"),
        ("Trường không cấm.", "Trường cấm.", "lời phát biểu"),
        ("901/cp/art_7", "901/cp/art_8", "liên kết của câu trích 1"),
        ("Mã dấu: ", "Mã dấu: 0", "mã dấu"),
        ("“ngày nắng”", '"ngày nắng"', "câu trích 1"),
        ("– 2031", "- 2031", "câu trích 2"),
        ("có một", "có\u200b một", "câu trích 1"),
    ],
)
def test_whatever_is_altered_is_named(old: str, new: str, called: str) -> None:
    for kind in ("docx", "txt"):
        content = pack_file(made(), kind)[2]
        after = (in_docx(content, old, new) if kind == "docx"
                 else content.replace(old.encode(), new.encode(), 1))  # fmt: skip
        (found,) = tampered(after)
        assert found.called.startswith(called)
        assert found.fate is Fate.ALTERED


def test_a_quotation_taken_out_and_a_line_put_in() -> None:
    word = docx.Document(io.BytesIO(pack_file(made(), "docx")[2]))
    for paragraph in list(word.paragraphs):
        if "Hội đồng giả định" in paragraph.text:
            paragraph._p.getparent().remove(paragraph._p)
    out = io.BytesIO()
    word.save(out)
    (gone,) = tampered(out.getvalue())
    assert (gone.fate, gone.name) == (Fate.REMOVED, "quote 2")
    word = docx.Document(io.BytesIO(pack_file(made(), "docx")[2]))
    word.add_paragraph("Nhà trường đã xin lỗi.")
    word.sections[0].header.add_paragraph("Bản chính thức")
    out = io.BytesIO()
    word.save(out)
    (added,) = tampered(out.getvalue())
    assert added.fate is Fate.ADDED
    assert "Nhà trường đã xin lỗi. Bản chính thức" in added.diff[0].text


def test_json_is_checked_in_its_fields_too() -> None:
    value = json.loads(pack_file(made(), "json")[2])
    value["quotes"][0]["status"] = "Hết hiệu lực"
    (found,) = tampered(json.dumps(value).encode())
    assert "Hết hiệu lực" in found.diff[-1].text
    value = json.loads(pack_file(made(), "json")[2])
    value["lines"][9]["text"] += " sửa"
    assert tampered(json.dumps(value).encode())


def test_what_carries_no_seal_is_not_called_untouched() -> None:
    text = pack_file(made(), "txt")[2].decode()
    plain = io.BytesIO()
    docx.Document().save(plain)
    for content in (
        b"", b"\xff\xfe", b"{}", b"[1]", text[: text.index("-----")].encode(), plain.getvalue(),
        b"PK\x03\x04", json.dumps({"seal": "x", "lines": [], "quotes": []}).encode(),
        re.sub("(?m)^e", "f", text, count=1).encode(),
    ):  # fmt: skip
        with pytest.raises(BrokenSeal):
            read_file(content)


def test_a_seal_of_another_version_is_not_called_altered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.dossiers.seal._VERSION", 1)
    old = [pack_file(made(), kind)[2] for kind in FORMATS]
    old[1] = old[1].replace(
        ", ĐỂ MÁY ĐỌC: GIỮ NGUYÊN KHI GỬI TIẾP".encode(), " CỦA CĂN CỨ".encode()
    )
    monkeypatch.undo()
    for content in old:
        with pytest.raises(BrokenSeal, match="phiên bản khác"):
            read_file(content)


def test_what_went_out_keeps_its_lines_however_later_ones_are_worded() -> None:
    report = made()
    old = replace(report, kept=(Line("head", "Cách ghi cũ", Style.ORGANISATION),))
    assert lines(report_from(json.loads(json.dumps(asdict(old))))) == list(old.kept)
    assert lines(report_from(asdict(report))) == lines(report)


def test_a_file_packed_again_or_wrapped_by_mail_passes() -> None:
    content = pack_file(made(), "docx")[2]
    assert tampered(in_docx(content, "Luống 7", "Luống 7")) == []
    text = pack_file(made(), "txt")[2].decode()
    wrapped = re.sub(r" (?=người|Nghị|hiệu)", "\n  ", text).replace("\n", "\r\n")
    assert tampered(wrapped.encode()) == []


def sheet(sentences: int) -> Report:
    """A card of two quotations of so many sentences."""
    words = (
        "Người trông luống số 7 không được đếm chữ vào ban đêm, trừ đêm có trăng giả định của xã."
    )
    card = made(Form.CARD)
    quotes = (replace(one, exact="\n".join([words] * sentences)) for one in card.quotes)
    return replace(card, quotes=tuple(quotes))


def test_a_card_of_more_than_a_page_is_told() -> None:
    assert too_long(sheet(5)) == []
    (reason,) = too_long(sheet(14))
    assert "dài hơn một trang A4" in reason.words


@pytest.mark.skipif(shutil.which("soffice") is None, reason="không có LibreOffice trên máy này")
def test_a_card_that_is_let_through_is_one_page_in_word(tmp_path: Path) -> None:
    largest = max(n for n in range(1, 20) if not too_long(sheet(n)))
    (tmp_path / "the.docx").write_bytes(pack_file(sheet(largest), "docx")[2])
    converted(tmp_path, "the.docx", "pdf")
    with pdfium.PdfDocument(tmp_path / "lai" / "the.pdf") as pages:
        assert len(pages) == 1


def converted(folder: Path, name: str, kind: str) -> None:
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
         "--convert-to", kind, "--outdir", str(folder / "lai"), str(folder / name)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip


@pytest.mark.skipif(shutil.which("soffice") is None, reason="không có LibreOffice trên máy này")
@pytest.mark.parametrize("form", Form)
def test_a_file_saved_again_by_libreoffice_passes(form: Form, tmp_path: Path) -> None:
    path = tmp_path / "ho-so.docx"
    path.write_bytes(pack_file(made(form), "docx")[2])
    converted(tmp_path, "ho-so.docx", "docx")
    saved = (tmp_path / "lai" / "ho-so.docx").read_bytes()
    assert saved != path.read_bytes()
    assert tampered(saved) == []
    assert tampered(in_docx(saved, "đếm", "dếm"))


WORD = pack_file(made(), "docx")[2]


@given(st.data())
def test_any_changed_sign_of_a_quotation_is_found(data: st.DataObject) -> None:
    number, exact = data.draw(st.sampled_from([(1, FIRST.split("\n")[1]), (2, SECOND)]))
    at = data.draw(st.integers(0, len(exact) - 1).filter(lambda i: not exact[i].isspace()))
    other = data.draw(
        st.characters(codec="utf-8", exclude_categories=("C", "Z", "M")).filter(
            lambda c: c != exact[at] and c not in "<>&" and not c.isspace()
        )
    )
    found = tampered(in_docx(WORD, exact, exact[:at] + other + exact[at + 1 :]))
    assert [part.name for part in found] == [f"quote {number}"]
    assert found[0].diff


def test_words_that_are_hidden_are_missing() -> None:
    word = docx.Document(io.BytesIO(WORD))
    (paragraph,) = (p for p in word.paragraphs if "không được đếm" in p.text)
    before, _, after = paragraph.text.partition("không ")
    paragraph.runs[0].text = before
    paragraph.add_run("không ").font.hidden = True
    paragraph.add_run(after)
    out = io.BytesIO()
    word.save(out)
    (found,) = tampered(out.getvalue())
    assert (found.name, found.diff[1].text.strip()) == ("quote 1", "không")
