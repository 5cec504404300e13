"""A title that is not the official one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.checks import Grounds
from kb.checks.places import cited, found, name
from kb.diff import Change, words_diff
from kb.findings import Finding, Severity
from kb.plans import Plan
from kb.text import capital, fold

_DATE = re.compile(r"(\d{1,2})\s?(?:/|tháng)\s?(\d{1,2})\s?(?:/|năm)\s?(\d{4})")
_LEAD = re.compile(r"^(?:(?:về )?việc |về |ban hành |quy định )+")
_SIGNS = re.compile(r"[^\w/]+")


def title_differs(plan: Plan, grounds: Grounds) -> Iterator[Finding]:
    """Trích yếu được dẫn khác trích yếu chính thức.

    Sai: Quyết định số 1607/QĐ-BYT … tài liệu hướng dẫn quy trình can thiệp trẻ mắc …
    Đúng: Quyết định số 1607/QĐ-BYT … tài liệu “Hướng dẫn chẩn đoán và can thiệp trẻ có …”
    Vì sao: người đọc hiểu sai văn bản nói về việc gì; viết tắt và dấu câu thì không tính.
    Nguồn: Nghị định 30/2020/NĐ-CP, Phụ lục I (viện dẫn lần đầu ghi trích yếu nội dung).
    """
    told: set[tuple[str, str]] = set()
    for citation in grounds.citations:
        basis = grounds.bases.get(citation.target)
        if citation.kind != "explicit" or basis is None or not citation.title:
            continue
        official, kind = basis.entry.document.title, basis.entry.document.type
        written = as_title(citation.title, official)
        mine = _plain(written, kind)
        if not is_other(citation.title, official, kind):
            continue
        if (citation.target, mine) in told:
            continue
        told.add((citation.target, mine))
        doubt = dict(basis.entry.doubts).get("title")
        known, hint = "bản chính thức", "Ghi lại đúng trích yếu của văn bản."
        if doubt:
            known = "trích yếu mà kho biết"
            hint = f"Đối chiếu bản gốc trước khi sửa: trích yếu ấy {doubt}."
        yield found("title-differs", Severity.WARNING, plan, cited(citation),
                    f"Trích yếu của {name(citation)} khác {known}: "
                    f"{difference(written, official, known=known)}. "
                    f"{capital(known)}: “{official}”.",
                    hint)  # fmt: skip


def as_title(written: str, official: str) -> str:
    """The words of a mention that can be a title: no bracket the official one does not have."""
    return written if "(" in official else written.partition(" (")[0]


def is_other(written: str, official: str, kind: str) -> bool:
    """Is the title as cited surely not the *official* one of a paper of this *kind*?"""
    mine, theirs = _plain(as_title(written, official), kind), _plain(official, kind)
    return bool(official) and len(mine.split()) >= 4 and not _goes_on(mine, theirs)


def difference(
    written: str, official: str, who: str = "kế hoạch ghi", known: str = "bản chính thức"
) -> str:
    """What differs, capitals aside: ``kế hoạch ghi “mắc”; bản chính thức là “có”``."""
    said = []
    pieces = words_diff(written.lower(), official.lower())
    for change, text in pieces:
        word = text.strip(" ,.;:-–“”\"'")
        if change is not Change.KEPT and word:
            said.append(f"{who if change is Change.REMOVED else known + ' là'} “{word}”")
    return "; ".join(said)


def _goes_on(mine: str, theirs: str) -> bool:
    """Is the one the other cut short, perhaps with the sentence going on behind it?"""
    if mine in theirs or theirs in mine:
        return True
    a, b = mine.split(), theirs.split()
    same = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), 0)
    rest = set(b[same:])
    return same >= 5 and len(rest & set(a[same:])) < len(rest) / 3


def _plain(title: str, kind: str) -> str:
    """A title for comparison: no marks, case, signs, type or opening words; dates as numbers."""
    dated = _DATE.sub(lambda m: f"{int(m[1])}/{int(m[2])}/{m[3]}", title.lower())
    words = _LEAD.sub("", " ".join(dated.split()).removeprefix(kind.lower()).strip())
    return " ".join(_SIGNS.sub(" ", fold(words)).split())
