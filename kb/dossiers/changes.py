"""What became of passages since they were chosen: each is looked up again in the library of today.

A passage that stands there word for word may be the wording of yesterday all the same: what amends
its place is asked too (``kb.history``). What is not known is never told as the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum

from kb.citing import cite, place_words
from kb.confirmations import Vouched
from kb.diff import Piece, fingerprint, words_diff
from kb.documents import Document, display_date
from kb.dossiers import Passage
from kb.dossiers.passages import again, plain, stamp
from kb.history import History, history, place_status, place_wordings
from kb.source_names import called
from kb.sources import Source
from kb.statuses import Statuses
from kb.store.library import Library
from kb.structure import Node, walk_with_path
from kb.text import Span, capital
from kb.validity import State, Status, age_words
from kb.wordings import Wording


class Standing(StrEnum):
    """What a passage turned out to be today, worst last."""

    SAME = "same"  # còn nguyên văn
    MOVED = "moved"  # nguyên văn, nay ở chỗ khác
    SUPERSEDED = "superseded"  # chữ của lần trước, nay đã sửa
    NOT_IN_FORCE = "not_in_force"  # văn bản hết, chưa hoặc ngưng hiệu lực
    UNSURE = "unsure"  # có sửa đổi mà không biết từ ngày nào
    CHANGED = "changed"  # kho nay có chữ khác
    UNQUOTABLE = "unquotable"  # bản nhận dạng chưa xác nhận
    GONE = "gone"  # không còn thấy


STANDING_WORDS = {
    Standing.SAME: "Còn nguyên văn",
    Standing.MOVED: "Nay ở chỗ khác",
    Standing.SUPERSEDED: "Câu chữ cũ, đã được sửa",
    Standing.NOT_IN_FORCE: "Văn bản không có hiệu lực hôm nay",
    Standing.UNSURE: "Chưa kiểm được",
    Standing.CHANGED: "Chữ đã khác",
    Standing.UNQUOTABLE: "Chưa trích dẫn được",
    Standing.GONE: "Không còn thấy",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A passage looked up again. ``place`` is the provision its words stand in now; ``full`` and
    ``short`` its citation; ``reason`` what is and what to do, "" where nothing is to be said;
    ``diff`` from the words kept to those there now; ``status`` of the place, ``status_before`` in
    words that of the document when the passage was chosen, where it is another now; ``since``
    sentences on since when the words hold and what stood there before; ``words_sha256`` of the
    whole place now."""

    passage: Passage
    standing: Standing
    place: str
    where: str
    full: str
    short: str
    reason: str = ""
    diff: tuple[Piece, ...] = ()
    status: Status | None = None
    status_before: str = ""
    since: tuple[str, ...] = ()
    words_sha256: str = ""
    attribution: str = ""

    @property
    def verified(self) -> bool:
        return self.standing is Standing.SAME

    @property
    def status_line(self) -> str:
        """ "Còn hiệu lực; kiểm tra ngày 23/11/2026; nguồn: …"."""
        if self.status is None:
            return "Chưa rõ: văn bản không còn trong kho"
        said = [self.status.words]
        reason = self.status.reason.rstrip(".;")
        if reason.lower().startswith(self.status.words.lower()):
            said = [capital(reason)]
        elif reason:
            said.append(reason[:1].lower() + reason[1:])
        if self.status.sources:
            said.append(age_words(self.status.checked, self.status.day))
            named = dict.fromkeys(called(source.text).brief for source in self.status.sources)
            said.append(f"nguồn: {', '.join(named)}")
        elif not reason:
            said.append("chưa có nguồn nào xác nhận")
        return "; ".join(said)


def look(
    library: Library,
    passages: Sequence[Passage],
    quotability: Mapping[str, tuple[Source, Vouched] | None],
    day: date,
) -> list[Found]:
    """Each of *passages* as it stands on *day*. *quotability* has, by key, the text as its file has
    it and which of it may be quoted."""
    keys = {p.key for p in passages if library.has(p.key)}
    known = Statuses(library, keys)
    works = {key: _Work(library, key, quotability.get(key)) for key in keys}
    return [
        _found(works[p.key], p, known.on(p.key, day), day) if p.key in works else _lost(p)
        for p in passages
    ]


