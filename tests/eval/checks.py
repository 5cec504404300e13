"""Are seeded faults found at their line, and is nothing found where nothing is wrong?

    python -m tests.eval.checks [--plans DIR]      plans/*.txt and faults.yaml of DIR

Every fault is made from a clean plan by the operations of its row. ``recall`` is the share found:
a finding of the row's code at the row's line that the clean plan does not have. ``precision`` is
the share of new findings of severity error or warning that the row names; ``clean_findings`` counts
errors and warnings on the clean plans.
"""

from __future__ import annotations

import argparse
import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ingest import RawFile
from ingest.catalogue import load_catalogue, load_topics
from ingest.pipeline import CORPUS
from ingest.plan_file import read_plan
from kb.checks.gather import OfCatalogue, gather
from kb.checks.run import check
from kb.findings import Severity

TODAY = date(2026, 11, 23)  # the day the catalogue was checked
Told = tuple[str, int, str, bool]  # code, line, message, is it an error or a warning


@cache
def _known() -> Any:
    return load_catalogue(CORPUS)[0], load_topics(CORPUS)


def findings(text: str) -> set[Told]:
    """What the checks find in the text of a plan."""
    catalogue, topics = _known()
    read = read_plan(RawFile(text.encode(), "ke-hoach.txt"), catalogue)
    grounds = gather(read.plan, read.citations, read.links, OfCatalogue(catalogue),
                     catalogue.vocabulary, topics, TODAY)  # fmt: skip
    return {
        (f.code, read.source.places(f.span)[0].line if f.span else 0, f.message,
         f.severity is not Severity.INFO)
        for f in check(read.plan, grounds)
    }  # fmt: skip


def mutated(text: str, fault: dict[str, Any]) -> str:
    """The text with a fault; raises ValueError where an operation changes nothing."""
    lines = text.split("\n")
    for words in fault.get("delete", ()):
        left = [x for x in lines if not (x == words if fault.get("exact") else words in x)]
        _changed(left != lines, fault)
        lines = left
    if "insert" in fault:
        after, new = fault["insert"]
        place = next((n for n, x in enumerate(lines) if after in x), -1)
        _changed(place >= 0, fault)
        lines.insert(place + 1, new)
    text = "\n".join(lines)
    if "replace" in fault:
        old, new = fault["replace"]
        _changed(old in text, fault)
        text = text.replace(old, new)
    return text


def line_of(text: str, words: str) -> int:
    return next(n for n, line in enumerate(text.split("\n"), 1) if words in line)


def _changed(really: bool, fault: dict[str, Any]) -> None:
    if not really:
        raise ValueError(f"nothing to change for {fault}")


def expected_line(clean: str, text: str, fault: dict[str, Any]) -> int:
    """The line of ``at``, else the line that was changed."""
    if "at" in fault:
        return line_of(text, fault["at"])
    pairs = enumerate(zip(clean.split("\n"), text.split("\n"), strict=False), 1)
    return next(n for n, (old, new) in pairs if old != new)


def measure(folder: Path) -> dict[str, Any]:
    right = extra = total = clean_findings = 0
    misses: list[str] = []
    for row in yaml.safe_load((folder / "faults.yaml").read_text(encoding="utf-8")):
        clean = (folder / f"{row['plan']}.txt").read_text(encoding="utf-8")
        before = findings(clean)
        clean_findings += sum(serious for *_, serious in before)
        told_before = {(code, message) for code, _, message, _ in before}
        lines_before = {(code, line) for code, line, *_ in before}
        for fault in row["faults"]:
            text = mutated(clean, fault)
            line = expected_line(clean, text, fault)
            found = findings(text)
            total += 1
            same_lines = clean.count("\n") == text.count("\n")
            hit = any(code == fault["code"] and at == line for code, at, *_ in found)
            hit = hit and not (same_lines and (fault["code"], line) in lines_before)
            right += hit
            if not hit:
                misses.append(f"{row['plan']}: {fault['kind']} (dòng {line})")
            allowed = {fault["code"], *fault.get("also", ())}
            for code, at, message, serious in sorted(found):
                if serious and code not in allowed and (code, message) not in told_before:
                    extra += 1
                    misses.append(f"{row['plan']}: {fault['kind']}: thừa {code} dòng {at}")
    return {
        "recall": round(right / total, 4),
        "precision": round(right / (right + extra), 4) if right else 0.0,
        "faults": total,
        "clean_findings": clean_findings,
        "misses": misses,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="seeded faults in plans")
    parser.add_argument("--plans", type=Path, default=Path(__file__).parent / "plans")
    print(json.dumps(measure(parser.parse_args().plans), ensure_ascii=False))


if __name__ == "__main__":
    main()
