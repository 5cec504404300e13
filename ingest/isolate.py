"""Files are read in a child process with limits: what a crafted or broken file does stays there.

The child takes one file after another on its standard input and answers in JSON (never pickle: an
answer is data); only a page's picture follows as bytes. It may use so much memory, processor time,
wall time and output; past any of them it is killed, with every program it has started, the file is
told as unreadable, and the next file gets a new child.

    python -m ingest.isolate        the child; only ``Readers`` starts it
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import IO, Any

from ingest import Extracted, Line, RawFile
from ingest.codification import Codification, from_json
from kb.errors import CanCuError, UnreadableFile
from kb.findings import Finding, Severity
from kb.text import Span

# Pages recognised so far, pages to recognise.
PageProgress = Callable[[int, int], None]

_SIZE = 8  # bytes of a length before each message
_BATCH = 5_000  # lines in one message: neither side holds the whole answer twice


@dataclass(frozen=True, slots=True)
class Limits:
    """``memory`` and ``output`` in bytes, ``cpu`` and ``wall`` in seconds for one file.

    A page that must be recognised from its picture adds ``page_wall`` seconds to the wall time
    (for at most ``pages`` of them); the recogniser is a process of its own, whose processor time is
    ``cpu`` for each page. Memory and processor time are held by the operating system; Windows has
    neither limit, there wall time and output remain.
    """

    memory: int = 3 * 1024**3
    cpu: int = 300
    wall: int = 600
    output: int = 64 * 1024**2
    page_wall: int = 20
    pages: int = 2_000


class ReaderFault(CanCuError):
    """Our own reader failed on a file; the message is the child's traceback, for the log."""


