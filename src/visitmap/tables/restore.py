"""From the columns of the visit table to visits; what cannot be right becomes an Issue.

The columns hold text or numbers as their format gave them. Each field of `Visit` is made as a
column of its own, equal cells once, and the visits are put together last.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any, get_args

from visitmap.model import (
    Evidence,
    OriginBasis,
    Place,
    PlaceKind,
    Review,
    Source,
    Status,
    Traveller,
    Visit,
    build_all,
    stable_id,
)
from visitmap.tables.cells import (
    NOTHING,
    abreast,
    as_text,
    as_texts,
    by_identity,
    checked,
    distinct,
    each_once,
    same,
)
from visitmap.tables.columns import (
    COLUMNS,
    OWN_EXTRAS,
    Columns,
    evidence_from_record,
    split_cell,
    travellers_of,
)
from visitmap.tables.problems import Complaint, Problems
from visitmap.timespan import Timespan, is_edtf

_CHOICES = {
    "status": (get_args(Status), "happened"),
    "review": (get_args(Review), "unreviewed"),
    "destination_kind": (get_args(PlaceKind), "city"),
    "origin_basis": (get_args(OriginBasis), ""),
}
_PLACE_COLUMNS = ("", "_country", "_latitude", "_longitude", "_kind", "_id")
_OWN = frozenset((*COLUMNS, *OWN_EXTRAS))
# The fields of `Visit` in its own order: one column of values each.
Fields = dict[str, list[Any]]
Known = Sequence[Place | None]


@dataclass(frozen=True, slots=True)
class _Table:
    """The columns of one table, with empty ones for those it lacks."""

    columns: Columns
    count: int
    problems: Problems

    def cells(self, name: str) -> list[Any]:
        return self.columns.get(name) or same("", self.count)

    def texts(self, name: str) -> list[str]:
        return as_texts(self.cells(name))

    def has(self, *names: str) -> bool:
        return any(name in self.columns for name in names)


def columns_to_visits(
    columns: Columns,
    count: int,
    problems: Problems,
    *,
    kind: str = "table",
    destinations: Known = (),
    origins: Known = (),
) -> list[Visit | None]:
    """One visit a row, or None for a row that cannot be one; `count` is the number of rows.

    Columns that are missing count as empty. `kind` is what a source is when the row says nothing.
    `destinations` and `origins` are places that are known already: they stand instead of what the
    columns say, where they are not None.
    """
    table = _Table(columns, count, problems)
    fields = _fields(table, kind)
    for name, places in (("destination", destinations), ("origin", origins)):
        if places:
            own = zip(places, fields[name], strict=True)
            fields[name] = [known or said for known, said in own]
    if any(table.columns.get("more") or ()):
        _complete_all(table, fields)
    _give_ids(fields)
    visits: list[Visit | None] = build_all(Visit, *fields.values())
    for row in _placeless(table, fields):
        visits[row] = None
    return visits


def _fields(table: _Table, kind: str) -> Fields:
    """What the columns say, as the fields of `Visit` in its order."""
    return {
        "visit_id": table.texts("visit_id"),
        "travellers": _travellers(table),
        "destination": _places(table, "destination"),
        "timespan": _timespans(table),
        "status": _chosen(table, "status"),
        "origin": _places(table, "origin"),
        "origin_basis": _chosen(table, "origin_basis"),
        "trip_id": table.texts("trip_id"),
        "purpose": table.texts("purpose"),
        "hosts": each_once(split_cell, table.texts("hosts")),
        "certainty": checked(_certainty, table.cells("certainty"), table.problems, "certainty"),
        "review": _chosen(table, "review"),
        "evidence": _evidences(table),
        "source": _sources(table, kind),
        "extra": _extras(table),
    }


def _travellers(table: _Table) -> list[tuple[Traveller, ...]]:
    cells = [table.texts(name) for name in ("traveller", "role", "traveller_country")]
    return each_once(lambda key: travellers_of(*key), abreast(*cells))


def _placeless(table: _Table, fields: Fields) -> list[int]:
    """The rows (0-based) that name no place, each with an error; not those of a visit of ours."""
    given = table.texts("visit_id")
    every = distinct(fields["destination"])
    if all(place.name for place in every):
        return []
    found = [
        row
        for row, place in enumerate(fields["destination"])
        if not (place.name or place.country or place.is_resolved or given[row])
    ]
    for row in found:
        if table.problems.is_remark(row + 1):
            table.problems.add(
                row + 1, "row-is-remark", "The row holds one cell only and is read as a remark",
                "Fill in who, where and when if it is a visit", "note",
            )  # fmt: skip
            continue
        table.problems.add(
            row + 1, "destination-missing", "The row names no place that was visited",
            "Fill in the destination, or say which column holds it with --map destination=COLUMN",
            column=table.problems.column("destination", "country"),
        )  # fmt: skip
    return found


def _give_ids(fields: Fields) -> None:
    """An id for each row without one, from what the row says and where it stands."""
    ids = fields["visit_id"]
    if all(ids):
        return
    # By identity: equal travellers are one object, and hashing them costs more than joining.
    names = by_identity(join_names, fields["travellers"])
    doc_ids = by_identity(lambda source: source.doc_id if source else "", fields["source"])
    days = by_identity(attrgetter("start", "end"), fields["timespan"])
    places = by_identity(attrgetter("name"), fields["destination"])
    rows = enumerate(zip(ids, doc_ids, names, places, days, strict=True), start=1)
    fields["visit_id"] = [
        given or stable_id(doc_id, str(row), who, place, *span)
        for row, (given, doc_id, who, place, span) in rows
    ]


def join_names(travellers: tuple[Traveller, ...]) -> str:
    """The travellers' names, for showing and hashing."""
    return "; ".join(one.name for one in travellers)


