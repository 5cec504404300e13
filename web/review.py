"""One item beside its bases, and the forms by which people decide."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote, unquote

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kb.citing import Citing, cite, place_words
from kb.errors import CanCuError
from kb.links.review import Verb, named
from kb.report import ItemReport, LinkReport, PlanReport
from kb.structure import path_to
from web import opened, plan_reports, typed, words
from web.forms import Slip, slip_of
from web.history import asked_day
from web.opened import Opened
from web.plan_reports import item_of, link_of, seen, told

pages = Blueprint("review", __name__)

_COOKIE = "nguoi-soat"
_HALF_YEAR = 180 * 24 * 3600


@pages.get("/ke-hoach/<path:key>/muc/<item>")
def item(key: str, item: str) -> str:
    return _item(key, item, Slip())


def _item(key: str, item: str, slip: Slip) -> str:
    """The page of an item; a form that could not be taken stands there as it was filled."""
    shown = opened()
    document = shown.one(key, kind="plan").document
    asked = asked_day()
    plan = told(shown, document.key, asked or date.today(), item=item)
    row = item_of(plan, item)
    order = [other.item.id for other in plan.items]
    at = order.index(item)
    known = {other.item.id: other.item for other in plan.items}
    above, up = [], row.item.parent
    while up is not None and up in known:
        above.append(known[up])
        up = known[up].parent
    return render_template(
        "plans/item.html",
        plan=plan,
        row=row,
        above=list(reversed(above)),
        before=order[at - 1] if at else "",
        after=order[at + 1] if at + 1 < len(order) else "",
        sharing={named(link.link): len(_sharing(plan, link)) for link in row.links},
        stamps={named(link.link): seen(row, link) for link in (*row.links, *row.suggested)},
        item_stamp=seen(row, None),
        citing=_citing(shown, document.key, item),
        citings={
            named(link.link): _citing(shown, link.basis.target, link.basis.provision)
            for link in (*row.links, *row.suggested)
            if link.basis.target
        },
        name_typed=remembered(),
        slip=slip,
        # What is decided is stamped with the words of today.
        open=plan.day == date.today(),
        day=plan.day,
        day_asked=asked,
    )


@pages.post("/ke-hoach/<path:key>/muc/<item>")
def decide(key: str, item: str) -> Response:
    try:
        return _decide(key, item)
    except CanCuError as error:
        slip = slip_of(request.form.get("khung", ""), request.form, error)
        return make_response(_item(key, item, slip), 400)


def _decide(key: str, item: str) -> Response:
    shown = opened()
    document = shown.one(key, kind="plan").document
    plan = told(shown, document.key, date.today(), item=item)
    row = item_of(plan, item)
    by = request.form.get("ten", "")
    why = request.form.get("vi-sao", "")
    link: LinkReport | None = None
    if request.form.get("rut", ""):
        was = plan_reports.take_back(shown, plan, _number(request.form["rut"]), by, why)
        return _done(key, item, (was.target, was.provision), by)
    verb = _verb(request.form.get("quyet-dinh", ""))
    if verb not in (Verb.ADD, Verb.JUSTIFY):
        link = link_of(row, request.form.get("dich", ""), request.form.get("cho", ""))
    if request.form.get("dau", "") != seen(row, link):
        raise CanCuError(
            "Câu chữ của mục hoặc của căn cứ đã đổi từ lúc mở trang; chưa ghi gì.",
            "Mở lại trang của mục, đọc lại rồi quyết định.",
        )
    instead = ("", "")
    if verb in (Verb.ADD, Verb.REPLACE):
        if not request.form.get("so-moi", "").strip():
            raise CanCuError("Chưa ghi số của căn cứ mới.", "Ghi số, ký hiệu như trên văn bản.")
        instead = plan_reports.place_in(
            shown, request.form["so-moi"], request.form.get("cho-moi", "")
        )
    rows: list[tuple[ItemReport, LinkReport | None]] = [(row, link)]
    if link is not None and request.form.get("moi-muc", ""):
        rows += [(other, same) for other, same in _sharing(plan, link) if other is not row]
    late = bool(request.form.get("sau-ngay-ky", ""))
    plan_reports.decide(shown, plan, verb, rows, by, why, instead=instead, late=late)
    return _done(key, item, instead if instead[0] else named(link.link) if link else ("", ""), by)


@pages.get("/ke-hoach/<path:key>/quyet-dinh")
def decisions(key: str) -> str:
    """Everything that was decided of a plan, oldest last."""
    shown = opened()
    document = shown.one(key, kind="plan").document
    plan = told(shown, document.key, date.today())
    files = [file.sha256 for file in shown.library.files(document.key)]
    every = shown.desk.decisions(document.key, files)
    places = {d.id: item.item.id for item in plan.items for d in item.history}
    return render_template(
        "plans/decisions.html", plan=plan, decisions=list(reversed(every)), places=places,
    )  # fmt: skip


def _citing(shown: Opened, key: str, provision: str) -> Citing:
    """How a place of a document is cited, the whole document without a place."""
    tree = shown.library.tree(key) if provision else None
    place = place_words(path_to(tree, provision)) if tree else ""
    document = shown.library.listed(key).document
    return cite(document, place, namesake=key in shown.namesakes)


def remembered() -> str:
    """The name last typed in this browser, "" where none was."""
    return unquote(request.cookies.get(_COOKIE, ""))[: typed.LONGEST_NAME]


def remember(answer: Response, by: str) -> None:
    """Keep a typed name in this browser."""
    name = quote(" ".join(by.split()))
    answer.set_cookie(_COOKIE, name, max_age=_HALF_YEAR, httponly=True, samesite="Strict")


def _sharing(plan: PlanReport, link: LinkReport) -> list[tuple[ItemReport, LinkReport]]:
    """Items with the same basis on which nobody has decided yet."""
    return [
        (other, same)
        for other in plan.items
        for same in other.links
        if named(same.link) == named(link.link) and same.decision is None
    ]


def _verb(written: str) -> Verb:
    try:
        return Verb(written)
    except ValueError:
        raise CanCuError("Chưa chọn quyết định.", "Chọn một quyết định rồi ghi lại.") from None


def _number(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 19 else 0


def _done(key: str, item: str, where: tuple[str, str], by: str) -> Response:
    address = url_for("review.item", key=key, item=item, _anchor=words.link_anchor(where))
    answer = make_response(redirect(address, 303))
    remember(answer, by)
    return answer
