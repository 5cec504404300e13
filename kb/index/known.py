"""What a library holds by number and by name, learnt once for each generation."""

from __future__ import annotations

from functools import cached_property
from weakref import WeakKeyDictionary, ref

from kb.catalogue import Vocabulary
from kb.index.names import Names
from kb.index.numbers import NumberReader, Numbers, numbered
from kb.index.records import tags_of
from kb.index.short import Shorts
from kb.index.suggest import Suggestions
from kb.issuers import issuer_ids
from kb.statuses import Statuses
from kb.store import Listed
from kb.store.library import Library
from kb.text import fold


class Known:
    """The documents of a library and the tables that read what is typed about them."""

    def __init__(self, library: Library, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._library = ref(library)
        self.documents: dict[str, Listed] = {
            listed.document.key: listed for listed in library.documents()
        }

    def tag(self, key: str, name: str) -> str:
        """The tag of that name its records have, "" without one."""
        return next((tag for tag in tags_of(self.documents[key]) if tag.startswith(name + "=")), "")

    def tags(self, name: str) -> frozenset[str]:
        """Every tag of that name in the library."""
        return self._tags.get(name, frozenset())

    @cached_property
    def _tags(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for listed in self.documents.values():
            for tag in tags_of(listed):
                found.setdefault(tag.partition("=")[0], set()).add(tag)
        return {name: frozenset(tags) for name, tags in found.items()}

    @cached_property
    def shorts(self) -> Shorts:
        return Shorts(self.vocabulary)

    @cached_property
    def reader(self) -> NumberReader:
        written = (listed.document.number for listed in self.documents.values())
        return NumberReader(self.vocabulary, written)

    @cached_property
    def numbers(self) -> Numbers:
        rows = (
            numbered(key, listed.document.number, listed.type_slug, listed.document.issued)
            for key, listed in self.documents.items()
            if listed.document.number
        )
        codes = {kind.slug: fold(kind.code) for kind in self.vocabulary.types if kind.code}
        return Numbers([row for row in rows if row], codes)

    @cached_property
    def misprints(self) -> Numbers:
        """Numbers under which a document was cited in print, by mistake."""
        rows = (
            numbered(key, misprint.number, listed.type_slug, listed.document.issued)
            for key, listed in self.documents.items()
            for misprint in listed.entry.misprints
        )
        return Numbers([row for row in rows if row], self.numbers.type_codes)

    @cached_property
    def names(self) -> Names:
        return Names(self.documents.values(), self.shorts)

    @cached_property
    def statuses(self) -> Statuses:
        library = self._library()
        assert library is not None
        return Statuses(library)

    def bodies(self, key: str) -> frozenset[str]:
        """The ids of whom its issuer's name can stand for."""
        return issuer_ids(self.documents[key].document.issuer, self.vocabulary)

    @cached_property
    def suggestions(self) -> Suggestions:
        library = self._library()
        assert library is not None
        return Suggestions(self.documents.values(), library.headings(), self.shorts)

    @cached_property
    def issuers(self) -> frozenset[str]:
        return frozenset(listed.document.issuer for listed in self.documents.values()) - {""}


_kept: WeakKeyDictionary[Library, Known] = WeakKeyDictionary()


def known_of(library: Library, vocabulary: Vocabulary) -> Known:
    """Kept as long as the library is open: a generation never changes."""
    known = _kept.get(library)
    if known is None or known.vocabulary is not vocabulary:
        known = _kept[library] = Known(library, vocabulary)
    return known
