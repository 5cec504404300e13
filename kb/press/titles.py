"""Is the title a draft gives a document its own? Only what claims to be the title is compared.

Behind a number the title goes over into the sentence ("… đối với người khuyết tật, các trường
phải …"), so what is compared ends where the official one does; a title cut short is none other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from kb.alike import same_type, title_key, title_keys
from kb.catalogue import Catalogue, Entry
from kb.checks.title_differs import as_title, difference, is_other
from kb.citations import Citation
from kb.citations.lawnames import LAWS
from kb.citations.resolve import title_agreement
from kb.citing import cite
from kb.lookup import lookup
from kb.press import CitationVerdict, Told
from kb.text import accented_key, fold

_SOME = 0.4  # share of words two titles of one paper have in common
_IN_ORDER = 0.6  # and how alike the two are, word after word
_LAWS = frozenset(map(title_key, LAWS))
_BY_NAME = ("Luật", "Bộ luật", "Pháp lệnh")
_CUT = re.compile(r"\s?[,:(]\s?|\s(?=thì\s|mà\s|nên\s|đã\s|là\s|phải\s|được\s|có\s)")
# Another paper that is named behind it, in a list.
_LISTED = re.compile(
    r"(?:\s?[,;]\s(?:và\s)?|\svà\s)(Bộ luật|Luật|Pháp lệnh|Nghị quyết|Nghị định|Thông tư|"
    r"Quyết định|Chỉ thị|Công văn|Kế hoạch)(?=\s)"
)
_ABOUT = re.compile(r"(?:(?:quy định|hướng dẫn|ban hành) )?(?:về|việc) ", re.IGNORECASE)
_OPENING = re.compile(r"(?:(?:về việc|về|việc|ban hành|phê duyệt|quy định) )+", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_APPROVES = r"(?:phe duyet|ban hanh|thong qua)\W+(?:\w+\W+){0,6}?"


def title_said(citation: Citation, entry: Entry, catalogue: Catalogue) -> Iterator[Told]:
    """What is wrong with the title in *citation* of the document *entry*; nothing where it is
    right or is no title."""
    written, official = citation.title or "", entry.document.title
    if not written or not official:
        return
    if citation.type in _BY_NAME and written.startswith(citation.type):
        yield from _law_named(written, entry, catalogue)
        return
    written = claimed(as_title(written, official), official)
    if not _claims(citation, written, official):
        if _ABOUT.match(written):
            yield CitationVerdict.FOUND, f"Văn bản này có trích yếu “{official}”."
        return
    if not _other_figures(written, official) and (
        _is_short_for(written, official) or not is_other(written, official, entry.document.type)
    ):
        return
    said = difference(written, official, "bài ghi")
    doubt = dict(entry.doubts).get("title")
    todo = f"Kho còn ngờ: {doubt}; đối chiếu bản gốc." if doubt else "Ghi lại cho đúng."
    yield (
        CitationVerdict.TITLE_DIFFERS,
        f"Trích yếu khác bản chính thức: {said}. Trích yếu đúng: “{official}”. {todo}",
    )


def _law_named(written: str, entry: Entry, catalogue: Catalogue) -> Iterator[Told]:
    """A law's name beside its number: it must be that law's."""
    document = entry.document
    known = {*title_keys(document.type, document.title), *map(title_key, entry.aliases)}
    mine, official = title_key(written), title_key(document.title)
    bare = mine.removeprefix(title_key(document.type)).strip()
    if mine in known or bare in known:
        return
    if "sua doi" in bare and (title_agreement(written, document.title) or 0) >= _SOME:
        return
    if bare.startswith(f"{official} ") and bare not in _LAWS:
        return  # the sentence goes on
    others = [
        candidate.entry
        for candidate in lookup(catalogue, title=written)
        if candidate.exact and candidate.entry is not entry
    ]
    names = "; ".join(cite(other.document).full for other in others)
    instead = f" {written} trong kho là {names}." if names else ""
    yield (
        CitationVerdict.TITLE_DIFFERS,
        f"Số {document.number} là của {cite(document).full}, không phải của {written}.{instead} "
        "Sửa số hoặc sửa tên.",
    )


def title_of(citation: Citation, entry: Entry | None) -> str:
    """The words behind *citation* that claim to be the title of *entry* (None: of a paper that is
    not here), "" where the sentence goes on."""
    written = citation.title or ""
    if entry is None or not written or not entry.document.title:
        return written
    title = claimed(written, entry.document.title)
    return title if _claims(citation, title, entry.document.title) else ""


def _claims(citation: Citation, written: str, official: str) -> bool:
    """Are the words behind a number a title? Often it is the sentence that goes on ("… quy định
    trường phải")."""
    if citation.date and written.lower().startswith("về "):
        return True
    alike = _alike(_keys(written), _keys(official)) >= _IN_ORDER or _is_short_for(written, official)
    return alike and (title_agreement(written, official) or 0) >= _SOME


def _other_figures(written: str, official: str) -> bool:
    """Does a figure stand where the official title has another?"""
    mine, theirs = _keys(_dated(written)), _keys(_dated(official))
    codes = SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes()
    figures = [
        ({w for w in mine[a:b] if w.isdigit()}, {w for w in theirs[c:d] if w.isdigit()})
        for kind, a, b, c, d in codes
        if kind == "replace"
    ]
    return any(one and other and not one <= other for one, other in figures)


_DATE = re.compile(r"(\d{1,2})\s?(?:/|tháng)\s?(\d{1,2})\s?(?:/|năm)\s?(\d{4})")


def _bare(title: str) -> str:
    """Without the words titles open with, which people change."""
    dated = _dated(title)
    found = _OPENING.match(dated)
    return dated[found.end() :] if found else dated


def _dated(title: str) -> str:
    """A title with its days as one writes them all."""
    return _DATE.sub(lambda m: f"{int(m[1])} {int(m[2])} {m[3]}", title)


def claimed(written: str, official: str) -> str:
    """The part of *written* that claims to be the title *official*: up to the comma or verb where
    the two are most alike, and no further than the last word of the official one or another paper.

    >>> claimed("về vườn giả định, các lớp phải tưới hoa", "Về vườn giả định")
    'về vườn giả định'
    """
    for found in _LISTED.finditer(written):
        if found[1].lower() not in official.lower():
            written = written[: found.start()]
            break
    theirs = _keys(official)
    cuts = [*(found.start() for found in _CUT.finditer(written)), len(written)]
    rated = [(_alike(_keys(written[:cut]), theirs), -cut) for cut in cuts if written[:cut].strip()]
    if not rated:
        return written
    best = written[: -max(rated)[1]]
    words = list(_WORD.finditer(best))
    blocks = SequenceMatcher(None, _keys(best), theirs, autojunk=False).get_matching_blocks()
    ends = [b.a + b.size for b in blocks if b.size and b.b + b.size == len(theirs)]
    return best[: words[ends[-1] - 1].end()] if ends else best.rstrip()


def _keys(title: str) -> list[str]:
    return [accented_key(word) for word in _WORD.findall(title)]


def _alike(mine: list[str], theirs: list[str]) -> float:
    return SequenceMatcher(None, mine, theirs, autojunk=False).ratio()


def _is_short_for(written: str, official: str) -> bool:
    """Are all its words the official one's, in their order? A title cut short; one that lost a word
    or two only may say something else."""
    mine = _keys(_bare(written))
    whole = _keys(_bare(official))
    left_out, theirs = len(whole) - len(mine), iter(whole)
    return left_out >= max(3, len(mine) // 4) and all(word in theirs for word in mine)


def approves(entry: Entry, kind: str) -> bool:
    """Does the paper approve or issue a programme, plan … of that *kind*, so that it is called one:
    "Chương trình 1929/QĐ-TTg"?"""
    if not kind or same_type(kind, entry.document.type):
        return False
    named = rf"(?:ve viec |ve |v/v )?{_APPROVES}{re.escape(fold(kind))}\b"
    return re.match(named, fold(entry.document.title)) is not None
