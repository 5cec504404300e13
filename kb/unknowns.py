"""What the library honestly does not know of what was asked, said before anything else.

Two kinds of gap, both data: a statement of kind ``unknown`` in a digest, with the phrases a
question about it has (``Digest.asked``), and a doubt of the catalogue about a field that the
question asks for ("số mấy" of a law whose number nobody has found). Neither is guessed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kb.catalogue import Digest
from kb.index.analyzer import tokens
from kb.index.known import Known
from kb.results import Unknown
from kb.store import Listed
from kb.text import capital, fold

# Field of ``Entry.doubts`` → its name, and the words a question for it has.
_FIELDS = {
    "number": ("số, ký hiệu", (
        "số mấy", "số bao nhiêu", "số hiệu", "ký hiệu", "số nào", "luật số", "số luật", "số của",
    )),
    "signer": ("người ký", ("ai ký", "người ký")),
    "issued": ("ngày ban hành", ("ban hành ngày", "ban hành khi nào", "ngày ban hành", "ký ngày")),
    "effective": (
        "ngày có hiệu lực", ("hiệu lực từ", "hiệu lực khi nào", "hiệu lực ngày", "có hiệu lực chưa")
    ),
}  # fmt: skip


def unknowns(asked: str, about: Sequence[tuple[Listed, Sequence[Digest]]]) -> Iterator[Unknown]:
    """The gaps that *asked* runs into, in the order of *about*: the documents the question is
    surely about, each with its digest."""
    words = spaced(asked)
    for listed, digests in about:
        for digest in digests:
            if digest.kind == "unknown" and _has(words, digest.asked):
                yield Unknown(listed, digest.text, digest.note)
        for name, why in listed.entry.doubts:
            said, phrases = _FIELDS.get(name, ("", ()))
            if _has(words, phrases) and not getattr(listed.document, name):
                said = capital(said)
                yield Unknown(listed, f"{said}: {why}.", "Xem bản gốc ở nơi ban hành.")


def _has(words: str, phrases: Iterable[str]) -> bool:
    return any(spaced(phrase) in words for phrase in phrases)


def no_words(known: Known, lacking: Sequence[str], words: str) -> Iterator[str]:
    """Why nothing has *words*, and the next step."""
    yield f"Không có văn bản nào trong kho có: {words}."
    if lacking:
        yield f"Không văn bản nào có chữ: {', '.join(lacking)}."
    whole = sum(listed.kind != "facts" for listed in known.documents.values())
    yield (
        f"Kho có {len(known.documents)} văn bản, {whole} có toàn văn: điều cần tìm có thể ở "
        "văn bản kho chưa có."
    )
    yield (
        "Thử từ khác, bỏ ngoặc kép, gõ số hiệu (ví dụ 753/QĐ-TTg), hoặc nhờ người quản trị "
        "nạp văn bản (lệnh: kb ingest TỆP)."
    )


def spaced(text: str) -> str:
    """Folded words with a space around each, so that a phrase is found whole."""
    return f" {' '.join(fold(token.text) for token in tokens(text) if not token.part)} "
