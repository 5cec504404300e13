"""A document and its number.

Identity is type, number, issuer and date: numbers restart every year and every issuer has its own
row (Nghị định 30/2020/NĐ-CP, Điều 15), so ``753/QĐ-TTg`` alone names several papers.

    parse_number("82 /KH-NDTKT").text       "82/KH-NDTKT"
    number_key("02/2019/TT-BTTTT")          "2/2019/tt-btttt"
    document_key("qd", 2020, number)        "qd/2020/753/ttg"
    display_date("2020-06-03")              "03/6/2020"
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kb.text import fold, match_text, slug


@dataclass(frozen=True, slots=True)
class DocType:
    """A type of paper. ``code`` as in numbers ("QĐ"), ``slug`` as in addresses ("qd").

    ``normative`` is None where only the number's form can tell (a quyết định with a year is
    normative, one without is not).
    """

    code: str
    name: str
    slug: str
    normative: bool | None = None
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Successor:
    """Who took over: ``id`` of the issuer, the ISO day ``since``, and what part in words."""

    id: str
    since: str | None
    scope: str
    source: str


@dataclass(frozen=True, slots=True)
class Issuer:
    """A body that issues papers, with the years it existed and who took over.

    ``codes`` are its letters in numbers (``BLĐTBXH``; also ``BLDTBXH`` as found), dates are ISO or
    None where not known.
    """

    id: str
    name: str
    codes: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    successors: tuple[Successor, ...] = ()
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class DocNumber:
    """A number in its parts, as Nghị định 30/2020/NĐ-CP and the Party's rules write it.

    ``text`` is the canonical form (``02/2019/TT-BTTTT``), ``serial`` the digits as written ("02",
    "" when left blank, "42a" never), ``year`` the four digits of a normative number, ``type_code``
    ("QĐ", "TTLT"; None for the numbers of laws and of official letters), ``issuer_codes`` the
    letters after it, ``party`` True for the Party's order of parts, ``39-CT/TW`` (the form only:
    ``55-KH/SGDĐT`` is a department's number written that way).
    """

    text: str
    serial: str
    year: int | None
    type_code: str | None
    issuer_codes: tuple[str, ...]
    party: bool = False

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Document:
    """A work: what its letterhead says, each value None or "" where it is not known.

    ``key`` is the address without ``/vb/`` (``qd/2020/753/ttg``), unique in a library. ``issued``
    and ``effective`` are ISO dates, perhaps partial ("2026-05"). ``title`` is the trích yếu without
    the type. ``issuer`` keeps the name of its day. ``signer`` is the printed name, ``capacity`` the
    lines above it ("KT. THỦ TƯỚNG / PHÓ THỦ TƯỚNG").
    """

    key: str
    type: str
    number: str
    title: str
    issuer: str
    issued: str | None = None
    effective: str | None = None
    place: str = ""
    signer: str = ""
    capacity: str = ""
    grounds: tuple[str, ...] = field(default=())
    recipients: tuple[str, ...] = field(default=())


# Letters that stand for a type in a number. Nghị định 30/2020/NĐ-CP, Phụ lục III (27 codes and the
# three of copies); Luật 64/2025/QH15, Điều 4; the Party's rows (Quyết định 66-QĐ/TW). "CV" is the
# Party's and is met, wrongly, in the State's. ``corpus/catalogue/types.yaml`` names each of them; a
# test holds the two together. Whatever is not here is read as an issuer (3326/SGDĐT-GDPT).
TYPE_CODES = (
    *("NQ", "QĐ", "CT", "QC", "QyĐ", "TC", "TB", "HD", "CTr", "KH", "PA", "ĐA", "DA", "BC", "BB"),
    *("TTr", "HĐ", "CĐ", "BGN", "BTT", "GUQ", "GM", "GGT", "GNP", "PG", "PC", "PB"),
    *("SY", "TrS", "SL", "NĐ", "TT", "TTLT", "NQLT", "PL", "L", "VBHN", "KL", "CV"),
)

_EXACT = {code.lower(): code for code in TYPE_CODES}
_FOLDED: dict[str, list[str]] = {}
for _code in TYPE_CODES:
    _FOLDED.setdefault(fold(_code), []).append(_code)

_CODE = r"[^\W\d_][\w&.]{0,30}"
_NUMBER = re.compile(
    rf"""
    (?: số \s? :? \s? )?                                # "Số: 82/KH-NDTKT"
    (?P<serial> \d{{1,7}} | [.…_]{{0,12}} ) \s?          # digits, or left blank
    (?:
        - \s? (?P<party_type> {_CODE} ) \s? / \s?       # 39-CT/TW
        (?P<party_issuer> {_CODE} (?: \s? - \s? {_CODE} ){{0,9}} )
      |
        (?: / \s? (?P<year> (?:19|20)\d\d ) \s? (?: / \s? )? | / \s? | - \s? )
        (?P<letters> {_CODE} (?: \s? [-/] \s? {_CODE} ){{0,9}} )
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s?[-/]\s?")


def type_code(letters: str) -> str | None:
    """The type these letters stand for, its đ and case repaired; None where they stand for none.

    Letters that would be two types without their đ ("hd": HD or HĐ) are taken as written.

    >>> type_code("QD"), type_code("hđ"), type_code("TTG")
    ('QĐ', 'HĐ', None)
    """
    if found := _EXACT.get(letters.lower()):
        return found
    candidates = _FOLDED.get(fold(letters), [])
    return candidates[0] if len(candidates) == 1 else None


def format_number(
    serial: str,
    year: int | None,
    type_code: str | None,
    issuer_codes: tuple[str, ...],
    party: bool = False,
) -> str:
    """The parts as one number; the inverse of :func:`parse_number`.

    State: number, year of a normative act, then letters joined by hyphens (Nghị định
    30/2020/NĐ-CP, Phụ lục I and III). Party: ``39-CT/TW`` (Hướng dẫn 36-HD/VPTW).
    """
    issuers = "-".join(issuer_codes)
    if party:
        return f"{serial}-{type_code}/{issuers}"
    letters = "-".join(part for part in (type_code, issuers) if part)
    return f"{serial}/{year}/{letters}" if year is not None else f"{serial}/{letters}"


def parse_number(text: str) -> DocNumber:
    """A number in its parts, from any form met in papers; the text of the result is canonical.

    Repaired: spaces, dashes, U+00D0, a lost slash after the year (``66/2026NĐ-CP``), a slash for
    the hyphen (``54/2006/TT/BTC``), a type without its đ (``753/QD-TTg``). Kept: the serial and
    the issuer's letters as written. Raises ValueError when it is not a number of a document.

    >>> parse_number("66/2026NĐ-CP").text
    '66/2026/NĐ-CP'
    """
    written = " ".join(match_text(text).text.split())
    found = _NUMBER.fullmatch(written)
    if found is None:
        raise ValueError(f"not a document number: {text!r}")
    serial = found["serial"] if found["serial"].isascii() and found["serial"].isdigit() else ""
    if found["party_type"]:
        kind: str | None = type_code(found["party_type"]) or found["party_type"]
        issuers = tuple(_SEPARATOR.split(found["party_issuer"]))
        year, party = None, True
    else:
        letters = _SEPARATOR.split(found["letters"])
        kind = type_code(letters[0])
        issuers = tuple(letters[1:] if kind else letters)
        year, party = int(found["year"]) if found["year"] else None, False
    return DocNumber(
        text=format_number(serial, year, kind, issuers, party),
        serial=serial,
        year=year,
        type_code=kind,
        issuer_codes=issuers,
        party=party,
    )


def read_number(text: str) -> DocNumber | None:
    """A number in its parts, None where it is none."""
    try:
        return parse_number(text)
    except ValueError:
        return None


def issued_by_number(document: Document) -> str:
    """The ISO day of issue, perhaps partial: where none is known the year in the number, which is
    that of issue (Luật 64/2025/QH15, Điều 8; Nghị định 30/2020/NĐ-CP, Phụ lục I); "" without
    either."""
    number = read_number(document.number)
    return document.issued or (str(number.year) if number and number.year else "")


def issue_words(document: Document) -> str:
    """When it was issued, as far as that is known: "Ban hành ngày 03/6/2020"."""
    if not document.issued:
        year = issued_by_number(document)
        return f"Số hiệu cho biết ban hành năm {year}" if year else ""
    unit = {0: "năm", 1: "tháng", 2: "ngày"}[document.issued.count("-")]
    return f"Ban hành {unit} {display_date(document.issued)}"


# Bộ, Sở, Phòng GD-ĐT: the hyphen stands inside one name, it does not part two.
_EDUCATION = re.compile(r"\b([bsp]gd)-dt\b")


def number_key(number: DocNumber | str) -> str:
    """The number for matching: no case, marks, đ, spaces, ``&`` or leading zeros.

    A text that is no number gives its folded words, so that the key of anything exists.

    >>> number_key("02/2019/TT-BTTTT"), number_key("70/kh-sgd&đt"), number_key("39 – CT/TW")
    ('2/2019/tt-btttt', '70/kh-sgddt', '39-ct/tw')
    """
    if isinstance(number, str):
        read = read_number(number)
        if read is None:
            return fold("".join(number.split())).replace("&", "")
        number = read
    text = format_number(
        number.serial.lstrip("0") or ("0" if number.serial else ""),
        number.year,
        number.type_code,
        number.issuer_codes,
        number.party,
    )
    return _EDUCATION.sub(r"\1dt", fold(text).replace("&", ""))


_LONGEST_FALLBACK = 80  # characters; an address a person can still read


def document_key(
    type_slug: str, issued_year: int | None, number: DocNumber | None, fallback: str
) -> str:
    """The address of a document, ``type/year/serial/issuer``; unknown year or number is ``0``.

    The year is the number's own, else that of issue. The serial has at least two digits, as
    papers write it ("09"). Without a number, or with its serial left blank, the slug of
    *fallback* (the title) stands in the last place.

    >>> document_key("ct", 2019, parse_number("39-CT/TW"), "")
    'ct/2019/39/tw'
    """
    year = (number.year if number else None) or issued_year or 0
    if number is None or (not number.serial and fallback):
        words = slug(fallback)
        if len(words) > _LONGEST_FALLBACK:
            words = words[: _LONGEST_FALLBACK + 1].rpartition("-")[0] or words[:_LONGEST_FALLBACK]
        return f"{type_slug}/{year}/0/{words or '0'}"
    issuers = "-".join(slug(code.replace("&", "")) for code in number.issuer_codes)
    serial = number.serial.lstrip("0").zfill(2) if number.serial else "0"
    issuers = _EDUCATION.sub(r"\1dt", issuers) or "0"
    return f"{type_slug}/{year}/{serial}/{issuers}"


_ISO_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def display_date(iso: str) -> str:
    """An ISO date, perhaps partial, as papers write it; anything else is returned as it is.

    The day has two digits, the month only when it is 1 or 2 (Nghị định 30/2020/NĐ-CP, Phụ lục I).

    >>> display_date("2020-06-03"), display_date("2021-01"), display_date("2030")
    ('03/6/2020', '01/2021', '2030')
    """
    found = _ISO_DATE.fullmatch(iso)
    if found is None:
        return iso
    year, month, day = found.groups()
    if month is None:
        return year
    shown = month if int(month) < 3 else str(int(month))
    return f"{day}/{shown}/{year}" if day else f"{shown}/{year}"
