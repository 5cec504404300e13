"""Which work a text is: by type, number, issuer, date, title and words, whatever came first.

All papers are invented.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ingest import RawFile
from ingest.catalogue import load_catalogue
from ingest.extract import extract
from ingest.load import Loader, Received
from ingest.originals import Original
from ingest.parse import parse
from ingest.pipeline import CORPUS
from kb.expressions import Expression, Kind
from kb.findings import Severity
from kb.store.library import Library

PUBLISHED = load_catalogue(CORPUS)[0]
# A few of its entries: the test is of texts, and a small library is soon made.
CATALOGUE = replace(PUBLISHED, entries=PUBLISHED.entries[:6], relations=(), digests=())
TASKS = (
    "Các trường rà soát phòng học giả định và lập danh sách thiết bị còn thiếu.",
    "Tổ chuyên môn phân công giáo viên dự giờ theo lịch của tổ trong học kỳ.",
    "Thư viện sắp xếp lại kho sách và mở thêm giờ đọc vào chiều thứ bảy.",
    "Bộ phận y tế kiểm tra nguồn nước uống và báo cáo kết quả trước ngày khai giảng.",
    "Đoàn thanh niên vận động quyên góp áo ấm cho bản làng xa nhất của huyện.",
    "Kế toán công khai các khoản thu trên bảng tin của trường đúng thời hạn.",
)


def plan(
    *, number: str = "", day: str = "", title: str = "Dọn dẹp sân trường giả định",
    tasks: Iterable[str] = TASKS, year: int = 2031, issuer: str = "TRƯỜNG TIỂU HỌC GIẢ ĐỊNH",
) -> str:  # fmt: skip
    """A plan in the true form; number and day are left blank where not given."""
    items = "\n".join(f"{n}. {task}" for n, task in enumerate(tasks, 1))
    return (
        f"PHÒNG GIÁO DỤC HUYỆN GIẢ ĐỊNH\n{issuer}\n\nSố: {number or '    '}/KH-THGD\n\n"
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n"
        f"Giả Định, ngày {day or '   '} tháng 4 năm {year}\n\n"
        f"KẾ HOẠCH\n{title}\n\nI. NỘI DUNG\n{items}\n\n"
        "HIỆU TRƯỞNG\n\n\nNguyễn Văn Giả\n"
    )


def decision(number: str, day: str, issuer: str, words: str) -> str:
    """A decision in the true form."""
    return (
        f"{issuer}\n\nSố: {number}\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        f"Độc lập - Tự do - Hạnh phúc\n\nGiả Định, {day}\n\n"
        f"QUYẾT ĐỊNH\nVề việc giả định {words}\n\nCăn cứ Luật Người khuyết tật số 51/2010/QH12;\n\n"
        f"QUYẾT ĐỊNH:\n\nĐiều 1. Giao đơn vị giả định {words}.\n\n"
        "Điều 2. Quyết định này có hiệu lực kể từ ngày ký.\n\nCHỦ TỊCH\n\n\nTrần Thị Giả\n"
    )


@dataclass(frozen=True)
class Paper:
    """A file to be: its words, what kind of text it is, and when it came."""

    text: str
    kind: Kind | None = None
    received: str = "2031-05-01T00:00:00+00:00"


SIGNED = Paper(plan(number="57", day="14"), Kind.ORIGINAL)
DRAFT = Paper(plan())


def received(paper: Paper) -> Received:
    content = paper.text.encode()
    extracted = extract(RawFile(content, "tệp.txt"))
    sha256 = hashlib.sha256(content).hexdigest()
    return Received(
        Original(Path("tệp.txt"), "tệp.txt", sha256, paper.received),
        len(content),
        extracted,
        parse(extracted, CATALOGUE.vocabulary),
        kind=paper.kind,
    )


def fill(folder: Path, *runs: Sequence[Paper]) -> dict[str, Expression]:
    """A library of these papers; each run takes up what the one before it left."""
    folder.mkdir()
    texts: dict[str, Expression] = {}
    for number, papers in enumerate(runs):
        with Loader(folder, CATALOGUE) as loader:
            if not number:
                loader.load_catalogue(built="", corpus="")
            for paper in papers:
                loader.load(received(paper))
            texts |= loader.finish(lambda *_: None)
    return texts


def state(folder: Path) -> dict[str, Any]:
    """All that a library says, in an order of its own."""
    library = Library(folder / "library.db")
    try:
        keys = [item.document.key for item in library.documents()]
        return {
            key: (
                library.listed(key),
                library.expressions(key),
                library.text(key),
                library.citations(key),
                library.cited_by(key),
                sorted(map(repr, library.relations(key))),
                library.findings(key),
                library.files(key),
                library.links(key),
            )
            for key in keys
        }
    finally:
        library.close()


def works(folder: Path) -> dict[str, list[Expression]]:
    """The works that have a text."""
    library = Library(folder / "library.db")
    try:
        found = {i.document.key: library.expressions(i.document.key) for i in library.documents()}
    finally:
        library.close()
    return {key: texts for key, texts in found.items() if texts}


def codes(folder: Path, key: str) -> set[str]:
    library = Library(folder / "library.db")
    try:
        return {finding.code for finding in library.findings(key)}
    finally:
        library.close()


def test_a_draft_with_blanks_and_the_signed_paper_are_one_work(tmp_path: Path) -> None:
    fill(tmp_path / "a", [DRAFT, SIGNED])
    assert list(works(tmp_path / "a")) == ["kh/2031/57/thgd"]
    shown, draft = works(tmp_path / "a")["kh/2031/57/thgd"]
    assert (shown.kind, draft.kind) == (Kind.ORIGINAL, Kind.DRAFT)
    assert shown.shown
    assert [d.place for d in draft.differs] == ["Số, ký hiệu", "Ngày ban hành"]
    assert {"identified-by-title", "expressions-differ"} <= codes(tmp_path / "a", "kh/2031/57/thgd")


def test_a_draft_loaded_before_gives_its_address_up(tmp_path: Path) -> None:
    fill(tmp_path / "a", [DRAFT])
    assert list(works(tmp_path / "a")) == ["kh/2031/0/don-dep-san-truong-gia-dinh"]
    fill(tmp_path / "b", [DRAFT], [SIGNED])
    fill(tmp_path / "c", [SIGNED, DRAFT])
    assert list(works(tmp_path / "b")) == ["kh/2031/57/thgd"]
    assert state(tmp_path / "b") == state(tmp_path / "c")


def test_last_years_plan_is_not_this_years_draft(tmp_path: Path) -> None:
    fill(tmp_path / "a", [Paper(plan(number="57", day="14", year=2030), Kind.ORIGINAL), DRAFT])
    assert len(works(tmp_path / "a")) == 2


def test_other_words_under_one_title_stay_apart_and_name_the_rival(tmp_path: Path) -> None:
    other = plan(tasks=[task[::-1] for task in TASKS])
    fill(tmp_path / "a", [SIGNED, Paper(other)])
    draft = next(key for key in works(tmp_path / "a") if "/0/" in key)
    library = Library(tmp_path / "a" / "library.db")
    said = [f for f in library.findings(draft) if f.code == "may-be-same-work"]
    library.close()
    assert "kh/2031/57/thgd" in said[0].message
    assert said[0].severity is Severity.WARNING


def test_a_number_is_not_an_identity(tmp_path: Path) -> None:
    day = "ngày 03 tháng 6 năm {}"
    council = "ỦY BAN NHÂN DÂN HUYỆN GIẢ ĐỊNH"
    papers = [
        Paper(decision("753/QĐ-UBND", day.format(2031), council, "lập tổ đọc sách")),
        Paper(decision("753/QĐ-UBND", day.format(2032), council, "lập tổ đọc sách")),
        Paper(decision("753/QĐ-UBND", day.format(2031), "ỦY BAN NHÂN DÂN HUYỆN KHÁC HẲN",
                       "trồng cây ven đường, sửa cầu qua suối và đặt biển báo trước cổng chợ")),
    ]  # fmt: skip
    fill(tmp_path / "a", papers)
    assert len(works(tmp_path / "a")) == 3


def test_the_signed_text_is_shown_and_the_copy_says_where_it_differs(tmp_path: Path) -> None:
    changed = [TASKS[0].replace("thiết bị", "sách vở"), *TASKS[1:]]
    copy = Paper(plan(number="57", day="14", tasks=changed), Kind.COPY, "2031-01-01")
    fill(tmp_path / "a", [copy, SIGNED])
    shown, other = works(tmp_path / "a")["kh/2031/57/thgd"]
    assert (shown.kind, other.kind) == (Kind.ORIGINAL, Kind.COPY)
    assert other.count == 1
    assert other.differs[0].place.endswith("mục 1")


def test_a_whole_copy_is_shown_before_a_part_of_the_original(tmp_path: Path) -> None:
    part = Paper(plan(number="57", day="14", tasks=TASKS[:2]), Kind.ORIGINAL)
    fill(tmp_path / "a", [part, Paper(plan(number="57", day="14"), Kind.COPY)])
    assert works(tmp_path / "a")["kh/2031/57/thgd"][0].kind is Kind.COPY


MANY = [
    SIGNED,
    DRAFT,
    Paper(plan(number="57", day="14", tasks=[*TASKS[:5], TASKS[5].upper()]), Kind.COPY),
    Paper(plan(number="57", day="", tasks=TASKS), Kind.ORIGINAL),
    Paper(plan(number="57", day="15", tasks=TASKS), Kind.ORIGINAL),
    Paper(plan(tasks=[*TASKS[:5], "Một việc khác hẳn của bản dự thảo trước đó mấy tuần."])),
    Paper(plan(number="58", day="14", tasks=[t.title() for t in TASKS]), Kind.ORIGINAL),
    Paper(decision("753/QĐ-UBND", "ngày 03 tháng 6 năm 2031", "ỦY BAN NHÂN DÂN HUYỆN GIẢ ĐỊNH",
                   "thực hiện Kế hoạch số 57/KH-THGD ngày 14 tháng 4 năm 2031")),
    Paper(decision("754/QĐ-UBND", "ngày 04 tháng 6 năm 2031", "ỦY BAN NHÂN DÂN HUYỆN GIẢ ĐỊNH",
                   "theo Kế hoạch số 58/KH-THGDĐ ngày 14 tháng 4 năm 2031")),
]  # fmt: skip


@pytest.mark.parametrize("papers", list(itertools.combinations(MANY, 2)), ids=lambda _: "")
def test_two_files_in_either_order_make_one_library(
    papers: tuple[Paper, Paper], tmp_path: Path
) -> None:
    fill(tmp_path / "a", papers)
    fill(tmp_path / "b", papers[1:], papers[:1])
    assert state(tmp_path / "a") == state(tmp_path / "b")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a library says that all papers came to at once."""
    folder = tmp_path_factory.mktemp("kho") / "whole"
    fill(folder, MANY)
    return state(folder)


@settings(
    max_examples=8,
    deadline=None,
    phases=[Phase.generate],  # every example makes a library: to shrink takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(papers=st.permutations(MANY), cuts=st.sets(st.integers(1, len(MANY) - 1)))
def test_any_order_in_any_runs_makes_one_library(
    papers: list[Paper],
    cuts: set[int],
    whole: dict[str, Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("kho") / "runs"
    borders = [0, *sorted(cuts), len(papers)]
    fill(folder, *(papers[a:b] for a, b in itertools.pairwise(borders)))
    assert state(folder) == whole
