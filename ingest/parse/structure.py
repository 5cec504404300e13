"""Cleaned text → tree of provisions.

Two profiles: *normative* (Phần … điểm) where articles form a row of numbers, else *items* (I. / 1.
/ a) / - / +). What is attached (phụ lục, quy chế, kế hoạch kèm theo) numbers for itself. The own
words of all nodes, in the order of the tree, are the text: nothing is lost and nothing doubled.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ingest import Cleaned
from ingest.parse import zones
from ingest.parse.article_rows import find_articles
from ingest.parse.articles import parse_articles, parse_quoted
from ingest.parse.drafts import Build, Draft, finish, preorder
from ingest.parse.items import parse_items, parse_paragraphs
from ingest.parse.markers import Label, Quote, Row, quoted_rows, quotes, rows
from kb.findings import Finding, Severity
from kb.structure import Level, Node
from kb.text import Span

# Types whose papers are made of articles even when only one is found.
_OF_ARTICLES = frozenset(
    ("Luật", "Bộ luật", "Hiến pháp", "Pháp lệnh", "Nghị định", "Nghị quyết", "Quyết định",
     "Thông tư", "Thông tư liên tịch", "Lệnh", "Văn bản hợp nhất")
)  # fmt: skip
_PART = re.compile(r"[IVX]{1,5}\s?[.)/-]\s?\S")


@dataclass(frozen=True, slots=True)
class StructureResult:
    """``tree`` covers the whole text; ``body`` is where provisions are expected, the attached
    papers included; ``unparsed`` the share (0..1) of its letters that no numbered provision,
    item or paragraph under a heading holds."""

    tree: Node
    findings: tuple[Finding, ...]
    unparsed: float
    body: Span


def parse_structure(cleaned: Cleaned, type: str) -> StructureResult:
    """The tree of a cleaned text; *type* is the type's name as far as known. Never raises."""
    text = cleaned.text
    all_rows = rows(text)
    quoted = quotes(all_rows)
    skip = frozenset(quoted_rows(quoted))
    build = Build()
    root = Draft(Level.DOCUMENT, "", "", 0, "")
    end = zones.footnotes_at(all_rows)
    starts = zones.annexes(all_rows, skip, end)
    hi = starts[0] if starts else end
    bodies = [_segment(all_rows, 0, hi, root, "", type, skip, build, text)]
    for at, start in enumerate(starts, 1):
        row = all_rows[start]
        after = starts[at] if at < len(starts) else end
        marker, number = zones.annex_number(row.text)
        build.ids[f"att_{at}"] = 1
        annex = Draft(Level.ANNEX, marker, number, row.start, f"att_{at}")
        annex.heading = _annex_heading(all_rows, start, after, marker)
        root.add(annex)
        prefix = f"{annex.id}__"
        bodies.append(_segment(all_rows, start, after, annex, prefix, "", skip, build, text))
    if end < len(all_rows):
        wanted = build.new_id("footnotes", "chú thích", Span(all_rows[end].start, len(text)))
        root.add(Draft(Level.PARAGRAPH, "", "", all_rows[end].start, wanted))
    _hang_quotes(root, all_rows, quoted, build)
    tree = finish(root, len(text))
    unparsed = _unparsed(text, bodies)
    body = Span(bodies[0].span.start, max(one.span.end for one in bodies))
    if unparsed == 1.0:
        build.findings.append(
            Finding(
                "no-structure",
                Severity.WARNING if type in _OF_ARTICLES else Severity.INFO,
                "Không thấy điều, khoản hay mục đánh số nào.",
                "Tra được theo đoạn; xem lại nếu bản gốc có đánh số.",
            )
        )
    return StructureResult(tree, tuple(build.findings), unparsed, body)


@dataclass(frozen=True, slots=True)
class _Body:
    """Where one paper's body is, and from where on provisions hold it (None: nowhere)."""

    span: Span
    held_from: int | None


def _segment(
    all_rows: Sequence[Row],
    lo: int,
    hi: int,
    root: Draft,
    prefix: str,
    type: str,
    skip: Collection[int],
    build: Build,
    text: str,
) -> _Body:
    """One paper, the main one or (with a *prefix*) an attached one."""
    articles = find_articles(text, all_rows[lo:hi], skip, build)
    if _is_normative(articles, type):
        close = zones.closing(all_rows, articles[-1].row.index + 1, hi)
        parse_articles(all_rows[lo:close], articles, root, prefix, skip, build)
        build.findings += _items_before(all_rows[lo : articles[0].row.index], skip)
        held = True
    else:
        begin = zones.body_start(all_rows, lo + 1 if prefix else lo, hi)
        close = zones.last_words(all_rows, begin, zones.closing(all_rows, begin, hi))
        parse_items(all_rows[begin:close], root, prefix, skip, build)
        held = bool(root.children)
        if not held and not prefix:
            parse_paragraphs(_prose(all_rows[begin:close]), root, prefix, build)
    # An attached paper that is all table or form has no provisions: its whole text is its body.
    first = root.children[0].start if root.children else _at(all_rows, lo, text)
    stop = _at(all_rows, close, text)
    if close < hi:
        wanted = build.new_id(f"{prefix}closing", "phần kết", Span(stop, stop))
        root.add(Draft(Level.PARAGRAPH, "", "", stop, wanted))
    start = first if prefix else _prose_before(all_rows, first)
    return _Body(Span(min(start, stop), stop), first if held else None)


