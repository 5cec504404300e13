"""Quotations as they are written in a draft.

    “Trẻ em có quyền học.”   "…"   «…»     between marks, of one kind or mixed, one inside another
    quy định như sau:                      set apart: lines behind ``>``, or drawn in after a line
        Trẻ em có quyền học.               that names a source and ends with a colon
    “Bông sen vàng”                        a name: up to three words, or up to seven that begin with
                                           a capital and have no word that makes a statement

A straight mark opens where a space, a sign or nothing stands before it. One that is never closed
ends with its paragraph, so that its words are not lost. One pass: linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.quotes import Form, Quotation
from kb.text import Span

_MARK = re.compile('[“”„‟"«»]|(?<!\\w)‘|’(?!\\w)|\n[ \t]*\n')
_OPENING, _CLOSING = "“„‟«‘", "”»’"
_BEFORE_OPENING = re.compile(r"[\s(\[{:;,–—-]")
_ELLIPSIS = re.compile(r"\[\s?(?:…|\.{3,})\s?\]|\(\s?(?:…|\.{3,})\s?\)|…|\.{3,}")
_WORD = re.compile(r"\w+")
# Words that make a statement; a name rarely has one.
_STATES = re.compile(
    r"\b(?:là|được|phải|không|chưa|có|bị|cấm|nếu|khi|thì|mà|trừ|hoặc|do|đã|sẽ|đang|quy định"
    r"|thực hiện|bảo đảm|chịu|gồm|hưởng|miễn|giảm|nghiêm)\b",
    re.IGNORECASE,
)
_FEWEST, _NAME = 4, 7  # words


@dataclass(frozen=True, slots=True)
class _Open:
    at: int
    mark: str


def find_quotations(text: str) -> list[Quotation]:
    """Every quotation of a draft with marks or set apart, in its order, an outer one before those
    inside it; names too (``Form.NAME``)."""
    found = [*_between_marks(text), *_set_apart(text)]
    return sorted(found, key=lambda q: (q.span.start, -q.span.end))


_DEEPEST = 3  # one inside another; what is deeper is read with what holds it


def _between_marks(text: str) -> list[Quotation]:
    found: list[Quotation] = []
    stack: list[_Open] = []
    ahead = _Ahead(text)
    for mark in _MARK.finditer(text):
        at, sign = mark.start(), mark[0]
        if sign[0] == "\n":
            if stack and not ahead.closes(mark.end(), stack[0]):
                found += _left_open(text, stack, at)
                stack.clear()
        elif _opens(text, at, sign, stack):
            stack.append(_Open(at, sign))
        elif (depth := _closes(sign, stack)) is not None:
            opened = stack[depth]
            found += _left_open(text, stack[depth + 1 :], at)
            del stack[depth:]
            if depth < _DEEPEST:
                found += _quotation(text, Span(opened.at, at + 1), closed=True)
    found += _left_open(text, stack, len(text))
    return found


def _left_open(text: str, opened: list[_Open], stop: int) -> Iterator[Quotation]:
    """What was opened and never closed: each goes on to the next such mark, or to *stop*."""
    starts = [one.at for one in opened]
    for start, end in zip(starts, [*starts, stop][1:], strict=True):
        end = start + len(text[start:end].rstrip())
        if end > start + 1:
            yield from _quotation(text, Span(start, end), closed=False)


class _Ahead:
    """Does a quotation go on past an empty line? Where a closing mark comes before an opening
    one."""

    _NEXT = re.compile('[“”„«»"]')
    _LONGEST = 20_000  # characters

    def __init__(self, text: str) -> None:
        self._text = text
        self._seen = -1  # the mark that comes next, as of the last look

    def closes(self, at: int, opened: _Open) -> bool:
        if opened.mark == '"' or at - opened.at > self._LONGEST:
            return False
        if self._seen < at:
            found = self._NEXT.search(self._text, at)
            self._seen = found.start() if found else len(self._text)
        return self._text[self._seen : self._seen + 1] in ("”", "»")


def _opens(text: str, at: int, sign: str, stack: list[_Open]) -> bool:
    if sign in _OPENING:
        return True
    if sign != '"':
        return False
    before = text[at - 1 : at]
    after = text[at + 1 : at + 2]
    starts = (not before or _BEFORE_OPENING.match(before) or before in _OPENING) and (
        bool(after) and not after.isspace()
    )
    if not stack:
        return True
    # Inside another of its kind a straight mark closes, unless it can only open.
    return bool(starts) and (stack[-1].mark != '"' or before in (" ", "(", "“"))


def _closes(sign: str, stack: list[_Open]) -> int | None:
    """The depth of the quotation that *sign* ends."""
    if not stack:
        return None
    if sign == "’":
        return len(stack) - 1 if stack[-1].mark == "‘" else None
    depth = len(stack) - 1
    while depth > 0 and stack[depth].mark == "‘":
        depth -= 1
    return depth


def _quotation(text: str, span: Span, *, closed: bool) -> Iterator[Quotation]:
    inner = Span(span.start + 1, span.end - closed)
    pieces = pieces_of(text, inner)
    if pieces:
        yield Quotation(span, _form(inner.of(text)), pieces)


def _form(words: str) -> Form:
    count = len(_WORD.findall(words[:400]))
    if count < _FEWEST:
        return Form.NAME
    first = _WORD.search(words)
    capital = first is not None and first[0][:1].isupper()
    ends = words.rstrip()[-1:] in (".", ";")
    if count <= _NAME and capital and not ends and not _STATES.search(words):
        return Form.NAME
    return Form.MARKS


def pieces_of(text: str, span: Span) -> tuple[Span, ...]:
    """The stretches between ellipses that have a letter or digit, bare of spaces."""
    cuts = [*_ELLIPSIS.finditer(text, span.start, span.end)]
    bounds = [span.start, *(at for cut in cuts for at in cut.span()), span.end]
    out = []
    for start, end in zip(bounds[::2], bounds[1::2], strict=True):
        words = text[start:end]
        if _WORD.search(words):
            start += len(words) - len(words.lstrip())
            out.append(Span(start, start + len(words.strip())))
    return tuple(out)


_LINE = re.compile(r"[^\n]*(?:\n|\Z)")
_QUOTED_LINE = re.compile(r"[ \t]*>")
# Stands in a line that gives another's words; the line ends with a colon.
_GIVES = re.compile(
    r"(?:quy định|nêu|ghi|viết|nguyên văn|như sau|[Đđ]iều \d|[Kk]hoản \d|Luật|Nghị định|Nghị quyết"
    r"|Thông tư|Quyết định|Chỉ thị|Hiến pháp|Bộ luật)"
)
_LISTED = re.compile(r"[ \t]*(?:[-+*•–—]|[“\"«])")


def _set_apart(text: str) -> Iterator[Quotation]:
    """Blocks of lines behind ``>``, or drawn in after a line that gives another's words."""
    block: list[Span] = []
    least: int | None = None  # how far a line must be drawn in to be in a block
    marked = False
    for found in _LINE.finditer(text):
        line = found[0]
        span = Span(found.start(), found.start() + len(line.rstrip()))
        if not span:
            if block and marked:
                yield from _block(text, block)
                block = []
            continue
        behind = _QUOTED_LINE.match(line) is not None
        drawn_in = least is not None and _indent(line) >= least and not _LISTED.match(line)
        if block and (behind != marked or not (behind or drawn_in)):
            yield from _block(text, block)
            block = []
        if behind or drawn_in:
            block.append(span)
            marked = behind
        else:
            gives = span.of(text)[-1] == ":" and _GIVES.search(span.of(text)[-300:])
            least = _indent(line) + 2 if gives else None
    yield from _block(text, block)


def _block(text: str, lines: list[Span]) -> Iterator[Quotation]:
    if not lines:
        return
    span = Span(lines[0].start, lines[-1].end)
    skipped = re.match(r"[\s>]*", span.of(text))
    start = span.start + (skipped.end() if skipped else 0)
    if start < span.end and (pieces := pieces_of(text, Span(start, span.end))):
        yield Quotation(Span(start, span.end), Form.BLOCK, pieces)


def _indent(line: str) -> int:
    return len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
