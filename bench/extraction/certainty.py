"""Fits the weights of `visitmap.extract.certainty` and says how true stated certainties are.

    python bench/extraction/certainty.py FIT_FOLDER … [--check FOLDER …] [--print]

Folders hold labelled articles as `visitmap evaluate` takes them. Every visit found in the first
ones is a row: its signs, its place's score, and whether a label agrees with it. A logistic
regression with a little ridge is fitted by plain gradient steps. `--check` folders are only read:
for each band of stated certainty, the share that was right. `--print` prints the weights as Python.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from visitmap.evaluate.assignment import best_pairs
from visitmap.evaluate.scoring import pair_quality, read_labelled
from visitmap.extract import mentions
from visitmap.extract.certainty import WEIGHTS, certainty
from visitmap.gazetteer import Gazetteer
from visitmap.pipeline import run_document

BANDS = (0.0, 0.4, 0.6, 0.75, 0.85, 0.93, 1.01)
STEPS, RATE, RIDGE = 4000, 0.5, 0.004


class Row(NamedTuple):
    """One visit found: its signs, the score of its place, its stated certainty, and the truth."""

    signs: frozenset[str]
    place: float
    stated: float
    right: bool


def rows(folders: Iterable[Path]) -> Iterator[Row]:
    """The visits found in labelled folders; those told twice count once, by their first words."""
    gazetteer, seen = Gazetteer.load(), {}
    original = mentions._signs

    def noted(draft: mentions._Draft) -> list[str]:
        found = original(draft)
        seen[draft.sentence.start, draft.place.toponym.span.start] = frozenset(found)
        return found

    mentions._signs = noted
    for article in (one for folder in folders for one in read_labelled(folder)):
        seen.clear()
        visits, _ = run_document(article.document, gazetteer=gazetteer)
        golds = article.label["visits"]
        quality = [[pair_quality(gold, visit) or 0.0 for gold in golds] for visit in visits]
        pairs = best_pairs([[1e6 + q if q else 0.0 for q in row] for row in quality])
        for number, visit in enumerate(visits):
            piece = visit.evidence[0]
            place = dict(piece.fields)["destination"].start
            signs = seen.get((piece.start, place), frozenset())
            own = certainty(signs)
            yield Row(signs, min(visit.certainty / own, 1.0), visit.certainty, number in pairs)
    mentions._signs = original


def fit(found: list[Row]) -> dict[str, float]:
    """Weights by which p = sigmoid(w · signs) × place score is likeliest."""
    names = ["base", *sorted({sign for row in found for sign in row.signs})]
    weights = dict.fromkeys(names, 0.0)
    for _ in range(STEPS):
        slope = dict.fromkeys(names, 0.0)
        for row in found:
            p = 1 / (1 + math.exp(-(weights["base"] + sum(weights[one] for one in row.signs))))
            whole = min(max(p * row.place, 1e-6), 1 - 1e-6)
            outer = (row.right - whole) / (whole * (1 - whole)) * row.place * p * (1 - p)
            for one in ("base", *row.signs):
                slope[one] += outer
        for one in names:
            ridge = 0.0 if one == "base" else RIDGE * weights[one]
            weights[one] += RATE * (slope[one] / len(found) - ridge)
    return weights


def show(name: str, found: list[Row], weights: dict[str, float]) -> None:
    """Per band: how many, what was stated, how many were right."""
    share = sum(row.right for row in found) / len(found)
    print(f"{name}: {len(found)} visits, {share:.2f} right")
    stated = [(certainty(row.signs, weights) * row.place, row.right) for row in found]
    for low, high in pairwise(BANDS):
        band = [(p, right) for p, right in stated if low <= p < high]
        if band:
            mean = sum(p for p, _ in band) / len(band)
            share = sum(right for _, right in band) / len(band)
            print(f"  stated {mean:.2f}  right {share:.2f}  (n = {len(band)})")


def main() -> None:
    """Fit, check, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--check", nargs="*", type=Path, default=[])
    parser.add_argument("--print", action="store_true", dest="as_python")
    options = parser.parse_args()
    found = list(rows(options.folders))
    weights = fit(found)
    show("as it is", found, dict(WEIGHTS))
    show("fitted", found, weights)
    if options.check:
        show("not fitted on", list(rows(options.check)), weights)
    if options.as_python:
        for name, weight in weights.items():
            print(f'    "{name}": {weight:.2f},')


if __name__ == "__main__":
    main()
