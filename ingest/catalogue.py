"""``corpus/catalogue`` and ``corpus/digests`` → values, with a finding for every bad row.

What a column means is in ``corpus/README.md``. A row that cannot be used is left out and said so;
the rest is loaded. A value in ``doubts`` without a value beside it stays unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from kb.catalogue import (
    Catalogue,
    Digest,
    Entry,
    Misprint,
    Relation,
    Source,
    StatusClaim,
    Vocabulary,
)
from kb.checks import Required, Topic
from kb.documents import DocType, Document, Issuer, Successor
from kb.findings import Finding, Severity
from kb.press.rules import Clock, GateGround, Ground, Rules, Unit
from kb.text import nfc
from kb.validity import State

Row = dict[str, Any]

# Column → may it be missing? ``True`` is required.
_TYPE = {"name": True, "slug": True} | dict.fromkeys(
    ("code", "normative", "party", "variants", "note", "source"), False
)
_ISSUER = {"id": True, "name": True} | dict.fromkeys(
    ("codes", "variants", "since", "until", "successors", "source", "note"), False
)
_SUCCESSOR = {"id": True, "scope": True, "since": False, "source": False}
_ABBREVIATION = {"short": True, "meanings": True, "variants": False, "note": False}
_DOCUMENT = dict.fromkeys(("key", "type", "issuer", "status", "sources"), True) | dict.fromkeys(
    (
        *("number", "title", "signer", "capacity", "issued", "effective", "level", "normative"),
        *("tags", "aliases", "misprints", "reported", "relations", "confidence", "doubts"),
        *("official", "notes"),
    ),
    False,
)
_STATUS = {"state": True, "checked": True, "note": True} | dict.fromkeys(
    ("last_day", "ceased_on", "held", "replaced_by"), False
)
_RELATION = {"verb": True} | dict.fromkeys(
    ("object", "by", "outside", "provisions", "since", "note", "sources"), False
)
_MISPRINT = {"number": True, "note": True, "sources": True}
_STATEMENT = {"where": True, "kind": True, "text": True, "sources": True} | dict.fromkeys(
    ("responsible", "figures", "confidence", "note", "asked"), False
)

VERBS = (
    *("based_on", "implements", "guides", "cites", "related", "funds"),
    *("amends", "replaces", "succeeds", "repeals", "repeals_partly", "suspends", "corrects"),
    "consolidates",
)


@dataclass(slots=True)
class _Reading:
    """One file being read: where trouble is noted."""

    path: Path
    findings: list[Finding] = field(default_factory=list)

    def rows(self, rows: Any, columns: dict[str, bool], what: str) -> Iterator[Row]:
        """The rows that have what they need and nothing unknown."""
        for row in rows or ():
            if not isinstance(row, dict):
                self.trouble("row-malformed", f"{what}: một hàng không phải là cặp cột: giá trị.")
                continue
            name = str(row.get("key") or row.get("id") or row.get("name") or row.get("where") or "")
            unknown = sorted(set(row) - set(columns))
            missing = sorted(c for c, needed in columns.items() if needed and c not in row)
            if unknown:
                self.trouble("column-unknown", f"{what} {name}: cột lạ {', '.join(unknown)}.")
            if missing:
                self.trouble("column-missing", f"{what} {name}: thiếu cột {', '.join(missing)}.")
            else:
                yield row

    def trouble(self, code: str, message: str) -> None:
        hint = "Sửa hàng ấy theo corpus/README.md."
        self.findings.append(Finding(code, Severity.ERROR, message, hint, where=self.path.name))


def load_vocabulary(corpus: Path) -> Vocabulary:
    """Types, issuers and abbreviations; faults in them are ``load_catalogue``'s findings."""
    return _vocabulary(corpus / "catalogue")[0]


def load_searches(corpus: Path) -> dict[str, tuple[str, ...]]:
    """Host → search addresses with ``{number}`` in them, from ``hosts.yaml``."""
    rows = _yaml(corpus / "catalogue" / "hosts.yaml") or ()
    return {str(row["host"]): _texts(row.get("search")) for row in rows}


def load_catalogue(corpus: Path) -> tuple[Catalogue, tuple[Finding, ...]]:
    """Everything published under *corpus*, and what is wrong with it."""
    vocabulary, findings = _vocabulary(corpus / "catalogue")
    entries: list[Entry] = []
    relations: list[Relation] = []
    digests: list[Digest] = []
    for path in sorted((corpus / "catalogue" / "documents").glob("*.yaml")):
        reading = _Reading(path)
        for row in reading.rows(_yaml(path), _DOCUMENT, "Văn bản"):
            entries.append(_entry(reading, row))
            relations.extend(_relations(reading, row))
        findings += reading.findings
    for path in sorted((corpus / "digests").glob("*.yaml")):
        reading = _Reading(path)
        digests.extend(_digests(reading, _yaml(path)))
        findings += reading.findings
    findings += _dangling(entries, relations, digests)
    looks = _yaml(corpus / "catalogue" / "evidence.yaml") or {}
    evidence = str(looks[max(looks)]) if looks else ""
    catalogue = Catalogue(vocabulary, tuple(entries), tuple(relations), tuple(digests), evidence)
    return catalogue, tuple(findings)