def _at(all_rows: Sequence[Row], index: int, text: str) -> int:
    return all_rows[index].start if index < len(all_rows) else len(text)


def _prose_before(all_rows: Sequence[Row], first: int) -> int:
    """Where the body begins when sentences stand between the grounds and the first provision."""
    head = next((row.index for row in all_rows if row.end >= first), len(all_rows))
    grounds = zones.grounds(all_rows, head)
    after = grounds[-1][1] + 1 if grounds else 0
    sentences = (r for r in all_rows[after:head] if len(r.text) > 120 and r.text[-1] in ".:;")
    return next((row.start for row in sentences), first)


def _is_normative(articles: Sequence[Label], type: str) -> bool:
    if len(articles) >= 2:
        return True
    return bool(articles) and articles[0].order == (1, 0) and type in _OF_ARTICLES


def _items_before(above: Sequence[Row], skip: Collection[int]) -> list[Finding]:
    """Parts that stand above the first article are in no provision."""
    parts = [r.text for r in above if r.index not in skip and _PART.match(r.text)]
    if len(parts) < 2:
        return []
    return [
        Finding(
            "items-before-articles",
            Severity.WARNING,
            f"Trước điều đầu tiên có {len(parts)} mục đánh số La Mã không thuộc điều nào.",
            "Xem bản gốc: văn bản có thể chia theo mục, không theo điều.",
        )
    ]


def _prose(found: Sequence[Row]) -> list[Row]:
    """Rows from the first sentence on: a letterhead has none."""
    first = next((at for at, row in enumerate(found) if len(row.text) > 60), len(found))
    return list(found[first:])


def _annex_heading(all_rows: Sequence[Row], start: int, end: int, marker: str) -> str:
    """The title of an attached paper: its capital rows, then one row in small letters."""
    words = [all_rows[start].text[len(marker) :].strip(" .:-")]
    if marker and not marker.startswith(("PHỤ", "Phụ")):
        words = [all_rows[start].text]
    for row in all_rows[start + 1 : min(start + 6, end)]:
        if not row.text or row.text.startswith("(") or zones.body_begins(row):
            break
        if row.text[-1] in ".;:" or len(row.text) > 250 or not any(c.isalpha() for c in row.text):
            break
        words.append(row.text)
    return " ".join(word for word in words if word)


def _hang_quotes(
    root: Draft, all_rows: Sequence[Row], quoted: Sequence[Quote], build: Build
) -> None:
    """Each quoted block becomes a child of the provision it stands in, with a tree of its own."""
    order = preorder(root)
    at = 0
    count: dict[str, int] = {}
    for quote in quoted:
        while at + 1 < len(order) and order[at + 1].start <= quote.span.start:
            at += 1
        holder = order[at]
        if holder is root or holder.level in (Level.ANNEX, Level.PARAGRAPH):
            continue
        if holder.start == quote.span.start:
            continue
        number = count[holder.id] = count.get(holder.id, 0) + 1
        normative = "__" in holder.id or "art_" in holder.id
        wanted = f"{holder.id}{'__' if normative else '.'}q{number}"
        draft = Draft(
            Level.QUOTED, "", str(number), quote.span.start,
            build.new_id(wanted, wanted, quote.span),
        )  # fmt: skip
        if normative:
            # Gaps and repeats in what is quoted are the quotation's, no faults of this text.
            parse_quoted(_inside(all_rows, quote), draft, Build(build.ids))
        # Its numbered children all start further down, or one of them would hold the quotation.
        holder.children.insert(number - 1, draft)
        if not quote.closed:
            build.findings.append(
                Finding(
                    "quote-unclosed",
                    Severity.INFO,
                    "Đoạn trích mở ngoặc kép mà không thấy đóng.",
                    "Xem bản gốc: các khoản, điểm sau đó có thể thuộc đoạn trích.",
                    holder.id,
                    quote.span,
                )
            )


def _inside(all_rows: Sequence[Row], quote: Quote) -> list[Row]:
    """The rows of a quotation; the first begins at its mark, which is no part of a label."""
    first = all_rows[quote.first]
    words = first.text[quote.span.start - first.start :].lstrip('" ')
    return [
        Row(first.index, words, quote.span.start, first.end),
        *all_rows[quote.first + 1 : quote.last + 1],
    ]


def _unparsed(text: str, bodies: Sequence[_Body]) -> float:
    total = sum(_letters(text, one.span) for one in bodies)
    held = sum(
        _letters(text, Span(one.held_from, max(one.span.end, one.held_from)))
        for one in bodies
        if one.held_from is not None
    )
    if not any(one.held_from is not None for one in bodies):
        return 1.0
    return round(max(0.0, 1 - held / total), 4) if total else 0.0


def _letters(text: str, span: Span) -> int:
    return sum(len(word) for word in span.of(text).split())
