"""Packs of the press desk: the list, one pack, adding a passage, what goes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from kb.dossiers import STATE_WORDS, TRANSITIONS, Event, Kind, State
from kb.dossiers.changes import STANDING_WORDS
from kb.dossiers.clocks import running
from kb.dossiers.log import state_on
from kb.dossiers.made import at_words, report_from, state_line
from kb.dossiers.report import AS_TYPED, Form
from kb.dossiers.said import said as event_said
from kb.dossiers.seal import BrokenSeal, sealed_lines
from kb.errors import CanCuError, Mistyped, NotFound, Outdated
from kb.press.words import said, summary
from kb.store import press
from kb.structure import path_to, path_words
from web import dossiers, opened
from web.dossiers import Closed
from web.exports.packs import FORMATS, pack_file
from web.forms import Slip, slip_of
from web.press_check import ground_json
from web.review import remember, remembered
from web.verified import FATES, LARGEST, NO_KEY, verified

pages = Blueprint("packs", __name__, url_prefix="/bao-chi/ho-so")


@pages.get("")
def index() -> str:
    return _list(Slip())


def _list(slip: Slip) -> str:
    kb, now = opened(), datetime.now().astimezone()
    shown = [(pack, state_line(pack, now)) for pack in press.packs(kb.desk)]
    return render_template(
        "packs/list.html", packs=shown, name_typed=_name(), as_typed=AS_TYPED,
        organisation=dossiers.organisation(kb), slip=slip,
    )  # fmt: skip


@pages.post("")
def create() -> Answer:
    by = request.form.get("ten", "")
    try:
        number = dossiers.open_pack(opened(), dossiers.facts(_facts()), by)
    except CanCuError as error:
        return _again(_list(slip_of("mo", request.form, error)), error)
    return _back(number, by)


@pages.get("/them")
def choose() -> str:
    """The words of a provision, to be added whole or in part."""
    return _choose(request.args, Slip())


def _choose(asked: Mapping[str, str], slip: Slip) -> str:
    kb = opened()
    key, provision = asked.get("vb", ""), asked.get("cho", "")
    whole = dossiers.passage(kb, key, provision)
    tree = kb.library.tree(key)
    return render_template(
        "packs/add.html", listed=kb.library.listed(key), provision=provision,
        whole=whole.selector.exact, chosen=asked.get("chu", ""),
        place=path_words(path_to(tree, provision)) if tree else "",
        packs=press.packs(kb.desk), name_typed=_name(), into=asked.get("vao", ""),
        as_typed=AS_TYPED, slip=slip,
    )  # fmt: skip


@pages.post("/them")
def chosen() -> Answer:
    kb, form = opened(), request.form
    by, number = form.get("ten", ""), form.get("ho-so", 0, int)
    try:
        passage = dossiers.passage(kb, form.get("vb", ""), form.get("cho", ""), form.get("chu", ""))
        if not number:
            about = dossiers.facts({"title": form.get("ten-ho-so", ""),
                                    "organisation": dossiers.organisation(kb)})  # fmt: skip
            number = dossiers.open_pack(kb, about, by)
        dossiers.add_passage(kb, number, passage, by)
    except Mistyped as error:
        return _again(_choose(form, slip_of("them", form, error)), error)
    return _back(number, by, "cau-trich")


@pages.route("/kiem-dau", methods=("GET", "POST"))
def verify() -> str | tuple[str, int]:
    """A file that went out, checked again; it is not kept."""
    kb, file = opened(), request.files.get("tep")
    told: dict[str, Any] = {"no_key": NO_KEY, "fates": FATES, "standing_words": STANDING_WORDS}
    if request.method == "GET":
        return render_template("packs/verify.html", **told)
    if file is None or not file.filename:
        none = CanCuError("Chưa chọn tệp.", "Chọn tệp DOCX, TXT hoặc JSON nhận được rồi kiểm.")
        return render_template("packs/verify.html", error=none, **told), 400
    told["name"] = file.filename
    try:
        result = verified(file.stream.read(LARGEST + 1))
    except BrokenSeal as error:
        return render_template("packs/verify.html", error=error, **told), 400
    given = press.sealed(kb.desk, result.seal.digest)
    when = at_words(given.at, datetime.now().astimezone()) if given else ""
    rows = list(zip(result.seal.quotes, dossiers.today(kb, result.seal), strict=True))
    return render_template(
        "packs/verify.html", result=replace(result, given=given), when=when, today_rows=rows,
        **told,
    )  # fmt: skip


@pages.get("/<int:number>")
def pack(number: int) -> str:
    return _page(number, Slip())


# The form of the page that each thing to do is asked for in.
_FORMS = {"len": "cau", "xuong": "cau", "bo": "cau", "lay-lai": "cau"}


@pages.post("/<int:number>")
def act(number: int) -> Answer:
    """What one of the page's forms asks for; ``viec`` names it. What was typed stays on the page
    where it cannot be taken."""
    try:
        return _act(number)
    except NotFound:
        raise
    except CanCuError as error:
        what = request.form.get("viec", "").partition(":")[0]
        name = f"cho-xuat-{_form().value}" if what == "cho-xuat" else _FORMS.get(what, what)
        return _again(_page(number, slip_of(name, request.form, error)), error)


def _act(number: int) -> Answer:
    kb, form = opened(), request.form
    by, why = form.get("ten", ""), form.get("vi-sao", "")
    seen = form.get("thay", None, int)
    what, _, which = form.get("viec", "").partition(":")
    held = int(which) if which.isascii() and which.isdigit() else 0
    match what:
        case "loi":
            dossiers.write(kb, number, form.get("loi", ""), by, seen)
            return _back(number, by, "loi-phat-bieu")
        case "buoc":
            dossiers.step(kb, number, _state(which), by, form.get("het-han", ""), why, seen)
            return _back(number, by, "buoc")
        case "sua":
            about = dossiers.facts(_facts())
            dossiers.add(kb, number, Kind.FACTS, asdict(about), by)
        case "len" | "xuong":
            dossiers.move(kb, number, held, -1 if what == "len" else 1, by)
            return _back(number, by, "cau-trich")
        case "bo":
            dossiers.add(kb, number, Kind.REMOVE, {"id": held}, by, why)
            return _back(number, by, "cau-trich")
        case "lay-lai":
            dossiers.take_again(kb, number, held, by)
            return _back(number, by, "cau-trich")
        case "moc":
            dossiers.start_clock(kb, number, form.get("moc", ""), form.get("luc", ""), by)
            return _back(number, by, "thoi-han")
        case "cho-xuat":
            dossiers.let_through(kb, number, _form(), form.getlist("dieu"), by, why)
            return _back(number, by, "xuat")
        case _:
            raise CanCuError("Không rõ việc cần làm.", "Mở lại hồ sơ và bấm nút ở đó.")
    return _back(number, by)


@pages.post("/<int:number>/xuat")
def export(number: int) -> Answer:
    """Make what goes out, keep it, and go to it; 409 with the reasons while it may not."""
    kb, kind = opened(), request.form.get("dang", "")
    try:
        done, _ = dossiers.export(
            kb, number, _form(), request.form.get("ten", ""), request.form.get("dung-ten", "")
        )
    except NotFound:
        raise
    except CanCuError as error:
        name = "xuat-the" if _form() is Form.CARD else "xuat"
        return _again(_page(number, slip_of(name, request.form, error)), error)
    where = f"{number}/ban/{done}" + (f".{kind}" if kind in FORMATS else "")
    answer = make_response(redirect(f"{url_for('packs.index')}/{where}", 303))
    remember(answer, request.form.get("ten", ""))
    return answer


def _again(page: str, error: CanCuError) -> Response:
    """A page with the form that was sent, as it was filled."""
    return make_response(page, 409 if isinstance(error, (Closed, Outdated)) else 400)


@pages.get("/<int:number>/ban/<int:event>")
def paper(number: int, event: int) -> str:
    """What went out, to be printed: as it was kept."""
    report = report_from(_exported(number, event).value["report"])
    groups = [
        (column, list(group))
        for column, group in groupby(sealed_lines(report), key=lambda line: line.column)
    ]
    return render_template(
        "packs/paper.html", report=report, groups=groups, event=event,
        kinds=FORMATS,
    )  # fmt: skip


@pages.get("/<int:number>/ban/<int:event>.<kind>")
def file(number: int, event: int, kind: str) -> Response:
    """What went out, as a file."""
    if kind not in FORMATS:
        raise NotFound(f"Không có bản dạng {kind}.", f"Có: {', '.join(FORMATS)}.")
    name, media, content = pack_file(report_from(_exported(number, event).value["report"]), kind)
    answer = Response(content, mimetype=media.partition(";")[0])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _page(number: int, slip: Slip) -> str:
    kb, now = opened(), datetime.now().astimezone()
    looked = dossiers.looked(kb, number)
    pack = looked.pack
    state = state_on(pack, looked.day.isoformat())
    standing = looked.standing(Form.PACK)
    more = [one for one in looked.standing(Form.CARD) if one not in standing]
    return render_template(
        "packs/pack.html",
        pack=pack,
        rows=list(zip(pack.passages, looked.found, strict=True)),
        told=said(looked.checked) if looked.checked else [],
        summary=summary(looked.checked) if looked.checked else [],
        state=state,
        state_line=state_line(pack, now),
        steps=TRANSITIONS[state],
        state_words=STATE_WORDS,
        standing=standing,
        let=[one for one in looked.closed[Form.PACK] if one not in standing],
        more=more,
        standing_words=STANDING_WORDS,
        clocks=[(run, ground_json(kb, run.clock.ground))
                for run in running(kb.rules, pack.clocks, now)],
        log=[(event, at_words(event.at, now), event_said(event, pack.events))
             for event in reversed(pack.events)],
        exports=[event for event in reversed(pack.events) if event.kind is Kind.EXPORT],
        slip=slip,
        closed_by=slip.error.reasons if isinstance(slip.error, Closed) else (),
        outdated=isinstance(slip.error, Outdated),
        name_typed=_name(),
        releasers=kb.settings.releasers,
        as_typed=AS_TYPED,
        now=now,
    )  # fmt: skip


def _exported(number: int, event: int) -> Event:
    events = press.pack(opened().desk, number).events
    found = next((e for e in events if e.id == event and e.kind is Kind.EXPORT), None)
    if found is None:
        raise NotFound(f"Hồ sơ số {number} không có bản đã xuất ấy.", "Xem các bản ở hồ sơ.")
    return found


def _facts() -> dict[str, str]:
    names = {"title": "ten-ho-so", "purpose": "muc-dich", "outlet": "bao", "deadline": "han",
             "claim": "dieu-noi", "organisation": "co-quan"}  # fmt: skip
    return {field: request.form.get(name, "") for field, name in names.items()}


def _name() -> str:
    """The name just typed, else the one last taken."""
    return request.form.get("ten", "").strip() or remembered()


def _form() -> Form:
    return Form.CARD if request.form.get("loai", "") == Form.CARD.value else Form.PACK


def _state(written: str) -> State:
    try:
        return State(written)
    except ValueError:
        raise CanCuError("Không có bước ấy.", "Mở lại hồ sơ và bấm nút ở đó.") from None


def _back(number: int, by: str, anchor: str | None = None) -> Answer:
    answer = make_response(redirect(url_for("packs.pack", number=number, _anchor=anchor), 303))
    remember(answer, by)
    return answer
