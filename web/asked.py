"""The address of a page of results: all that was asked and how it is looked at stands in it.

/tim?q=…&loai=nd&loai=luat&nam=2026&xep=ngay&trang=2&tu=1&giai-thich=1
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from kb.facets import NAMES
from kb.index.query import LONGEST
from kb.search import View

_MOST = 40  # values of one facet that are read from an address


@dataclass(frozen=True, slots=True)
class Asked:
    """``text`` as typed (cut where it is past what a search takes, which then says so)."""

    text: str
    view: View

    def url(
        self,
        path: str = "/tim",
        *,
        page: int = 1,
        by_date: bool | None = None,
        as_words: bool | None = None,
        explained: bool | None = None,
        toggle: tuple[str, str] = ("", ""),
        without: str = "",
    ) -> str:
        """The address of the same question looked at otherwise; another filter or order begins at
        page 1. *toggle* chooses a facet's value or lets go of it; *without* lets go of a facet, or
        of all of them when it is "*"."""
        view = self.view
        pairs = [("q", self.text)]
        for name, chosen in view.filters.items():
            values = [value for value in chosen if (name, value) != toggle]
            if without not in (name, "*"):
                pairs += [(name, value) for value in values]
        if toggle[0] and toggle[1] not in view.filters.get(toggle[0], ()):
            pairs.append(toggle)
        flags = {
            "xep": (view.by_date if by_date is None else by_date, "ngay"),
            "tu": (view.as_words if as_words is None else as_words, "1"),
            "giai-thich": (view.explained if explained is None else explained, "1"),
            "trang": (page > 1, str(page)),
        }
        pairs += [(name, value) for name, (on, value) in flags.items() if on]
        return f"{path}?{urlencode(pairs)}"


def read(arguments: MultiDict[str, str]) -> Asked:
    """What an address asks; what it does not understand it leaves out."""
    filters = {
        name: tuple(dict.fromkeys(value for value in arguments.getlist(name) if value))[:_MOST]
        for name in NAMES
    }
    return Asked(
        arguments.get("q", "").strip()[: LONGEST + 1],
        View(
            page=max(1, arguments.get("trang", 1, type=int)),
            as_words="tu" in arguments,
            filters={name: chosen for name, chosen in filters.items() if chosen},
            by_date=arguments.get("xep") == "ngay",
            explained="giai-thich" in arguments,
        ),
    )
