"""A plan for another year from this one: items copied, bases judged anew, what is left to decide.

Nothing is changed in the copy: not a year, not a basis. What a person must decide is listed, in the
order of the plan; the same plan, year and day give the same list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.documents import Document, display_date
from kb.grounds import Basis
from kb.links import Origin
from kb.links.review import ENDED, State
from kb.plans import PlanItem
from kb.report import ItemReport, LinkReport, PlanReport, column
from kb.validity import State as Force

_YEARS = re.compile(
    r"(?:\d{1,2}[/.-]\d{1,2}[/.-])?(?<!\d)(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)\d\d)?(?![\d/])"
)
_BETWEEN = re.compile(r"\s?[-–]\s?")


@dataclass(frozen=True, slots=True)
class Ask:
    """What a person must decide: ``what`` in a sentence, ``basis`` of which it speaks, if any."""

    what: str
    basis: Basis | None = None


@dataclass(frozen=True, slots=True)
class DraftItem:
    item: PlanItem
    links: tuple[LinkReport, ...]
    asks: tuple[Ask, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """``asks`` of the plan as a whole, ``bases`` with what is to be decided of each (once, whatever
    number of items stand on it)."""

    document: Document
    year: int
    asks: tuple[Ask, ...]
    bases: tuple[tuple[Basis, tuple[Ask, ...]], ...]
    items: tuple[DraftItem, ...]

    @property
    def open(self) -> int:
        """How many things are to be decided."""
        of_bases = sum(len(asks) for _, asks in self.bases)
        return len(self.asks) + of_bases + sum(len(item.asks) for item in self.items)


def rollover(told: PlanReport, year: int) -> Draft:
    """*told* judged on the day of the draft."""
    head = told.document
    asks = [
        Ask("Ghi số, ký hiệu và ngày ký của kế hoạch mới."),
        Ask(f"Xác nhận cơ quan ban hành còn mang tên “{head.issuer}”.") if head.issuer
        else Ask("Ghi tên cơ quan ban hành."),
        Ask(f"Xác nhận người ký: kế hoạch trước do {head.signer} ký.") if head.signer
        else Ask("Ghi chức vụ và họ tên người ký."),
    ]  # fmt: skip
    if found := years_in(head.title):
        asks.append(Ask(f"Trích yếu có {_listed(found)}: sửa cho năm {year}."))
    asks += [
        Ask(
            f"Mục đã đổi, quyết định của {d.by} ngày {d.day} không còn chỗ: "
            f"“{_short(d.item_words)}”."
        )
        for d in told.lost
    ]
    bases = tuple((basis, tuple(_of_basis(basis))) for basis in told.bases)
    items = tuple(
        DraftItem(item.item, item.live, tuple(_of_item(item, year))) for item in told.items
    )
    return Draft(head, year, tuple(asks), bases, items)


def years_in(text: str) -> list[str]:
    """Years, school years and dates as written, each once: "2021", "2021-2022", "03/12/2021". The
    year of a document's number is none."""
    return list(dict.fromkeys(found.group().strip() for found in _YEARS.finditer(text)))


def _of_basis(basis: Basis) -> Iterator[Ask]:
    if not basis.target:
        yield Ask(f"Kho không biết {basis.number} là văn bản nào: tra lại hoặc nạp văn bản.", basis)
        return
    heirs = ", ".join(heir.name for heir in basis.heirs)
    if basis.today.state in ENDED:
        if heirs:
            yield Ask(f"Đã có {heirs} nối tiếp: quyết định có thay căn cứ không.", basis)
        else:
            yield Ask("Chưa thấy văn bản thay thế: tìm căn cứ khác hoặc bỏ.", basis)
    elif basis.today.state is Force.UNKNOWN:
        yield Ask("Chưa rõ còn hiệu lực hay không: kiểm tra rồi quyết định.", basis)
    elif heirs:
        yield Ask(f"Có {heirs} nối tiếp: xem có phải thay căn cứ không.", basis)
    elif basis.today.state in (Force.IN_FORCE_AMENDED, Force.IN_FORCE_PARTLY):
        yield Ask("Đã có sửa đổi: đọc lại chỗ viện dẫn.", basis)
    elif basis.today.state is Force.NO_REPLACEMENT_FOUND:
        yield Ask("Chưa thấy văn bản thay thế: xác nhận còn dùng được.", basis)


def _of_item(item: ItemReport, year: int) -> Iterator[Ask]:
    text = f"{item.item.text} {item.item.beside}"
    named: set[str] = set()
    for row in item.links:
        if row.link.cited and not row.link.via:
            # Years that belong to the name of a document are not the plan's.
            text = text.replace(row.link.cited, "")
            named |= {_bare(words) for words in years_in(row.basis.title)}
            named.add(display_date(row.basis.issued))
    if found := [words for words in years_in(text) if _bare(words) not in named]:
        yield Ask(f"Có {_listed(found)}: sửa cho năm {year} hoặc giữ.")
    if item.state is State.UNCOVERED:
        yield Ask("Chưa có căn cứ: gắn căn cứ, hoặc ghi vì sao không cần.")
    elif item.state is State.SUSPECT:
        yield Ask("Câu chữ đã đổi từ khi duyệt: duyệt lại.")
    elif item.state is State.JUSTIFIED and item.justified:
        yield Ask(f"Xác nhận vẫn không cần căn cứ, vì: {item.justified.why}.")


def _bare(years: str) -> str:
    """Years whatever stands between them: "2021 – 2030" as "2021-2030"."""
    return _BETWEEN.sub("-", years)


def bases_of(item: DraftItem) -> list[Basis]:
    """What an item names itself, or a person gave it, each once."""
    own = [row for row in item.links if row.link.origin is not Origin.INHERITED]
    return list({column(row.basis): row.basis for row in own}.values())


def said_of(basis: Basis) -> str:
    """A basis with its verdict: "Quyết định 1929/QĐ-TTg – Còn giá trị thực hiện, đã sửa đổi"."""
    return f"{basis.name} {basis.place}".rstrip() + f" – {basis.today.words}"


def _listed(found: list[str]) -> str:
    return ", ".join(f"“{words}”" for words in found)


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:80].rpartition(" ")[0] + " …"
