"""How fast the whole road is, and how its time grows.

    python -m tests.bench.pipeline [--sizes 100 1000 10000]

Composed documents in the true form, the same for one seed, go through ``kb rebuild``'s and ``kb
ingest``'s own code: extract in a child process, parse, store, identify, resolve, link, index. For
each size, in a process of its own: documents a second, peak memory, and the seconds one more file
takes then. ``growth`` is the time per document at the largest size over that at the smallest (1 is
linear), ``growth_cpu`` the same by processor time, which a busy machine does not stretch.

The peer takes the same files: ``read_text`` and Whoosh's ``add_document``, as Whoosh's tutorial has
it; ``times_peer`` is our time over its time, for all that it does not do.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from whoosh import fields, index

from ingest import pipeline
from ingest.pipeline import Result
from kb.config import Settings

WORDS = [
    "giao",
    "đơn",
    "vị",
    "giả",
    "định",
    "lập",
    "danh",
    "sách",
    "học",
    "sinh",
    "kiểm",
    "tra",
    "phòng",
    "học",
    "thư",
    "viện",
    "báo",
    "cáo",
    "kết",
    "quả",
    "hằng",
    "quý",
    "phối",
    "hợp",
    "tổ",
    "chức",
    "tập",
    "huấn",
    "giáo",
    "viên",
    "mua",
    "sắm",
    "thiết",
    "bị",
    "sửa",
    "chữa",
    "sân",
    "trường",
    "vận",
    "động",
    "quyên",
    "góp",
    "áo",
    "ấm",
    "bản",
    "làng",
    "trồng",
    "cây",
    "ven",
    "đường",
    "đặt",
    "biển",
    "báo",
    "trước",
    "cổng",
    "chợ",
    "công",
    "khai",
    "khoản",
    "thu",
    "chi",
]
PLACES = tuple(f"XÃ GIẢ ĐỊNH {letter}" for letter in "ABCDEGHIKLMNOPQRST")


def numbered(number: int) -> str:
    """Twenty years, each with numbers of its own."""
    return f"{number // 20 + 1}/QĐ-UBND"


def dated(number: int) -> str:
    month = 1 + number % 12
    return f"ngày {1 + number % 28:02} tháng {month:02} năm {2010 + number % 20}"


def compose(number: int, rng: random.Random) -> str:
    """A decision of a commune that exists nowhere, with a few articles and citations."""
    cited = rng.randrange(number + 1)

    def words(count: int) -> str:
        return " ".join(rng.choices(WORDS, k=count))

    articles = "\n\n".join(
        f"Điều {n}. {words(5).capitalize()}\n1. {words(35).capitalize()}.\n"
        f"2. {words(25).capitalize()}:\na) {words(12).capitalize()};\nb) {words(12).capitalize()}."
        for n in range(2, 5)
    )
    return (
        f"ỦY BAN NHÂN DÂN\n{PLACES[number % len(PLACES)]}\n\nSố: {numbered(number)}\n\n"
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n"
        f"Giả Định, {dated(number)}\n\n"
        f"QUYẾT ĐỊNH\nVề việc {words(8)} số {number}\n\n"
        "Căn cứ Luật Người khuyết tật số 51/2010/QH12;\n"
        f"Căn cứ Quyết định số {numbered(cited)} {dated(cited)};\n\n"
        "QUYẾT ĐỊNH:\n\n"
        f"Điều 1. Phạm vi\nQuyết định giả định này {words(20)}.\n\n{articles}\n\n"
        "Điều 5. Hiệu lực\nQuyết định này có hiệu lực kể từ ngày ký.\n\n"
        "CHỦ TỊCH\n\n\nNguyễn Văn Giả\n"
    )


def quiet(*_: object) -> None:
    """No progress."""


def cpu() -> float:
    """Seconds of processor this process and its ended children have used."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def run(size: int) -> dict[str, float]:
    """One size, in this process."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        rng = random.Random(20260418)
        files = folder / "files"
        files.mkdir()
        for number in range(size + 1):
            path = files / f"{number:06}.txt"
            path.write_text(compose(number, rng), encoding="utf-8")
        one_more = (files / f"{size:06}.txt").rename(folder / "thêm.txt")
        settings = Settings(folder / "data")
        pipeline.rebuild(settings, quiet)
        start, used = time.perf_counter(), cpu()
        outcomes = pipeline.ingest(settings, [files], quiet)
        seconds, used = time.perf_counter() - start, cpu() - used
        assert [o.result for o in outcomes] == [Result.DONE] * size
        assert len({o.key for o in outcomes}) == size
        start = time.perf_counter()
        assert pipeline.ingest(settings, [one_more], quiet)[0].result is Result.DONE
        one = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        start, beside_used = time.perf_counter(), cpu()
        peer(files, folder / "peer")
        beside, beside_used = time.perf_counter() - start, cpu() - beside_used
    return {
        "documents": size,
        "seconds": round(seconds, 2),
        "documents_per_second": round(size / seconds, 1),
        "cpu_ms_per_document": round(1000 * used / size, 1),
        "one_more_file_seconds": round(one, 2),
        "peak_mb": round(peak),
        "peer_documents_per_second": round(size / beside, 1),
        "times_peer": round(seconds / beside, 2),
        "times_peer_cpu": round(used / beside_used, 2),
    }


def peer(files: Path, folder: Path) -> None:
    """The same files into Whoosh, as its tutorial has it."""
    folder.mkdir()
    schema = fields.Schema(path=fields.ID(stored=True), content=fields.TEXT)
    writer = index.create_in(str(folder), schema).writer()
    for path in sorted(files.iterdir()):
        writer.add_document(path=path.name, content=path.read_text(encoding="utf-8"))
    writer.commit()


def main() -> None:
    parser = argparse.ArgumentParser(description="speed and growth of the whole pipeline")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1_000, 10_000])
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(run(asked.one)))
        return
    runs: list[dict[str, Any]] = []
    for size in asked.sizes:
        answer = subprocess.run(
            [sys.executable, "-m", "tests.bench.pipeline", "--one", str(size)],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        runs.append(json.loads(answer.stdout))
        print(json.dumps(runs[-1]), file=sys.stderr, flush=True)
    first, last = runs[0], runs[-1]
    growth = first["documents_per_second"] / last["documents_per_second"]
    by_cpu = last["cpu_ms_per_document"] / first["cpu_ms_per_document"]
    print(
        json.dumps(
            {"runs": runs, "growth": round(growth, 2), "growth_cpu": round(by_cpu, 2)}, indent=1
        )
    )


if __name__ == "__main__":
    main()
