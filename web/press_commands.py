"""``kb press``: a text checked before it goes out."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import click

from ingest import RawFile
from kb.config import Settings
from kb.findings import Severity
from kb.press.words import said
from web.opened import Opened
from web.press_check import checked, checked_json, doubts, draft_text, lines
from web.ready import ready
from web.terminal import group


@group()
def press() -> None:
    """Bàn báo chí: kiểm tra bài trước khi đưa ra ngoài."""


@press.command(name="check")
@click.argument("file", metavar="TỆP", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="In JSON cho máy đọc.")
@click.option("--strict", is_flag=True, help="Mã thoát 1 khi có chỗ cần xem.")
@click.pass_obj
def check_(settings: Settings, file: Path, as_json: bool, strict: bool) -> None:
    """Kiểm tra trích dẫn, viện dẫn, con số và dấu mật trong một bài TXT, DOCX; không lưu gì.

    Vị trí trong JSON đếm theo ký tự của chữ đọc được từ tệp. Mã thoát: 0; 1 khi có chỗ cần xem và
    dùng --strict; 2 khi có lỗi.
    """
    ready(settings)
    text, today = draft_text(RawFile(file.read_bytes(), file.name)), date.today()
    with Opened(settings) as shown:
        found = checked(shown, text, today)
        if as_json:
            made = checked_json(shown, text, found)
            for doubt in doubts(shown):
                click.echo(doubt, err=True)
            click.echo(json.dumps(made, ensure_ascii=False, indent=2))
        else:
            click.echo("\n".join(lines(shown, file.name, text, found, today)))
    grave = {one.severity for one in said(found)}
    if Severity.ERROR in grave:
        sys.exit(2)
    if strict and Severity.WARNING in grave:
        sys.exit(1)
