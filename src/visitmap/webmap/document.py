"""Visits and issues to the map document: one JSON-ready dict of columns, as js/data.js reads it.

Visits lie in order of time (the first day they may have begun), undated ones last, so that a page
finds a window by bisection. Nothing here knows HTML or folium.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import chain
from operator import itemgetter
from typing import Any, get_args
from unicodedata import combining, normalize

import numpy as np

from visitmap.model import (
    Candidate,
    Issue,
    OriginBasis,
    Place,
    PlaceKind,
    Review,
    Source,
    Status,
    Traveller,
    Visit,
    collector_at_rest,
    trips,
)
from visitmap.timespan import Timespan, bounds
from visitmap.webmap.columns import (
    Packed,
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
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")  # 13 and more are seasons and quarters
_YEAR = re.compile(r"[0-9]{4}")
_UNKNOWN_BITS = (1, 2, 4, 8)  # in the order of the four bounds
_UNDATED = sum(_UNKNOWN_BITS)
_NO_DAY = np.iinfo(np.int64).min
_FIRST_DAY, _LAST_DAY = date.min.toordinal() - _EPOCH, date.max.toordinal() - _EPOCH

assert set(STATUSES) == set(get_args(Status)) and set(REVIEWS) == set(get_args(Review))
assert set(KINDS) == set(get_args(PlaceKind)) and set(ORIGIN_BASES) == set(get_args(OriginBasis))


@collector_at_rest()
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
    days = _Days([visit.timespan for visit in given])
    take = _taker(days.order)
    columns, texts, tables, places = _visit_columns(given, days.order, take)
    columns |= days.columns() | _place_columns(places)
    for part in (_evidence_columns(given), _issue_columns(take(given), issues)):
        columns |= part[0]
        texts |= part[1]
    tables["edtf"] = days.other_texts
    tables["places"] = [_place_row(place, place_names) for place in places]
    return {
        "format": "visitmap",
        "version": FORMAT_VERSION,
        "title": title,
        "language": language,
        "n": len(given),
        "counts": {"visits": len(given), "undated": days.undated, "places": len(places)},
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

    def __init__(self, spans: Sequence[Timespan]) -> None:
        self.duration = _array([span.duration_days or 0 for span in spans])
        starts, ends = [span.start for span in spans], [span.end for span in spans]
        names, rows = number_equal(starts + ends)
        self._start, self._end = np.split(rows, 2)
        self._texts: dict[str, int] = {}
        table = _bounds_table(names)
        said = np.array([bool(text) for text in names], bool)[self._end]
        self._combine(table[:, self._start], table[:, self._end], said)
        self._forms = _array([self._form(text) for text in names])
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
        if _DAY.fullmatch(text):
            return _FORM_DAY
        if _MONTH.fullmatch(text):
            return _FORM_MONTH
        if _YEAR.fullmatch(text):
            return _FORM_YEAR
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
            "start_form": pack_integers(self._forms[self._start][order]),
            "end_form": pack_integers(self._forms[self._end][order]),
            "duration": pack_integers(self.duration[order]),
        }


def _bounds_table(texts: Iterable[str]) -> np.ndarray:
    """Two rows, earliest and latest day of each text."""
    found = [_bounds(text) for text in texts]
    return np.array(
        [[_day(first) for first, _ in found], [_day(last) for _, last in found]], np.int64
    ).reshape(2, -1)


def _bounds(text: str) -> tuple[date | None, date | None]:
    """As `bounds`, and quicker for what most dates are, one day."""
    if _DAY.fullmatch(text):
        day = date.fromisoformat(text)
        return day, day
    return bounds(text)


def _day(value: date | None) -> int:
    return _NO_DAY if value is None else value.toordinal() - _EPOCH


def _least(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    smaller = np.minimum(one, other)
    return np.where(smaller == _NO_DAY, np.maximum(one, other), smaller)


def _array(values: Sequence[int]) -> np.ndarray:
    return np.array(values, np.int64)


Take = Callable[[Sequence[Any]], Sequence[Any]]


def _taker(order: np.ndarray) -> Take:
    """What brings values into an order of positions."""
    return itemgetter(*order.tolist()) if len(order) > 1 else list


def _visit_columns(
    given: Sequence[Visit], order: np.ndarray, take: Take
) -> tuple[dict[str, Packed], dict[str, Packed], dict[str, Any], list[Place]]:
    """Columns, texts, tables and places of the visits in an order of positions; `take` makes it.

    Attributes are read in the order given, in which visits lie beside each other in memory.
    """
    places, numbers = _ends_of(given, take)
    parties, party = number_objects(take([visit.travellers for visit in given]))
    sources, source = number_objects(take([visit.source for visit in given]))
    journeys, trip = number_equal(["", *take([visit.trip_id for visit in given])])
    numbers |= _coded_columns(given, order) | {"party": party, "source": source, "trip": trip[1:]}
    columns = {name: pack_integers(values) for name, values in numbers.items()}
    ids, texts = _pack_ids([visit.visit_id for visit in given])
    hosts = take([visit.hosts for visit in given])
    texts["purpose"] = pack_texts(take([visit.purpose for visit in given]))
    texts["hosts"] = pack_texts(list(map(_hosts, hosts)))
    tables = _party_tables(parties) | {
        "sources": [_source_row(one) for one in sources],
        "trips": journeys[1:],
    }
    return columns | ids, texts, tables, places


def _coded_columns(given: Sequence[Visit], order: np.ndarray) -> dict[str, np.ndarray]:
    """What has few values, as numbers."""
    coded = {
        "status": _mapped([visit.status for visit in given], STATUSES.index),
        "review": _mapped([visit.review for visit in given], REVIEWS.index),
        "certainty": _mapped([visit.certainty for visit in given], _percent),
        "origin_basis": _mapped([visit.origin_basis for visit in given], ORIGIN_BASES.index),
    }
    return {name: values[order] for name, values in coded.items()}


def _mapped(values: Sequence[Any], rule: Callable[[Any], int]) -> np.ndarray:
    """The rule's number for each value; each distinct value is asked about once."""
    distinct, rows = number_equal(values)
    return _array(list(map(rule, distinct)))[rows]


