"""What was suggested for a plan: as plain values, in words, and the documents it does not name."""

from __future__ import annotations

from datetime import date
from textwrap import wrap
from typing import Any

from kb.grounds import late_words
from kb.links.suggest import unnamed
from kb.plans import item_name
from kb.report import PlanReport
from kb.statuses import Statuses
from web import plan_reports, words
from web.opened import Opened

Json = dict[str, Any]


def unnamed_json(kb: Opened, told: PlanReport) -> list[Json]:
    """Documents that several items come near to and the plan does not stand on, with their
    status, and ``late`` of one that came after the plan."""
    found = unnamed(row.link for item in told.items for row in (*item.live, *item.suggested))
    known = Statuses(kb.library, list(found)) if found else None
    out = []
    for target, items in found.items():
        document = kb.library.listed(target).document
        status = known.on(target, told.day).words if known else ""
        out.append({"key": target, "number": document.number or document.title,
                    "title": document.title if document.number else "", "status": status,
                    "late": late_words(document, told.signed), "items": items})  # fmt: skip
    return out


def suggested_json(kb: Opened, key: str, day: date, item: str = "") -> Json:
    """Suggestions by item (of one item where *item* is given) that nobody has decided on."""
    told = plan_reports.told(kb, key, day)
    rows = [plan_reports.item_of(told, item)] if item else told.items
    known = Statuses(kb.library, [r.link.target for row in rows for r in row.suggested])
    return {
        "plan": told.document.number,
        "on": day.isoformat(),
        "items": [
            {
                "id": row.item.id,
                "text": row.item.text,
                "suggestions": [
                    {
                        "document": found.link.target,
                        "number": found.link.number,
                        "provision": found.link.provision,
                        "place": found.link.cited,
                        "digest": bool(found.link.via),
                        "status": known.on(found.link.target, day).words,
                        "late": late_words(
                            kb.library.listed(found.link.target).document, told.signed
                        ),
                        "sentence": found.link.sentence,
                        "confidence": found.link.confidence,
                        "confidence_words": words.likely(found.link),
                        "because": words.because(found.link),
                    }
                    for found in row.suggested
                ],
            }
            for row in rows
            if row.suggested or item
        ],
        "unnamed": unnamed_json(kb, told),
    }


def lines(told: Json) -> list[str]:
    """The same for a terminal."""
    count = sum(len(item["suggestions"]) for item in told["items"])
    out = [f"{count} đề xuất cho {len(told['items'])} mục; chưa là căn cứ cho đến khi có người "
           "nhận: kb review accept."]  # fmt: skip
    for item in told["items"]:
        out += ["", f"{words.item(item['id'])} [{item['id']}]", f"  {item['text']}"]
        for one in item["suggestions"]:
            place = f", {one['place']}" if one["place"] else ""
            kind = "tóm lược, " if one["digest"] else ""
            out += [f"    ▸ {one['number']}{place} ({kind}{one['status']})",
                    f"      {one['confidence_words']}. {one['because']}"]  # fmt: skip
            if one["late"]:
                out.append(f"      Cảnh báo: {one['late']}")
        if not item["suggestions"]:
            out.append("    Không thấy gì đủ gần để đề xuất.")
    if told["unnamed"]:
        out += ["", "Văn bản nhiều mục cùng gần mà kế hoạch không viện dẫn:"]
        for one in told["unnamed"]:
            out.append(f"    ▸ {one['number']} {one['title']} ({one['status']})")
            if one["late"]:
                out.append(f"      Cảnh báo: {one['late']}")
            items = f"{len(one['items'])} mục: {'; '.join(map(item_name, one['items']))}"
            out += wrap(items, 96, initial_indent=" " * 6, subsequent_indent=" " * 6)
    return out
