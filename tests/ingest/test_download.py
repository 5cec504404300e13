"""Downloads from a server of our own: politeness, limits, what is refused, what is taken up."""

from __future__ import annotations

import gzip
import json
from http.server import BaseHTTPRequestHandler

import pytest

from ingest.download import AGENT, Downloader, retry_after
from ingest.download_connect import Refused, is_public
from tests.ingest.servers import Server, answer

PAGE = "<p>Trang tưởng tượng</p>".encode()


def test_bytes_and_where_they_came_from(server: Server, web: Downloader) -> None:
    server.pages["/a.aspx?ItemID=7"] = PAGE
    got = web.get(f"{server.root}/a.aspx?ItemID=7")
    assert (got.content, got.name) == (PAGE, "a-ItemID-7.html")
    assert got.final == got.url
    assert got.time.endswith("+00:00")
    sent = server.asked[-1][1]
    assert sent["User-Agent"] == AGENT
    assert sent["Host"] == server.host


def test_a_pause_between_two_requests(server: Server, web: Downloader, waits: list[float]) -> None:
    server.pages |= {"/1": PAGE, "/2": PAGE}
    web.get(f"{server.root}/1")
    web.get(f"{server.root}/2")
    # robots.txt, /1, /2: two pauses
    assert len(waits) == 2
    assert all(1.5 < wait <= 2.0 for wait in waits)


def test_robots_txt_is_obeyed_with_its_delay(
    server: Server, web: Downloader, waits: list[float]
) -> None:
    server.pages |= {
        "/robots.txt": b"User-agent: *\nCrawl-delay: 9\nDisallow: /admin\n",
        "/admin/1": PAGE,
        "/1": PAGE,
    }
    with pytest.raises(Refused, match=r"robots\.txt"):
        web.get(f"{server.root}/admin/1")
    web.get(f"{server.root}/1")
    assert max(waits) > 8
    assert [path for path, _ in server.asked] == ["/robots.txt", "/1"]


def test_no_robots_answer_is_no_leave(server: Server, web: Downloader) -> None:
    server.pages["/robots.txt"] = lambda h: answer(h, 500, b"")
    server.pages["/1"] = PAGE
    with pytest.raises(Refused, match=r"robots\.txt"):
        web.get(f"{server.root}/1")


def test_other_hosts_are_refused(server: Server, web: Downloader) -> None:
    for url in (
        "http://other.test/1",
        f"http://x{server.host}/1",
        f"http://user:word@{server.host}/1",
        f"ftp://{server.host}/1",
        f"http://vbpl.test:{server.port + 1}/1",
        f"http://{server.host}@other.test/1",
    ):
        with pytest.raises(Refused):
            web.get(url)
    assert server.asked == []


def test_a_redirect_goes_only_where_we_may(server: Server, web: Downloader) -> None:
    server.pages["/there"] = PAGE
    server.pages["/moved"] = lambda h: answer(h, 302, b"", Location="/there")
    server.pages["/away"] = lambda h: answer(h, 302, b"", Location="http://other.test/x")
    server.pages["/round"] = lambda h: answer(h, 302, b"", Location="/round")
    got = web.get(f"{server.root}/moved")
    assert (got.url, got.final) == (f"{server.root}/moved", f"{server.root}/there")
    with pytest.raises(Refused, match="không có trong danh sách"):
        web.get(f"{server.root}/away")
    with pytest.raises(Refused, match="quá nhiều lần"):
        web.get(f"{server.root}/round")


def test_a_name_inside_the_network_is_refused(server: Server, web: Downloader) -> None:
    server.pages["/1"] = PAGE
    web.allow_private = False
    for addresses in (["127.0.0.1"], ["203.0.113.1", "10.0.0.5"], ["::1"], ["169.254.169.254"]):
        web.addresses = lambda *_, found=addresses: found
        with pytest.raises(Refused, match="mạng nội bộ"):
            web.get(f"{server.root}/1")
    assert server.asked == []