def _ends_of(given: Sequence[Visit], take: Take) -> tuple[list[Place], dict[str, np.ndarray]]:
    """The places, and columns of the positions of origin and destination among them; -1 is none.

    A third column, `leg_origin`, is there where some visit belongs to a journey.
    """
    origins = take([visit.origin for visit in given])
    destinations = take([visit.destination for visit in given])
    begins = _leg_origins(given, take)
    distinct, position = number_objects([None, *origins, *destinations, *begins])
    names = ["origin", "destination", "leg_origin"] if begins else ["origin", "destination"]
    columns = np.split(position[1:] - 1, len(names))
    return distinct[1:], dict(zip(names, columns, strict=True))


def _percent(certainty: float) -> int:
    return min(100, max(0, round(certainty * 100)))


def _hosts(hosts: tuple[str, ...]) -> str:
    return json.dumps(hosts, ensure_ascii=False) if hosts else ""


def _leg_origins(given: Sequence[Visit], take: Take) -> list[Place | None]:
    """Where each drawn leg begins: the visit's origin or, within a journey, the stop before.

    Empty when no visit belongs to a journey.
    """
    journeys = [visit for visit in given if visit.trip_id]
    if not journeys:
        return []
    begins: dict[int, Place | None] = {id(visit): None for visit in journeys}
    for trip in trips(journeys):
        begins.update({id(leg.visit): leg.origin for leg in trip.legs})
    return [begins.get(id(visit), visit.origin) for visit in take(given)]


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
    joined, longest = "".join(ids), max(map(len, ids), default=0)
    if 0 < longest <= 9 and joined.isascii() and joined.isdigit() and all(ids):
        numbers = _array(list(map(int, ids)))
        if _digits(numbers) == len(joined):  # no number had zeros before it
            return {"visit_id": pack_integers(numbers)}, {}
    even = longest and longest % 2 == 0 and min(map(len, ids)) == longest
    if even and set(joined) <= set("0123456789abcdef"):
        raw = bytes.fromhex(joined)
        return {"visit_id_bytes": {"n": len(raw), "w": 1, "z": pack_bytes(raw)}}, {}
    return {}, {"visit_id": pack_texts(ids)}


def _digits(numbers: np.ndarray) -> int:
    """How many digits numbers below 10⁹ have together."""
    return sum(int((numbers >= 10**power).sum()) for power in range(1, 9)) + len(numbers)


def _evidence_columns(given: Sequence[Visit]) -> tuple[dict[str, Packed], dict[str, Packed]]:
    """Evidence in the order given, in which the rows of a table and the offsets of a text rise."""
    told = [visit.evidence for visit in given]
    evidence = list(chain.from_iterable(told))
    starts, ends = [one.start for one in evidence], [one.end for one in evidence]
    fields = [one.fields for one in evidence]
    spans = list(chain.from_iterable(fields))
    columns = {
        "evidence_count": pack_integers(list(map(len, told))),
        "evidence_begin": pack_integers(starts),
        "evidence_length": pack_integers(np.subtract(ends, starts)),
        "field_count": pack_integers(list(map(len, fields))),
    }
    texts = {
        "quote": pack_texts([one.quote for one in evidence]),
        "evidence_doc": pack_texts([one.doc_id for one in evidence]),
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
