"""Sentences that oblige a school, told from those that do not; the articles are invented."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.obligations import Said, duties, sentences

ARTICLE = """1. Nhà trường phải có tủ thuốc ở mỗi tầng.
2. Ủy ban nhân dân cấp xã phải hỗ trợ nhà trường. Hiệu trưởng không được thu tiền tủ thuốc.
3. Cơ sở giáo dục có trách nhiệm sau đây:
a) Ghi sổ cấp thuốc;
b) Được quyền mua thêm thuốc;
4. Giáo viên ghi sổ hằng ngày."""


def found(text: str, heading: str = "", above: str = "") -> list[tuple[str, Said]]:
    return [(duty.span.of(text), duty.said) for duty in duties(text, heading, above)]


def test_what_a_school_must_may_not_and_is_given() -> None:
    assert found(ARTICLE) == [
        ("1. Nhà trường phải có tủ thuốc ở mỗi tầng.", Said.MUST),
        ("Hiệu trưởng không được thu tiền tủ thuốc.", Said.MUST),
        ("a) Ghi sổ cấp thuốc;", Said.ABOVE),
    ]


def test_a_heading_gives_what_stands_below_it() -> None:
    (duty,) = duties(
        "1. Ghi sổ cấp thuốc.\n2. Khuyến khích trồng cây.", "Trách nhiệm của nhà trường"
    )
    assert (duty.said, duty.above) == (Said.ABOVE, "Trách nhiệm của nhà trường")


@pytest.mark.parametrize(
    "sentence",
    [
        "Tổ chức đoàn thể trong nhà trường có trách nhiệm giữ vệ sinh.",
        "Trường cao đẳng phải có vườn thuốc.",
        "Cơ sở giáo dục đại học phải có vườn thuốc.",
        "Nhà trường không phải nộp báo cáo.",
        "Cơ sở giáo dục được Nhà nước hỗ trợ mua thuốc.",
        "Hiệu trưởng chịu trách nhiệm thi hành Thông tư này.",
        "Nhà trường là nơi học tập.",
    ],
)
def test_what_is_no_duty_of_a_school(sentence: str) -> None:
    assert found(sentence) == []


def test_documents_about_other_schools_are_left_out() -> None:
    assert found(ARTICLE, above="Điều lệ trường cao đẳng") == []


@given(st.text(alphabet="ab .;:\n1)ĐN"))
def test_sentences_lie_in_the_text_in_order(text: str) -> None:
    spans = sentences(text)
    assert all(span.of(text).strip() == span.of(text) != "" for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert "".join("".join(span.of(text) for span in spans).split()) == "".join(text.split())
