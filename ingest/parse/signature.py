"""What stands below the body: to whom it goes, who signs and in what capacity."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.parse.markers import Row, is_upper
from ingest.parse.zones import CAPACITY, RECIPIENTS

_NAME = re.compile(r"[^\W\d_][^\W\d_]{0,10}(?:\s[^\W\d_][^\W\d_]{0,10}){1,4}")
_DEGREE = re.compile(r"(?:(?:GS|PGS|TS|ThS|BS|CKI|CKII|Ths|TTND|NGƯT)\.?\s?[,.]?\s?){1,4}")
_STAMP = re.compile(r"\(\s?(?:đã ký|ký tên|ký).{0,40}\)|đã ký", re.IGNORECASE)
# One row of a web copy: "…; - Lưu: VT. TM. CHÍNH PHỦ THỦ TƯỚNG Nguyễn Văn A"
_RUN_ON = re.compile(r"\s(?=(?:TM|KT|TL|TUQ|Q)\.\s?[A-ZĐỦỐ]|T/M\s|K/T\s|T/L\s)")
# "- Lưu: VT, X. BỘ TRƯỞNG Nguyễn Văn A": nobody on whose behalf.
_HEAD_OF = re.compile(
    r"\s(?=(?:PHÓ\s|THỨ\s)?(?:BỘ TRƯỞNG|CHỦ TỊCH|GIÁM ĐỐC|HIỆU TRƯỞNG|TỔNG CỤC TRƯỞNG|CỤC TRƯỞNG"
    r"|CHÁNH VĂN PHÒNG|TRƯỞNG BAN|TRƯỞNG PHÒNG|THỐNG ĐỐC|VIỆN TRƯỞNG|CHÁNH ÁN)\b)"
)
_ON_BEHALF = re.compile(r"(?:TM|KT|TL|TUQ|Q)\.|[TK]/[MLT]")  # alone on its row
# Forms and tables that follow have capacities and names of their own.
_CLOSING_ROWS, _CAPACITY_LENGTH = 45, 120
_AUTHENTICATED = re.compile(r"XÁC THỰC VĂN BẢN HỢP NHẤT\s?")
_ITEM = re.compile(r"(?:^|[;.]\s)\s?-\s?")


@dataclass(frozen=True, slots=True)
class Signature:
    signer: str
    capacity: str
    recipients: tuple[str, ...]


def read_signature(rows: Sequence[Row]) -> Signature:
    """The closing's rows; whatever is not there is "" or ()."""
    lines: list[str] = []
    for row in rows[:_CLOSING_ROWS]:
        parts = [part for run in _RUN_ON.split(_plain(row.text)) for part in _apart(run)]
        if lines and _ON_BEHALF.fullmatch(lines[-1]):
            parts[0] = f"{lines.pop()} {parts[0]}"
        lines.extend(part.strip() for part in parts)
    recipients, rest = _recipients(lines)
    signer, capacity = _signers(rest)
    return Signature(signer, capacity, tuple(recipients))


def _apart(line: str) -> list[str]:
    """A recipient in two where who signs stands behind it."""
    found = _HEAD_OF.search(line)
    if found is None or is_upper(line[: found.start()]):
        return [line]
    return [line[: found.start()], line[found.end() :]]


def _plain(text: str) -> str:
    return _AUTHENTICATED.sub("", _STAMP.sub(" ", text)).strip()


def _recipients(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """("Nơi nhận" items, the other rows)."""
    found: list[str] = []
    rest: list[str] = []
    inside = False
    for line in lines:
        opens = RECIPIENTS.match(line)
        if opens:
            inside = True
            found.extend(_split(line[opens.end() :]))
        elif inside and line.startswith("--"):
            inside = False  # a rule: what follows is another paper's
            rest.append(line)
        elif inside and line[:1] in ("-", "+", "•"):
            found.extend(_split(line))
        elif inside and found and line[:1].islower() and not found[-1].endswith((";", ".")):
            found[-1] += f" {line}"
        else:
            rest.append(line)
    return [item.strip(" ;.:") for item in found if item.strip(" ;.:")], rest


def _split(line: str) -> list[str]:
    return [part.strip() for part in _ITEM.split(line) if part.strip(" -;.")]


def _signers(lines: Sequence[str]) -> tuple[str, str]:
    capacity: list[str] = []
    names: list[str] = []
    silent = 0  # rows since the last one that said something
    for line in lines:
        if not line:
            continue
        silent += 1
        if names and silent > 4:
            break
        opens = CAPACITY.match(line) is not None
        if opens or (capacity and not names and is_upper(line)):
            role, name = _role_and_name(line)
            if len(role) > _CAPACITY_LENGTH or any(c.isdigit() or c in "…:*" for c in role):
                continue
            capacity.append(role)
            if name:
                names.append(name)
            silent = 0
        elif capacity and len(names) < 4 and (name := _name(line)):
            names.append(name)
            silent = 0
    if not names:
        # Only the last row: a name further up would be a guess.
        last = next((line for line in reversed(lines) if line), "")
        if name := _name(last):
            names.append(name)
    unique = list(dict.fromkeys(names))
    return "; ".join(unique[: max(1, len(capacity))]), " / ".join(capacity)


def _role_and_name(line: str) -> tuple[str, str]:
    """ "CHỦ TỊCH QUỐC HỘI Nguyễn Văn A" in two; what follows the name is another paper's."""
    words = line.split()
    for at, word in enumerate(words):
        if at and word[0].isupper() and any(c.islower() for c in word):
            last = at
            while last < len(words) and last < at + 5 and _name(f"An {words[last]}"):
                last += 1
            name = _name(" ".join(words[at:last]))
            return (" ".join(words[:at]), name) if name else (line, "")
    return line, ""


def _name(line: str) -> str:
    """The line if it is a person's name: two to five words, each with one capital."""
    text = " ".join(_DEGREE.sub("", line, count=1).split())
    if not _NAME.fullmatch(text):
        return ""
    words = text.split()
    if all(word[0].isupper() and (len(word) == 1 or word[1:].islower()) for word in words):
        return text
    return ""
