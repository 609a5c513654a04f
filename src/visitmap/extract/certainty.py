"""How sure a mention is: the share of mentions with the same signs that readers found right.

The weights are a logistic regression on labelled reports and articles, fitted by
`bench/extraction/certainty.py`; docs/extraction.md says on how many, and how true they are. What
the place adds (it may be another of its name) is multiplied in by the pipeline.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

WEIGHTS: Mapping[str, float] = {
    "base": 2.87,
    "country": 0.38,
    "elsewhere": 0.09,
    # Not fitted: that somebody "may go" is read as well as any plan, and is less sure to be one.
    "modal": -0.60,
    "no country": -0.23,
    "no office": -0.97,
    "site": -0.11,
    "undated": -0.83,
    "unnamed": -1.05,
    "word:accompany": -0.34,
    "word:agenda": 0.13,
    "word:back": 0.34,
    "word:be": -0.05,
    "word:begin": 0.07,
    "word:come": -0.56,
    "word:event": 0.09,
    "word:expected": 0.19,
    "word:go": 0.22,
    "word:host": -0.39,
    "word:leave": -0.68,
    "word:noun": -0.39,
    "word:presence": 0.08,
    "word:reach": 0.15,
    "word:seen": 0.23,
    "word:spend": 0.17,
    "word:stay": 0.41,
    "word:take_off": 0.24,
    "word:visit": 0.08,
}
# No mention is surer than this, nor less sure: the weights are of some hundred readings.
_LEAST, _MOST = 0.1, 0.97


def certainty(signs: Iterable[str], weights: Mapping[str, float] = WEIGHTS) -> float:
    """The probability that a mention with these signs is right, given that its place is."""
    z = weights["base"] + sum(weights.get(sign, 0.0) for sign in signs)
    return round(min(max(1 / (1 + math.exp(-z)), _LEAST), _MOST), 3)
