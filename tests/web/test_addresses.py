"""Pages asked for by a document's number: one is gone to, two are listed, none is said."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

LAW = "/vb/luat/2010/51/qh12"


def goes_to(client: FlaskClient, path: str) -> str:
    answer = client.get(quote(path, safe="/?=%"))
    assert (answer.status_code, path) == (302, path)
    return answer.headers["Location"]


@pytest.mark.parametrize(
    ("asked", "page"),
    [
        ("/vb/51/2010/QH12", LAW),
        ("/vb/51/2010/qh12", LAW),
        ("/vb/Luật 51/2010/QH12", LAW),
        ("/vb/51-2010-QH12", LAW),
        ("/51/2010/QH12", LAW),
        ("/vb/753/QĐ-TTg", "/vb/qd/2020/753/ttg"),
        ("/vb/753/qd-ttg", "/vb/qd/2020/753/ttg"),
        ("/vb/753/QD-TTG?ngay=2021-05-06", "/vb/qd/2020/753/ttg?ngay=2021-05-06"),
        ("/vb/09/2017/NĐ-CP", "/vb/nd/2017/09/cp"),
        ("/vb/9/2017/nđ-cp", "/vb/nd/2017/09/cp"),
        ("/vb/9753/QĐ-TTg/art_1", "/vb/qd/2019/9753/ttg/art_1"),
        ("/lich-su/09/2017/NĐ-CP", "/lich-su/nd/2017/09/cp"),
        ("/lich-su/9753/QĐ-TTg/art_1", "/lich-su/qd/2019/9753/ttg/art_1"),
        ("/lich-su/nd/2017/09/cp", "/vb/nd/2017/09/cp#quan-he"),
        ("/so-sanh/753/QĐ-TTg", "/so-sanh/qd/2020/753/ttg"),
        ("/vb/82/KH-NDTKT", "/ke-hoach/kh/2021/82/ndtkt"),
        ("/ke-hoach/KH-NDTKT 82/ma-tran", "/ke-hoach/kh/2021/82/ndtkt/ma-tran"),
        ("/ke-hoach/51/2010/QH12", LAW),
    ],
)
def test_a_number_goes_to_its_document(client: FlaskClient, asked: str, page: str) -> None:
    assert goes_to(client, asked) == page


def test_every_number_of_the_library(client: FlaskClient) -> None:
    """As printed: to its document, or to a list that has it."""
    kb = client.application.extensions["can-cu"].opened()
    for listed in kb.library.documents():
        if not listed.document.number or not any(c.isdigit() for c in listed.document.number):
            continue
        answer = client.get("/vb/" + quote(listed.document.number))
        where = answer.headers.get("Location", "") + answer.text
        assert answer.status_code in (300, 302), listed.document.number
        assert listed.document.key in where, listed.document.number


def test_two_of_that_number_are_listed(client: FlaskClient) -> None:
    answer = client.get("/vb/" + quote("QĐ số 9753, QĐ số 753"))
    assert answer.status_code == 300
    assert "2 văn bản cùng được gọi là" in answer.text
    assert "/vb/qd/2019/9753/ttg" in answer.text
    assert "/vb/qd/2020/753/ttg" in answer.text


@pytest.mark.parametrize("asked", ["/vb/51/2099/QH99", "/lich-su/51/2099/QH99", "/51/2099/QH99"])
def test_an_unknown_number_is_looked_for(client: FlaskClient, asked: str) -> None:
    answer = client.get(asked)
    assert answer.status_code == 404
    assert "Kho không có văn bản 51/2099/QH99." in answer.text
    assert "/tim?q=51/2099/QH99" in answer.text
    assert 'value="51/2099/QH99"' in answer.text


def test_a_misprint_names_what_may_be_meant(client: FlaskClient) -> None:
    answer = client.get("/vb/1956/" + quote("QĐ-TTg"))
    assert answer.status_code == 404
    assert "Có thể bạn cần" in answer.text
    assert "/vb/qd/2020/1929/ttg" in answer.text


@pytest.mark.parametrize(
    "asked", ["/vb/qd/1999/1/ttg", "/khong/co/gi", "/vb/" + "x" * 500, "/vb/%00"]
)
def test_what_is_no_number_is_not_found(client: FlaskClient, asked: str) -> None:
    assert client.get(asked).status_code == 404
