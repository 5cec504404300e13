"""The command speaks Vietnamese wherever click has words of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from kb.errors import CanCuError
from web.cli import main
from web.terminal import Command, Group, command, group

# What click says in English in help and in messages.
_ENGLISH = re.compile(
    r"Usage:|Options?:|OPTIONS|Commands?:|COMMAND|ARGS|Show this message|Error|Aborted|Try '"
    r"|default:|required\]|INTEGER|TEXT|PATH|Missing|Invalid|No such|unexpected"
    r"|requires|does not|valid"
)


def every(found: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    if isinstance(found, click.Group):
        for name, below in found.commands.items():
            yield from every(below, (*path, name))


@pytest.mark.parametrize("path", list(every(main)), ids=lambda path: " ".join(path) or "kb")
def test_help_is_vietnamese(path: tuple[str, ...]) -> None:
    done = CliRunner().invoke(main, [*path, "--help"])
    assert done.exit_code == 0
    assert done.output.startswith("Cách dùng: ")
    assert "Xem hướng dẫn này rồi thôi." in done.output
    assert _ENGLISH.findall(done.output) == []
    assert "..." not in done.output  # nothing is cut


def test_every_command_is_ours() -> None:
    def walk(found: click.Command) -> Iterator[click.Command]:
        yield found
        if isinstance(found, click.Group):
            for below in found.commands.values():
                yield from walk(below)

    assert all(isinstance(found, (Command, Group)) for found in walk(main))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("khong-co", "Lỗi: Không có lệnh “khong-co”. Các lệnh: check, confirm"),
        ("plan khong-co", "Lỗi: Không có lệnh “khong-co”. Các lệnh: duties,"),
        ("search --form 2020", "Lỗi: Không có tùy chọn --form; có thể là: --from"),
        ("show", "Lỗi: Còn thiếu SỐ|ĐỊA_CHỈ."),
        ("search a --limit x", "Lỗi: --limit: cần một số nguyên."),
        ("search a --order x", "Lỗi: --order: chọn một trong: relevance, date."),
        ("show a b", "Lỗi: Thừa: b."),
        ("show a --on", "Lỗi: Sau --on còn thiếu giá trị."),
        ("show a --json=1", "Lỗi: --json không nhận giá trị."),
        ("press check khong-co.txt", "Lỗi: TỆP: không có tệp hay thư mục này"),
        ("check", "Lỗi: Nêu số, địa chỉ hoặc tệp của kế hoạch."),
        ("search-report --days 0", "Lỗi: --days: cần một số nguyên từ 1 đến 3650."),
        ("confirm 1", "Lỗi: Còn thiếu --by."),
    ],
)
def test_mistakes_are_vietnamese(typed: str, said: str) -> None:
    done = CliRunner().invoke(main, typed.split())
    assert done.exit_code == 2
    assert said in done.output
    assert _ENGLISH.findall(done.output) == []


@group()
def tried() -> None:
    """Thử."""


@tried.command()
def stopped() -> None:
    raise KeyboardInterrupt


@tried.command()
def foreseen() -> None:
    raise CanCuError("Không được.", "Làm khác đi.")


@tried.command()
@click.pass_context
def seven(ctx: click.Context) -> None:
    ctx.exit(7)


@command()
def alone() -> None:
    """Một mình."""


tried.add_command(alone)


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("stopped", 1, "Đã dừng.\n"),
        ("foreseen", 1, "Lỗi: Không được.\nCách xử lý: Làm khác đi.\n"),
        ("seven", 7, ""),
        ("alone", 0, ""),
    ],
)
def test_how_a_command_ends(name: str, code: int, said: str) -> None:
    done = CliRunner().invoke(tried, [name])
    assert (done.exit_code, done.output.lstrip("\n")) == (code, said)
