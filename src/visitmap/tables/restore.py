"""From the columns of the visit table to visits; what cannot be right becomes an Issue.

The columns hold text or numbers as their format gave them. Equal cells become one value (a city,
a traveller, a date is built once a table), which is what makes a hundred thousand rows quick.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, get_args

from visitmap.model import (
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
    stable_id,
)
from visitmap.tables.columns import (
    COLUMNS,
    OWN_EXTRAS,
    Columns,
    evidence_from_record,
    split_cell,
    travellers_of,
)
from visitmap.timespan import Timespan, is_edtf

_CHOICES = {
    "status": (get_args(Status), "happened"),
    "review": (get_args(Review), "unreviewed"),
    "destination_kind": (get_args(PlaceKind), "city"),
    "origin_basis": (get_args(OriginBasis), ""),
}
_NO_CELL = ("", None)


@dataclass(slots=True)
class Problems:
    """The issues of a table, each at a row.

    `rows`, when given, are the data rows behind rows that were spread over several visits.
    """

    name: str
    issues: list[Issue] = field(default_factory=list)
    by_row: dict[int, list[Issue]] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)

    def add(
        self,
        row: int,
        code: str,
        message: str,
        remedy: str,
        severity: str = "error",
        **more: Any,
    ) -> None:
        """Note a problem of data row `row` (1-based; 0 for the table as a whole)."""
        row = self.rows[row - 1] if self.rows and row else row
        where = f"{self.name}:{row}" if row else self.name
        issue = Issue(code, message, severity, where=where, remedy=remedy, **more)  # type: ignore[arg-type]
        self.issues.append(issue)
        if row:
            self.by_row.setdefault(row, []).append(issue)


def columns_to_visits(
    columns: Columns, count: int, problems: Problems, *, kind: str = "table"
) -> list[Visit | None]:
    """One visit a row, or None for a row that cannot be one; `count` is the number of rows.

    Columns that are missing count as empty. `kind` is what a source is when the row says nothing.
    """
    blank = [""] * count
    get = {name: columns.get(name, blank) for name in (*COLUMNS, *OWN_EXTRAS)}
    places = _places(get, "destination", problems), _places(get, "origin", problems)
    spans = _timespans(get, problems)
    chosen = {name: _chosen(name, get[name], problems) for name in _CHOICES}
    travellers = map(travellers_of, *(map(_text, get[name]) for name in _TRAVELLER_COLUMNS))
    sources = _sources(get, kind)
    extras = _extras(columns, count)
    certainty = _certainties(get["certainty"], problems)
    evidences = _evidences(get, problems)
    rows = zip(
        map(_text, get["visit_id"]), travellers, places[0], spans, chosen["status"], places[1],
        chosen["origin_basis"], map(_text, get["trip_id"]), map(_text, get["purpose"]),
        map(split_cell, map(_text, get["hosts"])), certainty, chosen["review"], evidences,
        sources, extras, strict=True,
    )  # fmt: skip
    visits = [Visit(*row) for row in rows]  # type: ignore[arg-type]
    for index, more in enumerate(get["more"]):
        if more:
            visits[index] = _with_more(visits[index], more, index + 1, problems)
    return [_finished(visit, row, problems) for row, visit in enumerate(visits, start=1)]


_TRAVELLER_COLUMNS = ("traveller", "role", "traveller_country")


def _finished(visit: Visit, row: int, problems: Problems) -> Visit | None:
    """The visit with an id; None, with an error, when it says neither who nor where."""
    place = visit.destination
    if not place.name and not place.country and not place.is_resolved:
        if visit.visit_id:
            return visit
        problems.add(
            row, "destination-missing", "The row names no place that was visited",
            "Fill in the destination, or say which column holds it with --map destination=COLUMN",
        )  # fmt: skip
        return None
    if visit.visit_id:
        return visit
    names = join_names(visit.travellers)
    doc_id = visit.source.doc_id if visit.source else ""
    span = visit.timespan
    made = stable_id(doc_id, str(row), names, place.name, span.start, span.end)
    return replace(visit, visit_id=made)


def join_names(travellers: tuple[Traveller, ...]) -> str:
    """The travellers' names, for showing and hashing."""
    return "; ".join(one.name for one in travellers)


def _text(cell: Any) -> str:
    if isinstance(cell, str):
        return cell
    return "" if cell is None or cell != cell else str(cell)


