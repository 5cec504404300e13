"""A library of the corpus and three invented papers, and a draft checked against it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from ingest import pipeline
from ingest.catalogue import load_press_rules, load_vocabulary
from kb.config import Settings
from kb.press import Checked
from kb.press.check import check
from kb.press.fetch import catalogue_of, fetch
from kb.store.generations import current
from kb.store.library import Library
from tests.libraries import corpus_library

CORPUS = Path(__file__).parents[2] / "corpus"
TODAY = date(2026, 11, 26)
LAW = """QUỐC HỘI
Luật số: 901/2024/QH15

LUẬT
KHU VƯỜN GIẢ ĐỊNH

Điều 1. Phạm vi
Luật này quy định việc trồng hoa giả định trong vườn trường.
Điều 2. Thời hạn
1. Hoa được tưới trong 15 ngày làm việc kể từ ngày trồng.
2. Vườn có ít nhất 30% diện tích là cây bóng mát, gồm:
a) Cây lâu năm;
b) Cây bụi;
đ) Cây leo.
Điều 3. Hiệu lực
Luật này có hiệu lực từ ngày 01 tháng 01 năm 2025.
"""
SECRET = """ỦY BAN VƯỜN GIẢ ĐỊNH
Số: 902/BC-UBVGĐ
MẬT

BÁO CÁO
Về việc giả định đếm hoa trong vườn

1. Hoa đã được đếm xong trong vườn giả định của trường.
2. Kết quả chỉ dùng để thử.
"""


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    made = Settings(tmp_path_factory.mktemp("bao-chi"))
    folder = tmp_path_factory.mktemp("giay")
    for name, text in (("luat.txt", LAW), ("mat.txt", SECRET)):
        (folder / name).write_text(text, encoding="utf-8")
    corpus_library(made)
    pipeline.ingest(made, sorted(folder.iterdir()), lambda *_: None)
    return made


@pytest.fixture(scope="session")
def library(settings: Settings) -> Iterator[Library]:
    opened = Library(current(settings.library) / "library.db")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def checked(library: Library) -> Callable[[str], Checked]:
    catalogue = catalogue_of(library, load_vocabulary(CORPUS))
    rules = load_press_rules(CORPUS)

    def made(text: str) -> Checked:
        return check(
            text,
            catalogue,
            rules,
            TODAY,
            lambda wanted: fetch(library, catalogue, wanted, TODAY),
            lambda *_: [],
        )

    return made
