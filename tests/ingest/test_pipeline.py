"""The whole road: what cannot be read is told, what dies changes nothing, nothing is doubled."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from ingest import pipeline
from ingest.pipeline import Result
from kb.config import Settings
from kb.store.generations import current
from kb.store.library import Library
from tests.libraries import corpus_library
from web.cli import main

ROOT = Path(__file__).parents[2]
PAPER = (ROOT / "tests" / "golden" / "quyet-dinh-9929-qd-ttg.txt").read_bytes()


def quiet(*_: object) -> None:
    """No progress."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(tmp_path / "data")
    corpus_library(made)
    return made


def held(settings: Settings) -> tuple[dict[str, int], list[str]]:
    library = Library(current(settings.library) / "library.db")
    try:
        return library.counts(), [item.document.key for item in library.documents()]
    finally:
        library.close()


def test_same_bytes_under_a_second_name_are_one_file(settings: Settings, tmp_path: Path) -> None:
    one, two = tmp_path / "một.txt", tmp_path / "hai.txt"
    for path in (one, two):
        path.write_bytes(PAPER)
    outcomes = pipeline.ingest(settings, [one, two], quiet)
    assert [outcome.result for outcome in outcomes] == [Result.DONE, Result.SKIPPED]
    assert "trùng hoàn toàn" in outcomes[1].reason
    before = held(settings)
    pipeline.rebuild(settings, quiet)
    assert held(settings) == before


def test_bad_files_are_told_and_the_rest_is_read(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "hộp"
    folder.mkdir()
    bad = {
        "trống.txt": b"",
        "vỡ.pdf": b"%PDF-1.4\nnothing more",
        "nén.docx": b"PK\x05\x06" + bytes(18),
        "máy.exe": bytes(range(256)) * 8,
        "mã.txt": bytes([0x81, 0x8D, 0x8F, 0x90, 0x9D]) * 50,
    }
    for name, content in bad.items():
        (folder / name).write_bytes(content)
    (folder / "tốt.txt").write_bytes(PAPER)
    outcomes = {o.name: o for o in pipeline.ingest(settings, [folder], quiet)}
    assert outcomes["tốt.txt"].result is Result.DONE
    for name in bad:
        assert outcomes[name].result is Result.FAILED
        assert outcomes[name].reason
        assert outcomes[name].hint
    assert len(list(settings.originals.rglob("origin.json"))) == 1


def test_command_ends_with_a_table_and_code_1(tmp_path: Path) -> None:
    box = tmp_path / "hộp"
    box.mkdir()
    (box / "trống.txt").touch()
    (box / "tốt.txt").write_bytes(PAPER)
    runner = CliRunner(env={"KB_DATA": str(tmp_path / "data")})
    answer = runner.invoke(main, ["ingest", str(box), str(tmp_path / "không có")])
    assert answer.exit_code == 1
    assert "Đã nạp 1, bỏ qua 0, không nạp được 2." in answer.stdout
    assert "Không có tệp hay thư mục này" in answer.stdout


def test_what_is_skipped_is_no_failure(settings: Settings, tmp_path: Path) -> None:
    box = tmp_path / "hộp"
    box.mkdir()
    (box / "tốt.txt").write_bytes(PAPER)
    (box / "tốt bản chép.txt").write_bytes(PAPER)
    (box / "thuộc tính.html").write_text(
        "<html><body><p>Văn bản giả định, chỉ có bảng thuộc tính.</p></body></html>"
    )
    runner = CliRunner(env={"KB_DATA": str(settings.data)})
    answer = runner.invoke(main, ["ingest", str(box)])
    assert answer.exit_code == 0
    said = "Đã nạp 1, bỏ qua 2 (1 trùng tệp đã có, 1 trang không có văn bản), không nạp được 0."
    assert said in answer.stdout


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="cần tài khoản thường")
def test_forbidden_folder_is_told(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "khóa"
    folder.mkdir(mode=0)
    outcome = pipeline.ingest(settings, [folder], quiet)[0]
    assert outcome.result is Result.FAILED
    assert "Không có quyền đọc" in outcome.reason


def test_unreadable_folder_is_an_outcome(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As above, where the tests run with all rights."""

    def refuse(_: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "iterdir", refuse)
    outcome = next(iter(pipeline.targets([tmp_path])))
    assert isinstance(outcome, pipeline.Outcome)
    assert "Không có quyền đọc" in outcome.reason


@pytest.mark.skipif(sys.platform == "win32", reason="không có SIGKILL")
def test_killed_rebuild_leaves_the_old_library_serving(settings: Settings, tmp_path: Path) -> None:
    paper = tmp_path / "giấy.txt"
    paper.write_bytes(PAPER)
    pipeline.ingest(settings, [paper], quiet)
    before, serving = held(settings), current(settings.library)
    stalled = (
        "import os, time, ingest.load as load\n"
        "load.index_changed = lambda *_: (print('half way', flush=True), time.sleep(60))\n"
        "from pathlib import Path; from ingest import pipeline; from kb.config import Settings\n"
        "pipeline.rebuild(Settings(Path(os.environ['DATA'])), lambda *_: None)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", stalled],
        cwd=ROOT,
        env=os.environ | {"DATA": str(settings.data)},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "half way"
        assert len([p for p in settings.library.iterdir() if p.is_dir()]) == 2
        process.send_signal(signal.SIGKILL)
    assert current(settings.library) == serving
    assert held(settings) == before
    time.sleep(0.01)
    pipeline.rebuild(settings, quiet)
    assert held(settings) == before
    assert len([p for p in settings.library.iterdir() if p.is_dir()]) == 1


def test_a_copy_without_its_number_is_known_by_type_title_and_date(
    settings: Settings, tmp_path: Path
) -> None:
    copy = tmp_path / "luật.txt"
    copy.write_text(
        "LUẬT\nNGƯỜI KHUYẾT TẬT\n\nĐiều 1. Văn bản giả định\nLời giả định.\n\n"
        "Điều 2. Hiệu lực\nLời giả định.\n\nLuật này đã được Quốc hội khóa XII, kỳ họp thứ 7 "
        "thông qua ngày 17 tháng 6 năm 2010.\n",
        encoding="utf-8",
    )
    outcome = pipeline.ingest(settings, [copy], quiet)[0]
    assert outcome.key == "luat/2010/51/qh12"
    assert "identified-by-title" in {finding.code for finding in outcome.findings}
