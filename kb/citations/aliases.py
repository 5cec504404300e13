"""Names a paper gives to others for the rest of its text: "(sau đây gọi là Chương trình 1929)"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.alike import title_key
from kb.citations import Citation, Kind
from kb.text import Span

_TYPES = (
    "Luật|Bộ luật|Pháp lệnh|Nghị định|Nghị quyết|Thông tư|Quyết định|Chỉ thị|Kết luận|Kế hoạch"
    "|Đề án|Chương trình|Công ước|Chiến lược|Hiệp định|Quy chế"
)
# The name must begin as a paper's name does and go on: "sau đây gọi là Chương trình" alone would
# make every programme that one.
_DEFINED = re.compile(
    r"[Ss]au đây (?:được )?(?:gọi|viết) (?:tắt |chung )?là:?\s?[\"']?"
    rf"(?P<name>(?P<type>{_TYPES})(?:\s[^\s\"'();:.,]{{1,20}}){{1,8}}?)"
    r"(?=[\"']?\s?[);.,\n]|[\"']\s|[\"']?$)"
)
_NAME = re.compile(rf"(?<!\w)(?:{_TYPES})\s")
_REACH = 600  # characters between a paper's name and what it is called: a trích yếu


@dataclass(frozen=True, slots=True)
class Alias:
    """``name`` as given; ``type`` its first words; ``span`` where it is defined."""

    name: str
    type: str
    span: Span


def find_aliases(text: str) -> list[Alias]:
    """The names defined in *text*, in order. A name given twice is nobody's and left out: only
    what one definition says can be followed."""
    found: list[Alias] = []
    at = text.find("au đây ")
    while at >= 0:
        defined = _DEFINED.match(text, max(at - 1, 0))
        if defined is not None:
            found.append(Alias(defined["name"], defined["type"], Span(*defined.span("name"))))
        at = text.find("au đây ", at + 1)
    times = Counter(title_key(alias.name) for alias in found)
    return [alias for alias in found if times[title_key(alias.name)] == 1]


def uses(text: str) -> Iterator[tuple[Alias, Span]]:
    """Each place where a name that *text* gives stands again, behind its definition."""
    given = {alias.name: alias for alias in find_aliases(text)}
    if not given:
        return
    # By length, so that a text full of definitions is still read once.
    lengths = sorted({len(name) for name in given}, reverse=True)
    for found in _NAME.finditer(text):
        at = found.start()
        for length in lengths:
            alias = given.get(text[at : at + length])
            if (
                alias
                and at > alias.span.start
                and not text[at + length : at + length + 1].isalnum()
            ):
                yield alias, Span(at, at + length)
                break


def antecedents(text: str, citations: Sequence[Citation]) -> dict[str, tuple[int, int]]:
    """Key of each name → (index of the citation it was given to, where it was given)."""
    others = [i for i, c in enumerate(citations) if c.kind is not Kind.INTERNAL]
    ends = [citations[i].span.end for i in others]
    found: dict[str, tuple[int, int]] = {}
    for alias in find_aliases(text):
        start = alias.span.start
        first = bisect_left(ends, start - _REACH)
        near = [
            i
            for i in others[first : bisect_right(ends, start)]
            if "\n\n" not in text[citations[i].span.end : start]
        ]
        if near:
            found[title_key(alias.name)] = (_first_named(text, citations, near), alias.span.end)
    return found


def _first_named(text: str, citations: Sequence[Citation], near: Sequence[int]) -> int:
    """Of the citations before a definition the one it names: the first of its sentence; those
    behind it stand in its title."""
    last = near[-1]
    for index in reversed(near[:-1]):
        between = text[citations[index].span.end : citations[last].span.start]
        if re.search(r"[.;]\s|\n", between):
            break
        last = index
    return last
