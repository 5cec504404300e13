"""The verdict on a page, by what its words are."""

from __future__ import annotations

import pytest

from ingest.extract.verdict import Verdict, is_syllable, verdict

GOOD = "Căn cứ quyết định giả định của phòng về việc kiểm thử nhận dạng chữ, " * 6
LAYER = "Can cir Quyt djnh st 1675 cua phong ve viec kim thir nhn dng ch, " * 6


@pytest.mark.parametrize(
    ("text", "letters", "pictures", "expected"),
    [
        (GOOD, 400, 0.0, Verdict.TEXT),
        (GOOD, 400, 1.0, Verdict.TEXT),
        ("Trang 9", 6, 0.0, Verdict.BLANK),
        ("", 0, 0.3, Verdict.BLANK),
        ("", 0, 0.6, Verdict.SCAN),
        ("Người nhận", 9, 0.6, Verdict.SCAN),
        (LAYER, 400, 1.0, Verdict.GARBLED),
        ("An English page is no Vietnamese one. " * 12, 400, 0.0, Verdict.GARBLED),
        ("Biểu 1: STT, Name, Total, VND, USD, " * 2, 60, 0.0, Verdict.TEXT),  # too few to tell
        (GOOD + "\ue123" * 12, 400, 0.0, Verdict.GARBLED),
        (GOOD + "(cid:12)" * 9, 400, 0.0, Verdict.GARBLED),
    ],
)
def test_verdict(text: str, letters: int, pictures: float, expected: Verdict) -> None:
    assert verdict(text, letters, pictures) is expected


def test_syllables() -> None:
    words = "nghiêng khuyết giường quyển của ở uỷ ban yêu hoàng thuở ngoằn xoè đặc ích gì quốc"
    assert [word for word in words.split() if not is_syllable(word)] == []
    strange = "djnh st wte cir2 nhf bcd strang thw"
    assert [word for word in strange.split() if is_syllable(word)] == []
