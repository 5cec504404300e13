"""Explicit links from what an item cites; inherited ones from above it and from the grounds.

An item that names a document stands on it. What an item names is handed up to its heading's other
items ("the section's documents") only through the item directly above them: II.1 with four
documents under its first dash hands them to the items of II.1 that name none themselves. The
grounds clause of the preamble is handed to every item.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kb.links import Link, Origin
from kb.plans import Plan, PlanItem
from kb.store import StoredCitation
from kb.text import Span

GROUNDS = "can-cu"


def explicit(plan: Plan, citations: Sequence[StoredCitation]) -> list[Link]:
    """One link per document, or place in one, an item cites; a work named inside the title of
    another citation's document is cited too (QĐ 753 names Chỉ thị 39 it carries out)."""
    return [
        link
        for item in plan.items
        for link in _links(item.id, Origin.EXPLICIT, _within(item.span, citations))
    ]


def grounds(plan: Plan, citations: Sequence[StoredCitation]) -> list[Link]:
    """What the preamble's "Căn cứ …" lines hand to every item of the plan."""
    cited = [c for ground in plan.grounds for c in _within(ground.span, citations)]
    return [
        link
        for item in plan.items
        for link in _links(item.id, Origin.INHERITED, cited, via=GROUNDS)
    ]


def inherited(plan: Plan, found: Sequence[Link]) -> list[Link]:
    """What each item takes over, nearest first: from items above it, and from its section.

    A section's documents are those its own items name explicitly. They reach the items of that
    section which do not name them, with ``via`` the section; the headings above a naming item
    have them from it, with ``via`` that item.
    """
    parents = {item.id: item.parent for item in plan.items}
    children: dict[str, set[str]] = {}
    for item in plan.items:
        for above in _ancestors(item.id, parents):
            children.setdefault(above, set()).add(item.id)
    out: list[Link] = []
    taken = {(link.item, _what(link)) for link in found}
    for item in plan.items:
        for link in _reaching(item, found, parents, children):
            what = (item.id, _what(link))
            if what not in taken:
                taken.add(what)
                named_above = link.item in _ancestors(item.id, parents)
                named_below = link.item in children.get(item.id, ())
                near = named_above or named_below
                via = link.item if near else _section(link.item, parents)
                out.append(replace(link, item=item.id, origin=Origin.INHERITED, via=via))
    return out


def derive(plan: Plan, citations: Sequence[StoredCitation]) -> list[Link]:
    """All links of a plan, in the order of its items: explicit, from the section, from the
    grounds."""
    named = explicit(plan, citations)
    everything = [*named, *inherited(plan, named), *grounds(plan, citations)]
    order = {item.id: position for position, item in enumerate(plan.items)}
    return sorted(everything, key=lambda link: order[link.item])


def _reaching(
    item: PlanItem,
    found: Sequence[Link],
    parents: dict[str, str | None],
    children: dict[str, set[str]],
) -> Iterable[Link]:
    section = _section(item.id, parents)
    inside = children.get(section, set()) | {section}
    return (link for link in found if link.item in inside and link.item != item.id)


def _section(item: str, parents: dict[str, str | None]) -> str:
    """The numbered heading an item belongs to: the second level ("II.1"), else the top one."""
    path = [item, *_ancestors(item, parents)]
    return path[-2] if len(path) >= 2 else path[-1]


def _ancestors(item: str, parents: dict[str, str | None]) -> list[str]:
    out: list[str] = []
    above = parents.get(item)
    while above is not None:
        out.append(above)
        above = parents.get(above)
    return out


def _within(span: Span, citations: Iterable[StoredCitation]) -> list[StoredCitation]:
    return [c for c in citations if span.start <= c.start and c.end <= span.end
            and c.kind != "internal"]  # fmt: skip


def _links(
    item: str, origin: Origin, cited: Iterable[StoredCitation], via: str = ""
) -> Iterable[Link]:
    seen: set[tuple[str, str]] = set()
    for c in cited:
        link = Link(item, origin, c.target, c.number or c.text, c.text, via=via,
                    correction=c.correction, reason=c.reason,
                    provision=c.target_provision if c.target else "")  # fmt: skip
        if _what(link) not in seen:
            seen.add(_what(link))
            yield link


def _what(link: Link) -> tuple[str, str]:
    return link.target or link.number, link.provision
