"""What the checks of a draft need to know, read from the library."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from kb.catalogue import Catalogue, Vocabulary
from kb.grounds import judge_on
from kb.press import Known
from kb.store.library import Library
from kb.store.shelf import Shelf


def catalogue_of(library: Library, vocabulary: Vocabulary) -> Catalogue:
    """Every document of the library with its relations, to resolve citations in; worth keeping as
    long as the library is open."""
    entries = tuple(listed.entry for listed in library.documents())
    return Catalogue(vocabulary, entries, tuple(library.relations()))


def fetch(
    library: Library, catalogue: Catalogue, wanted: Iterable[tuple[str, str]], day: date
) -> Known:
    """What is known of the (document, place) pairs, judged on *day*."""
    pairs = list(wanted)
    keys = {key for key, _ in pairs}
    shelf = Shelf(library, keys, keys)
    pairs = [pair for pair in pairs if shelf.has(pair[0])]
    trees = {key: tree for key in keys if (tree := shelf.tree(key)) is not None}
    return Known(
        catalogue,
        day,
        judge_on(shelf, pairs, None, day),
        trees,
        {key: shelf.text(key) for key in trees},
        {key: shelf.shown_kind(key) for key in trees},
        library.digests_of(keys),
    )
