"""Are words the ones that hold on a day, an earlier wording, or one that does not hold yet?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kb.citations.numbers import read_date
from kb.documents import display_date
from kb.quotes import Texts
from kb.quotes.words import Words, of_source, places
from kb.wordings import Wording


class Time(StrEnum):
    CURRENT = "current"  # đang áp dụng
    FORMER = "former"  # lời cũ
    COMING = "coming"  # chưa áp dụng
    OPEN = "open"  # chưa biết


@dataclass(frozen=True, slots=True)
class Standing:
    """``reason`` in Vietnamese, a part of a sentence, where the words are not current."""

    time: Time
    reason: str = ""


CURRENT = Standing(Time.CURRENT)


def standing(texts: Texts, key: str, parts: Sequence[tuple[str, Words]], day: date) -> Standing:
    """Of words in the provisions they stand in, on *day*; the worst part decides."""
    worst = CURRENT
    for provision, words in parts:
        found = _of_part(texts, key, provision, words, day.isoformat())
        if found.time is Time.OPEN and worst.time is Time.CURRENT:
            worst = found
        elif found.time in (Time.FORMER, Time.COMING):
            return found
    return worst


def _of_part(texts: Texts, key: str, provision: str, words: Words, day: str) -> Standing:
    doubt = CURRENT
    for place in _upward(provision):
        known = [w for w in texts.wordings(key, place) if not _below(w, place)]
        if not any(w.by is not None for w in known):
            continue
        if not any(w.text for w in known):
            doubt = _open(known[-1].reason)
            continue
        return _among(known, words, day)
    return doubt


def _upward(provision: str) -> Iterator[str]:
    """A place and those it lies in, up to the article."""
    yield provision
    while "__" in provision:
        provision = provision.rpartition("__")[0]
        yield provision


def _below(wording: Wording, place: str) -> bool:
    """Is it a change of a part of the place, whose own words it leaves as they were?"""
    return (
        wording.by is not None
        and not wording.text
        and wording.by.provision.startswith(place + "__")
    )


def _among(known: Sequence[Wording], words: Words, day: str) -> Standing:
    having = [w for w in known if w.text and has(w.text, words)]
    if having and len(having) == len([w for w in known if w.text or w.by]):
        return CURRENT  # every wording has them
    if any(w.by is not None and w.since is None for w in known):
        return _open("có sửa đổi không biết hiệu lực từ ngày nào")
    held = [w for w in known if w.since is None or w.since <= day]
    now = held[-1] if held else None
    same_day = [w for w in held if now and w.since == now.since and w.by is not None]
    if now is not None and any(w in having for w in same_day or [now]):
        return CURRENT
    if not having:
        unchanged = now is None or now.by is None
        why = now.reason if now else ""
        return CURRENT if unchanged else _open(why or "lời văn ở bản này khác các bản khác")
    if now is not None and all(w in held for w in having):
        by = f" từ {display_date(now.since)}" if now.since else ""
        if not now.text and now.reason and "bãi bỏ" not in now.reason:
            return _open(f"chỗ này {now.reason}{by}")
        said = now.reason or "đã được sửa thành lời khác"
        return Standing(Time.FORMER, f"{said}{by}")
    coming = next(w for w in having if w not in held)
    return Standing(Time.COMING, f"từ {display_date(coming.since or '')} mới áp dụng")


def _open(reason: str) -> Standing:
    return Standing(Time.OPEN, reason)


def has(text: str, words: Words) -> bool:
    """Do the words stand in a wording as a run?"""
    return bool(places(of_source(text, text, 0, len(text)).keys, words.keys, any_case=True))


@dataclass(frozen=True, slots=True)
class Label:
    """What a draft says of the time of its quotation: ``day`` where it names one."""

    day: date | None = None


# "đã được sửa đổi, bổ sung" is said of the law as it is now, "khi đó" of any time: no labels.
_FORMER = re.compile(
    r"trước đây|trước kia|trước khi (?:được |bị )?(?:sửa|thay|bổ sung|bãi)|quy định cũ|lời cũ"
    r"|bản cũ|\(cũ\)|lúc bấy giờ|đã (?:hết hiệu lực|bị bãi bỏ)"
    r"|nay đã (?:được |bị )?(?:sửa|thay|bãi)|lời ban hành|bản ban hành đầu",
    re.IGNORECASE,
)
_COMING = re.compile(
    r"sắp tới|chưa (?:có hiệu lực|áp dụng)|(?:sẽ|mới) (?:có hiệu lực|được áp dụng|áp dụng)",
    re.IGNORECASE,
)
# The day a law took effect or was passed on is no day its words are given for.
_AS_OF = re.compile(
    r"(?:(?<!thông qua )(?<!ban hành )(?<!ký )(?<!công bố )(?<!hiệu lực )vào|thời điểm|tính đến"
    r"|trước)\s+(?=ngày\s)",
    re.IGNORECASE,
)
_FROM = re.compile(r"(?:kể|bắt đầu|áp dụng|hiệu lực)\s+(?:kể\s+)?từ\s+(?=ngày\s)", re.IGNORECASE)


def label(beside: str, *, coming: bool = False) -> Label | None:
    """How a draft labels the time of a quotation, in the words beside it; None where it says
    nothing and so means today. *coming* asks for a label of what will hold."""
    dated = [*_AS_OF.finditer(beside), *(_FROM.finditer(beside) if coming else ())]
    for found in dated:
        read = read_date(beside, found.end() - 1)  # with the space in front of it
        if read and read[1] and len(read[1]) == len("2026-07-01"):
            day = date.fromisoformat(read[1])
            before = found[0].lower().startswith("trước")
            return Label(day - timedelta(days=1) if before else day)
    pattern = _COMING if coming else _FORMER
    return Label() if pattern.search(beside) else None
