"""A typed line → documents with their best provisions, or why there are none.

Documents called by number or name come first, then what has the words. Nothing here knows an
engine's syntax; what was typed is read by ``kb.understanding``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from kb.catalogue import Vocabulary
from kb.facets import Filters, narrowed
from kb.index import Hit, Query, SearchEngine, typed
from kb.index.analyzer import tokens
from kb.index.known import Known, known_of
from kb.index.query import cut_out, words_of
from kb.index.spelling import others
from kb.named import missing, named
from kb.order import alike_folded, document_parts, explained, shown_ids
from kb.results import PAGE, Choice, Group, SearchResult, Unknown, nothing, page_of
from kb.shown import group_of, url_of
from kb.store.library import Library
from kb.store.readings import Reading
from kb.understanding import Understood, understand
from kb.unknowns import no_words, unknowns
from kb.validity import OVER

_DEPTH = 400  # records looked at before grouping
_DEEPER = 2000  # where conditions throw some of them out
_LIKELIEST = 3  # documents whose gaps are told
_TAGS = ("loai", "coquan", "nam")


@dataclass(frozen=True, slots=True)
class View:
    """How an answer is looked at: ``page`` counts from 1, of ``size`` documents; ``as_words`` takes
    the text verbatim: no number, no restored accents, nothing written in full; ``filters`` as in
    ``kb.facets``; ``by_date`` the latest first; ``explained`` with the parts of every score;
    ``day`` for what is in force."""

    page: int = 1
    size: int = PAGE
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
        kind, result = "named", named(library, known, asked, view.page, view.size)
        gaps = _unknowns(library, known, asked, result.keys, dict.fromkeys(result.keys, ()), {})
        result = replace(result, unknowns=gaps)
    elif asked.query.words or asked.query.phrases:
        kind, result = "words", _by_words(library, engine, known, asked, view)
    elif asked.conditions:
        kind, result = "conditions", _listed(known, asked, view)
    else:
        reasons = ("Gõ vài từ, một số hiệu, hoặc một câu trong ngoặc kép để tìm.",)
        kind, result = "empty", nothing(reasons)
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
        kind=kind,
    )


def _corrections(asked: Understood, engine: SearchEngine) -> tuple[Choice, ...]:
    """The query with a word that nothing here has in another spelling; what belongs to a number
    or name is none."""
    beside = {token.text for token in tokens(asked.beside)}
    called = {token.text for token in tokens(asked.query.text)} - beside
    return tuple(
        Choice(other, f"{other} {asked.typed.rest}".strip())
        for other in others(asked.query.text, engine, asked.short | called)
    )


# --- by words ------------------------------------------------------------------------------------


def _by_words(
    library: Library,
    engine: SearchEngine,
    known: Known,
    asked: Understood,
    view: View,
) -> SearchResult:
    allowed = asked.allowed(known)
    article = next((made.article for _, made in asked.conditions if made.article), "")
    query = replace(asked.query, tags=_tags(known, allowed, article))
    query = query if view.as_words else engine.spelled(query)
    depth = _DEPTH if allowed is None else _DEEPER
    grouped: dict[str, list[Hit]] = {key: [] for key in asked.keys}
    found = engine.search(query, limit=depth)
    for hit in found.hits:
        if allowed is None or hit.key in allowed:
            grouped.setdefault(hit.key, []).append(hit)
    for hits in grouped.values():  # who signed and received a paper stands after what it says
        hits.sort(key=lambda hit: hit.provision.endswith("closing"))
    if not any(grouped.values()) and query.phrases:
        loose = replace(asked, query=replace(asked.query, phrases=()))
        said = " và ".join(f"“{' '.join(phrase)}”" for phrase in query.phrases)
        return replace(
            _by_words(library, engine, known, loose, view),
            understood=f"Không có đoạn nào có nguyên văn {said}; đang tìm các từ rời.",
        )
    # What has every word is listed, however far behind the best it stands: so what is counted, and
    # what the facets count, is what can be looked at.
    full = dict.fromkeys(key for key in found.keys if allowed is None or key in allowed)
    grouped |= {key: [] for key in full if key not in grouped}
    order = [key for key in grouped if allowed is None or key in allowed]
    if not order and allowed is not None:
        said = asked.words or asked.typed.text
        return nothing((f"Không có văn bản nào vừa hợp các điều kiện vừa có: {said}.",
                        "Bỏ bớt một điều kiện, hoặc thử từ khác."))  # fmt: skip
    absent = engine.lacking(words_of(asked.beside))  # the words of a number are none of the text's
    if not order:
        why = no_words(known, absent, asked.words or asked.typed.text)
        return nothing((*missing(known, asked), *why))
    # Documents that were named come first, those with the words before the others.
    parts = {key: document_parts(known, key, view.day, key in asked.keys) for key in order}
    scores = {
        key: sum(part.value for part in parts[key]) + (grouped[key][0].score if grouped[key] else 0)
        for key in order
    }
    order.sort(key=lambda key: (key not in asked.keys, not grouped[key], -scores[key], key))
    seen = narrowed(known, order, view)
    keys, pages, page = page_of(seen.keys, view.page, view.size)
    if behind := [key for key in keys if key in full and not grouped[key]]:
        grouped |= engine.within(query, behind)
    readings = library.readings(keys)
    groups = [
        group_of(known.documents[key], readings[key], grouped[key], query, asked) for key in keys
    ]
    groups = [
        replace(group, score=scores[key], parts=parts[key])
        for key, group in zip(keys, groups, strict=True)
    ]
    if view.explained:
        groups = explained(groups, engine.explain(query, shown_ids(groups), limit=depth))
    understood, changed = _understood(query, asked, view.as_words)
    lacking = engine.lacking(query)
    whole = () if lacking else tuple(key for key in seen.keys if key in full)
    return SearchResult(
        query="",
        understood=understood,
        count=len(seen.keys),
        groups=tuple(alike_folded(readings, groups)),
        page=page,
        pages=pages,
        as_words=changed and not view.as_words,
        facets=seen.facets,
        full=None if lacking else len(whole),
        keys=whole,
        by_date=view.by_date,
        notes=(*missing(known, asked), *_absent(absent, query)),
        unknowns=_unknowns(library, known, asked, order, grouped, readings),
    )


def _absent(words: Sequence[str], query: Query) -> Iterator[str]:
    if words:
        spelled = dict(zip(query.words, typed(query), strict=True))
        said = ", ".join(spelled.get(word, word) for word in words)
        yield f"Không văn bản nào trong kho có: {said}. Kết quả dưới đây chỉ có các từ còn lại."


def _unknowns(
    library: Library,
    known: Known,
    asked: Understood,
    order: Sequence[str],
    grouped: Mapping[str, Sequence[Hit]],
    readings: Mapping[str, Reading],
) -> tuple[Unknown, ...]:
    """What is not known of the likeliest documents, whatever page is shown. The question is about
    the first, and surely about another that is named or answers best by what is not known of it."""
    about = [
        key
        for place, key in enumerate(order[:_LIKELIEST])
        if place == 0 or key in asked.keys or (grouped[key] and grouped[key][0].kind == "unknown")
    ]
    others = library.digests_of([key for key in about if key not in readings])
    digests = {key: readings[key].digests if key in readings else others[key] for key in about}
    return tuple(unknowns(asked.words, [(known.documents[key], digests[key]) for key in about]))


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
    """The text of the query with each word as it is surely spelled, the others as typed."""
    if query.spelling is None:
        return query.text
    out, at = [], 0
    for place, token in enumerate(tokens(query.text)):
        word = query.spelling[place]
        if not token.part and place not in query.doubtful and word != token.text:
            out += [query.text[at : token.start], word]
            at = token.end
    return "".join([*out, query.text[at:]])


# --- conditions alone, and what is common --------------------------------------------------------


def _listed(known: Known, asked: Understood, view: View) -> SearchResult:
    """Every document that meets the conditions: those that can be read before those of which only
    facts or a digest are here, then those that hold, then the latest."""
    allowed = asked.allowed(known) or set()

    def worth(key: str) -> tuple[bool, bool, str, str]:
        listed = known.documents[key]
        over = known.statuses.on(key, view.day).state in OVER
        return listed.kind in ("full", "plan"), not over, listed.document.issued or "", key

    latest = sorted(allowed, key=worth)
    if not latest:
        return nothing(("Không có văn bản nào trong kho hợp mọi điều kiện.",
                         "Bỏ bớt một điều kiện."))  # fmt: skip
    seen = narrowed(known, latest[::-1], view)
    keys, pages, page = page_of(seen.keys, view.page, view.size)
    groups = tuple(Group(known.documents[key], url_of(known.documents[key])) for key in keys)
    said = "; ".join(made.words for _, made in asked.conditions)
    return SearchResult(
        "", f"Mọi văn bản có {said}", len(seen.keys), groups, page, pages, facets=seen.facets,
        keys=tuple(seen.keys), by_date=view.by_date,
    )  # fmt: skip
