"""``kb search``: the same question as on the page, its conditions as options."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import click

from kb.config import Settings
from kb.results import PAGE, Group, Part, SearchResult
from kb.search import View
from kb.statuses import Statuses
from web import words
from web.api import search_json
from web.opened import Opened
from web.ready import ready
from web.terminal import command

_MOST = 50  # documents printed at most


@command()
@click.argument("words_", metavar="TỪ…", nargs=-1)
@click.option("--type", "kind", metavar="LOẠI", help="Chỉ loại này: qd, “nghị định”.")
@click.option("--issuer", metavar="CƠ_QUAN", help="Chỉ của cơ quan này: byt, “tây ninh”.")
@click.option("--from", "since", metavar="NGÀY", help="Ban hành từ: 2020, 6/2020, 3/6/2020.")
@click.option("--to", "until", metavar="NGÀY", help="Ban hành đến: 2025, 31/12/2025.")
@click.option("--in-force", is_flag=True, help="Chỉ văn bản còn hiệu lực hôm nay.")
@click.option("--order", type=click.Choice(["relevance", "date"]), default="relevance",
              show_default=True, help="Sát câu hỏi trước, hay mới ban hành trước.")  # fmt: skip
@click.option("--explain", is_flag=True, help="Kể điểm của từng kết quả từ đâu mà có.")
@click.option("--json", "as_json", is_flag=True, help="In JSON cho máy đọc.")
@click.option("--limit", default=PAGE, show_default=True, help=f"Số văn bản, 1 đến {_MOST}.")
@click.pass_obj
def search(
    settings: Settings,
    words_: tuple[str, ...],
    kind: str | None,
    issuer: str | None,
    since: str | None,
    until: str | None,
    in_force: bool,
    order: str,
    explain: bool,
    as_json: bool,
    limit: int,
) -> None:
    """Tìm theo từ (có dấu hay không dấu), theo "cụm từ", theo số hiệu.

    Điều kiện cũng gõ được ngay trong câu tìm: loai:qd nam:2020 hieuluc:con -"từ không muốn".
    """
    typed = " ".join(words_)
    asked = {"loai": kind, "coquan": issuer, "tu": since, "den": until,
             "hieuluc": "con" if in_force else None}  # fmt: skip
    typed = " ".join([typed, *_conditions(asked)]).strip()
    if not typed:
        raise click.UsageError("Gõ vài từ để tìm, hoặc một điều kiện như --type qd.")
    size = max(1, min(limit, _MOST))
    view = View(by_date=order == "date", explained=explain, size=size)
    ready(settings)
    today = date.today()
    with Opened(settings) as kb:
        result = kb.search(typed, view)
        found = search_json(kb.library, result, today) if as_json else {}
        known = Statuses(kb.library, [group.listed.document.key for group in result.groups])
        states = [known.on(group.listed.document.key, today).words for group in result.groups]
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for mistake in result.mistakes:
        place = mistake.span.of(result.query)
        click.echo(f"“{place}”: {mistake.message} {mistake.hint}", err=True)
    for line in found_lines(result, states, explain):
        click.echo(line)


def _conditions(asked: Mapping[str, str | None]) -> Iterator[str]:
    """Options as they would be typed."""
    for name, value in asked.items():
        if value:
            said = value.replace('"', " ").strip()
            yield f'{name}:"{said}"' if " " in said else f"{name}:{said}"


def found_lines(
    result: SearchResult, states: Iterable[str], explained: bool = False
) -> Iterator[str]:
    """An answer for a terminal; *states* has the status of each document in words, *explained*
    tells the parts of each score."""
    yield result.understood
    for unknown in result.unknowns:
        yield f"Chưa biết. {unknown.words}"
        yield f"  {unknown.next_step}"
    for question in result.questions:
        yield question.words
        yield from (f"  kb search '{choice.query}'" for choice in question.choices)
    if result.corrections:
        yield "Có thể bạn muốn tìm:"
        yield from (f"  kb search '{choice.query}'" for choice in result.corrections)
    yield from result.notes
    yield from result.why_not[1:]
    if result.conditions:
        yield f"Điều kiện: {'; '.join(choice.words for choice in result.conditions)}."
    if result.count:
        order = ", mới ban hành trước" if result.by_date else ""
        shown = f", in {len(result.groups)}" if result.count > len(result.groups) else ""
        yield f"{result.count} văn bản{shown}{order}. {result.full_words}".rstrip()
    for group, state in zip(result.groups, states, strict=True):
        yield ""
        yield from _group_lines(group, state, explained)


def _group_lines(group: Group, state: str, explained: bool) -> Iterator[str]:
    yield f"{words.name(group.listed.document)} – {state}"
    yield f"  {group.listed.document.title or 'Chưa rõ trích yếu'}"
    if group.why:
        yield f"  {group.why[:1].upper()}{group.why[1:]}."
    if not group.hits:
        yield f"  {group.url}"
    for hit in group.hits:
        marked = {"digest": "tóm lược, không trích dẫn được", "unknown": "chưa biết"}.get(hit.kind)
        before, after = "… " * hit.snippet.cut_before, " …" * hit.snippet.cut_after
        place = f"{hit.path} ({marked})" if marked else hit.path
        yield f"  {place}: {before}{hit.snippet.text}{after}"
        yield f"    {hit.url}"
        yield from (f"    điểm {line}" for line in _parts(hit.parts))
    if explained:
        yield from (f"  văn bản {line}" for line in _parts(group.parts))
    if group.alike:
        names = "; ".join(words.name(listed.document) for listed in group.alike)
        yield f"  Có điều giống hệt: {names}."


def _parts(parts: Iterable[Part]) -> Iterator[str]:
    for part in parts:
        value = f"{part.value:+.2f}".replace(".", ",").replace("-", "−")
        found = f" ({part.how}; {part.where})" if part.where else ""
        yield f"{value} {part.words}{found}"
