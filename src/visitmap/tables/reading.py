"""A table to visits and issues: read, understand the columns, resolve the places."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path
from typing import Any

from visitmap.errors import InputError, UsageError
from visitmap.model import Candidate, Issue, Visit, collector_at_rest
from visitmap.tables.adapters import VISIT_TABLE, fields_of, sniff_adapter, traveller_in
from visitmap.tables.apart import read_sheet_apart
from visitmap.tables.cells import coded
from visitmap.tables.columns import COLUMNS, Columns
from visitmap.tables.countries import country_codes
from visitmap.tables.delimited import guarded
from visitmap.tables.formats import READABLE, read_sheet
from visitmap.tables.places import Lookup
from visitmap.tables.problems import Problems
from visitmap.tables.recognise import check_fields, recognise
from visitmap.tables.restore import columns_to_visits
from visitmap.tables.sheet import OWN_FILES, Limits, Sheet, check_bytes, limits_of
from visitmap.tables.stops import Progress
from visitmap.tables.understand import understand

Geocode = Callable[[str, str], list[Candidate]]
CountryCodes = Callable[[str], tuple[str, ...]]

__all__ = [
    "READABLE",
    "TableResult",
    "read_table",
    "read_upload",
    "rows_to_visits",
    "save_mapping",
    "write_rejects",
]

_DATE_ORDERS = (None, "", "dmy", "mdy")


@dataclass(frozen=True, slots=True)
class TableResult:
    """What a table gave: visits, what a person should look at, and how it was understood.

    `mapping` goes from field to the table's own column; `adapter` is the data set's name;
    `rejects` are the rows with errors as written, with `row` and `problem`; `notes` are sentences
    for the user.
    """

    visits: list[Visit]
    issues: list[Issue]
    mapping: dict[str, str]
    adapter: str
    rejects: list[dict[str, Any]]
    notes: list[str]

    @property
    def good_visits(self) -> list[Visit]:
        """The visits of rows without an error."""
        bad = {issue.visit_id for issue in self.issues if issue.severity == "error"}
        return [visit for visit in self.visits if visit.visit_id not in bad]


def read_table(
    table: str | PathLike[str] | bytes,
    *,
    name: str = "",
    mapping: Mapping[str, str] | None = None,
    geocode: Geocode | None = None,
    country_codes: CountryCodes = country_codes,
    strict: bool = False,
    date_order: str | None = None,
    limits: Limits = OWN_FILES,
    progress: Progress = lambda done, total: None,
    apart: bool = False,
) -> TableResult:
    """Visits and issues of a table file, or of its bytes with the file's `name`.

    `mapping` says which column holds which field (`{"traveller": "Nom"}`) and wins over a mapping
    saved beside the table, which wins over what is recognised. `geocode(name, country)` and
    `country_codes(name)` are the gazetteer's; without `geocode` names keep no point.
    `date_order` is `dmy` or `mdy` for a table that does not show it. `progress(done, total)` is
    called as the table's distinct places are looked up. `apart` reads the file in a child process
    bounded by `limits`, without network: for files from strangers. Raises InputError for a file
    that cannot be read and, when `strict`, for the first error in it; UsageError for a mapping to
    what is not there.
    """
    if date_order not in _DATE_ORDERS:
        raise UsageError(f"no date order is called {date_order}", remedy="Use dmy or mdy")
    data, name, saved = _bytes_of(table, name, limits)
    problems = Problems(name)
    lookup = Lookup(geocode, country_codes)
    with collector_at_rest():
        sheet = (read_sheet_apart if apart else read_sheet)(data, name, limits)
        sheet = sheet.with_columns({one: coded(cells) for one, cells in sheet.columns.items()})
        visits, used, adapter, notes = _visits(
            sheet, {**saved, **(mapping or {})}, lookup, problems, date_order, progress
        )
    if strict:
        _stop_at_first_error(problems)
    kept = [visit for visit in visits if visit is not None]
    rejects = _rejects(sheet, problems)
    return TableResult(kept, problems.issues, used, adapter, rejects, notes)


def read_upload(data: bytes, name: str, **how: Any) -> TableResult:
    """What someone uploaded, as `read_table` reads it: in a child process and within `Limits`.

    The limits are raised with the environment variable VISITMAP_LIMITS, as in
    `cells=5000000 file=200MB`, which `visitmap serve --limit` sets.
    """
    limits = limits_of(os.environ.get("VISITMAP_LIMITS", "").split(), Limits())
    return read_table(data, name=name, limits=limits, apart=True, **how)


def _visits(
    sheet: Sheet,
    given: Mapping[str, str],
    lookup: Lookup,
    problems: Problems,
    date_order: str | None,
    progress: Progress,
) -> tuple[list[Visit | None], dict[str, str], str, list[str]]:
    adapter = sniff_adapter(sheet.header)
    problems.cells = sheet.columns
    if adapter is VISIT_TABLE and not given:
        visits = columns_to_visits(sheet.columns, sheet.count, problems, kind="article")
        _name_visits(problems, visits, range(1, sheet.count + 1))
        return visits, {name: name for name in COLUMNS}, adapter.name, list(sheet.notes)
    constants, given = _constants(given)
    prepared = adapter.prepare(sheet, lookup)
    known = {**fields_of(adapter, prepared), **given}
    mapping = recognise(prepared, known, lookup.geocode)
    mapping = {field: column for field, column in mapping.items() if field not in constants}
    if not {"traveller"} & (mapping.keys() | constants.keys() | adapter.constants.keys()):
        constants |= _told_by_title(sheet)
    adapter = replace(adapter, constants={**adapter.constants, **constants})
    problems.mapping = mapping
    draft = understand(prepared, mapping, adapter, lookup, problems, date_order, progress)
    problems.rows = draft.rows
    visits = columns_to_visits(
        draft.columns, len(draft.rows), problems,
        destinations=draft.destinations, origins=draft.origins,
    )  # fmt: skip
    _name_visits(problems, visits, draft.rows)
    shown = _shown(mapping, constants)
    notes = [*sheet.notes, f"Read as {adapter.title}.", shown, *draft.notes]
    used = mapping | {field: f'"{value}"' for field, value in constants.items()}
    return visits, used, adapter.name, notes


def _constants(given: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """What a user gave as `traveller="Anna Lind"`, in quotation marks, apart from the columns."""
    constants = {
        name: column[1:-1]
        for name, column in given.items()
        if len(column) > 1 and column[0] == column[-1] == '"'
    }
    check_fields(constants)
    return constants, {name: column for name, column in given.items() if name not in constants}


def _told_by_title(sheet: Sheet) -> dict[str, str]:
    titles = (sheet.title, Path(sheet.name).stem)
    who = next(filter(None, map(traveller_in, titles)), "")
    return {"traveller": who} if who else {}


def _shown(mapping: Mapping[str, str], constants: Mapping[str, str]) -> str:
    pairs = [f"{field} from {column!r}" for field, column in mapping.items()]
    pairs += [f"{field} is {value!r} in every row" for field, value in constants.items()]
    return f"Columns: {', '.join(pairs) or 'none is recognised'}."


def _name_visits(problems: Problems, visits: list[Visit | None], rows: Sequence[int]) -> None:
    """Give each issue the visit of its row, and the row as evidence."""
    concerned = problems.by_row.keys()
    first: dict[str, Visit] = {}
    for row, visit in zip(rows, visits, strict=True):
        if row in concerned and visit is not None:
            where = f"{problems.name}:{row}"
            first.setdefault(where, visit)
            first.setdefault(f"{where}\x1f{visit.destination.name}", visit)
    for index, issue in enumerate(problems.issues):
        visit = first.get(f"{issue.where}\x1f{issue.toponym}") or first.get(issue.where)
        if visit is not None:
            problems.issues[index] = replace(
                issue, visit_id=visit.visit_id, evidence=visit.evidence
            )


def _stop_at_first_error(problems: Problems) -> None:
    for issue in problems.issues:
        if issue.severity == "error":
            raise InputError(issue.message, where=issue.where, remedy=issue.remedy)


def _rejects(sheet: Sheet, problems: Problems) -> list[dict[str, Any]]:
    """The rows with errors as written, each with its number and what is wrong."""
    wrong: dict[int, list[str]] = {}
    for row, issues in problems.by_row.items():
        said = [issue.message for issue in issues if issue.severity == "error"]
        if said:
            wrong[row] = said
    return [
        {
            **{name: cells[row - 1] for name, cells in sheet.columns.items()},
            "row": row,
            "problem": "; ".join(wrong[row]),
        }
        for row in sorted(wrong)
        if row <= sheet.count
    ]


def _bytes_of(
    table: str | PathLike[str] | bytes, name: str, limits: Limits
) -> tuple[bytes, str, dict[str, str]]:
    """The file's bytes, its name, and the mapping saved beside it."""
    if isinstance(table, bytes):
        check_bytes(name or "the table", len(table), limits)
        return table, name or "table.csv", {}
    path = Path(table)
    try:
        check_bytes(path.name, path.stat().st_size, limits)
        return path.read_bytes(), name or path.name, _saved_mapping(path)
    except OSError as error:
        raise InputError(
            f"the file cannot be read ({error.strerror})", where=str(path), remedy="Check the path"
        ) from None


