"""visitmap: from articles to a dated, sourced map of who visited whom.

>>> import visitmap as vm                                    # doctest: +SKIP
>>> visits, issues = vm.extract("seeds/")                    # doctest: +SKIP
>>> vm.export(visits, "map.html", issues=issues)             # doctest: +SKIP
"""

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from visitmap.api import (
        Document,
        Gazetteer,
        GazetteerGeocoder,
        Issue,
        Place,
        Timespan,
        Visit,
        VisitMapError,
        build_map,
        export,
        extract,
        from_geodataframe,
        read,
        to_geodataframe,
    )

__version__ = "0.1.0"
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


def __getattr__(name: str) -> Any:
    # Loaded on first use: geopandas and folium take a second that `visitmap --help` must not.
    if name not in __all__:
        raise AttributeError(f"module 'visitmap' has no attribute {name!r}")
    from visitmap import api

    return getattr(api, name)


class _Package(ModuleType):
    """Keeps `vm.extract` the function: importing the part of that name would take its place."""

    def __setattr__(self, name: str, value: object) -> None:
        if not (name == "extract" and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
