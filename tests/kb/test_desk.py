"""What people made: kept, never overwritten, and judged against the words it was said of."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from kb.confirmations import TEXT, Confirmation, State, Vouched, with_typed
from kb.documents import Document
from kb.errors import CanCuError
from kb.findings import Finding, Severity
from kb.sources import Place, Source, SourceLine
from kb.store.desk import Desk
from kb.text import OffsetMap, Span

FILE = "a" * 64
DAY = "2026-11-26T02:00:00+00:00"


def values(desk: Desk) -> list[tuple[str, int, str, str]]:
    return [(said.what, said.page, said.value, said.by) for said in desk.confirmations(FILE)]


def test_the_last_word_holds_and_can_be_undone(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "moi" / "desk.db")
    assert values(desk) == []
    desk.add(FILE, "number", "1/KH-A", by="A", at=DAY, why="viết tay")
    desk.add(FILE, "number", "7/KH-A", by="B", at=DAY, why="đọc lại")
    desk.add(FILE, TEXT, "x", by="A", at=DAY, page=2)
    desk.add("b" * 64, "number", "9/KH-A", by="A", at=DAY, why="tệp khác")
    assert values(desk) == [("number", 0, "7/KH-A", "B"), (TEXT, 2, "x", "A")]
    desk.undo(desk.confirmations(FILE)[0], by="A", at=DAY, why="nhầm")
    assert values(desk) == [("number", 0, "1/KH-A", "A"), (TEXT, 2, "x", "A")]
    assert values(Desk(tmp_path / "moi" / "desk.db")) == values(desk)


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    Desk(path).add(FILE, "number", "1/KH-A", by="A", at=DAY, why="viết tay")
    with closing(sqlite3.connect(path)) as connection:
        for statement in ("DELETE FROM confirmations", "UPDATE confirmations SET by = 'C'"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                connection.execute(statement)


def test_a_desk_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    Desk(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(CanCuError, match="phiên bản mới hơn"):
        Desk(path)


def source(*lines: tuple[str, int | None, float | None]) -> Source:
    placed, at = [], 0
    for text, page, confidence in lines:
        placed.append(SourceLine(at, at + len(text), page, None, None, confidence))
        at += len(text) + 1
    return Source(FILE, "\n".join(text for text, *_ in lines), tuple(placed), OffsetMap([], []))


def place(page: int | None, confidence: float | None) -> Place:
    return Place(1, (Span(0, 1),), page, None, confidence)


def said(page: int, stamp: str) -> Confirmation:
    return Confirmation(1, FILE, TEXT, page, stamp, "A", DAY)


def test_the_least_sure_line_decides() -> None:
    mixed = source(("chữ gõ", 1, None), ("chữ ảnh", 1, 0.9), ("ảnh", 2, 0.8))
    vouched = Vouched(mixed, quotable=True)
    assert (vouched.whole, vouched.unconfirmed, vouched.partly) == (State.UNCONFIRMED, [1, 2], True)
    assert vouched.state([place(1, None)]) is State.TYPED
    assert vouched.state([place(1, None), place(1, 0.9)]) is State.UNCONFIRMED
    once = Vouched(mixed, quotable=True, confirmations=[said(1, vouched.stamps[1])])
    assert once.state([place(1, 0.9)]) is State.CONFIRMED
    assert once.state([place(1, 0.9), place(2, 0.8)]) is State.UNCONFIRMED
    assert once.whole is State.UNCONFIRMED


def test_a_confirmation_is_of_the_very_words() -> None:
    stamp = Vouched(source(("chữ ảnh", 1, 0.9)), quotable=False).stamps[1]
    anew = Vouched(source(("chữ anh", 1, 0.9)), quotable=False, confirmations=[said(1, stamp)])
    assert (anew.whole, len(anew.stale)) == (State.UNCONFIRMED, 1)


def test_without_confidences_the_whole_is_recognised() -> None:
    vouched = Vouched(source(("chữ ảnh", None, None)), quotable=False)
    assert (vouched.whole, vouched.unconfirmed) == (State.UNCONFIRMED, [0])
    assert Vouched(source(("chữ gõ", None, None)), quotable=True).whole is State.TYPED


def test_what_is_typed_settles_the_doubts_it_answers() -> None:
    doubts = [Finding(code, Severity.WARNING, "", "") for code in ("number-blank", "date-partial")]
    typed = Confirmation(1, FILE, "number", 0, "7/KH-A", "Nguyễn Văn Thử", DAY, "viết tay")
    document, left = with_typed(
        Document("", "Kế hoạch", "/KH-A", "", ""), doubts, [typed, said(1, "x")]
    )
    assert document.number == "7/KH-A"
    assert [found.code for found in left] == ["date-partial", "typed-by-person"]
    assert left[1].message == (
        "Số, ký hiệu 7/KH-A do Nguyễn Văn Thử nhập ngày 26/11/2026 (viết tay). Máy đọc được: /KH-A."
    )
