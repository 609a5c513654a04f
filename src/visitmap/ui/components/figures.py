"""What the visits add up to, and how many there were each year."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from visitmap.analysis import Days, Metrics
from visitmap.ui.words import number, say


def show(found: Metrics, *, key: str) -> None:
    """The five numbers."""
    with st.container(horizontal=True, gap="large", key=key):
        for name in ("visits", "travellers", "countries", "kilometres", "days_abroad"):
            st.metric(
                say(f"figures.{name}"),
                _shown(getattr(found, name)),
                width="content",
                help=say("figures.days_help") if name == "days_abroad" else None,
            )


def by_year(years: np.ndarray, *, key: str) -> None:
    """A bar for each year; `years` is the year of each visit, 0 for unknown."""
    known = years[years > 0]
    if len(known) and known.min() < known.max():
        _chart(known, key)


def _shown(value: float | Days) -> str:
    if not isinstance(value, Days):
        return number(value)
    sure, may = map(number, value)
    return sure if sure == may else f"{sure}–{may}"


def sure_and_perhaps(
    years: Sequence[int],
    sure: Sequence[int],
    possible: Sequence[int],
    names: tuple[str, str],
    *,
    key: str,
) -> None:
    """A bar for each year: what is sure full, what is possible beyond it faint."""
    rows = [
        {"year": year, "visits": visits, "how": name, "order": order}
        for year, certain, most in zip(years, sure, possible, strict=True)
        for order, (name, visits) in enumerate(zip(names, (certain, most - certain), strict=True))
    ]
    how = {"field": "how", "type": "nominal", "title": None, "scale": {"domain": list(names)}}
    encoding = {
        "opacity": how | {"scale": how["scale"] | {"range": [1, 0.4]}},
        "order": {"field": "order", "type": "ordinal"},
    }
    _bars(pd.DataFrame(rows), encoding, 200, key)


def _chart(years: np.ndarray, key: str) -> None:
    counted = np.bincount(years - years.min())
    data = pd.DataFrame({"year": np.arange(years.min(), years.max() + 1), "visits": counted})
    _bars(data, {}, 150, key)


def _bars(data: pd.DataFrame, encoding: dict[str, object], height: int, key: str) -> None:
    """Vega's own description, so that years stand upright and whole; our accent in both themes."""
    axis = {"labelAngle": 0, "labelOverlap": True}
    spec = {
        "mark": {"type": "bar", "color": "#2F80BA"},
        "encoding": {
            "x": {"field": "year", "type": "ordinal", "title": None, "axis": axis},
            "y": {"field": "visits", "type": "quantitative", "title": None},
            **encoding,
        },
        "height": height,
    }
    st.vega_lite_chart(data, spec, alt=say("figures.chart"), key=key)
