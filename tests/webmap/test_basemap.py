"""The basemap's files are what the page expects and stay within their size."""

from importlib.resources import files
from itertools import pairwise

import numpy as np
import pytest
from test_map_columns import unpack_integers

from visitmap.webmap.basemap import packed_basemap

SCALES = ("50m", "110m")


def lines_of(basemap, name):
    """The rings or lines of an object, as grid positions."""
    packed = basemap["objects"][name]
    x = np.cumsum(unpack_integers(packed["x"]))
    y = np.cumsum(unpack_integers(packed["y"]))
    ends = np.cumsum(unpack_integers(packed["points"]))
    for end, count in zip(ends, unpack_integers(packed["points"]), strict=True):
        yield list(zip(x[end - count : end], y[end - count : end], strict=True))


@pytest.mark.parametrize("scale", SCALES)
def test_it_has_land_lakes_and_both_kinds_of_border(scale):
    assert set(packed_basemap(scale)["objects"]) == {"land", "lakes", "borders", "disputed"}


def test_it_is_no_larger_than_agreed():
    size = (files("visitmap.webmap") / "basemap_50m.json").stat().st_size
    assert size <= 200_000


@pytest.mark.parametrize("scale", SCALES)
def test_nothing_streaks_across_the_map(scale):
    """No segment spans the globe, but the southern edge of Antarctica."""
    found = packed_basemap(scale)
    width = 360 / found["transform"]["scale"][0]
    for name in found["objects"]:
        for line in lines_of(found, name):
            for (x1, y1), (x2, y2) in pairwise(line):
                on_the_edge = y1 == y2 == 0  # the south pole
                assert abs(x2 - x1) < width / 2 or on_the_edge, name


@pytest.mark.parametrize("scale", SCALES)
def test_rings_close(scale):
    for name in ("land", "lakes"):
        for line in lines_of(packed_basemap(scale), name):
            assert line[0] == line[-1]
