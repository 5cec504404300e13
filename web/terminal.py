"""Commands whose help and mistakes are in Vietnamese; click's own words are English.

@command()   @group()   @some_group.command()   in place of click's
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NoReturn

import click

from kb.errors import CanCuError

_HEADINGS = {"Options": "Tùy chọn", "Commands": "Lệnh"}
# What click puts into the rows of its help.
_IN_ROWS = (
    (re.compile(r"\[default: "), "[mặc định: "),
    (re.compile(r"\[required\]"), "[bắt buộc]"),
    (re.compile(r"\bINTEGER\b"), "SỐ"),
    (re.compile(r"\bTEXT\b"), "CHỮ"),
    (re.compile(r"\b(?:PATH|FILE|FILENAME)\b"), "TỆP"),
)
# Mistakes that have no exception of their own in every click since 8.1, by click's words.
_MISTAKES = (
    (re.compile(r"Got unexpected extra arguments? \((.*)\)"), "Thừa: {}"),
    (re.compile(r"Option '?(--?[\w-]+)'? requires (?:an argument|\d+ arguments)"),
     "Sau {} còn thiếu giá trị"),
    (re.compile(r"Option '?(--?[\w-]+)'? does not take a value"), "{} không nhận giá trị"),
    (re.compile(r"Missing (?:argument|command)"), "Còn thiếu một phần của lệnh"),
)  # fmt: skip


class _Formatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or "Cách dùng: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(_HEADINGS.get(heading, heading))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        super().write_dl([(_said(a), _said(b)) for a, b in rows], col_max, col_spacing)


def _said(text: str) -> str:
    for pattern, words in _IN_ROWS:
        text = pattern.sub(words, text)
    return text


class _Context(click.Context):
    formatter_class = _Formatter


class Command(click.Command):
    context_class = _Context

    def __init__(self, *args: Any, **settings: Any) -> None:
        settings.setdefault("options_metavar", "[TÙY CHỌN]")
        super().__init__(*args, **settings)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Xem hướng dẫn này rồi thôi."
        return option


class Group(Command, click.Group):
    """Foreseen errors are a message and a hint on stderr, exit code 1; a command typed wrongly the
    same with exit code 2."""

    command_class = Command
    group_class = type

    def __init__(self, *args: Any, **settings: Any) -> None:
        settings.setdefault("subcommand_metavar", "LỆNH …")
        super().__init__(*args, **settings)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Each command with the whole first sentence of its help."""
        rows = []
        for name in self.list_commands(ctx):
            known = self.get_command(ctx, name)
            if known is not None and not known.hidden:
                first = (known.help or "").partition("\n\n")[0]
                rows.append((name, " ".join(first.split())))
        if rows:
            with formatter.section("Commands"):
                formatter.write_dl(rows)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if not ctx.resilient_parsing and self.get_command(ctx, args[0]) is None:
            known = ", ".join(self.list_commands(ctx))
            raise click.UsageError(f"Không có lệnh “{args[0]}”. Các lệnh: {known}.", ctx)
        return super().resolve_command(ctx, args)

    def main(self, *args: Any, **settings: Any) -> NoReturn:
        settings["standalone_mode"] = False
        try:
            code = super().main(*args, **settings)
        except CanCuError as error:
            click.echo(f"Lỗi: {error}", err=True)
            if error.hint:
                click.echo(f"Cách xử lý: {error.hint}", err=True)
            sys.exit(1)
        except click.ClickException as error:
            _tell(error)
            sys.exit(error.exit_code)
        except click.Abort:
            click.echo("Đã dừng.", err=True)
            sys.exit(1)
        sys.exit(code if isinstance(code, int) else 0)


def command(name: str | None = None, **settings: Any) -> Callable[[Callable[..., Any]], Command]:
    return click.command(name, cls=Command, **settings)


def group(name: str | None = None, **settings: Any) -> Callable[[Callable[..., Any]], Group]:
    return click.group(name, cls=Group, **settings)


def _tell(error: click.ClickException) -> None:
    ctx = error.ctx if isinstance(error, click.UsageError) else None
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message(), err=True)
        return
    if ctx is not None:
        click.echo(ctx.get_usage(), err=True)
        click.echo(f"Xem hướng dẫn: {ctx.command_path} --help\n", err=True)
    click.echo(f"Lỗi: {mistake(error).rstrip('.')}.", err=True)


def mistake(error: click.ClickException) -> str:
    """What was typed wrongly, and what is expected."""
    if isinstance(error, click.NoSuchOption):
        like = ", ".join(error.possibilities or ())
        return f"Không có tùy chọn {error.option_name}" + (f"; có thể là: {like}" if like else "")
    if isinstance(error, click.MissingParameter):
        return f"Còn thiếu {_named(error)}"
    if isinstance(error, click.BadParameter) and error.param is not None:
        wanted = _wanted(error.param.type)
        return f"{_named(error)}: {wanted}" if wanted else f"{_named(error)}: {error.message}"
    if isinstance(error, click.FileError):
        return f"Không mở được tệp {error.ui_filename}"
    words = error.format_message()
    for pattern, said in _MISTAKES:
        if found := pattern.search(words):
            return said.format(*found.groups())
    return words


def _named(error: click.BadParameter) -> str:
    """The option or argument as help writes it."""
    param = error.param
    if param is None:
        return str(error.param_hint or "một tham số")
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return param.metavar or str(param.name).upper()


def _wanted(kind: click.ParamType[Any]) -> str:
    """What a value must be, "" where the message says it."""
    if isinstance(kind, click.Choice):
        return f"chọn một trong: {', '.join(map(str, kind.choices))}"
    if isinstance(kind, click.IntRange):
        return f"cần một số nguyên từ {kind.min} đến {kind.max}"
    if isinstance(kind, click.types.IntParamType):
        return "cần một số nguyên"
    if isinstance(kind, click.Path):
        return "không có tệp hay thư mục này, hoặc không đọc được"
    return ""


def write(path: Path, content: bytes) -> None:
    """*content* as the file at *path*; raises ``CanCuError`` where it cannot be written."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise CanCuError(
            f"Không ghi được {path}.",
            "Chọn thư mục có sẵn và ghi được, hoặc đóng chương trình đang mở tệp ấy.",
        ) from error
    click.echo(f"Đã ghi {path}")
