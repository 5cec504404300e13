"""A plan read straight from a file, without a library: a draft to be checked before it is
signed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ingest import RawFile
from ingest.extract import extract
from ingest.linking import resolved
from ingest.load import places_of, source_of, written
from ingest.parse import parse
from ingest.parse.plan import parse_plan
from kb.catalogue import Catalogue
from kb.citations.resolve import resolve
from kb.findings import Finding
from kb.links import Link
from kb.links.derive import derive
from kb.plans import Plan
from kb.sources import Source
from kb.store import StoredCitation


@dataclass(frozen=True, slots=True)
class PlanFile:
    """What the checks of a plan begin with; ``findings`` are those of reading it."""

    plan: Plan
    citations: tuple[StoredCitation, ...]
    links: tuple[Link, ...]
    findings: tuple[Finding, ...]
    source: Source


def read_plan(raw: RawFile, catalogue: Catalogue) -> PlanFile:
    """The plan in a file, its citations resolved; raises ``UnreadableFile``."""
    extracted = extract(raw)
    parsed = parse(extracted, catalogue.vocabulary)
    document = replace(parsed.document, type=parsed.document.type or "Kế hoạch")
    source = source_of(raw.sha256, extracted, parsed)
    plan = parse_plan(document, parsed.text, parsed.tree, source)
    answers = resolve(parsed.citations, catalogue, document, parsed.text, parsed.tree)
    places = places_of(parsed.tree)
    citations = tuple(
        resolved(written(c, places), a) for c, a in zip(parsed.citations, answers, strict=True)
    )
    return PlanFile(plan, citations, tuple(derive(plan, citations)), parsed.findings, source)
