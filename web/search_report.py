"""``kb search-report``: how searches went, where a log of them is kept."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta

import click

from kb.config import Settings
from kb.documents import display_date
from kb.search_log import LOW, Counted, Report, report
from kb.store.search_log import SearchLog
from web.terminal import command

_OFF = (
    "Sổ tra cứu đang tắt: không ghi lần tìm nào. Muốn ghi thì đặt KB_SEARCH_LOG là số ngày giữ "
    "(ví dụ KB_SEARCH_LOG=90) rồi chạy lại kb serve. Sổ nằm ở máy này, không ghi ai đã tìm; "
    "số điện thoại, số giấy tờ và tên người trong câu tìm được che."
)


@command(name="search-report")
@click.option("--days", default=30, show_default=True, type=click.IntRange(1, 3650),
              help="Số ngày gần đây, kể cả hôm nay.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="In JSON cho máy đọc.")
@click.pass_obj
def search_report(settings: Settings, days: int, as_json: bool) -> None:
    """Sổ tra cứu nói gì: câu không có kết quả, câu chậm, câu phải mở kết quả ở xa, câu hay hỏi."""
    kept = SearchLog(settings.searches, settings.search_log)
    told = report(kept.entries(date.today() - timedelta(days=days - 1)))
    if as_json:
        value = {"on": bool(settings.search_log), "days": days} | asdict(told)
        click.echo(json.dumps(value, ensure_ascii=False, indent=2))
        return
    if not settings.search_log:
        click.echo(_OFF)
    if told.searches:
        for line in _lines(told):
            click.echo(line)
    elif settings.search_log:
        click.echo(f"Sổ tra cứu đang bật; chưa có lần tìm nào trong {days} ngày qua.")


def _lines(told: Report) -> list[str]:
    first, last = display_date(told.first_day), display_date(told.last_day)
    head = f"Từ {first} đến {last}: {told.searches} lần tìm, {told.clicks} lần mở kết quả"
    if told.masked:
        head += f"; {told.masked} câu có chỗ đã che"
    return [
        f"{head}.",
        f"Thời gian làm một trang kết quả: một nửa không quá {told.p50_ms} mili giây, "
        f"95 % không quá {told.p95_ms} mili giây.",
        *_list("Không có kết quả", told.nothing, ""),
        *_list("Chậm nhất", told.slow, "{} mili giây"),
        *_list(f"Mở kết quả đứng sau hạng {LOW}", told.low, "hạng {}"),
        *_list("Hay hỏi nhất", told.frequent, ""),
    ]


def _list(title: str, rows: Sequence[Counted], value: str) -> list[str]:
    """A heading and a line for each query: what was asked, how many times, the value in words."""
    out = ["", f"{title}:"]
    for row in rows:
        said = [value.format(row.value)] if value else []
        said += [f"{row.times} lần"] if row.times > 1 or not said else []
        out.append(f"  {row.query} ({', '.join(said)})")
    return out if rows else [*out, "  không có"]
