"""The Party's way to write a number on a State paper, and the other way round."""

from __future__ import annotations

from collections.abc import Iterator

from kb.checks import Grounds
from kb.checks.places import cited, found, name, once, title_row
from kb.documents import DocNumber, parse_number
from kb.findings import Finding, Severity
from kb.plans import Plan

# Letters only Party bodies have in numbers (Hướng dẫn 36-HD/VPTW); BCT is Bộ Công Thương's too.
_PARTY = frozenset(("TW", "TU", "VPTW", "BTCTW", "BTGTW", "ĐU", "HU", "BBT"))


def party_number(plan: Plan, grounds: Grounds) -> Iterator[Finding]:
    """Số viết kiểu Đảng trên văn bản Nhà nước, hoặc ngược lại.

    Sai: Chỉ thị số 39/CT-TW; Kế hoạch số 55-KH/SGDĐT.
    Đúng: Chỉ thị số 39-CT/TW; Kế hoạch số 55/KH-SGDĐT.
    Vì sao: Đảng viết số-loại/cơ quan, Nhà nước viết số/loại-cơ quan; viết lẫn thì tra không ra.
    Nguồn: Hướng dẫn 36-HD/VPTW (Đảng); Nghị định 30/2020/NĐ-CP, Phụ lục I (Nhà nước).
    """
    state = {c for i in grounds.vocabulary.issuers for c in i.codes} - _PARTY - {"BCT"}
    own = plan.document.number
    if own and (trouble := _trouble(own, state | {own.rpartition("/")[2]})):
        yield found("party-number", Severity.WARNING, plan, title_row(plan),
                    f"Số của kế hoạch: {trouble}", "Viết lại số theo đúng kiểu.")  # fmt: skip
    for citation in once(grounds.citations):
        if citation.kind == "explicit" and (trouble := _trouble(citation.number, state)):
            yield found("party-number", Severity.WARNING, plan, cited(citation),
                        f"{name(citation)}: {trouble}",
                        "Đối chiếu bản gốc rồi viết lại số.")  # fmt: skip


def _trouble(written: str, state: set[str]) -> str:
    try:
        number = parse_number(written)
    except ValueError:
        return ""
    if number.type_code is None or not number.issuer_codes:
        return ""
    last = number.issuer_codes[-1]
    if number.party and last in state:
        return f"viết kiểu văn bản của Đảng; của Nhà nước là {_other(number)}."
    if not number.party and last in _PARTY and number.type_code not in ("NQLT",):
        return f"viết kiểu văn bản Nhà nước; của Đảng là {_other(number)}."
    return ""


def _other(number: DocNumber) -> str:
    issuers = "-".join(number.issuer_codes)
    if number.party:
        return f"{number.serial}/{number.type_code}-{issuers}"
    return f"{number.serial}-{number.type_code}/{issuers}"
