"""Totals of any rows are the totals of those visits."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from test_analysis import dated_visits

from visitmap.analysis import metrics
from visitmap.totals import Totals


@st.composite
def visits_and_rows(draw):
    """Some visits, some of one trip, some open at an end, some cancelled; and some of them."""
    visits = [
        replace(
            one,
            visit_id=f"v{number}",
            trip_id=draw(st.sampled_from(["", "", "t"])),
            origin=draw(st.sampled_from([None, *(each.destination for each in visits_of)])),
            status=draw(st.sampled_from(["happened", "happened", "planned", "cancelled"])),
        )
        for visits_of in [draw(st.lists(dated_visits(), max_size=8))]
        for number, one in enumerate(visits_of)
    ]
    return visits, [row for row in range(len(visits)) if draw(st.booleans())]


@given(visits_and_rows())
def test_rows_add_up_as_their_visits_do(drawn) -> None:
    """Whichever rows are asked for, in one go or one after the other."""
    visits, rows = drawn
    totals = Totals(visits)
    for wanted in (rows, list(range(len(visits))), []):
        found = totals.of(np.array(wanted, np.int64))
        expected = metrics([visits[row] for row in wanted])
        assert abs(found.kilometres - expected.kilometres) < 1e-6
        assert replace(found, kilometres=0) == replace(expected, kilometres=0)
