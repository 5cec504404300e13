"""The official codification, Bộ pháp điển điện tử (phapdien.moj.gov.vn): a file of one heading
(đề mục) → the documents it was put together from.

A heading holds the articles of many documents in the order of its leading law; under each stand the
source note and the articles it has to do with (Pháp lệnh 03/2012/UBTVQH13, Điều 9 and 10). What is
read here is each document by itself again: its articles by number, in the chapters its own address
at vbpl.vn names (``#Chuong_II_Muc_1_Dieu_5``).

    p.pChuong   "Chương I", then its heading          p.pGhiChu  the source note, with addresses
    p.pDieu     "Điều 6.3.LQ.1. Phạm vi điều chỉnh"   p.pNoiDung the text up to the next of these
    p.pChiDan   "(Điều này có nội dung liên quan đến …)"
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ingest import Line
from ingest.codified_notes import Change, SourceNote, read_note
from ingest.extract.html import read_fragment
from kb.documents import number_key
from kb.errors import UnreadableFile
from kb.findings import Finding, Severity
from kb.text import match_text, slug


@dataclass(frozen=True, slots=True)
class Related:
    """An article this one points to: ``id`` in the codification, ``label`` "6.3.LQ.2", heading."""

    id: str
    label: str
    heading: str


@dataclass(frozen=True, slots=True)
class CodifiedArticle:
    """One article. ``id`` and ``label`` ("6.3.NĐ.1.4") are the codification's, ``number`` the
    source's own; ``note`` is the source note as printed and ``source`` what it says; ``lines`` the
    words below the heading; ``groups`` the source's own (word, number) pairs, outermost first;
    ``under`` the codification's chapter and section as printed."""

    id: str
    label: str
    number: str
    heading: str
    note: str
    source: SourceNote
    url: str
    lines: tuple[Line, ...]
    groups: tuple[tuple[str, str], ...] = ()
    under: tuple[tuple[str, str], ...] = ()
    related: tuple[Related, ...] = ()
    heading_of: str = ""  # the heading it was read from, "6.3 Người khuyết tật"


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """One document with the articles of it that are here, in its own order. Letterhead facts are ""
    or None where no note here has them; ``chapters`` names its own chapters where the codification
    follows them: (path of groups, heading)."""

    type: str
    number: str
    title: str
    issuer: str
    issued: str | None
    effective: str | None
    articles: tuple[CodifiedArticle, ...]
    chapters: tuple[tuple[tuple[tuple[str, str], ...], str], ...] = ()

    @property
    def identity(self) -> str:
        """Type with number, or with title where there is none: the same in every heading."""
        return f"{slug(self.type)}/{number_key(self.number) if self.number else slug(self.title)}"

    @property
    def name(self) -> str:
        return f"{self.type} {self.number or self.title}"


@dataclass(frozen=True, slots=True)
class Codification:
    """A heading: its number "6.3", its title, its documents in the order they are first met."""

    number: str
    title: str
    documents: tuple[SourceDocument, ...]
    findings: tuple[Finding, ...] = field(default=())


def from_json(row: dict[str, Any]) -> Codification:
    """The inverse of ``dataclasses.asdict``, after JSON."""
    findings = tuple(Finding(**f | {"severity": Severity(f["severity"])}) for f in row["findings"])
    documents = tuple(_document_from(document) for document in row["documents"])
    return Codification(row["number"], row["title"], documents, findings)


def _document_from(row: dict[str, Any]) -> SourceDocument:
    chapters = tuple((_pairs(path), heading) for path, heading in row["chapters"])
    articles = tuple(_article_from(article) for article in row["articles"])
    return SourceDocument(**row | {"articles": articles, "chapters": chapters})


