"""The whole road on one page.

    files ─extract▸parse─▶ Received ─Loader─▶ a new generation, checked, then it serves

``rebuild`` walks it for the corpus and every kept original; ``ingest`` for new files, from a copy
of the present library. A file that cannot be read is an outcome with its reason and never stops
the others; what cannot be read is not kept.
"""

from __future__ import annotations

import hashlib
import logging
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from ingest import RawFile
from ingest.archives import Member, headings_in, read_member
from ingest.catalogue import load_catalogue
from ingest.code_texts import code_text, part_name
from ingest.codification import is_codification
from ingest.isolate import Readers
from ingest.linking import Progress
from ingest.load import Loader, Received
from ingest.names import name_findings
from ingest.originals import Original, find, keep, kept
from ingest.parse import parse
from kb import __version__
from kb.config import Settings
from kb.errors import LibraryMissing, UnreadableFile
from kb.expressions import Expression, Kind
from kb.findings import Finding, Severity
from kb.index.schema import SCHEMA as INDEX_SCHEMA
from kb.store.desk import Desk
from kb.store.generations import current, next_generation
from kb.store.library import Library
from kb.store.schema import SCHEMA
from kb.text import nfc

log = logging.getLogger(__name__)

# What is published with the program: catalogue/, digests/, plans/.
CORPUS = Path(__file__).parents[1] / "corpus"


class Result(StrEnum):
    DONE = "done"  # đã nạp
    SKIPPED = "skipped"  # bỏ qua: tệp đã có
    EMPTY = "empty"  # bỏ qua: không có văn bản nào
    NOTED = "noted"  # ghi chú về tệp kèm theo
    FAILED = "failed"  # không nạp được