def _places(table: _Table, side: str) -> list[Place | None]:
    """The places of one side; an origin that says nothing is None."""
    names = [side + name for name in _PLACE_COLUMNS if side + name in _OWN]
    if side == "origin" and not table.has(*names):
        return same(None, table.count)
    keys = abreast(*map(table.cells, names))

    def make(key: tuple[Any, ...], said: list[Complaint]) -> Place | None:
        if side == "origin" and all(cell in NOTHING for cell in key):
            return None
        return _place(key, side, said)

    return checked(make, keys, table.problems, f"{side}_latitude", "point")


def _place(key: tuple[Any, ...], side: str, said: list[Complaint]) -> Place:
    name, country, latitude, longitude, kind, place_id = (*key, "", "")[:6]
    point = _point(latitude, longitude, side, said)
    chosen = _choice("destination_kind", as_text(kind), said)
    return Place(as_text(name), as_text(place_id), *point, as_text(country), chosen)  # type: ignore[arg-type]


def _point(
    latitude: Any, longitude: Any, side: str, said: list[Complaint]
) -> tuple[float, float] | tuple[None, None]:
    try:
        point = number(latitude), number(longitude)
    except ValueError:
        point = (math.inf, math.inf)
    if point[0] is None and point[1] is None:
        return None, None
    if None in point or abs(point[0]) > 90 or abs(point[1]) > 180:  # type: ignore[arg-type]
        message = (
            f"The {side}'s coordinates {latitude}, {longitude} are not degrees of latitude "
            "and longitude"
        )
        remedy = "Give latitude from -90 to 90 and longitude from -180 to 180, both or neither"
        said.append(("coordinates-wrong", message, remedy, "error"))
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


def _timespans(table: _Table) -> list[Timespan]:
    cells = map(table.cells, ("start", "end", "duration_days"))
    return checked(_timespan, abreast(*cells), table.problems, "end", "start", "date")


def _timespan(key: tuple[Any, Any, Any], said: list[Complaint]) -> Timespan:
    first, last = _edtf(key[0], said), _edtf(key[1], said)
    stay = _stay(key[2], said)
    try:
        return Timespan(first, last, stay)
    except ValueError:
        message = f"The end {last} lies before the start {first}"
        remedy = "Correct one of the two; until then the end is left out"
        said.append(("dates-reversed", message, remedy, "error"))
        return Timespan(first, "", stay)


def _edtf(cell: Any, said: list[Complaint]) -> str:
    text = as_text(cell).strip()
    if not text or is_edtf(text):
        return text
    message = f"{text!r} is not a date that can be read"
    said.append(("date-unreadable", message, "Write it as 2018-03-28, 2018-03 or 2018", "error"))
    return ""


def _stay(cell: Any, said: list[Complaint]) -> int | None:
    if cell in NOTHING:
        return None
    try:
        value = number(cell)
    except ValueError:
        value = -1
    if value is None:
        return None
    if value >= 1 and value == int(value):
        return int(value)
    message = f"A stay of {cell!r} days is not a whole number of days"
    said.append(("duration-wrong", message, "Write a whole number from 1 on", "error"))
    return None


def _chosen(table: _Table, name: str) -> list[str]:
    if not table.has(name):
        return same(_CHOICES[name][1], table.count)
    return checked(
        lambda cell, said: _choice(name, cell, said), table.texts(name), table.problems, name
    )


def _choice(name: str, cell: str, said: list[Complaint]) -> str:
    allowed, usual = _CHOICES[name]
    if cell in allowed:
        return cell
    if cell:
        remedy = f"Use one of: {', '.join(filter(None, allowed))}"
        message = f"{cell!r} is no {name.replace('_', ' ')}"
        said.append(("value-unknown", message, remedy, "doubt"))
    return usual


def _certainty(cell: Any, said: list[Complaint]) -> float:
    try:
        value = number(cell)
    except ValueError:
        value = -1.0
    if value is None or 0 <= value <= 1:
        return 1.0 if value is None else value
    remedy = "Write a number from 0 to 1"
    said.append(("certainty-wrong", f"{cell!r} is no certainty", remedy, "doubt"))
    return 1.0


