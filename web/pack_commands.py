"""``kb press pack``, ``kb press export`` and ``kb press verify``."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from kb.config import Settings
from kb.diff import Change, Piece
from kb.dossiers import Pack
from kb.dossiers.changes import STANDING_WORDS
from kb.dossiers.made import at_words, state_line
from kb.dossiers.report import Form, called
from kb.dossiers.said import said as event_said
from kb.dossiers.seal import BrokenSeal, Seal
from kb.errors import CanCuError
from kb.press.words import summary
from kb.store import press as rows
from kb.store.desk import Desk
from kb.text import quoted
from web import dossiers, plan_reports
from web.dossiers import Closed, Looked
from web.exports.packs import pack_file
from web.opened import Opened
from web.terminal import command, group, write
from web.verified import FATES, NO_KEY, verified

_BY = click.option("--by", required=True, metavar="TÊN", help="Ai làm; tên như gõ vào.")


@group()
def pack() -> None:
    """Hồ sơ báo chí: câu trích nguyên văn, lời người phát ngôn."""


@pack.command(name="list")
@click.pass_obj
def list_(settings: Settings) -> None:
    """Liệt kê các hồ sơ, mới làm trước."""
    now = datetime.now().astimezone()
    for one in rows.packs(Desk(settings.desk)):
        click.echo(f"{one.id}\t{one.facts.title}\t{len(one.passages)} câu trích\t"
                   f"{state_line(one, now)}")  # fmt: skip


@pack.command()
@click.argument("number", metavar="HỒ_SƠ", type=int)
@click.option("--json", "as_json", is_flag=True, help="In JSON cho máy đọc.")
@click.pass_obj
def show(settings: Settings, number: int, as_json: bool) -> None:
    """Kiểm lại một hồ sơ: câu trích nào còn nguyên, lời nào sai, vì sao chưa xuất được."""
    with Opened(settings) as kb:
        looked = dossiers.looked(kb, number)
    if as_json:
        click.echo(json.dumps(_shown(looked), ensure_ascii=False, indent=2))
        return
    one, now = looked.pack, datetime.now().astimezone()
    click.echo(f"Hồ sơ số {one.id}: {one.facts.title}")
    click.echo(state_line(one, now))
    for n, found in enumerate(looked.found, 1):
        click.echo(f"\n{n}. {found.full} – {STANDING_WORDS[found.standing]}")
        click.echo(f"   {quoted(found.passage.selector.exact)}")
        click.echo(f"   Hiệu lực: {found.status_line}")
        if found.reason:
            click.echo(f"   {found.reason}")
        if found.diff:
            click.echo(f"   {diff_words(found.diff)}")
    if one.text:
        click.echo(f"\n{one.text}\n")
    for line in summary(looked.checked) if looked.checked else ():
        click.echo(f"{line}.")
    standing = looked.standing(Form.PACK)
    if not one.passages and not one.text.strip():
        click.echo("Chưa xuất được: hồ sơ chưa có gì.")
    else:
        click.echo("Xuất được." if not standing
                   else f"Chưa xuất được: {len(standing)} điều phải xem.")  # fmt: skip
    for reason in standing:
        click.echo(f"- {reason.words}")
    for event in one.events:
        click.echo(f"{at_words(event.at, now)}, {event.by}: {event_said(event, one.events)}")


@pack.command()
@click.argument("title", metavar="TÊN_HỒ_SƠ")
@click.option("--outlet", default="", metavar="BÁO", help="Báo, đài hoặc người hỏi.")
@click.option("--deadline", default="", metavar="LÚC", help="Hẹn trả lời: 2026-11-26T16:00.")
@click.option("--purpose", default="", metavar="LỜI", help="Mục đích; ghi riêng, không in ra.")
@click.option("--claim", default="", metavar="LỜI", help="Điều đang được nói (thẻ phản bác).")
@click.option(
    "--organisation",
    default="",
    metavar="TÊN",
    help="Cơ quan, trường đứng tên; mặc định: như hồ sơ trước.",
)
@_BY
@click.pass_obj
def new(settings: Settings, /, by: str, **about: str) -> None:
    """Mở hồ sơ mới."""
    with Opened(settings) as kb:
        about["organisation"] = about["organisation"] or dossiers.organisation(kb)
        number = dossiers.open_pack(kb, dossiers.facts(about), by)
    click.echo(f"Đã mở hồ sơ số {number}: {about['title']}")


@pack.command()
@click.argument("number", metavar="HỒ_SƠ", type=int)
@click.argument("document", metavar="SỐ|ĐỊA_CHỈ")
@click.argument("place", metavar="CHỖ")
@click.option("--words", default="", metavar="CHỮ", help="Chỉ lấy những chữ này của chỗ ấy.")
@_BY
@click.pass_obj
def add(settings: Settings, number: int, document: str, place: str, words: str, by: str) -> None:
    """Thêm câu trích: kb press pack add 1 51/2010/QH12 "khoản 2 Điều 5" --by "Họ và tên"."""
    with Opened(settings) as kb:
        key, provision = plan_reports.place_in(kb, document, place)
        passage = dossiers.passage(kb, key, provision, words)
        dossiers.add_passage(kb, number, passage, by)
    click.echo(f"Đã thêm vào hồ sơ {number}: {quoted(passage.selector.exact, 100)}")


_FILE = click.Path(path_type=Path, dir_okay=False)


@command()
@click.argument("number", metavar="HỒ_SƠ", type=int)
@click.option("--docx", type=_FILE, metavar="TỆP", help="Văn bản Word.")
@click.option("--txt", type=_FILE, metavar="TỆP", help="Văn bản thường.")
@click.option("--json", "json_", type=_FILE, metavar="TỆP", help="JSON cho máy đọc.")
@click.option("--card", is_flag=True, help="Thẻ phản bác, một trang, thay cho hồ sơ.")
@click.option("--why", default="", metavar="LỜI",
              help="Cho xuất dù còn điều phải xem, vì lý do này; được lưu và in ra. Người soạn "
              "không tự ghi được.")  # fmt: skip
@click.option("--organisation", default="", metavar="TÊN",
              help="Cơ quan, trường đứng tên; ghi vào hồ sơ.")  # fmt: skip
@_BY
@click.pass_context
def export(
    context: click.Context, /, number: int, docx: Path | None, txt: Path | None,
    json_: Path | None, card: bool, why: str, organisation: str, by: str,
) -> None:  # fmt: skip
    """Xuất hồ sơ ra tệp có dấu; mã 2 kèm lý do khi còn điều sai hay chưa kiểm được."""
    files = {"docx": docx, "txt": txt, "json": json_}
    wanted = {kind: path for kind, path in files.items() if path}
    if not wanted:
        raise click.UsageError("Nêu ít nhất một tệp: --docx TỆP, --txt TỆP hoặc --json TỆP.")
    settings: Settings = context.obj
    form = Form.CARD if card else Form.PACK
    with Opened(settings) as kb:
        if why:
            stamps = [one.stamp for one in dossiers.looked(kb, number).standing(form)]
            if stamps:
                dossiers.let_through(kb, number, form, stamps, by, why)
            else:
                click.echo("Không còn điều nào phải ghi lý do: --why không được ghi.", err=True)
        try:
            report = dossiers.export(kb, number, form, by, organisation)[1]
        except Closed as error:
            click.echo(f"{error} {error.hint}", err=True)
            for reason in error.reasons:
                click.echo(f"- {reason.words}" + (f" Căn cứ: {reason.law}" if reason.law else ""),
                           err=True)  # fmt: skip
            context.exit(2)
    for kind, path in wanted.items():
        write(path, pack_file(report, kind)[2])


@command()
@click.argument("path", metavar="TỆP", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.pass_context
def verify(context: click.Context, path: Path) -> None:
    """Kiểm tệp đã xuất còn nguyên chữ không; không cần mạng, không cần kho. Mã 0 nguyên vẹn, 1 đã
    sửa, 2 không có dấu hoặc dấu hỏng."""
    try:
        result = verified(path.read_bytes())
    except BrokenSeal as error:
        click.echo(f"{path.name}: {error} {error.hint}", err=True)
        context.exit(2)
    seal, found = result.seal, result.tampered
    kind = "thẻ phản bác" if seal.form == Form.CARD.value else "hồ sơ"
    checked = datetime.fromisoformat(seal.checked)
    when = at_words(seal.checked, checked)
    count = len(seal.quotes)
    click.echo(f"{path.name}: {kind} số {seal.pack}, kiểm nguồn {when}, {count} câu trích.")
    for one in found:
        click.echo(f"✕ {one.called[:1].upper()}{one.called[1:]}: {FATES[one.fate]}.")
        click.echo(f"    {diff_words(one.diff)}")
    if not found:
        click.echo("● Nguyên vẹn: mọi chữ của tệp đúng như lúc xuất.")
    _here(context.obj, seal)
    click.echo(NO_KEY)
    context.exit(1 if found else 0)


def diff_words(pieces: tuple[Piece, ...]) -> str:
    """A diff for a terminal: "… [-không-] {+khong+} …", long kept runs cut in the middle."""
    out = []
    for piece in pieces:
        if piece.change is Change.REMOVED:
            out.append(f"[-{piece.text.strip()}-]")
        elif piece.change is Change.ADDED:
            out.append(f"{{+{piece.text.strip()}+}}")
        else:
            text = piece.text
            out.append(text if len(text) <= 80 else f"{text[:36]} … {text[-36:]}")
    return " ".join(" ".join(out).split())


def _here(settings: Settings, seal: Seal) -> None:
    """What the desk and the library of this machine know of it, where they are at hand."""
    if not settings.desk.is_file():
        click.echo("Máy này không có bàn báo chí để đối chiếu dấu.")
        return
    try:
        event = rows.sealed(Desk(settings.desk), seal.digest)
        if event is not None:
            when = at_words(event.at, datetime.now().astimezone())
            click.echo(f"● Dấu này do bàn báo chí ở đây xuất {when}, người xuất: {event.by}.")
        else:
            click.echo("▲ Bàn báo chí ở máy này không xuất dấu này.")
        with Opened(settings) as kb:
            found = dossiers.today(kb, seal)
    except CanCuError as error:
        # What this machine knows is beside the point: the verdict on the file stands.
        click.echo(f"Chưa xem được nguồn hôm nay: {error} {error.hint}")
        return
    for quote, one in zip(seal.quotes, found, strict=True):
        name = called(f"quote {quote.n}", seal.quotes)
        mark = "●" if one.verified else "▲"
        click.echo(f"{mark} Hôm nay, {name}: {STANDING_WORDS[one.standing][:1].lower()}"
                   f"{STANDING_WORDS[one.standing][1:]}. {one.reason}".rstrip())  # fmt: skip
        if one.diff:
            click.echo(f"    {diff_words(one.diff)}")


def _shown(looked: Looked) -> dict[str, Any]:
    one: Pack = looked.pack
    return {
        "pack": one.id,
        "facts": asdict(one.facts),
        "state": one.state.value,
        "expires": one.expires,
        "text": one.text,
        "passages": [
            {"document": f.passage.key, "provision": f.passage.provision, "place": f.place,
             "citation": f.full, "exact": f.passage.selector.exact, "standing": f.standing.value,
             "reason": f.reason, "status": f.status_line}
            for f in looked.found
        ],
        "closed": [reason.words for reason in looked.standing(Form.PACK)],
        "events": [asdict(event) for event in one.events if event.kind != "export"],
    }  # fmt: skip
