"""Where the words of a paper that goes out were taken from, and whether that is official."""

from __future__ import annotations

from collections.abc import Iterable

from kb.citing import cite
from kb.documents import display_date
from kb.source_names import official, site_name
from kb.store.library import Library


def origins(library: Library, keys: Iterable[str]) -> tuple[str, ...]:
    """A sentence for each document of *keys* whose text is here, in their order."""
    return tuple(
        _origin(library, key)
        for key in dict.fromkeys(keys)
        if library.has(key) and library.shown(key)
    )


def _origin(library: Library, key: str) -> str:
    document = library.listed(key).document
    shown = next(one for one in library.expressions(key) if one.id == library.shown(key))
    file = library.file(shown.sha256)
    url, day = (file.url, file.received[:10]) if file else ("", shown.received[:10])
    name = cite(document, namesake=True).short
    if url and official(url):
        return f"Nguyên văn {name} lấy từ {site_name(url)}, ngày {display_date(day)}."
    unsure = "trong kho văn bản của đơn vị, chưa có gì xác nhận là"
    where = f"ở {site_name(url)}, không phải" if url else unsure
    issued = f" ban hành ngày {display_date(document.issued)}" if document.issued else ""
    body = f" do {document.issuer}{issued or ' ban hành'}" if document.issuer else issued
    return (
        f"Nguyên văn {name} lấy từ một bản sao {where} bản chính thức (nhận ngày "
        f"{display_date(day)}): phải đối chiếu với bản chính thức{body} trước khi dùng."
    )
