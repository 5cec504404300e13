"""A plan: its stated grounds and its items.

An item is whatever the paper marks off for itself: I. / 1. / a) / - / +, and a paragraph without
a mark that stands alone under a heading.
"""

from __future__ import annotations

from dataclasses import dataclass

from kb.documents import Document
from kb.text import Span


@dataclass(frozen=True, slots=True)
class Ground:
    """One "Căn cứ …" line of the preamble; ``span`` in the plan's cleaned text."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One item: ``id`` as in ``kb.structure`` ("II.1.g1.c2"), ``parent`` the id above or None,
    ``marker`` as printed ("II.", "1.", "-", "+", "" for a bare paragraph), ``text`` its own words
    without the marker, ``span`` its own words in the plan's cleaned text."""

    id: str
    parent: str | None
    marker: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Plan:
    document: Document
    text: str
    grounds: tuple[Ground, ...]
    items: tuple[PlanItem, ...]
