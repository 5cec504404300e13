"""Is what a draft cites there, named as it is, and in force today?

Finding and resolving are those of ``kb.citations``, the force of a document or place that of
``kb.grounds``; here they become one verdict for each citation, with all reasons.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb.catalogue import Catalogue, Entry
from kb.checks.title_differs import as_title, difference, is_other
from kb.citations import Ambiguous, Citation, Kind, Resolution, Resolved, Unknown
from kb.citations.places import provision_id
from kb.citations.resolve import title_agreement
from kb.citing import Citing, cite, namesakes, pinpoint_words
from kb.documents import display_date, number_key
from kb.expressions import Kind as TextKind
from kb.grounds import Basis
from kb.lookup import Candidate, dates_agree, entry_of, lookup
from kb.press import CheckedCitation, CitationVerdict, Known
from kb.press.places import lacking
from kb.text import MatchText
from kb.validity import State

# Characters after a mention in which a place without its document is read as that document's.
NEAR = 300
_OVER = (State.CEASED, State.ENDED, State.SUSPENDED, State.NOT_YET)
# What ``resolve`` notes and this says in words of its own.
_SAID_HERE = ("Ngày được dẫn", "Trích yếu được dẫn", "Cùng số nhưng")
_SOME = 0.4  # share of words two titles of one paper have in common
_ORDER = {verdict: rank for rank, verdict in enumerate(CitationVerdict)}

_Said = tuple[CitationVerdict, str]


def check_citations(
    draft: MatchText, answers: Sequence[Resolution], known: Known
) -> list[CheckedCitation]:
    """A verdict of each citation of *draft*, in order; spans are of the text the draft was made
    from. Words that only point about in the draft itself ("Kế hoạch này") are no citations."""
    laws = namesakes(known.catalogue.entries)
    seen: set[str] = set()
    before = _Before(None, 0)
    out = []
    for answer in answers:
        citation = answer.citation
        if citation.kind is Kind.INTERNAL and not names_a_place(citation):
            continue
        said = list(_judged(answer, known, before))
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
                _candidates(answer, known.catalogue),
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
    places = (pinpoint_words(pinpoint) for pinpoint in citation.pinpoints)
    return cite(entry.document, ", ".join(filter(None, places)), namesake=namesake)


# --- one citation ------------------------------------------------------------------------------


def _judged(answer: Resolution, known: Known, before: _Before) -> Iterator[_Said]:
    if answer.citation.kind is Kind.INTERNAL:
        said = "Chỗ này không nêu là của văn bản nào: ghi rõ tên loại, số, ký hiệu."
        if before.entry and answer.citation.span.start - before.end < NEAR:
            place = pinpoint_words(answer.citation.pinpoints[0])
            said += f" Nếu là văn bản vừa nêu thì ghi: {cite(before.entry.document, place).short}."
        yield CitationVerdict.UNVERIFIED, said
    elif isinstance(answer, Ambiguous):
        names = "; ".join(_name(known.catalogue, key) for key in answer.candidates)
        yield (
            CitationVerdict.AMBIGUOUS,
            f"{answer.reason} Ghi thêm ngày hoặc cơ quan ban hành. Có thể là: {names}.",
        )
    elif isinstance(answer, Unknown):
        yield _unknown(answer, known.catalogue)
    else:
        yield from _resolved(answer, known)


def _unknown(answer: Unknown, catalogue: Catalogue) -> _Said:
    citation = answer.citation
    number = citation.number
    if citation.kind is Kind.EXPLICIT and (number is None or not number.serial):
        return CitationVerdict.MALFORMED, answer.reason
    near = _near(citation, catalogue)
    misprinted = [c for c in near if _is_misprint(citation, c.entry)]
    if len(misprinted) == 1:
        entry = misprinted[0].entry
        return CitationVerdict.MISPRINT, (
            f"Không có {_written(citation)}; gần chắc là {cite(entry.document).full}: "
            f"{misprinted[0].reason}.{_misprint_sources(citation, entry)} Sửa số nếu đúng là nó."
        )
    slipped = [c.entry for c in near if _other_year(citation, c.entry)]
    if len(slipped) == 1:
        return CitationVerdict.DATE_DIFFERS, _date_differs(citation, slipped[0])
    return CitationVerdict.NOT_IN_CORPUS, (
        f"{answer.reason} Kiểm lại số, ngày; hoặc nạp văn bản ấy bằng kb ingest."
    )


def _resolved(answer: Resolved, known: Known) -> Iterator[_Said]:
    citation, entry = answer.citation, entry_of(known.catalogue, answer.key)
    if entry is None:  # it means the draft itself
        return
    document = entry.document
    if answer.correction:
        yield (
            CitationVerdict.MISPRINT,
            (
                f"{answer.correction}{_misprint_sources(citation, entry)} "
                f"Ghi là {cite(document).short}."
            ),
        )
    if citation.kind is Kind.EXPLICIT and citation.title:
        yield from _title(citation, entry)
    if citation.date and document.issued and not dates_agree(citation.date, entry):
        yield CitationVerdict.DATE_DIFFERS, _date_differs(citation, entry)
    for note in answer.notes:
        if note.startswith("Cùng số nhưng") and " đề ngày " not in note:
            yield CitationVerdict.ISSUER_DIFFERS, note
        elif not note.startswith(_SAID_HERE):
            yield CitationVerdict.FOUND, note
    yield from _places(citation, answer.key, known)
    if basis := known.bases.get((answer.key, _place(answer, known.bases))):
        yield from _force(basis, citation)


def _place(answer: Resolved, bases: Mapping[tuple[str, str], Basis]) -> str:
    return answer.provision if (answer.key, answer.provision) in bases else ""


def _title(citation: Citation, entry: Entry) -> Iterator[_Said]:
    official, written = entry.document.title, citation.title or ""
    # What follows a number is often no title but the sentence going on ("… quy định trường phải").
    shared = title_agreement(written, official) or 0
    if shared < _SOME and not (citation.date and written.lower().startswith("về ")):
        return
    if not is_other(written, official, entry.document.type):
        return
    said = difference(as_title(written, official), official, "bài ghi")
    doubt = dict(entry.doubts).get("title")
    todo = f"Kho còn ngờ: {doubt}; đối chiếu bản gốc." if doubt else "Ghi lại cho đúng."
    yield (
        CitationVerdict.TITLE_DIFFERS,
        f"Trích yếu khác bản chính thức: {said}. Trích yếu đúng: “{official}”. {todo}",
    )


def _date_differs(citation: Citation, entry: Entry) -> str:
    document = entry.document
    source = f" Nguồn: {entry.sources[0].text}." if entry.sources else ""
    return (
        f"{document.type} {document.number} mà kho biết ban hành ngày "
        f"{display_date(document.issued or '')}, không phải {display_date(citation.date or '')}."
        f"{source} Sửa ngày, hoặc sửa số nếu định nêu văn bản khác."
    )


def _places(citation: Citation, key: str, known: Known) -> Iterator[_Said]:
    """Of each place named that is not, or not surely, in the document."""
    places = [p for p in citation.pinpoints if pinpoint_words(p)]
    if not places:
        return
    name = _name(known.catalogue, key)
    tree = known.trees.get(key)
    if tree is None:
        yield (
            CitationVerdict.UNVERIFIED,
            f"Kho chưa có toàn văn của {name} nên chưa kiểm được {pinpoint_words(places[0])}.",
        )
        return
    kind = known.kinds.get(key)
    part_only = kind in (TextKind.CODIFIED, TextKind.DRAFT)
    whole = known.bases.get((key, ""))
    grown = whole is not None and whole.today.state is State.IN_FORCE_AMENDED
    grown = grown and kind not in (TextKind.CODIFIED, TextKind.CONSOLIDATED)
    for place in places:
        for found in lacking(tree, place):
            if grown:
                yield (
                    CitationVerdict.UNVERIFIED,
                    (
                        f"{name}: {found.why}, nhưng văn bản đã sửa đổi mà kho chưa có bản hợp "
                        "nhất; đối chiếu văn bản sửa đổi."
                    ),
                )
            elif not found.sure or (part_only and found.article):
                yield (
                    CitationVerdict.UNVERIFIED,
                    (
                        f"Chưa thấy {found.asked} ở bản {name} trong kho ({found.why}); "
                        "đối chiếu bản gốc."
                    ),
                )
            else:
                yield CitationVerdict.CLAUSE_MISSING, f"{name}: {found.why}."


def _force(basis: Basis, citation: Citation) -> Iterator[_Said]:
    today = basis.today
    said = today.why.rstrip(".;")
    why = f" {said[:1].upper()}{said[1:]}." if said else ""
    words = today.words
    if said.lower().startswith(words.lower()):
        words, why = said[:1].upper() + said[1:], ""
    if basis.place:
        words = (
            f"{_sentence(pinpoint_words(citation.pinpoints[0]))}: {words[:1].lower()}{words[1:]}"
        )
    heirs = "; ".join(f"{heir.name} ({heir.words.lower()})" for heir in basis.heirs)
    instead = f" Nay xem {heirs}." if heirs else ""
    if today.state in _OVER:
        yield CitationVerdict.NOT_IN_FORCE, f"{words}.{why}{instead}"
    elif today.state is State.UNKNOWN:
        yield CitationVerdict.UNVERIFIED, f"{words} hiệu lực hôm nay.{why}"
    elif today.age.startswith("chưa"):
        yield CitationVerdict.UNVERIFIED, f"{words}, nhưng {today.age}: kiểm lại hiệu lực."
    elif today.state is not State.IN_FORCE:
        yield CitationVerdict.FOUND, f"{words}.{why}"


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


# --- what may be meant -------------------------------------------------------------------------


def _near(citation: Citation, catalogue: Catalogue) -> Sequence[Candidate]:
    if citation.number is None:
        return ()
    return lookup(
        catalogue,
        number=citation.number,
        type=citation.type,
        issuer=citation.issuer,
        date=citation.date,
    )


def _is_misprint(citation: Citation, entry: Entry) -> bool:
    written = number_key(citation.number) if citation.number else ""
    return any(number_key(misprint.number) == written for misprint in entry.misprints)


def _misprint_sources(citation: Citation, entry: Entry) -> str:
    written = number_key(citation.number) if citation.number else ""
    urls = [
        source.text
        for misprint in entry.misprints
        if number_key(misprint.number) == written
        for source in misprint.sources
    ]
    return f" Nguồn: {'; '.join(urls)}." if urls else ""


def _other_year(citation: Citation, entry: Entry) -> bool:
    """Same number, day and month, another year: a slip of the year. Numbers start anew each year,
    so with another day it may well be another paper."""
    issued, written = entry.document.issued or "", citation.date or ""
    return len(issued) == len(written) == 10 and issued[4:] == written[4:] and issued != written


def _candidates(answer: Resolution, catalogue: Catalogue) -> tuple[str, ...]:
    if isinstance(answer, Ambiguous):
        return answer.candidates
    if isinstance(answer, Resolved):
        return (answer.key,) if answer.correction else ()
    return tuple(c.entry.document.key for c in _near(answer.citation, catalogue))


def _written(citation: Citation) -> str:
    number = citation.number.text if citation.number else citation.number_text
    return f"{citation.type or 'văn bản'} số {number}"


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
