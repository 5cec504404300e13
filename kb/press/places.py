"""Which of the places that are named a document does not have, and what it has instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kb.citations import Pinpoint
from kb.citations.places import provision_id
from kb.citing import pinpoint_words
from kb.structure import Level, Node, find, spoken, walk

_WORDS = {Level.ARTICLE: "điều", Level.CLAUSE: "khoản", Level.POINT: "điểm"}
_LETTERS = "abcdđeghiklmnopqrstuvxy"


@dataclass(frozen=True, slots=True)
class Lacking:
    """``asked`` is the place in words, ``why`` what stands there instead ("Điều 12 có 4 khoản; gần
    nhất: khoản 4"); ``sure`` is False where the text may have lost it or cannot be read so far;
    ``article``: it is the article itself that is not there."""

    asked: str
    why: str
    sure: bool
    article: bool = False


def lacking(tree: Node, place: Pinpoint) -> Iterator[Lacking]:
    """Of a named place what *tree* does not have; of a range both ends are looked at."""
    if place.article_end:
        yield from _one(tree, replace(place, article_end=None))
        yield from _one(tree, Pinpoint(article=place.article_end))
    else:
        yield from _one(tree, place)


def _one(tree: Node, place: Pinpoint) -> Iterator[Lacking]:
    asked = pinpoint_words(place)
    id = provision_id(place)
    if place.annex or place.form or not place.article or (place.section and not place.chapter):
        # Ids of annexes, forms and sections inside an article are as each paper has them.
        if not id or place.section or find(tree, id) is None:
            yield Lacking(asked, "chỗ này chưa đối chiếu được bằng máy", sure=False)
        return
    if not id or find(tree, id) is not None:
        return
    article = find(tree, provision_id(Pinpoint(article=place.article)))
    if article is None:
        yield _missing(asked, "văn bản", _articles(tree), Level.ARTICLE, place.article)
        return
    above = article
    if place.clause:
        clause = find(tree, provision_id(Pinpoint(article=place.article, clause=place.clause)))
        if clause is None:
            yield _missing(asked, spoken(article), article.children, Level.CLAUSE, place.clause)
            return
        above = clause
    name = spoken(above) if above is article else f"{spoken(above)} {spoken(article)}"
    yield _missing(asked, name, above.children, Level.POINT, place.point or "")


def _articles(tree: Node) -> list[Node]:
    """The articles of the text itself, not those of what it quotes or issues."""
    return [
        node
        for node in walk(tree)
        if node.level is Level.ARTICLE and node.id == f"art_{node.number}".replace("đ", "dd")
    ]


def _missing(
    asked: str, above: str, children: Sequence[Node], level: Level, wanted: str
) -> Lacking:
    rows = [node for node in children if node.level is level]
    labels = [node.number for node in rows]
    word, article = _WORDS[level], level is Level.ARTICLE
    if not rows:
        return Lacking(asked, f"{above} không chia {word}", not children, article)
    near = min(rows, key=lambda node: abs(_rank(node.number) - _rank(wanted)))
    why = f"{above} có {len(rows)} {word}; gần nhất: {spoken(near)}"
    return Lacking(asked, why, _whole(labels), article)


def _whole(labels: Sequence[str]) -> bool:
    """Do the labels run on from the first without a gap? Else the text has lost one, or more were
    put in, and what is not seen may be there."""
    ranks = [_rank(label) for label in labels]
    return ranks == [ranks[0] + n for n in range(len(ranks))] and ranks[0] in (0, 1)


def _rank(label: str) -> float:
    """The place of a label in its row: numbers from 1, letters from 0; 5a stands behind 5."""
    digits = "".join(c for c in label if c.isdigit())
    if digits and label[0].isdigit():
        return int(digits) + (0.5 if label[-1].isalpha() else 0)
    return _LETTERS.find(label[:1]) + (0.5 if len(label) > 1 else 0)
