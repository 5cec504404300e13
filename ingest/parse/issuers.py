"""Who issues a paper: the letterhead's left column, or the sentence that brings the act in.

Nghị định 30/2020/NĐ-CP, Phụ lục I: the body above and, under it, the body that issues.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.parse.letterhead import COUNTRY, MOTTO
from ingest.parse.markers import is_upper
from kb.catalogue import Vocabulary
from kb.documents import DocType, Issuer
from kb.text import fold

# Bodies under another body: what follows a ministry's name on the same row is the issuer.
_UNDER = re.compile(
    r"(?:TỔNG CỤC|CỤC|SỞ|TRƯỜNG|PHÒNG|VỤ|CHI CỤC|VIỆN|TRUNG TÂM|KHO BẠC|THANH TRA)\b"
)
_UNDER_COMMITTEE = re.compile(r"(?:SỞ|BAN|CHI CỤC|TRUNG TÂM|PHÒNG|THANH TRA|TRƯỜNG|VĂN PHÒNG)\s")
_COMMITTEE = re.compile(r"(?:(?:ỦY|UỶ) BAN|HỘI ĐỒNG) NHÂN DÂN|UBND|HĐND", re.IGNORECASE)
_PLACE = r"(?:TỈNH|THÀNH PHỐ|TP\.?|HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG|ĐẶC KHU)\s.{2,30}"
# "Chính phủ ban hành Nghị định …", "Trường … xây dựng Kế hoạch …": who acts, in so many words.
_ENACTS = re.compile(
    r"^(?P<name>[^\W\d_a-zđà-ỹ][^,.;:\n()]{3,100}?)\s(?:ban hành|xây dựng)"
    r"\s(?P<what>[^\W\d_].{2,20})",
    re.MULTILINE,
)
_SMALL_BODY = re.compile(
    r"(?:bo|so|uy ban nhan dan|hoi dong|tong cuc|cuc|ngan hang|van phong|chinh phu|thu tuong"
    r"|quoc hoi|thanh tra|truong|phong)\b(?!.*\b(?:quy dinh|huong dan|ban hanh)\b)"
)
_BODY_WORD = re.compile(
    r"(?:Sở|Trường|Phòng|Ủy ban|Uỷ ban|UBND|Bộ|Ban|Trung tâm|Tổng cục|Cục|Chi cục|Hội|Viện"
    r"|Học viện)\s"
)


def above_motto(head: str) -> str:
    """The letterhead of a paper without number, date and type."""
    found = COUNTRY.search(head)
    return head[: found.start()] if found else ""


def known_name(name: str, vocabulary: Vocabulary) -> str:
    """The name of the body that is called so, "" where none is known."""
    return next(
        (i.name for i in vocabulary.issuers if fold(name) in map(fold, (i.name, *i.variants))), ""
    )


def find_enacting(rows: str, vocabulary: Vocabulary) -> str:
    """Who issues by the sentence that brings the act in: a body of the vocabulary, or a name that
    begins with what a body is called; "" where no such sentence stands at the start of a row."""
    known = {fold(n): i.name for i in reversed(vocabulary.issuers) for n in (*i.variants, i.name)}
    types = tuple(fold(kind.name) for kind in vocabulary.types)
    for found in _ENACTS.finditer(rows):
        name = " ".join(found["name"].split())
        if not fold(found["what"]).startswith(types):
            continue
        if fold(name) in known:
            return known[fold(name)]
        if _BODY_WORD.match(name) and len(name.split()) > 2:
            return name
    return ""


def issuer_lines(head: str, types: Sequence[DocType]) -> list[str]:
    """The letterhead: rows of capitals without the motto; *head* ends where the number begins."""
    found: list[str] = []
    names = tuple(kind.name + " " for kind in types)
    for line in head.split("\n"):
        if line.startswith(names) and not is_upper(line):
            continue  # a portal's title: "Nghị định 19/2019/NĐ-CP"
        for part in re.split(r"\s{2,}|\n", MOTTO.sub("\n", line)):
            text = part.strip(" -*_.:")
            if len(text) < 4 or any(c.isdigit() for c in text):
                continue
            # Old fonts draw capitals: "bộ tài chính" is BỘ TÀI CHÍNH on paper.
            if found and _COMMITTEE.fullmatch(found[-1]) and re.fullmatch(_PLACE, text, re.I):
                found[-1] += f" {text}"
            elif is_upper(text) or (_SMALL_BODY.match(fold(text)) and len(text.split()) < 12):
                found.append(text)
    return found


def find_issuer(lines: Sequence[str], vocabulary: Vocabulary, *, joint: int) -> str:
    """The name in the letterhead: of the vocabulary where a row is one, else as printed.

    *joint* is how many bodies issue it together, 0 for one body alone.
    """
    if not lines:
        return ""
    known = {
        fold(name): issuer
        for issuer in reversed(vocabulary.issuers)
        for name in (*issuer.variants, issuer.name)
    }
    if joint:
        joined = fold(" ".join(lines))
        hits: dict[str, int] = {}
        taken: list[tuple[int, int]] = []
        for name in sorted(known, key=len, reverse=True):
            at = joined.find(name)
            if at < 0 or any(s < at + len(name) and at < e for s, e in taken):
                continue
            taken.append((at, at + len(name)))
            hits.setdefault(known[name].name, at)
        if len(hits) == joint:
            return " - ".join(sorted(hits, key=lambda name: hits[name]))
        return " - ".join(line.strip(" -") for line in lines)
    if len(lines) > 1 and _COMMITTEE.fullmatch(lines[-2]) and re.fullmatch(_PLACE, lines[-1]):
        lines = [*lines[:-2], f"{lines[-2]} {lines[-1]}"]
    # The last rows name the issuer, those above what it belongs to; a name may take two rows.
    for count in range(1, min(3, len(lines)) + 1):
        name = fold(" ".join(lines[-count:]))
        if name in known:
            return known[name].name
    last = lines[-1]
    for owner in lines[:-1]:
        if place := re.search(rf"{_PLACE}$", owner):
            for joined in (f"{last} {place[0]}", f"{last} {place[0].split(' ', 1)[1]}"):
                if fold(joined) in known:
                    return known[fold(joined)].name
            # Every province has a "SỞ GIÁO DỤC VÀ ĐÀO TẠO": the row above says which.
            bare = place[0].split(" ", 1)[1]
            if _COMMITTEE.match(owner) and _UNDER_COMMITTEE.match(last) and bare not in last:
                return f"{last} {place[0]}"
    return _without_owner(last, known)


def _without_owner(line: str, known: dict[str, Issuer]) -> str:
    """ "BỘ TÀI CHÍNH TỔNG CỤC HẢI QUAN" → "TỔNG CỤC HẢI QUAN"."""
    for under in _UNDER.finditer(line):
        owner = line[: under.start()].strip()
        if owner and fold(owner) in known:
            rest = line[under.start() :]
            return known[fold(rest)].name if fold(rest) in known else rest
    return line


def issuers_of_code(code: str, vocabulary: Vocabulary) -> list[Issuer]:
    return [
        issuer
        for issuer in vocabulary.issuers
        if any(fold(code) == fold(known) for known in issuer.codes)
    ]
