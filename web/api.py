"""Answers as plain values for programs: ``--json`` on the command line and ``/api/`` on the web."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from kb.citations.doubts import citation_findings
from kb.findings import Finding
from kb.report import LinkReport
from kb.results import Part, SearchResult
from kb.shown import url_of as url_of
from kb.sources import own_words
from kb.statuses import Statuses
from kb.store import Listed, StoredCitation
from kb.store.library import Library
from kb.structure import path_words, walk, walk_with_path
from web import words
from web.opened import Opened
from web.plan_reports import told

Json = dict[str, Any]


def document_json(listed: Listed) -> Json:
    document = listed.document
    return {
        "number": document.number,
        "type": document.type,
        "title": document.title,
        "issuer": document.issuer,
        "issued": document.issued,
        "issued_words": words.issued(document),
        "url": url_of(listed),
    }


def search_json(library: Library, result: SearchResult, day: date) -> Json:
    """One result for each provision found; a document found by its number or facts is one with an
    empty ``provision``."""
    results: list[Json] = []
    known = Statuses(library, [group.listed.document.key for group in result.groups])
    for group in result.groups:
        head = {
            "document": document_json(group.listed),
            "status": known.on(group.listed.document.key, day).words,
            "document_parts": _parts(group.parts),
            "alike": [document_json(listed) for listed in group.alike],
            "why": group.why,
        }
        for hit in group.hits:
            snippet = hit.snippet.text
            results.append(
                head
                | {"provision": hit.provision, "path": hit.path, "url": hit.url,
                   "score": round(hit.score, 3), "snippet": snippet, "kind": hit.kind,
                   "parts": _parts(hit.parts)}
            )  # fmt: skip
        if not group.hits:
            results.append(
                head
                | {"provision": "", "path": "", "url": group.url, "score": round(group.score, 3),
                   "snippet": group.why, "kind": "facts"}
            )  # fmt: skip
    return {
        "query": result.query,
        "understood": result.understood,
        "count": result.count,
        "full": result.full,
        "page": result.page,
        "pages": result.pages,
        "results": results,
        "why_not": list(result.why_not),
        "notes": list(result.notes),
        "conditions": [choice.words for choice in result.conditions],
        "corrections": [choice.query for choice in result.corrections],
        "questions": [asdict(question) for question in result.questions],
        "mistakes": [asdict(mistake) for mistake in result.mistakes],
        "unknowns": [
            {
                "document": document_json(unknown.listed),
                "words": unknown.words,
                "next_step": unknown.next_step,
            }
            for unknown in result.unknowns
        ],
        "facets": [
            {"name": facet.name, "words": facet.words, "values": [asdict(v) for v in facet.values]}
            for facet in result.facets
        ],
    }


def _parts(parts: Iterable[Part]) -> list[Json]:
    return [asdict(part) | {"value": round(part.value, 3)} for part in parts]


def plan_json(kb: Opened, key: str, day: date, findings: Sequence[Finding]) -> Json:
    """A plan item by item, each with its bases judged on the signing day and on *day*, and what
    people decided of them; *findings* as ``web.checks.everything`` tells them."""
    listed = kb.library.listed(key)
    document = listed.document
    made = told(kb, key, day, findings)
    return {
        "number": document.number,
        "issued": document.issued,
        "title": document.title,
        "issuer": document.issuer,
        "url": url_of(listed),
        "items": [
            {
                "id": row.item.id,
                "parent": row.item.parent,
                "marker": row.item.marker,
                "text": row.item.text,
                "who": row.item.who,
                "when": row.item.when,
                "result": row.item.result,
                "state": row.state.value,
                "state_words": words.state(row.state),
                "bases": [_basis(link) for link in row.live],
            }
            for row in made.items
        ],
        "findings": [_finding(finding) for finding in made.findings],
    }


def findings_of(library: Library, key: str) -> list[Finding]:
    """What reading a document found, and what its citations leave to a person; places in words."""
    found = [*library.findings(key), *citation_findings(library.citations(key))]
    tree = library.tree(key) if found else None
    if tree is None:
        return found
    places = {node.id: path_words((*path, node)) for node, path in walk_with_path(tree) if node.id}
    return [replace(finding, where=places.get(finding.where) or finding.where) for finding in found]


def _basis(row: LinkReport) -> Json:
    basis, link = row.basis, row.link
    return {
        "origin": link.origin.value,
        "origin_words": words.origin(link),
        "via": link.via,
        "number": basis.number,
        "cited": link.cited,
        "correction": link.correction,
        "reason": link.reason,
        "provision": basis.provision,
        "place": basis.place,
        "url": words.basis_url(basis) if basis.target else "",
        "title": basis.title,
        "issuer": basis.issuer,
        "issued": basis.issued or None,
        "outside": basis.outside,
        "late": basis.late,
        "status_when_signed": basis.signed.words,
        "reason_when_signed": basis.signed.why,
        "status_today": basis.today.words,
        "reason_today": basis.today.why,
        "checked_words": basis.today.age,
        "sources": list(basis.today.sources),
        "heirs": [heir.name for heir in basis.heirs],
        "state": row.state.value,
        "state_words": words.state(row.state),
        "notices": [asdict(notice) for notice in row.noticed],
        "notices_words": words.noticed(row),
    }


def show_json(kb: Opened, key: str, day: date) -> Json:
    """All that is known of one document, with its text provision by provision."""
    library, found = kb.library, kb.vouched(key)
    listed = library.listed(key)
    text, tree = library.text(key), library.tree(key)
    shown = library.printed(key)
    status = Statuses(library, (key,)).on(key, day)
    names = {file.sha256: file.name for file in library.files(key)}
    return {
        "url": url_of(listed),
        "document": document_json(listed),
        "status": words.status_line(status, day),
        "sources": [source.text for source in listed.entry.sources],
        "doubts": [
            {"field": words.field_name(name), "why": why} for name, why in listed.entry.doubts
        ],
        "official_urls": list(listed.entry.official_urls),
        "attribution": words.attribution(library.shown_kind(key)),
        "quotable": found is not None and found[1].whole.quotable,
        "confirmed": [
            {"page": said.page, "by": said.by, "at": said.at}
            for said in (found[1].confirmed.values() if found else ())
        ],
        "provisions": [
            {
                "id": node.id,
                "level": node.level.value,
                "marker": node.marker,
                "heading": own_words(node.heading, text, shown, node.own),
                "text": node.own.of(shown).strip(),
                "quotable": found is not None
                and found[1].state(found[0].places(node.own)).quotable,
            }
            for node in (walk(tree) if tree else ())
            if node.own.of(text).strip()
        ],
        "digests": [asdict(digest) for digest in library.digests(key)],
        "relations": [
            {
                "words": words.relation(found, key),
                "name": _other(library, found.subject, found.object, found.object_text, key),
                "provisions": found.provisions,
            }
            for found in library.relations(key)
        ],
        "cites": [
            _cited(citation) | {"text": shown[citation.start : citation.end]}
            for citation in library.citations(key)
        ],
        "cited_by": [_cited(citation) for citation in library.cited_by(key)],
        "expressions": [
            {
                "file": names.get(text.sha256, ""),
                "sha256": text.sha256,
                "kind": words.kind(text),
                "shown": text.shown,
                "differs": words.differs(text),
                "places": [asdict(place) for place in text.differs],
            }
            for text in library.expressions(key)
        ],
        "files": [asdict(file) for file in library.files(key)],
        "findings": [_finding(finding) for finding in findings_of(library, key)],
    }


def _other(library: Library, subject: str, target: str | None, said: str, key: str) -> str:
    """The name of the document at the other end of a relation."""
    other = (target or said) if subject == key else subject
    return words.name(library.listed(other).document) if library.has(other) else other


def _cited(citation: StoredCitation) -> Json:
    return {
        "in": citation.key,
        "provision": citation.provision,
        "text": citation.text,
        "target": citation.target,
        "reason": citation.reason,
    }


def _finding(finding: Finding) -> Json:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "where": finding.where,
        "message": finding.message,
        "hint": finding.hint,
    }
