"""A document and its number.

Identity is type, number, issuer and date: numbers restart every year and every issuer has its own
row (Nghị định 30/2020/NĐ-CP, Điều 15), so ``753/QĐ-TTg`` alone names several papers.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class DocType:
    """A type of paper. ``code`` as in numbers ("QĐ"), ``slug`` as in addresses ("qd").

    ``party`` marks types of the Party's own row; ``normative`` is None where only the number's
    form can tell (a quyết định with a year is normative, one without is not).
    """

    code: str
    name: str
    slug: str
    normative: bool | None = None
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Issuer:
    """A body that issues papers, with the years it existed and who took over.

    ``codes`` are its letters in numbers (``BLĐTBXH``; also ``BLDTBXH`` as found), dates are ISO or
    None where not known, ``successors`` are ids.
    """

    id: str
    name: str
    codes: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    successors: tuple[str, ...] = ()
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class DocNumber:
    """A number in its parts, as Nghị định 30/2020/NĐ-CP and the Party's rules write it.

    ``text`` is the canonical form (``02/2019/TT-BTTTT``), ``serial`` the digits as written ("02",
    "" when left blank, "42a" never), ``year`` the four digits of a normative number, ``type_code``
    ("QĐ", "TTLT"; None for the numbers of laws and of official letters), ``issuer_codes`` the
    letters after it, ``party`` True for ``39-CT/TW``.
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
