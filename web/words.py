"""What the pages and the command call things, in plain Vietnamese. A state is always a word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from kb.catalogue import Relation
from kb.citing import place_name
from kb.diff import Change, Piece
from kb.documents import Document, display_date
from kb.expressions import KIND_NAMES, Expression, differences_said
from kb.grounds import Basis
from kb.links import DIGEST, Link, Origin
from kb.links.derive import GROUNDS
from kb.links.review import STATE_WORDS, Decision, State, Verb, named
from kb.links.suggest import FAIR, SURE
from kb.plans import CHARGES, item_name
from kb.report import LinkReport, PlanReport
from kb.text import capital
from kb.validity import State as Force
from kb.validity import Status, age_words

# Verb → (said of the subject, said of the object).
_RELATIONS = {
    "based_on": ("căn cứ", "là căn cứ của"),
    "implements": ("triển khai", "được triển khai bởi"),
    "guides": ("hướng dẫn", "được hướng dẫn bởi"),
    "cites": ("viện dẫn", "được viện dẫn bởi"),
    "related": ("liên quan đến", "liên quan đến"),
    "funds": ("quy định kinh phí cho", "kinh phí theo"),
    "amends": ("sửa đổi, bổ sung", "được sửa đổi, bổ sung bởi"),
    "replaces": ("thay thế", "bị thay thế bởi"),
    "succeeds": ("nối tiếp", "được nối tiếp bởi"),
    "repeals": ("bãi bỏ", "bị bãi bỏ bởi"),
    "repeals_partly": ("bãi bỏ một phần", "bị bãi bỏ một phần bởi"),
    "suspends": ("ngưng hiệu lực", "bị ngưng hiệu lực bởi"),
    "corrects": ("đính chính", "được đính chính bởi"),
    "consolidates": ("hợp nhất", "được hợp nhất trong"),
}
_CONFIDENCE = {
    "high": "tin cậy cao",
    "medium-high": "tin cậy khá cao",
    "medium": "tin cậy vừa",
    "low-medium": "tin cậy thấp đến vừa",
    "low": "tin cậy thấp",
}
_ORIGINS = {
    Origin.EXPLICIT: "Nêu đích danh",
    Origin.SUGGESTED: "Đề xuất (chưa duyệt)",
    Origin.ADDED: "Người soát gắn",
}
VERBS = {
    Verb.ACCEPT: "Đúng là căn cứ",
    Verb.PARTLY: "Là căn cứ cho một phần",
    Verb.REJECT: "Không phải căn cứ",
    Verb.REPLACE: "Thay bằng căn cứ khác",
    Verb.ADD: "Gắn thêm căn cứ",
    Verb.JUSTIFY: "Không cần căn cứ",
}
# What fits a cell of the matrix.
_SHORT = {
    State.COVERED: "Đã duyệt",
    State.PARTIAL: "Một phần",
    State.UNVERIFIED: "Chưa duyệt",
    State.SUSPECT: "Xem lại",
}
_OVER = {
    Force.CEASED: "Hết giá trị",
    Force.ENDED: "Đã kết thúc",
    Force.SUSPENDED: "Tạm ngưng",
    Force.NOT_YET: "Chưa có giá trị",
}
_SEVERITY = {"error": "Lỗi", "warning": "Cần xem", "info": "Ghi chú"}
# Names of fields in ``Entry.doubts`` and ``Entry.confidence``.
_FIELDS = {
    "number": "số, ký hiệu",
    "title": "trích yếu",
    "issuer": "cơ quan ban hành",
    "issued": "ngày ban hành",
    "effective": "ngày có hiệu lực",
    "signer": "người ký",
    "capacity": "chức vụ người ký",
    "status": "hiệu lực",
    "status.last_day": "ngày kết thúc",
    "status.held": "thời gian thực hiện",
    "metadata": "số, ngày, cơ quan",
    "date": "ngày ban hành",
    "existence_title": "tên văn bản",
}


def kind(text: Expression) -> str:
    """What kind a text is: "bản gốc"."""
    name = KIND_NAMES[text.kind]
    return name[:1].lower() + name[1:]


def differs(text: Expression) -> str:
    """What a text is to the one shown: "bản đang hiện", "khác 3 chỗ: Điều 2, Điều 5"."""
    return "bản đang hiện" if text.shown else differences_said(text.differs)


def relation(found: Relation, key: str) -> str:
    """What a relation says of the document *key*, as subject or object."""
    active, passive = _RELATIONS[found.verb]
    return active if found.subject == key else passive


CODIFIED = "Theo Bộ pháp điển điện tử, không phải bản gốc"


def attribution(kind: str) -> str:
    """What a quotation from the shown text must say of it, "" where it is the paper's own words."""
    return CODIFIED if kind == "codified" else ""


def confidence(level: str) -> str:
    return _CONFIDENCE.get(level, "")


def severity(value: str) -> str:
    return _SEVERITY[value]


