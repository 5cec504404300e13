"""A page's drawing instructions, cut into tokens by one regular expression.

pdfminer's own parser goes letter by letter through states, which is half of the time a PDF takes.
What this one does not know (inline images, broken syntax) goes to pdfminer's as before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import stream_value
from pdfminer.psparser import LIT

# ISO 32000-1, 7.2 and 7.3. Strings with parentheses inside are left to pdfminer.
_TOKEN = re.compile(
    rb"[\0\t\n\f\r ]*(?:"
    rb"(?P<number>[+-]?(?:\d+\.?\d*|\.\d+))(?=[\0\t\n\f\r \[\]()<>/%]|$)"
    rb"|\((?P<plain>[^()\\\r]*)\)|\((?P<escaped>(?:[^()\\\r]|\\[nrtbf()\\]|\\[0-7]{3})*)\)"
    rb"|<(?P<hex>[0-9A-Fa-f]*)>"
    rb"|/(?P<name>[A-Za-z0-9_.+,:*-]*)"
    rb"|(?P<bracket>\[|\]|<<|>>)"
    rb"|(?P<word>[A-Za-z'\"][A-Za-z0-9*'\"]*)(?=[\0\t\n\f\r \[\]()<>/%]|$)"
    rb"|(?P<end>$))"
)
_ESCAPE = re.compile(rb"\\([nrtbf()\\]|[0-7]{3})")
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_VALUES: dict[bytes, object] = {b"true": True, b"false": False, b"null": None}
_DEEPEST = 20


class Operator(bytes):
    """An operator's name; every other token is an operand."""


def tokens(content: bytes) -> list[object] | None:
    """Operands and operators in their order, None where pdfminer's parser should look."""
    found: list[object] = []
    open_: list[tuple[bytes, list[object]]] = []
    current, at = found, 0
    match = _TOKEN.match
    while True:
        token = match(content, at)
        if token is None:
            return None
        at = token.end()
        kind, text = token.lastgroup, token[token.lastgroup or 0]
        if kind == "number":
            current.append(float(text) if b"." in text else int(text))
        elif kind == "word":
            if text in _VALUES:
                current.append(_VALUES[text])
            elif open_ or text in (b"BI", b"ID", b"EI"):
                return None
            else:
                found.append(Operator(text))
        elif kind == "plain":
            current.append(text)
        elif kind == "hex":
            current.append(bytes.fromhex((text + b"0" * (len(text) % 2)).decode()))
        elif kind == "name":
            current.append(LIT(text.decode()))
        elif kind == "escaped":
            current.append(_ESCAPE.sub(_unescaped, text))
        elif kind == "end":
            return None if open_ else found
        elif text in (b"[", b"<<"):
            if len(open_) == _DEEPEST:
                return None
            open_.append((text, current))
            current = []
        else:
            if not open_ or (open_[-1][0] == b"[") != (text == b"]"):
                return None
            inner, (_, current) = current, open_.pop()
            if text == b"]":
                current.append(inner)
            elif len(inner) % 2:
                return None
            else:
                names = [getattr(name, "name", None) for name in inner[::2]]
                current.append(dict(zip(names, inner[1::2], strict=True)))


def _unescaped(found: re.Match[bytes]) -> bytes:
    one = found[1]
    return bytes([int(one, 8) & 255]) if len(one) == 3 else _ESCAPES.get(one, one)


class QuickInterpreter(PDFPageInterpreter):
    """Carries out a page's instructions."""

    def execute(self, streams: Sequence[object]) -> None:
        found = tokens(self._content(streams))
        if found is None:
            super().execute(streams)
            return
        methods: dict[bytes, tuple[Callable[..., Any] | None, int]] = {}
        for token in found:
            if not isinstance(token, Operator):
                self.argstack.append(token)  # type: ignore[arg-type]
                continue
            if token not in methods:
                method = getattr(self, _method(token), None)
                methods[token] = method, _arguments(method)
            method, count = methods[token]
            if method is None:
                continue
            arguments = self.pop(count) if count else []
            if len(arguments) == count:
                method(*arguments)

    def _content(self, streams: Sequence[object]) -> bytes:
        """The instructions, without a form that is being drawn already: it would draw itself
        without end."""
        self.stream_ids.clear()
        parts = []
        for given in streams:
            stream = stream_value(given)
            if stream.objid is not None and stream.objid not in self.parent_stream_ids:
                self.stream_ids.add(stream.objid)
                parts.append(stream.get_data())
        return b"\n".join(parts)


@cache
def _method(operator: bytes) -> str:
    name = operator.decode("ascii")
    return "do_" + name.replace("*", "_a").replace('"', "_w").replace("'", "_q")


def _arguments(method: Callable[..., Any] | None) -> int:
    return method.__code__.co_argcount - 1 if method is not None else 0
