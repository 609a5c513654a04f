"""Visits as the columns of the visit table, and back, with nothing lost.

The table of contracts.md comes first, then `hosts` and `more` when a visit needs them, then the
columns we do not know. `more` is a JSON object with what one row cannot hold: further evidence, a
place's population, the language of the source. Several travellers stand in one cell, joined with
`; ` (roles and countries in parallel); a `;` or `\\` inside a name is written `\\;` or `\\\\`.

Work goes column by column, because a hundred thousand rows must not take seconds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

from visitmap.model import Evidence, Place, Source, Span, Traveller, Visit
from visitmap.tables.cells import by_identity

Cell = str | float | int | None
Columns = dict[str, list[Any]]

COLUMNS = (
    *("visit_id", "trip_id", "traveller", "role", "traveller_country"),
    *("origin", "origin_country", "origin_latitude", "origin_longitude", "origin_basis"),
    *("destination", "destination_country", "destination_latitude", "destination_longitude"),
    *("destination_kind", "destination_id", "start", "end", "duration_days", "status", "purpose"),
    *("certainty", "review", "doc_id", "title", "publisher", "document_date", "url"),
    *("quote", "quote_start", "quote_end"),
)
# Columns of ours beyond the contract, written only when some visit needs them.
OWN_EXTRAS = ("hosts", "more")
NUMBERS = frozenset(
    ("origin_latitude", "origin_longitude", "destination_latitude", "destination_longitude")
)
WHOLE_NUMBERS = frozenset(("duration_days", "quote_start", "quote_end"))

_TAKEN = frozenset((*COLUMNS, *OWN_EXTRAS))
_NOTHING = ("", None)
_NO_PLACE = Place("")
_NO_SOURCE = Source("")
_PIECE = re.compile(r"\\[\\;]|;|\\|[^\\;]+")
_BESIDE_DESTINATION = ("admin1", "population", "precision_km")
_BESIDE_ORIGIN = ("id", "kind", *_BESIDE_DESTINATION)
_BESIDE_SOURCE = ("date_basis", "language", "kind")


def join_cell(parts: Sequence[str]) -> str:
    """Several texts in one cell; empty when all are."""
    if len(parts) == 1 and ";" not in parts[0] and "\\" not in parts[0]:
        return parts[0]
    if not any(parts):
        return ""
    return "; ".join(part.replace("\\", "\\\\").replace(";", "\\;") for part in parts)


@lru_cache(maxsize=65536)
def split_cell(text: str) -> tuple[str, ...]:
    """The texts that `join_cell` joined; a single blank after each `;` belongs to it."""
    if ";" not in text and "\\" not in text:
        return (text,) if text else ()
    parts = [""]
    for piece in _PIECE.findall(text):
        if piece == ";":
            parts.append("")
        else:
            parts[-1] += piece[1:] if piece[0] == "\\" and len(piece) > 1 else piece
    return (parts[0], *(part.removeprefix(" ") for part in parts[1:]))


def visits_to_columns(visits: Iterable[Visit]) -> Columns:
    """One list a column, in the order of the table; `None` or "" where nothing is known."""
    visits = list(visits)
    columns = {**_who(visits), **_where(visits), **_when_and_how(visits), **_why(visits)}
    ordered: Columns = {name: columns[name] for name in COLUMNS}
    unknown = _unknown(visits)
    rank = {name: index for index, name in enumerate(unknown)}
    hosts = [join_cell(visit.hosts) if visit.hosts else "" for visit in visits]
    beyond = _beyond(visits, rank)
    if any(hosts):
        ordered["hosts"] = hosts
    if any(beyond):
        ordered["more"] = beyond
    return {**ordered, **unknown}


def visits_to_rows(visits: Iterable[Visit]) -> list[dict[str, Cell]]:
    """One mapping a visit: the columns of the contract in their order, then the extra ones."""
    visits = list(visits)
    columns = visits_to_columns(visits)
    unknown = set(columns) - set(COLUMNS)
    rows = [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]
    if not unknown:
        return rows
    return [
        {k: v for k, v in row.items() if k not in unknown or v not in ("", None)} for row in rows
    ]


def _who(visits: list[Visit]) -> Columns:
    groups = [visit.travellers for visit in visits]
    return {
        "visit_id": [visit.visit_id for visit in visits],
        "trip_id": [visit.trip_id for visit in visits],
        "traveller": by_identity(lambda many: join_cell([one.name for one in many]), groups),
        "role": by_identity(lambda many: join_cell([one.role for one in many]), groups),
        "traveller_country": by_identity(
            lambda many: join_cell([one.country for one in many]), groups
        ),
    }


def _where(visits: list[Visit]) -> Columns:
    origins = [visit.origin or _NO_PLACE for visit in visits]
    destinations = [visit.destination for visit in visits]
    return {
        "origin": [place.name for place in origins],
        "origin_country": [place.country for place in origins],
        "origin_latitude": [place.latitude for place in origins],
        "origin_longitude": [place.longitude for place in origins],
        "origin_basis": [visit.origin_basis for visit in visits],
        "destination": [place.name for place in destinations],
        "destination_country": [place.country for place in destinations],
        "destination_latitude": [place.latitude for place in destinations],
        "destination_longitude": [place.longitude for place in destinations],
        "destination_kind": [place.kind for place in destinations],
        "destination_id": [place.id for place in destinations],
    }


def _when_and_how(visits: list[Visit]) -> Columns:
    return {
        "start": [visit.timespan.start for visit in visits],
        "end": [visit.timespan.end for visit in visits],
        "duration_days": [visit.timespan.duration_days for visit in visits],
        "status": [visit.status for visit in visits],
        "purpose": [visit.purpose for visit in visits],
        "certainty": [visit.certainty for visit in visits],
        "review": [visit.review for visit in visits],
    }


def _why(visits: list[Visit]) -> Columns:
    sources = [visit.source or _NO_SOURCE for visit in visits]
    first = [visit.evidence[0] if visit.evidence else None for visit in visits]
    return {
        "doc_id": [source.doc_id for source in sources],
        "title": [source.title for source in sources],
        "publisher": [source.publisher for source in sources],
        "document_date": [source.date for source in sources],
        "url": [source.url for source in sources],
        "quote": [one.quote if one else "" for one in first],
        "quote_start": [one.start if one else None for one in first],
        "quote_end": [one.end if one else None for one in first],
    }


def _unknown(visits: list[Visit]) -> Columns:
    """The columns of `Visit.extra`, each as long as the table."""
    found: Columns = {}
    for index, visit in enumerate(visits):
        for name, text in visit.extra:
            if not text or name in _TAKEN:
                continue
            if name not in found:
                found[name] = [""] * len(visits)
            found[name][index] = text
    return found


def _beyond(visits: list[Visit], rank: dict[str, int]) -> list[str]:
    """What the columns cannot hold of each visit, as JSON; empty for most."""
    parts = {
        "destination": by_identity(_beside_destination, [visit.destination for visit in visits]),
        "origin": by_identity(_beside_origin, [visit.origin for visit in visits]),
        "source": by_identity(_beside_source, [visit.source for visit in visits]),
        "extra": [_odd_extra(visit.extra, rank) if visit.extra else None for visit in visits],
        "evidence": _odd_evidences(visits),
        "travellers": by_identity(_odd_travellers, [visit.travellers for visit in visits]),
        "hosts": [_odd_hosts(visit.hosts) if visit.hosts else None for visit in visits],
    }
    parts = {name: cells for name, cells in parts.items() if any(one is not None for one in cells)}
    if not parts:
        return [""] * len(visits)
    return _objects(parts)


def _objects(parts: Columns) -> list[str]:
    """Each row's parts as one JSON object; rows of the same objects are written once."""
    keys = list(zip(*(map(id, cells) for cells in parts.values()), strict=True))
    each = dict(zip(keys, zip(*parts.values(), strict=True), strict=True))
    texts = {}
    for key, row in each.items():
        said = {name: one for name, one in zip(parts, row, strict=True) if one is not None}
        texts[key] = _dump(said) if said else ""
    return list(map(texts.__getitem__, keys))


