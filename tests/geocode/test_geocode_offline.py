"""The gazetteer in geopy's shape."""

import pytest
from geopy.exc import GeocoderQueryError
from geopy.geocoders.base import Geocoder
from geopy.location import Location

from visitmap.errors import UsageError
from visitmap.geocode import GazetteerGeocoder, make_geocoder


@pytest.fixture(scope="module")
def geocoder() -> GazetteerGeocoder:
    """One geocoder for all."""
    return GazetteerGeocoder()


def test_it_is_a_geopy_geocoder(geocoder: GazetteerGeocoder) -> None:
    """A Location with the place's facts in `raw`."""
    assert isinstance(geocoder, Geocoder)
    found = geocoder.geocode("Téhéran", language="fr")
    assert isinstance(found, Location) and found.address.startswith("Téhéran")
    assert {"id", "kind", "score", "reason"} <= found.raw.keys()
    assert found.latitude == pytest.approx(35.69, abs=0.05)


def test_filters_leave_only_what_was_asked(geocoder: GazetteerGeocoder) -> None:
    """By country, by kind, by number."""
    assert geocoder.geocode("Astara", country_codes="ir").raw["country"] == "IR"
    assert geocoder.geocode("Astara", country_codes=["az"]).raw["country"] == "AZ"
    many = geocoder.geocode("Paris", exactly_one=False, limit=3)
    assert len(many) == 3
    assert geocoder.geocode("Luxembourg", featuretype="city").raw["kind"] == "city"


@pytest.mark.parametrize(
    "options",
    [{"country_codes": "zz"}, {"limit": 0}, {"limit": -3}, {"exactly_one": False, "limit": 0}],
)
def test_nothing_left_is_none(geocoder: GazetteerGeocoder, options: dict) -> None:
    """As geopy's own geocoders say it."""
    assert geocoder.geocode("Paris", **options) is None


def test_unknown_names_and_kinds(geocoder: GazetteerGeocoder) -> None:
    """An unknown name is None, an unknown kind an error of geopy's."""
    assert geocoder.geocode("Xyzzyqw") is None and geocoder.geocode("") is None
    with pytest.raises(GeocoderQueryError, match="settlement"):
        geocoder.geocode("Paris", featuretype="planet")


def test_reverse_finds_the_nearest_town(geocoder: GazetteerGeocoder) -> None:
    """With its distance; several are sorted by it."""
    assert geocoder.reverse((40.38, 49.89)).raw["country"] == "AZ"
    gaps = [one.raw["distance_km"] for one in geocoder.reverse("40.38, 49.89", exactly_one=False)]
    assert gaps == sorted(gaps) and len(gaps) == 10
    with pytest.raises(ValueError, match="unknown format"):
        geocoder.reverse("nowhere at all")


def test_a_geocoder_is_made_by_its_kind() -> None:
    """And an unknown kind says which there are."""
    assert isinstance(make_geocoder("offline"), GazetteerGeocoder)
    with pytest.raises(UsageError, match="nominatim"):
        make_geocoder("elsewhere")
