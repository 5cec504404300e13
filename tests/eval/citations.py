"""Quality and speed of ``find_citations`` on a hand-checked file of sentences.

    python -m tests.eval.citations --gold FILE [--show]

Each line of the file is one sentence: ``text`` and ``mentions`` with ``start``, ``end``,
``doc_type``, ``number``, ``date``, ``issuer`` and ``pinpoints``. Borders are compared in the
sentence as it stands, so the way through match text and back is measured too. ``number`` … are
shares of the gold mentions overlapped by something found, among those where the gold or the finder
has a value; ``pinpoint`` compares the whole list of places.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from kb.catalogue import Vocabulary
from kb.citations import Citation
from kb.citations.find import find_citations
from kb.documents import number_key
from kb.text import Span, accented_key, match_text

ROOT = Path(__file__).parents[2]
# The gold's names of places → ours.
PLACES = {
    "dieu": "article",
    "khoan": "clause",
    "diem": "point",
    "den_dieu": "article_end",
    "phan": "part",
    "chuong": "chapter",
    "muc": "section",
    "phuluc": "annex",
    "mau": "form",
}
SPEED_CHARACTERS = 1_000_000


def found_in(text: str, vocabulary: Vocabulary) -> list[tuple[Span, Citation]]:
    """Mentions with their places in the raw sentence."""
    match = match_text(text)
    return [(match.source(c.span), c) for c in find_citations(match.text, vocabulary)]


def gold_places(mention: dict[str, Any]) -> list[dict[str, str]]:
    rows = mention.get("pinpoints") or []
    return [{PLACES[k]: str(v) for k, v in row.items() if v} for row in rows]


def our_places(citation: Citation) -> list[dict[str, str]]:
    names = PLACES.values()
    rows = [{n: getattr(citation_pin, n) for n in names} for citation_pin in citation.pinpoints]
    return [{name: value for name, value in row.items() if value} for row in rows]


def _same(name: str, mention: dict[str, Any], citation: Citation) -> bool | None:
    """Is one field right; None where neither side has it."""
    if name == "pinpoint":
        wanted, got = gold_places(mention), our_places(citation)
        return None if not wanted and not got else wanted == got
    if name == "number":
        wanted, got = mention.get("number") or "", citation.number_text
        return None if not wanted and not got else number_key(wanted) == number_key(got)
    wanted, got = mention.get(name) or "", getattr(citation, name) or ""
    return None if not wanted and not got else accented_key(wanted) == accented_key(got)


def measure(rows: Sequence[dict[str, Any]], vocabulary: Vocabulary, show: bool) -> dict[str, float]:
    exact = found_count = gold_count = overlapped = 0
    right = dict.fromkeys(("number", "date", "issuer", "pinpoint"), 0)
    seen = dict.fromkeys(right, 0)
    for row in rows:
        found = found_in(row["text"], vocabulary)
        spans = {(span.start, span.end) for span, _ in found}
        wanted = {(m["start"], m["end"]) for m in row["mentions"]}
        exact += len(spans & wanted)
        found_count += len(spans)
        gold_count += len(wanted)
        if show and spans != wanted:
            print("#", row["text"])
            for start, end in sorted(wanted - spans):
                print("   - ", row["text"][start:end])
            for start, end in sorted(spans - wanted):
                print("   + ", row["text"][start:end])
        for mention in row["mentions"]:
            over = [
                (span, c)
                for span, c in found
                if span.start < mention["end"] and span.end > mention["start"]
            ]
            if not over:
                continue
            overlapped += 1
            best = max(
                over,
                key=lambda o: min(o[0].end, mention["end"]) - max(o[0].start, mention["start"]),
            )[1]
            for name in right:
                verdict = _same(name, mention, best)
                if verdict is not None:
                    seen[name] += 1
                    right[name] += verdict
                    if show and not verdict:
                        print("   !", name, mention["surface"], "→", best)
    precision, recall = exact / max(1, found_count), exact / max(1, gold_count)
    return {
        "exact_f1": 2 * precision * recall / max(1e-9, precision + recall),
        "overlap_recall": overlapped / max(1, gold_count),
        **{name: right[name] / max(1, seen[name]) for name in right},
    }


def speed(sentences: Iterable[str], vocabulary: Vocabulary) -> float:
    """Characters of match text read in a second of processor time, on one long text of the
    sentences: what else the machine does is not measured."""
    once = match_text("\n".join(sentences)).text or " "
    text = "\n".join([once] * (SPEED_CHARACTERS // len(once) + 1))
    find_citations(once, vocabulary)
    best = 0.0
    for _ in range(3):
        began = time.process_time()
        find_citations(text, vocabulary)
        best = max(best, len(text) / (time.process_time() - began))
    return best


def evaluate(gold: Path, vocabulary: Vocabulary, show: bool = False) -> dict[str, float]:
    lines = gold.read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    scores = measure(rows, vocabulary, show)
    rate = speed([row["text"] for row in rows], vocabulary)
    return {**{k: round(v, 4) for k, v in scores.items()}, "chars_per_second": round(rate)}


def main() -> None:
    from ingest.catalogue import load_vocabulary

    parser = argparse.ArgumentParser(description="Measure find_citations against a gold file.")
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--show", action="store_true", help="print what differs")
    options = parser.parse_args()
    vocabulary = load_vocabulary(ROOT / "corpus")
    print(json.dumps(evaluate(options.gold, vocabulary, options.show)))


if __name__ == "__main__":
    main()
