"""Several mentions of one visit to one `Visit` with all its evidence.

Two visits are one when a traveller, the place and the time agree: names in any romanisation, the
same place or one within the other, timespans that overlap. Within a document an undated mention
joins a dated one; across documents both must be dated. What contradicts is kept apart, or joined
with an Issue that says so. Umbrella rule: a visit to a country and its stops stay apart when there
are several stops, or when the country has dates of its own. The rows of one table are what its
maker says, each a visit of its own: they join what others say, never each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from visitmap.model import (
    Evidence,
    Issue,
    Place,
    Traveller,
    Visit,
    distance_km,
    name_keys,
    same_name,
)
from visitmap.timespan import Timespan, bounds

_MOST_CERTAIN = 0.98
# An airport or a palace belongs to a town that is no further away than this.
_SITE_KM = 40
# Statuses that cannot be said of one and the same visit.
_CONTRADICTORY = ({"happened", "denied"}, {"happened", "cancelled"}, {"ongoing", "denied"},
                  {"ongoing", "cancelled"})  # fmt: skip


_TOLD = {"happened", "ongoing", "planned"}


# Whoever has more stops in a country than this has several.
_HANDFUL = 12


def merge_visits(
    visits: Iterable[Visit], tables: Sequence[Iterable[int]] = ()
) -> tuple[list[Visit], list[Issue]]:
    """Join the visits that are one; in the order of the first mention.

    Visits that a person has reviewed are never joined, nor are rows of one table: those whose
    source is the same table, and those at the positions that one of `tables` gives (for a table
    whose rows have sources of their own). Issues tell of dates or statuses that contradict each
    other.
    """
    visits = list(visits)
    table_of = _tables(visits, tables)
    if len(set(table_of)) == 1 and table_of[0]:
        return visits, []
    return _merged(visits, table_of)


def _tables(visits: list[Visit], tables: Sequence[Iterable[int]]) -> list[str | int]:
    """For each visit the table it is a row of, or the empty text."""
    found: list[str | int] = [
        one.source.doc_id if one.source is not None and one.source.kind == "table" else ""
        for one in visits
    ]
    for number, rows in enumerate(tables, start=1):
        for position in rows:
            found[position] = number
    return found


def _merged(visits: list[Visit], table_of: list[str | int]) -> tuple[list[Visit], list[Issue]]:
    lonely = _lonely(visits, table_of)
    stops = _stops([one for one, alone in zip(visits, lonely, strict=True) if not alone])
    merged: list[Visit] = []
    tables: list[set[str | int]] = []
    issues: list[Issue] = []
    known: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for visit, table, alone in zip(visits, table_of, lonely, strict=True):
        found = () if alone else sorted({n for key in _sought(visit) for n in known[key]})
        near = [n for n in found if not table or table not in tables[n]]
        twin = next((n for n in near if _is_same(merged[n], visit, stops)), None)
        if twin is not None:
            issues += _date_conflict(merged[twin], visit)
            merged[twin] = join(merged[twin], visit)
            tables[twin].add(table)
        else:
            issues += [i for n in near for i in _status_conflict(merged[n], visit)]
            merged.append(visit)
            tables.append({table})
            twin = len(merged) - 1
        if not alone:
            _register(known, twin, _registered(visit) | _registered(merged[twin]))
    return merged, issues


def _register(
    known: dict[tuple[str, ...], list[int]], number: int, keys: set[tuple[str, ...]]
) -> None:
    for key in keys:
        # Visits come in order, so a visit that is known already was mostly the last one.
        if not known[key] or (known[key][-1] != number and number not in known[key]):
            known[key].append(number)


def _lonely(visits: list[Visit], table_of: list[str | int]) -> list[bool]:
    """Whether a visit is a table's row about people whom nothing but that table tells of."""
    told: dict[str, set[str | int]] = defaultdict(set)
    keys = [_person_keys(visit) for visit in visits]
    for some, table in zip(keys, table_of, strict=True):
        for key in some:
            told[key].add(table)
    return [
        bool(table) and all(len(told[key]) == 1 for key in some)
        for some, table in zip(keys, table_of, strict=True)
    ]


