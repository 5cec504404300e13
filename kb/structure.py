"""The tree of provisions: levels, nodes, ids, and how to walk and find.

Ids are Akoma Ntoso-like paths that begin at the article, because articles are numbered through a
whole law: ``art_5__cl_2__point_dd``. A regulation issued with a decision has its own Điều 1 and is
prefixed: ``att_1__art_1``. Items of plans and directives have paths of their own:
``II.1.g1.c2`` is the second plus (``c``, dấu cộng) of the first dash (``g``, gạch đầu dòng) of
item 1 of part II; ``I.h1`` a heading without a number. What is quoted is numbered under its holder:
``art_1__cl_1__q1__art_5__cl_1`` is clause 1 of an Article 5 in that clause's first quotation. Ids
keep đ apart from d (``dd`` / ``d``) and are never folded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from kb.text import Span


class Level(StrEnum):
    """What a node is; the Vietnamese word beside each member is what the paper calls it."""

    DOCUMENT = "document"  # văn bản
    PART = "part"  # phần
    CHAPTER = "chapter"  # chương
    SECTION = "section"  # mục
    SUBSECTION = "subsection"  # tiểu mục
    ARTICLE = "article"  # điều
    CLAUSE = "clause"  # khoản
    POINT = "point"  # điểm
    ITEM = "item"  # mục I., 1., a) của kế hoạch, chỉ thị
    DASH = "dash"  # gạch đầu dòng
    PLUS = "plus"  # dấu cộng
    ANNEX = "annex"  # phụ lục, quy chế, kế hoạch kèm theo
    QUOTED = "quoted"  # đoạn được sửa đổi, đặt trong ngoặc kép
    PARAGRAPH = "paragraph"  # đoạn không đánh số


@dataclass(frozen=True, slots=True)
class Node:
    """One provision.

    ``span`` covers the node with all its children, ``own`` its own words only (marker included, up
    to the first child), both in code points of the document's cleaned text. ``marker`` is as
    printed ("Điều 5.", "a)", "-"); ``number`` the bare label ("5", "42a", "đ", "II"); ``heading``
    the title of an article or chapter, without the marker, "" where it has none.
    """

    id: str
    level: Level
    marker: str
    number: str
    heading: str
    span: Span
    own: Span
    children: tuple[Node, ...] = field(default=())


_QUOTATION = re.compile(r"(?:__|\.)q\d+(?:-\d+)?(?:__|$)")


def is_quoted(provision_id: str) -> bool:
    """Does this place lie in a quotation, so that its words are another document's?

    >>> is_quoted("art_1__cl_1__q1__art_5"), is_quoted("art_5__cl_1")
    (True, False)
    """
    return _QUOTATION.search(provision_id) is not None


# What a place is called when it is spoken of; the label follows.
_SPOKEN = {
    Level.ARTICLE: "Điều",
    Level.CLAUSE: "khoản",
    Level.POINT: "điểm",
    Level.ITEM: "mục",
    Level.DASH: "gạch đầu dòng",
    Level.PLUS: "dấu cộng",
    Level.PARAGRAPH: "đoạn",
    Level.QUOTED: "đoạn trong ngoặc kép",
}


def path_to(root: Node, provision: str) -> tuple[Node, ...]:
    """A place by its id with what stands above it, outermost first; () where there is none."""
    return next(((*up, node) for node, up in walk_with_path(root) if node.id == provision), ())


def spoken(node: Node) -> str:
    """What one place is called: "Điều 5", "khoản 2", "Chương III", "gạch đầu dòng 3"."""
    word = _SPOKEN.get(node.level)
    if word is None or (node.level is Level.ITEM and not node.number and node.heading):
        return node.marker.strip(" .:") or node.heading
    last = node.id.rpartition(".")[2]
    if last.endswith("closing"):
        return "đoạn kết"
    label = node.number or last.lstrip("gcp")
    return f"{word} {label}".strip()


def path_words(path: Iterable[Node]) -> str:
    """A place with what stands above it: "Chương III › Điều 27 › khoản 2"."""
    words = (spoken(node) for node in path if node.level is not Level.DOCUMENT)
    return " › ".join(word for word in words if word)


def walk(node: Node) -> Iterator[Node]:
    """The node, then everything below it, in the order of the text."""
    yield node
    for child in node.children:
        yield from walk(child)


def walk_with_path(
    node: Node, path: tuple[Node, ...] = ()
) -> Iterator[tuple[Node, tuple[Node, ...]]]:
    """Each node with its ancestors, outermost first."""
    yield node, path
    for child in node.children:
        yield from walk_with_path(child, (*path, node))


def find(root: Node, provision_id: str) -> Node | None:
    """The node with that id, or None."""
    return next((node for node in walk(root) if node.id == provision_id), None)
