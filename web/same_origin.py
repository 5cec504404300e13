"""Only our own pages may change anything.

There are no accounts and so nothing to steal, but another site open in the same browser could send
our forms. A browser says where a request comes from: ``Sec-Fetch-Site``, else ``Origin`` (Fetch
Standard; both are set by the browser and out of a page's reach). What says neither is refused: the
command line has ``kb review``. A name that is not the machine's own is refused too where we listen
on it alone: such a name was pointed here by somebody else (DNS rebinding).
"""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from flask import Flask, Request, request
from werkzeug.exceptions import Forbidden

_SAFE = ("GET", "HEAD", "OPTIONS")


def guard(app: Flask, host: str) -> None:
    """Refuse with 403 what would change something and does not come from our own pages; *host* is
    the address the server listens on."""

    @app.before_request
    def _check() -> None:
        if request.method not in _SAFE and not _ours(request, host):
            raise Forbidden


def _ours(asked: Request, host: str) -> bool:
    if loopback(host) and not loopback(urlsplit(f"//{asked.host}").hostname or ""):
        return False
    site = asked.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = asked.headers.get("Origin")
    return origin is not None and origin == f"{asked.scheme}://{asked.host}"


def loopback(name: str) -> bool:
    """Does the name or address of a host mean this machine alone?"""
    if name == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
