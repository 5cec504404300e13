"""The library of the corpus alone, which most tests begin with: built once, then copied."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from ingest import pipeline
from kb.config import Settings


def corpus_library(settings: Settings) -> None:
    """What ``pipeline.rebuild`` makes where nothing was received yet."""
    shutil.copytree(_built(), settings.data, dirs_exist_ok=True)


@cache
def _built() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="kho-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    pipeline.rebuild(Settings(folder), lambda *_: None)
    return folder
