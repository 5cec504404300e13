"""What a document does to the documents it names, read only from clear wordings.

A relation is taken where its verb stands directly before the mention, in the same sentence, and no
other document is named between the sentence's start and the verb: in "Nghị định 59 sửa đổi Nghị
định 08" it is not this document that amends. Passive wordings ("được thay thế bởi") are left.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.catalogue import Relation
from kb.citations import Citation, Kind, Resolution, Resolved
from kb.documents import Document

_OBJECT = r"(?:\s(?:một số (?:điều|nội dung|quy định)|các nội dung|toàn bộ))?(?:\s(?:của|tại))?"
_THE = r"(?:\s(?:các|những))?\s{0,2}$"
# Verb → its wordings, at the end of what precedes the mention; the first that fits counts.
_VERBS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("replaces", re.compile(rf"[Tt]hay thế(?:\scho)?{_OBJECT}{_THE}")),
    ("repeals", re.compile(rf"(?:[Bb]ãi bỏ|[Hh]ủy bỏ|[Hh]uỷ bỏ){_OBJECT}{_THE}")),
    (
        "guides",
        re.compile(
            r"(?:[Hh]ướng dẫn(?: thi hành| thực hiện| áp dụng)?|"
            r"[Qq]uy định chi tiết(?: thi hành| và (?:biện pháp|hướng dẫn) thi hành)?"
            rf"(?: và hướng dẫn thi hành| và biện pháp thi hành)?){_OBJECT}{_THE}"
        ),
    ),
    ("amends", re.compile(rf"(?:[Ss]ửa đổi(?:, bổ sung| và bổ sung)?|[Bb]ổ sung){_OBJECT}{_THE}")),
    (
        "implements",
        re.compile(rf"(?:[Tt]riển khai(?: thực hiện)?|[Tt]ổ chức thực hiện|[Tt]hực hiện){_THE}"),
    ),
)
_GROUND = re.compile(r"(?:^|\n)[ \-+*]{0,4}[Cc]ăn cứ(?:\svào)?(?:\scác)?\s{1,2}$")
_LISTED = re.compile(r"\s{0,2}(?:[,;]|,?\svà)\s{0,2}(?:các\s)?$")
_PASSIVE = re.compile(r"(?:được|bị|đã|theo|không)\s+(?:\w+\s+)?$")
_SENTENCE = re.compile(r"[.;:]\s|\n")
_REACH = 240  # characters looked back for a verb and the start of its sentence


def relations_in(
    document: Document,
    text: str,
    citations: Sequence[Citation],
    resolutions: Sequence[Resolution],
) -> list[Relation]:
    """Relations with *document* as their subject, each once, in the order of the text.

    *citations* and *resolutions* are of *text*, in order. Object is the key of what was resolved,
    None otherwise; ``provisions`` are the places as written before the document.
    """
    out: dict[tuple[str, str], Relation] = {}
    previous: tuple[str, int] | None = None  # the verb of the mention before and where it ended
    named_until = -1  # end of the last other document named
    for citation, resolution in zip(citations, resolutions, strict=True):
        start = citation.span.start
        if citation.kind is Kind.INTERNAL:
            continue
        target = resolution.key if isinstance(resolution, Resolved) else None
        verb = None
        if previous is not None and _LISTED.match(text[previous[1] : start]):
            verb = previous[0]
        else:
            verb = _verb(text, start, named_until, citation.kind)
        named_until = citation.span.end
        previous = (verb, citation.span.end) if verb else None
        if verb is None or (target and target == document.key):
            continue
        provisions = _provisions(citation)
        if provisions and verb == "repeals":
            verb = "repeals_partly"
        if verb == "replaces" and provisions:
            verb = "amends"
        written = " ".join(citation.text.split())
        out.setdefault(
            (verb, target or written),
            Relation(
                subject=document.key,
                verb=verb,
                object=target,
                object_text=written,
                provisions=provisions,
            ),
        )
    return list(out.values())


def _verb(text: str, start: int, named_until: int, kind: Kind) -> str | None:
    left = text[max(0, start - _REACH) : start]
    if _GROUND.search(left):
        return "based_on"
    last = max((found.end() for found in _SENTENCE.finditer(left)), default=0)
    sentence = left[last:]
    if named_until > start - len(sentence):
        return None
    for verb, wording in _VERBS:
        found = wording.search(sentence)
        if found is not None:
            if _PASSIVE.search(sentence[: found.start()]):
                return None
            # Whoever works at all "carries out" the Constitution and the laws.
            return None if verb == "implements" and kind is Kind.NAMED else verb
    return None


def _provisions(citation: Citation) -> str:
    """The places of the mention in its own words, up to the document's type."""
    if not citation.pinpoints:
        return ""
    words = " ".join(citation.text.split())
    ends = [
        at
        for name in (citation.type, citation.title, citation.number_text)
        if name and (at := words.lower().find(name.lower())) > 0
    ]
    places = words[: min(ends)] if ends else words
    return re.sub(r"\s(?:của|tại|ban hành kèm theo|kèm theo|số)?\s?$", "", places).rstrip(" ,")
