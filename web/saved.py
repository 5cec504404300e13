"""Saved searches: the form's post, the page of all of them, and ``kb saved``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from urllib.parse import parse_qsl

import click
from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from kb.config import Settings
from kb.errors import CanCuError, NotFound
from kb.saved import Saved
from kb.store import Listed
from kb.store import saved as store
from kb.store.desk import Desk
from web import opened, typed, words
from web.api import document_json, url_of
from web.asked import Asked, read
from web.opened import Opened
from web.ready import ready
from web.review import remembered
from web.terminal import command

pages = Blueprint("saved", __name__)

LONGEST = 100  # characters of a name
_LONGEST_ADDRESS = 8_000
_SHOWN = 5  # new documents named


@dataclass(frozen=True, slots=True)
class Now:
    """A saved search and what it finds today: ``new`` documents that answer wholly and did not when
    it was last looked at; ``trouble`` why it could not be asked."""

    saved: Saved
    url: str
    new: tuple[Listed, ...] = ()
    trouble: str = ""

    @property
    def first(self) -> tuple[Listed, ...]:
        return self.new[:_SHOWN]


@pages.get("/tim-da-luu")
def index() -> str:
    return render_template("search/saved.html", searches=now(opened()), url_of=url_of)


@pages.post("/tim-da-luu")
def act() -> Response:
    """``viec`` is "luu", "xem:<id>" or "bo:<id>"."""
    kb, form, at = opened(), request.form, typed.now()
    what, _, number = form.get("viec", "").partition(":")
    which = int(number) if number.isascii() and number.isdigit() and len(number) < 19 else 0
    if what == "luu":
        asked = _read(form.get("dia-chi", ""))
        store.save(
            kb.desk, _name(form.get("ten-tim", ""), asked), query_of(asked), _keys(kb, asked),
            by=remembered(), at=at,
        )  # fmt: skip
    elif what == "xem":
        one = _one(kb.desk, which)
        store.look(kb.desk, which, _keys(kb, _read(one.query)), by=remembered(), at=at)
    elif what == "bo":
        store.remove(kb.desk, which, by=remembered(), at=at)
    else:
        raise CanCuError("Chưa chọn việc.", "Mở lại trang Tìm kiếm đã lưu và chọn một nút.")
    return redirect(url_for("saved.index"), 303)


@command(name="saved")
@click.option("--json", "as_json", is_flag=True, help="In JSON cho máy đọc.")
@click.pass_obj
def saved_(settings: Settings, as_json: bool) -> None:
    """Liệt kê các tìm kiếm đã lưu, và văn bản mới có trong kết quả của mỗi cái."""
    ready(settings)
    with Opened(settings) as kb:
        found = now(kb)
    if as_json:
        rows = [
            {"id": one.saved.id, "name": one.saved.name, "url": one.url, "by": one.saved.by,
             "at": one.saved.at, "looked": one.saved.looked, "trouble": one.trouble,
             "new": [document_json(listed) for listed in one.new]}
            for one in found
        ]  # fmt: skip
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for one in found:
        by = f", {one.saved.by}" if one.saved.by else ""
        click.echo(f"{one.saved.name} (lưu {words.moment(one.saved.at)}{by})\n  {one.url}")
        if one.trouble:
            click.echo(f"  {one.trouble}")
        if one.new:
            click.echo(f"  {len(one.new)} văn bản lần trước chưa có:")
        for listed in one.first:
            name, title = words.name(listed.document), listed.document.title
            click.echo(f"    {name}" if title in name else f"    {name}: {title}")
    if not found:
        click.echo("Chưa lưu tìm kiếm nào. Ở trang kết quả, mở “Lưu tìm kiếm này”.")


def now(kb: Opened) -> list[Now]:
    """Every saved search, asked again."""
    out = []
    for saved in store.saved(kb.desk):
        asked = _read(saved.query)
        try:
            new = [kb.library.listed(key) for key in saved.new(_keys(kb, asked))]
            out.append(Now(saved, asked.url(), tuple(new)))
        except CanCuError as error:
            out.append(Now(saved, asked.url(), trouble=str(error)))
    return out


def query_of(asked: Asked) -> str:
    """What tells a search from another: the address of its first page, unexplained."""
    return asked.url(explained=False).partition("?")[2]


def _read(query: str) -> Asked:
    """Raises ``CanCuError`` for an address without anything to look for."""
    asked = read(MultiDict(parse_qsl(query[:_LONGEST_ADDRESS])))
    if not asked.text:
        raise CanCuError("Chưa có câu tìm để lưu.", "Tìm trước, rồi lưu ở trang kết quả.")
    return asked


def _keys(kb: Opened, asked: Asked) -> tuple[str, ...]:
    return kb.search(asked.text, asked.view).keys


def _name(written: str, asked: Asked) -> str:
    name = " ".join(written.split()) or asked.text
    if len(name) > LONGEST:
        raise CanCuError("Tên tìm kiếm dài quá.", f"Ghi tên không quá {LONGEST} chữ.")
    return name


def _one(desk: Desk, number: int) -> Saved:
    for one in store.saved(desk):
        if one.id == number:
            return one
    raise NotFound("Tìm kiếm này không còn trong danh sách đã lưu.",
                   "Mở lại trang Tìm kiếm đã lưu (/tim-da-luu).")  # fmt: skip
