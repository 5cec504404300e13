"""Is what a draft cites there, named as it is, and in force today?

Finding and resolving are those of ``kb.citations``, the force of a document or place that of
``kb.grounds``; here they become one verdict for each citation, with all reasons.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb.catalogue import Catalogue, Entry, Relation
from kb.citations import Ambiguous, Citation, Kind, Resolution, Resolved, Unknown
from kb.citations.places import provision_id
from kb.citing import Citing, cite, namesakes, pinpoint_words
from kb.expressions import Kind as TextKind
from kb.lookup import dates_agree, entry_of, issuer_differs
from kb.press import CheckedCitation, CitationVerdict, Known, Told
from kb.press.force import changes, cited_places, force
from kb.press.places import in_articles, lacking
from kb.press.probable import date_differs, issuer_said, misprint_sources, probable
from kb.press.titles import approves, title_said
from kb.press.unread import unread
from kb.text import MatchText
from kb.validity import State

# Characters after a mention in which a place without its document is read as that document's.
NEAR = 300
# What ``resolve`` notes and this says in words of its own.
_SAID_HERE = ("Ngày được dẫn", "Trích yếu được dẫn", "Cùng số nhưng")
_ORDER = {verdict: rank for rank, verdict in enumerate(CitationVerdict)}


def check_citations(
    draft: MatchText, answers: Sequence[Resolution], known: Known
) -> list[CheckedCitation]:
    """A verdict of each citation of *draft*, in order; spans are of the text the draft was made
    from. Words that only point about in the draft itself ("Kế hoạch này") are no citations."""
    laws, changed = namesakes(known.catalogue.entries), changes(known.catalogue)
    seen: set[str] = set()
    before = _Before(None, 0)
    out = []
    for answer in answers:
        citation = answer.citation
        if citation.kind is Kind.INTERNAL and not names_a_place(citation):
            continue
        said, candidates = _judged(answer, known, before, changed)
        said += unread(draft.text, citation)
        said.sort(key=lambda one: _ORDER[one[0]])
        key = answer.key if isinstance(answer, Resolved) else ""
        entry = entry_of(known.catalogue, key) if key else None
        house = _house(citation, entry, key in laws) if entry else None
        out.append(
            CheckedCitation(
                draft.source(citation.span),
                citation.text,
                "" if house is None else house.short if key in seen else house.full,
                said[0][0] if said else CitationVerdict.FOUND,
                " ".join(dict.fromkeys(sentence for _, sentence in said if sentence)),
                key if entry else "",
                answer.provision if isinstance(answer, Resolved) else "",
                candidates,
            )
        )
        seen.add(key)
        before = _Before(entry, citation.span.end) if entry else before
    return out


@dataclass(frozen=True, slots=True)
class _Before:
    """The document named last, and where its mention ends in the match text."""

    entry: Entry | None
    end: int


def names_a_place(citation: Citation) -> bool:
    """ "khoản 2 Điều 5" without its document, but not "Điều này"."""
    return any(p.article and p.article != "này" for p in citation.pinpoints)


def _house(citation: Citation, entry: Entry, namesake: bool) -> Citing:
    places = (pinpoint_words(pinpoint) for pinpoint in in_articles(citation.pinpoints))
    return cite(entry.document, ", ".join(filter(None, places)), namesake=namesake)


# --- one citation ------------------------------------------------------------------------------


def _judged(
    answer: Resolution, known: Known, before: _Before, changed: Mapping[str, Sequence[Relation]]
) -> tuple[list[Told], tuple[str, ...]]:
    """All that is told of a citation, and the documents it may mean instead."""
    if answer.citation.kind is Kind.INTERNAL:
        return [_without_document(answer.citation, before)], ()
    if isinstance(answer, Ambiguous):
        names = "; ".join(_name(known.catalogue, key) for key in answer.candidates)
        return [(
            CitationVerdict.AMBIGUOUS,
            f"{answer.reason} Ghi thêm ngày hoặc cơ quan ban hành. Có thể là: {names}.",
        )], answer.candidates  # fmt: skip
    if isinstance(answer, Unknown):
        found = probable(answer, known.catalogue)
        return [(found.verdict, found.reason)], found.keys
    return list(_resolved(answer, known, changed)), (answer.key,) if answer.correction else ()


def _without_document(citation: Citation, before: _Before) -> Told:
    said = "Chỗ này không nêu là của văn bản nào: ghi rõ tên loại, số, ký hiệu."
    if before.entry and citation.span.start - before.end < NEAR:
        place = pinpoint_words(citation.pinpoints[0])
        said += f" Nếu là văn bản vừa nêu thì ghi: {cite(before.entry.document, place).short}."
    return CitationVerdict.UNVERIFIED, said


def _resolved(
    answer: Resolved, known: Known, changed: Mapping[str, Sequence[Relation]]
) -> Iterator[Told]:
    citation, entry = answer.citation, entry_of(known.catalogue, answer.key)
    if entry is None:  # it means the draft itself
        return
    document = entry.document
    if answer.correction:
        sources = misprint_sources(citation, entry)
        said = f"{answer.correction}{sources} Ghi là {cite(document).short}."
        yield CitationVerdict.MISPRINT, said
    if citation.kind is Kind.EXPLICIT and citation.title:
        yield from title_said(citation, entry, known.catalogue)
    if citation.date and document.issued and not dates_agree(citation.date, entry):
        yield CitationVerdict.DATE_DIFFERS, date_differs(citation, entry)
    if citation.issuer and issuer_differs(known.catalogue, citation.issuer, entry):
        yield CitationVerdict.ISSUER_DIFFERS, issuer_said(citation.issuer, entry)
    for note in answer.notes:
        if note.startswith("Cùng số nhưng là "):
            yield _of_another_kind(note, citation, entry)
        elif not note.startswith(_SAID_HERE):
            yield CitationVerdict.FOUND, note
    places = list(_places(citation, answer.key, known))
    yield from places
    missing = any(verdict is CitationVerdict.CLAUSE_MISSING for verdict, _ in places)
    for verdict, said in _force(citation, answer.key, known, changed):
        if not missing or verdict is CitationVerdict.NOT_IN_FORCE:
            yield verdict, said


def _of_another_kind(note: str, citation: Citation, entry: Entry) -> Told:
    """A decision that approves a programme is called by the programme's name, and may be."""
    kind = citation.type or ""
    if approves(entry, kind):
        said = f"Đây là {entry.document.type} phê duyệt hoặc ban hành {kind}."
        return CitationVerdict.FOUND, said
    return CitationVerdict.ISSUER_DIFFERS, note


