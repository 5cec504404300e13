"""A place of a document in what was typed: "khoản 2 điều 14", "d5 k2", "điểm a khoản 1 Điều 3"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.citations import Pinpoint
from kb.citations.places import provision_id
from kb.structure import Level, Node, is_quoted, spoken, walk, walk_with_path
from kb.text import Span, flat, has_marks, nfc

# A letter of a point; its đ only where it was typed, else both are meant.
_PLACE = re.compile(
    r"(?<!\w)(?:"
    r"(?P<article>dieu\s*(?:thu\s+|so\s+)?|d\.?\s?)(?P<article_label>\d{1,3}[a-z]?)"
    r"|(?P<clause>khoan\s*(?:thu\s+|so\s+)?|k\.?\s?)(?P<clause_label>\d{1,3}[a-z]?)"
    r"|(?P<point>diem\s+)(?P<point_label>[a-z]{1,2}\d{0,2})"
    r"|(?P<chapter>chuong\s+)(?P<chapter_label>[ivxlc]{1,7}|\d{1,2})"
    r"|(?P<item>muc\s+)(?P<item_label>[ivx]{1,5}(?:\.\d{1,2}){0,3})"
    r"|(?P<annex>phu\s+luc\s+)(?P<annex_label>[ivxlc]{1,7}|\d{1,2})"
    r")(?!\w)(?:\s*[,.;]?\s*(?:cua\b|trong\b|thuoc\b|tai\b))?"
)
_GAP = re.compile(r"[\s,.;-]*")


@dataclass(frozen=True, slots=True)
class PlaceAsked:
    """``pinpoints`` are the places the words may mean: two where a point was typed ``d`` for what
    may be đ; ``item`` the id of an item of a plan ("II.1"). ``spans`` are where they stand,
    ``words`` say the place. Without a document beside it it means none."""

    words: str
    pinpoints: tuple[Pinpoint, ...]
    item: str
    spans: tuple[Span, ...]


def place_asked(typed: str) -> PlaceAsked | None:
    """The place *typed* (match text) names, or None. Of two of one kind the first counts."""
    folded = flat(typed)
    parts: dict[str, str] = {}
    spans: list[Span] = []
    unmarked = True
    for found in _PLACE.finditer(folded):
        kind = next(name for name in _KINDS if found[name] is not None)
        if kind in parts or (
            spans and not _near(folded, spans[-1].end, found.start(), parts, kind)
        ):
            continue
        label = found.span(f"{kind}_label")
        parts[kind] = nfc(typed[label[0] : label[1]]).lower()
        if kind == "point":
            unmarked = not has_marks(typed[found.start() : found.end()])
        spans.append(Span(found.start(), found.end()))
    if not {"article", *_UPPER} & parts.keys():
        return None
    labels = [parts.get("point")]
    if parts.get("point") == "d" and unmarked:
        labels.append("đ")
    pinpoints = tuple(
        Pinpoint(
            article=parts.get("article"), clause=parts.get("clause"), point=label,
            chapter=parts["chapter"].upper() if "chapter" in parts else None,
            annex=parts["annex"].upper() if "annex" in parts else None,
        )
        for label in labels
    )  # fmt: skip
    item = "" if "article" in parts else parts.get("item", "").upper()
    return PlaceAsked(_spoken(parts), pinpoints, item, tuple(spans))


def without_places(typed: str) -> str:
    """*typed*, as long as it was, with the place it names struck out: the figure of "điều 3 tt
    03/2018" is the article's and no number's. What goes on as a number does ("d 30/2020") is left.
    """
    asked = place_asked(typed)
    for span in asked.spans if asked else ():
        if typed[span.end : span.end + 1] not in ("/", "-"):
            typed = typed[: span.start] + ";" * len(span) + typed[span.end :]
    return typed


_KINDS = {"point": "điểm", "clause": "khoản", "article": "Điều", "chapter": "Chương",
          "item": "mục", "annex": "Phụ lục"}  # fmt: skip
_UPPER = {"chapter", "item", "annex"}


def _spoken(parts: dict[str, str]) -> str:
    return " ".join(
        f"{word} {parts[kind].upper() if kind in _UPPER else parts[kind]}"
        for kind, word in _KINDS.items()
        if kind in parts
    )


def _near(text: str, end: int, start: int, parts: dict[str, str], kind: str) -> bool:
    """Parts of one place stand together; a chapter or annex may stand anywhere."""
    return kind in _UPPER or _GAP.fullmatch(text, end, start) is not None or "article" not in parts


def found_places(tree: Node, asked: PlaceAsked) -> list[tuple[Node, tuple[Node, ...]]]:
    """The nodes meant, each with its path: of the text itself, then of what is issued with it."""
    ids = [name for pinpoint in asked.pinpoints if (name := provision_id(pinpoint))]
    ids += [asked.item] if asked.item else []
    places = [(node, path) for node, path in walk_with_path(tree) if not is_quoted(node.id)]
    own = [(node, path) for node, path in places if node.id in ids]
    return own or [
        (node, path)
        for node, path in places
        if node.id.startswith("att_") and any(node.id.endswith("__" + name) for name in ids)
    ]


def instead(node: Node, asked: PlaceAsked) -> str:
    """What *node*, the whole text or the nearest place above one that is not there, has of the
    kind that was asked in it: "Điều 14 có 5 khoản, đến khoản 5"; "" where no such thing was."""
    said = asked.pinpoints[0]
    within = node.children
    if node.level is Level.DOCUMENT:
        level, name, wanted, within = Level.ARTICLE, "Điều", said.article, tuple(walk(node))
    elif node.level is Level.ARTICLE and said.clause is not None:
        level, name, wanted = Level.CLAUSE, "khoản", said.clause
    else:
        level, name, wanted = Level.POINT, "điểm", said.point
    if wanted is None:
        return ""
    holder = "ở đó" if node.level is Level.DOCUMENT else spoken(node)
    labels = [
        one.number
        for one in within
        if one.level is level and not is_quoted(one.id) and not one.id.startswith("att_")
    ]
    if not labels:
        return f"{holder} không chia {name.lower()}"
    return f"{holder} có {len(labels)} {name.lower()}, đến {name} {labels[-1]}"


def nearest_above(tree: Node, asked: PlaceAsked) -> tuple[Node, tuple[Node, ...]] | None:
    """Where the place is not there: the nearest above it that is, with its path."""
    for pinpoint in asked.pinpoints:
        for less in (
            Pinpoint(article=pinpoint.article, clause=pinpoint.clause),
            Pinpoint(article=pinpoint.article),
        ):
            name = provision_id(less)
            for node, path in walk_with_path(tree):
                if name and node.id == name:
                    return node, path
    return None
