"""The visits of a snapshot as arrays and as the table people see, made once a revision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from visitmap.model import Visit
from visitmap.totals import Totals
from visitmap.ui.dates import readable
from visitmap.ui.places import place_name
from visitmap.ui.words import phrase

_NEVER, _ALWAYS = -(10**6), 10**7
SHOWN = ("who", "origin", "destination", "start", "status", "quote", "review", "certainty")


class Columns:
    """Days as ordinals for windows, texts for tables; row i is visit i."""

    def __init__(self, visits: Sequence[Visit]) -> None:
        self.visits = visits
        spans = [visit.timespan for visit in visits]
        self.dated = np.array([span.is_dated for span in spans], bool)
        self.first = np.array([_ordinal(span.start_earliest, _NEVER) for span in spans], np.int64)
        self.last = np.array([_ordinal(span.end_latest, _ALWAYS) for span in spans], np.int64)

    def rows(self, window: tuple[str, str] | None) -> np.ndarray:
        """Rows possibly within a window of ISO days, inclusive; all, undated too, without one."""
        if window is None:
            return np.arange(len(self.visits))
        start = _ordinal(_day(window[0]), _NEVER)
        end = _ordinal(_day(window[1]), _ALWAYS)
        return np.flatnonzero(self.dated & (self.first <= end) & (self.last >= start))

    @cached_property
    def ids(self) -> np.ndarray:
        """The visits' ids."""
        return np.array([visit.visit_id for visit in self.visits], object)

    @cached_property
    def totals(self) -> Totals:
        """What the visits add up to, for any window."""
        return Totals(self.visits)

    def table(self, rows: np.ndarray, code: str) -> pd.DataFrame:
        """One row a visit, the columns named as in `SHOWN`, in an interface language."""
        visits = [self.visits[row] for row in rows]
        return pd.DataFrame(
            {
                "who": [travellers(visit) for visit in visits],
                "origin": [place_name(visit.origin, code) for visit in visits],
                "destination": [place_name(visit.destination, code) for visit in visits],
                "start": [readable(visit.timespan, code) for visit in visits],
                "status": [phrase(code, f"status.{visit.status}") for visit in visits],
                "quote": [visit.evidence[0].quote if visit.evidence else "" for visit in visits],
                "review": [phrase(code, f"review.{visit.review}") for visit in visits],
                "certainty": [visit.certainty for visit in visits],
            },
            columns=list(SHOWN),
        )

    @cached_property
    def years(self) -> np.ndarray:
        """The year in which each visit may have begun; 0 where nobody says."""
        known = self.first > _NEVER
        return np.array(
            [
                date.fromordinal(int(day)).year if one else 0
                for day, one in zip(self.first, known, strict=True)
            ],
            np.int64,
        )


def travellers(visit: Visit) -> str:
    """Everybody of a visit, as named."""
    return "; ".join(one.name for one in visit.travellers)


def _ordinal(day: date | None, missing: int) -> int:
    return missing if day is None else day.toordinal()


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
