"""``kb confirm`` and ``kb set``: what a person vouches for, kept in the desk database."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from pathlib import Path

import click

from kb.config import Settings
from kb.confirmations import FIELDS, TEXT, WHOLE, Vouched
from kb.documents import display_date, parse_number
from kb.errors import CanCuError
from kb.sources import Source
from kb.store.desk import Desk
from web import typed, words
from web.opened import Opened
from web.terminal import command

_DAY = re.compile(r"(?P<day>\d{1,2})[/-](?P<month>\d{1,2})[/-](?P<year>\d{4})")


@command()
@click.argument("number", metavar="SỐ|ĐỊA_CHỈ")
@click.option("--by", required=True, metavar="TÊN", help="Ai đã đối chiếu với bản gốc.")
@click.option(
    "--page",
    "pages",
    multiple=True,
    type=int,
    metavar="N",
    help="Trang đã đối chiếu, lặp lại được; không ghi là mọi trang nhận dạng.",
)
@click.option("--why", default="", metavar="LỜI", help="Ghi chú thêm.")
@click.option("--undo", is_flag=True, help="Rút lại lời xác nhận; cả hai lần đều được lưu.")
@click.pass_obj
def confirm(
    settings: Settings, number: str, by: str, pages: tuple[int, ...], why: str, undo: bool
) -> None:
    """Xác nhận bản nhận dạng đúng với ảnh bản gốc; từ đó trích dẫn được."""
    with Opened(settings) as kb:
        listed = kb.one(number)
        name = words.name(listed.document)
        source, vouched = _recognised(kb.vouched(listed.document.key), name)
        done = list(pages) or [
            page for page in vouched.stamps if (page in vouched.confirmed) == undo
        ]
        wrong = [str(page) for page in done if page not in vouched.stamps]
        if wrong:
            raise CanCuError(
                f"Không có bản nhận dạng ở trang {', '.join(wrong)} của {name}.",
                f"Các trang nhận dạng: {_pages(list(vouched.stamps))}.",
            )
        for page in done:
            if not undo:
                kb.desk.add(source.sha256, TEXT, vouched.stamps[page], by=_by(by), at=typed.now(),
                            why=why.strip(), page=page)  # fmt: skip
            elif page in vouched.confirmed:
                kb.desk.undo(vouched.confirmed[page], by=_by(by), at=typed.now(), why=why.strip())
    if not done:
        click.echo(f"{name}: không còn trang nào {'để rút' if undo else 'chưa xác nhận'}.")
        return
    said = "rút lại lời xác nhận" if undo else "xác nhận"
    click.echo(f"Đã ghi: {_by(by)} {said} {_pages(done)} của {name}.")


@command(name="set")
@click.argument("target", metavar="SỐ|ĐỊA_CHỈ|TỆP")
@click.argument("values", nargs=-1, required=True, metavar="number=… issued=…")
@click.option("--by", required=True, metavar="TÊN", help="Ai đã đọc trên bản gốc.")
@click.option("--why", required=True, metavar="LỜI", help="Vì sao, thí dụ: số viết tay.")
@click.pass_obj
def set_(settings: Settings, target: str, values: tuple[str, ...], by: str, why: str) -> None:
    """Ghi số (number=) hay ngày (issued=) đọc bằng mắt trên bản gốc; để trống là rút lại."""
    read = [_field(value) for value in values]
    if not why.strip():
        raise CanCuError("Chưa ghi vì sao.", 'Thêm: --why "số viết tay"')
    sha256, name = _file(settings, target)
    desk = Desk(settings.desk)
    present = {said.what: said for said in desk.confirmations(sha256)}
    for field, value in read:
        if value:
            desk.add(sha256, field, value, by=_by(by), at=typed.now(), why=why.strip())
        elif field in present:
            desk.undo(present[field], by=_by(by), at=typed.now(), why=why.strip())
        else:
            raise CanCuError(f"{FIELDS[field]} của {name} chưa ai nhập.", "Không có gì để rút lại.")
        shown = display_date(value) if field == "issued" else value
        click.echo(f"Đã ghi cho {name}: {FIELDS[field]} {shown or 'như máy đọc'}, do {_by(by)}.")
    click.echo("Có hiệu lực khi tệp được nạp; tệp đã ở trong kho thì chạy: kb rebuild")


def _recognised(found: tuple[Source, Vouched] | None, name: str) -> tuple[Source, Vouched]:
    if found is None:
        raise CanCuError(f"{name} chưa có toàn văn trong kho.", "Nạp: kb ingest TỆP")
    if not found[1].stamps:
        raise CanCuError(
            f"{name} có chữ gõ sẵn trong tệp, không phải bản nhận dạng.",
            "Không cần xác nhận: trích dẫn được.",
        )
    return found


def _file(settings: Settings, target: str) -> tuple[str, str]:
    """(hash, name) of a file on disk, or of the one a document's text is from."""
    path = Path(target)
    if path.is_file():
        return hashlib.sha256(path.read_bytes()).hexdigest(), path.name
    with Opened(settings) as kb:
        listed = kb.one(target)
        source = kb.library.source(listed.document.key)
        name = words.name(listed.document)
    if source is None:
        raise CanCuError(f"{name} chưa có tệp nào trong kho.", "Nạp: kb ingest TỆP")
    return source.sha256, name


def _field(written: str) -> tuple[str, str]:
    """``issued=6/5/2021`` → ("issued", "2021-05-06"); raises ``CanCuError``."""
    field, equals, value = written.partition("=")
    value = value.strip()
    if not equals or field not in FIELDS:
        raise CanCuError(f"Không hiểu {written}.", "Viết number=12/KH-ABC hoặc issued=06/5/2021.")
    if not value:
        return field, ""
    if field == "number":
        try:
            return field, parse_number(value).text
        except ValueError:
            raise CanCuError(
                f"{value} không có dạng một số, ký hiệu.", "Viết như trên giấy: 12/KH-ABC."
            ) from None
    found = _DAY.fullmatch(value)
    try:
        if found is None:
            raise ValueError(value)
        return field, date(*(int(found[part]) for part in ("year", "month", "day"))).isoformat()
    except ValueError:
        raise CanCuError(f"{value} không phải một ngày.", "Viết 06/5/2021.") from None


def _pages(pages: list[int]) -> str:
    if pages == [WHOLE]:
        return "toàn văn"
    return f"trang {', '.join(str(page) for page in pages)}"


def _by(name: str) -> str:
    return typed.person(name, "người xác nhận")
