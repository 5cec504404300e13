"""By number and by address, from a server of our own whose pages are composed in the portal's form.

All content is invented.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest import fetch as fetching
from ingest.download import Downloader
from ingest.extract.html_links import read_links
from ingest.pipeline import CORPUS, Outcome, Result
from ingest.portals import hits, text_addresses
from kb.config import Settings
from kb.store.generations import current
from kb.store.library import Library
from tests.ingest.servers import Server, answer
from tests.libraries import corpus_library

BASE = "http://vbpl.test/"


def row(type: str, number: str, item: int, day: str, file: str = "") -> str:
    """One document of a result list, as the portal lists it."""
    page = f"/TW/Pages/vbpq-toanvan.aspx?ItemID={item}&Keyword="
    offered = (
        f"<div style='display: none'><ul class='fileAttack'><li><span><a href=\"javascript:"
        f"downloadfile('{file}','/TW/Lists/vbpq/Attachments/{item}/{file}');\">{file}</a></span>"
        "</li></ul></div>"
        if file
        else ""
    )
    return (
        f"<li><div class='item'><p class='title'><a href='{page}'>\n\t{type} {number}</a></p>"
        f"<div class='des'><p>Về việc tưởng tượng</p></div><div class='link'><ul>"
        f"<li class='thuoctinh'><a href='/TW/Pages/vbpq-thuoctinh.aspx?ItemID={item}'>Thuộc tính"
        f"</a></li></ul></div>{offered}<div class='right'><p class='green'><label>Ban hành:</label>"
        f"{day}</p></div></div></li>"
    )


def found(*rows: str) -> bytes:
    return (
        f"<div class='message'><span>Tìm thấy <strong>{len(rows)}</strong> văn bản.</span></div>"
        f"<div class='results'><ul class='listLaw'>{''.join(rows)}</ul></div>"
    ).encode()


def full_text(number: str, type: str = "THÔNG TƯ") -> bytes:
    clauses = "".join(
        f"<p>Điều {n}. Việc thứ {n}</p><p>Nội dung tưởng tượng số {n} của văn bản giả định.</p>"
        for n in range(1, 9)
    )
    return (
        "<html><head><title>Trung ương</title></head><body><a href='/'>Trang chủ</a>"
        f"<div id='toanvancontent'><table><tr><td>BỘ TƯỞNG TƯỢNG</td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA "
        f"VIỆT NAM</td></tr><tr><td>Số: {number}</td><td>Hà Nội, ngày 02 tháng 3 năm 2031</td></tr>"
        f"</table><p style='text-align: center'><b>{type}</b></p><p>Về việc tưởng tượng</p>"
        f"{clauses}</div></body></html>"
    ).encode()


def properties(item: int, number: str, file: str) -> bytes:
    return (
        "<html><body><div class='vbProperties'><table>"
        f"<tr><td>Số ký hiệu</td><td>{number}</td></tr><tr><td>Ngày ban hành</td>"
        "<td>02/03/2031</td></tr><tr><td>Loại văn bản</td><td>Thông tư</td></tr><tr>"
        "<td>Phạm vi</td><td>Toàn quốc</td></tr></table></div>"
        f"<a href='/TW/Pages/vbpq-luocdo.aspx?ItemID={item}'>Lược đồ</a>"
        f"<a href='/TW/Pages/vbpq-toanvan.aspx?ItemID=999'>Văn bản khác</a>"
        f"<a href=\"javascript:downloadfile('{file}','/TW/Lists/vbpq/Attachments/{item}/{file}')\">"
        f"{file}</a></body></html>"
    ).encode()


def search_path(number: str) -> str:
    return "/search?Keyword=" + number.replace("/", "%2F").replace("Đ", "%C4%90")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(tmp_path / "data")
    corpus_library(made)
    return made


@pytest.fixture
def corpus(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The published corpus, with the test's server as the only one that can be searched."""
    monkeypatch.setattr(
        fetching,
        "load_searches",
        lambda _: {server.host: (server.root + "/search?Keyword={number}",)},
    )
    return CORPUS


