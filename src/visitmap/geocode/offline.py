"""The offline gazetteer in geopy's shape: anything that takes a geopy geocoder takes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from geopy.exc import GeocoderQueryError
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point

from visitmap.gazetteer import Gazetteer
from visitmap.model import Candidate, Place

ATTRIBUTION = (
    "Places: GeoNames (CC BY 4.0), Unicode CLDR, OurAirports and others; see docs/places.md"
)
# geopy's words for kinds of places, as Nominatim has them, beside our own.
_FEATURE_TYPES = {
    "settlement": {"city"},
    "city": {"city"},
    "state": {"region"},
    "region": {"region"},
    "country": {"country"},
    "site": {"site"},
}
# Candidates looked at before the filters; more than any name's likely ones.
_MOST = 50


class GazetteerGeocoder(Geocoder):
    """The gazetteer as a geopy geocoder.

    >>> found = GazetteerGeocoder().geocode("Astara", country_codes="ir")
    >>> found.raw["country"], found.raw["kind"]
    ('IR', 'city')
    """

    attribution = ATTRIBUTION

    def __init__(self, gazetteer: Gazetteer | None = None, **options: Any) -> None:
        super().__init__(**options)
        self._gazetteer = gazetteer or Gazetteer.load()

    def candidates(
        self, name: str, *, language: str = "", countries: Iterable[str] = (), limit: int = 10
    ) -> list[Candidate]:
        """Candidates for a name, as the gazetteer gives them."""
        return self._gazetteer.candidates(name, language=language, countries=countries, limit=limit)

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        limit: int | None = None,
        country_codes: str | Iterable[str] | None = None,
        language: str | bool = False,
        featuretype: str | None = None,
        timeout: object = None,
    ) -> Location | list[Location] | None:
        """The place that `query` names, or with `exactly_one=False` all of them; None for none.

        `raw` has id, kind, country, admin1, population, score and reason. `country_codes` and
        `featuretype` leave only places of those countries and of that kind; an unknown code leaves
        none. `timeout` is there for geopy's sake. Raises GeocoderQueryError for a `featuretype` we
        do not have.
        """
        tongue = language if isinstance(language, str) else ""
        codes = _codes(country_codes)
        kinds = _kinds(featuretype)
        found = self._gazetteer.candidates(query, language=tongue, countries=codes, limit=_MOST)
        kept = [
            one
            for one in found
            if (not codes or one.place.country in codes) and one.place.kind in kinds
        ][: _MOST if limit is None else max(0, limit)]
        return _answer([self._location(one, tongue) for one in kept], exactly_one)

    def reverse(
        self,
        query: Point | str | tuple[float, float],
        *,
        exactly_one: bool = True,
        limit: int | None = None,
        language: str | bool = False,
        timeout: object = None,
    ) -> Location | list[Location] | None:
        """The town nearest to a point, or several; `raw` has `distance_km`, too.

        Raises ValueError for what geopy does not read as a point.
        """
        point = query if isinstance(query, Point) else Point(query)
        tongue = language if isinstance(language, str) else ""
        count = 1 if exactly_one else 10 if limit is None else max(0, limit)
        found = self._gazetteer.nearest(point.latitude, point.longitude, limit=count)
        return _answer(
            [
                _location(place, self._name(place, tongue), {"distance_km": round(gap, 3)})
                for place, gap in found
            ],
            exactly_one,
        )

    def _location(self, candidate: Candidate, language: str) -> Location:
        place = candidate.place
        extra = {"score": candidate.score, "reason": candidate.reason}
        return _location(place, self._name(place, language), extra)

    def _name(self, place: Place, language: str) -> str:
        return self._gazetteer.named(place, language).name


def _answer(found: list[Location], exactly_one: bool) -> Location | list[Location] | None:
    if not found:
        return None
    return found[0] if exactly_one else found


def _location(place: Place, name: str, extra: dict[str, Any]) -> Location:
    raw = {
        "id": place.id,
        "kind": place.kind,
        "name": place.name,
        "country": place.country,
        "admin1": place.admin1,
        "population": place.population,
        **extra,
    }
    address = ", ".join(filter(None, (name, place.admin1, place.country)))
    return Location(address, (place.latitude, place.longitude), raw)


def _codes(country_codes: str | Iterable[str] | None) -> tuple[str, ...]:
    if not country_codes:
        return ()
    codes = country_codes.split(",") if isinstance(country_codes, str) else country_codes
    return tuple(code.strip().upper() for code in codes)


def _kinds(featuretype: str | None) -> set[str]:
    if featuretype is None:
        return {"city", "site", "region", "country"}
    if featuretype not in _FEATURE_TYPES:
        known = ", ".join(sorted(_FEATURE_TYPES))
        raise GeocoderQueryError(f"featuretype {featuretype!r} is not one of {known}")
    return _FEATURE_TYPES[featuretype]
