"""Wordings of a place that a consolidated text or the codification prints whole.

    2.[4] Nội dung đang có hiệu lực.
    [4] Khoản này được sửa đổi theo quy định tại khoản 1 Điều 1 của Luật số …, có hiệu lực kể từ
    ngày 01 tháng 7 năm 2031.

The text is taken as it stands there, from the last of the days its notes name. Nothing is taken
where a note names no day, or where a text that is not among its sources changed the place on that
day. Between the first of these days and the last the words are not at hand.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb.amendments import Amendment
from kb.citations.numbers import read_date
from kb.expressions import Kind
from kb.store.library import Library
from kb.structure import Level, Node, is_quoted, walk
from kb.wordings import touching

_MARK = re.compile(r" ?\[{1,2}(\d{1,3})\]{1,2} ?")
_FOOTNOTE = re.compile(r"\n\[{1,2}(?P<number>\d{1,3})\]{1,2}\s?(?P<words>[^\n]{0,2000})")
_FORCE = re.compile(r"có hiệu lực(?:\s(?:thi hành|áp dụng))?\s(?:kể\s)?từ(?=\s)")
_CHANGED = re.compile(r"(?:được|bị) (?:sửa đổi|bổ sung|thay thế|đính chính)")
# "Tên Mục này được sửa đổi" speaks of a heading, though it stand at an article's end.
_OF_PLACE = re.compile(r"(?:Điều|Khoản|Điểm|Đoạn|Câu|Cụm từ|Từ|Nội dung|Tên [Đđ]iều)\s")
_PLACES = (Level.ARTICLE, Level.CLAUSE, Level.POINT)
_TAKEN_OUT = re.compile(r"\((?:đã )?(?:được|bị) bãi bỏ\)")
_ARTICLE = re.compile(r"(?:.*?__)?art_[^_]+")


class Later:
    """What consolidated texts and the codification print of one document."""

    def __init__(self, library: Library, key: str) -> None:
        self._key = key
        self._printed = [*_consolidated(library, key), *_codified(library, key)]
        self._shown_codified = library.shown_kind(key) == Kind.CODIFIED

    @property
    def places(self) -> set[str]:
        """The places that were changed by their words: what stands beside them is worth a look."""
        return {place for printed in self._printed for place in printed.days}

    def is_shown(self, provision: str) -> bool:
        """Is the text that is shown a later wording of this place, not the one issued?"""
        return self._shown_codified and any(
            printed.subject == self._key and provision in printed.days for printed in self._printed
        )

    def of(self, provision: str, issued: str, read: Sequence[Amendment]) -> list[Amendment]:
        """A place's later words as changes that ``kb.wordings`` puts beside those *read* from
        amending texts; *issued* are its words as issued, "" where not at hand."""
        others = touching(read, provision)
        return [
            change
            for printed in self._printed
            for change in printed.changes(self._key, provision, issued, others)
        ]


@dataclass(frozen=True, slots=True)
class _Printed:
    """One text that prints later words: ``days`` of the changes of each place it marks, oldest
    first, none where a note names no day; ``made_of`` the documents whose changes it holds."""

    subject: str
    words: str
    made_of: frozenset[str]
    text: str
    nodes: Mapping[str, Node]
    days: Mapping[str, Sequence[str]]

    def changes(
        self, key: str, provision: str, issued: str, others: Sequence[Amendment]
    ) -> Iterator[Amendment]:
        days = self.days.get(provision)
        if not days or not _all_in(others, days[-1], self.made_of):
            return
        words = _unmarked(self.nodes[provision].span.of(self.text).strip())
        # Where the words are the issued ones, another place of the article was changed.
        if words.split() != issued.split():
            for day in days:
                wording = words if day == days[-1] else ""
                yield Amendment(self.subject, provision, key, provision, "consolidates",
                                self.words, wording, day)  # fmt: skip


def _consolidated(library: Library, key: str) -> Iterator[_Printed]:
    for relation in library.relations_on((key,)):
        subject = relation.subject
        tree = library.tree(subject) if relation.verb == "consolidates" else None
        if tree is None:
            continue
        made_of = [r.object for r in library.relations(subject)
                   if r.subject == subject and r.verb == "consolidates"]  # fmt: skip
        if made_of[0] != key:
            continue  # the base stands first, then what amended it
        text = library.text(subject)
        notes = {n["number"]: n["words"] for n in _FOOTNOTE.finditer(text) if _of_place(n["words"])}
        nodes = _nodes(tree)
        days = {}
        for id, node in nodes.items():
            words = node.span.of(text)
            marks = set(_MARK.findall(words))
            # The second: the text's notes were read as part of its last article.
            if marks and not _TAKEN_OUT.search(words) and not _FOOTNOTE.search(words):
                days[id] = _days([notes.get(mark, "") for mark in marks])
        sources = frozenset(source for source in made_of if source)
        yield _Printed(subject, "theo văn bản hợp nhất", sources, text, nodes, days)


def _codified(library: Library, key: str) -> Iterator[_Printed]:
    text = next((e for e in library.expressions(key) if e.kind is Kind.CODIFIED), None)
    tree = library.tree_of(text.id) if text else None
    if text is None or tree is None:
        return
    articles = {}
    for _, note in library.code_notes(key):
        if changed := _CHANGED.search(note.note):
            parts = note.note[changed.start() :].split(";")
            articles[note.provision] = _days([part for part in parts if part.strip(" )")])
    nodes = _nodes(tree)
    days = {id: articles[article[0]] for id in nodes
            if (article := _ARTICLE.match(id)) and article[0] in articles}  # fmt: skip
    known = frozenset(r.subject for r in library.relations_on((key,)) if r.sources)
    words = library.text_of(text.id)
    yield _Printed(key, "theo Bộ pháp điển điện tử", known, words, nodes, days)


def _of_place(note: str) -> bool:
    return _OF_PLACE.match(note) is not None and _CHANGED.search(note) is not None


def _nodes(tree: Node) -> dict[str, Node]:
    """Its own articles, clauses and points by id."""
    return {n.id: n for n in walk(tree) if n.level in _PLACES and not is_quoted(n.id)}


def _days(notes: Sequence[str]) -> list[str]:
    """The days notes name, oldest first; none where one of them names no whole day."""
    days: set[str] = set()
    for words in notes:
        force = list(_FORCE.finditer(words))
        dated = read_date(words, force[-1].end()) if force else None
        if dated is None or dated[1] is None or len(dated[1]) != len("2026-07-01"):
            return []
        days.add(dated[1])
    return sorted(days)


def _unmarked(words: str) -> str:
    """
    >>> _unmarked("2.[3] Ghế [4]tre, gỗ [5].")
    '2. Ghế tre, gỗ.'
    """
    spaced = _MARK.sub(lambda mark: " " if " " in mark[0] else "", words)
    return re.sub(r" (?=[.,;:)])", "", spaced)


def _all_in(changes: Sequence[Amendment], day: str, sources: Collection[str | None]) -> bool:
    """Did only *sources* change a place on *day*?"""
    return all(change.subject in sources for change in changes if change.since == day)
