"""Which clause of an article is shown. The texts are invented."""

from __future__ import annotations

from kb.catalogue import Entry, StatusClaim
from kb.documents import Document
from kb.index import Hit, Query
from kb.index.query import read
from kb.shown import group_of
from kb.store import Listed
from kb.store.readings import Reading
from kb.structure import Level, Node
from kb.text import Span
from kb.understanding import Understood

TEXT = "Điều 7. Đồ vật\n1. Cửa bịa thì cản lại.\n2. Trong kho bịa có cân để bàn."
DOCUMENT = Document("bia", "Quyết định", "7/QĐ-BIA", "Về đồ vật bịa", "Nhà Bịa")
LISTED = Listed(DOCUMENT, "full", "qd", Entry(DOCUMENT, StatusClaim("unknown", "")))


def tree() -> Node:
    first, second = TEXT.index("1."), TEXT.index("2.")
    spans = (Span(first, second - 1), Span(second, len(TEXT)))
    clauses = tuple(
        Node(f"art_7__cl_{n}", Level.CLAUSE, f"{n}.", str(n), "", span, span)
        for n, span in enumerate(spans, 1)
    )
    whole, own = Span(0, len(TEXT)), Span(0, first - 1)
    article = Node("art_7", Level.ARTICLE, "Điều 7.", "7", "Đồ vật", whole, own, clauses)
    return Node("", Level.DOCUMENT, "", "", "", whole, Span(0, 0), (article,))


def shown(query: Query) -> tuple[str, list[str]]:
    """The place shown and the words marked in it."""
    asked = Understood(read(query.text), query, query.text)
    hits = [Hit("bia#art_7", "bia", "art_7", "provision", 1.0)]
    (hit,) = group_of(LISTED, Reading(TEXT, tree(), ()), hits, query, asked).hits
    return hit.provision, [mark.of(hit.snippet.text) for mark in hit.snippet.marks]


def test_a_word_in_another_spelling_does_not_make_a_clause_answer() -> None:
    asked = Query("can bia", ("can", "bia"), spelling=("cân", "bịa"))
    assert shown(asked) == ("art_7__cl_2", ["bịa", "cân"])


def test_any_spelling_answers_where_none_is_surely_meant() -> None:
    asked = Query("can bia", ("can", "bia"), spelling=("cân", "bịa"), doubtful=frozenset((0,)))
    assert shown(asked) == ("art_7__cl_1", ["bịa", "cản"])


def test_words_of_two_clauses_are_shown_in_their_article() -> None:
    asked = Query("cản bàn", ("cản", "bàn"), marked=True)
    assert shown(asked) == ("art_7", ["cản", "bàn"])