def _force(
    citation: Citation, key: str, known: Known, changed: Mapping[str, Sequence[Relation]]
) -> Iterator[Told]:
    """The force of each place named, or of the document where none is."""
    named = in_articles(citation.pinpoints)
    tree, parts = known.trees.get(key), changed.get(key, ())
    here = [(known.bases.get((key, id)), place) for id, place in cited_places(named)]
    for basis, place in here:
        if basis is not None:
            yield from force(basis, place, tree, parts, known.catalogue)
    whole = known.bases.get((key, ""))
    if whole is not None and not any(basis for basis, _ in here):
        first = next((p for p in named if pinpoint_words(p)), None)
        yield from force(whole, first, tree, parts, known.catalogue)


def _places(citation: Citation, key: str, known: Known) -> Iterator[Told]:
    """Of each place named that is not, or not surely, in the document."""
    places = [p for p in in_articles(citation.pinpoints) if pinpoint_words(p)]
    if not places:
        return
    name = _name(known.catalogue, key)
    tree = known.trees.get(key)
    if tree is None:
        said = f"Kho chưa có toàn văn của {name} nên chưa kiểm được {pinpoint_words(places[0])}."
        yield CitationVerdict.UNVERIFIED, said
        return
    kind = known.kinds.get(key)
    part_only = kind in (TextKind.CODIFIED, TextKind.DRAFT)
    whole = known.bases.get((key, ""))
    grown = whole is not None and whole.today.state is State.IN_FORCE_AMENDED
    grown = grown and kind not in (TextKind.CODIFIED, TextKind.CONSOLIDATED)
    for place in places:
        for found in lacking(tree, place):
            if grown:
                said = f"{name}: {found.why}, nhưng văn bản đã sửa đổi mà kho chưa có bản hợp nhất"
                yield CitationVerdict.UNVERIFIED, f"{said}; đối chiếu văn bản sửa đổi."
            elif not found.sure or (part_only and found.article):
                said = f"Chưa thấy {found.asked} ở bản {name} trong kho ({found.why})"
                yield CitationVerdict.UNVERIFIED, f"{said}; đối chiếu bản gốc."
            else:
                yield CitationVerdict.CLAUSE_MISSING, f"{name}: {found.why}."


def _name(catalogue: Catalogue, key: str) -> str:
    entry = entry_of(catalogue, key)
    return cite(entry.document, namesake=True).short if entry else key


def meant(answers: Sequence[Resolution]) -> list[tuple[str, str]]:
    """(key, provision) of what is cited, and of the whole document of each: what to fetch."""
    out = []
    for answer in answers:
        if isinstance(answer, Resolved) and answer.key:
            out.append((answer.key, ""))
            out += [
                (answer.key, id)
                for pinpoint in answer.citation.pinpoints
                if (id := provision_id(pinpoint))
            ]
    return list(dict.fromkeys(out))
