"""Files sent by the upload page: kept at once, read one batch after another, told what became.

    KB_DATA/uploads/<batch>/batch.json     who sent it, when, and its files by name and size
                            0, 1, …        their bytes, until they are read
                            begun          how often reading was begun, while it is not done
                            outcome.json   what became of each; without it a batch is still unread

Reading is ``ingest.pipeline.add`` in one thread, so a second writer is never made. A server that
stops in between leaves the batch as it was, and the next one reads it.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
import shutil
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import IO, Any

from ingest import RawFile
from ingest.originals import write_whole
from ingest.pipeline import CORPUS, Outcome, Result, add, too_big
from kb.config import Settings
from kb.errors import CanCuError, LibraryBusy, NotFound
from kb.findings import Finding, Severity
from kb.text import nfc

log = logging.getLogger(__name__)

_ID = re.compile(r"[0-9]{8}-[0-9]{6}-[0-9]{6}-[0-9a-f]{4}")
_UNPRINTED = re.compile(r"[\x00-\x1f\x7f]")
_LONGEST_NAME = 200  # code points
_TRIES = 3  # a batch that takes the server with it is not begun for ever
_WAIT = 2.0  # seconds before a library that another run writes to is asked again


@dataclass(frozen=True, slots=True)
class Batch:
    """Files sent together: ``files`` are (name, size in bytes), ``at`` ISO time, ``outcomes`` None
    while they are not read; ``kept`` are there bytes of them still here?"""

    id: str
    by: str
    at: str
    files: tuple[tuple[str, int], ...]
    outcomes: tuple[Outcome, ...] | None = None
    kept: bool = True


class Inbox:
    """The batches under ``settings.uploads`` and the one thread that reads them."""

    def __init__(self, settings: Settings, corpus: Path = CORPUS) -> None:
        self._settings = settings
        self._corpus = corpus
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._stage: tuple[str, str, int, int] = ("", "", 0, 0)

    def receive(self, files: Iterable[tuple[str, IO[bytes]]], by: str, at: str) -> str:
        """Keep the files and have them read; gives the batch's id. A name is only a name: on disk
        they are numbered. Of one that is too big only name and size are kept. Raises
        ``CanCuError`` where the disk does not take them; nothing is kept then."""
        made = f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}-{secrets.token_hex(2)}"
        folder = self._settings.uploads / f"{made}.new"
        try:
            folder.mkdir(parents=True, mode=0o700)
            rows = [self._keep(folder / str(n), *file) for n, file in enumerate(files)]
            _write(folder / "batch.json", {"by": by, "at": at, "files": rows})
            # Last, so that a folder with a batch's name is a whole one.
            folder.rename(self._settings.uploads / made)
        except OSError as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise CanCuError(
                f"Máy chủ không giữ được các tệp này ({error.strerror}), chưa nhận tệp nào.",
                "Báo người quản trị xem đĩa còn chỗ và quyền ghi không, rồi gửi lại.",
            ) from error
        self.wake()
        return made

    def _keep(self, path: Path, name: str, stream: IO[bytes]) -> dict[str, Any]:
        """The bytes in *path* unless they are too many; gives name and size."""
        size = stream.seek(0, 2)
        stream.seek(0)
        if not too_big(name, size, self._settings.max_file_mb):
            with path.open("wb") as file:
                shutil.copyfileobj(stream, file)
        return {"name": name_of(name), "size": size}

    def batch(self, id: str) -> Batch:
        """Raises ``NotFound``."""
        folder = self._settings.uploads / id
        if not _ID.fullmatch(id) or not folder.is_dir():
            raise NotFound("Không có lần gửi tệp này.", "Xem các lần gửi ở trang Nạp văn bản.")
        row = json.loads((folder / "batch.json").read_text(encoding="utf-8"))
        files = tuple((file["name"], file["size"]) for file in row["files"])
        told = folder / "outcome.json"
        outcomes = None
        if told.is_file():
            outcomes = tuple(map(_outcome, json.loads(told.read_text(encoding="utf-8"))))
        return Batch(id, row["by"], row["at"], files, outcomes, any(folder.glob("[0-9]*")))

    def latest(self, most: int) -> list[Batch]:
        """The batches last sent, newest first."""
        return [self.batch(id) for id in reversed(self._ids()[-most:])]

    def waiting(self, id: str) -> int:
        """How many batches are to be read before this one."""
        return sum(other < id for other in self._unread())

    def stage(self, id: str) -> tuple[str, int, int]:
        """What is being done for a batch, done so far and of how much; ("", 0, 0) while nothing."""
        reading, label, done, total = self._stage
        return (label, done, total) if reading == id else ("", 0, 0)

    def again(self, id: str) -> None:
        """Read a batch anew whose files are still here; raises ``NotFound``."""
        if self.batch(id).kept:
            folder = self._settings.uploads / id
            (folder / "begun").unlink(missing_ok=True)
            (folder / "outcome.json").unlink(missing_ok=True)
        self.wake()

    def wake(self) -> None:
        """Have what is waiting read, in a thread that ends with it."""
        with self._lock:
            alive = self._thread is not None and self._thread.is_alive()
            if not alive and self._unread():
                self._thread = threading.Thread(target=self._run, daemon=True)
                self._thread.start()

    def wait(self, seconds: float) -> None:
        """Until everything is read, no longer than that."""
        with self._lock:
            thread = self._thread
        if thread is not None:
            thread.join(seconds)

    def _ids(self) -> list[str]:
        """Every batch, oldest first."""
        if not self._settings.uploads.is_dir():
            return []
        names = (path.name for path in self._settings.uploads.iterdir())
        return sorted(name for name in names if _ID.fullmatch(name))

    def _unread(self) -> list[str]:
        folder = self._settings.uploads
        return [id for id in self._ids() if not (folder / id / "outcome.json").is_file()]

    def _run(self) -> None:
        while True:
            with self._lock:
                unread = self._unread()
                if not unread:
                    self._thread = None
                    return
            self._read(self.batch(unread[0]))

    def _read(self, batch: Batch) -> None:
        """One batch through the pipeline; whatever happens, it has an outcome in the end."""
        folder = self._settings.uploads / batch.id
        begun = folder / "begun"
        tries = len(begun.read_bytes()) if begun.is_file() else 0
        outcomes: Sequence[Outcome]
        read = False
        try:
            if tries == _TRIES:
                raise CanCuError(
                    f"Máy chủ đã dừng {_TRIES} lần giữa lúc đọc các tệp này; tệp còn giữ.",
                    "Bấm Đọc lại; nếu vẫn vậy, gửi từng tệp một để biết tệp nào.",
                )
            begun.write_bytes(b"." * (tries + 1))
            raws, told = self._raws(folder, batch), partial(self._told, batch.id)
            outcomes = add(self._settings, raws, len(batch.files), told, self._corpus)
            read = True
        except LibraryBusy as error:
            begun.write_bytes(b"." * tries)
            self._told(batch.id, str(error), 0, 0)
            time.sleep(_WAIT)
            return
        except CanCuError as error:
            outcomes = _none(batch, str(error), error.hint)
        except Exception:
            log.exception("cannot read the upload %s", batch.id)
            outcomes = _none(
                batch, "Chương trình gặp lỗi khi nạp lần gửi này; kho không đổi, tệp còn giữ.",
                "Bấm Đọc lại; nếu vẫn lỗi, báo người quản trị xem nhật ký máy chủ.",
            )  # fmt: skip
        _write(folder / "outcome.json", [asdict(outcome) for outcome in outcomes])
        begun.unlink(missing_ok=True)
        if read:
            # What was understood is among the originals; what was not is not kept, as by kb ingest.
            for file in folder.glob("[0-9]*"):
                file.unlink()

    def _told(self, id: str, label: str, done: int, total: int) -> None:
        self._stage = (id, label, done, total)

    def _raws(self, folder: Path, batch: Batch) -> Iterator[RawFile | Outcome]:
        for n, (name, size) in enumerate(batch.files):
            path = folder / str(n)
            if path.is_file():
                yield RawFile(path.read_bytes(), name, by=batch.by, uploaded=batch.at)
            else:
                yield too_big(name, size, self._settings.max_file_mb) or _lost(name)


def name_of(written: str) -> str:
    """A file's own name, of what a browser gave: without folders, printable, not long."""
    name = nfc(_UNPRINTED.sub("", written)).replace("\\", "/").rpartition("/")[2].strip()
    stem, dot, ending = name.rpartition(".")
    if len(name) > _LONGEST_NAME:
        name = f"{stem[: _LONGEST_NAME - 10]}{dot}{ending[:9]}" if dot else name[:_LONGEST_NAME]
    return name or "tệp không tên"


def _lost(name: str) -> Outcome:
    """Its bytes went after an earlier reading, or the limit was raised since it was sent."""
    return Outcome(name, Result.FAILED, reason="Tệp này không còn ở máy chủ.", hint="Gửi lại tệp.")


def _none(batch: Batch, reason: str, hint: str) -> Sequence[Outcome]:
    return [Outcome(name, Result.FAILED, reason=reason, hint=hint) for name, _ in batch.files]


def _outcome(row: dict[str, Any]) -> Outcome:
    findings = tuple(
        replace(Finding(**(one | {"span": None})), severity=Severity(one["severity"]))
        for one in row["findings"]
    )
    return Outcome(**(row | {"result": Result(row["result"]), "findings": findings}))


def _write(path: Path, value: Any) -> None:
    write_whole(path, json.dumps(value, ensure_ascii=False, indent=1).encode())
