"""Formats for other tools, written: GeoJSON, Linked Places, KML, GPX, iCalendar, COLT, RO-Crate.

GeoJSON, Linked Places and KML carry every column of the visit table in their properties, so that
nothing is lost; the others say what they cannot hold.
"""

from __future__ import annotations

import csv
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from visitmap.model import Issue, Place, Visit, to_record
from visitmap.tables.columns import visits_to_rows
from visitmap.tables.delimited import guarded
from visitmap.timespan import Timespan, bounds

_LPF_CONTEXT = (
    "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/"
    "linkedplaces-context-v1.1.jsonld"
)
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff￾￿]")
# A zip entry's time, so that the same visits give the same bytes.
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def _coordinates(place: Place | None) -> list[float] | None:
    return [place.longitude, place.latitude] if place and place.is_resolved else None  # type: ignore[list-item]


def _geometry(visit: Visit) -> dict[str, Any] | None:
    """The leg as GeoJSON: a line from the origin, or a point."""
    first, last = _coordinates(visit.origin), _coordinates(visit.destination)
    if last is None:
        return None
    if first is None:
        return {"type": "Point", "coordinates": last}
    return {"type": "LineString", "coordinates": [first, last]}


def _when(span: Timespan) -> dict[str, Any] | None:
    """GeoJSON-T and Linked Places: one timespan, `in` a day or between earliest and latest."""
    sides = {"start": (span.start, span.start_earliest, span.start_latest)}
    sides["end"] = (span.end or span.start, span.end_earliest, span.end_latest)
    timespan = {}
    for side, (text, earliest, latest) in sides.items():
        found = _limits(text, earliest, latest)
        if found:
            timespan[side] = found
    return {"timespans": [timespan]} if timespan else None


def _limits(text: str, earliest: date | None, latest: date | None) -> dict[str, str]:
    if text and earliest is not None and earliest == latest:
        return {"in": earliest.isoformat()}
    named = {"earliest": earliest, "latest": latest}
    return {key: day.isoformat() for key, day in named.items() if day is not None}


def _rows(visits: Sequence[Visit]) -> list[dict[str, Any]]:
    rows = visits_to_rows(visits)
    for row in rows:
        if row.get("more"):
            row["more"] = json.loads(row["more"])  # type: ignore[arg-type]
    return rows


