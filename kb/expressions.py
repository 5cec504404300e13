"""The texts of one work: which kind each is, which one is shown, and how the others differ.

A work may be had as the paper that was signed, as a copy on a portal, as the codification words it,
as a recognised scan, as a draft with blanks. Each is an expression; all are kept, one is shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kb.alike import stretches
from kb.diff import Change, Piece, differing, words_diff
from kb.documents import Document, display_date, number_key, read_number
from kb.structure import Level, Node, path_words, spoken, walk_with_path
from kb.text import accented_key


class Kind(StrEnum):
    """What a text is, the one to be shown first standing first."""

    ORIGINAL = "original"  # bản gốc
    CONSOLIDATED = "consolidated"  # bản hợp nhất
    CODIFIED = "codified"  # bản trong Bộ pháp điển
    COPY = "copy"  # bản chép (trang web, văn bản thường)
    RECOGNISED = "recognised"  # bản nhận dạng từ ảnh
    DRAFT = "draft"  # dự thảo, chỗ số hay ngày để trống


KIND_NAMES = {
    Kind.ORIGINAL: "Bản gốc",
    Kind.CONSOLIDATED: "Bản hợp nhất",
    Kind.CODIFIED: "Bản trong Bộ pháp điển",
    Kind.COPY: "Bản chép",
    Kind.RECOGNISED: "Bản nhận dạng từ ảnh",
    Kind.DRAFT: "Dự thảo có chỗ trống",
}
_RANK = {kind: rank for rank, kind in enumerate(Kind)}
_COPIES = ("text/plain", "text/html", "application/xhtml+xml")
_CONSOLIDATED = "Văn bản hợp nhất"
# A text that says less than this share of what the work's longest one says is a part of it.
_FULL = 0.8
_GROUPS = (Level.PART, Level.CHAPTER, Level.SECTION, Level.SUBSECTION)


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where a text differs from the one shown: ``provision`` the id of the node, "" where
    the shown text has none, ``place`` its name in words, ``count`` of stretches that differ."""

    provision: str
    place: str
    count: int


@dataclass(frozen=True, slots=True)
class Expression:
    """One text of the work *key*, read from the file *sha256*.

    ``document`` is the letterhead as this text has it, ``length`` how much it says (see there),
    ``received`` ISO time, ``differs`` where it differs from the one that is ``shown``; ``paper``
    whether its file is of fixed pages, as signed papers go round (PDF), and not a typist's.
    """

    id: str
    key: str
    sha256: str
    kind: Kind
    document: Document
    length: int
    received: str
    shown: bool = False
    differs: tuple[Difference, ...] = ()
    paper: bool = False

    @property
    def count(self) -> int:
        """How many stretches of words differ from the text that is shown."""
        return sum(difference.count for difference in self.differs)


def is_blank(document: Document) -> bool:
    """Is the number not filled in: a form of number with its serial left out?"""
    number = read_number(document.number)
    return number is not None and not number.serial


def kind_of(document: Document, media_type: str, *, quotable: bool) -> Kind:
    """The kind of a text from its letterhead and the file it came in."""
    if not quotable:
        return Kind.RECOGNISED
    if is_blank(document):
        return Kind.DRAFT
    if document.type == _CONSOLIDATED:
        return Kind.CONSOLIDATED
    return Kind.COPY if media_type in _COPIES else Kind.ORIGINAL


def preferred(text: Expression) -> tuple[object, ...]:
    """A key of order among whole texts: by kind, the signed paper before the typist's file, then
    the later received, for what comes again is a correction."""
    latest = (*(-ord(character) for character in text.received), 1)
    return _RANK[text.kind], not text.paper, latest, text.id


def in_order(expressions: Iterable[Expression]) -> list[Expression]:
    """The one to show first: whole texts before parts, then as ``preferred``."""
    listed = list(expressions)
    longest = max((e.length for e in listed), default=0)
    return sorted(
        listed,
        key=lambda e: (e.length < _FULL * longest, preferred(e)),
    )


@dataclass(frozen=True, slots=True)
class Compared:
    """A place with its words in both texts: ``pieces`` lead from the shown text to the other."""

    provision: str
    place: str
    pieces: tuple[Piece, ...]

    @property
    def difference(self) -> Difference:
        return Difference(self.provision, self.place, differing(self.pieces))


