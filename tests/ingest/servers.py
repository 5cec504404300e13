"""A web server of our own, in place of the portals."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Server:
    """``pages`` by path: bytes, or a function that answers by itself; ``asked`` what came."""

    port: int = 0
    pages: dict[str, bytes | Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def host(self) -> str:
        return f"vbpl.test:{self.port}"

    @property
    def root(self) -> str:
        return f"http://{self.host}"


@contextmanager
def serving() -> Iterator[Server]:
    """A server on this machine, for one test."""
    here = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            here.asked.append((self.path, dict(self.headers)))
            page = here.pages.get(self.path)
            if callable(page):
                page(self)
                return
            answer(self, 404 if page is None else 200, page or b"")

        def log_message(self, *_: object) -> None:
            return

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    here.port = httpd.server_port
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    yield here
    httpd.shutdown()
    httpd.server_close()
    thread.join()


def answer(handler: BaseHTTPRequestHandler, status: int, body: bytes, **headers: str) -> None:
    handler.send_response(status)
    named = {"Content-Type": "text/html", "Content-Length": str(len(body))}
    for name, value in (named | {k.replace("_", "-"): v for k, v in headers.items()}).items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)
