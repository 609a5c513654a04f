"""Online services, played by a small server on this machine."""

import json
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from visitmap.errors import InputError, ServiceError, UsageError
from visitmap.geocode import OnlineGeocoder, make_geocoder
from visitmap.geocode.answers import Answers
from visitmap.geocode.pace import Pace

AGENT = "visitmap-tests (contact: tests@visitmap.invalid)"
BAKU = {
    "lat": "40.37",
    "lon": "49.89",
    "display_name": "Baku, Azerbaijan",
    "name": "Baku",
    "addresstype": "city",
    "osm_type": "node",
    "osm_id": 1,
    "address": {"country_code": "az", "state": "Absheron"},
}
Reply = tuple[int, dict[str, str], str]


class Service:
    """A server that gives prepared replies in turn, the last one for ever, and counts."""

    def __init__(self) -> None:
        self.replies: list[Reply] = [(200, {}, json.dumps([BAKU]))]
        self.requests: list[str] = []
        self._lock = threading.Lock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self._thread = threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def answer(self, status: int, body: object, **headers: str) -> None:
        """Add a reply; anything but text is sent as JSON."""
        text = body if isinstance(body, str) else json.dumps(body)
        fitting = {name.replace("_", "-"): value for name, value in headers.items()}
        self.replies.append((status, fitting, text))

    def only(self, status: int, body: object, **headers: str) -> None:
        """This reply and no other."""
        self.replies.clear()
        self.answer(status, body, **headers)

    def stop(self) -> None:
        """Close the port and end the thread."""
        self.server.shutdown()
        self.server.server_close()
        self._thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                with service._lock:
                    service.requests.append(self.path)
                    first = len(service.replies) > 1
                    status, headers, text = service.replies.pop(0) if first else service.replies[0]
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *arguments: object) -> None:
                pass

        return Handler


class Clock:
    """A time that passes only by sleeping."""

    def __init__(self) -> None:
        self.now, self.slept = 1000.0, []
        self._lock = threading.Lock()

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let time pass at once."""
        with self._lock:
            self.slept.append(seconds)
            self.now += seconds


@pytest.fixture
def service() -> Iterator[Service]:
    """A service that knows Baku."""
    one = Service()
    yield one
    one.stop()


@pytest.fixture
def clock() -> Clock:
    """Its own time for each test."""
    return Clock()


@pytest.fixture
def make(service: Service, clock: Clock, tmp_path: Path) -> Callable[..., OnlineGeocoder]:
    """Makes geocoders that ask the service and share a cache and a pace."""

    def make_one(kind: str = "nominatim", **options: object) -> OnlineGeocoder:
        pace = Pace("test", tmp_path / "pace.sqlite", clock=clock, sleep=clock.sleep)
        return OnlineGeocoder(
            kind,
            user_agent=AGENT,
            cache_path=tmp_path / "cache.sqlite",
            base_url=service.url,
            pace=pace,
            **options,
        )

    return make_one


def test_an_answer_becomes_a_candidate_with_attribution(make, service) -> None:
    """Place, country and kind are read, and whose data it is."""
    found = make().candidates("Bakou", language="fr", countries=("AZ",))[0]
    assert (found.place.name, found.place.country, found.place.kind) == ("Baku", "AZ", "city")
    assert (found.place.latitude, found.place.longitude) == (40.37, 49.89)
    assert "OpenStreetMap" in found.reason
    assert "countrycodes=az" in service.requests[0]
    raw = make().geocode("Bakou").raw
    assert "OpenStreetMap" in raw["attribution"]


def test_hits_and_misses_are_asked_once(make, service) -> None:
    """Also by the next session, and however the name is spaced or capitalised."""
    make().candidates("Bakou")
    assert make().candidates("  BAKOU ")[0].place.name == "Baku"
    assert len(service.requests) == 1
    service.only(200, [])
    assert make().candidates("Nowhere") == make().candidates("nowhere") == []
    assert make().geocode("Nowhere", limit=5, exactly_one=False) is None
    assert len(service.requests) == 2


def test_errors_are_never_kept(make, service) -> None:
    """After an outage the same question is asked again, and answered."""
    service.only(500, "down")
    service.answer(200, [BAKU])
    with pytest.raises(ServiceError, match="Try again later"):
        make().candidates("Bakou")
    assert make().candidates("Bakou")[0].place.name == "Baku"


def test_requests_keep_their_distance_across_threads_and_sessions(make, clock, service) -> None:
    """Ten requests by several sessions take nine seconds of the shared clock."""
    geocoders = [make() for _ in range(2)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: geocoders[n % 2].candidates(f"Town {n}"), range(10)))
    assert len(service.requests) == 10
    assert clock.now - 1000.0 >= 9.0


def test_the_pace_is_shared_by_processes(tmp_path: Path, clock: Clock) -> None:
    """Two objects on one file stand for two processes: turns never coincide."""
    one, two = (Pace("h", tmp_path / "p", clock=lambda: 1000.0, sleep=clock.sleep) for _ in "ab")
    for pace in (one, two, one, two):
        pace.wait()
    assert clock.slept == [0.0, 1.0, 2.0, 3.0]


def test_retry_after_is_honoured(make, clock, service) -> None:
    """The service's wish holds for everyone, then the answer comes."""
    service.only(429, "slow down", Retry_After="7")
    service.answer(200, [BAKU])
    assert make().candidates("Bakou")[0].place.name == "Baku"
    assert max(clock.slept) >= 7


