"""Who issued a document and when, as a draft says behind it.

    Luật … số 51/2010/QH12 do Quốc hội ban hành ngày 17/6/2010
    Luật … số 51/2010/QH12 (Quốc hội thông qua ngày 17/6/2010)
    Nghị quyết … đã được Quốc hội khóa XII, kỳ họp thứ 7 thông qua

``find`` reads "của X" and a day right behind a number. These words are read only where they can
speak of nothing but the document: "Nghị định hướng dẫn Luật X do Chính phủ ban hành" may speak of
either, and "được Chính phủ ban hành nghị định" goes on to another paper.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kb.catalogue import Vocabulary
from kb.citations import Citation, Kind
from kb.citations.names import TERM, Issuers, issuers_of
from kb.citations.numbers import read_date
from kb.text import Span, flat

# Of other papers "thông qua" only means that somebody agreed.
_PASSED = frozenset(("Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp", "Nghị quyết"))
_LAWS = _PASSED - {"Nghị quyết"}
_SESSION = r"(?:,?\s(?:tại\s)?kỳ\shọp\s(?:bất\sthường\s)?(?:lần\s)?(?:thứ\s)?\w+,?)?"
_BY = re.compile(
    r"(?P<gap>,?\s{1,2}|\s?\()(?:(?:đã\s)?(?P<how>do|được)\s{1,2})?(?=\w)", re.IGNORECASE
)
# Who signs may sign for another body: of "ký" only the day is read, and none of a law, which the
# President's order makes public on another day.
_VERB = re.compile(
    rf"{_SESSION}\s{{1,2}}(?:đã\s)?(?P<verb>(?:ký\s)?ban\shành|thông\squa|ký)(?!\w)"
    rf"{_SESSION}(?:\svào(?=\s))?",
    re.IGNORECASE,
)
_BY_WHOM = re.compile(
    r",?\s(?:đã\s)?(?:được\s)?(?P<verb>ban\shành|thông\squa)\sbởi\s{1,2}", re.IGNORECASE
)
_SIGNED = re.compile(r",?\s(?:đã\s)?(?:được\s)?ký\sban\shành(?:\svào)?(?=\s)", re.IGNORECASE)
# What may follow: the end of the words, or a verb of the sentence. A noun may be what was issued.
_DONE = re.compile(
    r"\s?(?:[.,;:!?)\n“\"]|$)|\s(?:và\scó|có|quy\sđịnh|nêu|ghi|là|thì|đã|đang|sẽ|vẫn|còn|được|gồm|"
    r"nhằm|để|mà|nhưng|không|chưa|cho|cũng|phải|yêu\scầu|về|đối\svới|kèm\stheo)(?!\w)",
    re.IGNORECASE,
)

_STOP = re.compile(r"\s?(?:[.,;:)\n]|$)")

_WINDOW = 200  # characters before a document in which its sentence is read
_SENTENCE = re.compile(r"[.;:!?]\s|\n")
# Papers that are about a law, and what makes them so.
_ABOUT_IT = re.compile(
    r"\b(?:nghi (?:dinh|quyet)|thong tu|quyet dinh|chi thi|ke hoach|chuong trinh|de an|cong van|"
    r"bao cao|van ban|tai lieu|danh muc|bieu mau|mau|quy che|dieu le|noi dung|so tay|chinh sach|"
    r"du thao|(?<!phap )luat|phap lenh|huong dan|quy dinh chi tiet|sua doi|bo sung|thay the|bai bo|"
    r"kem theo)\b"
)
# Words a document is named right behind in a sentence of its own.
_NAMED_BY = re.compile(
    r"(?:^|[,(“\"]\s?|\b(?:theo|can cu|tai|trong|va|hoac|boi|voi|tu|la|co|o|neu|cua|thuc hien|"
    r"trai|dung) )$"
)
_JOINED = re.compile(r"\s?(?:,|,?\svà|,?\shoặc)\s")


def with_issuing(
    citations: Sequence[Citation], text: str, vocabulary: Vocabulary
) -> Iterator[Citation]:
    """*citations* of *text* (match text), in order, with the issuer and the day that the words
    behind each claim, taken into its span. Of a law that another paper is about the issuer is left
    open: "hướng dẫn Luật X của Bộ Y" may speak of the guide."""
    issuers, folded = issuers_of(vocabulary), flat(text)
    last, plain = 0, True
    for at, one in enumerate(citations):
        if not (last and _JOINED.fullmatch(text, last, one.span.start)):
            plain = _stands_plain(folded, one.span.start)
        last = one.span.end
        if one.kind is Kind.INTERNAL:
            yield one
        elif plain:
            end = citations[at + 1].span.start if at + 1 < len(citations) else len(text)
            yield _claimed(one, text, end, issuers)
        else:
            yield replace(one, issuer=None) if one.type in _LAWS else one


def _stands_plain(folded: str, start: int) -> bool:
    """Is the document that begins there what its sentence speaks of, and no part of another's
    name?"""
    before = _SENTENCE.split(folded[max(0, start - _WINDOW) : start])[-1].lower().lstrip(" -+*•>")
    return _NAMED_BY.search(before) is not None and _ABOUT_IT.search(before) is None


def _claimed(one: Citation, text: str, stop: int, issuers: Issuers) -> Citation:
    claim = _claim(text, one.span.end, one.type or "", issuers)
    if claim is None or claim.end > stop:
        return one
    span = Span(one.span.start, claim.end)
    return replace(
        one,
        span=span,
        text=span.of(text),
        issuer=one.issuer or claim.issuer,
        date=one.date or claim.day,
    )


@dataclass(frozen=True, slots=True)
class _Claim:
    end: int
    issuer: str | None
    day: str | None


def _claim(text: str, at: int, type: str, issuers: Issuers) -> _Claim | None:
    """What the words at *at* claim of a document of that *type*."""
    if type not in _LAWS and (signed := _SIGNED.match(text, at)):
        end, day = _day(text, signed.end())
        return _Claim(end, None, day) if day and _DONE.match(text, end) else None
    if passive := _BY_WHOM.match(text, at):
        return _passive(text, passive, type, issuers)
    by = _BY.match(text, at)
    body = issuers.end(text, by.end(), joint=True) if by else None
    verb = _VERB.match(text, body) if body else None
    if by is None or verb is None:
        return None
    spoken = verb["verb"].lower()
    signed_by = "ký" in spoken
    if (signed_by and type in _LAWS) or (spoken == "thông qua" and type not in _PASSED):
        return None
    issuer = _name(text[by.end() : body])
    end, day = _day(text, verb.end())
    bracket = "(" in by["gap"]
    # "Theo Luật X, Chính phủ ban hành ngày … Nghị định …" speaks of another paper.
    if not by["how"] and (day is None or not (bracket or (by["gap"] == " " and _ends(text, end)))):
        return None
    if not _DONE.match(text, end):
        return None
    end += bracket and text[end : end + 1] == ")"
    return _Claim(end, None if signed_by else issuer, day)


def _passive(text: str, by: re.Match[str], type: str, issuers: Issuers) -> _Claim | None:
    """ "được ban hành bởi X ngày …"."""
    body = issuers.end(text, by.end(), joint=True)
    if body is None or (by["verb"].lower() == "thông qua" and type not in _PASSED):
        return None
    end, day = _day(text, body)
    return _Claim(end, _name(text[by.end() : body]), day) if _DONE.match(text, end) else None


def _name(words: str) -> str:
    """An issuer without the term it sat in ("Quốc hội khóa XII")."""
    return " ".join(TERM.sub("", words).split())


def _day(text: str, at: int) -> tuple[int, str | None]:
    """(end, day) where a day stands at *at*, else (*at*, None)."""
    dated = read_date(text, at) if re.compile(r"\s{1,2}\w").match(text, at) else None
    return dated or (at, None)


def _ends(text: str, at: int) -> bool:
    return _STOP.match(text, at) is not None
