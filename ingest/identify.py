"""Which work a text is: one the library knows, or a new one."""

from __future__ import annotations

from dataclasses import replace

from kb.catalogue import Catalogue, Entry, StatusClaim, lookup
from kb.documents import DocNumber, Document, document_key, parse_number
from kb.findings import Finding, Severity
from kb.text import slug
from kb.validity import State


def identify(catalogue: Catalogue, seen: Document, sha256: str) -> tuple[Entry, list[Finding]]:
    """The entry of the work a text is: one the catalogue knows, or a new one, whose key is its own.

    *seen* is the text's letterhead; *sha256*, of its file, names what has no number and no title.
    """
    known = [
        c.entry
        for c in lookup(
            catalogue,
            number=seen.number or None,
            type=seen.type or None,
            issuer=seen.issuer or None,
            date=seen.issued,
        )
        if c.exact
    ] if seen.number else []  # fmt: skip
    if len(known) == 1:
        return _merge(known[0], seen)
    if not seen.number and (alike := _by_title(catalogue, seen)):
        entry, findings = _merge(alike, seen)
        said = Finding(
            "identified-by-title",
            Severity.INFO,
            f"Tệp không ghi số; loại, tên và ngày đúng với {alike.document.number}.",
            "Đối chiếu số trên bản gốc.",
        )
        return entry, [*findings, said]
    document = replace(seen, key=_new_key(catalogue, seen, sha256))
    claim = StatusClaim(
        State.UNKNOWN.value,
        checked="",
        note="Văn bản nạp từ tệp, chưa có trong danh mục: hiệu lực chưa ai kiểm tra.",
    )
    return Entry(document, claim), []


def _by_title(catalogue: Catalogue, seen: Document) -> Entry | None:
    """The one document with this type, title and full date; a title alone names several."""
    if not (seen.title and seen.issued and len(seen.issued) == len("2010-06-17")):
        return None
    alike = [
        entry
        for entry in catalogue.entries
        if entry.document.number
        and entry.document.type == seen.type
        and entry.document.issued == seen.issued
        and slug(entry.document.title) == slug(seen.title)
    ]
    return alike[0] if len(alike) == 1 else None


def _merge(entry: Entry, seen: Document) -> tuple[Entry, list[Finding]]:
    """The catalogue's facts with what only the paper has; where they disagree, a finding."""
    known = entry.document
    filled = {
        name: getattr(known, name) or getattr(seen, name)
        for name in ("title", "issued", "place", "signer", "capacity", "grounds", "recipients")
    }
    findings = []
    if known.issued and seen.issued and not known.issued.startswith(seen.issued):
        findings.append(
            Finding(
                "date-differs",
                Severity.WARNING,
                f"Ngày trong tệp ({seen.issued}) khác ngày trong danh mục ({known.issued}).",
                "Đối chiếu bản gốc rồi sửa danh mục hoặc thay tệp.",
            )
        )
    return replace(entry, document=replace(known, **filled)), findings


def _new_key(catalogue: Catalogue, seen: Document, sha256: str) -> str:
    number = read_number(seen.number)
    year = int(seen.issued[:4]) if seen.issued else None
    kind = next((t for t in catalogue.vocabulary.types if t.name == seen.type), None)
    if number is None and not seen.title:
        return f"tep/{sha256[:12]}"
    key = document_key(kind.slug if kind else "van-ban", year, number, seen.title)
    rivals = {e.document.key: e.document for e in catalogue.entries}
    if key not in rivals or _same_work(rivals[key], seen):
        return key
    return f"{key}--{slug(seen.issuer) or sha256[:8]}"


def read_number(text: str) -> DocNumber | None:
    """A number in its parts, None where it is none."""
    try:
        return parse_number(text)
    except ValueError:
        return None


def _same_work(one: Document, other: Document) -> bool:
    """Same key: the same work unless issuer or date, known on both sides, disagree."""
    issuer = not one.issuer or not other.issuer or slug(one.issuer) == slug(other.issuer)
    date = not one.issued or not other.issued or one.issued == other.issued
    return issuer and date