def run(settings: Settings, corpus: Path, web: Downloader, *wanted: str) -> list[Outcome]:
    return fetching.fetch(settings, wanted, lambda *_: None, corpus, web)


def test_hits_are_documents_with_this_number() -> None:
    page = found(
        row("Thông tư", "91/2031/TT-BTT", 5, "02/03/2031"),
        row("Thông tư", "91/2031/TT-BTTX", 6, "03/03/2031"),
        row("Quyết định", "91/2031/TT-BTT", 7, "04/03/2031"),
    )
    links = list(read_links(page, BASE))
    assert [hit.item for hit in hits(links, "91/2031/TT-BTT")] == ["5", "7"]
    (hit,) = hits(links, "91/2031/tt-btt", "thông tư")
    assert (hit.date, hit.url) == (
        "02/03/2031", f"{BASE}TW/Pages/vbpq-toanvan.aspx?ItemID=5&Keyword=",
    )  # fmt: skip


def test_a_search_with_one_answer_sends_on() -> None:
    page = b"<script>window.location.href = '/TW/Pages/vbpq-toanvan.aspx?ItemID=5';</script>"
    (hit,) = hits(list(read_links(page, BASE)), "91/2031/TT-BTT")
    assert hit.item == "5"


def test_a_page_of_properties_offers_its_own_text_and_files() -> None:
    page = f"{BASE}TW/Pages/vbpq-thuoctinh.aspx?ItemID=5"
    links = list(read_links(properties(5, "91/2031/TT-BTT", "van ban 5.doc"), page))
    assert text_addresses(links, page) == [f"{BASE}TW/Lists/vbpq/Attachments/5/van%20ban%205.doc"]


def test_by_number(server: Server, web: Downloader, settings: Settings, corpus: Path) -> None:
    number = "91/2031/TT-BTT"
    server.pages |= {
        search_path(number): found(row("Thông tư", number, 5, "02/03/2031")),
        "/TW/Pages/vbpq-toanvan.aspx?ItemID=5&Keyword=": full_text(number),
    }
    (outcome,) = run(settings, corpus, web, f"Thông tư {number}")
    assert outcome.result is Result.DONE, outcome.reason
    assert outcome.key == "tt/2031/91/btt"
    library = Library(current(settings.library) / "library.db")
    assert "Việc thứ 8" in library.text(outcome.key)
    library.close()
    (origin,) = settings.originals.glob("*/*/origin.json")
    kept = json.loads(origin.read_text(encoding="utf-8"))
    assert (
        kept["url"]
        == kept["final"]
        == (f"{server.root}/TW/Pages/vbpq-toanvan.aspx?ItemID=5&Keyword=")
    )
    assert kept["fetched"].startswith("20")
    assert len(kept["sha256"]) == 64
    assert list(web.folder.iterdir()) == []


def test_several_documents_of_one_number_are_named_and_none_taken(
    server: Server, web: Downloader, settings: Settings, corpus: Path
) -> None:
    number = "70/KH-UBND"
    server.pages[search_path(number)] = found(
        row("Kế hoạch", number, 5, "02/03/2031"), row("Kế hoạch", number, 6, "02/03/2032")
    )
    (outcome,) = run(settings, corpus, web, number)
    assert outcome.result is Result.FAILED
    assert "Có 2 văn bản" in outcome.reason
    assert "ngày 02/03/2032" in outcome.reason
    assert [path for path, _ in server.asked] == ["/robots.txt", search_path(number)]


