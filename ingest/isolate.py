"""Files are read in a child process with limits: what a crafted or broken file does stays there.

The child takes one file after another on its standard input and answers in JSON (never pickle: an
answer is data). It may use so much memory, processor time, wall time and output; past any of them
it is killed, the file is told as unreadable, and the next file gets a new child.

    python -m ingest.isolate        the child; only ``Readers`` starts it
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from ingest import Extracted, Line, RawFile
from kb.errors import CanCuError, UnreadableFile
from kb.findings import Finding, Severity
from kb.text import Span

_SIZE = 8  # bytes of a length before each message


@dataclass(frozen=True, slots=True)
class Limits:
    """``memory`` and ``output`` in bytes, ``cpu`` and ``wall`` in seconds for one file.

    Memory and processor time are held by the operating system; Windows has neither limit, there
    wall time and output remain.
    """

    memory: int = 3 * 1024**3
    cpu: int = 300
    wall: int = 600
    output: int = 256 * 1024**2


class ReaderFault(CanCuError):
    """Our own reader failed on a file; the message is the child's traceback, for the log."""


class Readers:
    """A child that reads; started at the first file, closed with the block."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Readers:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()

    def extract(self, raw: RawFile) -> Extracted:
        """``ingest.extract.extract`` in the child. Raises ``UnreadableFile``, also when the child
        went past a limit or died, and ``ReaderFault`` for a fault of ours."""
        child = self._started()
        assert child.stdin is not None
        assert child.stdout is not None
        late = threading.Event()

        def kill() -> None:
            late.set()
            child.kill()

        timer = threading.Timer(self._limits.wall, kill)
        timer.start()
        try:
            _send(child.stdin, json.dumps({"name": raw.name, "url": raw.url}).encode())
            _send(child.stdin, raw.content)
            answer = _receive(child.stdout, self._limits.output)
        except (BrokenPipeError, EOFError):
            self._stop()
            raise _stopped(late.is_set()) from None
        except OverflowError:
            self._stop()
            raise UnreadableFile(
                "reader-output",
                "Tệp cho ra quá nhiều chữ, có thể là tệp hỏng hoặc cố ý phá.",
                "Mở tệp bằng phần mềm thường dùng rồi lưu lại, hoặc tách nhỏ.",
            ) from None
        finally:
            timer.cancel()
        return _extracted(json.loads(answer))

    def _started(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self._stop()
            root = str(Path(__file__).parents[1])
            paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
            self._child = subprocess.Popen(
                [sys.executable, "-m", "ingest.isolate",
                 str(self._limits.memory), str(self._limits.cpu)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
            )  # fmt: skip
        return self._child

    def _stop(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                try:
                    stream.close()
                except BrokenPipeError:  # what it had not yet read goes nowhere, as it must
                    continue


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


def _extracted(answer: dict[str, Any]) -> Extracted:
    if "fault" in answer:
        raise ReaderFault(answer["fault"])
    if "unreadable" in answer:
        raise UnreadableFile(*answer["unreadable"])
    found = answer["extracted"]
    return Extracted(
        **found
        | {
            "lines": tuple(
                Line(**line | {name: line[name] and tuple(line[name]) for name in ("cell", "box")})
                for line in found["lines"]
            ),
            "findings": tuple(_finding(finding) for finding in found["findings"]),
            "footnotes": tuple(found["footnotes"]),
        }
    )


def _finding(row: dict[str, Any]) -> Finding:
    span = Span(**row["span"]) if row["span"] else None
    return Finding(**row | {"severity": Severity(row["severity"]), "span": span})


def _send(stream: IO[bytes], message: bytes) -> None:
    stream.write(len(message).to_bytes(_SIZE, "big") + message)
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
    import traceback

    from ingest.extract import extract

    # What a library prints must not mix with the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    while True:
        try:
            about = json.loads(_receive(sys.stdin.buffer, 2**20))
            content = _receive(sys.stdin.buffer, 2**33)
        except EOFError:
            return
        _limit(memory, cpu)
        try:
            found = asdict(extract(RawFile(content, about["name"], about["url"])))
            answer: dict[str, Any] = {"extracted": found}
        except UnreadableFile as error:
            answer = {"unreadable": [error.code, str(error), error.hint]}
        except MemoryError:
            os._exit(1)
        except Exception:
            answer = {"fault": traceback.format_exc()}
        _send(answers, json.dumps(answer).encode())


def _limit(memory: int, cpu: int) -> None:
    """Memory for the process, processor time for the next file."""
    if sys.platform == "win32":
        return
    import resource

    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(used) + cpu, hard))


if __name__ == "__main__":
    _serve(int(sys.argv[1]), int(sys.argv[2]))
