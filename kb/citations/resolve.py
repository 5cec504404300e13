"""What is meant: for each mention the document it names, or why that cannot be told.

Resolved | Ambiguous | Unknown, in the order of the mentions. One candidate or none is an answer;
of two none is picked. A paper numbered anew each year (753/QĐ-TTg) is not the one of another year.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kb.alike import title_key
from kb.catalogue import Catalogue, Entry
from kb.citations import Ambiguous, Citation, Kind, Resolution, Resolved, Unknown
from kb.citations.aliases import antecedents
from kb.citations.context import Context
from kb.citations.internal import Paper, resolve_internal
from kb.citations.places import provision_id
from kb.documents import Document, display_date, number_key
from kb.lookup import Candidate, dates_agree, lookup, near_numbers, year_of
from kb.structure import Node
from kb.text import capital, fold, slug
from kb.validity import State, as_day, status_at


def resolve(
    citations: Sequence[Citation],
    catalogue: Catalogue,
    here: Document,
    text: str = "",
    tree: Node | None = None,
) -> list[Resolution]:
    """One resolution for each citation, in order; *here* is the document that says them.

    With its *text* names it has given are followed ("sau đây gọi là …"); with its *tree*, too,
    "này" is the place around a mention, and inside a quotation the amended document.
    """
    given = antecedents(text, citations) if text else {}
    found: dict[int, Resolution] = {}
    for index, citation in enumerate(citations):
        if citation.kind is not Kind.INTERNAL:
            answer = _called(citation, given, citations, found) or _one(citation, catalogue, here)
            found[index] = _placed(answer)
    context = Context(tree, text) if tree else None
    mentions = [(citations[index], answer) for index, answer in found.items()]
    paper = Paper(here, text, context, citations, mentions, catalogue)
    for index, citation in enumerate(citations):
        if citation.kind is Kind.INTERNAL:
            found[index] = resolve_internal(citation, paper)
    return [found[index] for index in range(len(citations))]


def _one(citation: Citation, catalogue: Catalogue, here: Document) -> Resolution:
    if citation.kind is Kind.NAMED:
        return _named(citation, catalogue, here)
    return _numbered(citation, catalogue, here)


def _called(
    citation: Citation,
    given: Mapping[str, tuple[int, int]],
    citations: Sequence[Citation],
    found: Mapping[int, Resolution],
) -> Resolution | None:
    """What a name means that the same text has given to a document before; None for others."""
    if citation.kind is not Kind.NAMED:
        return None
    index, since = given.get(title_key(citation.title or citation.text), (-1, 0))
    if index < 0 or citation.span.start < since:
        return None
    meant = found[index]
    if isinstance(meant, Resolved):
        note = f"“{citation.title}” là tên gọi tắt đặt ở trên cho {citations[index].text}."
        return Resolved(citation, meant.key, notes=(note,))
    return replace(meant, citation=citation)


def _placed(answer: Resolution) -> Resolution:
    if isinstance(answer, Resolved) and answer.citation.pinpoints:
        return replace(answer, provision=provision_id(answer.citation.pinpoints[0]))
    return answer


# --- by number -------------------------------------------------------------------------------


def _numbered(citation: Citation, catalogue: Catalogue, here: Document) -> Resolution:
    number = citation.number
    if number is None:
        return Unknown(
            citation,
            f"Số “{citation.number_text}” viết sai dạng: số, ký hiệu viết như 753/QĐ-TTg, "
            "02/2019/TT-BTTTT hoặc 39-CT/TW.",
        )
    if not number.serial:
        return Unknown(citation, f"Văn bản để trống số (“{citation.number_text}”).")
    candidates = lookup(
        catalogue,
        number=number,
        type=citation.type,
        issuer=citation.issuer,
        date=citation.date,
    )
    exact = [c.entry for c in candidates if c.exact]
    if len(exact) > 1 and citation.date:
        dated = [e for e in exact if e.document.issued and dates_agree(citation.date, e)]
        exact = dated if len(dated) == 1 else exact
    if len(exact) > 1 and (near := _of_the_same_place(citation, exact, here)):
        place = _place(here.issuer)
        return Resolved(
            citation, near.document.key, notes=(f"Hiểu là văn bản của {place}, như nơi dẫn.",)
        )
    if len(exact) == 1:
        return Resolved(citation, exact[0].document.key, notes=_notes(citation, exact[0]))
    if exact:
        return Ambiguous(
            citation,
            tuple(e.document.key for e in exact),
            f"Có {len(exact)} văn bản cùng số {number.text} trong kho; chỗ này không nói rõ "
            "ngày hay cơ quan ban hành để phân biệt.",
        )
    return _probable(citation, candidates, catalogue)


_PLACE = re.compile(r"(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|đặc khu)\s.+$", re.IGNORECASE)


def _place(issuer: str) -> str:
    """The place in the name of a local body: "tỉnh Long An"; "" in that of others."""
    found = _PLACE.search(issuer)
    return found[0] if found else ""


def _of_the_same_place(citation: Citation, exact: Sequence[Entry], here: Document) -> Entry | None:
    """A local paper cites "Quyết định số 12/QĐ-UBND" without its place: the one of its own."""
    place = slug(_place(here.issuer))
    if not place or (citation.issuer and _place(citation.issuer)):
        return None
    near = [e for e in exact if slug(_place(e.document.issuer)) == place]
    return near[0] if len(near) == 1 else None


def _probable(
    citation: Citation, candidates: Sequence[Candidate], catalogue: Catalogue
) -> Resolution:
    """No exact answer: a misprint, or the same number with a fact that disagrees."""
    assert citation.number is not None
    key = number_key(citation.number)
    same = [c for c in candidates if number_key(c.entry.document.number) == key]
    other = [c for c in candidates if c not in same]
    if same:
        believed = [c for c in same if _believed(citation, c.entry)]
        if len(believed) == 1:
            entry, reason = believed[0].entry, believed[0].reason
            notes = _notes(citation, entry)
            if not any(note.startswith("Ngày") for note in notes):
                notes = (_sentence(reason), *notes)
            return Resolved(citation, entry.document.key, notes=notes)
        if believed:
            return Ambiguous(
                citation,
                tuple(c.entry.document.key for c in believed),
                "Số này có ở nhiều văn bản và không văn bản nào khớp hết các chi tiết được ghi.",
            )
    certain = [c for c in other if citation.date or not _known_letters(citation, catalogue)]
    if len(certain) == 1:
        return Resolved(citation, certain[0].entry.document.key, _sentence(certain[0].reason))
    if certain:
        return Ambiguous(
            citation,
            tuple(c.entry.document.key for c in certain),
            f"Không có số {citation.number.text}; nhiều văn bản có số gần giống.",
        )
    return Unknown(citation, _why_unknown(citation, [*same, *other], catalogue))


def _believed(citation: Citation, entry: Entry) -> bool:
    """Is a document of this number the one meant although a fact disagrees?

    A normative number carries its year, so it is (a date misread or misprinted). Other numbers
    restart every year and in every office: only within the same year, or where the title agrees.
    """
    agreement = title_agreement(citation.title, entry.document.title)
    if agreement is not None and agreement >= _SAME_TITLE:
        return True
    if citation.number is not None and citation.number.year:
        return agreement is None or agreement >= _OTHER_TITLE
    year = year_of(entry)
    if citation.date and year and int(citation.date[:4]) != year:
        return False
    issuer_differs = not lookup_agrees(citation, entry)
    return not issuer_differs and (agreement is None or agreement >= _OTHER_TITLE)


def lookup_agrees(citation: Citation, entry: Entry) -> bool:
    """Nothing but the day stands between the mention and the entry."""
    issuer, known = citation.issuer, entry.document.issuer
    return not issuer or not known or bool(_meet(issuer, known))


def _meet(one: str, other: str) -> bool:
    mine, theirs = set(slug(one).split("-")), set(slug(other).split("-"))
    return mine <= theirs or theirs <= mine


def _known_letters(citation: Citation, catalogue: Catalogue) -> bool:
    """Are the issuer's letters of the number those of a body that exists?"""
    codes = {slug(code) for issuer in catalogue.vocabulary.issuers for code in issuer.codes if code}
    number = citation.number
    return bool(number and number.issuer_codes) and all(
        slug(code) in codes for code in (number.issuer_codes if number else ())
    )


