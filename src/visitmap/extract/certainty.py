"""How sure a mention is: the share of mentions with the same signs that readers found right.

The weights are a logistic regression on labelled reports and articles, fitted by
`bench/extraction/certainty.py`; docs/extraction.md says on how many, and how true they are. What
the place adds (it may be another of its name) is multiplied in by the pipeline.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

WEIGHTS: Mapping[str, float] = {
    "base": 3.01,
    "country": 0.27,
    "elsewhere": -0.28,
    # Not fitted: that somebody "may go" is read as well as any plan, and is less sure to be one.
    "modal": -0.60,
    "no country": -0.24,
    "no office": -1.07,
    "pronoun": -0.17,
    "site": -0.07,
    "undated": -0.78,
    "unnamed": -0.91,
    "word:accompany": -0.19,
    "word:agenda": -0.18,
    "word:back": 0.11,
    "word:be": 0.07,
    "word:begin": 0.05,
    "word:come": -0.26,
    "word:event": 0.12,
    "word:go": 0.23,
    "word:host": -0.30,
    "word:leave": -0.48,
    "word:noun": -0.22,
    "word:presence": -0.63,
    "word:reach": 0.16,
    "word:seen": 0.18,
    "word:spend": 0.18,
    "word:stay": 0.33,
    "word:take_off": 0.20,
    "word:takes": 0.34,
    "word:visit": 0.29,
}
# No mention is surer than this, nor less sure: the weights are of some hundred readings.
_LEAST, _MOST = 0.1, 0.97


def certainty(signs: Iterable[str], weights: Mapping[str, float] = WEIGHTS) -> float:
    """The probability that a mention with these signs is right, given that its place is."""
    z = weights["base"] + sum(weights.get(sign, 0.0) for sign in signs)
    return round(min(max(1 / (1 + math.exp(-z)), _LEAST), _MOST), 3)
