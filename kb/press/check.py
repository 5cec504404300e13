"""One pass over a draft: quotations, citations, figures, and what must not go out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from kb.catalogue import Catalogue
from kb.citations import Citation, Kind, Resolution, Resolved
from kb.citations.find import find_citations
from kb.citations.numbers import find_numbers
from kb.citations.places import provision_id
from kb.citations.plain import accented
from kb.citations.resolve import resolve
from kb.citing import law_names
from kb.documents import Document
from kb.lookup import lookup
from kb.press import Checked, CheckedCitation, GateFinding, Known
from kb.press.citations import NEAR, check_citations, meant, names_a_place
from kb.press.figures import check_figures
from kb.press.gate import check_gate, check_source
from kb.press.rules import Rules
from kb.quotes import Judged, Named
from kb.text import MatchText, Span, match_text

_APART = 40  # characters between a number and its title: "ngày … của …" is in the citation
_LETTERHEAD = 1_500  # characters of a draft in which its own number stands
_NO_TYPE = re.compile(r"(?!)")
# What a library gives of (document, place) pairs, and what it says of quotations.
Fetch = Callable[[Iterable[tuple[str, str]]], Known]
JudgeQuotes = Callable[[str, list[Named]], list[Judged]]


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft with its citations as written and as meant; ``read`` is its match text."""

    text: str
    read: MatchText
    citations: tuple[Citation, ...]
    answers: tuple[Resolution, ...]


def read_draft(text: str, catalogue: Catalogue, day: date) -> Draft:
    """*text* with what it cites. A law named without its year is the one in force on *day*, when
    the draft is written; places and names are read with accents or without."""
    read = match_text(text)
    words = accented(read.text, catalogue.vocabulary, law_names(catalogue.entries))
    citations = [
        replace(one, text=one.span.of(read.text))
        for one in find_citations(words, catalogue.vocabulary)
    ]
    here = Document("", "", "", "", "", issued=day.isoformat())
    answers = resolve(citations, catalogue, here, words)
    return Draft(text, read, tuple(citations), tuple(answers))


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
        span = draft.read.source(_with_title(citation, draft.read.text))
        out.append(Named(span, key, provision))
    return out


def own_keys(text: str, catalogue: Catalogue) -> frozenset[str]:
    """The documents here that bear the number in the draft's own letterhead ("Số: 82/KH-…"): the
    draft itself, from which it does not quote."""
    head = match_text(text[:_LETTERHEAD]).text
    numbers = [one.text for one in find_numbers(head, _NO_TYPE) if one.letterhead]
    found = [lookup(catalogue, number=number) for number in numbers[:1]]
    return frozenset(one.entry.document.key for ones in found for one in ones if one.exact)


def _with_title(citation: Citation, text: str) -> Span:
    span, title = citation.span, citation.title or ""
    at = text.find(title, span.end, span.end + len(title) + _APART) if title else -1
    return Span(span.start, at + len(title)) if at >= 0 else span


def check(
    text: str,
    catalogue: Catalogue,
    rules: Rules,
    day: date,
    fetch: Fetch,
    judge: JudgeQuotes,
) -> Checked:
    """Everything judged of *text* on *day*; nothing is stored. Every span is of *text*."""
    draft = read_draft(text, catalogue, day)
    known = fetch(meant(draft.answers))
    quotations = judge(text, named(draft))
    citations = check_citations(draft.read, draft.answers, known)
    inside = [one.quotation.span for one in quotations if one.quotation.kind != "name"]
    places = {draft.read.source(a.citation.span): a.citation.span for a in draft.answers}
    cited = [(places[one.span], one) for one in citations]
    figures = [
        figure
        for figure in check_figures(draft.read, cited, known)
        if not _within(figure.span, inside)
    ]
    return Checked(
        tuple(quotations),
        tuple(citations),
        tuple(figures),
        (*check_gate(text, rules), *_marked_sources(citations, quotations, known, rules)),
    )


def _within(span: Span, others: Iterable[Span]) -> bool:
    return any(other.start <= span.start and span.end <= other.end for other in others)


def _marked_sources(
    citations: Iterable[CheckedCitation],
    quotations: Iterable[Judged],
    known: Known,
    rules: Rules,
) -> list[GateFinding]:
    """Documents with a confidentiality mark that the draft names, at the first mention."""
    out: dict[str, GateFinding] = {}
    for one in citations:
        text = known.texts.get(one.key)
        if text and one.key not in out and (found := check_source(one.key, text, rules)):
            out[one.key] = GateFinding(
                one.span, one.text, found.kind,
                f"Văn bản được dẫn có dấu “{found.text}”: không trích, không nêu nội dung khi chưa "
                "được phép bằng văn bản.",
                found.grounds, one.key,
            )  # fmt: skip
    return list(out.values())
