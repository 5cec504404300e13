"""Packs as they stand, and what people do to them; for pages and commands alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from kb.dossiers import Facts, Kind, Pack, Passage, Selector, State
from kb.dossiers.changes import Found, look
from kb.dossiers.closed import Reason, reasons, too_long
from kb.dossiers.log import covered, letting, moving, passage_value
from kb.dossiers.made import report_of, time_words
from kb.dossiers.origins import origins
from kb.dossiers.passages import select, stamp
from kb.dossiers.report import Corpus, Form, Report, lines
from kb.dossiers.seal import Seal, seal_of
from kb.errors import CanCuError, Mistyped, Outdated
from kb.press import Checked
from kb.press.gate import check_gate, check_source
from kb.statuses import Statuses
from kb.store import press
from kb.structure import find
from web import typed, words
from web.opened import Opened
from web.press_check import checked

LONGEST_TEXT = 50_000  # characters of a statement: about twenty pages
LONGEST_FACT = 2_000
_YEARS = (2000, 2200)  # of a moment; outside it is a slip of the hand


class Closed(CanCuError):
    """An export or an approval that is refused; ``reasons`` say why."""

    def __init__(self, standing: Sequence[Reason], what: str = "xuất") -> None:
        super().__init__(
            f"Chưa {what} được: còn {len(standing)} điều phải xem.",
            "Sửa từng điều, hoặc để người có trách nhiệm, không phải người soạn, ghi lý do cho "
            "xuất.",
        )
        self.reasons = tuple(standing)


@dataclass(frozen=True, slots=True)
class Looked:
    """A pack with what was found of it on *day*: ``found`` in the order of its passages,
    ``checked`` of its statement (None where it has none), ``origins`` where the words of both are
    from, ``closed`` all that stands in the way of each form of export."""

    pack: Pack
    found: tuple[Found, ...]
    checked: Checked | None
    origins: tuple[str, ...]
    closed: Mapping[Form, Sequence[Reason]]
    day: date

    def standing(self, form: Form) -> list[Reason]:
        """The reasons nobody has let through."""
        return [one for one in self.closed[form] if not covered(self.pack, [one.stamp])]


def looked(kb: Opened, number: int) -> Looked:
    """A pack checked anew, statement and passages; raises ``NotFound``."""
    pack, day = press.pack(kb.desk, number), date.today()
    passages = [held.passage for held in pack.passages]
    keys = dict.fromkeys(p.key for p in passages if kb.library.has(p.key))
    found = look(kb.library, passages, {key: kb.vouched(key) for key in keys}, day)
    judged = checked(kb, pack.text, day) if pack.text.strip() else None
    rules = kb.rules
    marks = [check_source(key, kb.library.text(key), rules) for key in keys]
    seen = [mark for mark in marks if mark is not None]
    # The check of the statement has its own gate; these go out too.
    about = (pack.facts.title, pack.facts.outlet, pack.facts.organisation, pack.facts.claim)
    for words_ in (*about, *(passage.selector.exact for passage in passages)):
        seen += check_gate(words_, rules)

    def name(key: str) -> str:
        return words.name(kb.library.listed(key).document) if kb.library.has(key) else key

    closed = {form: reasons(pack, found, judged, seen, form, name) for form in Form}
    now, site = datetime.now().astimezone(), kb.settings.address
    from_ = origins(kb.library, (*keys, *_quoted(judged)))
    card = report_of(pack, found, judged, from_, (), Form.CARD, now, corpus(kb), site)
    closed[Form.CARD] += too_long(card)
    return Looked(pack, tuple(found), judged, from_, closed, day)


def _quoted(judged: Checked | None) -> list[str]:
    """The documents that quotations of the statement are from."""
    quotations = judged.quotations if judged else ()
    return [one.source.key for one in quotations if one.source and one.right]


# --- what people do ------------------------------------------------------------------------------


def facts(value: Mapping[str, str]) -> Facts:
    """Facts from a form or a command; raises ``CanCuError``."""
    made = {field.name: value.get(field.name, "").strip() for field in fields(Facts)}
    for name in ("title", "outlet", "organisation", "purpose"):
        made[name] = " ".join(made[name].split())
    if not made["title"]:
        raise Mistyped("title", "Hồ sơ chưa có tên.", "Ghi một tên ngắn, thí dụ điều báo hỏi.")
    for name, words_ in made.items():
        if len(words_) > LONGEST_FACT:
            raise Mistyped(name, "Điều ghi về hồ sơ dài quá.", f"Không quá {LONGEST_FACT} chữ.")
    if made["deadline"]:
        made["deadline"] = moment(made["deadline"], "deadline")
    return Facts(**made)


def moment(written: str, field: str) -> str:
    """A time on the clock of this machine, "2026-11-26T16:00", from a *field* of a form; raises
    ``Mistyped``."""
    try:
        read = datetime.fromisoformat(written)
        if not _YEARS[0] <= read.year <= _YEARS[1]:
            raise ValueError
    except ValueError:
        raise Mistyped(field, f"Không đọc được giờ {written}.",
                       "Viết năm-tháng-ngày, giờ:phút: 2026-11-26T16:00.") from None  # fmt: skip
    if read.tzinfo:
        read = read.astimezone().replace(tzinfo=None)
    return read.isoformat(timespec="minutes")


def _day(written: str) -> str:
    """An ISO day or ""; raises ``Mistyped``."""
    try:
        return date.fromisoformat(written).isoformat() if written else ""
    except ValueError:
        raise Mistyped("expires", f"Không đọc được ngày {written}.",
                       "Viết năm-tháng-ngày: 2026-12-31.") from None  # fmt: skip


def open_pack(kb: Opened, about: Facts, by: str) -> int:
    """A new pack; its number."""
    return press.open_pack(kb.desk, asdict(about), by=typed.person(by), at=typed.now())


def passage(kb: Opened, key: str, provision: str, chosen: str = "") -> Passage:
    """Words of a place, all of it without *chosen*; raises ``NotFound`` and ``CanCuError``."""
    listed = kb.library.listed(key)
    name, tree = words.name(listed.document), kb.library.tree(key)
    if tree is None:
        raise CanCuError(
            f"{name} chưa có toàn văn trong kho, nên không trích nguyên văn được.",
            "Có tệp thì nhờ người quản trị nạp vào kho. Tóm lược thì không trích.",
        )
    node = find(tree, provision) if provision else None
    if node is None:
        raise CanCuError(f"{name} không có chỗ nào mang mã {provision or '(trống)'}.",
                         "Mở văn bản và chọn “Thêm vào hồ sơ” ở đúng chỗ.")  # fmt: skip
    text = kb.library.printed(key)
    status = Statuses(kb.library, (key,)).on(key, date.today())
    return Passage(
        key, provision, kb.library.shown(key), select(text, node.span, chosen.strip()),
        stamp(node.span.of(text)), status.words, status.checked,
    )  # fmt: skip


def add(
    kb: Opened, number: int, kind: Kind, value: Mapping[str, Any], by: str, why: str = "",
    seen: int | None = None,
) -> None:  # fmt: skip
    """An event, by a person of that name; with *seen* as ``kb.store.press.add`` has it."""
    press.pack(kb.desk, number)
    press.add(kb.desk, number, kind, value, by=typed.person(by), at=typed.now(),
              why=typed.reason(why), seen=seen)  # fmt: skip


def add_passage(kb: Opened, number: int, chosen: Passage, by: str) -> None:
    pack = press.pack(kb.desk, number)
    same = (chosen.key, chosen.provision, chosen.selector.exact)
    if any((h.passage.key, h.passage.provision, h.passage.selector.exact) == same
           for h in pack.passages):  # fmt: skip
        raise Mistyped("pack", f"Hồ sơ “{pack.facts.title}” đã có đúng câu trích này.",
                       "Chọn hồ sơ khác, hoặc chỉ lấy những chữ khác.")  # fmt: skip
    add(kb, number, Kind.PASSAGE, passage_value(chosen), by)


def take_again(kb: Opened, number: int, held: int, by: str) -> None:
    """The words of a passage as they stand today: where they are now, or of its whole place."""
    seen = looked(kb, number)
    for one, found in zip(seen.pack.passages, seen.found, strict=True):
        if one.id == held:
            exact = one.passage.selector.exact
            moved = found.place != one.passage.provision and not found.diff
            present = passage(kb, one.passage.key, found.place, exact if moved else "")
            add(kb, number, Kind.REPLACE, {"id": held, "passage": passage_value(present)}, by)
            return
    raise CanCuError("Hồ sơ không có câu trích ấy.", "Mở lại hồ sơ.")


def move(kb: Opened, number: int, held: int, step: int, by: str) -> None:
    """A passage one place up (-1) or down (1)."""
    ids = [one.id for one in press.pack(kb.desk, number).passages]
    if held not in ids:
        raise CanCuError("Hồ sơ không có câu trích ấy.", "Mở lại hồ sơ.")
    at = ids.index(held)
    to = at + step
    if 0 <= to < len(ids):
        ids[at], ids[to] = ids[to], ids[at]
        add(kb, number, Kind.ORDER, {"ids": ids}, by)


def write(kb: Opened, number: int, text: str, by: str, seen: int | None) -> None:
    """The spokesperson's words; the same words again are no event."""
    text = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").split("\n")).strip()
    if len(text) > LONGEST_TEXT:
        raise Mistyped("text", "Lời phát biểu dài quá.", f"Viết không quá {LONGEST_TEXT} chữ.")
    if text != press.pack(kb.desk, number).text:
        add(kb, number, Kind.TEXT, {"text": text}, by, seen=seen)


