"""docs/checks.md is made of the checks' own help pages."""

from __future__ import annotations

from pathlib import Path

from kb.checks.run import pages

DOCS = Path(__file__).parents[2] / "docs" / "checks.md"
HEAD = """# Các phép kiểm tra kế hoạch

Trang này làm từ lời giải thích của từng phép kiểm tra (`kb check --help-check MÃ`).
"""


def written() -> str:
    parts = [HEAD]
    for code, page in sorted(pages().items()):
        title, _, rest = page.partition("\n")
        lines = []
        for line in rest.strip().split("\n"):
            label, colon, words = line.partition(": ")
            bold = colon and label in ("Sai", "Đúng", "Vì sao", "Nguồn")
            lines.append(f"\n**{label}:** {words}" if bold else line)
        parts.append(f"## {code}\n\n{title}\n" + "\n".join(lines) + "\n")
    return "\n".join(parts)


def test_docs_hold_every_help_page() -> None:
    assert DOCS.read_text(encoding="utf-8") == written()
