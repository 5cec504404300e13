"""Provisions of normative papers: Phần, Chương, Mục, Tiểu mục, Điều, khoản, điểm.

Nghị định 30/2020/NĐ-CP, Phụ lục I; Luật 64/2025/QH15. Articles are numbered through the whole
paper, so they are found first; what stands right above an article or a chapter is its heading.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from ingest.parse import markers
from ingest.parse.article_rows import GROUP
from ingest.parse.chains import best_chain, repeats
from ingest.parse.drafts import Build, Draft, is_heading
from ingest.parse.markers import Label, Row
from kb.structure import Level
from kb.text import Span

_LEVELS = {
    "phần": (Level.PART, "part"),
    "chương": (Level.CHAPTER, "chp"),
    "mục": (Level.SECTION, "sec"),
    "tiểu mục": (Level.SUBSECTION, "subsec"),
}
_RANK = (Level.PART, Level.CHAPTER, Level.SECTION, Level.SUBSECTION)
_ORDINALS = {
    word: number
    for number, words in enumerate(
        ("nhất", "hai nhì", "ba", "tư bốn", "năm", "sáu", "bảy bẩy", "tám", "chín", "mười"), 1
    )
    for word in words.split()
} | {"mười một": 11, "mười hai": 12, "mười ba": 13}
_HEADING_ROWS = 6  # rows that may stand between a chapter's label and the article under it


def parse_articles(
    rows: Sequence[Row],
    articles: Sequence[Label],
    root: Draft,
    prefix: str,
    skip: Collection[int],
    build: Build,
) -> None:
    """Hang the articles, with what groups them above and divides them below, on *root*."""
    place = {row.index: at for at, row in enumerate(rows)}
    groups = _groups(rows, {label.row.index for label in articles}, skip)
    heads = sorted([*groups, *articles], key=lambda label: label.start)
    open_groups: list[Draft] = [root]
    before: Label | None = None
    last_group: dict[Level, tuple[int, int]] = {}
    for at, label in enumerate(heads):
        end = place[heads[at + 1].row.index] if at + 1 < len(heads) else len(rows)
        below = rows[place[label.row.index] + 1 : end]
        span = Span(label.start, label.row.end)
        level, short = _level(label)
        if level is not Level.ARTICLE:
            while open_groups[-1] is not root and _RANK.index(open_groups[-1].level) >= (
                _RANK.index(level)
            ):
                open_groups.pop()
            wanted = _group_id(open_groups, root, prefix, short, label, build)
            draft = open_groups[-1].add(
                Draft(level, label.marker, label.number, label.start,
                      build.new_id(wanted, label.marker, span))
            )  # fmt: skip
            draft.heading = _group_heading(label, below)
            _group_gap(last_group, level, label, span, build)
            open_groups.append(draft)
            continue
        name = f"Điều {label.number}"
        missing = label.order[0] - (before.order[0] if before else 0) - 1
        if missing > 0:
            build.gap(name, f"{missing} điều", span)
        article = open_groups[-1].add(
            Draft(Level.ARTICLE, label.marker, label.number, label.start,
                  build.new_id(f"{prefix}art_{_ascii(label.number)}", name, span), rest=label.rest)
        )  # fmt: skip
        _divide(below, article, name, skip, build)
        article.heading = _article_heading(article, below)
        before = label


def _level(label: Label) -> tuple[Level, str]:
    word = label.marker.rsplit(" ", 1)[0].lower().removesuffix(" thứ")
    for name, (level, short) in sorted(_LEVELS.items(), reverse=True):
        if word == name or word.startswith(name + " "):
            return level, short
    return Level.ARTICLE, "art"


def _group(row: Row) -> Label | None:
    found = GROUP.match(row.text)
    if found is None:
        return None
    if found["ordinal"]:
        words = found["ordinal"].lower()
        value = _ORDINALS.get(words) or _ORDINALS.get(words.split()[0])
        if value is None:
            return None
        number = str(value)
    else:
        number = found["n"]
        digits = re.match(r"\d+", number)
        value = int(digits[0]) if digits else markers.roman_value(number)
        if value is None:
            return None
    rest = row.text[found.end() :].strip(" .:-")
    marker = found["marker"].strip()
    return Label(row, row.start, marker, number, (value, 0), rest)


def _groups(rows: Sequence[Row], articles: Collection[int], skip: Collection[int]) -> list[Label]:
    """Phần, chương, mục: label rows from which, over heading rows only, an article or the next
    group is reached. A cited "Chương II của Luật này" is followed by other text."""
    found: list[Label] = []
    reached = False  # an article or an accepted group is next, ``steps`` rows below
    steps = 0
    for row in reversed(rows):
        if not row.text:
            continue
        if row.index in articles:
            reached, steps = True, 0
            continue
        label = _group(row) if row.index not in skip and reached else None
        if label is not None and steps <= _HEADING_ROWS and _is_title(label.rest):
            found.append(label)
            steps = 0
            continue
        steps += 1
        if row.text[-1] in ".;:" or len(row.text) > 300:
            reached = False
    return found[::-1]


def _is_title(rest: str) -> bool:
    return not rest or (markers.starts_upper(rest) and GROUP.match(rest) is None)


def _group_id(
    open_groups: Sequence[Draft], root: Draft, prefix: str, short: str, label: Label, build: Build
) -> str:
    """``chp_II``; ``chp_II__sec_1``; ``part_2__chp_I`` where chapters start over in each part."""
    own = f"{short}_{_ascii(label.number)}"
    parent = open_groups[-1]
    if parent is root:
        return f"{prefix}{own}"
    plain = f"{prefix}{own}"
    if parent.level is Level.PART and plain not in build.ids:
        return plain
    return f"{parent.id}__{own}"


def _group_gap(
    last: dict[Level, tuple[int, int]], level: Level, label: Label, span: Span, build: Build
) -> None:
    """Chapters run on or start over at I; anything else is a gap. Sections start over."""
    before = last.get(level, (0, 0))[0]
    number = label.order[0]
    if number not in (before, before + 1, 1):
        build.gap(label.marker, f"số {before + 1}", span)
    last[level] = (number, 0)


def _group_heading(label: Label, below: Sequence[Row]) -> str:
    words = [label.rest] if label.rest else []
    for row in below:
        if not row.text:
            continue
        if words and not (markers.is_upper(row.text) and markers.is_upper(words[0])):
            break
        words.append(row.text)
        if not markers.is_upper(row.text):
            break
    return " ".join(words)


def _article_heading(article: Draft, below: Sequence[Row]) -> str:
    """The article's title, "" where its first row is already its rule."""
    if not is_heading(article.rest):
        return ""
    following = [row for row in below if row.text]
    if not following and len(article.rest) > 80:
        return ""
    words = [article.rest]
    first_child = article.children[0].start if article.children else None
    for row in following[:3]:
        if first_child is not None and row.start >= first_child:
            break
        runs_on = row.text[:1].islower() and len(words[-1]) >= 50
        if not runs_on or row.text[-1] in ".;:":
            break
        words.append(row.text)
    return " ".join(words)


