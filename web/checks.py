"""``kb check``: a plan's findings in words, JSON and SARIF, with both verdicts of what it cites."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import click

import kb
from ingest import RawFile
from ingest.catalogue import load_topics
from ingest.parse.plan import parse_plan
from ingest.pipeline import CORPUS
from ingest.plan_file import read_plan
from kb.catalogue import Catalogue, Entry
from kb.checks import Basis, Grounds
from kb.checks.gather import gather
from kb.checks.places import name, once, sentence
from kb.checks.run import check, pages
from kb.config import Settings
from kb.documents import display_date, number_key
from kb.errors import CanCuError
from kb.findings import Finding, Severity
from kb.plans import Plan, item_name
from kb.source_names import called
from kb.sources import Source
from kb.statuses import Statuses
from kb.store.library import Library
from kb.text import Span, quoted
from kb.validity import Status, age_words
from web import words
from web.api import findings_of
from web.opened import Opened
from web.ready import ready
from web.terminal import command

Json = dict[str, Any]
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
# Findings of a reader that a check says, too, at its place and with what to do.
CHECKED_TOO = ("number-misspelt", "citation-differs", "capacity-missing")
_LONGEST_QUOTE = 160  # characters; the line is named anyway
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


@dataclass(frozen=True, slots=True)
class Report:
    """A plan with what the checks found; ``file`` is the name of the file it was read from."""

    plan: Plan
    grounds: Grounds
    findings: tuple[Finding, ...]
    source: Source | None
    file: str


class OfLibrary:
    """``kb.checks.gather.Known`` from a library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._statuses: dict[str, Statuses] = {}

    def entry(self, key: str) -> Entry | None:
        return self._library.listed(key).entry if self._library.has(key) else None

    def status(self, key: str, day: date) -> Status:
        if key not in self._statuses:
            self._statuses[key] = Statuses(self._library, (key,))
        return self._statuses[key].on(key, day)

    def numbered(self, number: str) -> Sequence[Entry]:
        wanted = number_key(number)
        keys = [key for key, _, own in self._library.numbers() if number_key(own) == wanted]
        return [self._library.listed(key).entry for key in keys]


def report(shown: Opened, key: str, today: date) -> Report:
    """What reading a plan of the library found and what its checks do, each once; the checks judge
    on the day of signing and *today*."""
    library = shown.library
    tree = library.tree(key)
    if tree is None:
        raise CanCuError(
            "Kho chưa có toàn văn của kế hoạch này.",
            "Nhờ người quản trị nạp tệp (lệnh: kb ingest TỆP).",
        )
    source = library.source(key)
    plan = parse_plan(library.listed(key).document, library.printed(key), tree, source)
    grounds = gather(plan, library.citations(key), library.links(key), OfLibrary(library),
                     shown.vocabulary, load_topics(CORPUS), today)  # fmt: skip
    files = library.files(key)
    file = next((f.name for f in files if source and f.sha256 == source.sha256), "")
    return Report(plan, grounds, (*_read(shown, key), *check(plan, grounds)), source, file)


def _read(shown: Opened, key: str) -> list[Finding]:
    """What reading a plan found that no check says, too."""
    return [f for f in findings_of(shown.library, key) if f.code not in CHECKED_TOO]


def everything(shown: Opened, key: str, today: date) -> list[Finding]:
    """The findings of ``report``, places in words."""
    made = report(shown, key, today)
    items = {item.id for item in made.plan.items}
    return [
        replace(found, where=item_name(found.where)) if found.where in items else found
        for found in made.findings
    ]


def found(shown: Opened, key: str, today: date) -> Json:
    """The same as ``report_json`` tells findings: ``{"counts", "findings"}``, kept for as long as
    the library is open, so that every page that counts says one number."""
    return shown.kept((found, key, today), lambda: _found(shown, key, today))


def _found(shown: Opened, key: str, today: date) -> Json:
    if shown.library.tree(key) is None:  # a plan of which only facts are known
        plan = Plan(shown.library.listed(key).document, "", (), ())
        grounds = Grounds(today, shown.vocabulary)
        made = Report(plan, grounds, tuple(_read(shown, key)), None, "")
    else:
        made = report(shown, key, today)
    told = [_finding(made, finding) for finding in made.findings]
    return {"counts": _counts(made.findings), "findings": told}