def step(
    kb: Opened, number: int, state: State, by: str, expires: str, why: str, seen: int | None
) -> None:
    """Move a pack on; what may not go out is not approved: raises ``Closed``."""
    value = moving(press.pack(kb.desk, number), state, typed.person(by), _day(expires),
                   date.today().isoformat())  # fmt: skip
    if state is State.APPROVED and (standing := looked(kb, number).standing(Form.PACK)):
        raise Closed(standing, "duyệt")
    add(kb, number, Kind.STATE, value, by, why, seen)


def start_clock(kb: Opened, number: int, clock: str, starts: str, by: str) -> None:
    """From when a duty's time runs, a local time; "" takes it away."""
    if clock not in {one.id for one in kb.rules.clocks}:
        raise Mistyped("clock", "Không có thời hạn ấy.", "Chọn một thời hạn trong danh sách.")
    value = {"clock": clock, "starts": moment(starts, "starts") if starts else ""}
    add(kb, number, Kind.CLOCK, value, by)


def let_through(kb: Opened, number: int, form: Form, stamps: Sequence[str], by: str,
                why: str) -> None:  # fmt: skip
    """Put on record that somebody lets the pack out in spite of exactly the reasons of these
    *stamps*, which they have read; raises ``Outdated`` where others stand now, ``Mistyped``
    where it is not theirs to do."""
    seen = looked(kb, number)
    letting(seen.pack, typed.person(by), kb.settings.releasers)
    standing = {one.stamp: one.words for one in seen.standing(form)}
    if not standing or set(stamps) != set(standing):
        raise Outdated("Những điều phải xem đã khác lúc mở trang; chưa ghi gì.",
                       "Đọc lại những điều còn lại rồi quyết định.")  # fmt: skip
    value = {"reasons": list(standing), "words": list(standing.values())}
    add(kb, number, Kind.OVERRIDE, value, by, typed.reason(why, needed=True))


