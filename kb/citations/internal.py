"""Mentions of the paper itself: "Luật này", "khoản 1 Điều này", "điểm a khoản 2 Điều 5"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.alike import same_type
from kb.catalogue import Catalogue
from kb.citations import Ambiguous, Citation, Pinpoint, Resolution, Resolved, Unknown
from kb.citations.context import (
    Context,
    Mention,
    Standing,
    amended_by,
    amended_in,
    filled,
    introduced,
    place,
)
from kb.citations.places import provision_id
from kb.documents import Document
from kb.lookup import entry_of


@dataclass(frozen=True, slots=True)
class Paper:
    """The text whose mentions are read: ``mentions`` are those of other documents, resolved;
    ``citations`` all; ``context`` its tree, None where only the words are at hand."""

    here: Document
    text: str
    context: Context | None
    citations: Sequence[Citation]
    mentions: Sequence[Mention]
    catalogue: Catalogue


def resolve_internal(citation: Citation, paper: Paper) -> Resolution:
    """Which place of the paper is meant; inside a quotation, of the document that is amended
    there, and of that, too, where an article only lists the places it amends."""
    here, pinpoint = paper.here, citation.pinpoints[0] if citation.pinpoints else None
    if paper.context is None:
        return Resolved(citation, here.key, provision=provision_id(pinpoint) if pinpoint else "")
    standing = paper.context.at(citation.span.start)
    if standing.quote is not None:
        named = amended_by(standing, paper.mentions)
        return _amended(citation, named, standing, introduced(standing, paper.citations), paper)
    if pinpoint is None:
        return Resolved(citation, here.key)
    if citation.type is None and not _says_this(pinpoint):
        named = amended_in(standing, paper.mentions, paper.text)
        if named:
            return _amended(citation, named, None, None, paper)
    pinpoint = filled(pinpoint, standing.path)
    # "Điều 5 Quyết định này" inside the regulation it issues is the decision's own Điều 5.
    own = citation.type is None or not same_type(citation.type, here.type)
    there = place(paper.context.tree, standing.path if own else (), pinpoint)
    return Resolved(citation, here.key, provision=there or provision_id(pinpoint))


def _says_this(pinpoint: Pinpoint) -> bool:
    return "này" in (pinpoint.article, pinpoint.clause, pinpoint.point)


def _amended(
    citation: Citation,
    named: Sequence[Mention],
    standing: Standing | None,
    intro: Pinpoint | None,
    paper: Paper,
) -> Resolution:
    """A place of the one document among *named*; *standing* where "này" stands in a quotation."""
    keys = tuple(dict.fromkeys(a.key for _, a in named if isinstance(a, Resolved)))
    if len(keys) > 1:
        return Ambiguous(citation, keys, "Chỗ này sửa đổi nhiều văn bản; không rõ là văn bản nào.")
    if not keys or any(not isinstance(answer, Resolved) for _, answer in named):
        return Unknown(
            citation, "Lời của văn bản được sửa đổi; không rõ văn bản được sửa là văn bản nào."
        )
    amended = entry_of(paper.catalogue, keys[0])
    kind = amended.document.type if amended else ""
    if citation.type and kind and not same_type(citation.type, kind):
        return Unknown(
            citation,
            f"Lời trích nói “{citation.type} này”, còn văn bản được sửa ở đây là {kind}.",
        )
    if not citation.pinpoints:
        return Resolved(citation, keys[0])
    pinpoint = filled(citation.pinpoints[0], standing.inside if standing else (), intro)
    return Resolved(citation, keys[0], provision=provision_id(pinpoint))