def _places(get: Columns, side: str, problems: Problems) -> Iterator[Place | None]:
    """The places of one side; an origin that says nothing is None."""
    blank = [""] * len(get["visit_id"])
    names = ("", "_country", "_latitude", "_longitude", "_kind", "_id")
    cells = [get.get(side + name, blank) for name in names]
    known: dict[tuple[Any, ...], Place | None] = {}
    for row, key in enumerate(zip(*cells, strict=True), start=1):
        found = known.get(key, problems)
        if found is problems:
            found = _place(key, side, row, problems)
            known[key] = found  # type: ignore[assignment]
        yield found  # type: ignore[misc]


def _place(key: tuple[Any, ...], side: str, row: int, problems: Problems) -> Place | None:
    name, country, latitude, longitude, kind, place_id = key
    if side == "origin" and all(cell in _NO_CELL for cell in key):
        return None
    point = _point(latitude, longitude, side, row, problems)
    allowed, usual = _CHOICES["destination_kind"]
    chosen = kind if kind in allowed else usual
    return Place(_text(name), _text(place_id), *point, _text(country), chosen)


def _point(
    latitude: Any, longitude: Any, side: str, row: int, problems: Problems
) -> tuple[float, float] | tuple[None, None]:
    try:
        point = number(latitude), number(longitude)
    except ValueError:
        point = (math.inf, math.inf)
    if point[0] is None and point[1] is None:
        return None, None
    if None in point or abs(point[0]) > 90 or abs(point[1]) > 180:  # type: ignore[arg-type]
        problems.add(
            row, "coordinates-wrong",
            f"The {side}'s coordinates {latitude}, {longitude} are not degrees of latitude "
            "and longitude",
            "Give latitude from -90 to 90 and longitude from -180 to 180, both or neither",
        )  # fmt: skip
        return None, None
    return point  # type: ignore[return-value]


def number(cell: Any) -> float | None:
    """A cell as a number, with a decimal point or comma; None when empty, ValueError otherwise."""
    if isinstance(cell, int | float):
        return None if cell != cell else float(cell)
    text = (cell or "").strip()
    if not text:
        return None
    value = float(text.replace(",", ".") if "," in text and "." not in text else text)
    if not math.isfinite(value):
        raise ValueError(text)
    return value


def _timespans(get: Columns, problems: Problems) -> Iterator[Timespan]:
    known: dict[tuple[Any, ...], Timespan] = {}
    for row, key in enumerate(
        zip(get["start"], get["end"], get["duration_days"], strict=True), start=1
    ):
        span = known.get(key)
        if span is None:
            before = len(problems.issues)
            span = _timespan(*key, row, problems)
            if len(problems.issues) == before:
                known[key] = span
        yield span


def _timespan(start: Any, end: Any, days: Any, row: int, problems: Problems) -> Timespan:
    first, last = (_edtf(cell, row, problems) for cell in (start, end))
    stay = _stay(days, row, problems)
    try:
        return Timespan(first, last, stay)
    except ValueError:
        problems.add(
            row, "dates-reversed", f"The end {last} lies before the start {first}",
            "Correct one of the two; until then the end is left out",
        )  # fmt: skip
        return Timespan(first, "", stay)


def _edtf(cell: Any, row: int, problems: Problems) -> str:
    text = _text(cell).strip()
    if not text or is_edtf(text):
        return text
    problems.add(
        row, "date-unreadable", f"{text!r} is not a date that can be read",
        "Write it as 2018-03-28, 2018-03 or 2018",
    )  # fmt: skip
    return ""


def _stay(cell: Any, row: int, problems: Problems) -> int | None:
    try:
        value = number(cell)
    except ValueError:
        value = -1
    if value is None:
        return None
    if value >= 1 and value == int(value):
        return int(value)
    problems.add(
        row, "duration-wrong", f"A stay of {cell!r} days is not a whole number of days",
        "Write a whole number from 1 on",
    )  # fmt: skip
    return None


def _chosen(name: str, cells: list[Any], problems: Problems) -> list[str]:
    allowed, usual = _CHOICES[name]
    known = {cell: cell if cell in allowed else usual for cell in {_text(one) for one in cells}}
    wrong = {cell for cell, value in known.items() if cell and cell != value}
    if wrong:
        for row, cell in enumerate(cells, start=1):
            if _text(cell) in wrong:
                problems.add(
                    row, "value-unknown", f"{cell!r} is no {name.replace('_', ' ')}",
                    f"Use one of: {', '.join(filter(None, allowed))}", "doubt",
                )  # fmt: skip
    return [known[_text(cell)] for cell in cells]