def _why_unknown(citation: Citation, candidates: Sequence[Candidate], catalogue: Catalogue) -> str:
    assert citation.number is not None
    number = citation.number.text
    if candidates:
        near = "; ".join(
            f"{c.entry.document.type} {c.entry.document.number}: {c.reason}" for c in candidates[:3]
        )
        return f"Không chắc văn bản nào trong kho: {near}."
    close = near_numbers(catalogue, number)
    if close:
        return f"Không có văn bản số {number} trong kho; gần giống là {', '.join(close[:3])}."
    return f"Không có văn bản số {number} trong kho."


# --- what disagrees --------------------------------------------------------------------------

_SAME_TITLE = 0.8  # share of the shorter title's words found in the longer
_OTHER_TITLE = 0.4
_WORD = re.compile(r"[a-z0-9]+")
_EMPTY = frozenset(["ve", "viec", "ban", "hanh", "cua", "va", "cac", "mot", "so", "dieu"])


def title_agreement(one: str | None, other: str | None) -> float | None:
    """0..1, how far two titles share their words; None where either says too little."""
    mine = set(_WORD.findall(fold(one or ""))) - _EMPTY
    theirs = set(_WORD.findall(fold(other or ""))) - _EMPTY
    shorter = min(len(mine), len(theirs))
    return len(mine & theirs) / shorter if shorter >= 3 else None


