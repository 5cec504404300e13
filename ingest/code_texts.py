"""A heading of the codification → the texts of its documents, each with what is to be stored of it.

A document whose articles stand in several headings is read from all that are here: the text from
the file that came last holds the articles of the earlier ones, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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
    """``part`` names the document in its file; ``name`` as one says it."""

    part: str
    name: str
    extracted: Extracted
    parsed: Parsed
    notes: tuple[CodeNote, ...]


def code_texts(
    heading: Codification,
    earlier: Callable[[str], Sequence[Codification]],
    vocabulary: Vocabulary,
) -> Iterator[CodeText]:
    """The documents of a heading; *earlier* gives the headings that came before with a part."""
    for document in heading.documents:
        part = part_name(document)
        known = [
            article
            for other in earlier(part)
            for one in other.documents
            if one.identity == document.identity
            for article in one.articles
        ]
        if known:
            (document,) = merge([*known, *document.articles])
        extracted, parsed = parse_codified(document, vocabulary)
        yield CodeText(
            part, document.name, extracted, parsed, tuple(_notes(document.articles, parsed))
        )


def part_name(document: SourceDocument) -> str:
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
