"""Visits to draw, small and odd."""

from __future__ import annotations

import pytest

from visitmap.model import Candidate, Evidence, Issue, Place, Source, Span, Traveller, Visit
from visitmap.timespan import Timespan

TEHRAN = Place("Tehran", "geonames:112931", 35.69439, 51.42151, "IR")
BAKU = Place("Baku", "geonames:587084", 40.37767, 49.89201, "AZ")
AZERBAIJAN = Place("Azerbaijan", "geonames:587116", 40.5, 47.5, "AZ", "country")
ASTARA = (
    Place("Astara", "geonames:142363", 38.4291, 48.872, "IR"),
    Place("Astara", "geonames:148442", 38.456, 48.8749, "AZ"),
)


@pytest.fixture
def three_visits() -> list[Visit]:
    """A dated one, one of some day in a month, an undated one; given out of order."""
    source = Source("article", "A title", "A paper", "2018-03-28", url="https://example.org/a")
    quote = "Il s’est rendu à Bakou"
    evidence = Evidence("article", 5, 27, quote, (("destination", Span(22, 27, "Bakou")),))
    return [
        Visit("c" * 16, (Traveller("Ada Berg"),), BAKU, Timespan("XXXX-02"), source=source),
        Visit(
            "a" * 16,
            (Traveller("Hassan Rohani", "president", "IR"), Traveller("Ada Berg")),
            BAKU,
            Timespan("2018-03-28", "2018-03-29"),
            origin=TEHRAN,
            origin_basis="implied",
            purpose="to open a factory",
            hosts=("Ilham Aliyev",),
            certainty=0.83,
            review="accepted",
            evidence=(evidence,),
            source=source,
        ),
        Visit("b" * 16, (Traveller("Ada Berg"),), AZERBAIJAN, Timespan("2017-10"), source=source),
    ]


@pytest.fixture
def astara() -> Issue:
    """A place that is mentioned, of which there are two."""
    return Issue(
        "place-ambiguous",
        "2 places are called Astara",
        candidates=tuple(Candidate(place, 0.5, "same name") for place in ASTARA),
        toponym="Astara",
    )
