"""A document by its number or its address → a raw file, taken in like any other.

By number: where the catalogue says its text is, then the searches of the portals. One document, or
none: when a search finds several, they are named and nothing is taken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

from ingest import RawFile
from ingest.catalogue import load_catalogue, load_searches
from ingest.download import Downloader, Got
from ingest.download_connect import Refused
from ingest.extract.html_links import Link
from ingest.isolate import Readers
from ingest.linking import Progress
from ingest.pipeline import CORPUS, Outcome, Result, add
from ingest.portals import Hit, hits, text_addresses
from ingest.sniff import HTML, sniff
from kb.catalogue import Catalogue
from kb.config import Settings
from kb.documents import number_key, read_number
from kb.errors import UnreadableFile
from kb.lookup import lookup
from kb.store.generations import current
from kb.store.library import Library
from kb.text import fold

_URL = re.compile(r"https?://\S+", re.IGNORECASE)
_NUMBER = re.compile(r"\d[^\s,;]*[/-][^\s,;]+")
_BEGINNING = 6000  # characters of a text in which its own number stands


@dataclass(frozen=True, slots=True)
class Lacking:
    """A document that is cited and whose text is not here: how often, and where it may be had."""

    number: str
    name: str
    cited: int
    urls: tuple[str, ...] = ()


def downloader(settings: Settings) -> Downloader:
    return Downloader(
        settings.fetch_hosts,
        settings.downloads,
        settings.max_file_mb * 1024 * 1024,
        float(settings.fetch_delay),
    )


def fetch(
    settings: Settings,
    wanted: Sequence[str],
    progress: Progress,
    corpus: Path = CORPUS,
    web: Downloader | None = None,
) -> list[Outcome]:
    """Each of *wanted*, a number or an address, downloaded and taken in; one that fails is an
    outcome and never stops the others. Interrupted, the next run with the same goes on."""
    web = web or downloader(settings)
    catalogue, _ = load_catalogue(corpus)
    searches = load_searches(corpus)
    files: list[RawFile | Outcome] = []
    asked: list[str] = []
    with Readers() as readers:
        finder = _Finder(web, readers, catalogue, searches)
        for done, one in enumerate(wanted, 1):
            progress("Tải văn bản", done, len(wanted))
            try:
                raw = finder.document(one.strip())
            except (Refused, UnreadableFile) as error:
                files.append(Outcome(one, Result.FAILED, reason=str(error), hint=error.hint))
                continue
            files.append(raw)
            asked.append(raw.url)
    if not asked:
        return [one for one in files if isinstance(one, Outcome)]
    outcomes = add(settings, files, len(files), progress, corpus)
    for url in asked:
        web.forget(url)
    return outcomes


def lacking(settings: Settings, corpus: Path = CORPUS) -> list[Lacking]:
    """What catalogue and texts cite and the library has no text of, the most cited first."""
    library = Library(current(settings.library) / "library.db")
    try:
        return sorted(_lacking(library), key=lambda one: (-one.cited, not one.urls, one.number))
    finally:
        library.close()


def _lacking(library: Library) -> Iterator[Lacking]:
    cited: Counter[str] = Counter()
    outside: dict[str, tuple[str, str]] = {}
    for item in library.documents():
        if item.kind == "facts":
            continue
        for citation in library.citations(item.document.key):
            if citation.target:
                cited[citation.target] += 1
            elif citation.number and not citation.candidates and _is_number(citation.number):
                key = number_key(citation.number)
                cited[key] += 1
                name = f"{citation.type} {citation.number}".strip()
                outside.setdefault(key, (citation.number, name))
    for item in library.documents("facts"):
        document = item.document
        if _is_number(document.number):
            name = f"{document.type} {document.number} {document.title}".strip()
            urls = item.entry.official_urls
            yield Lacking(document.number, name, cited[document.key], urls)
    for key, (number, name) in outside.items():
        yield Lacking(number, name, cited[key])


def _is_number(text: str) -> bool:
    number = read_number(text)
    return number is not None and number.serial != ""


@dataclass(frozen=True, slots=True)
class _Finder:
    web: Downloader
    readers: Readers
    catalogue: Catalogue
    searches: dict[str, tuple[str, ...]]

    def document(self, wanted: str) -> RawFile:
        """Raises ``Refused`` or ``UnreadableFile`` with what went wrong last."""
        if _URL.fullmatch(wanted):
            return self._text_at(wanted)
        found = _NUMBER.search(wanted)
        if found is None:
            raise Refused(
                f"“{wanted}” không phải số hiệu hay địa chỉ.",
                "Viết số hiệu (51/2010/QH12) hoặc địa chỉ đầy đủ (https://…).",
            )
        number, type = found[0], wanted[: found.start()].replace("số", "").strip()
        failed: Refused | UnreadableFile | None = None
        for url in self._known(number, type):
            try:
                return self._checked(self._text_at(url), number)
            except (Refused, UnreadableFile) as error:
                failed = error
        hit = self._searched(number, type, failed)
        return self._checked(self._text_at(hit.url), number)

    def _known(self, number: str, type: str) -> list[str]:
        """Addresses the catalogue has for the one document of this number."""
        exact = [
            candidate.entry
            for candidate in lookup(self.catalogue, number=number, type=type or None)
            if candidate.exact
        ]
        return list(exact[0].official_urls) if len(exact) == 1 else []

    def _searched(self, number: str, type: str, failed: Refused | UnreadableFile | None) -> Hit:
        found: dict[str, Hit] = {}
        for host, addresses in self.searches.items():
            if host not in self.web.hosts:
                continue
            for address in addresses:
                url = address.format(number=quote(number, safe=""))
                try:
                    links = self._links(self.web.get(url))
                except (Refused, UnreadableFile) as error:
                    failed = error
                    continue
                finally:
                    self.web.forget(url)
                for hit in hits(links, number, type):
                    found.setdefault(hit.item or hit.url, hit)
        if len(found) == 1:
            return next(iter(found.values()))
        if found:
            named = "; ".join(hit.name for hit in found.values())
            raise Refused(
                f"Có {len(found)} văn bản mang số {number}, chưa tải văn bản nào: {named}",
                "Chạy lại với địa chỉ của văn bản cần lấy.",
            )
        if failed is not None:
            raise failed
        raise Refused(
            f"Không tìm thấy văn bản số {number} ở các trang được tải.",
            "Xem lại số hiệu, hoặc tìm bằng trình duyệt rồi dùng địa chỉ: kb fetch https://…",
        )

    def _text_at(self, url: str) -> RawFile:
        """The full text at an address: the file or page itself, else what the page offers. A page
        in between is not kept."""
        got = self.web.get(url)
        if sniff(got.content) != HTML:
            return _raw(got)
        try:
            self.readers.extract(_raw(got))
            return _raw(got)
        except UnreadableFile as error:
            failed: Refused | UnreadableFile = error
        offered = text_addresses(self._links(got), got.final)
        self.web.forget(url)
        for address in offered:
            try:
                there = self.web.get(address)
                self.readers.extract(_raw(there))
                return _raw(there)
            except (Refused, UnreadableFile) as error:
                failed = error
        raise failed

    def _links(self, got: Got) -> list[Link]:
        return [Link(**row) for row in self.readers.answer("links", _raw(got))]

    def _checked(self, raw: RawFile, number: str) -> RawFile:
        """Found by its number, a text has this number in its head."""
        read = self.readers.extract(raw)
        if not read.quotable:
            return raw  # recognised from a picture: its digits prove nothing
        head = read.text[:_BEGINNING]
        plain = "".join(fold(head).split())
        if "".join(fold(number).split()) in plain or number_key(number) in plain:
            return raw
        self.web.forget(raw.url)
        raise Refused(
            f"Văn bản tải về từ {urlsplit(raw.url).netloc} không mang số {number}.",
            f"Xem {raw.url}; đúng là văn bản cần lấy thì chạy lại với địa chỉ này.",
        )


def _raw(got: Got) -> RawFile:
    return RawFile(got.content, got.name, got.url, got.final, got.time)
