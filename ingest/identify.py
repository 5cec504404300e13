"""Which work each text is.

Identity is type, number, issuer and date: numbers restart every year and every issuer has its own
row (Nghị định 30/2020/NĐ-CP, Điều 15). The works are a function of the texts and the catalogue,
whatever the order in which files came: texts are taken from the fullest letterhead to the barest;
each joins the one work it agrees with, else it founds a work, and where another might be the same
a finding names it. Two works are never made one without the facts, or the words, to show for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from kb.alike import likeness, same_type
from kb.catalogue import Catalogue, Entry, StatusClaim
from kb.citations.resolve import title_agreement
from kb.documents import Document, display_date, document_key, read_number
from kb.expressions import Expression, is_blank, preferred
from kb.findings import Finding, Severity
from kb.issuers import issuer_ids
from kb.lookup import year_of
from kb.text import fold, slug
from kb.validity import State

# Share of the shorter text's three-word stretches that both have. Measured on real files: two files
# of one work (Word, PDF, HTML, text) 0.987 and more; two works of one type up to 0.61, but
# consolidations of one law in two years up to 0.996: those are never known by their words.
LIKE = 0.8
_CONSOLIDATED = "Văn bản hợp nhất"
_FULL_DATE = len("2010-06-17")
_SAME_TITLE, _OTHER_TITLE = 0.8, 0.5
_YEAR = re.compile(r"\b20\d\d\b")


class _Answer(Enum):
    SAME = 1
    DOUBTFUL = 2
    OTHER = 3


@dataclass(slots=True)
class Work:
    """One work: its key, what is known of it, its texts, and what is doubtful of its identity."""

    key: str
    entry: Entry
    known: bool  # to the catalogue
    members: list[Expression] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def document(self) -> Document:
        return self.entry.document


def blocks(document: Document) -> tuple[str, str]:
    """(by number, by title): texts that share neither are never one work; "" where it has none."""
    number = read_number(document.number)
    by_number = ""
    if number is not None and number.serial:
        by_number = _tail(document_key("-", None, number, ""))
    by_title = _tail(document_key("-", None, None, document.title)) if document.title else ""
    return by_number, by_title


def _tail(key: str) -> str:
    return "/".join(key.split("/")[2:])


class Judge:
    """Puts texts together to works. *text_of* gives the words of an expression by its id."""

    def __init__(self, catalogue: Catalogue, text_of: Callable[[str], str]) -> None:
        self._vocabulary = catalogue.vocabulary
        self._slugs = {kind.name: kind.slug for kind in catalogue.vocabulary.types}
        self._text_of = text_of
        self._bodies: dict[str, frozenset[str]] = {}
        self._by_number: dict[str, list[Entry]] = {}
        self._by_title: dict[str, list[Entry]] = {}
        for entry in catalogue.entries:
            number, title = blocks(entry.document)
            self._by_number.setdefault(number, []).append(entry)
            self._by_title.setdefault(title, []).append(entry)

    def numbers_of(self, title: str) -> set[str]:
        """Number blocks of the catalogue's documents of a title block."""
        return {blocks(entry.document)[0] for entry in self._by_title.get(title, ())} - {""}

    def numbered(self, block: str, texts: Iterable[Expression]) -> list[Work]:
        """The works of one number block that have a text."""
        works = [Work(e.document.key, e, known=True) for e in self._by_number.get(block, ())]
        for text in sorted(texts, key=_fullness):
            self._place(text, works, works, self._by_facts)
        return [work for work in works if work.members]

    def bare(self, block: str, texts: Iterable[Expression], numbered: Sequence[Work]) -> list[Work]:
        """Texts of one title without a number, put to the works of that title or made works of
        their own: the works that got one."""
        there = {work.key for work in numbered}
        works = list(numbered)
        works += [
            Work(e.document.key, e, known=True)
            for e in self._by_title.get(block, ())
            if e.document.key not in there
        ]
        before = {id(work): len(work.members) for work in works}
        for text in sorted(texts, key=_fullness):
            candidates = works if block else []
            self._place(text, candidates, works, self._by_words)
        return [work for work in works if len(work.members) > before.get(id(work), 0)]

    def _place(
        self,
        text: Expression,
        candidates: Sequence[Work],
        works: list[Work],
        judge: Callable[[Work, Expression], tuple[_Answer, list[Finding]]],
    ) -> None:
        answers = [(work, *judge(work, text)) for work in candidates]
        same = [(work, said) for work, answer, said in answers if answer is _Answer.SAME]
        if len(same) == 1:
            work, said = same[0]
            work.members.append(text)
            work.findings += said
            work.entry = _filled(work.entry, text.document)
            return
        rivals = [work for work, answer, _ in answers if answer is not _Answer.OTHER]
        made = self._founded(text, works)
        made.findings += [_rival(work) for work in rivals]
        works.append(made)

    # --- does a text agree with a work? --------------------------------------------------------

    def _by_facts(self, work: Work, text: Expression) -> tuple[_Answer, list[Finding]]:
        """Same number: what do type, issuer, date and title say?"""
        known, seen = work.document, text.document
        if self._other_paper(work, seen):
            return _Answer.OTHER, []
        title = title_agreement(known.title, seen.title)
        said = []
        if known.issued and seen.issued and not _agree(known.issued, seen.issued):
            said.append(_date_differs(known.issued, seen.issued))
        if self._issuers_differ(known.issuer, seen.issuer):
            said.append(_issuer_differs(known.issuer, seen.issuer))
        number = read_number(seen.number)
        dated = bool(number and number.year) or (_is_full(known.issued) and _is_full(seen.issued))
        if not said and dated and (title is None or title >= _OTHER_TITLE):
            return _Answer.SAME, []
        if said and title is not None and title < _OTHER_TITLE:
            return _Answer.OTHER, []
        alike = self._alike(work, text)
        if alike is not None:
            return (_Answer.SAME if alike >= LIKE else _Answer.DOUBTFUL), said
        if title is not None and title >= _SAME_TITLE and len(said) < 2:
            return _Answer.SAME, said
        return _Answer.DOUBTFUL, said

    def _by_words(self, work: Work, text: Expression) -> tuple[_Answer, list[Finding]]:
        """Same title, no number to go by: what do the date and the words say?"""
        known, seen = work.document, text.document
        if slug(known.title) != slug(seen.title) or self._other_paper(work, seen):
            return _Answer.OTHER, []
        if self._issuers_differ(known.issuer, seen.issuer) or not _same_row(known, seen):
            return _Answer.OTHER, []
        if known.issued and seen.issued and not _agree(known.issued, seen.issued):
            return _Answer.OTHER, []
        alike = self._alike(work, text)
        said = [_by_title_said(known, alike)]
        if _is_full(known.issued) and _is_full(seen.issued) and not is_blank(seen):
            return (_Answer.SAME if alike is None or alike >= LIKE else _Answer.DOUBTFUL), said
        if alike is None or not (known.type and seen.type) or seen.type == _CONSOLIDATED:
            return _Answer.DOUBTFUL, said
        if alike >= LIKE and (seen.issued or self._years(work) == _latest_year(self._words(text))):
            return _Answer.SAME, said
        return _Answer.DOUBTFUL, said

    def _other_paper(self, work: Work, seen: Document) -> bool:
        """Another type, or another year's row of numbers."""
        known = work.document
        if known.type and seen.type and not same_type(known.type, seen.type):
            return True
        mine, theirs = year_of(work.entry), year_of(replace(work.entry, document=seen))
        return bool(mine and theirs and mine != theirs)

    def _issuers_differ(self, one: str, other: str) -> bool:
        if not one or not other:
            return False
        mine, theirs = self._ids(one), self._ids(other)
        if mine and theirs:
            return not mine & theirs
        a, b = set(slug(one).split("-")), set(slug(other).split("-"))
        return not (a <= b or b <= a)

    def _ids(self, issuer: str) -> frozenset[str]:
        if issuer not in self._bodies:
            self._bodies[issuer] = issuer_ids(issuer, self._vocabulary)
        return self._bodies[issuer]

    def _alike(self, work: Work, text: Expression) -> float | None:
        """How alike the text is to the work's fullest one; None where there is nothing to tell."""
        if not work.members:
            return None
        return likeness(self._words(work.members[0]), self._words(text))

    def _words(self, text: Expression) -> str:
        return self._text_of(text.id)

    def _years(self, work: Work) -> str:
        return _latest_year(self._words(work.members[0]))

    # --- a work of its own -----------------------------------------------------------------------

    def _founded(self, text: Expression, works: Sequence[Work]) -> Work:
        seen = text.document
        number = read_number(seen.number)
        year = int(seen.issued[:4]) if seen.issued else None
        if not (number and number.serial) and not seen.title:
            key = f"tep/{text.id[:12]}"
        else:
            key = document_key(self._slugs.get(seen.type, "van-ban"), year, number, seen.title)
        taken = {work.key for work in works}
        for rest in (slug(seen.issuer), seen.issued or "", text.id[:8]):
            if key in taken and rest:
                key = f"{key.partition('--')[0]}--{rest}"
        claim = StatusClaim(
            State.UNKNOWN.value,
            checked="",
            note="Văn bản nạp từ tệp, chưa có trong danh mục: hiệu lực chưa ai kiểm tra.",
        )
        return Work(key, Entry(replace(seen, key=key), claim), known=False, members=[text])


