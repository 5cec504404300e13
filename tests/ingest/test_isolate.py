"""Reading in a child: the same answer, and nothing a file does gets out."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pytest

from ingest import RawFile
from ingest.extract import extract
from ingest.isolate import Limits, Readers
from kb.errors import UnreadableFile

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
