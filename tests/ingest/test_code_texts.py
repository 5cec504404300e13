"""Headings of the codification through the whole road: several documents from one file."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest

from ingest.pipeline import Outcome, Result, ingest, rebuild
from kb.catalogue import Relation
from kb.config import Settings
from kb.history import history, place_wording_at
from kb.store.generations import current
from kb.store.library import Library
from kb.structure import Level, walk
from tests.ingest.test_codification import DECREE, FORCE, HEADING, article, page
from tests.libraries import corpus_library

OTHER = page(
    "Tưới cây tưởng tượng",
    article("99.2.NĐ.1.2", "Tưới", "2#Chuong_II_Dieu_2", f"Điều 2 {DECREE}, {FORCE} 01/08/2032",
            "<p>Tưới bằng nước không có thật.</p>")
    + article("99.2.LQ.4", "Sửa đổi", "7#Dieu_4",
              f"Điều 4 Luật số 95/2034/QH19 Sửa luật tưởng tượng ngày 01/02/2034 của Quốc hội, "
              f"{FORCE} 01/07/2034", "<p>Sửa đổi điều không có thật.</p>"),
)  # fmt: skip


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(tmp_path / "data")
    corpus_library(made)
    return made


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "code"
    folder.mkdir()
    (folder / "99.01.html").write_bytes(HEADING)
    (folder / "99.02.html").write_bytes(OTHER)
    return folder


def load(settings: Settings, *paths: Path) -> list[Outcome]:
    return ingest(settings, paths, lambda *_: None)


def opened(settings: Settings) -> Library:
    return Library(current(settings.library) / "library.db")


def articles(library: Library, key: str) -> list[str]:
    tree = library.tree(key)
    assert tree is not None
    return [node.number for node in walk(tree) if node.level is Level.ARTICLE]


def state(settings: Settings) -> list[tuple[str, list[str], str, list[Relation]]]:
    library = opened(settings)
    keys = ("luat/2031/91/qh19", "nd/2032/92/cp", "luat/2034/95/qh19")
    found = [
        (key, articles(library, key), library.text(key), library.relations(key)) for key in keys
    ]
    library.close()
    return found


def test_one_file_is_several_documents(settings: Settings, files: Path) -> None:
    outcomes = load(settings, files / "99.01.html")
    assert [(o.result, o.key, o.name.partition(" › ")[2]) for o in outcomes] == [
        (Result.DONE, "luat/2031/91/qh19", "Luật 91/2031/QH19"),
        (Result.DONE, "nd/2032/92/cp", "Nghị định 92/2032/NĐ-CP"),
    ]
    library = opened(settings)
    assert library.shown_kind("luat/2031/91/qh19") == "codified"
    assert library.quotable("luat/2031/91/qh19")
    notes = {note.provision: note for _, note in library.code_notes("luat/2031/91/qh19")}
    assert set(notes) == {"art_1", "art_2", "art_3"}
    assert notes["art_2"].note.startswith("(Điều 2 Luật số 91/2031/QH19")
    assert notes["art_1"].heading == "99.1 Trồng cây tưởng tượng"
    assert [label for _, label, _ in notes["art_1"].related] == ["99.1.NĐ.1.1"]
    assert [f.name for f in library.files("nd/2032/92/cp")] == ["99.01.html"]
    library.close()


def test_articles_of_two_headings_are_one_text(settings: Settings, files: Path) -> None:
    load(settings, files)
    library = opened(settings)
    assert articles(library, "nd/2032/92/cp") == ["1", "2", "4"]
    assert [f.name for f in library.files("nd/2032/92/cp")] == ["99.01.html", "99.02.html"]
    assert [f.code for f in library.findings("nd/2032/92/cp")] == ["codification-partial"]
    library.close()


def test_files_one_by_one_packed_and_a_rebuild_give_the_same(
    settings: Settings, files: Path, tmp_path: Path
) -> None:
    load(settings, files)
    together = state(settings)
    rebuild(settings, lambda *_: None)
    assert state(settings) == together

    alone = Settings(tmp_path / "alone")
    corpus_library(alone)
    load(alone, files / "99.01.html")
    load(alone, files / "99.02.html")
    assert state(alone) == together

    packed = Settings(tmp_path / "packed")
    corpus_library(packed)
    with zipfile.ZipFile(tmp_path / "bo.zip", "w") as archive:
        archive.writestr("BoPhapDien/index.html", "<html><body>Trang đầu</body></html>")
        archive.writestr("BoPhapDien/demuc/99.01.html", HEADING)
        archive.writestr("BoPhapDien/demuc/99.02.html", OTHER)
        archive.writestr("BoPhapDien/lib/jsonData.js", "var jdAll = []")
    outcomes = load(packed, tmp_path / "bo.zip")
    assert [o.result for o in outcomes] == [Result.DONE] * 4
    assert state(packed) == together


def test_amendment_notes_are_relations(settings: Settings, files: Path) -> None:
    load(settings, files / "99.01.html")
    library = opened(settings)
    found = [r for r in library.relations("luat/2031/91/qh19") if r.verb == "amends"]
    assert [(r.subject, r.provisions, r.since) for r in found] == [
        ("95/2034/QH19", "Điều 2", "2034-07-01"),
        ("96/2035/QH19", "Điều 2", "2036-02-01"),
    ]
    assert "99.1 Trồng cây tưởng tượng" in found[0].sources[0].text
    library.close()
    # The one that amended comes later: the same claim now names it.
    load(settings, files / "99.02.html")
    library = opened(settings)
    assert "luat/2034/95/qh19" in {r.subject for r in library.relations("luat/2031/91/qh19")}
    library.close()


def test_an_article_that_cannot_be_assigned_is_told(settings: Settings, tmp_path: Path) -> None:
    odd = article("99.1.LQ.9", "Lạ", "1#Dieu_9", "không theo mẫu nào", "<p>Chữ.</p>")
    path = tmp_path / "lạ.html"
    path.write_bytes(HEADING.replace(b"</div>", odd.encode() + b"</div>"))
    *_, last = load(settings, path)
    assert last.result is Result.FAILED
    assert "Ghi chú nguồn không theo mẫu" in last.reason


def test_the_same_heading_twice_is_told(settings: Settings, files: Path) -> None:
    load(settings, files / "99.01.html")
    (outcome,) = load(settings, files / "99.01.html")
    assert (outcome.result, outcome.key) == (Result.SKIPPED, "")


def test_a_stub_says_what_it_is(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "stub.html"
    path.write_bytes(page("Chưa pháp điển", ""))
    (outcome,) = load(settings, path)
    assert outcome.result is Result.EMPTY
    assert "không có điều nào" in outcome.reason


def test_the_codifications_words_hold_from_the_last_day_its_note_names(
    settings: Settings, files: Path
) -> None:
    load(settings, files / "99.01.html")
    library = opened(settings)
    told = history(library, "luat/2031/91/qh19")

    def words(provision: str, day: date) -> str:
        return place_wording_at(told, provision, day).text

    clause = "1. Cây chọn phải không có thật."
    assert words("art_2__cl_1", date(2036, 2, 1)) == clause
    # What was issued, and what held between the two changes, nobody prints.
    assert words("art_2__cl_1", date(2035, 1, 1)) == ""
    before = place_wording_at(told, "art_2__cl_1", date(2033, 1, 1))
    assert before.text == ""
    assert "chưa có bản nào ghi" in before.reason
    assert words("art_2", date(2036, 2, 1)).endswith("2. Mọi người đều được chọn.")
    # An article whose note names no change is as issued.
    assert words("art_3", date(2033, 1, 1)).endswith("Luật này không có hiệu lực ở đâu cả.")
    library.close()
