"""From a provision to a sealed file and back, on pages and from the command line."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kb.config import Settings
from kb.dossiers import State
from kb.dossiers.changes import Standing
from kb.dossiers.report import Form, lines
from kb.store import press
from kb.store.desk import Desk
from kb.structure import walk
from tests.press.packs import AMENDING, IN_FORCE, KEY, REPLACING, SECRET, decree, library
from web import create_app, dossiers
from web.cli import main
from web.exports.packs import read_file
from web.opened import Opened

OWN = {"Sec-Fetch-Site": "same-origin"}
TRUE = "Người trông luống số 1 không được đếm chữ vào ban đêm, trừ đêm có trăng giả định."


@pytest.fixture(scope="session")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return library(tmp_path_factory.mktemp("ho-so"), decree(), AMENDING, SECRET, row=IN_FORCE)


@pytest.fixture
def settings(papers: Settings, tmp_path: Path) -> Settings:
    """The library with a desk of its own."""
    made = Settings(tmp_path / "data")
    made.data.mkdir()
    shutil.copytree(papers.library, made.library)
    return made


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    made = create_app(settings)
    yield made
    made.extensions["can-cu"].close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def kb(settings: Settings) -> Iterator[Opened]:
    with Opened(settings) as opened:
        yield opened


def send(client: FlaskClient, path: str, /, **fields: str) -> TestResponse:
    data = {name.replace("_", "-"): value for name, value in fields.items()}
    return client.post(f"/bao-chi/ho-so{path}", data={"ten": "Cô An"} | data, headers=OWN)


def opened_pack(client: FlaskClient, *places: str) -> str:
    """The address of a new pack that holds these places of the decree."""
    about = {"co_quan": "Trường Vườn chữ giả định", "dieu_noi": "Có người nói trường cấm đếm chữ."}
    send(client, "", ten_ho_so="Có được đếm chữ ban đêm không", bao="Báo Giả Định", **about)
    for place in places:
        done = send(client, "/them", vb=KEY, cho=place, ho_so="1")
        assert done.status_code == 303, done.text
    return "/1"


def told(client: FlaskClient, path: str) -> str:
    page = client.get(f"/bao-chi/ho-so{path}")
    assert page.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page.text))


def test_a_passage_is_added_whole_or_in_part(client: FlaskClient) -> None:
    assert "Thêm vào hồ sơ" in client.get(f"/vb/{KEY}").text
    page = client.get(f"/bao-chi/ho-so/them?vb={KEY}&cho=art_1__cl_2&chu=đếm+chữ")
    assert "không được đếm chữ vào ban đêm" in page.text
    made = send(client, "/them", vb=KEY, cho="art_1__cl_2", chu="đếm chữ vào ban đêm", ho_so="0",
                ten_ho_so="Hồ sơ mới")  # fmt: skip
    assert made.headers["Location"].endswith("/bao-chi/ho-so/1#cau-trich")
    assert "đếm chữ vào ban đêm" in told(client, "/1")
    wrong = send(client, "/them", vb=KEY, cho="art_1__cl_2", chu="được đếm chữ ban đêm", ho_so="1")
    assert wrong.status_code == 400
    assert "nguyên văn" in wrong.text
    assert send(client, "/them", vb=KEY, cho="art_99", ho_so="1").status_code == 400
    assert client.get("/bao-chi/ho-so/7").status_code == 404


def test_results_and_plans_lead_to_a_pack(client: FlaskClient) -> None:
    chooser = "/bao-chi/ho-so/them?vb="
    results = client.get("/tim?q=trông+luống+số+3+không+được+đếm+chữ").text
    assert f"{chooser}{KEY}&amp;cho=art_3__cl_2" in results
    assert client.get(f"{chooser}{KEY}&cho=art_3__cl_2").status_code == 200
    digest = client.get("/tim?q=80%25+trẻ+tự+kỷ+2025").text
    assert "Tóm lược, không trích dẫn được" in digest
    assert f"{chooser}qd/2020/1929" not in digest
    plan = "kh/2021/82/ndtkt"
    assert f"{chooser}{plan}&amp;cho=I.1" in client.get(f"/ke-hoach/{plan}").text
    item = client.get(f"/ke-hoach/{plan}/muc/II.1").text
    assert f"{chooser}{plan}&amp;cho=II.1" in item
    cited = re.findall(r'aria-label="Chép trích dẫn ([^"]+)"', item)
    assert cited[0].startswith("mục 1 mục II Kế hoạch số 82")
    assert len(cited) == item.count('class="ground"') + 1


def test_export_is_closed_while_a_quotation_is_wrong_and_open_when_it_is_mended(
    client: FlaskClient, settings: Settings
) -> None:
    path = opened_pack(client, "art_1__cl_2")
    cited = "Khoản 2 Điều 1 Nghị định số 901/2021/NĐ-CP viết: “{}”."
    send(client, path, viec="loi", loi=cited.format(TRUE.replace("không được", "được")))
    assert "Chưa xuất được" in told(client, path)
    refused = send(client, f"{path}/xuat", loai="pack", dang="docx")
    assert refused.status_code == 409
    assert "Lời phát biểu, chỗ trích" in refused.text
    send(client, path, viec="loi", loi=cited.format(TRUE))
    assert "Chưa xuất được: còn" not in told(client, path).partition("Thẻ phản bác")[0]
    done = send(client, f"{path}/xuat", loai="pack", dang="docx")
    assert done.status_code == 303
    file = client.get(done.headers["Location"])
    assert file.headers["Content-Disposition"].startswith('attachment; filename="ho-so-1-')
    copy = settings.data / "gui.docx"
    copy.write_bytes(file.data)
    said = run(settings, "verify", str(copy))
    assert said.exit_code == 0, said.output
    assert "Nguyên vẹn" in said.output
    assert "do bàn báo chí ở đây xuất" in said.output
    assert "còn nguyên văn" in said.output


def run(settings: Settings, *words: str) -> Result:
    return CliRunner(env={"KB_DATA": str(settings.data)}).invoke(main, ["press", *words])


def test_another_must_approve_and_a_change_takes_it_back(
    client: FlaskClient, settings: Settings
) -> None:
    path = opened_pack(client, "art_1__cl_1")
    send(client, path, viec="loi", loi="Trường làm đúng quy định.")
    send(client, path, viec="buoc:pending")
    own = send(client, path, viec="buoc:approved", het_han="2099-01-01")
    assert (own.status_code, "không tự duyệt" in own.text) == (400, True)
    slip = send(client, path, viec="buoc:approved", het_han="zzz", ten="Thầy Bình")
    assert (slip.status_code, "Không đọc được ngày" in slip.text) == (400, True)
    send(client, path, viec="buoc:approved", het_han="2099-01-01", ten="Thầy Bình")
    assert "Đã duyệt: Thầy Bình duyệt" in told(client, path)
    send(client, path, viec="loi", loi="Trường làm đúng quy định giả định.", ten="Thầy Bình")
    assert press.pack(Desk(settings.desk), 1).state is State.DRAFT
    history = told(client, path).partition("Nhật ký")[2]
    for line in ("Chuyển sang “Đã duyệt”", "Thêm câu trích", "Mở hồ sơ"):
        assert line in history


def test_words_typed_are_kept_where_another_was_quicker(client: FlaskClient) -> None:
    path = opened_pack(client)
    send(client, path, viec="loi", loi="Bản của cô An.", thay="1")
    late = send(client, path, viec="loi", loi="Bản của thầy Bình.", thay="1", ten="Thầy Bình")
    assert late.status_code == 409
    assert "Bản của thầy Bình." in late.text
    assert "sau lúc trang được mở" in late.text


def test_old_words_are_not_given_as_those_of_today(client: FlaskClient, kb: Opened) -> None:
    path = opened_pack(client, "art_2__cl_2")
    assert "từ 01/11/2024, theo 955/2024/NĐ-CP" in told(client, path)
    (found,) = dossiers.looked(kb, 1).found
    assert found.standing is Standing.SUPERSEDED
    assert "trừ đêm có trăng giả định" in found.passage.selector.exact
    assert send(client, f"{path}/xuat", loai="pack", dang="txt").status_code == 409


def test_a_named_person_may_let_it_out_and_the_paper_says_so(
    client: FlaskClient, kb: Opened
) -> None:
    path = opened_pack(client, "art_2__cl_2")
    (reason,) = dossiers.looked(kb, 1).standing(Form.PACK)
    for name in ("Cô An", "co an", "Bà  Cô An"):
        own = send(client, path, viec="cho-xuat", loai="pack", dieu=reason.stamp, ten=name,
                   vi_sao="Dẫn câu chữ cũ để so sánh.")  # fmt: skip
        assert (own.status_code, "không tự cho xuất" in own.text) == (400, True)
    none = send(client, path, viec="cho-xuat", loai="pack", dieu=reason.stamp, ten="Thầy Bình")
    assert none.status_code == 400
    other = send(client, path, viec="cho-xuat", loai="pack", dieu="x", vi_sao="cần",
                 ten="Thầy Bình")  # fmt: skip
    assert other.status_code == 409
    send(client, path, viec="cho-xuat", loai="pack", dieu=reason.stamp, ten="Thầy Bình",
         vi_sao="Dẫn câu chữ cũ để so sánh.")  # fmt: skip
    done = send(client, f"{path}/xuat", loai="pack", dang="txt")
    text = client.get(done.headers["Location"]).text
    assert "1. Câu trích 1 (khoản 2 Điều 2 Nghị định số 901/2021/NĐ-CP): Câu chữ cũ" in text
    assert "vẫn đưa ra: Dẫn câu chữ cũ để so sánh. Người cho xuất: Thầy Bình, lúc" in text
    assert "Lưu ý: Câu chữ cũ, đã được sửa." in text
    # What comes after was not let through.
    send(client, "/them", vb=KEY, cho="art_2", ho_so="1")
    assert send(client, f"{path}/xuat", loai="pack", dang="txt").status_code == 409


WRONG = {
    "Điều 99 Nghị định số 901/2021/NĐ-CP có quy định này.": "Không có chỗ này",
    "Nghị định số 777/2022/NĐ-CP có quy định này.": "Kho không có",
    "Khoản 1 Điều 2 Nghị định số 901/2021/NĐ-CP cho 45 ngày.": "Không thấy ở chỗ được dẫn",
    "Nghị định số 955/2024/NĐ-CP có quy định này.": "Chưa kiểm được",
}


@pytest.mark.parametrize(("words", "verdict"), WRONG.items(), ids=WRONG.values())
def test_a_wrong_citation_or_figure_waits_for_a_reason(
    client: FlaskClient, kb: Opened, words: str, verdict: str
) -> None:
    path = opened_pack(client)
    send(client, path, viec="loi", loi=f"{words}\nTrường làm đúng khoản 1 Điều 1 Nghị định số "
         f"901/2021/NĐ-CP.\n{words}")  # fmt: skip
    (reason,) = dossiers.looked(kb, 1).standing(Form.PACK)
    assert verdict in reason.words
    assert send(client, f"{path}/xuat", loai="pack", dang="txt").status_code == 409
    send(client, path, viec="buoc:pending")
    early = send(client, path, viec="buoc:approved", het_han="2099-01-01", ten="Thầy Bình")
    assert (early.status_code, verdict in early.text) == (409, True)
    assert press.pack(kb.desk, 1).state is State.PENDING
    send(client, path, viec="cho-xuat", loai="pack", dieu=reason.stamp, ten="Thầy Bình",
         vi_sao="Đã đối chiếu bản giấy.")  # fmt: skip
    send(client, path, viec="buoc:approved", het_han="2099-01-01", ten="Thầy Bình")
    assert press.pack(kb.desk, 1).state is State.APPROVED
    for kind in ("txt", "docx", "json", "in"):
        done = send(client, f"{path}/xuat", loai="pack", dang=kind)
        said = client.get(done.headers["Location"])
        text = read_file(said.data)[1] if kind in ("docx", "txt") else said.text
        for part in (verdict, "Đã đối chiếu bản giấy. Người cho xuất: Thầy Bình, lúc"):
            assert part in text, kind


TECHNICAL = ("github:", "http", "127.0.0.1", "kb ", "TỆP", "TÊN CƠ QUAN", "corpus", "““", "”.”")


@pytest.mark.parametrize("form", Form)
def test_what_goes_to_a_newspaper_is_in_words(
    client: FlaskClient, settings: Settings, form: Form
) -> None:
    path = opened_pack(client, "art_1__cl_2", "art_2__cl_1")
    send(client, path, viec="loi", loi="Nghị định số 777/2022/NĐ-CP ngày 01/02/2022 có quy định.")
    with Opened(settings) as kb:
        stamps = [one.stamp for one in dossiers.looked(kb, 1).standing(Form.CARD)]
        dossiers.let_through(kb, 1, Form.CARD, stamps, "Thầy Bình", "Cần trả lời ngay.")
    for kind in ("docx", "txt", "json", "in"):
        done = send(client, f"{path}/xuat", loai=form.value, dang=kind)
        file = client.get(done.headers["Location"])
        if kind == "in":
            shown = re.search(r"<article.*</article>", file.text, re.DOTALL)
            text = re.sub("<[^>]+>", "\n", shown[0]) if shown else ""
        else:
            text = read_file(file.data)[1]
        assert "nguồn: bản sao không chính thức ngày 23/7/2026" in text
        assert [word for word in TECHNICAL if word in text] == [], kind
        assert not re.search("[0-9a-f]{9}", text), kind
        last = text.strip().splitlines()[-1].strip()
        assert re.fullmatch(r"Mã dấu: ([0-9a-f]{4} ?){3}\. Muốn biết .* để kiểm\.", last), kind


def test_the_command_speaks_to_people(client: FlaskClient, settings: Settings) -> None:
    """No marks twice, no codes of checks, no addresses of copies."""
    opened_pack(client, "art_1__cl_2")
    altered = f"Khoản 2 Điều 1 Nghị định số 901/2021/NĐ-CP viết: “{TRUE.replace('không ', '')}”."
    send(client, "/1", viec="loi", loi=altered)
    draft = settings.data / "bai.txt"
    draft.write_text(altered, encoding="utf-8")
    every = CliRunner(env={"KB_DATA": str(settings.data)})
    for words in (["press", "pack", "show", "1"], ["press", "check", str(draft)],
                  ["check", "82/KH-NDTKT"]):  # fmt: skip
        said = every.invoke(main, words).output
        assert len(said) > 200
        assert [bad for bad in ("““", "”.”", "github:", "kb ingest") if bad in said] == []
        assert not re.search(r"\([a-z]+-[a-z-]+\)", said)


def test_words_that_bear_marks_get_no_others(client: FlaskClient, kb: Opened) -> None:
    key = next(i.document.key for i in kb.library.documents() if "955" in i.document.number)
    tree = kb.library.tree(key)
    assert tree
    inner = next(n for n in walk(tree) if n.own.of(kb.library.printed(key)).startswith("“2."))
    about = dossiers.facts({"title": "A", "organisation": "Trường Giả định"})
    dossiers.open_pack(kb, about, "Cô An")
    dossiers.add_passage(kb, 1, dossiers.passage(kb, key, inner.id), "Cô An")
    made = dossiers.export(kb, 1, Form.PACK, "Cô An")[1]
    assert made.quotes[0].exact.startswith("“2. Người trông")
    (line,) = (line.text for line in lines(made) if line.name == "quote 1")
    assert line.startswith("“2. Người trông")
    assert not line.endswith("””")


def test_links_are_printed_where_others_can_open_them(settings: Settings) -> None:
    with Opened(replace(settings, address="https://cancu.truong.example")) as kb:
        about = dossiers.facts({"title": "A", "organisation": "Trường Giả định"})
        dossiers.open_pack(kb, about, "Cô An")
        dossiers.add_passage(kb, 1, dossiers.passage(kb, KEY, "art_1"), "Cô An")
        made = dossiers.export(kb, 1, Form.PACK, "Cô An")[1]
    assert made.quotes[0].link == f"https://cancu.truong.example/vb/{KEY}/art_1"


def test_in_whose_name_it_goes_out_is_asked_where_nobody_said(
    client: FlaskClient, kb: Opened
) -> None:
    # Who issued the plans here need not be who uses this desk.
    assert "Trường Nuôi dạy trẻ khuyết tật tỉnh Long An" not in client.get("/bao-chi/ho-so").text
    path = opened_pack(client, "art_1__cl_1")
    send(client, path, viec="sua", ten_ho_so="Vườn chữ", co_quan="")
    refused = send(client, f"{path}/xuat", loai="pack", dang="txt", dung_ten=" ")
    assert (refused.status_code, 'href="#dung-ten-xuat"' in refused.text) == (400, True)
    done = send(client, f"{path}/xuat", loai="pack", dang="txt", dung_ten="Trường Giả định")
    assert "TRƯỜNG GIẢ ĐỊNH" in client.get(done.headers["Location"]).text
    assert press.pack(kb.desk, 1).facts.organisation == "Trường Giả định"


def test_the_name_given_at_the_export_is_the_one_it_goes_out_under(kb: Opened) -> None:
    dossiers.open_pack(kb, dossiers.facts({"title": "A", "organisation": "Trường Cũ"}), "Cô An")
    dossiers.add_passage(kb, 1, dossiers.passage(kb, KEY, "art_1"), "Cô An")
    made = dossiers.export(kb, 1, Form.PACK, "Cô An", "Trường Giả định")[1]
    assert made.organisation == press.pack(kb.desk, 1).facts.organisation == "Trường Giả định"


def test_what_a_quotation_leaves_out_is_printed(client: FlaskClient, kb: Opened) -> None:
    path = opened_pack(client, "art_1__cl_1")
    send(client, path, viec="loi", loi="Khoản 1 Điều 1 Nghị định số 901/2021/NĐ-CP quy định: "
         "“Luống số 1 trong vườn chữ giả định có … một người ghi sổ.”")  # fmt: skip
    assert "có lược bớt “một người trông và”" in told(client, path)
    assert dossiers.looked(kb, 1).standing(Form.PACK) == []
    made = dossiers.export(kb, 1, Form.PACK, "Cô An", "Trường Giả định")[1]
    (line,) = [one for one in lines(made) if one.name == "omitted"]
    assert line.text == (
        "Chỗ trích “Luống số 1 trong vườn chữ giả định có … một người ghi sổ.”, có lược bớt "
        "“một người trông và”."
    )


def test_a_figure_of_the_schools_own_stands_in_no_way(client: FlaskClient, kb: Opened) -> None:
    path = opened_pack(client)
    send(client, path, viec="loi", loi="Theo Nghị định số 901/2021/NĐ-CP, trường trông 17 trẻ.")
    looked = dossiers.looked(kb, 1)
    assert looked.checked
    assert [figure.verdict for figure in looked.checked.figures] == ["unverified"]
    assert looked.standing(Form.PACK) == []


def test_only_those_named_may_let_it_out_where_names_are_set(settings: Settings) -> None:
    made = create_app(replace(settings, releasers=("Trần Văn Bình",)))
    client = made.test_client()
    path = opened_pack(client, "art_2__cl_2")
    with Opened(settings) as kb:
        (reason,) = dossiers.looked(kb, 1).standing(Form.PACK)

    assert "Người được cho xuất: Trần Văn Bình." in told(client, path)

    def let(name: str) -> int:
        return send(client, path, viec="cho-xuat", loai="pack", dieu=reason.stamp, ten=name,
                    vi_sao="Cần.").status_code  # fmt: skip

    assert [let(name) for name in ("Tran Van Binh", "Thầy Bình", "trần  văn Bình")] == [
        400,
        400,
        303,
    ]
    made.extensions["can-cu"].close()


def test_a_marked_source_keeps_the_pack_in(client: FlaskClient, kb: Opened) -> None:
    opened_pack(client)
    key = next(i.document.key for i in kb.library.documents() if "77" in i.document.number)
    tree = kb.library.tree(key)
    assert tree
    send(client, "/them", vb=key, cho=tree.children[0].id, ho_so="1")
    refused = send(client, "/1/xuat", loai="pack", dang="txt")
    assert (refused.status_code, "MẬT" in refused.text) == (409, True)


def test_what_is_private_is_kept_in_wherever_it_is_typed(client: FlaskClient, kb: Opened) -> None:
    path = opened_pack(client, "art_1__cl_1")
    assert dossiers.looked(kb, 1).standing(Form.PACK) == []
    send(client, path, viec="sua", ten_ho_so="Vườn chữ", dieu_noi="Gọi 0912 345 678 để hỏi.")
    assert "0912 345 678" in send(client, f"{path}/xuat", loai="pack", dang="txt").text
    assert len(dossiers.looked(kb, 1).standing(Form.PACK)) == 1


def test_a_clock_runs_from_the_moment_that_was_typed(client: FlaskClient) -> None:
    path = opened_pack(client)
    assert "Chưa ghi mốc bắt đầu (khi nhận văn bản của cơ quan báo chí)." in told(client, path)
    send(client, path, viec="moc", moc="tra-loi-bao", luc="2026-11-02T08:00")
    assert "Hạn cuối: 08:00 ngày 02/12/2026" in told(client, path)
    wrong = send(client, path, viec="moc", moc="tra-loi-bao", luc="hôm qua")
    assert (wrong.status_code, "Không đọc được giờ" in wrong.text) == (400, True)
    assert send(client, path, viec="moc", moc="khong-co", luc="").status_code == 400
    assert send(client, path, viec="moc", moc="hop-bao", luc="9999-12-31T00:00").status_code == 400
    send(client, path, viec="moc", moc="tra-loi-bao", luc="")
    assert "Chưa ghi mốc bắt đầu (khi nhận văn bản của cơ quan báo chí)." in told(client, path)


def test_a_file_is_verified_on_the_page(client: FlaskClient) -> None:
    path = opened_pack(client, "art_1__cl_2")
    done = send(client, f"{path}/xuat", loai="pack", dang="txt")
    file = client.get(done.headers["Location"]).data

    def shown(content: bytes) -> tuple[int, str]:
        page = client.post("/bao-chi/ho-so/kiem-dau", headers=OWN,
                           data={"tep": (io.BytesIO(content), "gui.txt")})  # fmt: skip
        return page.status_code, page.text

    code, page = shown(file)
    assert (code, "Nguyên vẹn" in page, "bản được giữ" in page) == (200, True, True)
    code, page = shown(file.replace("trăng giả".encode(), "trang giả".encode(), 1))
    assert (code, "câu trích 1" in page.lower(), "<ins>" in page) == (200, True, True)
    assert shown(b"khong co dau")[0] == 400


def test_order_and_removal_are_kept_in_the_history(client: FlaskClient, kb: Opened) -> None:
    path = opened_pack(client, "art_1__cl_1", "art_3__cl_1")
    first, second = (held.id for held in press.pack(kb.desk, 1).passages)
    send(client, path, viec=f"xuong:{first}")
    assert [held.id for held in press.pack(kb.desk, 1).passages] == [second, first]
    send(client, path, viec=f"bo:{first}", vi_sao="thừa")
    assert [held.id for held in press.pack(kb.desk, 1).passages] == [second]
    assert "Bỏ câu trích “1. Luống số 1" in told(client, path)


def test_the_card_waits_for_its_confirmation(client: FlaskClient) -> None:
    path = opened_pack(client, "art_1__cl_2")
    refused = send(client, f"{path}/xuat", loai="card", dang="in")
    assert (refused.status_code, "chưa có người xác nhận" in refused.text) == (409, True)
    send(client, path, viec="loi", loi="Chỉ ban đêm, trừ đêm có trăng.")
    send(client, path, viec="buoc:pending")
    send(client, path, viec="buoc:approved", het_han="2099-01-01", ten="Thầy Bình")
    done = send(client, f"{path}/xuat", loai="card", dang="in")
    card = told(client, done.headers["Location"].removeprefix("/bao-chi/ho-so"))
    for words in (
        "Có người nói trường cấm đếm chữ.",
        "“2. Người trông luống số 1 không được",
        "Có hiệu lực từ 01/5/2021.",
        "Trước đó: kho không có",
        "Thầy Bình, lúc",
    ):
        assert words in card


def test_what_changed_since_is_told(tmp_path: Path, papers: Settings) -> None:
    def moved_to(*texts: str) -> Settings:
        made = library(tmp_path, *texts)
        shutil.copy(tmp_path / "first" / "desk.db", made.desk)
        return made

    first = Settings(tmp_path / "first")
    first.data.mkdir()
    shutil.copytree(papers.library, first.library)
    with Opened(first) as kb:
        dossiers.open_pack(kb, dossiers.facts({"title": "A"}), "Cô An")
        for place in ("art_3__cl_1", "art_4__cl_2"):
            dossiers.add_passage(kb, 1, dossiers.passage(kb, KEY, place), "Cô An")
    third = "Luống số 3 trong vườn chữ giả định có hai người trông và một người ghi sổ."
    with Opened(moved_to(decree(third=third, shifted=True))) as kb:
        changed, moved = dossiers.looked(kb, 1).found
        assert (changed.standing, moved.standing) == (Standing.CHANGED, Standing.MOVED)
        assert [p.text.strip() for p in changed.diff if p.change != "kept"] == ["một", "hai"]
        assert "nay ở khoản 2 Điều 5" in moved.reason
        for held in press.pack(kb.desk, 1).passages:
            dossiers.take_again(kb, 1, held.id, "Thầy Bình")
        again = dossiers.looked(kb, 1).found
        assert [one.standing for one in again] == [Standing.SAME, Standing.SAME]
        assert again[1].passage.provision == "art_5__cl_2"
    with Opened(moved_to(decree(), REPLACING)) as kb:
        for one in dossiers.looked(kb, 1).found:
            assert one.standing is Standing.NOT_IN_FORCE
            assert "988/2025/NĐ-CP ghi thay thế văn bản này từ 01/11/2025" in one.reason
            assert one.status_before == "Còn hiệu lực"
    with Opened(moved_to(AMENDING)) as kb:
        assert {one.standing for one in dossiers.looked(kb, 1).found} == {Standing.GONE}


def test_the_command_tells_the_same(settings: Settings, tmp_path: Path) -> None:
    assert run(settings, "pack", "new", "Ban đêm", "--by", "Cô An").output.startswith("Đã mở hồ sơ")
    added = run(settings, "pack", "add", "1", "901/2021/NĐ-CP", "khoản 2 Điều 2", "--by", "Cô An")
    assert added.exit_code == 0, added.output
    assert "1\tBan đêm\t1 câu trích\tNháp" in run(settings, "pack", "list").output
    assert "Chưa xuất được: 1 điều phải xem." in run(settings, "pack", "show", "1").output
    paths = {kind: tmp_path / f"a.{kind}" for kind in ("docx", "txt", "json")}
    asked = [
        "export",
        "1",
        "--by",
        "Cô An",
        *(w for k, p in paths.items() for w in (f"--{k}", str(p))),
    ]
    refused = run(settings, *asked)
    assert (refused.exit_code, paths["txt"].exists()) == (2, False)
    assert "955/2024/NĐ-CP" in refused.output
    asked += ["--organisation", "Trường Giả định"]
    own = run(settings, *asked, "--why", "So sánh câu chữ cũ.")
    assert (own.exit_code, "không tự cho xuất" in own.output) == (1, True)
    asked[asked.index("Cô An")] = "Thầy Bình"
    assert run(settings, *asked, "--why", "So sánh câu chữ cũ.").exit_code == 0
    away = Settings(tmp_path / "noi-khac")
    for kind, path in paths.items():
        assert run(away, "verify", str(path)).exit_code == 0, kind
    text = paths["txt"].read_text(encoding="utf-8")
    paths["txt"].write_text(text.replace("trăng giả", "trang giả"), encoding="utf-8")
    altered = run(away, "verify", str(paths["txt"]))
    assert altered.exit_code == 1
    assert "[-trăng-] {+trang+}" in altered.output
    assert not away.desk.exists()
    # A desk without a library: the seal is known, the sources are not asked.
    bare = Settings(tmp_path / "khong-kho")
    bare.data.mkdir()
    shutil.copy(settings.desk, bare.desk)
    known = run(bare, "verify", str(paths["docx"]))
    assert (known.exit_code, "ở đây xuất" in known.output) == (0, True)
    assert "Chưa xem được nguồn hôm nay: Chưa có kho văn bản." in known.output
    empty = tmp_path / "khong.txt"
    empty.write_text("Không có dấu", encoding="utf-8")
    assert run(away, "verify", str(empty)).exit_code == 2


def test_the_command_reads_a_place_without_accents_and_says_an_empty_pack_is_empty(
    settings: Settings,
) -> None:
    run(settings, "pack", "new", "Hồ sơ mới", "--by", "Cô An", "--organisation", "Trường giả định")
    assert "Chưa xuất được: hồ sơ chưa có gì." in run(settings, "pack", "show", "1").output
    added = run(settings, "pack", "add", "1", KEY, "khoan 2 dieu 1", "--by", "Cô An")
    assert added.exit_code == 0, added.output
    assert TRUE in added.output
    missing = run(settings, "pack", "add", "1", KEY, "khoan 99 dieu 1", "--by", "Cô An")
    assert missing.exit_code == 1
    assert "\nXuất được." in run(settings, "pack", "show", "1").output
