"""Own sentences of every kind of mention, marked by hand: borders, number, day, issuer, places."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from ingest.catalogue import load_vocabulary
from kb.citations import Citation, Pinpoint
from kb.citations.find import find_citations
from kb.documents import number_key
from kb.text import match_text

ROOT = Path(__file__).parents[2]
VOCABULARY = load_vocabulary(ROOT / "corpus")
MARKED = [
    line
    for line in (ROOT / "tests/golden/citations.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
MENTION = re.compile(r"⟦(?P<surface>[^⟧]+)⟧\{(?P<facts>[^}]*)\}")
SHORT = {"part": "ph", "chapter": "c", "section": "m", "annex": "pl", "form": "mẫu"}
Facts = tuple[str, str, str, str, str]  # surface, number, date, issuer, places


def said(marked: str) -> tuple[str, list[Facts]]:
    facts: list[Facts] = []
    for mention in MENTION.finditer(marked):
        parts = [part.strip() for part in mention["facts"].split("|")]
        number, day, issuer, places = (*parts, "", "", "", "")[:4]
        facts.append((mention["surface"], number, day, issuer, places))
    return MENTION.sub(lambda m: m["surface"], marked), facts


def short(place: Pinpoint) -> str:
    """ "đ5 k1 a": article, clause, point, then the wider levels."""
    article = place.article or ""
    range_ = f"{article}-{place.article_end}" if place.article_end else article
    parts = [range_ if range_ == "này" else f"đ{range_}" if range_ else ""]
    clause = place.clause or ""
    parts += [f"k {clause}" if clause == "này" else f"k{clause}" if clause else ""]
    parts += [place.point or ""]
    wider = [(SHORT[name], getattr(place, name)) for name in SHORT]
    return " ".join(
        [*(part for part in parts if part), *(f"{name} {value}" for name, value in wider if value)]
    )


def found(citation: Citation, text: str) -> Facts:
    number = citation.number.text if citation.number else citation.number_text
    return (
        citation.span.of(text),
        number,
        citation.date or "",
        citation.issuer or "",
        "; ".join(short(place) for place in citation.pinpoints),
    )


@pytest.mark.parametrize("marked", MARKED, ids=range(len(MARKED)))
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_what_is_marked_is_found(marked: str, form: str) -> None:
    sentence, wanted = said(marked)
    text = match_text(unicodedata.normalize(form, sentence)).text
    got = [found(c, text) for c in find_citations(text, VOCABULARY)]
    plain = [
        (match_text(surface).text, number and number_key(number), *rest)
        for surface, number, *rest in wanted
    ]
    assert [(surface, n and number_key(n), *rest) for surface, n, *rest in got] == plain


def test_there_are_enough_kinds() -> None:
    mentions = [fact for marked in MARKED for fact in said(marked)[1]]
    assert len(MARKED) >= 60
    assert len(mentions) >= 60
