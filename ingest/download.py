"""Bytes from an address; with ``download_connect`` the only code that goes outside.

Polite: one connection at a time, a pause between two requests to a host, ``robots.txt`` and
``Retry-After`` obeyed, a User-Agent that says who asks. Careful: only hosts that are allowed, also
after a redirect, with limits on size, type and time. Large files go into a ``.part`` file and are
taken up where they were left (RFC 9110, 14.2).
"""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from email.message import Message
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import urllib3

from ingest.download_connect import Lookup, Refused, broken, lookup, request
from kb import __version__
from kb.text import nfc

AGENT = f"CanCu/{__version__} (kho van ban cua truong; mot nguoi dang tai tung van ban)"
_ROBOT = "CanCu"
_WALL = 900  # seconds for one file
_REDIRECTS = 6
_TRIES = 3
_LONGEST_WAIT = 120  # seconds that a server may ask us to wait and be waited for
_ROBOTS_BYTES = 512 * 1024  # RFC 9309, 2.5
_BLOCK = 64 * 1024
# A page or a document; anything else (pictures, video, archives) is not taken.
_TYPES = re.compile(
    r"text/(?:html|plain|rtf)|application/(?:xhtml\+xml|pdf|msword|rtf|x-rtf|octet-stream"
    r"|x-download|force-download|vnd\.openxmlformats-officedocument\.wordprocessingml\.document)|",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Got:
    """What came: ``url`` as asked for, ``final`` where it was in the end, ``time`` ISO."""

    content: bytes
    url: str
    final: str
    name: str
    time: str


@dataclass(slots=True)
class Downloader:
    """Gets addresses at the *hosts*, at most *most* bytes each, *delay* seconds apart at a host.

    *folder* keeps what is under way and what is ready, until ``forget``. ``sleep``, ``addresses``
    and ``allow_private`` are for tests, which have a server of their own on this machine.
    """

    hosts: Sequence[str]
    folder: Path
    most: int
    delay: float = 2.0
    sleep: Callable[[float], None] = time.sleep
    addresses: Lookup = lookup
    allow_private: bool = False
    _last: dict[str, float] = field(default_factory=dict)
    _robots: dict[str, RobotFileParser] = field(default_factory=dict)
    _slower: dict[str, float] = field(default_factory=dict)

    def get(self, url: str) -> Got:
        """The bytes at *url*. Raises ``Refused``; what was begun is taken up by the next call."""
        place = self.folder / hashlib.sha256(url.encode()).hexdigest()
        ready = _ready(place, url)
        if ready is not None:
            return ready
        final, seen = url, 0
        while True:
            self._allowed(final)
            self._welcome(final)
            answer = self._fetch(final, place)
            if isinstance(answer, Got):
                got = Got(answer.content, url, final, answer.name, answer.time)
                _keep(place, got)
                return got
            final, seen = urljoin(final, answer), seen + 1
            if seen > _REDIRECTS:
                raise Refused(f"{url} chuyển hướng quá nhiều lần.", _OPEN)

    def forget(self, url: str) -> None:
        """Drop what is kept of *url*: it has been taken in."""
        for path in self.folder.glob(hashlib.sha256(url.encode()).hexdigest() + ".*"):
            path.unlink(missing_ok=True)

    # whether

    def _allowed(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Refused(f"Địa chỉ không dùng được: {url}", "Dùng địa chỉ http:// hoặc https://.")
        if parts.username or parts.password:
            raise Refused(f"Địa chỉ mang tên hay mật khẩu: {parts.hostname}", "Bỏ phần đó đi.")
        if not any(_same_host(parts.netloc, host) for host in self.hosts):
            raise Refused(
                f"Trang {parts.netloc} không có trong danh sách được tải.",
                "Tải bằng trình duyệt rồi nạp: kb ingest TỆP; hoặc thêm trang vào KB_FETCH_HOSTS.",
            )

    def _welcome(self, url: str) -> None:
        """robots.txt, read once a host; none (4xx) allows, an error forbids (RFC 9309, 2.3)."""
        parts = urlsplit(url)
        root = f"{parts.scheme}://{parts.netloc}"
        rules = self._robots.get(root)
        if rules is None:
            rules = self._robots[root] = self._read_robots(root)
            asked = str(rules.crawl_delay(_ROBOT) or 0)
            self._slower[parts.netloc] = min(float(asked), _LONGEST_WAIT)
        if not rules.can_fetch(_ROBOT, url):
            raise Refused(
                f"Trang {parts.netloc} không cho chương trình tự động tải địa chỉ này "
                "(robots.txt).",
                _OPEN,
            )

    def _read_robots(self, root: str) -> RobotFileParser:
        rules = RobotFileParser()
        url = f"{root}/robots.txt"
        for _ in range(_REDIRECTS):
            try:
                response = self._ask(url, {})
            except urllib3.exceptions.HTTPError as error:
                raise broken(root, error) from error
            try:
                if response.status in (301, 302, 303, 307, 308):
                    url = urljoin(url, response.headers.get("Location", ""))
                    self._allowed(url)
                    continue
                if response.status >= 500 or response.status == 429:
                    rules.disallow_all = True  # type: ignore[attr-defined]
                elif response.status >= 400:
                    rules.allow_all = True  # type: ignore[attr-defined]
                else:
                    body = response.read(_ROBOTS_BYTES, decode_content=True)
                    rules.parse(body.decode("utf-8", "replace").splitlines())
                return rules
            finally:
                response.close()
        rules.disallow_all = True  # type: ignore[attr-defined]
        return rules

    # how

    def _fetch(self, url: str, place: Path) -> Got | str:
        """The file, or the address it is said to be at."""
        for attempt in range(1, _TRIES + 1):
            part, about = place.with_suffix(".part"), place.with_suffix(".json")
            headers = _resume(part, about, url)
            try:
                response = self._ask(url, headers)
                try:
                    status = response.status
                    if status in (301, 302, 303, 307, 308):
                        return str(response.headers.get("Location", ""))
                    if status in (429, 503) and attempt < _TRIES:
                        self._wait(response.headers.get("Retry-After"), url, attempt)
                        continue
                    if status == 416:
                        part.unlink(missing_ok=True)
                        continue
                    return self._read(response, url, part, about)
                finally:
                    response.close()
            except urllib3.exceptions.HTTPError as error:
                if attempt == _TRIES:
                    raise broken(url, error) from error
                self.sleep(self.delay * attempt)
        raise Refused(f"Máy chủ bận, không tải được {url}.", "Thử lại sau ít phút.")

    def _read(self, response: urllib3.BaseHTTPResponse, url: str, part: Path, about: Path) -> Got:
        host = urlsplit(url).netloc
        if response.status not in (200, 206):
            raise Refused(f"{host} trả lời {response.status} cho {url}.", _OPEN)
        kind = str(response.headers.get("Content-Type", "")).partition(";")[0].strip()
        if not _TYPES.fullmatch(kind):
            raise Refused(
                f"Địa chỉ này là {kind}, không phải văn bản: {url}",
                "Tìm địa chỉ của toàn văn, hoặc của tệp DOC, DOCX, PDF.",
            )
        start = _range_start(response) if response.status == 206 else 0
        if start != (part.stat().st_size if start else 0):
            part.unlink(missing_ok=True)
            raise urllib3.exceptions.ProtocolError("máy chủ gửi sai đoạn")
        length = str(response.headers.get("Content-Length", ""))
        whole = start + int(length) if length.isdigit() else None
        if whole is not None and whole > self.most:
            raise self._too_large(url)
        self.folder.mkdir(parents=True, exist_ok=True)
        facts = {"url": url, "etag": _validator(response)}
        about.write_text(json.dumps(facts), encoding="utf-8")
        deadline = time.monotonic() + _WALL
        size = start
        with part.open("ab" if start else "wb") as target:
            for block in response.stream(_BLOCK, decode_content=True):
                size += len(block)
                if size > self.most:
                    target.close()
                    part.unlink()
                    raise self._too_large(url)
                target.write(block)
                if time.monotonic() > deadline:
                    raise Refused(
                        f"Tải {url} quá lâu nên đã dừng.", "Chạy lại lệnh này để tải tiếp."
                    )
        content = part.read_bytes()
        now = time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime())
        return Got(content, url, url, _name(response, url), now)

    def _ask(self, url: str, headers: dict[str, str]) -> urllib3.BaseHTTPResponse:
        """One request. Nothing packed is asked for: a range counts the bytes as they are stored."""
        self._pause(urlsplit(url).netloc)
        sent = {"User-Agent": AGENT, "Accept-Encoding": "identity"} | headers
        return request(url, sent, self.addresses, allow_private=self.allow_private)

    def _pause(self, host: str) -> None:
        since = time.monotonic() - self._last.get(host, -1e9)
        delay = max(self.delay, self._slower.get(host, 0))
        if since < delay:
            self.sleep(delay - since)
        self._last[host] = time.monotonic()

    def _wait(self, said: str | None, url: str, attempt: int) -> None:
        seconds = retry_after(said, time.time())
        if seconds is None:
            seconds = self.delay * 2**attempt
        if seconds > _LONGEST_WAIT:
            raise Refused(
                f"{urlsplit(url).netloc} xin chờ {seconds / 60:.0f} phút.",
                "Chạy lại lệnh này sau đó; phần đã tải được giữ.",
            )
        self.sleep(seconds)

    def _too_large(self, url: str) -> Refused:
        return Refused(
            f"Tệp ở {url} quá mức {self.most // 1024 // 1024} MB.",
            "Tải bằng trình duyệt rồi tách tệp, hoặc đặt KB_MAX_FILE_MB lớn hơn.",
        )


_OPEN = "Mở địa chỉ trong trình duyệt, lưu trang hoặc tệp rồi nạp: kb ingest TỆP."


def retry_after(said: str | None, now: float) -> float | None:
    """Seconds to wait (RFC 9110, 10.2.3: a number, or a date); None where nothing is said."""
    if not said:
        return None
    if said.strip().isdigit():
        return float(said)
    try:
        return max(0.0, parsedate_to_datetime(said).timestamp() - now)
    except ValueError:
        return None


def _same_host(netloc: str, host: str) -> bool:
    """``www.vbpl.vn`` is at ``vbpl.vn``; ``xvbpl.vn`` is not. Ports must be named."""
    netloc, host = netloc.lower().removesuffix(":443").removesuffix(":80"), host.lower()
    return netloc == host or netloc.endswith("." + host)


def _validator(response: urllib3.BaseHTTPResponse) -> str:
    """What proves that a file is still the same: a strong ETag, else its date; "" where the server
    packed it all the same, as parts of packed bytes are not parts of the file."""
    if str(response.headers.get("Content-Encoding", "identity")).lower() != "identity":
        return ""
    tag = str(response.headers.get("ETag", ""))
    return (
        tag if tag and not tag.startswith("W/") else str(response.headers.get("Last-Modified", ""))
    )


def _resume(part: Path, about: Path, url: str) -> dict[str, str]:
    """Headers that ask for the rest of a file begun earlier, {} where there is none."""
    try:
        size, facts = part.stat().st_size, json.loads(about.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    if not size or facts.get("url") != url or not facts.get("etag"):
        return {}
    return {"Range": f"bytes={size}-", "If-Range": facts["etag"]}


def _range_start(response: urllib3.BaseHTTPResponse) -> int:
    found = re.match(r"bytes (\d{1,15})-", str(response.headers.get("Content-Range", "")))
    return int(found[1]) if found else -1


def _name(response: urllib3.BaseHTTPResponse, url: str) -> str:
    """The name the server gives the file, else the last part of the address."""
    message = Message()
    message["Content-Disposition"] = str(response.headers.get("Content-Disposition", ""))
    said = message.get_filename() or ""
    parts = urlsplit(url)
    last = unquote(parts.path.rpartition("/")[2])
    if not said and re.search(r"\.(?:aspx?|php|jsp|html?)$", last, re.IGNORECASE):
        mark = re.sub(r"[^\w-]+", "-", parts.query).strip("-")
        said = f"{last.rpartition('.')[0]}{'-' + mark if mark else ''}.html"
    return nfc(unquote(said) or last or parts.netloc)[:120]


def _ready(place: Path, url: str) -> Got | None:
    """A file that an earlier, stopped run has brought whole."""
    try:
        facts = json.loads(place.with_suffix(".done").read_text(encoding="utf-8"))
        content = place.with_suffix(".part").read_bytes()
    except (FileNotFoundError, ValueError):
        return None
    whole = facts["url"] == url and facts["sha256"] == hashlib.sha256(content).hexdigest()
    return Got(content, url, facts["final"], facts["name"], facts["time"]) if whole else None


def _keep(place: Path, got: Got) -> None:
    facts = {k: v for k, v in asdict(got).items() if k != "content"}
    facts["sha256"] = hashlib.sha256(got.content).hexdigest()
    made = place.with_suffix(".new")
    made.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
    made.replace(place.with_suffix(".done"))
