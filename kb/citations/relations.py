"""What a document does to the documents it names, read only from clear wordings.

A relation is taken where its verb stands directly before the mention, in the same sentence, and no
other document is named between the sentence's start and the verb: in "Nghị định 59 sửa đổi Nghị
định 08" it is not this document that amends. "Hết hiệu lực kể từ ngày …" stands behind the mentions
it ends. Passive wordings ("được thay thế bởi") are left; so is what the document quotes, which is
the quoted paper's own word.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from kb.catalogue import Relation
from kb.citations import Citation, Kind, Resolution, Resolved
from kb.citations.numbers import read_date
from kb.documents import Document
from kb.structure import Level, Node, walk
from kb.text import Span

_OBJECT = (
    r"(?:\s(?:một số (?:điều|nội dung|quy định|sai sót|lỗi)|các nội dung|toàn bộ|một phần))?"
    r"(?:\s(?:của|tại|trong|đối với))?"
)
_THE = r"(?:\s(?:các|những))?\s{0,2}$"
# Verb → its wordings, at the end of what precedes the mention; the first that fits counts.
_VERBS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("replaces", re.compile(rf"[Tt]hay thế(?:\scho)?{_OBJECT}{_THE}")),
    ("repeals", re.compile(rf"(?:[Bb]ãi bỏ|[Hh]ủy bỏ|[Hh]uỷ bỏ){_OBJECT}{_THE}")),
    (
        "suspends",
        re.compile(
            r"(?:(?:[Tt]ạm )?[Đđ]ình chỉ|[Nn]gưng)(?: việc)?"
            rf"(?: (?:thi hành|áp dụng|thực hiện|hiệu lực(?: thi hành)?))?{_OBJECT}{_THE}"
        ),
    ),
    ("corrects", re.compile(rf"[Đđ]ính chính{_OBJECT}{_THE}")),
    ("consolidates", re.compile(rf"[Hh]ợp nhất(?: nội dung)?{_OBJECT}{_THE}")),
    (
        "guides",
        re.compile(
            r"(?:[Hh]ướng dẫn(?: thi hành| thực hiện| áp dụng)?|"
            r"[Qq]uy định chi tiết(?: thi hành| và (?:biện pháp|hướng dẫn) thi hành)?"
            rf"(?: và hướng dẫn thi hành| và biện pháp thi hành)?){_OBJECT}{_THE}"
        ),
    ),
    ("amends", re.compile(rf"(?:[Ss]ửa đổi(?:, bổ sung| và bổ sung)?|[Bb]ổ sung){_OBJECT}{_THE}")),
    (
        "implements",
        re.compile(rf"(?:[Tt]riển khai(?: thực hiện)?|[Tt]ổ chức thực hiện|[Tt]hực hiện){_THE}"),
    ),
)
_GROUND = re.compile(r"(?:^|\n)[ \-+*]{0,4}[Cc]ăn cứ(?:\svào)?(?:\scác)?\s{1,2}$")
_LISTED = re.compile(r"\s{0,2}(?:[,;]|,?\svà)\s{0,2}(?:các\s)?$")
_PASSIVE = re.compile(r"(?:được|bị|đã|theo|không|(?<![Vv]ề )việc)\s+(?:\w+\s+)?$")
_SENTENCE = re.compile(r"[.;:]\s|\n")
_REACH = 240  # characters looked back for a verb and the start of its sentence
# Behind a mention; "đã hết hiệu lực" tells what became of it by other hands.
_ENDS = re.compile(
    r"(?:\s?,)?\s(?:sẽ\s)?hết hiệu lực(?:\s(?:thi hành|một phần))?\s(?:kể\s)?từ(?=\s)"
)
# "Luật A đã được sửa đổi, bổ sung một số điều theo Luật B và Luật C hết hiệu lực": A is ended.
_AMENDED_BY = re.compile(
    r"\s?,?\s?\(?(?:đã )?(?:được )?(?:sửa đổi|bổ sung)[^.;\n]{0,60} (?:theo|bởi|tại)(?: các)?:?\s"
)
# "Nghị quyết số … giải thích một số điều của Luật A hết hiệu lực": A only stands in its title.
_IN_TITLE = re.compile(r"(?:một số (?:điều|nội dung|quy định)|thi hành)(?: của)?(?: các)?\s$")
_LEFT = re.compile(r"[^.\n]{0,300}?\btrừ\s")  # the rest of its sentence leaves something out
# Nghị định, thông tư in their consolidated form (Pháp lệnh 01/2012/UBTVQH13): the base, then
# "được sửa đổi, bổ sung bởi:" and the amending papers, each a line, up to the grounds.
_CONSOLIDATED = "Văn bản hợp nhất"
_BY = re.compile(r"được (?:sửa đổi|bổ sung|đính chính|thay thế)[^.\n]{0,40} (?:bởi|theo)\s?:?")
_GROUNDS = re.compile(r"\n[ \-]{0,3}Căn cứ\s")


@dataclass(slots=True)
class _Found:
    """One relation under way: every place it names, in the order of the text."""

    verb: str
    target: str | None
    written: str
    places: list[str]
    since: str | None = None


def relations_in(
    document: Document,
    text: str,
    citations: Sequence[Citation],
    resolutions: Sequence[Resolution],
    tree: Node | None = None,
) -> list[Relation]:
    """Relations with *document* as their subject, each once, in the order of the text.

    *citations* and *resolutions* are of *text*, in order; with its *tree* what it quotes is left
    out. Object is the key of what was resolved, None otherwise; ``provisions`` are the places as
    written before the document, those of several mentions joined by "; ". ``since`` is the day a
    sentence itself names. A consolidated text repeats the words of others: of its relations only
    what it consolidates, and its own grounds, are read.
    """
    said = _consolidated(text, citations) if document.type == _CONSOLIDATED else None
    if said is None:
        said = _verbs(text, citations, tree)
    out: dict[tuple[str, str], _Found] = {}
    for citation, resolution, (verb, since) in zip(citations, resolutions, said, strict=True):
        target = resolution.key if isinstance(resolution, Resolved) else None
        if not verb or (target and target == document.key):
            continue
        provisions = _provisions(citation)
        if provisions and verb == "repeals":
            verb = "repeals_partly"
        if verb == "replaces" and provisions:
            verb = "amends"
        written = " ".join(citation.text.split())
        found = out.setdefault((verb, target or written), _Found(verb, target, written, []))
        if provisions and provisions not in found.places:
            found.places.append(provisions)
        found.since = found.since or since
    return [
        Relation(
            subject=document.key,
            verb=found.verb,
            object=found.target,
            object_text=found.written,
            provisions="; ".join(found.places),
            since=found.since,
        )
        for found in out.values()
    ]


_Said = tuple[str, str | None]  # verb, "" for none, and the day it names


def _verbs(text: str, citations: Sequence[Citation], tree: Node | None) -> list[_Said]:
    """What is said of each mention."""
    quoted = _Quoted(tree)
    out: list[_Said] = [("", None)] * len(citations)
    previous: tuple[str, int] | None = None  # the verb of the mention before and where it ended
    named_until = -1  # end of the last other document named
    for index, citation in enumerate(citations):
        start = citation.span.start
        if citation.kind is Kind.INTERNAL or quoted.holds(start):
            continue
        if previous is not None and _LISTED.match(text[previous[1] : start]):
            verb: str | None = previous[0]
        else:
            verb = _verb(text, start, named_until, citation.kind)
        named_until = citation.span.end
        previous = (verb, citation.span.end) if verb else None
        out[index] = (verb or "", None)
    for index, said in _ended(text, citations):
        if not out[index][0] and not quoted.holds(citations[index].span.start):
            out[index] = said
    return out


def _verb(text: str, start: int, named_until: int, kind: Kind) -> str | None:
    left = text[max(0, start - _REACH) : start]
    if _GROUND.search(left):
        return "based_on"
    last = max((found.end() for found in _SENTENCE.finditer(left)), default=0)
    sentence = left[last:]
    if named_until > start - len(sentence):
        return None
    for verb, wording in _VERBS:
        found = wording.search(sentence)
        if found is not None:
            if _PASSIVE.search(sentence[: found.start()]):
                return None
            # Whoever works at all "carries out" the Constitution and the laws.
            return None if verb == "implements" and kind is Kind.NAMED else verb
    return None


def _ended(text: str, citations: Sequence[Citation]) -> list[tuple[int, _Said]]:
    """Mentions with "hết hiệu lực kể từ …" behind them or behind the list they stand in."""
    out: list[tuple[int, _Said]] = []
    run: list[int] = []  # the list under way, from its end
    said: _Said = ("", None)
    for index in range(len(citations) - 1, -1, -1):
        start = citations[index].span.start
        if citations[index].kind is Kind.INTERNAL or _IN_TITLE.search(
            text, max(0, start - 60), start
        ):
            continue
        end = _title_end(text, citations[index])
        gap = text[end : citations[run[-1]].span.start] if run else "."
        if _AMENDED_BY.fullmatch(gap):
            run = [index]  # the list was of papers that have amended this one
        elif _LISTED.fullmatch(gap):
            run.append(index)
        else:
            out.extend((member, said) for member in run)
            found = _ENDS.match(text, end)
            run = [index] if found else []
            said = _ending(text, found) if found else ("", None)
    out.extend((member, said) for member in run)
    return out


def _ending(text: str, found: re.Match[str]) -> _Said:
    dated = read_date(text, found.end())
    day = dated[1] if dated and dated[1] and len(dated[1]) == len("2026-07-01") else None
    partly = "một phần" in found[0] or _LEFT.match(text, found.end())
    return ("repeals_partly" if partly else "repeals", day)


def _title_end(text: str, citation: Citation) -> int:
    """Where the trích yếu behind a mention ends, its own end where none stands there."""
    end = citation.span.end
    if not citation.title or citation.kind is Kind.NAMED:
        return end
    at = text.find(citation.title, end, end + len(citation.title) + 20)
    return at + len(citation.title) if at >= 0 else end


def _consolidated(text: str, citations: Sequence[Citation]) -> list[_Said] | None:
    """The base and the amending papers a consolidated text names at its head; None where it names
    none in that form."""
    grounds = _GROUNDS.search(text)
    end = grounds.start() if grounds else min(len(text), 6_000)
    by = _BY.search(text, 0, end)
    if by is None:
        return None
    out: list[_Said] = [("", None)] * len(citations)
    base = [i for i, c in enumerate(citations)
            if c.kind is Kind.EXPLICIT and c.span.end <= by.start()]  # fmt: skip
    if base:
        out[base[-1]] = ("consolidates", None)
    for index, citation in enumerate(citations):
        start = citation.span.start
        if citation.kind is Kind.INTERNAL:
            continue
        if by.end() <= start < end and citation.kind is Kind.EXPLICIT:
            # Others on the line stand in that paper's title.
            if re.search(r"(?:^|\n|bởi\s?:?)[\d\s.)+-]*$", text[max(0, start - 20) : start]):
                out[index] = ("consolidates", None)
        elif start >= end and _GROUND.search(text[max(0, start - 30) : start]):
            out[index] = ("based_on", None)
    return out


class _Quoted:
    """The quotations of a tree, asked by places."""

    def __init__(self, tree: Node | None) -> None:
        self._spans: list[Span] = []
        for node in walk(tree) if tree else ():
            # Those inside another are part of it.
            if node.level is Level.QUOTED and not self.inside(node.span):
                self._spans.append(node.span)
        self._starts = [span.start for span in self._spans]

    def holds(self, offset: int) -> bool:
        at = bisect_right(self._starts, offset) - 1
        return at >= 0 and offset < self._spans[at].end

    def inside(self, span: Span) -> bool:
        return bool(self._spans) and span.end <= self._spans[-1].end


def _provisions(citation: Citation) -> str:
    """The places of the mention in its own words, up to the document's type."""
    if not citation.pinpoints:
        return ""
    words = " ".join(citation.text.split())
    ends = [
        at
        for name in (citation.type, citation.title, citation.number_text)
        if name and (at := words.lower().find(name.lower())) > 0
    ]
    places = words[: min(ends)] if ends else words
    return re.sub(r"\s(?:của|tại|ban hành kèm theo|kèm theo|số)?\s?$", "", places).rstrip(" ,")
