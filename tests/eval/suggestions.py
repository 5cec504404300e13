"""Suggested bases of items of plans, against provisions chosen by reading.

    python -m tests.eval.suggestions --documents DIR [--engine NAME] [--misses | --fit]

*DIR* holds plans and laws (``plans``, ``phapdien_html``, ``text``, ``nguoi_khuyet_tat``,
``nd30_2020``, ``office_doc``); a library is made of them in a temporary folder, without PDF. Labels
(``suggestions.toml``) are ids of items and provisions. An item of no label is not measured, one
whose ``right`` is empty has no right suggestion. A suggestion is right where it is the labelled
place, lies in it, or is the article that holds it; one made by a digest is of the whole document.

Prints one JSON object, ``held_…`` for the items the coefficients were not fitted on. ``recall@5``
is the share of right documents' places found among an item's best five (of at most five);
``precision≥.8`` and so on of what is shown with such a confidence, ``shown≥.8`` how many those
are; ``calibration_error`` how far confidence is from what is right, in ten bins. ``--misses``
prints what was missed or wrong, as places; ``--fit`` prints coefficients for ``kb.links.likely``
fitted on the items of split ``fit``.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from ingest import pipeline
from ingest.parse.plan import parse_plan
from kb.config import Settings
from kb.index import open_engine
from kb.links.likely import NAMES
from kb.links.suggest import LEAST, Candidate, Suggester, best, order, overlap
from kb.similar import OfLibrary
from kb.store.generations import current
from kb.store.library import Library

HERE = Path(__file__).parent
FOLDERS = ("plans", "phapdien_html", "text", "nguoi_khuyet_tat", "nd30_2020", "office_doc")
BANDS = {"≥.8": (0.8, 1.01), ".5-.8": (0.5, 0.8), "<.5": (LEAST, 0.5)}
# Features that speak against a provision; the others speak for it.
AGAINST = ("another's", "empty", "elsewhere", "length")
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Measured:
    """An item's candidates, the likeliest first, beside its label."""

    label: Json
    found: tuple[Candidate, ...]

    def right(self, one: Candidate) -> bool:
        return any(
            _meets(one, place) for place in (*self.label["right"], *self.label.get("also", ()))
        )


def _meets(one: Candidate, place: str) -> bool:
    key, _, provision = place.partition("#")
    if one.near.key != key:
        return False
    mine = one.near.provision
    if one.near.digest or not provision:
        return True
    return overlap(mine, provision)


def labels() -> list[Json]:
    found: list[Json] = tomllib.loads((HERE / "suggestions.toml").read_text("utf-8"))["item"]
    return found


def library_of(documents: Path, data: Path, engine: str) -> Library:
    """A library of the plans and laws in *documents*, made under *data*."""
    settings = Settings(data, engine=engine)
    pipeline.rebuild(settings, lambda *_: None)
    files = [
        path
        for folder in FOLDERS
        for path in sorted((documents / folder).iterdir())
        if path.suffix.lower() not in (".pdf", ".md")
    ]
    files += sorted((HERE / "plans").glob("*.txt"))
    pipeline.ingest(settings, files, lambda *_: None)
    return Library(current(settings.library) / "library.db")


def measured(library: Library, some: Sequence[Json]) -> Iterator[Measured]:
    """Every labelled item that is found in the library."""
    engine = open_engine(library.path.parent / "index")
    suggester = Suggester(OfLibrary(library, engine, date.today()))
    try:
        for key, of_plan in _by_plan(library, some).items():
            tree = library.tree(key)
            assert tree is not None
            plan = parse_plan(
                library.listed(key).document, library.text(key), tree, library.source(key)
            )
            links = library.links(key)
            stood = {(link.item, link.target) for link in links}
            found: dict[str, list[Candidate]] = {}
            for one in suggester.candidates(plan, links):
                found.setdefault(one.item, []).append(one)
            for label in of_plan:
                # A whole document that the item stands on already is not suggested again.
                right = [place for place in label["right"] if (label["item"], place) not in stood]
                label = label | {"right": right}
                yield Measured(label, tuple(sorted(found.get(label["item"], ()), key=order)))
    finally:
        engine.close()


def _by_plan(library: Library, some: Sequence[Json]) -> dict[str, list[Json]]:
    plans = [listed.document.key for listed in library.documents("plan")]
    files = {file.name: key for key in plans for file in library.files(key)}
    out: dict[str, list[Json]] = {}
    for label in some:
        key = label["plan"] if label["plan"] in plans else files.get(Path(label["plan"]).name, "")
        if key:
            out.setdefault(key, []).append(label)
        else:
            print(f"no such plan here: {label['plan']}", file=sys.stderr)
    return out


