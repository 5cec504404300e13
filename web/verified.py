"""A file that went out, checked again: against its seal, this desk and the library of today."""

from __future__ import annotations

from dataclasses import dataclass

from kb.dossiers import Event
from kb.dossiers.seal import BrokenSeal, Fate, Seal, Tampered, compared
from web.exports.packs import read_file

LARGEST = 64 * 1024**2  # bytes of a file
FATES = {
    Fate.ALTERED: "đã đổi chữ",
    Fate.REMOVED: "đã bị bỏ",
    Fate.ADDED: "có chữ thêm vào",
}
NO_KEY = (
    "Dấu không có khóa bí mật: nó cho biết chữ trong tệp có đổi so với dấu hay không, không chứng "
    "minh ai làm ra tệp; người sửa được cả chữ lẫn dấu thì làm được dấu mới."
)


@dataclass(frozen=True, slots=True)
class Result:
    """``tampered`` is empty where the file is untouched; ``given`` the export of this desk that
    made the seal, None where there was none."""

    seal: Seal
    tampered: tuple[Tampered, ...]
    given: Event | None = None


def verified(content: bytes) -> Result:
    """A file beside its own seal, nothing else asked; raises ``BrokenSeal``."""
    if len(content) > LARGEST:
        raise BrokenSeal(f"Tệp lớn hơn {LARGEST // 1024**2} MB.",
                         "Tệp do hồ sơ báo chí xuất nhỏ hơn nhiều: chọn lại tệp.")  # fmt: skip
    seal, read = read_file(content)
    return Result(seal, tuple(compared(seal, read)))
