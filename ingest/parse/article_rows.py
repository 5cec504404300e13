"""Which rows of a text open its articles.

Candidates are weighed and the best rising chain over the whole text is taken; articles whose
heading a web copy glued to other text are looked for in the gaps.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import replace

from ingest.parse import markers
from ingest.parse.chains import best_chain, repeats
from ingest.parse.drafts import Build
from ingest.parse.markers import Label, Row
from kb.findings import Finding, Severity
from kb.text import Span

# "Phần thứ nhất: …", "PHẦN THỨ HAI", "Phần I", "Chương II", "Chương 4.", "Mục 1. …", "Tiểu mục 2"
GROUP = re.compile(
    r"(?P<marker>(?P<word>Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC|Tiểu mục|TIỂU MỤC)\s{1,3}"
    r"(?:(?:thứ|THỨ)\s(?P<ordinal>\w{1,5}(?:\s(?:một|hai|ba|MỘT|HAI|BA))?)"
    r"|(?P<n>[IVXLC]{1,8}|\d{1,3}[a-zA-Zđ]?)\b)\s?[.:]?)"
)


def find_articles(
    text: str, rows: Sequence[Row], skip: Collection[int], build: Build
) -> list[Label]:
    """The articles among *rows*, in order, with those whose heading is glued to other text."""
    labels = [
        label
        for row in rows
        if row.text and row.index not in skip and (label := markers.article(row))
    ]
    chain = best_chain(_before_text(labels, rows))
    again = repeats(labels, chain)
    found = [labels[index] for index in sorted({*chain, *again})]
    return _fill_gaps(text, rows, skip, found, build)


def _before_text(labels: Sequence[Label], rows: Sequence[Row]) -> list[Label]:
    """A row of a table of contents weighs a little less than a heading with words under it; the
    end of a sentence (``… tại⏎Điều 1.``) weighs next to nothing."""
    weighed = []
    place = {row.index: at for at, row in enumerate(rows)}
    for label in labels:
        at = place[label.row.index]
        below = next((r for r in rows[at + 1 : at + 5] if r.text), None)
        above = next((r for r in reversed(rows[max(at - 3, 0) : at]) if r.text), None)
        if not label.rest and above and _sentence_runs_on(above):
            weighed.append(replace(label, weight=markers.WEAK))
            continue
        listed = below is None or markers.article(below) or GROUP.match(below.text)
        weighed.append(replace(label, weight=label.weight - 5) if listed else label)
    return weighed


def _sentence_runs_on(above: Row) -> bool:
    ended = above.text[-1] in '.;:!?/"])' or markers.is_upper(above.text)
    return not ended and markers.article(above) is None and GROUP.match(above.text) is None


def _fill_gaps(
    text: str, rows: Sequence[Row], skip: Collection[int], found: list[Label], build: Build
) -> list[Label]:
    """Articles missing from the row of numbers, looked for inside the rows between.

    ``…HỒ SƠĐiều 24. Tên`` and ``Điều⏎8. Tên`` are met in copies from web pages.
    """
    out = found[:1]
    for label in found[1:]:
        low, high = out[-1].order[0] + 1, label.order[0]
        if low < high:
            inside = Span(out[-1].start + 1, label.start)
            for hidden in _hidden_articles(text, rows, skip, range(low, high), inside):
                out.append(hidden)
                build.findings.append(_found_late(hidden))
        out.append(label)
    return out


def _found_late(label: Label) -> Finding:
    name, span = f"Điều {label.number}", Span(label.start, label.row.end)
    if not label.marker.lower().startswith("điều"):
        return Finding(
            "heading-misspelt",
            Severity.INFO,
            f"“{label.marker}” là {name} viết sai chính tả.",
            "Đối chiếu bản gốc.",
            name,
            span,
        )
    return Finding(
        "heading-glued",
        Severity.INFO,
        f"{name} dính vào dòng khác, đã tách ra.",
        "Xem lại tệp nguồn ở chỗ này.",
        name,
        span,
    )


# "Đỉều 10.", "Điêu 7.": only where just this number is missing.
_MISSPELT = "Đ[iíìỉĩị][eêéèẻẽẹếềểễệ]u"


_HIDDEN = re.compile(rf"(?:ĐIỀU|{_MISSPELT})\s{{1,3}}(?P<n>\d{{1,4}})\s?[.:](?=\s?[^\W\d_])")


def _hidden_articles(
    text: str, rows: Sequence[Row], skip: Collection[int], missing: range, inside: Span
) -> list[Label]:
    """Headings of the *missing* numbers that stand in this stretch just once, in rising order."""
    hits: dict[int, list[Label]] = {}
    for found in _HIDDEN.finditer(text, inside.start, inside.end):
        number = int(found["n"])
        before = text[max(found.start() - 2, 0) : found.start()]
        last = before.rstrip(" ")[-1:]
        # A mark right after a word closes a quotation: "…về dân cư."Điều 2. Bãi bỏ …"
        after_quote = before[-1:] == '"' and not before[:1].isspace()
        rest = text[found.end() : found.end() + 3].strip()
        if number not in missing or not rest[:1].isupper():
            continue
        if last.isupper() or last in "\n.;:/*" or after_quote:
            row = rows[bisect_left(rows, found.end(), key=lambda r: r.end)]
            if row.index not in skip or after_quote:
                marker = " ".join(found[0].split())
                words = text[found.end() : row.end].strip()
                label = Label(row, found.start(), marker, str(number), (number, 0), words)
                hits.setdefault(number, []).append(label)
    rising: list[Label] = []
    for _, labels in sorted(hits.items()):
        if len(labels) == 1 and (not rising or labels[0].start > rising[-1].start):
            rising.append(labels[0])
    return rising
