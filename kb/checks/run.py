"""All checks, in the order their findings are told for one place."""

from __future__ import annotations

import inspect

from kb.checks import Check, Grounds
from kb.checks.assignment import assignment
from kb.checks.authority_basis import authority_basis
from kb.checks.ceased_today import ceased_today
from kb.checks.ceased_when_signed import ceased_when_signed
from kb.checks.child_protection import child_protection
from kb.checks.citation_facts import citation_facts
from kb.checks.grounds_form import grounds_form
from kb.checks.issued_after import issued_after
from kb.checks.issuer_named import issuer_named
from kb.checks.item_ground import item_ground
from kb.checks.left_blank import left_blank
from kb.checks.normative_basis import normative_basis
from kb.checks.number_form import number_form
from kb.checks.others_power import others_power
from kb.checks.party_number import party_number
from kb.checks.period_lapsed import period_lapsed
from kb.checks.practice_ground import practice_ground
from kb.checks.recipient_person import recipient_person
from kb.checks.same_document import same_document
from kb.checks.signer_title import signer_title
from kb.checks.title_differs import title_differs
from kb.findings import Finding
from kb.plans import Plan

CHECKS: tuple[Check, ...] = (
    left_blank,
    number_form,
    party_number,
    citation_facts,
    title_differs,
    issuer_named,
    issued_after,
    ceased_when_signed,
    ceased_today,
    same_document,
    practice_ground,
    grounds_form,
    authority_basis,
    normative_basis,
    others_power,
    period_lapsed,
    child_protection,
    item_ground,
    assignment,
    recipient_person,
    signer_title,
)


def check(plan: Plan, grounds: Grounds) -> list[Finding]:
    """What every check finds, in the order of the text; what has no place comes last."""
    found = [finding for one in CHECKS for finding in one(plan, grounds)]
    return sorted(found, key=lambda f: f.span.start if f.span else len(plan.text))


def code_of(check: Check) -> str:
    """``number_form`` → ``number-form``: the code of a check's findings."""
    return check.__name__.replace("_", "-")


def pages() -> dict[str, str]:
    """The help page of every check by its code."""
    return {code_of(check): inspect.getdoc(check) or "" for check in CHECKS}
