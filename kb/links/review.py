"""What people decided of links, and whether it still holds.

A decision is of words: those the item had, and those of the place it stands on. It carries both,
with a stamp; where either reads otherwise today the decision is suspect and shows what changed.
The manner is Doorstop's (``Item.stamp``, ``Item.cleared``); nothing here is ever written over.

A plan is numbered anew when it is corrected. A decision follows its item by words: to the one item
with the very same words, else to the one at least ``ALIKE`` alike and ``APART`` more so than any
other (then it is suspect, for the words differ); where no item is that one, it is lost and listed.
An item of another number with other figures in it is another item, however alike.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum

from kb.diff import Piece, fingerprint, words_diff
from kb.documents import display_date
from kb.links import Link, Origin
from kb.plans import PlanItem
from kb.validity import OVER
from kb.validity import State as Force

# Shares of words two texts of one item have in common in their order, 0 to 1.
ALIKE = 0.8
APART = 0.1


class Verb(StrEnum):
    ACCEPT = "accept"  # đúng là căn cứ
    PARTLY = "partly"  # là căn cứ cho một phần của mục
    REJECT = "reject"  # không phải căn cứ
    REPLACE = "replace"  # thay bằng căn cứ khác
    ADD = "add"  # gắn thêm căn cứ
    JUSTIFY = "justify"  # mục không cần căn cứ, vì …


# Without a reason these say nothing to whoever reads them next year.
REASONED = (Verb.REJECT, Verb.REPLACE, Verb.JUSTIFY)


class State(StrEnum):
    """Of a link or of an item."""

    COVERED = "covered"  # có căn cứ, đã duyệt
    PARTIAL = "partial"  # căn cứ cho một phần
    UNVERIFIED = "unverified"  # máy tìm thấy, chưa ai duyệt
    SUSPECT = "suspect"  # câu chữ đã đổi từ khi duyệt
    NOT_IN_FORCE = "not_in_force"  # căn cứ không còn hiệu lực
    UNCOVERED = "uncovered"  # chưa có căn cứ
    JUSTIFIED = "justified"  # không cần căn cứ, có lý do
    REJECTED = "rejected"  # chỉ của liên kết: đã bị bác


STATE_WORDS = {
    State.COVERED: "Có căn cứ, đã duyệt",
    State.PARTIAL: "Có căn cứ cho một phần",
    State.UNVERIFIED: "Chưa duyệt",
    State.SUSPECT: "Cần xem lại: câu chữ đã đổi",
    State.NOT_IN_FORCE: "Căn cứ hết hoặc chưa có giá trị",
    State.UNCOVERED: "Chưa có căn cứ",
    State.JUSTIFIED: "Không cần căn cứ, có lý do",
    State.REJECTED: "Đã bác",
}

# What holds no more, or not yet; what is unknown is neither.
ENDED = OVER | {Force.NOT_YET}


@dataclass(frozen=True, slots=True)
class Decision:
    """One statement of a person about a plan, as kept in the desk database.

    ``plan`` is its key and ``sha256`` the file its text was from; ``item`` an id with the
    ``item_words`` it had; ``target`` and ``provision`` the link decided on (``named``), "" for an
    item as a whole; ``new_target`` and ``new_provision`` what REPLACE puts there.
    ``target_words`` are those of the place the item is said to stand on, "" where the library had
    none. ``by`` is the name as typed: nothing proves it. ``at`` ISO time, UTC; ``undoes`` the id of
    a decision taken back.
    """

    id: int
    plan: str
    sha256: str
    item: str
    verb: str
    target: str
    provision: str
    new_target: str
    new_provision: str
    item_words: str
    target_words: str
    stamp: str
    by: str
    at: str
    why: str
    undoes: int | None = None

    @property
    def day(self) -> str:
        """``26/11/2026``."""
        return display_date(self.at[:10])

    @property
    def stands_on(self) -> tuple[str, str]:
        """(document, place) the item stands on by this decision, ("", "") for none."""
        if self.verb == Verb.REPLACE:
            return self.new_target, self.new_provision
        return self.target, self.provision


def stamp(item_words: str, target_words: str) -> str:
    """Of both texts; equal for two ways to write the same words (``kb.diff``)."""
    both = f"{fingerprint(item_words)} {fingerprint(target_words)}"
    return hashlib.sha256(both.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Changed:
    """Words that are not those decided on: ``of`` "item" or "target", with the way between."""

    of: str
    before: str
    now: str

    @property
    def pieces(self) -> list[Piece]:
        return words_diff(self.before, self.now)


def changes(decision: Decision, item_words: str, target_words: str) -> tuple[Changed, ...]:
    """What reads otherwise since; () while the decision holds."""
    if decision.stamp == stamp(item_words, target_words):
        return ()
    pairs = (("item", decision.item_words, item_words),
             ("target", decision.target_words, target_words))  # fmt: skip
    return tuple(
        Changed(of, before, now)
        for of, before, now in pairs
        if fingerprint(before) != fingerprint(now)
    )


@dataclass(frozen=True, slots=True)
class Placed:
    """Decisions by the item they are of today; ``lost`` those whose item is not found again."""

    of: Mapping[str, Sequence[Decision]]
    lost: tuple[Decision, ...] = field(default=())


def placed(decisions: Iterable[Decision], items: Sequence[PlanItem]) -> Placed:
    """Each decision at the item it was of, whatever that item is numbered today."""
    words = {item.id: item.text for item in items}
    same: dict[str, list[str]] = {}
    for item in items:
        same.setdefault(fingerprint(item.text), []).append(item.id)
    known: dict[tuple[str, str], str] = {}
    of: dict[str, list[Decision]] = {}
    lost = []
    taken = [d for d in decisions if d.undoes is None]
    exact = {d.item_words: same.get(fingerprint(d.item_words), []) for d in taken}
    # An item that is word for word another's decision's is not also a changed form of this one.
    claimed = {found[0] for found in exact.values() if len(found) == 1}
    for decision in taken:
        asked = (decision.item, decision.item_words)
        if asked not in known:
            candidates = exact[decision.item_words]
            if decision.item in candidates:
                known[asked] = decision.item
            elif len(candidates) == 1:
                known[asked] = candidates[0]
            elif candidates:
                known[asked] = ""  # several say the same and none has its number
            else:
                known[asked] = _likest(decision, words, claimed)
        if known[asked]:
            of.setdefault(known[asked], []).append(decision)
        else:
            lost.append(decision)
    return Placed(of, tuple(lost))


_WORDS = re.compile(r"\w+")
_FIGURES = re.compile(r"\d+")


def _likest(decision: Decision, words: Mapping[str, str], claimed: set[str]) -> str:
    mine = _WORDS.findall(decision.item_words.lower())
    figures = _figures(decision.item_words)
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(mine)
    scores = []
    for item, text in words.items():
        if item in claimed or (item != decision.item and _figures(text) != figures):
            continue
        matcher.set_seq1(_WORDS.findall(text.lower()))
        if matcher.real_quick_ratio() >= ALIKE - APART and matcher.quick_ratio() >= ALIKE - APART:
            scores.append((matcher.ratio(), item))
    scores.sort(reverse=True)
    if not scores or scores[0][0] < ALIKE:
        return ""
    if len(scores) > 1 and scores[0][0] - scores[1][0] < APART:
        return ""
    return scores[0][1]


def _figures(text: str) -> list[str]:
    return _FIGURES.findall(text)


def standing(decisions: Sequence[Decision], undone: Iterable[int]) -> list[Decision]:
    """Of one item: the last word on each link, and on the item, that was not taken back."""
    gone = set(undone)
    last: dict[tuple[str, str], Decision] = {}
    for decision in sorted(decisions, key=lambda d: d.id):
        if decision.id not in gone:
            last[(decision.target, decision.provision)] = decision
    return sorted(last.values(), key=lambda d: d.id)


def undone(decisions: Iterable[Decision]) -> set[int]:
    """Ids of decisions that were taken back. A taking back can itself be taken back."""
    gone: set[int] = set()
    for decision in sorted(decisions, key=lambda d: d.id, reverse=True):
        if decision.undoes is not None and decision.id not in gone:
            gone.add(decision.undoes)
    return gone


def named(link: Link) -> tuple[str, str]:
    """What decisions call a link: its document, or the number as written where it has none, and
    the place."""
    return link.target or link.number, link.provision


def with_decided(item: str, links: Sequence[Link], decided: Sequence[Decision]) -> list[Link]:
    """The item's links and those a person gave it that were not among them."""
    out = list(links)
    known = {named(link) for link in links}
    for decision in decided:
        where = decision.stands_on
        if (
            decision.verb in (Verb.ADD, Verb.REPLACE, Verb.ACCEPT, Verb.PARTLY)
            and where not in known
        ):
            known.add(where)
            out.append(Link(item, Origin.ADDED, where[0], "", "", provision=where[1]))
    return out


