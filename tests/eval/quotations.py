"""Tampered and true quotations over real provisions: what ``kb.quotes`` makes of them.

    python -m tests.eval.quotations --documents DIR [--data FOLDER] [--compose]

``quotations.toml`` has for each case an operation and the provisions it is done on, never words.
DIR is read into a library in a temporary folder; with ``--data`` one that is there already is
asked. ``--compose`` writes the cases anew by the fixed rule below. Prints one JSON object:
``false_exact`` (tampered ones called exact or typography), ``true_recognised``, ``misattributed``
and ``superseded`` (shares named as such), the same for the half of the provisions that nothing was
tuned on (``held_…``), counts for each operation, and the misses; then those of whole drafts
(``quotation_drafts``).

The rule: provisions with words of their own, 12 to 110 words, in the order of a hash of their
address, at most ``_PER_DOCUMENT`` of a document; an operation takes them in that order where it can
be done, until it has its number. True ones are of documents that nothing here changes or
consolidates; older wordings are of places that ``kb.history`` has two wordings of.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from ingest.pipeline import ingest, rebuild
from kb.config import Settings
from kb.history import history, place_wordings
from kb.index import open_engine
from kb.index.passages import Passages
from kb.quotes import Named, Verdict
from kb.quotes.find import find_quotations
from kb.quotes.judge import judge
from kb.quotes.shelf import Shelf
from kb.store.generations import current
from kb.store.library import Library
from kb.structure import Level, Node, is_quoted, walk
from kb.text import Span, accented_key
from tests.eval.quotation_ops import OF_TIME, OF_TWO, TAMPERED, TRUE

CASES = Path(__file__).parent / "quotations.toml"
DAY = date(2026, 11, 26)
FILES = ("text", "nguoi_khuyet_tat/100699_l51qh.doc", "nd30_2020", "phapdien_html")
_PER_DOCUMENT, _TAMPERED_EACH, _TRUE_EACH, _OLDER = 40, 36, 26, 70
_PLACES = (Level.ARTICLE, Level.CLAUSE, Level.POINT)
_RIGHT = (Verdict.EXACT, Verdict.TYPOGRAPHY)
_MARKS = {"straight": '""', "guillemets": "«»", "mixed_marks": '“"'}


@dataclass(frozen=True)
class Case:
    """``other`` is a second address (``key#provision``), or the number of a wording."""

    operation: str
    key: str
    provision: str
    other: str = ""

    @property
    def line(self) -> str:
        return f"{self.operation} {self.key}#{self.provision} {self.other}".strip()

    @property
    def held(self) -> bool:
        """Is it of the half that nothing was tuned on?"""
        return order_of(f"{self.key}#{self.provision}") % 2 == 1


def read_case(line: str) -> Case:
    operation, address, *other = line.split(" ")
    key, _, provision = address.partition("#")
    return Case(operation, key, provision, other[0] if other else "")


def order_of(address: str) -> int:
    """A number that puts addresses in an order nobody chose, and seeds what is done on them."""
    return int.from_bytes(hashlib.sha256(address.encode()).digest()[:6])


class Measured:
    """A library with what cases are made of."""

    def __init__(self, folder: Path) -> None:
        self.library = Library(folder / "library.db")
        self.passages = Passages(folder / "index" / "passages")
        self.engine = open_engine(folder / "index")
        self.shelf = Shelf(self.library, self.passages, self.engine)
        self.words = cache(self._words)
        self.nodes = cache(self._nodes)
        self.wordings = cache(self._wordings)

    def close(self) -> None:
        self.engine.close()
        self.library.close()

    def _nodes(self, key: str) -> dict[str, Node]:
        tree = self.library.tree(key)
        return {node.id: node for node in walk(tree)} if tree else {}

    def _words(self, key: str, provision: str) -> str:
        """The printed words of a place without its number."""
        node = self.nodes(key)[provision]
        printed = self.library.printed(key)
        return " ".join(node.span.of(printed).strip().removeprefix(node.marker).split())

    def _wordings(self, key: str, provision: str) -> list[str]:
        """The wordings of a place at hand without its number, oldest first."""
        told = history(self.library, key)
        found = [w.text for w in place_wordings(told, provision) if w.text]
        return [" ".join(re.sub(r"^(?:\d+\.|[a-zđ]\))\s*", "", text).split()) for text in found]

    def quotation(self, case: Case) -> str | None:
        """The words of a case's quotation; None where its operation cannot be done."""
        rng = random.Random(order_of(case.line))
        if case.operation in OF_TIME:
            texts = self.wordings(case.key, case.provision)
            return texts[int(case.other)]
        words = self.words(case.key, case.provision)
        if case.operation in ("other_place", "other_document"):
            return words
        if case.operation in OF_TWO:
            more = self.words(*case.other.split("#"))
            if case.operation == "joined":
                return f"{words.rstrip('.;:,')}. {more}"
            mine, theirs = words.split(" "), more.split(" ")
            return " ".join([*mine[: len(mine) // 2], "…", *theirs[len(theirs) // 2 :]])
        return (TAMPERED.get(case.operation) or TRUE[case.operation])(words, rng)

    def draft(self, case: Case) -> tuple[str, list[Named]]:
        """A draft with the quotation, and the place it claims."""
        words = self.quotation(case)
        assert words is not None, case.line
        key, provision = case.key, case.provision
        if case.operation in ("other_place", "other_document"):
            key, _, provision = case.other.partition("#")
        kind = order_of(case.line) % 4
        if kind == 0 and case.operation not in ("other_place", "other_document"):
            provision = "" if case.operation not in OF_TIME else provision
        place = "Chỗ được dẫn"
        lead = "Trước đây, " if case.operation == "older_labelled" else ""
        if case.operation == "block":
            head = f"{lead}{place} quy định như sau:\n\n"
            text = head + "> " + words
        else:
            opening, closing = _MARKS.get(case.operation, "“”")
            head = f"{lead}{place} quy định: "
            text = f"{head}{opening}{words}{closing}"
        start = len(lead)
        return text, [Named(Span(start, start + len(place)), key, provision)]

    def verdict(self, case: Case) -> tuple[Verdict, str]:
        text, named = self.draft(case)
        found = judge(text, find_quotations(text), named, self.shelf, DAY)
        if not found:
            return Verdict.UNVERIFIED, "không nhận ra lời trích"
        worst = next((one for one in found if one.verdict not in _RIGHT), found[0])
        return worst.verdict, worst.reason


# -- composing ------------------------------------------------------------------------------------


def addresses(measured: Measured) -> list[tuple[str, str]]:
    """(document, provision) of every place cases are made from, in the order of the rule."""
    library = measured.library
    changed = {
        r.object
        for r in library.relations_on(None)
        if r.verb in ("amends", "repeals_partly", "suspends", "consolidates", "replaces")
    }
    bases: Counter[str] = Counter(
        r.object or r.object_text for r in library.relations() if r.verb == "consolidates"
    )
    out: list[tuple[int, str, str]] = []
    for item in library.documents("full"):
        key = item.document.key
        several = any(
            bases[r.object or r.object_text] > 1
            for r in library.relations(key)
            if r.subject == key and r.verb == "consolidates"
        )
        if key in changed or several or not library.quotable(key):
            continue
        found = sorted((order_of(f"{key}#{id}"), key, id) for id in _provisions(measured, key))
        out += found[:_PER_DOCUMENT]
    return [(key, id) for _, key, id in sorted(out)]


def compose(measured: Measured, places: list[tuple[str, str]]) -> Iterator[Case]:
    for number, (name, operation) in enumerate([*TAMPERED.items(), *TRUE.items()]):
        wanted = _TAMPERED_EACH if name in TAMPERED else _TRUE_EACH
        turned = places[number * 37 % len(places) :] + places[: number * 37 % len(places)]
        taken = 0
        for key, id in turned:
            case = Case(name, key, id)
            words = measured.words(key, id)
            made = operation(words, random.Random(order_of(case.line)))
            if made is not None and (name in TRUE or _key(made) != _key(words) or made != words):
                yield case
                taken += 1
            if taken == wanted:
                break
    yield from _of_two(measured, places)
    yield from _older(measured)


def _provisions(measured: Measured, key: str) -> Iterator[str]:
    for id, node in measured.nodes(key).items():
        if node.level not in _PLACES or node.children or is_quoted(id):
            continue
        words = measured.words(key, id)
        if 12 <= len(words.split()) <= 110 and not re.search(r"[\[\]“”\"…]|\.\.", words):
            yield id


def _of_two(measured: Measured, places: list[tuple[str, str]]) -> Iterator[Case]:
    size = len(places)
    for number, name in enumerate(OF_TWO):
        taken = 0
        for at in range(size):
            key, id = places[(at * 11 + number * 501) % size]
            if name in ("other_place", "invented_ellipsis"):
                others = [i for i in _provisions(measured, key) if _clause(i) != _clause(id)]
            else:
                others = []
            if name in ("joined", "other_document"):
                other_key, other = places[(at * 11 + number * 501 + 97) % size]
                if other_key == key and name == "other_document":
                    continue
            elif others:
                other_key, other = key, others[order_of(f"{name} {key}#{id}") % len(others)]
            else:
                continue
            mine, theirs = measured.words(key, id), measured.words(other_key, other)
            whole = " ".join(measured.library.text(other_key).split())
            elsewhere = theirs if name == "other_place" else whole
            if _key(mine) in _key(elsewhere) or _key(theirs) in _key(mine):
                continue
            yield Case(name, key, id, f"{other_key}#{other}")
            taken += 1
            if taken == _TAMPERED_EACH * (2 if name.startswith("other") else 1):
                break


def _clause(id: str) -> str:
    return re.sub(r"__point_.*", "", id)


def _older(measured: Measured) -> Iterator[Case]:
    found = []
    for item in measured.library.documents("full"):
        key = item.document.key
        told = history(measured.library, key)
        for id in {a.provision for a in told.amendments} | told.later.places:
            texts = measured.wordings(key, id) if id and not is_quoted(id) else []
            if len(texts) < 2 or not place_wordings(told, id)[-1].text:
                continue
            if 8 <= len(texts[0].split()) <= 140 and _key(texts[0]) not in _key(texts[-1]):
                found.append((order_of(f"{key}#{id}"), key, id))
    for _, key, id in sorted(found)[:_OLDER]:
        yield Case("older", key, id, "0")
        yield Case("older_labelled", key, id, "0")


def plain_key(words: str) -> str:
    """Words without case and signs, for a plain comparison that is none of ``kb.quotes``."""
    return " ".join(accented_key(word) for word in re.findall(r"\w+", words))


_key = plain_key

# -- measuring ------------------------------------------------------------------------------------


def expected(case: Case) -> tuple[Verdict, ...] | None:
    """The verdicts that are right, None for any but the two of true ones."""
    if case.operation in TRUE or case.operation == "older_labelled":
        return _RIGHT
    if case.operation.startswith("other_") and case.operation in OF_TWO:
        return (Verdict.MISATTRIBUTED,)
    return (Verdict.SUPERSEDED,) if case.operation == "older" else None


def measure(measured: Measured, cases: list[Case]) -> dict[str, Any]:
    rows = [(case, *measured.verdict(case)) for case in cases]
    counts: dict[str, Counter[str]] = {}
    misses = []
    for case, verdict, reason in rows:
        counts.setdefault(case.operation, Counter())[verdict.value] += 1
        wanted = expected(case)
        if verdict not in wanted if wanted else verdict in _RIGHT:
            misses.append(f"{case.line}: {verdict.value}: {reason}")
    out: dict[str, Any] = {}
    for prefix, part in (("", rows), ("held_", [row for row in rows if row[0].held])):
        out |= {f"{prefix}{name}": value for name, value in _shares(part).items()}
    return out | {"operations": {k: dict(v) for k, v in counts.items()}, "misses": misses}


def _shares(rows: list[tuple[Case, Verdict, str]]) -> dict[str, float]:
    def share(wanted: tuple[Verdict, ...]) -> float:
        own = [verdict in wanted for case, verdict, _ in rows if expected(case) == wanted]
        return round(sum(own) / len(own), 4) if own else 0.0

    tampered = [verdict for case, verdict, _ in rows if expected(case) != _RIGHT]
    return {
        "tampered": len(tampered),
        "true": len(rows) - len(tampered),
        "false_exact": sum(verdict in _RIGHT for verdict in tampered),
        "true_recognised": share(_RIGHT),
        "misattributed": share((Verdict.MISATTRIBUTED,)),
        "superseded": share((Verdict.SUPERSEDED,)),
    }


def build(documents: Path, data: Path) -> None:
    settings = Settings(data)
    rebuild(settings, lambda *_: None)
    ingest(settings, [documents / name for name in FILES], lambda *_: None)


def main() -> None:
    from tests.eval import quotation_drafts as drafts  # it is made from what stands above

    parser = argparse.ArgumentParser(description="tampered and true quotations")
    parser.add_argument("--documents", type=Path, required=True)
    parser.add_argument("--data", type=Path, help="a data folder whose library has them already")
    parser.add_argument("--compose", action="store_true", help="write the cases anew")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        data = arguments.data or Path(temporary)
        if arguments.data is None:
            build(arguments.documents, data)
        measured = Measured(current(Settings(data).library))
        if arguments.compose:
            places = addresses(measured)
            made = {"cases": compose(measured, places), "drafts": drafts.compose(measured, places)}
            text = f"# {_HEAD}\n"
            for name, made_cases in made.items():
                rows = "".join(f"    {json.dumps(case.line)},\n" for case in made_cases)
                text += f"\n{name} = [\n{rows}]\n"
            CASES.write_text(text, encoding="utf-8")
        lines = tomllib.loads(CASES.read_text("utf-8"))
        found = measure(measured, [read_case(line) for line in lines["cases"]])
        found |= drafts.measure(measured, [read_case(line) for line in lines["drafts"]])
        print(json.dumps(found, ensure_ascii=False, indent=1))
        measured.close()


_HEAD = "operation, provision, and where it needs one a second provision or the number of a wording"

if __name__ == "__main__":
    main()
