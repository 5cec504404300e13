"""Settings: one table of names, defaults and help; parser, pages and docs read the same rows.

Nothing reads the environment on import: entry points call ``load_settings(os.environ, …)`` once
and hand the value on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.errors import SettingError


@dataclass(frozen=True, slots=True)
class Setting:
    """``name`` of the environment variable, ``default`` as text, ``help`` with unit and range."""

    name: str
    default: str
    help: str


SETTINGS = (
    Setting("KB_DATA", "", "thư mục dữ liệu; mặc định là var/ trong mã nguồn, "
            "nếu không thì thư mục dữ liệu người dùng của hệ điều hành"),
    Setting("KB_HOST", "127.0.0.1", "địa chỉ máy chủ lắng nghe"),
    Setting("KB_PORT", "8000", "cổng, 1 đến 65535"),
    Setting("KB_ADDRESS", "", "địa chỉ in trong hồ sơ báo chí để người ngoài mở, như "
            "https://cancu.truong.edu.vn; mặc định là không in liên kết nào"),
    Setting("KB_RELEASERS", "", "họ tên những người được ghi lý do cho xuất hồ sơ báo chí còn điều "
            "chưa ổn, cách nhau bằng dấu phẩy; mặc định là ai không soạn hồ sơ ấy cũng được"),
    Setting("KB_THREADS", "4", "số luồng phục vụ, 1 đến 64"),
    Setting("KB_ENGINE", "auto", "bộ tìm kiếm cho lần kb rebuild tới: auto, whoosh hoặc tantivy; "
            "auto là tantivy nếu đã cài, không thì whoosh"),
    Setting("KB_SEARCH_LOG", "0", "số ngày giữ sổ tra cứu, 0 (không ghi) đến 3650; "
            "sổ nằm ở máy này và không ghi ai đã tìm"),
    Setting("KB_MAX_FILE_MB", "64", "cỡ tệp lớn nhất được đọc, tính bằng MB, 1 đến 1024"),
    Setting("KB_UPLOAD", "auto", "trang nạp văn bản có nhận tệp không: auto, on hoặc off; auto là "
            "chỉ nhận khi KB_HOST là chính máy này, on là ai vào được trang cũng gửi được"),
    Setting("KB_FETCH_HOSTS", "vbpl.vn vanban.chinhphu.vn congbao.chinhphu.vn phapdien.moj.gov.vn",
            "các trang kb fetch được tải, cách nhau bằng dấu cách hoặc dấu phẩy"),
    Setting("KB_FETCH_DELAY", "2", "số giây nghỉ giữa hai lần tải ở một trang, 1 đến 60"),
)  # fmt: skip


ENGINES = ("auto", "whoosh", "tantivy")
UPLOADS = ("auto", "on", "off")


@dataclass(frozen=True, slots=True)
class Settings:
    """``data`` holds the library generations and the received originals; it may not exist yet."""

    data: Path
    host: str = "127.0.0.1"
    port: int = 8000
    threads: int = 4
    max_file_mb: int = 64
    fetch_hosts: tuple[str, ...] = ()
    fetch_delay: int = 2
    engine: str = "auto"
    address: str = ""
    releasers: tuple[str, ...] = ()
    search_log: int = 0
    upload: str = "auto"

    @property
    def library(self) -> Path:
        """Folder of library generations (``kb.store.generations``)."""
        return self.data / "library"

    @property
    def downloads(self) -> Path:
        """Files under way or not yet taken in (``ingest.download``)."""
        return self.data / "downloads"

    @property
    def uploads(self) -> Path:
        """Files sent by the upload page, until they are read (``ingest.inbox``)."""
        return self.data / "uploads"

    @property
    def desk(self) -> Path:
        """What people made (``kb.store.desk``): the one file besides the originals to back up."""
        return self.data / "desk.db"

    @property
    def searches(self) -> Path:
        """What was looked for, where that is kept at all (``kb.store.search_log``)."""
        return self.data / "search-log"

    @property
    def pictures(self) -> Path:
        """Pages drawn for the reader, a cache that may be deleted at any time."""
        return self.data / "cache" / "pages"

    @property
    def originals(self) -> Path:
        """Files as received, one folder each, named by hash (``ingest.originals``)."""
        return self.data / "documents"


def load_settings(environ: Mapping[str, str], default_data: Path) -> Settings:
    """Settings from *environ*; raises ``SettingError`` naming the variable and its range."""
    values = {setting.name: environ.get(setting.name, "").strip() or setting.default
              for setting in SETTINGS}  # fmt: skip
    return Settings(
        data=Path(values["KB_DATA"]).expanduser() if values["KB_DATA"] else default_data,
        host=values["KB_HOST"],
        port=_whole(values, "KB_PORT", 1, 65_535),
        threads=_whole(values, "KB_THREADS", 1, 64),
        max_file_mb=_whole(values, "KB_MAX_FILE_MB", 1, 1024),
        fetch_hosts=tuple(values["KB_FETCH_HOSTS"].replace(",", " ").split()),
        fetch_delay=_whole(values, "KB_FETCH_DELAY", 1, 60),
        engine=_one_of(values, "KB_ENGINE", ENGINES),
        address=_address(values),
        releasers=tuple(filter(None, (name.strip() for name in values["KB_RELEASERS"].split(",")))),
        search_log=_whole(values, "KB_SEARCH_LOG", 0, 3650),
        upload=_one_of(values, "KB_UPLOAD", UPLOADS),
    )


def _address(values: Mapping[str, str]) -> str:
    address = values["KB_ADDRESS"].rstrip("/")
    if address and not address.startswith(("http://", "https://")):
        raise SettingError(
            f"KB_ADDRESS={address!r} không hợp lệ.", "Viết cả http:// hoặc https:// ở đầu."
        )
    return address


def _one_of(values: Mapping[str, str], name: str, allowed: Sequence[str]) -> str:
    if values[name] not in allowed:
        raise SettingError(
            f"{name}={values[name]!r} không hợp lệ.",
            f"Đặt {name} là một trong: {', '.join(allowed)}.",
        )
    return values[name]


def _whole(values: Mapping[str, str], name: str, low: int, high: int) -> int:
    try:
        value = int(values[name])
    except ValueError:
        value = low - 1
    if not low <= value <= high:
        raise SettingError(
            f"{name}={values[name]!r} không hợp lệ.",
            f"Đặt {name} là số nguyên từ {low} đến {high}.",
        )
    return value
