"""A plan with its grounds, judged and reviewed: the one value pages and exports are made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from kb.documents import Document
from kb.findings import Finding
from kb.grounds import Basis, unresolved
from kb.links import Link, Origin
from kb.links.review import (
    Changed,
    Decision,
    State,
    Verb,
    changes,
    item_state,
    link_state,
    named,
    placed,
    standing,
    undone,
    with_decided,
)
from kb.notices import Notice
from kb.plans import Plan, PlanItem
from kb.validity import as_day


@dataclass(frozen=True, slots=True)
class LinkReport:
    """One link of an item: ``decision`` the one that speaks of it, ``changed`` what reads otherwise
    since, ``noticed`` what became since of a basis that is a whole document."""

    link: Link
    basis: Basis
    state: State
    decision: Decision | None = None
    changed: tuple[Changed, ...] = ()
    noticed: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemReport:
    """``justified`` the decision that it needs no ground, ``history`` all that was ever decided of
    it, undone or not, oldest first; ``suggested`` what was found for it and nobody has decided on:
    no ground, so not among its links."""

    item: PlanItem
    state: State
    links: tuple[LinkReport, ...] = ()
    justified: Decision | None = None
    changed: tuple[Changed, ...] = ()
    history: tuple[Decision, ...] = ()
    suggested: tuple[LinkReport, ...] = ()

    @property
    def live(self) -> tuple[LinkReport, ...]:
        """What it stands on or may stand on: without what was turned down."""
        return tuple(link for link in self.links if link.state is not State.REJECTED)

    @property
    def noticed(self) -> bool:
        """Has something become of a whole document it stands on, since somebody said so?"""
        return any(link.noticed for link in self.live)


@dataclass(frozen=True, slots=True)
class PlanReport:
    """``signed`` None where the plan's day is not known; ``bases`` in the order the plan comes to
    them; ``lost`` decisions whose item is not found again; ``taken_back`` ids of decisions undone.
    """

    document: Document
    day: date
    signed: date | None
    items: tuple[ItemReport, ...]
    bases: tuple[Basis, ...]
    findings: tuple[Finding, ...] = ()
    lost: tuple[Decision, ...] = ()
    taken_back: frozenset[int] = field(default=frozenset())
    names: Mapping[str, str] = field(default_factory=dict)  # document → its number

    @property
    def noticed(self) -> int:
        """How many items stand on a whole document of which there is something to tell."""
        return sum(item.noticed for item in self.items)

    @property
    def counts(self) -> dict[State, int]:
        """How many items are in each state, in the order of ``State``; states of none left out."""
        found = Counter(item.state for item in self.items)
        return {state: found[state] for state in State if found[state]}


def wanted(links: Iterable[Link], decisions: Iterable[Decision]) -> set[tuple[str, str]]:
    """The (document, place) pairs a report needs judged."""
    pairs = {(link.target, link.provision) for link in links}
    for decision in decisions:
        pairs |= {(decision.target, decision.provision), decision.stands_on}
    return {pair for pair in pairs if pair[0]}


def report(
    plan: Plan,
    links: Sequence[Link],
    decisions: Sequence[Decision],
    judged: Mapping[tuple[str, str], Basis],
    day: date,
    findings: Sequence[Finding] = (),
    noticed: Mapping[int, tuple[Notice, ...]] = MappingProxyType({}),
) -> PlanReport:
    """*links* as derived and suggested, *decisions* all there ever were of the plan, *judged* the
    bases by ``wanted``; of a suggestion that was not judged only the place is told. *noticed* by
    the id of a decision (``kb.notices``)."""
    gone = undone(decisions)
    found = placed(decisions, plan.items)
    by_item: dict[str, list[Link]] = {}
    for link in links:
        by_item.setdefault(link.item, []).append(link)
    items = tuple(
        _item(item, by_item.get(item.id, []), found.of.get(item.id, ()), gone, judged, noticed)
        for item in plan.items
    )
    bases: dict[tuple[str, str], Basis] = {}
    for told in items:
        for row in told.live:
            bases.setdefault(column(row.basis), row.basis)
    lost = tuple(d for d in found.lost if d.id not in gone)
    return PlanReport(plan.document, day, day_of(plan.document), items, tuple(bases.values()),
                      tuple(findings), lost, frozenset(gone),
                      {basis.target: basis.number for basis in judged.values()})  # fmt: skip


def day_of(document: Document) -> date | None:
    """The day a plan was signed, None where it is not known to the day."""
    return as_day(document.issued)


def _item(
    item: PlanItem,
    links: Sequence[Link],
    decisions: Sequence[Decision],
    gone: set[int],
    judged: Mapping[tuple[str, str], Basis],
    noticed: Mapping[int, tuple[Notice, ...]],
) -> ItemReport:
    decided = standing(decisions, gone)
    # What a replacement puts in a link's place is decided by it too.
    of = {d.stands_on: d for d in decided if d.stands_on[0]}
    of |= {(d.target, d.provision): d for d in decided if d.target}
    rows, suggested = [], []
    for link in with_decided(item.id, links, decided):
        basis = judged.get((link.target, link.provision)) or unresolved(link)
        decision = of.get(named(link))
        if link.origin is Origin.SUGGESTED:
            if decision is None:
                suggested.append(LinkReport(link, _proposed(link, judged), State.UNVERIFIED))
                continue
            if decision.verb != Verb.REJECT:
                link = replace(link, origin=Origin.ADDED)
        changed: tuple[Changed, ...] = ()
        if decision:
            stands = judged.get(decision.stands_on)
            changed = changes(decision, item.text, stands.words if stands else "")
        state = link_state(link, decision, changed, basis.today.state)
        stays = decision is not None and decision.stands_on == named(link)
        since = noticed.get(decision.id, ()) if decision and stays else ()
        rows.append(LinkReport(link, basis, state, decision, changed, since))
    justified = next((d for d in decided if d.verb == Verb.JUSTIFY), None)
    moved = changes(justified, item.text, "") if justified else ()
    state = item_state([(r.link, r.decision, r.state) for r in rows], bool(justified), bool(moved))
    return ItemReport(item, state, tuple(rows), justified, moved, tuple(decisions),
                      tuple(suggested))  # fmt: skip


def _proposed(link: Link, judged: Mapping[tuple[str, str], Basis]) -> Basis:
    place = link.cited if link.provision else ""
    return judged.get((link.target, link.provision)) or Basis(
        link.target, link.provision, link.number, link.number, place=place
    )


def column(basis: Basis) -> tuple[str, str]:
    """What a basis is known by in one report, resolved or not."""
    return (basis.target or basis.number, basis.provision)


def gaps(told: PlanReport) -> list[ItemReport]:
    """Items a person has to find a ground for."""
    return [i for i in told.items if i.state in (State.UNCOVERED, State.NOT_IN_FORCE)]
