"""Sentences that oblige a school, against labels made by reading.

    python -m tests.eval.obligations [--data DIR] [--misses]

*DIR* is the shared folder (``data/retrieval/phapdien``). Labels are ids and numbers of sentences
(``obligations.toml``); an article whose sentences are no longer as many as were read is not
measured but counted in ``changed``. Prints one JSON object; ``--misses`` prints what was missed or
wrongly taken, as places, instead. ``random_…`` are articles drawn from those that speak of
schools, ``unseen_…`` drawn likewise when the grammar already stood.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kb.obligations import duties, sentences
from tests.eval.retrieval import rows

HERE = Path(__file__).parent
DRAWN = ("random", "unseen")


def labelled(articles: Path) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """(label, article) of every labelled article that is there."""
    labels = tomllib.loads((HERE / "obligations.toml").read_text(encoding="utf-8"))["article"]
    wanted = {label["id"]: label for label in labels}
    return ((wanted[row["id"]], row) for row in rows(articles) if row["id"] in wanted)


def judged(label: dict[str, Any], row: dict[str, Any]) -> tuple[set[int], set[int]] | None:
    """(said to be duties, duties) by number of sentence; None where the text has changed."""
    spans = sentences(row["text"])
    if len(spans) != label["sentences"]:
        return None
    doubtful = set(label.get("doubtful", ()))
    heading, above = row.get("title") or "", row.get("heading") or ""
    found = {spans.index(duty.span) for duty in duties(row["text"], heading, above)}
    return found - doubtful, set(label["duties"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("--data", type=Path, default=HERE.parents[1] / ".." / "shared")
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    count: Counter[str] = Counter()
    for label, row in labelled(options.data / "data/retrieval/phapdien/articles.jsonl.xz"):
        answer = judged(label, row)
        if answer is None:
            count["changed"] += 1
            continue
        found, right = answer
        count["sentences"] += label["sentences"] - len(label.get("doubtful", ()))
        drawn = label["drawn"]
        for name in ("", f"{drawn}_") if drawn in DRAWN else ("",):
            count[f"{name}found"] += len(found)
            count[f"{name}duties"] += len(right)
            count[f"{name}both"] += len(found & right)
        if options.misses:
            for word, some in (("sót", right - found), ("thừa", found - right)):
                for number in sorted(some):
                    print(f"{word}: {label['place']}, câu {number + 1}")
    if not options.misses:
        print(json.dumps(_shares(count)))


def _shares(count: Counter[str]) -> dict[str, float]:
    out: dict[str, float] = {name: count[name] for name in ("sentences", "duties", "changed")}
    for name in ("", *(f"{drawn}_" for drawn in DRAWN)):
        both = count[f"{name}both"]
        out[f"{name}precision"] = round(both / max(count[f"{name}found"], 1), 4)
        out[f"{name}recall"] = round(both / max(count[f"{name}duties"], 1), 4)
    return out


if __name__ == "__main__":
    main()
