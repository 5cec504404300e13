"""Which writer makes which file: (name, media type, bytes)."""

from __future__ import annotations

from kb.errors import CanCuError
from kb.report import PlanReport
from kb.rollover import Draft, bases_of, said_of
from kb.text import slug
from web import words
from web.exports.csv import write_csv
from web.exports.docx import write_draft, write_report
from web.exports.tables import LINKS, sheets
from web.exports.xlsx import write_xlsx

_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS = {
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "csv": "text/csv",
}


def report_file(told: PlanReport, kind: str) -> tuple[str, str, bytes]:
    """*kind* of ``FORMATS``; CSV has the one table of items and bases."""
    tables = sheets(told)
    name = f"can-cu-{_named(told.document.number)}.{kind}"
    if kind == "xlsx":
        made = write_xlsx(tables, f"Căn cứ của Kế hoạch {told.document.number}")
    elif kind == "docx":
        made = write_report(tables, told.document)
    else:
        made = write_csv(next(table for table in tables if table.title == LINKS))
    return name, FORMATS[kind], made


def draft_file(draft: Draft, kind: str) -> tuple[str, str, bytes]:
    """A draft as "docx" or "md"."""
    name = f"nhap-{draft.year}-{_named(draft.document.number)}.{kind}"
    if kind == "docx":
        return name, FORMATS["docx"], write_draft(draft)
    if kind == "md":
        return name, "text/markdown", draft_markdown(draft).encode()
    raise CanCuError(f"Không có bản nháp dạng {kind}.", "Có: docx, md.")


def draft_markdown(draft: Draft) -> str:
    """The draft in CommonMark; words of the plan are escaped, they are not marks."""
    head = draft.document
    lines = [f"# {_plain(head.title)}", "",
             f"Bản nháp cho năm {draft.year}, chép từ Kế hoạch {head.number}; câu chữ giữ nguyên, "
             "chưa duyệt.", "", f"## Việc phải quyết định ({draft.open})", ""]  # fmt: skip
    lines += [f"- [ ] {_plain(ask.what)}" for ask in draft.asks]
    for basis, asks in draft.bases:
        where = f"{basis.name} {basis.place}".strip()
        lines += [f"- [ ] {_plain(where)}: {_plain(ask.what)}" for ask in asks]
    for item in draft.items:
        lines += [f"- [ ] {words.item(item.item.id)}: {_plain(ask.what)}" for ask in item.asks]
    lines += ["", "## Căn cứ, xét lại từng văn bản", ""]
    lines += [f"- {_plain(said_of(basis))}" for basis, _ in draft.bases]
    lines += ["", "## Nội dung", ""]
    for item in draft.items:
        lines += [_plain(f"{item.item.marker} {item.item.text}".strip()), ""]
        if item.item.beside:
            lines += [_plain(item.item.beside), ""]
        for basis in bases_of(item):
            lines.append(f"> Căn cứ: {_plain(said_of(basis))}")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_{}[]<>#+-!|~"})


def _plain(words: str) -> str:
    return words.translate(_MARKS)


def _named(number: str) -> str:
    return slug(number.replace("/", "-")) or "ke-hoach"
