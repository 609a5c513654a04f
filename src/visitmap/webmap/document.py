"""Visits and issues to the map document: one JSON-ready dict of columns, as js/data.js reads it.

Visits lie in order of time (the first day they may have begun), undated ones last, so that a page
finds a window by bisection. Nothing here knows HTML or folium.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import chain
from typing import Any, get_args
from unicodedata import combining, normalize

import numpy as np

from visitmap.model import (
    Candidate,
    Evidence,
    Issue,
    OriginBasis,
    Place,
    PlaceKind,
    Review,
    Source,
    Status,
    Traveller,
    Visit,
    trips,
)
from visitmap.timespan import bounds
from visitmap.webmap.columns import (
    Packed,
    columns_of,
    number_equal,
    number_objects,
    pack_bytes,
    pack_integers,
    pack_json,
    pack_texts,
)

FORMAT_VERSION = 1
LANGUAGES = ("fr", "en", "fa")
PlaceNames = Callable[[str, str], str]

STATUSES: tuple[str, ...] = ("planned", "ongoing", "happened", "cancelled", "denied")
REVIEWS: tuple[str, ...] = ("unreviewed", "accepted", "corrected", "rejected")
ORIGIN_BASES: tuple[str, ...] = ("", "stated", "implied")
KINDS: tuple[str, ...] = ("city", "site", "region", "country")

_EPOCH = date(1970, 1, 1).toordinal()
_FORM_EMPTY, _FORM_DAY, _FORM_MONTH, _FORM_YEAR, _FORM_OTHER = range(5)
_UNKNOWN_BITS = (1, 2, 4, 8)  # in the order of the four bounds
_UNDATED = sum(_UNKNOWN_BITS)
_NO_DAY = np.iinfo(np.int64).min
_FIRST_DAY, _LAST_DAY = date.min.toordinal() - _EPOCH, date.max.toordinal() - _EPOCH

assert set(STATUSES) == set(get_args(Status)) and set(REVIEWS) == set(get_args(Review))
assert set(KINDS) == set(get_args(PlaceKind)) and set(ORIGIN_BASES) == set(get_args(OriginBasis))


def build_document(
    visits: Iterable[Visit],
    issues: Iterable[Issue] = (),
    *,
    title: str = "",
    language: str = "en",
    place_names: PlaceNames | None = None,
    attributions: Sequence[dict[str, str]] = (),
) -> dict[str, Any]:
    """The document of these visits; `place_names(place_id, language)` gives "" when it has none."""
    given, issues = list(visits), list(issues)
    days = _Days(given)
    ordered = [given[i] for i in days.order]
    columns, texts, tables, places = _visit_columns(given, ordered)
    columns |= days.columns() | _place_columns(places)
    for part in (_evidence_columns(given), _issue_columns(ordered, issues)):
        columns |= part[0]
        texts |= part[1]
    tables["edtf"] = days.other_texts
    tables["places"] = [_place_row(place, place_names) for place in places]
    return {
        "format": "visitmap",
        "version": FORMAT_VERSION,
        "title": title,
        "language": language,
        "n": len(ordered),
        "counts": {"visits": len(ordered), "undated": days.undated, "places": len(places)},
        "attributions": list(attributions),
        "mentioned": _mentioned(issues, place_names),
        "tables": pack_json(tables),
        "columns": columns,
        "texts": texts,
    }


class _Days:
    """The four bounds of all visits as arrays, by rule the same as `Timespan`'s properties.

    Texts of starts and ends repeat far more than timespans do, so each distinct text is read once
    and the bounds are combined for all visits at a time. A test holds this to `Timespan`.
    """

    def __init__(self, visits: Sequence[Visit]) -> None:
        begun, ended, stays = columns_of(
            visits, "timespan.start", "timespan.end", "timespan.duration_days"
        )
        self.duration = _array(days or 0 for days in stays)
        starts, self._start = number_equal(begun)
        ends, self._end = number_equal(ended)
        self._texts: dict[str, int] = {}
        first = _bounds_table(starts)[:, self._start]
        last = _bounds_table(ends)[:, self._end]
        said = np.array([bool(text) for text in ends], bool)[self._end]
        self._combine(first, last, said)
        self._forms = [_array([self._form(text) for text in names]) for names in (starts, ends)]
        self.order = np.lexsort((self.end_latest, self.begin, self.unknown == _UNDATED))
        self.undated = int((self.unknown == _UNDATED).sum())

    def _combine(self, first: np.ndarray, last: np.ndarray, said: np.ndarray) -> None:
        """Timespan's four properties, over arrays; `_NO_DAY` stands for None."""
        self.start_earliest = first[0]
        self.start_latest = _least(first[1], last[1])
        told = np.maximum(last[0], self.start_earliest)
        self.end_earliest = np.where(said, told, self._after_stay(self.start_earliest))
        self.end_latest = np.where(said, last[1], self._after_stay(self.start_latest))
        four = (self.start_earliest, self.start_latest, self.end_earliest, self.end_latest)
        self.unknown = sum(
            np.where(days == _NO_DAY, bit, 0) for days, bit in zip(four, _UNKNOWN_BITS, strict=True)
        )
        self.begin = np.zeros(len(said), np.int64)
        for days in reversed(four):
            self.begin = np.where(days == _NO_DAY, self.begin, days)

    def _after_stay(self, days: np.ndarray) -> np.ndarray:
        moved = np.clip(days + np.maximum(self.duration - 1, 0), _FIRST_DAY, _LAST_DAY)
        return np.where(days == _NO_DAY, _NO_DAY, moved)

    def _form(self, text: str) -> int:
        """How the page writes the text again: from its bound, or as the n-th of `other_texts`."""
        if not text:
            return _FORM_EMPTY
        if text.replace("-", "").isascii() and text.replace("-", "").isdigit():
            level = {10: _FORM_DAY, 7: _FORM_MONTH, 4: _FORM_YEAR}.get(len(text))
            if level and not (level == _FORM_MONTH and int(text[5:]) > 12):
                return level
        return _FORM_OTHER + self._texts.setdefault(text, len(self._texts))

    def _slack(self) -> np.ndarray:
        """Days from the earliest end to the latest, or from `begin` where the earliest is open."""
        base = np.where(self.end_earliest == _NO_DAY, self.begin, self.end_earliest)
        return np.where(self.end_latest == _NO_DAY, 0, self.end_latest - base)

    @property
    def other_texts(self) -> list[str]:
        """The EDTF texts that do not follow from a bound."""
        return list(self._texts)

    def columns(self) -> dict[str, Packed]:
        """The bounds relative to `begin`, in order of time, and the forms of the texts.

        `given` is the position of each visit in the order given, where ids and evidence lie.
        """
        order = self.order
        begin = self.begin[order]

        def after(days: np.ndarray) -> Packed:
            return pack_integers(np.where(days == _NO_DAY, 0, days - self.begin)[order])

        return {
            "given": pack_integers(order),
            "begin": pack_integers(begin),
            "unknown": pack_integers(self.unknown[order]),
            "start_latest": after(self.start_latest),
            "end_earliest": after(self.end_earliest),
            "end_latest": pack_integers(self._slack()[order]),
            "start_form": pack_integers(self._forms[0][self._start][order]),
            "end_form": pack_integers(self._forms[1][self._end][order]),
            "duration": pack_integers(self.duration[order]),
        }


