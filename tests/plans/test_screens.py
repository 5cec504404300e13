"""Plan, matrix, item and its forms, history, another year's draft."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.store.library import Library
from tests.bench.matrix import statements

PLAN = "/ke-hoach/kh/2031/12/vcgd"
OURS = {"Origin": "http://localhost"}


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def text(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return " ".join(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True)).split())


def form(client: FlaskClient, item: str, number: int) -> dict[str, str]:
    """The hidden fields of the form in that place on an item's page, 0 the one of the item."""
    page = client.get(f"{PLAN}/muc/{item}").get_data(as_text=True)
    forms = re.findall(r'<form method="post" class="decide"[^>]*>.*?</form>', page, re.DOTALL)
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', forms[number]))


def test_a_decision_is_made_seen_and_taken_back(client: FlaskClient) -> None:
    sent = form(client, "I.7", 1) | {
        "quyet-dinh": "accept",
        "ten": " Thầy  Thử ",
        "vi-sao": "đọc rồi",
    }
    answer = client.post(f"{PLAN}/muc/I.7", data=sent, headers=OURS)
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith("/muc/I.7#nd-2030-901-cp-art_7__cl_2")
    assert "SameSite=Strict" in answer.headers["Set-Cookie"]
    page = text(client, f"{PLAN}/muc/I.7")
    assert "Đúng là căn cứ, Thầy Thử (tên đã gõ), ngày" in page
    assert 'value="Thầy Thử"' in client.get(f"{PLAN}/muc/I.7").get_data(as_text=True)
    undo = {"rut": "1", "ten": "Thầy Thử"}
    assert client.post(f"{PLAN}/muc/I.7", data=undo, headers=OURS).status_code == 303
    history = text(client, f"{PLAN}/quyet-dinh")
    assert "Rút lại quyết định 1, Thầy Thử (tên đã gõ)" in history
    assert "(đã rút lại)" in history


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://localhost", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Host": "evil.example", "Origin": "http://evil.example"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Origin": "http://localhost"}, 303),
    ],
)
def test_only_our_own_pages_change_anything(
    client: FlaskClient, headers: dict[str, str], status: int
) -> None:
    sent = form(client, "I.7", 1) | {"quyet-dinh": "accept", "ten": "Thầy Thử"}
    answer = client.post(f"{PLAN}/muc/I.7", data=sent, headers=headers)
    assert answer.status_code == status


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"ten": " "}, "Chưa ghi tên người soát."),
        ({"ten": "x" * 101}, "Tên người soát dài quá."),
        ({"quyet-dinh": ""}, "Chưa chọn quyết định."),
        ({"quyet-dinh": "reject"}, "Quyết định này cần lý do."),
        ({"quyet-dinh": "replace", "vi-sao": "x"}, "Chưa ghi số của căn cứ mới."),
        (
            {"quyet-dinh": "replace", "vi-sao": "x", "so-moi": "1/QĐ-X"},
            "Không có văn bản số 1/QĐ-X",
        ),
        ({"dau": "0"}, "đã đổi từ lúc mở trang"),
        ({"dich": "x"}, "không có căn cứ x"),
        ({"rut": "999"}, "Không có quyết định số 999"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_kept(
    client: FlaskClient, change: dict[str, str], said: str
) -> None:
    sent = form(client, "I.7", 1) | {"quyet-dinh": "accept", "ten": "Thầy Thử"} | change
    answer = client.post(f"{PLAN}/muc/I.7", data=sent, headers=OURS)
    assert answer.status_code == 400
    assert said in answer.get_data(as_text=True)
    assert "Chưa có quyết định nào." in text(client, f"{PLAN}/quyet-dinh")


def test_replace_add_and_justify(client: FlaskClient) -> None:
    who = {"ten": "Cô Thử", "vi-sao": "đọc lại"}
    new = {"so-moi": "901/2030/NĐ-CP", "cho-moi": "khoản 1 Điều 8"}
    for number, sent in ((1, {"quyet-dinh": "replace"} | new), (0, {"quyet-dinh": "add"} | new)):
        made = form(client, "I.7", number) | who | sent
        assert client.post(f"{PLAN}/muc/I.7", data=made, headers=OURS).status_code == 303
    page = text(client, f"{PLAN}/muc/I.7")
    assert "Điều 8 › khoản 1" in page
    assert "Luống 8 có một người trông." in page
    made = form(client, "II.1", 0) | who | {"quyet-dinh": "justify"}
    assert client.post(f"{PLAN}/muc/II.1", data=made, headers=OURS).status_code == 303
    assert "Không cần căn cứ, Cô Thử (tên đã gõ)" in text(client, f"{PLAN}/muc/II.1")


def test_one_decision_for_all_items_on_a_basis(client: FlaskClient) -> None:
    page = client.get(f"{PLAN}/muc/I.7").get_data(as_text=True)
    shared = len(re.findall("Ghi cho cả 53 mục", page))
    assert shared == 1
    sent = form(client, "I.7", 2) | {"quyet-dinh": "reject", "ten": "Thầy Thử", "vi-sao": "thư mời",
                                     "moi-muc": "1"}  # fmt: skip
    assert client.post(f"{PLAN}/muc/I.7", data=sent, headers=OURS).status_code == 303
    assert text(client, f"{PLAN}/quyet-dinh").count("Không phải căn cứ, Thầy Thử") == 53


def test_an_amended_place_shows_both_wordings(client: FlaskClient) -> None:
    page = text(client, f"{PLAN}/muc/I.7?ngay=2033-01-01")
    assert "đếm chữ mỗi tối, trừ ngày mưa" in page
    assert "Câu chữ vào ngày ký kế hoạch 2. Người trông luống 7 đếm chữ mỗi chiều." in page


def test_the_matrix_names_state_and_both_verdicts(client: FlaskClient) -> None:
    page = text(client, f"{PLAN}/ma-tran?ngay=2033-01-01")
    assert "53 mục và 51 căn cứ" in page
    assert "Điều 7 › khoản 2 Khi ký: Chưa rõ 01/01/2033: Chưa rõ" in page
    nothing = text(client, f"{PLAN}/ma-tran?loc=nghi")
    assert "Không có mục nào như vậy." in nothing


def test_pages_ask_no_more_for_more_links(app: Flask, client: FlaskClient) -> None:
    client.get(PLAN)
    library: Library = app.extensions["can-cu"].opened().library
    counts = []
    for address in (f"{PLAN}/ma-tran", f"{PLAN}/ma-tran?loc=da-duyet", f"{PLAN}/muc/I.7"):
        with statements(library) as said:
            client.get(address)
        counts.append(len(said))
    assert max(counts) < 40
    assert len(library.links("kh/2031/12/vcgd")) > 150


def test_a_draft_for_another_year_changes_nothing_and_lists_what_is_open(
    client: FlaskClient,
) -> None:
    first = text(client, f"{PLAN}/sang-nam?nam=2033&ngay=2033-01-01")
    assert "Trích yếu có “2031-2032”: sửa cho năm 2033." in first
    assert "Ghi số, ký hiệu và ngày ký của kế hoạch mới." in first
    assert first == text(client, f"{PLAN}/sang-nam?nam=2033&ngay=2033-01-01")
    markdown = client.get(f"{PLAN}/sang-nam.md?nam=2033").get_data(as_text=True)
    assert "- [ ] Ghi số, ký hiệu" in markdown
    assert client.get(f"{PLAN}/sang-nam.docx?nam=2033").get_data()[:2] == b"PK"
    assert client.get(f"{PLAN}/sang-nam.exe").status_code == 400
    assert client.get(f"{PLAN}/sang-nam?nam=abc").status_code == 400


def test_every_finding_of_the_published_plan_leads_to_its_place(client: FlaskClient) -> None:
    page = client.get("/ke-hoach/kh/2021/82/ndtkt").get_data(as_text=True)
    checked = page.partition('aria-labelledby="kiem-tra"')[2].partition("</section>")[0]
    told = re.findall(r'<li class="(?:error|warning|info)">(.*?)</li>', checked, re.DOTALL)
    led = [re.search(r'<a href="#([^"]+)">', one) for one in told]
    assert len(told) > 30
    for one, found in zip(told, led, strict=True):
        assert found, one
        assert page.count(f' id="{found[1]}"') == 1
    recipient = page.partition("(Thầy Trọng)</p>")[2]
    assert "tên riêng, không có chức danh" in recipient.partition("<p id=")[0]
    filtered = client.get("/ke-hoach/kh/2021/82/ndtkt?loc=nghi").get_data(as_text=True)
    assert f'href="/ke-hoach/kh/2021/82/ndtkt#{led[0][1] if led[0] else ""}"' in filtered


def test_strange_items_and_formats_are_told(client: FlaskClient) -> None:
    assert client.get(f"{PLAN}/muc/IX.9").status_code == 400
    assert client.get(f"{PLAN}/bao-cao.exe").status_code == 404


def test_the_field_at_fault_is_told_beside_it_and_the_rest_is_kept(client: FlaskClient) -> None:
    sent = form(client, "I.7", 0) | {"quyet-dinh": "justify", "ten": "Cô Thử", "vi-sao": ""}
    answer = client.post(f"{PLAN}/muc/I.7", data=sent, headers=OURS)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert 'aria-invalid="true" aria-describedby="sai-vi-sao-ca-muc"' in page
    assert 'href="#vi-sao-ca-muc"' in page
    assert 'value="Cô Thử"' in page