def _keys(visit: Visit, for_twin: bool) -> set[tuple[str, ...]]:
    """Who with where, and who with which document and country: what twins have in common.

    So a leader's thousand visits are not all compared with each other (see `_same_place`). At
    different places only a country and a stop in it can be twins: `for_twin` gives the other's key.
    """
    place, country = visit.destination, visit.destination.country
    level = "country" if (place.kind == "country") != for_twin else "stop"
    documents = {piece.doc_id for piece in visit.evidence}
    found: set[tuple[str, ...]] = set()
    cells = _cells(place, for_twin)
    for person in _person_keys(visit):
        found.add((person, "place", place.id or place.name))
        found |= {(person, "cell", cell, doc_id) for cell in cells for doc_id in documents}
        if country:
            found |= {(person, level, doc_id, country) for doc_id in documents}
    return found


def _cells(place: Place, for_twin: bool) -> set[str]:
    """Where an airport or a palace is looked for from its town, and the town from there.

    Squares of half a degree; a site stands in its own and those around it, a town in its own.
    """
    if not place.is_resolved or place.kind in ("country", "region"):
        return set()
    row, column = round(place.latitude * 2), round(place.longitude * 2)
    if place.kind != "site":
        return {f"{'site' if for_twin else 'town'} {row} {column}"}
    own = "town" if for_twin else "site"
    return {f"{own} {row + up} {column + right}" for up in (-1, 0, 1) for right in (-1, 0, 1)}


def _years(visit: Visit) -> set[str]:
    """The years that a visit may fall in; empty when it is undated or spans more than three."""
    first, last = visit.timespan.start_earliest, visit.timespan.end_latest
    if first is None or last is None or not visit.timespan.start or last.year - first.year > 2:
        return set()
    return {str(year) for year in range(first.year, last.year + 1)}


def _registered(visit: Visit) -> set[tuple[str, ...]]:
    """The keys that a visit is found under: each with its years or `wide`, and with `all`."""
    when = {*(_years(visit) or {"wide"}), "all"}
    return {(*key, one) for key in _keys(visit, for_twin=False) for one in when}


def _sought(visit: Visit) -> set[tuple[str, ...]]:
    """The keys to look under: a dated visit meets its years and what is not dated."""
    years = _years(visit)
    when = {*years, "wide"} if years else {"all"}
    return {(*key, one) for key in _keys(visit, for_twin=True) for one in when}


def join(one: Visit, two: Visit) -> Visit:
    """Two visits that are one: the finer time and place, all evidence, the later word on status."""
    first = one
    time = _better_time(one, two)
    origin = one if one.origin_basis == "stated" or not two.origin_basis else two
    if one.origin_basis and two.origin_basis != "stated":
        origin = one
    return replace(
        first,
        travellers=_travellers(one.travellers, two.travellers),
        destination=_finer(one.destination, two.destination),
        timespan=time,
        status=_status(one, two),
        origin=origin.origin,
        origin_basis=origin.origin_basis,
        trip_id=one.trip_id or two.trip_id,
        purpose=one.purpose or two.purpose,
        hosts=tuple(dict.fromkeys(one.hosts + two.hosts)),
        certainty=round(min(_MOST_CERTAIN, 1 - (1 - one.certainty) * (1 - two.certainty)), 3)
        if one.certainty > 0.25 and two.certainty > 0.25
        else max(one.certainty, two.certainty),
        evidence=tuple(dict.fromkeys(one.evidence + two.evidence)),
    )


def _person_keys(visit: Visit) -> set[str]:
    """Under which words a visit is looked for: last words of names, heads of offices."""
    found = set()
    for traveller in visit.travellers:
        keys = name_keys(traveller.name)
        found |= {keys[-1], keys[0]} if keys else set()
    return found