def _beside_destination(place: Place) -> dict[str, Any] | None:
    return _beside(place, _BESIDE_DESTINATION, _NO_PLACE) or None


def _beside_origin(place: Place | None) -> dict[str, Any] | None:
    """None for no origin; an origin without a name leaves an empty object."""
    if place is None:
        return None
    beside = _beside(place, _BESIDE_ORIGIN, _NO_PLACE)
    named = place.name or place.country or place.is_resolved
    return None if named and not beside else beside


def _beside_source(source: Source | None) -> dict[str, Any] | None:
    """None for no source; one whose columns are all empty leaves an empty object."""
    if source is None:
        return None
    beside = _beside(source, _BESIDE_SOURCE, _NO_SOURCE)
    named = source.doc_id or source.title or source.url or source.publisher
    return None if named and not beside else beside


def _odd_extra(extra: tuple[tuple[str, str], ...], rank: dict[str, int]) -> Any:
    return None if _extra_fits(extra, rank) else [list(pair) for pair in extra]


def _odd_travellers(travellers: tuple[Traveller, ...]) -> Any:
    """Travellers of whom one has no name: their cell would not give them back."""
    if all(one.name for one in travellers):
        return None
    return [[one.name, one.role, one.country] for one in travellers]


def _odd_hosts(hosts: tuple[str, ...]) -> Any:
    return None if all(hosts) else list(hosts)


