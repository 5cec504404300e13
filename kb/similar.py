"""What a library answers to ``kb.links.suggest``: provisions near to a text, and what they say.

The index is searched deep and filtered afterwards: plans, letters and what is quoted inside an
amending text are no bases. Texts are read once for all items of all plans.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kb.catalogue import Digest
from kb.index import SearchEngine
from kb.index.query import cleaned, words_of
from kb.index.records import digest_position, units
from kb.links.suggest import About, Near, Passage
from kb.order import rank_of
from kb.statuses import Statuses
from kb.store import Listed
from kb.store.library import Library
from kb.structure import Level, Node, is_quoted, path_words
from kb.text import Span
from kb.validity import HOLDING, OVER

_DEPTH = 400
_KEPT = 100
# Types of paper that are no basis of a task in a plan, by slug; a letter of the department is
# cited, never found by its words.
_NONE = ("kh", "cv", "gm", "tb", "bc", "ttr", "bb", "du-thao", "")


@dataclass(frozen=True, slots=True)
class _Unit:
    node: Node
    path: tuple[Node, ...]
    span: Span


class OfLibrary:
    """``kb.links.suggest.Sources``; what holds is judged on *day*."""

    def __init__(self, library: Library, engine: SearchEngine, day: date) -> None:
        self._library, self._engine, self._day = library, engine, day
        self._documents: dict[str, Listed] = {
            listed.document.key: listed
            for listed in library.documents()
            if listed.kind != "plan" and listed.type_slug not in _NONE
        }
        self._statuses = Statuses(library)
        self._units: dict[str, dict[str, _Unit]] = {}
        self._passages: dict[tuple[str, str], Passage] = {}
        self._abouts: dict[str, About] = {}
        self._digests: dict[str, list[Digest]] = {}
        self._worth: dict[str, float] = {}
        self._total = engine.count()

    def similar(self, text: str) -> Sequence[Near]:
        query = words_of(cleaned(text.replace('"', " ")))
        out: list[Near] = []
        hits = [
            hit
            for hit in self._engine.search(query, limit=_DEPTH, counted=False).hits
            if hit.key in self._documents
            and hit.kind in ("provision", "item", "digest")
            and not is_quoted(hit.provision)
        ][:_KEPT]
        top = max((hit.score for hit in hits), default=0.0)
        for hit in hits:
            digest = hit.kind == "digest"
            if digest and self._documents[hit.key].kind == "full":
                continue  # its own words are here
            score = max(hit.score, 0.0) / top if top > 0 else 0.0
            out.append(Near(hit.key, hit.provision, score, digest))
        return out

    def passage(self, near: Near) -> Passage:
        place = near.key, near.provision
        if place not in self._passages:
            self._passages[place] = self._digest(near) if near.digest else self._provision(near)
        return self._passages[place]

    def about(self, key: str) -> About:
        if key not in self._abouts:
            self._abouts[key] = self._about(key)
        return self._abouts[key]

    def _about(self, key: str) -> About:
        listed = self._documents[key]
        state = self._statuses.on(key, self._day).state
        holds = 1.0 if state in HOLDING else 0.0 if state in OVER else 0.5
        document = listed.document
        return About(
            document.number or document.title,
            document.title,
            rank_of(listed.type_slug),
            holds,
            document.issued or "",
        )

    def worth(self, term: str) -> float:
        if term not in self._worth:
            left, pair, right = term.partition("_")
            count = (
                self._engine.together(left, right) if pair else self._engine.words().frequency(term)
            )
            self._worth[term] = math.log1p(max(self._total - count + 0.5, 0.5) / (count + 0.5))
        return self._worth[term]

    def _digest(self, near: Near) -> Passage:
        if near.key not in self._digests:
            self._digests[near.key] = self._library.digests(near.key)
        digest = self._digests[near.key][digest_position(near.provision) - 1]
        return Passage(digest.where, "", "", (digest.text,))

    def _provision(self, near: Near) -> Passage:
        if near.key not in self._units:
            tree = self._library.tree(near.key)
            found = units(tree) if tree else ()
            self._units[near.key] = {node.id: _Unit(node, path, span) for node, path, span in found}
        unit, text = self._units[near.key][near.provision], self._library.printed(near.key)
        own = unit.span.of(text)
        lines = [" ".join(line.split()) for line in own.split("\n")]
        if unit.node.level is Level.ARTICLE and unit.node.heading and len(lines) > 1:
            lines = lines[1:]
        return Passage(
            path_words((*unit.path, unit.node)),
            unit.node.heading,
            " ".join(above.heading for above in unit.path if above.heading),
            tuple(line for line in lines if line),
        )