class Readers:
    """A child that reads; started at the first file, closed with the block."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._child: subprocess.Popen[bytes] | None = None
        self._folder: TemporaryDirectory[str] | None = None

    def __enter__(self) -> Readers:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()

    def extract(self, raw: RawFile, progress: PageProgress | None = None) -> Extracted:
        """``ingest.extract.extract`` in the child; *progress* is called as pages are recognised.

        Raises ``UnreadableFile``, also when the child went past a limit or died, and
        ``ReaderFault`` for a fault of ours."""
        lines: list[Line] = []
        about = {"do": "extract", "name": raw.name, "url": raw.url}
        for answer, _ in self._ask(about, raw.content):
            if "pages" in answer:
                if progress is not None:
                    progress(*answer["pages"])
            elif "lines" in answer:
                lines.extend(map(_line, answer["lines"]))
            else:
                return _extracted(answer["extracted"], tuple(lines))
        raise AssertionError

    def page_image(self, content: bytes, page: int, dpi: int) -> bytes:
        """See ``ingest.render.page_image``."""
        about = {"do": "page_image", "page": page, "dpi": dpi}
        return next(picture for _, picture in self._ask(about, content))

    def codification(self, raw: RawFile) -> Codification:
        """``ingest.codification.read_codification`` in the child."""
        return from_json(self.answer("codification", raw))

    def answer(self, task: str, raw: RawFile) -> Any:
        """What one of ``_TASKS`` says in JSON of a file."""
        about = {"do": task, "name": raw.name, "url": raw.final or raw.url}
        return next(answer["answer"] for answer, _ in self._ask(about, raw.content))

    def _ask(self, about: dict[str, Any], content: bytes) -> Iterator[tuple[dict[str, Any], bytes]]:
        """Every message of the answer, with the bytes that follow it."""
        child = self._started()
        assert child.stdin is not None
        assert child.stdout is not None
        left = self._limits.output
        try:
            with _Clock(self._limits.wall, lambda: _kill(child)) as clock:
                _send(child.stdin, json.dumps(about).encode())
                _send(child.stdin, content)
                while True:
                    message = _receive(child.stdout, left)
                    left -= len(message)
                    answer = json.loads(message)
                    if "fault" in answer:
                        raise ReaderFault(answer["fault"])
                    if "unreadable" in answer:
                        raise UnreadableFile(*answer["unreadable"])
                    if "pages" in answer and answer["pages"][0] == 0:
                        clock.add(
                            self._limits.page_wall * min(answer["pages"][1], self._limits.pages)
                        )
                    yield answer, _receive(child.stdout, left) if "image" in answer else b""
                    if answer.keys() & {"extracted", "image", "answer"}:
                        return
        except (BrokenPipeError, EOFError):
            self._stop()
            raise _stopped(clock.late) from None
        except OverflowError:
            self._stop()
            raise UnreadableFile(
                "reader-output",
                "Tệp cho ra quá nhiều chữ, có thể là tệp hỏng hoặc cố ý phá.",
                "Mở tệp bằng phần mềm thường dùng rồi lưu lại, hoặc tách nhỏ.",
            ) from None

    def _started(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self._stop()
            root = str(Path(__file__).parents[1])
            paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
            # What a killed child leaves in its temporary folder is copies of papers.
            self._folder = TemporaryDirectory(prefix="cancu-", ignore_cleanup_errors=True)
            temporary = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), self._folder.name)
            self._child = subprocess.Popen(
                [sys.executable, "-m", "ingest.isolate",
                 str(self._limits.memory), str(self._limits.cpu)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=os.environ | temporary | {"PYTHONPATH": os.pathsep.join(paths)},
                # A process group of its own: what it starts is killed with it.
                start_new_session=True,
            )  # fmt: skip
        return self._child

    def _stop(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        _kill(child)
        child.wait()
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                try:
                    stream.close()
                except BrokenPipeError:  # what it had not yet read goes nowhere, as it must
                    continue
        if self._folder is not None:
            self._folder.cleanup()


class _Clock:
    """Calls *ring* once the seconds are over; more may be added while it runs."""

    def __init__(self, seconds: float, ring: Callable[[], None]) -> None:
        self.late = False
        self._ring, self._left = ring, seconds
        self._change = threading.Condition()
        self._done = False
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> _Clock:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._change:
            self._done = True
            self._change.notify()
        self._thread.join()

    def add(self, seconds: float) -> None:
        with self._change:
            self._left += seconds

    def _run(self) -> None:
        with self._change:
            while self._left > 0 and not self._done:
                seconds, self._left = self._left, 0.0
                self._change.wait_for(lambda: self._done, seconds)
            self.late = not self._done
        if self.late:
            self._ring()


def _kill(child: subprocess.Popen[bytes]) -> None:
    """The child and, in its process group, every program it has started."""
    if sys.platform == "win32":
        subprocess.run(
            ["taskkill", "/F", "/T", "/PID", str(child.pid)], check=False, capture_output=True
        )
        return
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):  # it is gone already, and so are they
        return


def _stopped(late: bool) -> UnreadableFile:
    if late:
        return UnreadableFile(
            "reader-slow",
            "Đọc tệp này quá lâu nên đã dừng.",
            "Tách tệp thành nhiều phần, hoặc lưu lại bằng phần mềm thường dùng.",
        )
    return UnreadableFile(
        "reader-killed",
        "Tệp này đòi quá nhiều bộ nhớ hoặc thời gian máy nên đã dừng đọc.",
        "Mở tệp bằng phần mềm thường dùng rồi lưu lại, hoặc tách nhỏ.",
    )


def _row(line: Line) -> list[Any]:
    return [
        line.text, line.offset, line.page, line.bold, line.centred, line.cell, line.box,
        line.confidence,
    ]  # fmt: skip


def _line(row: list[Any]) -> Line:
    text, offset, page, bold, centred, cell, box, confidence = row
    return Line(
        text, offset, page, bold, centred, tuple(cell) if cell else None,
        tuple(box) if box else None, confidence,
    )  # fmt: skip


def _extracted(found: dict[str, Any], lines: tuple[Line, ...]) -> Extracted:
    return Extracted(
        **found
        | {
            "lines": lines,
            "findings": tuple(_finding(finding) for finding in found["findings"]),
            "footnotes": tuple(found["footnotes"]),
        }
    )


def _finding(row: dict[str, Any]) -> Finding:
    span = Span(**row["span"]) if row["span"] else None
    return Finding(**row | {"severity": Severity(row["severity"]), "span": span})


def _send(stream: IO[bytes], message: bytes) -> None:
    stream.write(len(message).to_bytes(_SIZE, "big"))
    stream.write(message)
    stream.flush()


def _receive(stream: IO[bytes], most: int) -> bytes:
    """One message; raises ``EOFError`` when the other side is gone, ``OverflowError`` past
    *most* bytes."""
    size = int.from_bytes(_exactly(stream, _SIZE), "big")
    if size > most:
        raise OverflowError(size)
    return _exactly(stream, size)


def _exactly(stream: IO[bytes], size: int) -> bytes:
    found = stream.read(size)
    if len(found) < size:
        raise EOFError
    return found


# --- the child -------------------------------------------------------------------------------


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
            about = json.loads(_receive(sys.stdin.buffer, 2**20))
            content = _receive(sys.stdin.buffer, 2**33)
        except EOFError:
            return
        task, needs = _TASKS[about["do"]]
        importlib.import_module(needs)  # our own code is not the file's to pay for
        _limit(memory, cpu)
        try:
            for message in task(about, content, answers):
                _send(answers, message)
        except UnreadableFile as error:
            unreadable = {"unreadable": [error.code, str(error), error.hint]}
            _send(answers, json.dumps(unreadable).encode())
        except MemoryError:
            os._exit(1)
        except Exception:
            _send(answers, json.dumps({"fault": traceback.format_exc()}).encode())


def _extract(about: dict[str, Any], content: bytes, answers: IO[bytes]) -> Iterator[bytes]:
    from ingest.extract import extract

    found = extract(
        RawFile(content, about["name"], about["url"]),
        lambda done, total: _send(answers, json.dumps({"pages": [done, total]}).encode()),
    )
    for first in range(0, len(found.lines), _BATCH):
        rows = [_row(line) for line in found.lines[first : first + _BATCH]]
        yield json.dumps({"lines": rows}).encode()
    rest = {
        "media_type": found.media_type,
        "pages": found.pages,
        "quotable": found.quotable,
        "findings": [asdict(finding) for finding in found.findings],
        "footnotes": found.footnotes,
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
