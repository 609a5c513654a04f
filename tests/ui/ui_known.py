"""Visits that are known by heart, one of them hostile."""

import re
from pathlib import Path

from visitmap.model import (
    Candidate,
    Evidence,
    Issue,
    Place,
    Source,
    Traveller,
    Visit,
)
from visitmap.timespan import Timespan

ROOT = Path(__file__).parents[2]
# Markup, a template, Markdown and a script in every field that a document fills.
HOSTILE = "<script>alert(1)</script> {{7*7}} ${8*8} [x](javascript:alert(2)) **b** `c` :red[d]"
BAKU = Place("Baku", "geonames:587084", 40.377, 49.892, "AZ", "city", population=1_116_513)
TEHRAN = Place("Tehran", "geonames:112931", 35.694, 51.421, "IR", "city", population=7_153_309)
ASTARA_AZ = Place("Astara", "geonames:148445", 38.455, 48.875, "AZ", "city", "Astara", 15_190)
ASTARA_IR = Place("Astara", "geonames:142676", 38.429, 48.872, "IR", "city", "Gilan", 39_065)
TEXT = "President Rohani flew to Baku on 28 March 2018. He stopped in Astara. " + HOSTILE


def visit(number, name, place, start, quote, **others):
    """A visit with its sentence in the article."""
    begin = TEXT.index(quote)
    piece = Evidence("article", begin, begin + len(quote), quote)
    fields = {"origin": TEHRAN, "origin_basis": "implied", "certainty": 0.9} | others
    return Visit(
        f"{number:016x}",
        (Traveller(name, "president", "IR"),),
        place,
        Timespan(start),
        evidence=(piece,),
        source=Source("article", title="An article", language="en"),
        **fields,
    )


def known_visits():
    """Three visits: a certain one, one whose place is doubtful, one that is hostile."""
    return [
        visit(1, "Hassan Rohani", BAKU, "2018-03-28", "President Rohani flew to Baku on"),
        visit(2, "Hassan Rohani", ASTARA_AZ, "2017-10", "He stopped in Astara.", certainty=0.5),
        visit(3, HOSTILE, BAKU, "", HOSTILE, certainty=0.3, purpose=HOSTILE),
    ]


def known_issues():
    """A doubtful place of a visit, and one that a text only mentions."""
    both = (Candidate(ASTARA_AZ, 0.5, "in Azerbaijan"), Candidate(ASTARA_IR, 0.5, HOSTILE))
    piece = known_visits()[1].evidence
    return [
        Issue("place-ambiguous", "2 places", visit_id=f"{2:016x}", candidates=both,
              toponym="Astara", evidence=piece),
        Issue("place-ambiguous", "2 places", candidates=both, toponym="Astara", evidence=piece),
    ]  # fmt: skip


def said(at):
    """Everything on the page that Streamlit reads as Markdown."""
    kinds = (at.markdown, at.caption, at.info, at.warning, at.error, at.success, at.title)
    return [str(one.value) for kind in (*kinds, at.header) for one in kind]


def button(at, name):
    """A deciding button; its key ends in a mark of what it decides on."""
    (found,) = [one for one in at.button if one.key and re.match(f"{name}_[0-9a-f]+$", one.key)]
    return found
