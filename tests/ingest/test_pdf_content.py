"""The quick way through a page's instructions says what pdfminer's parser says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdfminer.pdfinterp import PDFContentParser
from pdfminer.pdftypes import PDFStream
from pdfminer.psparser import LIT, PSEOF, PSKeyword

from ingest.extract.pdf_content import Operator, tokens


def theirs(content: bytes) -> list[object]:
    parser = PDFContentParser([PDFStream({}, content)])
    found: list[object] = []
    while True:
        try:
            _, token = parser.nextobject()
        except PSEOF:
            return found
        found.append(Operator(token.name) if isinstance(token, PSKeyword) else token)


NUMBERS = st.one_of(
    st.integers(-9999, 9999).map(str),
    st.decimals(-999, 999, places=3).map(lambda number: f"{number:f}"),
    st.sampled_from(["-.5", "+3", "7.", "007"]),
)
STRINGS = st.one_of(
    st.text("aZ 09/[]<>%\n", max_size=9).map(lambda text: f"({text})"),
    st.sampled_from([r"(a\(b\)c)", r"(\101\n\\)", "<48656C6C6F>", "<>", "()"]),
)
NAMES = st.sampled_from(["/F1", "/TT0.5", "/Span", "/a-b"])
SIMPLE = st.one_of(NUMBERS, STRINGS, NAMES, st.sampled_from(["true", "false"]))
ARRAYS = st.lists(SIMPLE, max_size=4).map(lambda items: f"[{' '.join(items)}]")
DICTS = st.lists(st.tuples(NAMES, SIMPLE), max_size=3).map(
    lambda pairs: "<<" + " ".join(f"{name} {value}" for name, value in pairs) + ">>"
)
OPERATORS = st.sampled_from(["BT", "ET", "Tj", "TJ", "T*", "'", '"', "re", "f*", "BDC", "Do", "q"])
CONTENT = st.lists(st.one_of(SIMPLE, ARRAYS, DICTS, OPERATORS), max_size=30)


@given(CONTENT, st.sampled_from([" ", "\n", "\r\n  "]))
def test_the_same_tokens_as_pdfminer(parts: list[str], space: str) -> None:
    content = space.join(parts).encode()
    assert tokens(content) == theirs(content)


@given(st.binary(max_size=60))
def test_no_bytes_break_it(content: bytes) -> None:
    found = tokens(content)
    assert found is None or isinstance(found, list)


@pytest.mark.parametrize(
    "content",
    [
        b"BI /W 1 /H 1 ID \x00\xff EI",
        b"(a (nested) string) Tj",
        b"[" * 100_000,
        b"[1 2",
        b"<< /A >> BDC",
        b"/A#20B gs",
        b"% a comment\n1 w",
        b"12Tf",
        b"[ Tj ]",
    ],
)
def test_what_it_does_not_know_is_left_to_pdfminer(content: bytes) -> None:
    assert tokens(content) is None


def test_tokens() -> None:
    assert tokens(rb"/F 12 Tf [(a) -3.5 <41>] TJ") == [
        LIT("F"), 12, b"Tf", [b"a", -3.5, b"A"], b"TJ",
    ]  # fmt: skip
