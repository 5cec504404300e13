"""Fonts from before Unicode: read where a block says so, left alone everywhere else."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from viparse.normalize.encodings import CHARMAPS

from ingest import RawFile
from ingest.extract import extract
from ingest.extract.legacy import Legacy, to_unicode, verdict, verdicts
from kb.text import Span

PAPER = (
    "Ủy ban nhân dân huyện Giả Định quy định về việc quản lý hồ sơ và các khoản thu của trường.",
    "Căn cứ Quyết định số 12/2004 của Bộ trưởng Bộ Giả Định về nguồn vốn được cấp từng năm học;",
    "Điều 1. Phạm vi điều chỉnh",
    "1. Những đơn vị được giao nhiệm vụ phải nộp báo cáo trước ngày 15 tháng 9; ở xã thì gửi sau.",
)
NAMES = {Legacy.TCVN3: "tcvn3", Legacy.VNI: "vni", Legacy.VISCII: "viscii"}


def typed_in(text: str, legacy: Legacy) -> str:
    """The text as that font's characters; TCVN3 has no marked capitals of its own."""
    shown = {letter: codes for codes, letter in reversed(CHARMAPS[NAMES[legacy]].pairs)}
    if legacy is Legacy.VNI:
        shown |= {"ẳ": "aú", "Ẳ": "AÚ"}
    out = "".join(shown.get(c, c) for c in text)
    assert legacy is Legacy.TCVN3 or not re.search("[Ăăđơưạ-ỹ]", out)
    return "".join(shown.get(c.lower(), c) if ord(c) > 0xFF else c for c in out)


@pytest.mark.parametrize("legacy", list(Legacy))
def test_a_paper_is_read_whatever_font_it_was_typed_in(legacy: Legacy) -> None:
    typed = "\n".join(typed_in(line, legacy) for line in PAPER)
    extracted = extract(RawFile(typed.encode(), "van-ban.txt"))
    assert [line.text.lower() for line in extracted.lines] == [line.lower() for line in PAPER]
    for line in extracted.lines:
        assert extracted.text[line.offset :].startswith(line.text)
    (finding,) = extracted.findings
    assert finding.code == "legacy-converted"
    assert str(legacy) in finding.message


@pytest.mark.parametrize(
    ("legacy", "encoding"),
    [(Legacy.TCVN3, "cp1252"), (Legacy.VNI, "cp1252"), (Legacy.VISCII, "latin-1")],
)
def test_bytes_of_an_old_font_are_read(legacy: Legacy, encoding: str) -> None:
    typed = "\r\n".join(typed_in(line, legacy) for line in PAPER)
    extracted = extract(RawFile(typed.encode(encoding), "van-ban.txt"))
    assert [line.text.lower() for line in extracted.lines] == [line.lower() for line in PAPER]
    assert [finding.code for finding in extracted.findings] == ["legacy-converted"]


@pytest.mark.parametrize(
    "text",
    [
        "Mã số: ® © ™ µg ± 5%",
        "Mã số: ® © ™ µg ± 5% của lô hàng thử nghiệm ghi trên bao bì",
        "® © ™ µg ± 5% ® © ™ µg ± 5% ® © ™ µg ± 5%",
        "El niño año tras año comió también en la montaña y después bebió café con azúcar.",
        "Für die Übung müssen größere Räume geöffnet werden, außerdem möchten wir früher gehen.",
        "L'été dernier, l'élève a été reçu à l'école après un bref délai de réflexion: où ça va",
        "Nhiệt độ 25°C ± 2°C, diện tích 30 m², ¼ công suất; «Giả Định» × 3",
        "Sè: 82/KH-UBND",
    ],
)
def test_other_text_stays(text: str) -> None:
    assert verdict(text) is None
    paper = "\n".join([text, *PAPER, text])
    extracted = extract(RawFile(paper.encode(), "van-ban.txt"))
    assert extracted.text == unicodedata.normalize("NFC", paper)
    assert not extracted.findings
    assert verdicts([text]) == [None]


def test_a_mixed_paper_is_judged_block_by_block_and_a_short_field_goes_with_its_block() -> None:
    old = [typed_in(line, Legacy.TCVN3) for line in PAPER]
    lines = [*PAPER[:2], "Số: 82/KH", *old[:2], "Sè: 82/KH-UBND", PAPER[3], "Sè: 9"]
    found = verdicts(lines)
    assert found[:3] == [None] * 3
    assert found[3:6] == [Legacy.TCVN3] * 3
    assert found[6:] == [None] * 2


def test_a_foreign_line_in_an_old_paper_stays() -> None:
    old = [typed_in(line, Legacy.TCVN3) for line in PAPER]
    french = "Troisième séance du forum: le développement à côté de la forêt privée"
    assert verdicts([old[0], french, old[1]])[1] is None


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("CéNG HßA X· HéI", "CỘNG HÒA XÃ HỘI"),
        ("Sè: 40/2000/TT-BTC", "Số: 40/2000/TT-BTC"),
        ("ñY BAN", "ỦY BAN"),
        ("®\u00adîc", "được"),
        ("n\u2212íc", "nước"),
        ("3 \u2212 2", "3 \u2212 2"),
        ("của ®Þnh", "của định"),
    ],
)
def test_tcvn3_capitals_soft_hyphens_and_signs(typed: str, read: str) -> None:
    assert to_unicode(typed, Legacy.TCVN3).text == read


def test_vni_has_the_letter_its_table_lacked() -> None:
    assert to_unicode("thaúng", Legacy.VNI).text == "thẳng"


LEGACY_TEXT = st.text("abcaeouyAEO nghÿµ¸¹®\u00ad¬ùøïûõâêäñöôÐð.-/é\u2212ệư", max_size=60)


@given(LEGACY_TEXT, st.sampled_from(list(Legacy)))
def test_every_letter_knows_what_showed_it(text: str, legacy: Legacy) -> None:
    read = to_unicode(text, legacy)
    assert len(read.map) == len(read.text)
    end = 0
    for at in range(len(read.text)):
        source = read.source(Span(at, at + 1))
        # The sources stand side by side and leave nothing out.
        assert source.start == end
        end = source.end
        piece = source.of(text)
        shown = to_unicode("n" + piece, legacy).text[1:]
        assert read.text[at].lower() in (shown.lower(), piece.lower())
    assert end == len(text)
