"""Law to plan: what the texts of the library oblige a school to, beside the items of a plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from ingest.parse.plan import parse_plan
from kb.documents import display_date
from kb.errors import CanCuError
from kb.obligations import duties
from kb.plans import PlanItem, item_name
from kb.statuses import Statuses
from kb.structure import Level, Node, path_words, walk_with_path
from kb.text import Span
from kb.validity import HOLDING, State
from web.opened import Opened

Json = dict[str, Any]
# An item may answer a duty where they share this many pairs of neighbouring words, and this share
# of the duty's. Not measured: it only puts the item beside the duty for a person to look at.
_PAIRS, _SHARE = 4, 0.35


def duties_json(kb: Opened, key: str, day: date) -> Json:
    """Every duty with its place, status, since when, and the items that speak of nearly the same.

    Only documents in force on *day* or of unknown status, with full text; ``without_text`` numbers
    those the plan stands on whose text is not here.
    """
    library = kb.library
    listed = library.listed(key)
    tree = library.tree(key)
    if tree is None:
        raise CanCuError(
            "Kho chưa có toàn văn của kế hoạch này.",
            "Nhờ người quản trị nạp tệp (lệnh: kb ingest TỆP).",
        )
    items = parse_plan(listed.document, library.printed(key), tree).items
    laws = library.documents("full")
    known = Statuses(library, [one.document.key for one in laws])
    found: list[Json] = []
    for law in laws:
        status = known.on(law.document.key, day)
        if status.state in HOLDING or status.state is State.UNKNOWN:
            facts = {
                "number": law.document.number or law.document.title,
                "status": status.words,
                "since": known.since(law.document.key),
            }
            found += [facts | one for one in _of(kb, law.document.key, law.document.title, items)]
    lacking = {link.number for link in library.links(key)
               if not link.target or library.tree(link.target) is None}  # fmt: skip
    return {
        "plan": listed.document.number,
        "on": day.isoformat(),
        "texts": len(laws),
        "duties": found,
        "without_text": sorted(lacking),
    }


def kept(told: Json, answered: bool | None) -> list[Json]:
    """The duties with an item near them (True), those without (False), or all (None)."""
    return [one for one in told["duties"] if answered is None or bool(one["items"]) is answered]


def lines(told: Json, answered: bool | None) -> list[str]:
    """The duties in words, as ``kept``."""
    some = kept(told, answered)
    out = [f"{len(some)} câu giao việc cho nhà trường, trong {told['texts']} văn bản có toàn văn."]
    for one in some:
        since = f", từ {display_date(one['since'])}" if one["since"] else ""
        out += ["", f"{one['number']}, {one['path']} ({one['status']}{since})", f"  {one['text']}"]
        near = "; ".join(item_name(id) for id in one["items"])
        out.append(
            f"  Mục nói gần giống (người xem lại): {near}" if near else "  Chưa thấy mục nào."
        )
    if told["without_text"]:
        out += ["", "Kho chưa có toàn văn, nên chưa xét (tải bằng kb fetch, hoặc kb ingest TỆP): "
                + "; ".join(told["without_text"])]  # fmt: skip
    return out


def _of(kb: Opened, key: str, title: str, items: Sequence[PlanItem]) -> list[Json]:
    tree, text = kb.library.tree(key), kb.library.printed(key)
    out: list[Json] = []
    for node, path in walk_with_path(tree) if tree else ():
        if node.level is not Level.ARTICLE or any(one.level is Level.QUOTED for one in path):
            continue
        start = _after_heading(node, text)
        for duty in duties(text[start : node.span.end], node.heading, title):
            span = Span(start + duty.span.start, start + duty.span.end)
            words = " ".join(span.of(text).split())
            place = _finest(node, path, span)
            out.append(
                {"path": path_words(place), "url": f"/vb/{key}#{place[-1].id}", "text": words,
                 "above": duty.above, "items": _near(words, items)}
            )  # fmt: skip
    return out


def _after_heading(article: Node, text: str) -> int:
    """Where an article's own words begin, behind its marker and heading."""
    line = text.find("\n", article.span.start, article.span.end)
    return line + 1 if line >= 0 and article.heading else article.span.start + len(article.marker)


def _finest(article: Node, path: tuple[Node, ...], span: Span) -> tuple[Node, ...]:
    place = (*path, article)
    while inner := [c for c in place[-1].children
                    if c.span.start <= span.start and span.end <= c.span.end]:  # fmt: skip
        place = (*place, inner[0])
    return place


def _near(words: str, items: Sequence[PlanItem]) -> list[str]:
    wanted = _pairs(words)
    shared = {item.id: len(wanted & _pairs(item.text)) for item in items}
    least = max(_PAIRS, _SHARE * len(wanted))
    return [item for item, count in shared.items() if count >= least]


def _pairs(text: str) -> set[tuple[str, str]]:
    words = [word.strip('.,;:()“”"').lower() for word in text.split()]
    return set(pairwise(words))
