"""A consolidated text gives a place's later words, from the day its notes name, and no other."""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask import Flask

from kb.amendments import Amendment
from kb.history import history, place_wording_at, place_wordings
from kb.later_wordings import Later
from kb.store.library import Library
from kb.wordings import wording_at

BASE = "nd/2030/985/cp"
ISSUED = "1. Mỗi vườn có hai ghế."
LATER = "1. Mỗi vườn có ba ghế, một ghế có lưng tựa."


def consolidated(library: Library) -> str:
    (key,) = (item.document.key for item in library.documents()
              if item.document.number == "12/VBHN-VPGĐ")  # fmt: skip
    return key


def test_a_consolidated_text_consolidates_its_base(library: Library) -> None:
    relations = [r for r in library.relations(BASE) if r.verb == "consolidates"]
    assert [(r.subject, r.object) for r in relations] == [(consolidated(library), BASE)]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2031, 3, 31), ISSUED),
        (date(2031, 4, 1), ""),  # the words between the two changes nobody prints
        (date(2033, 6, 1), LATER),
    ],
)
def test_words_of_a_place_on_a_day(library: Library, day: date, words: str) -> None:
    found = place_wording_at(history(library, BASE), "art_2__cl_1", day)
    assert found.text == words
    assert found.reason or words


@pytest.mark.parametrize("provision", ["art_1", "art_2__cl_2", "art_2__cl_3", "art_9"])
def test_nothing_is_taken_without_a_mark_or_a_day(library: Library, provision: str) -> None:
    assert Later(library, BASE).of(provision, "", ()) == []


def test_who_gave_the_later_words_is_named(app: Flask, library: Library) -> None:
    told = history(library, BASE)
    last = place_wordings(told, "art_2__cl_1")[-1]
    assert last.by is not None
    assert last.by.subject == consolidated(library)
    page = app.test_client().get(f"/lich-su/{BASE}/art_2__cl_1?ngay=2034-01-01")
    said = " ".join(re.sub(r"<[^>]+>", " ", page.get_data(as_text=True)).split())
    assert f"“{LATER}”" in said or LATER in said
    assert "12/VBHN-VPGĐ, khoản 1 Điều 2" in said


def test_the_page_leads_to_later_words(app: Flask) -> None:
    page = app.test_client().get(f"/vb/{BASE}?ngay=2034-01-01").get_data(as_text=True)
    said = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "Câu chữ từ 01/6/2033 theo Văn bản hợp nhất số 12/VBHN-VPGĐ, khoản 1 Điều 2" in said
    assert f"/lich-su/{BASE}/art_2__cl_1" in page


def test_a_change_of_the_same_day_from_elsewhere_leaves_it_open(library: Library) -> None:
    other = Amendment("x", "art_1", BASE, "art_2__cl_1", "amends", "sửa", "", "2033-06-01")
    assert Later(library, BASE).of("art_2__cl_1", ISSUED, [other]) == []


WHOLE = Amendment("a", "art_1", BASE, "art_1", "amends", "sửa", "Chữ mới.", "2031-01-01")
TEXTLESS = Amendment("a", "art_1", BASE, "art_1", "amends", "thay cụm từ", "", "2031-01-01")
PRINTED = Amendment("v", "art_1", BASE, "art_1", "consolidates", "", "Chữ mới.", "2031-01-01")
OTHERWISE = Amendment("v", "art_1", BASE, "art_1", "consolidates", "", "Chữ khác.", "2031-01-01")


@pytest.mark.parametrize(
    ("changes", "words", "by"),
    [
        ([WHOLE, PRINTED], "Chữ mới.", "a"),
        ([TEXTLESS, PRINTED], "Chữ mới.", "v"),
        ([WHOLE, OTHERWISE], "", "v"),
    ],
)
def test_two_that_print_a_place_on_one_day(changes: list[Amendment], words: str, by: str) -> None:
    found = wording_at("Chữ cũ.", "2030-01-01", changes, "art_1", date(2032, 1, 1))
    assert found.text == words
    assert found.by is not None
    assert found.by.subject == by
