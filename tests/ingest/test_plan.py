"""A plan's items and grounds."""

from __future__ import annotations

import io
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

from ingest import Extracted, Line, RawFile
from ingest.catalogue import load_catalogue
from ingest.clean import clean
from ingest.extract import extract
from ingest.isolate import Readers
from ingest.parse.charges import when_in, who_in
from ingest.parse.plan import parse_plan
from ingest.parse.structure import parse_structure
from ingest.pipeline import CORPUS
from ingest.plan_file import read_plan
from kb.documents import Document
from kb.plans import Plan

ROOT = Path(__file__).parents[2]
CATALOGUE, _ = load_catalogue(CORPUS)


def plan(text: str) -> Plan:
    lines, at = [], 0
    for line in text.split("\n"):
        lines.append(Line(line, at))
        at += len(line) + 1
    cleaned = clean(Extracted(tuple(lines), "text/plain"))
    document = Document("", "Kế hoạch", "", "", "")
    return parse_plan(document, cleaned.text, parse_structure(cleaned, "Kế hoạch").tree)


SCHOOL = (ROOT / "corpus" / "plans" / "82-KH-NDTKT.txt").read_text(encoding="utf-8")


def test_every_item_of_the_school_plan_and_nothing_else() -> None:
    items = plan(SCHOOL).items
    assert len(items) == 32
    assert sum(item.marker == "-" for item in items) == 16
    assert sum(item.marker == "+" for item in items) == 6
    assert not any("Trên đây là" in item.text or "CC, VC" in item.text for item in items)


def test_items_have_parents_words_without_marker_and_spans() -> None:
    whole = plan(SCHOOL)
    known = {item.id: item for item in whole.items}
    assert known["II.1.g1.c1"].parent == "II.1.g1"
    assert known["I"].parent is None
    assert known["I"].text == "MỤC ĐÍCH YÊU CẦU"
    assert known["II.1.g1.c4"].text.startswith("Quyết định số 1607/QĐ-BYT ngày 17/3/2021")
    assert known["III.1.p1"].marker == ""
    for item in whole.items:
        words = " ".join(item.span.of(whole.text).split())
        assert words == f"{item.marker} {item.text}".strip()


def test_grounds_are_the_lines_of_the_preamble() -> None:
    whole = plan(SCHOOL)
    first, second = whole.grounds
    assert first.text.startswith("Căn cứ kế hoạch số 70/KH-SGDDĐT ngày 11/01/2021")
    assert first.text.endswith("năm 2021")
    assert second.text.startswith("Căn cứ tình hình thực tế")
    assert first.span.of(whole.text).endswith("năm 2021;")


def test_wrapped_rows_are_joined() -> None:
    found = plan(
        "Căn cứ Kế hoạch giả định số 1/KH-X\nngày 01/02/2020;\nI. A\n1. Làm việc thử\nnghiệm."
    )
    assert found.grounds[0].text == "Căn cứ Kế hoạch giả định số 1/KH-X ngày 01/02/2020"
    assert [item.text for item in found.items] == ["A", "Làm việc thử nghiệm."]


PLANS = ROOT.parent / "shared" / "data" / "documents" / "plans"
COUNTED = tomllib.loads((ROOT / "tests" / "eval" / "plans.toml").read_text("utf-8"))["plan"]


@pytest.mark.skipif(not PLANS.is_dir(), reason="không có thư mục kế hoạch thật (../shared)")
@pytest.mark.parametrize("counted", COUNTED, ids=lambda row: row["file"])
def test_a_real_plan_has_the_items_a_person_counts(counted: dict[str, Any]) -> None:
    path = PLANS / counted["file"]
    items = read_plan(RawFile(path.read_bytes(), path.name), CATALOGUE).plan.items
    assert len(items) == counted["items"]
    of_tables = [item for item in items if re.search(r"t\d+r\d+$", item.id)]
    assert len(of_tables) == counted["tasks_of_tables"]


def with_table(rows: list[list[str]]) -> Plan:
    paper = docx.Document()
    for words in ("KẾ HOẠCH", "Hoạt động giả định", "I. MỤC ĐÍCH", "1. Để thử bảng.",
                  "II. PHÂN CÔNG"):  # fmt: skip
        paper.add_paragraph(words)
    table = paper.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    paper.add_paragraph("III. KINH PHÍ")
    paper.add_paragraph("1. Tự lo.")
    file = io.BytesIO()
    paper.save(file)
    return read_plan(RawFile(file.getvalue(), "ke-hoach.docx"), CATALOGUE).plan