def _divide(
    rows: Sequence[Row], article: Draft, name: str, skip: Collection[int], build: Build
) -> None:
    """Sections I. II. (in decisions that approve a programme), clauses and points of an article."""
    labels = _candidates(rows, skip, markers.roman)
    chain = best_chain(labels)
    if len(chain) < 2 or labels[chain[0]].order[0] != 1:
        _clauses(rows, article, name, skip, build)
        return
    picked = [labels[index] for index in chain]
    for label, below in _parts(rows, picked):
        section = article.add(
            Draft(Level.SECTION, label.marker, label.number, label.start,
                  build.new_id(f"{article.id}__sec_{label.number}", f"{name} mục {label.number}",
                               Span(label.start, label.row.end)), rest=label.rest)
        )  # fmt: skip
        _clauses(below, section, f"{name} mục {label.number}", skip, build)
        if is_heading(label.rest):
            section.heading = label.rest


def parse_quoted(rows: Sequence[Row], quoted: Draft, build: Build) -> None:
    """The small tree of a quotation: articles, or clauses or points that begin with any number.

    *rows* are those of the quotation, the first without what stands before it. Numbers missing in
    it are those that it does not quote.
    """
    labels = [label for row in rows if row.text and (label := markers.article(row))]
    strong = [label for label in labels if label.weight == markers.STRONG]
    articles = [strong[index] for index in best_chain(strong, late=True)]
    if articles and articles[0].row is rows[0]:
        parse_articles(rows, articles, quoted, f"{quoted.id}__", (), build)
    else:
        _clauses(rows, quoted, "", (), build, late=True)