def test_what_is_connected_to_is_what_was_judged(
    web: Downloader, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that answers with another address a moment later (DNS rebinding) leads nowhere."""
    connected: list[str] = []

    def no_network(address: tuple[str, int], *_: object, **__: object) -> None:
        connected.append(address[0])
        raise OSError("no network here")

    monkeypatch.setattr("urllib3.util.connection.create_connection", no_network)
    answers = iter([["8.8.8.8"]] + [["127.0.0.1"]] * 9)
    web.allow_private = False
    web.addresses = lambda *_: next(answers)
    with pytest.raises(Refused):
        web.get(f"{server.root}/1")
    assert connected == ["8.8.8.8"]


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.1.1", "100.64.0.1", "0.0.0.0",
     "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1",
     "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1",
     "2002:7f00:1::"],
)  # fmt: skip
def test_what_is_not_the_open_internet(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "113.160.1.1", "2001:4860:4860::8888"])
def test_what_is(address: str) -> None:
    assert is_public(address)


def test_a_broken_download_is_taken_up(server: Server, web: Downloader) -> None:
    body = bytes(range(256)) * 2000
    cut = 200_000

    def once(handler: BaseHTTPRequestHandler) -> None:
        asked = handler.headers.get("Range")
        if asked:
            assert handler.headers["If-Range"] == '"v1"'
            start = int(asked.removeprefix("bytes=").removesuffix("-"))
            answer(
                handler, 206, body[start:], Content_Type="application/pdf", ETag='"v1"',
                Content_Range=f"bytes {start}-{len(body) - 1}/{len(body)}",
            )  # fmt: skip
            return
        handler.send_response(200)
        handler.send_header("Content-Type", "application/pdf")
        handler.send_header("Content-Length", str(len(body)))
        handler.send_header("ETag", '"v1"')
        handler.end_headers()
        handler.wfile.write(body[:cut])

    server.pages["/big.pdf"] = once
    assert web.get(f"{server.root}/big.pdf").content == body
    ranges = [sent.get("Range") for path, sent in server.asked if path == "/big.pdf"]
    assert ranges[0] is None
    assert ranges[1] is not None


def test_a_file_that_changed_meanwhile_is_read_anew(server: Server, web: Downloader) -> None:
    url = f"{server.root}/1.pdf"
    server.pages["/1.pdf"] = lambda h: answer(h, 200, b"new whole", Content_Type="application/pdf")
    web.get(url)
    (part,) = web.folder.glob("*.part")
    part.with_suffix(".done").unlink()
    part.write_bytes(b"old beginning that was longer")
    part.with_suffix(".json").write_text(json.dumps({"url": url, "etag": '"old"'}))
    assert web.get(url).content == b"new whole"


def test_a_stopped_batch_does_not_ask_again(server: Server, web: Downloader) -> None:
    server.pages["/1"] = PAGE
    first = web.get(f"{server.root}/1")
    asked = len(server.asked)
    assert web.get(f"{server.root}/1") == first
    assert len(server.asked) == asked
    web.forget(first.url)
    assert list(web.folder.iterdir()) == []


def test_size_and_type_have_limits(server: Server, web: Downloader) -> None:
    web.most = 1000
    server.pages["/said"] = b"x" * 2000
    server.pages["/bomb"] = lambda h: answer(
        h, 200, gzip.compress(b"x" * 1_000_000), Content_Encoding="gzip"
    )
    server.pages["/film"] = lambda h: answer(h, 200, b"x", Content_Type="video/mp4")
    for path, words in (("/said", "quá mức"), ("/bomb", "quá mức"), ("/film", "không phải")):
        with pytest.raises(Refused, match=words):
            web.get(server.root + path)
    assert not list(web.folder.glob("*.done"))


def test_a_busy_server_is_waited_for(server: Server, web: Downloader, waits: list[float]) -> None:
    count = iter(range(10))

    def busy(handler: BaseHTTPRequestHandler) -> None:
        if next(count) == 0:
            answer(handler, 503, b"", Retry_After="7")
        else:
            answer(handler, 200, PAGE)

    server.pages["/1"] = busy
    assert web.get(f"{server.root}/1").content == PAGE
    assert 7.0 in waits


def test_a_server_that_asks_too_long_a_wait(server: Server, web: Downloader) -> None:
    server.pages["/1"] = lambda h: answer(h, 429, b"", Retry_After="3600")
    with pytest.raises(Refused, match="60 phút"):
        web.get(f"{server.root}/1")


def test_an_error_page_is_no_document(server: Server, web: Downloader) -> None:
    server.pages["/robots.txt"] = b""
    with pytest.raises(Refused, match="trả lời 404"):
        web.get(f"{server.root}/gone")


def test_retry_after() -> None:
    assert retry_after("120", 0) == 120
    assert retry_after("Thu, 01 Jan 1970 00:01:00 GMT", 0) == 60
    assert retry_after("Thu, 01 Jan 1970 00:01:00 GMT", 100) == 0
    assert retry_after("soon", 0) is None
    assert retry_after(None, 0) is None
