"""Files are read in a child process with limits: what a crafted or broken file does stays there.

The child takes one file after another on its standard input and answers in JSON (never pickle: an
answer is data); only a page's picture follows as bytes. It may use so much memory, processor time,
wall time and output; past any of them it is killed, with every program it has started, the file is
told as unreadable, and the next file gets a new child.

The child is ``ingest.isolate_child``, the messages ``ingest.isolate_wire``.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any

from ingest import Extracted, Line, RawFile
from ingest.codification import Codification, from_json
from ingest.isolate_wire import extracted_of, line_of, receive, send
from kb.errors import CanCuError, UnreadableFile

# Pages recognised so far, pages to recognise.
PageProgress = Callable[[int, int], None]


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
                lines.extend(map(line_of, answer["lines"]))
            else:
                return extracted_of(answer["extracted"], tuple(lines))
        raise AssertionError

    def page_image(self, content: bytes, page: int, dpi: int) -> bytes:
        """See ``ingest.render.page_image``."""
        about = {"do": "page_image", "page": page, "dpi": dpi}
        return next(picture for _, picture in self._ask(about, content))

    def codification(self, raw: RawFile) -> Codification:
        """``ingest.codification.read_codification`` in the child."""
        return from_json(self.answer("codification", raw))

    def answer(self, task: str, raw: RawFile) -> Any:
        """What one of the child's tasks says in JSON of a file."""
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
                send(child.stdin, json.dumps(about).encode())
                send(child.stdin, content)
                while True:
                    message = receive(child.stdout, left)
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
                    yield answer, receive(child.stdout, left) if "image" in answer else b""
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
                [sys.executable, "-m", "ingest.isolate_child",
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
