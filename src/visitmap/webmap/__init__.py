"""The time map: visits to a `folium.Map` that is one offline page.

`build_map` gives the map, `write_html` the file. To change what a page holds, see `document` (the
data), `page` (the file) and `js/` (what runs in it); docs/map-format.md describes the format.
"""

from visitmap.webmap.timemap import VisitMap, VisitTimeline, build_map, render_html, write_html

__all__ = ["VisitMap", "VisitTimeline", "build_map", "render_html", "write_html"]
