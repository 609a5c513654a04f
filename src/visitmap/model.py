"""The words of the project as frozen values; no input, no output.

A `Document` is read, its `Mention`s are extracted, each becomes a `Visit` (or an `Issue` for a
person), and a `Decision` records what the person said. Offsets are half-open character offsets into
`Document.text`; coordinates are degrees WGS 84; countries are ISO 3166-1 alpha-2 of today.
"""

from __future__ import annotations

import dataclasses
import gc
import hashlib
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal, TypeVar

from visitmap.timespan import Timespan

Status = Literal["planned", "ongoing", "happened", "cancelled", "denied"]
Review = Literal["unreviewed", "accepted", "corrected", "rejected"]
PlaceKind = Literal["city", "site", "region", "country"]
OriginBasis = Literal["stated", "implied", ""]
DateBasis = Literal["given", "metadata", "dateline", "text", ""]
Severity = Literal["error", "doubt", "note"]
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Source:
    """What is known of a document besides its text; `date` is EDTF or empty."""

    doc_id: str
    title: str = ""
    publisher: str = ""
    date: str = ""
    date_basis: DateBasis = ""
    url: str = ""
    language: str = ""
    kind: Literal["article", "table"] = "article"


@dataclass(frozen=True, slots=True)
class Document:
    """One source: its text, and what is known of it."""

    text: str
    source: Source

    @property
    def doc_id(self) -> str:
        """The name the source goes by: a file's stem, a corpus record's id."""
        return self.source.doc_id

    @property
    def language(self) -> str:
        """ISO 639-1 code, or empty when unknown."""
        return self.source.language

    @property
    def date(self) -> str:
        """EDTF, or empty when unknown."""
        return self.source.date


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a document's text: half-open character offsets and the exact words."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why we say so: the exact quote and where it stands.

    `text[start:end] == quote` in the document named; for a table `start` is the row number (1 is
    the first row of data) and `end` equals it. `fields` gives the words each field was read from,
    by the field's name (`traveller`, `origin`, `destination`, `start`, `trigger`, `status` …).
    """

    doc_id: str
    start: int
    end: int
    quote: str
    fields: tuple[tuple[str, Span], ...] = ()


@dataclass(frozen=True, slots=True)
class Traveller:
    """Who travelled: `name` as named (a person, a role, a delegation), the office, the country."""

    name: str
    role: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """What a toponym refers to.

    `id` is like `geonames:587084`, empty when unresolved; coordinates are then None. `precision_km`
    is the radius within which the point may stand for the place (a country's is its own size).
    """

    name: str
    id: str = ""
    latitude: float | None = None
    longitude: float | None = None
    country: str = ""
    kind: PlaceKind = "city"
    admin1: str = ""
    population: int = 0
    precision_km: float = 0.0

    @property
    def is_resolved(self) -> bool:
        """Whether the place has a point on the map."""
        return self.latitude is not None and self.longitude is not None


# IUGG mean radius of the Earth.
EARTH_RADIUS_KM = 6371.0088


def distance_km(first: Place, second: Place) -> float | None:
    """Great-circle distance (haversine); None when a place has no point."""
    if not (first.is_resolved and second.is_resolved):
        return None
    phi, psi = math.radians(first.latitude), math.radians(second.latitude)
    half = math.radians(second.longitude - first.longitude) / 2
    root = math.sin((psi - phi) / 2) ** 2 + math.cos(phi) * math.cos(psi) * math.sin(half) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, root)))


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name as written, and what its context says of it.

    `name` is what to look up (the written words, or "Tripoli" for "la capitale libyenne");
    `country` and `kind` narrow the answer when the text does.
    """

    span: Span
    name: str
    country: str = ""
    kind: PlaceKind | Literal[""] = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place offered for a toponym, with a score from 0 to 1 and the reason in words."""

    place: Place
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A visit as written, unresolved.

    `journey` is shared by mentions that one sentence tells as one trip, `order` their sequence in
    it; `certainty` is the extractor's own, before places are resolved. `counted` marks a statement
    of several undated visits ("à plusieurs reprises").
    """

    travellers: tuple[Traveller, ...]
    destination: Toponym
    timespan: Timespan
    evidence: Evidence
    status: Status = "happened"
    origin: Toponym | None = None
    purpose: str = ""
    hosts: tuple[str, ...] = ()
    journey: str = ""
    order: int = 0
    certainty: float = 1.0
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """Who was where when, how sure we are, and the evidence; `source` is the first evidence's.

    `extra` holds columns of a table we do not know, to be written back untouched.
    """

    visit_id: str
    travellers: tuple[Traveller, ...]
    destination: Place
    timespan: Timespan
    status: Status = "happened"
    origin: Place | None = None
    origin_basis: OriginBasis = ""
    trip_id: str = ""
    purpose: str = ""
    hosts: tuple[str, ...] = ()
    certainty: float = 1.0
    review: Review = "unreviewed"
    evidence: tuple[Evidence, ...] = ()
    source: Source | None = None
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Issue:
    """Something a person should look at.

    `code` is stable kebab-case (`place-ambiguous`, `date-conflict` …); `where` is `file:line` or
    `file:row`, `column` the table's column it is about; `candidates` are the places to choose from.
    An issue about a place the text mentions
    without anyone travelling there has no `visit_id`.
    """

    code: str
    message: str
    severity: Severity = "doubt"
    where: str = ""
    remedy: str = ""
    visit_id: str = ""
    evidence: tuple[Evidence, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    toponym: str = ""
    column: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person said of a visit; it wins over the pipeline.

    `action` is `accept`, `correct`, `reject`, `defer`, `merge` or `split`; `changes` are pairs of a
    visit-table column and its new text; `when` is an ISO 8601 instant in UTC.
    """

    visit_id: str
    action: str
    who: str
    when: str
    why: str = ""
    changes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Leg:
    """The movement between two consecutive places, told by one visit."""

    origin: Place
    destination: Place
    visit: Visit


@dataclass(frozen=True, slots=True)
class Trip:
    """Visits of one journey, in order."""

    trip_id: str
    visits: tuple[Visit, ...] = field(default_factory=tuple)

    @property
    def legs(self) -> tuple[Leg, ...]:
        """The movements: from each visit's origin, or the stop before it, to its destination."""
        found: list[Leg] = []
        previous: Place | None = None
        for visit in self.visits:
            origin = visit.origin if visit.origin_basis == "stated" else previous or visit.origin
            if origin is not None and origin.id != visit.destination.id:
                found.append(Leg(origin, visit.destination, visit))
            previous = visit.destination
        return tuple(found)


def trips(visits: Iterable[Visit]) -> tuple[Trip, ...]:
    """Group visits by `trip_id` in their given order; a visit without one is a trip of its own."""
    groups: dict[str, list[Visit]] = {}
    for visit in visits:
        groups.setdefault(visit.trip_id or f"visit:{visit.visit_id}", []).append(visit)
    return tuple(Trip(key.removeprefix("visit:"), tuple(group)) for key, group in groups.items())


# Letters that romanisations of one name write differently: Rohani, Rouhani and Rowhani are one.
_ROMANISATIONS = (
    ("dzh", "j"), ("ge", "je"), ("gi", "ji"), ("tch", "c"), ("sch", "s"),
    ("ch", "s"), ("sh", "s"), ("kh", "k"), ("gh", "g"),
    ("dj", "j"), ("ph", "f"), ("ou", "u"), ("ow", "u"), ("oo", "u"), ("ee", "i"), ("qu", "gu"),
    ("iy", "i"), ("yi", "i"), ("y", "i"), ("w", "v"), ("q", "k"), ("o", "u"),
    ("h", ""), ("ie", "e"),
)  # fmt: skip
_NAME_PREFIXES = {"al", "el", "ad", "as", "ar", "an"}
_PARTICLES = {"de", "du", "van", "von", "der", "den", "bin", "ben", "ibn", "da", "di", "la", "le"}


@lru_cache(maxsize=65536)
def name_keys(name: str) -> tuple[str, ...]:
    """The words of a personal name with accents, case and habits of romanisation taken away.

    >>> name_keys("Hassan Rouhani") == name_keys("Hassan Rohani")
    True
    """
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ı", "i").replace("’", ""))
    words = re.findall(r"[^\W\d_]+", "".join(c for c in plain if not unicodedata.combining(c)))
    words = [word for word in words if len(word) > 1] or words
    kept = [word for word in words if word not in _NAME_PREFIXES | _PARTICLES]
    return tuple(_romanised(word) for word in kept or words)


def _romanised(word: str) -> str:
    if word.startswith("al") and len(word) > 6:
        word = word[2:]
    for written, plain in _ROMANISATIONS:
        word = word.replace(written, plain)
    return re.sub(r"(.)\1+", r"\1", word)


def same_name(one: str, two: str) -> bool:
    """Whether two names may be one person's: the same last word, or one's words among the other's.

    >>> same_name("Hassan Rohani", "Rouhani"), same_name("Jean Martin", "Paul Martin")
    (True, False)
    """
    first, second = name_keys(one), name_keys(two)
    if not first or not second:
        return False
    short, long = sorted((first, second), key=len)
    if set(short) <= set(long):
        return short[-1] == long[-1] or len(short) > 1 or len(short[0]) > 3
    return False


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Without Python's search for reference cycles, which values cannot form.

    The search looks at every value again and again while a million of them are made: half the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def build_all(kind: type[Value], *columns: Iterable[Any]) -> list[Value]:
    """`kind(*row)` for each row of columns that hold its fields in order, in a fifth of the time.

    A frozen dataclass sets its fields through its own guard, one by one. Here a twin without the
    guard is filled, which then becomes a `kind`. `__post_init__` is not called: not for kinds that
    have one.
    """
    built = list(map(_twin(kind), *columns))
    for value in built:
        value.__class__ = kind
    return built


@lru_cache(maxsize=8)
def _twin(kind: type) -> type:
    """An open dataclass with the same slots; only values of one layout may change their class."""
    assert not hasattr(kind, "__post_init__")
    names = [field.name for field in dataclasses.fields(kind)]
    return dataclasses.make_dataclass(f"_Open{kind.__name__}", names, slots=True)


def stable_id(*parts: str) -> str:
    """Sixteen hexadecimal digits that depend on the parts alone, on every machine."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def to_record(value: Any) -> dict[str, Any]:
    """A value of this module as plain dicts, lists and scalars, ready for JSON."""
    return dataclasses.asdict(value)


def visit_from_record(record: dict[str, Any]) -> Visit:
    """The visit that `to_record` wrote; raises TypeError on unknown keys."""
    return Visit(
        **{
            **record,
            "travellers": tuple(Traveller(**one) for one in record["travellers"]),
            "destination": Place(**record["destination"]),
            "timespan": Timespan(**record["timespan"]),
            "origin": Place(**record["origin"]) if record.get("origin") else None,
            "hosts": tuple(record.get("hosts", ())),
            "evidence": tuple(_evidence(one) for one in record.get("evidence", ())),
            "source": Source(**record["source"]) if record.get("source") else None,
            "extra": tuple((key, text) for key, text in record.get("extra", ())),
        }
    )


def issue_from_record(record: dict[str, Any]) -> Issue:
    """The issue that `to_record` wrote; raises TypeError on unknown keys."""
    candidates = record.get("candidates", ())
    return Issue(
        **{
            **record,
            "evidence": tuple(_evidence(one) for one in record.get("evidence", ())),
            "candidates": tuple(
                Candidate(Place(**one["place"]), one["score"], one["reason"]) for one in candidates
            ),
        }
    )


def _evidence(record: dict[str, Any]) -> Evidence:
    fields = tuple((name, Span(**span)) for name, span in record.get("fields", ()))
    return Evidence(**{**record, "fields": fields})
