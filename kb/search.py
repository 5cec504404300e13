"""A typed line → documents with their best provisions, or why there are none.

A number lands on its document; anything else is words. Nothing here knows an engine's syntax.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kb.alike import one_letter
from kb.catalogue import Vocabulary
from kb.documents import display_date, number_key
from kb.index import Hit, Query, SearchEngine
from kb.index.highlight import marks, snippet
from kb.index.query import NumberAsked, matches, number_asked, parse_query
from kb.index.records import digest_position
from kb.results import Group, ProvisionHit, SearchResult
from kb.store import Listed
from kb.store.library import Library
from kb.structure import Level, Node, path_words, walk_with_path
from kb.text import accented_key, fold

PAGE = 10  # documents on a page of results
PROVISIONS = 3  # best provisions shown of each
_DEPTH = 400  # records looked at before grouping
_FINER = {Level.CLAUSE, Level.POINT}


def search(
    library: Library,
    engine: SearchEngine,
    vocabulary: Vocabulary,
    text: str,
    page: int = 1,
    as_words: bool = False,
) -> SearchResult:
    """What answers *text*; *as_words* looks for a number as words too. ``page`` counts from 1.

    Raises ``kb.index.query.QueryTooLong``.
    """
    query = parse_query(text)
    if not query.words and not query.phrases:
        return _nothing(text, ("Gõ vài từ, một số hiệu, hoặc một câu trong ngoặc kép để tìm.",))
    asked = number_asked(text, vocabulary.types)
    if asked is not None and not as_words:
        exact = _by_number(library, asked)
        if exact:
            return SearchResult(
                text, f"Đang tìm số hiệu: {asked.text}", len(exact), tuple(exact), as_words=True
            )
        near, why = _near(library, asked)
        if near:
            return SearchResult(
                text, why[0], len(near), tuple(near), why_not=tuple(why), as_words=True
            )
        return _nothing(text, why, as_words=True)
    return _by_words(library, engine, query, page)


def _by_words(library: Library, engine: SearchEngine, query: Query, page: int) -> SearchResult:
    grouped: dict[str, list[Hit]] = {}
    for hit in engine.search(engine.spelled(query), limit=_DEPTH).hits:
        grouped.setdefault(hit.key, []).append(hit)
    if not grouped:
        reasons = (
            f"Không có văn bản nào trong kho có: {query.text}.",
            "Thử ít từ hơn, bỏ ngoặc kép, hoặc gõ số hiệu (ví dụ 753/QĐ-TTg).",
        )
        return _nothing(query.text, reasons)
    pages = -(-len(grouped) // PAGE)
    page = max(1, min(page, pages))
    keys = list(grouped)[(page - 1) * PAGE : page * PAGE]
    return SearchResult(
        query=query.text,
        understood=_understood(query),
        count=len(grouped),
        groups=tuple(_group(library, key, grouped[key], query) for key in keys),
        page=page,
        pages=pages,
    )


def _understood(query: Query) -> str:
    if query.marked:
        return f"Đang tìm: {query.text}"
    return f"Đang tìm: {query.text} (gõ không dấu: khớp mọi cách đặt dấu)"


def _group(library: Library, key: str, hits: Sequence[Hit], query: Query) -> Group:
    listed = library.listed(key)
    url = _url(listed)
    text, tree = library.printed(key), library.tree(key)
    places = {node.id: (node, path) for node, path in walk_with_path(tree)} if tree else {}
    digests = library.digests(key)
    shown = []
    for hit in [hit for hit in hits if hit.kind != "facts"][:PROVISIONS]:
        if hit.kind == "digest":
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
                provision, path, hit.kind, snippet(words, query), f"{url}#{provision}", hit.score
            )
        )
    return Group(listed, url, tuple(shown), hits[0].score)


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


def _url(listed: Listed) -> str:
    return f"/{'ke-hoach' if listed.kind == 'plan' else 'vb'}/{listed.document.key}"


def _by_number(library: Library, asked: NumberAsked) -> list[Group]:
    """Documents of that number, each one of them: none is picked."""
    keys = [
        key for key, slug, number in library.numbers() if matches(asked, number, slug)
    ]  # fmt: skip
    return [_card(library.listed(key), exact=True) for key in keys]


def _near(library: Library, asked: NumberAsked) -> tuple[list[Group], list[str]]:
    """Documents the number is a known misprint of, or differs from in one letter; and the words
    that say so."""
    typed = number_key(asked.number or asked.text)
    near: list[Group] = []
    for listed in library.documents():
        number = listed.document.number
        printed = [m for m in listed.entry.misprints if number_key(m.number) == typed]
        if printed:
            near.append(_card(listed, why=printed[0].note))
        elif number and one_letter(typed, number):
            near.append(_card(listed, why="chỉ khác một chữ"))
    why = [f"Không tìm thấy số {asked.text} trong kho."]
    for group in near:
        document = group.listed.document
        issued = f" ngày {display_date(document.issued)}" if document.issued else ""
        why.append(f"Có thể bạn cần {document.number}{issued}: {group.why}.")
    if not near:
        why += _siblings(library, asked)
        why.append(
            "Văn bản này có thể có thật mà kho chưa có: nạp tệp bằng lệnh kb ingest, "
            "hoặc tìm theo từ trong tên văn bản."
        )
    return near, why


def _siblings(library: Library, asked: NumberAsked) -> Iterable[str]:
    same = [
        number
        for _, _, number in library.numbers()
        if asked.serial and number_key(number).startswith(asked.serial.lstrip("0") + "/")
    ]
    if same:
        yield f"Cùng số {asked.serial} trong kho có: {', '.join(same)}."


def _card(listed: Listed, *, exact: bool = False, why: str = "") -> Group:
    return Group(listed, _url(listed), exact=exact, why=why)


def _nothing(text: str, why: Sequence[str], *, as_words: bool = False) -> SearchResult:
    return SearchResult(text, why[0], 0, (), why_not=tuple(why), as_words=as_words)