def _article_from(row: dict[str, Any]) -> CodifiedArticle:
    source = row["source"]
    changes = tuple(Change(**change) for change in source["changes"])
    lines = (Line(**line | {n: line[n] and tuple(line[n]) for n in ("cell", "box")})
             for line in row["lines"])  # fmt: skip
    return CodifiedArticle(
        **row
        | {
            "source": SourceNote(**source | {"changes": changes}),
            "lines": tuple(lines),
            "groups": _pairs(row["groups"]),
            "under": _pairs(row["under"]),
            "related": tuple(Related(**related) for related in row["related"]),
        }
    )


def _pairs(rows: Sequence[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((first, second) for first, second in rows)


_MARK = re.compile(r"""<p class=['"]p(Chuong|Dieu|GhiChu|NoiDung|ChiDan)['"]>""")
_SIGN = re.compile(rb"""<p class=['"]p(?:Dieu|GhiChu)['"]>|<div class=['"]_content['"]>""")
_HEADING_OF = re.compile(r"<h3\b[^>]{0,300}>(.{0,2000}?)</h3>", re.DOTALL)
_TITLE = re.compile(r"(?:Đề mục\s)?(?P<number>\d+\.\d+)\.?\s?(?P<title>.*)", re.DOTALL)
_TAG = re.compile(r"<[^<>]{0,3000}>")
_ID = re.compile(r"""<a name=['"](\d{10,90})['"]""")
_HREF = re.compile(r"""href=['"]\s{0,9}(https?://[^'"\s]{1,500})""")
# A file that goes with an article, under its name; no word of the article.
_FILE = re.compile(
    r"""<a\s[^>]{0,300}href=['"][^'"]{1,400}/hobj/[^'"]{1,200}['"][^>]{0,80}>(.{0,600}?)</a>""",
    re.DOTALL,
)
_POINTS = re.compile(
    r"""ViewNoiDungPhapDien\(\s?['"](?P<id>\d{10,90})['"]\)[^>]{0,80}>(?P<text>[^<]{0,2000})""",
)
# "Điều 6.3.LQ.1. Phạm vi điều chỉnh", "Điều 6.3.TT.7.3."
_ARTICLE = re.compile(
    r"Điều\s(?P<label>\d+\.\d+\.[^\W\d_]{1,4}(?:\.\d+)*\w{0,2})\.?\s?(?P<rest>.*)"
)
_GROUP = re.compile(r"(Phan|Chuong|Muc|Tieu_?[Mm]uc)_([\w]+?)(?=_(?:Chuong|Muc|Tieu|Dieu)|$)")
_WORDS = {"phan": "Phần", "chuong": "Chương", "muc": "Mục", "tieumuc": "Tiểu mục"}
_GROUP_LABEL = re.compile(r"(Phần|Chương|Mục|Tiểu mục)\s+(.{1,20}?)\s*[.:]?", re.IGNORECASE)
_RANK = ("Phần", "Chương", "Mục", "Tiểu mục")


def is_codification(content: bytes) -> bool:
    """Is this a heading of the codification as the official site and its download write it?"""
    head = content[:20_000]
    return len(_SIGN.findall(head)) >= 1 and "Đề mục".encode() in head


def read_codification(content: bytes) -> Codification:
    """The documents of one heading. Raises ``UnreadableFile`` ``phapdien-empty`` for a heading
    without a single article (the site serves such stubs) and ``phapdien-broken`` where articles
    are there but none can be told whose."""
    text = content.decode("utf-8-sig", "replace")
    found = _HEADING_OF.search(text)
    name = _TITLE.match(_plain(found[1])) if found else None
    number, title = (name["number"], name["title"].strip()) if name else ("", "")
    articles, findings = _articles(text, f"{number} {title}".strip())
    if not articles and not findings:
        raise UnreadableFile(
            "phapdien-empty",
            f"Tệp đề mục {number} {title} của Bộ pháp điển không có điều nào: chỉ có tên đề mục.",
            "Mở đề mục này trên phapdien.moj.gov.vn; đề mục chưa pháp điển thì chưa có nội dung, "
            "nếu đã có thì tải lại trọn bộ.",
        )
    if not articles:
        raise UnreadableFile(
            "phapdien-broken",
            f"Tệp đề mục {number} {title} của Bộ pháp điển không có ghi chú nguồn nào đọc được.",
            "Tải lại tệp từ phapdien.moj.gov.vn.",
        )
    return Codification(number, title, merge(articles), tuple(findings))


def merge(articles: Sequence[CodifiedArticle]) -> tuple[SourceDocument, ...]:
    """Articles of any number of headings → their documents. An article that stands in two headings
    in the same words is one; order of documents as first met, of articles by their number."""
    by_document: dict[str, list[CodifiedArticle]] = {}
    for article in articles:
        by_document.setdefault(_identity(article.source), []).append(article)
    return tuple(_document(found) for found in by_document.values())


def article_order(number: str) -> tuple[int, str]:
    """5 before 5a before 6; what has no number comes last."""
    digits = re.match(r"\d+", number)
    return (int(digits[0]), number[digits.end() :]) if digits else (10**6, number)


def _identity(note: SourceNote) -> str:
    return f"{slug(note.type)}/{number_key(note.number) if note.number else slug(note.title)}"


def _document(found: Sequence[CodifiedArticle]) -> SourceDocument:
    once: dict[tuple[str, str], CodifiedArticle] = {}
    for article in found:
        words = " ".join(line.text for line in article.lines)
        once.setdefault((article.number, words), article)
    articles = sorted(once.values(), key=lambda a: article_order(a.number))
    full = next((a.source for a in found if a.source.issued), found[0].source)
    return SourceDocument(
        type=full.type,
        number=full.number,
        title=full.title,
        issuer=full.issuer,
        issued=full.issued,
        effective=_first_day(articles),
        articles=tuple(articles),
        chapters=_chapters(articles),
    )


def _first_day(articles: Sequence[CodifiedArticle]) -> str | None:
    """The day most articles name; single articles take effect later."""
    days = Counter(a.source.effective for a in articles if a.source.effective)
    return days.most_common(1)[0][0] if days else None


def _chapters(
    articles: Sequence[CodifiedArticle],
) -> tuple[tuple[tuple[tuple[str, str], ...], str], ...]:
    """Headings of a document's own chapters, where they can be known: the codification's chapters
    are those of the leading law, so where every article of an own chapter stands in one chapter
    of it and the other way round, and this document leads, the heading is the same."""
    if not articles or not _leads(articles):
        return ()
    out: dict[tuple[tuple[str, str], ...], str] = {}
    depths = {len(a.groups) for a in articles if a.groups}
    for depth in sorted({d for deepest in depths for d in range(1, deepest + 1)}):
        pairs = Counter(
            (a.groups[:depth], a.under[:depth])
            for a in articles
            if len(a.groups) >= depth and len(a.under) >= depth
        )
        own, theirs = Counter(p[0] for p in pairs), Counter(p[1] for p in pairs)
        for (groups, under), _ in pairs.items():
            same_word = under[-1][0].lower().startswith(groups[-1][0].lower())
            if own[groups] == 1 and theirs[under] == 1 and same_word and under[-1][1]:
                out[groups] = under[-1][1]
    return tuple(out.items())


def _leads(articles: Sequence[CodifiedArticle]) -> bool:
    """Has its articles the shortest labels, "6.3.LQ.1" and not "6.3.NĐ.1.4"?"""
    return all(article.label.count(".") == 3 for article in articles)


def _articles(text: str, heading_of: str) -> tuple[list[CodifiedArticle], list[Finding]]:
    found: list[CodifiedArticle] = []
    findings: list[Finding] = []
    under: list[tuple[str, str]] = []
    for group, parts in _blocks(text):
        if group:
            _descend(under, group)
            continue
        label, note = parts["Dieu"], parts.get("GhiChu", "")
        head = _ARTICLE.match(_plain(label))
        printed = _plain(note)
        source = read_note(printed)
        if head is None or source is None:
            findings.append(_unread(_plain(label), printed))
            continue
        mark = _ID.search(label)
        words = parts.get("NoiDung", "")
        files = [_plain(name) for name in _FILE.findall(words)]
        if files:
            findings.append(_apart(head["label"], files))
        addresses = _HREF.findall(note)
        url = html.unescape(addresses[0]) if addresses else ""
        found.append(
            CodifiedArticle(
                id=mark[1] if mark else "",
                label=head["label"],
                number=source.article,
                heading=head["rest"].strip(),
                note=printed,
                source=source,
                url=url,
                lines=_trimmed(read_fragment(_FILE.sub("", words))),
                groups=_groups(url),
                under=tuple(under),
                related=tuple(_related(parts.get("ChiDan", ""))),
                heading_of=heading_of,
            )
        )
    return found, findings


def _apart(label: str, files: Sequence[str]) -> Finding:
    return Finding(
        "phapdien-file",
        Severity.INFO,
        f"Điều này có tệp kèm theo, không thuộc lời văn của điều: {'; '.join(files)[:300]}",
        "Mở tệp ấy ở điều này trên phapdien.moj.gov.vn.",
        where=f"Điều {label}",
    )


def _unread(label: str, note: str) -> Finding:
    return Finding(
        "phapdien-note",
        Severity.WARNING,
        f"Ghi chú nguồn không theo mẫu, không rõ điều này thuộc văn bản nào: {note[:200]}",
        "Xem điều này trên phapdien.moj.gov.vn; các điều khác vẫn được nạp.",
        where=label[:120],
    )


def _blocks(text: str) -> Iterator[tuple[list[str], dict[str, str]]]:
    """(rows of a chapter, {}) or ([], parts of an article), in the order of the page."""
    marks = list(_MARK.finditer(text))
    rows: list[str] = []
    parts: dict[str, str] = {}
    for at, mark in enumerate(marks):
        end = marks[at + 1].start() if at + 1 < len(marks) else len(text)
        kind, inside = mark[1], text[mark.end() : end]
        if kind in ("Chuong", "Dieu") and parts:
            yield [], parts
            parts = {}
        if kind == "Chuong":
            row = _plain(inside)
            if rows and _GROUP_LABEL.fullmatch(row):
                yield rows, {}
                rows = []
            rows.append(row)
            continue
        if rows:
            yield rows, {}
            rows = []
        if kind == "Dieu":
            parts = {"Dieu": inside}
        elif parts:
            parts[kind] = parts.get(kind, "") + inside
    if parts:
        yield [], parts


def _descend(under: list[tuple[str, str]], rows: Sequence[str]) -> None:
    """``under`` after a chapter's or section's rows: what is as deep or deeper is left."""
    label, heading = rows[0], " ".join(rows[1:])
    while under and _rank(under[-1][0]) >= _rank(label):
        under.pop()
    under.append((label, heading))


def _rank(label: str) -> int:
    return next((n for n, w in enumerate(_RANK) if label.lower().startswith(w.lower())), 1)


def _groups(url: str) -> tuple[tuple[str, str], ...]:
    """``#Chuong_II_Muc_1_Dieu_5`` → (("Chương", "II"), ("Mục", "1"))."""
    place = url.partition("#")[2]
    return tuple(
        (_WORDS[found[1].lower().replace("_", "")], found[2].replace("_", " ").strip())
        for found in _GROUP.finditer(place)
    )


def _related(part: str) -> Iterator[Related]:
    for found in _POINTS.finditer(part):
        head = _ARTICLE.match(_plain(found["text"]))
        if head is not None:
            yield Related(found["id"], head["label"], head["rest"].strip())


def _trimmed(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Without blank lines around the text; offsets begin at 0."""
    full = [at for at, line in enumerate(lines) if line.text.strip()]
    if not full:
        return ()
    kept = lines[full[0] : full[-1] + 1]
    return tuple(replace(line, offset=line.offset - kept[0].offset) for line in kept)


def _plain(fragment: str) -> str:
    """The words of a piece of the page, in match form, in one row."""
    return " ".join(match_text(html.unescape(_TAG.sub(" ", fragment))).text.split())
