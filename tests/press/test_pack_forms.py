"""What cannot be taken comes back as it was filled, with the way to the field at fault."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.config import Settings
from kb.store import press
from kb.store.desk import Desk
from tests.press.packs import IN_FORCE, KEY, decree, library
from web import create_app

OWN = {"Sec-Fetch-Site": "same-origin"}
DESK = "/bao-chi/ho-so"
LONG = "chữ " * 600


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return library(tmp_path_factory.mktemp("ho-so-bieu"), decree(), row=IN_FORCE)


@pytest.fixture(scope="module")
def app(settings: Settings) -> Iterator[Flask]:
    made = create_app(settings)
    yield made
    made.extensions["can-cu"].close()


@pytest.fixture(scope="module")
def client(app: Flask) -> FlaskClient:
    """A desk with one pack, waiting for approval, whose statement has a wrong citation."""
    made = app.test_client()
    for path, fields in (
        (DESK, {"ten-ho-so": "Vườn chữ"}),
        (f"{DESK}/them", {"vb": KEY, "cho": "art_1", "ho-so": "1"}),
        (f"{DESK}/1", {"viec": "loi", "loi": "Điều 99 Nghị định số 901/2021/NĐ-CP có quy định."}),
        (f"{DESK}/1", {"viec": "buoc:pending"}),
    ):
        assert made.post(path, data=fields | {"ten": "Cô An"}, headers=OWN).status_code == 303
    return made


FAULTS = {
    "no day": ("/1", {"viec": "buoc:approved", "het-han": "", "vi-sao": "Đọc rồi.", "ten": "Bình"},
               400, "het-han"),
    "no such day": ("/1", {"viec": "buoc:approved", "het-han": "31/12", "ten": "Bình"}, 400,
                    "het-han"),
    "one's own": ("/1", {"viec": "buoc:approved", "het-han": "2099-01-01", "ten": "co an"}, 400,
                  "ten-buoc"),
    "wrong citation": ("/1", {"viec": "buoc:approved", "het-han": "2099-01-01", "vi-sao": "Đọc.",
                              "ten": "Bình"}, 409, ""),
    "statement without a name": ("/1", {"viec": "loi", "loi": "Lời mới.\nDòng hai.", "ten": " "},
                                 400, "ten-loi"),
    "statement too long": ("/1", {"viec": "loi", "loi": "a" * 50_001, "ten": "An"}, 400, "loi"),
    "statement overtaken": ("/1", {"viec": "loi", "loi": "Lời khác.", "ten": "An", "thay": "1"},
                            409, ""),
    "facts without a title": ("/1", {"viec": "sua", "ten-ho-so": "", "bao": "Báo Giả", "co-quan":
                              "Trường Giả", "muc-dich": "Nói rõ", "dieu-noi": "Họ nói.\nVậy.",
                              "ten": "An"}, 400, "ten-ho-so"),
    "facts with a bad hour": ("/1", {"viec": "sua", "ten-ho-so": "Vườn", "han": "chiều mai",
                                     "bao": "Báo Giả", "ten": "An"}, 400, "han"),
    "clock with a bad hour": ("/1", {"viec": "moc", "moc": "hop-bao", "luc": "chiều", "ten": "An"},
                              400, "luc"),
    "order without a name": ("/1", {"viec": "bo:2", "ten": ""}, 400, "ten-cau"),
    "let through without a reason": ("/1", {"viec": "cho-xuat", "loai": "pack", "dieu": "x",
                                            "vi-sao": "Vì cần.", "ten": "Bình"}, 409, ""),
    "let through one's own": ("/1", {"viec": "cho-xuat", "loai": "card", "dieu": "x",
                                     "vi-sao": "Vì cần.", "ten": "CÔ AN"}, 400,
                              "ten-cho-xuat-card"),
    "export": ("/1/xuat", {"loai": "pack", "dang": "docx", "ten": "Thầy Bình"}, 409, ""),
    "no thing to do": ("/1", {"viec": "x", "ten": "An"}, 400, ""),
    "pack without a title": ("", {"ten-ho-so": " ", "bao": "Báo Giả", "co-quan": "Trường Giả",
                                  "han": "2026-12-01T16:00", "muc-dich": "Nói rõ",
                                  "dieu-noi": "Họ nói.", "ten": "An"}, 400, "ten-ho-so"),
    "pack with too long a name": ("", {"ten-ho-so": "Vườn", "bao": "Báo", "ten": LONG}, 400,
                                  "ten-mo"),
    "words that stand elsewhere": ("/them", {"vb": KEY, "cho": "art_1", "chu": "chữ lạ", "ho-so":
                                             "1", "ten": "An"}, 400, "chu"),
    "the same passage again": ("/them", {"vb": KEY, "cho": "art_1", "chu": "", "ho-so": "1",
                                         "ten": "An"}, 400, "ho-so"),
    "passage into a pack without a title": ("/them", {"vb": KEY, "cho": "art_1", "chu": "một người",
                                            "ho-so": "0", "ten-ho-so": "", "ten": "An"}, 400,
                                            "ten-ho-so"),
}  # fmt: skip
_HIDDEN = {"viec", "dieu", "thay", "loai", "dang", "vb", "cho"}


@pytest.mark.parametrize("fault", FAULTS)
def test_nothing_that_was_typed_is_lost(
    client: FlaskClient, settings: Settings, fault: str
) -> None:
    path, fields, code, wrong = FAULTS[fault]
    before = press.pack(Desk(settings.desk), 1).events
    answer = client.post(DESK + path, data=fields, headers=OWN)
    assert answer.status_code == code
    assert "Chưa ghi được: " in answer.text.partition("</title>")[0]
    shown = shown_in(answer.text)
    form = fields["viec"].partition(":")[0] if "viec" in fields else ""
    for name, value in fields.items():
        if name not in _HIDDEN and form != "x":
            assert value in shown[name], name
    if wrong:
        assert f'href="#{wrong}"' in answer.text
        assert f'aria-invalid="true" aria-describedby="sai-{wrong}"' in answer.text
        assert f'id="sai-{wrong}"' in answer.text
        assert answer.text.count(f'id="{wrong}"') == 1
    else:
        assert "aria-invalid" not in answer.text
    assert press.pack(Desk(settings.desk), 1).events == before


def shown_in(page: str) -> dict[str, set[str]]:
    """Every value that the fields of a page hold, by name."""
    out: dict[str, set[str]] = {}
    for tag in re.findall(r"<input [^>]*>", page):
        named, held = re.search(r' name="([^"]*)"', tag), re.search(r' value="([^"]*)"', tag)
        out.setdefault(named[1] if named else "", set()).add(unescape(held[1]) if held else "")
    for name, text in re.findall(
        r'<textarea [^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', page, re.S
    ):
        out.setdefault(name, set()).add(unescape(text).removeprefix("\n"))
    for name, text in re.findall(r'<select [^>]*name="([^"]*)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="([^"]*)" selected', text)
        out.setdefault(name, set()).add(chosen[1] if chosen else "")
    return out


def test_the_words_of_another_stand_beside_those_that_came_too_late(client: FlaskClient) -> None:
    fields = {"viec": "loi", "loi": "Lời khác.", "ten": "An", "thay": "1"}
    page = client.post(f"{DESK}/1", data=fields, headers=OWN).text
    assert "Lời đang lưu, người khác vừa ghi" in page
    assert page.count("Điều 99 Nghị định số 901/2021/NĐ-CP có quy định.") >= 1


def test_no_file_chosen_is_told(client: FlaskClient, tmp_path: Path) -> None:
    page = client.post(f"{DESK}/kiem-dau", headers=OWN)
    assert (page.status_code, "Chưa chọn tệp." in page.text) == (400, True)
