"""The press desk's own pages: its home, and a text checked before it goes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from flask import Blueprint, render_template, request

from ingest import RawFile
from kb.errors import CanCuError
from kb.press import CheckedCitation, Figure, GateFinding
from kb.press.words import Said, said, summary
from kb.quotes import Judged
from web import opened, press_check
from web.opened import Opened
from web.press_check import Json, ground_json, line_of, place

pages = Blueprint("press", __name__)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the draft: ``level`` "" where nothing was judged, else the gravest verdict
    there; ``starts`` and ``ends`` are the numbers of the verdicts that begin and end here."""

    text: str
    level: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A verdict as the page shows it; ``quoted`` "" where it is long, ``places`` where to look."""

    n: int
    said: Said
    line: int
    quoted: str
    places: tuple[Json, ...]
    grounds: tuple[Json, ...]

    @property
    def diff(self) -> Sequence[object]:
        return self.said.item.diff if isinstance(self.said.item, Judged) else ()

    @property
    def house(self) -> str:
        """The citation as it should be written, where it is not written so."""
        item = self.said.item
        wrong = isinstance(item, CheckedCitation) and self.said.severity is not None
        return item.normalized if isinstance(item, CheckedCitation) and wrong else ""


_LONGEST = 300  # characters of a place repeated beside its verdict
_LEVELS = {"error": "bad", "warning": "look", "": "good"}


@pages.get("/bao-chi")
def home() -> str:
    shown = opened()
    rules = shown.rules
    clocks = [(clock, ground_json(shown, clock.ground)) for clock in rules.clocks]
    return render_template("press/home.html", clocks=clocks)


@pages.get("/bao-chi/kiem-tra")
def form() -> str:
    return render_template("press/check.html", text="", rows=None)


@pages.post("/bao-chi/kiem-tra")
def check() -> str | tuple[str, int]:
    """The draft is judged and forgotten: nothing of it is stored."""
    request.max_form_memory_size = 4 * press_check.LONGEST  # bytes of UTF-8
    file = request.files.get("tep")
    text, name = request.form.get("bai", "").replace("\r\n", "\n"), ""
    shown = opened()
    try:
        if file is not None and file.filename:
            limit = shown.settings.max_file_mb * 1024**2
            content = file.stream.read(limit + 1)
            if len(content) > limit:
                raise CanCuError(
                    f"Tệp lớn hơn {shown.settings.max_file_mb} MB.", "Dán chữ của bài vào ô."
                )
            name = file.filename
            text = press_check.draft_text(RawFile(content, name))
        found = press_check.checked(shown, text, date.today())
    except CanCuError as error:
        wrong = "tep" if file is not None and file.filename else "bai-viet"
        return render_template(
            "press/check.html", text=text, rows=None, trouble=error, wrong_at=wrong
        ), 400
    told = said(found)
    rows = [_row(shown, n, text, one) for n, one in enumerate(told, 1)]
    return render_template(
        "press/check.html",
        text=text,
        name=name,
        rows=rows,
        summary=summary(found),
        doubts=press_check.doubts(shown),
        pieces=_pieces(text, told),
        wrong=sum(one.severity == "error" for one in told),
        unsure=sum(one.severity == "warning" for one in told),
    )


def _row(shown: Opened, n: int, text: str, one: Said) -> Row:
    quoted = " ".join(one.span.of(text).split())
    grounds: tuple[Json, ...] = ()
    if isinstance(one.item, GateFinding):
        grounds = tuple(ground_json(shown, ground) for ground in one.item.grounds)
    return Row(
        n,
        one,
        line_of(text, one.span.start),
        quoted if len(quoted) <= _LONGEST else "",
        tuple(place(shown, *at) for at in _where(one)),
        grounds,
    )


def _where(one: Said) -> list[tuple[str, str]]:
    """Places in the library that a verdict speaks of."""
    item = one.item
    if isinstance(item, Judged):
        return [(item.source.key, item.source.provision)] if item.source else []
    if isinstance(item, CheckedCitation):
        if item.key:
            return [(item.key, "" if item.verdict == "clause_missing" else item.provision)]
        return [(key, "") for key in item.candidates]
    if isinstance(item, Figure):
        return [(item.key, item.provision)]
    return [(item.key, "")] if item.key else []


def _pieces(text: str, told: Sequence[Said]) -> list[Piece]:
    """The draft cut where a verdict begins or ends; of several at one place the gravest colours."""
    cuts = sorted({0, len(text)} | {at for one in told for at in (one.span.start, one.span.end)})
    order = ("error", "warning", "")
    numbered = list(enumerate(told, 1))
    out = []
    for start, end in pairwise(cuts):
        here = [one for one in told if one.span.start <= start and end <= one.span.end]
        graves = {one.severity.value if one.severity else "" for one in here}
        grave = next((level for level in order if level in graves), None)
        out.append(
            Piece(
                text[start:end],
                "" if grave is None else _LEVELS[grave],
                tuple(n for n, one in numbered if one.span.start == start),
                tuple(n for n, one in numbered if one.span.end == end),
            )
        )
    return out