def counted(counts: dict[str, int]) -> str:
    """How much a check found: "0 lỗi, 9 chỗ cần xem, 26 ghi chú."."""
    return f"{counts['error']} lỗi, {counts['warning']} chỗ cần xem, {counts['info']} ghi chú."


def field_name(name: str) -> str:
    return _FIELDS.get(name, name.replace("_", " "))


def name(document: Document) -> str:
    """Type and number, as one says them: ``Quyết định số 753/QĐ-TTg``; the title without one."""
    if document.number:
        return f"{document.type} số {document.number}"
    return f"{document.type} {document.title}".strip()


def issued(document: Document) -> str:
    """``ngày 03/6/2020``, ``năm 2022``, "" where nothing is known."""
    if not document.issued:
        return ""
    word = {4: "năm", 7: "tháng"}.get(len(document.issued), "ngày")
    return f"{word} {display_date(document.issued)}"


def origin(link: Link) -> str:
    """Where a basis comes from."""
    if link.origin in _ORIGINS:
        return _ORIGINS[link.origin]
    if link.via.startswith(link.item + "."):
        return f"Nêu ở mục con: {item_name(link.via)}"
    return f"Kế thừa từ {'phần căn cứ' if link.via == GROUNDS else item_name(link.via)}"


def item(id: str) -> str:
    """An item's name where a line begins with it: "Mục II.1, gạch đầu dòng 1"."""
    name = item_name(id)
    return capital(name)


def likely(link: Link) -> str:
    """How sure a suggestion is, in words and as a figure: "có thể đúng (độ tin 62 %)"."""
    sure = link.confidence or 0.0
    if not sure:
        return "ban hành sau ngày ký kế hoạch: không thể là căn cứ lúc ký, dùng cho lần sửa sau"
    said = "rất có thể đúng" if sure >= SURE else "có thể đúng" if sure >= FAIR else "ít chắc"
    return f"{said} (độ tin {sure:.0%})".replace("%", " %")


def because(link: Link) -> str:
    """The sentence that made a suggestion likely."""
    if link.via == DIGEST:
        where = f" về {link.cited}" if link.cited else ""
        return f"Vì bản tóm lược{where}, không phải lời văn bản, viết: {link.sentence}"
    return f"Vì có câu: “{link.sentence}”."


def state(found: State) -> str:
    """What a state of a link or an item is called."""
    return STATE_WORDS[found]


def tallied(found: State) -> str:
    """The same after a number of items: of what they stand on, not all need be over."""
    words = STATE_WORDS[found]
    return ("có " if found is State.NOT_IN_FORCE else "") + words[:1].lower() + words[1:]


def short_state(row: LinkReport) -> str:
    """The state of a link in a word or two, and whether there is a notice."""
    said = _SHORT.get(row.state, STATE_WORDS[row.state])
    if row.state is State.NOT_IN_FORCE:
        said = _OVER[row.basis.today.state]
    return f"{said}, có thay đổi" if row.noticed else said


# A notice is a word of its own beside the state, which it does not change.
NOTICED = "văn bản có thay đổi từ khi duyệt"


def noticed(row: LinkReport) -> str:
    """What became of a whole document since the decision, as one sentence, "" where nothing did."""
    if not row.noticed or row.decision is None:
        return ""
    told = "; ".join(notice.words for notice in row.noticed)
    return f"Từ ngày {row.decision.by} quyết định ({row.decision.day}): {told}."


def decision(found: Decision) -> str:
    """What was decided: "Đúng là căn cứ"."""
    return VERBS[Verb(found.verb)] if found.verb else "Rút lại"


def decided_on(found: Decision, names: Mapping[str, str]) -> str:
    """What a decision speaks of: "901/2030/NĐ-CP, khoản 2 Điều 7", "cả mục"."""
    if not found.target:
        return "cả mục"
    said = _called(found.target, found.provision, names)
    if found.new_target:
        return f"{said} → {_called(found.new_target, found.new_provision, names)}"
    return said


def _called(target: str, provision: str, names: Mapping[str, str]) -> str:
    number = names.get(target, target)
    return f"{number}, {place_name(provision)}" if provision else number


def diff_line(pieces: Sequence[Piece]) -> str:
    """A difference on one line: "[-bỏ-]", "{+thêm+}"; long stretches that are kept are cut."""
    out = []
    for change, text in pieces:
        if change is Change.REMOVED:
            out.append(f"[-{text}-]")
        elif change is Change.ADDED:
            out.append(f"{{+{text}+}}")
        else:
            out.append(text if len(text) < 80 else f"{text[:35]} … {text[-35:]}")
    return "".join(out)


def at(found: Decision) -> str:
    """When, on the clock of this machine: "26/11/2026 09:00"."""
    return moment(found.at)


def moment(at: str) -> str:
    """An ISO time on the clock of this machine; itself where it is none."""
    try:
        local = datetime.fromisoformat(at).astimezone()
    except ValueError:
        return at
    return f"{display_date(local.date().isoformat())} {local:%H:%M}"


