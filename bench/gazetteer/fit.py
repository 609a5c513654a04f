"""Fits the weights of `visitmap.gazetteer.ranking` on half of the labelled documents.

    python bench/gazetteer/fit.py FOLDER [--write]

FOLDER holds lgl.xml and TR-News.xml. Each corpus counts the same, however long. The weights are
held near those written by hand (`PRIORS`), so that what the corpora never show (French, travellers)
keeps its sense. Then the curve that makes the probability true is fitted on the same half; the
other half is for `resolution.py` to report on and is not read here.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import NamedTuple

import numpy as np
from corpus import Article, read_corpus

from visitmap.gazetteer import Gazetteer, ranking, resolution, weights

CORPORA = ("lgl.xml", "TR-News.xml")
ROUNDS = 4
STEPS = 600
RATE = 0.05
# How strongly the weights are held to the priors, in units of one document's evidence.
HOLD = 0.002
PRIORS = {
    "country": 8.0,
    "region": 1.0,
    "district": -2.0,
    "city": 0.0,
    "site": 5.0,
    "airport": 0.0,
    "population": 1.0,
    "capital": 1.5,
    "primary": 1.0,
    "sideline": -1.0,
    "eponymous": -1.5,
    "capital of named country": 1.0,
    "unlikeness": -10.0,
    "beside country": 4.0,
    "beside region": 5.0,
    "directly beside": 1.0,
    "asked": 8.0,
    "text country": 1.5,
    "text region": 2.0,
    "traveller": 0.3,
    "close": 2.0,
    "wide": 1.0,
    "local": 1.0,
    "district support": 1.0,
    "region support": 1.0,
    "country support": 1.0,
    "own tongue": 2.0,
    "other tongue": -6.0,
    "other kind": -2.0,
    "code": 6.0,
    "called airport": 4.0,
    "as qualifier": 1.0,
    "demonym": -1.0,
}
PRIOR_NONE = 1.0
# What English local news cannot teach stays as written by hand: other languages, travellers,
# codes; and that a name alone means the capital, or the town before the region around it, which
# is so in news of diplomacy.
FIXED = (
    "own tongue",
    "other tongue",
    "traveller",
    "other kind",
    "code",
    "called airport",
    "asked",
    "capital",
    "eponymous",
)
_NAMES = list(PRIORS)
_TARGET = Path(weights.__file__)


class Case(NamedTuple):
    """One gold toponym: the features of its options, which of them are right, its weight."""

    features: np.ndarray
    right: np.ndarray
    weight: float
    sense: resolution.Sense


def main() -> None:
    """Fit and print, or write, the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    gazetteer = Gazetteer.load()
    corpora = [
        [one for one in read_corpus(arguments.folder / name, gazetteer) if one.is_for_fitting]
        for name in CORPORA
    ]
    _use(np.array([*PRIORS.values(), PRIOR_NONE]))
    for number in range(ROUNDS):
        cases = [case for corpus in corpora for case in collect(gazetteer, corpus)]
        vector = fit(cases)
        _use(vector)
        print(f"round {number + 1}: {len(cases)} toponyms, likelihood {likelihood(cases, vector)}")
    cases = [case for corpus in corpora for case in collect(gazetteer, corpus)]
    text = as_module(vector, calibrate(cases))
    print(text)
    if arguments.write:
        _TARGET.write_text(text, encoding="utf-8")


def collect(gazetteer: Gazetteer, articles: list[Article]) -> list[Case]:
    """The cases of a corpus under the weights in use."""
    total = sum(len(article.gold) for article in articles)
    cases = []
    for article in articles:
        toponyms = [gold.toponym for gold in article.gold]
        senses = resolution.document_senses(
            gazetteer._options,
            gazetteer._demonyms,
            toponyms,
            [()] * len(toponyms),
            language="en",
            text=article.text,
        )
        for gold in article.gold:
            sense = senses[resolution.key_of(gold.toponym)]
            places = [gazetteer._options.place(option.row) for option in sense.options]
            right = np.array([gold.is_met_by(place) for place in places], dtype=bool)
            cases.append(Case(_matrix(sense), right, 1 / total, sense))
    return cases


