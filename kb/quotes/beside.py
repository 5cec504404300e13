"""What a quotation leaves out right beside its words, and what a draft names beside a quotation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kb.quotes import Named, Quotation
from kb.quotes.match import Match
from kb.quotes.words import LABELLED, Words, is_word
from kb.text import Span

# Left out before the first word, they turn a sentence round.
_NEGATIONS = {"không", "chưa", "chẳng", "cấm", "trừ"}
# "cấm" stands in front of acts that a law forbids in its heading.
_PLAIN = _NEGATIONS - {"trừ", "cấm"}
_TURNED = (("không", "được"), ("không", "phải"), ("chưa", "được"), ("nghiêm", "cấm"))
_EXCEPTING = {"trừ"}
_ONLY_IF = (("nếu",), ("với", "điều", "kiện"), ("ngoại", "trừ"), ("chỉ", "khi"))
# "khấu trừ", "phòng trừ": no exception is made.
_NO_EXCEPTION = {"khấu", "giảm", "loại", "bù", "phòng", "diệt", "đoàn", "cấn", "tiêu"}
_STOPS = {".", ";", "!", "?"}


def hidden(match: Match, before: str) -> str:
    """The negation, exception or condition that stands right beside the quoted words and is left
    out, with what is beside it; "" where none is. *before* are the draft's own words in front."""
    around = match.around
    low, high = match.ranges[0][0], match.ranges[-1][1]
    own = [word.lower() for word in re.findall(r"\w+", before)[-3:]]
    if (found := _left_of(around, low)) and own[-len(found.split()) :] != found.split():
        return found
    if found := _clause_before(around, low):
        return found
    if found := _right_of(around, high):
        return found
    for (_, end), (start, _) in zip(match.ranges, match.ranges[1:], strict=False):
        gap = around.part(end, start)
        found = _left_of(around, start, end) or _right_of(around, end) or _exception(gap)
        if found:
            return found
    return ""


@dataclass(frozen=True, slots=True)
class Edge:
    """What stands right beside words without marks: ``mine`` in the draft, ``theirs`` in the source
    ("" where it has nothing there); ``before`` them or behind."""

    mine: str
    theirs: str
    before: bool


def edge(match: Match, text: str, span: Span) -> Edge | None:
    """A negation that the draft has right beside words (*span* of its *text*) which the source has
    without it, or another figure there; None where there is neither."""
    before, behind = words_before(text, span), text[span.end : span.end + 80].partition("\n")[0]
    around, low, high = match.around, match.ranges[0][0], match.ranges[-1][1]
    own = [word.lower() for word in _TOKEN.findall(before)[-2:]]
    there = _lower(around, low - 2, low)
    if tuple(own) in _TURNED and own != there:
        return Edge(" ".join(own), "", before=True)
    if own and own[-1] in _PLAIN and own[-1:] != there[-1:]:
        return Edge(own[-1], "", before=True)
    if own and there and _other_count(own[-1], there[-1], own[:-1]):
        return Edge(own[-1], there[-1], before=True)
    next_ = [word.lower() for word in _TOKEN.findall(behind)[:2]]
    following = _lower(around, high, high + 1)
    if len(next_) == 2 and next_[0] in _PLAIN and next_[1:] == following:
        return Edge(next_[0], "", before=False)
    if next_ and following and _other_count(next_[0], following[0], _lower(around, 0, high)[-1:]):
        return Edge(next_[0], following[0], before=False)
    return None


_TOKEN = re.compile(r"\w+(?:[.,]\d+)*|[^\w\s]")


def _other_count(mine: str, theirs: str, before: Sequence[str]) -> bool:
    """Does another figure count something there? A number or label of a place does not."""
    if not (mine[:1].isdigit() and theirs[:1].isdigit()) or mine == theirs:
        return False
    return not before or (is_word(before[-1]) and before[-1] not in LABELLED)


def _lower(around: Words, low: int, high: int) -> list[str]:
    return [key.lower() for key in around.keys[max(0, low) : high]]


def _left_of(around: Words, at: int, least: int = 0) -> str:
    last = _lower(around, max(least, at - 2), at)
    if not last:
        return ""
    if tuple(last) in _TURNED:
        return " ".join(last)
    if last[-1] in _NEGATIONS and not (len(last) > 1 and last[0] in ("hoặc", *_NO_EXCEPTION)):
        return last[-1]
    return ""


def _clause_before(around: Words, at: int) -> str:
    """ "Trừ trường hợp …, " in front of the quoted words, in their sentence."""
    if at == 0 or around.keys[at - 1] != ",":
        return ""
    start = at - 1
    while start > 0 and at - start < 60 and around.keys[start - 1] not in (*_STOPS, ":"):
        start -= 1
    words = [key for key in around.keys[start:at] if is_word(key)]
    numbered = words[0].isdigit() if words else False
    first = words[1 if numbered and len(words) > 1 else 0].lower() if words else ""
    return "Trừ …" if first == "trừ" else ""