def _is_same(one: Visit, two: Visit, stops: dict[tuple[str, str], int]) -> bool:
    if one.review != "unreviewed" or two.review != "unreviewed":
        return False
    if not any(_same_traveller(a, b) for a in one.travellers for b in two.travellers):
        return False
    if not _same_place(one, two, stops) or {one.status, two.status} in _CONTRADICTORY:
        return False
    if _is_counted(one) != _is_counted(two):
        return False
    return _same_time(one, two)


def _is_counted(visit: Visit) -> bool:
    return visit.certainty <= 0.2 and not visit.timespan.start


def _same_traveller(one: Traveller, two: Traveller) -> bool:
    if one.country and two.country and one.country != two.country:
        return False
    if one.name == two.name:
        return True
    if one.name == one.role or two.name == two.role:
        return False
    return same_name(one.name, two.name)


def _same_document(one: Visit, two: Visit) -> bool:
    documents = {piece.doc_id for piece in one.evidence}
    return any(piece.doc_id in documents for piece in two.evidence)


def _same_place(one: Visit, two: Visit, stops: dict[tuple[str, str], int]) -> bool:
    here, there = one.destination, two.destination
    if here.id and there.id and here.id == there.id:
        return True
    if not here.id and not there.id:
        return here.name == there.name
    if not _same_document(one, two):
        return False
    if here.country != there.country or not here.country:
        return False
    if "country" not in (here.kind, there.kind):
        return _is_site_in_town(here, there)
    outer, inner = (one, two) if here.kind == "country" else (two, one)
    if outer.destination.kind != "country" or inner.destination.kind == "country":
        return False
    return _is_one_stop(outer, inner, stops)


def _is_site_in_town(one: Place, two: Place) -> bool:
    """An airport or a palace, and the town it stands in or by."""
    if (one.kind == "site") == (two.kind == "site"):
        return False
    apart = distance_km(one, two)
    return apart is not None and apart <= _SITE_KM


def _is_one_stop(outer: Visit, inner: Visit, stops: dict[tuple[str, str], int]) -> bool:
    """Whether a country's visit is just its only stop, told again."""
    if any(stops[key, inner.destination.country] > 1 for key in _person_keys(inner)):
        return False
    own = outer.timespan.start and inner.timespan.start
    if own and _is_dated_by_another(inner):
        return False  # "arrived in Egypt on 4 May. … toured Alexandria.": on which day is not told
    return not own or outer.timespan.start == inner.timespan.start or _same_time(outer, inner)


def _is_dated_by_another(visit: Visit) -> bool:
    """Whether the words of a visit's date all stand outside the sentences that tell it."""
    told = [
        piece.start <= span.start < piece.end
        for piece in visit.evidence
        for name, span in piece.fields
        if name == "start"
    ]
    return bool(told) and not any(told)


def _stops(visits: Sequence[Visit]) -> dict[tuple[str, str], int]:
    """How many different places within a country each traveller visits."""
    places: dict[tuple[str, str], dict[str, Place]] = defaultdict(dict)
    for visit in visits:
        place = visit.destination
        if place.kind != "country" and place.country:
            for key in _person_keys(visit):
                places[key, place.country][place.id or place.name] = place
    return defaultdict(int, {key: _count_apart(found) for key, found in places.items()})


def _count_apart(places: Mapping[str, Place]) -> int:
    """How many stops these are: an airport and its town are one. Exact up to a handful of them."""
    if not 1 < len(places) <= _HANDFUL:
        return len(places)
    sites = [one for one in places.values() if one.kind == "site"]
    towns = [one for one in places.values() if one.kind != "site"]
    alone = [one for one in sites if not any(_is_site_in_town(one, town) for town in towns)]
    return len(towns) + len(alone)


