"""Provisions that speak of the same task as an item of a plan, for a person to accept or reject.

All items vote first for documents and headings: a law that six items come near to is likelier meant
than one that a single item meets by its words. Then the provisions are ranked that an item comes
near to, by what of the item one of their clauses says, by their heading, by whom they address and
by the votes of the *other* items. ``kb.links.likely`` makes a confidence of these; how it was
fitted and measured is in docs/suggestions.md. The order of the items changes nothing.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice, pairwise
from typing import Protocol

from kb.documents import Document
from kb.index.analyzer import tokens
from kb.links import DIGEST, Link, Origin
from kb.links.likely import NAMES, confidence
from kb.plans import Plan, PlanItem
from kb.validity import as_day, before

MOST = 5  # suggestions kept of one item
LEAST = 0.3  # confidence below which nothing is kept
SURE, FAIR = 0.8, 0.5  # where the words for a confidence change
ITEMS = 3  # items near to a document that the plan does not name, to say so of the plan
_VOTES = 20  # nearest records that count as votes of an item
_RANKED = 60  # nearest records of an item whose words are read
_SHORT = 8  # words below which an item is read with what stands above it
_LONGEST = 380  # characters asked at once; a longer item is asked sentence by sentence

_LEADS = (NAMES.index("clause lead"), NAMES.index("said lead"))

# Whom a provision addresses: schools, and everybody; or a body that is none.
_SCHOOL = re.compile(
    r"nhà trường|trường học|cơ sở giáo dục|trường chuyên biệt|học sinh|người học|giáo viên|"
    r"cơ quan, tổ chức|cơ quan hành chính|đơn vị sự nghiệp",
    re.IGNORECASE,
)
_ANOTHER = re.compile(
    r"\b(?:Bộ|Sở|Phòng [Gg]iáo dục|Ủy ban nhân dân|UBND|Chính phủ|Thủ tướng|Hội đồng nhân dân|"
    r"Mặt trận|Tòa án|Viện kiểm sát|Quốc hội|Công an)\b"
)
# Provisions that ask for no work: what a text is about, its words, its coming into force.
_EMPTY = re.compile(
    r"phạm vi|đối tượng áp dụng|giải thích từ ngữ|hiệu lực|trách nhiệm thi hành|tổ chức thực hiện|"
    r"điều khoản|chuyển tiếp|mã số|tiêu chuẩn về|bãi bỏ|sửa đổi",
    re.IGNORECASE,
)
# Standards of posts and trades, which have the words of every task: docs/suggestions.md.
_ELSEWHERE = re.compile(
    r"chức danh|ngạch|hạng (?:I|II|III|IV|chức)|đại học|cao đẳng|nghề nghiệp|quân đội|công an|"
    r"quốc phòng|doanh nghiệp|chức năng, nhiệm vụ, quyền hạn",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Near:
    """A record of the index near to a text: ``score`` is the best's 1.0; ``digest`` for what is in
    our own words."""

    key: str
    provision: str
    score: float
    digest: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """What a record says: ``place`` in words ("Điều 13"), ``heading`` its own, ``path`` those above
    it, ``lines`` its clauses."""

    place: str
    heading: str
    path: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class About:
    """A document: ``number`` it is called by, ``rank`` 1.0 for the highest type, ``holds`` 1.0 in
    force, 0.5 unknown, 0.0 over."""

    number: str
    title: str
    rank: float
    holds: float
    issued: str = ""


class Sources(Protocol):
    """What a library answers; ``kb.similar`` is one, tests have another."""

    def similar(self, text: str) -> Sequence[Near]:
        """The records nearest to *text*, best first, each once."""

    def passage(self, near: Near) -> Passage: ...

    def about(self, key: str) -> About: ...

    def worth(self, term: str) -> float:
        """What meeting a word, or a pair joined by ``_``, tells: its inverse frequency."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A provision near to an item. ``sentence`` is the clause that speaks of it most, ``features``
    one number for each of ``kb.links.likely.NAMES``; ``late``: it was issued after the plan was
    signed."""

    item: str
    near: Near
    passage: Passage
    sentence: str
    features: tuple[float, ...]
    late: bool = False

    @property
    def likeness(self) -> float:
        return confidence(self.features)

    @property
    def confidence(self) -> float:
        """What did not exist cannot have been a ground."""
        return 0.0 if self.late else self.likeness


class Suggester:
    """Plans of one library; what was read for one is at hand for the next."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._terms = cache(lambda text: _Terms(sources.worth, text))

    def of(self, plan: Plan, links: Sequence[Link] = ()) -> list[Link]:
        """Links of origin ``suggested``, in the order of the items, of each the likeliest first;
        none to what an item stands on already by *links*."""
        found: dict[str, list[Candidate]] = defaultdict(list)
        for candidate in self.candidates(plan, links):
            found[candidate.item].append(candidate)
        return [
            _link(candidate, self._sources.about(candidate.near.key).number)
            for item in plan.items
            for candidate in best(one for one in found[item.id] if one.likeness >= LEAST)
        ]

    def candidates(self, plan: Plan, links: Sequence[Link] = ()) -> Iterator[Candidate]:
        """Every provision an item comes near to, with its features."""
        of: dict[str, list[Link]] = defaultdict(list)
        for link in links:
            of[link.item].append(link)
        asked = {item.id: _pieces(plan, item) for item in asked_items(plan)}
        near = {item: _nearest(pieces, self._sources) for item, pieces in asked.items()}
        compare = _Compare(self._sources, self._terms, plan.document, _Votes(near))
        for item, pieces in asked.items():
            free = (one for one in near[item] if not _stands_on(of[item], one) and not _group(one))
            top = list(islice(free, _RANKED))
            cited = {link.target for link in of[item] if link.origin is Origin.EXPLICIT}
            yield from _beside([compare(item, pieces, one, one.key in cited) for one in top])


