"""The source note under every article of the official codification (Bộ pháp điển điện tử).

    (Điều 5 Thông tư số 26/2012/TT-BLĐTBXH Hướng dẫn … ngày 12/11/2012 của Bộ Lao động …, có hiệu
    lực thi hành kể từ ngày 26/12/2012, có nội dung được sửa đổi bởi Điều 1 Thông tư số 18/2018/… có
    hiệu lực thi hành kể từ ngày 18/12/2018)

Title, date and issuer stand in a document's first note only; the later ones have its number alone.
Form of the notes: Nghị định 63/2013/NĐ-CP, Điều 13.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.documents import read_number
from kb.text import match_text


@dataclass(frozen=True, slots=True)
class Change:
    """One document that changed an article: ``verb`` as in ``kb.catalogue.Relation``, ``words`` as
    in the note ("có nội dung được sửa đổi, có nội dung được bổ sung"), ``provisions`` the places
    that did it ("Điều 1"), ``since`` the ISO day it took effect, None where the note has none."""

    verb: str
    words: str
    provisions: str
    type: str
    number: str
    since: str | None


@dataclass(frozen=True, slots=True)
class SourceNote:
    """What a note says. ``article`` is the number in the source ("5", "42a", "" where it has none);
    ``title``, ``issued`` and ``issuer`` are "", None, "" in the short form; dates are ISO."""

    article: str
    type: str
    number: str
    title: str
    issued: str | None
    issuer: str
    effective: str | None
    changes: tuple[Change, ...] = ()


_TYPES = (
    "Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh", "Nghị quyết liên tịch", "Nghị quyết", "Sắc lệnh",
    "Lệnh", "Nghị định", "Quyết định", "Thông tư liên tịch", "Thông tư", "Chỉ thị",
)  # fmt: skip
_TYPE = "|".join(_TYPES)
_DAY = r"\d{1,2}/\d{1,2}/\d{4}"
# "13/2017/QH14", "34 /2019/TT-BGTVT", "05/2020/TT- BGTVT", "73-CP", "33/2014/TT/BNNPTNT"
_LETTERS = r"(?:[A-ZĐƯ][A-ZĐƯ\d&]*[a-zđ]?[A-ZĐƯ\d&]*|\d{3})"
_NUMBER = rf"\d+\w?(?:\s?/\s?(?:19|20)\d\d)?(?:\s?[-/]\s?{_LETTERS})+"
# "số 12/2018", "số Số: 12/2018"; "Thông tư số liên tịch 75/2000" is a Thông tư liên tịch.
_CALLED = r"\s(?:số\s?:?\s?){0,2}(?P<joint>liên tịch\s)?"
_HEAD = re.compile(
    rf"(?:(?:Điều\s)?(?P<article>\d+\w{{0,2}})\.?\s)?(?P<type>{_TYPE})\b"
    rf"(?:{_CALLED}(?P<number>{_NUMBER})(?![\w-]))?[.,]?\s?(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
# "Pháp lệnh số Không số Về …", "Pháp lệnh số Bảo vệ …": the form's word with no number behind it.
_NUMBERLESS = re.compile(r"số (?:không số )?(?!.{0,12}\d{1,4}[/-])", re.IGNORECASE)
_FULL = re.compile(rf"(?P<title>.*)\bngày\s(?P<day>{_DAY})\scủa\s(?P<issuer>.+)", re.DOTALL)
_FORCE = re.compile(rf",?\s?có hiệu lực (?:thi hành )?(?:kể )?từ (?:ngày )?(?P<day>{_DAY})?")
_VERBS = re.compile(
    r"(?:(?:và\s)?(?:có nội dung )?(?:được|bị) (?:sửa đổi|bổ sung|bãi bỏ|hủy bỏ|thay thế|đính chính"
    r"|đình chỉ|ngưng hiệu lực)(?:, bổ sung)?,?\s?)+"
)
_BY = re.compile(
    rf"(?P<provisions>(?:(?:Điều|Khoản|Mục|Điểm)\s[\w.]+(?:,|\svà|;)?\s)*)(?P<type>{_TYPE})"
    rf"{_CALLED}(?P<number>{_NUMBER})",
    re.IGNORECASE,
)
# The strongest of the words says what became of the article: taken out, or changed.
_RELATION = (
    ("bị bãi bỏ", "repeals_partly"), ("được bãi bỏ", "repeals_partly"),
    ("hủy bỏ", "repeals_partly"), ("đình chỉ", "suspends"), ("ngưng hiệu lực", "suspends"),
)  # fmt: skip


def read_note(text: str) -> SourceNote | None:
    """A note understood; None where it is of another form."""
    words = " ".join(match_text(text).text.split())
    inner = words.strip("() ")
    force = _FORCE.search(inner)
    found = _HEAD.fullmatch(inner[: force.start()] if force else inner)
    if found is None:
        return None
    number = canonical(found["number"]) if found["number"] else ""
    rest = found["rest"].strip(" ,")
    if not number:
        rest = _NUMBERLESS.sub("", rest, count=1)
        if rest.startswith("số "):
            return None  # a number of a form unknown here
    full = _FULL.fullmatch(rest)
    title = (full["title"] if full else "" if number else rest).strip(" .,")
    if not number and not title:
        return None
    return SourceNote(
        article=found["article"] or "",
        type=_type(found),
        number=number,
        title=title,
        issued=_iso(full["day"]) if full else None,
        issuer=full["issuer"].strip(" .,") if full else "",
        effective=_iso(force["day"]) if force and force["day"] else None,
        changes=_changes(inner[force.end() :]) if force else (),
    )


def _changes(text: str) -> tuple[Change, ...]:
    """``, có nội dung được sửa đổi bởi Điều 2 Luật số … có hiệu lực …; Điều 6 Luật số … có …``:
    the verbs hold for every document after them."""
    found: list[Change] = []
    verbs = list(_VERBS.finditer(text))
    for at, verb in enumerate(verbs):
        end = verbs[at + 1].start() if at + 1 < len(verbs) else len(text)
        said = " ".join(verb[0].split()).strip(" ,")
        kind = next((name for words, name in _RELATION if words in said), "amends")
        if "sửa đổi" in said or "bổ sung" in said:
            kind = "amends"
        for part in text[verb.end() : end].split(";"):
            # The first document named did it; one after it is named in its title.
            by = _BY.search(part)
            if by is None:
                continue
            force = _FORCE.search(part, by.end())
            found.append(
                Change(
                    kind,
                    said,
                    by["provisions"].strip(" ,;"),
                    _type(by),
                    canonical(by["number"]),
                    _iso(force["day"]) if force and force["day"] else None,
                )
            )
    return tuple(found)


def _type(found: re.Match[str]) -> str:
    return found["type"].capitalize() + (" liên tịch" if found["joint"] else "")


def canonical(number: str) -> str:
    """The number as the program writes it; as printed where it is none."""
    read = read_number(number)
    return read.text if read else "".join(number.split())


def _iso(day: str) -> str | None:
    day, month, year = day.split("/")
    if not (1 <= int(day) <= 31 and 1 <= int(month) <= 12):
        return None
    return f"{year}-{int(month):02}-{int(day):02}"
