"""Where a mention stands: which place "Điều này" is, and whose "Luật này" inside a quotation.

A paper that amends another quotes that one's new words between marks (Luật 64/2025/QH15, Nghị định
78/2025/NĐ-CP): there "Luật này" and "khoản 1 Điều này" are the amended paper's, not its own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kb.citations import Citation, Pinpoint, Resolution
from kb.structure import Level, Node, walk_with_path

_LEVELS = (
    (Level.ARTICLE, "article", "art"),
    (Level.CLAUSE, "clause", "cl"),
    (Level.POINT, "point", "point"),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a mention stands: ``path`` the nodes around it, outermost first, the innermost the one
    whose own words hold it; ``quote`` the outermost quotation among them."""

    path: tuple[Node, ...]

    @property
    def quote(self) -> Node | None:
        return next((node for node in self.path if node.level is Level.QUOTED), None)

    @property
    def outside(self) -> tuple[Node, ...]:
        """The nodes that hold the quotation, all of them where there is none."""
        at = next((i for i, n in enumerate(self.path) if n.level is Level.QUOTED), len(self.path))
        return self.path[:at]

    @property
    def inside(self) -> tuple[Node, ...]:
        """The nodes inside the quotation."""
        return self.path[len(self.outside) + 1 :]


class Context:
    """The tree of a text, asked by places of it."""

    def __init__(self, tree: Node, text: str) -> None:
        self.tree = tree
        self._text = text
        # Own words, in the order of the tree, are the text: one bisection finds who holds a place.
        self._nodes = [(node, path) for node, path in walk_with_path(tree) if node.own]
        self._nodes.sort(key=lambda item: item[0].own.start)
        self._starts = [node.own.start for node, _ in self._nodes]

    def at(self, offset: int) -> Standing:
        found = bisect_right(self._starts, offset) - 1
        if found < 0:
            return Standing((self.tree,))
        node, path = self._nodes[found]
        standing = Standing((*path, node))
        quote = standing.quote
        if quote is not None:
            # Words behind the closing mark are the quotation's in the tree, not in the paper.
            closing = self._text.rfind('"', quote.span.start + 1, quote.span.end)
            if quote.span.start < closing < offset:
                return Standing(standing.outside)
        return standing


Mention = tuple[Citation, Resolution]


def amended_by(standing: Standing, mentions: Sequence[Mention]) -> list[Mention]:
    """The documents that the place around a quotation names before it, innermost place first: of a
    clause that names one, those of its article are no rivals."""
    quote = standing.quote
    for node in reversed(standing.outside):
        if node.level in (Level.DOCUMENT, Level.ANNEX):
            break
        end = min(node.own.end, quote.span.start) if quote else node.own.end
        named = [m for m in mentions if node.own.start <= m[0].span.start < end]
        if named:
            return named
    return []


_AMENDS = re.compile(r"[Ss]ửa đổi|[Bb]ổ sung|[Bb]ãi bỏ|[Tt]hay thế|[Tt]hay cụm")


def amended_in(standing: Standing, mentions: Sequence[Mention], text: str) -> list[Mention]:
    """The documents that the article around a mention says it amends in its first words ("Điều 1.
    Sửa đổi, bổ sung một số điều của Luật …"): bare places below it are theirs."""
    article = next((node for node in standing.outside if node.level is Level.ARTICLE), None)
    if article is None or not article.children:
        return []
    named = [m for m in mentions if article.own.start <= m[0].span.start < article.own.end]
    if not named or not _AMENDS.search(text, article.own.start, named[0][0].span.start):
        return []
    return named


def introduced(standing: Standing, citations: Sequence[Citation]) -> Pinpoint | None:
    """The place that the words before a quotation give it to ("Sửa đổi khoản 2 Điều 5 như sau:"):
    the last one named there."""
    quote = standing.quote
    if quote is None or not standing.outside:
        return None
    start = standing.outside[-1].own.start
    named = [c for c in citations if start <= c.span.start < quote.span.start and c.pinpoints]
    return named[-1].pinpoints[-1] if named else None


def filled(pinpoint: Pinpoint, path: Sequence[Node], intro: Pinpoint | None = None) -> Pinpoint:
    """*pinpoint* with "này" read from the nodes around it, and with the levels above its innermost
    one that it leaves to them ("điểm a khoản này"). *intro* gives what the nodes of a quotation
    leave open ("Sửa đổi khoản 2 Điều 5 như sau:"). A place that is still open stays so."""
    here = {
        name: next((node.number for node in reversed(path) if node.level is level), None)
        for level, name, _ in _LEVELS
    }
    if intro is not None:
        here = {name: number or getattr(intro, name) for name, number in here.items()}
    values = {name: getattr(pinpoint, name) for _, name, _ in _LEVELS}
    order = [name for _, name, _ in _LEVELS]
    named = [name for name in order if values[name]]
    if not named or pinpoint.annex not in (None, "", "này"):
        return pinpoint
    innermost = order.index(named[-1])
    for at, name in enumerate(order[: innermost + 1]):
        # "khoản 2 này" is not written; an open level above takes the number of where it stands,
        # but a clause named without its article outside of any has none.
        if values[name] == "này" or (not values[name] and at < innermost):
            values[name] = here[name] or values[name]
    return replace(pinpoint, **values)


def place(tree: Node, under: Sequence[Node], pinpoint: Pinpoint) -> str:
    """The id of a place of this text, "" where the tree has no such one.

    An attached paper numbers its articles for itself: looked for under the annex that *under*
    (the nodes around the mention) lies in, else in the main paper.
    """
    root: Node | None = next((n for n in under if n.level is Level.ANNEX), tree)
    for level, name, _ in _LEVELS:
        number = getattr(pinpoint, name)
        if number in (None, ""):
            continue
        assert root is not None
        hits = [n for n in _own(root) if n.level is level and n.number.lower() == number.lower()]
        # Clauses of other articles are reached only through their own.
        if len(hits) != 1:
            return ""
        root = hits[0]
    return root.id if root is not None and root.level in {level for level, _, _ in _LEVELS} else ""


def _own(root: Node) -> Iterator[Node]:
    """Nodes below *root*, without what it quotes and without attached papers."""
    for child in root.children:
        if child.level not in (Level.QUOTED, Level.ANNEX):
            yield child
            yield from _own(child)
