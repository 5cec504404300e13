"""The published data proves itself: keys, relations, dates, columns, sources."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml

from ingest.catalogue import VERBS, load_catalogue, load_press_rules
from kb.documents import TYPE_CODES, parse_number
from kb.press import GateKind
from kb.validity import State

CORPUS = Path(__file__).parents[1] / "corpus"
CATALOGUE, FINDINGS = load_catalogue(CORPUS)
KEYS = {entry.document.key for entry in CATALOGUE.entries}


def test_every_row_is_read_without_a_finding() -> None:
    """Unknown and missing columns, unknown states and keys that name nothing are findings."""
    assert FINDINGS == ()
    assert len(CATALOGUE.entries) == 56


def test_keys_and_numbers_are_unique() -> None:
    keys = Counter(entry.document.key for entry in CATALOGUE.entries)
    assert [key for key, count in keys.items() if count > 1] == []
    ids = Counter(issuer.id for issuer in CATALOGUE.vocabulary.issuers)
    assert [name for name, count in ids.items() if count > 1] == []
    slugs = Counter(kind.slug for kind in CATALOGUE.vocabulary.types)
    assert [slug for slug, count in slugs.items() if count > 1] == []


def test_types_table_names_every_type_code() -> None:
    codes = {kind.code for kind in CATALOGUE.vocabulary.types if kind.code}
    known = set(TYPE_CODES) - {"CV"}
    assert codes == known


@pytest.mark.parametrize("entry", CATALOGUE.entries, ids=lambda entry: entry.document.key)
def test_document(entry) -> None:  # type: ignore[no-untyped-def]
    document = entry.document
    assert entry.sources
    assert entry.status.sources
    assert entry.status.checked
    assert document.type in {kind.name for kind in CATALOGUE.vocabulary.types}
    if document.number:
        assert parse_number(document.number).text == document.number
    if document.issued and document.effective and entry.status.until:
        assert document.issued <= entry.status.until
        assert document.effective < entry.status.until
    assert entry.status.replaced_by in (None, *KEYS)


def test_issuers_end_after_they_start_and_their_heirs_exist() -> None:
    issuers = {issuer.id: issuer for issuer in CATALOGUE.vocabulary.issuers}
    for issuer in issuers.values():
        assert issuer.source
        assert not (issuer.since and issuer.until) or issuer.since <= issuer.until
        for heir in issuer.successors:
            assert heir.id in issuers
            assert heir.source
            assert not (issuer.until and heir.since) or issuer.until < heir.since


def test_relations_name_what_is_here_or_say_it_is_outside() -> None:
    for relation in CATALOGUE.relations:
        assert relation.verb in VERBS
        assert relation.sources
        assert relation.object is None or relation.object in KEYS
        assert relation.subject in KEYS or relation.object in KEYS
        assert relation.object_text


def test_digests_have_sources_and_a_document() -> None:
    assert {digest.document for digest in CATALOGUE.digests} <= KEYS
    assert all(digest.sources and digest.text for digest in CATALOGUE.digests)


def test_what_a_digest_says_is_not_known_has_its_questions_and_the_next_step() -> None:
    for digest in CATALOGUE.digests:
        assert (digest.kind == "unknown") == bool(digest.asked)
        assert digest.kind != "unknown" or digest.note


def test_what_is_only_reported_is_not_loaded_as_fact() -> None:
    """1862/QĐ-BYT is known from a spoilt scan alone: its number and day stay unknown."""
    reported = next(e for e in CATALOGUE.entries if "1862" in dict(e.doubts).get("number", ""))
    assert reported.document.number == ""
    assert reported.document.issued == "2022"


def test_a_bad_row_is_a_finding_and_the_rest_is_loaded(tmp_path: Path) -> None:
    for part in ("catalogue", "digests"):
        for path in (CORPUS / part).rglob("*.yaml"):
            copy = tmp_path / path.relative_to(CORPUS)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    path = tmp_path / "catalogue" / "documents" / "1-ke-hoach-82.yaml"
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    rows[0]["colour"] = "blue"
    del rows[1]["issuer"]
    rows[2]["status"]["state"] = "fine"
    path.write_text(yaml.safe_dump(rows, allow_unicode=True), encoding="utf-8")
    catalogue, findings = load_catalogue(tmp_path)
    assert {"column-unknown", "column-missing", "state-unknown", "key-unknown"} == {
        finding.code for finding in findings
    }
    assert len(catalogue.entries) == len(CATALOGUE.entries) - 1
    broken = next(e for e in catalogue.entries if e.document.key == rows[2]["key"])
    assert broken.status.state == State.UNKNOWN


def test_press_rules_name_documents_and_sources() -> None:
    rules = load_press_rules(CORPUS)
    assert len({clock.id for clock in rules.clocks}) == len(rules.clocks)
    grounds = [clock.ground for clock in rules.clocks] + [one.ground for one in rules.grounds]
    for ground in grounds:
        assert ground.document in KEYS
        assert ground.sources
        assert ground.text
        assert ground.confidence
        assert ground.where or ground.doubt, "a place nobody has read is said"
    assert {kind for one in rules.grounds for kind in one.kinds} == set(GateKind)
