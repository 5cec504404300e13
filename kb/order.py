"""The order of documents in an answer: their best provision, and what holds of the document.

A document that the question names comes first, whatever its state: whoever asks whether 09/2017
still holds wants to see that one. Otherwise what is in force stands before what has ended, a whole
text before a digest, and the higher rank first where the words decide nothing. Each is small beside
the words (``kb.index.ranking``): it turns near ties, not answers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from kb.index import Met, Why
from kb.index.known import Known
from kb.results import Group, Part, ProvisionHit
from kb.store.readings import Reading
from kb.text import accented_key
from kb.validity import OVER

NAMED, ENDED, WHOLE, HIGHEST = 10.0, -1.2, 0.2, 0.2
# Types by rank (Luật 64/2025/QH15, Điều 4), the highest first; others stand below.
_RANKS = ("hien-phap", "bo-luat", "luat", "phap-lenh", "nd", "qd", "tt", "ttlt")

_WORD = re.compile(r"[^\W_]+")


def document_parts(known: Known, key: str, day: date, named: bool) -> tuple[Part, ...]:
    """What the document itself adds to its best provision's score."""
    listed = known.documents[key]
    out = []
    if named:
        out.append(Part("câu hỏi nêu đích danh", NAMED))
    if known.statuses.on(key, day).state in OVER:
        out.append(Part("không còn hiệu lực", ENDED))
    if listed.kind == "full":
        out.append(Part("có toàn văn", WHOLE))
    if rank := rank_of(listed.type_slug):
        out.append(Part("thứ bậc văn bản", HIGHEST * rank))
    return tuple(out)


def rank_of(type_slug: str) -> float:
    """1.0 for the constitution down to 0.0 for types without a place in the law's order."""
    return 1 - _RANKS.index(type_slug) / len(_RANKS) if type_slug in _RANKS else 0.0


def alike_folded(readings: Mapping[str, Reading], groups: Sequence[Group]) -> list[Group]:
    """*groups* with those whose best provision reads like that of an earlier one put into it:
    decrees that amend the same law often have the same last articles."""
    out: list[Group] = []
    seen: dict[str, int] = {}
    for group in groups:
        words = _best_words(readings[group.listed.document.key], group)
        place = seen.setdefault(words, len(out)) if words else len(out)
        if place < len(out):
            out[place] = replace(out[place], alike=(*out[place].alike, group.listed))
        else:
            out.append(group)
    return out


def _best_words(reading: Reading, group: Group) -> str:
    """The letters and figures of the best provision, "" for what is no text of the document."""
    if group.exact or not group.hits or not group.hits[0].record:
        return ""
    if group.hits[0].kind != "provision":
        return ""
    node, _ = reading.places[group.hits[0].record]
    return " ".join(map(accented_key, _WORD.findall(node.span.of(reading.text))))


_REST = {"long heading": "tên điều dài", "year": "năm ban hành"}
_FIELDS = {
    "title": "tên văn bản", "path": "tên chương, mục", "heading": "tên điều", "text": "lời văn",
}  # fmt: skip


def explained(groups: Sequence[Group], why: Mapping[str, Why]) -> list[Group]:
    """*groups*, each hit with the parts of its score (``SearchEngine.explain``)."""
    return [
        replace(
            group,
            hits=tuple(replace(hit, parts=_parts(why.get(_id(group, hit)))) for hit in group.hits),
        )
        for group in groups
    ]


def shown_ids(groups: Sequence[Group]) -> set[str]:
    """The records that *groups* show."""
    return {_id(group, hit) for group in groups for hit in group.hits}


def _id(group: Group, hit: ProvisionHit) -> str:
    return f"{group.listed.document.key}#{hit.record}"


def _parts(why: Why | None) -> tuple[Part, ...]:
    if why is None:
        return ()
    words = (
        Part(met.words, met.value, _how(met), ", ".join(_FIELDS[field] for field in met.fields))
        for met in why.met
    )
    return (*words, *(Part(_REST[name], value) for name, value in why.rest))


def _how(met: Met) -> str:
    """In words how a word stands there."""
    if not met.forms:
        return "hai chữ liền nhau"
    others = ", ".join(f"“{form}”" for form in met.forms if form != met.words)
    if not others:
        return "đúng cả dấu"
    return f"đúng cả dấu và {others}" if met.words in met.forms else f"khác dấu: {others}"
