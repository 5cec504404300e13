"""What plans stand on, judged on two days: the day the plan was signed, and one that is asked for.

Fetched here; the judgement is ``kb.validity``'s and ``kb.history``'s, papers outside the normative
system are ``kb.outside``'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from kb.documents import Document, display_date, issue_words, issued_by_number
from kb.history import History, history, place_status, place_wording_at
from kb.links import Link
from kb.outside import outside, words_of
from kb.statuses import Statuses
from kb.store import Listed
from kb.store.library import Library
from kb.store.shelf import Shelf
from kb.structure import path_words, walk_with_path
from kb.validity import OVER, WORDS, State, age_words, before
from kb.wordings import Wording

NOT_ISSUED = "Chưa ban hành khi ký"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Of one basis on one day. ``words`` as the pages say it, ``why`` who says so or why nobody
    can, ``by`` the key or number of what ended or changed it."""

    state: State
    words: str
    why: str = ""
    by: str = ""
    age: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heir:
    """What took a basis's place: ``key`` "" where the library has only its ``number``, which is ""
    where none is known."""

    key: str
    number: str
    title: str
    words: str

    @property
    def name(self) -> str:
        return self.number or f"văn bản “{self.title}”"


@dataclass(frozen=True, slots=True)
class Basis:
    """A document, or one place in it, that a plan stands on.

    ``target`` "" where the citation is not resolved (``number`` is then as written); ``place`` in
    words ("Điều 5 › khoản 2"), ``outside`` what the paper is where it is no normative one, "" for a
    normative one; ``words`` those of the place on the day asked for (of a whole document: what
    names it), which a decision is stamped with; ``words_signed`` those of the day of signing, ""
    where they are not at hand, with ``words_why``; ``late`` what to know of one issued after the
    plan was signed (``late_words``).
    """

    target: str
    provision: str
    number: str
    name: str = ""
    title: str = ""
    issuer: str = ""
    issued: str = ""
    place: str = ""
    outside: str = ""
    signed: Verdict = Verdict(State.UNKNOWN, WORDS[State.UNKNOWN])
    today: Verdict = Verdict(State.UNKNOWN, WORDS[State.UNKNOWN])
    heirs: tuple[Heir, ...] = ()
    words: str = ""
    words_why: str = ""
    words_signed: str = ""
    late: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.target, self.provision


def judge(
    library: Library,
    wanted: Iterable[tuple[str, str]],
    signed: date | None,
    day: date,
) -> dict[tuple[str, str], Basis]:
    """Each (document, place) judged on the day of signing and on *day*.

    A document that the library no longer has is unknown and says so. The number of queries does
    not grow with the number of bases.
    """
    asked = list(dict.fromkeys(pair for pair in wanted if pair[0]))
    shelf = Shelf(library, {target for target, _ in asked}, {at for at, place in asked if place})
    return judge_on(shelf, asked, signed, day)


def judge_on(
    shelf: Shelf, asked: Iterable[tuple[str, str]], signed: date | None, day: date
) -> dict[tuple[str, str], Basis]:
    """The same, of what a shelf holds already."""
    found = _Judge(shelf, signed, day)
    return {pair: found.basis(*pair) if shelf.has(pair[0]) else _gone(*pair) for pair in asked}


def unresolved(link: Link) -> Basis:
    """The basis of a citation that means no one document here."""
    why = Verdict(State.UNKNOWN, WORDS[State.UNKNOWN], link.reason)
    return Basis(
        "", "", link.number or link.cited, link.number or link.cited, signed=why, today=why
    )


def late_words(document: Document, signed: date | None) -> str:
    """What a reader must know of a basis issued after the plan was signed, "" where it was not or
    where one of the days is not known. What was issued but not yet in force may be cited as a
    ground; what did not exist cannot have been one."""
    if signed is None or not before(signed, issued_by_number(document)):
        return ""
    return (
        f"{issue_words(document)}, sau ngày ký kế hoạch ({display_date(signed.isoformat())}): "
        "không thể là căn cứ lúc ký; dùng cho lần sửa sau."
    )