def _clauses(
    rows: Sequence[Row],
    parent: Draft,
    name: str,
    skip: Collection[int],
    build: Build,
    *,
    late: bool = False,
) -> None:
    # "1. …" by rule; "1- …", "1/ …" in papers before 1996.
    picked = _chosen(_candidates(rows, skip, markers.clause), late) or _chosen(
        _candidates(rows, skip, markers.arabic), late
    )
    if not picked:
        _points(rows, parent, name, skip, build, late=late)
        return
    before = 0
    for label, below in _parts(rows, picked):
        where = f"{name} khoản {label.number}"
        span = Span(label.start, label.row.end)
        if label.order[0] - before > 1:
            build.gap(where, f"{label.order[0] - before - 1} khoản", span)
        clause = parent.add(
            Draft(Level.CLAUSE, label.marker, label.number, label.start,
                  build.new_id(f"{parent.id}__cl_{_ascii(label.number)}", where, span),
                  rest=label.rest)
        )  # fmt: skip
        _points(below, clause, where, skip, build)
        before = label.order[0]


def _points(
    rows: Sequence[Row],
    parent: Draft,
    name: str,
    skip: Collection[int],
    build: Build,
    *,
    late: bool = False,
) -> None:
    before = 0
    for label, _ in _parts(rows, _chosen(_candidates(rows, skip, markers.point), late)):
        where = f"{name} điểm {label.number}"
        span = Span(label.start, label.row.end)
        missing = markers.letter_gap(before, label.order[0])
        if missing > 0:
            build.gap(where, f"{missing} điểm", span)
        parent.add(
            Draft(Level.POINT, label.marker, label.number, label.start,
                  build.new_id(f"{parent.id}__point_{_ascii(label.number)}", where, span),
                  rest=label.rest)
        )  # fmt: skip
        before = label.order[0]


def _candidates(rows: Sequence[Row], skip: Collection[int], read: object) -> list[Label]:
    assert callable(read)
    return [label for row in rows if row.text and row.index not in skip and (label := read(row))]


def _chosen(labels: list[Label], late: bool = False) -> list[Label]:
    chain = best_chain(labels, late=late)
    if len(chain) == 1 and labels[chain[0]].order[0] != 1 and not late:
        return []
    return [labels[index] for index in sorted({*chain, *repeats(labels, chain)})]


def _parts(rows: Sequence[Row], picked: Sequence[Label]) -> list[tuple[Label, Sequence[Row]]]:
    """Each label with the rows below it."""
    if not picked:
        return []
    place = {row.index: at for at, row in enumerate(rows)}
    starts = [place[label.row.index] for label in picked]
    ends = [*starts[1:], len(rows)]
    return [
        (label, rows[start + 1 : end])
        for label, start, end in zip(picked, starts, ends, strict=True)
    ]


def _ascii(number: str) -> str:
    """đ and d are two letters: ``dd`` and ``d`` in ids."""
    return number.replace("đ", "dd")
