"""Where something was read, in words a reader understands; the precise address goes with them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kb.documents import display_date

# github:owner/repository@commit(day):path (note); path is cut short with "..." where it is long.
_GITHUB = re.compile(
    r"github:(?P<repository>[\w.-]+/[\w.-]+?)(?:@(?P<commit>[0-9a-f]+))?"
    r"(?:\((?P<day>\d{4}-\d\d-\d\d)\))?:(?P<path>\S+)(?: \((?P<note>.+)\))?"
)
_URL = re.compile(r"(?P<url>https?://\S+)(?: \((?P<note>.+)\))?")
# "Kế hoạch 82/KH-NDTKT (corpus/plans/82-KH-NDTKT.txt)"
_OWN_FILE = re.compile(r" \((?P<file>corpus/\S+)\)$")
_ASIDE = re.compile(r" \([^()]*\)")  # "bản lưu của bên thứ ba (chưa rõ kho)"
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Called:
    """``words`` for a reader, ``url`` where it can be opened ("" nowhere), ``precise`` the source
    as it was noted, ``note`` what else was noted."""

    words: str
    url: str
    precise: str
    note: str = ""

    @property
    def brief(self) -> str:
        """For a paper that goes to others: of an address the site, of a copy that it is one.

        >>> called("https://vbpl.vn/van-ban/1").brief, called("github:ai/kho:a.md").brief
        ('Cơ sở dữ liệu quốc gia về văn bản pháp luật (vbpl.vn)', 'bản sao không chính thức')
        """
        if found := _GITHUB.fullmatch(self.precise):
            return f"bản sao không chính thức{_on(found['day'])}"
        return site_name(self.url) if self.url else _ASIDE.sub("", self.words)

    @property
    def evidence(self) -> str:
        """For a sentence that gives it as a reason: the address, of a copy that it is one."""
        return self.brief if _GITHUB.fullmatch(self.precise) else self.words


def official(url: str) -> bool:
    """Is it an address of a State body, whose texts are the official ones?

    >>> official("https://vbpl.vn/van-ban/1"), official("https://luat.example.vn/gov.vn")
    (True, False)
    """
    host = _host(url)
    return host in _OFFICIAL or host.endswith((".gov.vn", ".chinhphu.vn", ".quochoi.vn"))


def site_name(url: str) -> str:
    """A site as a reader knows it: "Công báo (congbao.chinhphu.vn)", "trang luat.example.vn"."""
    host = _host(url)
    return f"{_OFFICIAL[host]} ({host})" if host in _OFFICIAL else f"trang {host}"


def _host(url: str) -> str:
    return url.split("/")[2].lower().removeprefix("www.")


_OFFICIAL = {
    "vbpl.vn": "Cơ sở dữ liệu quốc gia về văn bản pháp luật",
    "vanban.chinhphu.vn": "Hệ thống văn bản của Chính phủ",
    "congbao.chinhphu.vn": "Công báo",
    "chinhphu.vn": "Cổng Thông tin điện tử Chính phủ",
    "quochoi.vn": "Cổng thông tin điện tử Quốc hội",
    "phapdien.moj.gov.vn": "Bộ pháp điển điện tử",
}


def called(text: str) -> Called:
    """A source (``kb.catalogue.Source.text``) as a page calls it.

    >>> called("github:ai/kho@ab12(2026-07-23):luat/tre-em.md").words
    'Bản chép “tre-em” ở kho ai/kho trên GitHub, ngày 23/7/2026'
    """
    if found := _GITHUB.fullmatch(text):
        path, at = found["path"], found["commit"] or "HEAD"
        name = path.rpartition("/")[2].removesuffix(".md").rstrip(".-")
        # Of a path that was cut short only the folder is there.
        folder = path.rpartition("/")[0] if "..." in path else path
        day = _on(found["day"]).replace(" ", ", ", 1)
        return Called(
            f"Bản chép “{name}” ở kho {found['repository']} trên GitHub{day}",
            f"https://github.com/{found['repository']}/blob/{at}/{folder}",
            text,
            found["note"] or "",
        )
    if found := _URL.fullmatch(text):
        url = found["url"]
        short = url if len(url) <= _LONGEST else url[: _LONGEST - 1] + "…"
        return Called(short, url, text, found["note"] or "")
    return Called(_OWN_FILE.sub("", text), "", text)


def _on(day: str | None) -> str:
    return f" ngày {display_date(day)}" if day else ""
