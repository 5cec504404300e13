"""What is written: every mention of a document or of one of its provisions, in text order.

Anchors first (numbers, names of laws, "… này", words of level), then, around each anchor, what
belongs to it: the type before, the date and the issuer after, the places named beside it. Nothing
here asks which document is meant; that is ``resolve``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kb.catalogue import Vocabulary
from kb.citations import Citation, Kind, Pinpoint
from kb.citations.aliases import uses
from kb.citations.headings import without_heading
from kb.citations.names import Issuers, LawMention, find_laws, issuers_of, law_name_end
from kb.citations.numbers import NumberMention, find_blank, find_numbers, read_date
from kb.citations.provisions import Group, find_chains, find_groups, pinpoints
from kb.documents import DocNumber
from kb.text import Span

# Types met in papers that no number of today's carries.
_OLD_TYPES = ("Sắc lệnh", "Sắc luật", "Thông tư liên bộ", "Hiến pháp", "Bộ luật", "Luật", "Điều lệ")
# "Hợp đồng này" speaks of a contract at hand, not of the paper that says it.
_NEVER_THIS = frozenset(("Hợp đồng", "Dự án", "Biên bản", "Giấy mời", "Thư công", "Phiếu gửi"))
_BETWEEN = r"(?:\s(?:phối hợp|liên tịch|hỏa tốc|hoả tốc|khẩn|mật|liên ngành|liên bộ))?"


@dataclass(frozen=True, slots=True)
class _Tables:
    """What one vocabulary compiles to."""

    issuers: Issuers
    typed: re.Pattern[str]  # a type's name (or code) at the end of a text
    this: re.Pattern[str]  # "Nghị định" before " này"
    names: dict[str, str]  # as written, lower case → the type's name
    codes: dict[str, str]  # "QĐ" → "Quyết định"
    nouns: re.Pattern[str]  # a type's name at a place


@lru_cache(maxsize=8)
def _tables(vocabulary: Vocabulary) -> _Tables:
    names: dict[str, str] = {name.lower(): name for name in _OLD_TYPES}
    codes: dict[str, str] = {}
    for kind in vocabulary.types:
        for written in (kind.name, *kind.variants):
            names[written.lower()] = kind.name
        if kind.code:
            codes.setdefault(kind.code, kind.name)
    longest = sorted(names, key=lambda name: (-len(name), name))
    spelt = [form for name in longest for form in _cases(name)]
    words = "|".join(re.escape(form).replace(r"\ ", r"\s") for form in spelt)
    short = "|".join(re.escape(code) for code in sorted(codes, key=len, reverse=True)) or "(?!)"
    capital = "|".join(
        re.escape(_cases(name)[0]).replace(r"\ ", r"\s")
        for name in longest
        if names[name] not in _NEVER_THIS and len(name) > 2
    )
    return _Tables(
        issuers=issuers_of(vocabulary),
        typed=re.compile(rf"(?<!\w)(?P<name>{words}|{short}){_BETWEEN}\s{{1,2}}\(?$"),
        this=re.compile(rf"(?<!\w)(?P<name>{capital})\s{{1,2}}$"),
        names=names,
        codes=codes,
        nouns=re.compile(rf"(?:{capital}|Danh mục|Phương án|Chiến lược|Bộ tiêu chí)\s"),
    )


def _cases(name: str) -> tuple[str, ...]:
    """ "Quyết định", "quyết định", "QUYẾT ĐỊNH"; a code such as "CV" only as it is."""
    if len(name) <= 2:
        return (name.upper(),)
    first = name[0].upper() + name[1:]
    return (first, name, name.upper(), name.title())


@dataclass(slots=True)
class _Body:
    """A document as mentioned, before its places are joined to it."""

    start: int
    end: int
    kind: Kind
    type: str | None = None
    number: DocNumber | None = None
    number_text: str = ""
    date: str | None = None
    issuer: str | None = None
    title: str | None = None


def find_citations(text: str, vocabulary: Vocabulary) -> list[Citation]:
    """Mentions in *text* (match text), in order and without overlap; spans are its code points.

    >>> from kb.catalogue import Vocabulary
    >>> [c.text for c in find_citations("theo khoản 1 Điều 5 Luật Trẻ em.", Vocabulary((), ()))]
    ['khoản 1 Điều 5 Luật Trẻ em']
    """
    tables = _tables(vocabulary)
    bodies = _bodies(text, tables)
    starts = [body.start for body in bodies]
    groups = [g for g in find_groups(text) if not _inside(g, bodies, starts)]
    before: dict[int, tuple[int, tuple[Pinpoint, ...]]] = {}
    after: dict[int, tuple[int, tuple[Pinpoint, ...]]] = {}
    alone: list[Citation] = []
    for members, glue in find_chains(text, groups):
        _settle(text, tables, bodies, starts, members, glue, before, after, alone)
    out = alone
    for index, body in enumerate(bodies):
        start, places = before.get(index, (body.start, ()))
        end, more = after.get(index, (body.end, ()))
        out.append(_citation(text, body, start, end, places + more))
    out.sort(key=lambda citation: citation.span)
    return _apart(out)


def _apart(citations: list[Citation]) -> list[Citation]:
    kept: list[Citation] = []
    for citation in citations:
        if not kept or citation.span.start >= kept[-1].span.end:
            kept.append(citation)
    return kept


def _citation(
    text: str, body: _Body, start: int, end: int, places: tuple[Pinpoint, ...]
) -> Citation:
    return Citation(
        span=Span(start, end),
        text=text[start:end],
        kind=body.kind,
        type=body.type,
        number=body.number,
        number_text=body.number_text,
        date=body.date,
        issuer=body.issuer,
        title=body.title,
        pinpoints=places,
    )


# --- documents -------------------------------------------------------------------------------


def _bodies(text: str, tables: _Tables) -> list[_Body]:
    laws = list(find_laws(text))
    numbers = sorted(
        (*find_numbers(text, tables.typed), *find_blank(text)), key=lambda n: (n.start, -n.end)
    )
    found: list[_Body] = []
    used: set[int] = set()
    number_starts = [number.start for number in numbers]
    for law in laws:
        body, index = _law(text, tables, law, numbers, number_starts)
        if index is not None:
            used.add(index)
        found.append(body)
    found.extend(
        _numbered(text, tables, number)
        for index, number in enumerate(numbers)
        if index not in used and not number.letterhead
    )
    found.extend(_this(text, tables))
    found.extend(_given(text))
    found.sort(key=lambda body: (body.start, -body.end))
    kept: list[_Body] = []
    for body in found:
        if not kept or body.start >= kept[-1].end:
            kept.append(body)
    return kept


_NUMBER_GAP = re.compile(r"\s{0,2},?\s{0,2}\(?")


def _law(
    text: str,
    tables: _Tables,
    law: LawMention,
    numbers: Sequence[NumberMention],
    number_starts: Sequence[int],
) -> tuple[_Body, int | None]:
    """A law by its name, with the number that may stand behind it."""
    body = _Body(law.start, law.end, Kind.NAMED, type=law.type)
    body.title = " ".join(text[law.start : law.end].split())
    index = bisect_left(number_starts, law.end)
    if index < len(numbers) and numbers[index].start - law.end <= 4:
        number = numbers[index]
        gap = text[law.end : number.start]
        if _NUMBER_GAP.fullmatch(gap) and (number.introduced or gap == " "):
            body.kind = Kind.EXPLICIT
            body.number, body.number_text = number.number, number.text
            body.end = number.end
            if "(" in gap and text[body.end : body.end + 1] == ")":
                body.end += 1
            _tail(text, tables, body)
            return body, index
    _tail(text, tables, body, bare_year=True)
    return body, None


def _numbered(text: str, tables: _Tables, number: NumberMention) -> _Body:
    body = _Body(number.start, number.end, Kind.EXPLICIT)
    body.number, body.number_text = number.number, number.text
    window = text[max(0, number.start - 60) : number.start]
    if (typed := tables.typed.search(window)) is not None:
        body.start = number.start - (len(window) - typed.start())
        written = " ".join(typed["name"].split())
        body.type = tables.names.get(written.lower()) or tables.codes.get(written)
    elif (issued := _type_and_issuer(text, tables, number.start)) is not None:
        body.start, body.type, body.issuer = issued
    elif number.number and number.number.type_code:
        body.type = tables.codes.get(number.number.type_code)
    _tail(text, tables, body)
    if body.type in ("Luật", "Bộ luật", "Pháp lệnh"):
        _titled(text, tables, body)
    if body.title is None:
        body.title = _title(text, body.end)
    return body


_OF = re.compile(r"\scủa\s")


def _type_and_issuer(text: str, tables: _Tables, at: int) -> tuple[int, str, str] | None:
    """ "Nghị định của Chính phủ số …": the type and the issuer before a number."""
    window_start = max(0, at - 110)
    window = text[window_start:at].rstrip()
    for of in reversed(list(_OF.finditer(window))):
        typed = tables.typed.search(window[: of.start()] + " ")
        if typed is None:
            continue
        end = tables.issuers.end(text, window_start + of.end())
        if end != window_start + len(window):
            return None
        name = tables.names.get(" ".join(typed["name"].split()).lower())
        if name is None:
            return None
        return window_start + typed.start(), name, text[window_start + of.end() : end]
    return None


_BY = re.compile(r",?\s{1,2}(?:của|CỦA)\s{1,2}")


def _tail(text: str, tables: _Tables, body: _Body, *, bare_year: bool = False) -> None:
    """Date and issuer behind a document, in either order."""
    joint = bool(body.number and len(body.number.issuer_codes) > 1) or (
        body.type is not None and "liên" in body.type
    )
    for _ in range(2):
        if body.date is None and (dated := read_date(text, body.end, bare_year=bare_year)):
            body.end, body.date = dated
            continue
        if body.issuer is None and (by := _BY.match(text, body.end)) is not None:
            end = tables.issuers.end(text, by.end(), joint=joint)
            if end is not None and not tables.this.search(text[by.end() : end] + " "):
                body.issuer = " ".join(text[by.end() : end].split())
                body.end = end
                continue
        break


def _titled(text: str, tables: _Tables, body: _Body) -> None:
    """ "Luật 51/2010/QH12 Người khuyết tật ban hành ngày …": a name between number and date."""
    if body.date is not None:
        return
    end = law_name_end(text, body.end + 1)
    if end is not None and (dated := read_date(text, end)) is not None:
        body.title = text[body.end + 1 : end]
        body.end, body.date = dated


_ABOUT = re.compile(
    r"\s{1,2}(?:\(sau đây[^)\n]{0,80}\)\s)?"
    r"(?=(?:[Vv]ề|[Vv]/v|[Bb]an hành|[Qq]uy định|[Pp]hê duyệt|[Ss]ửa đổi|"
    r"[Hh]ướng dẫn|[Tt]riển khai|[Tt]hực hiện|[Cc]ông bố|[Bb]ãi bỏ|[Tt]hành lập|[Gg]iao|"
    r"[Kk]ế hoạch|[Cc]hương trình|[Đđ]iều chỉnh|[Gg]iải thích)\b)"
)
_TITLE_END = re.compile(
    r"[;\n]|:\s?[“\"«]|\./\.|\.(?=\s|$)|,\s(?:có hiệu lực|đã được|được sửa)|\shết hiệu lực"
)
_LONGEST_TITLE = 500  # characters; a trích yếu is a sentence


def _title(text: str, at: int) -> str | None:
    """The trích yếu behind a document, up to where its sentence ends."""
    about = _ABOUT.match(text, at)
    if about is None:
        return None
    found = _TITLE_END.search(text, about.end(), about.end() + _LONGEST_TITLE)
    end = found.start() if found else min(len(text), about.end() + _LONGEST_TITLE)
    return text[about.end() : end].rstrip(" ,.)\"'") or None


def _given(text: str) -> list[_Body]:
    """Mentions by a name the text has given ("Chương trình 1929")."""
    return [
        _Body(span.start, span.end, Kind.NAMED, type=alias.type, title=alias.name)
        for alias, span in uses(text)
    ]


_NAY = re.compile(r"này(?!\w)")


def _this(text: str, tables: _Tables) -> list[_Body]:
    out = []
    for found in _NAY.finditer(text):
        window = text[max(0, found.start() - 40) : found.start()]
        typed = tables.this.search(window)
        if typed is not None:
            start = found.start() - (len(window) - typed.start())
            name = tables.names[" ".join(typed["name"].split()).lower()]
            out.append(_Body(start, found.end(), Kind.INTERNAL, type=name))
    return out


# --- places ----------------------------------------------------------------------------------


def _inside(group: Group, bodies: Sequence[_Body], starts: Sequence[int]) -> bool:
    at = bisect_left(starts, group.end) - 1
    return at >= 0 and bodies[at].end > group.start


_TO_BODY = re.compile(
    r"\s{0,2},?\s{0,2}(?:(?:của|tại|thuộc|trong|ở)\s{1,2})?"
    r"(?:(?:được\s)?(?:ban\shành\s)?(?:kèm\stheo|theo)\s{1,2})?(?:các\s)?\Z"
)
_FROM_BODY = re.compile(r"\s?(?:,\s|\()\Z")
_AFTER_PLACE = re.compile(r"\s?(?:[.;)\n]|,(?!\d)|$)")


def _settle(
    text: str,
    tables: _Tables,
    bodies: Sequence[_Body],
    starts: Sequence[int],
    members: Sequence[Group],
    glue: Sequence[str],
    before: dict[int, tuple[int, tuple[Pinpoint, ...]]],
    after: dict[int, tuple[int, tuple[Pinpoint, ...]]],
    alone: list[Citation],
) -> None:
    """A chain goes to the document after it, or before it, or stands for this document."""
    start, end = members[0].start, members[-1].end
    index = bisect_left(starts, end)
    ends_here = "này" in members[-1].labels
    if index < len(bodies) and bodies[index].start - end <= 40 and not ends_here:
        gap = text[end : bodies[index].start]
        if _TO_BODY.match(gap) and "\n\n" not in gap:
            before[index] = (start, pinpoints(members, glue))
            return
    members, glue = without_heading(text, members, glue)
    if not members:
        return
    start = members[0].start
    if index and not ends_here and index - 1 not in after:
        body = bodies[index - 1]
        gap = text[body.end : start]
        whole = any(group.level == "article" for group in members)
        near = len(gap) <= 3 and _FROM_BODY.match(gap) is not None
        if near and whole and body.kind is not Kind.INTERNAL and _AFTER_PLACE.match(text, end):
            closed = "(" in gap and text[end : end + 1] == ")"
            after[index - 1] = (end + closed, pinpoints(members, glue))
            return
    if _stands_alone(text, tables, members, end):
        alone.append(
            Citation(
                span=Span(start, end),
                text=text[start:end],
                kind=Kind.INTERNAL,
                pinpoints=pinpoints(members, glue),
            )
        )


def _stands_alone(text: str, tables: _Tables, members: Sequence[Group], end: int) -> bool:
    levels = {group.level for group in members}
    if "này" in members[-1].labels:
        return True
    of = re.compile(r"\s(?:của\s)?").match(text, end)
    if of is not None and tables.nouns.match(text, of.end()):
        return False  # a place of a paper called by its kind only ("Điều 5 Quy chế làm việc")
    if levels & {"article", "clause"}:
        return True
    if "point" in levels:
        return not members[0].labels[0][:1].isdigit()
    return any(group.capital and any(group.labels) for group in members)
