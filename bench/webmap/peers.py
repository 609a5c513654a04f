"""Builds one peer's page (or ours) from a CSV of trips and prints what it took, as one JSON line.

    python peers.py PEER TRIPS.csv OUT.html

PEER is `visitmap`, `visitmap-110m`, `tsgj` (folium's TimestampedGeoJson, legs shown for 90 days),
`tsgj-cumulative` (its default: legs stay) or `timeline` (folium's Timeline, 90 days). The clock
starts when the rows are in memory: as dicts for folium's plugins, as Visits for us.
"""

from __future__ import annotations

import datetime as dt
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import workload

EPOCH = dt.date(1970, 1, 1)


def _popup(row: dict) -> str:
    return f"<b>{row['traveller']}</b>: {row['origin']} - {row['dest']}<br>{row['title']}"


def _feature(row: dict, properties: dict) -> dict:
    line = [[row["olon"], row["olat"]], [row["dlon"], row["dlat"]]]
    return {
        "type": "Feature",
        "geometry": {"type": "LineString", "coordinates": line},
        "properties": properties | {"popup": _popup(row)},
    }


def build_tsgj(rows: list[dict], out: Path, *, duration: str | None = "P90D") -> None:
    """folium.plugins.TimestampedGeoJson, one day a step."""
    import folium
    from folium.plugins import TimestampedGeoJson

    features = [
        _feature(
            row,
            {
                "times": [f"{row['start']}T00:00:00", f"{row['end']}T00:00:00"],
                "style": {"color": "#d33", "weight": 2},
            },
        )
        for row in rows
    ]
    page = folium.Map(location=[25, 10], zoom_start=2)
    TimestampedGeoJson(
        {"type": "FeatureCollection", "features": features},
        period="P1D",
        duration=duration,
        auto_play=False,
        add_last_point=False,
        time_slider_drag_update=True,
        date_options="YYYY-MM-DD",
    ).add_to(page)
    page.save(str(out))


def build_tsgj_cumulative(rows: list[dict], out: Path) -> None:
    """The same with its default duration: what has begun stays."""
    build_tsgj(rows, out, duration=None)


def _milliseconds(day: str, later: int = 0) -> int:
    return ((dt.date.fromisoformat(day) - EPOCH).days + later) * 86_400_000


def build_timeline(rows: list[dict], out: Path) -> None:
    """folium.plugins.Timeline with its slider."""
    import folium
    from folium.plugins import Timeline, TimelineSlider
    from folium.utilities import JsCode

    features = [
        _feature(
            row, {"start": _milliseconds(row["start"]), "end": _milliseconds(row["start"], 90)}
        )
        for row in rows
    ]
    page = folium.Map(location=[25, 10], zoom_start=2)
    timeline = Timeline(
        {"type": "FeatureCollection", "features": features},
        style=JsCode("function(f){return {color:'#d33',weight:2}}"),
        on_each_feature=JsCode("function(f,l){l.bindPopup(f.properties.popup)}"),
    ).add_to(page)
    slider = TimelineSlider(auto_play=False, steps=1000, date_options="YYYY-MM-DD")
    slider.add_timelines(timeline).add_to(page)
    page.save(str(out))


def build_visitmap(visits: list, out: Path, *, basemap: str = "50m") -> None:
    """Ours."""
    from visitmap.webmap import write_html

    write_html(out, visits, basemap=basemap)


def build_visitmap_110m(visits: list, out: Path) -> None:
    """Ours with the small basemap."""
    build_visitmap(visits, out, basemap="110m")


BUILDERS: dict[str, Callable[[list, Path], None]] = {
    "visitmap": build_visitmap,
    "visitmap-110m": build_visitmap_110m,
    "tsgj": build_tsgj,
    "tsgj-cumulative": build_tsgj_cumulative,
    "timeline": build_timeline,
}


def main(peer: str, table: str, out: str) -> None:
    """Build and report."""
    rows: list = workload.read_csv(Path(table))
    if peer.startswith("visitmap"):
        import visitmap.webmap  # noqa: F401 -- imported before the clock starts, as folium's are

        rows = workload.visits(rows)
    else:
        import folium.plugins  # noqa: F401
    begin = time.perf_counter()
    BUILDERS[peer](rows, Path(out))
    seconds = time.perf_counter() - begin
    size = Path(out).stat().st_size
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        json.dumps(
            {
                "kind": "build",
                "peer": peer,
                "trips": len(rows),
                "build_s": round(seconds, 3),
                "bytes": size,
                "bytes_per_trip": round(size / len(rows), 1),
                "peak_rss_mb": peak,
            }
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
