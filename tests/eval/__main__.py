"""Every measure whose data is at hand, against the floors.

    python -m tests.eval [--data DIR]      DIR: the shared folder, beside the checkout by default

Each measure is a command of its own (see there) and prints one JSON object; this runs them and
exits with 1 when a value is under its floor in ``floors.toml``. Without data there is nothing to
measure, which is said.
"""

from __future__ import annotations

import argparse
import json
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.eval.gate import over, under

HERE = Path(__file__).parent
# Judged queries: how they are typed, and where they are.
MODES = {"": "", "-unmarked": "--strip-marks", "-half": "--half-accented"}
RETRIEVAL = (
    ("alqac", "alqac2022/articles.jsonl", "alqac2022/queries.jsonl"),
    ("zalo", "phapdien/articles.jsonl.xz", "zalo_dev/queries.jsonl"),
)
# Name of the table in floors.toml → the command's module and arguments; {data} is the folder,
# {here} this one.
MEASURES = {
    "citations": ("citations", "--gold {data}/gold/citations.jsonl"),
    "notes": ("notes", "--articles {data}/data/retrieval/phapdien/articles.jsonl.xz"),
    "portal-notes": ("portal_notes", "--documents {data}/data/documents/text"),
    "codification": (
        "codification",
        "--documents {data}/data/documents/phapdien_html "
        "--articles {data}/data/retrieval/phapdien/articles.jsonl.xz",
    ),
    "headers": ("headers", "--table {here}/headers.tsv --documents {data}/data/documents"),
    "structure": ("structure", ""),
    "articles": ("articles", "--documents {data}/data/documents/text"),
    "legacy": (
        "legacy",
        "--documents {data}/data/documents/legacy_encodings "
        "--truth {data}/data/documents/legacy_encodings/ground-truth "
        "--others {data}/data/documents",
    ),
    "numbers": ("numbers", "--data {data}"),
    "labels": ("labels", "--documents {data}/data/documents/nd30_2020"),
    "same": (
        "same",
        "--documents {data}/data/documents/nguoi_khuyet_tat/100699_l51qh.doc "
        "{data}/data/documents/nguoi_khuyet_tat/luat_nguoi_khuyet_tat_51_2010_QH12.fragment.html "
        "--codification '{data}/data/documents/phapdien_html/06.03 Người khuyết tật.html'",
    ),
    "scan": (
        "scan",
        "--document {data}/data/documents/nguoi_khuyet_tat/luat_nguoi_khuyet_tat_51_2010.pdf "
        "--articles 39",
    ),
    "hostile": ("hostile", ""),
    "checks": ("checks", ""),
    "quotations": ("quotations", "--documents {data}/data/documents"),
    "obligations": ("obligations", "--data {data}"),
    "suggestions": ("suggestions", "--documents {data}/data/documents"),
    "questions": ("questions", ""),
    "accents": (
        "accents",
        "--documents '{data}/data/documents/phapdien_html/06.03 Người khuyết tật.html'",
    ),
    "accents-published": ("accents", ""),
    **{
        f"{name}-{engine}{mode}": (
            "retrieval",
            f"--articles {{data}}/data/retrieval/{articles} --engine {engine} "
            f"--queries {{data}}/data/retrieval/{queries} {MODES[mode]}",
        )
        for name, articles, queries in RETRIEVAL
        for engine in ("tantivy", "whoosh")
        for mode in MODES
        # Whoosh takes a quarter of an hour and more for each way of typing over 69,208 articles.
        if engine == "tantivy" or (name == "alqac" and mode != "-half")
    },
}


def main() -> int:
    parser = argparse.ArgumentParser(description="measured quality against floors")
    parser.add_argument("--data", type=Path, default=HERE.parents[1] / ".." / "shared")
    data = parser.parse_args().data.resolve()
    if not data.is_dir():
        print(f"skipped: no data at {data}")
        return 0
    floors = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))
    failed = False
    for name, (module, arguments) in MEASURES.items():
        words = [word.format(data=data, here=HERE) for word in shlex.split(arguments)]
        answer = subprocess.run(
            [sys.executable, "-m", f"tests.eval.{module}", *words],
            check=True, stdout=subprocess.PIPE, text=True,
        ).stdout  # fmt: skip
        measured = json.loads(answer)
        wanted = dict(floors.get(name, {}))
        most = wanted.pop("ceilings", {})
        low, high = under(measured, wanted), over(measured, most)
        failed = failed or bool(low or high)
        print(name)
        for key, value in measured.items():
            said = f"   floor {wanted[key]}" + "   UNDER" * (key in low) if key in wanted else ""
            said += f"   ceiling {most[key]}" + "   OVER" * (key in high) if key in most else ""
            print(f"  {key:18} {value}{said}", flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