def _certainties(cells: list[Any], problems: Problems) -> list[float]:
    found = []
    for row, cell in enumerate(cells, start=1):
        try:
            value = number(cell)
        except ValueError:
            value = -1.0
        if value is not None and not 0 <= value <= 1:
            problems.add(
                row, "certainty-wrong", f"{cell!r} is no certainty", "Write a number from 0 to 1",
                "doubt",
            )  # fmt: skip
            value = None
        found.append(1.0 if value is None else value)
    return found


def _sources(get: Columns, kind: str) -> Iterator[Source | None]:
    make = lru_cache(maxsize=65536)(_source)
    names = ("doc_id", "title", "publisher", "document_date", "url")
    cells = (map(_text, get[name]) for name in names)
    return (make(*row, kind) for row in zip(*cells, strict=True))


def _source(
    doc_id: str, title: str, publisher: str, date: str, url: str, kind: str
) -> Source | None:
    if not (doc_id or title or publisher or date or url):
        return None
    return Source(doc_id, title, publisher, date, url=url, kind=kind)  # type: ignore[arg-type]


def _evidences(get: Columns, problems: Problems) -> Iterator[tuple[Evidence, ...]]:
    columns = (get["doc_id"], get["quote_start"], get["quote_end"], get["quote"])
    for row, (doc_id, start, end, quote) in enumerate(zip(*columns, strict=True), start=1):
        if start in _NO_CELL and not quote:
            yield ()
        elif type(start) is int and type(end) is int:
            yield (Evidence(_text(doc_id), start, end, quote or ""),)
        else:
            offsets = _offset(start, row, problems), _offset(end, row, problems)
            yield (Evidence(_text(doc_id), *offsets, _text(quote)),)


def _offset(cell: Any, row: int, problems: Problems) -> int:
    try:
        return int(number(cell) or 0)
    except ValueError:
        problems.add(
            row, "offset-wrong", f"{cell!r} is no position in a document",
            "quote_start and quote_end are whole numbers", "doubt",
        )  # fmt: skip
        return 0


def _extras(columns: Columns, count: int) -> Iterator[tuple[tuple[str, str], ...]]:
    unknown = {k: v for k, v in columns.items() if k not in COLUMNS and k not in OWN_EXTRAS}
    if not unknown:
        return iter([()] * count)
    names = tuple(unknown)
    return (
        tuple((name, _text(cell)) for name, cell in zip(names, cells, strict=True) if _said(cell))
        for cells in zip(*unknown.values(), strict=True)
    )


def _said(cell: Any) -> bool:
    return cell not in _NO_CELL


def _with_more(visit: Visit, cell: Any, row: int, problems: Problems) -> Visit:
    """The visit with what its `more` cell holds; the cell is doubted when it is not ours."""
    try:
        return _completed(visit, json.loads(cell) if isinstance(cell, str) else cell)
    except (ValueError, TypeError, KeyError, AttributeError):
        problems.add(
            row, "more-unreadable", "The column more does not hold what visitmap writes there",
            "Leave it as it was written, or empty it", "doubt",
        )  # fmt: skip
        return visit


def _completed(visit: Visit, more: dict[str, Any]) -> Visit:
    changes: dict[str, Any] = {}
    if "destination" in more:
        changes["destination"] = replace(visit.destination, **more["destination"])
    if "origin" in more:
        changes["origin"] = replace(visit.origin or Place(""), **more["origin"])
    if "source" in more:
        changes["source"] = replace(visit.source or Source(""), **more["source"])
    if "evidence" in more:
        changes["evidence"] = _all_evidence(visit, more["evidence"])
    if "travellers" in more:
        changes["travellers"] = tuple(Traveller(*one) for one in more["travellers"])
    if "hosts" in more:
        changes["hosts"] = tuple(more["hosts"])
    if "extra" in more:
        changes["extra"] = tuple((name, text) for name, text in more["extra"])
    return replace(visit, **changes)


def _all_evidence(visit: Visit, records: list[dict[str, Any]]) -> tuple[Evidence, ...]:
    """All evidence; of the first the columns win, because a person may have edited them."""
    first, *others = map(evidence_from_record, records)
    if visit.evidence:
        seen = visit.evidence[0]
        first = replace(first, start=seen.start, end=seen.end, quote=seen.quote)
    return (first, *others)
