"""GeoJSON and its relatives: reading GeoJSON, Linked Places, KML, KMZ and GPX in Python alone.

Foreign files are never given to GDAL, which opens whatever a file pretends to be.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from visitmap.errors import InputError
from visitmap.tables.archives import open_archive, part_of
from visitmap.tables.columns import COLUMNS
from visitmap.tables.delimited import decode
from visitmap.tables.markup import parse_xml, text_of
from visitmap.tables.sheet import Limits, Sheet, sheet_of_records

Record = dict[str, Any]
Point = tuple[float, float]


def read_json(data: bytes, name: str, limits: Limits) -> Sheet:
    """A list of records, GeoJSON, Linked Places, or a TimelineJS document."""
    text, _ = decode(data, name)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"the JSON is broken ({error})", where=name, remedy="Export the file anew"
        ) from None
    records = list(_records(value, name))
    if not records:
        raise InputError("the file holds no rows", where=name, remedy="Give a file with records")
    return sheet_of_records(name, records, limits, typed=True)


def _records(value: Any, name: str) -> Iterator[Record]:
    if isinstance(value, dict) and value.get("type") == "Feature":
        value = {"features": [value]}
    broken = isinstance(value, dict) and not isinstance(value.get("features", []), list)
    if broken:
        raise InputError(
            "its features are no list", where=name, remedy="Give GeoJSON, or a list of objects"
        )
    if isinstance(value, dict):
        for key in ("features", "events", "visits", "rows", "data", "records", "results"):
            if isinstance(value.get(key), list):
                value = value[key]
                break
        else:
            value = [value]
    if not isinstance(value, list):
        value = [value]
    for item in value:
        if not isinstance(item, dict):
            raise InputError(
                "the file holds something other than records", where=name,
                remedy="Give a list of objects, or GeoJSON",
            )  # fmt: skip
        yield _record(item)


def _record(item: Record) -> Record:
    if item.get("type") == "Feature" or isinstance(item.get("geometry"), dict):
        return _feature(item)
    if isinstance(item.get("start_date"), dict):
        return _timeline_event(item)
    return {str(key): json_cell(cell) for key, cell in item.items()}


def json_cell(value: Any) -> Any:
    """A JSON value as a cell: what is neither text nor number becomes JSON text."""
    if value is None or (isinstance(value, str | int | float) and not isinstance(value, bool)):
        return value
    return json.dumps(value, ensure_ascii=False)


def _feature(item: Record) -> Record:
    properties = item.get("properties")
    record = {str(k): json_cell(v) for k, v in (properties or {}).items()}
    if set(COLUMNS) <= record.keys():
        return record
    record |= {k: v for k, v in _when(item.get("when")).items() if not record.get(k)}
    if isinstance(item.get("@id"), str):
        record.setdefault("url", item["@id"])
    record |= _points(_line(item.get("geometry")))
    if "ccodes" in record and isinstance(properties.get("ccodes"), list):
        record["ccodes"] = " ".join(properties["ccodes"][:1])
    if "@id" in item or "names" in item:
        record.setdefault("destination", record.pop("title", ""))
    return record


def _when(when: Any) -> Record:
    """The first timespan of a `when`: `{start: {in | earliest, latest}, end: …}`."""
    spans = when.get("timespans") if isinstance(when, dict) else None
    if not isinstance(spans, list) or not spans or not isinstance(spans[0], dict):
        return {}
    return {side: _side(spans[0].get(side)) for side in ("start", "end") if spans[0].get(side)}


def _side(value: Any) -> str:
    if not isinstance(value, dict):
        return str(value)
    if "in" in value:
        return str(value["in"])
    earliest, latest = (str(value.get(key, "..")) for key in ("earliest", "latest"))
    return earliest if earliest == latest else f"{earliest}/{latest}"


def _line(geometry: Any) -> list[Point]:
    """Longitude and latitude of a geometry's first and last point; one for a point."""
    if not isinstance(geometry, dict):
        return []
    if geometry.get("type") == "GeometryCollection":
        return next(filter(None, map(_line, geometry.get("geometries") or [])), [])
    points = list(_flat(geometry.get("coordinates")))
    if geometry.get("type") in ("Polygon", "MultiPolygon", "MultiPoint") and points:
        count = len(points)
        return [(sum(x for x, _ in points) / count, sum(y for _, y in points) / count)]
    return points if len(points) < 2 else [points[0], points[-1]]


