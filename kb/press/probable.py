"""What a number that no document here bears was probably meant to be, and why.

A misprint somebody has met before; a slip of the year in the date; a number one sign off, or of
another year or legislature, whose name or type is the one that the draft says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.alike import key_of, same_type, title_key, title_keys
from kb.catalogue import Catalogue, Entry
from kb.citations import Citation, Kind, Unknown
from kb.citations.resolve import title_agreement
from kb.citing import cite
from kb.documents import DocNumber, display_date, number_key, read_number
from kb.index.numbers import one_off
from kb.issuers import issuer_ids
from kb.lookup import Candidate, dates_agree, issuer_differs, lookup, year_of
from kb.press import CitationVerdict
from kb.source_names import called

_SAME_TITLE = 0.8  # share of the shorter title's words found in the longer
_MARKS = re.compile("[-/]")
_MOST = 3  # candidates told of


@dataclass(frozen=True, slots=True)
class Probable:
    """``keys`` are the documents it may be, likeliest first."""

    verdict: CitationVerdict
    reason: str
    keys: tuple[str, ...] = ()


def probable(answer: Unknown, catalogue: Catalogue) -> Probable:
    """What an unknown citation comes to."""
    citation = answer.citation
    number = citation.number
    if citation.kind is Kind.EXPLICIT and (number is None or not number.serial):
        return Probable(CitationVerdict.MALFORMED, answer.reason)
    near = _near(citation, catalogue)
    keys = tuple(c.entry.document.key for c in near)
    misprinted = [c for c in near if _is_misprint(citation, c.entry)]
    if len(misprinted) == 1:
        entry, why = misprinted[0].entry, misprinted[0].reason
        sources = misprint_sources(citation, entry)
        return Probable(CitationVerdict.MISPRINT, _misprint(citation, entry, why, sources), keys)
    slipped = [c.entry for c in near if _other_year(citation, c.entry)]
    if len(slipped) == 1:
        return Probable(CitationVerdict.DATE_DIFFERS, date_differs(citation, slipped[0]), keys)
    others = [c.entry for c in near if _other_issuer(citation, c.entry, catalogue)]
    if len(others) == 1:
        said = issuer_said(citation.issuer or "", others[0])
        if citation.date and not dates_agree(citation.date, others[0]):
            said += f" {date_differs(citation, others[0])}"
        return Probable(CitationVerdict.ISSUER_DIFFERS, said, keys)
    alike = [] if number is None or near else _alike(citation, number, catalogue)
    fitting = [one for one in alike if one.titled]
    if len(fitting) == 1:
        entry, why = fitting[0].entry, fitting[0].why
        said = _misprint(citation, entry, why)
        return Probable(CitationVerdict.MISPRINT, said, (entry.document.key,))
    offered = (fitting or alike)[:_MOST]
    listed = "; ".join(
        f"{cite(one.entry.document, namesake=True).short} ({one.why})" for one in offered
    )
    maybe = f" Có thể là: {listed}." if listed else ""
    return Probable(
        CitationVerdict.NOT_IN_CORPUS,
        f"{answer.reason}{maybe} Kiểm lại số, ngày; có tệp thì nhờ người quản trị nạp.",
        keys or tuple(one.entry.document.key for one in offered),
    )


def _misprint(citation: Citation, entry: Entry, why: str, sources: str = "") -> str:
    number = citation.number.text if citation.number else citation.number_text
    return (
        f"Không có {citation.type or 'văn bản'} số {number}; gần chắc là "
        f"{cite(entry.document).full}: {why}.{sources} Sửa số nếu đúng là văn bản ấy."
    )


def date_differs(citation: Citation, entry: Entry) -> str:
    """The sentence on a day that is not the document's."""
    document = entry.document
    source = f" Nguồn: {called(entry.sources[0].text).evidence}." if entry.sources else ""
    return (
        f"{document.type} {document.number} mà kho biết ban hành ngày "
        f"{display_date(document.issued or '')}, không phải {display_date(citation.date or '')}."
        f"{source} Sửa ngày, hoặc sửa số nếu định nêu văn bản khác."
    )


def issuer_said(issuer: str, entry: Entry) -> str:
    """The sentence on a body that did not issue the document."""
    document = entry.document
    return (
        f"{cite(document, namesake=True).short} do {document.issuer} ban hành, không phải {issuer}."
        " Sửa tên cơ quan, hoặc sửa số nếu định nêu văn bản khác."
    )


def misprint_sources(citation: Citation, entry: Entry) -> str:
    """Where this misprint has been met, " Nguồn: …" or ""."""
    written = number_key(citation.number) if citation.number else ""
    urls = [
        called(source.text).evidence
        for misprint in entry.misprints
        if number_key(misprint.number) == written
        for source in misprint.sources
    ]
    return f" Nguồn: {'; '.join(urls)}." if urls else ""


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


