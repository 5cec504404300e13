"""Finding provisions by words: what is stored, what is asked, what comes back.

An index knows nothing of law: it keeps ``Record`` values and answers a ``Query`` with ids and
scores. Whatever stands on a page comes from the library; highlighting is ours (``highlight``).

    analyzer   text → syllables and pairs of neighbours
    fields     a record as terms, a query as weighted terms: the same for every engine
    whoosh_engine, tantivy_engine, memory   terms → the likeliest rows; nothing else
    cards      what is known of each row: id, tags; and the rows of each word
    columns    the same as numbers, mapped: tokens, year, document
    vocabulary every word and how many rows have it
    counted    how many records and documents have all that was asked
    ranking    the likeliest rows in their final order; explain, one row's score word by word
    accents    the marks a word typed without them most likely has; asking, words of questions
    query      what was typed, taken apart; with numbers, places, names, conditions, short,
               keyboard, spelling and syllables for its parts, and known for what the library has
    library    all of it together: the ``SearchEngine`` everybody else uses
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from kb.index.columns import Rows


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that can be found.

    ``id`` is ``key#provision`` (``key`` alone for the facts of a document); ``kind`` is ``facts``,
    ``provision``, ``item``, ``digest`` or ``unknown`` (what a digest says is not known); ``title``
    the document's type, number and title; ``path`` the headings above the provision and
    ``heading`` its own; ``text`` all its words, its heading among them; ``tags`` what a query may
    ask to be so and what facets count, written ``name=value`` without a space (``loai=luat``,
    ``nam=2010``); ``year`` the document is of, 0 where that is not known: of two that say the same
    the later is likelier in force.
    """

    id: str
    key: str
    provision: str
    kind: str
    title: str
    heading: str
    text: str
    number: str = ""
    path: str = ""
    tags: tuple[str, ...] = ()
    year: int = 0


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed, read: ``words`` are lower-case syllables as typed (marks kept), ``phrases``
    those between quotation marks, ``marked`` whether any letter carries a mark.

    ``also`` are words that say the same in short ("nkt"): they are marked in what is shown.
    ``spelling`` has for each word the form it most likely has (``SearchEngine.spelled``), None: as
    typed; ``doubtful`` the places in it of those not likely enough to be said. ``without`` are
    phrases no hit may have. Of each tuple in ``tags`` a hit has at least one:
    ``(("loai=luat", "loai=nghi-dinh"), ("nam=2010",))``.
    """

    text: str
    words: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...] = ()
    marked: bool = False
    spelling: tuple[str, ...] | None = None
    without: tuple[tuple[str, ...], ...] = ()
    tags: tuple[tuple[str, ...], ...] = ()
    also: tuple[str, ...] = ()
    doubtful: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Hit:
    """A record found; a higher ``score`` is better, and only comparable inside one answer."""

    id: str
    key: str
    provision: str
    kind: str
    score: float
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The best hits, best first; ``more`` when there are others beyond them.

    Hits have any of the words. What is counted has *all* of them (``counted.Counted.full``):
    ``total`` how many records, ``keys`` of which documents, ``facets`` tag → how many of these
    documents have it. All three are exact, over the whole index, and the same for every engine;
    0 and empty when no record has every word.
    """

    hits: tuple[Hit, ...] = ()
    more: bool = False
    total: int = 0
    keys: tuple[str, ...] = ()
    facets: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Met:
    """A word of a query, or two neighbours, as a row has it: ``fields`` of ``title``, ``path``,
    ``heading`` and ``text``; ``forms`` the spellings it has there, none for a pair; ``value`` what
    it adds to the score."""

    words: str
    fields: tuple[str, ...]
    forms: tuple[str, ...]
    value: float


@dataclass(frozen=True, slots=True)
class Why:
    """All of a score: ``met`` word by word, ``rest`` by name (``ranking.NAMES``) what belongs to no
    word."""

    met: tuple[Met, ...]
    rest: tuple[tuple[str, float], ...]


