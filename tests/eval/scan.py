"""A scan, read as a user would: how many articles, how fast, and whether its name is questioned.

    python -m tests.eval.scan --document FILE --articles N

Prints one JSON object: ``articles`` of 1..N found among the document's own; ``pages``;
``seconds_per_page_per_core``, the processor time of the reading child and its recognisers over the
pages; ``name_reported``, 1 where the file's name says another paper than is in it.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from ingest import RawFile
from ingest.catalogue import load_vocabulary
from ingest.isolate import Readers
from ingest.names import name_findings
from ingest.parse import parse
from tests.eval.articles import CORPUS, own_articles


def measure(path: Path, articles: int) -> dict[str, Any]:
    import resource

    vocabulary = load_vocabulary(CORPUS)
    with Readers() as readers:
        extracted = readers.extract(RawFile(path.read_bytes(), path.name))
    spent = sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
    parsed = parse(extracted, vocabulary)
    wanted = {str(number) for number in range(1, articles + 1)}
    pages = extracted.pages or 1
    return {
        "articles": len(wanted & set(own_articles(parsed.tree))),
        "pages": pages,
        "seconds_per_page_per_core": round(spent / pages, 3),
        "name_reported": len(name_findings(path.name, parsed.document, vocabulary.types)),
        "number": parsed.document.number,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="a scan read by tesseract")
    parser.add_argument("--document", type=Path, required=True)
    parser.add_argument("--articles", type=int, required=True)
    options = parser.parse_args()
    print(json.dumps(measure(options.document, options.articles), ensure_ascii=False))


if __name__ == "__main__":
    main()
