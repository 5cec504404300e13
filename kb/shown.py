"""A document of an answer: its best provisions, each down to the clause that answers, or a place
of it that was asked."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from kb.index import Hit, Query
from kb.index.highlight import WIDTH, Answer, answering, snippet
from kb.index.places import PlaceAsked, found_places, instead, nearest_above, place_asked
from kb.index.query import cut_out
from kb.index.records import digest_id, digest_position
from kb.results import Group, ProvisionHit, Snippet
from kb.store import Listed
from kb.store.readings import Reading
from kb.structure import Level, Node, path_words
from kb.text import Span, fold
from kb.understanding import Understood

PROVISIONS = 3  # best provisions shown of each document
_LOOKED_AT = 9  # of those found
_FINER = {Level.CLAUSE, Level.POINT}


def url_of(listed: Listed) -> str:
    """The address of a document's own page."""
    return f"/{'ke-hoach' if listed.kind == 'plan' else 'vb'}/{listed.document.key}"


def group_of(
    listed: Listed, reading: Reading, hits: Sequence[Hit], query: Query, asked: Understood
) -> Group:
    key, url = listed.document.key, url_of(listed)
    score = hits[0].score if hits else 0.0
    if key in asked.keys and asked.place is not None:
        placed, why = at_place(reading, url, asked.place)
        return Group(listed, url, tuple(placed), score, exact=True, why=why)
    shown: dict[str, ProvisionHit] = {}
    for hit in [hit for hit in hits if hit.kind != "facts"][:_LOOKED_AT]:
        if len(shown) >= PROVISIONS:
            break
        if hit.kind in ("digest", "unknown"):
            digest = reading.digests[digest_position(hit.provision) - 1]
            node, above = _digested(reading.tree, digest.where) or (None, ())
            if hit.kind == "digest" and node is not None:
                # The law's own words, which may be quoted, stand before ours.
                found = _finer(node, above, node.span, reading.text, query, url)
                shown.setdefault(found.provision, replace(found, score=hit.score))
            made = ProvisionHit(
                hit.provision, digest.where, hit.kind, snippet(digest.text, query),
                f"{url}#{hit.provision}", hit.score, hit.provision,
            )  # fmt: skip
        else:
            node, above = reading.places[hit.provision]
            whole = node.span if node.level is Level.ARTICLE else node.own
            made = _finer(node, above, whole, reading.text, query, url)
            made = replace(made, score=hit.score, record=hit.provision)
            if not made.snippet.marks:  # found by the document's title alone, which is shown anyway
                continue
        shown[made.provision] = made
    best = tuple(shown.values())[:PROVISIONS]
    return Group(listed, url, best, score, exact=key in asked.keys)


def _digested(tree: Node | None, where: str) -> tuple[Node, tuple[Node, ...]] | None:
    """The provision that the place of a digest statement names and nothing beside it, where the
    text is here and has it once: "Điều 5, khoản 2", not "Điều 6 đến Điều 8"."""
    place = place_asked(where) if tree is not None else None
    if tree is None or place is None or cut_out(where, place.spans).strip(" ,.;"):
        return None
    found = found_places(tree, place)
    return found[0] if len(found) == 1 else None


def _finer(
    node: Node, above: tuple[Node, ...], whole: Span, text: str, query: Query, url: str
) -> ProvisionHit:
    """The first clause or point of *node* that has every word the node answers with, as a hit that
    no score belongs to; *whole* is what is shown of the node itself."""
    start = node.span.start
    answers = [
        (start + at, start + end, word) for at, end, word in answering(node.span.of(text), query)
    ]
    wanted = _distinct(answers, node.span)
    finest, path = node, above
    while wanted:
        inner = (child for child in finest.children if child.level in _FINER)
        child = next((c for c in inner if _distinct(answers, c.span) >= wanted), None)
        if child is None:
            break
        finest, path = child, (*path, finest)
    span = whole if finest is node else finest.span
    inside = [(at - span.start, end - span.start, word) for at, end, word in _within(answers, span)]
    return ProvisionHit(
        finest.id, path_words((*path, finest)), "provision",
        snippet(span.of(text), query, answers=inside), f"{url}#{finest.id}", 0.0,
    )  # fmt: skip


def _within(answers: Sequence[Answer], span: Span) -> Sequence[Answer]:
    """Those of *answers*, which are in order, that stand in *span*."""
    first, last = (bisect_left(answers, (at,)) for at in (span.start, span.end))
    return answers[first:last]


def _distinct(answers: Sequence[Answer], span: Span) -> set[str]:
    return {fold(word) for _, _, word in _within(answers, span)}


# --- a place that was asked ----------------------------------------------------------------------


def at_place(reading: Reading, url: str, place: PlaceAsked) -> tuple[list[ProvisionHit], str]:
    if reading.tree is None:
        digests = [
            ProvisionHit(name, digest.where, "digest", Snippet(digest.text), f"{url}#{name}", 0.0)
            for position, digest in enumerate(reading.digests, 1)
            if _same_place(digest.where, place.words)
            for name in (digest_id(position),)
        ]
        said = "chỉ có tóm lược" if digests else "không xem được"
        return digests, f"chưa có toàn văn trong kho: {said} {place.words}"
    text = reading.text
    hits = [_whole(node, above, text, url) for node, above in found_places(reading.tree, place)]
    if hits:
        return hits, ""
    nearest = nearest_above(reading.tree, place)
    there = instead(nearest[0] if nearest else reading.tree, place)
    missing = f"trong toàn văn ở kho không thấy {place.words}" + (f"; {there}" if there else "")
    if nearest is None:
        return [], missing
    node, above = nearest
    where = path_words((*above, node))
    return [_whole(node, above, text, url)], f"{missing}; nơi gần nhất có là {where}"


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
