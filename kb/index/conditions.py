"""Conditions on documents (loai:, coquan:, nam:, tu:, den:, hieuluc:, dieu:): what they ask, as a
test of a document, as tags an engine knows, and in words."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date

from kb.alike import title_key
from kb.catalogue import Vocabulary
from kb.documents import Issuer, display_date
from kb.index.known import Known
from kb.index.query import FieldAsked
from kb.issuers import issuer_ids
from kb.lookup import year_of
from kb.results import Mistake
from kb.store import Listed
from kb.text import fold, has_marks, slug
from kb.validity import HOLDING, State

Test = Callable[[Listed], bool]


@dataclass(frozen=True, slots=True)
class Condition:
    """``fits`` a document; ``article`` the label of an article where that is what is asked;
    ``notes`` what else the reader has to know of it."""

    words: str
    fits: Test
    article: str = ""
    notes: tuple[str, ...] = ()


# Value, folded and without signs → the states it means, and its words.
_STATES: Mapping[str, tuple[Set[State], str]] = {
    "con": (HOLDING, "còn hiệu lực"),
    "het": ({State.CEASED, State.ENDED}, "hết hiệu lực hoặc đã kết thúc"),
    "het mot phan": ({State.IN_FORCE_PARTLY}, "hết hiệu lực một phần"),
    "mot phan": ({State.IN_FORCE_PARTLY}, "hết hiệu lực một phần"),
    "sua doi": ({State.IN_FORCE_AMENDED}, "còn hiệu lực, đã sửa đổi"),
    "chua co": ({State.NOT_YET}, "chưa có hiệu lực"),
    "ngung": ({State.SUSPENDED}, "ngưng hiệu lực"),
    "chua ro": ({State.UNKNOWN, State.NO_REPLACEMENT_FOUND}, "chưa rõ"),
}


def condition(asked: FieldAsked, known: Known, today: date) -> Condition | Mistake:
    """What *asked* means in a library."""
    value = " ".join(fold(asked.value).replace("_", " ").split())
    made: Condition | Mistake
    if asked.name == "loai":
        made = _type(asked, value, known.vocabulary)
    elif asked.name == "coquan":
        made = _issuer(asked, value, known.vocabulary, known.issuers)
    elif asked.name == "nam":
        made = _year(asked, value)
    elif asked.name in ("tu", "den"):
        made = _date(asked, value)
    elif asked.name == "hieuluc":
        made = _state(asked, value, known, today)
    else:
        made = _article(asked, value)
    if isinstance(made, Condition) and asked.unwanted:
        fits = made.fits
        return Condition(
            f"không phải {made.words}", lambda listed: not fits(listed), "", made.notes
        )
    return made


def _wrong(asked: FieldAsked, message: str, hint: str) -> Mistake:
    return Mistake(asked.span, f"{message} Điều kiện này được bỏ qua.", hint)


def _type(asked: FieldAsked, value: str, vocabulary: Vocabulary) -> Condition | Mistake:
    plain = value.replace("-", " ")
    kinds = [
        kind
        for kind in vocabulary.types
        if value in (fold(kind.code), kind.slug)
        or plain in {fold(name) for name in (kind.name, *kind.variants)}
    ]
    written = [
        kind
        for kind in kinds
        if kind.code == asked.value
        or (has_marks(asked.value) and kind.code.lower() == asked.value.lower())
    ]
    kinds = written or kinds
    if not kinds:
        return _wrong(asked, f"Không có loại văn bản “{asked.value}”.",
                      'Gõ tên hoặc chữ viết tắt, ví dụ loai:qd, loai:"nghị định".')  # fmt: skip
    slugs = {kind.slug for kind in kinds}
    return Condition(
        "loại: " + " hoặc ".join(kind.name for kind in kinds),
        lambda listed: listed.type_slug in slugs,
    )


def _issuer(
    asked: FieldAsked, value: str, vocabulary: Vocabulary, issuers: Iterable[str]
) -> Condition | Mistake:
    known = {issuer.id: issuer for issuer in vocabulary.issuers}
    plain = title_key(asked.value)
    exact = {
        issuer.id
        for issuer in vocabulary.issuers
        if value == issuer.id
        or value.replace("&", "") in {fold(code).replace("&", "") for code in issuer.codes}
        or plain in {title_key(name) for name in (issuer.name, *issuer.variants)}
    }
    # A part of a name ("tây ninh") is everyone whose name has it.
    ids = exact or {
        issuer.id for issuer in vocabulary.issuers if f" {plain} " in f" {title_key(issuer.name)} "
    }
    before = {issuer.id for issuer in vocabulary.issuers
              if any(heir.id in ids for heir in issuer.successors)} - ids  # fmt: skip
    keys = {slug(name) for name in issuers
            if issuer_ids(name, vocabulary) & (ids | before)
            or f" {plain} " in f" {title_key(name)} "}  # fmt: skip
    if not ids and not keys:
        return _wrong(asked, f"Không có cơ quan “{asked.value}”.",
                      'Gõ tên hoặc chữ viết tắt, ví dụ coquan:byt, coquan:"tây ninh".')  # fmt: skip
    names = [known[name].name for name in sorted(ids)] or [asked.value]
    words = "cơ quan: " + (
        " hoặc ".join(names) if len(names) < 4 else f"{asked.value} ({len(names)} cơ quan)"
    )
    heirs = [note for name in sorted(ids) if (note := succession(known[name], known))]
    inherited = [note for name in sorted(before) if (note := succession(known[name], known, ids))]
    notes = (*heirs, *(f"Gồm cả văn bản của cơ quan trước: {note}" for note in inherited))
    return Condition(words, lambda listed: slug(listed.document.issuer) in keys, "", notes)


def succession(issuer: Issuer, known: Mapping[str, Issuer], only: Iterable[str] = ()) -> str:
    """Who took over from *issuer*, what, when and by what; "" while it is there."""
    wanted = set(only)
    heirs = [h for h in issuer.successors if h.id in known and (not wanted or h.id in wanted)]
    if not heirs:
        return ""
    since = next((heir.since for heir in heirs if heir.since), None)
    parts = []
    for heir in heirs:
        scope = "" if heir.scope in ("", "toàn bộ") else f" ({heir.scope})"
        parts.append(f"{known[heir.id].name}{scope}")
    source = next((heir.source for heir in heirs if heir.source), issuer.source)
    reason = "; ".join(part for part in source.split("; ") if not part.startswith("http"))
    ended = f" từ {display_date(since)}" if since else ""
    said = f", theo {reason}" if reason else ""
    return f"{issuer.name} không còn{ended}; kế nhiệm: {', '.join(parts)}{said}."


def _year(asked: FieldAsked, value: str) -> Condition | Mistake:
    found = re.fullmatch(r"((?:19|20)\d\d)(?:\s*(?:-|\.\.)\s*((?:19|20)\d\d))?", value)
    if found is None or (found[2] and int(found[2]) < int(found[1])):
        return _wrong(asked, f"“{asked.value}” không phải là năm.",
                      "Gõ bốn chữ số, ví dụ nam:2020, hoặc nam:2019-2021.")  # fmt: skip
    first, last = int(found[1]), int(found[2] or found[1])
    words = f"năm: {first}" if first == last else f"năm: {first} đến {last}"
    return Condition(words, lambda listed: first <= (year_of(listed.entry) or 0) <= last)


_DAY = re.compile(r"(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?((?:19|20)\d\d)")
_ISO = re.compile(r"((?:19|20)\d\d)-(\d{1,2})(?:-(\d{1,2}))?")


def _date(asked: FieldAsked, value: str) -> Condition | Mistake:
    iso = _ISO.fullmatch(value)
    found = iso or _DAY.fullmatch(value)
    if found is None:
        return _wrong(asked, f"“{asked.value}” không phải là ngày hay năm.",
                      f"Gõ như {asked.name}:2020 hoặc {asked.name}:06/5/2020.")  # fmt: skip
    year, month, day = found.groups() if iso else found.groups()[::-1]
    first = asked.name == "tu"
    try:
        whole_month = int(month or (1 if first else 12))
        last = calendar.monthrange(int(year), whole_month)[1]
        bound = date(int(year), whole_month, int(day or (1 if first else last)))
    except (ValueError, calendar.IllegalMonthError):
        return _wrong(asked, f"Không có ngày {asked.value}.",
                      "Xem lại ngày và tháng: ngày trước, tháng sau, ví dụ 30/4/2020.")  # fmt: skip
    limit = bound.isoformat()

    def fits(listed: Listed) -> bool:
        issued = listed.document.issued or str(year_of(listed.entry) or "")
        if not issued:
            return False
        return issued >= limit[: len(issued)] if first else issued <= limit[: len(issued)]

    said = display_date("-".join([year, *(part.zfill(2) for part in (month, day) if part)]))
    return Condition(f"ban hành {'từ' if first else 'đến'} {said}", fits)


def _state(asked: FieldAsked, value: str, library: Known, today: date) -> Condition | Mistake:
    known = _STATES.get(value.replace("-", " ").removesuffix(" hieu luc"))
    if known is None:
        return _wrong(asked, f"Không có tình trạng hiệu lực “{asked.value}”.",
                      "Gõ một trong: con, het, mot-phan, chua-co, ngung, chua-ro.")  # fmt: skip
    states, words = known
    return Condition(
        f"hiệu lực hôm nay: {words}",
        lambda listed: library.statuses.on(listed.document.key, today).state in states,
    )


def _article(asked: FieldAsked, value: str) -> Condition | Mistake:
    if not re.fullmatch(r"\d{1,3}[a-zđ]?", asked.value.lower()):
        return _wrong(asked, f"“{asked.value}” không phải là số của một điều.",
                      "Gõ số điều, ví dụ dieu:5.")  # fmt: skip
    if asked.unwanted:
        return _wrong(asked, "Không loại trừ được theo số điều.", "Bỏ dấu trừ.")
    label = asked.value.lower()
    return Condition(f"Điều {label}", lambda listed: True, article=label)
