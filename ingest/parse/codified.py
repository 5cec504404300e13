"""A document put together again from the official codification → ``Parsed``, with a note's facts.

Which articles there are is known here and not read from the text, so the tree holds exactly these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest import Cleaned, Extracted, Line, Parsed
from ingest.clean import clean
from ingest.codification import CodifiedArticle, SourceDocument, article_order
from ingest.parse.articles import parse_articles
from ingest.parse.drafts import Build, Draft, finish
from ingest.parse.markers import Label, rows
from ingest.parse.structure import parse_structure
from ingest.sniff import CODIFIED
from kb.catalogue import Vocabulary
from kb.citations.find import find_citations
from kb.documents import Document
from kb.findings import Finding, Severity
from kb.structure import Level, Node, walk
from kb.text import Span

_WHOLE = re.compile(r"(?:Điều|Phần|Chương|Mục|Tiểu mục)\s\S+", re.IGNORECASE)
_APART = 1000  # tables of one article; numbers of tables run through a document


@dataclass(frozen=True, slots=True)
class Composed:
    """A document's text as lines, and the offsets at which its articles begin."""

    extracted: Extracted
    starts: tuple[int, ...]


def compose(document: SourceDocument) -> Composed:
    """Chapters, articles and their words as a paper prints them. A chapter whose heading the
    codification does not give has its number alone."""
    lines: list[Line] = []
    starts: list[int] = []
    at = 0
    for line, first in _lines(document):
        if first:
            starts.append(at)
        lines.append(replace(line, offset=at))
        at += len(line.text) + 1
    return Composed(Extracted(tuple(lines), CODIFIED), tuple(starts))


def _lines(document: SourceDocument) -> Iterator[tuple[Line, bool]]:
    """(line, does an article begin with it?)"""
    headings = dict(document.chapters)
    before: tuple[tuple[str, str], ...] = ()
    for number, article in enumerate(document.articles):
        for depth in range(len(article.groups)):
            path = article.groups[: depth + 1]
            if path == before[: depth + 1]:
                continue
            yield Line(" ".join(path[-1]), 0, bold=True), False
            if heading := headings.get(path):
                yield Line(heading, 0, bold=True), False
        before = article.groups
        label = f"Điều {article.number}. {article.heading}".strip()
        yield Line(label if article.number else article.heading, 0, bold=True), True
        for line in article.lines:
            cell = line.cell and (line.cell[0] + number * _APART, *line.cell[1:])
            yield replace(line, cell=cell), False


def parse_codified(document: SourceDocument, vocabulary: Vocabulary) -> tuple[Extracted, Parsed]:
    """The text with its tree, facts from the notes; raises nothing. The key is still ""."""
    composed = compose(document)
    cleaned = clean(composed.extracted)
    structure = parse_structure(cleaned, document.type)
    tree, found = structure.tree, list(structure.findings)
    if not holds(tree, document.articles):
        tree, found = _by_labels(cleaned, composed, document.articles)
    facts = Document(
        key="",
        type=document.type,
        number=document.number,
        title=document.title,
        issuer=document.issuer,
        issued=document.issued,
        effective=document.effective,
    )
    # What is not here was left to another heading or is not codified: said once, not at each gap.
    findings = [f for f in found if f.code != "number-gap" or not _WHOLE.fullmatch(f.where)]
    return composed.extracted, Parsed(
        document=facts,
        text=cleaned.text,
        lines=cleaned.lines,
        tree=tree,
        source=cleaned.source,
        citations=tuple(find_citations(cleaned.text, vocabulary)),
        findings=(*cleaned.findings, *findings, *_here(document.articles)),
        unparsed=structure.unparsed,
    )


def holds(tree: Node, articles: Sequence[CodifiedArticle]) -> bool:
    """Has the tree these articles and no other?"""
    found = [n.number for n in walk(tree) if n.level is Level.ARTICLE]
    return found == [a.number for a in articles]


def _by_labels(
    cleaned: Cleaned, composed: Composed, articles: Sequence[CodifiedArticle]
) -> tuple[Node, list[Finding]]:
    """The tree with each article where it is known to begin."""
    build = Build()
    root = Draft(Level.DOCUMENT, "", "", 0, "")
    all_rows = rows(cleaned.text)
    begins = {
        cleaned.source.source(Span(row.start, row.start + 1)).start: row
        for row in all_rows
        if row.text
    }
    labels = []
    for start, article in zip(composed.starts, articles, strict=True):
        row = begins.get(start)
        if row is None:
            continue
        marker = f"Điều {article.number}."
        labels.append(
            Label(row, row.start, marker if row.text.startswith(marker) else "", article.number,
                  (article_order(article.number)[0], 0), row.text.removeprefix(marker).strip())
        )  # fmt: skip
    parse_articles(all_rows, labels, root, "", frozenset(), build)
    return finish(root, len(cleaned.text)), build.findings


def _here(articles: Sequence[CodifiedArticle]) -> list[Finding]:
    """Which articles there are, when they are not 1 to N."""
    numbers = [article.number for article in articles]
    plain = [number for number in numbers if number.isdigit()]
    if plain == [str(n) for n in range(1, len(plain) + 1)]:
        return []
    return [
        Finding(
            "codification-partial",
            Severity.WARNING,
            f"Bộ pháp điển ở đây chỉ có các điều: {ranges(numbers)}.",
            "Nạp thêm các đề mục khác của Bộ pháp điển, hoặc bản gốc của văn bản để có đủ.",
        )
    ]


def ranges(numbers: Sequence[str]) -> str:
    """``1–5, 7, 8a``"""
    out: list[list[str]] = []
    for number in numbers:
        last = out[-1][-1] if out else ""
        if number.isdigit() and last.isdigit() and int(number) == int(last) + 1:
            out[-1].append(number)
        else:
            out.append([number or "không số"])
    return ", ".join(one[0] if len(one) == 1 else f"{one[0]}–{one[-1]}" for one in out)