def _fullness(text: Expression) -> tuple[object, ...]:
    """The fullest letterhead first; among equals the one that would be shown."""
    seen = text.document
    return -len(seen.issued or ""), not seen.issuer, not seen.title, preferred(text)


def _filled(entry: Entry, seen: Document) -> Entry:
    """What is known of a work, with what only this text says."""
    known = entry.document
    names = ("title", "issuer", "issued", "place", "signer", "capacity", "grounds", "recipients")
    filled = {name: getattr(known, name) or getattr(seen, name) for name in names}
    return replace(entry, document=replace(known, **filled))


def _is_full(issued: str | None) -> bool:
    return len(issued or "") == _FULL_DATE


def _agree(one: str, other: str) -> bool:
    """No contradiction between two ISO dates, perhaps partial."""
    return one.startswith(other) or other.startswith(one)


def _same_row(known: Document, seen: Document) -> bool:
    """A number left blank still has its letters: are they those of the other number?"""
    mine, theirs = read_number(known.number), read_number(seen.number)
    if mine is None or theirs is None:
        return True
    return [fold(code) for code in (mine.type_code or "", *mine.issuer_codes)] == [
        fold(code) for code in (theirs.type_code or "", *theirs.issuer_codes)
    ]


def _latest_year(text: str) -> str:
    """The latest year a text speaks of: last year's plan makes this year's draft."""
    return max(_YEAR.findall(text), default="")


