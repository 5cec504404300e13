"""Cleaned text → a document understood: letterhead, tree of provisions, citations, findings."""

from __future__ import annotations

from ingest import Extracted, Parsed
from ingest.clean import clean
from ingest.parse.header import parse_header
from ingest.parse.structure import parse_structure
from kb.catalogue import Vocabulary
from kb.citations.find import find_citations
from kb.portal_notes import read_notes

__all__ = ["parse"]


def parse(extracted: Extracted, vocabulary: Vocabulary) -> Parsed:
    """Everything the paper says of itself; raises nothing, doubts are findings.

    ``document.key`` is still "": only the library knows which work this is.
    """
    cleaned = clean(extracted)
    header = parse_header(cleaned, vocabulary)
    structure = parse_structure(cleaned, header.document.type)
    return Parsed(
        document=header.document,
        text=cleaned.text,
        lines=cleaned.lines,
        tree=structure.tree,
        source=cleaned.source,
        citations=tuple(find_citations(cleaned.text, vocabulary)),
        notes=tuple(read_notes(cleaned.notes, cleaned.text, structure.tree, vocabulary)),
        findings=(
            *extracted.findings,
            *cleaned.findings,
            *header.findings,
            *structure.findings,
        ),
        unparsed=structure.unparsed,
        quotable=extracted.quotable,
    )
