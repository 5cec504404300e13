"""Papers outside the normative system (Luật 64/2025/QH15, Điều 3 and 4): the Party's papers,
decisions in one case, plans, letters.

They are grounds like others, with words of their own: of them "còn hiệu lực" is not said as of a
law.
"""

from __future__ import annotations

import re

from kb.catalogue import Entry
from kb.documents import read_number
from kb.validity import WORDS, State, Status

# Whole documents by these words; a law's are those of kb.validity.
_OUTSIDE = {
    State.IN_FORCE: "Còn giá trị thực hiện",
    State.IN_FORCE_AMENDED: "Còn giá trị thực hiện, đã sửa đổi",
    State.IN_FORCE_PARTLY: "Hết giá trị một phần",
    State.CEASED: "Hết giá trị",
    State.NOT_YET: "Chưa có giá trị",
    State.SUSPENDED: "Tạm ngưng thực hiện",
}
# Letters of its bodies; a department that writes its number the Party's way is not one of them.
_PARTY = re.compile(r"TW\b|\b[TĐHQ]U\b")
# With a year in its number one of these is normative, without it is not.
_EITHER = ("qd", "nq", "ct", "lenh")
_NORMATIVE_TYPES = ("hien-phap", "bo-luat", "luat", "phap-lenh", "nd", "nqlt", "tt", "ttlt")


def outside(entry: Entry, type_slug: str = "") -> str:
    """What a paper is that is no normative one, "" for a normative one or where that is not known;
    by what the catalogue says, else by its type and number (a decision without a year is of one
    case)."""
    document = entry.document
    number = read_number(document.number)
    if number is not None and number.party and _PARTY.search("-".join(number.issuer_codes)):
        return "Văn kiện của Đảng"
    normative = entry.normative
    if normative is None:
        form = number is None or number.year is not None
        normative = type_slug in _NORMATIVE_TYPES or (form and type_slug in _EITHER)
    if normative or not document.type:
        return ""
    if type_slug == "qd":
        return "Quyết định cá biệt"
    return document.type


def words_of(status: Status, kind: str) -> str:
    """The words of a status of a paper that is *kind* (``outside``): the usual words for a state
    give way to those of the kind, sentences stay."""
    if not kind:
        return status.words
    usual = status.words == WORDS[status.state]
    words = _OUTSIDE.get(status.state, status.words) if usual else status.words
    return words.replace("Còn hiệu lực", "Còn giá trị thực hiện")