def test_too_long_a_wish_is_told_instead(make, clock, service) -> None:
    """Nobody sleeps for an hour; the error carries the wish."""
    service.only(429, "slow down", Retry_After="3600")
    with pytest.raises(ServiceError) as caught:
        make().candidates("Bakou")
    assert caught.value.retry_after_seconds == 3600
    assert sum(clock.slept) < 60 and len(service.requests) == 1


@pytest.mark.parametrize("status", [401, 403])
def test_a_refusal_opens_the_breaker(make, service, status: int) -> None:
    """The rest of the run asks nobody, but what is kept still serves."""
    geocoder = make()
    geocoder.candidates("Bakou")
    service.only(status, "no")
    with pytest.raises(ServiceError, match="refused"):
        geocoder.candidates("Tehran")
    with pytest.raises(ServiceError, match="not asked again"):
        geocoder.candidates("Paris")
    assert len(service.requests) == 2
    assert geocoder.candidates("Bakou")[0].place.name == "Baku"


def test_three_failures_in_a_row_open_it_too(make, service) -> None:
    """A service that is down is left alone."""
    geocoder = make()
    service.only(502, "bad gateway")
    for number in range(5):
        with pytest.raises(ServiceError):
            geocoder.candidates(f"Town {number}")
    assert len(service.requests) == 3


@pytest.mark.parametrize(
    "body",
    [
        "<html>captive portal</html>",
        "",
        "null and void",
        [{**BAKU, "lat": None}],
        [{**BAKU, "lat": "nan"}],
        [{**BAKU, "lon": "inf"}],
        [{**BAKU, "lat": "95"}],
        [{**BAKU, "lat": "0", "lon": "0"}],
        [{"display_name": "Baku"}],
        [{}],
        ["text"],
        {"error": "overloaded"},
    ],
    ids=str,
)
@pytest.mark.filterwarnings("ignore:Latitude normalization")
def test_unreadable_answers_are_errors_not_points(make, service, body: object) -> None:
    """HTML with status 200, missing and impossible coordinates: one sentence, nothing kept."""
    service.only(200, body)
    with pytest.raises(ServiceError):
        make().candidates("Bakou")
    service.only(200, [BAKU])
    assert make().candidates("Bakou")[0].place.latitude == 40.37


def test_photon_and_geonames_are_read_too(make, service) -> None:
    """Each service has its own shape."""
    facts = {"name": "Baku", "countrycode": "AZ", "type": "city", "osm_type": "N", "osm_id": 1}
    point = {"type": "Point", "coordinates": [49.89, 40.37]}
    feature = {"type": "Feature", "geometry": point, "properties": facts}
    service.only(200, {"type": "FeatureCollection", "features": [feature]})
    found = make("photon").candidates("Bakou", countries=("AZ",))[0].place
    assert (found.name, found.country, found.latitude) == ("Baku", "AZ", 40.37)
    record = {"name": "Baku", "lat": "40.37", "lng": "49.89", "geonameId": 587084}
    record |= {"countryCode": "AZ", "fcl": "P", "fcode": "PPLC", "population": 1116513}
    service.only(200, {"geonames": [record]})
    found = make("geonames", username="someone").candidates("Bakou")[0].place
    assert (found.id, found.kind) == ("geonames:587084", "city")


@pytest.mark.parametrize("agent", ["", "  ", "my-application", "geopy/2.5.0", "me@example.com"])
def test_a_sample_user_agent_is_refused(agent: str, tmp_path: Path) -> None:
    """Before anything is asked."""
    with pytest.raises(UsageError, match="who asks"):
        make_geocoder("nominatim", user_agent=agent, cache_path=tmp_path / "c")


def test_geonames_needs_an_account(tmp_path: Path) -> None:
    """And the demo account is nobody's."""
    with pytest.raises(UsageError, match="account"):
        make_geocoder("geonames", user_agent=AGENT, cache_path=tmp_path / "c", username="demo")


@pytest.mark.parametrize("name", ["", " ", "x" * 10_000, "a\0b"])
def test_bad_names_ask_nobody(make, service, name: str) -> None:
    """They are no places, so there is nothing to ask."""
    assert make().candidates(name) == [] and service.requests == []


def test_a_corrupt_cache_is_one_sentence(tmp_path: Path) -> None:
    """Named, with what to do."""
    file = tmp_path / "cache.sqlite"
    file.write_bytes(b"this is no database at all" * 100)
    with pytest.raises(InputError, match="Delete the file"):
        Answers(file)


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    """A cache must never be made out of somebody's data."""
    file = tmp_path / "other.sqlite"
    with sqlite3.connect(file) as database:
        database.execute("CREATE TABLE precious (text)")
    with pytest.raises(InputError, match="another program"):
        Answers(file)


def test_an_older_cache_is_made_anew(tmp_path: Path) -> None:
    """Its answers are asked again."""
    file = tmp_path / "cache.sqlite"
    Answers(file).keep("q", [{"name": "Baku"}])
    with sqlite3.connect(file) as database:
        database.execute("PRAGMA user_version = 1")
    renewed = Answers(file)
    assert renewed.get("q") is None
    renewed.keep("q", [])
    assert Answers(file).get("q") == []


def test_a_read_only_cache_still_serves(tmp_path: Path, monkeypatch) -> None:
    """What is there is read; what cannot be kept is asked again."""
    file = tmp_path / "cache.sqlite"
    Answers(file).keep("q", [{"name": "Baku"}])
    connect = sqlite3.connect
    read_only = f"file:{file}?mode=ro"
    monkeypatch.setattr(sqlite3, "connect", lambda path, **kw: connect(read_only, uri=True, **kw))
    answers = Answers(file)
    answers.keep("p", [])
    assert answers.get("q") == [{"name": "Baku"}] and answers.get("p") is None
