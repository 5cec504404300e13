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
from collections.abc import Collection, Iterator, Sequence

from kb.amendments import Amendment
from kb.citations.numbers import read_date
from kb.expressions import Kind
from kb.store import CodeNote
from kb.store.library import Library
from kb.structure import find
from kb.wordings import touching

_MARK = re.compile(r" ?\[{1,2}(\d{1,3})\]{1,2} ?")
_FOOTNOTE = re.compile(r"\n\[{1,2}(?P<number>\d{1,3})\]{1,2}\s?(?P<words>[^\n]{0,2000})")
_FORCE = re.compile(r"có hiệu lực(?:\s(?:thi hành|áp dụng))?\s(?:kể\s)?từ(?=\s)")
_CHANGED = re.compile(r"(?:được|bị) (?:sửa đổi|bổ sung|thay thế|đính chính)")
_TAKEN_OUT = re.compile(r"\((?:đã )?(?:được|bị) bãi bỏ\)")
_ARTICLE = re.compile(r"(?:.*?__)?art_[^_]+")


def later_wordings(
    library: Library, key: str, provision: str, issued: str, read: Sequence[Amendment]
) -> list[Amendment]:
    """Of one place, as changes that ``kb.wordings`` puts beside those *read* from amending texts;
    *issued* are its words as issued, "" where not at hand."""
    others = touching(read, provision)
    return [
        *_consolidated(library, key, provision, others),
        *_codified(library, key, provision, issued, others),
    ]


def is_later(library: Library, key: str, provision: str) -> bool:
    """Is the text that is shown of a document a later wording of this place, not the one issued?"""
    if library.shown_kind(key) != Kind.CODIFIED:
        return False
    note = _code_note(library, key, provision)
    return note is not None and _CHANGED.search(note.note) is not None


def _consolidated(
    library: Library, key: str, provision: str, others: Sequence[Amendment]
) -> Iterator[Amendment]:
    for relation in library.relations(key):
        subject = relation.subject
        if relation.verb != "consolidates" or relation.object != key or not library.has(subject):
            continue
        made_of = [r.object for r in library.relations(subject)
                   if r.subject == subject and r.verb == "consolidates"]  # fmt: skip
        tree = library.tree(subject)
        node = find(tree, provision) if tree else None
        if made_of[0] != key or node is None:
            continue  # the base stands first, then what amended it
        text = library.text(subject)
        words = node.span.of(text).strip()
        marks = set(_MARK.findall(words))
        notes = {n["number"]: n["words"] for n in _FOOTNOTE.finditer(text, node.span.end)}
        days = _days([notes.get(mark, "") for mark in marks])
        if _TAKEN_OUT.search(words) or _FOOTNOTE.search(words):
            continue  # the second: the text's notes were read as part of its last article
        if days and _all_in(others, days[-1], made_of):
            yield from _changes(
                subject, key, provision, _unmarked(words), days, "theo văn bản hợp nhất"
            )


def _codified(
    library: Library, key: str, provision: str, issued: str, others: Sequence[Amendment]
) -> Iterator[Amendment]:
    text = next((e for e in library.expressions(key) if e.kind is Kind.CODIFIED), None)
    note = _code_note(library, key, provision) if text else None
    changed = _CHANGED.search(note.note) if note else None
    if text is None or note is None or changed is None:
        return
    tree = library.tree_of(text.id)
    node = find(tree, provision) if tree else None
    days = _days([part for part in note.note[changed.start() :].split(";") if part.strip(" )")])
    if node is None or not days:
        return
    words = node.span.of(library.text_of(text.id)).strip()
    known = [r.subject for r in library.relations(key) if r.object == key and r.sources]
    # Where the words are the issued ones another place of the article was changed.
    if words.split() != issued.split() and _all_in(others, days[-1], known):
        yield from _changes(key, key, provision, words, days, "theo Bộ pháp điển điện tử")


def _code_note(library: Library, key: str, provision: str) -> CodeNote | None:
    article = _ARTICLE.match(provision)
    notes = [note for _, note in library.code_notes(key)] if article else []
    return next((note for note in notes if article and note.provision == article[0]), None)


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


def _changes(
    subject: str, key: str, provision: str, wording: str, days: Sequence[str], words: str
) -> Iterator[Amendment]:
    for day in days[:-1]:
        yield Amendment(subject, provision, key, provision, "consolidates", words, "", day)
    yield Amendment(subject, provision, key, provision, "consolidates", words, wording, days[-1])
