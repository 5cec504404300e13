"""What the verdicts of a draft are called, how grave each is, and all of them in one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kb.findings import Severity
from kb.press import (
    Checked,
    CheckedCitation,
    CitationVerdict,
    Figure,
    FigureVerdict,
    GateFinding,
    GateKind,
)
from kb.quotes import Judged, Verdict
from kb.text import Span

Item = Judged | CheckedCitation | Figure | GateFinding

CITATION_WORDS = {
    CitationVerdict.MALFORMED: "Viết sai dạng",
    CitationVerdict.AMBIGUOUS: "Chưa rõ văn bản nào",
    CitationVerdict.NOT_IN_CORPUS: "Kho không có",
    CitationVerdict.MISPRINT: "Sai số, ký hiệu",
    CitationVerdict.TITLE_DIFFERS: "Sai trích yếu",
    CitationVerdict.DATE_DIFFERS: "Sai ngày",
    CitationVerdict.ISSUER_DIFFERS: "Sai loại hoặc cơ quan",
    CitationVerdict.CLAUSE_MISSING: "Không có chỗ này",
    CitationVerdict.NOT_IN_FORCE: "Không còn hiệu lực hôm nay",
    CitationVerdict.UNVERIFIED: "Chưa kiểm được",
    CitationVerdict.FOUND: "Đúng",
}
FIGURE_WORDS = {
    FigureVerdict.FOUND: "Đúng với văn bản",
    FigureVerdict.EXPIRED: "Số của giai đoạn đã hết",
    FigureVerdict.DIFFERS: "Khác điều kho biết",
    FigureVerdict.NOT_FOUND: "Không thấy ở chỗ được dẫn",
    FigureVerdict.UNVERIFIED: "Chưa đối chiếu được",
}
GATE_WORDS = {
    GateKind.MARK: "Có dấu mật hoặc nội bộ",
    GateKind.PUPIL: "Học sinh và thông tin sức khỏe",
    GateKind.PHONE: "Số điện thoại",
    GateKind.ID_NUMBER: "Số giấy tờ tùy thân",
}

_RIGHT: frozenset[object] = frozenset(
    (Verdict.EXACT, Verdict.TYPOGRAPHY, CitationVerdict.FOUND, FigureVerdict.FOUND)
)
_OPEN: frozenset[object] = frozenset(
    (Verdict.UNVERIFIED, CitationVerdict.UNVERIFIED, CitationVerdict.AMBIGUOUS,
     CitationVerdict.NOT_IN_CORPUS, FigureVerdict.UNVERIFIED)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """One verdict for a reader: ``what`` was judged ("Trích dẫn"), ``words`` the verdict,
    ``severity`` None of what is right."""

    item: Item
    span: Span
    what: str
    words: str
    reason: str
    severity: Severity | None


def said(checked: Checked) -> list[Said]:
    """Every verdict, in the order of the text."""
    return sorted(_said(checked), key=lambda one: (one.span.start, -one.span.end))


def _said(checked: Checked) -> Iterator[Said]:
    for one in checked.quotations:
        grave = severity(one.verdict)
        if grave is None and one.omitted and one.omitted.turns:
            grave = Severity.WARNING  # the words are right, what they leave out may matter
        yield Said(one, one.quotation.span, "Trích dẫn", one.words, one.reason, grave)
    for cited in checked.citations:
        words, grave = CITATION_WORDS[cited.verdict], severity(cited.verdict)
        yield Said(cited, cited.span, "Viện dẫn", words, cited.reason, grave)
    for figure in checked.figures:
        words, grave = FIGURE_WORDS[figure.verdict], severity(figure.verdict)
        yield Said(figure, figure.span, "Con số, ngày", words, figure.reason, grave)
    for found in checked.gate:
        yield Said(
            found, found.span, "Cửa kiểm", GATE_WORDS[found.kind], found.reason, Severity.ERROR
        )


def severity(verdict: Verdict | CitationVerdict | FigureVerdict) -> Severity | None:
    """Error: wrong, to be mended. Warning: could not be told, a person must look. None: right."""
    if verdict in _RIGHT:
        return None
    return Severity.WARNING if verdict in _OPEN else Severity.ERROR


def summary(checked: Checked) -> list[str]:
    """All in words: "12 trích dẫn: 9 đúng nguyên văn, 1 chưa kiểm được"; a line for each kind that
    the draft has."""
    rows: list[tuple[str, Mapping[str, int]]] = [
        ("trích dẫn", Counter(one.words for one in checked.quotations)),
        ("viện dẫn", Counter(CITATION_WORDS[one.verdict] for one in checked.citations)),
        ("con số, ngày", Counter(FIGURE_WORDS[one.verdict] for one in checked.figures)),
        ("chỗ không được đưa ra ngoài", Counter(GATE_WORDS[one.kind] for one in checked.gate)),
    ]
    return [
        f"{sum(counts.values())} {what}: "
        + ", ".join(f"{n} {words[:1].lower()}{words[1:]}" for words, n in counts.items())
        for what, counts in rows
        if counts
    ]
