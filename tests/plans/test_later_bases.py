"""A basis issued after the plan was signed: told before it is taken, and wherever it stands."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from kb.config import Settings
from kb.documents import Document
from kb.grounds import NOT_ISSUED, judge, late_words
from kb.store.generations import current
from kb.store.library import Library
from kb.validity import State as Force
from web.cli import main

PLAN = "/ke-hoach/kh/2031/12/vcgd"
OURS = {"Origin": "http://localhost"}
EARLIER, LATER = "nd/2030/901/cp", "nd/2032/955/cp"
SIGNED = date(2031, 9, 6)
TOLD = "Ban hành ngày 06/9/2032, sau ngày ký kế hoạch (06/9/2031): không thể là căn cứ lúc ký"


def page(app: Flask, address: str) -> str:
    got = app.test_client().get(address).get_data(as_text=True)
    return " ".join(re.sub(r"<[^>]+>", " ", got).split())


@pytest.mark.parametrize(
    ("issued", "signed", "late"),
    [
        ("2031-09-07", SIGNED, True),
        ("2031-09-06", SIGNED, False),
        ("2032", SIGNED, True),
        ("2031", SIGNED, False),  # of the same year: which came first is not known
        ("", SIGNED, True),  # its number is of 2032
        ("2032-01-01", None, False),
    ],
)
def test_only_what_is_surely_younger_is_late(issued: str, signed: date | None, late: bool) -> None:
    document = Document(
        LATER, "Nghị định", "955/2032/NĐ-CP", "Giả định", "Chính phủ", issued=issued
    )
    assert bool(late_words(document, signed)) is late


def test_both_days_say_it(settings: Settings) -> None:
    library = Library(current(settings.library) / "library.db")
    made = judge(library, [(EARLIER, ""), (LATER, "")], SIGNED, date(2033, 1, 1))
    library.close()
    signed = made[LATER, ""].signed
    assert (signed.state, signed.words) == (Force.NOT_YET, NOT_ISSUED)
    assert made[LATER, ""].today.state is not Force.NOT_YET
    assert made[LATER, ""].late.startswith(TOLD)
    assert made[EARLIER, ""].late == ""


def test_the_form_tells_before_and_the_page_after(app: Flask) -> None:
    client, address = app.test_client(), f"{PLAN}/muc/II.1"
    shown = client.get(address).get_data(as_text=True)
    stamp = re.search(r'name="dau" value="([^"]+)"', shown)
    assert stamp
    sent = {"dau": stamp[1], "quyet-dinh": "add", "so-moi": "955/2032/NĐ-CP", "ten": "Cô Thử",
            "vi-sao": "để sửa sau", "khung": "ca-muc"}  # fmt: skip
    refused = client.post(address, data=sent, headers=OURS)
    assert refused.status_code == 400
    again = refused.get_data(as_text=True)
    assert TOLD in again
    assert "--later" not in again
    for kept in (
        'name="so-moi" placeholder="51/2010/QH12" maxlength="100" value="955/2032/NĐ-CP"',
        'value="add" required checked',
        'value="Cô Thử"',
        ">để sửa sau</textarea>",
    ):
        assert kept in again, kept
    assert 'name="sau-ngay-ky"' in again
    assert "Chưa có quyết định nào" in page(app, f"{PLAN}/quyet-dinh")
    told = client.post(address, data=sent | {"sau-ngay-ky": "1"}, headers=OURS)
    assert told.status_code == 303
    for where in (address, PLAN):
        assert TOLD in page(app, where)
        assert NOT_ISSUED in page(app, where)
    assert NOT_ISSUED in page(app, f"{PLAN}/ma-tran")
    csv = client.get(f"{PLAN}/bao-cao.csv").get_data(as_text=True)
    assert TOLD in csv


def run(settings: Settings, *words: str) -> Result:
    return CliRunner().invoke(main, list(words), env={"KB_DATA": str(settings.data)})


def test_the_command_tells_before_and_after(app: Flask, settings: Settings) -> None:
    asked = ("review", "add", "12/KH-VCGĐ", "II.1", "955/2032/NĐ-CP", "--by", "Cô Thử")
    refused = run(settings, *asked)
    assert refused.exit_code == 1
    assert TOLD in refused.output
    assert "--later" in refused.output
    assert "Cô Thử" not in run(settings, "review", "list", "12/KH-VCGĐ").output
    assert TOLD in run(settings, *asked, "--later").output
    assert TOLD in run(settings, "review", "list", "12/KH-VCGĐ").output
    made = json.loads(run(settings, "plan", "show", "12/KH-VCGĐ", "--json").stdout)
    row = next(item for item in made["items"] if item["id"] == "II.1")
    (late,) = [basis for basis in row["bases"] if basis["number"] == "955/2032/NĐ-CP"]
    assert late["late"].startswith(TOLD)
    assert late["status_when_signed"] == NOT_ISSUED


def test_to_replace_by_a_younger_one_is_told_too_and_an_older_one_is_not(
    app: Flask, settings: Settings
) -> None:
    old = ("12/KH-VCGĐ", "I.7", "901/2030/NĐ-CP")
    said = ("--at", "khoản 2 Điều 7", "--by", "Cô Thử", "--why", "đã sửa")
    assert TOLD in run(settings, "review", "replace", *old, "955/2032/NĐ-CP", *said).output
    assert "Cô Thử" not in run(settings, "review", "list", "12/KH-VCGĐ").output
    made = run(settings, "review", "accept", *old, *said)
    assert made.exit_code == 0, made.output
    assert "sau ngày ký" not in made.output
