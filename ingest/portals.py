"""What the pages of a portal offer: which document a search found, where its text is.

Pure: links of a page in (``ingest.extract.html_links``), choices out. One document is one ItemID;
its full text, its properties, its map and its files all carry it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from ingest.extract.html_links import Link
from kb.documents import number_key
from kb.text import fold, match_text

# "Luật 51/2010/QH12", "Thông tư liên tịch 42/2013/TTLT-BGDĐT-…", "Luật 31/VBHN-VPQH"
_NAMED = re.compile(r"(?P<type>[^\W\d_][^\d/]{2,40}?)\s(?:số\s)?(?P<number>\d\S{2,60})")
_ITEM = re.compile(r"[?&]ItemID=(\d{1,9})", re.IGNORECASE)
_ATTACHED = re.compile(r"/Attachments/(\d{1,9})/", re.IGNORECASE)
_DAY = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")
_FULL_TEXT = re.compile(r"/vbpq-(?:toanvan|van-ban-goc-hopnhat)\.aspx", re.IGNORECASE)
_FILES = (".docx", ".doc", ".rtf", ".pdf")  # the best first


@dataclass(frozen=True, slots=True)
class Hit:
    """A document of a list: ``url`` of its page, ``date`` the first in its row, as printed."""

    url: str
    item: str
    type: str
    number: str
    date: str
    about: str

    @property
    def name(self) -> str:
        day = f" ngày {self.date}" if self.date else ""
        return f"{self.type} {self.number}{day}: {self.url}"


def hits(links: Iterable[Link], number: str, type: str = "") -> list[Hit]:
    """The documents of a search page whose number is *number* (and whose type begins with *type*),
    each once. A page that only sends on to one document gives that one, unnamed."""
    found: dict[str, Hit] = {}
    links = list(links)
    for link in links:
        words = match_text(link.words).text
        named = _NAMED.fullmatch(words)
        if named is None or number_key(named["number"]) != number_key(number):
            continue
        if type and not fold(named["type"]).startswith(fold(type)):
            continue
        day = _DAY.search(link.around)
        hit = Hit(
            link.url, _item(link.url), named["type"], named["number"], day[0] if day else "",
            link.around[:200],
        )  # fmt: skip
        found.setdefault(hit.item or link.url, hit)
    if not found and len(links) == 1 and not links[0].words and _item(links[0].url):
        only = links[0].url
        return [Hit(only, _item(only), type, number, "", "")]
    return list(found.values())


def text_addresses(links: Sequence[Link], page: str) -> list[str]:
    """Where the full text of the document of *page* may be had, the best first: its page of full
    text, then its files. Links of other documents on the page are not its own."""
    item = _item(page)
    own = [link for link in links if _is_own(link.url, item, page)]
    texts = [link.url for link in own if _FULL_TEXT.search(link.url)]
    files = [
        link.url
        for ending in _FILES
        for link in own
        if urlsplit(link.url).path.lower().endswith(ending) and "WopiFrame" not in link.url
    ]
    return [url for url in dict.fromkeys([*texts, *files]) if url != page]


def _is_own(url: str, item: str, page: str) -> bool:
    """With a known ItemID only links that carry it; without one, files of the same site."""
    if item:
        attached = _ATTACHED.search(url)
        return _item(url) == item or (attached is not None and attached[1] == item)
    return urlsplit(url).hostname == urlsplit(page).hostname


def _item(url: str) -> str:
    found = _ITEM.search(url)
    return found[1] if found else ""
