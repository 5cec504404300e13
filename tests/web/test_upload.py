"""The upload page: what comes in, what is told of each file, what stays out; by keyboard alone."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from ingest import inbox as module
from ingest.inbox import Inbox, name_of
from kb.config import Settings, load_settings
from kb.errors import CanCuError, IndexMismatch, LibraryBusy, NotFound, SettingError
from tests.libraries import corpus_library
from web import create_app
from web.upload import takes

GOLDEN = Path(__file__).parents[1] / "golden"
OURS = {"Sec-Fetch-Site": "same-origin"}
DECISION = (GOLDEN / "quyet-dinh-9929-qd-ttg.txt").read_bytes()
BY = "Nguyễn Giả"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = Settings(tmp_path_factory.mktemp("nap"), max_file_mb=1)
    corpus_library(settings)
    return settings


@pytest.fixture(scope="module")
def app(made: Settings) -> Iterator[Flask]:
    app = create_app(made)
    yield app
    app.extensions["can-cu"].close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def sent(client: FlaskClient, *files: tuple[str, bytes], by: str = BY) -> TestResponse:
    data = {"ten": by, "tep": [FileStorage(io.BytesIO(content), name) for name, content in files]}
    boundary, body = encode_multipart(data)
    kind = f"multipart/form-data; boundary={boundary}"
    return client.post("/nap-van-ban", data=body, content_type=kind, headers=OURS)


def told(client: FlaskClient, answer: TestResponse) -> str:
    """The page of the batch, once it is read."""
    assert answer.status_code == 303, answer.text
    client.application.extensions["inbox"].wait(120)
    return re.sub(r"\s+", " ", client.get(answer.location).text)


def test_a_document_comes_in_and_is_told(client: FlaskClient, made: Settings) -> None:
    answer = sent(client, ("giấy tờ/quyết định.txt", DECISION))
    page = told(client, answer)
    assert "<h2>quyết định.txt</h2>" in page
    assert "Đã nạp" in page
    assert '<a href="/vb/qd/2019/9929/ttg">Mở văn bản: Quyết định số 9929/QĐ-TTg</a>' in page
    assert re.search(r"bản chép, [1-9]\d* điều, khoản, điểm hay mục", page)
    assert "Thủ tướng Chính phủ" in page
    assert "Toàn văn" in client.get("/vb/qd/2019/9929/ttg").text
    assert "nguoi-soat" in answer.headers["Set-Cookie"]
    # The file as received, with who sent it and when; nothing is left of the sending but its words.
    (origin,) = [
        row
        for path in made.originals.glob("??/*/origin.json")
        if (row := json.loads(path.read_text(encoding="utf-8")))["name"] == "quyết định.txt"
    ]
    assert (origin["by"], origin["uploaded"][:2], origin["url"]) == (BY, "20", "")
    assert not list(made.uploads.glob("*/[0-9]*"))
    again = told(client, sent(client, ("lần nữa.txt", DECISION)))
    assert "Đã có sẵn" in again
    assert "trùng hoàn toàn với tệp đã có: quyết định.txt" in again
    assert 'href="/vb/qd/2019/9929/ttg"' in again
    other = DECISION.replace("tại 7 vùng".encode(), "tại 8 vùng".encode())
    second = told(client, sent(client, ("bản khác.txt", other)))
    assert "của 9929/QĐ-TTg, khác 1 chỗ: Điều 1" in second or "nay là bản được hiện" in second
    assert "bản khác.txt</a> và" not in client.get("/nap-van-ban").text
    assert "bản khác.txt" in client.get("/nap-van-ban").text


def test_a_version_of_a_plan_is_one_of_the_plan(client: FlaskClient, made: Settings) -> None:
    plan = next(p for p in (module.CORPUS / "plans").iterdir() if p.suffix == ".txt")
    words = plan.read_text(encoding="utf-8")
    page = told(client, sent(client, ("ban-moi.txt", (words + "\n").encode())))
    assert "Mở kế hoạch: Kế hoạch số 82/KH-NDTKT" in page
    assert "của 82/KH-NDTKT" in page


STAY_OUT = (
    ("rong.txt", b"", "Tệp rỗng, không có chữ nào."),
    ("goi.zip", b"PK\x05\x06" + bytes(18), "Giải nén rồi nạp từng tệp bên trong."),
    ("la.bin", bytes(range(256)) * 4, "Không nhận ra định dạng của tệp này."),
    ("hong.pdf", b"%PDF-1.4\nhong", "Tệp PDF bị hỏng"),
    ("to.txt", b"a" * (1024**2 + 1), "Tệp nặng 2 MB, quá mức 1 MB."),
    ("../../x.docx", b"PK\x03\x04hong", "<h2>x.docx</h2>"),
    ("<b>.txt", b"", "<h2>&lt;b&gt;.txt</h2>"),
)


def test_files_that_stay_out_keep_no_other_out(client: FlaskClient, made: Settings) -> None:
    other = "TRƯỜNG GIẢ ĐỊNH\nQUYẾT ĐỊNH\nĐiều 1. Thử đi kèm.".encode()
    files = [(name, content) for name, content, _ in STAY_OUT]
    page = told(client, sent(client, *files[:3], ("kèm.txt", other), *files[3:]))
    for name, _, said in STAY_OUT:
        assert said in page, name
    assert "1 đã nạp, 7 không nạp được." in page
    assert '<dt>Ngày ban hành</dt><dd><span class="look">chưa rõ</span>' in page
    assert not list(made.uploads.glob("*/[0-9]*"))


def test_a_disk_that_takes_nothing_is_told(tmp_path: Path) -> None:
    (tmp_path / "uploads").write_bytes(b"")
    with pytest.raises(CanCuError, match="chưa nhận tệp nào"):
        Inbox(Settings(tmp_path)).receive([("a.txt", io.BytesIO(b"a"))], BY, "")


def test_an_empty_form_comes_back_with_what_to_do(client: FlaskClient) -> None:
    answer = sent(client)
    assert answer.status_code == 400
    assert "Chưa chọn tệp nào." in answer.text
    assert f'value="{BY}"' in answer.text
    nameless = sent(client, ("a.txt", b"a"), by=" ")
    assert nameless.status_code == 400
    assert "Chưa ghi tên người làm." in nameless.text
    heavy = sent(client, *((f"{n}.txt", b"a" * 1024**2) for n in range(9)))
    assert heavy.status_code == 413
    assert "không quá 8 MB" in heavy.text


def test_only_our_own_page_and_only_this_machine_may_send(
    client: FlaskClient, made: Settings
) -> None:
    assert client.post("/nap-van-ban", data={"ten": BY}).status_code == 403
    wide = create_app(Settings(made.data, host="0.0.0.0"))
    page = wide.test_client().get("/nap-van-ban").text
    assert "KB_UPLOAD=on" in page
    assert "<input id=" not in page.split("<main")[1]
    refused = sent(wide.test_client(), ("a.txt", DECISION))
    assert refused.status_code == 403
    assert "KB_UPLOAD=on" in refused.text
    wide.extensions["can-cu"].close()
    for host, value, may in [
        ("0.0.0.0", "on", True),
        ("127.0.0.1", "off", False),
        ("::1", "auto", True),
        ("kho.truong.edu.vn", "auto", False),
    ]:
        read = load_settings({"KB_HOST": host, "KB_UPLOAD": value}, made.data)
        assert takes(read) is may
    with pytest.raises(SettingError, match="KB_UPLOAD"):
        load_settings({"KB_UPLOAD": "yes"}, made.data)


def test_pages_lead_here(client: FlaskClient) -> None:
    for path in ("/van-ban", "/ke-hoach", "/vb/qd/2020/753/ttg"):
        assert 'href="/nap-van-ban"' in client.get(path).text


@pytest.mark.parametrize("id", ["khong-co", "20261126-190000-000000-0000", "..%2F..%2Fdocuments"])
def test_an_unknown_sending_is_told(client: FlaskClient, id: str) -> None:
    assert client.get(f"/nap-van-ban/{id}").status_code == 404


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    return Inbox(Settings(tmp_path))


def test_what_is_under_way_is_said_and_read_after_a_restart(
    inbox: Inbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    going, seen = Event(), []

    def add(settings: Any, files: Any, total: int, progress: Any, corpus: Any) -> list[Any]:
        progress("Đọc văn bản", 1, total)
        seen.append([raw.name for raw in files])
        going.wait(20)
        return []

    monkeypatch.setattr(module, "add", add)
    first = inbox.receive([("a.txt", io.BytesIO(b"a"))], BY, "2026-11-26T02:00:00+00:00")
    second = inbox.receive([("b.txt", io.BytesIO(b"b"))], BY, "2026-11-26T02:00:01+00:00")
    assert inbox.batch(first).outcomes is None
    assert (inbox.waiting(first), inbox.waiting(second)) == (0, 1)
    assert inbox.stage(second) == ("", 0, 0)
    # Another server over the same folder finds both.
    assert Inbox(Settings(tmp_path)).waiting("99") == 2
    going.set()
    inbox.wait(20)
    assert seen == [["a.txt"], ["b.txt"]]
    assert inbox.batch(second).outcomes == ()


def test_a_busy_library_is_waited_for(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def add(*_: Any) -> list[Any]:
        asked.append(1)
        if len(asked) < 5:
            raise LibraryBusy("Một lệnh khác đang ghi vào kho.", "")
        return []

    monkeypatch.setattr(module, "add", add)
    monkeypatch.setattr(module, "_WAIT", 0)
    one = inbox.receive([("a.txt", io.BytesIO(b"a"))], BY, "")
    inbox.wait(20)
    assert inbox.batch(one).outcomes == ()


@pytest.mark.parametrize(
    ("error", "said"),
    [(IndexMismatch("Kho và chỉ mục lệch nhau.", ""), "lệch"), (OSError("đầy"), "tệp còn giữ")],
)
def test_files_of_a_run_that_failed_are_kept_and_read_again(
    inbox: Inbox, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    def fail(*_: Any) -> list[Any]:
        raise error

    monkeypatch.setattr(module, "add", fail)
    one = inbox.receive([("a.txt", io.BytesIO(b"a"))], BY, "")
    inbox.wait(20)
    found = inbox.batch(one)
    assert found.kept
    assert found.outcomes
    assert said in found.outcomes[0].reason
    monkeypatch.setattr(module, "add", lambda *_: [])
    inbox.again(one)
    inbox.wait(20)
    assert inbox.batch(one).outcomes == ()
    assert not inbox.batch(one).kept
    with pytest.raises(NotFound):
        inbox.again("x")


def test_a_file_that_takes_the_server_with_it_is_not_begun_for_ever(
    inbox: Inbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Inbox, "wake", lambda self: None)
    one = inbox.receive([("a.txt", io.BytesIO(b"a"))], BY, "")
    monkeypatch.undo()
    (tmp_path / "uploads" / one / "begun").write_bytes(b"...")
    inbox.wake()
    inbox.wait(20)
    found = inbox.batch(one)
    assert found.kept
    assert found.outcomes
    assert "dừng 3 lần" in found.outcomes[0].reason


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("C:\\fakepath\\a.pdf", "a.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\x00\nb.txt", "ab.txt"),
        ("..", ".."),
        ("thu/", "tệp không tên"),
    ],
)
def test_a_name_is_only_a_name(written: str, name: str) -> None:
    assert name_of(written) == name
    assert len(name_of("x" * 999 + ".docx")) <= 200
    assert name_of("x" * 999 + ".docx").endswith(".docx")


# --- in a browser ---------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False])
def test_sent_by_keyboard(
    browser: Browser, address: str, app: Flask, tmp_path: Path, script: bool
) -> None:
    context = browser.new_context(java_script_enabled=script)
    page = context.new_page()
    file = tmp_path / "thông báo.txt"
    file.write_text(f"TRƯỜNG GIẢ ĐỊNH\nTHÔNG BÁO\nĐiều 1. Bàn phím {script}.", encoding="utf-8")
    page.goto(address + "/nap-van-ban")
    page.locator("#tep").focus()
    page.set_input_files("#tep", [file])
    page.keyboard.press("Tab")
    page.keyboard.type(BY)
    page.keyboard.press("Enter")
    page.wait_for_url("**/nap-van-ban/2*")
    if not script:
        app.extensions["inbox"].wait(60)
        if page.locator("text=Xem lại").count():
            page.click("text=Xem lại")
    page.wait_for_selector("h1:has-text('Kết quả nạp')", timeout=60_000)
    assert page.locator(".uploaded h2").inner_text() == "thông báo.txt"
    page.reload()
    page.click("text=Mở văn bản")
    assert "Bàn phím" in page.locator(".law.text").inner_text()
    context.close()


@pytest.mark.browser
def test_every_state_is_accessible(page: Page, address: str, app: Flask, made: Settings) -> None:
    inbox: Inbox = app.extensions["inbox"]
    files = [("quyết định.txt", io.BytesIO(DECISION + b"\n")), ("hong.pdf", io.BytesIO(b"%PDF-1."))]
    read = inbox.receive(files, BY, "2026-11-26T02:00:00+00:00")
    inbox.wait(60)
    unread = "20260101-000000-000000-0000"
    kept = made.uploads / unread
    kept.mkdir()
    row = {"by": BY, "at": "2026-11-26T02:00:00+00:00", "files": [{"name": "a.pdf", "size": 9}]}
    (kept / "batch.json").write_text(json.dumps(row), encoding="utf-8")
    wake, inbox.wake = inbox.wake, lambda: None  # type: ignore[method-assign]
    try:
        for path in ("", f"/{read}", f"/{unread}"):
            for width, scheme in ((1366, "light"), (375, "light"), (1366, "dark")):
                page.set_viewport_size({"width": width, "height": 800})
                page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                page.goto(f"{address}/nap-van-ban{path}")
                page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
                found = Axe().run(page)
                assert found.violations_count == 0, found.generate_report()
            page.set_viewport_size({"width": 320, "height": 640})
            assert page.evaluate("document.documentElement.scrollWidth") <= 320
        page.goto(address + "/nap-van-ban")
        page.fill("#ten-nap", BY)
        page.keyboard.press("Enter")
        page.wait_for_selector("#khong-ghi")
        assert Axe().run(page).violations_count == 0
        assert page.input_value("#ten-nap") == BY
    finally:
        inbox.wake = wake  # type: ignore[method-assign]
