"""``kb press check``: the JSON of the issue, the words, the exit codes; TXT and DOCX alike."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from docx import Document

from kb.config import Settings
from kb.store.generations import current
from web.cli import main

LAW = "Hoa được tưới trong 15 ngày làm việc kể từ ngày trồng."
KEYS = {
    "quotations": {"start", "end", "text", "verdict", "source", "diff", "reason", "omitted"},
    "citations": {"start", "end", "text", "normalized", "verdict", "candidates", "reason"},
}


def run(settings: Settings, path: Path, *more: str) -> Result:
    return CliRunner().invoke(
        main, ["press", "check", str(path), *more], env={"KB_DATA": str(settings.data)}
    )


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "bai.txt"
    path.write_text(
        "Trả lời báo chí\n\n"
        f"Khoản 1 Điều 2 Luật Khu vườn giả định quy định: “{LAW}”.\n"
        "Luật ấy cũng viết “Hoa được tưới trong 18 ngày làm việc kể từ ngày trồng”.\n"
        "Quyết định 1929/QĐ-TTg đặt 80% trẻ.\nLiên hệ 0912 345 678.\n",
        encoding="utf-8",
    )
    return path


def test_json_has_what_it_is_said_to_have(settings: Settings, draft: Path) -> None:
    result = run(settings, draft, "--json")
    assert result.exit_code == 2
    found, text = json.loads(result.stdout), draft.read_text(encoding="utf-8")
    assert list(found) == ["quotations", "citations", "figures", "gate"]
    for kind, keys in KEYS.items():
        assert all(set(one) == keys for one in found[kind])
    for one in (one for ones in found.values() for one in ones):
        assert " ".join(text[one["start"] : one["end"]].split()) == one["text"]
    right, wrong = found["quotations"]
    assert right["verdict"] == "exact"
    assert right["source"]["provision"] == "art_2__cl_1"
    assert wrong["verdict"] == "altered"
    assert {"change": "added", "text": "18"} in wrong["diff"]
    assert [one["verdict"] for one in found["figures"]] == ["expired"]
    assert [one["kind"] for one in found["gate"]] == ["phone"]
    assert found["gate"][0]["grounds"][0]["doubt"]


def test_words_name_lines_and_what_to_do(settings: Settings, draft: Path) -> None:
    out = run(settings, draft).stdout
    assert "2 trích dẫn: 1 đúng nguyên văn, 1 khác nguyên văn" in out
    assert "Dòng 4, Lỗi: trích dẫn" in out
    assert "[-15-]{+18+} ngày làm việc" in out
    assert "Nguồn → bài:" in out


def test_docx_reads_as_its_text(settings: Settings, draft: Path, tmp_path: Path) -> None:
    paper, made = Document(), io.BytesIO()
    for line in draft.read_text(encoding="utf-8").splitlines():
        paper.add_paragraph(line)
    paper.save(made)
    path = tmp_path / "bai.docx"
    path.write_bytes(made.getvalue())
    one, two = (json.loads(run(settings, p, "--json").stdout) for p in (draft, path))
    assert [q["verdict"] for q in one["quotations"]] == [q["verdict"] for q in two["quotations"]]


def test_what_stands_at_the_edges_of_pages_is_checked_too(
    settings: Settings, tmp_path: Path
) -> None:
    made = Document()
    made.add_paragraph("Nhà trường thông báo lịch học giả định.")
    made.sections[0].header.paragraphs[0].text = "MẬT"
    made.sections[0].footer.paragraphs[0].text = "Theo Nghị định số 987/2031/NĐ-CP"
    path = tmp_path / "bai.docx"
    made.save(str(path))
    told = json.loads(run(settings, path, "--json").stdout)
    assert [one["text"] for one in told["gate"]] == ["MẬT"], told["gate"]
    assert "987/2031/NĐ-CP" in json.dumps(told["citations"], ensure_ascii=False)


@pytest.mark.parametrize(
    ("words", "strict", "code"),
    [
        ("Quyết định 1190/QĐ-TTg còn hiệu lực.", True, 0),
        ("Quyết định 4321/QĐ-XYZ.", False, 0),
        ("Quyết định 4321/QĐ-XYZ.", True, 1),
        ("Nghị định 09/2017/NĐ-CP.", False, 2),
    ],
)
def test_exit_codes(
    settings: Settings, tmp_path: Path, words: str, strict: bool, code: int
) -> None:
    path = tmp_path / "bai.txt"
    path.write_text(words, encoding="utf-8")
    assert run(settings, path, *(["--strict"] if strict else [])).exit_code == code
    assert not list((settings.data / "documents").glob("**/bai*")), "nothing is stored"


def test_an_empty_draft_says_what_to_do(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "bai.txt"
    path.write_text(" \n", encoding="utf-8")
    assert run(settings, path).exit_code == 1


def test_a_paper_of_the_library_is_no_source_of_itself(settings: Settings, tmp_path: Path) -> None:
    """A plan checked before it is sent anew: its own words are not copied from itself."""
    path = tmp_path / "bai.txt"
    words = "Hoa đã được đếm xong trong vườn giả định của trường."
    for number, found in (("902/BC-UBVGĐ", 0), ("903/BC-UBVGĐ", 1)):
        path.write_text(f"Số: {number}\n\nBÁO CÁO\n\n{words}\n", encoding="utf-8")
        quoted = json.loads(run(settings, path, "--json").stdout)["quotations"]
        assert len(quoted) == found


def test_a_library_without_its_runs_says_so(settings: Settings, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(settings.data, data)
    shutil.rmtree(current(Settings(data).library) / "index" / "passages")
    path = tmp_path / "bai.txt"
    path.write_text("Ông nói “trâu bò thả rông ngoài đồng cỏ vào mùa mưa lũ năm ấy”.", "utf-8")
    result = run(Settings(data), path, "--json")
    (quoted,) = json.loads(result.stdout)["quotations"]
    assert quoted["verdict"] == "unverified"
    assert "kb rebuild" in result.stderr
    assert "kb rebuild" in run(Settings(data), path).stdout