def _same_time(one: Visit, two: Visit) -> bool:
    here, there = one.timespan, two.timespan
    if here.start == there.start and (here.start or _same_document(one, two)):
        return True
    if here.is_dated and there.is_dated:
        return here.overlaps(there)
    if not _same_document(one, two):
        return False
    if here.start and there.start:
        return False
    # A headline says "X to visit Y" or "X arrives"; the text below it when, or that it came to
    # nothing.
    statuses = {one.status, two.status}
    return statuses <= _TOLD or statuses == {"planned", "cancelled"} or len(statuses) == 1


def _better_time(one: Visit, two: Visit) -> Timespan:
    """The finer of two times, with what only the other says of length and end."""
    here, there = one.timespan, two.timespan
    better, other = (here, there) if _width(here) <= _width(there) else (there, here)
    duration = better.duration_days or other.duration_days
    try:
        if not better.end and other.end and better.start:
            return Timespan(better.start, other.end, duration)
        return Timespan(better.start, better.end, duration)
    except ValueError:
        return better


def _width(span: Timespan) -> float:
    """Days that the arrival may lie in; an open or missing date is widest."""
    if not span.start:
        return float("inf")
    found = bounds(span.start)
    if found.earliest is None or found.latest is None:
        return 1e6 if "XXXX" not in span.start else 400.0
    return (found.latest - found.earliest).days


def _status(one: Visit, two: Visit):
    """What the later document says; within one, the stronger word."""
    dates = [v.source.date if v.source else "" for v in (one, two)]
    if dates[0] != dates[1] and all(dates):
        return one.status if dates[0] > dates[1] else two.status
    if bool(one.timespan.start) != bool(two.timespan.start):
        dated, undated = (one, two) if one.timespan.start else (two, one)
        if {dated.status, undated.status} <= {"planned", "happened"}:
            return dated.status  # what is told in passing says little of when
    for status in ("denied", "cancelled", "ongoing", "happened"):
        if status in (one.status, two.status):
            return status
    return one.status


def _finer(one: Place, two: Place) -> Place:
    """A stop rather than its country, a town rather than its airport."""
    if {one.kind, two.kind} == {"site", "city"}:
        return two if one.kind == "site" else one
    return two if one.kind == "country" and two.kind != "country" else one


def _travellers(one: tuple[Traveller, ...], two: tuple[Traveller, ...]) -> tuple[Traveller, ...]:
    found = list(one)
    for traveller in two:
        if not any(_same_traveller(traveller, known) for known in found):
            found.append(traveller)
    return tuple(found)


def _date_conflict(one: Visit, two: Visit) -> list[Issue]:
    """The same visit with two starts of which neither is the other made finer."""
    here, there = one.timespan, two.timespan
    if _same_document(one, two) or here.start == there.start or not (here.start and there.start):
        return []
    if min(_width(here), _width(there)) != max(_width(here), _width(there)):
        return []
    message = f"Two sources date this visit differently: {here.start} and {there.start}"
    return [_issue("date-conflict", message, one, one.evidence[:1] + two.evidence[:1])]


def _status_conflict(one: Visit, two: Visit) -> list[Issue]:
    if {one.status, two.status} not in _CONTRADICTORY or one.destination.id != two.destination.id:
        return []
    if not any(_same_traveller(a, b) for a in one.travellers for b in two.travellers):
        return []
    if not _same_time(one, two):
        return []
    message = f"One sentence says {one.status}, another {two.status} of what may be one visit"
    return [_issue("status-conflict", message, two, one.evidence[:1] + two.evidence[:1])]


def _issue(code: str, message: str, visit: Visit, evidence: tuple[Evidence, ...]) -> Issue:
    where = evidence[0].doc_id if evidence else ""
    remedy = "Compare the two quotes and correct the visit in the review"
    return Issue(code, message, "doubt", where, remedy, visit.visit_id, evidence)