def mapping_path(table: Path) -> Path:
    """Where a table's mapping is saved: `visits.csv.map.json` beside `visits.csv`."""
    return table.with_name(f"{table.name}.map.json")


def _saved_mapping(table: Path) -> dict[str, str]:
    path = mapping_path(table)
    if not path.is_file():
        return {}
    try:
        saved = json.loads(path.read_text("utf-8"))
        return {str(field): str(column) for field, column in saved.items()}
    except (ValueError, AttributeError):
        raise InputError(
            "the saved mapping is no JSON object of field and column", where=path.name,
            remedy="Correct it, or delete it to have the columns recognised",
        ) from None  # fmt: skip


def save_mapping(table: str | PathLike[str], mapping: Mapping[str, str]) -> Path:
    """Save a mapping beside its table, for the next time it is read; returns where."""
    from visitmap.tables.atomic import written_aside

    path = mapping_path(Path(table))
    with written_aside(path) as aside:
        aside.write_text(json.dumps(dict(mapping), ensure_ascii=False, indent=1) + "\n", "utf-8")
    return path


def write_rejects(path: str | PathLike[str], results: Iterable[TableResult]) -> int:
    """Write the rows with errors to a CSV, each with its number and problem; returns how many.

    The file is written when there are none as well, so that an old one does not mislead.
    """
    from visitmap.tables.atomic import written_aside

    rows = [row for result in results for row in result.rejects]
    names = list(dict.fromkeys(name for row in rows for name in row)) or ["row", "problem"]
    text = io.StringIO()
    writer = csv.DictWriter(text, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: guarded(str(cell)) for name, cell in row.items()} for row in rows)
    with written_aside(Path(path)) as aside:
        aside.write_text(text.getvalue(), "utf-8")
    return len(rows)


def rows_to_visits(rows: list[dict[str, Any]]) -> list[Visit]:
    """The visits that `visits_to_rows` wrote."""
    names = dict.fromkeys((*COLUMNS, *(key for row in rows for key in row)))
    columns: Columns = {key: [row.get(key, "") for row in rows] for key in names}
    found = columns_to_visits(columns, len(rows), Problems("rows"), kind="article")
    return [visit for visit in found if visit is not None]
