"""The child that reads files; only ``ingest.isolate.Readers`` starts it.

python -m ingest.isolate_child MEMORY CPU        bytes, seconds for one file
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import IO, Any

from ingest import RawFile
from ingest.isolate_wire import line_row, receive, send
from kb.errors import UnreadableFile

_BATCH = 5_000  # lines in one message: neither side holds the whole answer twice


def _serve(memory: int, cpu: int) -> None:
    """Read files until the parent is gone."""
    import gc
    import importlib
    import traceback

    # What a library prints must not mix with the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _die_with_parent()
    # A page is some hundred thousand objects that all die with it: looking for cycles among them
    # every 700 takes a tenth of the time.
    gc.set_threshold(50_000, 20, 20)
    while True:
        try:
            about = json.loads(receive(sys.stdin.buffer, 2**20))
            content = receive(sys.stdin.buffer, 2**33)
        except EOFError:
            return
        task, needs = _TASKS[about["do"]]
        importlib.import_module(needs)  # our own code is not the file's to pay for
        _limit(memory, cpu)
        try:
            for message in task(about, content, answers):
                send(answers, message)
        except UnreadableFile as error:
            unreadable = {"unreadable": [error.code, str(error), error.hint]}
            send(answers, json.dumps(unreadable).encode())
        except MemoryError:
            os._exit(1)
        except Exception:
            send(answers, json.dumps({"fault": traceback.format_exc()}).encode())


def _extract(about: dict[str, Any], content: bytes, answers: IO[bytes]) -> Iterator[bytes]:
    from ingest.extract import extract

    found = extract(
        RawFile(content, about["name"], about["url"]),
        lambda done, total: send(answers, json.dumps({"pages": [done, total]}).encode()),
    )
    for first in range(0, len(found.lines), _BATCH):
        rows = [line_row(line) for line in found.lines[first : first + _BATCH]]
        yield json.dumps({"lines": rows}).encode()
    rest = {
        "media_type": found.media_type,
        "pages": found.pages,
        "quotable": found.quotable,
        "findings": [asdict(finding) for finding in found.findings],
        "footnotes": found.footnotes,
        "margins": found.margins,
    }
    yield json.dumps({"extracted": rest}).encode()


def _page_image(about: dict[str, Any], content: bytes, answers: IO[bytes]) -> Iterable[bytes]:
    from ingest.extract.render import opened, png

    with opened(content) as pages:
        picture = png(pages.picture(about["page"], about["dpi"]))
    return json.dumps({"image": len(picture)}).encode(), picture


def _links(about: dict[str, Any], content: bytes, answers: IO[bytes]) -> Iterator[bytes]:
    from ingest.extract.html_links import read_links

    found = [asdict(link) for link in read_links(content, about["url"])]
    yield json.dumps({"answer": found}).encode()


def _codification(about: dict[str, Any], content: bytes, answers: IO[bytes]) -> Iterator[bytes]:
    from ingest.codification import read_codification

    yield json.dumps({"answer": asdict(read_codification(content))}).encode()


_TASKS = {
    "extract": (_extract, "ingest.extract"),
    "page_image": (_page_image, "ingest.extract.render"),
    "links": (_links, "ingest.extract.html_links"),
    "codification": (_codification, "ingest.codification"),
}


def _limit(memory: int, cpu: int) -> None:
    """Memory for the process, processor time for the next file."""
    if sys.platform == "win32":
        return
    import resource

    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(used) + cpu, hard))


def _die_with_parent() -> None:
    """When the parent is killed, this process and all it has started go, too (Linux; elsewhere the
    closed pipe ends it after the file it is at)."""
    if sys.platform != "linux":
        return
    import ctypes

    signal.signal(signal.SIGTERM, lambda *_: os.killpg(0, signal.SIGKILL))
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


if __name__ == "__main__":
    _serve(int(sys.argv[1]), int(sys.argv[2]))
