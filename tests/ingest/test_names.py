"""A file's name against the paper in it."""

from __future__ import annotations

import pytest

from ingest.catalogue import load_vocabulary
from ingest.names import name_findings
from ingest.pipeline import CORPUS
from kb.documents import Document

DECREE = Document("", "Nghị định", "91/2031/NĐ-CP", "Giả định", "Chính phủ", "2031-03-15")
PLAN = Document("", "Kế hoạch", "91/KH-SGĐ", "Giả định", "Sở Giả định", "2031-03-15")
CONSOLIDATED = Document("", "Văn bản hợp nhất", "9/VBHN-VPQH", "Luật Giả định", "", "2031-03-15")


@pytest.mark.parametrize(
    ("name", "document", "said"),
    [
        ("luat_gia_dinh_51_2010.pdf", DECREE, "số 51 năm 2010"),
        ("Nghị định 90-2031-NĐ-CP.pdf", DECREE, "số 90 năm 2031"),
        ("luat_gia_dinh.pdf", DECREE, "Luật"),
        ("thông tư giả định.docx", PLAN, "Thông tư"),
        ("KH 90-KH-2031.docx", PLAN, "số 90 năm 2031"),
        # These say the same, or nothing.
        ("nghi_dinh_91_2031_nd_cp.pdf", DECREE, ""),
        ("91-2031-ND-CP_signed_signed.pdf", DECREE, ""),
        ("van ban 15-3-2031.pdf", DECREE, ""),
        ("ke hoach tuan 12-2031.docx", PLAN, ""),
        ("91_KH_2031.docx", PLAN, ""),
        ("luat_51_2010_va_nd_91_2031.pdf", DECREE, ""),
        ("quét 001.pdf", DECREE, ""),
        ("luat_gia_dinh.pdf", CONSOLIDATED, ""),
        ("luat_51_2010.pdf", Document("", "", "", "", ""), ""),
    ],
)
def test_a_name_that_says_another_paper_is_told(name: str, document: Document, said: str) -> None:
    found = name_findings(name, document, load_vocabulary(CORPUS).types)
    assert [finding.code for finding in found] == ["name-contradicts"] * bool(said)
    assert all(said in finding.message and finding.hint for finding in found)
