"""What a search answers, ready for a page, a command or a program to show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.store import Listed
from kb.text import Span

PAGE = 10  # documents on a page of results


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of a text; ``marks`` are the places in ``text`` that answered, in order and apart.
    ``cut_before`` and ``cut_after`` say whether the text goes on there."""

    text: str
    marks: tuple[Span, ...] = ()
    cut_before: bool = False
    cut_after: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a score and what it is for: a word of the query with ``how`` it is there and
    ``where``, or what holds of the provision or its document."""

    words: str
    value: float
    how: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class ProvisionHit:
    """A provision that answers: ``provision`` its id, ``path`` in words ("Chương III › Điều 27"),
    ``kind`` as ``kb.index.Record.kind``, ``url`` its permalink. ``record``
    is the provision found, which ``provision`` may go finer than; ``parts`` make up its score."""

    provision: str
    path: str
    kind: str
    snippet: Snippet
    url: str
    score: float
    record: str = ""
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A document with its best provisions; ``exact`` when its number was typed. ``why`` says in
    words how a document got here when not by words or its own number; ``parts`` what the document
    adds to the score of its best provision (``kb.order``); ``alike`` those whose best provision
    reads the same and which are not shown again."""

    listed: Listed
    url: str
    hits: tuple[ProvisionHit, ...] = ()
    score: float = 0.0
    exact: bool = False
    why: str = ""
    parts: tuple[Part, ...] = ()
    alike: tuple[Listed, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetValue:
    """``value`` as in an address, ``count`` the documents of the answer that have it."""

    value: str
    words: str
    count: int
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """What documents are told apart by (``kb.facets``): ``name`` as in an address.

    ``without`` is how many documents there would be without its filter, where that filter alone
    leaves none."""

    name: str
    words: str
    values: tuple[FacetValue, ...]
    without: int = 0

    @property
    def chosen(self) -> tuple[FacetValue, ...]:
        return tuple(value for value in self.values if value.chosen)


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something asked that the library has no ground to answer: ``what`` is not known of a
    document and why, ``next_step`` what to do about it."""

    listed: Listed
    what: str
    next_step: str

    @property
    def words(self) -> str:
        document = self.listed.document
        name = f"{document.type} {document.number or document.title}"
        return f"Kho chưa có căn cứ để trả lời về {name}. {self.what}"


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something typed that cannot be read: ``span`` in ``SearchResult.query``; ``hint`` what to do.
    The rest of the query was still looked for."""

    span: Span
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Something else to look for: ``words`` for a reader, ``query`` what to type for it."""

    words: str
    query: str


@dataclass(frozen=True, slots=True)
class Question:
    """What was typed means several things; none is chosen."""

    words: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """``understood`` is one line on what was looked for; ``count`` all documents that answer (the
    groups of all pages); ``groups`` those of this page; ``why_not`` reasons and next steps when
    nothing was found; ``as_words`` is set when something else than the letters typed was looked for
    (a number, restored accents, a short word in full) and the text can also be searched verbatim.

    ``conditions`` are those in force, each with the query that goes without it; ``corrections``
    are other spellings that may be meant, ``questions`` words with several meanings, ``notes``
    what else to know (who took over from an issuer, what is not at hand); each ``Mistake`` stands
    at its place of ``query``.

    ``full`` is how many documents of the whole library have every word in one provision, within
    the conditions and filters: exact, where ``count`` has what comes closest; None where not words
    were looked for.

    ``keys`` are all documents that answer wholly: of the number or name, meeting the conditions, or
    those ``full`` counts.

    ``unknowns`` come before everything else; ``facets`` are of all documents that answer.
    ``kind`` is how the line was taken: ``named`` (a number or a name), ``words``, ``conditions``
    alone, or ``empty``.
    """

    query: str
    understood: str
    count: int
    groups: tuple[Group, ...]
    page: int = 1
    pages: int = 1
    why_not: tuple[str, ...] = ()
    unknowns: tuple[Unknown, ...] = ()
    facets: tuple[Facet, ...] = ()
    by_date: bool = False
    as_words: bool = False
    full: int | None = None
    conditions: tuple[Choice, ...] = ()
    corrections: tuple[Choice, ...] = ()
    questions: tuple[Question, ...] = ()
    notes: tuple[str, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    kind: str = ""
    keys: tuple[str, ...] = ()

    @property
    def full_words(self) -> str:
        """``full`` as a sentence, "" without it."""
        if self.full is None:
            return ""
        some = f"Cả kho có {self.full} văn bản" if self.full else "Không văn bản nào trong kho"
        narrowed = self.conditions or any(facet.chosen for facet in self.facets)
        within = " và hợp các điều kiện" if narrowed else ""
        return f"{some} có đủ từ đã tìm trong cùng một điều hoặc mục{within}."


def nothing(why: Iterable[str], *, as_words: bool = False) -> SearchResult:
    """An answer without documents; the first of *why* is what was understood."""
    reasons = tuple(why)
    return SearchResult("", reasons[0], 0, (), why_not=reasons, as_words=as_words)


def page_of(keys: Sequence[str], page: int, size: int = PAGE) -> tuple[Sequence[str], int, int]:
    """The keys of a page, how many pages there are, and which one it is."""
    pages = max(1, -(-len(keys) // size))
    page = max(1, min(page, pages))
    return keys[(page - 1) * size : page * size], pages, page
