"""Quotations in a draft: where they are, and whether they say what a source says.

    find.find_quotations(text)                        what is written between marks or set apart
    find.find_unmarked(text, quotations, named, texts)  runs of words that repeat a source unmarked
    judge.judge(text, quotations, named, texts, day)  a verdict of each
    shelf.Shelf(library, …)                           the texts it is judged by: reads the library

A verdict is never kinder than what was checked: what cannot be decided is ``UNVERIFIED``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from kb.diff import Piece
from kb.text import Span
from kb.wordings import Wording


class Verdict(StrEnum):
    EXACT = "exact"  # đúng nguyên văn
    TYPOGRAPHY = "typography"  # chỉ khác cách gõ
    ALTERED = "altered"  # đã bị sửa
    MISATTRIBUTED = "misattributed"  # đúng lời, sai chỗ dẫn
    SUPERSEDED = "superseded"  # lời cũ (hoặc chưa áp dụng) viết như lời hiện hành
    NOT_FOUND = "not_found"  # không thấy trong kho
    NOT_QUOTABLE = "not_quotable"  # chỗ này không được trích nguyên văn
    UNVERIFIED = "unverified"  # chưa kiểm được


VERDICT_WORDS = {
    Verdict.EXACT: "Đúng nguyên văn",
    Verdict.TYPOGRAPHY: "Chỉ khác cách gõ",
    Verdict.ALTERED: "Khác nguyên văn",
    Verdict.MISATTRIBUTED: "Dẫn sai chỗ",
    Verdict.SUPERSEDED: "Không phải lời đang áp dụng",
    Verdict.NOT_FOUND: "Không thấy trong kho",
    Verdict.NOT_QUOTABLE: "Không được trích nguyên văn",
    Verdict.UNVERIFIED: "Chưa kiểm được",
}


class Form(StrEnum):
    """How a quotation is written; a ``NAME`` is a term or title between marks and is not judged."""

    MARKS = "marks"  # trong dấu ngoặc kép
    BLOCK = "block"  # đoạn tách riêng
    UNMARKED = "unmarked"  # chép nguyên văn mà không có dấu
    NAME = "name"  # tên gọi, thuật ngữ


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words a draft gives as another's. Spans are code points of the draft: ``span`` from mark to
    mark, ``pieces`` the words inside, parted where an ellipsis stands, at least one; ``found`` the
    text and the span in it that an ``UNMARKED`` one repeats."""

    span: Span
    kind: Form
    pieces: tuple[Span, ...]
    found: tuple[str, Span] | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A place the draft names, which a quotation beside it claims to be from.

    ``key`` is the document, "" where the mention means none that is here or cannot be told;
    ``provision`` the id of the place in it, "" for the whole document."""

    span: Span
    key: str
    provision: str = ""


@dataclass(frozen=True, slots=True)
class Stands:
    """Where words stand in a source: ``span`` in the text ``text`` (its id, ``Texts.text``) of the
    document ``key``; ``words`` as printed there."""

    key: str
    provision: str
    span: Span
    words: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Omitted:
    """What ellipses leave out: ``gaps`` the words of the source each stands for, as printed,
    ``turns`` the negations, exceptions and conditions among them."""

    gaps: tuple[str, ...]
    turns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """``source`` is where the words stand, or the nearest passage; ``diff`` leads from the source
    to the draft, empty where no word differs; ``reason`` Vietnamese sentences: what is, and what to
    do; ``omitted`` what a right quotation leaves out, None where it leaves out nothing."""

    quotation: Quotation
    verdict: Verdict
    source: Stands | None
    claimed: Named | None
    diff: tuple[Piece, ...]
    reason: str
    omitted: Omitted | None = None

    @property
    def right(self) -> bool:
        """Are its words the source's, and may they be said?"""
        return self.verdict in (Verdict.EXACT, Verdict.TYPOGRAPHY)

    @property
    def words(self) -> str:
        """The verdict for a reader: "Đúng nguyên văn, có lược bớt"."""
        return VERDICT_WORDS[self.verdict] + (", có lược bớt" if self.omitted else "")


@dataclass(frozen=True, slots=True)
class Text:
    """A text at hand: ``id``, the document ``key`` it is of, ``words`` in match form, ``printed``
    the same with the characters its file has, equally long; ``places`` (start, provision id) in
    order: the words up to the next start are that provision's own. ``digest`` where it is a summary
    of ours; whether its words may be quoted is asked with ``Texts.may_quote``."""

    id: str
    key: str
    words: str
    printed: str
    places: tuple[tuple[int, str], ...] = field(repr=False)
    digest: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """Words one text gives to a place of another: what an amending text quotes, what a consolidated
    text prints."""

    key: str
    provision: str


class Texts(Protocol):
    """What judging asks for; every answer is a value."""

    @property
    def complete(self) -> bool:
        """Can words be found in every text at hand? Not where the index of runs lacks some."""

    def near(self, words: str, only: Sequence[str] | None = None) -> Sequence[tuple[str, int]]:
        """(id of a text, offset in its words) where runs of *words* stand, likeliest first; *only*
        in these texts."""

    def runs(self, words: str) -> Sequence[tuple[int, str, int]]:
        """(offset in *words*, id of a text, offset in its words) of every place where a run may
        stand that the two share."""

    def alike(self, words: str) -> Sequence[str]:
        """Ids of texts that speak of the same, likeliest first: asked where ``near`` has none."""

    def text(self, id: str) -> Text | None: ...

    def texts_of(self, key: str) -> Sequence[str]:
        """Ids of the texts of a document, the one shown first; none where none is at hand."""

    def wordings(self, key: str, provision: str) -> Sequence[Wording]:
        """Every wording of a place at hand, oldest first (``kb.history.place_wordings``)."""

    def given(self, id: str, provision: str) -> Sequence[Given]:
        """Whose words stand at a place of the text *id*, where they are another document's."""

    def may_quote(self, id: str, span: Span) -> str:
        """ "" where these words may be quoted, else why not, in Vietnamese."""

    def name(self, key: str) -> str:
        """What a document is called in a sentence ("Luật 51/2010/QH12")."""
