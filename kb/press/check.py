"""One pass over a draft: quotations, citations, figures, and what must not go out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from kb.catalogue import Catalogue
from kb.press import Checked, CheckedCitation, GateFinding, Known
from kb.press.citations import check_citations, meant
from kb.press.draft import named, read_draft
from kb.press.figures import check_figures
from kb.press.gate import check_gate, check_source
from kb.press.rules import Rules
from kb.quotes import Judged, Named
from kb.text import Span

# What a library gives of (document, place) pairs, and what it says of quotations.
Fetch = Callable[[Iterable[tuple[str, str]]], Known]
JudgeQuotes = Callable[[str, list[Named]], list[Judged]]


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