def _counts(findings: Sequence[Finding]) -> dict[str, int]:
    return {level.value: sum(f.severity is level for f in findings) for level in Severity}


def report_of_file(shown: Opened, path: Path, today: date) -> Report:
    """The same of a file that need not be in the library; nothing is stored."""
    library = shown.library
    entries = tuple(listed.entry for listed in library.documents())
    catalogue = Catalogue(shown.vocabulary, entries, tuple(library.relations()))
    read = read_plan(RawFile(path.read_bytes(), path.name), catalogue)
    grounds = gather(read.plan, read.citations, read.links, OfLibrary(library), shown.vocabulary,
                     load_topics(CORPUS), today)  # fmt: skip
    return Report(read.plan, grounds, tuple(check(read.plan, grounds)), read.source, path.name)


def report_json(told: Report) -> Json:
    document = told.plan.document
    return {
        "plan": {
            "number": document.number, "title": document.title, "issuer": document.issuer,
            "issued": document.issued, "file": told.file,
        },
        "checked": told.grounds.today.isoformat(),
        "counts": _counts(told.findings),
        "findings": [_finding(told, finding) for finding in told.findings],
        "cited": [_cited(told, title, basis) for title, basis in _bases(told)],
    }  # fmt: skip


def sarif(told: Report) -> Json:
    """The findings of checks as SARIF 2.1.0 (OASIS), one rule for each check."""
    rules = pages()
    order = list(rules)
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "Căn Cứ", "version": kb.__version__,
                        "rules": [
                            {
                                "id": code,
                                "shortDescription": {"text": page.partition("\n")[0]},
                                "fullDescription": {"text": page},
                                "help": {"text": page},
                            }
                            for code, page in rules.items()
                        ],
                    }
                },
                "results": [
                    {
                        "ruleId": finding.code,
                        "ruleIndex": order.index(finding.code),
                        "level": _LEVELS[finding.severity],
                        "message": {"text": f"{finding.message} {finding.hint}".strip()},
                        "locations": [_location(told, finding)],
                    }
                    for finding in told.findings
                    if finding.code in rules
                ],
            }
        ],
    }  # fmt: skip


def lines(told: Report) -> list[str]:
    """A report for a terminal: by severity, each finding with its place and what to do."""
    document, rules = told.plan.document, pages()
    signed = f", ký ngày {display_date(document.issued)}" if document.issued else ""
    out = [f"Kế hoạch {document.number}".rstrip() + signed, document.title]
    for level in Severity:
        found = [_finding(told, f) for f in told.findings if f.severity is level]
        if found:
            out += ["", f"{words.severity(level.value)} ({len(found)})"]
        for (code, message, hint), several in _alike(found).items():
            out.append(f"- {'; '.join(_place(one) for one in several)}: {message}")
            if len(several) == 1 and several[0]["quote"]:
                out.append(f"    Chỗ ấy ghi: {quoted(several[0]['quote'])}")
            out.append(f"    Cách xử lý: {hint}")
            if code in rules:
                out.append(f"    Vì sao: kb check --help-check {code}")
    out += ["", "Văn bản được dẫn"] * bool(_bases(told))
    for title, basis in _bases(told):
        cited = _cited(told, title, basis)
        out.append(f"- {cited['name']}")
        for when, key in (("khi ký", "signed"), ("hôm nay", "today")):
            said, reason = cited[key]["words"], cited[key]["reason"]
            out.append(f"    {when}: {said}. {sentence(reason, said)}".rstrip())
        sources = "; ".join(called(text).words for text in cited["sources"])
        out.append(f"    nguồn: {sources or 'chưa có'} ({cited['age']})")
    return [*out, "", words.counted(_counts(told.findings))]


def _alike(found: list[Json]) -> dict[tuple[str, str, str], list[Json]]:
    """Findings that say the same of several places, together."""
    out: dict[tuple[str, str, str], list[Json]] = {}
    for one in found:
        out.setdefault((one["code"], one["message"], one["hint"]), []).append(one)
    return out


def _place(one: Json) -> str:
    return str(one["where"]) + (f" (dòng {one['line']})" if one["line"] else "")


