"""geopy geocoders: the offline gazetteer, and online services when someone asks for them.

    offline   the gazetteer in geopy's shape
    online    Nominatim, Photon or GeoNames: cached, paced, and honest about failures
    answers   what services answered, kept in an SQLite file
    fallback  an online service for what the gazetteer lacks
    pace      one request a second for all processes of this machine

>>> make_geocoder("offline").geocode("Téhéran").raw["id"]
'geonames:112931'
"""

from __future__ import annotations

from importlib import import_module
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from visitmap.errors import UsageError
from visitmap.gazetteer import Gazetteer
from visitmap.geocode.fallback import Fallback

if TYPE_CHECKING:
    from visitmap.geocode.offline import GazetteerGeocoder
    from visitmap.geocode.online import OnlineGeocoder

__all__ = ["Fallback", "GazetteerGeocoder", "OnlineGeocoder", "make_fallback", "make_geocoder"]

# geopy brings all its services; most runs ask none, so it is loaded with the first that does.
_LATE = {"GazetteerGeocoder": "offline", "OnlineGeocoder": "online"}


def __getattr__(name: str) -> Any:
    """The geocoders, loaded when they are named."""
    if name in _LATE:
        return getattr(import_module(f"visitmap.geocode.{_LATE[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def make_geocoder(
    kind: str = "offline",
    *,
    user_agent: str = "",
    cache_path: str | PathLike[str] | None = None,
    username: str = "",
    gazetteer: Gazetteer | None = None,
) -> GazetteerGeocoder | OnlineGeocoder:
    """The geocoder of a kind: `offline`, `nominatim`, `photon` or `geonames`.

    An online one needs a `user_agent` that names who asks, GeoNames a `username`, too. Both answer
    `candidates(name, …)` as the gazetteer does and `geocode(…)` as geopy does. Raises UsageError
    for an unknown kind or a missing name, InputError for a cache that cannot be used.
    """
    if kind == "offline":
        from visitmap.geocode.offline import GazetteerGeocoder

        return GazetteerGeocoder(gazetteer)
    from visitmap.geocode.online import SERVICES, OnlineGeocoder

    if kind not in SERVICES:
        known = ", ".join(["offline", *SERVICES])
        raise UsageError(f"there is no geocoder {kind!r}", remedy=f"Use one of {known}")
    cache = Path(cache_path) if cache_path is not None else None
    return OnlineGeocoder(kind, user_agent=user_agent, cache_path=cache, username=username)


def make_fallback(kind: str, *, user_agent: str = "") -> Fallback | None:
    """The online service for names that the gazetteer lacks; None for `offline`.

    Raises UsageError for an unknown kind or a `user_agent` that names nobody.
    """
    return None if kind == "offline" else Fallback(make_geocoder(kind, user_agent=user_agent))
