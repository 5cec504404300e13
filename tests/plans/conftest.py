"""An invented decree of fifty articles, what amends a clause of it, a plan that stands on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

from ingest import pipeline
from ingest.parse.plan import parse_plan
from kb.config import Settings
from kb.grounds import judge_on
from kb.notices import notices, shelf_for
from kb.plans import Plan
from kb.report import PlanReport, day_of, report, wanted
from kb.store.desk import Desk
from kb.store.generations import current
from kb.store.library import Library
from tests.libraries import corpus_library
from web import create_app

HEAD = """CHÍNH PHỦ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: {number}
Hà Nội, ngày {day} tháng {month} năm {year}
NGHỊ ĐỊNH
{title}
Theo đề nghị của Hội đồng giả định;
Chính phủ ban hành Nghị định giả định dùng để kiểm thử phần mềm.
"""
PLAN = """SỞ GIÁO DỤC GIẢ ĐỊNH
TRƯỜNG VƯỜN CHỮ GIẢ ĐỊNH
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: {number}
Hà Nội, ngày 06 tháng 9 năm 2031
KẾ HOẠCH
Trông vườn chữ giả định năm học 2031-2032
Căn cứ Công văn số 77/SGDGĐ-VP ngày 01/9/2031 của Sở Giáo dục giả định về việc trông vườn;
I. NHIỆM VỤ
{items}
II. TỔ CHỨC THỰC HIỆN
1. Tổ hành chính chuẩn bị bình tưới cho mọi người.
Trên đây là Kế hoạch giả định dùng để kiểm thử./.
"""


def decree(changed: str = "") -> str:
    """Fifty articles of two clauses; *changed* are other words for clause 2 of Article 7."""
    head = HEAD.format(number="901/2030/NĐ-CP", day="04", month="3", year="2030",
                       title="Quy định về vườn chữ giả định")  # fmt: skip
    rows = []
    for n in range(1, 50):
        second = f"Người trông luống {n} đếm chữ mỗi chiều."
        if n == 7 and changed:
            second = changed
        rows.append(f"Điều {n}. Luống thứ {n}\n1. Luống {n} có một người trông.\n2. {second}\n")
    rows.append(
        "Điều 50. Hiệu lực thi hành\n1. Nghị định này có hiệu lực thi hành từ ngày 01 tháng 5 "
        "năm 2030.\n2. Hội đồng giả định thi hành Nghị định này.\n"
    )
    return head + "".join(rows)


AMENDING = HEAD.format(number="955/2032/NĐ-CP", day="06", month="9", year="2032",
    title="Sửa đổi, bổ sung một số điều của Nghị định số 901/2030/NĐ-CP quy định về vườn chữ giả "
    "định") + """Điều 1. Sửa đổi, bổ sung một số điều của Nghị định số 901/2030/NĐ-CP
1. Sửa đổi, bổ sung khoản 2 Điều 7 như sau:
“2. Người trông luống 7 đếm chữ mỗi tối, trừ ngày mưa.”.
Điều 2. Hiệu lực thi hành
Nghị định này có hiệu lực thi hành từ ngày 01 tháng 11 năm 2032.
"""  # fmt: skip
REPLACING = HEAD.format(number="988/2033/NĐ-CP", day="06", month="9", year="2033",
    title="Quy định về vườn chữ và ao chữ giả định") + """Điều 1. Phạm vi
Nghị định này quy định về vườn chữ và ao chữ không có thật.
Điều 2. Hiệu lực thi hành
1. Nghị định này có hiệu lực thi hành từ ngày 01 tháng 11 năm 2033.
2. Nghị định này thay thế Nghị định số 901/2030/NĐ-CP quy định về vườn chữ giả định.
"""  # fmt: skip


def task(n: int) -> str:
    return (f"Thầy cô trông luống số {n}, ghi sổ riêng, theo khoản 2 Điều {n} Nghị định số "
            "901/2030/NĐ-CP ngày 04/3/2030 của Chính phủ.")  # fmt: skip


def school_plan(tasks: list[str] | None = None) -> str:
    rows = tasks if tasks is not None else [task(n) for n in range(1, 51)]
    items = "\n".join(f"{n}. {words}" for n, words in enumerate(rows, 1))
    return PLAN.format(number="12/KH-VCGĐ", items=items)


class School:
    """A library of what it was given, and one desk that outlives it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.desk = Desk(folder / "desk.db")
        self.made = 0

    def library(self, *texts: str) -> Library:
        """A library made anew from these texts."""
        self.made += 1
        papers = self.folder / f"papers-{self.made}"
        papers.mkdir()
        for n, text in enumerate(texts):
            (papers / f"{n}.txt").write_text(text, encoding="utf-8")
        settings = Settings(self.folder / f"data-{self.made}")
        corpus_library(settings)
        pipeline.ingest(settings, sorted(papers.iterdir()), lambda *_: None)
        return Library(current(settings.library) / "library.db")


class Kept:
    """One library that is added to; every file is received at the moment that is set."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.settings, self.folder, self.patch = Settings(folder / "data"), folder, patch
        self.desk = Desk(folder / "desk.db")
        pipeline.rebuild(self.settings, lambda *_: None)

    def add(self, moment: str, *texts: str) -> Library:
        self.patch.setattr(pipeline, "_now", lambda: moment)
        papers = [self.folder / f"{moment[:10]}-{n}.txt" for n, _ in enumerate(texts)]
        for path, text in zip(papers, texts, strict=True):
            path.write_text(text, encoding="utf-8")
        pipeline.ingest(self.settings, papers, lambda *_: None)
        return Library(current(self.settings.library) / "library.db")


def plan_key(library: Library) -> str:
    (key,) = [
        p.document.key for p in library.documents("plan") if p.document.number == "12/KH-VCGĐ"
    ]
    return key


def the_plan(library: Library) -> Plan:
    key = plan_key(library)
    tree = library.tree(key)
    assert tree
    source = library.source(key)
    return parse_plan(library.listed(key).document, library.printed(key), tree, source)


def told(library: Library, desk: Desk, day: date) -> PlanReport:
    plan = the_plan(library)
    key = plan.document.key
    links = library.links(key)
    decisions = desk.decisions(key, [f.sha256 for f in library.files(key)])
    pairs = wanted(links, decisions)
    shelf = shelf_for(library, pairs, decisions)
    judged = judge_on(shelf, pairs, day_of(plan.document), day)
    return report(plan, links, decisions, judged, day, (), notices(shelf, decisions, day))


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    return School(tmp_path)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A library of the decree, the plan and what amends the decree."""
    folder = tmp_path_factory.mktemp("school")
    School(folder).library(decree(), school_plan(), AMENDING).close()
    return Settings(folder / "data-1")


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """Its pages; what was decided is gone after each test."""
    made = create_app(settings)
    yield made
    made.extensions["can-cu"].close()
    settings.desk.unlink(missing_ok=True)