def _matrix(sense: resolution.Sense) -> np.ndarray:
    rows = sense.features()
    return np.array([[row.get(name, 0.0) for name in _NAMES] for row in rows]).reshape(
        len(rows), len(_NAMES)
    )


def fit(cases: list[Case]) -> np.ndarray:
    """The weights (and last the score of "none") that make the right answers likeliest."""
    prior = np.array([*PRIORS.values(), PRIOR_NONE])
    free = np.array([*(name not in FIXED for name in PRIORS), True])
    vector, momentum, scale = prior.copy(), np.zeros_like(prior), np.zeros_like(prior)
    for step in range(1, STEPS + 1):
        slope = HOLD * (vector - prior) - sum(_slope(case, vector) for case in cases)
        slope = slope * free
        momentum = 0.9 * momentum + 0.1 * slope
        scale = 0.99 * scale + 0.01 * slope**2
        vector = vector - RATE * (momentum / (1 - 0.9**step)) / (
            np.sqrt(scale / (1 - 0.99**step)) + 1e-8
        )
    return vector


def _shares(case: Case, vector: np.ndarray) -> np.ndarray:
    """The probability of each option, and last that of none."""
    scores = np.append(case.features @ vector[:-1], vector[-1])
    parts = np.exp(scores - scores.max())
    return parts / parts.sum()


def _slope(case: Case, vector: np.ndarray) -> np.ndarray:
    shares = _shares(case, vector)
    right = np.append(case.right, not case.right.any())
    wanted = np.where(right, shares, 0.0)
    wanted = wanted / max(wanted.sum(), 1e-12)
    gap = wanted - shares
    return case.weight * np.append(gap[:-1] @ case.features, gap[-1])


def likelihood(cases: list[Case], vector: np.ndarray) -> float:
    """Mean logarithm of the probability given to right answers."""
    total = 0.0
    for case in cases:
        right = np.append(case.right, not case.right.any())
        total += case.weight * np.log(max(_shares(case, vector)[right].sum(), 1e-12))
    return round(total / sum(case.weight for case in cases), 4)


def calibrate(cases: list[Case]) -> tuple[float, float]:
    """Slope and shift of the logistic curve from a best answer's log-odds to how often it is right.

    One case counts as much as another: this is about documents, not corpora.
    """
    ranking.CALIBRATION = (1.0, 0.0)
    odds, right = [], []
    for case in cases:
        if not len(case.features):
            continue
        share, best = ranking.settled(case.sense.judged(), case.sense.first)[0]
        share = np.clip(share, 1e-6, 1 - 1e-6)
        odds.append(np.log(share / (1 - share)))
        right.append(bool(case.right[case.sense.options.index(best.option)]))
    points, truth = np.array(odds), np.array(right, dtype=float)
    slope, shift = 1.0, 0.0
    for _ in range(5000):
        gap = 1 / (1 + np.exp(-(slope * points + shift))) - truth
        slope -= 0.05 * float((gap * points).mean())
        shift -= 0.05 * float(gap.mean())
    return round(slope, 3), round(shift, 3)


def _use(vector: np.ndarray) -> None:
    ranking.WEIGHTS.update(zip(_NAMES, map(float, vector[:-1]), strict=True))
    ranking.NONE_OF_THESE = float(vector[-1])


def as_module(vector: np.ndarray, calibration: tuple[float, float]) -> str:
    """The source of `weights.py`."""
    lines = [f'    "{name}": {value:.3f},' for name, value in zip(_NAMES, vector, strict=False)]
    return "\n".join(
        [
            '"""The weights of `ranking`, written by bench/gazetteer/fit.py; not made by hand."""',
            "",
            "WEIGHTS = {",
            *lines,
            "}",
            f"NONE_OF_THESE = {vector[-1]:.3f}",
            "# Slope and shift of the logistic curve over the log-odds of a probability.",
            f"CALIBRATION = ({calibration[0]}, {calibration[1]})",
            "",
        ]
    )


if __name__ == "__main__":
    main()
