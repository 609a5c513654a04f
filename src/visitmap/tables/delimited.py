"""CSV and its relatives as people write them: encoding, delimiter and header row are found."""

from __future__ import annotations

import csv
import functools
import io
import operator
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice, zip_longest
from typing import Any

from visitmap.errors import InputError
from visitmap.tables.cells import Coded, each_once
from visitmap.tables.columns import Columns
from visitmap.tables.sheet import Limits, Sheet, check_size, sheet_of_rows, unique_names

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_DELIMITERS = ",;\t|"
# Bytes 0x80 to 0x9F are control characters in latin-1, and “ ” ’ – € in Windows' cp1252.
_WINDOWS_ONLY = re.compile(rb"[\x80-\x9f]")
_RUN_BY_SPREADSHEETS = re.compile(r"'+[=+\-@\t\r＝＋－＠]")
_FIELD_LIMIT = 10_000_000
# Longer text is read by Arrow when it can be; for shorter text, loading Arrow costs more.
_LARGE_TEXT = 1_000_000
_SAMPLE = 200_000
# Rows that a heading may stand above the names of its columns.
_HEADINGS = 3
# Bytes that Arrow reads at once; no row may be longer.
_BLOCK = 8_000_000


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text of a file and the encoding it turned out to have."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decoded(data, encoding, name), encoding
    try:
        return data.decode(), "utf-8"
    except UnicodeDecodeError:
        pass
    if data.count(0) > len(data) // 50:
        raise InputError(
            "the file is not text", where=name, remedy="Export it as CSV with encoding UTF-8"
        )
    return _legacy(data)