@command(name="check")
@click.argument("plan", metavar="SỐ|ĐỊA_CHỈ|TỆP", required=False)
@click.option("--json", "as_json", is_flag=True, help="In JSON cho máy đọc.")
@click.option("--sarif", "as_sarif", is_flag=True, help="In SARIF 2.1.0.")
@click.option("--strict", is_flag=True, help="Mã thoát 1 khi có chỗ cần xem.")
@click.option("--help-check", "code", metavar="MÃ", help="Giải thích một phép kiểm tra, rồi thôi.")
@click.pass_obj
def check_(
    settings: Settings,
    plan: str | None,
    as_json: bool,
    as_sarif: bool,
    strict: bool,
    code: str | None,
) -> None:
    """Kiểm tra một kế hoạch trong kho, hoặc một tệp chưa nạp (không lưu gì).

    Mã thoát: 0; 1 khi có chỗ cần xem và dùng --strict; 2 khi có lỗi.
    """
    if code is not None:
        known = pages()
        if code not in known:
            raise CanCuError(f"Không có phép kiểm tra {code}.", "Các mã: " + ", ".join(known))
        click.echo(known[code])
        return
    if plan is None:
        raise click.UsageError("Nêu số, địa chỉ hoặc tệp của kế hoạch.")
    today = date.today()
    ready(settings)
    with Opened(settings) as shown:
        path = Path(plan)
        if path.is_file():
            told = report_of_file(shown, path, today)
        else:
            told = report(shown, shown.one(plan, kind="plan").document.key, today)
    if as_sarif or as_json:
        value = sarif(told) if as_sarif else report_json(told)
        click.echo(json.dumps(value, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(lines(told)))
    severities = {finding.severity for finding in told.findings}
    if Severity.ERROR in severities:
        sys.exit(2)
    if strict and Severity.WARNING in severities:
        sys.exit(1)


def _finding(told: Report, finding: Finding) -> Json:
    item = finding.where if any(i.id == finding.where for i in told.plan.items) else ""
    line, page = _line(told, finding.span)
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "item": item,
        "where": item_name(item) if item else finding.where,
        "line": line,
        "page": page,
        "span": [finding.span.start, finding.span.end] if finding.span else None,
        "quote": _quote(told.plan.text, finding.span),
        "message": finding.message,
        "hint": finding.hint,
    }


def _line(told: Report, span: Span | None) -> tuple[int | None, int | None]:
    """(line of the file's text, page), each None where it has none."""
    places = told.source.places(span) if told.source and span else []
    return (places[0].line, places[0].page) if places else (None, None)


def _quote(text: str, span: Span | None) -> str:
    said = " ".join(span.of(text).split()) if span else ""
    return said if len(said) <= _LONGEST_QUOTE else ""


def _bases(told: Report) -> list[tuple[str, Basis | None]]:
    """What the plan cites, once each, with its basis where it is known."""
    bases = told.grounds.bases
    return [(name(c), bases.get(c.target)) for c in once(told.grounds.citations)]


def _cited(told: Report, title: str, basis: Basis | None) -> Json:
    if basis is None:
        unknown = {"words": "Chưa rõ", "reason": "Kho không có văn bản này."}
        return {"name": title, "key": "", "signed": unknown, "today": unknown, "sources": [],
                "age": "chưa ai kiểm tra", "replaced_by": ""}  # fmt: skip
    document = basis.entry.document
    return {
        "name": f"{document.type} {document.number}".rstrip() + f" – {document.title}",
        "key": document.key,
        "signed": _verdict(basis.signed),
        "today": _verdict(basis.now),
        "sources": [source.text for source in basis.now.sources],
        "age": age_words(basis.now.checked, told.grounds.today),
        "replaced_by": basis.heir.document.number if basis.heir else "",
    }


def _verdict(status: Status | None) -> Json:
    if status is None:
        return {"words": "Chưa rõ", "reason": "Không biết ngày ký kế hoạch."}
    return {"words": status.words, "reason": status.reason}


def _location(told: Report, finding: Finding) -> Json:
    line, _ = _line(told, finding.span)
    physical: Json = {"artifactLocation": {"uri": quote(told.file) or "ke-hoach"}}
    if line:
        physical["region"] = {"startLine": line}
    return {
        "physicalLocation": physical,
        "logicalLocations": [{"name": finding.where or "văn bản", "kind": "member"}],
    }
