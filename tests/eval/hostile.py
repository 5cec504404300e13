"""Hostile files through the whole road, as a batch: each must end with a word of why.

    python -m tests.eval.hostile [--only NAME …]

Prints one JSON object: ``files``, for each its ``seconds`` and the ``message`` a person sees;
``ended``, how many of them did; ``slowest``; ``batch_went_on``, 1 when the good paper behind them
was read; ``leaked``, 1 when a file of this machine came out; ``parent_peak_mb``, the most memory
this process had.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ingest import pipeline
from ingest.pipeline import Result
from kb.config import Settings
from kb.store.generations import current
from kb.store.library import Library
from tests.eval.hostile_files import FILES, PAPER

LAST = "zz-good.txt"


def measure(names: list[str]) -> dict[str, Any]:
    with TemporaryDirectory() as folder:
        files = Path(folder) / "files"
        files.mkdir()
        for name in names:
            FILES[name](files / name)
        (files / LAST).write_text(PAPER, encoding="utf-8")
        settings = Settings(Path(folder) / "data")
        pipeline.rebuild(settings, lambda *_: None)
        began: list[float] = []

        def progress(label: str, done: int, total: int) -> None:
            if label == "Đọc văn bản" or (label == "Lập chỉ mục" and done == 1):
                began.append(time.monotonic())

        outcomes = pipeline.ingest(settings, [files], progress)
        library = Library(current(settings.library) / "library.db")
        try:
            texts = [library.text(o.key) for o in outcomes if o.key and o.name != LAST]
        finally:
            library.close()
    found = {
        outcome.name: {
            "seconds": round(after - before, 2),
            "message": outcome.reason or "; ".join(f.message for f in outcome.findings),
            "result": outcome.result.value,
        }
        for outcome, before, after in zip(outcomes, began, began[1:], strict=False)
    }
    good = found.pop(LAST, {"result": ""})
    return {
        "ended": sum(bool(row["message"]) for row in found.values()),
        "batch_went_on": int(good["result"] == Result.DONE.value),
        "leaked": int(any("BÍ MẬT" in text for text in texts)),
        "slowest": max(row["seconds"] for row in found.values()),
        "parent_peak_mb": _peak(),
        "files": found,
    }


def _peak() -> float:
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(most / (1024**2 if sys.platform == "darwin" else 1024), 1)


def main() -> None:
    parser = argparse.ArgumentParser(description="hostile files as a batch")
    parser.add_argument("--only", nargs="+", choices=list(FILES), default=list(FILES))
    print(json.dumps(measure(parser.parse_args().only), ensure_ascii=False))


if __name__ == "__main__":
    main()
