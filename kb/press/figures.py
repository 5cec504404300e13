"""Are the figures and days beside a citation those of the document it names?

Compared with the words of the place named, and with the figures of the digests. What a whole
document does not have may still be the draft's own count, so only a named place is said not to have
a figure; anything less sure is not verified.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.catalogue import Digest, Entry
from kb.citing import cite, place_name
from kb.documents import display_date
from kb.lookup import entry_of
from kb.press import CheckedCitation, Figure, FigureVerdict, Known
from kb.source_names import called
from kb.structure import find, walk
from kb.text import MatchText, Span

_UNITS = (
    "%", "phần trăm", "ngày làm việc", "ngày", "giờ", "phút", "tháng", "tuần", "tuổi", "tiết",
    "trẻ", "người", "học sinh", "giáo viên", "lớp", "hộ", "lần", "bản", "đồng", "nghìn đồng",
    "triệu đồng", "tỷ đồng", "tỉ đồng", "triệu", "tỷ", "năm", "mức", "suất",
)  # fmt: skip
_UNIT = "|".join(re.escape(unit) for unit in sorted(_UNITS, key=len, reverse=True))
# "80%", "80 phần trăm", "15 (mười lăm) ngày làm việc", "10.000 trẻ"
_FIGURE = re.compile(
    rf"(?<![\w/.,-])(?P<value>\d{{1,3}}(?:[. ]\d{{3}})+|\d+(?:,\d+)?)\s?(?:\([^)\n]{{2,40}}\)\s?)?"
    rf"(?P<unit>{_UNIT})(?!\w)",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"(?:ngày\s)?(?<!\d)(?P<d>\d{1,2})(?:\s?/\s?|\stháng\s)(?P<m>\d{1,2})(?:\s?/\s?|\snăm\s)(?P<y>\d{4})"
    r"(?!\d)"
)
_YEARS = re.compile(r"(?<!\d)(20\d\d|19\d\d)\s?-\s?(20\d\d)(?!\d)")
_SENTENCE = re.compile(r"[^\n.;!?]+(?:[.;!?](?=\S)[^\n.;!?]+)*[.;!?]?")
_EFFECT = re.compile(
    r"(?P<verb>có|hết)\shiệu\slực(?:\sthi\shành)?\s(?:kể\s)?từ\s(?P<date>" + _DATE.pattern + ")",
    re.IGNORECASE,
)
_PERIOD = re.compile(r"giai đoạn (\d{4})\s?[-–]\s?(\d{4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Beside:
    """A figure with the citation of its sentence, in match text."""

    span: Span
    key: tuple[str, str]
    citation: CheckedCitation
    sentence: str


def check_figures(
    draft: MatchText, cited: Sequence[tuple[Span, CheckedCitation]], known: Known
) -> list[Figure]:
    """A verdict of each figure and day of effect that stands in one sentence with a citation of a
    known document; *cited* has the span of each citation in the match text. In the order of the
    text; figures inside a citation belong to it."""
    found = [_judged(beside, draft, known) for beside in _figures(draft.text, cited)]
    found += _effects(draft, cited, known)
    return sorted(found, key=lambda figure: figure.span)


def _figures(text: str, cited: Sequence[tuple[Span, CheckedCitation]]) -> Iterator[_Beside]:
    for start, end, here in _sentences(text, cited):
        taken = [(m.start(), m.end()) for m in _DATE.finditer(text, start, end)]
        taken += [(span.start, span.end) for span, _ in here]
        for found in _FIGURE.finditer(text, start, end):
            if any(a < found.end() and found.start() < b for a, b in taken):
                continue
            if not (key := _key(found)):
                continue
            _, citation = _nearest(found.start(), here)
            if citation.key:
                yield _Beside(Span(found.start(), found.end()), key, citation, text[start:end])


def _sentences(
    text: str, cited: Sequence[tuple[Span, CheckedCitation]]
) -> Iterator[tuple[int, int, list[tuple[Span, CheckedCitation]]]]:
    """(start, end, citations) of each sentence that has any: a full stop inside a citation ends
    none."""
    at = 0
    for found in _SENTENCE.finditer(text):
        start, end = found.span()
        here = []
        while at < len(cited) and cited[at][0].start < end:
            here.append(cited[at])
            at += 1
        if here:
            yield start, end, here


def _nearest(at: int, here: Sequence[tuple[Span, CheckedCitation]]) -> tuple[Span, CheckedCitation]:
    """The citation a figure goes with: the last one before it, else the first behind."""
    before = [one for one in here if one[0].end <= at]
    return before[-1] if before else here[0]


def _key(found: re.Match[str]) -> tuple[str, str]:
    """(value, unit) for comparing: "10.000 trẻ" and "10000 trẻ" are one; ("", "") for a year."""
    value = found["value"]
    if "," not in value:
        value = str(int(re.sub(r"[. ]", "", value)))
    unit = " ".join(found["unit"].lower().split()).replace("phần trăm", "%").replace("tỉ", "tỷ")
    if unit == "năm" and len(value) == 4:
        return "", ""
    return value, unit


def _keys(text: str) -> set[tuple[str, str]]:
    return {_key(found) for found in _FIGURE.finditer(text)}


def _judged(beside: _Beside, draft: MatchText, known: Known) -> Figure:
    citation, said = beside.citation, beside.span.of(draft.text)
    verdict, reason = _verdict(beside, said, known)
    return Figure(
        draft.source(beside.span), said, verdict, reason, citation.key, citation.provision
    )


def _verdict(beside: _Beside, said: str, known: Known) -> tuple[FigureVerdict, str]:
    key, provision = beside.citation.key, beside.citation.provision
    entry = entry_of(known.catalogue, key)
    name = cite(entry.document, namesake=True).short if entry else key
    digests = known.digests.get(key, ())
    if told := _of_digests(beside, said, name, digests, known.day.year):
        return told
    tree, text = known.trees.get(key), known.texts.get(key, "")
    if tree is None:
        return FigureVerdict.UNVERIFIED, (
            f"Kho chưa có toàn văn của {name} để đối chiếu con số “{said}”."
        )
    node = find(tree, provision) if provision else tree
    if node is None:
        return FigureVerdict.UNVERIFIED, f"Chưa thấy chỗ được dẫn để đối chiếu “{said}”."
    if beside.key in _keys(node.span.of(text)):
        return FigureVerdict.FOUND, ""
    where = place_name(provision) if provision else "toàn văn"
    elsewhere = [
        place_name(other.id)
        for other in walk(tree)
        if other.id and beside.key in _keys(other.own.of(text))
    ][:3]
    there = f" Con số này có ở {'; '.join(elsewhere)}." if provision and elsewhere else ""
    if not provision:
        return FigureVerdict.UNVERIFIED, (
            f"Không thấy “{said}” trong toàn văn {name}; nếu là số của văn bản ấy thì nêu rõ điều, "
            "khoản."
        )
    if known.kinds.get(key) == "recognised":
        return FigureVerdict.UNVERIFIED, (
            f"Không thấy “{said}” ở {where} {name}, nhưng bản trong kho là chữ máy nhận dạng."
        )
    return FigureVerdict.NOT_FOUND, f"Không thấy con số “{said}” ở {where} {name}.{there}"


def _of_digests(
    beside: _Beside, said: str, name: str, digests: Sequence[Digest], year: int
) -> tuple[FigureVerdict, str] | None:
    """What the digests know of a figure; None where none of them has it."""
    having = [d for d in digests if beside.key in _keys(" ; ".join(d.figures))]
    if not having:
        return None
    periods = [(d, _PERIOD.search(d.where)) for d in having]
    over = [(d, p) for d, p in periods if p and int(p[2]) < year]
    if len(over) < len(having):
        return (
            FigureVerdict.FOUND,
            f"Theo tóm lược {name} ({having[0].where}), không trích dẫn được.",
        )
    _, period = over[0]
    assert period is not None
    reason = f"{name}: “{said}” là của giai đoạn {period[1]} - {period[2]}, đã hết."
    unknown = next((d for d in digests if d.kind == "unknown" and "giai đoạn" in d.where), None)
    if unknown:
        reason += f" {unknown.text}"
    if any(years[2] == period[2] for years in _YEARS.finditer(beside.sentence)):
        return FigureVerdict.FOUND, reason
    return FigureVerdict.EXPIRED, f"{reason} Ghi rõ giai đoạn, hoặc bỏ con số."


def _effects(
    draft: MatchText, cited: Sequence[tuple[Span, CheckedCitation]], known: Known
) -> Iterator[Figure]:
    """Days of effect: "có hiệu lực từ ngày 01/7/2026"."""
    for start, end, here in _sentences(draft.text, cited):
        for found in _EFFECT.finditer(draft.text, start, end):
            _, citation = _nearest(found.start(), here)
            entry = entry_of(known.catalogue, citation.key) if citation.key else None
            if entry is None or citation.provision:
                continue
            verdict, reason = _effect(found, entry)
            span = draft.source(Span(found.start(), found.end()))
            yield Figure(span, found[0], verdict, reason, citation.key)


def _effect(found: re.Match[str], entry: Entry) -> tuple[FigureVerdict, str]:
    said = f"{found['y']}-{int(found['m']):02}-{int(found['d']):02}"
    begins = found["verb"].lower() == "có"
    right = entry.document.effective if begins else entry.status.until
    name = cite(entry.document, namesake=True).short
    what = "có hiệu lực" if begins else "hết hiệu lực"
    doubt = dict(entry.doubts).get("effective" if begins else "status")
    if not right or len(right) < len(said) or doubt:
        return FigureVerdict.UNVERIFIED, f"Kho chưa biết chắc {name} {what} từ ngày nào."
    if right == said:
        return FigureVerdict.FOUND, ""
    source = f" Nguồn: {called(entry.sources[0].text).evidence}." if entry.sources else ""
    return FigureVerdict.DIFFERS, (
        f"{name} {what} từ {display_date(right)} theo kho, không phải {display_date(said)}.{source}"
    )