def _right_of(around: Words, at: int) -> str:
    if at < len(around.keys) and around.keys[at] in (",", "("):
        at += 1
    following = _lower(around, at, at + 3)
    if following and following[0] in _EXCEPTING:
        return " ".join(following)
    for condition in _ONLY_IF:
        if tuple(following[: len(condition)]) == condition:
            return " ".join(following)
    return ""


def _exception(gap: Words) -> str:
    keys = [key.lower() for key in gap.keys]
    for at, key in enumerate(keys):
        if key in _EXCEPTING and (at == 0 or keys[at - 1] not in _NO_EXCEPTION):
            return " ".join(keys[at : at + 3])
    return ""


_AFTER = re.compile(r"[\s”\"».,;]{0,3}(?:\(|,?\s?(?:theo|tại|quy định tại|trích|nêu tại|của)\s)")
_END = re.compile(r"[.!?;]\s|\n\s*\n")
_ENDED = re.compile(r"[.!?][”\"»]$")  # its own full stop ends the sentence of the draft, too
_JOINED = re.compile(r"\s?(?:,|và|hoặc|, và)\s?")
_FAR = 600  # characters; further away a place is not named beside a quotation


def claims(text: str, quotation: Quotation, named: Sequence[Named]) -> tuple[Named, ...]:
    """The places a quotation claims to be from: named behind it in brackets, else in front of it in
    its sentence, else behind it there, else in the paragraph or line before. None where the draft
    names none; several where they are joined by "và"."""
    start, end = quotation.span.start, quotation.span.end
    outside = [n for n in named if n.span.end <= start or n.span.start >= end]
    after = [n for n in outside if n.span.start >= end and n.span.start - end <= _FAR]
    before = [n for n in outside if n.span.end <= start and start - n.span.end <= _FAR]
    if after and (found := _AFTER.match(text, end)) and after[0].span.start - found.end() <= 12:
        return _with_joined(text, after[0], after[1:])
    sentence = sentence_start(text, start)
    near = [n for n in before if n.span.start >= sentence]
    if near:
        return _with_joined(text, near[-1], near[-2::-1])
    stop = _END.search(text, end, end + _FAR)
    last = end if _ENDED.search(text, start, end) else stop.start() if stop else end + _FAR
    behind = [n for n in after if n.span.start < last]
    if behind:
        return _with_joined(text, behind[0], behind[1:])
    paragraph = text.rfind("\n\n", max(0, start - _FAR), start)
    above = [n for n in before if n.span.start > paragraph or _leads(text[n.span.end : start])]
    return (above[-1],) if above else ()


def _leads(between: str) -> bool:
    """Is there but one line end, behind a colon, between a place and a quotation?"""
    return ":" in between and between.strip(" \t>").count("\n\n") <= 1 and len(between) <= 200


def sentence_start(text: str, at: int) -> int:
    """Where the sentence of a draft begins that goes on at *at*."""
    low = max(0, at - _FAR)
    ends = [found.end() for found in re.finditer(r"[.!?]\s+(?=[A-ZĐÀ-Ỹ“\"])|\n", text[low:at])]
    return low + ends[-1] if ends else low


def _with_joined(text: str, first: Named, others: Sequence[Named]) -> tuple[Named, ...]:
    out = [first]
    for other in others:
        one, two = sorted((out[-1].span, other.span))
        if one.end > two.start or not _JOINED.fullmatch(text[one.end : two.start]):
            break
        out.append(other)
    return tuple(out)


def words_before(text: str, span: Span) -> str:
    """The draft's own words in front of a quotation, in its paragraph."""
    low = max(0, span.start - 200)
    return text[max(text.rfind("\n", low, span.start), low) : span.start]


def beside(text: str, quotation: Quotation, named: Sequence[Named]) -> str:
    """The sentence around a quotation without it and without the places it names: what may label
    the time of its words."""
    start = sentence_start(text, quotation.span.start)
    if not text[start : quotation.span.start].strip(" >\t"):
        start = sentence_start(text, max(0, start - 1))  # a block: the line that introduces it
    stop = _END.search(text, quotation.span.end, quotation.span.end + 200)
    end = stop.start() if stop else min(len(text), quotation.span.end + 200)
    out = list(text[start : quotation.span.start] + " " + text[quotation.span.end : end])
    gone = quotation.span.end - quotation.span.start - 1
    for place in named:
        if place.span.end <= start or place.span.start >= end:
            continue
        for at in range(place.span.start, place.span.end):
            here = at - start if at < quotation.span.start else at - start - gone
            if 0 <= here < len(out):
                out[here] = " "
    return "".join(out)
