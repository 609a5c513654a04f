"""Online services behind one class: asked only when they must be, and never trusted blindly.

Every answer, and every "no such place", is kept; an error never is. A refusal (401, 403) or a used
quota opens a breaker: nobody is asked again in this run, kept answers still serve. An answer
without a finite point is refused, because geopy would turn it into 0°, 0°.
"""

from __future__ import annotations

import json
import math
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from geopy.adapters import URLLibAdapter, get_retry_after
from geopy.exc import (
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderQuotaExceeded,
    GeocoderRateLimited,
    GeopyError,
)
from geopy.geocoders import GeoNames, Nominatim, Photon
from geopy.geocoders.base import Geocoder
from geopy.location import Location

from visitmap.errors import ServiceError, UsageError
from visitmap.geocode.answers import Answers
from visitmap.geocode.pace import Pace, user_cache_folder
from visitmap.model import Candidate, Place, PlaceKind

_TIMEOUT_SECONDS = 20.0
# A service may ask for more patience than this; then it is told to the user instead.
_LONGEST_PATIENCE_SECONDS = 60.0
_TRIES = 3
_MOST_FAILURES = 3
_LONGEST_QUERY = 300
# The best answer of a service and how much less each next one is worth: a judgement, not measured.
_FIRST_SCORE, _NEXT_SHARE = 0.6, 0.5
_SAMPLE_AGENTS = ("my-application", "my_app", "my_user_agent", "specify_your_app_name", "geopy/")
_SAMPLE_AGENTS += ("example.com", "example.org", "your-app", "your_app", "myapp", "python-urllib")


@dataclass(frozen=True, slots=True)
class _Service:
    """What differs between services: the geopy class, the attribution, how an answer reads."""

    make: Callable[..., Geocoder]
    host: str
    attribution: str
    read: Callable[[dict[str, Any]], dict[str, Any]]


