"""What judging asks for (``kb.quotes.Texts``), read from a library, its index and its passages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from functools import cached_property

from kb.amendments import Amendment
from kb.confirmations import BADGES, Confirmation, State, Vouched
from kb.history import History, history, place_wordings
from kb.index import SearchEngine
from kb.index.passages import Passages
from kb.index.query import parse_query
from kb.index.records import digest_id
from kb.quotes import Given, Text
from kb.quotes.match import inside
from kb.store.library import Library
from kb.store.texts import StoredText, places, source_of, stored
from kb.structure import is_quoted
from kb.text import Span, match_text
from kb.wordings import Wording

_CHANGING = ("amends", "repeals_partly", "suspends", "replaces", "consolidates")
_DIGEST = "Đây là tóm tắt của kho, không phải nguyên văn"


class Shelf:
    """Satisfies ``kb.quotes.Texts``; what was read once is kept, so make one for each draft.

    *confirmed* gives what people confirmed of a file (``Desk.confirmations``); *without* are keys
    of documents that count for nothing, such as the draft's own copy in the library."""

    def __init__(
        self,
        library: Library,
        passages: Passages,
        engine: SearchEngine | None = None,
        confirmed: Callable[[str], Iterable[Confirmation]] = lambda sha256: (),
        without: Collection[str] = (),
    ) -> None:
        self._without = frozenset(without)
        self._library, self._passages, self._engine = library, passages, engine
        self._confirmed = confirmed
        self._texts: dict[str, Text | None] = {}
        self._told: dict[str, History | None] = {}
        self._wordings: dict[tuple[str, str], list[Wording]] = {}
        self._vouched: dict[str, Vouched | None] = {}
        self._names: dict[str, str] = {}

    # texts

    @cached_property
    def _stored(self) -> dict[str, StoredText]:
        known = stored(self._library)
        return {id: text for id, text in known.items() if text.key not in self._without}

    @cached_property
    def complete(self) -> bool:
        return len(self._passages) > 0 and self._stored.keys() <= set(self._passages.names)

    @cached_property
    def _of_key(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for text in self._stored.values():
            found[text.key].append(text.id)
        return found

    def texts_of(self, key: str) -> Sequence[str]:
        ids = self._of_key.get(key, [])
        if len(ids) > 1:
            shown = self._library.shown(key)
            ids = sorted(ids, key=lambda id: (id != shown, id))
        return ids

    def text(self, id: str) -> Text | None:
        if id not in self._texts:
            self._texts[id] = self._read(id)
        return self._texts[id]

    def _read(self, id: str) -> Text | None:
        known = self._stored.get(id)
        if known is not None:
            words = self._library.text_of(id)
            printed = self._library.printed_of(id)
            return Text(id, known.key, words, printed, places(self._library, id))
        key, _, anchor = id.rpartition("#")
        if key in self._without:
            return None
        for position, digest in enumerate(self._library.digests(key) if key else (), 1):
            if digest_id(position) == anchor:
                words = match_text(digest.text).text
                return Text(id, key, words, words, ((0, anchor),), digest=True)
        return None

    def near(self, words: str, only: Sequence[str] | None = None) -> Sequence[tuple[str, int]]:
        return self._passages.near(words, only=only)

    def runs(self, words: str) -> Sequence[tuple[int, str, int]]:
        return self._passages.runs(words)

    def alike(self, words: str) -> Sequence[str]:
        if self._engine is None:
            return ()
        few = " ".join(words.split()[:_ASKED])
        query = parse_query(few)
        keys = dict.fromkeys(
            hit.key for hit in self._engine.search(query, _FOUND, counted=False).hits
        )
        return [id for key in keys for id in self.texts_of(key)[:1]]

    # whose words, and when

    @cached_property
    def _changed(self) -> dict[str, list[str]]:
        """Document → what changes or consolidates it."""
        found: dict[str, list[str]] = defaultdict(list)
        for relation in self._library.relations_on(None):
            if relation.verb in _CHANGING and relation.object:
                found[relation.object].append(relation.subject)
        return found

    @cached_property
    def _bases(self) -> dict[str, str]:
        """Consolidated text → what it is made from: its key, else its name."""
        found: dict[str, str] = {}
        for relation in self._library.relations():
            if relation.verb == "consolidates":
                found.setdefault(relation.subject, relation.object or relation.object_text)
        return found

    def wordings(self, key: str, provision: str) -> Sequence[Wording]:
        at = (key, provision)
        if at not in self._wordings:
            self._wordings[at] = self._known_wordings(key, provision)
        return self._wordings[at]

    def _known_wordings(self, key: str, provision: str) -> list[Wording]:
        if not provision or is_quoted(provision):
            return []
        if key in self._bases:
            return self._consolidated(key, provision)
        told = self._history(key)
        return place_wordings(told, provision) if told else []

    def _history(self, key: str) -> History | None:
        """None of a document that nothing changed and that has one text only."""
        if key not in self._told:
            single = len(self._of_key.get(key, ())) < 2
            plain = key not in self._of_key or (single and not self._is_touched(key))
            self._told[key] = None if plain else history(self._library, key)
        return self._told[key]

    def _is_touched(self, key: str) -> bool:
        kinds = {self._stored[id].kind for id in self._of_key.get(key, ())}
        return key in self._changed or "codified" in kinds

    def _consolidated(self, key: str, provision: str) -> list[Wording]:
        """The wordings of a place in this and the other consolidated texts of the same base, by
        the day they were made; what has no day is left out."""
        base = self._bases[key]
        peers = [peer for peer, of in self._bases.items() if of == base and peer in self._of_key]
        if len(peers) < 2:
            return []
        out = []
        for peer in peers:
            issued = self._library.listed(peer).document.issued
            text = self.text(self.texts_of(peer)[0])
            if issued is None or len(issued) != len("2026-07-01") or text is None:
                continue
            words = _words_at(text, provision)
            if words:
                by = Amendment(peer, provision, key, provision, "consolidates",
                               f"theo {self.name(peer)}", words)  # fmt: skip
                out.append(Wording(words, issued, replace(by, since=issued)))
        return sorted(out, key=lambda wording: wording.since or "")

    def given(self, id: str, provision: str) -> Sequence[Given]:
        text = self.text(id)
        if text is None:
            return ()
        base = self._bases.get(text.key, "")
        if base in self._of_key:
            return (Given(base, provision),)
        if not is_quoted(provision):
            return ()
        targets = [key for key, subjects in self._changed.items() if text.key in subjects]
        out: dict[Given, None] = {}
        for key in targets:
            told = self._history(key)
            for amendment in told.amendments if told else ():
                if amendment.subject == text.key and provision.startswith(amendment.where + "__q"):
                    inner = _inner(provision, amendment.where)
                    place = _joined(amendment.provision, inner)
                    out[Given(key, place)] = None
        return tuple(out)

    def may_quote(self, id: str, span: Span) -> str:
        known = self._stored.get(id)
        if known is None:
            return _DIGEST
        if known.quotable:
            return ""
        source = source_of(self._library, id)
        if id not in self._vouched:
            said = self._confirmed(known.sha256)
            self._vouched[id] = Vouched(source, known.quotable, said) if source else None
        vouched = self._vouched[id]
        if vouched is None or source is None:
            return BADGES[State.UNCONFIRMED]
        state = vouched.state(source.places(span))
        return "" if state.quotable else BADGES[state]

    def name(self, key: str) -> str:
        if key not in self._names:
            document = self._library.listed(key).document if self._library.has(key) else None
            words = (document.type, document.number or document.title) if document else (key,)
            self._names[key] = " ".join(word for word in words if word)
        return self._names[key]


_ASKED, _FOUND = 40, 5  # words asked of the search, texts taken from it


def _words_at(text: Text, provision: str) -> str:
    """All words of a place, "" where the text lacks it."""
    starts = [at for at, (_, id) in enumerate(text.places) if inside(id, provision)]
    if not starts:
        return ""
    last = starts[-1] + 1
    end = text.places[last][0] if last < len(text.places) else len(text.words)
    return text.words[text.places[starts[0]][0] : end]


def _inner(provision: str, where: str) -> str:
    """The place inside a quotation: "art_5__cl_1" of "art_1__q1__art_5__cl_1"."""
    rest = provision[len(where) + 2 :]
    return rest.partition("__")[2]


def _joined(target: str, inner: str) -> str:
    """The place of *target* that *inner*, a place in the quotation that words it, is.

    >>> _joined("art_5__cl_2", "cl_2__point_a"), _joined("art_5", "art_5__cl_1")
    ('art_5__cl_2__point_a', 'art_5__cl_1')
    """
    last = target.rpartition("__")[2]
    first, _, below = inner.partition("__")
    if first == last:
        return f"{target}__{below}" if below else target
    return target if not inner or target.endswith(inner) else f"{target}__{inner}"
