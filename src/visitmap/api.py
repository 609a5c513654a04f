"""The public functions: what `import visitmap as vm` offers."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from visitmap.errors import OutputError, VisitMapError
from visitmap.gazetteer import Gazetteer
from visitmap.geocode import GazetteerGeocoder
from visitmap.model import Document, Issue, Place, Visit
from visitmap.pipeline import Found, run
from visitmap.tables import WRITABLE, from_geodataframe, to_geodataframe, write_table
from visitmap.timespan import Timespan

if TYPE_CHECKING:
    from visitmap.webmap import build_map

__all__ = [
    "Document",
    "Gazetteer",
    "GazetteerGeocoder",
    "Issue",
    "Place",
    "Timespan",
    "Visit",
    "VisitMapError",
    "build_map",
    "export",
    "extract",
    "from_geodataframe",
    "read",
    "to_geodataframe",
]

Input = str | PathLike[str] | Document


def __getattr__(name: str) -> Any:
    # Loaded on first use: folium takes half a second that tables must not wait for.
    if name != "build_map":
        raise AttributeError(f"module 'visitmap.api' has no attribute {name!r}")
    from visitmap.webmap import build_map

    return build_map


def extract(
    inputs: Input | Iterable[Input],
    *,
    document_date: str = "",
    language: str = "",
    places: str | PathLike[str] | None = None,
) -> Found:
    """Visits and issues of articles, folders, corpora or tables.

    `document_date` is EDTF and, like `language` (`fr` or `en`), holds for articles that do not
    bring their own. `places` is a CSV of places of your own (docs/places.md). Raises InputError
    for an input that cannot be read.
    """
    single = isinstance(inputs, str | PathLike | Document)
    many = [inputs] if single else list(inputs)
    paths = [one if isinstance(one, Document) else str(one) for one in many]
    gazetteer = Gazetteer.load(places)
    return run(paths, document_date=document_date, language=language, gazetteer=gazetteer)


def read(path: str | PathLike[str]) -> Found:
    """Visits and issues of one file of any kind: article, corpus or table."""
    return extract(path)


def export(
    visits: Iterable[Visit],
    path: str | PathLike[str],
    *,
    issues: Iterable[Issue] = (),
    title: str = "",
    language: str = "en",
    overwrite: bool = True,
) -> list[str]:
    """Write visits in the format of the path's suffix: `.html` is the map, the rest are tables.

    Returns sentences on what the format cannot hold. The file is written whole or not at all.
    Raises OutputError for an unknown suffix or a place that cannot be written.
    """
    target = Path(path)
    if target.exists() and not overwrite:
        raise OutputError("the file exists already", where=str(target), remedy="Choose a new name")
    if target.suffix.lower() not in {".html", *WRITABLE}:
        known = " ".join(sorted({".html", *WRITABLE}))
        raise OutputError(
            f"no known format has the suffix {target.suffix or '(none)'}",
            where=str(target),
            remedy=f"Use one of {known}",
        )
    if target.suffix.lower() == ".html":
        from visitmap.webmap import write_html  # folium, as above

        names = Gazetteer.load().localised
        write_html(target, visits, issues, title=title, language=language, place_names=names)
        return []
    return write_table(list(visits), target, issues=list(issues))
