"""Real papers, where they are at hand: text → tree → text, and every mention back to its source."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest import Extracted, Parsed, RawFile
from ingest.catalogue import load_vocabulary
from ingest.extract import extract
from ingest.parse import parse
from ingest.pipeline import CORPUS
from kb.errors import UnreadableFile
from kb.sources import Source, SourceLine, printed
from kb.structure import Node, walk
from kb.text import Span, match_text

SHARED = CORPUS.parents[1] / "shared/data/documents"
VOCABULARY = load_vocabulary(CORPUS)
# One folder for each way in; scans are read elsewhere, they take minutes.
FILES = sorted(
    path
    for pattern in ("text/*", "nd30_2020/*", "plans/*.docx", "vbpl_pages/*")
    for path in SHARED.glob(pattern)
    if path.is_file()
)
INVENTED = sorted((Path(__file__).parents[1] / "golden").glob("*.txt"))


def read(path: Path) -> tuple[Extracted, Parsed]:
    try:
        extracted = extract(RawFile(path.read_bytes(), path.name))
    except UnreadableFile as error:
        pytest.skip(f"không đọc được: {error}")
    return extracted, parse(extracted, VOCABULARY)


def source_of(extracted: Extracted, parsed: Parsed) -> Source:
    lines = tuple(
        SourceLine(x.offset, x.offset + len(x.text), x.page, x.box, x.cell, x.confidence, x.reach)
        for x in extracted.lines
    )
    return Source("", extracted.text, lines, parsed.source)


@pytest.mark.parametrize("path", [*INVENTED, *FILES], ids=lambda path: path.name)
def test_text_to_tree_and_back(path: Path) -> None:
    extracted, parsed = read(path)
    assert "".join(node.own.of(parsed.text) for node in walk(parsed.tree)) == parsed.text
    shown = printed(parsed.text, extracted.text, parsed.source)
    assert len(shown) == len(parsed.text)
    source = source_of(extracted, parsed)
    for citation in parsed.citations:
        assert again(source, citation.span) == bare(citation.span.of(parsed.text))
    for node in finest(parsed.tree):
        assert again(source, node.own) == bare(node.own.of(parsed.text)), node.id


def test_there_are_papers() -> None:
    assert INVENTED
    if not FILES:
        pytest.skip(f"không có tài liệu thử ở {SHARED}")


def finest(tree: Node) -> list[Node]:
    return [node for node in walk(tree) if node.own]


def again(source: Source, span: Span) -> str:
    """What the lines of a span read as, each for itself: spaces only join them."""
    read = [match_text(place.words(source.text)).text for place in source.places(span)]
    return bare("".join(read))


def bare(text: str) -> str:
    return "".join(text.split())
