"""A document of a heading of the codification → its text, from all headings that are here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ingest import Extracted, Parsed
from ingest.codification import Codification, CodifiedArticle, SourceDocument, merge
from ingest.parse.codified import parse_codified
from kb.catalogue import Vocabulary
from kb.store import CodeNote
from kb.structure import Level, walk
from kb.text import slug


@dataclass(frozen=True, slots=True)
class CodeText:
    """The text of one document, with what the codification notes under its articles."""

    extracted: Extracted
    parsed: Parsed
    notes: tuple[CodeNote, ...]


def code_text(
    document: SourceDocument, others: Iterable[Codification], vocabulary: Vocabulary
) -> CodeText:
    """A document of a heading, with its articles in the *others* that are here."""
    elsewhere = [
        article
        for heading in others
        for one in heading.documents
        if one.identity == document.identity
        for article in one.articles
    ]
    if elsewhere:
        (document,) = merge([*elsewhere, *document.articles])
    extracted, parsed = parse_codified(document, vocabulary)
    return CodeText(extracted, parsed, tuple(_notes(document.articles, parsed)))


def part_name(document: SourceDocument) -> str:
    """What a document is called among those of one file."""
    return slug(document.identity)


def _notes(articles: Sequence[CodifiedArticle], parsed: Parsed) -> Iterator[CodeNote]:
    """The tree holds the articles in their order (``ingest.parse.codified``)."""
    nodes = [node for node in walk(parsed.tree) if node.level is Level.ARTICLE]
    for node, article in zip(nodes, articles, strict=False):
        yield CodeNote(
            provision=node.id,
            code=article.id,
            label=article.label,
            heading=article.heading_of,
            note=article.note,
            url=article.url,
            related=tuple((r.id, r.label, r.heading) for r in article.related),
        )
