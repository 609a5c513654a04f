"""How sure a mention is: the share of mentions with the same signs that readers found right.

The weights are a logistic regression on labelled reports and articles, fitted by
`bench/extraction/certainty.py`; docs/extraction.md says on how many, and how true they are. What
the place adds (it may be another of its name) is multiplied in by the pipeline.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

WEIGHTS: Mapping[str, float] = {
    "base": 3.04,
    "country": 0.18,
    "elsewhere": -0.10,
    # Not fitted: that somebody "may go" is read as well as any plan, and is less sure to be one.
    "modal": -0.60,
    "no country": -0.20,
    "no office": -0.62,
    "pronoun": 0.09,
    "site": 0.14,
    "undated": -0.73,
    "unnamed": -0.74,
    "word:accompany": -0.14,
    "word:agenda": -0.14,
    "word:back": 0.12,
    "word:begin": 0.06,
    "word:come": -0.30,
    "word:event": -0.17,
    "word:expected": -0.06,
    "word:go": 0.11,
    "word:host": -0.07,
    "word:leave": -0.32,
    "word:noun": -0.21,
    "word:presence": -0.34,
    "word:reach": 0.19,
    "word:seen": 0.16,
    "word:stay": 0.19,
    "word:take_off": 0.29,
    "word:takes": 0.24,
    "word:visit": 0.44,
}
# No mention is surer than this, nor less sure: the weights are of some hundred readings.
_LEAST, _MOST = 0.1, 0.97


def certainty(signs: Iterable[str], weights: Mapping[str, float] = WEIGHTS) -> float:
    """The probability that a mention with these signs is right, given that its place is."""
    z = weights["base"] + sum(weights.get(sign, 0.0) for sign in signs)
    return round(min(max(1 / (1 + math.exp(-z)), _LEAST), _MOST), 3)