def _other_year(citation: Citation, entry: Entry) -> bool:
    """Same number, day and month, another year: a slip of the year. Numbers start anew each year,
    so with another day it may well be another paper."""
    issued, written = entry.document.issued or "", citation.date or ""
    return len(issued) == len(written) == 10 and issued[4:] == written[4:] and issued != written


def _other_issuer(citation: Citation, entry: Entry, catalogue: Catalogue) -> bool:
    """Is it the paper, given to a body that did not issue it? Its number and type are those said,
    and its day is, or the letters of the number are those of the body that issued it and no other
    body's, so that no other paper of that year bears it."""
    number, document = citation.number, entry.document
    if number is None or not citation.issuer or key_of(number.text) != key_of(document.number):
        return False
    if citation.type and document.type and not same_type(citation.type, document.type):
        return False
    if not document.issuer or not issuer_differs(catalogue, citation.issuer, entry):
        return False
    if any(code.upper() in _LOCAL for code in number.issuer_codes):
        return False
    if citation.date and document.issued and dates_agree(citation.date, entry):
        return len(citation.date) == len("2020-01-01")
    bodies = issuer_ids(document.issuer, catalogue.vocabulary)
    holders = {
        issuer.id
        for issuer in catalogue.vocabulary.issuers
        if set(number.issuer_codes) & set(issuer.codes)
    }
    year = year_of(entry)
    return (
        bool(holders)
        and holders <= bodies
        and (not citation.date or year is None or citation.date.startswith(str(year)))
    )


# Letters that bodies of many places share.
_LOCAL = frozenset(("UBND", "HĐND", "CTUBND"))


# --- numbers that are nearly it ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Alike:
    """``titled``: the draft gives its name too, or the very letters and digits."""

    entry: Entry
    why: str
    titled: bool


def _alike(citation: Citation, number: DocNumber, catalogue: Catalogue) -> list[_Alike]:
    """Documents with nearly this number and the type that is said, those of the same name first. A
    number without its year starts anew each year: of these only a slip in the letters is told, or
    one of the same name."""
    key = key_of(number.text)
    found = []
    for entry in catalogue.entries:
        other = _parsed(entry.document.number)
        if other is None or not _is_near(number, key, other):
            continue
        kind = entry.document.type
        if citation.type and kind and not same_type(citation.type, kind):
            continue
        titled = is_named(citation, entry)
        if not (titled or (titled is None and _may_be(citation, number, key, other, entry))):
            continue
        same = bool(titled) or _MARKS.sub("", key) == _MARKS.sub("", key_of(other.text))
        found.append(_Alike(entry, _why(number, other, titled, citation), same))
    return sorted(found, key=lambda one: not one.titled)


def _is_near(number: DocNumber, key: str, other: DocNumber) -> bool:
    """One sign off, or the same but for the year and the legislature's number."""
    if _one_off(key, key_of(other.text)):
        return True
    if not number.year or not other.year or _serial(number) != _serial(other):
        return False
    return _letters(number) == _letters(other)


def _one_off(key: str, other: str) -> bool:
    """One sign, or the marks between the parts: 39/CT-TW for 39-CT/TW."""
    return one_off(key, other) or _MARKS.sub("", key) == _MARKS.sub("", other)


def _may_be(
    citation: Citation, number: DocNumber, key: str, other: DocNumber, entry: Entry
) -> bool:
    """Without a name: one sign off, with the year in both or the same serial, and no other day."""
    if citation.date and not dates_agree(citation.date, entry):
        return False
    return _one_off(key, key_of(other.text)) and (
        bool(number.year) or _serial(number) == _serial(other)
    )


def _parsed(number: str) -> DocNumber | None:
    parts = read_number(number)
    return parts if parts and parts.serial else None


def _serial(number: DocNumber) -> str:
    return number.serial.lstrip("0")


def _letters(number: DocNumber) -> list[str]:
    codes = (number.type_code or "", *number.issuer_codes)
    return [code.rstrip("0123456789").lower() for code in codes]


def _why(number: DocNumber, other: DocNumber, titled: bool | None, citation: Citation) -> str:
    same = [f"cùng tên “{citation.title}”"] if titled else []
    same += ["cùng số"] if _serial(number) == _serial(other) else []
    same += [f"cùng năm {number.year}"] if number.year and number.year == other.year else []
    return f"{', '.join(same) or 'gần giống'}; bài ghi {number.text}, văn bản ấy là {other.text}"


def is_named(citation: Citation, entry: Entry) -> bool | None:
    """Does the draft call the document by its name; None where it says none or too little."""
    document, written = entry.document, citation.title or ""
    if not written:
        return None
    known = {*title_keys(document.type, document.title), *map(title_key, entry.aliases)}
    if title_key(written) in known:
        return True
    agreement = title_agreement(written, document.title)
    return None if agreement is None else agreement >= _SAME_TITLE