def test_by_address_of_a_page_of_properties(
    server: Server, web: Downloader, settings: Settings, corpus: Path
) -> None:
    page = properties(5, "91/2031/TT-BTT", "5.doc").replace(
        b"vbpq-luocdo.aspx", b"vbpq-toanvan.aspx"
    )
    server.pages["/TW/Pages/vbpq-thuoctinh.aspx?ItemID=5"] = page
    server.pages["/TW/Pages/vbpq-toanvan.aspx?ItemID=5"] = full_text("91/2031/TT-BTT")
    (outcome,) = run(settings, corpus, web, f"{server.root}/TW/Pages/vbpq-thuoctinh.aspx?ItemID=5")
    assert (outcome.result, outcome.key) == (Result.DONE, "tt/2031/91/btt")


def test_another_text_than_asked_for_is_not_taken(
    server: Server, web: Downloader, settings: Settings, corpus: Path
) -> None:
    number = "91/2031/TT-BTT"
    server.pages |= {
        search_path(number): found(row("Thông tư", number, 5, "02/03/2031")),
        "/TW/Pages/vbpq-toanvan.aspx?ItemID=5&Keyword=": full_text("92/2031/TT-BTT"),
    }
    (outcome,) = run(settings, corpus, web, number)
    assert outcome.result is Result.FAILED
    assert "không mang số" in outcome.reason


def test_one_that_fails_does_not_stop_the_others(
    server: Server, web: Downloader, settings: Settings, corpus: Path
) -> None:
    number = "91/2031/TT-BTT"
    server.pages |= {
        search_path("90/2031/TT-BTT"): found(),
        search_path(number): found(row("Thông tư", number, 5, "02/03/2031")),
        "/TW/Pages/vbpq-toanvan.aspx?ItemID=5&Keyword=": full_text(number),
    }
    outcomes = run(settings, corpus, web, "không phải số", "90/2031/TT-BTT", number)
    assert [o.result for o in outcomes] == [Result.FAILED, Result.FAILED, Result.DONE]
    assert "Không tìm thấy văn bản số 90/2031/TT-BTT" in outcomes[1].reason


def test_a_stopped_batch_goes_on(
    server: Server, web: Downloader, settings: Settings, corpus: Path
) -> None:
    first, second = "91/2031/TT-BTT", "92/2031/TT-BTT"
    server.pages |= {
        search_path(first): found(row("Thông tư", first, 5, "02/03/2031")),
        "/TW/Pages/vbpq-toanvan.aspx?ItemID=5&Keyword=": full_text(first),
        search_path(second): found(row("Thông tư", second, 6, "02/03/2031")),
        "/TW/Pages/vbpq-toanvan.aspx?ItemID=6&Keyword=": full_text(second),
    }

    def stop(label: str, done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    serving = current(settings.library)
    with pytest.raises(KeyboardInterrupt):
        fetching.fetch(settings, (first, second), stop, corpus, web)
    assert current(settings.library) == serving
    assert not list(settings.originals.glob("*/*"))
    before = len(server.asked)
    outcomes = run(settings, corpus, web, first, second)
    assert [o.result for o in outcomes] == [Result.DONE, Result.DONE]
    again = [path for path, _ in server.asked[before:]]
    assert "/TW/Pages/vbpq-toanvan.aspx?ItemID=5&Keyword=" not in again


def test_what_is_lacking_is_listed_with_counts(settings: Settings) -> None:
    found = fetching.lacking(settings)
    numbers = [one.number for one in found]
    assert len(numbers) == len(set(numbers)) > 5
    assert found[0].cited >= found[-1].cited
    library = Library(current(settings.library) / "library.db")
    facts = {d.document.number for d in library.documents("facts")}
    library.close()
    assert found[0].number in facts


def test_a_blocked_page_is_refused_in_words(
    server: Server, web: Downloader, settings: Settings, corpus: Path
) -> None:
    server.pages["/x"] = lambda h: answer(
        h, 200, b"<html><title>Attention Required!</title><body>Ray ID</body></html>"
    )
    (outcome,) = run(settings, corpus, web, f"{server.root}/x")
    assert outcome.result is Result.FAILED
    assert "chặn" in outcome.reason
