"""Figures and days beside a citation, compared with its document."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kb.press import Checked


@pytest.mark.parametrize(
    ("words", "figure", "verdict", "reason"),
    [
        # A target of 2021-2025, said as today's.
        ("Theo Quyết định 1929/QĐ-TTg, 80 % trẻ tự kỷ được đi học.", "80 %", "expired",
         "giai đoạn 2021 - 2025, đã hết"),
        ("Giai đoạn 2021-2025, Quyết định 1929/QĐ-TTg đặt 80% trẻ.", "80%", "found", "đã hết"),
        ("Theo Quyết định 1929/QĐ-TTg, 93% trẻ được đi học.", "93%", "unverified",
         "chưa có toàn văn"),
        ("Khoản 1 Điều 2 Luật Khu vườn giả định cho 15 ngày làm việc.", "15 ngày làm việc", "found",
         ""),
        ("Khoản 1 Điều 2 Luật Khu vườn giả định cho 15 ngày.", "15 ngày", "not_found",
         "Không thấy con số “15 ngày” ở khoản 1 Điều 2"),
        ("Khoản 1 Điều 2 Luật Khu vườn giả định nêu 30% cây.", "30%", "not_found",
         "Con số này có ở khoản 2 Điều 2."),
        # The school's own count is no claim of the law's.
        ("Theo Luật Khu vườn giả định, trường đã trồng 120 lớp.", "120 lớp", "unverified",
         "nêu rõ"),
        ("Nghị định 244/2026/NĐ-CP có hiệu lực từ ngày 01/8/2026.", "có hiệu lực từ ngày 01/8/2026",
         "differs", "có hiệu lực từ 01/7/2026"),
        ("Nghị định 244/2026/NĐ-CP có hiệu lực từ 01 tháng 7 năm 2026.",
         "có hiệu lực từ 01 tháng 7 năm 2026", "found", ""),
    ],
)  # fmt: skip
def test_figure(
    checked: Callable[[str], Checked], words: str, figure: str, verdict: str, reason: str
) -> None:
    (one,) = checked(words).figures
    assert (one.text, one.span.of(words), one.verdict.value) == (figure, figure, verdict)
    assert reason in one.reason


def test_figures_without_a_citation_are_not_judged(checked: Callable[[str], Checked]) -> None:
    assert not checked("Trường có 12 lớp, 80% học sinh. Năm 2026 dạy 5 ngày một tuần.").figures
