"""A document of an answer: its best provisions, each down to the clause that answers, or a place
of it that was asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kb.index import Hit, Query
from kb.index.highlight import WIDTH, marks, snippet
from kb.index.known import Known
from kb.index.places import PlaceAsked, found_places, nearest_above, place_asked
from kb.index.query import cut_out
from kb.index.records import digest_id, digest_position
from kb.results import Group, ProvisionHit, Snippet
from kb.store import Listed
from kb.store.library import Library
from kb.structure import Level, Node, path_words, walk_with_path
from kb.text import accented_key, fold
from kb.understanding import Understood

PROVISIONS = 3  # best provisions shown of each document
_LOOKED_AT = 9  # of those found
_FINER = {Level.CLAUSE, Level.POINT}


def url_of(listed: Listed) -> str:
    """The address of a document's own page."""
    return f"/{'ke-hoach' if listed.kind == 'plan' else 'vb'}/{listed.document.key}"


def group_of(
    library: Library,
    known: Known,
    key: str,
    hits: Sequence[Hit],
    query: Query,
    asked: Understood,
) -> Group:
    listed = known.documents.get(key) or library.listed(key)
    url = url_of(listed)
    score = hits[0].score if hits else 0.0
    if key in asked.keys and asked.place is not None:
        placed, why = at_place(library, listed, url, asked.place)
        return Group(listed, url, tuple(placed), score, exact=True, why=why)
    text, tree = library.printed(key), library.tree(key)
    places = {node.id: (node, path) for node, path in walk_with_path(tree)} if tree else {}
    digests = library.digests(key)
    shown: dict[str, ProvisionHit] = {}
    for hit in [hit for hit in hits if hit.kind != "facts"][:_LOOKED_AT]:
        if len(shown) >= PROVISIONS:
            break
        if hit.kind in ("digest", "unknown"):
            digest = digests[digest_position(hit.provision) - 1]
            node, above = _digested(tree, digest.where) or (None, ())
            if hit.kind == "digest" and node is not None:
                # The law's own words, which may be quoted, stand before ours.
                node, above = _finer(node, above, text, query)
                found = _provision(node, above, node.span.of(text), query, url)
                shown.setdefault(node.id, replace(found, score=hit.score))
            made = ProvisionHit(
                hit.provision, digest.where, hit.kind, snippet(digest.text, query),
                f"{url}#{hit.provision}", hit.score, hit.provision,
            )  # fmt: skip
        else:
            place, above = places[hit.provision]
            whole = place.span if place.level is Level.ARTICLE else place.own
            node, above = _finer(place, above, text, query)
            words = (whole if node is place else node.span).of(text)
            made = _provision(node, above, words, query, url)
            made = replace(made, score=hit.score, record=hit.provision)
            if not made.snippet.marks:  # found by the document's title alone, which is shown anyway
                continue
        shown[made.provision] = made
    best = tuple(shown.values())[:PROVISIONS]
    return Group(listed, url, best, score, exact=key in asked.keys)


def _provision(
    node: Node, above: tuple[Node, ...], words: str, query: Query, url: str
) -> ProvisionHit:
    """*node* as a hit that no score belongs to."""
    return ProvisionHit(
        node.id, path_words((*above, node)), "provision", snippet(words, query),
        f"{url}#{node.id}", 0.0,
    )  # fmt: skip


def _digested(tree: Node | None, where: str) -> tuple[Node, tuple[Node, ...]] | None:
    """The provision that the place of a digest statement names and nothing beside it, where the
    text is here and has it once: "Điều 5, khoản 2", not "Điều 6 đến Điều 8"."""
    place = place_asked(where) if tree is not None else None
    if tree is None or place is None or cut_out(where, place.spans).strip(" ,.;"):
        return None
    found = found_places(tree, place)
    return found[0] if len(found) == 1 else None


def _finer(
    node: Node, above: tuple[Node, ...], text: str, query: Query
) -> tuple[Node, tuple[Node, ...]]:
    """The first clause or point of an article that has every word the article answers with."""
    wanted = _distinct(node.span.of(text), query)
    finest, path = node, above
    while True:
        inner = (child for child in finest.children if child.level in _FINER)
        child = next((c for c in inner if _distinct(c.span.of(text), query) >= wanted), None)
        if child is None or not wanted:
            return finest, path
        finest, path = child, (*path, finest)


def _distinct(text: str, query: Query) -> set[str]:
    return {
        fold(word) for mark in marks(text, query) for word in accented_key(mark.of(text)).split()
    }


# --- a place that was asked ----------------------------------------------------------------------


def at_place(
    library: Library, listed: Listed, url: str, place: PlaceAsked
) -> tuple[list[ProvisionHit], str]:
    key = listed.document.key
    tree = library.tree(key)
    if tree is None:
        digests = [
            ProvisionHit(name, digest.where, "digest", Snippet(digest.text), f"{url}#{name}", 0.0)
            for position, digest in enumerate(library.digests(key), 1)
            if _same_place(digest.where, place.words)
            for name in (digest_id(position),)
        ]
        said = "chỉ có tóm lược" if digests else "không xem được"
        return digests, f"chưa có toàn văn trong kho: {said} {place.words}"
    text = library.printed(key)
    hits = [_whole(node, above, text, url) for node, above in found_places(tree, place)]
    if hits:
        return hits, ""
    missing = f"trong toàn văn ở kho không thấy {place.words}"
    nearest = nearest_above(tree, place)
    if nearest is None:
        return [], missing
    node, above = nearest
    there = path_words((*above, node))
    return [_whole(node, above, text, url)], f"{missing}; nơi gần nhất có là {there}"


def _whole(node: Node, above: tuple[Node, ...], text: str, url: str) -> ProvisionHit:
    """A place from its beginning, as much as a snippet has."""
    words = " ".join(node.span.of(text).split())
    short = words if len(words) <= WIDTH else words[:WIDTH].rpartition(" ")[0]
    return ProvisionHit(
        node.id, path_words((*above, node)), "provision",
        Snippet(short, cut_after=len(short) < len(words)), f"{url}#{node.id}", 0.0,
    )  # fmt: skip


def _same_place(where: str, words: str) -> bool:
    """Does a place in words ("Điều 31 khoản 2") name every part of another?"""
    named = fold(where)
    parts = fold(words).split()
    pairs = [" ".join(parts[i : i + 2]) for i in range(0, len(parts) - 1, 2)]
    return all(f"{pair} " in f"{named.replace(',', ' ').replace('.', ' ')} " for pair in pairs)
