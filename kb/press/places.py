"""Which of the places that are named a document does not have, and what it has instead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kb.citations import Pinpoint
from kb.citations.places import provision_id
from kb.citing import pinpoint_words
from kb.structure import Level, Node, find, spoken, walk, walk_with_path

_WORDS = {
    Level.ARTICLE: "điều", Level.CLAUSE: "khoản", Level.POINT: "điểm", Level.SECTION: "mục",
    Level.CHAPTER: "chương",
}  # fmt: skip
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


def in_articles(places: Sequence[Pinpoint]) -> tuple[Pinpoint, ...]:
    """ "khoản 1 mục IV Điều 1" is one place: a section named before an article stands in it."""
    out: list[Pinpoint] = []
    for place in places:
        last = out[-1] if out else Pinpoint()
        if last.section and not (last.article or last.chapter) and place == Pinpoint(place.article):
            out[-1] = replace(last, article=place.article)
        else:
            out.append(place)
    return tuple(out)


def _one(tree: Node, place: Pinpoint) -> Iterator[Lacking]:
    asked = pinpoint_words(place)
    id = provision_id(place)
    if place.article and place.chapter and not place.annex:
        yield from _in_chapter(tree, place, asked)
        place = replace(place, chapter=None, section=None)
    if (place.section or (place.chapter and not place.article)) and not (place.annex or place.form):
        yield from _of_section(tree, place, asked)
        return
    if place.annex or place.form or not place.article:
        # Ids of annexes and forms are as each paper has them.
        if not id or find(tree, id) is None:
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


def _in_chapter(tree: Node, place: Pinpoint, asked: str) -> Iterator[Lacking]:
    """An article that is there, in another chapter or section than is said."""
    id = provision_id(Pinpoint(article=place.article))
    for node, path in walk_with_path(tree):
        if node.id != id:
            continue
        above = [one for one in path if one.level in (Level.CHAPTER, Level.SECTION)]
        said = ((Level.CHAPTER, place.chapter), (Level.SECTION, place.section))
        if not all(
            any(one.level is level and _same(one.number, label, level) for one in above)
            for level, label in said
            if label
        ):
            there = " ".join(spoken(one) for one in reversed(above)) or "không ở chương nào"
            yield Lacking(asked, f"{spoken(node)} ở {there}" if above else there, sure=bool(above))
        return


def _of_section(tree: Node, place: Pinpoint, asked: str) -> Iterator[Lacking]:
    """A place in a section, which stands in an article, else in a chapter, else in the text, and
    numbers for itself what lies below it."""
    above, name = tree, "văn bản"
    steps = (
        (Level.CHAPTER, None if place.article else place.chapter), (Level.ARTICLE, place.article),
        (Level.SECTION, place.section), (Level.CLAUSE, place.clause), (Level.POINT, place.point),
    )  # fmt: skip
    for level, label in steps:
        if not label:
            continue
        rows = _articles(tree) if level is Level.ARTICLE else _below(above, level)
        found = [node for node in rows if _same(node.number, label, level)]
        if len(found) != 1:
            if level in (Level.CHAPTER, Level.SECTION) and not rows:
                yield Lacking(asked, "chỗ này chưa đối chiếu được bằng máy", sure=False)
            else:
                missing = _missing(asked, name, rows, level, label)
                yield replace(missing, sure=missing.sure and not found)
            return
        above = found[0]
        name = f"{spoken(above)} {name}" if above.level is Level.CLAUSE else spoken(above)
        if level is Level.SECTION:
            name = pinpoint_words(replace(place, clause=None, point=None))


def _below(above: Node, level: Level) -> list[Node]:
    return [node for node in above.children if node.level is level]


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
    near = min(rows, key=lambda node: abs(_rank(node.number, level) - _rank(wanted, level)))
    why = f"{above} có {len(rows)} {word}; gần nhất: {spoken(near)}"
    return Lacking(asked, why, _whole(labels, level), article)


def _whole(labels: Sequence[str], level: Level) -> bool:
    """Do the labels run on from the first without a gap? Else the text has lost one, or more were
    put in, and what is not seen may be there."""
    ranks = [_rank(label, level) for label in labels]
    return ranks == [ranks[0] + n for n in range(len(ranks))] and ranks[0] in (0, 1)


def _same(one: str, other: str, level: Level) -> bool:
    """Chương III and Chương 3 are one."""
    if one.lower() == other.lower():
        return True
    return level in _ROMAN_ONES and _rank(one, level) == _rank(other, level) > 0


_ROMAN_ONES = (Level.CHAPTER, Level.SECTION)
_ROMAN = re.compile(r"[IVXLC]+")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def _rank(label: str, level: Level) -> float:
    """The place of a label in its row: numbers from 1, letters from 0; 5a stands behind 5."""
    if level in _ROMAN_ONES and _ROMAN.fullmatch(label):
        values = [_VALUES[letter] for letter in label]
        pairs = zip(values, [*values[1:], 0], strict=True)
        return sum(-one if one < following else one for one, following in pairs)
    digits = "".join(c for c in label if c.isdigit())
    if digits and label[0].isdigit():
        return int(digits) + (0.5 if label[-1].isalpha() else 0)
    return _LETTERS.find(label[:1]) + (0.5 if len(label) > 1 else 0)