class _Work:
    """A document with its shown text and what became of it, fetched once."""

    def __init__(self, library: Library, key: str, vouched: tuple[Source, Vouched] | None) -> None:
        self.document: Document = library.listed(key).document
        self.text = library.printed(key)
        tree = library.tree(key)
        self.nodes: list[tuple[Node, tuple[Node, ...]]] = list(walk_with_path(tree)) if tree else []
        self.told: History = history(library, key)
        self.vouched = vouched
        self.codified = library.shown_kind(key) == "codified"
        self.names = {
            relation.subject: library.listed(relation.subject).document.number
            for relation in self.told.relations
            if library.has(relation.subject)
        }

    def by(self, wording: Wording) -> str:
        """ "theo 955/2032/NĐ-CP"."""
        subject = wording.by.subject if wording.by else ""
        return f"theo {self.names.get(subject, subject)}"

    def path(self, provision: str) -> tuple[Node, ...]:
        return next(((*path, node) for node, path in self.nodes if node.id == provision), ())

    def at(self, place: Span) -> tuple[Node, ...]:
        """The finest place that holds all of a span, with what is above it."""
        holding = [
            (*path, node) for node, path in self.nodes
            if node.id and node.span.start <= place.start and place.end <= node.span.end
        ]  # fmt: skip
        return max(holding, key=len, default=())


