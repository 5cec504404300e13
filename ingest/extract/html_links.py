"""The links of a page, each with its words and the words around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag

# vbpl.vn offers its files through scripts: javascript:downloadfile('51.doc','/TW/Lists/…/51.doc');
_SCRIPTED = re.compile(r"downloadfile\(\s?'[^']{0,300}'\s?,\s?'([^']{1,600})'\s?\)")
# vbpl.vn answers a search with one result by a script that goes there.
_SENT_ON = re.compile(r"window\.location(?:\.href)?\s?=\s?['\"]([^'\"]{1,600})['\"]")
_AROUND = ("li", "tr", "article")
_LONGEST = 1500  # characters of a link's surroundings


@dataclass(frozen=True, slots=True)
class Link:
    """``url`` absolute; ``words`` of the link; ``around`` all words of the row it stands in."""

    url: str
    words: str
    around: str


def read_links(content: bytes, base: str) -> Iterator[Link]:
    """Every link of the page to a web address, once each, in order; a page that only sends on has
    that one link."""
    soup = BeautifulSoup(content, "lxml")
    seen: set[tuple[str, str]] = set()
    for tag in soup.find_all("a", href=True):
        written = str(tag["href"]).strip()
        scripted = _SCRIPTED.search(written)
        if scripted is None and written.lower().startswith(("javascript:", "mailto:", "#", "tel:")):
            continue
        url = urljoin(base, (scripted[1] if scripted else written).replace(" ", "%20"))
        words = " ".join(tag.get_text(" ").split())
        if (url, words) in seen or not url.startswith(("http://", "https://")):
            continue
        seen.add((url, words))
        yield Link(url, words, _around(tag))
    for script in soup.find_all("script"):
        if (found := _SENT_ON.search(script.get_text())) is not None:
            yield Link(urljoin(base, found[1]), "", "")


def _around(tag: Tag) -> str:
    """The words of the outermost row that holds this one link's subject and little else."""
    best = ""
    for parent in tag.parents:
        if parent.name in ("body", "html", "[document]"):
            break
        if parent.name in _AROUND:
            words = " ".join(parent.get_text(" ").split())
            if len(words) > _LONGEST:
                break
            best = words
    return best
