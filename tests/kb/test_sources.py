"""The way back from parsed text to its file, and the words as printed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest import Extracted
from ingest.clean import clean
from ingest.extract.lines import Draft, place
from ingest.sniff import PDF, TEXT
from kb.sources import Source, SourceLine, own_words, pages_of, printed
from kb.store import codec
from kb.text import OffsetMap, Span, match_text

PAPER = st.text(
    st.sampled_from("aăâbcdđeêĐ ÐðẾ-–“”‘’ếo\u0301\u0302\u00a0\u00ad\u200b\uf0b7\u0002\t0123/.;р"),
    max_size=80,
)
PAGES = st.lists(
    st.builds(Draft, PAPER, st.sampled_from([1, 1, 2, 3]), box=st.just((1.0, 2.0, 3.0, 4.0))),
    max_size=12,
)


def source_of(extracted: Extracted, back: OffsetMap) -> Source:
    lines = tuple(
        SourceLine(x.offset, x.offset + len(x.text), x.page, x.box, x.cell, x.confidence, x.reach)
        for x in extracted.lines
    )
    return Source("0" * 64, extracted.text, lines, back)


@given(PAPER)
def test_printed_is_as_long_and_reads_the_same(text: str) -> None:
    made = match_text(text)
    shown = printed(made.text, text, made.map)
    assert len(shown) == len(made.text)
    assert match_text(shown).text == made.text


def test_printed_has_the_paper_s_own_characters() -> None:
    paper = "Ðiều\u00a05.  “Giả định” – mục ‘a’, số 20/2030/NÐ\u0002CP\u00ad, a\u0306"
    made = match_text(paper)
    assert made.text == "Điều 5. \"Giả định\" - mục 'a', số 20/2030/NĐ-CP, ă"
    assert printed(made.text, paper, made.map) == (
        "Ðiều 5. “Giả định” – mục ‘a’, số 20/2030/NÐ-CP, ă"
    )
    assert shown_of("\uf0b7 о\u0302ng, р) а\u0301b") == "• ông, р) áb"


def shown_of(paper: str) -> str:
    made = match_text(paper)
    return printed(made.text, paper, made.map)


@given(PAGES, st.sampled_from([PDF, TEXT]))
def test_every_word_has_its_line(drafts: list[Draft], media: str) -> None:
    extracted = Extracted(place(drafts), media)
    cleaned = clean(extracted)
    source = source_of(extracted, cleaned.source)
    for at, character in enumerate(cleaned.text):
        places = source.places(Span(at, at + 1))
        if character == "\n":
            continue
        if not places:
            # The space that joins two lines stands for the break between them.
            assert character == " "
            assert "\n" in cleaned.source.source(Span(at, at + 1)).of(extracted.text)
            continue
        (found,) = places
        line = extracted.lines[found.line - 1]
        assert (found.page, found.box) == (line.page, line.box)
        (span,) = found.spans
        assert span == cleaned.source.source(Span(at, at + 1))
        assert line.offset <= span.start < span.end <= line.offset + len(line.text)
    whole = source.places(Span(0, len(cleaned.text)))
    assert [found.line for found in whole] == sorted({found.line for found in whole})


def test_a_running_head_between_two_lines_is_no_part_of_a_provision() -> None:
    full = "Câu giả định này đủ dài để chạm lề phải của trang giấy nên bị ngắt dòng ở"
    pages = [[f"TRƯỜNG GIẢ ĐỊNH trang {n}", f"{n}. {full}", "đây."] for n in (1, 2, 3)]
    pages[1][1] = "và đi tiếp sang trang hai."
    pages[0].pop()
    drafts = [
        Draft(text, n, box=(0.0, float(row), 1.0, row + 1.0))
        for n, page in enumerate(pages, 1)
        for row, text in enumerate(["TRƯỜNG GIẢ ĐỊNH", *page[1:]])
    ]
    extracted = Extracted(place(drafts), PDF, 3)
    cleaned = clean(extracted)
    source = source_of(extracted, cleaned.source)
    text = cleaned.lines[0].text
    assert text == f"1. {full} và đi tiếp sang trang hai."
    places = source.places(Span(0, len(text)))
    assert [(found.page, found.line) for found in places] == [(1, 2), (2, 4)]
    assert [found.words(extracted.text) for found in places] == [
        f"1. {full}", "và đi tiếp sang trang hai.",
    ]  # fmt: skip
    assert list(pages_of(places)) == [1, 2]


@given(PAGES)
def test_what_is_packed_comes_out_the_same(drafts: list[Draft]) -> None:
    extracted = Extracted(place(drafts), PDF)
    cleaned = clean(extracted)
    source = source_of(extracted, cleaned.source)
    assert codec.unpack(codec.pack(source.text)) == source.text
    assert codec.unpack_lines(codec.pack_lines(source.lines)) == source.lines
    back = codec.unpack_map(codec.pack_map(source.map))
    assert (back.starts, back.ends) == (source.map.starts, source.map.ends)


def test_what_was_taken_out_of_a_line_is_no_part_of_its_words() -> None:
    note = "[Khoản này được sửa đổi bởi Luật giả định 1/2030/QH99 có hiệu lực từ ngày 01/01/2031]"
    extracted = Extracted(place([Draft(f"1. Người thử {note} có quyền  thử.")]), TEXT)
    cleaned = clean(extracted)
    (found,) = source_of(extracted, cleaned.source).places(Span(0, len(cleaned.text)))
    assert found.words(extracted.text) == "1. Người thử có quyền  thử."
    assert [span.of(extracted.text) for span in cleaned.dropped] == [f"{note} "]


def test_words_that_do_not_stand_in_the_text_stay_as_they_are() -> None:
    assert own_words('"a"', 'x "a"', "x “a”", Span(0, 5)) == "“a”"
    assert own_words("b c", "b\nc", "b\nc", Span(0, 3)) == "b c"
    assert own_words("", "b", "b", Span(0, 1)) == ""
