"""Other people's programs that convert a file: found, run with limits, and gone afterwards.

A reading child (``ingest.isolate``) has its own process group and memory limit, which what is
started here inherits; here are time, size of output and a folder that is thrown away.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_SECONDS = 120  # of wall time for one file; a law of 300 pages takes 3
_MOST = 256 * 1024**2  # bytes a program may write


class ConversionFailed(Exception):
    """A program refused the file, ran too long or wrote too much; the text says which."""


def found(name: str, *places: str) -> str | None:
    """Path of a program on ``PATH`` or in one of the *places* installers put it."""
    return shutil.which(name) or next((p for p in places if Path(p).is_file()), None)


@contextmanager
def workplace() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="cancu-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def run(command: Sequence[str], folder: Path) -> tuple[int, Path]:
    """(exit code, file with what it printed). Raises ``ConversionFailed``: not started, killed for
    its time, too much printed."""
    printed = folder / "printed"
    environment = os.environ | {"HOME": str(folder), "LC_ALL": "C.UTF-8"}
    with printed.open("wb") as target:
        try:
            process = subprocess.Popen(
                list(command),
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=target,
                stderr=subprocess.DEVNULL,
                env=environment,
                preexec_fn=_limit if sys.platform != "win32" else None,
            )
        except OSError as error:
            raise ConversionFailed(f"{command[0]}: {error}") from error
        try:
            code = process.wait(_SECONDS)
        except subprocess.TimeoutExpired as error:
            raise ConversionFailed(f"{command[0]}: over {_SECONDS} s") from error
        finally:
            _end(process)
    return code, printed


def _limit() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (_MOST, _MOST))


def _end(process: subprocess.Popen[bytes]) -> None:
    """The program and, on Windows where it is a starter only, what it has started."""
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        subprocess.run(
            ["taskkill", "/F", "/T", "/PID", str(process.pid)], check=False, capture_output=True
        )
    process.kill()
    process.wait()
