"""A typed line → documents with their best provisions, or why there are none.

Documents called by number or name come first, then what has the words. Nothing here knows an
engine's syntax; what was typed is read by ``kb.understanding``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from kb.catalogue import Vocabulary
from kb.documents import display_date
from kb.facets import Filters, narrowed
from kb.index import Hit, Query, SearchEngine
from kb.index.analyzer import tokens
from kb.index.highlight import WIDTH, marks, snippet
from kb.index.known import Known, known_of
from kb.index.places import PlaceAsked, found_places, nearest_above
from kb.index.query import cut_out
from kb.index.records import digest_id, digest_position
from kb.index.spelling import others
from kb.order import alike_folded, document_parts, explained
from kb.results import Choice, Group, ProvisionHit, SearchResult, Snippet
from kb.store import Listed
from kb.store.library import Library
from kb.structure import Level, Node, path_words, walk_with_path
from kb.text import accented_key, fold
from kb.understanding import Understood, understand
from kb.unknowns import no_words, unknowns

PAGE = 10  # documents on a page of results
PROVISIONS = 3  # best provisions shown of each
_DEPTH = 400  # records looked at before grouping
_DEEPER = 2000  # where conditions throw some of them out
_LIKELIEST = 3  # documents whose gaps are told
_FINER = {Level.CLAUSE, Level.POINT}
_TAGS = ("loai", "coquan", "nam")


@dataclass(frozen=True, slots=True)
class View:
    """How an answer is looked at: ``page`` counts from 1; ``as_words`` takes the text verbatim: no
    number, no restored accents, nothing written in full; ``filters`` as in ``kb.facets``;
    ``by_date`` the latest first; ``explained`` with the parts of every score; ``day`` for what is
    in force."""

    page: int = 1
    as_words: bool = False
    filters: Filters = field(default_factory=dict)
    by_date: bool = False
    explained: bool = False
    day: date = field(default_factory=date.today)


def search(
    library: Library,
    engine: SearchEngine,
    vocabulary: Vocabulary,
    text: str,
    view: View | None = None,
) -> SearchResult:
    """What answers *text*, looked at by *view*.

    Raises ``kb.index.query.QueryTooLong``.
    """
    view = view or View()
    known = known_of(library, vocabulary)
    asked = understand(text, known, view.day, engine.words(), view.as_words)
    if asked.whole:
        result = _named(library, known, asked, view)
    elif asked.query.words or asked.query.phrases:
        result = _by_words(library, engine, known, asked, view)
    elif asked.conditions:
        result = _listed(known, asked, view)
    else:
        reasons = ("Gõ vài từ, một số hiệu, hoặc một câu trong ngoặc kép để tìm.",)
        result = _nothing(reasons)
    return replace(
        result,
        query=asked.typed.text or text,
        conditions=tuple(
            Choice(made.words, cut_out(asked.typed.text, [field.span]))
            for field, made in asked.conditions
        ),
        corrections=() if asked.whole else _corrections(asked, engine),
        questions=asked.questions,
        notes=(*result.notes, *asked.notes),
        mistakes=asked.mistakes,
    )


def _corrections(asked: Understood, engine: SearchEngine) -> tuple[Choice, ...]:
    """The query with a word that nothing here has in another spelling."""
    return tuple(
        Choice(other, f"{other} {asked.typed.rest}".strip())
        for other in others(asked.query.text, engine)
    )


# --- by number or name ---------------------------------------------------------------------------


def _named(library: Library, known: Known, asked: Understood, view: View) -> SearchResult:
    """Documents of that number or name, each one of them: none is picked."""
    allowed = _allowed(known, asked)
    keys = [key for key in asked.keys if allowed is None or key in allowed]
    if keys:
        first, pages, page = _page(keys, view.page)
        groups = [_card(library, known, key, asked) for key in first]
        what = "số hiệu" if any(letter.isdigit() for letter in asked.named) else "văn bản"
        place = f"{asked.place.words}, " if asked.place else ""
        return SearchResult(
            "", f"Đang tìm {what}: {place}{asked.named}", len(keys), tuple(groups), page, pages,
            as_words=True,
        )  # fmt: skip
    why = _why_missing(known, asked)
    if not asked.near:
        return _nothing(why, as_words=True)
    near = tuple(
        Group(known.documents[close.key], _url(known.documents[close.key]), why=close.why)
        for close in asked.near
    )
    return SearchResult("", why[0], len(near), near, why_not=tuple(why), as_words=True)


def _why_missing(known: Known, asked: Understood) -> list[str]:
    if asked.number is None:
        return [f"Văn bản {asked.named} có trong kho nhưng không hợp các điều kiện đã gõ."]
    why = [f"Không tìm thấy số {asked.number.text} trong kho."]
    for close in asked.near:
        document = known.documents[close.key].document
        issued = f" ngày {display_date(document.issued)}" if document.issued else ""
        why.append(f"Có thể bạn cần {document.number}{issued}: {close.why}.")
    if not asked.near:
        same = [row.text for row in known.numbers.of_serial(asked.number.serial)]
        if same:
            listed = ", ".join(dict.fromkeys(same))
            why.append(f"Cùng số {asked.number.serial} trong kho có: {listed}.")
        why.append(
            "Văn bản này có thể có thật mà kho chưa có: nạp tệp bằng lệnh kb ingest, "
            "hoặc tìm theo từ trong tên văn bản."
        )
    return why


def _card(library: Library, known: Known, key: str, asked: Understood) -> Group:
    """The document as a card, with the place that was asked, or why it cannot be shown."""
    listed = known.documents[key]
    url = _url(listed)
    if asked.place is None:
        return Group(listed, url, exact=True)
    hits, why = _at_place(library, listed, url, asked.place)
    return Group(listed, url, tuple(hits), exact=True, why=why)


def _at_place(
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
    hits = []
    for node, above in found_places(tree, place):
        words = " ".join(node.span.of(text).split())
        short = words if len(words) <= WIDTH else words[:WIDTH].rpartition(" ")[0]
        hits.append(
            ProvisionHit(
                node.id, path_words((*above, node)), "provision",
                Snippet(short, cut_after=len(short) < len(words)), f"{url}#{node.id}", 0.0,
            )
        )  # fmt: skip
    if hits:
        return hits, ""
    nearest = nearest_above(tree, place)
    there = f"; có {nearest[1]}" if nearest else ""
    return [], f"trong toàn văn ở kho không thấy {place.words}{there}"


def _same_place(where: str, words: str) -> bool:
    """Does a place in words ("Điều 31 khoản 2") name every part of another?"""
    named = fold(where)
    parts = fold(words).split()
    pairs = [" ".join(parts[i : i + 2]) for i in range(0, len(parts) - 1, 2)]
    return all(f"{pair} " in f"{named.replace(',', ' ').replace('.', ' ')} " for pair in pairs)


# --- by words ------------------------------------------------------------------------------------


def _by_words(
    library: Library,
    engine: SearchEngine,
    known: Known,
    asked: Understood,
    view: View,
) -> SearchResult:
    allowed = _allowed(known, asked)
    article = next((made.article for _, made in asked.conditions if made.article), "")
    query = replace(asked.query, tags=_tags(known, allowed, article))
    query = query if view.as_words else engine.spelled(query)
    depth = _DEPTH if allowed is None else _DEEPER
    grouped: dict[str, list[Hit]] = {key: [] for key in asked.keys}
    for hit in engine.search(query, limit=depth).hits:
        if allowed is None or hit.key in allowed:
            grouped.setdefault(hit.key, []).append(hit)
    if not any(grouped.values()) and query.phrases:
        loose = replace(asked, query=replace(asked.query, phrases=()))
        said = " và ".join(f"“{' '.join(phrase)}”" for phrase in query.phrases)
        return replace(
            _by_words(library, engine, known, loose, view),
            understood=f"Không có đoạn nào có nguyên văn {said}; đang tìm các từ rời.",
        )
    order = [key for key in grouped if allowed is None or key in allowed]
    if not order:
        return _nothing(no_words(known, engine.lacking(query), asked.words or asked.typed.text))
    # Documents that were named come first, those with the words before the others.
    parts = {key: document_parts(known, key, view.day, key in asked.keys) for key in order}
    scores = {
        key: sum(part.value for part in parts[key]) + (grouped[key][0].score if grouped[key] else 0)
        for key in order
    }
    order.sort(key=lambda key: (key not in asked.keys, not grouped[key], -scores[key], key))
    seen = narrowed(known, order, view)
    keys, pages, page = _page(seen.keys, view.page)
    groups = [_group(library, known, key, grouped[key], query, asked) for key in keys]
    groups = [
        replace(group, score=scores[key], parts=parts[key])
        for key, group in zip(keys, groups, strict=True)
    ]
    if view.explained:
        groups = explained(groups, engine.explain(query, limit=depth))
    understood, changed = _understood(query, asked, view.as_words)
    lacking = engine.lacking(query)
    return SearchResult(
        query="",
        understood=understood,
        count=len(seen.keys),
        groups=tuple(alike_folded(library, groups)),
        page=page,
        pages=pages,
        as_words=changed and not view.as_words,
        facets=seen.facets,
        by_date=view.by_date,
        notes=(f"Không văn bản nào trong kho có: {', '.join(lacking)}.",) if lacking else (),
        unknowns=tuple(
            unknowns(
                asked.words,
                [
                    (
                        known.documents[key],
                        library.digests(key),
                        place == 0 or _sure(key, grouped, asked),
                    )
                    for place, key in enumerate(order[:_LIKELIEST])
                ],
            )
        ),
    )


def _sure(key: str, grouped: Mapping[str, Sequence[Hit]], asked: Understood) -> bool:
    """Is the question surely about this document, too: it is named, or what is not known of it is
    what answers best?"""
    return key in asked.keys or (bool(grouped[key]) and grouped[key][0].kind == "unknown")


def _allowed(known: Known, asked: Understood) -> set[str] | None:
    """The documents that meet every condition; None without any."""
    if not asked.conditions:
        return None
    return {
        key
        for key, listed in known.documents.items()
        if all(made.fits(listed) for _, made in asked.conditions)
    }


def _tags(known: Known, allowed: set[str] | None, article: str) -> tuple[tuple[str, ...], ...]:
    """What an engine can be asked so that it looks little beyond the documents *allowed*."""
    out: list[tuple[str, ...]] = [(f"dieu={article}",)] if article else []
    if allowed is not None:
        for name in _TAGS:
            some = {known.tag(key, name) for key in allowed}
            if "" not in some and len(some) < len(known.tags(name)):
                out.append(tuple(sorted(some)) or (f"{name}=",))
    return tuple(out)


def _understood(query: Query, asked: Understood, verbatim: bool) -> tuple[str, bool]:
    """One line on what is looked for, and whether it is something else than was typed."""
    shown = spelled_text(query)
    if verbatim:
        return f"Đang tìm nguyên văn: {asked.words}", False
    if shown != asked.words:
        return f"Đang tìm: {shown} (bạn gõ: {asked.words})", True
    return f"Đang tìm: {shown}", bool(asked.keys)


def spelled_text(query: Query) -> str:
    """The text of the query with each word as it is spelled."""
    if query.spelling is None:
        return query.text
    out, at = [], 0
    for token, word in zip(tokens(query.text), query.spelling, strict=True):
        if not token.part and word != token.text:
            out += [query.text[at : token.start], word]
            at = token.end
    return "".join([*out, query.text[at:]])


def _group(
    library: Library,
    known: Known,
    key: str,
    hits: Sequence[Hit],
    query: Query,
    asked: Understood,
) -> Group:
    listed = known.documents.get(key) or library.listed(key)
    url = _url(listed)
    score = hits[0].score if hits else 0.0
    if key in asked.keys and asked.place is not None:
        placed, why = _at_place(library, listed, url, asked.place)
        return Group(listed, url, tuple(placed), score, exact=True, why=why)
    text, tree = library.printed(key), library.tree(key)
    places = {node.id: (node, path) for node, path in walk_with_path(tree)} if tree else {}
    digests = library.digests(key)
    shown = []
    for hit in [hit for hit in hits if hit.kind != "facts"][:PROVISIONS]:
        if hit.kind in ("digest", "unknown"):
            digest = digests[digest_position(hit.provision) - 1]
            words, path = digest.text, digest.where
            provision = hit.provision
        else:
            node, above = places[hit.provision]
            whole = node.span if node.level is Level.ARTICLE else node.own
            node, above = _finer(node, above, text, query)
            provision, path = node.id, path_words((*above, node))
            words = (whole if node.id == hit.provision else node.span).of(text)
        shown.append(
            ProvisionHit(
                provision,
                path,
                hit.kind,
                snippet(words, query),
                f"{url}#{provision}",
                hit.score,
                hit.provision,
            )
        )
    return Group(listed, url, tuple(shown), score, exact=key in asked.keys)


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


# --- conditions alone, and what is common --------------------------------------------------------


def _listed(known: Known, asked: Understood, view: View) -> SearchResult:
    """Every document that meets the conditions, the latest first."""
    allowed = _allowed(known, asked) or set()
    latest = sorted(allowed, key=lambda key: (known.documents[key].document.issued or "", key))
    if not latest:
        return _nothing(("Không có văn bản nào trong kho hợp mọi điều kiện.",
                         "Bỏ bớt một điều kiện."))  # fmt: skip
    seen = narrowed(known, latest[::-1], replace(view, by_date=False))
    keys, pages, page = _page(seen.keys, view.page)
    groups = tuple(Group(known.documents[key], _url(known.documents[key])) for key in keys)
    said = "; ".join(made.words for _, made in asked.conditions)
    return SearchResult(
        "", f"Mọi văn bản có {said}", len(seen.keys), groups, page, pages, facets=seen.facets
    )


def _page(keys: Sequence[str], page: int) -> tuple[Sequence[str], int, int]:
    """The keys of a page, how many pages there are, and which one it is."""
    pages = max(1, -(-len(keys) // PAGE))
    page = max(1, min(page, pages))
    return keys[(page - 1) * PAGE : page * PAGE], pages, page


def _url(listed: Listed) -> str:
    return f"/{'ke-hoach' if listed.kind == 'plan' else 'vb'}/{listed.document.key}"


def _nothing(why: Iterable[str], *, as_words: bool = False) -> SearchResult:
    reasons = tuple(why)
    return SearchResult("", reasons[0], 0, (), why_not=reasons, as_words=as_words)
