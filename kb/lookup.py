"""Documents of the catalogue by number, alias or title: candidates, never one picked of two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kb.alike import frame, key_of, one_letter, same_type, spelling, title_key, title_keys
from kb.catalogue import Catalogue, Entry, Misprint, Vocabulary
from kb.documents import DocNumber, display_date, issued_by_number
from kb.issuers import issuer_ids, placeless


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that may be meant. ``exact``: the number (or the full title) is its own and nothing
    known contradicts; otherwise ``reason`` says in Vietnamese why it is only probable."""

    entry: Entry
    exact: bool
    reason: str = ""


def lookup(
    catalogue: Catalogue,
    *,
    number: str | DocNumber | None = None,
    type: str | None = None,
    issuer: str | None = None,
    date: str | None = None,
    title: str | None = None,
) -> tuple[Candidate, ...]:
    """Every entry that answers, exact ones first; never one picked out of two.

    By *number* where there is one (its own, then a misprint known for it, then a number that
    differs by one letter of the issuer on the same date), else by *title* or alias ("Luật Người
    khuyết tật"). *type*, *issuer* and *date* (ISO, perhaps partial) are names as written; each
    only speaks where both sides know it. An entry with the same number that another fact
    contradicts is a candidate that is not exact.
    """
    index = _index(catalogue)
    if number is not None:
        asked = _Asked(catalogue.vocabulary, index.bodies, type, issuer, date)
        return _by_number(index, number, asked)
    if title:
        return _by_title(index, title, _Asked(catalogue.vocabulary, index.bodies, type, None, date))
    return ()


def entry_of(catalogue: Catalogue, key: str) -> Entry | None:
    """The entry with that key."""
    return _index(catalogue).keys.get(key)


def asked_key(number: str, title: str) -> str:
    """What a mention is looked up by: entries that do not answer to it cannot change its meaning.

    A number without its issuer's letters (one of them may be a slip), else a title without its
    year; "" for a mention of neither.
    """
    if number:
        return f"số {frame(number) or key_of(number)}"
    return f"tên {_YEAR.sub('', title_key(title))}" if title else ""


def answers_to(entry: Entry) -> frozenset[str]:
    """Every ``asked_key`` an entry may answer."""
    document = entry.document
    titles = (*title_keys(document.type, document.title), *entry.aliases)
    keys = {asked_key(number, "") for number in (document.number, *_printed(entry)) if number}
    return frozenset(keys | {asked_key("", title) for title in titles} - {""})


def _printed(entry: Entry) -> Iterator[str]:
    return (misprint.number for misprint in entry.misprints)


def near_numbers(catalogue: Catalogue, number: str) -> tuple[str, ...]:
    """Numbers of the catalogue that differ from this one by one letter, whatever their date."""
    outline, key = frame(number), key_of(number)
    listed = _index(catalogue).near.get(outline, ()) if outline else ()
    found = [e.document.number for e in listed if one_letter(key, e.document.number)]
    return tuple(dict.fromkeys(found))


# --- the index of one catalogue ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Index:
    keys: dict[str, Entry]
    numbers: dict[str, list[Entry]]
    misprints: dict[str, list[tuple[Entry, Misprint]]]
    near: dict[str, list[Entry]]  # by number without the issuer's letters
    titles: dict[str, list[Entry]]
    aliases: dict[str, list[Entry]]
    bodies: dict[str, frozenset[str]]  # issuers asked for before → their ids


# A catalogue hashes through everything it holds, so it is known by identity; the last few are kept.
_KEPT = 4
_indexes: list[tuple[Catalogue, _Index]] = []


def _index(catalogue: Catalogue) -> _Index:
    for kept, index in _indexes:
        if kept is catalogue:
            return index
    index = _Index({}, {}, {}, {}, {}, {}, {})
    for entry in catalogue.entries:
        document = entry.document
        index.keys[document.key] = entry
        if document.number:
            index.numbers.setdefault(key_of(document.number), []).append(entry)
            if (outline := frame(document.number)) is not None:
                index.near.setdefault(outline, []).append(entry)
        for misprint in entry.misprints:
            key = key_of(misprint.number)
            index.misprints.setdefault(key, []).append((entry, misprint))
        for key in title_keys(document.type, document.title):
            index.titles.setdefault(key, []).append(entry)
        for alias in entry.aliases:
            index.aliases.setdefault(title_key(alias), []).append(entry)
    _indexes.insert(0, (catalogue, index))
    del _indexes[_KEPT:]
    return index


