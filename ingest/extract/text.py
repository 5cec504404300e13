"""Plain text and Markdown → lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest import Extracted
from ingest.extract.encodings import decode
from ingest.extract.legacy import converted
from ingest.extract.lines import Draft, place
from ingest.sniff import TEXT
from kb.errors import UnreadableFile

# "## II. MẪU", "**Điều 5.** Phạm vi", "1\. Nội dung", "> Nguồn: …", "[chữ](địa chỉ)"
_HEADING = re.compile(r"\s{0,3}#{1,6}\s{1,9}(?=\S)")
_QUOTE = re.compile(r"\s{0,3}>\s(?:>\s){0,5}")
_BOLD = re.compile(r"\*\*(?=[^\s*])([^*\n]{1,2000})(?<=[^\s*])\*\*")
_ESCAPE = re.compile(r"(?<=[\w\s])\\([-.)(+_*#\[\]])|^\\([-+*#])")
_LINK = re.compile(r"(?<!!)\[([^\[\]\n]{1,500})\]\(\S{1,1000}\)")
_RULE = re.compile(r"\|?\s{0,9}:?-{2,}:?\s{0,9}(?:\|\s{0,9}:?-{2,}:?\s{0,9}){0,40}\|?")


# The longest text of the national database has 1.35 million characters.
_LONGEST = 24 * 1024**2  # bytes


def read_text(content: bytes) -> Extracted:
    """Lines of a text file. A form feed begins a page; Markdown's signs are taken off, rows of its
    tables come cell by cell. Raises ``UnreadableFile`` where the encoding is not known, and
    ``text-long`` past 24 MB."""
    if len(content) > _LONGEST:
        raise UnreadableFile(
            "text-long",
            f"Tệp chữ nặng {len(content) / 1024**2:.0f} MB, dài hơn mọi văn bản từng có.",
            "Tách tệp thành từng văn bản rồi nạp từng tệp.",
        )
    text, legacy = decode(content)
    pages = text.rstrip("\f\n\r ").count("\f") + 1 if "\f" in text.strip("\f\n\r ") else None
    lines = place(_drafts(text, paged=pages is not None))
    findings = (converted([legacy] * len(lines)),) if legacy else ()
    return Extracted(lines, TEXT, pages, findings=findings)


def _drafts(text: str, *, paged: bool) -> Iterator[Draft]:
    table, row = 0, -1
    for number, page in enumerate(text.split("\f"), 1) if paged else ((None, text),):
        for line in re.split(r"\r\n|[\n\r]", page):
            cells = _cells(line)
            if cells is None:
                row = -1
                plain, bold = unmarked(line)
                yield Draft(plain, number, bold)
                continue
            if row < 0:
                table += 1
            row += 1
            if _RULE.fullmatch(line.strip()):
                row -= 1
                continue
            for column, cell in enumerate(cells):
                plain, bold = unmarked(cell)
                yield Draft(plain, number, bold, cell=(table, row, column))


def _cells(line: str) -> list[str] | None:
    """The cells of a row of a Markdown table, None for any other line."""
    stripped = line.strip()
    if len(stripped) < 3 or stripped[0] != "|" or stripped[-1] != "|":
        return None
    return [cell.strip() for cell in stripped[1:-1].split("|")]


def unmarked(line: str) -> tuple[str, bool | None]:
    """(the line without Markdown's signs; True where the whole line was bold or a heading)."""
    if not any(sign in line for sign in "#*\\[>"):
        return line, None
    plain = _QUOTE.sub("", line, count=1) if _QUOTE.match(line) else line
    heading = _HEADING.match(plain)
    if heading:
        plain = plain[heading.end() :]
    unbold = _BOLD.sub(r"\1", plain)
    whole = _BOLD.fullmatch(plain.strip()) is not None
    unbold = _ESCAPE.sub(lambda found: found[1] or found[2], unbold)
    return _LINK.sub(r"\1", unbold), True if heading or whole else None
