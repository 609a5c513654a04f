"""GPX, iCalendar, Linked Places and RO-Crate, read back by the libraries their users have."""

import json
from datetime import date
from pathlib import Path

import gpxpy
import icalendar
import pytest
from pyld import jsonld

import visitmap as vm
from visitmap.model import Visit

# The terms of Linked Places that we use, as its context maps them (the context itself lies online).
LPF = {
    "@version": 1.1,
    "geojson": "https://purl.org/geojson/vocab#",
    "lpo": "http://linkedpasts.org/ontology/lpo#",
    "FeatureCollection": "geojson:FeatureCollection",
    "Feature": "geojson:Feature",
    "features": {"@id": "geojson:features", "@container": "@set"},
    "properties": "geojson:properties",
    "names": "lpo:name_attestation",
    "toponym": "http://www.w3.org/2000/01/rdf-schema#label",
    "when": "lpo:when",
    "timespans": "lpo:timespan",
    "descriptions": "lpo:description",
    "value": "@value",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, seed_visits: list[Visit]) -> Path:
    """The seed's visits in these formats."""
    found = tmp_path_factory.mktemp("read-back")
    for name in ("visits.gpx", "visits.ics", "visits.lpf.json"):
        vm.export(seed_visits, found / name)
    return found


def test_gpxpy_finds_a_waypoint_for_each_visit(folder: Path, seed_visits: list[Visit]) -> None:
    """Within a metre of the destination, with who and where as its name."""
    gpx = gpxpy.parse((folder / "visits.gpx").read_text("utf-8"))
    found = sorted((round(one.longitude, 4), round(one.latitude, 4)) for one in gpx.waypoints)
    assert found == sorted(
        (round(one.destination.longitude, 4), round(one.destination.latitude, 4))
        for one in seed_visits
        if one.destination.is_resolved
    )
    assert any("Bakou" in one.name for one in gpx.waypoints)


def test_icalendar_finds_whole_days(folder: Path, seed_visits: list[Visit]) -> None:
    """Every dated visit is an event of whole days; the end is exclusive, as RFC 5545 has it."""
    calendar = icalendar.Calendar.from_ical((folder / "visits.ics").read_bytes())
    events = list(calendar.walk("VEVENT"))
    assert events
    assert all(type(one.decoded("DTSTART")) is date for one in events)
    assert all(one.decoded("DTSTART") < one.decoded("DTEND") for one in events if "DTEND" in one)
    days = {one.decoded("DTSTART") for one in events}
    exact = {one.timespan.start for one in seed_visits if len(one.timespan.start) == 10}
    assert {date.fromisoformat(one) for one in exact} <= days
    assert len({str(one["UID"]) for one in events}) == len(events)


def test_a_processor_reads_linked_places(folder: Path, seed_visits: list[Visit]) -> None:
    """As JSON-LD: one node a visit, with its place's name and its time."""
    document = json.loads((folder / "visits.lpf.json").read_text("utf-8"))
    assert document["@context"].startswith("https://")

    def load(address: str, options: object) -> dict:
        assert address == document["@context"]
        return {"contextUrl": None, "documentUrl": address, "document": {"@context": LPF}}

    (graph,) = jsonld.expand(document, {"documentLoader": load})
    features = graph["https://purl.org/geojson/vocab#features"]
    assert {one["@id"] for one in features} == {f"urn:visitmap:{v.visit_id}" for v in seed_visits}
    label = "http://www.w3.org/2000/01/rdf-schema#label"
    names = {
        name[label][0]["@value"]
        for one in features
        for name in one["http://linkedpasts.org/ontology/lpo#name_attestation"]
    }
    assert names == {one.destination.name for one in seed_visits}
    dated = [one for one in features if "http://linkedpasts.org/ontology/lpo#when" in one]
    # "in February" of an unknown year is no time that Linked Places could hold.
    assert len(dated) == sum("XXXX" not in (one.timespan.start or "XXXX") for one in seed_visits)
