"""A connection to the open internet, and to nothing else.

A name is looked up once; every address it has is judged, and one of these is connected to, so that
a second answer of the name service (DNS rebinding) can lead nowhere. TLS is checked for the name.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

import urllib3

from kb.errors import CanCuError

_TIMEOUT = urllib3.Timeout(connect=15, read=60)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Lookup = Callable[[str, int], Sequence[str]]


class Refused(CanCuError):
    """What was asked for is not downloaded; the message says why, the hint what to do."""


def lookup(host: str, port: int) -> list[str]:
    """The addresses of a name, as the system knows them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def is_public(address: str) -> bool:
    """Is it an address of the open internet? Not private, loopback, link-local, multicast,
    reserved, nor an IPv4 one of these wrapped in IPv6 (IANA special-purpose registries)."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner:
            ip = inner
    return ip.is_global and not ip.is_multicast


def judged(host: str, port: int, addresses: Lookup, *, allow_private: bool) -> list[str]:
    """The addresses of a name, all of them public. Raises ``Refused``."""
    try:
        found = list(addresses(host, port))
    except OSError as error:
        raise Refused(f"Không tìm thấy máy chủ {host}.", "Xem lại mạng và địa chỉ.") from error
    if not allow_private and not all(is_public(address) for address in found):
        raise Refused(
            f"{host} trỏ vào một địa chỉ trong mạng nội bộ, chương trình không tải từ đó.",
            "Tải bằng trình duyệt rồi nạp: kb ingest TỆP.",
        )
    if not found:
        raise Refused(f"Không tìm thấy máy chủ {host}.", "Xem lại mạng và địa chỉ.")
    return found


def request(
    url: str, headers: dict[str, str], addresses: Lookup, *, allow_private: bool
) -> urllib3.BaseHTTPResponse:
    """GET, its body not yet read, a redirect not followed. Raises ``Refused`` before anything is
    sent, and urllib3's ``HTTPError``."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    found = judged(str(parts.hostname), port, addresses, allow_private=allow_private)
    for address in found[:-1]:
        try:
            return _get(url, address, port, headers)
        except (
            urllib3.exceptions.NewConnectionError,
            urllib3.exceptions.ConnectTimeoutError,
        ):
            continue  # a name with an IPv6 address, on a network without one
    return _get(url, found[-1], port, headers)


def _get(url: str, address: str, port: int, headers: dict[str, str]) -> urllib3.BaseHTTPResponse:
    parts = urlsplit(url)
    pool = (
        urllib3.HTTPSConnectionPool(
            address, port, server_hostname=parts.hostname, assert_hostname=parts.hostname,
            timeout=_TIMEOUT,
        )
        if parts.scheme == "https"
        else urllib3.HTTPConnectionPool(address, port, timeout=_TIMEOUT)
    )  # fmt: skip
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return pool.urlopen(
        "GET", target, headers={"Host": parts.netloc} | headers, retries=False, redirect=False,
        preload_content=False,
    )  # fmt: skip


def broken(url: str, error: Exception) -> Refused:
    """What went wrong on the way, in words."""
    return Refused(
        f"Không tải được {url}: {_reason(error)}.",
        "Xem lại mạng rồi chạy lại lệnh này; phần đã tải được giữ để tải tiếp.",
    )


def _reason(error: Exception) -> str:
    if isinstance(error, urllib3.exceptions.TimeoutError):
        return "hết thời gian chờ"
    if isinstance(error, urllib3.exceptions.SSLError):
        return "chứng thư của máy chủ không hợp lệ"
    if isinstance(error, urllib3.exceptions.NewConnectionError):
        return "không kết nối được"
    return "kết nối bị ngắt"
