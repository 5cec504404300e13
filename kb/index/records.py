"""What of a library can be found: one list of records for each document.

The facts of a document (number, title, issuer, other names) are one record; a normative text gives
one for each article, and one for each stretch of text outside articles; a plan or directive one
for each item; a digest one for each statement. An article is the unit of search because its
clauses speak in its heading's words; the page and the snippet go on to the clause.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from kb.index import Record
from kb.store import Listed
from kb.store.library import Library
from kb.structure import Level, Node, walk_with_path
from kb.text import Span, slug

_GROUPS = {Level.PART, Level.CHAPTER, Level.SECTION, Level.SUBSECTION, Level.ANNEX, Level.DOCUMENT}
_ITEMS = {Level.ITEM, Level.DASH, Level.PLUS}


def records(
    library: Library, key: str, in_full: Callable[[str], str] = lambda text: text
) -> list[Record]:
    """Every record of a document, ids unique; *in_full* adds to a text the full words of what it
    writes in short (``kb.index.short``)."""
    listed = library.listed(key)
    document = listed.document
    title = " ".join(part for part in (document.type, document.number, document.title) if part)
    out = [_facts(listed, title)]
    tree = library.tree(key)
    if tree is not None:
        text = library.text(key)
        for node, path, span in units(tree):
            words = span.of(text).strip()
            if words:
                kind = "item" if node.level in _ITEMS else "provision"
                above = " ".join(above.heading for above in path if above.heading)
                out.append(
                    Record(
                        f"{key}#{node.id}", key, node.id, kind, title, node.heading, words,
                        path=above, tags=_of_article(node),
                    )
                )  # fmt: skip
    for position, digest in enumerate(library.digests(key), 1):
        words = " ".join(part for part in (digest.text, digest.responsible) if part)
        name = digest_id(position)
        kind = "unknown" if digest.kind == "unknown" else "digest"
        out.append(Record(f"{key}#{name}", key, name, kind, title, digest.where, words))
    year, tags = _year(listed), tags_of(listed)
    return [
        replace(record, tags=(*tags, *record.tags), year=year, text=in_full(record.text))
        for record in out
    ]


def tags_of(listed: Listed) -> tuple[str, ...]:
    """What every record of a document is tagged with: ``loai=luat``, ``coquan=quoc-hoi``,
    ``nam=2010``, each where it is known."""
    issuer = slug(listed.document.issuer)
    facts = (("loai", listed.type_slug), ("coquan", issuer), ("nam", _year(listed)))
    return tuple(f"{name}={value}" for name, value in facts if value)


def _year(listed: Listed) -> int:
    return int(listed.document.issued[:4]) if listed.document.issued else 0


def _of_article(node: Node) -> tuple[str, ...]:
    return (f"dieu={node.number.lower()}",) if node.level is Level.ARTICLE and node.number else ()


def digest_id(position: int) -> str:
    """The anchor of a document's digest statement, counted from 1."""
    return f"tomluoc-{position}"


def digest_position(anchor: str) -> int:
    """The inverse of ``digest_id``."""
    return int(anchor.rpartition("-")[2])


def units(tree: Node) -> Iterator[tuple[Node, tuple[Node, ...], Span]]:
    """The provisions that are found as one, each with what stands above it and its text's span.

    An article is taken whole; of any other node only its own words. What stands before the first
    provision (letterhead, grounds) belongs to the facts and is not a unit.
    """
    inside: Span | None = None
    for node, path in walk_with_path(tree):
        if inside is not None and node.span.end <= inside.end:
            continue
        if node.level is Level.ARTICLE:
            inside = node.span
            yield node, path, node.span
        elif path and (node.level not in _GROUPS or len(node.own) > len(node.marker)):
            yield node, path, node.own


def _facts(listed: Listed, title: str) -> Record:
    document, entry = listed.document, listed.entry
    known = (document.issuer, document.signer, document.place, *entry.aliases, *entry.tags)
    return Record(
        id=document.key,
        key=document.key,
        provision="",
        kind="facts",
        title=title,
        heading=document.title,
        text="\n".join(part for part in (title, *known) if part),
        number=document.number,
    )