# --- what goes out -------------------------------------------------------------------------------


def report(kb: Opened, seen: Looked, form: Form) -> Report:
    """What would go out now; raises ``Closed`` while something stands in the way of it, and
    ``Mistyped`` where nobody has said in whose name it goes out."""
    standing = seen.standing(form)
    if standing:
        raise Closed(standing)
    if not seen.pack.passages and not seen.pack.text.strip():
        raise CanCuError("Hồ sơ chưa có gì để xuất.", "Thêm câu trích hoặc soạn lời phát biểu.")
    if not seen.pack.facts.organisation:
        raise Mistyped("letterhead", "Chưa ghi cơ quan, trường đứng tên.",
                       "Ghi tên đầy đủ: tên ấy in ở đầu bản xuất.")  # fmt: skip
    let = [(one.words, covered(seen.pack, [one.stamp])) for one in seen.closed[form]]
    now, site = datetime.now().astimezone(), kb.settings.address
    return report_of(
        seen.pack, seen.found, seen.checked, seen.origins, let, form, now, corpus(kb), site
    )


def export(
    kb: Opened, number: int, form: Form, by: str, organisation: str = ""
) -> tuple[int, Report]:
    """Make what goes out and keep it whole in the history, with the digest of its seal: the id of
    that event, and the report. *organisation* is kept first where the pack has another or none and
    nothing stands in the way."""
    by, seen = typed.person(by), looked(kb, number)
    named = seen.pack.facts
    if organisation.strip() not in ("", named.organisation):
        if standing := seen.standing(form):
            raise Closed(standing)
        about = facts(asdict(named) | {"organisation": organisation})
        add(kb, number, Kind.FACTS, asdict(about), by)
        seen = looked(kb, number)
    made = report(kb, seen, form)
    made = replace(made, kept=tuple(lines(made)))
    value = {"form": form.value, "digest": seal_of(made).digest, "report": asdict(made)}
    done = press.add(kb.desk, number, Kind.EXPORT, value, by=by, at=typed.now())
    return done, made


def organisation(kb: Opened) -> str:
    """In whose name the last pack goes out, "" where there was none: who issued a plan that is here
    need not be who uses this desk."""
    return next((p.facts.organisation for p in press.packs(kb.desk) if p.facts.organisation), "")


def corpus(kb: Opened) -> Corpus:
    """The state of the library that was asked."""
    built = kb.library.meta("built")
    try:
        built = f"lúc {time_words(datetime.fromisoformat(built).astimezone())}"
    except ValueError:
        built = built or "không rõ lúc nào"
    return Corpus(kb.folder.name, built, kb.library.meta("corpus"))


def today(kb: Opened, seal: Seal) -> list[Found]:
    """How the quotations of a seal stand in the library today."""
    chosen = [
        Passage(q.key, q.provision, q.expression,
                Selector(q.exact, q.prefix, q.suffix, q.position), q.sha256) for q in seal.quotes
    ]  # fmt: skip
    keys = {p.key for p in chosen if kb.library.has(p.key)}
    return look(kb.library, chosen, {key: kb.vouched(key) for key in keys}, date.today())
