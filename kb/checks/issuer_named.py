"""Who issued a document: not said, or said to be somebody who cannot have."""

from __future__ import annotations

from collections.abc import Iterator

from kb.catalogue import Vocabulary
from kb.checks import Grounds
from kb.checks.places import cited, found, ground_at, name, once
from kb.documents import parse_number
from kb.findings import Finding, Severity
from kb.issuers import issuer_ids
from kb.plans import Plan
from kb.store import StoredCitation

_LAWS = ("Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp")


def issuer_named(plan: Plan, grounds: Grounds) -> Iterator[Finding]:
    """Căn cứ thiếu cơ quan ban hành, hoặc ghi cơ quan không thể ban hành số ấy.

    Sai: Căn cứ Kế hoạch số 70/KH-SGDĐT ngày 11/01/2021 về …;
    Sai: Nghị định số 72/2015/NĐ-CP ngày 07/9/2015 của Thủ tướng Chính phủ …
    Đúng: Căn cứ Kế hoạch số 70/KH-SGDĐT ngày 11/01/2021 của Sở Giáo dục và Đào tạo …;
    Vì sao: hai cơ quan có thể cùng một số; nghị định chỉ Chính phủ ban hành, không phải Thủ tướng.
    Nguồn: Nghị định 30/2020/NĐ-CP, Phụ lục I (luật, pháp lệnh thì không phải ghi cơ quan).
    """
    for citation in once(grounds.citations):
        if citation.kind != "explicit" or citation.type in _LAWS:
            continue
        if citation.issuer:
            if right := _contradicted(citation, grounds.vocabulary):
                yield found(
                    "issuer-named", Severity.ERROR, plan, cited(citation),
                    f"{name(citation)} được ghi là của {citation.issuer}; ký hiệu ấy là của "
                    f"{right}.",
                    "Sửa tên cơ quan ban hành, hoặc sửa số nếu định nêu văn bản khác.",
                )  # fmt: skip
        elif citation.date and ground_at(plan, citation.start):
            basis = grounds.bases.get(citation.target)
            who = basis.entry.document.issuer if basis else ""
            yield found(
                "issuer-named", Severity.WARNING, plan, cited(citation),
                f"{name(citation)} không ghi cơ quan ban hành.",
                f"Thêm sau ngày ban hành: của {who}." if who else "Thêm cơ quan ban hành sau ngày.",
            )  # fmt: skip


def _contradicted(citation: StoredCitation, vocabulary: Vocabulary) -> str:
    """The body whose letters the number has, where the one named is known and is another."""
    try:
        number = parse_number(citation.number)
    except ValueError:
        return ""
    if number.party or len(number.issuer_codes) != 1 or number.type_code is None:
        return ""
    owners = {i.id: i.name for i in vocabulary.issuers if number.issuer_codes[0] in i.codes}
    named = issuer_ids(citation.issuer, vocabulary)
    known = {issuer.id for issuer in vocabulary.issuers}
    if len(owners) != 1 or not named or not named <= known or named & owners.keys():
        return ""
    return next(iter(owners.values()))