def _odd_evidences(visits: list[Visit]) -> list[Any]:
    """Of each visit several evidences, or one that is not of its own source alone."""
    doc_ids = by_identity(lambda one: one.doc_id if one else "", [one.source for one in visits])
    return [
        None
        if not evidence
        or (len(evidence) == 1 and not evidence[0].fields and evidence[0].doc_id == doc_id)
        else [_evidence_record(one) for one in evidence]
        for evidence, doc_id in zip([one.evidence for one in visits], doc_ids, strict=True)
    ]


def _extra_fits(extra: tuple[tuple[str, str], ...], rank: dict[str, int]) -> bool:
    """Whether the columns give the pairs back: all known, none empty, in the table's order."""
    ranks = [rank.get(name, -1) if text else -1 for name, text in extra]
    return min(ranks) >= 0 and all(one < two for one, two in pairwise(ranks))


def _beside(value: Any, names: tuple[str, ...], default: Any) -> dict[str, Any]:
    found = {}
    for name in names:
        one = getattr(value, name)
        if one != getattr(default, name):
            found[name] = one
    return found


def _evidence_record(evidence: Evidence) -> dict[str, Any]:
    record: dict[str, Any] = {
        "doc_id": evidence.doc_id,
        "start": evidence.start,
        "end": evidence.end,
        "quote": evidence.quote,
    }
    if evidence.fields:
        record["fields"] = [
            [name, span.start, span.end, span.text] for name, span in evidence.fields
        ]
    return record


def evidence_from_record(record: dict[str, Any]) -> Evidence:
    """The evidence that `more` holds; raises KeyError or TypeError for what is not one."""
    fields = tuple((name, Span(*span)) for name, *span in record.get("fields", ()))
    return Evidence(record["doc_id"], record["start"], record["end"], record["quote"], fields)


@lru_cache(maxsize=65536)
def travellers_of(names: str, roles: str, countries: str) -> tuple[Traveller, ...]:
    """The travellers of three parallel cells; one name takes all of its cell's role."""
    many = [split_cell(names), split_cell(roles), split_cell(countries)]
    if len(many[0]) == 1:
        many[1:] = [("; ".join(many[1]),), many[2][:1]]
    count = max(map(len, many))
    padded = [(*one, *[""] * (count - len(one))) for one in many]
    return tuple(Traveller(*one) for one in zip(*padded, strict=True) if any(one))


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
