"""What an amending document does to the provisions of others, place by place.

    Điều 1. Sửa đổi, bổ sung một số điều của Luật Giả định …         which document
    2. Sửa đổi, bổ sung khoản 2 Điều 5 như sau: "2. Nội dung mới"    which place, its new wording

Only what is written is taken: a wording is new text where the instruction quotes the whole place; a
phrase put for another ("thay cụm từ … bằng …") or a paragraph of it changes the place but gives no
wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kb.citations import Pinpoint
from kb.citations.numbers import read_date
from kb.citations.places import provision_id
from kb.citations.provisions import find_chains, find_groups, pinpoints
from kb.documents import Document
from kb.store import StoredCitation
from kb.structure import Level, Node, is_quoted, walk, walk_with_path
from kb.text import Span


@dataclass(frozen=True, slots=True)
class Amendment:
    """``subject`` (a key) does ``verb`` (``amends``, ``repeals_partly``, ``suspends``) to
    ``provision`` (an id) of ``target`` (a key); ``where`` is the id of the place that says so,
    ``words`` what it says, ``wording`` the place's new text or "" where it is not quoted whole;
    ``since`` the ISO day it holds from, None where not known."""

    subject: str
    where: str
    target: str
    provision: str
    verb: str
    words: str
    wording: str = ""
    since: str | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """The day a text itself says it takes effect: ``day`` ISO, ``where`` the place that says so,
    ``words`` its sentence; ``excepted`` where the sentence leaves some places out of it."""

    day: str
    where: str
    words: str
    excepted: bool = False


_CHANGING = re.compile(
    r"[Ss]ửa đổi|[Bb]ổ sung|[Tt]hay(?: thế)?\b|[Bb]ãi bỏ|[Hh][uủ][ỷy]? bỏ|[Đđ]ình chỉ"
)
_REPEALING = re.compile(r"[Bb]ãi bỏ|[Hh](?:ủy|uỷ) bỏ")
_SUSPENDING = re.compile(r"[Đđ]ình chỉ|[Nn]gưng hiệu lực")
# What is less than the place that is named beside it.
_PHRASE = re.compile(r"\b(?:cụm từ|từ|tên gọi|đoạn|khổ|câu|tên|tiêu đề|gạch đầu dòng|dòng)\s", re.I)
_SAID = re.compile(r"như sau\s?:|:\s*(?=\"|$)")
_AT = re.compile(r"(?:vào\s+)?(?:sau|trước)\s+$")
_MARKER = re.compile(r"^\s*(?:(?:Điều|ĐIỀU)\s+\d+[a-zđ]?\s?[.:]?|\d+\s?[.)]|[a-zđ]\s?[.)])\s+")


def amendments_in(
    key: str, text: str, tree: Node, citations: Sequence[StoredCitation]
) -> list[Amendment]:
    """What the document *key* does to places of documents that its citations were resolved to."""
    return list(_below(key, text, tree, sorted(citations, key=lambda c: c.start), "", Pinpoint()))


def _below(
    key: str,
    text: str,
    node: Node,
    citations: Sequence[StoredCitation],
    target: str,
    within: Pinpoint,
) -> Iterator[Amendment]:
    if node.level in (Level.QUOTED, Level.ANNEX):
        return
    own = node.own.of(text)
    named = {
        c.target
        for c in citations
        if node.own.start <= c.start < node.own.end and c.target not in ("", key)
    }
    if _CHANGING.search(own) and node.level is not Level.DOCUMENT:
        if named:
            # Several documents in one sentence: which place is whose cannot be told.
            target = next(iter(named)) if len(named) == 1 else ""
        if target:
            found = list(_instructions(key, text, node, target, within))
            yield from found
            within = _context(own, within)
    for child in node.children:
        yield from _below(key, text, child, citations, target, within)


def _instructions(
    key: str, text: str, node: Node, target: str, within: Pinpoint
) -> Iterator[Amendment]:
    own = _MARKER.sub("", node.own.of(text), count=1)
    said = _SAID.search(own)
    if said is None and any(child.level is not Level.QUOTED for child in node.children):
        return  # a heading over the instructions below it
    order = own[: said.start()] if said else own
    quoted = [child for child in node.children if child.level is Level.QUOTED]
    if said is not None and not quoted:
        return  # the instructions stand below
    seen: set[str] = set()
    places = [p for p in _places(order, within) if p[1]]
    for verb, provision in places:
        if provision in seen:
            continue
        seen.add(provision)
        wording = ""
        if verb == "amends" and said is not None and not _PHRASE.search(order):
            wording = _wording(text, quoted, provision, alone=len(places) == 1)
        words = " ".join(order.split())
        yield Amendment(key, node.id, target, provision, verb, words, wording)


def _places(order: str, within: Pinpoint) -> Iterator[tuple[str, str]]:
    """(verb, id) of every place an instruction touches; "after khoản 3" is only where."""
    chains = find_chains(order, list(find_groups(order)))
    read = [(members[0].start, pinpoints(members, glue)) for members, glue in chains]
    for number, (start, places) in enumerate(read):
        before = order[:start]
        if _AT.search(before):
            continue
        if number and re.search(r"\bvào\s+$", before):
            continue
        verb = _verb(order, start)
        if verb is None:
            continue
        outer = next(
            (p for _, more in read[number + 1 :] for p in more if p.article or p.clause), Pinpoint()
        )
        for place in places:
            yield verb, provision_id(_filled(place, outer, within))


def _verb(order: str, start: int) -> str | None:
    verbs = list(_CHANGING.finditer(order, 0, start)) or list(_CHANGING.finditer(order, start))
    if not verbs:
        return None
    word = verbs[-1][0] if verbs[-1].start() < start else verbs[0][0]
    if _REPEALING.match(word):
        return "repeals_partly" if not _PHRASE.search(order) else "amends"
    return "suspends" if _SUSPENDING.match(word) else "amends"


def _filled(place: Pinpoint, outer: Pinpoint, within: Pinpoint) -> Pinpoint:
    """A place with the article (and clause) it stands in."""
    if place.article:
        return place
    article = outer.article or within.article
    clause = place.clause
    if not clause and place.point:
        clause = outer.clause or (within.clause if article == within.article else None)
    return replace(place, article=article, clause=clause) if article else Pinpoint()


def _context(own: str, within: Pinpoint) -> Pinpoint:
    """The one place an instruction's heading names, for the instructions below it."""
    order = _MARKER.sub("", own, count=1)
    said = _SAID.search(order)
    order = order[: said.start()] if said else order
    chains = find_chains(order, list(find_groups(order)))
    places = {p for members, glue in chains for p in pinpoints(members, glue)}
    if len(places) != 1:
        return within
    place = places.pop()
    return _filled(place, Pinpoint(), within) if place != Pinpoint() else within


