"""Time grows with the length of a text and with nothing else, whatever stands in it.

Measured in processor time of this process, as a ratio of sizes: a busy machine changes neither.
"""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest

from ingest.catalogue import load_vocabulary
from kb.citations.find import find_citations
from kb.citations.issued import with_issuing
from kb.citations.plain import accented

VOCABULARY = load_vocabulary(Path(__file__).parents[2] / "corpus")
PATTERNS = {
    "clauses": "khoản 1, 2, 3, ",
    "articles without a number": "Điều ",
    "ranges": "Điều 1 đến Điều 2, ",
    "points": "điểm a, b, c khoản ",
    "digits": "1234567/",
    "one number": "1",
    "slashes": "/-",
    "numbers in a chain": "12/2020/NĐ-CP-",
    "numbers cut short": "số 12/QĐ-",
    "blank numbers": "số ....",
    "brackets": "(((",
    "quotes": "“\"'",
    "of": "của ",
    "laws": "Luật ",
    "laws joined": "Luật A và ",
    "amended laws": "sửa đổi, bổ sung một số điều của Luật ",
    "this": "Nghị định này ",
    "issued": "Luật số 1/2020/QH14 do Quốc hội khóa XV, kỳ họp thứ 7 thông qua ",
    "issued in small letters": "luat so 1/2020/qh14 do quoc hoi ",
    "issuers": "của Ủy ban nhân dân tỉnh ",
    "joint issuers": "Quyết định số 1/QĐ-BTC của Bộ Tài chính, Bộ ",
    "dates": "ngày 1 tháng ",
    "aliases": "(sau đây gọi tắt là ",
    "numbers that are none": "12/A-A-",
    "places in a chain": "điểm a khoản 1 Điều 5, ",
    "capitals": "ABCDEFGH",
    "lines": "\n",
    "spaces": " ",
}
SMALL = 40_000  # characters: long enough that what is done once weighs nothing
TIMES = 4
# Linear is 4, quadratic 16; a text's memory and the collector of garbage make it uneven.
BOUND = 9.0


def seconds(text: str) -> float:
    began = time.process_time()
    words = accented(text, VOCABULARY)
    for _ in with_issuing(find_citations(words, VOCABULARY), words, VOCABULARY):
        pass
    return time.process_time() - began


def filled(pattern: str, size: int) -> str:
    return (pattern * (size // len(pattern) + 1))[:size]


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS.keys())
def test_time_grows_with_the_text(pattern: str) -> None:
    find_citations("Điều 1", VOCABULARY)  # the tables are made once
    small, large = filled(pattern, SMALL), filled(pattern, SMALL * TIMES)
    ratios = []
    for _ in range(3):
        ratios.append(seconds(large) / max(seconds(small), 0.002))
        if ratios[-1] < BOUND:
            return
    pytest.fail(f"{TIMES} lần dài hơn thì lâu hơn {min(ratios):.1f} lần")


def test_a_long_text_ends() -> None:
    """All of it in one text: each pattern long enough to hurt where time grew faster than it."""
    share = 3_000_000 // len(PATTERNS)
    text = "\n".join(
        filled(pattern, share * len(pattern) // len(pattern.encode()))
        for pattern in PATTERNS.values()
    )
    assert 2_900_000 < len(text.encode()) < 3_100_000
    found = find_citations(text, VOCABULARY)
    assert found
    assert all(one.span.end <= two.span.start for one, two in pairwise(found))
