"""Who, when and what comes of it, from a plan's table to every place where its items are told."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from click.testing import CliRunner
from flask import Flask
from openpyxl import load_workbook

from ingest import pipeline
from kb.config import Settings
from tests.libraries import corpus_library
from tests.plans.conftest import PLAN
from web import create_app
from web.cli import main

ADDRESS = "/ke-hoach/kh/2031/12/vcgd"
HEAD = ["TT", "Nội dung công việc", "Người phụ trách", "Thời gian", "Sản phẩm"]
ROWS = [
    ["1", "Cắt chữ giả định ở luống một", "Thầy Giả", "tháng 9/2031", "một rổ chữ bịa"],
    ["2", "Phơi chữ giả định ngoài sân", "", "tháng 10", "chữ bịa đã khô"],
]


def paper() -> bytes:
    """The plan of the other tests as a Word file, a table in place of its items: the name stands in
    one cell of both rows."""
    word = docx.Document()
    above, _, below = PLAN.format(number="12/KH-VCGĐ", items="@").partition("@\n")
    for line in above.splitlines():
        word.add_paragraph(line)
    table = word.add_table(rows=0, cols=len(HEAD))
    for row in (HEAD, *ROWS):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    table.cell(1, 2).merge(table.cell(2, 2)).text = "Thầy Giả"
    for line in below.splitlines():
        word.add_paragraph(line)
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("charges")
    (folder / "ke-hoach.docx").write_bytes(paper())
    made = Settings(folder / "data")
    corpus_library(made)
    pipeline.ingest(made, [folder / "ke-hoach.docx"], lambda *_: None)
    return made


@pytest.fixture(scope="module")
def app(settings: Settings) -> Iterator[Flask]:
    made = create_app(settings)
    yield made
    made.extensions["can-cu"].close()


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("/muc/I.t1r2", "Ai làm: Thầy Giả · Khi nào: tháng 10 · Kết quả: chữ bịa đã khô"),
        ("", "Ai làm: Thầy Giả · Khi nào: tháng 10 · Kết quả: chữ bịa đã khô"),
        ("/ma-tran", '<span class="two">Kết quả: chữ bịa đã khô</span>'),
        ("/sang-nam", "Có “2031”: sửa cho năm 2027 hoặc giữ."),
    ],
)
def test_pages_say_who_when_and_what_for(app: Flask, address: str, shown: str) -> None:
    page = app.test_client().get(f"{ADDRESS}{address}?nam=2027").get_data(as_text=True)
    assert shown in page


def test_commands_and_files_say_it(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KB_DATA", str(settings.data))
    run, number = CliRunner(), "12/KH-VCGĐ"
    assert "Kết quả: chữ bịa đã khô" in run.invoke(main, ["plan", "show", number]).output
    told = json.loads(run.invoke(main, ["plan", "show", number, "--json"]).output)
    (item,) = [item for item in told["items"] if item["id"] == "I.t1r2"]
    assert [item[key] for key in ("who", "when", "result")] == [
        "Thầy Giả", "tháng 10", "chữ bịa đã khô",
    ]  # fmt: skip
    sheet, word, rows = (tmp_path / f"a.{kind}" for kind in ("xlsx", "docx", "csv"))
    files = ["--xlsx", str(sheet), "--docx", str(word), "--csv", str(rows)]
    assert run.invoke(main, ["plan", "export", number, *files]).exit_code == 0
    in_csv = list(csv.reader(io.StringIO(rows.read_text("utf-8-sig"))))
    page = load_workbook(sheet)["Mục và căn cứ"]
    in_xlsx = [[c or "" for c in row] for row in page.iter_rows(values_only=True)]
    in_docx = [[c.text for c in row.cells] for row in docx.Document(str(word)).tables[2].rows]
    for table in (in_csv, in_xlsx, in_docx):
        at = table[0].index("Ai làm")
        (line,) = {tuple(row[at : at + 3]) for row in table if "dòng 2" in row[0]}
        assert line == ("Thầy Giả", "tháng 10", "chữ bịa đã khô")
    draft = tmp_path / "nhap.docx"
    assert (
        run.invoke(main, ["plan", "rollover", number, "2027", "--docx", str(draft)]).exit_code == 0
    )
    written = [p.text for p in docx.Document(str(draft)).paragraphs]
    assert "Ai làm: Thầy Giả; Khi nào: tháng 10; Kết quả: chữ bịa đã khô" in written
