"""Why a pack may not go out yet: each reason with a stamp, so that somebody may let through exactly
what they have read, and nothing that comes after.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kb.dossiers import Pack
from kb.dossiers.changes import STANDING_WORDS, Found
from kb.dossiers.report import Form, Report, lines, sheets
from kb.findings import Severity
from kb.press import Checked, CitationVerdict, GateFinding
from kb.press.words import CITATION_WORDS, FIGURE_WORDS, severity
from kb.quotes import Form as Written
from kb.text import quoted

_LONGEST = 80  # characters of the statement repeated in a reason


@dataclass(frozen=True, slots=True)
class Reason:
    """``words`` are one or two sentences: what stands in the way and what to do; ``law`` what says
    so, "" where it is only our own rule."""

    stamp: str
    words: str
    law: str = ""


def reasons(
    pack: Pack, found: Sequence[Found], checked: Checked | None, marks: Sequence[GateFinding],
    form: Form, name: Callable[[str], str],
) -> list[Reason]:  # fmt: skip
    """All that stands in the way of an export, and of an approval where *form* is a pack: every
    wrong or unverified quotation and citation of the statement and every wrong figure, each once.
    A figure that nothing is known of may be the school's own count: it stands in no way.

    *checked* is the statement's check, None where none was made; *marks* what the sources of the
    passages bear themselves; *name* what a document of a key is called."""
    every = (
        *_passages(pack, found),
        *_statement(pack, checked),
        *(_gate(finding, name) for finding in (*marks, *(checked.gate if checked else ()))),
        *(_card(pack) if form is Form.CARD else ()),
    )
    return list({one.stamp: one for one in every}.values())


def _passages(pack: Pack, found: Sequence[Found]) -> Iterator[Reason]:
    for n, (held, one) in enumerate(zip(pack.passages, found, strict=True), 1):
        if not one.verified:
            words = "".join(piece.text for piece in one.diff)
            yield Reason(
                _stamp("passage", held.id, one.standing, one.place, one.reason, words),
                f"Câu trích {n} ({one.short}): {STANDING_WORDS[one.standing]}. {one.reason}",
            )


def _statement(pack: Pack, checked: Checked | None) -> Iterator[Reason]:
    if not pack.text.strip():
        return
    if checked is None:
        yield Reason(_stamp("unchecked", pack.text), "Lời phát biểu chưa được kiểm.")
        return
    for one in checked.quotations:
        if one.right or one.quotation.kind is Written.NAME:
            continue
        words = " ".join(one.quotation.span.of(pack.text).split())
        yield Reason(
            _stamp("quotation", words, one.verdict, one.reason),
            f"Lời phát biểu, chỗ trích {quoted(words, _LONGEST)}: {one.words}. {one.reason}",
        )
    for cited in checked.citations:
        if cited.verdict is CitationVerdict.FOUND:
            continue
        words, said = " ".join(cited.text.split()), CITATION_WORDS[cited.verdict]
        yield Reason(
            _stamp("citation", words, cited.verdict, cited.reason),
            f"Lời phát biểu, viện dẫn {quoted(words, _LONGEST)}: {said}. {cited.reason}".rstrip(),
        )
    for figure in checked.figures:
        if severity(figure.verdict) is not Severity.ERROR:
            continue
        words, said = " ".join(figure.text.split()), FIGURE_WORDS[figure.verdict]
        yield Reason(
            _stamp("figure", words, figure.key, figure.provision, figure.verdict, figure.reason),
            f"Lời phát biểu, con số {quoted(words, _LONGEST)}: {said}. {figure.reason}".rstrip(),
        )


def _gate(finding: GateFinding, name: Callable[[str], str]) -> Reason:
    law = "; ".join(f"{ground.where} {name(ground.document)}: {ground.text}".strip().rstrip(".")
                    for ground in finding.grounds)  # fmt: skip
    return Reason(_stamp("gate", finding.kind, finding.key, finding.text), finding.reason, law)


def _card(pack: Pack) -> Iterator[Reason]:
    if not pack.facts.claim.strip():
        yield Reason(_stamp("claim"), "Thẻ phản bác chưa ghi điều đang được nói. "
                     "Ghi nguyên lời và nơi nói ở phần “Về hồ sơ”.")  # fmt: skip
    if not pack.passages:
        yield Reason(_stamp("card"), "Thẻ phản bác chưa có câu trích nào. Thêm câu trích từ trang "
                     "văn bản.")  # fmt: skip
    if pack.approved is None:
        yield Reason(_stamp("confirmed", pack.version), "Thẻ phản bác chưa có người xác nhận. "
                     "Gửi duyệt, rồi để một người không soạn nó duyệt.")  # fmt: skip


def too_long(card: Report) -> list[Reason]:
    """A card is one page."""
    if sheets(card) <= 1:
        return []
    words = ("Thẻ phản bác dài hơn một trang A4. Bớt câu trích, chỉ lấy những chữ cần, hoặc rút "
             "gọn câu trả lời.")  # fmt: skip
    return [Reason(_stamp("long", *(line.text for line in lines(card) if line.column)), words)]


def _stamp(*parts: object) -> str:
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:16]
