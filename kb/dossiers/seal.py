"""The seal a file carries: every line of the paper, where each quotation is from, with hashes, and
the state of the library; and what a file says today beside it.

It has no secret key. It shows that words were changed by somebody who left the seal alone; who
rewrites both can make a new one. The desk that gave a seal keeps its digest (``kb.store.press``),
so on its own machine a seal made elsewhere is known too.

Two texts are the same where they have the same signs, whatever spaces and line breaks stand between
words: programs that open and save a file move those.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from kb.diff import Change, Piece, words_diff
from kb.dossiers.passages import plain, stamp
from kb.dossiers.report import Corpus, Line, Quote, Report, Style, called, lines
from kb.errors import CanCuError

_VERSION = 2  # of what is sealed and of the words printed beside it
_LARGEST = 16_000_000  # bytes of a seal unpacked


class BrokenSeal(CanCuError):
    """A file that carries no seal, or one that cannot be read."""


@dataclass(frozen=True, slots=True)
class Seal:
    """``lines`` are (name, text) of the paper, its code left out; ``hashes`` of each quotation's
    words, by its number, beside those of their provisions in ``quotes``."""

    lines: tuple[tuple[str, str], ...]
    quotes: tuple[Quote, ...]
    hashes: tuple[str, ...]
    corpus: Corpus
    pack: int
    form: str
    checked: str

    @property
    def digest(self) -> str:
        """SHA-256 in hex of all of it."""
        return hashlib.sha256(_canonical(_value(self))).hexdigest()

    @property
    def code(self) -> str:
        """What is printed of the digest."""
        return code_of(self.digest)


def code_of(digest: str) -> str:
    """A digest as people read it out.

    >>> code_of("3f2a91bc07de55a1c0ff")
    '3f2a 91bc 07de'
    """
    return " ".join(digest[at : at + 4] for at in range(0, 12, 4))


def seal_of(report: Report) -> Seal:
    return Seal(
        tuple((line.name, plain(line.text)) for line in lines(report)),
        report.quotes,
        tuple(stamp(quote.exact) for quote in report.quotes),
        report.corpus,
        report.pack,
        report.form.value,
        report.checked,
    )


def sealed_lines(report: Report) -> list[Line]:
    """The lines of a report and, last, the code of its seal."""
    return [*lines(report), Line("code", code_line(seal_of(report)), Style.SMALL)]


def code_line(seal: Seal) -> str:
    return f"Mã dấu: {seal.code}. Muốn biết tệp còn nguyên chữ, gửi lại nơi phát hành để kiểm."


# --- as text -------------------------------------------------------------------------------------


def pack(seal: Seal) -> str:
    """A seal as one word of ASCII, to be put in a file."""
    return base64.b64encode(zlib.compress(_canonical(_value(seal)), 9)).decode()


def unpack(text: str) -> Seal:
    """The inverse; spaces and line breaks in it do not count. Raises ``BrokenSeal``."""
    try:
        packed = base64.b64decode("".join(text.split()), validate=True)
        loose = zlib.decompressobj()
        value = json.loads(loose.decompress(packed, _LARGEST))
        if not loose.eof:
            raise ValueError
        if value["version"] != _VERSION:
            raise BrokenSeal(
                "Dấu kiểm này do một phiên bản khác của chương trình làm.",
                "Kiểm bằng phiên bản đã xuất tệp, hoặc xuất lại từ hồ sơ.",
            )
        seal = Seal(
            tuple((str(name), str(words)) for name, words in value["lines"]),
            tuple(Quote(**{**quote, "since": tuple(quote["since"])}) for quote in value["quotes"]),
            tuple(value["hashes"]),
            Corpus(**value["corpus"]),
            int(value["pack"]),
            str(value["form"]),
            str(value["checked"]),
        )
    except (ValueError, KeyError, TypeError, zlib.error, binascii.Error) as error:
        raise BrokenSeal(
            "Dấu kiểm trong tệp hỏng, không đọc được.",
            "Xin lại tệp gốc từ nơi xuất, hoặc xuất lại từ hồ sơ.",
        ) from error
    if tuple(stamp(quote.exact) for quote in seal.quotes) != seal.hashes:
        raise BrokenSeal("Dấu kiểm trong tệp không khớp với chính nó.",
                         "Xin lại tệp gốc từ nơi xuất, hoặc xuất lại từ hồ sơ.")  # fmt: skip
    return seal


def _value(seal: Seal) -> dict[str, Any]:
    return {"version": _VERSION, **asdict(seal)}


def _canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


# --- what a file says beside its seal ------------------------------------------------------------


class Fate(StrEnum):
    ALTERED = "altered"  # đổi chữ
    REMOVED = "removed"  # bị bỏ
    ADDED = "added"  # bị thêm


@dataclass(frozen=True, slots=True)
class Tampered:
    """A part of the paper that reads otherwise: what it is called, what became of it, and the way
    from the sealed words to those of the file."""

    fate: Fate
    name: str
    called: str
    diff: tuple[Piece, ...]


def compared(seal: Seal, read: str) -> list[Tampered]:
    """What differs in the words a file shows (*read*, all of them in order); none where it is
    untouched."""
    mine = [(name, word) for name, text in (*seal.lines, ("code", code_line(seal)))
            for word in plain(text).split()]  # fmt: skip
    theirs = plain(read).split()
    owned = _owned([word for _, word in mine], [name for name, _ in mine], theirs)
    out = []
    for name, sealed, now in owned:
        if sealed == now:
            continue
        fate = Fate.ADDED if not sealed else Fate.REMOVED if not now else Fate.ALTERED
        said = called(name, seal.quotes) if sealed else f"sau {called(name, seal.quotes)}"
        out.append(Tampered(fate, name, said, _pieces(" ".join(sealed), " ".join(now))))
    return out


def _owned(
    mine: Sequence[str], names: Sequence[str], theirs: Sequence[str]
) -> Iterator[tuple[str, list[str], list[str]]]:
    """(name, sealed words, words now) of each part in order; words put between two parts stand
    apart, with no sealed words, under the name of the part before."""
    parts: list[tuple[str, list[str], list[str]]] = []
    strays: dict[int, list[str]] = {}
    for name, word in zip(names, mine, strict=True):
        if not parts or parts[-1][0] != name:
            parts.append((name, [], []))
        parts[-1][1].append(word)
    part_of = [n for n, (_, sealed, _) in enumerate(parts) for _ in sealed]
    for kind, a0, a1, b0, b1 in _opcodes(mine, theirs):
        if kind == "equal":
            for at in range(a0, a1):
                parts[part_of[at]][2].append(mine[at])
        elif kind == "insert":
            before = part_of[a0 - 1] if a0 else 0
            inside = a0 and a0 < len(mine) and part_of[a0] == before
            words = parts[before][2] if inside else strays.setdefault(before, [])
            words.extend(theirs[b0:b1])
        else:
            # What stands in the place of words of several parts is told with the first of them.
            parts[part_of[a0]][2].extend(theirs[b0:b1])
    for n, part in enumerate(parts):
        yield part
        if n in strays:
            yield part[0], [], strays[n]


def _opcodes(
    mine: Sequence[str], theirs: Sequence[str]
) -> Iterator[tuple[str, int, int, int, int]]:
    """As ``SequenceMatcher.get_opcodes``; what is the same at both ends is not searched."""
    start, shorter = 0, min(len(mine), len(theirs))
    while start < shorter and mine[start] == theirs[start]:
        start += 1
    end = 0
    while end < shorter - start and mine[-1 - end] == theirs[-1 - end]:
        end += 1
    a, b = mine[start : len(mine) - end], theirs[start : len(theirs) - end]
    yield "equal", 0, start, 0, start
    for kind, a0, a1, b0, b1 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        yield kind, a0 + start, a1 + start, b0 + start, b1 + start
    yield "equal", len(mine) - end, len(mine), len(theirs) - end, len(theirs)


def _pieces(sealed: str, now: str) -> tuple[Piece, ...]:
    pieces = words_diff(sealed, now)
    if all(piece.change is Change.KEPT for piece in pieces):
        # Another way to write the same words is another sign all the same.
        return (Piece(Change.REMOVED, sealed), Piece(Change.ADDED, now))
    return tuple(pieces)
