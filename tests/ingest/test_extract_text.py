"""Plain text: encodings, Markdown's signs, pages."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract.text import read_text
from kb.errors import UnreadableFile

PAPER = (
    "TRƯỜNG GIẢ ĐỊNH\nSố: 01/KH-TGĐ\nKẾ HOẠCH\nHoạt động của nhà trường năm 2030\n"
    "Điều 1. Công việc của các bộ phận được phân công và theo dõi về số lượng.\n"
)


def _texts(content: bytes) -> list[str]:
    return [line.text for line in read_text(content).lines]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_unicode_encodings_read_alike(encoding: str) -> None:
    assert read_text(PAPER.encode(encoding)).text == PAPER


def test_windows_1258_is_read_when_it_is_vietnamese() -> None:
    # The code page has the vowels with hats and horns, and the tones apart.
    tones = {
        "\u0300": "\xcc",
        "\u0301": "\xec",
        "\u0303": "\xde",
        "\u0309": "\xd2",
        "\u0323": "\xf2",
    }
    out = bytearray()
    for letter in PAPER:
        pieces = unicodedata.normalize("NFD", letter)
        marks = [c for c in pieces[1:] if c in tones]
        rest = unicodedata.normalize("NFC", "".join(c for c in pieces if c not in tones))
        out += rest.encode("cp1258") + "".join(tones[m] for m in marks).encode("latin-1")
    assert read_text(bytes(out)).text == PAPER


@pytest.mark.parametrize(
    "content", [b"\x81\x8d\xfe\xff \x90 abc", "été à la plage ".encode("cp1252") * 9]
)
def test_unknown_encoding_is_refused_with_what_to_do(content: bytes) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_text(content)
    assert caught.value.code == "text-encoding"
    assert "UTF-8" in caught.value.hint


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("## II. NỘI DUNG", "II. NỘI DUNG"),
        ("**Điều 5.** Giả định", "Điều 5. Giả định"),
        ("#### ***", "***"),
        (r"1\. Mục đích", "1. Mục đích"),
        ("> Nguồn: giả định", "Nguồn: giả định"),
        ("Xem [Điều 2](#dieu-2) và [3]", "Xem Điều 2 và [3]"),
        ("*****", "*****"),
        ("- Lưu: VT.", "- Lưu: VT."),
        ("2 * 3 ** 4", "2 * 3 ** 4"),
    ],
)
def test_signs_of_markdown_are_taken_off(written: str, read: str) -> None:
    assert _texts(written.encode()) == [read]


def test_rows_of_a_markdown_table_come_cell_by_cell() -> None:
    lines = read_text("| TT | Việc |\n|---|:--|\n| 1 | **Họp** |".encode()).lines
    assert [(line.text, line.cell) for line in lines] == [
        ("TT", (1, 0, 0)), ("Việc", (1, 0, 1)), ("1", (1, 1, 0)), ("Họp", (1, 1, 1)),
    ]  # fmt: skip


def test_a_form_feed_begins_a_page() -> None:
    extracted = read_text(b"mot\fhai\nba\f")
    assert extracted.pages == 2
    assert [line.page for line in extracted.lines if line.text] == [1, 2, 2]


@given(st.text(max_size=300))
def test_every_line_stands_at_its_offset_and_is_composed(text: str) -> None:
    extracted = read_text(text.encode("utf-8", "replace"))
    for line in extracted.lines:
        assert extracted.text[line.offset : line.offset + len(line.text)] == line.text
        assert "\n" not in line.text
        assert unicodedata.is_normalized("NFC", line.text)