class IndexWriter(Protocol):
    def delete(self, key: str) -> None:
        """Forget every record of a document."""

    def add(self, records: Iterable[Record]) -> None:
        """Take *records* in; one of the same id replaces the old."""


class Words(Protocol):
    """Every word of an index: ``spellings`` folded word → its forms."""

    @property
    def spellings(self) -> Mapping[str, Sequence[str]]: ...

    def frequency(self, word: str) -> int:
        """In how many rows the word is."""


class SearchEngine(Protocol):
    @property
    def name(self) -> str:
        """One of ``ENGINES``."""

    def writer(self) -> AbstractContextManager[IndexWriter]:
        """One writer at a time; what it wrote is seen once the block ends without an exception."""

    def spelled(self, query: Query) -> Query:
        """*query* with ``spelling``: what words typed without marks most likely are here."""

    def words(self) -> Words:
        """Every word of the index."""

    def together(self, left: str, right: str) -> int:
        """In how many records the two words stand side by side, about."""

    def search(self, query: Query, limit: int = 100, counted: bool = True) -> Found:
        """The best *limit* hits; equal scores by id. Where not *counted*, hits alone."""

    def within(self, query: Query, keys: Collection[str]) -> dict[str, list[Hit]]:
        """What has all of *query* in each of the documents *keys*, best first, however far beyond
        the best of ``search`` it stands."""

    def explain(self, query: Query, ids: Collection[str], limit: int = 100) -> dict[str, Why]:
        """Why those of *ids* that the same search ranks have their score; those beyond the ranked
        are left out."""

    def lacking(self, query: Query) -> tuple[str, ...]:
        """The words of *query* that no record has in any spelling, in order, each once."""

    def count(self) -> int:
        """How many records there are."""

    def close(self) -> None: ...


# -- what an engine has to do -------------------------------------------------------------------

Fields = dict[str, list[str]]  # field → its terms in order


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an engine looks for: any of ``terms`` (field, term, weight), scored by BM25;
    all ``phrases`` (field, terms side by side), none of ``without``; one of each of ``tags``."""

    terms: tuple[tuple[str, str, float], ...]
    phrases: tuple[tuple[str, tuple[str, ...]], ...] = ()
    without: tuple[tuple[str, tuple[str, ...]], ...] = ()
    tags: tuple[tuple[str, ...], ...] = ()


class PostingsWriter(Protocol):
    def add(self, row: int, fields: Fields) -> None: ...

    def delete(self, row: int) -> None: ...


# Field and phrase → the rows that have it, found in the columns; None: only an engine can tell.
Having = Callable[[str, tuple[str, ...]], Rows | None]


class Postings(Protocol):
    """An engine: which rows have which terms. Rows are never used twice."""

    def writer(self) -> AbstractContextManager[PostingsWriter]:
        """What it wrote is seen once the block ends; after an exception nothing is changed."""

    def best(
        self, wanted: Wanted, limit: int, having: Having
    ) -> tuple[Sequence[int], Sequence[float]]:
        """The *limit* rows of highest score, in any order, and their scores. An engine that is slow
        at phrases may ask *having* for them."""

    def frequency(self, field: str, term: str) -> int:
        """In how many rows the term is, about: deleted rows may count until they are merged."""

    def count(self) -> int: ...

    def close(self) -> None: ...


ENGINES = ("whoosh", "tantivy", "memory")


def open_engine(folder: Path, name: str = "auto") -> SearchEngine:
    """The index in *folder*, made there when it is empty.

    *name* is one of ``ENGINES``, or ``auto``: what the folder was made with, else Tantivy where it
    is installed, else Whoosh. ``memory`` keeps nothing in the folder. Raises
    ``kb.errors.SettingError`` for an engine that is not there, or a folder made by another.
    """
    from kb.index.library import open_index

    return open_index(folder, name)


def typed(query: Query) -> Sequence[str]:
    """The words of *query* as they are looked for: spelled where that was done, else as typed."""
    return query.words if query.spelling is None else query.spelling
