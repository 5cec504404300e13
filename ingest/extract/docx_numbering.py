"""The numbers Word prints in front of paragraphs and does not store in them.

ECMA-376, Part 1, 17.9: a paragraph has ``numPr`` itself or by its style; ``numId`` leads to a
``num`` (which may override levels) and that to an ``abstractNum`` with nine levels. Counters belong
to the abstractNum, so that two lists made from one go on counting.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEVELS = 9
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_BULLETS = "-+*•–—"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: ``text`` has ``%1``…``%9`` for the counters; ``restart`` is the level
    (1-based) whose use starts this one again, 0 never, None any above it."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    space: str = " "
    style: str = ""


@dataclass(slots=True)
class _Abstract:
    levels: dict[int, Level] = field(default_factory=dict)
    link: str = ""
    values: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


@dataclass(slots=True)
class _Num:
    abstract: str
    overrides: dict[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)  # startOverride, each used once


class Numbering:
    """Labels of paragraphs, asked for in the order of the document; it counts as it is asked."""

    def __init__(self, numbering: Any | None, styles: Any | None) -> None:
        self._abstracts: dict[str, _Abstract] = {}
        self._nums: dict[str, _Num] = {}
        self._styles: dict[str, Any] = {}
        self._default = ""
        if styles is not None:
            for style in styles.iter(W + "style"):
                self._styles[style.get(W + "styleId", "")] = style
                if style.get(W + "type") == "paragraph" and style.get(W + "default") in _TRUE:
                    self._default = style.get(W + "styleId", "")
        if numbering is not None:
            self._read(numbering)

    def label(self, paragraph: Any) -> str:
        """The label with the space behind it ("Điều 3. ", "a) ", "• "), "" for none."""
        found = self._reference(paragraph)
        if found is None:
            return ""
        num, at = found
        abstract = self._abstracts.get(num.abstract)
        if abstract is None:
            return ""
        level = num.overrides.get(at) or abstract.levels.get(at)
        if level is None:
            return ""
        self._count(abstract, num, at, level)
        if level.form == "none":
            return ""
        if level.form == "bullet":
            return _bullet(level.text) + level.space
        text = level.text
        for place in range(_LEVELS, 0, -1):
            if f"%{place}" in text:
                text = text.replace(f"%{place}", self._shown(abstract, num, place - 1, level))
        text = text.strip()
        return text + level.space if text else ""

    def style_chain(self, paragraph: Any) -> list[Any]:
        """The paragraph's style and those it is based on, nearest first."""
        named = paragraph.find(f"{W}pPr/{W}pStyle")
        return self.style(named.get(W + "val") if named is not None else self._default)

    def style(self, name: str | None) -> list[Any]:
        """The style of that id and those it is based on, nearest first."""
        chain: list[Any] = []
        while name in self._styles and len(chain) < 20:
            style = self._styles[name]
            if style in chain:
                break
            chain.append(style)
            based = style.find(W + "basedOn")
            name = based.get(W + "val") if based is not None else None
        return chain

    def _read(self, root: Any) -> None:
        for element in root.findall(W + "abstractNum"):
            abstract = _Abstract(link=_value(element, "numStyleLink") or "")
            for child in element.findall(W + "lvl"):
                abstract.levels[_int(child.get(W + "ilvl"), 0)] = _level(child)
            self._abstracts[element.get(W + "abstractNumId", "")] = abstract
        for element in root.findall(W + "num"):
            num = _Num(_value(element, "abstractNumId") or "")
            base = self._abstracts.get(num.abstract)
            for override in element.findall(W + "lvlOverride"):
                at = _int(override.get(W + "ilvl"), 0)
                if (level := override.find(W + "lvl")) is not None:
                    num.overrides[at] = _level(level)
                if (start := _value(override, "startOverride")) is not None:
                    num.starts[at] = _int(start, 1)
                    known = num.overrides.get(at) or (base.levels.get(at) if base else None)
                    if known is not None:
                        num.overrides[at] = replace(known, start=num.starts[at])
            self._nums[element.get(W + "numId", "")] = num
        self._follow_links()

    def _follow_links(self) -> None:
        """An abstractNum may only name a list style, whose own num has the levels."""
        for num in self._nums.values():
            abstract = self._abstracts.get(num.abstract)
            if abstract is None or not abstract.link or abstract.levels:
                continue
            style = self._styles.get(abstract.link)
            linked = style.find(f"{W}pPr/{W}numPr/{W}numId") if style is not None else None
            target = self._nums.get(linked.get(W + "val", "")) if linked is not None else None
            if target is not None:
                num.abstract = target.abstract

    def _reference(self, paragraph: Any) -> tuple[_Num, int] | None:
        own = paragraph.find(f"{W}pPr/{W}numPr")
        number = _value(own, "numId") if own is not None else None
        at = _value(own, "ilvl") if own is not None else None
        by_style = ""
        if number is None:
            for style in self.style_chain(paragraph):
                properties = style.find(f"{W}pPr/{W}numPr")
                if properties is None:
                    continue
                at = at or _value(properties, "ilvl")
                if (number := _value(properties, "numId")) is not None:
                    by_style = style.get(W + "styleId", "")
                    break
        # numId 0 takes the numbering of a style away.
        num = self._nums.get(number or "0")
        if num is None or number == "0":
            return None
        if by_style and at is None and (abstract := self._abstracts.get(num.abstract)):
            linked = [n for n, level in abstract.levels.items() if level.style == by_style]
            return num, linked[0] if linked else 0
        return num, min(max(_int(at, 0), 0), _LEVELS - 1)

    def _count(self, abstract: _Abstract, num: _Num, at: int, level: Level) -> None:
        values = abstract.values
        if at in num.starts:
            values[at] = num.starts.pop(at)
        else:
            before = values[at]
            values[at] = level.start if before is None else before + 1
        for lower in range(at + 1, _LEVELS):
            below = num.overrides.get(lower) or abstract.levels.get(lower)
            restart = below.restart if below is not None else None
            if restart is None or (restart and at < restart):
                values[lower] = None

    def _shown(self, abstract: _Abstract, num: _Num, place: int, asking: Level) -> str:
        level = num.overrides.get(place) or abstract.levels.get(place) or Level()
        value = abstract.values[place]
        form = "decimal" if asking.legal and level.form != "bullet" else level.form
        return in_form(level.start if value is None else value, form)


