"""The press desk: what is checked of a text before it goes out.

``check`` is one pass over a draft; ``citations``, ``figures`` and ``gate`` judge one kind of thing
each (``kb.quotes`` judges quotations), ``fetch`` reads what they need from a library, ``rules`` has
the duties of press law with their clocks. Every span is of the checked text, in code points.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kb.catalogue import Catalogue, Digest
from kb.grounds import Basis
from kb.press.rules import Ground
from kb.quotes import Judged
from kb.structure import Node
from kb.text import Span


class CitationVerdict(StrEnum):
    """What a citation turned out to be; of several the first that holds, worst first."""

    MALFORMED = "malformed"  # số viết sai dạng
    AMBIGUOUS = "ambiguous"  # nhiều văn bản cùng trả lời
    NOT_IN_CORPUS = "not_in_corpus"  # kho không có
    MISPRINT = "misprint"  # số in nhầm, có văn bản gần chắc
    TITLE_DIFFERS = "title_differs"  # trích yếu khác bản chính thức
    DATE_DIFFERS = "date_differs"  # ngày khác
    ISSUER_DIFFERS = "issuer_differs"  # loại hoặc cơ quan khác
    CLAUSE_MISSING = "clause_missing"  # văn bản không có điều, khoản ấy
    NOT_IN_FORCE = "not_in_force"  # hết, chưa hoặc ngưng hiệu lực hôm nay
    UNVERIFIED = "unverified"  # chưa kiểm được
    FOUND = "found"  # có, đúng


# A verdict with its sentence, one of perhaps several on a citation.
Told = tuple[CitationVerdict, str]


@dataclass(frozen=True, slots=True)
class CheckedCitation:
    """One citation judged. ``normalized`` is its house form (``kb.citing``), "" where the document
    is not known; ``reason`` says in Vietnamese all that was found, one sentence each, "" of what is
    simply right; ``key`` and ``provision`` are what is meant, "" where unknown; ``candidates`` keys
    it may mean."""

    span: Span
    text: str
    normalized: str
    verdict: CitationVerdict
    reason: str = ""
    key: str = ""
    provision: str = ""
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """What the library knows of the documents a draft names, fetched beforehand (``fetch``).

    ``catalogue`` has every document here; of those that are meant: ``bases`` by (key, provision),
    judged on ``day``; ``trees`` and cleaned ``texts`` by key, of those whose text is at hand;
    ``kinds`` of these texts (``kb.expressions.Kind`` values); ``digests`` by key."""

    catalogue: Catalogue
    day: date
    bases: Mapping[tuple[str, str], Basis]
    trees: Mapping[str, Node]
    texts: Mapping[str, str]
    kinds: Mapping[str, str]
    digests: Mapping[str, Sequence[Digest]]


class FigureVerdict(StrEnum):
    FOUND = "found"  # văn bản có con số này
    EXPIRED = "expired"  # có, của một giai đoạn đã hết
    DIFFERS = "differs"  # ngày khác điều kho biết
    NOT_FOUND = "not_found"  # không thấy ở chỗ được nêu
    UNVERIFIED = "unverified"  # không có gì để đối chiếu


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure beside a citation: ``key`` and ``provision`` are the place it was compared with."""

    span: Span
    text: str
    verdict: FigureVerdict
    reason: str = ""
    key: str = ""
    provision: str = ""


class GateKind(StrEnum):
    MARK = "mark"  # dấu mật, lưu hành nội bộ
    PUPIL = "pupil"  # học sinh nêu tên hoặc có ảnh, cùng dữ liệu sức khỏe, khuyết tật
    PHONE = "phone"  # số điện thoại
    ID_NUMBER = "id-number"  # số căn cước, chứng minh


@dataclass(frozen=True, slots=True)
class GateFinding:
    """Something that may not go out until an authorised person says why it may. ``reason`` is what
    was seen and what to do; ``grounds`` the law behind it; ``key`` the source document it stands
    in, "" for the draft itself."""

    span: Span
    text: str
    kind: GateKind
    reason: str
    grounds: tuple[Ground, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft with all that was judged of it, each kind in the order of the text."""

    quotations: tuple[Judged, ...] = ()
    citations: tuple[CheckedCitation, ...] = ()
    figures: tuple[Figure, ...] = ()
    gate: tuple[GateFinding, ...] = ()
