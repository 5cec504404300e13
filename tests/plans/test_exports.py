"""One set of tables, the same cells in every file."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document as Word
from docx.shared import Mm
from openpyxl import load_workbook

from kb.documents import Document
from kb.grounds import Basis, Verdict
from kb.links import Link, Origin
from kb.links.review import Verb
from kb.plans import Plan
from kb.report import PlanReport, report
from kb.rollover import rollover, years_in
from kb.validity import State as Force
from tests.plans.test_review import decision, items
from web.cli import main
from web.exports import Sheet
from web.exports.files import draft_file, report_file
from web.exports.tables import LINKS, sheets
from web.exports.xlsx import write_xlsx

DAY = date(2026, 11, 26)


def made() -> PlanReport:
    """Words a spreadsheet would run, signs XML cannot hold, and one of every table."""
    head = Document("kh/1", "Kế hoạch", "12/KH-VCGĐ", "Trông vườn chữ năm học 2025-2026",
                    "Trường Vườn chữ giả định", "2025-09-05")  # fmt: skip
    rows = items("=1+1 tưới chữ", "@đếm\x07 chữ <b> & năm 2025", "Rào vườn")
    holds = Verdict(Force.IN_FORCE, "Còn hiệu lực", "", "", "kiểm tra ngày 23/11/2026", ("nguồn",))
    over = Verdict(Force.CEASED, "Hết hiệu lực (thay bằng 2/QĐ)", "Đã thay.", "2/QĐ")
    basis = Basis("a", "art_1", "1/QĐ", "Quyết định 1/QĐ", "Về chữ", "Sở", "2024-01-02", "Điều 1",
                  "Quyết định cá biệt", holds, over, words="Điều 1. Chữ")  # fmt: skip
    links = [
        Link("I.1", Origin.EXPLICIT, "a", "1/QĐ", "1/QĐ", provision="art_1"),
        Link("I.2", Origin.EXPLICIT, "", "9/CV", "Công văn số 9/CV", reason="Không có trong kho."),
    ]
    said = [
        decision(1, "I.1", Verb.ACCEPT, "=1+1 tưới chữ", target="a", provision="art_1",
                 target_words="Điều 1. Chữ"),
        decision(2, "I.3", Verb.JUSTIFY, "Rào vườn", why="việc nhà"),
        decision(3, "I.9", Verb.JUSTIFY, "Mục đã mất", why="cũ"),
    ]  # fmt: skip
    plan = Plan(head, "", (), tuple(rows))
    return report(plan, links, said, {("a", "art_1"): basis}, DAY)


def test_xlsx_and_docx_hold_the_same_cells() -> None:
    told = made()
    tables = sheets(told)
    assert all(len(row) == len(table.header) for table in tables for row in table.rows)
    book = load_workbook(io.BytesIO(report_file(told, "xlsx")[2]))
    word = Word(io.BytesIO(report_file(told, "docx")[2]))
    in_book = [cells(page.title, page.iter_rows(values_only=True)) for page in book.worksheets]
    # The first table is the letterhead.
    read = iter(word.tables[1:])
    in_word = [
        cells(t.title, [[c.text for c in row.cells] for row in next(read).rows])
        if t.rows
        else cells(t.title, [t.header])
        for t in tables
    ]
    assert in_book == in_word == [cells(t.title, (t.header, *t.rows)) for t in tables]
    assert {c.data_type for page in book for row in page.iter_rows() for c in row if c.value} == {
        "s"
    }
    assert [t.title for t in tables] == [
        "Tóm tắt", LINKS, "Căn cứ", "Quyết định", "Điều cần xem",
    ]  # fmt: skip


def cells(title: str, rows: object) -> tuple[str, list[list[str]]]:
    assert isinstance(rows, Sequence) or hasattr(rows, "__iter__")
    return title, [[str(cell or "") for cell in row] for row in rows]


def test_docx_has_the_form_of_the_decree() -> None:
    word = Word(io.BytesIO(report_file(made(), "docx")[2]))
    first, second = word.sections
    assert abs(first.page_width - Mm(210)) < 1000
    assert abs(first.page_height - Mm(297)) < 1000
    margins = [first.top_margin, first.bottom_margin, first.left_margin, first.right_margin]
    assert [round(margin.mm) for margin in margins if margin] == [20, 20, 30, 20]
    assert second.page_width > second.page_height
    assert word.styles["Normal"].font.name == "Times New Roman"
    head = [cell.text for row in word.tables[0].rows for cell in row.cells]
    assert head[0] == "TRƯỜNG VƯỜN CHỮ GIẢ ĐỊNH"
    assert head[1] == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"


def test_csv_runs_nothing() -> None:
    content = report_file(made(), "csv")[2]
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[1][1] == "'=1+1 tưới chữ"
    assert rows[2][1] == "'@đếm chữ <b> & năm 2025"


def test_a_sheet_of_no_rows_is_a_sheet() -> None:
    book = load_workbook(io.BytesIO(write_xlsx([Sheet("Trống", ("A", "B"), ())], "x")))
    assert [list(row) for row in book["Trống"].iter_rows(values_only=True)] == [["A", "B"]]


def test_a_draft_asks_what_a_person_must_decide() -> None:
    draft = rollover(made(), 2027)
    asked = [ask.what for ask in draft.asks]
    assert "Trích yếu có “2025-2026”: sửa cho năm 2027." in asked
    assert any("“Mục đã mất”" in what for what in asked)
    of_bases = {basis.number: [ask.what for ask in asks] for basis, asks in draft.bases}
    assert of_bases["1/QĐ"] == ["Chưa thấy văn bản thay thế: tìm căn cứ khác hoặc bỏ."]
    assert of_bases["9/CV"][0].startswith("Kho không biết 9/CV")
    of_items = {item.item.id: [ask.what for ask in item.asks] for item in draft.items}
    assert of_items["I.2"] == ["Có “2025”: sửa cho năm 2027 hoặc giữ."]
    assert of_items["I.3"] == ["Xác nhận vẫn không cần căn cứ, vì: việc nhà."]
    assert [item.item.text for item in draft.items] == [row.item.text for row in made().items]
    assert rollover(made(), 2027) == draft
    markdown = draft_file(draft, "md")[2].decode()
    assert "\\<b\\>" in markdown
    assert f"({draft.open})" in markdown
    text = "\n".join(p.text for p in Word(io.BytesIO(draft_file(draft, "docx")[2])).paragraphs)
    assert f"Việc phải quyết định ({draft.open})" in text
    assert "=1+1 tưới chữ" in text


@pytest.mark.parametrize(
    ("written", "years"),
    [
        ("năm học 2021-2022, trước 03/12/2021", ["2021-2022", "03/12/2021"]),
        ("Quyết định số 06/2020/QĐ-TTg", []),
        ("giai đoạn 2019 – 2022; năm 2021, năm 2021", ["2019 – 2022", "2021"]),
    ],
)
def test_years_are_found_but_not_in_numbers(written: str, years: list[str]) -> None:
    assert years_in(written) == years


def test_commands_make_the_same_decisions(tmp_path: Path) -> None:
    run = CliRunner(env={"KB_DATA": str(tmp_path)})
    plan = "82/KH-NDTKT"

    def kb(*words: str, code: int = 0) -> str:
        answer = run.invoke(main, list(words))
        assert answer.exit_code == code, answer.output
        return answer.output

    kb("rebuild")
    said = kb("review", "accept", plan, "II.1.g1.c2", "753/QĐ-TTg", "--by", "Cô Thử")
    assert "Đã ghi: Cô Thử, mục II.1, gạch đầu dòng 1, dấu cộng 2: Đúng là căn cứ." in said
    kb("review", "justify", plan, "III.2.g1", "--by", "Cô Thử", "--why", "việc trong trường")
    listed = kb("review", "list", plan)
    assert "[2]" in listed
    assert "vì: việc trong trường" in listed
    assert "rút lại quyết định 2" in kb("review", "undo", plan, "2", "--by", "Cô Thử")
    assert "(đã rút lại)" in kb("review", "list", plan)
    assert "có 0 căn cứ là 1/QĐ-X" in kb(
        "review", "accept", plan, "II.1.g1.c2", "1/QĐ-X", "--by", "Cô Thử", code=1
    )
    files = [tmp_path / f"bao-cao.{kind}" for kind in ("xlsx", "docx", "csv")]
    kb("plan", "export", plan, *(w for f in files for w in (f"--{f.suffix[1:]}", str(f))))
    assert all(f.stat().st_size > 1000 for f in files)
    assert "việc phải quyết định" in kb("plan", "rollover", plan, "2027", "--on", "2026-11-26")
    # Two papers handed on to the item are over: the one accepted does not settle that.
    assert "Có căn cứ cho một phần" in kb("plan", "show", plan)
    for over in ("1607/QĐ-BYT", "70/KH-SGDĐT"):
        assert "Có căn cứ, đã duyệt" not in kb("plan", "show", plan)
        kb("review", "reject", plan, "II.1.g1.c2", over, "--by", "Cô Thử", "--why", "đã xong")
    assert "Có căn cứ, đã duyệt" in kb("plan", "show", plan)
