"""What a person's decision does to a visit: pure functions, no storage.

    visit ── apply_decision(visit, decision) ──> visit as the person wants it

`accept`, `reject` and `defer` concern the visit as it is; `correct` changes columns of the visit
table; `merge` takes in other visits' evidence; `split` makes several visits of one. A visit's
columns are read with `column_text` and changed through `Decision.changes`, always as text, so that
the log stays readable and a decision can be carried to another version of the same visit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, get_args

from visitmap.errors import UsageError
from visitmap.model import (
    Decision,
    Evidence,
    Issue,
    OriginBasis,
    Place,
    PlaceKind,
    Status,
    Traveller,
    Visit,
    stable_id,
)
from visitmap.timespan import Timespan

ACTIONS = ("accept", "correct", "reject", "defer", "merge", "split")
# A decision on an issue that belongs to no visit names it by `issue_id`, which starts so.
ISSUE_PREFIX = "issue:"
SEPARATOR = "; "
_DATES = "Write a date as 2018-03-28, 2017-10, 2016 or 2018-03-28/.."
_PLACE_COLUMNS = ("", "_id", "_country", "_latitude", "_longitude", "_kind")
_PLAIN = ("trip_id", "purpose")
CHANGEABLE = (
    *("traveller", "role", "traveller_country", "start", "end", "duration_days"),
    *(f"destination{suffix}" for suffix in _PLACE_COLUMNS),
    *(f"origin{suffix}" for suffix in _PLACE_COLUMNS),
    *("origin_basis", "status", "certainty", *_PLAIN),
)
_REVIEW_AFTER = {"accept": "accepted", "reject": "rejected", "correct": "corrected"}
_REVIEW_AFTER |= {"merge": "corrected", "split": "corrected"}


def apply_decision(visit: Visit, decision: Decision) -> Visit:
    """The visit as it stands after one decision; `visit` itself is unchanged.

    A correction that is accepted afterwards stays `corrected`. Of a `merge` or `split`, which
    concern several visits, only the mark is applied here: see `merge_into` and `split_into`.
    Raises UsageError for an unknown action or column, or a text that its column cannot hold.
    """
    if decision.action not in ACTIONS:
        raise UsageError(f"unknown action {decision.action!r}", remedy=f"Use {', '.join(ACTIONS)}")
    if decision.action == "correct":
        visit = _corrected(visit, dict(decision.changes))
    if decision.action == "accept" and visit.review == "corrected":
        return visit
    return replace(visit, review=_REVIEW_AFTER.get(decision.action, visit.review))


def merge_into(keeper: Visit, others: Iterable[Visit]) -> Visit:
    """The keeper with the others' evidence, and their purpose, trip and hosts where it has none."""
    for other in others:
        keeper = replace(
            keeper,
            evidence=joined_evidence(keeper.evidence, other.evidence),
            hosts=keeper.hosts or other.hosts,
            purpose=keeper.purpose or other.purpose,
            trip_id=keeper.trip_id or other.trip_id,
            certainty=max(keeper.certainty, other.certainty),
        )
    return replace(keeper, review="corrected")


def split_into(visit: Visit, decision: Decision) -> list[Visit]:
    """The visits a `split` makes of one; the first keeps the visit's id.

    `decision.changes` is read in groups: each `("visit_id", id)` opens a part, the pairs after it
    are that part's corrections; `("evidence", "0, 2")` keeps only those pieces of evidence.
    """
    return [_part(visit, part_id, changes) for part_id, changes in split_groups(decision)]


def split_groups(decision: Decision) -> list[tuple[str, dict[str, str]]]:
    """A split decision's parts: each its visit id and its changes."""
    groups: list[tuple[str, dict[str, str]]] = []
    for column, text in decision.changes:
        if column == "visit_id":
            groups.append((text, {}))
        elif groups:
            groups[-1][1][column] = text
        else:
            raise UsageError("a split begins with a visit_id", remedy="Name each part first")
    return groups


def split_changes(
    visit_id: str, parts: Sequence[Mapping[str, str]], token: str
) -> tuple[tuple[str, str], ...]:
    """The changes of a split decision; ids of new parts depend on the visit and `token` alone."""
    if len(parts) < 2:
        raise UsageError("a visit is split into at least two parts", remedy="Give two or more")
    changes: list[tuple[str, str]] = []
    for number, part in enumerate(parts):
        part_id = stable_id(visit_id, token, str(number)) if number else visit_id
        changes += [("visit_id", part_id), *((str(name), str(part[name])) for name in part)]
    return tuple(changes)


def column_text(visit: Visit, column: str) -> str:
    """A visit's text in a column of the visit table; empty when there is none.

    Several travellers are written `A; B`. Raises UsageError for a column nobody can change.
    """
    reader = _READERS.get(column)
    if reader is not None:
        return reader(visit)
    extra = dict(visit.extra)
    if column not in extra:
        raise _unknown(column)
    return extra[column]


