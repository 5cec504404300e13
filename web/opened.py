"""A library with its index, open together, and the questions both commands and pages ask."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date
from functools import cached_property
from types import TracebackType
from typing import Any, TypeVar

from ingest.catalogue import load_press_rules, load_vocabulary
from ingest.pipeline import CORPUS
from kb.catalogue import Catalogue
from kb.citing import namesakes
from kb.config import Settings
from kb.confirmations import Vouched
from kb.documents import number_key
from kb.errors import NotFound
from kb.index import open_engine
from kb.index.known import known_of
from kb.index.passages import Passages
from kb.index.suggest import Suggestion
from kb.press.fetch import catalogue_of
from kb.press.rules import Rules
from kb.results import SearchResult
from kb.search import View, search
from kb.sources import Source
from kb.store import Listed
from kb.store.desk import Desk
from kb.store.generations import current
from kb.store.library import Library
from kb.understanding import understand

V = TypeVar("V")
_KEPT = 128  # answers of a generation that are kept; a plan's is some hundred kilobytes


class Opened:
    """The generation that serves when this was made; use as a context manager or ``close``."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.folder = current(settings.library)
        self.library = Library(self.folder / "library.db")
        self.engine = open_engine(self.folder / "index")
        self.vocabulary = load_vocabulary(CORPUS)
        self.desk = Desk(settings.desk)
        self._kept: dict[Hashable, Any] = {}

    def __enter__(self) -> Opened:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self.engine.close()
        self.library.close()

    def kept(self, of: Hashable, make: Callable[[], V]) -> V:
        """What *make* makes, or made before. *of* has all it depends on beside the library, which
        never changes while it is open."""
        kept: tuple[V] | None = self._kept.get(of)
        if kept is None:
            kept = (make(),)
            for oldest in list(self._kept)[: max(0, len(self._kept) - _KEPT + 1)]:
                self._kept.pop(oldest, None)
            self._kept[of] = kept
        return kept[0]

    @cached_property
    def catalogue(self) -> Catalogue:
        """Every document with its relations, to resolve citations in."""
        return catalogue_of(self.library, self.vocabulary)

    @cached_property
    def rules(self) -> Rules:
        """What press law asks of a press desk."""
        return load_press_rules(CORPUS)

    @cached_property
    def namesakes(self) -> frozenset[str]:
        """Laws whose name alone does not tell them from another one here."""
        return namesakes(self.catalogue.entries)

    @cached_property
    def passages(self) -> Passages:
        """Where runs of words stand in the texts."""
        return Passages(self.folder / "index" / "passages")

    def search(self, text: str, view: View | None = None) -> SearchResult:
        return search(self.library, self.engine, self.vocabulary, text, view)

    def suggestions(self, typed: str) -> list[Suggestion]:
        """What may be meant by the beginning of a query."""
        return known_of(self.library, self.vocabulary).suggestions.of(typed)

    def vouched(self, key: str) -> tuple[Source, Vouched] | None:
        """The text as its file has it and which of it may be quoted; None without full text."""
        source = self.library.source(key)
        if source is None:
            return None
        said = self.desk.confirmations(source.sha256)
        return source, Vouched(source, self.library.quotable(key), said)

    def one(self, number: str, kind: str | None = None, *, loose: bool = False) -> Listed:
        """The one document of that address or number, or, where *loose*, called so as a search
        calls it ("QĐ 753"); raises ``NotFound``, naming candidates when there are several: none is
        picked. A page is not *loose*: it sends such a call on to its address (``addresses``)."""
        address = number.strip().strip("/").removeprefix("vb/").removeprefix("ke-hoach/")
        documents = self.library.documents(kind)
        found = [item for item in documents if item.document.key == address] or [
            item
            for item in documents
            if item.document.number and number_key(item.document.number) == number_key(number)
        ]
        if (
            loose and not found and address.count("/") < 3
        ):  # an address that is wrong means nothing else
            known = known_of(self.library, self.vocabulary)
            asked = understand(number, known, date.today())
            found = [known.documents[key] for key in asked.keys if asked.whole and not asked.place]
            found = [item for item in found if kind in (None, item.kind)]
        if len(found) == 1:
            return found[0]
        if found:
            keys = ", ".join(item.document.key for item in found)
            raise NotFound(f"Có {len(found)} văn bản được gọi là {number}: {keys}.",
                           "Dùng địa chỉ đầy đủ của văn bản cần xem.")  # fmt: skip
        raise NotFound(f"Không có văn bản số {number} trong kho.",
                       f"Tìm theo từ: kb search \"{number}\".")  # fmt: skip
