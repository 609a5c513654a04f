"""The map page as bytes, for a frame or a download."""

from __future__ import annotations

from collections.abc import Iterable

from visitmap.model import Issue, Visit
from visitmap.ui.places import gazetteer
from visitmap.webmap import render_html


def map_page(
    visits: Iterable[Visit],
    issues: Iterable[Issue] = (),
    *,
    language: str,
    title: str = "",
    basemap: str = "50m",
    embedded: bool = True,
    bare: bool = False,
) -> bytes:
    """The same file as the export; `embedded` leaves out what the dashboard shows itself, `bare`
    all but the map."""
    page = render_html(
        visits,
        issues,
        title=title,
        language=language,
        place_names=gazetteer().localised,
        basemap=basemap,
        embedded=embedded,
        bare=bare,
    )
    return page.encode("utf-8")
