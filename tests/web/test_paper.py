"""A provision on its page, and who vouches for what a machine recognised."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from ingest import pipeline
from kb.config import Settings
from kb.errors import UnreadableFile
from tests.libraries import corpus_library
from web import create_app, pictures
from web.cli import main
from web.opened import Opened

LAW = ["LUẬT", "GIẢ ĐỊNH VỀ VIỆC THỬ", "Điều 1. Phạm vi", "Luật này quy định việc thử."]
NEXT = ["Điều 2. Đối tượng", "Luật này áp dụng cho người thử.", "Điều 3. Hiệu lực", "Có ngay."]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, paper: Callable[..., bytes]) -> Settings:
    """A typed law on two pages, the second one a scan with a layer of recognised text; and a
    text file."""
    folder = tmp_path_factory.mktemp("giay")
    made = Settings(folder / "data")
    (folder / "luat-thu.pdf").write_bytes(paper((LAW, False), (NEXT, True)))
    (folder / "quyet-dinh.txt").write_text(
        "QUYẾT ĐỊNH\nSố: 9801/QĐ-GĐ\n\nĐiều 1. Ban hành “Quy chế giả định”.\nĐiều 2. Có ngay.\n",
        encoding="utf-8",
    )
    corpus_library(made)
    outcomes = pipeline.ingest(made, sorted(folder.glob("*.*")), lambda *_: None)
    assert [outcome.result for outcome in outcomes] == [pipeline.Result.DONE] * 2
    return made


@pytest.fixture
def visit(filled: Settings) -> Iterator[FlaskClient]:
    app = create_app(filled)
    yield app.test_client()
    app.extensions["can-cu"].close()


def key_of(settings: Settings, words: str) -> str:
    with Opened(settings) as kb:
        (found,) = (
            item.document.key for item in kb.library.documents("full")
            if words in kb.library.text(item.document.key)
        )  # fmt: skip
        return found


def run(settings: Settings, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, arguments, env={"KB_DATA": str(settings.data)})
    return done.exit_code, " ".join((done.output + done.stderr).split())


def page(visit: FlaskClient, address: str) -> str:
    answer = visit.get(address)
    assert answer.status_code == 200, address
    return answer.get_data(as_text=True)


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_provision_is_marked_on_its_page(visit: FlaskClient, filled: Settings) -> None:
    law = key_of(filled, "việc thử")
    found = page(visit, f"/vb/{quote(law)}/anh/art_1")
    assert found.count("<rect") == 2
    assert "Luật này quy định việc thử." in words(found)
    assert 'alt="Ảnh trang 1 của bản gốc' in found
    (address,) = re.findall(r'<img src="([^"]+)"', found)
    with visit.get(address.replace("&amp;", "&")) as drawn:
        assert (drawn.mimetype, drawn.data[:4]) == ("image/png", b"\x89PNG")
    assert "Trang 2 của 2 trang" in words(page(visit, f"/vb/{quote(law)}/anh/art_2"))
    assert "Thu nhỏ" in page(visit, f"/vb/{quote(law)}/anh/art_2?co=lon")


def test_the_marks_stand_on_the_lines(visit: FlaskClient, filled: Settings) -> None:
    law = key_of(filled, "việc thử")
    with Opened(filled) as kb:
        tree = kb.library.tree(law)
        assert tree is not None
        node = next(node for node in tree.children if node.id == "art_1")
        boxes = [place.box for place in kb.library.place_of(law, node.span)]
    found = page(visit, f"/vb/{quote(law)}/anh/art_1")
    marks = re.findall(r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"', found)
    for box, mark in zip(boxes, marks, strict=True):
        assert box is not None
        x, y, width, height = map(float, mark)
        assert x <= box[0] < box[2] <= x + width
        assert y <= box[1] < box[3] <= y + height


def test_a_file_without_pages_says_its_lines(visit: FlaskClient, filled: Settings) -> None:
    found = page(visit, f"/vb/{quote(key_of(filled, 'Quy chế giả định'))}/anh/art_1")
    assert "<img" not in found
    assert "Dòng 4: Điều 1. Ban hành “Quy chế giả định”." in words(found)


@pytest.mark.parametrize("address", ["/anh/art_99", "/anh/zz"])
def test_no_such_provision(visit: FlaskClient, filled: Settings, address: str) -> None:
    law = key_of(filled, "việc thử")
    assert visit.get(f"/vb/{quote(law)}{address}").status_code == 404
    assert visit.get(f"/vb/khong/co{address}").status_code == 404
    assert visit.get("/trang/" + "0" * 64 + "/1.png").status_code == 404


def test_recognised_words_are_quotable_once_somebody_says_so(
    visit: FlaskClient, filled: Settings
) -> None:
    law = key_of(filled, "việc thử")

    def quotable() -> dict[str, bool]:
        shown = visit.get(f"/api/vb/{quote(law)}").get_json()
        return {found["id"]: found["quotable"] for found in shown["provisions"]}

    assert quotable() == {"": True, "art_1": True, "art_2": False, "art_3": False}
    before = words(page(visit, f"/vb/{quote(law)}"))
    assert "Trang 2 là chữ máy nhận dạng" in before
    assert before.count("Bản nhận dạng, chưa xác nhận") == 3
    code, said = run(filled, "confirm", law, "--by", "Nguyễn Văn Thử", "--page", "1")
    assert (code, "Các trang nhận dạng: trang 2" in said) == (1, True)
    code, said = run(filled, "confirm", law, "--by", " Nguyễn  Văn Thử ")
    assert code == 0
    assert "Nguyễn Văn Thử xác nhận trang 2" in said
    pipeline.rebuild(filled, lambda *_: None)
    assert all(quotable().values())
    after = words(page(visit, f"/vb/{quote(law)}"))
    assert "Nguyễn Văn Thử xác nhận ngày" in after
    assert "chưa xác nhận" not in after
    assert run(filled, "confirm", law, "--by", "Trần Thị Thử", "--undo")[0] == 0
    assert not all(quotable().values())


def test_a_page_that_cannot_be_drawn_says_why(
    visit: FlaskClient, filled: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> bytes:
        raise UnreadableFile("page-image", "Không vẽ được trang 1.", "Mở bản gốc.")

    monkeypatch.setattr(pictures, "page_image", broken)
    for drawn in filled.pictures.glob("*.png"):
        drawn.unlink()
    found = page(visit, f"/vb/{quote(key_of(filled, 'việc thử'))}/anh/art_1")
    assert "<img" not in found
    assert "Không vẽ được trang 1. Mở bản gốc." in words(found)
    assert "Luật này quy định việc thử." in words(found)


def test_pictures_are_kept_within_bounds(
    visit: FlaskClient, filled: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "_KEPT", 1)
    law = key_of(filled, "việc thử")
    for provision in ("art_1", "art_2", "art_1"):
        assert "<img" in page(visit, f"/vb/{quote(law)}/anh/{provision}")
        assert len(list(filled.pictures.glob("*.png"))) == 1


def test_what_is_typed_from_the_paper_takes_part_in_identification(
    visit: FlaskClient, filled: Settings
) -> None:
    law = key_of(filled, "việc thử")
    arguments = ("--by", "Nguyễn Văn Thử", "--why", "số viết tay")
    for wrong in ("number=", "number=abc", "issued=32/1/2030", "signer=A", "number"):
        assert run(filled, "set", law, wrong, *arguments)[0] == 1, wrong
    code, said = run(filled, "set", law, "number=9802/2030/QH99", "issued=6/5/2030", *arguments)
    assert (code, "kb rebuild" in said) == (0, True)
    assert "kb set" in words(page(visit, f"/vb/{quote(law)}"))
    pipeline.rebuild(filled, lambda *_: None)
    renamed = key_of(filled, "việc thử")
    assert "9802" in renamed
    found = words(page(visit, f"/vb/{quote(renamed)}"))
    assert "9802/2030/QH99 do Nguyễn Văn Thử nhập ngày" in found
    assert "06/5/2030 do Nguyễn Văn Thử nhập ngày" in found
    assert "kb set" not in found
    with Opened(filled) as kb:
        assert kb.library.listed(renamed).document.issued == "2030-05-06"
        codes = {finding.code for finding in kb.library.findings(renamed)}
    assert "typed-by-person" in codes
    assert not codes & {"number-missing", "date-missing"}
    original = next(Path(filled.originals).glob("*/*/luat-thu.pdf"))
    assert run(filled, "set", str(original), "number=", "issued=", *arguments)[0] == 0
    pipeline.rebuild(filled, lambda *_: None)
    assert key_of(filled, "việc thử") == law