def issue_id(issue: Issue) -> str:
    """The name of an issue that belongs to no visit, for a decision that settles it."""
    evidence = issue.evidence[0] if issue.evidence else None
    said = (evidence.doc_id, evidence.quote) if evidence else (issue.where, issue.message)
    return ISSUE_PREFIX + stable_id(issue.code, issue.toponym, *said)


def joined_evidence(
    first: tuple[Evidence, ...], second: tuple[Evidence, ...]
) -> tuple[Evidence, ...]:
    """Both, in order, each piece once: the same stretch of the same document is one piece."""
    seen = {(one.doc_id, one.start, one.end) for one in first}
    return first + tuple(one for one in second if (one.doc_id, one.start, one.end) not in seen)


def _corrected(visit: Visit, changes: dict[str, str]) -> Visit:
    known = dict(visit.extra)
    for column in changes:
        if column not in CHANGEABLE and column not in known:
            raise _unknown(column)
    certainty = changes.get("certainty")
    return replace(
        visit,
        travellers=_travellers(visit, changes),
        destination=_place(visit.destination, "destination", changes),
        **_origin(visit, changes),
        timespan=_timespan(visit.timespan, changes),
        status=_one_of(changes.get("status", visit.status), get_args(Status), "status"),
        certainty=visit.certainty if certainty is None else _number(certainty, "certainty", 0, 1),
        extra=tuple((name, changes.get(name, text)) for name, text in visit.extra),
        **{name: changes[name].strip() for name in _PLAIN if name in changes},
    )


def _travellers(visit: Visit, changes: dict[str, str]) -> tuple[Traveller, ...]:
    found = visit.travellers
    if "traveller" in changes:
        found = _renamed(found, _listed(changes["traveller"]))
    if "role" in changes:
        roles = _aligned(changes["role"], len(found), "role")
        found = tuple(replace(one, role=role) for one, role in zip(found, roles, strict=True))
    if "traveller_country" in changes:
        codes = _aligned(changes["traveller_country"], len(found), "traveller_country")
        found = tuple(
            replace(one, country=_country(code, "traveller_country"))
            for one, code in zip(found, codes, strict=True)
        )
    return found


def _renamed(old: tuple[Traveller, ...], names: list[str]) -> tuple[Traveller, ...]:
    """Other names, role and country kept: by position when as many as before, else by name."""
    if not names:
        raise UsageError("a visit needs a traveller", where="traveller", remedy="Or reject it")
    if len(names) == len(old):
        return tuple(replace(one, name=name) for one, name in zip(old, names, strict=True))
    known = {one.name: one for one in old}
    return tuple(known.get(name) or Traveller(name) for name in names)


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(SEPARATOR.strip()) if part.strip()]


def _aligned(text: str, count: int, column: str) -> list[str]:
    """One text a traveller: `;` separates as many as there are; an empty text empties all."""
    parts = [part.strip() for part in text.split(SEPARATOR.strip())] if count > 1 else [text]
    if not text.strip():
        return [""] * count
    if len(parts) != count:
        message = f"{count} travellers need {count} entries separated by ';', not {len(parts)}"
        raise UsageError(message, where=column, remedy="Give one for each, in the same order")
    return [part.strip() for part in parts]


def _origin(visit: Visit, changes: dict[str, str]) -> dict[str, Any]:
    said = [changes.get(f"origin{suffix}", "").strip() for suffix in _PLACE_COLUMNS]
    touched = any(f"origin{suffix}" in changes for suffix in _PLACE_COLUMNS)
    touched = touched and (visit.origin is not None or any(said))
    basis = changes.get("origin_basis", "stated" if touched else visit.origin_basis)
    _one_of(basis, get_args(OriginBasis), "origin_basis")
    if not touched:
        return {"origin_basis": basis if visit.origin else ""}
    if "origin" in changes and not changes["origin"].strip():
        return {"origin": None, "origin_basis": ""}
    place = _place(visit.origin or Place(""), "origin", changes)
    return {"origin": place, "origin_basis": basis or "stated"}


def _place(old: Place, column: str, changes: dict[str, str]) -> Place:
    given = {
        suffix: changes[f"{column}{suffix}"].strip()
        for suffix in _PLACE_COLUMNS
        if f"{column}{suffix}" in changes
    }
    name = given.get("", old.name)
    if not given:
        return old
    if not name:
        raise UsageError("a visit needs a place", where=column, remedy="Name it, or reject it")
    if given.get("_id", old.id) != old.id or ("_id" not in given and name != old.name):
        # Another place: nothing of the old one's point may stay behind under the new name.
        old = Place(name)
    place = replace(old, name=name, **_place_fields(given, column))
    if (place.latitude is None) != (place.longitude is None):
        raise UsageError("a point needs both coordinates", where=column, remedy="Give the other")
    return place


