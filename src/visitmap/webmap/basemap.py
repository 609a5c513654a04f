"""The ground under the visits: Natural Earth, shipped as one generated file per scale.

data/basemap/build_basemap.py makes the files, as the columns that the page unpacks.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from typing import Any

from visitmap.errors import UsageError

SCALES = ("50m", "110m", "none")
ATTRIBUTION = {
    "name": "Natural Earth",
    "text": "Made with Natural Earth",
    "url": "https://www.naturalearthdata.com/",
    "licence": "public domain",
}


@lru_cache(maxsize=2)
def packed_basemap(scale: str = "50m") -> dict[str, Any]:
    """The basemap as columns, for js/basemap.js: docs/map-format.md."""
    if scale not in SCALES:
        raise UsageError(f"no basemap {scale!r}", remedy=f"Choose one of {', '.join(SCALES)}.")
    if scale == "none":
        return {}
    return json.loads((files("visitmap.webmap") / f"basemap_{scale}.json").read_text("utf-8"))
