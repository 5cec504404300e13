"""A provision where it stands in its file: its lines marked on a picture of the page, or the
number of its lines where the file has no pages."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, abort, render_template, request, send_file

from kb.confirmations import BADGES
from kb.errors import NotFound, UnreadableFile
from kb.sources import Place, pages_of
from kb.structure import Node, find, path_words, walk_with_path
from web import opened, words
from web.api import url_of
from web.pictures import DPI, LARGE, Picture, picture

pages = Blueprint("paper", __name__)

HEAD = "dau"  # the letterhead and grounds, whose node has no id
_DENSITY = {"": DPI, "lon": LARGE}
_MARGIN = 2.0  # points around a marked line


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked line on a page, in points from its top left corner."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Words:
    """A line of the file and the words of the provision on it."""

    line: int
    text: str


@pages.get("/vb/<path:key>/anh/<provision>")
def paper(key: str, provision: str) -> str:
    kb = opened()
    library = kb.library
    if not library.has(key):
        raise NotFound(f"Không có văn bản ở địa chỉ {key}.", "Tìm theo số hiệu ở ô tìm kiếm.")
    listed = library.listed(key)
    tree, vouched = library.tree(key), kb.vouched(key)
    node = (tree if provision == HEAD else find(tree, provision)) if tree else None
    if tree is None or node is None or vouched is None:
        name = words.name(listed.document)
        raise NotFound(f"{name} không có chỗ nào mang mã {provision}.", "Xem mục lục văn bản.")
    source, quotability = vouched
    span = node.own if node is tree else node.span
    places = source.places(span)
    found = list(pages_of(places))
    page = request.args.get("trang", 0, type=int)
    page = page if page in found else next(iter(found), 0)
    large = request.args.get("co", "") == "lon"
    shown = [place for place in places if not found or place.page == page]
    drawn, why = None, None
    if any(place.box for place in shown):
        try:
            drawn = picture(kb.settings, source.sha256, page, DPI)
        except (UnreadableFile, NotFound) as error:
            why = error
    at = found.index(page) if found else 0
    return render_template(
        "reader/paper.html",
        listed=listed,
        url=url_of(listed),
        provision=provision,
        place=_spoken(tree, node),
        file=library.file(source.sha256),
        page=page,
        pages=found,
        before=found[at - 1] if at else 0,
        after=found[at + 1] if at + 1 < len(found) else 0,
        large=large,
        drawn=drawn,
        why=why,
        marks=_marks(shown, drawn) if drawn else [],
        lines=[Words(place.line, place.words(source.text)) for place in shown],
        badge=BADGES[quotability.state(places)],
    )


@pages.get("/trang/<sha256>/<int:page>.png")
def image(sha256: str, page: int) -> Response:
    dpi = _DENSITY.get(request.args.get("co", ""))
    if dpi is None:
        abort(404)
    drawn = picture(opened().settings, sha256, page, dpi)
    # The hash names the bytes it is drawn from: it never changes.
    return send_file(drawn.path.resolve(), mimetype="image/png", max_age=86_400)


def _spoken(tree: Node, node: Node) -> str:
    if node is tree:
        return "Phần đầu"
    path = next(path for found, path in walk_with_path(tree) if found is node)
    return path_words((*path, node))


def _marks(places: list[Place], drawn: Picture) -> list[Mark]:
    """The boxes with a small margin, inside the page."""
    out = []
    for place in places:
        if place.box:
            left, top = (max(0.0, side - _MARGIN) for side in place.box[:2])
            right = min(drawn.width, place.box[2] + _MARGIN)
            bottom = min(drawn.height, place.box[3] + _MARGIN)
            if right > left and bottom > top:
                mark = (left, top, right - left, bottom - top)
                out.append(Mark(*(round(side, 1) for side in mark)))
    return out