# What stands around the provisions of a paper and not in the codification.
_NOT_CODIFIED = ("Căn cứ", "Người ký")


def compare(
    shown: tuple[Document, str, Node],
    other: tuple[Document, str, Node],
    kinds: Collection[str] = (),
) -> list[Compared]:
    """The places in which two texts of a work differ, in the order of the shown one.

    *kinds* are theirs: the codification takes over provisions only, so that grounds, signer and
    closing are no difference from it. What the letterheads say is compared value by value: their
    layout is the file's. Articles and items are compared under the same id; one that only one text
    has is told whole.
    """
    out = [
        Compared("", name, tuple(words_diff(mine, theirs)))
        for name, mine, theirs in _facts(shown[0], other[0])
        if Kind.CODIFIED not in kinds or name not in _NOT_CODIFIED
    ]
    mine, theirs = _units(shown[1], shown[2]), _units(other[1], other[2])
    for id, (place, words) in mine.items():
        pieces = words_diff(words, theirs[id][1] if id in theirs else "")
        out.append(Compared(id, place, tuple(pieces)))
    for id, (place, words) in theirs.items():
        if id not in mine:
            out.append(Compared("", place, tuple(words_diff("", words))))
    if Kind.CODIFIED in kinds:
        out = [found for found in out if found.provision != "closing"]
    return [found for found in out if any(p.change is not Change.KEPT for p in found.pieces)]


def length(text: str, tree: Node) -> int:
    """How much the provisions say, in stretches of three words: what a web page has around a text,
    or has twice, does not count."""
    return len(stretches(" ".join(words for _, words in _units(text, tree).values())))


def _facts(one: Document, other: Document) -> Iterable[tuple[str, str, str]]:
    """(name, value, value) of letterhead values that are not the same."""
    if _number(one.number) != _number(other.number):
        yield "Số, ký hiệu", one.number, other.number
    if one.issued != other.issued:
        yield "Ngày ban hành", display_date(one.issued or ""), display_date(other.issued or "")
    for name, mine, theirs in (
        ("Cơ quan ban hành", one.issuer, other.issuer),
        ("Trích yếu", one.title, other.title),
        ("Căn cứ", "\n".join(one.grounds), "\n".join(other.grounds)),
        ("Người ký", one.signer, other.signer),
    ):
        if _words(mine) != _words(theirs):
            yield name, mine, theirs


def _number(number: str) -> str:
    return number_key(number) if number else ""


def _words(text: str) -> list[str]:
    """Words without case, and with one place for the tone mark: a title in capitals is the same."""
    return [accented_key(word.strip(".,;:")) for word in text.split()]


def _units(text: str, tree: Node) -> dict[str, tuple[str, str]]:
    """Id → (place in words, words): articles whole, of all else below the letterhead own words."""
    out: dict[str, tuple[str, str]] = {}
    inside = -1
    for node, path in walk_with_path(tree):
        article = node.level is Level.ARTICLE
        if (not path and tree.children) or node.span.end <= inside:
            continue
        if article:
            inside = node.span.end
        words = (node.span if article else node.own).of(text)
        if node.level in _GROUPS:
            # "CHƯƠNG I" is "Chương I" in other letters.
            word = node.marker.partition(" ")[0]
            words = words.replace(word, word.capitalize(), 1)
        if words.strip():
            place = spoken(node) if article else path_words((*path, node))
            out[node.id] = (place or "Toàn văn", words)
    return out


def differences_said(differences: Sequence[Difference], at_most: int = 5) -> str:
    """How far a text differs, in words: "khác 3 chỗ: Điều 2, Điều 5"."""
    if not differences:
        return "không khác lời văn"
    count = sum(difference.count for difference in differences)
    places = list(dict.fromkeys(difference.place for difference in differences))
    named = ", ".join(places[:at_most])
    more = len(places) - at_most
    return f"khác {count} chỗ: {named}" + (f" và {more} mục khác" if more > 0 else "")


_ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")


def ordinal(position: int) -> str:
    """ "Bản thứ hai" for the second text of a work, in the order they would be shown."""
    word = _ORDINALS[position - 1] if position <= len(_ORDINALS) else str(position)
    return f"Bản thứ {word}"
