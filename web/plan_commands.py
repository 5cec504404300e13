"""``kb plan`` and ``kb review``: plans with their bases, and what people decide of them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from kb.config import Settings
from kb.errors import CanCuError
from kb.links.review import STATE_WORDS, Verb
from kb.plans import item_name
from kb.report import ItemReport, LinkReport, PlanReport
from kb.rollover import rollover
from web import duties as duties_of
from web import plan_reports, suggested, words
from web.api import plan_json
from web.checks import everything
from web.exports.files import draft_file, report_file
from web.history import read_day
from web.opened import Opened
from web.terminal import group, write


@group()
def plan() -> None:
    """Kế hoạch và căn cứ của từng việc."""


@plan.command(name="list")
@click.pass_obj
def list_(settings: Settings) -> None:
    """Liệt kê các kế hoạch trong kho."""
    with Opened(settings) as kb:
        for item in kb.library.documents("plan"):
            click.echo(f"{item.document.number}\t{item.document.title}")


@plan.command()
@click.argument("number", metavar="SỐ|ĐỊA_CHỈ")
@click.option("--json", "as_json", is_flag=True, help="In JSON cho máy đọc.")
@click.pass_obj
def show(settings: Settings, number: str, as_json: bool) -> None:
    """In từng mục của kế hoạch với căn cứ và hiệu lực của căn cứ."""
    with Opened(settings) as kb:
        key, today = kb.one(number, kind="plan").document.key, date.today()
        shown = plan_json(kb, key, today, everything(kb, key, today))
    if as_json:
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2))
        return
    for line in words.plan_lines(shown):
        click.echo(line)


@plan.command()
@click.argument("number", metavar="SỐ|ĐỊA_CHỈ")
@click.option("--answered/--unanswered", default=None,
              help="Chỉ những việc đã có mục nói gần giống, hoặc chưa có mục nào.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="In JSON cho máy đọc.")
@click.pass_obj
def duties(settings: Settings, number: str, answered: bool | None, as_json: bool) -> None:
    """In những việc văn bản trong kho giao cho nhà trường, cạnh mục của kế hoạch."""
    with Opened(settings) as kb:
        key = kb.one(number, kind="plan").document.key
        told = duties_of.duties_json(kb, key, date.today())
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for line in duties_of.lines(told, answered):
        click.echo(line)


@plan.command()
@click.argument("number", metavar="SỐ|ĐỊA_CHỈ")
@click.option("--item", default="", metavar="MỤC", help="Chỉ một mục: II.1.g2.")
@click.option("--json", "as_json", is_flag=True, help="In JSON cho máy đọc.")
@click.pass_obj
def suggest(settings: Settings, number: str, item: str, as_json: bool) -> None:
    """In những chỗ trong kho có thể là căn cứ của từng mục; chưa ai duyệt."""
    with Opened(settings) as kb:
        key = kb.one(number, kind="plan").document.key
        told = suggested.suggested_json(kb, key, date.today(), item)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for line in suggested.lines(told):
        click.echo(line)


_FILE = click.Path(path_type=Path, dir_okay=False)


@plan.command()
@click.argument("number", metavar="SỐ|ĐỊA_CHỈ")
@click.option("--xlsx", type=_FILE, metavar="TỆP", help="Bảng tính, đủ mọi bảng.")
@click.option("--docx", type=_FILE, metavar="TỆP", help="Văn bản Word, đủ mọi bảng.")
@click.option("--csv", type=_FILE, metavar="TỆP", help="Bảng mục và căn cứ.")
@click.option("--on", "on", default="", metavar="NGÀY", help="Xét hiệu lực vào ngày ấy.")
@click.pass_obj
def export(settings: Settings, /, number: str, on: str, **files: Path | None) -> None:
    """Ghi báo cáo căn cứ của một kế hoạch ra tệp."""
    wanted = {kind: path for kind, path in files.items() if path}
    if not wanted:
        raise click.UsageError("Nêu ít nhất một tệp: --xlsx TỆP, --docx TỆP hoặc --csv TỆP.")
    with Opened(settings) as kb:
        told = _told(kb, number, on, checked=True)
    for kind, path in wanted.items():
        write(path, report_file(told, kind)[2])


@plan.command(name="rollover")
@click.argument("number", metavar="SỐ|ĐỊA_CHỈ")
@click.argument("year", metavar="NĂM", type=click.IntRange(1900, 2199))
@click.option("--docx", type=_FILE, metavar="TỆP", help="Ghi bản nháp ra tệp Word.")
@click.option("--md", type=_FILE, metavar="TỆP", help="Ghi bản nháp ra tệp Markdown.")
@click.option("--on", "on", default="", metavar="NGÀY", help="Xét hiệu lực vào ngày ấy.")
@click.pass_obj
def rollover_(settings: Settings, /, number: str, year: int, on: str, **files: Path | None) -> None:
    """Sao kế hoạch sang năm khác: chép các mục, xét lại căn cứ, liệt kê việc phải quyết định."""
    with Opened(settings) as kb:
        draft = rollover(_told(kb, number, on), year)
    for kind, path in files.items():
        if path:
            write(path, draft_file(draft, kind)[2])
    click.echo(f"{draft.open} việc phải quyết định:")
    for ask in draft.asks:
        click.echo(f"- {ask.what}")
    for basis, asks in draft.bases:
        for ask in asks:
            click.echo(f"- {f'{basis.name} {basis.place}'.strip()}: {ask.what}")
    for item in draft.items:
        for ask in item.asks:
            click.echo(f"- {words.item(item.item.id)}: {ask.what}")


@group()
def review() -> None:
    """Duyệt căn cứ của từng mục; tên người soát là tên gõ vào, không phải tài khoản."""


_BY = click.option("--by", required=True, metavar="TÊN", help="Ai quyết định.")
_WHY = click.option("--why", default="", metavar="LỜI", help="Vì sao.")
_REASON = click.option("--why", required=True, metavar="LỜI", help="Vì sao.")
_LATER = click.option(
    "--later", is_flag=True,
    help="Đã biết căn cứ ban hành sau ngày ký; ghi để dùng cho lần sửa kế hoạch sau.",
)  # fmt: skip
_AT = click.option(
    "--at", "place", default="", metavar="CHỖ", help="Chỗ của căn cứ: khoản 2 Điều 5."
)


@review.command(name="list")
@click.argument("number", metavar="KẾ_HOẠCH")
@click.pass_obj
def review_list(settings: Settings, number: str) -> None:
    """In trạng thái từng mục và mọi quyết định đã ghi, kèm số để rút lại."""
    with Opened(settings) as kb:
        told = _told(kb, number, "")
    for row in told.items:
        more = f"; {words.NOTICED}" if row.noticed else ""
        name = words.item(row.item.id)
        click.echo(f"{name} [{row.item.id}]: {STATE_WORDS[row.state]}{more}")
        for link in row.live:
            if link.noticed:
                click.echo(f"    {link.basis.number}: {words.noticed(link)}")
        for said in row.history:
            gone = " (đã rút lại)" if said.id in told.taken_back else ""
            what = f"{words.decision(said)} ({words.decided_on(said, told.names)})"
            click.echo(f"    [{said.id}] {words.at(said)} {said.by}: {what}{gone}")
            if said.why:
                click.echo(f"        vì: {said.why}")
        for line in _late(row):
            click.echo(line)
    for said in told.lost:
        click.echo(
            f"[{said.id}] mục đã đổi, cần xem lại (khi ấy là {item_name(said.item)}): "
            f"{said.item_words}"
        )


@review.command()
@click.argument("number", metavar="KẾ_HOẠCH")
@click.argument("item", metavar="MỤC")
@click.argument("basis", metavar="CĂN_CỨ")
@_AT
@click.option("--partly", is_flag=True, help="Chỉ là căn cứ cho một phần của mục.")
@_LATER
@_BY
@_WHY
@click.pass_obj
def accept(
    settings: Settings, number: str, item: str, basis: str, place: str, partly: bool, later: bool,
    by: str, why: str,
) -> None:  # fmt: skip
    """Nhận: đúng là căn cứ của mục."""
    verb = Verb.PARTLY if partly else Verb.ACCEPT
    _decide(settings, number, item, verb, by, why, basis, place, later=later)


@review.command()
@click.argument("number", metavar="KẾ_HOẠCH")
@click.argument("item", metavar="MỤC")
@click.argument("basis", metavar="CĂN_CỨ")
@_AT
@_BY
@_REASON
@click.pass_obj
def reject(
    settings: Settings, number: str, item: str, basis: str, place: str, by: str, why: str
) -> None:
    """Bác: không phải căn cứ của mục."""
    _decide(settings, number, item, Verb.REJECT, by, why, basis, place)


@review.command()
@click.argument("number", metavar="KẾ_HOẠCH")
@click.argument("item", metavar="MỤC")
@click.argument("basis", metavar="CĂN_CỨ_CŨ")
@click.argument("new", metavar="CĂN_CỨ_MỚI")
@_AT
@click.option("--new-at", default="", metavar="CHỖ", help="Chỗ trong căn cứ mới: khoản 2 Điều 5.")
@_LATER
@_BY
@_REASON
@click.pass_obj
def replace(
    settings: Settings, number: str, item: str, basis: str, new: str, place: str, new_at: str,
    later: bool, by: str, why: str,
) -> None:  # fmt: skip
    """Thay căn cứ của mục bằng căn cứ khác."""
    new_place = (new, new_at)
    _decide(settings, number, item, Verb.REPLACE, by, why, basis, place, new_place, later=later)


@review.command()
@click.argument("number", metavar="KẾ_HOẠCH")
@click.argument("item", metavar="MỤC")
@click.argument("new", metavar="CĂN_CỨ")
@_AT
@_LATER
@_BY
@_WHY
@click.pass_obj
def add(
    settings: Settings, number: str, item: str, new: str, place: str, later: bool, by: str, why: str
) -> None:
    """Gắn thêm một căn cứ cho mục."""
    _decide(settings, number, item, Verb.ADD, by, why, new=(new, place), later=later)


@review.command()
@click.argument("number", metavar="KẾ_HOẠCH")
@click.argument("item", metavar="MỤC")
@_BY
@_REASON
@click.pass_obj
def justify(settings: Settings, number: str, item: str, by: str, why: str) -> None:
    """Ghi rằng mục không cần căn cứ, và vì sao."""
    _decide(settings, number, item, Verb.JUSTIFY, by, why)


@review.command()
@click.argument("number", metavar="KẾ_HOẠCH")
@click.argument("id", metavar="SỐ_QUYẾT_ĐỊNH", type=int)
@_BY
@_WHY
@click.pass_obj
def undo(settings: Settings, number: str, id: int, by: str, why: str) -> None:
    """Rút lại một quyết định (số ở: kb review list); cả hai lần đều được lưu."""
    with Opened(settings) as kb:
        was = plan_reports.take_back(kb, _told(kb, number, ""), id, by, why)
    click.echo(f"Đã ghi: {by} rút lại quyết định {id} ở {item_name(was.item)}.")


def _decide(
    settings: Settings, number: str, item: str, verb: Verb, by: str, why: str,
    basis: str = "", place: str = "", new: tuple[str, str] = ("", ""), later: bool = False,
) -> None:  # fmt: skip
    with Opened(settings) as kb:
        told = _told(kb, number, "", item=item)
        row = plan_reports.item_of(told, item)
        link = _link(kb, row, basis, place) if basis else None
        instead = plan_reports.place_in(kb, *new) if new[0] else ("", "")
        rows = [(row, link)]
        plan_reports.decide(
            kb, told, verb, rows, by, why, instead=instead, late=later, confirm="thêm --later"
        )
        now = plan_reports.item_of(_told(kb, number, ""), item)
    where = item_name(item)
    click.echo(f"Đã ghi: {by}, {where}: {words.VERBS[verb]}. Mục nay: {STATE_WORDS[now.state]}.")
    for line in _late(now):
        click.echo(line)


def _late(row: ItemReport) -> list[str]:
    """What is to be known of grounds people gave an item that are younger than the plan."""
    return [f"    Cảnh báo: {link.basis.number}: {link.basis.late}"
            for link in row.live if link.decision and link.basis.late]  # fmt: skip


def _link(kb: Opened, row: ItemReport, basis: str, place: str) -> LinkReport:
    """The link of an item by the number of its basis as typed."""
    every = (*row.links, *row.suggested)
    same = [r for r in every if basis in (r.link.target, r.link.number, r.basis.number)]
    if place:
        target, provision = plan_reports.place_in(kb, basis, place)
        same = [r for r in every if (r.link.target, r.link.provision) == (target, provision)]
    elif len(same) > 1:
        # Without a place: the one the item has rather than a suggestion, the whole document.
        own = [r for r in same if r in row.links]
        same = own if len(own) == 1 else [r for r in own or same if not r.link.provision] or same
    if len(same) == 1:
        return same[0]
    known = "; ".join(f"{r.basis.number} {r.basis.place}".strip() for r in row.links)
    raise CanCuError(
        f"{words.item(row.item.id)} có {len(same)} căn cứ là {basis}.",
        f"Căn cứ của mục: {known or 'chưa có'}. Nêu chỗ bằng --at, hoặc gắn thêm: kb review add.",
    )


def _told(kb: Opened, number: str, on: str, *, checked: bool = False, item: str = "") -> PlanReport:
    key = kb.one(number, kind="plan").document.key
    day = read_day(on) if on else date.today()
    found = everything(kb, key, day) if checked else ()
    return plan_reports.told(kb, key, day, found, item)
