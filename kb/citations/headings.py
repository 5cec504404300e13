"""Headings of a text look like mentions of its places ("Điều 25. …", "Chương II") and are none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.citations.names import CAPITAL
from kb.citations.provisions import Group

_HEADING_BEFORE = re.compile(r"(?:^|\n)[\s\"'(\[]{0,4}(?:\[\d{1,3}\]\s)?[\"']?\Z")
_HEADING_AFTER = re.compile(rf"[.:]|\s?\n|\s?$|\s(?:{CAPITAL}|[(\[])")
_RUN_ON_BEFORE = re.compile(r"[.;:]\"?\s?\Z")  # a heading that lost its line
_RUN_ON_AFTER = re.compile(rf"[.:]\s{CAPITAL}")
# A copy that lost its lines: "GIÁM SÁT HẢI QUAN Điều 10. Nguyên tắc", "Luật này. Chương II QUY ĐỊNH
# CHUNG".
_CAPITALS_BEFORE = re.compile(rf"{CAPITAL}{{2,20}}\s\Z")
_CAPITALS_AFTER = re.compile(rf"\s{CAPITAL}{{2,20}},?\s{CAPITAL}{{2,20}}(?!\w)")
_LINE = ("article", "section", "chapter", "part", "annex", "form")


def without_heading(
    text: str, members: Sequence[Group], glue: Sequence[str]
) -> tuple[Sequence[Group], Sequence[str]]:
    """ "Điều 25. …" or "Chương II" at the start of a line is a heading, no mention."""
    first = members[0]
    if first.level in _LINE and first.capital and first.labels != ("này",):
        left = text[max(0, first.start - 12) : first.start]
        line = _HEADING_BEFORE.search(left) and _HEADING_AFTER.match(text, first.end)
        run_on = _RUN_ON_BEFORE.search(left) and _RUN_ON_AFTER.match(text, first.end)
        glued = (
            _CAPITALS_BEFORE.search(left) and _RUN_ON_AFTER.match(text, first.end)
            if first.level == "article"
            else _CAPITALS_AFTER.match(text, first.end)
        )
        if line or run_on or glued:
            return members[1:], glue[1:]
    return members, glue
