"""A draft with what it names: the documents and places it cites, and the number it bears itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kb.catalogue import Catalogue
from kb.citations import Citation, Kind, Resolution, Resolved
from kb.citations.find import find_citations
from kb.citations.issued import with_issuing
from kb.citations.numbers import find_numbers
from kb.citations.places import provision_id
from kb.citations.plain import accented
from kb.citations.resolve import resolve
from kb.citing import law_names
from kb.documents import Document
from kb.lookup import entry_of, lookup
from kb.press.citations import NEAR, names_a_place
from kb.press.short_numbers import is_short, short_numbers
from kb.press.titles import title_of
from kb.quotes import Named
from kb.text import MatchText, Span, match_text

_APART = 40  # characters between a number and its title: "ngày … của …" is in the citation
_LETTERHEAD = 1_500  # characters of a draft in which its own number stands
_NO_TYPE = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft with its citations as written and as meant, in the catalogue they are looked for in;
    ``read`` is its match text."""

    text: str
    read: MatchText
    catalogue: Catalogue
    citations: tuple[Citation, ...]
    answers: tuple[Resolution, ...]


def read_draft(text: str, catalogue: Catalogue, day: date) -> Draft:
    """*text* with what it cites. A law named without its year is the one in force on *day*, when
    the draft is written; places and names are read with accents or without."""
    read = match_text(text)
    words = accented(read.text, catalogue.vocabulary, law_names(catalogue.entries))
    citations = find_citations(words, catalogue.vocabulary)
    citations += short_numbers(words, catalogue, citations)
    citations.sort(key=lambda one: one.span)
    citations = list(with_issuing(citations, words, catalogue.vocabulary))
    placed = _with_places(citations, read.text)
    citations = [replace(one, text=one.span.of(read.text)) for one in placed]
    here = Document("", "", "", "", "", issued=day.isoformat())
    answers = resolve(citations, catalogue, here, words)
    return Draft(text, read, catalogue, tuple(citations), tuple(answers))


# Words between a document and its place: "Luật X, Điều 5 …", "Luật X quy định tại khoản 2 Điều 5".
_ITS_PLACE = re.compile(
    r"\s?(?:,\s?)?(?:\(\s?)?(?:(?:đã\s)?(?:quy định|nêu|ghi|viết|hướng dẫn)\s)?(?:rõ\s)?"
    r"(?:(?:tại|ở|trong)\s)?"
)
_BEFORE_ITS = re.compile(r"\s?,?\s?(?:(?:của|tại|thuộc|trong|cua|tai|thuoc)\s)?")


def _with_places(citations: Sequence[Citation], text: str) -> Iterator[Citation]:
    """A place that stands right behind a document which names none is that document's, and one in
    front of a number without letters."""
    last: Citation | None = None
    for one in citations:
        if last is not None and _is_its_place(last, one, text):
            last = _joined(last, last, one, text)
            continue
        if last is not None and _is_its_place_before(last, one, text):
            last = _joined(one, last, one, text)
            continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last


def _joined(document: Citation, first: Citation, last: Citation, text: str) -> Citation:
    span = Span(first.span.start, last.span.end)
    places = (*first.pinpoints, *last.pinpoints)
    return replace(document, span=span, text=span.of(text), pinpoints=places)


def _is_its_place_before(place: Citation, document: Citation, text: str) -> bool:
    if not is_short(document) or place.kind is not Kind.INTERNAL or place.type:
        return False
    between = text[place.span.end : document.span.start]
    return _BEFORE_ITS.fullmatch(between) is not None and names_a_place(place)


def _is_its_place(document: Citation, place: Citation, text: str) -> bool:
    if document.kind is Kind.INTERNAL or document.pinpoints:
        return False
    if place.kind is not Kind.INTERNAL or place.type:
        return False
    if not (names_a_place(place) or any(p.chapter or p.annex for p in place.pinpoints)):
        return False
    between = text[document.span.end : place.span.start]
    return len(between) <= _APART and _ITS_PLACE.fullmatch(between) is not None


def named(draft: Draft) -> list[Named]:
    """The places a draft names, which quotations beside them claim to be from; each with the title
    that follows it, which is no quotation. "Khoản 4 Điều 14" soon after a document is read as that
    document's, as a reader would."""
    out = []
    last, end = "", 0
    for answer in draft.answers:
        citation = answer.citation
        key, provision = "", ""
        if citation.kind is Kind.INTERNAL:
            if not names_a_place(citation):
                continue
            if last and citation.span.start - end < NEAR:
                key, provision = last, provision_id(citation.pinpoints[0])
        elif isinstance(answer, Resolved):
            key, provision = answer.key, answer.provision
            last, end = key, citation.span.end
        entry = entry_of(draft.catalogue, key) if isinstance(answer, Resolved) else None
        title = title_of(citation, entry)
        span = draft.read.source(_with_title(citation, title, draft.read.text))
        out.append(Named(span, key, provision))
    return out


def own_keys(text: str, catalogue: Catalogue) -> frozenset[str]:
    """The documents here that bear the number in the draft's own letterhead ("Số: 82/KH-…"): the
    draft itself, from which it does not quote."""
    head = match_text(text[:_LETTERHEAD]).text
    numbers = [one.text for one in find_numbers(head, _NO_TYPE) if one.letterhead]
    found = [lookup(catalogue, number=number) for number in numbers[:1]]
    return frozenset(one.entry.document.key for ones in found for one in ones if one.exact)


def _with_title(citation: Citation, title: str, text: str) -> Span:
    span = citation.span
    at = text.find(title, span.end, span.end + len(title) + _APART) if title else -1
    return Span(span.start, at + len(title)) if at >= 0 else span