def _write_collection(path: Path, head: dict[str, Any], features: Iterator[dict[str, Any]]) -> None:
    """A feature collection, one feature a line: large files stay readable and diffable."""
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "features": [\n')
        for number, feature in enumerate(features):
            stream.write(",\n" if number else "")
            stream.write(json.dumps(feature, ensure_ascii=False, allow_nan=False))
        stream.write("\n]}\n")


def write_geojson(visits: Sequence[Visit], path: Path) -> list[str]:
    """GeoJSON with a `when` beside each geometry (the GeoJSON-T convention)."""

    def features() -> Iterator[dict[str, Any]]:
        for visit, row in zip(visits, _rows(visits), strict=True):
            feature = {"type": "Feature", "id": visit.visit_id, "properties": row}
            when = _when(visit.timespan)
            yield {**feature, "geometry": _geometry(visit), **({"when": when} if when else {})}

    _write_collection(path, {"type": "FeatureCollection"}, features())
    return []


def write_lpf(visits: Sequence[Visit], path: Path) -> list[str]:
    """Linked Places Format 1.1: one place a feature, with the visit as its timespan."""

    def features() -> Iterator[dict[str, Any]]:
        for visit, row in zip(visits, _rows(visits), strict=True):
            yield _lpf_feature(visit, row)

    head = {"type": "FeatureCollection", "@context": _LPF_CONTEXT}
    _write_collection(path, head, features())
    return ["Linked Places tells of places: who travelled stands in each feature's properties."]


def _lpf_feature(visit: Visit, row: dict[str, Any]) -> dict[str, Any]:
    place, when = visit.destination, _when(visit.timespan)
    point = _coordinates(place)
    geometry = {"type": "Point", "coordinates": point} if point else None
    toponym: dict[str, Any] = {"toponym": place.name}
    if visit.source and visit.source.title:
        toponym["citations"] = [{"label": visit.source.title, "@id": visit.source.url}]
    title = {"ccodes": [place.country] if place.country else []}
    feature: dict[str, Any] = {
        "@id": f"urn:visitmap:{visit.visit_id}",
        "type": "Feature",
        "properties": {**row, **title},
        "names": [toponym],
        "geometry": geometry,
    }
    if when:
        feature["when"] = when
    if visit.evidence:
        feature["descriptions"] = [{"value": visit.evidence[0].quote}]
    if place.id.startswith("geonames:"):
        same = place.id.replace("geonames:", "gn:")
        feature["links"] = [{"type": "closeMatch", "identifier": same}]
    return feature


def _xml(text: Any) -> str:
    return escape(_NOT_XML.sub("", str(text)))


def _attribute(text: str) -> str:
    return quoteattr(_NOT_XML.sub("", text))


def _said(visit: Visit) -> str:
    """Who went where, in a few words."""
    who = ", ".join(one.name for one in visit.travellers if one.name)
    return " → ".join(filter(None, (who, visit.destination.name))) or visit.visit_id


def _kml(visits: Sequence[Visit]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Visits</name>\n'
    for visit, row in zip(visits, visits_to_rows(visits), strict=True):
        yield _placemark(visit, row)
    yield "</Document></kml>\n"


def _placemark(visit: Visit, row: dict[str, Any]) -> str:
    quote = visit.evidence[0].quote if visit.evidence else ""
    data = "".join(
        f"<Data name={_attribute(name)}><value>{'' if cell is None else _xml(cell)}</value></Data>"
        for name, cell in row.items()
    )
    return (
        f"<Placemark><name>{_xml(_said(visit))}</name><description>{_xml(quote)}</description>"
        f"{_kml_time(visit.timespan)}<ExtendedData>{data}</ExtendedData>{_kml_shape(visit)}"
        "</Placemark>\n"
    )


def _kml_time(span: Timespan) -> str:
    ends = (("begin", span.start_earliest), ("end", span.end_latest))
    said = "".join(f"<{tag}>{day.isoformat()}</{tag}>" for tag, day in ends if day)
    return f"<TimeSpan>{said}</TimeSpan>" if said else ""


def _kml_shape(visit: Visit) -> str:
    first, last = _coordinates(visit.origin), _coordinates(visit.destination)
    if last is None:
        return ""
    end = "{!r},{!r}".format(*last)
    if first is None:
        return f"<Point><coordinates>{end}</coordinates></Point>"
    both = "{!r},{!r} ".format(*first) + end
    return f"<LineString><tessellate>1</tessellate><coordinates>{both}</coordinates></LineString>"


def write_kml(visits: Sequence[Visit], path: Path) -> list[str]:
    """KML 2.2 with a TimeSpan a placemark, from the earliest to the latest day."""
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(_kml(visits))
    return _vague(visits, "KML's time slider shows")


def write_kmz(visits: Sequence[Visit], path: Path) -> list[str]:
    """The same KML, zipped."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("doc.kml", _ZIP_TIME), "".join(_kml(visits)))
    return _vague(visits, "KML's time slider shows")


def _vague(visits: Sequence[Visit], who: str) -> list[str]:
    count = sum(one.timespan.start_earliest != one.timespan.start_latest for one in visits)
    if not count:
        return []
    return [f"{count} visits without an exact day: {who} their earliest and latest days."]


def write_gpx(visits: Sequence[Visit], path: Path) -> list[str]:
    """GPX 1.1: a waypoint a visit and a route a leg."""
    placed = [visit for visit in visits if visit.destination.is_resolved]
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write('<?xml version="1.0" encoding="UTF-8"?>\n<gpx version="1.1" ')
        stream.write('creator="visitmap" xmlns="http://www.topografix.com/GPX/1/1">\n')
        stream.writelines(_waypoint("wpt", visit.destination, visit) for visit in placed)
        stream.writelines(map(_route, placed))
        stream.write("</gpx>\n")
    notes = ["GPX holds a name, a day, the quote and the points; the other columns are left out."]
    if lost := len(visits) - len(placed):
        notes.append(f"{lost} visits without coordinates are left out.")
    return notes


def _waypoint(tag: str, place: Place, visit: Visit) -> str:
    quote = visit.evidence[0].quote if visit.evidence else ""
    url = visit.source.url if visit.source else ""
    day = visit.timespan.start_earliest
    exact = day is not None and day == visit.timespan.start_latest
    time = f"<time>{day}T00:00:00Z</time>" if exact and tag == "wpt" else ""
    link = f"<link href={_attribute(url)}/>" if url and tag == "wpt" else ""
    name = _said(visit) if tag == "wpt" else place.name
    said = f"<desc>{_xml(quote)}</desc>" if tag == "wpt" and quote else ""
    return (
        f'<{tag} lat="{place.latitude:.7f}" lon="{place.longitude:.7f}">{time}'
        f"<name>{_xml(name)}</name>{said}{link}</{tag}>\n"
    )


def _route(visit: Visit) -> str:
    if visit.origin is None or not visit.origin.is_resolved:
        return ""
    ends = (_waypoint("rtept", place, visit) for place in (visit.origin, visit.destination))
    return f"<rte><name>{_xml(_said(visit))}</name>\n{''.join(ends)}</rte>\n"


_ICS_STATUS = {"planned": "TENTATIVE", "cancelled": "CANCELLED", "denied": "CANCELLED"}


def write_ics(visits: Sequence[Visit], path: Path) -> list[str]:
    """iCalendar: an all-day event a visit, from its earliest to its latest day."""
    dated = [one for one in visits if one.timespan.start_earliest and _last_day(one.timespan)]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//visitmap//visits//EN"]
    for visit in dated:
        lines += _event(visit)
    with path.open("w", encoding="utf-8", newline="") as stream:
        stream.writelines(_folded(line) for line in [*lines, "END:VCALENDAR"])
    notes = ["iCalendar holds days, place, coordinates and quote; other columns are left out."]
    notes += _vague(dated, "their events span")
    if lost := len(visits) - len(dated):
        notes.append(f"{lost} visits without a first and last day are left out.")
    return notes


def _event(visit: Visit) -> list[str]:
    span = visit.timespan
    first, last = span.start_earliest, _last_day(span)
    quote = visit.evidence[0].quote if visit.evidence else ""
    place = visit.destination
    lines = [
        "BEGIN:VEVENT",
        f"UID:{_ics(visit.visit_id)}@visitmap",
        # The stamp is the visit's own day, not now: the same visits give the same file.
        f"DTSTAMP:{first:%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{first:%Y%m%d}",
        f"DTEND;VALUE=DATE:{_next_day(last):%Y%m%d}",
        f"SUMMARY:{_ics(_said(visit))}",
        f"LOCATION:{_ics(', '.join(filter(None, (place.name, place.country))))}",
        f"STATUS:{_ICS_STATUS.get(visit.status, 'CONFIRMED')}",
        "TRANSP:TRANSPARENT",
    ]
    if place.is_resolved:
        lines.append(f"GEO:{place.latitude:.6f};{place.longitude:.6f}")
    if quote:
        lines.append(f"DESCRIPTION:{_ics(quote)}")
    if visit.source and re.match(r"https?://\S+$", visit.source.url):
        lines.append(f"URL:{visit.source.url}")
    return [*lines, "END:VEVENT"]


def _last_day(span: Timespan) -> date | None:
    """The last day, or the last possible first day of a stay whose end nobody tells."""
    return span.end_latest or (span.start_latest if not span.end else None)


def _next_day(day: date | None) -> date:
    last = day or date.min
    return last if last == date.max else last + timedelta(days=1)


def _ics(text: str) -> str:
    plain = _NOT_XML.sub("", text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return re.sub(r"\r\n?|\n|[\x85\u2028\u2029]", r"\\n", plain)


def _folded(line: str) -> str:
    """A content line cut so that no piece is longer than 75 octets, never within a character."""
    pieces, length = [""], 0
    for char in line:
        size = len(char.encode())
        if length + size > 74:
            pieces.append("")
            length = 0
        pieces[-1] += char
        length += size
    return "\r\n ".join(pieces) + "\r\n"


COLT_COLUMNS = (
    *("TripID", "LeaderFullName", "LeaderRole", "LeaderCountryISO", "CountryVisited"),
    *("CountryVisitedISO", "CityVisited", "TripStartDate", "TripEndDate", "TripDuration"),
    *("HostHOGSName", "Confidence", "SourceLink1"),
)


def write_colt(visits: Sequence[Visit], path: Path) -> list[str]:
    """COLT's own columns, one row for each traveller of a visit; "TBD" for an unknown day."""
    lines = [_colt_row(one, at) for one in visits for at in range(max(len(one.travellers), 1))]
    extra = list(dict.fromkeys(name for line in lines for name in line if name not in COLT_COLUMNS))
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, [*COLT_COLUMNS, *extra], restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows({name: guarded(cell) for name, cell in line.items()} for line in lines)
    return [
        "COLT holds countries, days, hosts and one source: coordinates and quotes are left out."
    ]


def _colt_row(visit: Visit, at: int) -> dict[str, str]:
    from visitmap.tables.countries import alpha_3, country_name

    who = visit.travellers[at] if visit.travellers else None
    span, place = visit.timespan, visit.destination
    city = "" if place.kind == "country" else place.name
    row = {
        "TripID": visit.trip_id or visit.visit_id,
        "LeaderFullName": who.name if who else "",
        "LeaderRole": who.role if who else "",
        "LeaderCountryISO": alpha_3(who.country) if who else "",
        "CountryVisited": country_name(place.country) if place.country else place.name,
        "CountryVisitedISO": alpha_3(place.country),
        "CityVisited": city,
        "TripStartDate": span.start or "TBD",
        "TripEndDate": span.end or "TBD",
        "TripDuration": _colt_days(span),
        "HostHOGSName": "; ".join(visit.hosts),
        "Confidence": str(max(1, round(visit.certainty * 5))),
        "SourceLink1": visit.source.url if visit.source else "",
    }
    return {**row, **{name: text for name, text in visit.extra if name not in row}}


def _colt_days(span: Timespan) -> str:
    first, last = bounds(span.start), bounds(span.end)
    if span.duration_days:
        return str(span.duration_days)
    if first.earliest and first.earliest == first.latest and last.latest == last.earliest:
        return str((last.latest - first.earliest).days + 1) if last.latest else "TBD"
    return "TBD"


def crate_writer(
    issues: Sequence[Issue], writers: dict[str, Callable[[Sequence[Visit], Path], list[str]]]
) -> Callable[[Sequence[Visit], Path], list[str]]:
    """A writer of RO-Crate 1.1 archives: the visits three ways, the issues, and what they are."""

    def write(visits: Sequence[Visit], path: Path) -> list[str]:
        parts = {"issues.jsonl": _issue_lines(issues)}
        for suffix in (".csv", ".jsonl", ".geojson"):
            part = path.with_name(f"visits{suffix}")
            writers[suffix](visits, part)
            parts[part.name] = part.read_bytes()
            part.unlink()
        about = json.dumps(_crate(visits, parts), ensure_ascii=False, indent=1).encode()
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in {"ro-crate-metadata.json": about, **parts}.items():
                archive.writestr(zipfile.ZipInfo(name, _ZIP_TIME), data, zipfile.ZIP_DEFLATED)
        return []

    return write


def _issue_lines(issues: Sequence[Issue]) -> bytes:
    return "".join(json.dumps(to_record(one), ensure_ascii=False) + "\n" for one in issues).encode()


_MEDIA_TYPES = {
    "csv": "text/csv",
    "jsonl": "application/jsonl",
    "geojson": "application/geo+json",
}


def _crate(visits: Sequence[Visit], parts: dict[str, bytes]) -> dict[str, Any]:
    first = min((d for one in visits if (d := one.timespan.start_earliest)), default=None)
    last = max((d for one in visits if (d := one.timespan.end_latest)), default=None)
    said: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        "name": "Visits",
        "description": f"{len(visits)} visits with their sources, written by visitmap",
        "hasPart": [{"@id": name} for name in parts],
    }
    if first and last:
        said["temporalCoverage"] = f"{first}/{last}"
    files = [
        {
            "@id": name,
            "@type": "File",
            "encodingFormat": _MEDIA_TYPES[name.rpartition(".")[2]],
            "contentSize": str(len(data)),
        }
        for name, data in parts.items()
    ]
    descriptor = {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        "about": {"@id": "./"},
    }
    context = "https://w3id.org/ro/crate/1.1/context"
    return {"@context": context, "@graph": [descriptor, said, *files]}