def test_rows_of_a_table_of_tasks_are_items_with_who_and_when() -> None:
    found = with_table(
        [
            ["TT", "Nội dung công việc", "Người phụ trách", "Thời gian", "Kết quả"],
            ["1", "Viết bài thử\nvà sửa lại", "Cô Giả", "trước 15/9", "một bài"],
            ["2", "Đăng bài thử", "Tổ Văn phòng", "20/9", "đã đăng"],
        ]
    ).items
    rows = [(i.id, i.parent, i.marker, i.text, i.who, i.when) for i in found if "t1" in i.id]
    assert rows == [
        ("II.t1r1", "II", "1", "Viết bài thử và sửa lại", "Cô Giả", "trước 15/9"),
        ("II.t1r2", "II", "2", "Đăng bài thử", "Tổ Văn phòng", "20/9"),
    ]
    known = {item.id: item for item in found}
    assert known["II"].text == "PHÂN CÔNG"
    assert [i.id for i in found] == ["I", "I.1", "II", "II.t1r1", "II.t1r2", "III", "III.1"]


def test_a_table_that_charges_nobody_with_nothing_is_no_task() -> None:
    found = with_table([["TT", "Tên đơn vị", "Cấp học"], ["1", "Trường Giả định", "Tiểu học"]])
    assert not [item for item in found.items if "t1" in item.id]


def test_paragraphs_among_dashes_are_items_of_their_own() -> None:
    lead = "Các tổ giả định làm những việc sau đây trong suốt thời gian thử nghiệm của trường:"
    after = "Các lớp giả định khác cũng chuẩn bị đầy đủ báo cáo thử theo kế hoạch bịa này."
    found = plan(f"I. CÔNG VIỆC\n1. Tổ Thử\n{lead}\n- Viết.\n- Đọc.\n{after}\n2. Tổ Bịa\n- Hát.")
    assert [item.id for item in found.items] == [
        *("I", "I.1", "I.1.p1", "I.1.g1", "I.1.g2", "I.1.p2", "I.2", "I.2.g1"),
    ]
    assert {item.who for item in found.items if item.parent == "I.2"} == {"Tổ Bịa"}


@pytest.mark.parametrize(
    ("words", "who", "when"),
    [
        ("Đăng bài (Tổ Văn phòng thực hiện, trước ngày 15/9/2021)", "Tổ Văn phòng",
         "trước ngày 15/9/2021"),
        ("Người phụ trách: cô Bịa. Thời hạn: hết tháng 5", "cô Bịa", "Thời hạn: hết tháng 5"),
        ("Giao Bộ phận thư viện soạn danh mục hằng tháng", "Bộ phận thư viện", "hằng tháng"),
        ("Kế toán có trách nhiệm ghi sổ", "Kế toán", ""),
        ("Theo Công văn số 12/SGDĐT-VP ngày 10 tháng 4 năm 2026 về việc thử", "", ""),
        ("TỔ CHỨC THỰC HIỆN", "", ""),
        ("Ban hành quy chế thử", "", ""),
    ],
)  # fmt: skip
def test_who_and_when_in_words(words: str, who: str, when: str) -> None:
    assert (who_in(words), when_in(words)) == (who, when)


def test_a_cell_that_reaches_down_is_of_each_row_and_moves_no_other_column() -> None:
    rows = (
        "<tr><th>TT</th><th>Nội dung</th><th>Người phụ trách</th><th>Thời gian</th></tr>"
        "<tr><td>1</td><td>Việc A</td><td rowspan='2'>Tổ Thử</td><td>tháng 9</td></tr>"
        "<tr><td>2</td><td>Việc B</td><td>tháng 10</td></tr>"
        "<tr><td colspan='2'>Việc C</td><td>Tổ Bịa</td><td>tháng 11</td></tr>"
    )
    words = ("KẾ HOẠCH", "Hoạt động giả định", "I. MỤC ĐÍCH", "1. Để thử.", "II. PHÂN CÔNG")
    above = "".join(f"<p>{line}</p>" for line in words)
    page = f"<html><body>{above}<table>{rows}</table></body></html>"
    found = read_plan(RawFile(page.encode(), "ke-hoach.html"), CATALOGUE).plan.items
    told = [(item.text, item.who, item.when) for item in found if "t1" in item.id]
    assert told[:2] == [("Việc A", "Tổ Thử", "tháng 9"), ("Việc B", "Tổ Thử", "tháng 10")]


