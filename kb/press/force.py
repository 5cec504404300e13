"""Does what a draft cites hold today, and is the place among those that have ceased?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kb.catalogue import Catalogue, Relation
from kb.citations import Pinpoint
from kb.citations.places import provision_id
from kb.citations.provisions import find_chains, find_groups, pinpoints
from kb.citing import cite, pinpoint_words
from kb.grounds import Basis
from kb.links.review import ENDED
from kb.lookup import entry_of
from kb.press import CitationVerdict, Told
from kb.structure import Node, walk_with_path
from kb.text import capital
from kb.validity import State
from kb.wordings import UNTOUCHED


def changes(catalogue: Catalogue) -> Mapping[str, Sequence[Relation]]:
    """What ended or amended a part of each document, by its key."""
    found: dict[str, list[Relation]] = defaultdict(list)
    for relation in catalogue.relations:
        if relation.verb in ("repeals_partly", "amends") and relation.object:
            found[relation.object].append(relation)
    return found


def force(
    basis: Basis,
    place: Pinpoint | None,
    tree: Node | None,
    changed: Sequence[Relation],
    catalogue: Catalogue,
) -> Iterator[Told]:
    """The force of a document today, or of a *place* in it; *changed* is what changed parts of
    it."""
    today = basis.today
    untold = place is None or not basis.place or UNTOUCHED in today.why
    if today.state is State.IN_FORCE_PARTLY and untold:
        ended = [one for one in changed if one.verb == "repeals_partly"]
        yield from _partly(place, tree, ended, catalogue)
        return
    if today.state is State.IN_FORCE_AMENDED and untold and place is not None:
        yield from _amended(place, tree, changed, catalogue)
        return
    said = today.why.rstrip(".;")
    why = f" {capital(said)}." if said else ""
    words = today.words
    if said.lower().startswith(words.lower()):
        words, why = capital(said), ""
    if place is not None and basis.place:
        words = f"{capital(pinpoint_words(place))}: {words[:1].lower()}{words[1:]}"
    heirs = "; ".join(f"{heir.name} ({heir.words.lower()})" for heir in basis.heirs)
    instead = f" Nay xem {heirs}." if heirs else ""
    if today.state in ENDED:
        yield CitationVerdict.NOT_IN_FORCE, f"{words}.{why}{instead}"
    elif today.state is State.UNKNOWN:
        yield CitationVerdict.UNVERIFIED, f"{words} hiệu lực hôm nay.{why}"
    elif today.age.startswith("chưa"):
        yield CitationVerdict.UNVERIFIED, f"{words}, nhưng {today.age}: kiểm lại hiệu lực."
    elif today.state is not State.IN_FORCE:
        yield CitationVerdict.FOUND, f"{words}.{why}"


def _amended(
    place: Pinpoint, tree: Node | None, changed: Sequence[Relation], catalogue: Catalogue
) -> Iterator[Told]:
    here = pinpoint_words(place)
    by = [
        f"{_by(one, catalogue)} ({one.provisions})"
        for one in changed
        if one.verb == "amends" and _touches(one.provisions, place, tree)
    ]
    if by:
        yield CitationVerdict.FOUND, f"{capital(here)} đã được sửa đổi bởi {'; '.join(by)}."
    else:
        said = f"Văn bản đã sửa đổi; chưa thấy văn bản nào đụng đến {here}."
        yield CitationVerdict.FOUND, said


def _partly(
    place: Pinpoint | None,
    tree: Node | None,
    ended: Sequence[Relation],
    catalogue: Catalogue,
) -> Iterator[Told]:
    """A document that has ceased in part: which part, and is the place cited in it?"""
    parts = [f"{one.provisions} (bởi {_by(one, catalogue)})" for one in ended if one.provisions]
    open_ = [_by(one, catalogue) for one in ended if not one.provisions]
    open_ = open_ or ([] if parts else [""])
    known = f"Phần đã hết hiệu lực: {'; '.join(parts)}." if parts else ""
    by = f" (bởi {', '.join(filter(None, open_))})" if any(open_) else ""
    unknown = f"Có phần đã hết hiệu lực{by} mà kho chưa biết là phần nào" if open_ else ""
    if place is None:
        todo = f"{unknown}; dẫn chỗ nào thì kiểm hiệu lực của chỗ ấy." if unknown else ""
        yield CitationVerdict.FOUND, _joined("Văn bản còn hiệu lực, trừ phần đã hết.", known, todo)
        return
    here = pinpoint_words(place)
    for one in ended:
        if _touches(one.provisions, place, tree):
            part = f"phần đã hết hiệu lực ({one.provisions}, bởi {_by(one, catalogue)})"
            said = f"{capital(here)} thuộc {part}, kho không biết từ ngày nào."
            yield CitationVerdict.UNVERIFIED, f"{said} Xem văn bản ấy trước khi dẫn."
            return
    if unknown:
        todo = f"đối chiếu xem {here} còn hiệu lực không."
        yield CitationVerdict.UNVERIFIED, _joined(known, f"{unknown}; {todo}")
    else:
        yield CitationVerdict.FOUND, _joined(known, f"{capital(here)} không thuộc phần ấy.")


def _by(relation: Relation, catalogue: Catalogue) -> str:
    entry = entry_of(catalogue, relation.subject)
    name = cite(entry.document, namesake=True).short if entry else relation.subject
    note = relation.note.rstrip(".")
    return f"{name}, {note}" if note and entry is None else name


def _touches(provisions: str, place: Pinpoint, tree: Node | None) -> bool:
    """Does *provisions*, places in words ("Chương V", "Điều 15 đến Điều 23"), hold the *place*, or
    a part of it?"""
    chains = find_chains(provisions, list(find_groups(provisions)))
    named = [one for members, glue in chains for one in pinpoints(members, glue)]
    return any(_meet(one, place, tree) for one in named)


def _meet(one: Pinpoint, place: Pinpoint, tree: Node | None) -> bool:
    """Is one place the other or a part of it? What only one of them names is open."""
    if one.article_end and place.article:
        return _number(one.article) <= _number(place.article) <= _number(one.article_end)
    if one.chapter and place.article and not one.article:
        return tree is not None and _in_chapter(tree, place.article, one.chapter)
    levels = ("annex", "chapter", "article", "section", "clause", "point")
    both = [(getattr(one, level), getattr(place, level)) for level in levels]
    shared = [(mine, theirs) for mine, theirs in both if mine and theirs]
    return bool(shared) and all(mine.lower() == theirs.lower() for mine, theirs in shared)


def _in_chapter(tree: Node, article: str, chapter: str) -> bool:
    id, above = provision_id(Pinpoint(article=article)), provision_id(Pinpoint(chapter=chapter))
    path = next((path for node, path in walk_with_path(tree) if node.id == id), ())
    return any(node.id == above for node in path)


def _number(label: str | None) -> int:
    digits = "".join(c for c in label or "" if c.isdigit())
    return int(digits) if digits else -1


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


def cited_places(places: Iterable[Pinpoint]) -> list[tuple[str, Pinpoint]]:
    """(id, place) of each place with an id, in order; a section of an article has ids of its own
    in each paper."""
    return [
        (id, place)
        for place in places
        if not (place.article and place.section) and (id := provision_id(place))
    ]
