"""A portal's notes inside sentences become claims; what is no such note stays the paper's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.catalogue import load_vocabulary
from kb.portal_notes import NOTE, RawNote, is_read, read_note, read_notes
from kb.structure import Level, Node
from kb.text import Span

VOCABULARY = load_vocabulary(Path(__file__).parents[2] / "corpus")
ARTICLE = Node("art_3", Level.ARTICLE, "Điều 3.", "3", "", Span(0, 60), Span(0, 20))
CLAUSE = Node("art_3__cl_2", Level.CLAUSE, "2.", "2", "", Span(20, 60), Span(20, 60))
PATH = (ARTICLE, CLAUSE)


def read(note: str) -> list[tuple[str, str, str, str | None]]:
    return [(c.provision, c.verb, c.number, c.since) for c in read_note(note, PATH, VOCABULARY)]


@pytest.mark.parametrize(
    ("note", "claims"),
    [
        (
            "[Khoản này được hướng dẫn bởi Điều 4 Nghị định 12/2031/NĐ-CP có hiệu lực từ ngày "
            "01/03/2031 (VB hết hiệu lực: 01/07/2035)]",
            [("art_3__cl_2", "guides", "12/2031/NĐ-CP", "2031-03-01")],
        ),
        (
            "[Điều này được sửa đổi bởi Khoản 2 Điều 1 Thông tư 8/2032/TT-BTC có hiệu lực thi "
            "hành kể từ ngày 15 tháng 5 năm 2032]",
            [("art_3", "amends", "8/2032/TT-BTC", "2032-05-15")],
        ),
        (
            "[Cụm từ này bị bãi bỏ bởi Điều 9 Nghị định 7/2033/NĐ-CP có hiệu lực từ ngày "
            "01/01/2034]",
            [("art_3__cl_2", "repeals_partly", "7/2033/NĐ-CP", "2034-01-01")],
        ),
        (
            "[Khoản này hết hiệu lực bởi Điều 9 Nghị định 7/2033/NĐ-CP có hiệu lực từ ngày "
            "01/01/2034]",
            [("art_3__cl_2", "repeals_partly", "7/2033/NĐ-CP", "2034-01-01")],
        ),
        (
            "[Việc trông vườn chữ được hướng dẫn bởi Công văn 88/BTC-TCT năm 2033]",
            [("art_3__cl_2", "guides", "88/BTC-TCT", None)],
        ),
        (
            "[Điều được hướng dẫn bởi Chương 2 Nghị định 12/2031/NĐ-CP có hiệu lực từ ngày "
            "01/03/2031 Nội dung hướng dẫn Điều này tại Nghị định 12/2031/NĐ-CP nay được sửa đổi "
            "bởi Khoản 8 đến Khoản 10 Điều 1 Nghị định 40/2034/NĐ-CP có hiệu lực từ ngày "
            "15/08/2034]",
            [
                ("art_3", "guides", "12/2031/NĐ-CP", "2031-03-01"),
                ("art_3__cl_2", "amends", "40/2034/NĐ-CP", "2034-08-15"),
            ],
        ),
        (
            "[Khoản này được sửa đổi bởi Khoản 13 Điều 2 Luật Đất đai sửa đổi 2031 (VB hết hiệu "
            "lực: 01/03/2035)]",
            [("art_3__cl_2", "amends", "", None)],
        ),
    ],
)
def test_claims_of_a_note(note: str, claims: list[tuple[str, str, str, str | None]]) -> None:
    assert NOTE.fullmatch(note)
    assert read(note) == claims
    assert is_read(note, list(read_note(note, PATH, VOCABULARY)))


def test_a_claim_keeps_the_notes_words() -> None:
    (claim,) = read_note("[Điểm này bị bãi bỏ bởi Điều 9 Nghị định 7/2033/NĐ-CP]", PATH, VOCABULARY)
    assert claim.about == "Điểm này"
    assert claim.object == "Điều 9 Nghị định 7/2033/NĐ-CP"
    assert claim.words == "Điểm này bị bãi bỏ bởi Điều 9 Nghị định 7/2033/NĐ-CP"


def test_a_claim_without_a_document_is_not_read() -> None:
    note = "[Điều này được hướng dẫn bởi cơ quan có thẩm quyền]"
    assert read(note) == []
    assert not is_read(note, [])


@pytest.mark.parametrize(
    "words",
    [
        "8.[8] (được bãi bỏ)",
        "[7] Khoản này được sửa đổi theo Luật giả định.",
        "[Điền tên cơ quan được giao]",
        "[Vườn chữ này không bị ai bãi bỏ cả]",
    ],
)
def test_brackets_of_the_paper_itself_are_no_notes(words: str) -> None:
    assert NOTE.search(words) is None


def test_a_note_belongs_to_what_stands_before_it() -> None:
    text = "Điều 3. Vườn chữ\n2. Người trông vườn tưới chữ.\n3. Hàng rào cao một mét."
    second, third = text.index("2. "), text.index("3. Hàng")
    clauses = tuple(
        Node(f"art_3__cl_{number}", Level.CLAUSE, f"{number}.", number, "", span, span)
        for number, span in (("2", Span(second, third)), ("3", Span(third, len(text))))
    )
    whole = Span(0, len(text))
    article = Node("art_3", Level.ARTICLE, "Điều 3.", "3", "", whole, Span(0, second), clauses)
    root = Node("", Level.DOCUMENT, "", "", "", whole, Span(0, 0), (article,))
    note = "[Khoản này bị bãi bỏ bởi Điều 9 Nghị định 7/2033/NĐ-CP]"
    (claim,) = read_notes([RawNote(third - 1, note)], text, root, VOCABULARY)
    assert claim.provision == "art_3__cl_2"
