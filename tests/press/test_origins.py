"""Where the words of a pack were taken from is said to those it goes to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kb.dossiers.origins import origins
from kb.source_names import official, site_name
from kb.store.library import Library

KEY = "luat/2024/901/qh15"


@pytest.mark.parametrize(
    ("url", "name", "known"),
    [
        ("https://vbpl.vn/a", "Cơ sở dữ liệu quốc gia về văn bản pháp luật (vbpl.vn)", True),
        ("https://www.quochoi.vn/a", "Cổng thông tin điện tử Quốc hội (quochoi.vn)", True),
        ("https://moet.gov.vn/a", "trang moet.gov.vn", True),
        ("https://luat.example.vn/gov.vn", "trang luat.example.vn", False),
        ("https://gov.vn.example.com/a", "trang gov.vn.example.com", False),
    ],
)
def test_sites_are_called_as_a_reader_knows_them(url: str, name: str, known: bool) -> None:
    assert (site_name(url), official(url)) == (name, known)


def test_a_copy_of_nowhere_is_to_be_compared_with_the_official_one(library: Library) -> None:
    (said,) = origins(library, (KEY, KEY, "khong/co"))
    assert (
        "lấy từ một bản sao trong kho văn bản của đơn vị, chưa có gì xác nhận là bản chính thức"
        in said
    )
    assert said.endswith("trước khi dùng.")
    assert "phải đối chiếu với bản chính thức do Quốc hội ban hành" in said


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://congbao.chinhphu.vn/1", "lấy từ Công báo (congbao.chinhphu.vn), ngày "),
        ("https://luat.example.vn/1", "bản sao ở trang luat.example.vn, không phải bản chính thức"),
    ],
)
def test_a_fetched_text_names_its_site(
    library: Library, monkeypatch: pytest.MonkeyPatch, url: str, said: str
) -> None:
    kept = Library.file
    monkeypatch.setattr(
        Library, "file", lambda self, sha: (f := kept(self, sha)) and replace(f, url=url)
    )
    assert said in origins(library, (KEY,))[0]