def _vocabulary(folder: Path) -> tuple[Vocabulary, list[Finding]]:
    types, issuers, short = (
        _Reading(folder / name) for name in ("types.yaml", "issuers.yaml", "abbreviations.yaml")
    )
    tables = {reading.path.name: _yaml(reading.path) for reading in (types, issuers, short)}
    vocabulary = Vocabulary(
        types=tuple(
            DocType(
                code=row.get("code", ""),
                name=row["name"],
                slug=row["slug"],
                normative=row.get("normative"),
                variants=_texts(row.get("variants")),
            )
            for row in types.rows(tables["types.yaml"]["rows"], _TYPE, "Loại văn bản")
        ),
        issuers=tuple(
            _issuer(issuers, row, tables["issuers.yaml"]["source"])
            for row in issuers.rows(tables["issuers.yaml"]["rows"], _ISSUER, "Cơ quan")
        ),
        abbreviations=tuple(
            (name, _texts(row["meanings"]))
            for row in short.rows(
                tables["abbreviations.yaml"]["rows"], _ABBREVIATION, "Chữ viết tắt"
            )
            for name in (row["short"], *_texts(row.get("variants")))
        ),
        subjects=tuple((_yaml(folder / "subjects.yaml") or {}).items()),
    )
    return vocabulary, [*types.findings, *issuers.findings, *short.findings]


def _issuer(reading: _Reading, row: Row, source: str) -> Issuer:
    successors = tuple(reading.rows(row.get("successors"), _SUCCESSOR, f"Kế nhiệm của {row['id']}"))
    return Issuer(
        id=row["id"],
        name=row["name"],
        codes=_texts(row.get("codes")),
        variants=_texts(row.get("variants")),
        since=_iso(row.get("since")),
        until=_iso(row.get("until")),
        successors=tuple(
            Successor(
                successor["id"],
                _iso(successor.get("since")),
                successor["scope"],
                successor.get("source", source),
            )
            for successor in successors
        ),
        source=row.get("source", source),
        note=row.get("note", ""),
    )


def _entry(reading: _Reading, row: Row) -> Entry:
    sources = _sources(row["sources"])
    confidence = row.get("confidence") or {}
    return Entry(
        document=Document(
            key=row["key"],
            type=row["type"],
            number=row.get("number", ""),
            title=nfc(row.get("title", "")),
            issuer=row["issuer"],
            issued=_iso(row.get("issued")),
            effective=_iso(row.get("effective")),
            signer=row.get("signer", ""),
            capacity=row.get("capacity", ""),
        ),
        status=_status(reading, row, confidence.get("status", "")),
        level=row.get("level", ""),
        normative=row.get("normative"),
        tags=_texts(row.get("tags")),
        notes=row.get("notes", ""),
        doubts=_doubts(row),
        confidence=tuple(confidence.items()),
        official_urls=tuple(
            official["url"] if isinstance(official, dict) else official
            for official in row.get("official") or ()
        ),
        sources=sources,
        aliases=_texts(row.get("aliases")),
        misprints=tuple(
            Misprint(m["number"], m["note"], _sources(m["sources"]))
            for m in reading.rows(row.get("misprints"), _MISPRINT, f"Lỗi in của {row['key']}")
        ),
    )


def _doubts(row: Row) -> tuple[tuple[str, str], ...]:
    """Doubts of the row; a value that is only reported stands in the doubt, never as a fact."""
    doubts = {name: str(why) for name, why in (row.get("doubts") or {}).items()}
    for name, value in (row.get("reported") or {}).items():
        why = doubts.get(name, "")
        doubts[name] = f"có nơi ghi {value}" + (f"; {why}" if why else "")
    return tuple(doubts.items())


def _status(reading: _Reading, row: Row, confidence: str) -> StatusClaim:
    rows = list(reading.rows([row["status"]], _STATUS, f"Hiệu lực của {row['key']}"))
    if not rows or rows[0]["state"] not in {state.value for state in State}:
        reading.trouble("state-unknown", f"{row['key']}: tình trạng hiệu lực không đọc được.")
        return StatusClaim(State.UNKNOWN.value, checked="", note="Hàng trong danh mục bị lỗi.")
    status = rows[0]
    return StatusClaim(
        state=status["state"],
        checked=_iso(status["checked"]) or "",
        note=status["note"],
        until=_iso(status.get("ceased_on")) or _day_after(status.get("last_day")),
        held=_iso(status.get("held")),
        replaced_by=status.get("replaced_by"),
        confidence=confidence,
        sources=_sources(row["sources"]),
    )


