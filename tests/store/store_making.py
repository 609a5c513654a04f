"""Documents, visits and issues to test with."""

from visitmap.model import (
    Decision,
    Document,
    Evidence,
    Issue,
    Place,
    Source,
    Span,
    Traveller,
    Visit,
)
from visitmap.timespan import Timespan

PARIS = Place("Paris", "geonames:2988507", 48.85341, 2.3488, "FR", population=2138551)
ASTARA = Place("Astara", "geonames:148442", 38.45, 48.875, "AZ")


def document(doc_id: str = "a", text: str = "Ada went to Paris on 3 May 2018.") -> Document:
    """A short article."""
    return Document(text, Source(doc_id, title="News", date="2018-05-04", language="en"))


def visit(
    visit_id: str = "v1",
    *,
    doc_id: str = "a",
    who: str = "Ada",
    place: Place = PARIS,
    when: str = "2018-05-03",
    certainty: float = 0.9,
    start: int = 0,
) -> Visit:
    """A visit with one piece of evidence in `doc_id`."""
    quote = "Ada went to Paris on 3 May 2018."
    fields = (("traveller", Span(start, start + 3, who)),)
    return Visit(
        visit_id=visit_id,
        travellers=(Traveller(who, "minister", "GB"),),
        destination=place,
        timespan=Timespan(when),
        certainty=certainty,
        evidence=(Evidence(doc_id, start, start + len(quote), quote, fields),),
        source=document(doc_id).source,
    )


def issue(visit_id: str = "v1", code: str = "place-ambiguous", doc_id: str = "a") -> Issue:
    """A doubt about a visit, or about a mentioned place when `visit_id` is empty."""
    evidence = Evidence(doc_id, 0, 5, f"Ada{code}")
    return Issue(code, "Two places", visit_id=visit_id, evidence=(evidence,), toponym="Astara")


def decision(visit_id: str = "v1", action: str = "accept", who: str = "", **changes: str):
    """A decision whose changes are given as keywords."""
    return Decision(visit_id, action, who, "", "", tuple(changes.items()))
