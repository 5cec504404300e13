"""All tables of a report as one workbook."""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from web.exports import Sheet

_WIDEST, _NARROWEST = 60, 10  # characters


def write_xlsx(tables: Sequence[Sheet], title: str) -> bytes:
    """One sheet a table, its header kept in sight and on every printed page; every cell is text,
    never a formula."""
    book = Workbook()
    book.properties.title = title
    book.remove(book.worksheets[0])
    for table in tables:
        page = book.create_sheet(table.title)
        for y, row in enumerate((table.header, *table.rows), 1):
            for x, words in enumerate(row, 1):
                cell = page.cell(y, x)
                cell.value = words
                cell.data_type = "s"
                cell.font = Font(name="Times New Roman", size=12, bold=y == 1)
                cell.alignment = Alignment(wrap_text=True, vertical="top")
        _lay_out(page, table)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _lay_out(page: Worksheet, table: Sheet) -> None:
    page.freeze_panes = "A2"
    page.auto_filter.ref = page.dimensions
    page.print_title_rows = "1:1"
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.orientation = page.ORIENTATION_LANDSCAPE
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    for x in range(len(table.header)):
        longest = max(len(row[x]) for row in (table.header, *table.rows))
        width = min(max(longest + 2, _NARROWEST), _WIDEST)
        page.column_dimensions[get_column_letter(x + 1)].width = width
