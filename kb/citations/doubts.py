"""What the citations of a document leave to a person: misspelt, at odds, ambiguous, unknown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.findings import Finding, Severity
from kb.store import StoredCitation
from kb.text import Span


def citation_findings(citations: Iterable[StoredCitation]) -> Iterator[Finding]:
    """A finding for each doubt, at the place of the citation; the same doubt is told once."""
    told: set[tuple[str, str]] = set()
    for citation in citations:
        for finding in _doubts(citation):
            if (finding.code, finding.message) not in told:
                told.add((finding.code, finding.message))
                yield finding


def _doubts(citation: StoredCitation) -> Iterator[Finding]:
    written = citation.number or citation.text
    if citation.correction:
        yield _at(
            citation,
            "number-misspelt",
            Severity.WARNING,
            f"{written}: {citation.correction}",
            "Đối chiếu bản gốc; nếu đúng là viết sai thì đính chính.",
        )
    for note in citation.notes:
        yield _at(citation, "citation-differs", Severity.WARNING, f"{written}: {note}",
                  "Đối chiếu với văn bản được nêu.")  # fmt: skip
    if citation.candidates:
        yield _at(
            citation,
            "citation-ambiguous",
            Severity.WARNING,
            f"{written}: {citation.reason}",
            "Ghi thêm ngày hoặc cơ quan ban hành. Có thể là: " + ", ".join(citation.candidates),
        )
    elif not citation.target and citation.kind == "explicit":
        yield _at(citation, "citation-unknown", Severity.INFO, f"{written}: {citation.reason}",
                  "Có tệp thì nhờ người quản trị nạp (lệnh: kb ingest TỆP).")  # fmt: skip


def _at(
    citation: StoredCitation, code: str, severity: Severity, message: str, hint: str
) -> Finding:
    where = citation.provision or "phần căn cứ"
    return Finding(code, severity, message, hint, where, Span(citation.start, citation.end))