def _decoded(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise InputError(
            f"the file says it is {encoding} but is not", where=name, remedy="Save it as UTF-8"
        ) from None


def _legacy(data: bytes) -> tuple[str, str]:
    if _WINDOWS_ONLY.search(data):
        try:
            return data.decode("cp1252"), "cp1252"
        except UnicodeDecodeError:
            return data.decode("latin-1"), "latin-1"
    return data.decode("latin-1"), "latin-1"


def read_delimited(data: bytes, name: str, limits: Limits, *, suffix: str = ".csv") -> Sheet:
    """A sheet from the bytes of a delimited file; raises InputError when there is no table."""
    text, encoding = decode(data, name)
    if "\0" in text[:10_000] and not text.startswith("visit_id"):
        raise InputError("the file is not text", where=name, remedy="Export it as CSV")
    delimiter, skipped = _delimiter(text, suffix)
    text = text[skipped:]
    sheet = _read_at_once(text, delimiter, name, limits) if len(text) > _LARGE_TEXT else None
    if sheet is None:
        sheet = _read_by_rows(text, delimiter, name, limits)
    sheet = replace(sheet, notes=(*_notes(encoding, delimiter), *sheet.notes))
    return _unguarded(sheet) if "'" in text else sheet


def _read_by_rows(text: str, delimiter: str, name: str, limits: Limits) -> Sheet:
    lines = list(_rows(text, delimiter, name))
    top = _header_row(lines)
    if not lines or not any(cell.strip() for cell in lines[top][1]):
        raise InputError("the file holds no table", where=name, remedy="Give a file with a header")
    body = [cells for _, cells in lines[top + 1 :] if any(cells)]
    first = lines[top + 1][0] if len(lines) > top + 1 else 0
    names = header_of([cells for _, cells in lines[: top + 1]], top)
    title = " ".join(filter(None, lines[0][1])) if top else ""
    return sheet_of_rows(
        name, names, body, limits, first_line=first, notes=_left_out(top), title=title
    )


def _left_out(top: int) -> tuple[str, ...]:
    return (f"The first {top} rows stand above the table and are left out.",) if top else ()


def _notes(encoding: str, delimiter: str) -> tuple[str, ...]:
    notes = []
    if encoding not in ("utf-8", "utf-8-sig"):
        notes.append(f"The file is read as {encoding}.")
    if delimiter != ",":
        shown = {"\t": "a tab", ";": "a semicolon", "|": "a bar"}[delimiter]
        notes.append(f"The columns are divided by {shown}.")
    return tuple(notes)


def _read_at_once(text: str, delimiter: str, name: str, limits: Limits) -> Sheet | None:
    """A large table by Arrow, which finds each column's distinct cells; None if it must not be.

    Arrow refuses what `csv` forgives (rows of several lengths, quotation marks left open).
    """
    if text.count('"') % 2:
        return None
    head = list(_rows(text[:_SAMPLE].rpartition("\n")[0], delimiter, name))
    top = _header_row(head)
    if len(head) < top + 2:
        return None
    first = head[top + 1][0]
    lines = islice(io.StringIO(text[:_SAMPLE], newline=""), first - 1)
    body = text[sum(map(len, lines)) :]
    names = unique_names(header_of([cells for _, cells in head[: top + 1]], top))
    columns = _arrow_columns(body, delimiter, names)
    if columns is None:
        return None
    count = len(columns[names[0]])
    check_size(name, len(names), count, limits)
    return Sheet(name, columns, count, first_line=first, notes=_left_out(top))


def _arrow_columns(body: str, delimiter: str, names: list[str]) -> Columns | None:
    import pyarrow
    from pyarrow import csv as arrow

    kinds = dict.fromkeys(names, pyarrow.string())
    try:
        table = arrow.read_csv(
            pyarrow.BufferReader(body.encode()),
            arrow.ReadOptions(column_names=names, block_size=_BLOCK),
            arrow.ParseOptions(delimiter=delimiter, newlines_in_values=True),
            arrow.ConvertOptions(column_types=kinds, strings_can_be_null=False),
        )
    except (pyarrow.ArrowException, UnicodeEncodeError):
        return None
    found = [table.column(name).combine_chunks().dictionary_encode() for name in names]
    values = [one.dictionary.to_pylist() for one in found]
    codes = [one.indices.to_numpy() for one in found]
    kept = _filled_rows(values, codes)
    return {
        name: Coded(cells, numbers if kept is None else numbers[kept])
        for name, cells, numbers in zip(names, values, codes, strict=True)
    }


def _filled_rows(values: list[list[str]], codes: list[Any]) -> Any:
    """Which rows say anything; None for all, as is the case when one column has no empty cell."""
    if not all("" in cells for cells in values):
        return None
    empty = [numbers == cells.index("") for cells, numbers in zip(values, codes, strict=True)]
    kept = ~functools.reduce(operator.and_, empty)
    return None if kept.all() else kept


def _rows(text: str, delimiter: str, name: str) -> list[tuple[int, list[str]]]:
    csv.field_size_limit(_FIELD_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    found, line = [], 1
    try:
        for row in reader:
            found.append((line, row))
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(
            f"line {reader.line_num} cannot be read ({error})",
            where=name,
            remedy="Look for a quotation mark that is never closed",
        ) from None
    return found


def _delimiter(text: str, suffix: str) -> tuple[str, int]:
    """The character between cells, and how many characters of `sep=;` to skip."""
    said = re.match(r"sep=(.)\r?\n", text)
    if said and said[1] in _DELIMITERS:
        return said[1], said.end()
    if suffix in (".tsv", ".tab"):
        return "\t", 0
    sample = text[:65536]
    best = max(_DELIMITERS, key=lambda one: _evenness(sample, one))
    return best, 0


def _evenness(sample: str, delimiter: str) -> float:
    """How much like a table the sample is when cut at `delimiter`: width × share of even rows."""
    lines = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    widths: Counter[int] = Counter()
    try:
        for number, row in enumerate(lines):
            if number == 200:
                break
            widths[len(row)] += any(row)
    except csv.Error:
        return 0.0
    wide = {width: times for width, times in widths.items() if width > 1 and times}
    if not wide:
        return 0.0
    width, times = max(wide.items(), key=lambda pair: (pair[1], pair[0]))
    return times / max(sum(widths.values()), 1) + min(width, 30) / 100


def _header_row(lines: list[tuple[int, list[str]]]) -> int:
    """The first row that is about as full as the table is wide: titles above it are not."""
    sample = [sum(1 for cell in row if cell.strip()) for _, row in lines[:50]]
    if not sample:
        return 0
    usual = sorted(sample)[len(sample) // 2]
    for index, filled in enumerate(sample[:20]):
        if filled >= max(1, min(usual, 2), round(usual * 0.6)):
            names = [row for _, row in lines[index : index + 2]]
            return index + (len(lines) > index + 2 and _is_heading(*names))
    return 0


def _is_heading(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether a row of names stands below one of headings, each over several columns."""
    if any(character.isdigit() for cell in lower for character in cell):
        return False
    pairs = list(zip_longest(map(str.strip, upper), map(str.strip, lower), fillvalue=""))
    gaps = sum(bool(below and not above) for above, below in pairs)
    both = sum(bool(below and above) for above, below in pairs)
    return gaps >= 2 and 2 * gaps >= both


def header_of(rows: Sequence[Sequence[str]], top: int) -> list[str]:
    """The names in row `top`; what they lack is taken from the headings above them.

    A name that is missing is the heading's, and one that stands there twice (`Ville` below
    `Départ` and below `Arrivée`) gets the heading beside it.
    """
    names = [cell.strip() for cell in rows[top]]
    for above in reversed(rows[max(0, top - _HEADINGS) : top]):
        if sum(1 for cell in above if cell.strip()) < 2:
            continue
        names += [""] * (len(above) - len(names))
        twice = {name for name, times in Counter(names).items() if name and times > 1}
        heading = ""
        for at, name in enumerate(names):
            own = above[at].strip() if at < len(above) else ""
            heading = own or heading
            if name in twice:
                names[at] = f"{name} {heading}".strip()
            names[at] = names[at] or own
    return names


def _unguarded(sheet: Sheet) -> Sheet:
    """The cells without the apostrophe that keeps spreadsheets from running them."""
    columns = {_bare(name): each_once(_bare, cells) for name, cells in sheet.columns.items()}
    return sheet.with_columns(columns)


def _bare(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and _RUN_BY_SPREADSHEETS.match(cell) else cell


def guarded(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula; numbers stay numbers.

    `=1+1` gets an apostrophe before it, and so does `'=1+1`, so that reading can take one away.
    """
    if cell[:1] not in _SUSPECT or not _GUARD.match(cell) or _NUMBER.fullmatch(cell):
        return cell
    return f"'{cell}"


_SUSPECT = frozenset("'=+-@\t\r＝＋－＠")
_GUARD = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
_NUMBER = re.compile(r"[-+]?(\d+([.,]\d*)?|[.,]\d+)([eE][-+]?\d+)?")