def _bounds_table(texts: Iterable[str]) -> np.ndarray:
    """Two rows, earliest and latest day of each text."""
    found = [bounds(text) for text in texts]
    return np.array(
        [[_day(one.earliest) for one in found], [_day(one.latest) for one in found]], np.int64
    ).reshape(2, -1)


def _day(value: date | None) -> int:
    return _NO_DAY if value is None else value.toordinal() - _EPOCH


def _least(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    smaller = np.minimum(one, other)
    return np.where(smaller == _NO_DAY, np.maximum(one, other), smaller)


def _array(values: Iterable[int]) -> np.ndarray:
    return np.array(list(values), np.int64)


def _visit_columns(
    given: Sequence[Visit], ordered: Sequence[Visit]
) -> tuple[dict[str, Packed], dict[str, Packed], dict[str, Any], list[Place]]:
    names = ("travellers", "source", "trip_id", "status", "review", "certainty", "origin_basis")
    who, told, journey, status, review, certainty, basis = columns_of(ordered, *names)
    places, origin, destination, leg_origin = _ends_of(given, ordered)
    parties, party = number_objects(who)
    sources, source = number_objects(told)
    journeys, trip = number_equal(["", *journey])
    numbers = {
        "status": _mapped(status, _positions(STATUSES).__getitem__),
        "review": _mapped(review, _positions(REVIEWS).__getitem__),
        "certainty": _mapped(certainty, _percent),
        "origin": origin,
        "origin_basis": _mapped(basis, _positions(ORIGIN_BASES).__getitem__),
        "destination": destination,
        "party": party,
        "source": source,
        "trip": trip[1:],
    }
    if leg_origin is not None:
        numbers["leg_origin"] = leg_origin
    columns = {name: pack_integers(values) for name, values in numbers.items()}
    ids, texts = _pack_ids(columns_of(given, "visit_id", "trip_id")[0])
    purposes, hosts = columns_of(ordered, "purpose", "hosts")
    texts |= {"purpose": pack_texts(purposes), "hosts": pack_texts(list(map(_hosts, hosts)))}
    tables = _party_tables(parties) | {
        "sources": [_source_row(one) for one in sources],
        "trips": journeys[1:],
    }
    return columns | ids, texts, tables, places


def _mapped(values: Sequence[Any], rule: Callable[[Any], int]) -> np.ndarray:
    """The rule's number for each value; each distinct value is asked about once."""
    distinct, rows = number_equal(values)
    return _array(map(rule, distinct))[rows]


def _ends_of(
    given: Sequence[Visit], ordered: Sequence[Visit]
) -> tuple[list[Place], np.ndarray, np.ndarray, np.ndarray | None]:
    """The places, and by visit the position of origin, destination and leg's origin; -1 is none.

    The last is None where no visit belongs to a journey.
    """
    origins, destinations = columns_of(ordered, "origin", "destination")
    begins = _leg_origins(given, ordered)
    distinct, position = number_objects([None, *origins, *destinations, *begins])
    count = len(ordered)
    origin, destination, leg_origin = np.split(position[1:] - 1, [count, 2 * count])
    return distinct[1:], origin, destination, leg_origin if begins else None


def _percent(certainty: float) -> int:
    return min(100, max(0, round(certainty * 100)))


def _hosts(hosts: tuple[str, ...]) -> str:
    return json.dumps(hosts, ensure_ascii=False) if hosts else ""


def _positions(names: Sequence[str]) -> dict[str, int]:
    return {name: position for position, name in enumerate(names)}


def _leg_origins(given: Sequence[Visit], ordered: Sequence[Visit]) -> list[Place | None]:
    """Where each drawn leg begins: the visit's origin or, within a journey, the stop before.

    Empty when no visit belongs to a journey.
    """
    journeys = [visit for visit in given if visit.trip_id]
    if not journeys:
        return []
    begins: dict[int, Place | None] = {id(visit): None for visit in journeys}
    for trip in trips(journeys):
        begins.update({id(leg.visit): leg.origin for leg in trip.legs})
    return [begins.get(id(visit), visit.origin) for visit in ordered]


def _party_tables(parties: Sequence[tuple[Traveller, ...]]) -> dict[str, Any]:
    members = [traveller for party in parties for traveller in party]
    travellers, positions = number_equal(members)
    ends = np.cumsum([len(party) for party in parties])[:-1]
    groups = [part.tolist() for part in np.split(positions, ends)] if len(parties) else []
    rows = [[one.name, one.role, one.country] for one in travellers]
    return {"parties": groups, "travellers": rows}


def _source_row(source: Source | None) -> list[str]:
    if source is None:
        return ["", "", "", "", "", ""]
    return [
        source.doc_id,
        source.title,
        source.publisher,
        source.date,
        source.url,
        source.language,
    ]


def _pack_ids(ids: Sequence[str]) -> tuple[dict[str, Packed], dict[str, Packed]]:
    """Ids in the order given: numbers or bytes where all are decimal or hexadecimal, else texts."""
    letters, longest = set("".join(ids)), max(map(len, ids), default=0)
    if 0 < longest <= 9 and letters <= set("0123456789") and all(ids):
        numbers = list(map(int, ids))
        if tuple(map(str, numbers)) == tuple(ids):
            return {"visit_id": pack_integers(numbers)}, {}
    even = longest and longest % 2 == 0 and min(map(len, ids)) == longest
    if even and letters <= set("0123456789abcdef"):
        raw = bytes.fromhex("".join(ids))
        return {"visit_id_bytes": {"n": len(raw), "w": 1, "z": pack_bytes(raw)}}, {}
    return {}, {"visit_id": pack_texts(ids)}


def _evidence_columns(given: Sequence[Visit]) -> tuple[dict[str, Packed], dict[str, Packed]]:
    """Evidence in the order given, in which the rows of a table and the offsets of a text rise."""
    told: list[tuple[Evidence, ...]] = [visit.evidence for visit in given]
    evidence = list(chain.from_iterable(told))
    names = ("start", "end", "fields", "quote", "doc_id")
    starts, ends, fields, quotes, documents = columns_of(evidence, *names)
    spans = list(chain.from_iterable(fields))
    columns = {
        "evidence_count": pack_integers(list(map(len, told))),
        "evidence_begin": pack_integers(starts),
        "evidence_length": pack_integers(np.subtract(ends, starts)),
        "field_count": pack_integers(list(map(len, fields))),
    }
    texts = {
        "quote": pack_texts(quotes),
        "evidence_doc": pack_texts(documents),
        "field_name": pack_texts([name for name, _ in spans]),
        "field_text": pack_texts([span.text for _, span in spans]),
    }
    return columns, texts


def _issue_columns(
    ordered: Sequence[Visit], issues: Sequence[Issue]
) -> tuple[dict[str, Packed], dict[str, Packed]]:
    """The issues that are about one of the visits."""
    position = {visit.visit_id: at for at, visit in enumerate(ordered)} if issues else {}
    ours = [issue for issue in issues if issue.visit_id in position]
    columns = {"issue_visit": pack_integers([position[issue.visit_id] for issue in ours])}
    texts = {
        "issue_code": pack_texts([issue.code for issue in ours]),
        "issue_message": pack_texts([issue.message for issue in ours]),
    }
    return columns, texts


def _mentioned(issues: Iterable[Issue], place_names: PlaceNames | None) -> list[dict[str, Any]]:
    """Places a text mentions without anyone travelling there, each with all its candidates."""
    return [
        {
            "name": issue.toponym or issue.candidates[0].place.name,
            "message": issue.message,
            "candidates": [
                _candidate(one, place_names) for one in issue.candidates if one.place.is_resolved
            ],
        }
        for issue in issues
        if issue.candidates and not issue.visit_id
    ]


def _candidate(candidate: Candidate, place_names: PlaceNames | None) -> dict[str, Any]:
    place = candidate.place
    return {
        "name": place.name,
        "names": _names(place, place_names),
        "country": place.country,
        "kind": place.kind,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "score": round(candidate.score, 3),
        "reason": candidate.reason,
    }


def _place_columns(places: Sequence[Place]) -> dict[str, Packed]:
    def quantised(degrees: float | None) -> int:
        return 0 if degrees is None else round(degrees * 1e5)

    return {
        "place_latitude": pack_integers([quantised(place.latitude) for place in places]),
        "place_longitude": pack_integers([quantised(place.longitude) for place in places]),
        "place_resolved": pack_integers([int(place.is_resolved) for place in places]),
    }


def _place_row(place: Place, place_names: PlaceNames | None) -> list[Any]:
    names = _names(place, place_names)
    key = place.id or f"{place.name}|{place.country}|{place.latitude}|{place.longitude}"
    row = [key, place.name, place.country, KINDS.index(place.kind), place.precision_km]
    return [*row, names] if names else row


def _names(place: Place, place_names: PlaceNames | None) -> dict[str, str]:
    """The place's names that differ from the one the document uses, by language."""
    if place_names is None or not place.id:
        return {}
    found = {language: place_names(place.id, language) for language in LANGUAGES}
    if place.name.isascii() and place.name not in (found["fr"], found["fa"]):
        found["en"] = ""  # an English article's own word: Leningrad stays Leningrad
    return {
        language: name
        for language, name in found.items()
        if name and place.name not in (name, _without_accents(name))
    }


def _without_accents(name: str) -> str:
    """`Āstārā` as an English article writes it; such a name is as good as the gazetteer's."""
    return "".join(one for one in normalize("NFKD", name) if not combining(one))
