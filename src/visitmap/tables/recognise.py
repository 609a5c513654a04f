"""What the columns of a table mean: by their names, then by what is in them.

The answer is a mapping from field to column, shown to the user before it is used and changed with
`--map traveller=Nom`. Fields are the columns of the visit table and a few of which one of those is
made: `date` (a day or a stay in one cell), `country`, `country_code`, `point`, `column` names a
column of the table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from visitmap.errors import UsageError
from visitmap.tables.columns import COLUMNS, OWN_EXTRAS
from visitmap.tables.countries import country_codes
from visitmap.tables.dates import looks_like_dates
from visitmap.tables.restore import number
from visitmap.tables.sheet import Sheet
from visitmap.tables.words import fold_header, says_nothing, words

Geocode = Callable[[str, str], list[Any]]

VIRTUAL_FIELDS = ("date", "country", "country_code", "point")
FIELDS = (*COLUMNS, *OWN_EXTRAS, *VIRTUAL_FIELDS)
_SAMPLE = 400
_PLACES_TRIED = 12
_DIGIT = re.compile(r"\d")
_LINK = re.compile(r"https?://|www\.")
_POINT = re.compile(
    r"\s*\(?\s*-?\d+([.,]\d+)?\s*[,; ]\s*-?\d+([.,]\d+)?\s*\)?\s*|\s*(POINT|LINESTRING)\b.*", re.I
)
_CAPITALISED = r"[A-ZÀ-ÞŁŚŠŽ(][\w.'’)\-]*"
_NAME = re.compile(
    rf"{_CAPITALISED}(?: (?:{_CAPITALISED}|de|du|des|la|le|von|van|al|bin|el|and|et|&|of))*"
)


@dataclass(frozen=True, slots=True)
class _Rule:
    field: str
    kind: str
    patterns: tuple[re.Pattern[str], ...]


@lru_cache(maxsize=1)
def _rules() -> tuple[_Rule, ...]:
    return tuple(
        _Rule(entry["field"], entry["kind"], tuple(re.compile(name) for name in entry["names"]))
        for entry in words()["columns"]
    )


def recognise(
    sheet: Sheet, given: Mapping[str, str] | None = None, geocode: Geocode | None = None
) -> dict[str, str]:
    """From field to the table's column; `given` wins over what names and contents suggest.

    Raises UsageError when `given` names a field or column that does not exist.
    """
    found = checked(sheet, given or {})
    for name in sheet.header:
        if name in FIELDS and name not in found and name not in found.values():
            found[name] = name
    samples = {name: _sample(cells) for name, cells in sheet.columns.items()}
    for rule in _rules():
        if rule.field not in found:
            column = _by_name(rule, samples, set(found.values()))
            if column:
                found[rule.field] = column
    return _by_content(samples, found, geocode)


def checked(sheet: Sheet, given: Mapping[str, str]) -> dict[str, str]:
    """The mapping a user gave, with columns spelt as the table spells them."""
    by_fold = {fold_header(name): name for name in sheet.header}
    found = {}
    check_fields(given)
    for field, column in given.items():
        actual = column if column in sheet.columns else by_fold.get(fold_header(column))
        if actual is None:
            raise UsageError(
                f"the table has no column {column!r}", where=sheet.name,
                remedy=f"Its columns are: {', '.join(sheet.header)}",
            )  # fmt: skip
        found[field] = actual
    return found


def check_fields(fields: Iterable[str]) -> None:
    """Raise UsageError for a field that there is not."""
    for field in fields:
        if field not in FIELDS:
            near = get_close_matches(field, FIELDS, 1)
            hint = f"Did you mean {near[0]}?" if near else f"Use one of: {', '.join(FIELDS)}"
            raise UsageError(f"no field is called {field}", remedy=hint)


def _sample(cells: list[Any]) -> list[str]:
    """Up to 400 distinct texts that say something, from all over the column."""
    step = max(1, len(cells) // (4 * _SAMPLE))
    texts = dict.fromkeys(str(cell) for cell in cells[::step] if cell not in ("", None))
    return [text for text in texts if not says_nothing(text)][:_SAMPLE]


def _by_name(rule: _Rule, samples: dict[str, list[str]], taken: set[str]) -> str:
    for pattern in rule.patterns:
        for name, sample in samples.items():
            named = name not in taken and pattern.fullmatch(fold_header(name))
            if named and _CHECKS[rule.kind](sample):
                return name
    return ""


def _share(test: Callable[[str], Any], sample: list[str]) -> float:
    return sum(bool(test(cell)) for cell in sample) / len(sample) if sample else 0.0


def _is_number(cell: str) -> bool:
    try:
        return number(cell) is not None
    except ValueError:
        return False


def _dates(sample: list[str]) -> bool:
    return not sample or looks_like_dates(sample) >= 0.5


def _places(sample: list[str]) -> bool:
    if any(map(_LINK.match, sample)):
        return False
    return not sample or (looks_like_dates(sample) < 0.5 and _share(_is_number, sample) < 0.5)


_CHECKS: dict[str, Callable[[list[str]], bool]] = {
    "any": lambda sample: True,
    "date": _dates,
    "place": _places,
    "text": lambda sample: not sample or _share(_is_number, sample) < 0.5,
    "number": lambda sample: not sample or _share(_is_number, sample) >= 0.8,
    "country": lambda sample: not sample or _share(country_codes, sample) >= 0.5,
    "duration": lambda sample: not sample or _share(_DIGIT.search, sample) >= 0.5,
    "link": lambda sample: _share(_LINK.match, sample) >= 0.5,
    "point": lambda sample: _share(_POINT.fullmatch, sample) >= 0.8,
    "status": lambda sample: len(sample) <= 12,
}  # fmt: skip


def _by_content(
    samples: dict[str, list[str]], found: dict[str, str], geocode: Geocode | None
) -> dict[str, str]:
    """Fill the fields that matter most from the columns whose names said nothing."""

    def free() -> Iterable[str]:
        return [name for name in samples if name not in found.values() and samples[name]]

    if not found.keys() & {"start", "date"}:
        dated = [name for name in free() if looks_like_dates(samples[name]) >= 0.8]
        found.update(zip(("start", "end"), dated, strict=False))
    if not found.keys() & {"country", "country_code", "destination_country"}:
        for name in free():
            if _share(country_codes, samples[name]) >= 0.8 and "destination" not in found:
                found["country"] = name
                break
    if "destination" not in found and geocode and not found.keys() & {"point"}:
        _add_best(found, "destination", {n: _placed(samples[n], geocode) for n in free()})
    if "traveller" not in found:
        _add_best(found, "traveller", {name: _named(samples[name]) for name in free()})
    return found


def _add_best(found: dict[str, str], field: str, shares: dict[str, float]) -> None:
    best = max(shares, key=lambda name: shares[name], default="")
    if best and shares[best] >= 0.6:
        found[field] = best


def _placed(sample: list[str], geocode: Geocode) -> float:
    """The share of cells, of a dozen, that are the name of a place we know well."""
    tried = [cell for cell in sample if len(cell) < 40 and not _is_number(cell)][:_PLACES_TRIED]
    if len(tried) < min(len(sample), _PLACES_TRIED) / 2:
        return 0.0
    known = (geocode(cell, "") for cell in tried)
    return sum(bool(found) and found[0].score >= 0.3 for found in known) / max(len(tried), 1)


def _named(sample: list[str]) -> float:
    """The share of cells that are written like a person's name: two capitalised words or more."""
    return _share(lambda cell: " " in cell and len(cell) < 60 and _NAME.fullmatch(cell), sample)