# Readers' codes of pages that are read well and hold no document: properties, stubs of a heading.
_EMPTY = {"html-no-document", "phapdien-empty"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: ``key`` of the document it is now part of, ``reason`` and ``hint``
    in Vietnamese; ``findings`` is the quality report; ``text`` the id of the text read from it."""

    name: str
    result: Result
    key: str = ""
    reason: str = ""
    hint: str = ""
    findings: tuple[Finding, ...] = ()
    text: str = ""

    @property
    def doubts(self) -> int:
        """How many findings ask for a person's look."""
        return sum(finding.severity is not Severity.INFO for finding in self.findings)


def rebuild(settings: Settings, progress: Progress, corpus: Path = CORPUS) -> list[Outcome]:
    """The library and index anew from the corpus and the kept originals, then swapped in.

    Raises ``IndexMismatch`` and leaves the old library serving when store and index disagree.
    """
    catalogue, _ = load_catalogue(corpus)
    originals = [*_plans(corpus), *kept(settings.originals)]
    outcomes: list[Outcome] = []
    with (
        next_generation(settings.library, copy=False) as folder,
        Readers() as readers,
        Loader(folder, catalogue, settings.engine, Desk(settings.desk).confirmations) as loader,
    ):
        take = _Taker(loader, readers, settings.originals, progress)
        loader.load_catalogue(built=_now(), corpus=corpus_state(corpus))
        for done, original in enumerate(originals, 1):
            progress("Đọc văn bản", done, len(originals))
            outcomes += take(original.read(), _already(original))
        return _finished(loader, outcomes, progress)


def ingest(
    settings: Settings, paths: Iterable[Path], progress: Progress, corpus: Path = CORPUS
) -> list[Outcome]:
    """Files and folders into the library; raises ``LibraryMissing`` when there is none yet."""
    found = list(targets(paths))
    return add(
        settings,
        (_read(path, settings.max_file_mb) for path in found),
        len(found),
        progress,
        corpus,
    )


def add(
    settings: Settings,
    files: Iterable[RawFile | Outcome],
    total: int,
    progress: Progress,
    corpus: Path = CORPUS,
) -> list[Outcome]:
    """Raw files into the library in their order; an outcome in their place is passed on."""
    catalogue, _ = load_catalogue(corpus)
    current(settings.library)
    outcomes: list[Outcome] = []
    with (
        next_generation(settings.library, copy=True) as folder,
        Readers() as readers,
        Loader(folder, catalogue, settings.engine, Desk(settings.desk).confirmations) as loader,
    ):
        take = _Taker(loader, readers, settings.originals, progress)
        for done, raw in enumerate(files, 1):
            progress("Đọc văn bản", done, total)
            if isinstance(raw, Outcome):
                outcomes.append(raw)
            elif (twin := loader.twin(raw.sha256)) is not None:
                same = f"Nội dung trùng hoàn toàn với tệp đã có: {twin}"
                # A heading of the codification is of many documents.
                text = "" if is_codification(raw.content) else raw.sha256
                outcomes.append(Outcome(raw.name, Result.SKIPPED, reason=same, text=text))
            else:
                outcomes += take(raw, lambda raw: keep(settings.originals, raw, _now()))
        return _finished(loader, outcomes, progress)


def _finished(loader: Loader, outcomes: list[Outcome], progress: Progress) -> list[Outcome]:
    """The outcomes with the documents that the files, now all known, are of."""
    texts = loader.finish(progress)
    return [_placed(loader, outcome, texts) for outcome in outcomes]


def _placed(loader: Loader, outcome: Outcome, texts: Mapping[str, Expression]) -> Outcome:
    text = texts.get(outcome.text)
    if text is None:
        return outcome if not outcome.text else replace(outcome, key=loader.key_of(outcome.text))
    if outcome.result is not Result.DONE:
        return replace(outcome, key=text.key)
    findings = loader.findings(text.id, text.key)
    return replace(outcome, key=text.key, findings=findings, reason=loader.rank(text))


def is_stale(settings: Settings, corpus: Path = CORPUS) -> bool:
    """Is there no library, or one made from another corpus or by another version?"""
    try:
        library = Library(current(settings.library) / "library.db")
    except LibraryMissing:
        return True
    try:
        return library.meta("corpus") != corpus_state(corpus)
    finally:
        library.close()


def corpus_state(corpus: Path) -> str:
    """One hash of every published file and of the versions that read it."""
    digest = hashlib.sha256(f"{__version__} {SCHEMA} {INDEX_SCHEMA}".encode())
    for path in sorted(p for p in corpus.rglob("*") if p.is_file() and p.suffix != ".pyc"):
        digest.update(path.relative_to(corpus).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class _Taker:
    """One file after another through extract, parse and load; kept only once understood."""

    loader: Loader
    readers: Readers
    originals: Path
    progress: Progress

    def __call__(self, raw: RawFile, original_of: Callable[[RawFile], Original]) -> list[Outcome]:
        """What became of the file: one outcome, or one for each document in it."""
        try:
            if is_codification(raw.content):
                return self._heading(raw, original_of)
            return [self._document(raw, original_of)]
        except UnreadableFile as error:
            result = Result.EMPTY if error.code in _EMPTY else Result.FAILED
            return [Outcome(raw.name, result, reason=str(error), hint=error.hint)]
        except Exception:
            # Of ours, not of the file: told to the person and to the log; the batch goes on.
            log.exception("cannot read %s", raw.name)
            reason = "Chương trình gặp lỗi khi đọc tệp này."
            hint = "Gửi tệp này cho người phát triển; các tệp khác vẫn được nạp."
            return [Outcome(raw.name, Result.FAILED, reason=reason, hint=hint)]

    def _document(self, raw: RawFile, original_of: Callable[[RawFile], Original]) -> Outcome:
        extracted = self.readers.extract(
            raw, lambda done, total: self.progress(f"Nhận dạng chữ {raw.name}", done, total)
        )
        parsed = parse(extracted, self.loader.catalogue.vocabulary)
        named = name_findings(raw.name, parsed.document, self.loader.catalogue.vocabulary.types)
        parsed = replace(parsed, findings=(*parsed.findings, *named))
        received = Received(original_of(raw), len(raw.content), extracted, parsed)
        return Outcome(raw.name, Result.DONE, text=self.loader.load(received))

    def _heading(self, raw: RawFile, original_of: Callable[[RawFile], Original]) -> list[Outcome]:
        """The documents of a heading of the codification, and what could not be assigned. One that
        has articles in other headings, too, is the same whole text in each of these files."""
        heading = self.readers.codification(raw)
        read = []
        for document in heading.documents:
            others = self._others(part_name(document))
            headings = [self.readers.codification(original.read()) for original in others]
            text = code_text(document, headings, self.loader.catalogue.vocabulary)
            read.append((document, others, text))
        own = original_of(raw)
        outcomes = []
        for document, others, text in read:
            for original in (*others, own):
                received = Received(
                    original, len(raw.content), text.extracted, text.parsed, part_name(document),
                    Kind.CODIFIED, text.notes,
                )  # fmt: skip
                loaded = self.loader.load(received)
            outcomes.append(Outcome(f"{raw.name} › {document.name}", Result.DONE, text=loaded))
        told = {Severity.INFO: Result.NOTED}
        return outcomes + [
            Outcome(
                f"{raw.name} › {f.where}", told.get(f.severity, Result.FAILED),
                reason=f.message, hint=f.hint,
            )
            for f in heading.findings
        ]  # fmt: skip

    def _others(self, part: str) -> list[Original]:
        """The kept headings that have articles of the same document."""
        found = (find(self.originals, sha256) for sha256 in self.loader.files_with(part))
        return [original for original in found if original]


def _already(original: Original) -> Callable[[RawFile], Original]:
    return lambda _: original


def _plans(corpus: Path) -> Iterator[Original]:
    """The plans published with the program, as originals that are kept where they stand."""
    for path in sorted((corpus / "plans").iterdir()):
        if path.is_file() and path.suffix != ".md":
            content = path.read_bytes()
            yield Original(path, path.name, hashlib.sha256(content).hexdigest(), "")


def targets(paths: Iterable[Path]) -> Iterator[Path | Member | Outcome]:
    """Files under the paths, folders walked in name order, the codification's archive opened; what
    cannot be walked is an outcome."""
    for path in paths:
        try:
            if path.is_dir():
                inside = sorted(p for p in path.iterdir() if not p.name.startswith("."))
                yield from targets(inside)
            elif path.exists():
                yield from headings_in(path) or (path,)
            else:
                yield Outcome(
                    str(path), Result.FAILED, reason="Không có tệp hay thư mục này.",
                    hint="Xem lại đường dẫn; đặt trong ngoặc kép nếu có dấu cách.",
                )  # fmt: skip
        except PermissionError:
            yield _forbidden(path)


def _read(path: Path | Member | Outcome, max_mb: int) -> RawFile | Outcome:
    if isinstance(path, Outcome):
        return path
    if isinstance(path, Member):
        return read_member(path, max_mb * 1024 * 1024) or Outcome(
            path.name, Result.FAILED, reason=f"Trang trong gói hỏng, hoặc quá mức {max_mb} MB.",
            hint="Tải lại gói từ phapdien.moj.gov.vn, hoặc giải nén rồi nạp thư mục.",
        )  # fmt: skip
    name = nfc(path.name)
    try:
        size = path.stat().st_size
        return too_big(name, size, max_mb) or RawFile(path.read_bytes(), name)
    except PermissionError:
        return _forbidden(path)


def too_big(name: str, size: int, max_mb: int) -> Outcome | None:
    """What becomes of a file of *size* bytes that is larger than may be read, None of another."""
    if size <= max_mb * 1024 * 1024:
        return None
    return Outcome(
        name, Result.FAILED,
        reason=f"Tệp nặng {math.ceil(size / 1024 / 1024)} MB, quá mức {max_mb} MB.",
        hint="Tách tệp, hoặc đặt KB_MAX_FILE_MB lớn hơn.",
    )  # fmt: skip


def _forbidden(path: Path) -> Outcome:
    return Outcome(
        str(path), Result.FAILED, reason="Không có quyền đọc.",
        hint="Cấp quyền đọc cho tài khoản đang chạy lệnh, hoặc chép tệp sang thư mục của bạn.",
    )  # fmt: skip


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