class _Judge:
    """What is fetched, and the two days."""

    def __init__(self, shelf: Shelf, signed: date | None, day: date) -> None:
        self._shelf, self._signed, self._day = shelf, signed, day
        self._statuses = Statuses(shelf, shelf.keys)
        self._histories: dict[str, History] = {}

    def basis(self, key: str, provision: str) -> Basis:
        listed = self._shelf.listed(key)
        document = listed.document
        kind = outside(listed.entry, listed.type_slug)
        if self._signed is None:
            signed = Verdict(State.UNKNOWN, "Chưa rõ", "Không biết ngày ký kế hoạch.")
        else:
            signed = self._verdict(key, provision, kind, self._signed)
        late = late_words(document, self._signed)
        if late:
            signed = replace(signed, state=State.NOT_YET, words=NOT_ISSUED)
        words, place, then, why = _names(listed), "", "", ""
        if provision:
            told = self._history(key)
            place = _place(self._shelf, key, provision)
            words = _said(place_wording_at(told, provision, self._day))
            if self._signed is not None:
                held = place_wording_at(told, provision, self._signed)
                then, why = held.text, held.reason
        return Basis(
            key,
            provision,
            document.number or document.title,
            f"{document.type} {document.number or document.title}".strip(),
            document.title,
            document.issuer,
            document.issued or "",
            place,
            kind,
            signed,
            self._verdict(key, provision, kind, self._day),
            tuple(self._heirs(key)),
            words,
            why,
            then,
            late,
        )

    def _history(self, key: str) -> History:
        if key not in self._histories:
            self._histories[key] = history(self._shelf, key)
        return self._histories[key]

    def _verdict(self, key: str, provision: str, kind: str, day: date) -> Verdict:
        status = self._statuses.on(key, day)
        if provision:
            status = place_status(status, self._history(key), provision)
        usual = status.words == WORDS[status.state]
        words = words_of(status, kind)
        if by := self._called(status.by):
            if status.state is State.CEASED and usual:
                words = f"{words} (thay bằng {by})"
            elif status.state in (State.CEASED, State.IN_FORCE_AMENDED, State.IN_FORCE_PARTLY):
                words = f"{words} (bởi {by})"
        sources = tuple(source.text for source in status.sources)
        age = age_words(status.checked, self._day)
        return Verdict(status.state, words, status.reason, status.by, age, sources)

    def _called(self, key: str) -> str:
        """The number a key is known by; words that are no key stay."""
        if not key or not self._shelf.has(key):
            return key
        document = self._shelf.listed(key).document
        return document.number or document.title

    def _heirs(self, key: str) -> Iterator[Heir]:
        """What stands in the place of a document, followed on while that is over too."""
        waiting, seen = [key], {key}
        while waiting:
            for heir in self._followers(waiting.pop(0)):
                if heir in seen:
                    continue
                seen.add(heir)
                if heir not in self._shelf.keys:
                    yield Heir("", self._called(heir), "", "kho chưa có văn bản này")
                    continue
                listed = self._shelf.listed(heir)
                verdict = self._verdict(
                    heir, "", outside(listed.entry, listed.type_slug), self._day
                )
                if verdict.state in OVER and self._followers(heir):
                    waiting.append(heir)
                    continue
                document = listed.document
                yield Heir(heir, document.number, document.title, verdict.words)

    def _followers(self, key: str) -> list[str]:
        today = self._day.isoformat()
        said = [
            relation.subject
            for relation in self._statuses.relations(key)
            if relation.verb in ("replaces", "succeeds")
            and (not relation.since or relation.since <= today)
        ]
        claimed = self._shelf.listed(key).entry.status.replaced_by
        return list(dict.fromkeys([*([claimed] if claimed else []), *said]))


def _place(shelf: Shelf, key: str, provision: str) -> str:
    tree = shelf.tree(key)
    for node, path in walk_with_path(tree) if tree else ():
        if node.id == provision:
            return path_words((*path, node))
    return ""


def _names(listed: Listed) -> str:
    """What a whole document is known by: a link to it stands while this does."""
    d = listed.document
    parts = (d.type, d.number, display_date(d.issued or ""), d.issuer, d.title)
    return "; ".join(part for part in parts if part)


def _said(wording: Wording) -> str:
    return wording.text or (f"({wording.reason})" if wording.reason else "")


def _gone(target: str, provision: str) -> Basis:
    why = Verdict(State.UNKNOWN, WORDS[State.UNKNOWN], "Kho không còn văn bản này.")
    return Basis(target, provision, target, target, signed=why, today=why)
