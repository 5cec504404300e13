"""A draft checked against the library, for the page and the command alike; nothing is stored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from ingest import RawFile
from ingest.isolate import Readers
from kb.citing import place_name
from kb.diff import Piece
from kb.documents import display_date
from kb.errors import CanCuError
from kb.press import Checked, CheckedCitation, Figure, GateFinding
from kb.press.check import check
from kb.press.draft import own_keys
from kb.press.fetch import fetch
from kb.press.rules import Ground
from kb.press.words import Said, said, summary
from kb.quotes import Judged, Named
from kb.quotes.find import find_quotations
from kb.quotes.judge import judge
from kb.quotes.reasons import INCOMPLETE
from kb.quotes.shelf import Shelf
from kb.quotes.unmarked import find_unmarked
from kb.statuses import Statuses
from kb.text import quoted
from kb.validity import age_words
from web import words
from web.api import url_of
from web.opened import Opened

Json = dict[str, Any]
LONGEST = 500_000  # characters of a draft: about 200 pages


def draft_text(raw: RawFile) -> str:
    """All words of a draft file, footnotes and what stands at the head and foot of pages last; read
    in isolation; raises ``UnreadableFile``. Offsets of what is found are of this text."""
    with Readers() as readers:
        read = readers.extract(raw)
    return "\n".join((read.text, *read.footnotes, *read.margins))


def checked(shown: Opened, text: str, day: date) -> Checked:
    """Everything judged of a draft on *day*; raises ``CanCuError`` for what is no draft."""
    if not text.strip():
        raise CanCuError("Chưa có chữ nào để kiểm tra.", "Dán bài vào ô, hoặc chọn tệp TXT, DOCX.")
    if len(text) > LONGEST:
        raise CanCuError(
            f"Bài dài {len(text)} ký tự, quá {LONGEST}.", "Chia bài ra rồi kiểm tra từng phần."
        )
    catalogue = shown.catalogue
    return check(
        text,
        catalogue,
        shown.rules,
        day,
        lambda wanted: fetch(shown.library, catalogue, wanted, day),
        lambda draft, named: quotations(shown, draft, named, day),
    )


def quotations(shown: Opened, text: str, named: Sequence[Named], day: date) -> list[Judged]:
    """The quotations of a draft, marked or not, with their verdicts."""
    own = own_keys(text, shown.catalogue)
    texts = Shelf(shown.library, shown.passages, shown.engine, shown.desk.confirmations, own)
    marked = find_quotations(text)
    found = [*marked, *find_unmarked(text, marked, named, texts)]
    return judge(text, found, named, texts, day)


def doubts(shown: Opened) -> list[str]:
    """What keeps the check from being whole, each a sentence that says what to do."""
    complete = Shelf(shown.library, shown.passages).complete
    return [] if complete else [f"{INCOMPLETE} Đoạn chép không dấu ngoặc kép chưa được tìm."]


def line_of(text: str, start: int) -> int:
    """The line of *text*, from 1, on which a place stands."""
    return text.count("\n", 0, start) + 1


# --- in JSON --------------------------------------------------------------------------------------


def checked_json(shown: Opened, text: str, found: Checked) -> Json:
    """Offsets are code points of the text that was read."""
    return {
        "quotations": [_quotation(shown, text, one) for one in found.quotations],
        "citations": [_citation(one) for one in found.citations],
        "figures": [_figure(shown, one) for one in found.figures],
        "gate": [_gate(shown, one) for one in found.gate],
    }


def _quotation(shown: Opened, text: str, one: Judged) -> Json:
    span = one.quotation.span
    source = None
    if one.source:
        source = place(shown, one.source.key, one.source.provision) | {"words": one.source.words}
    return {
        "start": span.start, "end": span.end, "text": span.of(text),
        "verdict": one.verdict.value, "source": source,
        "diff": [_piece(piece) for piece in one.diff], "reason": one.reason,
        "omitted": list(one.omitted.gaps) if one.omitted else [],
    }  # fmt: skip


def _piece(piece: Piece) -> Json:
    return {"change": piece.change.value, "text": piece.text}


def _citation(one: CheckedCitation) -> Json:
    return {
        "start": one.span.start, "end": one.span.end, "text": one.text,
        "normalized": one.normalized, "verdict": one.verdict.value,
        "candidates": list(one.candidates), "reason": one.reason,
    }  # fmt: skip


def _figure(shown: Opened, one: Figure) -> Json:
    return {
        "start": one.span.start, "end": one.span.end, "text": one.text,
        "verdict": one.verdict.value, "source": place(shown, one.key, one.provision),
        "reason": one.reason,
    }  # fmt: skip


def _gate(shown: Opened, one: GateFinding) -> Json:
    return {
        "start": one.span.start, "end": one.span.end, "text": one.text, "kind": one.kind.value,
        "reason": one.reason, "document": one.key,
        "grounds": [ground_json(shown, ground) for ground in one.grounds],
    }  # fmt: skip


def ground_json(shown: Opened, ground: Ground) -> Json:
    """A legal reason with the status of its document today."""
    listed = shown.library.listed(ground.document)
    status = Statuses(shown.library, (ground.document,)).on(ground.document, date.today())
    return {
        "document": ground.document, "name": words.name(listed.document), "url": url_of(listed),
        "where": ground.where, "text": ground.text, "state": status.state.value,
        "status": status.words,
        "checked": age_words(status.checked, date.today()),
        "confidence": ground.confidence, "doubt": ground.doubt,
        "sources": [source.text for source in ground.sources],
    }  # fmt: skip


def place(shown: Opened, key: str, provision: str) -> Json:
    """A place of a document that is here, with its address."""
    listed = shown.library.listed(key)
    anchor = f"#{provision}" if provision else ""
    return {
        "document": key, "provision": provision, "name": words.name(listed.document),
        "place": place_name(provision) if provision else "", "url": url_of(listed) + anchor,
    }  # fmt: skip


# --- in words -------------------------------------------------------------------------------------


def lines(shown: Opened, name: str, text: str, found: Checked, day: date) -> list[str]:
    """A report for a terminal: the bar, then each verdict that asks for something, in order."""
    out = [f"{name}: kiểm tra ngày {display_date(day.isoformat())}, không lưu gì."]
    out += doubts(shown)
    out += summary(found) or ["Không có trích dẫn, viện dẫn hay con số nào để kiểm tra."]
    for one in said(found):
        out += [""] if one.severity else []
        out += _told(shown, text, one) if one.severity or one.reason else []
    return out


def _told(shown: Opened, text: str, one: Said) -> list[str]:
    level = words.severity(one.severity.value) if one.severity else "Đúng"
    place = quoted(one.span.of(text), _SHOWN)
    out = [f"Dòng {line_of(text, one.span.start)}, {level}: {one.what.lower()} {place}"]
    out.append(f"    {one.words}. {one.reason}".rstrip())
    if isinstance(one.item, Judged) and one.item.diff:
        out.append(f"    Nguồn → bài: {words.diff_line(one.item.diff)}")
    if isinstance(one.item, GateFinding):
        out += [f"    Căn cứ: {_ground_line(shown, ground)}" for ground in one.item.grounds]
    return out


_SHOWN = 160  # characters of a place in the report; its line is named anyway


def _ground_line(shown: Opened, ground: Ground) -> str:
    told = ground_json(shown, ground)
    where = f", {told['where']}" if told["where"] else ""
    doubt = f" Chưa chắc: {told['doubt']}" if told["doubt"] else ""
    said = f"{told['name']}{where} ({told['status'].lower()}, {told['checked']}): {told['text']}"
    return said + doubt