def _relations(reading: _Reading, row: Row) -> Iterator[Relation]:
    """Each relation in the active voice: ``by`` names the subject where the row is the object."""
    key = row["key"]
    for relation in reading.rows(row.get("relations"), _RELATION, f"Quan hệ của {key}"):
        outside = relation.get("outside", False)
        named = relation.get("object") or relation.get("by")
        if relation["verb"] not in VERBS or not named:
            reading.trouble("relation-malformed", f"{key}: quan hệ thiếu văn bản, hoặc động từ lạ.")
            continue
        active = "by" not in relation
        known = not active or not outside
        yield Relation(
            subject=key if active else named,
            verb=relation["verb"],
            object=(named if active else key) if known else None,
            object_text=named if active else (row.get("number") or row["type"]),
            provisions=relation.get("provisions", ""),
            since=_iso(relation.get("since") or (row.get("effective") if active else None)),
            sources=_sources(relation.get("sources") or row["sources"]),
            note=relation.get("note", ""),
        )


def _digests(reading: _Reading, table: Row) -> Iterator[Digest]:
    for row in reading.rows(table["statements"], _STATEMENT, "Tóm lược"):
        yield Digest(
            document=table["document"],
            where=row["where"],
            kind=row["kind"],
            text=nfc(row["text"]),
            responsible=row.get("responsible", ""),
            figures=tuple(str(figure) for figure in row.get("figures") or ()),
            sources=_sources(row["sources"]),
            confidence=row.get("confidence", ""),
            note=row.get("note", ""),
            asked=_texts(row.get("asked")),
        )


def _dangling(
    entries: Iterable[Entry], relations: Iterable[Relation], digests: Iterable[Digest]
) -> Iterator[Finding]:
    """Keys that name nothing here, where the row does not say that they are outside."""
    keys = {entry.document.key for entry in entries}
    named = [(r.subject, r.object) for r in relations if r.object and r.object not in keys]
    named += [(digest.document, digest.document) for digest in digests
              if digest.document not in keys]  # fmt: skip
    named += [
        (entry.document.key, entry.status.replaced_by)
        for entry in entries
        if entry.status.replaced_by and entry.status.replaced_by not in keys
    ]
    for subject, missing in named:
        yield Finding(
            "key-unknown",
            Severity.ERROR,
            f"{subject} nêu {missing}, danh mục không có.",
            "Thêm văn bản ấy, hoặc ghi outside: true.",
            where=subject,
        )


# The same language, ten times as fast; wheels have it, a PyYAML built without libyaml has not.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _yaml(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), _LOADER)


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(nfc(str(item)) for item in value or ())


def _sources(value: Any) -> tuple[Source, ...]:
    return tuple(Source(text) for text in _texts(value))


def _iso(value: Any) -> str | None:
    """A YAML date, or the words of a partial one ("2026-05"), as ISO text."""
    if value is None:
        return None
    return value.isoformat() if isinstance(value, date) else str(value)


def _day_after(value: Any) -> str | None:
    """The first day after *value*, which may be a year alone."""
    if isinstance(value, date):
        return (value + timedelta(days=1)).isoformat()
    return f"{int(value) + 1}-01-01" if str(value or "").isdecimal() else None


def load_topics(corpus: Path) -> tuple[Topic, ...]:
    """What a plan may be about and the bases each subject calls for (``requirements.yaml``)."""
    rows = _yaml(corpus / "catalogue" / "requirements.yaml")
    return tuple(
        Topic(
            row["id"],
            row["name"],
            tuple(row["words"]),
            row["items"],
            tuple(
                Required(tuple(one["keys"]), one["why"], _sources(one["sources"]))
                for one in row["bases"]
            ),
        )
        for row in rows
    )


def load_press_rules(corpus: Path) -> Rules:
    """Duties of press law with their clocks, and the reasons of the gate (``press.yaml``)."""
    table = _yaml(corpus / "catalogue" / "press.yaml")
    return Rules(
        tuple(
            Clock(
                row["id"],
                row["name"],
                row["length"],
                Unit(row["unit"]),
                row["side"] == "before",
                row["starts"],
                row["who"],
                _ground(row),
            )
            for row in table["clocks"]
        ),
        tuple(GateGround(_texts(row["for"]), _ground(row)) for row in table["grounds"]),
    )


def _ground(row: Row) -> Ground:
    return Ground(
        row["document"],
        row["where"],
        nfc(row["text"]),
        row["confidence"],
        row["doubt"],
        _sources(row["sources"]),
    )