# --- what a person should know -----------------------------------------------------------------


def _name(document: Document) -> str:
    name = f"{document.type} {document.number}".strip() or document.title
    day = f" ngày {display_date(document.issued)}" if document.issued else ""
    return name + day


def _rival(work: Work) -> Finding:
    return Finding(
        "may-be-same-work",
        Severity.WARNING,
        f"Có thể là cùng văn bản với {_name(work.document)} ({work.key}); chưa đủ căn cứ nên "
        "được giữ riêng.",
        "Đối chiếu hai bản gốc; bản thiếu số, ngày thì tìm bản đã ký.",
    )


def _date_differs(known: str, seen: str) -> Finding:
    return Finding(
        "date-differs",
        Severity.WARNING,
        f"Ngày trong một tệp ({display_date(seen)}) khác ngày đã biết ({display_date(known)}).",
        "Đối chiếu bản gốc rồi sửa danh mục hoặc thay tệp.",
    )


def _issuer_differs(known: str, seen: str) -> Finding:
    return Finding(
        "issuer-differs",
        Severity.WARNING,
        f"Cơ quan ban hành trong một tệp ({seen}) khác điều đã biết ({known}).",
        "Đối chiếu bản gốc rồi sửa danh mục hoặc thay tệp.",
    )


def _by_title_said(known: Document, alike: float | None) -> Finding:
    words = "" if alike is None else f", lời văn giống {alike:.0%}"
    return Finding(
        "identified-by-title",
        Severity.INFO,
        f"Một tệp không ghi số; loại, tên và ngày hợp với {_name(known)}{words}.",
        "Đối chiếu số trên bản gốc.",
    )
