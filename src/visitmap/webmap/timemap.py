"""The folium map of visits, and the plugin that puts them on it.

folium and branca only ever see this package's own files and a user's own layers: the visits wait
beside the element tree as a document of columns and are put in when folium has finished.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import folium
from branca.element import Element, Figure, MacroElement
from folium.template import Template

from visitmap.errors import OutputError, UsageError
from visitmap.model import Issue, Visit
from visitmap.webmap.basemap import ATTRIBUTION as BASEMAP_ATTRIBUTION
from visitmap.webmap.basemap import packed_basemap
from visitmap.webmap.bundle import page_script
from visitmap.webmap.document import LANGUAGES, PlaceNames, build_document
from visitmap.webmap.page import (
    DATA_MARK,
    data_script,
    finish_page,
    leaflet_script,
    leaflet_style,
)

GEONAMES_ATTRIBUTION = {
    "name": "GeoNames",
    "text": "Place names and coordinates: GeoNames",
    "url": "https://www.geonames.org/",
    "licence": "CC BY 4.0",
}
OSM_ATTRIBUTION = {
    "name": "OpenStreetMap",
    "text": "© OpenStreetMap contributors",
    "url": "https://www.openstreetmap.org/copyright",
    "licence": "ODbL 1.0",
}
_RANDOM_ID = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")


class VisitTimeline(MacroElement):
    """The plugin: a canvas layer of dated legs and the controls around the map.

    `embedded` leaves out what repeats an embedding page's own (title, downloads); `bare` all but
    the map itself.
    """

    _template = Template(
        "{% macro script(this, kwargs) %}\n"
        "visitmap.boot({{ this._parent.get_name() }}, {{ this.options|tojson }});\n"
        "{% endmacro %}"
    )

    def __init__(
        self, document: dict[str, Any], *, embedded: bool = False, bare: bool = False
    ) -> None:
        super().__init__()
        self._name = "VisitTimeline"
        self.document = document
        self.options = {"embedded": embedded, "bare": bare}


class VisitMap(folium.Map):
    """A `folium.Map` of visits: add your own layers to it, show it in a notebook, save it.

    Leaflet travels in the page, so folium's links to content networks are left out. `tiles` is as
    in folium, but None by default: a basemap is drawn from the page itself.
    """

    default_js: list[tuple[str, str]] = []  # noqa: RUF012 -- folium's own attribute, a plain list
    default_css: list[tuple[str, str]] = []  # noqa: RUF012 -- folium's own attribute, a plain list

    def __init__(
        self,
        document: dict[str, Any],
        *,
        tiles: Any = None,
        attr: str | None = None,
        basemap: str = "50m",
        embedded: bool = False,
        bare: bool = False,
    ) -> None:
        super().__init__(
            location=(25, 15),
            zoom_start=2,
            tiles=tiles,
            attr=attr,
            zoom_control=False,
            attribution_control=False,
            world_copy_jump=True,
            zoom_snap=0.25,
            zoom_animation=False,
            zoom_delta=0.5,
            min_zoom=0,
            max_zoom=19,
            keyboard=True,
        )
        self.basemap = basemap
        self.timeline = VisitTimeline(document, embedded=embedded, bare=bare)
        self.add_child(self.timeline)

    @property
    def document(self) -> dict[str, Any]:
        """The map document: docs/map-format.md."""
        return self.timeline.document

    def to_html(self) -> str:
        """The whole page as one text, the same each time."""
        figure = self.get_root()
        rendered = _numbered(figure.render(), figure)
        rendered = rendered.replace("<head>", f"<head>\n{_own_head()}", 1)
        rendered = rendered.replace("<body>", f"<body>\n{self._own_body()}", 1)
        return finish_page(
            rendered,
            self.document,
            language=self.document["language"],
            title=self.document["title"],
            hosts=_tile_hosts(self),
        )

    def _own_body(self) -> str:
        basemap = data_script("visitmap-basemap", packed_basemap(self.basemap))
        return _skeleton() + data_script("visitmap-languages", _languages()) + DATA_MARK + basemap

    def save(self, outfile: Any, close_file: bool = True, **_: Any) -> None:
        """Write the page to a path (whole or not at all) or to an open binary file."""
        if isinstance(outfile, str | os.PathLike):
            write_whole(Path(outfile), self.to_html())
            return
        outfile.write(self.to_html().encode("utf-8"))
        if close_file:
            outfile.close()

    def _repr_html_(self, **_: Any) -> str:
        """The map in a notebook, in a frame of its own."""
        import html

        return (
            f'<iframe srcdoc="{html.escape(self.to_html())}" title="visitmap" '
            'style="width:100%;height:600px;border:0" allowfullscreen></iframe>'
        )


def build_map(
    visits: Iterable[Visit],
    issues: Iterable[Issue] = (),
    *,
    title: str = "",
    language: str = "en",
    place_names: PlaceNames | None = None,
    tiles: Any = None,
    attr: str | None = None,
    basemap: str = "50m",
    embedded: bool = False,
    bare: bool = False,
) -> VisitMap:
    """The visits as a `folium.Map`.

    `language` is that of the interface at first; `place_names(place_id, language)` gives a place's
    name or "". `tiles` opens the page to the tile server's host only, and asks for `attr` as folium
    does. `basemap` is "50m", "110m" or "none". `bare` shows the map alone, without lists, time and
    legend, as a small picture of places.
    """
    if language not in LANGUAGES:
        raise UsageError(
            f"the map does not speak {language!r}", remedy=f"Choose one of {', '.join(LANGUAGES)}."
        )
    visits = list(visits)
    document = build_document(
        visits,
        issues,
        title=title,
        language=language,
        place_names=place_names,
        attributions=_attributions(visits, basemap),
    )
    return VisitMap(document, tiles=tiles, attr=attr, basemap=basemap, embedded=embedded, bare=bare)


def _attributions(visits: Sequence[Visit], basemap: str) -> list[dict[str, str]]:
    """Whom the page must name: the basemap's and the places' makers, as far as they are used."""
    used = (
        [GEONAMES_ATTRIBUTION] if basemap == "none" else [BASEMAP_ATTRIBUTION, GEONAMES_ATTRIBUTION]
    )
    ends = [visit.destination for visit in visits] + [visit.origin for visit in visits]
    places = dict(zip(map(id, ends), ends, strict=True)).values()
    if any(place and place.id.startswith("osm:") for place in places):
        used.append(OSM_ATTRIBUTION)
    return used


def render_html(visits: Iterable[Visit], issues: Iterable[Issue] = (), **options: Any) -> str:
    """The page as one text; options as for `build_map`."""
    return build_map(visits, issues, **options).to_html()


def write_html(
    path: str | os.PathLike[str],
    visits: Iterable[Visit],
    issues: Iterable[Issue] = (),
    **options: Any,
) -> None:
    """Write the page, whole or not at all; options as for `build_map`. Raises OutputError."""
    write_whole(Path(path), render_html(visits, issues, **options))


def write_whole(path: Path, text: str) -> None:
    """Write a text file beside its place, then move it there. Raises OutputError."""
    try:
        with tempfile.NamedTemporaryFile(
            "wb", dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as aside:
            temporary = Path(aside.name)
            aside.write(text.encode("utf-8"))
            aside.flush()
            os.fsync(aside.fileno())
    except OSError as error:
        raise _cannot_write(path, error) from error
    try:
        temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise _cannot_write(path, error) from error


def _cannot_write(path: Path, error: OSError) -> OutputError:
    return OutputError(
        f"the map cannot be written ({error.strerror})",
        where=str(path),
        remedy="Choose another folder or name.",
    )


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def _own_head() -> str:
    style = f"<style>{leaflet_style()}</style>\n<style>{_own_style()}</style>\n"
    return style + f"<script>{leaflet_script()}</script>\n<script>{page_script()}</script>\n"


@lru_cache(maxsize=1)
def _own_style() -> str:
    """Our style sheet without indentation and the comments that begin a line."""
    style = re.sub(r"^[ \t]*/\*.*?\*/[ \t]*\n", "", _file("style.css"), flags=re.M | re.S)
    return re.sub(r"^[ \t]+", "", style, flags=re.M)


@lru_cache(maxsize=1)
def _languages() -> dict[str, dict[str, Any]]:
    """What the page says, by language: one file each, our own words (no text of a document)."""
    folder = files("visitmap.webmap") / "languages"
    if not folder.is_dir():
        return {}
    found = sorted((path.name, path) for path in folder.iterdir() if path.name.endswith(".json"))
    return {name.removesuffix(".json"): json.loads(path.read_text("utf-8")) for name, path in found}


@lru_cache(maxsize=4)
def _file(name: str) -> str:
    path = files("visitmap.webmap") / name
    return path.read_text("utf-8") if path.is_file() else ""


def _skeleton() -> str:
    """The page around the map; a bare frame where the controls are not installed."""
    return _file("page.html") or '<div id="visitmap"><div id="visitmap-map"></div></div>\n'


def _tree(element: Element) -> Iterable[Element]:
    yield element
    children = list(element._children.values())
    if isinstance(element, Figure):
        children += [element.header, element.html, element.script]
    for child in children:
        yield from _tree(child)


def _numbered(rendered: str, figure: Figure) -> str:
    """Folium's random ids as numbers in order of appearance, so that each page comes out alike.

    After rendering rather than before, because some plugins copy names when they are made.
    """
    ours = {element._id for element in _tree(figure)}
    numbers: dict[str, int] = {}

    def number(match: re.Match[str]) -> str:
        if match[0] not in ours:
            return match[0]
        return str(numbers.setdefault(match[0], len(numbers)))

    return _RANDOM_ID.sub(number, rendered)


def _tile_hosts(figure: Element) -> set[str]:
    """The origins of the tile layers in a tree; `{s}` stands for any subdomain."""
    found = set()
    for element in _tree(figure):
        address = getattr(element, "tiles", None) or getattr(element, "url", None)
        if isinstance(address, str) and address.startswith(("http://", "https://")):
            parts = urlsplit(address)
            host = re.sub(r"^\{s\}", "*", parts.netloc)
            found.add(f"{parts.scheme}://{host}")
    return found