def scores(rows: Sequence[Measured]) -> dict[str, float]:
    out: dict[str, float] = {"items": len(rows)}
    recalls = []
    shown: list[tuple[float, bool]] = []
    for row in rows:
        top = best(row.found)
        wanted = row.label["right"]
        if wanted:
            met = sum(any(_meets(one, place) for one in top) for place in wanted)
            recalls.append(min(met / min(len(wanted), 5), 1.0))
        shown += [(one.confidence, row.right(one)) for one in top if one.confidence >= LEAST]
    out["recall@5"] = sum(recalls) / max(len(recalls), 1)
    for name, (low, high) in BANDS.items():
        inside = [right for sure, right in shown if low <= sure < high]
        out[f"shown{name}"] = len(inside)
        out[f"precision{name}"] = sum(inside) / len(inside) if inside else 0.0
    out["calibration_error"] = calibration(
        (one.confidence, row.right(one)) for row in rows for one in best(row.found)
    )
    return {name: round(value, 3) for name, value in out.items()}


def calibration(found: Iterable[tuple[float, bool]]) -> float:
    """The mean distance, over suggestions, of confidence from the share that is right, in ten
    bins."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for sure, right in found:
        bins.setdefault(min(int(sure * 10), 9), []).append((sure, right))
    total = sum(map(len, bins.values()))
    off = sum(abs(sum(s for s, _ in some) - sum(r for _, r in some)) for some in bins.values())
    return off / total if total else 0.0


def fitted(rows: Sequence[Measured], penalty: float = 200.0) -> tuple[Any, float]:
    """(coefficients, constant) of a logistic with a quadratic penalty, by Newton's method; a
    feature whose sign would be against its meaning is left out, one after another. What came too
    late has no say: its confidence is 0 whatever its features."""
    some = [(row, one) for row in rows for one in row.found if not one.late]
    x = np.array([one.features for _, one in some])
    y = np.array([row.right(one) for row, one in some], float)
    meant = np.array([-1.0 if name in AGAINST else 1.0 for name in NAMES])
    mean, spread = x.mean(0), x.std(0)
    spread[spread == 0] = 1.0
    z = (x - mean) / spread
    kept = np.ones(len(NAMES), bool)
    while True:
        weights = _newton(np.hstack([z[:, kept], np.ones((len(z), 1))]), y, penalty)
        wrong = np.where(kept, 0.0, np.inf)
        wrong[kept] = weights[:-1] * meant[kept]
        if not (wrong < 0).any():
            break
        kept[int(wrong.argmin())] = False
    plain = np.zeros(len(NAMES))
    plain[kept] = weights[:-1] / spread[kept]
    return plain, float(weights[-1] - plain @ mean)


def _newton(z: Any, y: Any, penalty: float) -> Any:
    weights = np.zeros(z.shape[1])
    ridge = np.diag([*([penalty] * (z.shape[1] - 1)), 0.0])
    for _ in range(50):
        p = 1 / (1 + np.exp(-z @ weights))
        slope = z.T @ (p - y) + ridge @ weights
        weights -= np.linalg.solve(z.T @ (z * (p * (1 - p))[:, None]) + ridge, slope)
    return weights


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])  # type: ignore[union-attr]
    parser.add_argument("--documents", type=Path, required=True)
    parser.add_argument("--engine", default="auto")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--fit", action="store_true")
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        library = library_of(options.documents, Path(folder), options.engine)
        rows = list(measured(library, labels()))
        library.close()
    tell(rows, misses=options.misses, fit=options.fit)


def tell(rows: Sequence[Measured], *, misses: bool, fit: bool) -> None:
    if fit:
        plain, constant = fitted([row for row in rows if row.label["split"] == "fit"])
        print(json.dumps(dict(zip(NAMES, np.round(plain, 2).tolist(), strict=True))))
        print(round(constant, 2))
    elif misses:
        for row in rows:
            top = best(row.found)
            name = f"{row.label['plan']}, mục {row.label['item']}"
            for place in row.label["right"]:
                if not any(_meets(one, place) for one in top):
                    print(f"sót: {name}: {place}")
            for one in top:
                if one.confidence >= LEAST and not row.right(one):
                    print(f"thừa {one.confidence:.2f}: {name}: {one.near.key}#{one.near.provision}")
    else:
        told: dict[str, float] = {"labelled": len(labels()), **scores(rows)}
        for split in ("fit", "held"):
            some = [row for row in rows if row.label["split"] == split]
            told |= {f"{split}_{name}": value for name, value in scores(some).items()}
        print(json.dumps(told))


if __name__ == "__main__":
    main()
