"""One table as CSV that a spreadsheet opens in Vietnamese and runs nothing of."""

from __future__ import annotations

import csv
import io

from web.exports import Sheet

# A spreadsheet takes what begins so for a formula (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(table: Sheet) -> bytes:
    """UTF-8 with a byte order mark, rows ended by CRLF (RFC 4180)."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(table.header)
    writer.writerows([_plain(cell) for cell in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig")


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
