"""What was typed, taken apart: words, phrases, what is not wanted, conditions, and mistakes.

    words                  any of them, those with most of them first
    "một cụm từ"           side by side and in this order (also “ ”)
    -từ  -"một cụm từ"     not in what is found
    loai:qd  nam:2020      a condition on the document; -loai:qd the contrary

A mistake is said with its place and what to do; the rest of the query still counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.errors import CanCuError
from kb.index import Query
from kb.index.analyzer import asked, tokens
from kb.results import Mistake
from kb.text import Span, fold, has_marks, match_words

LONGEST = 400  # characters; the longest title in the catalogue has 190
FIELDS = {
    "loai": "loại văn bản", "coquan": "cơ quan ban hành", "nam": "năm ban hành",
    "tu": "ban hành từ ngày", "den": "ban hành đến ngày", "hieuluc": "hiệu lực",
    "dieu": "số điều",
}  # fmt: skip


class QueryTooLong(CanCuError):
    """A query past the limit; nothing was looked for."""


@dataclass(frozen=True, slots=True)
class FieldAsked:
    """A condition as typed: ``name`` one of ``FIELDS``, ``value`` without quotation marks,
    ``unwanted`` with a minus before it."""

    name: str
    value: str
    span: Span
    unwanted: bool = False


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed. ``text`` is its match text in single spaces, to which all spans refer;
    ``words`` is ``text`` without what is not wanted and without conditions, its phrases still in
    quotation marks, and ``rest`` what was taken out of it."""

    text: str
    words: str
    rest: str = ""
    without: tuple[tuple[str, ...], ...] = ()
    fields: tuple[FieldAsked, ...] = ()
    mistakes: tuple[Mistake, ...] = ()


_ITEM = re.compile(
    r"(?<!\S)(?P<minus>-)?(?:(?P<field>[^\W\d_]{2,12}):(?P<value>[ ]?\"[^\"]*\"?|[^\s\"]*)"
    r"|(?P<unwanted>(?<=-)(?:\"[^\"]*\"?|[^\s\"]+)))"
)
_NUMBER_NAMES = {"so", "sohieu", "kyhieu", "sokyhieu"}


def read(text: str, keep: Sequence[Span] = ()) -> Typed:
    """Takes *text*, as ``cleaned`` returns it, apart; what lies in *keep* (numbers) are words."""
    typed = text
    quotes = [place for place, letter in enumerate(text) if letter == '"']
    mistakes: list[Mistake] = []
    if len(quotes) % 2:
        last = quotes[-1]
        mistakes.append(
            Mistake(
                Span(last, last + 1), "Dấu ngoặc kép này không có dấu đóng.",
                "Các từ sau nó được tìm như từ rời; thêm dấu ngoặc kép ở cuối cụm từ.",
            )
        )  # fmt: skip
        text = text[:last] + " " + text[last + 1 :]
        quotes.pop()
    inside = [Span(a, b) for a, b in zip(quotes[::2], quotes[1::2], strict=True)]
    kept = {place for span in (*inside, *keep) for place in range(span.start + 1, span.end)}
    without: list[tuple[str, ...]] = []
    fields: list[FieldAsked] = []
    cut: list[Span] = []
    for found in _ITEM.finditer(text):
        if found.start() + 1 in kept:
            continue
        span = Span(found.start(), found.end())
        if found["unwanted"]:
            if words := _whole(found["unwanted"]):
                without.append(words)
                cut.append(span)
            continue
        name = fold(found["field"])
        value = found["value"].strip(' "')
        if name not in FIELDS:
            if name not in _NUMBER_NAMES and value:
                mistakes.append(_unknown(found["field"], Span(*found.span("field"))))
            continue
        cut.append(span)
        if value:
            fields.append(FieldAsked(name, value, span, bool(found["minus"])))
        else:
            mistakes.append(
                Mistake(span, f"Sau “{found['field']}:” chưa có gì.",
                        f"Gõ liền sau dấu hai chấm {FIELDS[name]}, ví dụ {_EXAMPLES[name]}.")
            )  # fmt: skip
    rest = " ".join(span.of(text) for span in cut)
    return Typed(typed, cut_out(text, cut), rest, tuple(without), tuple(fields), tuple(mistakes))


_EXAMPLES = {
    "loai": "loai:qd", "coquan": "coquan:byt", "nam": "nam:2020", "tu": "tu:2020",
    "den": "den:31/12/2025", "hieuluc": "hieuluc:con", "dieu": "dieu:5",
}  # fmt: skip


def _unknown(name: str, span: Span) -> Mistake:
    return Mistake(
        span, f"Không có điều kiện tên “{name}”; được tìm như một từ.",
        "Có các điều kiện: " + ", ".join(f"{field}:" for field in FIELDS) + ".",
    )  # fmt: skip


def cleaned(text: str) -> str:
    """*text* as every part of the search reads it; raises ``QueryTooLong`` past 400 characters."""
    if len(text) > LONGEST:
        raise QueryTooLong(f"Câu tìm dài quá mức {LONGEST} ký tự.", "Rút ngắn còn vài từ chính.")
    return match_words(text)


def cut_out(text: str, spans: Sequence[Span]) -> str:
    """*text* without *spans*, in single spaces."""
    out, at = [], 0
    for span in sorted(spans):
        if span.start >= at:
            out.append(text[at : span.start])
        at = max(at, span.end)
    return " ".join(" ".join([*out, text[at:]]).split())


def parse_query(text: str) -> Query:
    """Words, phrases and what is not wanted of *text*, no number or condition looked for; raises
    ``QueryTooLong``."""
    asked = read(cleaned(text))
    return words_of(asked.words, asked.without)


def words_of(words: str, without: tuple[tuple[str, ...], ...] = ()) -> Query:
    """The query of ``Typed.words``."""
    phrases = (_whole(phrase) for phrase in re.findall(r'"([^"]+)"', words))
    return Query(
        words,
        tuple(token.text for token in asked(words)),
        tuple(phrase for phrase in phrases if phrase),
        has_marks(words),
        without=without,
    )


def _whole(text: str) -> tuple[str, ...]:
    return tuple(token.text for token in tokens(text) if not token.part)