def _lost(passage: Passage) -> Found:
    return Found(
        passage, Standing.GONE, passage.provision, "", passage.key, passage.key,
        f"Văn bản {passage.key} không còn trong kho. Nạp lại văn bản, hoặc bỏ câu trích.",
        status_before=passage.status,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the words of a passage stand now; ``here`` is None where they do not."""

    standing: Standing
    path: tuple[Node, ...]
    here: Span | None
    reason: str = ""
    diff: tuple[Piece, ...] = ()


def _found(work: _Work, passage: Passage, status: Status, day: date) -> Found:
    place = _place(work, passage)
    path, standing, reason = place.path, place.standing, place.reason
    provision = path[-1].id if path else passage.provision
    # Another clause of a place may have changed: what counts is the finest that holds the words.
    finest = work.at(place.here)[-1].id if place.here is not None else provision
    told = place_wordings(work.told, finest) if path else []
    here_status = place_status(status, work.told, finest)
    if place.here is not None:
        later = _superseded(work, told, passage, day)
        if later is not None:
            standing, reason = later
        elif here_status.state in _WITHOUT_FORCE:
            standing, reason = Standing.NOT_IN_FORCE, _without_force(here_status)
        elif not reason:
            reason = _coming(work, told, passage, day)
        if work.vouched is not None:
            source, vouched = work.vouched
            if not vouched.state(source.places(place.here)).quotable:
                standing = Standing.UNQUOTABLE
                reason = ("Chữ máy nhận dạng từ ảnh, chưa ai xác nhận. Đối chiếu với bản gốc rồi "
                          "nhờ người quản trị xác nhận.")  # fmt: skip
    cited = cite(work.document, place_words(path))
    return Found(
        passage, standing, provision, place_words(path), cited.full, cited.short, reason,
        place.diff, here_status, passage.status if passage.status != status.words else "",
        tuple(_since(work, told, passage)),
        stamp(path[-1].span.of(work.text)) if path else "",
        "Theo Bộ pháp điển điện tử, không phải bản gốc" if work.codified else "",
    )  # fmt: skip


def _place(work: _Work, passage: Passage) -> _Place:
    path, exact = work.path(passage.provision), passage.selector.exact
    within = path[-1].span if path else None
    now = ""
    if within is not None:
        here = again(work.text, passage.selector, within)
        if here is not None:
            return _Place(Standing.SAME, path, here)
        now = _nearest(exact, within.of(work.text))
        if fingerprint(now) == fingerprint(exact):
            # The same words written another way (kinds of dash, quote, tone mark).
            return _Place(Standing.SAME, path, within)
    there = again(work.text, passage.selector)
    moved = work.at(there) if there is not None else ()
    if moved:
        said = f"Câu này nay ở {place_words(moved)}. Lấy lại câu chữ để dẫn đúng chỗ."
        return _Place(Standing.MOVED, moved, there, said)
    if within is not None:
        said = ("Bản trong kho nay có chữ khác (chữ gạch: đã trích; chữ gạch chân: nay có). Lấy "
                "lại câu chữ, hoặc bỏ câu trích.")  # fmt: skip
        return _Place(Standing.CHANGED, path, None, said, tuple(words_diff(exact, now)))
    said = ("Văn bản không còn chỗ này và không thấy câu này ở chỗ khác. Tìm chỗ đúng rồi thêm "
            "lại, hoặc bỏ câu trích.")  # fmt: skip
    return _Place(Standing.GONE, (), None, said)


def _superseded(
    work: _Work, told: Sequence[Wording], passage: Passage, day: date
) -> tuple[Standing, str] | None:
    """Are the words no longer those of *day*, or is that not known, by what amends their place?"""
    dated = [w for w in told if w.by and w.since and w.since <= day.isoformat()]
    if dated and not _holds(dated[-1], passage):
        last = dated[-1]
        what = f"{_day(last)}, {work.by(last)}"
        if last.text:
            return Standing.SUPERSEDED, (f"Chỗ này đã có câu chữ mới {what}. Trích câu chữ mới, "
                                         "hoặc nói rõ đây là câu chữ cũ.")  # fmt: skip
        return Standing.SUPERSEDED, (f"Chỗ này đã thay đổi {what}: {last.reason.rstrip('.')}. "
                                     "Đọc văn bản ấy trước khi trích.")  # fmt: skip
    for wording in told:
        if wording.by and not wording.since and not _holds(wording, passage):
            return Standing.UNSURE, (f"Chỗ này có thay đổi {work.by(wording)}, kho không biết từ "
                                     "ngày nào. Đọc văn bản ấy trước khi trích.")  # fmt: skip
    return None


_WITHOUT_FORCE = (State.CEASED, State.NOT_YET, State.SUSPENDED)


def _without_force(status: Status) -> str:
    why = f" ({status.reason.rstrip('.')})" if status.reason else ""
    return (f"{status.words}{why}. Chỉ trích khi nói rõ điều ấy với người đọc, và ghi lý do cho "
            "xuất.")  # fmt: skip


def _coming(work: _Work, told: Sequence[Wording], passage: Passage, day: date) -> str:
    """That the words hold today and not much longer, "" where nothing is known to come."""
    for wording in told:
        later = (wording.since or "") > day.isoformat() and wording.by is not None
        if later and not _holds(wording, passage):
            return f"Chỗ này sẽ thay đổi {_day(wording)}, {work.by(wording)}."
    return ""


def _holds(wording: Wording, passage: Passage) -> bool:
    return plain(passage.selector.exact) in plain(wording.text)


def _day(wording: Wording) -> str:
    return f"từ {display_date(wording.since)}" if wording.since else "không rõ từ ngày nào"


def _nearest(exact: str, now: str) -> str:
    """The stretch of a provision that is most like the words that were taken from it."""
    mine, theirs = plain(exact).split(), plain(now).split()
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks:
        return " ".join(theirs)
    start = max(0, blocks[0].b - blocks[0].a)
    left = len(mine) - blocks[-1].a - blocks[-1].size
    return " ".join(theirs[start : blocks[-1].b + blocks[-1].size + left])


def _since(work: _Work, told: Sequence[Wording], passage: Passage) -> Iterator[str]:
    """Since when the words hold, and what stood there before, each a sentence."""
    at = next((n for n, wording in enumerate(told) if _holds(wording, passage)), None)
    if at is None:
        yield "Kho chưa đủ căn cứ để nói câu chữ này có từ ngày nào."
        return
    by = f", {work.by(told[at])}" if told[at].by else ""
    if told[at].since:
        yield f"Có hiệu lực {_day(told[at])}{by}."
    else:
        yield f"Chưa rõ có hiệu lực từ ngày nào{by}."
    if at == 0:
        yield "Trước đó: kho không có câu chữ nào cũ hơn của chỗ này."
    elif told[at - 1].text:
        yield f"Trước đó: “{plain(told[at - 1].text)}”"
    else:
        yield f"Trước đó: {told[at - 1].reason.rstrip('.')}."