class OnlineGeocoder:
    """One service with a cache, a pace and a breaker; answers like the gazetteer and like geopy.

    `base_url` points to one's own server (`http://127.0.0.1:8080`). Raises UsageError for a
    `user_agent` that names nobody.
    """

    def __init__(
        self,
        service: str,
        *,
        user_agent: str,
        cache_path: Path | None = None,
        username: str = "",
        base_url: str = "",
        pace: Pace | None = None,
    ) -> None:
        _check_user_agent(user_agent)
        self._service = SERVICES[service]
        address = urlsplit(base_url or f"https://{self._service.host}")
        self._name, self._host = service, address.netloc
        options: dict[str, Any] = {"domain": address.netloc, "scheme": address.scheme}
        if service == "geonames":
            options["username"] = _check_username(username)
        self._geocoder = self._service.make(
            user_agent=user_agent,
            timeout=_TIMEOUT_SECONDS,
            adapter_factory=URLLibAdapter,
            **options,
        )
        path = cache_path or user_cache_folder() / "visitmap" / "geocoding.sqlite"
        self._answers = Answers(path)
        self._pace = pace or Pace(self._host)
        self._refusal, self._failures = "", 0

    @property
    def attribution(self) -> str:
        """What must stand on whatever shows the answers."""
        return self._service.attribution

    def candidates(
        self, name: str, *, language: str = "", countries: Iterable[str] = (), limit: int = 5
    ) -> list[Candidate]:
        """The service's answers as candidates; the scores say their order, they are not measured.

        Empty when there is no such place. Raises ServiceError when the service does not answer
        usefully; nothing of that is kept.
        """
        records = self._records(name, language, tuple(countries), limit)
        reason = f"answer of {self._name.title()} ({self.attribution})"
        return [
            Candidate(Place(**record), round(_FIRST_SCORE * _NEXT_SHARE**number, 4), reason)
            for number, record in enumerate(records)
        ]

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        limit: int | None = None,
        country_codes: str | Iterable[str] | None = None,
        language: str | bool = False,
        timeout: object = None,
    ) -> Location | list[Location] | None:
        """The same in geopy's shape; `raw` is the place's record with the attribution."""
        codes = country_codes.split(",") if isinstance(country_codes, str) else country_codes or ()
        tongue = language if isinstance(language, str) else ""
        records = self._records(query, tongue, tuple(codes), 1 if exactly_one else limit or 5)
        found = [
            Location(
                record["name"],
                (record["latitude"], record["longitude"]),
                {**record, "attribution": self.attribution},
            )
            for record in records
        ]
        if not found:
            return None
        return found[0] if exactly_one else found

    def _records(
        self, name: str, language: str, countries: tuple[str, ...], limit: int
    ) -> list[dict[str, Any]]:
        query = " ".join(unicodedata.normalize("NFC", name).split())
        if not query or len(query) > _LONGEST_QUERY or "\0" in query or limit < 1:
            return []
        codes = sorted(code.strip().lower() for code in countries)
        question = json.dumps([self._name, self._host, query.casefold(), language, codes, limit])
        kept = self._answers.get(question)
        if kept is None:
            kept = self._ask(query, language, codes, limit)
            self._answers.keep(question, kept)
        return kept

    def _ask(self, query: str, language: str, codes: list[str], limit: int) -> list[dict[str, Any]]:
        for patience in range(_TRIES, 0, -1):
            if self._refusal:
                raise self._error(f"{self._refusal}, so it is not asked again in this run")
            self._pace.wait()
            try:
                found = self._request(query, language, codes, limit)
            except GeopyError as error:
                self._give_up_or_wait(error, last=patience == 1)
                continue
            except (TypeError, KeyError, ValueError, AttributeError, IndexError) as error:
                raise self._error(f"it answered something unreadable ({error!r})") from error
            self._failures = 0
            return self._readable(found, limit)
        raise AssertionError("the last try returns or raises")

    def _request(self, query: str, language: str, codes: list[str], limit: int) -> list[Location]:
        options: dict[str, Any] = {"exactly_one": False}
        if self._name == "geonames":
            options |= {"country": codes or None}
        else:
            options |= {"language": language or False, "limit": limit}
        if self._name == "nominatim":
            options |= {"country_codes": codes or None, "addressdetails": True}
        found = self._geocoder.geocode(query, **options) or []
        if self._name == "photon" and codes:
            found = [one for one in found if self._country(one) in codes]
        return found

    @staticmethod
    def _country(location: Location) -> str:
        return str(location.raw["properties"].get("countrycode", "")).lower()

    def _readable(self, found: list[Location | None], limit: int) -> list[dict[str, Any]]:
        """The answers as records; one without a finite point is refused with all the rest."""
        records = []
        for one in found[:limit]:
            if one is None:
                raise self._error("it answered a place without coordinates")
            try:
                record = self._service.read(one.raw)
            except (TypeError, KeyError, ValueError, IndexError) as error:
                raise self._error(f"it answered a place without coordinates ({error!r})") from error
            records.append(record)
        return records

    def _give_up_or_wait(self, error: GeopyError, *, last: bool) -> None:
        """Raise ServiceError, or return after making everyone wait as the service asked."""
        self._failures += 1
        seconds = _retry_after(error)
        refused = GeocoderAuthenticationFailure | GeocoderInsufficientPrivileges
        if isinstance(error, refused):
            self._refusal = "it refused the request"
        elif isinstance(error, GeocoderQuotaExceeded) and not isinstance(
            error, GeocoderRateLimited
        ):
            self._refusal = "the quota is used up"
        elif self._failures >= _MOST_FAILURES:
            self._refusal = f"it failed {self._failures} times in a row"
        if seconds is not None:
            self._pace.hold(seconds)
        patient = seconds is None or seconds <= _LONGEST_PATIENCE_SECONDS
        if self._refusal or last or not patient or seconds is None:
            raise self._error(self._refusal or f"it did not answer ({error})", seconds) from error

    def _error(self, what: str, retry_after: float | None = None) -> ServiceError:
        return ServiceError(
            what,
            where=f"{self._name} at {self._host}",
            remedy="Try again later, or stay with --geocoder offline",
            retry_after=retry_after,
        )


