"""After the texts are in: their works, the text each is shown with, and how the others differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ingest.identify import Judge, Work, blocks
from kb.catalogue import Catalogue, Entry
from kb.documents import number_key
from kb.expressions import (
    KIND_NAMES,
    Difference,
    Expression,
    Kind,
    compare,
    differences_said,
    in_order,
)
from kb.findings import Finding, Severity
from kb.store.writer import LibraryWriter

PLAN_SLUG = "kh"
# A recognised scan and a draft are expected to differ.
_EXPECTED = {Kind.RECOGNISED, Kind.DRAFT}


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of the works: keys whose document or text changed, keys that are gone, for each
    text touched the work it is of, and what was and is known of these works."""

    changed: frozenset[str]
    removed: frozenset[str]
    texts: Mapping[str, Expression]
    entries: tuple[Entry, ...] = ()


def settle(writer: LibraryWriter, catalogue: Catalogue, fresh: Iterable[Expression]) -> Settled:
    """Put *fresh* texts, and those they may be of one work with, to works.

    *catalogue* is the published one. The outcome is the one a rebuild with all texts would have.
    """
    library = writer.library
    judge = Judge(catalogue, library.text_of)
    by_number, by_title = _touched(writer, judge, fresh)
    numbered = [work for block, texts in by_number.items() for work in judge.numbered(block, texts)]
    works = {work.key: work for work in numbered}
    for block, texts in by_title.items():
        there = [work for work in numbered if block in _titles(work)]
        bare = [text for text in texts if not blocks(text.document)[0]]
        works |= {work.key: work for work in judge.bare(block, bare, there)}
    before = {text.key for texts in (*by_number.values(), *by_title.values()) for text in texts} - {
        ""
    }
    published = {entry.document.key: entry for entry in catalogue.entries}
    gone = before - works.keys()
    were = [library.listed(key).entry for key in sorted(before)]
    for key in sorted(gone):
        if key in published:
            # Its texts turned out to be another work's: only its facts are left.
            put_work(writer, catalogue, published[key], kind="facts")
            writer.show(key, "")
        else:
            writer.remove_document(key)
    placed = {t.id: t for work in works.values() for t in _write(writer, catalogue, work)}
    removed = frozenset(gone - published.keys())
    return Settled(
        frozenset(works) | (gone & published.keys()),
        removed,
        placed,
        (*were, *(work.entry for work in works.values())),
    )


def _titles(work: Work) -> set[str]:
    return {
        blocks(document)[1] for document in (work.document, *(m.document for m in work.members))
    }


def _touched(
    writer: LibraryWriter, judge: Judge, fresh: Iterable[Expression]
) -> tuple[dict[str, list[Expression]], dict[str, list[Expression]]]:
    """Texts by number block, and by title block where one of the title has no number: all that a
    change of *fresh* may reach."""
    by_number: dict[str, list[Expression]] = {}
    by_title: dict[str, list[Expression]] = {}
    seen: set[str] = set()
    fresh = list(fresh)
    waiting = [blocks(text.document) for text in fresh]
    nameless = [text for text in fresh if blocks(text.document) == ("", "")]
    if nameless:
        by_title[""] = nameless
    while waiting:
        number, title = waiting.pop()
        if number and number not in by_number:
            by_number[number] = writer.expressions_in(number=number)
            waiting += [("", blocks(text.document)[1]) for text in by_number[number]]
        if title and title not in seen:
            seen.add(title)
            texts = writer.expressions_in(title=title)
            if any(not blocks(text.document)[0] for text in texts):
                by_title[title] = texts
                numbers = {blocks(text.document)[0] for text in texts} | judge.numbers_of(title)
                waiting += [(number, "") for number in numbers]
    return dict(sorted(by_number.items())), dict(sorted(by_title.items()))


def _write(writer: LibraryWriter, catalogue: Catalogue, work: Work) -> list[Expression]:
    """A work with its texts; gives them as stored."""
    library = writer.library
    first, *others = in_order(work.members)
    slugs = {kind.name: kind.slug for kind in catalogue.vocabulary.types}
    plan = slugs.get(work.document.type) == PLAN_SLUG
    put_work(writer, catalogue, work.entry, kind="plan" if plan else "full")
    writer.show(work.key, first.id)
    writer.assign(first.id, work.key, ())
    findings = list(dict.fromkeys(work.findings))
    out = [_placed(first, work.key, shown=True)]
    shown_tree = library.tree_of(first.id) if others else None
    for other in others:
        tree = library.tree_of(other.id)
        assert shown_tree is not None
        assert tree is not None
        compared = compare(
            (first.document, library.text_of(first.id), shown_tree),
            (other.document, library.text_of(other.id), tree),
            (first.kind, other.kind),
        )
        differs = tuple(found.difference for found in compared)
        writer.assign(other.id, work.key, differs)
        stored = _placed(other, work.key, differs)
        out.append(stored)
        if differs:
            findings.append(_differ(stored))
    writer.put_findings(work.key, findings)
    return out


def _placed(
    text: Expression, key: str, differs: tuple[Difference, ...] = (), *, shown: bool = False
) -> Expression:
    return replace(text, key=key, differs=differs, shown=shown)


def put_work(writer: LibraryWriter, catalogue: Catalogue, entry: Entry, *, kind: str) -> None:
    """What is known of a work; *kind* as in ``kb.store.Listed``."""
    document = entry.document
    slugs = {known.name: known.slug for known in catalogue.vocabulary.types}
    writer.put_document(
        document,
        entry,
        kind=kind,
        type_slug=slugs.get(document.type) or document.key.split("/")[0],
        number_key=number_key(document.number) if document.number else "",
    )


def _differ(text: Expression) -> Finding:
    severity = Severity.INFO if text.kind in _EXPECTED else Severity.WARNING
    return Finding(
        "expressions-differ",
        severity,
        f"{KIND_NAMES[text.kind]} của văn bản này so với bản đang hiện: "
        f"{differences_said(text.differs)}.",
        "Xem “So sánh các bản”; trích dẫn theo bản gốc đã ký.",
    )