def _wording(text: str, quoted: Sequence[Node], provision: str, *, alone: bool) -> str:
    """The quoted words that are the whole of a place, without their quotation marks."""
    for quote in quoted:
        for node in walk(quote):
            inner = node.id[len(quote.id) :].lstrip("_")
            if inner and (provision == inner or provision.endswith(f"__{inner}")):
                return _unquoted(node.span.of(text))
    if alone and len(quoted) == 1 and not quoted[0].children:
        return _unquoted(quoted[0].span.of(text))
    return ""


def _unquoted(words: str) -> str:
    """
    >>> _unquoted('"2. Nội dung.".')
    '2. Nội dung.'
    """
    words = words.strip()
    if words[:1] in ('"', "“"):
        words = words[1:]
    return re.sub(r"[\"”]\s?[.;,]?\s?$", "", words).strip()


_EFFECT = re.compile(
    r"(?:này|Luật|Pháp lệnh)\s(?:có|bắt đầu có)\s(?:hiệu lực|giá trị)"
    r"(?:\s(?:thi hành|thực hiện|áp dụng))?\s(?:kể\s)?từ(?=\s)"
)
_SIGNED = re.compile(r"\sngày\s(?:ký|ban hành)(?:\sban hành)?(?!\s?\d)")
_EXCEPT = re.compile(r"trừ\s|quy định tại .{0,200}này$")


def effects_in(document: Document, text: str, tree: Node) -> list[Effect]:
    """The days on which *document* says it takes effect: one as a rule, several where it says so of
    several places, none where it says nothing. What it quotes is not its own word."""
    if document.type == "Văn bản hợp nhất":
        return []  # it repeats the words of the texts it is made from
    quoted = [node.span for node in walk(tree) if node.level is Level.QUOTED]
    articles = any(node.level is Level.ARTICLE for node in walk(tree))
    places = sorted((node.own.start, node.id) for node, _ in walk_with_path(tree) if node.own)
    found: dict[str, Effect] = {}
    for said in _EFFECT.finditer(text):
        if any(span.start <= said.start() < span.end for span in quoted):
            continue
        where = next((id for start, id in reversed(places) if start <= said.start()), "")
        if is_quoted(where) or not (where.startswith("art_") or not articles):
            continue  # a footnote, an annex, what stands behind the signature
        dated = read_date(text, said.end())
        day = dated[1] if dated else None
        if day is None and _SIGNED.match(text, said.end()):
            day = document.issued
        if day is None or len(day) != len("2026-07-01"):
            continue
        sentence = _sentence(text, said.span())
        left = sentence.of(text)[: said.start() - sentence.start]
        excepted = bool(_EXCEPT.search(sentence.of(text)[said.end() - sentence.start :]))
        only = re.search(r"(?:[Kk]hoản|[Đđ]iều|[Đđ]iểm|[Qq]uy định)\s", left) is not None
        if only:
            continue  # of one place, not of the whole
        words = " ".join(sentence.of(text).split())
        found.setdefault(day, Effect(day, where, words, excepted))
    return list(found.values())


def _sentence(text: str, span: tuple[int, int]) -> Span:
    start = max(text.rfind(mark, 0, span[0]) for mark in ("\n", ". ", "; ")) + 1
    ends = [at for mark in ("\n", ".\n", ". ") if (at := text.find(mark, span[1])) >= 0]
    return Span(start, min(ends, default=len(text)))