def _flat(coordinates: Any) -> Iterator[Point]:
    if not isinstance(coordinates, list) or not coordinates:
        return
    if all(isinstance(one, int | float) for one in coordinates[:2]) and len(coordinates) > 1:
        yield coordinates[0], coordinates[1]
        return
    for one in coordinates:
        yield from _flat(one)


def _points(line: list[Point]) -> Record:
    if not line:
        return {}
    found = {"destination_longitude": line[-1][0], "destination_latitude": line[-1][1]}
    if len(line) > 1:
        found |= {"origin_longitude": line[0][0], "origin_latitude": line[0][1]}
    return found


def _timeline_event(item: Record) -> Record:
    text, media = item.get("text") or {}, item.get("media") or {}
    record = {"Headline": text.get("headline", ""), "Text": text.get("text", "")}
    for prefix, key in (("", "start_date"), ("End ", "end_date")):
        for part in ("year", "month", "day"):
            record[f"{prefix}{part.title()}"] = str((item.get(key) or {}).get(part) or "")
    return {**record, "Media": media.get("url", ""), "Group": item.get("group") or ""}


def read_kml(data: bytes, name: str, limits: Limits) -> Sheet:
    """The placemarks of a KML document, with their own data and time spans."""
    root = parse_xml(data, name)
    records = [_placemark(one) for one in root.iter("Placemark")]
    if not records:
        raise InputError("the file has no placemarks", where=name, remedy="Give a file with some")
    return sheet_of_records(name, records, limits)


def read_kmz(data: bytes, name: str, limits: Limits) -> Sheet:
    """The KML document inside a KMZ archive."""
    archive = open_archive(data, name, limits)
    part = next((one for one in archive.namelist() if one.lower().endswith(".kml")), "doc.kml")
    return read_kml(part_of(archive, part, name, limits), name, limits)


def _placemark(mark: Element) -> Record:
    record: Record = {}
    for one in mark.iter("Data"):
        record[one.get("name", "")] = text_of(one, "value")
    for one in mark.iter("SimpleData"):
        record[one.get("name", "")] = one.text or ""
    if set(COLUMNS) <= record.keys():
        return record
    record.setdefault("destination", text_of(mark, "name"))
    record.setdefault("description", text_of(mark, "description"))
    begin = text_of(mark, ".//TimeSpan/begin") or text_of(mark, ".//TimeStamp/when")
    record |= {"start": begin[:10], "end": text_of(mark, ".//TimeSpan/end")[:10]}
    numbers = [
        tuple(float(part) for part in triple.split(",")[:2])
        for triple in text_of(mark, ".//coordinates").split()
        if triple.count(",")
    ]
    line = [numbers[0], numbers[-1]] if len(numbers) > 1 else numbers
    return {**record, **_points(line)}  # type: ignore[arg-type]


def read_gpx(data: bytes, name: str, limits: Limits) -> Sheet:
    """The waypoints of a GPX file; without any, the ends of its routes and tracks."""
    root = parse_xml(data, name)
    records = [_waypoint(one) for one in root.findall("wpt")]
    if not records:
        records = [_path(one) for tag in ("rte", "trk") for one in root.findall(tag)]
    if not records:
        raise InputError("the file has no waypoints", where=name, remedy="Give a file with some")
    return sheet_of_records(name, records, limits)


def _waypoint(point: Element) -> Record:
    link = point.find("link")
    return {
        "destination": text_of(point, "name"),
        "description": text_of(point, "desc") or text_of(point, "cmt"),
        "start": text_of(point, "time")[:10],
        "url": link.get("href", "") if link is not None else "",
        "destination_latitude": point.get("lat", ""),
        "destination_longitude": point.get("lon", ""),
    }


def _path(path: Element) -> Record:
    points = [*path.iter("rtept"), *path.iter("trkpt")]
    record = {"destination": text_of(path, "name"), "description": text_of(path, "desc")}
    if not points:
        return record
    times = [text_of(one, "time")[:10] for one in (points[0], points[-1])]
    ends = [(one.get("lon", ""), one.get("lat", "")) for one in (points[0], points[-1])]
    return {**record, "start": times[0], "end": times[1], **_points(ends)}  # type: ignore[arg-type]