HEADS = ("TT", "Nội dung", "Người phụ trách", "Thời gian", "Dự kiến kết quả")
# The rows of one table, each cell with how many rows it takes; None where one above takes it.
MERGED: tuple[tuple[tuple[str, int] | None, ...], ...] = (
    tuple((head, 1) for head in HEADS),
    (("1", 1), ("Việc bịa A", 1), ("Tổ Thử", 2), ("tháng 9", 1), ("một bài bịa", 3)),
    (("2", 1), ("Việc bịa B", 1), None, ("tháng 10", 1), None),
    (("3", 1), ("Việc bịa C", 1), ("", 1), ("tháng 11", 2), None),
    (("4", 1), ("Việc bịa D", 1), ("Tổ Bịa", 1), None, ("", 1)),
    (("5", 2), ("Việc bịa E", 2), ("Tổ Một", 1), ("tháng 1", 1), ("sổ bịa", 1)),
    (None, None, ("Tổ Hai", 1), ("tháng 2", 1), ("sổ bịa", 1)),
)
READ = [
    ("Việc bịa A", "Tổ Thử", "tháng 9", "một bài bịa"),
    ("Việc bịa B", "Tổ Thử", "tháng 10", "một bài bịa"),
    ("Việc bịa C", "", "tháng 11", "một bài bịa"),
    ("Việc bịa D", "Tổ Bịa", "tháng 11", ""),
    ("Việc bịa E", "Tổ Một; Tổ Hai", "tháng 1; tháng 2", "sổ bịa"),
]
ABOVE = (
    "KẾ HOẠCH",
    "Hoạt động giả định",
    "I. MỤC ĐÍCH",
    "1. Để thử việc đọc những bảng phân công có ô trộn, trong một kế hoạch bịa cho phần mềm.",
    "2. Để không ai bị gắn tên vào việc mà bảng không giao, không ai bị mất tên ở việc của mình.",
    "II. PHÂN CÔNG",
)


def merged_page() -> RawFile:
    """The table as a web page, with ``rowspan``."""
    rows = "".join(
        "<tr>" + "".join(f"<td rowspan='{c[1]}'>{c[0]}</td>" for c in row if c) + "</tr>"
        for row in MERGED
    )
    above = "".join(f"<p>{line}</p>" for line in ABOVE)
    page = f"<html><body>{above}<table>{rows}</table></body></html>"
    return RawFile(page.encode(), "ke-hoach.html")


def merged_paper() -> RawFile:
    """The same as a Word file, with ``w:vMerge``."""
    paper = docx.Document()
    for words in ABOVE:
        paper.add_paragraph(words)
    table = paper.add_table(rows=len(MERGED), cols=len(HEADS))
    for y, row in enumerate(MERGED):
        for x, cell in enumerate(row):
            if cell:
                table.cell(y, x).merge(table.cell(y + cell[1] - 1, x)).text = cell[0]
    file = io.BytesIO()
    paper.save(file)
    return RawFile(file.getvalue(), "ke-hoach.docx")


@pytest.mark.parametrize("made", [merged_page, merged_paper], ids=["html", "docx"])
def test_merged_cells_are_of_all_their_rows_and_an_empty_cell_is_filled_from_nowhere(
    made: Callable[[], RawFile],
) -> None:
    items = read_plan(made(), CATALOGUE).plan.items
    rows = [item for item in items if re.search(r"t\d+r\d+$", item.id)]
    assert [(i.text, i.who, i.when, i.result) for i in rows] == READ


def test_merged_cells_come_through_the_child_that_reads_files() -> None:
    with Readers() as readers:
        for raw in (merged_page(), merged_paper()):
            told = readers.extract(raw)
            assert told == extract(raw)
            assert max(line.reach for line in told.lines) == 3


def test_a_head_over_two_rows_and_rows_under_one_heading() -> None:
    rows = (
        "<tr><td rowspan='2'>Nội dung</td><td rowspan='2'>Công việc cụ thể</td>"
        "<td colspan='2'>Người thực hiện</td><td rowspan='2'>Sản phẩm</td></tr>"
        "<tr><td>Chủ trì</td><td>Phối hợp</td></tr>"
        "<tr><td rowspan='2'>Viết bài bịa</td><td>Viết nháp</td><td>Tổ Một</td><td></td>"
        "<td>nháp</td></tr>"
        "<tr><td>Sửa nháp</td><td>Tổ Hai</td><td></td><td>bài</td></tr>"
    )
    above = "".join(f"<p>{line}</p>" for line in ABOVE)
    page = f"<html><body>{above}<table>{rows}</table></body></html>"
    items = read_plan(RawFile(page.encode(), "ke-hoach.html"), CATALOGUE).plan.items
    found = [(i.text, i.who, i.result) for i in items if "t1" in i.id]
    assert found == [("Viết nháp", "Tổ Một", "nháp"), ("Sửa nháp", "Tổ Hai", "bài")]
