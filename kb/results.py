"""What a search answers, ready for a page, a command or a program to show."""

from __future__ import annotations

from dataclasses import dataclass

from kb.store import Listed
from kb.text import Span


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of a text; ``marks`` are the places in ``text`` that answered, in order and apart.
    ``cut_before`` and ``cut_after`` say whether the text goes on there."""

    text: str
    marks: tuple[Span, ...] = ()
    cut_before: bool = False
    cut_after: bool = False


@dataclass(frozen=True, slots=True)
class ProvisionHit:
    """A provision that answers: ``provision`` its id, ``path`` in words ("Chương III › Điều 27"),
    ``kind`` as ``kb.index.Record.kind``, ``url`` its permalink."""

    provision: str
    path: str
    kind: str
    snippet: Snippet
    url: str
    score: float


@dataclass(frozen=True, slots=True)
class Group:
    """A document with its best provisions; ``exact`` when its number was typed. ``why`` says in
    words how a document got here when not by words or its own number."""

    listed: Listed
    url: str
    hits: tuple[ProvisionHit, ...] = ()
    score: float = 0.0
    exact: bool = False
    why: str = ""


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
    at its place of ``query``."""

    query: str
    understood: str
    count: int
    groups: tuple[Group, ...]
    page: int = 1
    pages: int = 1
    why_not: tuple[str, ...] = ()
    as_words: bool = False
    conditions: tuple[Choice, ...] = ()
    corrections: tuple[Choice, ...] = ()
    questions: tuple[Question, ...] = ()
    notes: tuple[str, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
