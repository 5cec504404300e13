"""Documents called by number or name, each a card with the place that was asked, and why one that
was called is not there."""

from __future__ import annotations

from collections.abc import Iterator

from kb.documents import display_date
from kb.index.known import Known
from kb.results import Group, SearchResult, nothing, page_of
from kb.shown import at_place, url_of
from kb.store import Listed
from kb.store.library import Library
from kb.store.readings import Reading
from kb.understanding import Understood


def named(library: Library, known: Known, asked: Understood, page: int, size: int) -> SearchResult:
    """Documents of that number or name, each one of them: none is picked."""
    allowed = asked.allowed(known)
    keys = [key for key in asked.keys if allowed is None or key in allowed]
    if keys:
        first, pages, page = page_of(keys, page, size)
        readings = library.readings(first) if asked.place else {}
        groups = [_card(known.documents[key], readings.get(key), asked) for key in first]
        what = "số hiệu" if any(letter.isdigit() for letter in asked.named) else "văn bản"
        place = f"{asked.place.words}, " if asked.place else ""
        return SearchResult(
            "", f"Đang tìm {what}: {place}{asked.named}", len(keys), tuple(groups), page, pages,
            as_words=True, notes=tuple(missing(known, asked)), keys=tuple(keys),
        )  # fmt: skip
    why = [*missing(known, asked), *_elsewhere(known, asked)]
    if not asked.near:
        return nothing(why, as_words=True)
    near = tuple(
        Group(known.documents[close.key], url_of(known.documents[close.key]), why=close.why)
        for close in asked.near
    )
    return SearchResult("", why[0], len(near), near, why_not=tuple(why), as_words=True)


def missing(known: Known, asked: Understood) -> Iterator[str]:
    """That a number asked for is not here, and which it may have been meant for."""
    if asked.number is None:
        return
    yield f"Không tìm thấy số {asked.number.text} trong kho."
    for close in asked.near:
        document = known.documents[close.key].document
        issued = f" ngày {display_date(document.issued)}" if document.issued else ""
        yield f"Có thể bạn cần {document.number}{issued}: {close.why}."
    same = [row.text for row in known.numbers.of_serial(asked.number.serial)]
    if same and not asked.near:
        listed = ", ".join(dict.fromkeys(same))
        yield f"Cùng số {asked.number.serial} trong kho có: {listed}."


def _elsewhere(known: Known, asked: Understood) -> Iterator[str]:
    if asked.number is None:
        yield f"Văn bản {asked.named} có trong kho nhưng không hợp các điều kiện đã gõ."
    else:
        yield (
            "Văn bản này có thể có thật mà kho chưa có: tìm theo từ trong tên văn bản, "
            "hoặc nhờ người quản trị nạp tệp (lệnh: kb ingest TỆP)."
        )


def _card(listed: Listed, reading: Reading | None, asked: Understood) -> Group:
    """The document as a card, with the place that was asked, or why it cannot be shown."""
    url = url_of(listed)
    if asked.place is None or reading is None:
        return Group(listed, url, exact=True)
    hits, why = at_place(reading, url, asked.place)
    return Group(listed, url, tuple(hits), exact=True, why=why)
