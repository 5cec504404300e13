"""What portals write inside sentences of a law, read as claims that nobody has checked.

    … của Luật này; [Điểm này được hướng dẫn bởi Điều 4 Nghị định 12/2031/NĐ-CP có hiệu lực từ
    ngày 01/03/2031 (VB hết hiệu lực: 01/07/2035)]

Such a note is the portal's and never the law's. It is taken out of the text and kept as candidates
of relations: shown as what they are, counted for no status and no wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.catalogue import Vocabulary
from kb.citations.context import Context
from kb.citations.find import find_citations
from kb.citations.numbers import read_date
from kb.structure import Level, Node

UNCHECKED = "theo chú thích của trang đăng, chưa kiểm"

_DONE = (
    r"(?:hướng dẫn|quy định chi tiết|sửa đổi|bổ sung|thay thế|bãi bỏ|hủy bỏ|huỷ bỏ|đính chính"
    r"|đình chỉ|ngưng hiệu lực|thay cụm|điều chỉnh)"
)
_SUBJECTS = (
    r"(?:Cụm từ|Nội dung|Tên|Điểm|Khoản|Điều|Đoạn|Mục|Chương|Luật|Nghị định|Thông tư|Quyết định"
    r"|Bộ luật|Phụ lục|Từ|Các|Mẫu|Biểu)"
)
# A consolidated text's own notes have only their number in brackets. Words that begin with no
# place of the text must go on with who did it.
NOTE = re.compile(
    rf"\[(?:{_SUBJECTS}\s[^\[\]\n]{{0,120}}?(?:(?:được|bị)\s{_DONE}|hết hiệu lực\s(?:bởi|theo))"
    rf"|[^\W\d_a-z][^\[\]\n]{{2,300}}?(?:(?:được|bị)\s{_DONE}|hết hiệu lực)\s"
    r"(?:một phần\s)?bởi\s)[^\[\]\n]{0,2000}?\]\s?"
)


@dataclass(frozen=True, slots=True)
class RawNote:
    """A note as it stood: ``offset`` where in the cleaned text, ``text`` with its brackets."""

    offset: int
    text: str


@dataclass(frozen=True, slots=True)
class PortalNote:
    """One claim of a note at ``provision`` (the id of the place it stands in): what ``about`` names
    was done ``verb`` to (``guides``, ``amends``, ``repeals_partly`` …) by ``object``, in the note's
    words, whose ``number`` is "" where it has none; ``since`` the ISO day it gives or None;
    ``words`` the whole claim."""

    provision: str
    verb: str
    about: str
    object: str
    number: str
    since: str | None
    words: str


_CLAIM = re.compile(
    rf"(?:(?:được|bị)\s(?P<done>{_DONE})|(?P<ceased>hết hiệu lực))"
    r"[^\[\];:]{0,60}?\s(?:bởi|theo|tại|từ(?=\s(?:[Kk]hoản|[Đđ]iều|[Đđ]iểm)))\s(?:và\s)?"
)
_SINCE = re.compile(
    r",?\s?(?:có|và có) hiệu lực(?:\s(?:thi hành|áp dụng))?(?:\s(?:kể|kề))?(?:\stừ)?(?=\s)"
)
_CLOSED = re.compile(r"\s?\(VB hết hiệu lực:[^()]{0,30}\)")
# A next claim begins with what it is about.
_NEXT = re.compile(rf"\s(?={_SUBJECTS}\s(?:này|đó|hướng dẫn)\b)")
_VERBS = (
    ("hướng dẫn", "guides"), ("quy định chi tiết", "guides"), ("sửa đổi", "amends"),
    ("bổ sung", "amends"), ("điều chỉnh", "amends"),
    ("đính chính", "corrects"), ("đình chỉ", "suspends"),
    ("ngưng hiệu lực", "suspends"), ("bãi bỏ", "repeals_partly"), ("hủy bỏ", "repeals_partly"),
    ("huỷ bỏ", "repeals_partly"), ("thay", "amends"),
)  # fmt: skip
_LEVELS = (
    ("Điều", Level.ARTICLE), ("Khoản", Level.CLAUSE), ("Điểm", Level.POINT),
    ("Chương", Level.CHAPTER), ("Mục", Level.SECTION), ("Phụ lục", Level.ANNEX),
)  # fmt: skip


def read_notes(
    notes: Sequence[RawNote], text: str, tree: Node, vocabulary: Vocabulary
) -> list[PortalNote]:
    """The claims of the notes that stood in *text*, in order; a claim without a document that can
    be told is left out, and its note is then not whole (see ``is_read``)."""
    context = Context(tree, text)
    return [
        claim
        for note in notes
        for claim in read_note(note.text, _place(note, text, context), vocabulary)
    ]


def read_note(note: str, path: Sequence[Node], vocabulary: Vocabulary) -> Iterator[PortalNote]:
    """The claims of one note that stands in the innermost of *path*."""
    inner = note.strip().removeprefix("[").removesuffix("]").strip()
    claims = list(_CLAIM.finditer(inner))
    start = 0
    for number, found in enumerate(claims):
        limit = claims[number + 1].start() if number + 1 < len(claims) else len(inner)
        stop, since = _until(inner, found.end(), limit)
        words = inner[start:stop].strip(" .;,")
        about = inner[start : found.start()].strip(" .;,").removesuffix(" nay")
        by = _object(inner[found.end() : stop])
        start = stop
        cited = [c for c in find_citations(by, vocabulary) if c.type or c.number]
        if not cited:
            continue
        done = found["done"] or found["ceased"]
        verb = next((v for word, v in _VERBS if done.startswith(word)), "repeals_partly")
        document = cited[-1]
        written = document.number.text if document.number else ""
        yield PortalNote(_provision(about, path), verb, about, by, written, since, words)


def is_read(note: str, claims: Sequence[PortalNote]) -> bool:
    """Was every claim of *note* read, with the day where it names one?"""
    stated = len(_CLAIM.findall(note))
    days = len(_SINCE.findall(_CLOSED.sub("", note)))
    return 0 < stated == len(claims) and sum(c.since is not None for c in claims) >= days


def _until(inner: str, at: int, limit: int) -> tuple[int, str | None]:
    """(end, ISO day) of the claim whose document begins at *at*; the next begins by *limit*."""
    since = _SINCE.search(inner, at, limit)
    if since is None:
        ahead = list(_NEXT.finditer(inner, at, limit))
        closed = _CLOSED.search(inner, at, limit)
        if closed:
            return closed.end(), None
        return (ahead[-1].start() if ahead and limit < len(inner) else limit), None
    dated = read_date(inner, since.end())
    stop = min(dated[0], limit) if dated else since.end()
    closed = _CLOSED.match(inner, stop)
    return (closed.end() if closed else stop), dated[1] if dated else None


def _object(words: str) -> str:
    since = _SINCE.search(words)
    return _CLOSED.sub("", words[: since.start()] if since else words).strip(" .;,")


def _place(note: RawNote, text: str, context: Context) -> tuple[Node, ...]:
    """The nodes around a note, which stands behind what it speaks of."""
    before = note.offset - 1
    at = before if before >= 0 and text[before : before + 1] != "\n" else note.offset
    return context.at(at).path


def _provision(about: str, path: Sequence[Node]) -> str:
    """ "Khoản này" is the clause around the note; whatever has no such node, where it stands."""
    for word, level in _LEVELS:
        if about.startswith(f"{word} này") or about == word:
            for node in reversed(path):
                if node.level is level:
                    return node.id
    return path[-1].id if path else ""
