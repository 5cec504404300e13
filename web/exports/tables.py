"""The tables of a report, the same for every format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.documents import display_date
from kb.grounds import Basis, Verdict
from kb.links.review import STATE_WORDS, Decision
from kb.plans import CHARGES
from kb.report import ItemReport, LinkReport, PlanReport
from web import words
from web.exports import Sheet, plain

LINKS = "Mục và căn cứ"
NAMED = "Tên người soát là tên đã gõ vào, không phải danh tính được xác thực."


def sheets(told: PlanReport) -> list[Sheet]:
    """Everything a report holds, in the order a checker reads it."""
    return [_summary(told), _links(told), _bases(told), _decisions(told), _findings(told)]


def sheet(title: str, header: Iterable[str], rows: Iterable[Iterable[str]]) -> Sheet:
    return Sheet(title, tuple(header), tuple(tuple(plain(cell) for cell in row) for row in rows))


def verdict(found: Verdict) -> str:
    """A verdict with who says so: "Hết hiệu lực (thay bằng …). …; kiểm tra ngày 23/11/2026"."""
    why = f". {found.why.rstrip('.')}" if found.why else ""
    return f"{found.words}{why}" + (f"; {found.age}" if found.age else "")


def decided(decision: Decision | None) -> str:
    """A decision in a cell: "Đúng là căn cứ – Thầy Thử, 26/11/2026: vì …"."""
    if decision is None:
        return ""
    return f"{words.decision(decision)} – {decision.by}, {decision.day}" + (
        f": {decision.why}" if decision.why else ""
    )


def _summary(told: PlanReport) -> Sheet:
    document = told.document
    signed = display_date(told.signed.isoformat()) if told.signed else "không rõ"
    rows = [
        ("Kế hoạch", f"{document.number or 'chưa có số'}, ký ngày {signed}"),
        ("Trích yếu", document.title),
        ("Cơ quan ban hành", document.issuer or "chưa rõ"),
        ("Ngày xét hiệu lực", display_date(told.day.isoformat())),
        ("Số mục", str(len(told.items))),
        *((STATE_WORDS[state], f"{count} mục") for state, count in told.counts.items()),
        (f"Mục có {words.NOTICED}", str(told.noticed)),
        ("Số căn cứ", str(len(told.bases))),
        ("Quyết định không còn chỗ", str(len(told.lost))),
        ("Người soát", NAMED),
    ]
    return sheet("Tóm tắt", ("Điều", "Giá trị"), rows)


def _links(told: PlanReport) -> Sheet:
    header = ("Mục", "Nội dung", *CHARGES, "Trạng thái của mục", "Căn cứ", "Chỗ", "Nguồn gốc",
              "Khi ký", "Ngày xét", "Tình trạng căn cứ", "Quyết định")  # fmt: skip
    return sheet(LINKS, header, (row for item in told.items for row in _rows(item)))


def _rows(item: ItemReport) -> Iterator[tuple[str, ...]]:
    task = item.item
    head = (words.item(task.id), task.text, task.who, task.when, task.result,
            STATE_WORDS[item.state])  # fmt: skip
    for row in item.links:
        yield (*head, *_link(row))
    if not item.links or item.justified:
        yield (*head, "", "", "", "", "", "", decided(item.justified))


def _link(row: LinkReport) -> tuple[str, ...]:
    """The state is the program's word, the decision a person's: each has its column."""
    basis = row.basis
    state = [STATE_WORDS[row.state]]
    if row.noticed:
        state.append(words.noticed(row))
    if row.decision and basis.late:
        state.append(basis.late)
    return (basis.number, basis.place, words.origin(row.link), basis.signed.words,
            basis.today.words, ". ".join(state), decided(row.decision))  # fmt: skip


def _bases(told: PlanReport) -> Sheet:
    header = ("Căn cứ", "Chỗ", "Trích yếu", "Cơ quan ban hành", "Ngày ban hành", "Hệ thống",
              "Khi ký", "Ngày xét", "Văn bản nối tiếp", "Nguồn")  # fmt: skip
    return sheet("Căn cứ", header, (_basis(basis) for basis in told.bases))


def _basis(basis: Basis) -> tuple[str, ...]:
    heirs = "; ".join(f"{heir.name} ({heir.words})" for heir in basis.heirs)
    return (
        basis.name, basis.place, basis.title, basis.issuer, display_date(basis.issued),
        words.system(basis), verdict(basis.signed), verdict(basis.today), heirs,
        "; ".join(basis.today.sources),
    )  # fmt: skip


def _decisions(told: PlanReport) -> Sheet:
    header = ("Lúc", "Người (tên đã gõ)", "Mục khi ấy", "Câu chữ của mục khi ấy", "Quyết định",
              "Về căn cứ", "Vì sao", "Hiện nay")  # fmt: skip
    every = sorted([d for item in told.items for d in item.history] + list(told.lost),
                   key=lambda d: d.id)  # fmt: skip
    lost = {d.id for d in told.lost}
    rows = (
        (words.at(d), d.by, words.item(d.item), d.item_words, words.decision(d),
         words.decided_on(d, told.names), d.why,
         "đã rút lại" if d.id in told.taken_back
         else "mục đã đổi, cần xem lại" if d.id in lost else "còn giữ")
        for d in every
    )  # fmt: skip
    return sheet("Quyết định", header, rows)


def _findings(told: PlanReport) -> Sheet:
    rows = (
        (words.severity(found.severity.value), found.where, found.message, found.hint)
        for found in told.findings
    )
    return sheet("Điều cần xem", ("Mức", "Chỗ", "Điều gì", "Cách xử lý"), rows)