def _sources(table: _Table, kind: str) -> list[Source | None]:
    names = ("doc_id", "title", "publisher", "document_date", "url")

    def make(row: tuple[str, ...]) -> Source | None:
        doc_id, title, publisher, date, url = row
        return Source(doc_id, title, publisher, date, url=url, kind=kind) if any(row) else None  # type: ignore[arg-type]

    return each_once(make, abreast(*map(table.texts, names)))


def _evidences(table: _Table) -> list[tuple[Evidence, ...]]:
    if not table.has("quote", "quote_start"):
        return same((), table.count)
    starts, ends = _offsets(table, "quote_start"), _offsets(table, "quote_end")
    quotes = table.texts("quote")
    nothing = same((), table.count)
    made = build_all(Evidence, table.texts("doc_id"), starts, ends, quotes, nothing)
    found: list[tuple[Evidence, ...]] = list(zip(made, strict=True))
    for row, start in enumerate(table.cells("quote_start")):
        if start in NOTHING and not quotes[row]:
            found[row] = ()
    return found


def _offsets(table: _Table, name: str) -> list[int]:
    cells = table.cells(name)
    if set(map(type, distinct(cells))) <= {int}:
        return cells
    return checked(_offset, cells, table.problems, name)


def _offset(cell: Any, said: list[Complaint]) -> int:
    try:
        return int(number(cell) or 0)
    except ValueError:
        message = f"{cell!r} is no position in a document"
        remedy = "quote_start and quote_end are whole numbers"
        said.append(("offset-wrong", message, remedy, "doubt"))
        return 0


def _extras(table: _Table) -> list[tuple[tuple[str, str], ...]]:
    """The columns that are not ours, of each row those that say something."""
    unknown = [name for name in table.columns if name not in _OWN]
    if not unknown:
        return same((), table.count)
    pairs = [_pairs(name, table.columns[name]) for name in unknown]
    return each_once(lambda row: tuple(filter(None, row)), abreast(*pairs))


def _pairs(name: str, cells: list[Any]) -> list[tuple[str, str] | None]:
    return each_once(lambda text: (name, text) if text else None, as_texts(cells))


def _complete_all(table: _Table, fields: Fields) -> None:
    """Put what the column `more` holds into the fields; a cell that is not ours is doubted."""
    for name in _COMPLETE:
        fields[name] = list(fields[name])
    known: dict[tuple[str, int, str], tuple[Any, Any]] = {}
    for row, cell in enumerate(table.columns.get("more") or ()):
        if cell in NOTHING:
            continue
        try:
            changes = _completed(cell, row, fields, known)
        except (ValueError, TypeError, KeyError, AttributeError):
            table.problems.add(
                row + 1, "more-unreadable",
                "The column more does not hold what visitmap writes there",
                "Leave it as it was written, or empty it", "doubt",
                column="more",
            )  # fmt: skip
            continue
        for name, value in changes.items():
            fields[name][row] = value


def _completed(
    cell: Any, row: int, fields: Fields, known: dict[tuple[str, int, str], tuple[Any, Any]]
) -> dict[str, Any]:
    """The row's fields that change; equal places with equal additions stay one."""
    more: dict[str, Any] = json.loads(cell) if isinstance(cell, str) else cell
    changes = {}
    for name, record in more.items():
        if name not in _COMPLETE:
            continue
        value = fields[name][row]
        if name not in _SHARED:
            changes[name] = _COMPLETE[name](value, record)
            continue
        # The old value is kept beside the new one: while it lives, its id is nobody else's.
        key = (name, id(value), repr(record))
        if key not in known:
            known[key] = value, _COMPLETE[name](value, record)
        changes[name] = known[key][1]
    return changes


_SHARED = ("destination", "origin", "source")


def _all_evidence(
    seen: tuple[Evidence, ...], records: list[dict[str, Any]]
) -> tuple[Evidence, ...]:
    """All evidence; of the first the columns win, because a person may have edited them."""
    first, *others = map(evidence_from_record, records)
    if seen:
        first = replace(first, start=seen[0].start, end=seen[0].end, quote=seen[0].quote)
    return (first, *others)


def _pairs_of(value: Any, record: Iterable[Any]) -> tuple[tuple[str, str], ...]:
    return tuple((name, text) for name, text in record)


_COMPLETE: dict[str, Callable[[Any, Any], Any]] = {
    "destination": lambda value, record: replace(value, **record),
    "origin": lambda value, record: replace(value or Place(""), **record),
    "source": lambda value, record: replace(value or Source(""), **record),
    "evidence": _all_evidence,
    "travellers": lambda value, record: tuple(Traveller(*one) for one in record),
    "hosts": lambda value, record: tuple(record),
    "extra": _pairs_of,
}