def system(basis: Basis) -> str:
    """Whether a paper is a normative one: its kind where it is not."""
    if not basis.target:
        return "chưa rõ"
    return f"{basis.outside}, ngoài hệ thống" if basis.outside else "văn bản quy phạm pháp luật"


def basis_url(basis: Basis) -> str:
    """The address of a basis in the reader, at its place."""
    return f"/vb/{basis.target}" + (f"#{basis.provision}" if basis.provision else "")


def anchor(link: Link) -> str:
    """The id of a link on the page of its item."""
    return link_anchor(named(link))


def link_anchor(where: tuple[str, str]) -> str:
    """The same of what a decision calls it."""
    return "-".join(part for part in where if part).replace("/", "-").replace(" ", "-") or "ca-muc"


def grounded(plan: PlanReport) -> str:
    """How many items of a plan stand on what: ``32 mục: 4 nêu đích danh căn cứ, …``."""
    origins = [{row.link.origin for row in item.live} for item in plan.items]
    named = sum(Origin.EXPLICIT in found for found in origins)
    handed = sum(bool(found) for found in origins) - named
    bare = len(origins) - named - handed
    rest = f", {bare} chưa có căn cứ" if bare else ""
    return f"{len(origins)} mục: {named} nêu đích danh căn cứ, {handed} kế thừa{rest}"


def status_line(status: Status, today: date) -> str:
    """The status with its reason and the age of the last look."""
    why = f" ({status.reason.rstrip('.')})" if status.reason else ""
    return f"{status.words}{why}, {age_words(status.checked, today)}"


def plan_lines(plan: dict[str, Any]) -> Iterator[str]:
    """A plan as ``web.api.plan_json`` gives it, for a terminal."""
    yield f"Kế hoạch {plan['number']}, ký ngày {display_date(plan['issued'] or '')}"
    yield plan["title"]
    for item in plan["items"]:
        indent = "  " * _depth(item, plan["items"])
        yield ""
        name = item_name(item["id"])
        yield f"{indent}{name[:1].upper()}{name[1:]} [{item['id']}]"
        yield f"{indent}  {item['marker']} {item['text']}".rstrip()
        charged = zip(CHARGES, (item["who"], item["when"], item["result"]), strict=True)
        if said := "; ".join(f"{name}: {told}" for name, told in charged if told):
            yield f"{indent}    {said}"
        for basis in item["bases"]:
            number = basis["number"] or basis["cited"]
            yield f"{indent}    ▸ {number} – {basis['origin_words']}"
            if basis["reason"]:
                yield f"{indent}      {basis['reason']}"
                continue
            signed, today = basis["status_when_signed"], basis["status_today"]
            yield f"{indent}      khi ký: {signed}; hôm nay: {today}, {basis['checked_words']}"
            if basis["origin"] == "explicit":
                yield f"{indent}      {basis['title']}"
            if basis["notices_words"]:
                yield f"{indent}      {basis['notices_words']}"
        if not item["bases"]:
            yield f"{indent}    ▸ chưa có căn cứ"
        if item["state"] != State.UNVERIFIED:
            yield f"{indent}    {item['state_words']}"
    yield from _findings(plan["findings"])


def shown_lines(shown: dict[str, Any], asked: date | None = None) -> Iterator[str]:
    """A document as ``web.api.show_json`` gives it, for a terminal, on the day ``asked`` for."""
    document = shown["document"]
    head = (document["type"], document["number"], document["issued_words"])
    yield " ".join(part for part in head if part)
    yield document["title"]
    yield f"Cơ quan ban hành: {document['issuer'] or 'chưa rõ'}"
    on_day = f" ngày {display_date(asked.isoformat())}" if asked else ""
    yield f"Hiệu lực{on_day}: {shown['status']}"
    for doubt in shown["doubts"]:
        yield f"  Chưa chắc: {doubt['field']}: {doubt['why']}"
    if not shown["provisions"]:
        yield "Chưa có toàn văn trong kho. Nạp: kb ingest TỆP"
        for url in shown["official_urls"]:
            yield f"  Lấy từ: {url}"
    for digest in shown["digests"]:
        yield f"  [Tóm lược, không trích dẫn được] {digest['where']}: {digest['text']}"
    for provision in shown["provisions"]:
        yield f"{provision['text']}"
    for found in shown["relations"]:
        yield f"- {found['words']} {found['name']}"
    for text in shown["expressions"]:
        yield f"- {text['file']}: {text['kind']}, {text['differs']}"
    yield from _findings(shown["findings"])
    yield shown["url"]


def _findings(findings: list[dict[str, str]]) -> Iterator[str]:
    if findings:
        yield ""
        yield "Cần xem:"
    for found in findings:
        where = f" {found['where']}" if found["where"] else ""
        yield f"- [{severity(found['severity'])}]{where}: {found['message']}"
        if found["hint"]:
            yield f"  {found['hint']}"


def _depth(item: dict[str, Any], items: list[dict[str, Any]]) -> int:
    parents = {other["id"]: other["parent"] for other in items}
    depth, above = 0, item["parent"]
    while above is not None:
        depth, above = depth + 1, parents.get(above)
    return depth
