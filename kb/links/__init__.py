"""What an item of a plan stands on: links with an origin."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Origin(StrEnum):
    EXPLICIT = "explicit"  # nêu đích danh
    INHERITED = "inherited"  # kế thừa từ mục trên hoặc từ phần căn cứ
    SUGGESTED = "suggested"  # máy đề xuất; chưa là căn cứ cho đến khi có người nhận
    ADDED = "added"  # người soát gắn thêm


DIGEST = "tom-luoc"  # ``via`` of a suggestion made by a digest, in our own words


@dataclass(frozen=True, slots=True)
class Link:
    """*item* stands on *target* (a document key, "" where the citation is not resolved).

    ``number`` is the document's number as known here (as written where unresolved), ``cited`` the
    words that cite it, ``via`` the id of the item, above or below, or "can-cu" (the grounds
    clause) that hands it on, "" for an explicit one; ``correction`` why another spelling is
    meant; ``reason`` why ``target`` is ""; ``provision`` the place in the target ("art_5__cl_2"),
    "" for the document as a whole. A suggested one has ``confidence`` from 0 to 1 (0 where it was
    issued after the plan was signed) and the
    ``sentence`` of the target that made it likely, ``cited`` says its place in words, and ``via``
    is ``DIGEST`` where the sentence is of a digest; it is no ground until a person accepts it.
    """

    item: str
    origin: Origin
    target: str
    number: str
    cited: str
    via: str = ""
    correction: str = ""
    reason: str = ""
    provision: str = ""
    confidence: float | None = None
    sentence: str = ""