# --- what contradicts what -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Asked:
    """What was said of a document beside its number or title."""

    vocabulary: Vocabulary
    bodies: dict[str, frozenset[str]]
    type: str | None
    issuer: str | None
    date: str | None

    def against(self, entry: Entry) -> str:
        """Why the entry cannot be meant, "" where nothing says so."""
        document = entry.document
        if self.type and document.type and not same_type(self.type, document.type):
            return f"cùng số nhưng là {document.type}, không phải {self.type}"
        if self.issuer and document.issuer:
            mine, theirs = self._bodies(self.issuer), self._bodies(document.issuer)
            if mine and theirs and not mine & theirs and not placeless(mine, theirs):
                return f"cùng số nhưng do {document.issuer} ban hành, không phải {self.issuer}"
        if self.date and not dates_agree(self.date, entry):
            return (
                f"cùng số nhưng đề ngày {display_date(document.issued or str(year_of(entry)))}, "
                f"không phải {display_date(self.date)}"
            )
        return ""

    def _bodies(self, issuer: str) -> frozenset[str]:
        known = self.bodies.get(issuer)
        if known is None:
            known = self.bodies[issuer] = issuer_ids(issuer, self.vocabulary)
        return known


def year_of(entry: Entry) -> int | None:
    """The year of issue: of the date, else of the number."""
    issued = issued_by_number(entry.document)
    return int(issued[:4]) if issued else None


def dates_agree(date: str, entry: Entry) -> bool:
    """No contradiction between an ISO date, perhaps partial, and what is known of the entry."""
    issued = entry.document.issued
    if issued:
        return issued.startswith(date) or date.startswith(issued)
    year = year_of(entry)
    return year is None or int(date[:4]) == year


def issuer_differs(catalogue: Catalogue, issuer: str, entry: Entry) -> bool:
    """Is *issuer*, a name as written, another body than the one that issued the entry? Not where
    either is unknown."""
    asked = _Asked(catalogue.vocabulary, _index(catalogue).bodies, None, issuer, None)
    return asked.against(entry) != ""


# --- by number, by title -------------------------------------------------------------------------


def _by_number(index: _Index, number: str | DocNumber, asked: _Asked) -> tuple[Candidate, ...]:
    written = number if isinstance(number, str) else number.text
    key = key_of(written)
    found: dict[str, Candidate] = {}
    for entry in index.numbers.get(key, ()):
        against = asked.against(entry)
        found.setdefault(entry.document.key, Candidate(entry, not against, against))
    for entry, misprint in index.misprints.get(key, ()):
        if not asked.date or dates_agree(asked.date, entry):
            reason = spelling(written, entry.document.number)
            if misprint.note:
                reason = f"{reason} ({misprint.note})"
            found.setdefault(entry.document.key, Candidate(entry, False, reason))
    outline = frame(written)
    for entry in index.near.get(outline, ()) if outline and asked.date else ():
        issued = entry.document.issued or ""
        if len(issued) == 10 and issued == asked.date and one_letter(key, entry.document.number):
            reason = spelling(written, entry.document.number) + ", cùng ngày"
            found.setdefault(entry.document.key, Candidate(entry, False, reason))
    return tuple(sorted(found.values(), key=lambda c: not c.exact))


_YEAR = re.compile(r" (?:nam )?((?:19|20)\d\d)$")


def _by_title(index: _Index, title: str, asked: _Asked) -> tuple[Candidate, ...]:
    key = title_key(title)
    found: dict[str, Candidate] = {}
    if key not in index.titles and (year := _YEAR.search(key)) is not None:
        bare = key[: year.start()]
        if bare in index.titles:
            key = bare
            asked = replace(asked, date=asked.date or year[1])
    for entry in index.titles.get(key, ()):
        against = asked.against(entry).replace("cùng số", "cùng tên")
        found.setdefault(entry.document.key, Candidate(entry, not against, against))
    for entry in index.aliases.get(title_key(title), ()):
        reason = f"“{title}” là tên gọi khác của {entry.document.type} {entry.document.title}"
        if against := asked.against(entry).replace("cùng số", "cùng tên"):
            continue
        found.setdefault(entry.document.key, Candidate(entry, False, reason))
    return tuple(sorted(found.values(), key=lambda c: not c.exact))
