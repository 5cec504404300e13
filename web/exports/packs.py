"""A pack or a card as a file, and a file read again: DOCX, plain text, JSON.

All have the lines of ``kb.dossiers.report`` and the seal of them.
"""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import asdict
from io import BytesIO
from typing import Any

from kb.dossiers.report import Form, Report, Style
from kb.dossiers.seal import BrokenSeal, Seal, pack, seal_of, sealed_lines, unpack
from kb.text import nfc, slug
from web.exports.docx_packs import read_pack, write_pack

FORMATS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "txt": "text/plain; charset=utf-8",
    "json": "application/json",
}
_OPENS, _ENDS = (
    "----- DẤU KIỂM, ĐỂ MÁY ĐỌC: GIỮ NGUYÊN KHI GỬI TIẾP -----",
    "----- HẾT DẤU KIỂM -----",
)
_OPENED = re.compile(r"-{5}\s+DẤU\s+KIỂM[^-]*-{5}")  # however it is worded and mail wraps it
_WIDTH = 76  # characters of a line of the seal, as in e-mail (RFC 2045)
_SPACED = {Style.HEADING, Style.CITATION, Style.TITLE}


def pack_file(report: Report, kind: str) -> tuple[str, str, bytes]:
    """(name, media type, bytes); *kind* of ``FORMATS``."""
    word = "the-phan-bac" if report.form is Form.CARD else "ho-so"
    name = f"{word}-{report.pack}-{slug(report.title)[:60].strip('-')}.{kind}"
    made = {"docx": write_pack, "txt": _text, "json": _json}[kind](report)
    return name, FORMATS[kind], made


def read_file(content: bytes) -> tuple[Seal, str]:
    """The seal of a file and the words it shows; content decides the format. Raises
    ``BrokenSeal``."""
    if zipfile.is_zipfile(BytesIO(content)):
        return read_pack(content)
    try:
        text = nfc(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise _unsealed() from None
    if text.lstrip().startswith("{"):
        return _read_json(text)
    return _read_text(text)


def _text(report: Report) -> bytes:
    out = []
    for line in sealed_lines(report):
        if line.style in _SPACED:
            out.append("")
        out.append(line.text)
    text = pack(seal_of(report))
    parts = [text[at : at + _WIDTH] for at in range(0, len(text), _WIDTH)]
    return ("\n".join([*out, "", _OPENS, *parts, _ENDS]).lstrip("\n") + "\n").encode()


def _read_text(text: str) -> tuple[Seal, str]:
    # The last one: somebody may speak of such a line.
    opened = max(_OPENED.finditer(text), key=lambda found: found.start(), default=None)
    packed, ended, after = text[opened.end() :].partition(_ENDS) if opened else ("", "", "")
    if not opened or not ended:
        raise _unsealed()
    return unpack(packed), f"{text[: opened.start()]}\n{after}"


def _json(report: Report) -> bytes:
    value = {
        "title": report.title,
        "checked": report.checked,
        "corpus": asdict(report.corpus),
        "quotes": [asdict(quote) for quote in report.quotes],
        "lines": [{"name": line.name, "text": line.text} for line in sealed_lines(report)],
        "seal": pack(seal_of(report)),
    }
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def _read_json(text: str) -> tuple[Seal, str]:
    """A quotation is kept twice, as fields and as lines: where its fields say other than the seal
    the lines of it are read from them."""
    try:
        value: dict[str, Any] = json.loads(text)
        if "seal" not in value:
            raise _unsealed()
        seal = unpack(str(value["seal"]))
        words = [(str(line["name"]), str(line["text"])) for line in value["lines"]]
        quotes = {str(quote["n"]): quote for quote in value["quotes"]}
    except (ValueError, KeyError, TypeError) as error:
        raise _unsealed() from error
    said = [text for _, text in words]
    sealed = {str(quote.n): json.loads(json.dumps(asdict(quote))) for quote in seal.quotes}
    for n in sorted(sealed.keys() | quotes.keys()):
        mine, theirs = sealed.get(n, {}), quotes.get(n, {})
        for field in sorted(mine.keys() | theirs.keys()):
            if mine.get(field) != theirs.get(field):
                said.append(f"[{field} {n}: {theirs.get(field, 'bị bỏ')}]")
    return seal, "\n".join(said)


def _unsealed() -> BrokenSeal:
    return BrokenSeal("Tệp này không có dấu kiểm.",
                      "Chỉ kiểm được tệp DOCX, TXT, JSON do hồ sơ báo chí của Căn Cứ "
                      "xuất ra.")  # fmt: skip
