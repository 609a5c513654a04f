"""Visits for the tests of the page's controls, and questions that several tests ask the page."""

from __future__ import annotations

from visitmap.model import Candidate, Evidence, Issue, Place, Source, Span, Traveller, Visit
from visitmap.timespan import Timespan

TEHRAN = Place("Tehran", "geonames:112931", 35.69439, 51.42151, "IR")
BAKU = Place("Baku", "geonames:587084", 40.37767, 49.89201, "AZ")
AZERBAIJAN = Place("Azerbaijan", "geonames:587116", 40.5, 47.5, "AZ", "country")
ROHANI = Traveller("Hassan Rohani", "president", "IR")
BERG = Traveller("Ada Berg", "", "NO")
SOURCE = Source("paper", "A title", "A paper", "2018-03-29", url="https://example.org/a")
QUOTE = "Il s’est rendu à Bakou"
FIELDS = (("destination", Span(22, 27, "Bakou")),)


def visit(key, span, who=ROHANI, destination=BAKU, origin=TEHRAN, **more):
    """A visit with a quote; `span` is EDTF or a Timespan."""
    span = span if isinstance(span, Timespan) else Timespan.parse(span)
    more.setdefault("evidence", (Evidence("paper", 5, 5 + len(QUOTE), QUOTE, FIELDS),))
    more.setdefault("source", SOURCE)
    return Visit(key, (who,), destination, span, origin=origin, **more)


FOUR = [
    visit("jan", "2018-01-10", certainty=0.83, origin_basis="implied"),
    visit("feb", "2018-02", BERG, AZERBAIJAN, None, status="planned"),
    visit("dec", "2019-12-24", BERG, certainty=0.4, purpose="to sign a treaty"),
    visit("never", "XXXX-02", BERG),
]
ASTARA = Issue(
    "place-ambiguous",
    "2 places are called Astara",
    toponym="Astara",
    candidates=tuple(
        Candidate(Place("Astara", f"geonames:{number}", latitude, 48.87, country), 0.5, "same name")
        for number, latitude, country in ((142363, 38.4291, "IR"), (148442, 38.456, "AZ"))
    ),
)


def state(page):
    """What the page says of itself."""
    return page.evaluate("visitmap.state()")


def settle(page, milliseconds):
    """Let the page's own clock run on and two frames be drawn, however slow the machine is."""
    page.evaluate(
        "(wait) => new Promise((done) => setTimeout("
        "() => requestAnimationFrame(() => requestAnimationFrame(done)), wait))",
        milliseconds,
    )


OVERFLOWS = """(names) => [...names, 'html'].filter((name) => {
  const box = document.querySelector(name);
  return box && box.scrollWidth > box.clientWidth + 1;
})"""
