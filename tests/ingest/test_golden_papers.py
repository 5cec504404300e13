"""Four papers in the true form of those a school plan cites; their content is invented and says so.

Expected values stand beside each text; ``pytest --regen`` rewrites them, git shows the difference.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from ingest import Extracted, Line
from ingest.catalogue import load_catalogue
from ingest.clean import clean
from ingest.parse.header import parse_header
from ingest.parse.structure import parse_structure
from kb.citations import Pinpoint
from kb.citations.find import find_citations
from kb.citations.relations import relations_in
from kb.citations.resolve import resolve
from kb.structure import Node

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden"
PAPERS = (
    "chi-thi-91-ct-tw",
    "quyet-dinh-9753-qd-ttg",
    "quyet-dinh-9929-qd-ttg",
    "quyet-dinh-9607-qd-bvhttdl",
)


def _extracted(text: str) -> Extracted:
    lines, at = [], 0
    for line in text.split("\n"):
        lines.append(Line(line, at))
        at += len(line) + 1
    return Extracted(tuple(lines), "text/plain")


def _outline(node: Node) -> list[Any]:
    row: list[Any] = [node.id, node.level.value, node.marker, node.number, node.heading]
    return [*row, [_outline(child) for child in node.children]] if node.children else row


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_comes_out_as_written_beside_the_paper(name: str, regen: bool) -> None:
    text = (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
    assert "văn bản giả định để kiểm thử" in text
    cleaned = clean(_extracted(text))
    catalogue, _ = load_catalogue(ROOT / "corpus")
    vocabulary = catalogue.vocabulary
    header = parse_header(cleaned, vocabulary)
    structure = parse_structure(cleaned, header.document.type)
    citations = find_citations(cleaned.text, vocabulary)
    answers = resolve(citations, catalogue, header.document)
    found = {
        "header": json.loads(json.dumps(asdict(header.document))),
        "findings": [finding.code for finding in (*header.findings, *structure.findings)],
        "tree": _outline(structure.tree),
        "citations": [
            [
                c.kind.value,
                c.number_text or c.text,
                c.date,
                c.issuer,
                [_place(p) for p in c.pinpoints],
            ]
            for c in citations
        ],
        "relations": [
            [relation.verb, relation.object or relation.object_text, relation.provisions]
            for relation in relations_in(header.document, cleaned.text, citations, answers)
        ],
    }
    expected = GOLDEN / f"{name}.json"
    if regen:
        expected.write_text(_compact(found), encoding="utf-8")
    assert found == json.loads(expected.read_text(encoding="utf-8"))


def _compact(found: dict[str, Any]) -> str:
    """JSON with one node a line, so that a difference shows which provision changed."""
    parts = [
        f'"header": {json.dumps(found["header"], ensure_ascii=False, indent=2)}',
        f'"findings": {json.dumps(found["findings"])}',
        f'"tree": {_rows(found["tree"], 0)}',
        *(f'"{name}": {_lines(found[name])}' for name in ("citations", "relations")),
    ]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _lines(rows: list[Any]) -> str:
    return "[\n " + ",\n ".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]"


def _place(pinpoint: Pinpoint) -> dict[str, str]:
    return {name: value for name, value in asdict(pinpoint).items() if value}


def _rows(node: list[Any], depth: int) -> str:
    own = ", ".join(json.dumps(value, ensure_ascii=False) for value in node[:5])
    if len(node) == 5:
        return f"[{own}]"
    indent = " " * (depth + 1)
    children = f",\n{indent}".join(_rows(child, depth + 1) for child in node[5])
    return f"[{own}, [\n{indent}{children}]]"