def _place_fields(given: dict[str, str], column: str) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if "_id" in given:
        fields["id"] = given["_id"]
    if "_country" in given:
        fields["country"] = _country(given["_country"], f"{column}_country")
    if given.get("_kind"):
        fields["kind"] = _one_of(given["_kind"], get_args(PlaceKind), f"{column}_kind")
    for name, limit in (("latitude", 90), ("longitude", 180)):
        if f"_{name}" in given:
            text = given[f"_{name}"]
            fields[name] = _number(text, f"{column}_{name}", -limit, limit) if text else None
    return fields


def _timespan(old: Timespan, changes: dict[str, str]) -> Timespan:
    if not changes.keys() & {"start", "end", "duration_days"}:
        return old
    days = changes.get("duration_days", str(old.duration_days or "")).strip()
    if days and not re.fullmatch(r"[0-9]{1,5}", days):
        raise UsageError(f"not a number of days: {days!r}", where="duration_days", remedy="Try 3")
    start, end = changes.get("start", old.start).strip(), changes.get("end", old.end).strip()
    try:
        return Timespan(start, end, int(days) if days else None)
    except ValueError as error:
        columns = [name for name in ("start", "end", "duration_days") if name in changes]
        raise UsageError(str(error), where=", ".join(columns), remedy=_DATES) from None


def _country(text: str, column: str) -> str:
    code = text.strip().upper()
    if code and not re.fullmatch(r"[A-Z]{2}", code):
        raise UsageError(f"not a country code: {text!r}", where=column, remedy="Two letters, as FR")
    return code


def _number(text: str, column: str, lowest: float, highest: float) -> float:
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not lowest <= value <= highest:
        remedy = f"Give a number from {lowest} to {highest}"
        raise UsageError(f"not possible here: {text!r}", where=column, remedy=remedy)
    return value


def _one_of(text: str, allowed: tuple[str, ...], column: str) -> Any:
    if text not in allowed:
        choice = ", ".join(one or "(empty)" for one in allowed)
        raise UsageError(f"not possible here: {text!r}", where=column, remedy=f"Use {choice}")
    return text


def _part(visit: Visit, part_id: str, changes: dict[str, str]) -> Visit:
    kept = changes.pop("evidence", None)
    evidence = visit.evidence if kept is None else _picked(visit.evidence, kept)
    part = _corrected(visit, changes)
    return replace(part, visit_id=part_id, evidence=evidence, review="corrected")


def _picked(evidence: tuple[Evidence, ...], text: str) -> tuple[Evidence, ...]:
    numbers = [int(one) for one in re.findall(r"[0-9]+", text)]
    if not numbers or max(numbers) >= len(evidence):
        remedy = f"Number them from 0 to {len(evidence) - 1}"
        raise UsageError(f"no such evidence: {text!r}", where="evidence", remedy=remedy)
    return tuple(evidence[number] for number in numbers)


def _unknown(column: str) -> UsageError:
    remedy = f"Columns that can be changed: {', '.join(CHANGEABLE)}"
    return UsageError(f"no column {column!r} that a decision can change", remedy=remedy)


def _joined(texts: Iterable[str]) -> str:
    listed = list(texts)
    return SEPARATOR.join(listed) if any(listed) else ""


def _place_readers(column: str) -> dict[str, Callable[[Visit], str]]:
    def reader(field: str) -> Callable[[Visit], str]:
        def read(visit: Visit) -> str:
            value = getattr(getattr(visit, column), field, None)
            return "" if value is None else str(value)

        return read

    fields = ("name", "id", "country", "latitude", "longitude", "kind")
    pairs = zip(_PLACE_COLUMNS, fields, strict=True)
    return {f"{column}{suffix}": reader(field) for suffix, field in pairs}


_READERS: dict[str, Callable[[Visit], str]] = {
    "traveller": lambda visit: _joined(one.name for one in visit.travellers),
    "role": lambda visit: _joined(one.role for one in visit.travellers),
    "traveller_country": lambda visit: _joined(one.country for one in visit.travellers),
    "start": lambda visit: visit.timespan.start,
    "end": lambda visit: visit.timespan.end,
    "duration_days": lambda visit: str(visit.timespan.duration_days or ""),
    "origin_basis": lambda visit: visit.origin_basis,
    "status": lambda visit: visit.status,
    "certainty": lambda visit: str(visit.certainty),
    "trip_id": lambda visit: visit.trip_id,
    "purpose": lambda visit: visit.purpose,
    **_place_readers("destination"),
    **_place_readers("origin"),
}
