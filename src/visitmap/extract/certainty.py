"""How sure a mention is: the share of mentions with the same signs that readers found right.

The weights are a logistic regression on labelled reports and articles, fitted by
`bench/extraction/certainty.py`; docs/extraction.md says on how many, and how true they are. What
the place adds (it may be another of its name) is multiplied in by the pipeline.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

WEIGHTS: Mapping[str, float] = {
    "base": 2.57,
    "country": 0.14,
    "elsewhere": -0.23,
    # Not fitted: that somebody "may go" is read as well as any plan, and is less sure to be one.
    "modal": -0.60,
    "no country": -0.08,
    "no office": -0.65,
    "pronoun": -0.11,
    "site": 0.10,
    "undated": -0.54,
    "unnamed": -0.70,
    "word:accompany": -0.10,
    "word:agenda": -0.06,
    "word:back": 0.07,
    "word:begin": 0.11,
    "word:come": -0.16,
    "word:event": -0.42,
    "word:expected": 0.23,
    "word:go": 0.16,
    "word:leave": -0.15,
    "word:listed": 0.06,
    "word:noun": -0.14,
    "word:presence": -0.26,
    "word:reach": 0.19,
    "word:seen": -0.12,
    "word:spend": -0.09,
    "word:stay": 0.27,
    "word:take_off": 0.09,
    "word:takes": -0.11,
    "word:visit": 0.41,
}
# No mention is surer than this, nor less sure: the weights are of some hundred readings.
_LEAST, _MOST = 0.1, 0.97


def certainty(signs: Iterable[str], weights: Mapping[str, float] = WEIGHTS) -> float:
    """The probability that a mention with these signs is right, given that its place is."""
    z = weights["base"] + sum(weights.get(sign, 0.0) for sign in signs)
    return round(min(max(1 / (1 + math.exp(-z)), _LEAST), _MOST), 3)
