"""Reading in a child: the same answer, and nothing a file does gets out."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest import RawFile
from ingest.extract import extract
from ingest.isolate import Limits, Readers, _Clock
from ingest.pipeline import Outcome, _read
from kb.errors import UnreadableFile
from tests.eval.hostile_files import FILES, GIB

PAPER = RawFile("KẾ HOẠCH\nvăn bản giả định\n\n1. Một việc.".encode(), "kế hoạch.txt")


def test_the_child_reads_as_the_reader_does() -> None:
    table = RawFile(
        "<html><body><table><tr><td>Số: 91/QĐ-ABC</td><td>Hai</td></tr></table><p>QUYẾT ĐỊNH</p>"
        f"<p>Điều 1. {'Văn bản giả định để kiểm thử. ' * 20}</p><p>Điều 2. Hết.</p></body></html>"
        "".encode(),
        "sai.txt",
    )
    with Readers() as readers:
        for raw in (PAPER, table, PAPER):
            assert readers.extract(raw) == extract(raw)


def test_an_unreadable_file_is_told_as_the_reader_tells_it() -> None:
    with Readers() as readers:
        with pytest.raises(UnreadableFile) as told:
            readers.extract(RawFile(b"", "trống.txt"))
        assert told.value.code == "empty"
        assert told.value.hint
        assert readers.extract(PAPER).lines


@pytest.mark.skipif(sys.platform == "win32", reason="Windows không giới hạn bộ nhớ, thời gian máy")
@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(memory=16 * 1024**2), "reader-killed"),
        (Limits(wall=0), "reader-slow"),
        (Limits(output=100), "reader-output"),
    ],
)
def test_past_a_limit_the_file_is_told_and_the_next_one_read(limits: Limits, code: str) -> None:
    with Readers(limits) as readers:
        for _ in range(2):
            with pytest.raises(UnreadableFile) as told:
                readers.extract(RawFile(PAPER.content * 20_000, "lớn.txt"))
            assert told.value.code == code
            assert told.value.hint


def test_what_a_reader_leaves_in_its_temporary_folder_goes_with_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with Readers() as readers:
        readers.extract(PAPER)
        (folder,) = tmp_path.iterdir()
        (folder / "paper.doc").write_bytes(b"left by a converter that was killed")
    assert not list(tmp_path.iterdir())


# The quick ones of python -m tests.eval.hostile, which takes all through the whole road.
HOSTILE = {
    "nested-arrays.pdf": "pdf-scan",
    "page-loop.pdf": "pdf-empty",
    "recursive-form.pdf": "pdf-scan",
    "scanned-recursive-form.pdf": "reader-killed",
    "crowded-page.pdf": "no-text",
    "billion-laughs.docx": "docx-broken",
    "picture-bomb.png": "image-large",
}


def test_a_hostile_file_ends_with_a_word_and_the_next_one_is_read(tmp_path: Path) -> None:
    with Readers(Limits(cpu=20, wall=60)) as readers:
        for name, code in HOSTILE.items():
            FILES[name](tmp_path / name)
            try:
                readers.extract(RawFile((tmp_path / name).read_bytes(), name))
            except UnreadableFile as error:
                told = error
            # Without tesseract the page behind the form is never drawn.
            assert told.code in (code, "pdf-scan"), name
            assert told.hint, name
        assert readers.extract(PAPER).lines


def test_an_external_entity_is_not_followed(tmp_path: Path) -> None:
    FILES["xxe.docx"](tmp_path / "xxe.docx")
    with Readers() as readers:
        extracted = readers.extract(RawFile((tmp_path / "xxe.docx").read_bytes(), "xxe.docx"))
    assert extracted.text.strip() == "Văn bản giả định:"


def test_a_file_of_a_gigabyte_is_refused_unread(tmp_path: Path) -> None:
    FILES["huge-text.txt"](tmp_path / "huge.txt")
    assert (tmp_path / "huge.txt").stat().st_size == GIB
    found = _read(tmp_path / "huge.txt", 64)
    assert isinstance(found, Outcome)
    assert "1024 MB" in found.reason


@pytest.mark.skipif(sys.platform == "win32", reason="kịch bản sh thay cho tesseract")
def test_programs_the_child_has_started_die_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make_pdf: Callable[..., bytes], sheet: type
) -> None:
    program = tmp_path / "tesseract"
    program.write_text(
        f'#!/bin/sh\n[ "$1" = --list-langs ] && echo vie && exit\necho $$ > {tmp_path}/pid\n'
        "exec sleep 60\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with Readers(Limits(wall=8, page_wall=0)) as readers:
        with pytest.raises(UnreadableFile) as told:
            readers.extract(RawFile(make_pdf([sheet(picture=True)]), "quét.pdf"))
        assert told.value.code == "reader-slow"
    started = int((tmp_path / "pid").read_text())
    for _ in range(50):
        try:
            os.kill(started, 0)
        except ProcessLookupError:
            return
        if "Z" in Path(f"/proc/{started}/stat").read_text().split(")")[1][:3]:
            return  # dead, and waited for by nobody in this container
        time.sleep(0.1)
    pytest.fail("chương trình con còn chạy")


def test_a_page_to_recognise_adds_to_the_wall_time() -> None:
    rung: list[bool] = []
    with _Clock(0.2, lambda: rung.append(True)) as clock:
        clock.add(0.4)
        time.sleep(0.35)
        assert not rung
        time.sleep(0.5)
        assert rung
        assert clock.late