def _retry_after(error: GeopyError) -> float | None:
    """How many seconds the service asks us to wait, if it does."""
    seconds = getattr(error, "retry_after", None)
    headers = getattr(error.__cause__, "headers", None)
    if seconds is None and headers:
        seconds = get_retry_after({key.lower(): value for key, value in headers.items()})
    return None if seconds is None else float(seconds)


def _check_user_agent(user_agent: str) -> None:
    plain = user_agent.strip().lower()
    if len(plain) < 4 or any(sample in plain for sample in _SAMPLE_AGENTS):
        raise UsageError(
            f"{user_agent!r} does not name who asks",
            where="--user-agent",
            remedy="Name your project and an address, as the services' rules ask",
        )


def _check_username(username: str) -> str:
    if not username or username == "demo":
        raise UsageError("GeoNames needs an account", remedy="Give the username of yours")
    return username


def _point(latitude: Any, longitude: Any) -> dict[str, float]:
    """Both as finite degrees; raises ValueError or TypeError."""
    values = float(latitude), float(longitude)
    if not all(math.isfinite(value) for value in values):
        raise ValueError("not finite")
    if abs(values[0]) > 90 or abs(values[1]) > 180:
        raise ValueError("not on the globe")
    if values == (0.0, 0.0):
        raise ValueError("0, 0 stands for nowhere")
    return {"latitude": values[0], "longitude": values[1]}


def _kind(word: str) -> PlaceKind:
    """Our kind for a service's word for what a place is."""
    if word == "country":
        return "country"
    if word in {"state", "region", "county", "province", "state_district", "district", "a", "l"}:
        return "region"
    if word in {"city", "town", "village", "hamlet", "municipality", "suburb", "locality", "p"}:
        return "city"
    return "site"


def _read_nominatim(raw: dict[str, Any]) -> dict[str, Any]:
    address = raw.get("address") or {}
    return {
        "name": raw.get("name") or raw["display_name"].split(",")[0],
        "id": f"osm:{raw.get('osm_type', '')}/{raw.get('osm_id', '')}",
        **_point(raw["lat"], raw["lon"]),
        "country": str(address.get("country_code", "")).upper(),
        "kind": _kind(str(raw.get("addresstype") or raw.get("type", ""))),
        "admin1": str(address.get("state", "")),
    }


def _read_photon(raw: dict[str, Any]) -> dict[str, Any]:
    facts = raw["properties"]
    longitude, latitude = raw["geometry"]["coordinates"][:2]
    return {
        "name": facts["name"],
        "id": f"osm:{facts.get('osm_type', '')}/{facts.get('osm_id', '')}",
        **_point(latitude, longitude),
        "country": str(facts.get("countrycode", "")).upper(),
        "kind": _kind(str(facts.get("type") or facts.get("osm_value", ""))),
        "admin1": str(facts.get("state", "")),
    }


def _read_geonames(raw: dict[str, Any]) -> dict[str, Any]:
    is_country = str(raw.get("fcode", "")).startswith("PCL")
    return {
        "name": raw["name"],
        "id": f"geonames:{raw['geonameId']}",
        **_point(raw["lat"], raw["lng"]),
        "country": str(raw.get("countryCode", "")),
        "kind": "country" if is_country else _kind(str(raw.get("fcl", "")).lower()),
        "admin1": str(raw.get("adminName1", "")),
        "population": int(raw.get("population") or 0),
    }


_OSM = "© OpenStreetMap contributors, ODbL 1.0"
SERVICES = {
    "nominatim": _Service(Nominatim, "nominatim.openstreetmap.org", _OSM, _read_nominatim),
    "photon": _Service(Photon, "photon.komoot.io", _OSM, _read_photon),
    "geonames": _Service(GeoNames, "api.geonames.org", "GeoNames, CC BY 4.0", _read_geonames),
}
