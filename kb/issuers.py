"""Which bodies a written name can stand for, and who took over from them."""

from __future__ import annotations

import re
from datetime import date

from kb.alike import title_key
from kb.catalogue import Vocabulary
from kb.documents import Issuer

_HEADS = re.compile(
    r"^(?:bo truong|thu truong|pho chu tich|chu tich|chanh an|vien truong|thong doc|giam doc|"
    r"pho giam doc|hieu truong|chanh van phong) "
)
_PLACE = re.compile(r"\b(?:tinh|thanh pho|tp) ([a-z ]+)$")


def issuer_ids(name: str, vocabulary: Vocabulary) -> frozenset[str]:
    """The bodies a written name can stand for: ids of the vocabulary; empty where unknown.

    A name without its place ("Ủy ban nhân dân tỉnh") is every body it begins, and with "~" before
    its words every body of that name in a place that is not listed.
    """
    written = _HEADS.sub("", title_key(name))
    out = set()
    for issuer in vocabulary.issuers:
        for known in (issuer.name, *issuer.variants):
            key = title_key(known)
            if key == written or key.startswith(written + " "):
                out.add(issuer.id)
            if key.startswith(written + " ") and _PLACE.search(key):
                out.add("~ " + _PLACE.sub("", title_key(issuer.name)))
    if not out and (place := _PLACE.search(written)):
        out.add(f"? {written[: place.start()]}{place[1]}")  # a body of a place we do not list
    return frozenset(out)


def placeless(one: frozenset[str], other: frozenset[str]) -> bool:
    """Is one a name without its place and the other a body of that name in some place?

    Both as ``issuer_ids`` gives them.
    """
    return any(
        theirs.startswith("? " + mine[2:])
        for a, b in ((one, other), (other, one))
        for mine in a
        if mine.startswith("~ ")
        for theirs in b
    )


def successors_of(issuer_id: str, vocabulary: Vocabulary, day: date) -> tuple[Issuer, ...]:
    """Who had taken over from an issuer by *day*: () while it still exists, or where not known.

    ``Issuer.until`` is its last day; a successor that has itself ended gives way to its own.
    """
    known = {issuer.id: issuer for issuer in vocabulary.issuers}
    out: dict[str, Issuer] = {}
    waiting, seen = [issuer_id], {issuer_id}
    while waiting:
        issuer = known.get(waiting.pop(0))
        if issuer is None:
            continue
        if issuer.until is None or issuer.until >= day.isoformat():
            if issuer.id != issuer_id:
                out[issuer.id] = issuer
            continue
        fresh = [heir.id for heir in issuer.successors if heir.id not in seen]
        seen.update(fresh)
        waiting.extend(fresh)
    return tuple(out.values())