def link_state(
    link: Link, decision: Decision | None, changed: Sequence[Changed], force: Force
) -> State:
    """Of one link. *decision* is the one that speaks of it, *force* the state of its basis."""
    if decision is None:
        return State.NOT_IN_FORCE if force in ENDED else State.UNVERIFIED
    if changed:
        return State.SUSPECT
    if decision.verb == Verb.REJECT or (
        decision.verb == Verb.REPLACE and decision.stands_on != named(link)
    ):
        return State.REJECTED
    if force in ENDED:
        return State.NOT_IN_FORCE
    if force is Force.UNKNOWN:
        return State.UNVERIFIED  # somebody took it for a ground; whether it holds nobody knows
    return State.PARTIAL if decision.verb == Verb.PARTLY else State.COVERED


def item_state(
    links: Iterable[tuple[Link, Decision | None, State]], justified: bool, suspect: bool = False
) -> State:
    """Of an item, from its links: the weakest of those somebody vouched for; else whether what it
    names itself still holds; where it names nothing, whether anything handed on to it does. To take
    one ground says nothing of another: while one that is over waits for a decision, the item does
    not hold where it names that one itself, and holds in part where it was handed on to it.
    *suspect*: its justification speaks of other words."""
    rows = [(link, decision, state) for link, decision, state in links
            if decision or link.origin is not Origin.SUGGESTED]  # fmt: skip
    vouched = [state for _, decision, state in rows if decision and state is not State.REJECTED]
    undecided = [state for _, decision, state in rows if not decision]
    names = [state for link, decision, state in rows
             if not decision and link.origin is Origin.EXPLICIT]  # fmt: skip
    open_ = names or undecided
    if suspect or State.SUSPECT in vouched:
        return State.SUSPECT
    if State.NOT_IN_FORCE in vouched or (vouched and State.NOT_IN_FORCE in names):
        return State.NOT_IN_FORCE
    if State.COVERED in vouched and State.NOT_IN_FORCE not in undecided:
        return State.COVERED
    if State.COVERED in vouched or State.PARTIAL in vouched:
        return State.PARTIAL
    if justified:
        return State.JUSTIFIED
    if State.UNVERIFIED in vouched or State.UNVERIFIED in open_:
        return State.UNVERIFIED
    return State.NOT_IN_FORCE if open_ else State.UNCOVERED