def _notes(citation: Citation, entry: Entry) -> tuple[str, ...]:
    """What the mention says otherwise than the catalogue."""
    notes = []
    agreement = title_agreement(citation.title, entry.document.title)
    if citation.kind is Kind.EXPLICIT and agreement is not None and agreement < 0.9:
        notes.append(f"Trích yếu được dẫn khác với trích yếu đã biết: “{entry.document.title}”.")
    issued = entry.document.issued
    if citation.date and issued and not dates_agree(citation.date, entry):
        notes.append(
            f"Ngày được dẫn ({display_date(citation.date)}) khác ngày ban hành đã biết "
            f"({display_date(issued)})."
        )
    return tuple(dict.fromkeys(notes))


def _sentence(words: str) -> str:
    return capital(words).rstrip(".") + "."


# --- by name -----------------------------------------------------------------------------------


# A document of this state on a day was surely not law then.
_NOT_HELD = frozenset((State.NOT_YET, State.CEASED, State.ENDED))


def _in_force_then(
    found: Sequence[Candidate], catalogue: Catalogue, day: str | None
) -> Entry | None:
    """The only one of several that may have been in force on the day of the citing document; None
    where two may."""
    on = as_day(day)
    if on is None:
        return None
    held = [
        candidate.entry
        for candidate in found
        if status_at(candidate.entry, catalogue.relations, on).state not in _NOT_HELD
    ]
    return held[0] if len(held) == 1 else None


def _issued_after(entry: Entry, here: Document) -> bool:
    """Did the document come after the one that names it, so that it cannot be meant?"""
    mine, other = entry.document.issued or "", here.issued or ""
    length = min(len(mine), len(other))  # a date may be known in part
    return length > 0 and mine[:length] > other[:length]


def _named(citation: Citation, catalogue: Catalogue, here: Document) -> Resolution:
    title = citation.title or citation.text
    candidates = lookup(catalogue, title=title, type=citation.type, date=citation.date)
    exact = [c for c in candidates if c.exact]
    usable = exact or [c for c in candidates if "tên gọi khác" in c.reason]
    earlier = [c for c in usable if not _issued_after(c.entry, here)]
    if usable and not earlier:
        years = ", ".join(str(year_of(c.entry)) for c in usable)
        return Unknown(
            citation,
            f"“{title}” trong kho là bản năm {years}, ban hành sau văn bản này: ở đây là một bản "
            "trước đó, hoặc chỗ này đã được sửa về sau.",
        )
    usable = earlier
    if len(usable) == 1:
        notes = () if usable[0].exact else (_sentence(usable[0].reason),)
        return Resolved(citation, usable[0].entry.document.key, notes=notes)
    if usable and (then := _in_force_then(usable, catalogue, here.issued)):
        note = (
            f"Hiểu là {then.document.type} số {then.document.number}: bản có hiệu lực vào "
            f"{display_date(here.issued or '')}, ngày của văn bản dẫn."
        )
        return Resolved(citation, then.document.key, notes=(note,))
    if usable:
        years = ", ".join(str(year_of(c.entry) or "chưa rõ năm") for c in usable)
        return Ambiguous(
            citation,
            tuple(c.entry.document.key for c in usable),
            f"Có {len(usable)} văn bản tên “{title}” ({years}); chỗ này không ghi năm.",
        )
    if candidates:
        listed = "; ".join(c.reason for c in candidates[:3])
        return Unknown(citation, f"Không có “{title}” đúng năm được ghi trong kho: {listed}.")
    return Unknown(citation, f"Không có văn bản tên “{title}” trong kho.")
