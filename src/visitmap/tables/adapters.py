"""Known data sets, found by their column names: what their columns mean, and their oddities.

To add one: an `Adapter` in ADAPTERS, an example in data/examples, its row in docs/tables.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from visitmap.tables.columns import COLUMNS
from visitmap.tables.places import Lookup
from visitmap.tables.sheet import Sheet
from visitmap.tables.words import fold_header, says_nothing

_PREPOSITION = re.compile(
    r"\s+(?:in|to|at|visits?|à|a|au|aux|en|vers|se rend (?:à|en|au))\s+|\s*[:–—]\s+"
)


@dataclass(frozen=True, slots=True)
class Adapter:
    """A data set: the columns that show it, what they mean, what holds for every row.

    `fields` maps a field to a folded column name; `constants` fill fields that no column has;
    `links_trips` joins a traveller's rows into journeys when each begins where the last ended;
    `repairs_years` mends the year of an end date (with an Issue).
    """

    name: str
    title: str
    needs: frozenset[str]
    fields: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    prepare: Callable[[Sheet, Lookup], Sheet] = lambda sheet, lookup: sheet
    links_trips: bool = False
    repairs_years: bool = False


def sniff_adapter(header: Iterable[str]) -> Adapter:
    """The adapter whose columns are all there; the general one when there is none."""
    header = list(header)
    if set(COLUMNS) <= set(header):
        return VISIT_TABLE
    names = set(map(fold_header, header))
    return next((one for one in ADAPTERS if one.needs <= names), GENERAL)


_MADE_BY = re.compile(
    r"\b(?:trips?|travels?|visits?|journeys?|voyages?|déplacements?|visites?)\b.*?"
    r"\b(?:made |taken |undertaken |effectuée?s? )?(?:by|par) (?P<who>[^\d,;(]{5,60})$",
    re.I,
)


def traveller_in(title: str) -> str:
    """Who travels, by the title of a table; empty when it does not say.

    >>> traveller_in("List of international trips made by Barack Obama")
    'Barack Obama'
    """
    match = _MADE_BY.search(title.replace("_", " ").strip())
    return match["who"].strip() if match else ""


def fields_of(adapter: Adapter, sheet: Sheet) -> dict[str, str]:
    """The adapter's mapping with the columns as this table spells them."""
    by_fold = {fold_header(name): name for name in reversed(sheet.header)}
    return {one: by_fold[name] for one, name in adapter.fields.items() if name in by_fold}


def _pieces_to_dates(sheet: Sheet, lookup: Lookup) -> Sheet:
    """TimelineJS: year, month and day in columns of their own, the place within the headline."""
    by_fold = {fold_header(name): name for name in sheet.header}
    columns = dict(sheet.columns)

    def cells(name: str) -> list[str]:
        return [str(cell or "") for cell in columns.pop(by_fold.get(name, ""), [""] * sheet.count)]

    columns["start"] = _joined(cells("year"), cells("month"), cells("day"))
    columns["end"] = _joined(cells("end year"), cells("end month"), cells("end day"))
    if not {"location", "place", "destination"} & by_fold.keys():
        parts = [_in_headline(str(text or ""), lookup) for text in columns[by_fold["headline"]]]
        columns["destination"] = [place for _, place in parts]
        if not any(columns.get(by_fold.get("group", ""), ())):
            columns.pop(by_fold.get("group", ""), None)
            columns["traveller"] = [who for who, _ in parts]
    return sheet.with_columns(columns)


def _joined(*parts: list[str]) -> list[str]:
    rows = zip(*parts, strict=True)
    return ["-".join(_two_digits(part) for part in row if part.strip()) for row in rows]


def _two_digits(text: str) -> str:
    return text.strip().removesuffix(".0").zfill(2)


def _in_headline(text: str, lookup: Lookup) -> tuple[str, str]:
    """Who and where in a headline such as `Macron à Moscou` or `Nixon visits China`."""
    parts = _PREPOSITION.split(text.strip())
    for index in range(len(parts) - 1, 0, -1):
        place = re.split(r"[,(]| (?:on|in|for|pour|le|avec|with|and|et) ", parts[index])[0].strip()
        if place and lookup.ask(place):
            return " ".join(parts[:index]), place
    return text, text if lookup.ask(text.strip()) else ""