def _beside(found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates of one item; of some features what counts is the share of the best one's."""
    most = {at: max((one.features[at] for one in found), default=0.0) for at in _LEADS}
    return [
        replace(one, features=tuple(
            value / (most[at] or 1.0) if at in most else value
            for at, value in enumerate(one.features)
        ))
        for one in found
    ]  # fmt: skip


def order(one: Candidate) -> tuple[float, float, str, str]:
    """A key that sorts the likeliest first and what came too late last."""
    return -one.confidence, -one.likeness, one.near.key, one.near.provision


def best(found: Iterable[Candidate]) -> list[Candidate]:
    """The likeliest of one item, at most ``MOST``; of a document in digests the best one."""
    out: dict[tuple[str, str], Candidate] = {}
    for one in sorted(found, key=order):
        out.setdefault((one.near.key, "" if one.near.digest else one.near.provision), one)
    return list(out.values())[:MOST]


def asked_items(plan: Plan) -> list[PlanItem]:
    """The items that suggestions are looked for: those with none below them."""
    parents = {item.parent for item in plan.items}
    return [item for item in plan.items if item.id not in parents]


def unnamed(links: Iterable[Link]) -> dict[str, list[str]]:
    """Documents that at least ``ITEMS`` items come near to and the plan does not name, with those
    items; most items first."""
    near: dict[str, list[str]] = {}
    known = set()
    for link in links:
        if link.origin is not Origin.SUGGESTED:
            known.add(link.target)
        elif link.item not in near.setdefault(link.target, []):
            near[link.target].append(link.item)
    some = {key: items for key, items in near.items() if len(items) >= ITEMS and key not in known}
    return dict(sorted(some.items(), key=lambda pair: (-len(pair[1]), pair[0])))


def _stands_on(links: Iterable[Link], near: Near) -> bool:
    """Does the item stand on this already: on the document, where a digest is all there is, or on
    the place, one in it, or one around it?"""
    return any(
        near.digest or (link.provision and overlap(link.provision, near.provision))
        for link in links
        if link.target == near.key
    )


def overlap(place: str, other: str) -> bool:
    """Is one of two places of a document the other, or in it?

    >>> overlap("art_5", "art_5__cl_2"), overlap("art_5", "art_50")
    (True, False)
    """
    longer, shorter = sorted((place, other), key=len, reverse=True)
    return f"{longer}__".startswith(f"{shorter}__")


_GROUP = re.compile(r"(?:.*__)?(?:part|chp|sec|subsec)_[^_]+")


def _group(near: Near) -> bool:
    """Is it no more than the heading of a chapter or section?"""
    return not near.digest and _GROUP.fullmatch(near.provision) is not None


def _link(one: Candidate, number: str) -> Link:
    digest = one.near.digest
    return Link(
        one.item, Origin.SUGGESTED, one.near.key, number, one.passage.place,
        via=DIGEST if digest else "",
        provision="" if digest else one.near.provision,
        confidence=round(one.confidence, 2),
        sentence=one.sentence,
    )  # fmt: skip


# -- what is asked --------------------------------------------------------------------------------

_SENTENCE = re.compile(r"(?<=[.;])\s+|\n")


def _pieces(plan: Plan, item: PlanItem) -> list[str]:
    """An item as it is asked: whole, a short one with what stands above it, a long one sentence by
    sentence too."""
    text = " ".join(item.text.split())
    above = {other.id: other for other in plan.items}
    if len(text.split()) < _SHORT and item.parent in above:
        text = f"{' '.join(above[item.parent].text.split())} {text}"
    parts = [part for part in _SENTENCE.split(item.text) if len(part.split()) >= _SHORT]
    return (
        [text[:_LONGEST], *(part[:_LONGEST] for part in parts)]
        if len(parts) > 1
        else [text[:_LONGEST]]
    )


def _nearest(pieces: Sequence[str], sources: Sources) -> list[Near]:
    found: dict[tuple[str, str], Near] = {}
    for piece in pieces:
        for near in sources.similar(piece):
            place = near.key, near.provision
            if place not in found or found[place].score < near.score:
                found[place] = near
    return sorted(found.values(), key=lambda n: (-n.score, n.key, n.provision))


# -- what is compared -----------------------------------------------------------------------------


class _Terms:
    """The words and pairs of neighbours of a text, each with its worth."""

    __slots__ = ("of", "square", "total")

    def __init__(self, worth: Callable[[str], float], text: str) -> None:
        words = [token.text for token in tokens(text) if not token.part]
        pairs = {f"{left}_{right}" for left, right in pairwise(words)}
        # In one order, so that sums do not depend on a set's.
        self.of = {term: worth(term) for term in sorted(pairs.union(words))}
        self.total = sum(self.of.values())
        self.square = sum(value * value for value in self.of.values())

    def share(self, other: _Terms) -> float:
        """How much of what this says the other says too, 0 to 1."""
        both = sum(value for term, value in self.of.items() if term in other.of)
        return both / self.total if self.total else 0.0

    def alike(self, other: _Terms) -> float:
        """The cosine of the two."""
        if not self.square or not other.square:
            return 0.0
        both = sum(value * value for term, value in self.of.items() if term in other.of)
        return both / math.sqrt(self.square * other.square)


class _Votes:
    """Which documents and headings the items of a plan come near to."""

    def __init__(self, near: Mapping[str, Sequence[Near]]) -> None:
        self._documents: dict[str, dict[str, float]] = defaultdict(dict)
        self._places: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
        self.items = len(near)
        for item, found in near.items():
            for place, one in enumerate(found[:_VOTES]):
                vote = one.score / math.log2(place + 2)
                self._put(self._documents[one.key], item, vote)
                self._put(self._places[one.key, one.provision], item, vote)

    @staticmethod
    def _put(votes: dict[str, float], item: str, vote: float) -> None:
        votes[item] = max(votes.get(item, 0.0), vote)

    def document(self, near: Near, item: str) -> float:
        """The share of votes the document has from the other items, 0 to 1."""
        return self._others(self._documents.get(near.key, {}), item)

    def place(self, near: Near, item: str) -> float:
        return self._others(self._places.get((near.key, near.provision), {}), item)

    def _others(self, votes: Mapping[str, float], item: str) -> float:
        return math.fsum(sorted(v for of, v in votes.items() if of != item)) / max(
            self.items - 1, 1
        )


class _Compare:
    """An item with what it is near to, as numbers."""

    def __init__(
        self, sources: Sources, terms: Callable[[str], _Terms], plan: Document, votes: _Votes
    ) -> None:
        self._sources, self._terms, self._votes = sources, terms, votes
        self._title, self._signed = terms(plan.title), as_day(plan.issued)

    def __call__(self, item: str, pieces: Sequence[str], near: Near, cited: bool) -> Candidate:
        passage, about = self._sources.passage(near), self._sources.about(near.key)
        asked = [self._terms(piece) for piece in pieces]
        whole = "\n".join((passage.heading, *passage.lines))
        named = self._terms(about.title)
        lines = passage.lines or (passage.heading,)
        clause, _, said = max(
            (piece.alike(self._terms(line)), -place, line)
            for place, line in enumerate(lines)
            for piece in asked
        )
        values = {
            "own": near.score,
            "cited": float(cited),
            "clause": clause,
            "clause share": max(piece.share(self._terms(said)) for piece in asked),
            "clause lead": clause,
            "said lead": max(piece.share(self._terms(whole)) for piece in asked),
            "title": max(named.share(piece) for piece in asked),
            "field": named.alike(self._title),
            "document votes": self._votes.document(near, item),
            "place votes": self._votes.place(near, item),
            "school": float(_SCHOOL.search(whole) is not None),
            "school's": float(_SCHOOL.search(passage.heading) is not None),
            "another's": float(_ANOTHER.search(f"{passage.heading} {said}") is not None),
            "empty": float(_EMPTY.search(passage.heading) is not None),
            "elsewhere": float(_ELSEWHERE.search(f"{about.title} {passage.heading}") is not None),
            "length": math.log1p(sum(len(line.split()) for line in lines)) / 5,
            "rank": about.rank,
            "holds": about.holds,
            "digest": float(near.digest),
        }
        features = tuple(values[name] for name in NAMES)
        late = self._signed is not None and before(self._signed, about.issued)
        return Candidate(item, near, passage, said, features, late)
