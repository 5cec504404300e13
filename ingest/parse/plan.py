"""A plan's items and its stated grounds, from its tree."""

from __future__ import annotations

from ingest.parse import markers, zones
from ingest.parse.charges import charged
from ingest.parse.task_tables import with_tables
from kb.documents import Document
from kb.plans import Ground, Plan, PlanItem
from kb.sources import Source
from kb.structure import Level, Node, walk_with_path
from kb.text import Span, match_text

# "Thực hiện Kế hoạch số …" is how a department states its ground.
_OPENS = ("căn cứ", "thực hiện")
# Own words of these are not what the plan sets out to do.
_NOT_ITEMS = (Level.DOCUMENT, Level.ANNEX, Level.QUOTED)


def parse_plan(document: Document, text: str, tree: Node, source: Source | None = None) -> Plan:
    """Items in the order of the text, headings included; grounds are the "Căn cứ" and "Thực hiện"
    lines of the
    preamble. Spans are code points of *text*, the cleaned text *tree* was made from or the same
    as printed. Rows of tables of tasks are items where *source* tells the cells."""
    items = []
    for node, path in walk_with_path(tree):
        if node.level in _NOT_ITEMS or node.id.endswith("closing") or node.id == "footnotes":
            continue
        parent = next((up.id for up in reversed(path) if up.level not in _NOT_ITEMS), None)
        items.append(PlanItem(node.id, parent, node.marker, _words(text, node), _trim(text, node)))
    if source is not None:
        items = with_tables(text, source, items)
    return Plan(document, text, tuple(_grounds(text, tree)), tuple(charged(items)))


def _trim(text: str, node: Node) -> Span:
    """The node's own words without the blank rows below them."""
    words = node.own.of(text)
    return Span(node.own.start, node.own.start + len(words.rstrip()))


def _words(text: str, node: Node) -> str:
    words = " ".join(node.own.of(text).split())
    marker = " ".join(node.marker.split())
    # A printed text has the paper's own dash where the marker has the one of match text.
    marked = match_text(words[: len(marker)]).text == marker
    return words[len(marker) :].strip() if marked else words


def _grounds(text: str, tree: Node) -> list[Ground]:
    preamble = markers.rows(tree.own.of(text))
    found = []
    for first, last in zones.grounds(preamble, len(preamble)):
        if not preamble[first].text.lstrip("-+*• ").lower().startswith(_OPENS):
            continue
        span = Span(preamble[first].start, preamble[last].end).shift(tree.own.start)
        words = " ".join(span.of(text).split()).lstrip("-+*• ")
        found.append(Ground(words.rstrip(";.: "), span))
    return found