_TRUE = ("1", "true", "on")


def in_form(value: int, form: str) -> str:
    """A number as Word prints it: letters go a … z, aa, bb (without đ); forms of other scripts are
    printed in digits."""
    if form in ("lowerLetter", "upperLetter") and value > 0:
        times, at = divmod(value - 1, 26)
        letters = chr(ord("a") + at) * min(times + 1, 30)
        return letters if form == "lowerLetter" else letters.upper()
    if form in ("lowerRoman", "upperRoman") and 0 < value < 4000:
        roman = ""
        for worth, sign in _ROMAN:
            while value >= worth:
                roman += sign
                value -= worth
        return roman if form == "lowerRoman" else roman.upper()
    if form == "none":
        return ""
    return f"{value:02d}" if form == "decimalZero" else str(value)


def _bullet(text: str) -> str:
    """Symbol fonts draw bullets with private characters or letters: all of these are ``•``."""
    sign = text.strip()[:1]
    if "\uf000" <= sign <= "\uf0ff":
        sign = chr(ord(sign) - 0xF000)
    return sign if sign and sign in _BULLETS else "•"


def _level(element: Any) -> Level:
    restart = _value(element, "lvlRestart")
    suffix = _value(element, "suff")
    legal = element.find(W + "isLgl")
    return Level(
        start=_int(_value(element, "start"), 0 if element.find(W + "start") is None else 1),
        form=_value(element, "numFmt") or "decimal",
        text=_value(element, "lvlText") or "",
        restart=None if restart is None else _int(restart, 0),
        legal=legal is not None and legal.get(W + "val", "1") in _TRUE,
        space="" if suffix == "nothing" else " ",
        style=_value(element, "pStyle") or "",
    )


def _value(parent: Any, name: str) -> str | None:
    child = parent.find(W + name)
    return child.get(W + "val") if child is not None else None


def _int(text: str | None, otherwise: int) -> int:
    try:
        return int(text) if text is not None else otherwise
    except ValueError:
        return otherwise