def _without_title_slide(sheet: Sheet, lookup: Lookup) -> Sheet:
    columns = dict(sheet.columns)
    kind = next((name for name in columns if fold_header(name) == "type"), "")
    keep = [cell not in ("title", "era") for cell in columns.get(kind, [""] * sheet.count)]
    if not all(keep):
        for name, cells in columns.items():
            columns[name] = [cell for cell, kept in zip(cells, keep, strict=True) if kept]
        sheet = Sheet(sheet.name, columns, sum(keep), sheet.first_line, notes=sheet.notes)
    return _pieces_to_dates(sheet, lookup)


def _confidence_to_certainty(sheet: Sheet, lookup: Lookup) -> Sheet:
    """COLT: Confidence from 1 to 5 is a fifth of a certainty each."""
    columns = dict(sheet.columns)
    column = next((name for name in columns if fold_header(name) == "confidence"), "")
    cells = columns.pop(column, [""] * sheet.count)
    columns["certainty"] = [_fifths(str(cell or "")) for cell in cells]
    return sheet.with_columns(columns)


def _fifths(cell: str) -> str:
    text = cell.strip().removesuffix(".0")
    return str(int(text) / 5) if text in set("12345") else "" if says_nothing(cell) else cell


def _preferring_attestation(sheet: Sheet, lookup: Lookup) -> Sheet:
    """Linked Places: `attestation_year` dates a row that has no `start`."""
    columns = dict(sheet.columns)
    if "attestation_year" in columns:
        starts = columns.get("start", [""] * sheet.count)
        years = columns.pop("attestation_year")
        columns["start"] = [one or other for one, other in zip(starts, years, strict=True)]
    return sheet.with_columns(columns)


def _needs(*names: str) -> frozenset[str]:
    return frozenset(names)


VISIT_TABLE = Adapter("visitmap", "the visit table itself", _needs(*COLUMNS))
GENERAL = Adapter("general", "a table by its columns' names and contents", frozenset())
COLT_FIELDS = {
    "trip_id": "trip id",
    "traveller": "leader full name",
    "role": "leader role",
    "traveller_country": "leader country iso",
    "country": "country visited",
    "country_code": "country visited iso",
    "destination": "city visited",
    "start": "trip start date",
    "end": "trip end date",
    "duration_days": "trip duration",
    "hosts": "host hogs name",
    "url": "source link1",
}
ADAPTERS = (
    Adapter(
        "colt",
        "COLT, Country and Organizational Leader Travel",
        _needs("trip id", "leader full name", "country visited", "trip start date"),
        COLT_FIELDS,
        prepare=_confidence_to_certainty,
    ),
    Adapter(
        "us-travels",
        "travels of US presidents and secretaries of state, Office of the Historian",
        _needs("traveller", "start", "end", "country", "locale", "remarks"),
        {"destination": "locale", "purpose": "remarks", "country": "country"},
        {"traveller_country": "US"},
        links_trips=True,
    ),
    Adapter(
        "us-visits",
        "visits by foreign leaders to the United States, Office of the Historian",
        _needs("visitor", "from", "start date", "end date", "description"),
        {
            "traveller": "visitor",
            "traveller_country": "from",
            "start": "start date",
            "end": "end date",
            "purpose": "description",
        },
        {"country_code": "US"},
    ),
    Adapter(
        "french-journeys",
        "journeys of French presidents and prime ministers",
        _needs("fonction", "individu", "lieu", "pays", "date de debut", "date de fin"),
        {
            "role": "fonction",
            "traveller": "individu",
            "destination": "lieu",
            "country": "pays",
            "country_code": "code pays",
            "start": "date de debut",
            "end": "date de fin",
        },
        {"traveller_country": "FR"},
        repairs_years=True,
    ),
    Adapter(
        "flowmap",
        "flows between named locations, flowmap.blue",
        _needs("origin", "dest", "count"),
        {"origin": "origin", "destination": "dest", "date": "time"},
    ),
    Adapter(
        "timelinejs",
        "a TimelineJS sheet",
        _needs("year", "headline", "text"),
        {"purpose": "text", "url": "media", "traveller": "group", "title": "headline"},
        prepare=_without_title_slide,
    ),
    Adapter(
        "lp-tsv",
        "Linked Places, LP-TSV",
        _needs("id", "title", "title source"),
        {
            "destination": "title",
            "country_code": "ccodes",
            "purpose": "description",
            "point": "geowkt",
        },
        prepare=_preferring_attestation,
    ),
)
