"""A plan's report as it stands, and what people do to it; for pages and commands alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ingest.parse.plan import parse_plan
from kb.citations.places import provision_id
from kb.citations.plain import accented
from kb.citations.provisions import find_chains, find_groups, pinpoints
from kb.errors import CanCuError, NotFound
from kb.findings import Finding
from kb.grounds import judge, judge_on
from kb.links.review import REASONED, Decision, Verb, named, stamp
from kb.notices import notices, shelf_for
from kb.plans import Plan
from kb.report import ItemReport, LinkReport, PlanReport, day_of, report, wanted
from kb.structure import find
from kb.text import match_text
from web import typed, words
from web.opened import Opened


def read_plan(kb: Opened, key: str) -> Plan:
    """A plan with the items its paper marks off; none where its text is not at hand."""
    document, tree = kb.library.listed(key).document, kb.library.tree(key)
    if tree is None:
        return Plan(document, "", (), ())
    source = kb.library.source(key)
    return parse_plan(document, kb.library.printed(key), tree, source)


def told(
    kb: Opened, key: str, day: date, findings: Sequence[Finding] = (), item: str = ""
) -> PlanReport:
    """The report of a plan on *day*; of *item* what is suggested is judged, too. Raises
    ``NotFound``."""
    decisions = tuple(kb.desk.decisions(key, [file.sha256 for file in kb.library.files(key)]))
    return kb.kept(
        (told, key, day, tuple(findings), item, decisions),
        lambda: _told(kb, key, day, findings, item, decisions),
    )


def _told(
    kb: Opened,
    key: str,
    day: date,
    findings: Sequence[Finding],
    item: str,
    decisions: Sequence[Decision],
) -> PlanReport:
    plan = read_plan(kb, key)
    links, suggested = kb.library.links(key), kb.library.suggestions(key)
    asked = [*links, *(link for link in suggested if link.item == item)]
    pairs = wanted(asked, decisions)
    shelf = shelf_for(kb.library, pairs, decisions)
    judged = judge_on(shelf, pairs, day_of(plan.document), day)
    noticed = notices(shelf, decisions, day)
    return report(plan, [*links, *suggested], decisions, judged, day, findings, noticed)


def item_of(shown: PlanReport, id: str) -> ItemReport:
    """Raises ``CanCuError`` where the plan has no such item."""
    for item in shown.items:
        if item.item.id == id:
            return item
    raise CanCuError(f"Kế hoạch {shown.document.number} không có mục {id}.",
                     "Xem mã các mục: kb plan show SỐ.")  # fmt: skip


def link_of(item: ItemReport, target: str, provision: str) -> LinkReport:
    """Raises ``CanCuError`` where the item has no such link."""
    for row in (*item.links, *item.suggested):
        if named(row.link) == (target, provision):
            return row
    where = words.item(item.item.id)
    raise CanCuError(f"{where} không có căn cứ {target} {provision}".rstrip() + ".",
                     "Mở lại trang của mục và chọn căn cứ ở đó.")  # fmt: skip


def seen(item: ItemReport, row: LinkReport | None) -> str:
    """The stamp of what a person sees of an item and one of its links."""
    return stamp(item.item.text, row.basis.words if row else "")


def decide(
    kb: Opened,
    shown: PlanReport,
    verb: Verb,
    items: Sequence[tuple[ItemReport, LinkReport | None]],
    by: str,
    why: str,
    *,
    instead: tuple[str, str] = ("", ""),
    late: bool = False,
    confirm: str = "đánh dấu ô “Căn cứ ấy ban hành sau ngày ký kế hoạch: đã biết” rồi ghi lại",
) -> None:
    """Put a decision on record, for each of *items*; ``instead`` is what REPLACE or ADD brings.
    ``late``: whoever decides has been told that the basis is younger than the plan; ``confirm``
    how they say so.

    Raises ``CanCuError`` with what to do where the name or a needed reason is missing, or where a
    basis issued after the signing is taken and nobody was told.
    """
    by = typed.person(by, "người soát")
    why = typed.reason(why, needed=verb in REASONED, what="Quyết định này")
    words = ""
    if instead[0]:
        judged = judge(kb.library, [instead], shown.signed, shown.day)
        words = judged[instead].words
    taken = [judged[instead]] if instead[0] else []
    if verb in (Verb.ACCEPT, Verb.PARTLY):
        taken = [row.basis for _, row in items if row]
    told_late = next((f"{basis.number}: {basis.late}" for basis in taken if basis.late), "")
    if told_late and not late:
        raise CanCuError(
            f"{told_late} Chưa ghi gì.",
            f"Vẫn muốn ghi, để dùng cho lần sửa kế hoạch sau: {confirm}.",
        )
    source = kb.library.source(shown.document.key)
    made = []
    for item, row in items:
        target, provision = named(row.link) if row else ("", "")
        new = instead
        if verb is Verb.ADD:
            target, provision, new = *instead, ("", "")
        made.append(
            Decision(
                0, shown.document.key, source.sha256 if source else "", item.item.id, verb.value,
                target, provision, *new, item.item.text,
                words or (row.basis.words if row else ""), "", by, typed.now(), why,
            )
        )  # fmt: skip
    kb.desk.decide([_stamped(decision) for decision in made])


def take_back(kb: Opened, shown: PlanReport, id: int, by: str, why: str) -> Decision:
    """Undo a decision; what was said before it holds again. Raises ``CanCuError``."""
    by, why = typed.person(by, "người soát"), typed.reason(why)
    every = [d for item in shown.items for d in item.history] + list(shown.lost)
    found = [d for d in every if d.id == id and d.id not in shown.taken_back]
    if not found:
        raise CanCuError(f"Không có quyết định số {id} nào đang giữ của kế hoạch này.",
                         "Xem số ở lịch sử quyết định.")  # fmt: skip
    was = found[0]
    kb.desk.decide([
        _stamped(Decision(0, shown.document.key, was.sha256, was.item, "", was.target,
                          was.provision, "", "", was.item_words, was.target_words, "", by,
                          typed.now(), why, was.id))
    ])  # fmt: skip
    return was


def place_in(kb: Opened, number: str, written: str) -> tuple[str, str]:
    """(document, place) of a basis as typed, "51/2010/QH12" and "khoản 4 Điều 14"; raises
    ``CanCuError`` where the library has no such document or the document no such place."""
    try:
        listed = kb.one(number)
    except NotFound as error:  # the page that was asked for is there; what was typed is not
        raise CanCuError(str(error), error.hint) from error
    key = listed.document.key
    written = " ".join(written.split())
    if not written:
        return key, ""
    tree = kb.library.tree(key)
    name = f"{listed.document.type} {listed.document.number}".strip()
    if tree is None:
        raise CanCuError(f"{name} chưa có toàn văn trong kho, nên không gắn đến {written} được.",
                         "Gắn đến cả văn bản (để trống chỗ), hoặc nạp toàn văn.")  # fmt: skip
    if find(tree, written):
        return key, written
    full = accented(match_text(written).text, kb.vocabulary)
    groups = list(find_groups(full))
    places = [p for members, glue in find_chains(full, groups) for p in pinpoints(members, glue)]
    ids = [provision_id(place) for place in places]
    if len(ids) != 1 or not find(tree, ids[0]):
        raise CanCuError(f"Không thấy {written} trong {name}.",
                         "Viết một chỗ, thí dụ: khoản 4 Điều 14.")  # fmt: skip
    return key, ids[0]


def _stamped(decision: Decision) -> Decision:
    return replace(decision, stamp=stamp(decision.item_words, decision.target_words))
